"""The register as it is read: each item with where the parties stand, the widest split first (VA)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from alliances.models import Alliance, GroundItem, Participant, Position
from alliances.services.common_ground.tactics import Counts, tactic_of
from alliances.services.overview import AT_THE_TABLE

AGREE, LIVE, DISAGREE = Position.Stance.AGREE, Position.Stance.LIVE, Position.Stance.DISAGREE


# An item as split as this counts as split where several are counted together. In a group of eight,
# two against six reach it (75) and one against seven does not (43.75).
SPLIT_FROM = 50


@dataclass(frozen=True, slots=True)
class PartyPosition:
    """Where one party stands. `stance` is empty where it has not been asked."""

    participant_id: int
    name: str
    stance: str
    reason: str


@dataclass(frozen=True)
class Group:
    """The parties that take one stance: `shown` of them in full, and how many `more` there are."""

    stance: str
    label: str
    shown: list[PartyPosition]
    more: int

    @property
    def count(self) -> int:
        return len(self.shown) + self.more


@dataclass(frozen=True)
class RegisterItem:
    """An item, and where those at the table stand on it.

    `positions` holds the accepted participants, with a position or without; `others`, the positions
    of organisations that are only invited, have declined or left: they do not count. `split` runs from 0 (all the same, or fewer than two were asked) to 100 (half agree, half
    disagree). `tactic` is the code of one of TACTICS.
    """

    pk: int
    kind: str
    text: str
    note: str
    raised_by: str
    changed_at: dt.datetime
    positions: tuple[PartyPosition, ...]
    others: tuple[PartyPosition, ...]
    agree: int
    live: int
    disagree: int
    not_asked: int
    split: Fraction
    tactic: str

    @property
    def asked(self) -> int:
        return self.agree + self.live + self.disagree

    @property
    def is_disputed(self) -> bool:
        """Some disagree and others do not."""
        return 0 < self.disagree < self.asked

    @property
    def is_split(self) -> bool:
        return self.split >= SPLIT_FROM

    @property
    def kind_word(self) -> str:
        return {
            "assumption": _("assumption"),
            "source": _("source"),
            "standard": _("standard"),
        }[self.kind]

    @property
    def split_figure(self) -> int:
        """The split as a page prints it: rounded down, like every figure."""
        return int(self.split)

    def of(self, participant: Participant | None) -> PartyPosition | None:
        """Where `participant` stands; None where it is not at the table, and so takes no position."""
        if participant is None or participant.status not in AT_THE_TABLE:
            return None
        for position in (*self.positions, *self.others):
            if position.participant_id == participant.pk:
                return position
        return PartyPosition(participant.pk, participant.name, "", "")

    def groups(self, limit: int | None = None) -> list[Group]:
        """Who agrees, can live with it and disagrees; of each, the first `limit` in full. Those
        who give a reason come first."""
        return [
            _group(label, stance, (p for p in self.positions if p.stance == stance), limit)
            for stance, label in (
                (str(AGREE), _("Agree")),
                (str(LIVE), _("Can live with it")),
                (str(DISAGREE), _("Disagree")),
            )
        ]

    @property
    def without_position(self) -> list[str]:
        """Names of the parties that have not been asked."""
        return [position.name for position in self.positions if not position.stance]


@dataclass(frozen=True)
class Register:
    """All items, the widest split first; then most disagreeing, most not asked, oldest."""

    items: list[RegisterItem]
    parties: int
    """Accepted participants."""

    @property
    def widest(self) -> RegisterItem | None:
        return self.items[0] if self.items else None

    @property
    def asked(self) -> int:
        """Positions that are on record."""
        return sum(item.asked for item in self.items)

    @property
    def not_asked(self) -> int:
        """Positions that are missing."""
        return sum(item.not_asked for item in self.items)

    @property
    def disputed(self) -> int:
        """Items on which some disagree and others do not."""
        return sum(item.is_disputed for item in self.items)

    @property
    def split(self) -> int:
        """Items that are split from SPLIT_FROM on."""
        return sum(item.is_split for item in self.items)

    def waiting_for(self, participant: Participant | None) -> int:
        """Items on which `participant` has no position."""
        positions = (item.of(participant) for item in self.items)
        return sum(position is not None and not position.stance for position in positions)


def register_of(*, alliance: Alliance) -> Register:
    """The alliance's register, in three queries however large it is."""
    items = alliance.ground_items.select_related("raised_by")
    return _register(alliance, items)


def items_waiting_for(*, alliance: Alliance, participant: Participant | None) -> list[int]:
    """Keys of the items on which `participant` has no position, the oldest first. Empty where it is
    not at the table. One query."""
    if participant is None or participant.status not in AT_THE_TABLE:
        return []
    items = GroundItem.objects.filter(alliance=alliance).exclude(positions__participant=participant)
    return list(items.order_by("pk").values_list("pk", flat=True))


def item_of(*, item: GroundItem) -> RegisterItem:
    """One item of the register, in three queries."""
    items = GroundItem.objects.filter(pk=item.pk).select_related("raised_by")
    return _register(item.alliance, items).items[0]


def _register(alliance: Alliance, rows: Iterable[GroundItem]) -> Register:
    rows = list(rows)
    participants = list(alliance.participants.only("pk", "name", "status", "alliance_id"))
    told: dict[int, dict[int, tuple[str, str]]] = {row.pk: {} for row in rows}
    for item, participant, stance, reason in Position.objects.filter(item__in=told).values_list(
        "item_id", "participant_id", "stance", "reason"
    ):
        told[item][participant] = stance, reason
    items = [_item(row, participants, told[row.pk]) for row in rows]
    items.sort(key=lambda item: (-item.split, -item.disagree, -item.not_asked, item.pk))
    accepted = sum(p.status == Participant.Status.ACCEPTED for p in participants)
    return Register(items=items, parties=accepted)


def _item(
    row: GroundItem, participants: list[Participant], told: dict[int, tuple[str, str]]
) -> RegisterItem:
    positions, others = [], []
    for participant in participants:
        stance, reason = told.get(participant.pk, ("", ""))
        position = PartyPosition(participant.pk, participant.name, stance, reason)
        if participant.status == Participant.Status.ACCEPTED:
            positions.append(position)
        elif stance:
            others.append(position)
    stances = [position.stance for position in positions]
    counts = Counts(
        agree=stances.count(AGREE),
        live=stances.count(LIVE),
        disagree=stances.count(DISAGREE),
        not_asked=stances.count(""),
    )
    return RegisterItem(
        pk=row.pk,
        kind=row.kind,
        text=row.text,
        note=row.note,
        raised_by=str(row.raised_by or ""),
        changed_at=row.changed_at,
        positions=tuple(positions),
        others=tuple(others),
        agree=counts.agree,
        live=counts.live,
        disagree=counts.disagree,
        not_asked=counts.not_asked,
        split=split_of(agree=counts.agree, live=counts.live, disagree=counts.disagree),
        tactic=tactic_of(row.kind, counts),
    )


def split_of(*, agree: int, live: int, disagree: int) -> Fraction:
    """How far parties are apart: 100 · 4 · the population variance of their positions, with agree
    as 1, can live with it as ½ and disagree as 0. From 0 to 100; 0 for fewer than two."""
    asked = agree + live + disagree
    if asked < 2:
        return Fraction(0)
    mean = Fraction(2 * agree + live, 2 * asked)
    mean_of_squares = Fraction(4 * agree + live, 4 * asked)
    return 400 * (mean_of_squares - mean * mean)


def _group(label: str, stance: str, positions: Iterable[PartyPosition], limit: int | None) -> Group:
    found = sorted(positions, key=lambda position: not position.reason)
    shown = found if limit is None else found[:limit]
    return Group(stance=stance, label=label, shown=shown, more=len(found) - len(shown))
