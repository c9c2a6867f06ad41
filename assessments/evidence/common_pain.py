"""Common pain: stated by each, strong, alike; and what each expects of the alliance (VA, K)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliances.models import Alliance, ExpectedValue, Participant
from assessments.evidence.checks import by_limit, by_share, check
from assessments.scoring import Check


def common_pain(alliance: Alliance, taking_part: Sequence[Participant]) -> list[Check]:
    """`taking_part` are the participants that accepted. One query."""
    stated = [p for p in taking_part if p.pain]
    strengths = [p.strength for p in stated if p.strength is not None]
    kept = bool(stated)
    gap = max(strengths) - min(strengths) if strengths else 0
    # The upper of the two middle values would flatter; with an even number the lower one counts.
    middle = sorted(strengths)[(len(strengths) - 1) // 2] if strengths else 0
    expecting = set(
        ExpectedValue.objects.filter(participant__alliance=alliance).values_list(
            "participant_id", flat=True
        )
    )
    expect = sum(participant.pk in expecting for participant in taking_part)
    return [
        check(
            "pain-stated",
            "Pain stated by each participant",
            2,
            kept,
            by_share(len(stated), len(taking_part), met=Fraction(1), partly=Fraction(1, 2)),
            f"{len(stated)} of {len(taking_part)} {'has' if len(stated) == 1 else 'have'} stated it",
        ),
        check(
            "pain-strong",
            "Pain is strong",
            1,
            kept,
            by_limit(middle >= 7, middle >= 4),
            f"Middle strength {middle} of 10",
        ),
        check(
            "pain-alike",
            "Pain is alike in strength",
            1,
            len(stated) >= 2,
            by_limit(gap <= 3, gap <= 5),
            f"Strengths from {min(strengths, default=0)} to {max(strengths, default=0)}",
            "Fewer than two have stated it",
        ),
        check(
            "value-named",
            "Value expected is named",
            1,
            bool(expecting),
            by_share(expect, len(taking_part), met=Fraction(1), partly=Fraction(1, 2)),
            f"{expect} of {len(taking_part)} {'has' if expect == 1 else 'have'} named one",
        ),
    ]
