"""What the pages of the register show: the register with its sentences, pictures and advice."""

from __future__ import annotations

from dataclasses import dataclass

from alliances.models import Participant
from alliances.services.common_ground.picture import Picture, picture_of
from alliances.services.common_ground.register import (
    Group,
    PartyPosition,
    Register,
    RegisterItem,
)
from alliances.services.common_ground.tactics import Advice, advice_for_item, advice_for_register
from alliances.services.common_ground.words import Finding, finding_of, in_words

# Of the widest split, the page of the register shows so many parties of each stance with their
# reasons; all stand on the item's own page. 40 items and 300 parties keep within a megabyte.
SHOWN_OF_A_STANCE = 8


@dataclass(frozen=True)
class ItemRow:
    """An item with its picture, and where the reader's own organisation stands.

    `own` is None where the reader has no organisation at the table.
    """

    item: RegisterItem
    picture: Picture
    words: str
    own: PartyPosition | None


@dataclass(frozen=True)
class ItemPage:
    """One item in full."""

    row: ItemRow
    groups: list[Group]
    without_position: list[str]
    without_position_more: int
    advice: Advice

    @property
    def item(self) -> RegisterItem:
        return self.row.item


@dataclass(frozen=True)
class RegisterPage:
    """The register: its finding, the widest split in full (None for an empty register), all items."""

    register: Register
    finding: Finding
    widest: ItemPage | None
    rows: list[ItemRow]
    advice: Advice | None
    waiting: int
    """Items on which the reader's own organisation has no position."""

    @property
    def next_waiting(self) -> RegisterItem | None:
        """The first of them, as the page lists them."""
        return next((row.item for row in self.rows if row.own and not row.own.stance), None)


def register_page(register: Register, own: Participant | None) -> RegisterPage:
    """The page of the whole register, for a reader of the organisation `own`."""
    rows = [_row(item, own) for item in register.items]
    return RegisterPage(
        register=register,
        finding=finding_of(register),
        widest=_item_page(rows[0], SHOWN_OF_A_STANCE) if rows else None,
        rows=rows,
        advice=advice_for_register(register),
        waiting=register.waiting_for(own),
    )


def item_page(item: RegisterItem, own: Participant | None) -> ItemPage:
    """The page of one item, for a reader of the organisation `own`."""
    return _item_page(_row(item, own), None)


def _item_page(row: ItemRow, limit: int | None) -> ItemPage:
    missing = row.item.without_position
    shown = missing if limit is None else missing[:limit]
    return ItemPage(
        row=row,
        groups=row.item.groups(limit),
        without_position=shown,
        without_position_more=len(missing) - len(shown),
        advice=advice_for_item(row.item),
    )


def _row(item: RegisterItem, own: Participant | None) -> ItemRow:
    return ItemRow(item=item, picture=picture_of(item), words=in_words(item), own=item.of(own))
