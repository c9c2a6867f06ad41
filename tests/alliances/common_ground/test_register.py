"""The register: who stands where, how split that is, in what order, and what to do about it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from alliances.models import GroundItem, Participant
from alliances.services.common_ground import (
    advice_for_item,
    advice_for_register,
    finding_of,
    in_words,
    item_of,
    picture_of,
    register_of,
)
from alliances.services.common_ground.register import split_of
from alliances.services.common_ground.tactics import TACTICS, Counts, tactic_of
from tests.alliances.common_ground.conftest import Table, stand
from tests.factories import make_alliance, make_participant


@pytest.mark.parametrize(
    ("agree", "live", "disagree", "split"),
    [
        (0, 0, 0, 0),
        (1, 0, 0, 0),
        (0, 0, 1, 0),
        (8, 0, 0, 0),
        (0, 5, 0, 0),
        (1, 0, 1, 100),
        (4, 0, 4, 100),
        # one and a half: mean 3/4, squares 5/8, variance 1/16
        (1, 1, 0, 25),
        # mean 9/16, squares 17/32, variance 55/256
        (4, 1, 3, Fraction(1375, 16)),
        # mean 7/8, squares 7/8, variance 7/64
        (7, 0, 1, Fraction(175, 4)),
        (6, 0, 2, 75),
        # mean 1/2, squares 5/12, variance 1/6
        (1, 1, 1, Fraction(200, 3)),
    ],
)
def test_how_split_parties_are(agree: int, live: int, disagree: int, split: Any) -> None:
    assert split_of(agree=agree, live=live, disagree=disagree) == split


def test_accepted_parties_count_and_nobody_else(table: Table) -> None:
    invited = make_participant(table.alliance, "Invited", status="invited")
    left = make_participant(table.alliance, "Left", status="left")
    stand(table.item, {table.ash: "a", table.birch: "d", invited: "d", left: "d"})
    [item] = register_of(alliance=table.alliance).items
    assert (item.agree, item.live, item.disagree, item.not_asked) == (1, 0, 1, 1)
    assert item.split == 100
    assert [(p.name, p.stance) for p in item.positions] == [
        ("Ash", "agree"),
        ("Birch", "disagree"),
        ("Cedar", ""),
    ]
    assert [p.name for p in item.others] == ["Invited", "Left"]
    assert item.without_position == ["Cedar"]


def test_the_widest_split_comes_first_then_no_then_silence_then_age(table: Table) -> None:
    def item(text: str, **stances: str) -> None:
        made = GroundItem.objects.create(alliance=table.alliance, kind="source", text=text)
        named = {"ash": table.ash, "birch": table.birch, "cedar": table.cedar}
        stand(made, {named[name]: letter for name, letter in stances.items()})

    table.item.delete()
    item("all agree", ash="a", birch="a", cedar="a")
    item("nobody asked")
    item("all disagree", ash="d", birch="d", cedar="d")
    item("one asked", ash="a")
    item("also all agree", ash="a", birch="a", cedar="a")
    item("two to one", ash="a", birch="a", cedar="d")
    item("one to one", ash="a", birch="d")
    register = register_of(alliance=table.alliance)
    assert [one.text for one in register.items] == [
        "one to one",
        "two to one",
        "all disagree",
        "nobody asked",
        "one asked",
        "all agree",
        "also all agree",
    ]
    assert (register.parties, register.asked, register.not_asked) == (3, 15, 6)
    assert (register.disputed, register.split) == (2, 2)


def test_no_other_alliances_items_are_there(table: Table) -> None:
    other = make_alliance("Other")
    assert register_of(alliance=other).items == []
    assert finding_of(register_of(alliance=other)).first == "Nothing is on the register yet."


@pytest.mark.parametrize(
    ("kind", "counts", "tactic"),
    [
        ("source", Counts(4, 1, 3, 0), "third-party"),
        ("standard", Counts(4, 1, 3, 0), "standard"),
        ("assumption", Counts(4, 1, 3, 0), "transparency"),
        ("source", Counts(4, 1, 3, 8), "third-party"),
        ("source", Counts(4, 1, 3, 9), "anticipate"),
        ("source", Counts(0, 0, 0, 0), "anticipate"),
        ("source", Counts(3, 1, 0, 0), "transparency"),
        ("source", Counts(0, 0, 5, 0), "transparency"),
    ],
)
def test_which_tactic_fits_an_item(kind: str, counts: Counts, tactic: str) -> None:
    assert tactic_of(kind, counts) == tactic
    assert tactic in TACTICS


def test_principles_come_first_where_nothing_stands_or_several_are_split(table: Table) -> None:
    advice = advice_for_register(register_of(alliance=make_alliance("Empty")))
    assert advice is not None
    assert advice.code == "principles"
    stand(table.item, {table.ash: "a", table.birch: "d"})
    for number in (2, 3):
        assert advice_for_register(register_of(alliance=table.alliance)) is None
        made = GroundItem.objects.create(alliance=table.alliance, kind="standard", text=f"{number}")
        stand(made, {table.ash: "a", table.birch: "d"})
    advice = advice_for_register(register_of(alliance=table.alliance))
    assert advice is not None
    assert advice.code == "principles"
    assert advice.why.startswith("Three items are split.")


def test_every_tactic_says_why_and_what_to_do(table: Table) -> None:
    reasons = set()
    for kind in ("assumption", "source", "standard"):
        for stances in ("", "ad", "aaa", "ddd"):
            made = GroundItem.objects.create(alliance=table.alliance, kind=kind, text="x")
            parties = (table.ash, table.birch, table.cedar)
            stand(made, dict(zip(parties, stances, strict=False)))
            advice = advice_for_item(item_of(item=made))
            assert len(advice.steps) == 3
            reasons.add(advice.why)
    # three disputes, silence, all agree, all disagree
    assert len(reasons) == 6


def test_what_the_page_says_first(table: Table) -> None:
    def said() -> tuple[str, str, str]:
        finding = finding_of(register_of(alliance=table.alliance))
        return finding.first, finding.claim, finding.rest

    assert said() == (
        "One item is on the register.",
        "",
        "Nobody has been asked yet where they stand.",
    )
    stand(table.item, {table.ash: "a"})
    assert said() == ("No item divides the parties.", "", "Two positions are still missing.")
    stand(table.item, {table.birch: "d"})
    assert said() == (
        "The widest split:",
        "“The gauge at the weir is right”.",
        "One agrees, one disagrees, one has not been asked.",
    )
    table.item.positions.update(stance="live")
    stand(table.item, {table.cedar: "l"})
    assert said() == ("No item divides the parties.", "", "All have been asked.")
    Participant.objects.update(status="invited")
    assert in_words(item_of(item=table.item)) == "Nobody has accepted a seat yet."


def test_a_picture_has_a_mark_a_party_or_stretches_of_them(table: Table) -> None:
    stand(table.item, {table.ash: "d", table.birch: "a"})
    picture = picture_of(item_of(item=table.item))
    assert [(mark.stance, mark.x) for mark in picture.marks] == [
        ("agree", 0),
        ("disagree", 15),
        ("", 30),
    ]
    assert picture.stretches == []
    more = [make_participant(table.alliance, f"P{n}", status="accepted") for n in range(13)]
    assert len(picture_of(item_of(item=table.item)).marks) == 16
    more += [make_participant(table.alliance, f"Q{n}", status="accepted") for n in range(8)]
    stand(table.item, dict.fromkeys(more[:4], "l"))
    # 24 parties on 240 pixels: one agrees, four can live with it, one disagrees, 18 were not asked
    picture = picture_of(item_of(item=table.item))
    assert picture.marks == []
    assert [(s.stance, s.x, s.width) for s in picture.stretches] == [
        ("agree", 0.0, 10.0),
        ("live", 10.0, 40.0),
        ("disagree", 50.0, 10.0),
        ("", 60.0, 180.0),
    ]


@pytest.mark.parametrize("many", [3, 300])
def test_the_register_takes_three_queries(
    table: Table, django_assert_num_queries: Any, many: int
) -> None:
    for number in range(many - 3):
        party = make_participant(table.alliance, f"P{number}", status="accepted")
        stand(table.item, {party: "a"})
    for number in range(many // 10):
        GroundItem.objects.create(
            alliance=table.alliance, kind="source", text=f"{number}", raised_by=table.ash
        )
    with django_assert_num_queries(3):
        register = register_of(alliance=table.alliance)
        assert register.parties == many
        assert [item.raised_by for item in register.items].count("Ash") == many // 10
