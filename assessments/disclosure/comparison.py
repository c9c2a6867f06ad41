"""What may be told of the movement since an earlier round."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from assessments.scoring import ElementScore, PairedChange, paired_change

from .certainty import Moves, leaves_certain
from .findings import EarlierRound, Findings, Published
from .rounding import two_decimals
from .withholding import Disclosed, disclose_element, people_of


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
    told = earlier.published.get(element.code)
    previous = told.score if told else None
    paired, interval = None, False
    before = earlier.elements.get(element.code)
    if told is not None and previous is not None and before is not None:
        was = disclose_element(
            before,
            confidential=earlier.confidential,
            threshold=earlier.threshold,
            respondents=earlier.respondents,
        )
        if two_decimals(was.score) == two_decimals(previous):
            previous = was.score  # as it was published, and exactly
            paired, interval = _paired(element, disclosed, before, was, told, found, earlier)
    difference = None if disclosed.score is None or previous is None else disclosed.score - previous
    return {
        "code": element.code,
        "previous": two_decimals(previous),
        "difference": two_decimals(difference),
        "pairs": paired.pairs if paired else None,
        "paired_difference": two_decimals(paired.difference) if paired else None,
        "low": _shown(paired.low) if paired and interval else None,
        "high": _shown(paired.high) if paired and interval else None,
        "more_than_noise": paired.more_than_noise if paired else None,
    }


def _paired(
    element: ElementScore,
    disclosed: Disclosed,
    before: ElementScore,
    was: Disclosed,
    told: Published,
    found: Findings,
    earlier: EarlierRound,
) -> tuple[PairedChange | None, bool]:
    """Of the organisations that answered twice, and whether its interval may be told, too; None where it may
    not be told."""
    now, then = dict(disclosed.organisation_scores), dict(was.organisation_scores)
    both = {name: now[name] - then[name] for name in now.keys() & then.keys()}
    paired = paired_change(now, then)
    if paired is None or not disclosed.paired:
        return None, False
    if earlier.confidential and not _is_as_published(was, told, both):
        return None, False
    for interval in (True, False):
        if (
            not found.confidential
            or _may_pair(element, disclosed, Moves(both, True, interval), found.threshold)
        ) and (
            not earlier.confidential
            or _may_pair(before, was, Moves(both, False, interval), earlier.threshold)
        ):
            return paired, interval
    return None, False


def _is_as_published(was: Disclosed, told: Published, group: Mapping[str, Fraction]) -> bool:
    """Whether the earlier round told just what is taken for told of it, and is broken down into no second
    group: two groups that differ by one organisation would give its score."""
    whole = {name for name, _score in was.organisation_scores} <= group.keys()
    return (
        was.extreme == told.extreme
        and was.withheld_questions == told.withheld_questions
        and (whole or not told.broken_down)
    )


def _may_pair(element: ElementScore, disclosed: Disclosed, moves: Moves, threshold: int) -> bool:
    """Whether `moves` may be told beside what is `disclosed` of one of the two rounds."""
    figures = disclosed.figures
    return (
        figures is not None
        and may_stand_alone(people_of(element), moves.by, threshold=threshold)
        and (figures.ends is not None or not leaves_certain(element, replace(figures, moves=moves)))
    )


def may_stand_alone(sizes: Mapping[str, int], group: Collection[str], *, threshold: int) -> bool:
    """Whether the mean of the organisations in `group` may be told beside the mean of all; `sizes` says how many
    people of each count.

    It is a breakdown by group: the group, and what is left over, need `threshold` people each, or
    nobody left over. What an organisation said that answered in one round only could else be worked
    out from the difference; so a single organisation is not left over either, however many it sent.
    """
    inside = sum(people for name, people in sizes.items() if name in group)
    left = [people for name, people in sizes.items() if name not in group]
    return inside >= threshold and (not left or (sum(left) >= threshold and len(left) >= 2))


def _shown(limit: float) -> int | float | None:
    return two_decimals(Fraction(limit))
