"""What may be told of the movement since an earlier round."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from assessments.scoring import ElementScore, PairedChange, paired_change

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
    previous: Fraction | None = None
    paired: PairedChange | None = None
    before = earlier.elements.get(element.code)
    if before is not None:
        was = disclose_element(
            before,
            confidential=earlier.confidential,
            threshold=earlier.threshold,
            respondents=earlier.respondents,
        )
        previous = was.score
        both = dict(disclosed.organisation_scores).keys() & dict(was.organisation_scores).keys()
        if (not found.confidential or _may_stand_alone(element, both, found.threshold)) and (
            not earlier.confidential or _may_stand_alone(before, both, earlier.threshold)
        ):
            paired = paired_change(
                dict(disclosed.organisation_scores), dict(was.organisation_scores)
            )
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
