"""Entries are written and changed whole: with who came to a meeting, and the sides of a review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import (
    Alliance,
    Attendance,
    JournalEntry,
    Participant,
    ReviewSide,
    User,
)
from alliances.models.journal import TEXT_LIMIT
from alliances.services.journal.shapes import SHAPES
from alliances.services.records import add_record, change_record, stamp
from alliances.services.texts import one_line, one_of, paragraphs

WHO_LIMIT = 200
SIDE_LIMIT = 20_000
SIDES_AT_LEAST = 2

# Kinds that tell of somebody: a participant, or a person by name.
OF_SOMEBODY = {
    JournalEntry.Kind.OFFER: "offer",
    JournalEntry.Kind.DEPARTURE: "departure",
    JournalEntry.Kind.EXPECTATION: "expectation",
}


@dataclass(frozen=True)
class Came:
    """How one participant was at a meeting: a value of Attendance.Presence, and who came."""

    participant: Participant
    presence: str
    who: str = ""


@dataclass(frozen=True)
class Side:
    """What one side of a review says of itself."""

    participant: Participant
    contributed: str = ""
    can_do: str = ""


@transaction.atomic
def add_entry(
    *,
    alliance: Alliance,
    kind: str,
    by: User | None,
    today: dt.date,
    attendance: Sequence[Came] = (),
    sides: Sequence[Side] = (),
    **fields: Any,
) -> JournalEntry:
    """A new entry of `kind` (JournalEntry.Kind) with `fields` by column.

    `attendance` is taken of a meeting, `sides` of a review; whoever is not named in `attendance` was
    not asked. `content` among the fields holds the texts of the kind's parts by code. Raises Refused
    where something is missing or wrong; then nothing is stored.
    """
    one_of(kind, JournalEntry.Kind.values, what=_("The kind"))
    fields = _cleaned(kind, fields)
    came, said = _came(attendance), _said(sides)
    _refuse_what_does_not_fit(JournalEntry(kind=kind, **fields), today, came)
    _refuse_too_few_sides(kind, said)
    entry = add_record(model=JournalEntry, alliance=alliance, by=by, kind=kind, **fields)
    _keep_attendance(entry, came)
    _keep_sides(entry, said)
    return entry


@transaction.atomic
def change_entry(
    *,
    entry: JournalEntry,
    edition: int,
    by: User | None,
    today: dt.date,
    attendance: Sequence[Came] | None = None,
    sides: Sequence[Side] | None = None,
    **fields: Any,
) -> JournalEntry:
    """The entry with these fields; what is not named stays, and so does attendance or sides of None.

    All of it counts as one change of the entry's `edition`. Raises Overtaken where another one is
    stored by now, Refused as `add_entry` does.
    """
    fields = _cleaned(entry.kind, fields)
    came = None if attendance is None else _came(attendance)
    said = None if sides is None else _said(sides)
    changed = change_record(record=entry, edition=edition, by=by, **fields)
    _refuse_what_does_not_fit(changed, today, came or [])
    kept = [
        came is not None and _keep_attendance(changed, came),
        said is not None and _keep_sides(changed, said),
    ]
    if said is not None:
        _refuse_too_few_sides(changed.kind, said)
    if any(kept) and changed.edition == edition:
        stamp(changed, by)
        changed.save(update_fields=["edition", "changed_at", "changed_by"])
    return changed


def _cleaned(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """`fields` with the content's texts as they may be stored, those left out that say nothing."""
    shape = SHAPES[kind]
    assert set(fields) <= {*shape.columns, "content"}  # noqa: S101 (a column of another kind is a slip of ours)
    cleaned = dict(fields)
    if "content" in fields:
        texts = {
            part.code: paragraphs(
                fields["content"].get(part.code, ""),
                what=capfirst(str(part.label)),
                limit=TEXT_LIMIT,
            )
            for part in shape.parts
        }
        cleaned["content"] = {code: text for code, text in texts.items() if text}
    if cleaned.get("jointly"):
        cleaned["participant"] = None
    return cleaned


def _came(attendance: Iterable[Came]) -> list[Came]:
    found = []
    for came in attendance:
        one_of(came.presence, Attendance.Presence.values, what=_("The presence"))
        who = one_line(came.who, what=_("Who came"), limit=WHO_LIMIT)
        found.append(Came(came.participant, came.presence, who))
    _refuse_twice(came.participant for came in found)
    return found


def _said(sides: Iterable[Side]) -> list[Side]:
    found = [
        Side(
            side.participant,
            paragraphs(side.contributed, what=_("What it contributed"), limit=SIDE_LIMIT),
            paragraphs(side.can_do, what=_("What it can do"), limit=SIDE_LIMIT),
        )
        for side in sides
    ]
    _refuse_twice(side.participant for side in found)
    return found


def _refuse_twice(participants: Iterable[Participant]) -> None:
    seen: set[int] = set()
    for participant in participants:
        if participant.pk in seen:
            raise Refused(
                _("%(name)s stands here twice. Once is enough.") % {"name": participant.name}
            )
        seen.add(participant.pk)


def _refuse_too_few_sides(kind: str, sides: Sequence[Side]) -> None:
    if kind == JournalEntry.Kind.REVIEW and len(sides) < SIDES_AT_LEAST:
        raise Refused(_("A joint review has two sides or more. Choose a participant for each."))


def _refuse_what_does_not_fit(
    entry: JournalEntry, today: dt.date, attendance: Sequence[Came]
) -> None:
    """Rules that lie between columns, or between a column and the day."""
    if entry.kind in OF_SOMEBODY and not entry.who and entry.participant is None:
        raise Refused(_("Say who: choose a participant, or write a name."))
    if (
        entry.kind == JournalEntry.Kind.ESCALATION
        and not entry.jointly
        and entry.participant is None
    ):
        raise Refused(_("Say which side brought it up, or that both did together."))
    if entry.done_on is not None and entry.done_on > today:
        raise Refused(_("The day on which it was done lies ahead. Leave it empty until then."))
    if entry.done_on is not None and entry.on is not None and entry.done_on < entry.on:
        raise Refused(_("It was done before the day of the entry. Check the two dates."))
    if attendance and entry.on is not None and entry.on > today:
        raise Refused(_("This meeting lies ahead. Write down who came once it has been held."))


def _refuse_strangers(entry: JournalEntry, participants: Iterable[Participant]) -> None:
    """Refuses who is of another alliance, or is gone by now."""
    keys = {participant.pk for participant in participants}
    known = Participant.objects.filter(alliance_id=entry.alliance_id, pk__in=keys)
    if keys and known.count() != len(keys):
        raise Refused(_("Choose participants that are at this alliance’s table."))


def _keep_attendance(entry: JournalEntry, attendance: Sequence[Came]) -> bool:
    """Stores who came; whether anything was changed by that."""
    _refuse_strangers(entry, (came.participant for came in attendance))
    stored = {row.participant_id: row for row in entry.attendances.all()}
    wanted = {came.participant.pk: came for came in attendance}
    gone = [row.pk for key, row in stored.items() if key not in wanted]
    new, changed = [], []
    for key, came in wanted.items():
        row = stored.get(key)
        if row is None:
            new.append(
                Attendance(
                    entry=entry, participant=came.participant, presence=came.presence, who=came.who
                )
            )
        elif (row.presence, row.who) != (came.presence, came.who):
            row.presence, row.who = came.presence, came.who
            changed.append(row)
    Attendance.objects.filter(pk__in=gone).delete()
    Attendance.objects.bulk_create(new)
    Attendance.objects.bulk_update(changed, ["presence", "who"])
    return bool(gone or new or changed)


def _keep_sides(entry: JournalEntry, sides: Sequence[Side]) -> bool:
    """Stores what each side says; whether anything was changed by that."""
    _refuse_strangers(entry, (side.participant for side in sides))
    stored = {row.participant_id: (row.contributed, row.can_do) for row in entry.sides.all()}
    if stored == {side.participant.pk: (side.contributed, side.can_do) for side in sides}:
        return False
    entry.sides.all().delete()
    ReviewSide.objects.bulk_create(
        ReviewSide(
            entry=entry,
            participant=side.participant,
            contributed=side.contributed,
            can_do=side.can_do,
        )
        for side in sides
    )
    return True
