"""Convener of stature: who convenes, and whether the invitation was hard to turn down (VA)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliances.models import Participant, Representative
from assessments.evidence.checks import by_share, check, listed
from assessments.scoring import Check, State


def convener_of_stature(participants: Sequence[Participant]) -> list[Check]:
    conveners = [
        person
        for participant in participants
        for person in participant.representatives.all()
        if person.role == Representative.Role.CONVENER
    ]
    kept = any(participant.representatives.all() for participant in participants)
    accepted = sum(
        participant.status in (Participant.Status.ACCEPTED, Participant.Status.LEFT)
        for participant in participants
    )
    return [
        check(
            "convener-named",
            "Convener named",
            1,
            kept,
            State.MET if conveners else State.NOT,
            listed([person.participant.name for person in conveners])
            if conveners
            else "Nobody named",
        ),
        check(
            "invitations-accepted",
            "Invitations accepted",
            2,
            kept,
            by_share(accepted, len(participants), met=Fraction(4, 5), partly=Fraction(1, 2)),
            f"{accepted} of {len(participants)} accepted",
        ),
    ]
