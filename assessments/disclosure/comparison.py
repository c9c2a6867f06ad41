"""What may be told of the movement since an earlier round."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from assessments.scoring import ElementScore, PairedChange, paired_change

from .certainty import leaves_certain
from .findings import EarlierRound, Findings
from .rounding import two_decimals
from .withholding import Disclosed, disclose_element


def comparison(found: Findings, disclosed: Mapping[str, Disclosed]) -> dict[str, Any] | None:
    """Step 11 on the disclosed scores of both rounds. None without an earlier round."""
    earlier = found.earlier
    if earlier is None:
        return None
    return {
        "since": {"round": earlier.name, "closed_at": earlier.closed_at},
        "elements": [
            _element(element, disclosed[element.code], earlier, found) for element in found.elements
        ],
    }


def _element(
    element: ElementScore, disclosed: Disclosed, earlier: EarlierRound, found: Findings
) -> dict[str, Any]:
    previous = earlier.scores.get(element.code)
    paired: PairedChange | None = None
    before = earlier.elements.get(element.code)
    if before is not None:
        was = disclose_element(
            before,
            confidential=earlier.confidential,
            threshold=earlier.threshold,
            respondents=earlier.respondents,
        )
        if two_decimals(was.score) == two_decimals(previous):
            previous = was.score  # as it was published, and exactly
        paired = _paired(element, disclosed, before, was, found, earlier)
    difference = None if disclosed.score is None or previous is None else disclosed.score - previous
    return {
        "code": element.code,
        "previous": two_decimals(previous),
        "difference": two_decimals(difference),
        "pairs": paired.pairs if paired else None,
        "paired_difference": two_decimals(paired.difference) if paired else None,
        "low": _shown(paired.low) if paired else None,
        "high": _shown(paired.high) if paired else None,
        "more_than_noise": paired.more_than_noise if paired else None,
    }


def _paired(
    element: ElementScore,
    disclosed: Disclosed,
    before: ElementScore,
    was: Disclosed,
    found: Findings,
    earlier: EarlierRound,
) -> PairedChange | None:
    """Of the organisations that answered twice; None where it may not be told."""
    now, then = dict(disclosed.organisation_scores), dict(was.organisation_scores)
    both = now.keys() & then.keys()
    if not disclosed.paired:
        return None
    if found.confidential and not _may_pair(element, disclosed, both, found.threshold):
        return None
    if earlier.confidential and not _may_pair(before, was, both, earlier.threshold):
        return None
    return paired_change(now, then)


def _may_pair(
    element: ElementScore, disclosed: Disclosed, group: Collection[str], threshold: int
) -> bool:
    """Whether what changed of the organisations in `group` may be told beside what is `disclosed`. It
    ties each one's scores in both rounds together, so no answer may need another score of them."""
    figures = disclosed.figures
    return (
        figures is not None
        and _may_stand_alone(element, group, threshold)
        and (figures.ends is not None or not leaves_certain(element, replace(figures, paired=True)))
    )


def _may_stand_alone(element: ElementScore, group: Collection[str], threshold: int) -> bool:
    """Whether the mean of the organisations in `group` may be told beside the mean of all.

    It is a breakdown by group: the group, and what is left over, need `threshold` people each, or
    nobody left over. What an organisation said that answered in one round only could else be worked
    out from the difference; so a single organisation is not left over either, however many it sent.
    """
    inside = sum(name in group for name, _ in element.person_scores)
    outside = len(element.person_scores) - inside
    others = element.organisations - len(group)
    return inside >= threshold and (outside == 0 or (outside >= threshold and others >= 2))


def _shown(limit: float) -> int | float | None:
    return two_decimals(Fraction(limit))
