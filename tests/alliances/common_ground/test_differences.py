"""Two parties look at each other: nobody reads a word before both have written."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from alliances.errors import Refused
from alliances.models import DifferencePair, DifferenceView, Participant, User
from alliances.services.differences import (
    difference_of,
    differences_of,
    open_difference,
    remove_difference,
    write_strengths,
    write_view,
)
from alliances.services.records import Overtaken
from tests.alliances.common_ground.conftest import Table, make_table
from tests.factories import make_participant
from tests.races import at_once

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def opened(table: Table) -> DifferencePair:
    return open_difference(alliance=table.alliance, first=table.birch, second=table.ash)


def write(
    pair: DifferencePair,
    participant: Participant,
    text: str = "Words",
    *,
    edition: int = 0,
    by: User | None = None,
    convenes: bool = False,
    at: dt.datetime | None = None,
) -> DifferenceView:
    return write_view(
        pair=pair,
        participant=participant,
        edition=edition,
        itself=f"{text} of {participant} on itself",
        other=f"{text} of {participant} on the other",
        by=by,
        convenes=convenes,
        at=at,
    )


def test_a_pair_is_asked_once_in_whatever_order(table: Table) -> None:
    pair = opened(table)
    assert (pair.first, pair.second, pair.revealed_at) == (table.ash, table.birch, None)
    left = make_participant(table.alliance, "Left", status="left")
    for first, second, message in (
        (table.ash, table.birch, "Ash and Birch were asked before."),
        (table.birch, table.ash, "Ash and Birch were asked before."),
        (table.ash, table.ash, "Choose two different organisations."),
        (table.ash, left, "Left is not at the table."),
    ):
        with pytest.raises(Refused) as refusal:
            open_difference(alliance=table.alliance, first=first, second=second)
        assert refusal.value.message.startswith(message)


def test_the_second_reveals_both(table: Table) -> None:
    pair = opened(table)
    write(pair, table.ash, by=table.ann)
    pair.refresh_from_db()
    assert pair.revealed_at is None
    found = difference_of(pair=pair)
    assert [(p.has_written, p.itself, p.other) for p in found.parties] == [
        (True, "", ""),
        (False, "", ""),
    ]
    write(pair, table.birch, by=table.bob, at=NOON)
    pair.refresh_from_db()
    assert pair.revealed_at == NOON
    found = difference_of(pair=pair)
    assert (found.first.itself, found.second.other) == (
        "Words of Ash on itself",
        "Words of Birch on the other",
    )
    assert found.opposite(table.ash).participant == table.birch
    assert found.side_of(table.cedar) is found.side_of(None) is None


def test_before_the_reveal_the_words_are_not_even_fetched(
    table: Table, django_assert_num_queries
) -> None:
    pair = opened(table)
    write(pair, table.ash)
    with django_assert_num_queries(2) as queries:
        difference_of(pair=pair)
    assert not [one for one in queries.captured_queries if "itself" in one["sql"]]


def test_one_changes_ones_own_words_until_the_reveal_and_not_after(table: Table) -> None:
    pair = opened(table)
    write(pair, table.ash, by=table.ann)
    write(pair, table.ash, "Better words", edition=1, by=table.ann)
    write(pair, table.birch, by=table.bob)
    with pytest.raises(Refused, match="Both have written meanwhile"):
        write(pair, table.ash, "Revenge", edition=2, by=table.ann)
    view = DifferenceView.objects.get(participant=table.ash)
    assert (view.itself, view.edition) == ("Better words of Ash on itself", 2)


def test_a_colleague_who_saves_second_is_told(table: Table) -> None:
    pair = opened(table)
    write(pair, table.ash, by=table.ann)
    with pytest.raises(Overtaken) as overtaken:
        write(pair, table.ash, "Mine", by=table.guest)
    assert overtaken.value.current == DifferenceView.objects.get()


def test_a_convener_reads_a_colleagues_words_no_sooner_and_cannot_change_them(
    table: Table,
) -> None:
    pair = opened(table)
    write(pair, table.ash, by=table.ann)
    for edition in (0, 1):
        with pytest.raises(Refused, match="Ann has written for your organisation") as refusal:
            write(pair, table.ash, "Mine", edition=edition, by=table.convener, convenes=True)
        assert not isinstance(refusal.value, Overtaken)
    # Their own they change like everybody.
    write(pair, table.birch, by=table.convener, convenes=True)
    pair = open_difference(alliance=table.alliance, first=table.birch, second=table.cedar)
    write(pair, table.birch, by=table.convener, convenes=True)
    write(pair, table.birch, "New", edition=1, by=table.convener, convenes=True)


def test_half_a_view_reveals_nothing(table: Table) -> None:
    pair = opened(table)
    write(pair, table.ash)
    with pytest.raises(Refused, match="How we see them is missing"):
        write_view(
            pair=pair, participant=table.birch, edition=0, itself="x", other=" \n", by=table.bob
        )
    pair.refresh_from_db()
    assert pair.revealed_at is None
    assert DifferenceView.objects.count() == 1


def test_nobody_writes_for_a_third(table: Table) -> None:
    pair = opened(table)
    with pytest.raises(Refused, match="Cedar is not one of these two"):
        write(pair, table.cedar)


def test_strengths_come_after(table: Table) -> None:
    pair = opened(table)
    view = write(pair, table.ash, by=table.ann)
    given = {"own_strengths": "We last.", "other_strengths": "They listen.", "by": table.ann}
    with pytest.raises(Refused, match="The strengths come after both have written"):
        write_strengths(view=view, edition=1, **given)  # type: ignore[arg-type]
    write(pair, table.birch)
    view = write_strengths(view=view, edition=1, **given)  # type: ignore[arg-type]
    assert (view.own_strengths, view.other_strengths, view.edition) == (
        "We last.",
        "They listen.",
        2,
    )
    assert view.itself == "Words of Ash on itself"
    with pytest.raises(Overtaken):
        write_strengths(view=view, edition=1, **given | {"own_strengths": ""})  # type: ignore[arg-type]


def test_a_pair_that_was_taken_back_stores_nothing(table: Table) -> None:
    pair = opened(table)
    write(pair, table.ash)
    remove_difference(pair=pair)
    remove_difference(pair=pair)
    assert DifferenceView.objects.count() == 0
    with pytest.raises(Refused, match="The convener has taken back the question"):
        write(pair, table.birch)


def test_what_the_list_says_to_whom(table: Table) -> None:
    done = open_difference(alliance=table.alliance, first=table.birch, second=table.cedar, at=NOON)
    write(done, table.birch)
    write(done, table.cedar, at=NOON)
    pair = opened(table)
    write(pair, table.birch)

    def said(reader: Participant | None, convenes: bool = False) -> list[tuple[object, ...]]:
        rows = differences_of(alliance=table.alliance, reader=reader, convenes=convenes).rows
        return [
            (str(row.pair), row.is_open_to_reader, row.written, row.waits_for_reader)
            for row in rows
        ]

    ash_birch, birch_cedar = "Ash – Birch", "Birch – Cedar"
    assert said(table.ash) == [(ash_birch, True, 1, True), (birch_cedar, False, None, False)]
    assert said(table.birch) == [(ash_birch, True, 1, False), (birch_cedar, True, 2, False)]
    assert said(table.cedar) == [(birch_cedar, True, 2, False), (ash_birch, False, None, False)]
    assert said(None) == [(ash_birch, False, None, False), (birch_cedar, False, None, False)]
    assert said(None, True) == [(ash_birch, True, 1, False), (birch_cedar, True, 2, False)]
    found = differences_of(alliance=table.alliance, reader=None, convenes=False)
    assert (found.first, found.rest) == (
        "One pair has seen how each looks to the other.",
        "One more is writing.",
    )
    assert found.waiting is None


@pytest.mark.parametrize("many", [3, 300])
def test_the_list_takes_two_queries(table: Table, django_assert_num_queries, many: int) -> None:
    now = timezone.now()
    for number in range(many):
        party = make_participant(table.alliance, f"P{number}", status="accepted")
        pair = DifferencePair.objects.create(
            alliance=table.alliance, first=table.ash, second=party, opened_at=now
        )
        DifferenceView.objects.create(pair=pair, participant=party, itself="x", other="y")
    with django_assert_num_queries(2):
        found = differences_of(alliance=table.alliance, reader=table.ash, convenes=False)
        assert [row.written for row in found.rows] == [1] * many


# Both at once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(5))
def test_both_hand_in_at_once_and_both_read(turn: int) -> None:
    table = make_table()
    pair = opened(table)
    assert at_once(lambda: write(pair, table.ash), lambda: write(pair, table.birch)) == [
        "done",
        "done",
    ]
    pair.refresh_from_db()
    assert pair.revealed_at is not None
    assert DifferenceView.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(5))
def test_a_change_raced_by_the_other_side_is_in_before_or_refused(turn: int) -> None:
    """Ash changes its words while Birch hands in: never after Birch could read them."""
    table = make_table()
    pair = opened(table)
    write(pair, table.ash, "First", by=table.ann)
    changed, handed_in = at_once(
        lambda: write(pair, table.ash, "Changed", edition=1, by=table.ann),
        lambda: write(pair, table.birch),
    )
    assert handed_in == "done"
    words = "Changed" if changed == "done" else "First"
    pair.refresh_from_db()
    assert pair.revealed_at is not None
    view = DifferenceView.objects.get(participant=table.ash)
    assert view.itself == f"{words} of Ash on itself"
    assert view.changed_at <= pair.revealed_at


@pytest.mark.django_db(transaction=True)
def test_a_change_that_comes_while_the_other_side_is_being_stored_waits_and_is_refused() -> None:
    table = make_table()
    pair = opened(table)
    write(pair, table.ash, "First", by=table.ann)
    told: list[str] = []

    def change() -> None:
        try:
            write(pair, table.ash, "Changed", edition=1, by=table.ann)
        except Refused as refusal:
            told.append(refusal.message)
        finally:
            connection.close()

    thread = threading.Thread(target=change)
    with transaction.atomic():
        write(pair, table.birch)
        thread.start()
        thread.join(timeout=0.5)
        assert thread.is_alive()
    thread.join(timeout=60)
    assert told[0].startswith("Both have written meanwhile")
    assert DifferenceView.objects.get(participant=table.ash).itself == "First of Ash on itself"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_two_colleagues_and_the_other_side_at_once(turn: int) -> None:
    table = make_table()
    pair = opened(table)
    *colleagues, other = at_once(
        lambda: write(pair, table.ash, "One", by=table.ann),
        lambda: write(pair, table.ash, "Two", by=table.guest),
        lambda: write(pair, table.birch),
    )
    # The second colleague finds a text there, or finds that both have been revealed meanwhile.
    assert sorted(colleagues) in (["done", "overtaken"], ["done", "refused"])
    assert other == "done"
    pair.refresh_from_db()
    assert pair.revealed_at is not None
    words = "One" if colleagues[0] == "done" else "Two"
    assert pair.views.get(participant=table.ash).itself == f"{words} of Ash on itself"


@pytest.mark.django_db(transaction=True)
def test_a_pair_taken_back_while_one_writes() -> None:
    table = make_table()
    pair = opened(table)
    write(pair, table.ash)
    removed, written = at_once(
        lambda: remove_difference(pair=pair), lambda: write(pair, table.birch)
    )
    assert removed == "done"
    assert written in {"done", "refused"}
    assert DifferencePair.objects.count() == DifferenceView.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_asked_twice_at_once_is_one_pair() -> None:
    table = make_table()
    assert sorted(at_once(lambda: opened(table), lambda: opened(table))) == ["done", "refused"]
    assert DifferencePair.objects.count() == 1
