"""Evidence: what the alliance has on record, as checks with a state and a fact.

The only place that reads an alliance's records for scores. A check applies once the alliance keeps
that kind of record at all; what nobody has begun to record is no evidence against anybody. The
table of checks, with points and limits, stands in docs/scoring.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliances.models import Alliance, Participant, Representative
from assessments.scoring import Check, State

AT_THE_TABLE = (
    Representative.Role.CONVENER,
    Representative.Role.LEADER,
    Representative.Role.REPRESENTATIVE,
)


def collect_evidence(alliance: Alliance) -> dict[str, list[Check]]:
    """Checks by element code, from `alliance` as it stands now. Two queries."""
    participants = list(alliance.participants.prefetch_related("representatives"))
    return {
        "common-pain": _common_pain(participants),
        "convener-of-stature": _convener(participants),
        "representatives-of-substance": _substance(participants),
    }


def _common_pain(participants: Sequence[Participant]) -> list[Check]:
    taking_part = [p for p in participants if p.status == Participant.Status.ACCEPTED]
    stated = [p for p in taking_part if p.pain]
    strengths = [p.strength for p in stated if p.strength is not None]
    kept = bool(stated)
    gap = max(strengths) - min(strengths) if strengths else 0
    # The upper of the two middle values would flatter; with an even number the lower one counts.
    middle = sorted(strengths)[(len(strengths) - 1) // 2] if strengths else 0
    return [
        _check(
            "pain-stated",
            "Pain stated by each participant",
            2,
            kept,
            _by_share(len(stated), len(taking_part), met=Fraction(1), partly=Fraction(1, 2)),
            f"{len(stated)} of {len(taking_part)} {'has' if len(stated) == 1 else 'have'} stated it",
        ),
        _check(
            "pain-strong",
            "Pain is strong",
            1,
            kept,
            _by_limit(middle >= 7, middle >= 4),
            f"Middle strength {middle} of 10",
        ),
        _check(
            "pain-alike",
            "Pain is alike in strength",
            1,
            len(stated) >= 2,
            _by_limit(gap <= 3, gap <= 5),
            f"Strengths from {min(strengths)} to {max(strengths)}"
            if len(stated) >= 2
            else "Fewer than two have stated it",
        ),
    ]


def _convener(participants: Sequence[Participant]) -> list[Check]:
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
        _check(
            "convener-named",
            "Convener named",
            1,
            kept,
            State.MET if conveners else State.NOT,
            _list([person.participant.name for person in conveners])
            if conveners
            else "Nobody named",
        ),
        _check(
            "invitations-accepted",
            "Invitations accepted",
            2,
            kept,
            _by_share(accepted, len(participants), met=Fraction(4, 5), partly=Fraction(1, 2)),
            f"{accepted} of {len(participants)} accepted",
        ),
    ]


def _substance(participants: Sequence[Participant]) -> list[Check]:
    taking_part = [p for p in participants if p.status == Participant.Status.ACCEPTED]
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
        _check(
            "seats-with-substance",
            "Substance seen in each seat",
            2,
            kept,
            _by_share(len(carrying), len(seats), met=Fraction(1), partly=Fraction(2, 3)),
            f"{len(carrying)} of {len(seats)} {'seat' if len(seats) == 1 else 'seats'}",
        ),
        _check(
            "claims-observed",
            "Claims confirmed by what was seen",
            1,
            kept and bool(claims),
            _by_share(seen, len(claims), met=Fraction(4, 5), partly=Fraction(1, 2)),
            f"{seen} of {len(claims)} {'claim' if len(claims) == 1 else 'claims'}",
        ),
        _check(
            "interests-spoken-for",
            "Every interest is spoken for",
            2,
            bool(interests) and bool(seats),
            _by_share(
                len(interests) - len(silent), len(interests), met=Fraction(1), partly=Fraction(4, 5)
            ),
            _spoken_for(len(interests), silent),
        ),
    ]


def _check(code: str, label: str, points: int, applies: bool, state: State, fact: str) -> Check:
    return Check(code, label, state if applies else State.NOT_APPLICABLE, points, fact)


def _by_share(part: int, whole: int, *, met: Fraction, partly: Fraction) -> State:
    share = Fraction(part, whole) if whole else Fraction(0)
    return _by_limit(share >= met, share >= partly)


def _by_limit(met: bool, partly: bool) -> State:
    return State.MET if met else State.PARTLY if partly else State.NOT


def _spoken_for(interests: int, silent: Sequence[str]) -> str:
    if silent:
        return f"Nobody speaks for {_list(silent)}"
    return "The only one is" if interests == 1 else f"All {interests} are"


def _list(names: Sequence[str]) -> str:
    """Names as a sentence lists them; past three, how many more."""
    if len(names) > 3:
        return f"{', '.join(names[:3])} and {len(names) - 3} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
