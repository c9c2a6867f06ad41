"""What an alliance has on record, for tests of the checks: made past the services, so that a test can
put any day on it. All days are counted back from `ON`, the day of closing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from alliances.models import (
    Action,
    Alliance,
    Attendance,
    CharterParty,
    CharterSection,
    CharterVersion,
    Decision,
    DecisionPart,
    GroundItem,
    JournalEntry,
    LaunchStep,
    Participant,
    Position,
    Signature,
)
from assessments.evidence import collect_evidence

ON = dt.date(2026, 6, 30)


def ago(days: int) -> dt.date:
    """The day so many days before `ON`; with a negative number, after it."""
    return ON - dt.timedelta(days=days)


def moment(days: int) -> dt.datetime:
    """Noon of that day."""
    return dt.datetime.combine(ago(days), dt.time(12), tzinfo=dt.UTC)


def found(alliance: Alliance, element: str, on: dt.date = ON) -> dict[str, tuple[str, int, str]]:
    """State, points and fact of an element's checks, by code."""
    return {
        check.code: (check.state.value, check.points, check.fact)
        for check in collect_evidence(alliance, on)[element]
    }


def state_of(alliance: Alliance, code: str, on: dt.date = ON) -> tuple[str, str]:
    """State and fact of one check."""
    for checks in collect_evidence(alliance, on).values():
        for check in checks:
            if check.code == code:
                return check.state.value, check.fact
    raise KeyError(code)


def make_version(
    alliance: Alliance,
    number: int = 1,
    *,
    circulated: int | None = None,
    ratified: int | None = None,
    ended: int | None = None,
    depth: str = "light",
    sections: Mapping[str, Mapping[str, str]] | None = None,
    parties: int = 0,
    signed: int = 0,
) -> CharterVersion:
    """A version; the numbers are days ago. A draft where it was never circulated.

    So many of the alliance's participants, by key, are `parties`, and the first of them `signed` it
    on the day after it was circulated.
    """
    status = "draft"
    if ratified is not None:
        status = "ratified" if ended is None else "amended"
    elif circulated is not None:
        status = "circulated" if ended is None else "withdrawn"
    frozen = (
        {}
        if circulated is None
        else {
            "text": f"Version {number}",
            "digest": f"{number:064}",
            "language": "en",
            "circulated_at": moment(circulated),
        }
    )
    version = CharterVersion.objects.create(
        alliance=alliance,
        number=number,
        depth=depth,
        status=status,
        ratified_at=None if ratified is None else moment(ratified),
        ended_at=None if ended is None else moment(ended),
        **frozen,
    )
    for code, content in (sections or {}).items():
        CharterSection.objects.create(version=version, code=code, content=dict(content))
    for place, participant in enumerate(alliance.participants.order_by("pk")[:parties]):
        CharterParty.objects.create(version=version, participant=participant, name=participant.name)
        if place < signed and circulated is not None:
            sign(version, participant, circulated - 1)
    return version


def sign(version: CharterVersion, participant: Participant, days: int, digest: str = "") -> None:
    """A signature of so many days ago, on the version's text unless `digest` says another."""
    number = version.signatures.count() + 1
    Signature.objects.create(
        version=version,
        participant=participant,
        account=participant.pk,
        number=number,
        organisation=participant.name,
        name="Somebody",
        digest=digest or version.digest,
        signed_at=moment(days),
        seal=f"{number:064}",
    )


def make_meeting(
    alliance: Alliance, days: int, *, person: int = 0, stand_in: int = 0, absent: int = 0
) -> JournalEntry:
    """A meeting so many days ago: the first of the alliance's participants came, and so on."""
    entry = JournalEntry.objects.create(
        alliance=alliance, kind="meeting", on=ago(days), title="Meeting"
    )
    presences = ["person"] * person + ["stand-in"] * stand_in + ["absent"] * absent
    Attendance.objects.bulk_create(
        Attendance(entry=entry, participant=participant, presence=presence)
        for participant, presence in zip(
            alliance.participants.order_by("pk"), presences, strict=False
        )
    )
    assert entry.attendances.count() == len(presences)
    return entry


def make_entry(alliance: Alliance, kind: str, days: int, **fields: Any) -> JournalEntry:
    return JournalEntry.objects.create(
        alliance=alliance, kind=kind, on=ago(days), title="Something", **fields
    )


def make_milestone(
    alliance: Alliance, due: int, done: int | None = None, set_on: int = 400
) -> JournalEntry:
    """Due so many days ago; done so many days ago, or not."""
    return make_entry(
        alliance,
        "milestone",
        set_on,
        due_on=ago(due),
        done_on=None if done is None else ago(done),
    )


def make_action(
    alliance: Alliance, due: int, done: int | None = None, dropped: int | None = None
) -> Action:
    return Action.objects.create(
        alliance=alliance,
        what="Something",
        who="Somebody",
        due_on=ago(due),
        done_on=None if done is None else ago(done),
        dropped_on=None if dropped is None else ago(dropped),
    )


def make_step(alliance: Alliance, due: int, done: int | None = None) -> LaunchStep:
    return LaunchStep.objects.create(
        alliance=alliance,
        code="own",
        title="Something",
        due_on=ago(due),
        done_on=None if done is None else ago(done),
    )


def make_decision(
    alliance: Alliance, *deciders: Participant, by_alliance: bool = False
) -> Decision:
    decision = Decision.objects.create(alliance=alliance, what="Something", by_alliance=by_alliance)
    for participant in deciders:
        DecisionPart.objects.create(decision=decision, participant=participant, part="decides")
    return decision


def make_item(
    alliance: Alliance,
    kind: str = "source",
    *,
    agree: int = 0,
    live: int = 0,
    disagree: int = 0,
) -> GroundItem:
    """An item, with positions of the first of the alliance's participants."""
    item = GroundItem.objects.create(alliance=alliance, kind=kind, text="Something")
    stances = ["agree"] * agree + ["live"] * live + ["disagree"] * disagree
    Position.objects.bulk_create(
        Position(item=item, participant=participant, stance=stance)
        for participant, stance in zip(alliance.participants.order_by("pk"), stances, strict=False)
    )
    assert item.positions.count() == len(stances)
    return item
