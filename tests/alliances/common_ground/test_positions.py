"""Positions are recorded, all of a page or none; and of two who write at once, nobody loses a word."""

from __future__ import annotations

from typing import Any

import pytest

from alliances.errors import Refused
from alliances.models import GroundItem, Participant, Position
from alliances.services.common_ground import (
    PositionsOvertaken,
    Told,
    add_item,
    item_of,
    mark_of,
    positions_to_write,
    record_positions,
)
from alliances.services.records import Overtaken, change_record
from tests.alliances.common_ground.conftest import Table, make_table, stand
from tests.races import at_once

EMPTY = mark_of("none", "")


def stored(item: GroundItem) -> dict[str, tuple[str, str]]:
    return {
        position.participant.name: (position.stance, position.reason)
        for position in item.positions.select_related("participant")
    }


def told(
    table: Table, began: dict[Participant, str] | None = None, **given: tuple[str, str]
) -> list[Told]:
    """What is written of each, by name; begun from what is stored now, unless said otherwise."""
    found = []
    for one in positions_to_write(item=table.item, participants=[table.ash, table.birch]):
        stance, reason = given.get(one.participant.name.lower(), (one.stance, one.reason))
        mark = (began or {}).get(one.participant, one.began)
        found.append(Told(one.participant, stance, reason, mark))
    return found


def test_positions_come_change_and_go(table: Table) -> None:
    given = told(table, ash=("agree", " It is\r\nright. "), birch=("disagree", ""))
    assert record_positions(item=table.item, told=given, by=table.convener) == 2
    assert stored(table.item) == {"Ash": ("agree", "It is\nright."), "Birch": ("disagree", "")}
    given = told(table, ash=("live", "Since June."), birch=("none", ""))
    assert record_positions(item=table.item, told=given, by=table.ann) == 2
    assert stored(table.item) == {"Ash": ("live", "Since June.")}
    position = Position.objects.get()
    assert (position.edition, position.changed_by) == (2, table.ann)
    # Nothing changed, nothing counted
    assert record_positions(item=table.item, told=told(table), by=table.bob) == 0
    position.refresh_from_db()
    assert (position.edition, position.changed_by) == (2, table.ann)


@pytest.mark.parametrize(
    ("stance", "reason", "message"),
    [
        ("perhaps", "", "The position of Birch must be one of: agree, live, disagree, none."),
        ("none", "But why.", "Birch has a reason and no position. Choose one, or take"),
        ("agree", "x" * 2001, "The reason of Birch has 2001 characters, and there is room for"),
        ("agree", "a\0b", "The reason of Birch holds a character that cannot be stored."),
    ],
)
def test_a_wrong_one_stores_none_of_them(
    table: Table, stance: str, reason: str, message: str
) -> None:
    with pytest.raises(Refused) as refusal:
        record_positions(
            item=table.item,
            told=told(table, ash=("agree", "Fine."), birch=(stance, reason)),
            by=table.convener,
        )
    assert refusal.value.message.startswith(message)
    assert stored(table.item) == {}


def test_what_a_page_did_not_change_is_not_taken_back(table: Table) -> None:
    """The convener opens the page of all; Ash writes its own reason; the convener saves Birch's."""
    page = positions_to_write(item=table.item, participants=[table.ash, table.birch])
    record_positions(item=table.item, told=told(table, ash=("agree", "Ours.")), by=table.ann)
    ash, birch = page
    given = [ash, Told(birch.participant, "disagree", "No.", birch.began)]
    assert record_positions(item=table.item, told=given, by=table.convener) == 1
    assert stored(table.item) == {"Ash": ("agree", "Ours."), "Birch": ("disagree", "No.")}


def test_where_both_changed_the_same_the_second_is_told_and_nothing_is_stored(
    table: Table,
) -> None:
    record_positions(item=table.item, told=told(table, ash=("agree", "Ours.")), by=table.ann)
    given = told(
        table, {table.ash: EMPTY}, ash=("disagree", "They said no."), birch=("live", "Well.")
    )
    with pytest.raises(PositionsOvertaken) as overtaken:
        record_positions(item=table.item, told=given, by=table.convener)
    assert overtaken.value.message.startswith("Ann saved this while you were writing.")
    [conflict] = overtaken.value.conflicts
    assert (conflict.participant, conflict.stance, conflict.reason) == (table.ash, "agree", "Ours.")
    assert (conflict.told.stance, conflict.told.reason) == ("disagree", "They said no.")
    assert stored(table.item) == {"Ash": ("agree", "Ours.")}
    # Having seen it, they may still put theirs in its place.
    given = told(table, ash=("disagree", "They said no."), birch=("live", "Well."))
    assert record_positions(item=table.item, told=given, by=table.convener) == 2


def test_taken_back_meanwhile_is_a_change_too(table: Table) -> None:
    record_positions(item=table.item, told=told(table, ash=("agree", "Ours.")), by=table.ann)
    mark = mark_of("agree", "Ours.")
    record_positions(item=table.item, told=told(table, ash=("none", "")), by=table.ann)
    with pytest.raises(PositionsOvertaken, match="Somebody else saved this"):
        record_positions(
            item=table.item,
            told=told(table, {table.ash: mark}, ash=("agree", "Ours, longer.")),
            by=table.convener,
        )
    # Withdrawn, and taken anew by others, is not what one began from either.
    record_positions(item=table.item, told=told(table, ash=("live", "New.")), by=table.ann)
    with pytest.raises(PositionsOvertaken):
        record_positions(
            item=table.item,
            told=told(table, {table.ash: mark}, ash=("agree", "Ours, longer.")),
            by=table.convener,
        )


def test_both_writing_the_same_is_no_conflict(table: Table) -> None:
    for user in (table.ann, table.convener):
        given = told(table, {table.ash: EMPTY}, ash=("agree", "Ours."))
        record_positions(item=table.item, told=given, by=user)
    assert stored(table.item) == {"Ash": ("agree", "Ours.")}


def test_who_has_left_takes_no_position(table: Table) -> None:
    given = told(table, ash=("agree", ""))
    Participant.objects.filter(pk=table.ash.pk).update(status="left")
    with pytest.raises(Refused, match=r"^Ash is not at the table any more"):
        record_positions(item=table.item, told=given, by=table.ann)


def test_an_item_that_is_gone_takes_none_either(table: Table) -> None:
    given = told(table, ash=("agree", ""))
    GroundItem.objects.all().delete()
    with pytest.raises(Refused, match=r"“The gauge at the weir is right\.” has been removed"):
        record_positions(item=table.item, told=given, by=table.ann)


def test_an_item_names_the_organisation_that_raised_it(table: Table) -> None:
    for user, name in ((table.ann, "Ash"), (table.guest, ""), (table.convener, ""), (None, "")):
        item = add_item(
            alliance=table.alliance, kind="standard", text=" Half  a day ", note="", by=user
        )
        assert (item.text, item_of(item=item).raised_by) == ("Half a day", name)


def test_an_item_is_changed_by_one_at_a_time(table: Table) -> None:
    change_record(record=table.item, edition=1, by=table.convener, text="It is wrong.")
    with pytest.raises(Overtaken):
        change_record(record=table.item, edition=1, by=table.convener, text="It is late.")
    item = GroundItem.objects.get()
    assert (item.text, item.edition) == ("It is wrong.", 2)
    with pytest.raises(Refused, match="What it says is missing"):
        change_record(record=table.item, edition=2, by=table.convener, text=" ")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_two_at_once_on_one_partys_position(turn: int) -> None:
    table = make_table()
    texts = [f"Reason {number}" for number in range(4)]

    def record(text: str) -> Any:
        given = [Told(table.ash, "agree", text, EMPTY)]
        return record_positions(item=table.item, told=given, by=table.ann)

    found = at_once(*(lambda text=text: record(text) for text in texts))
    assert sorted(map(str, found)) == ["done"] + ["refused"] * 3
    assert stored(table.item) == {"Ash": ("agree", texts[found.index("done")])}


@pytest.mark.django_db(transaction=True)
def test_a_member_and_the_convener_at_once_on_different_parties() -> None:
    table = make_table()
    stand(table.item, {table.ash: "a", table.birch: "a"})
    ash, birch = positions_to_write(item=table.item, participants=[table.ash, table.birch])
    found = at_once(
        lambda: record_positions(
            item=table.item,
            told=[Told(table.ash, "live", "Ann’s.", ash.began)],
            by=table.ann,
        ),
        lambda: record_positions(
            item=table.item,
            told=[ash, Told(table.birch, "disagree", "Convener’s.", birch.began)],
            by=table.convener,
        ),
    )
    assert found == ["done", "done"]
    assert stored(table.item) == {"Ash": ("live", "Ann’s."), "Birch": ("disagree", "Convener’s.")}
