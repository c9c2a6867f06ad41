"""The thirteen kinds of value: stored as a set, shown by kind."""

from __future__ import annotations

import pytest

from alliances.errors import Refused
from alliances.models import ExpectedValue, Participant
from alliances.services.expected_values import (
    MEANINGS,
    StoredValues,
    ValuesOvertaken,
    set_expected_values,
    stored_values,
    values_overview,
)
from tests.alliances.conftest import House

NOTHING = StoredValues({}).digest


def expects(participant: Participant, *kinds: str) -> None:
    for kind in kinds:
        ExpectedValue.objects.create(participant=participant, kind=kind)


def test_each_of_the_thirteen_kinds_has_a_meaning() -> None:
    assert set(MEANINGS) == set(ExpectedValue.Kind)
    assert len(MEANINGS) == 13


def test_a_set_is_stored_and_changed(house: House) -> None:
    first = set_expected_values(
        participant=house.rail,
        by=house.member,
        notes={"learning": "", "brand": "  A quiet \n train "},
        seen=NOTHING,
    )
    # in the order of the kinds, whatever order they came in
    assert list(first.notes.items()) == [("learning", ""), ("brand", "A quiet train")]
    kept = ExpectedValue.objects.get(kind="brand")
    assert (kept.changed_by, kept.edition) == (house.member, 1)
    second = set_expected_values(
        participant=house.rail,
        by=house.convener,
        notes={"brand": "A quiet train", "options": ""},
        seen=first.digest,
    )
    assert second.notes == {"brand": "A quiet train", "options": ""}
    kept.refresh_from_db()
    assert (kept.changed_by, kept.edition) == (house.member, 1)  # nobody changed it
    third = set_expected_values(
        participant=house.rail, by=house.convener, notes={"brand": "Louder"}, seen=second.digest
    )
    kept.refresh_from_db()
    assert (kept.note, kept.changed_by, kept.edition) == ("Louder", house.convener, 2)
    assert third == stored_values(participant=house.rail)


def test_who_is_overtaken_is_told_and_nothing_is_changed(house: House) -> None:
    set_expected_values(participant=house.rail, by=None, notes={"learning": "Tracks"}, seen=NOTHING)
    with pytest.raises(ValuesOvertaken) as overtaken:
        set_expected_values(participant=house.rail, by=None, notes={"brand": ""}, seen=NOTHING)
    assert overtaken.value.current.notes == {"learning": "Tracks"}
    assert stored_values(participant=house.rail).notes == {"learning": "Tracks"}
    # having seen that, one may put one's own in its place
    set_expected_values(
        participant=house.rail,
        by=None,
        notes={"brand": ""},
        seen=overtaken.value.current.digest,
    )
    assert stored_values(participant=house.rail).notes == {"brand": ""}


def test_any_change_of_a_set_changes_its_digest() -> None:
    sets = [{}, {"brand": ""}, {"brand": "a"}, {"learning": ""}, {"brand": "", "learning": ""}]
    assert len({StoredValues(notes).digest for notes in sets}) == len(sets)
    assert (
        StoredValues({"brand": "", "learning": "x"}).digest
        == StoredValues({"learning": "x", "brand": ""}).digest
    )


@pytest.mark.parametrize(
    ("notes", "message"),
    [
        ({"profit": ""}, "The kind of value must be one of: market-share, "),
        ({"learning": "x" * 501}, "Learning has 501 characters, and there is room for 500."),
        ({"brand": "a\0b"}, "Brand holds a character that cannot be stored."),
    ],
)
def test_a_wrong_set_is_refused(house: House, notes: dict[str, str], message: str) -> None:
    with pytest.raises(Refused) as refusal:
        set_expected_values(participant=house.rail, by=None, notes=notes, seen=NOTHING)
    assert refusal.value.message.startswith(message)
    assert not ExpectedValue.objects.exists()


def test_a_participant_that_is_gone_expects_nothing(house: House) -> None:
    Participant.objects.filter(pk=house.rail.pk).delete()
    with pytest.raises(Refused, match="Eastline Rail has been removed meanwhile"):
        set_expected_values(participant=house.rail, by=None, notes={}, seen=NOTHING)


# What the page says


def seated(house: House, count: int) -> list[Participant]:
    """So many organisations that have accepted, and no others."""
    house.alliance.participants.all().delete()
    return [
        Participant.objects.create(
            alliance=house.alliance, name=f"Organisation {chr(65 + number)}", status="accepted"
        )
        for number in range(count)
    ]


def said(house: House) -> str:
    overview = values_overview(alliance=house.alliance)
    return " ".join([overview.finding, *overview.aside])


def test_nobody_has_said_anything(house: House) -> None:
    assert said(house) == "Nobody has said what value it expects."
    assert values_overview(alliance=house.alliance).is_empty


def test_most_want_one_thing_and_nobody_another(house: House) -> None:
    every = seated(house, 8)
    for one in every[:6]:
        expects(one, "learning")
    expects(every[6], *(set(ExpectedValue.Kind.values) - {"learning", "shared-risk"}))
    assert said(house) == (
        "Most want learning (6 of 8). Nobody names shared risk. Organisation H has named nothing."
    )


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        (
            [["learning"], ["learning"]],
            "All want learning. Nobody names 12 of the 13 kinds.",
        ),
        (
            [["learning"], [], []],
            "Named most: learning, by one of three. Nobody names 12 of the 13 kinds. "
            "Organisation B and Organisation C have named nothing.",
        ),
        (
            [["learning", "brand"], ["brand", "learning"], []],
            "Most want learning and brand (2 of 3). Nobody names 11 of the 13 kinds. "
            "Organisation C has named nothing.",
        ),
        (
            [["learning", "brand", "options", "portfolio"], [], [], [], []],
            "Four kinds of value are named most, by one of five each. Nobody names nine of the 13 "
            "kinds. Four organisations have named nothing.",
        ),
        (
            [
                [
                    kind
                    for kind in ExpectedValue.Kind.values
                    if kind not in ("brand", "options", "learning")
                ]
            ]
            * 2,
            "10 kinds of value are named most, by two of two each. "
            "Nobody names learning, brand or strategic options.",
        ),
    ],
)
def test_the_finding_in_other_cases(house: House, named: list[list[str]], sentence: str) -> None:
    for one, kinds in zip(seated(house, len(named)), named, strict=True):
        expects(one, *kinds)
    assert said(house) == sentence


def test_counted_is_who_accepted_and_who_is_invited_and_spoke(house: House) -> None:
    ash, birch, cedar, dogwood = seated(house, 4)
    expects(ash, "brand")
    Participant.objects.filter(pk=birch.pk).update(status="left")
    Participant.objects.filter(pk__in=[cedar.pk, dogwood.pk]).update(status="invited")
    expects(birch, "brand")
    expects(cedar, "learning")
    overview = values_overview(alliance=house.alliance)
    assert overview.organisations == [ash, cedar]
    assert [(row.code, row.count) for row in overview.rows[:3]] == [
        ("learning", 1),
        ("brand", 1),
        ("market-share", 0),
    ]
    assert overview.silent == []


def test_rows_stand_by_how_many_named_them_then_in_the_order_of_the_kinds(house: House) -> None:
    ash, birch = seated(house, 2)
    expects(ash, "options", "brand", "learning")
    expects(birch, "options", "new-markets")
    rows = values_overview(alliance=house.alliance).rows
    assert [row.code for row in rows[:5]] == [
        "options",
        "new-markets",
        "learning",
        "brand",
        "market-share",
    ]
    assert [mark.named for mark in rows[1].marks] == [False, True]


@pytest.mark.parametrize(("count", "is_table"), [(10, True), (11, False)])
def test_many_organisations_are_listed_by_name(house: House, count: int, is_table: bool) -> None:
    seated(house, count)
    assert values_overview(alliance=house.alliance).is_table is is_table
