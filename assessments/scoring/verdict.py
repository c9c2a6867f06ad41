"""Index, verdict, and what the missing could change (steps 6 to 9). The weakest element decides."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .input import Bands


@dataclass(frozen=True)
class Verdict:
    """`undecided`, `not-ready`, `ready` or `conditional`, and the elements that decide."""

    level: str
    deciding: tuple[str, ...] = ()
    """Codes of the elements that are not strong, lowest first; equal ones in the bank's order."""


def verdict(
    scores: Mapping[str, Fraction | None],
    *,
    bands: Bands,
    roster_organisations: int,
    answered_organisations: int,
    respondents: int,
    threshold: int,
) -> Verdict:
    """Step 8, on exact scores (0–100) by element code, in the bank's order."""
    known = {code: score for code, score in scores.items() if score is not None}
    if (
        len(known) < len(scores)
        or 2 * answered_organisations < roster_organisations
        or respondents < threshold
    ):
        return Verdict("undecided")
    return verdict_of_bands(known, bands)


def verdict_of_bands(scores: Mapping[str, Fraction], bands: Bands) -> Verdict:
    """The part of step 8 that the bands decide, where every element has a score."""
    found = {code: bands.of(score) for code, score in scores.items()}
    not_strong = [code for code in scores if found[code] != "strong"]
    deciding = tuple(sorted(not_strong, key=lambda code: scores[code]))
    if "weak" in found.values():
        return Verdict("not-ready", deciding)
    return Verdict("conditional", deciding) if deciding else Verdict("ready")


def is_firm(lows: Mapping[str, Fraction], highs: Mapping[str, Fraction], bands: Bands) -> bool:
    """Step 9: whether the bands give the same verdict on all `low` as on all `high`."""
    return verdict_of_bands(lows, bands).level == verdict_of_bands(highs, bands).level


def bounds(
    organisation_scores: Sequence[Fraction], roster_organisations: int
) -> tuple[Fraction, Fraction]:
    """Step 9: the element's score with every organisation of the roster that has none counted as
    0, and as 100.

    Raises ValueError where there are more scores than organisations on the roster, or none there.
    """
    missing = roster_organisations - len(organisation_scores)
    if missing < 0 or roster_organisations < 1:
        raise ValueError("the roster holds fewer organisations than have a score")
    total = sum(organisation_scores, Fraction(0))
    return total / roster_organisations, (total + 100 * missing) / roster_organisations


def geometric_mean_rounded(scores: Sequence[Fraction]) -> Fraction:
    """Step 7: the geometric mean of the scores, each taken as at least 1, to two decimals, half up.

    A root is seldom a fraction, so the rounding is decided by comparing powers, which is exact.
    Raises ValueError for no scores.
    """
    if not scores:
        raise ValueError("no scores")
    floored = [max(score, Fraction(1)) for score in scores]
    product = math.prod(floored, start=Fraction(1))
    near = math.exp(sum(math.log(score) for score in floored) / len(floored))
    hundredths = round(100 * near)  # mended below, where floating point was off
    while (Fraction(2 * hundredths + 1, 200)) ** len(floored) <= product:
        hundredths += 1
    while (Fraction(2 * hundredths - 1, 200)) ** len(floored) > product:
        hundredths -= 1
    return Fraction(hundredths, 100)
