"""What is done to the register: items come, and parties take positions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, GroundItem, Participant, Position, User
from alliances.services.locks import locked_alliance
from alliances.services.overview import AT_THE_TABLE
from alliances.services.records import add_record, stamp
from alliances.services.texts import one_of, paragraphs

NOT_ASKED = "none"
"""The stance of a party that has taken no position."""
REASON_LIMIT = 2000


@dataclass(frozen=True)
class Told:
    """What somebody writes down of one party.

    `stance` is one of Position.Stance, or NOT_ASKED. `began` is the mark (`mark_of`) of what stood
    there when they began.
    """

    participant: Participant
    stance: str
    reason: str
    began: str


@dataclass(frozen=True)
class Conflict:
    """A party whose position two people changed: what is stored now, and what was written."""

    participant: Participant
    stance: str
    reason: str
    told: Told


class PositionsOvertaken(Refused):
    """Somebody saved first, and of some party both changed the position. Nothing was stored."""

    def __init__(self, conflicts: list[Conflict], who: User | None) -> None:
        super().__init__(
            _(
                "%(who)s saved this while you were writing. Nothing of yours is stored yet, and "
                "nothing is lost: compare the two below, and save what shall stand."
            )
            % {"who": who.known_as if who is not None else _("Somebody else")}
        )
        self.conflicts = conflicts


def mark_of(stance: str, reason: str) -> str:
    """A short mark of a position: two positions that say the same have the same."""
    return hashlib.sha256(f"{stance}\n{reason}".encode()).hexdigest()[:16]


def askable_participants(alliance: Alliance) -> QuerySet[Participant]:
    """Those who may take a position: all at the table, invited or accepted."""
    return alliance.participants.filter(status__in=AT_THE_TABLE)


@transaction.atomic
def add_item(*, alliance: Alliance, kind: str, text: str, note: str, by: User | None) -> GroundItem:
    """A new item, raised by the organisation of `by` where they have one here. Raises Refused."""
    raised_by = (
        Participant.objects.filter(alliance=alliance, memberships__user=by).first()
        if by is not None
        else None
    )
    return add_record(
        model=GroundItem,
        alliance=alliance,
        by=by,
        kind=kind,
        text=text,
        note=note,
        raised_by=raised_by,
    )


@transaction.atomic
def record_positions(*, item: GroundItem, told: Sequence[Told], by: User | None) -> int:
    """Stores where parties stand on `item`, all of them or none; gives how many changed.

    What was not changed since `began` stays as it is by now, so that a page of many parties does
    not take back what somebody else wrote of one of them. Raises PositionsOvertaken where the same
    party's position was changed by both, and Refused where a value is wrong or the item is gone.
    """
    held = locked_alliance(item.alliance_id)
    if not GroundItem.objects.filter(pk=item.pk).exists():
        raise Refused(_("“%(record)s” has been removed meanwhile.") % {"record": item})
    parties = {party.pk: party for party in askable_participants(held)}
    stored = {
        position.participant_id: position
        for position in Position.objects.filter(item=item).select_related("changed_by")
    }
    changes: list[Told] = []
    conflicts: list[Conflict] = []
    who: User | None = None
    for one in told:
        one = _checked(one)
        current = stored.get(one.participant.pk)
        stance = current.stance if current is not None else NOT_ASKED
        reason = current.reason if current is not None else ""
        now, written = mark_of(stance, reason), mark_of(one.stance, one.reason)
        if written in (now, one.began):
            continue
        if one.participant.pk not in parties:
            raise Refused(
                _("%(name)s is not at the table any more, so its position stays as it is.")
                % {"name": one.participant.name}
            )
        if now != one.began:
            conflicts.append(Conflict(one.participant, stance, reason, one))
            who = current.changed_by if current is not None else None
        changes.append(one)
    if conflicts:
        raise PositionsOvertaken(conflicts, who)
    for one in changes:
        _store(item, stored.get(one.participant.pk), one, by)
    return len(changes)


def _checked(told: Told) -> Told:
    """`told` as it may be stored. Raises Refused."""
    name = told.participant.name
    one_of(
        told.stance,
        [*Position.Stance.values, NOT_ASKED],
        what=_("The position of %(name)s") % {"name": name},
    )
    reason = paragraphs(
        told.reason, what=_("The reason of %(name)s") % {"name": name}, limit=REASON_LIMIT
    )
    if reason and told.stance == NOT_ASKED:
        raise Refused(
            _("%(name)s has a reason and no position. Choose one, or take the reason out.")
            % {"name": name}
        )
    return Told(told.participant, told.stance, reason, told.began)


def _store(item: GroundItem, current: Position | None, told: Told, by: User | None) -> None:
    if told.stance == NOT_ASKED:
        if current is not None:
            current.delete()
    elif current is None:
        Position.objects.create(
            item=item,
            participant=told.participant,
            stance=told.stance,
            reason=told.reason,
            changed_by=by,
            changed_at=timezone.now(),
        )
    else:
        current.stance, current.reason = told.stance, told.reason
        stamp(current, by)
        current.save()


def positions_to_write(*, item: GroundItem, participants: Sequence[Participant]) -> list[Told]:
    """Each of `participants` as its position stands now, for a page that changes them. One query."""
    stored = {
        position.participant_id: position
        for position in Position.objects.filter(item=item, participant__in=participants)
    }
    found = []
    for participant in participants:
        position = stored.get(participant.pk)
        stance = position.stance if position is not None else NOT_ASKED
        reason = position.reason if position is not None else ""
        found.append(Told(participant, stance, reason, mark_of(stance, reason)))
    return found
