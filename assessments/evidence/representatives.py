"""Representatives of substance: the weight seen in each seat, and whether it comes itself (VA)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliances.models import Participant, Representative
from alliances.services.attendance import MeetingAttendance
from assessments.evidence.checks import by_limit, by_share, check, counted, listed
from assessments.scoring import Check

AT_THE_TABLE = (
    Representative.Role.CONVENER,
    Representative.Role.LEADER,
    Representative.Role.REPRESENTATIVE,
)
MEETINGS = 6
"""So many of the last meetings tell who comes."""


def representatives_of_substance(
    participants: Sequence[Participant],
    taking_part: Sequence[Participant],
    meetings: Sequence[MeetingAttendance],
) -> list[Check]:
    """`participants` are all, `taking_part` those that accepted; `meetings` the oldest first."""
    return [*_substance(participants, taking_part), *_presence(meetings[-MEETINGS:])]


def _substance(
    participants: Sequence[Participant], taking_part: Sequence[Participant]
) -> list[Check]:
    seats = [
        person
        for participant in taking_part
        for person in participant.representatives.all()
        if person.role in AT_THE_TABLE
    ]
    claims = [
        getattr(person, f"{kind}_observed")
        for person in seats
        for kind in Representative.KINDS
        if getattr(person, f"{kind}_claimed")
    ]
    carrying = [
        person
        for person in seats
        if any(
            getattr(person, f"{kind}_observed") == Representative.Observed.YES
            for kind in Representative.KINDS
        )
    ]
    kept = any(
        getattr(person, f"{kind}_claimed") or getattr(person, f"{kind}_observed")
        for person in seats
        for kind in Representative.KINDS
    )
    seen = sum(observed == Representative.Observed.YES for observed in claims)
    voices = {
        participant.interest.casefold()
        for participant in taking_part
        if participant.interest
        and any(p.role in AT_THE_TABLE for p in participant.representatives.all())
    }
    interests = {p.interest.casefold(): p.interest for p in participants if p.interest}
    silent = [name for key, name in sorted(interests.items()) if key not in voices]
    return [
        check(
            "seats-with-substance",
            "Substance seen in each seat",
            2,
            kept,
            by_share(len(carrying), len(seats), met=Fraction(1), partly=Fraction(2, 3)),
            f"{len(carrying)} of {counted(len(seats), 'seat', 'seats')}",
        ),
        check(
            "claims-observed",
            "Claims confirmed by what was seen",
            1,
            kept and bool(claims),
            by_share(seen, len(claims), met=Fraction(4, 5), partly=Fraction(1, 2)),
            f"{seen} of {counted(len(claims), 'claim', 'claims')}",
        ),
        check(
            "interests-spoken-for",
            "Every interest is spoken for",
            2,
            bool(interests) and bool(seats),
            by_share(
                len(interests) - len(silent), len(interests), met=Fraction(1), partly=Fraction(4, 5)
            ),
            _spoken_for(len(interests), silent),
        ),
    ]


def _spoken_for(interests: int, silent: Sequence[str]) -> str:
    if silent:
        return f"Nobody speaks for {listed(silent)}"
    return "The only one is" if interests == 1 else f"All {interests} are"


def _presence(meetings: Sequence[MeetingAttendance]) -> list[Check]:
    """Important parties that send juniors are a warning sign (VA)."""
    asked = sum(meeting.asked for meeting in meetings)
    came = sum(meeting.came for meeting in meetings)
    in_person = sum(meeting.person for meeting in meetings)
    stand_ins = sum(meeting.stand_in for meeting in meetings)
    lately = (
        "in the last meeting" if len(meetings) == 1 else f"in the last {len(meetings)} meetings"
    )
    return [
        check(
            "came-in-person",
            "Representatives come in person",
            1,
            asked > 0,
            by_share(in_person, asked, met=Fraction(3, 4), partly=Fraction(1, 2)),
            f"{in_person} of {asked} {lately}",
        ),
        check(
            "few-stand-ins",
            "Few send stand-ins",
            1,
            came > 0,
            by_limit(stand_ins * 10 <= came, stand_ins * 4 <= came),
            f"{stand_ins} of {came} who came {lately}",
        ),
    ]
