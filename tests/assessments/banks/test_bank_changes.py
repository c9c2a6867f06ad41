"""What differs between two versions, what must be marked, and which answers may be compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from alliances.errors import Refused
from assessments.models import Bank
from assessments.services.banks.changes import (
    Change,
    Changes,
    comparable_questions,
    complaints_about_marks,
    difference_of,
    settled_marks,
)
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.files import parse_bank
from assessments.services.banks.store import comparable_codes, import_bank
from tests.assessments.banks.documents import whole
from tests.factories import make_bank

Edit = Callable[[dict[str, Any]], object]


def unmarked(version: int = 1) -> dict[str, Any]:
    """The whole bank as its first version."""
    data = whole() | {"version": version}
    del data["since"]
    for question in data["dimensions"][0]["questions"]:
        del question["change"]
    return data


def parse(data: object) -> BankDocument:
    return parse_bank(text=json.dumps(data))


BEFORE = parse(unmarked())


def after(*edits: Edit, version: int = 2, since: int | None = 1) -> BankDocument:
    data = unmarked(version) | {"since": since}
    for edit in edits:
        edit(data)
    return parse(data)


def bank(**changes: Any) -> Edit:
    return lambda data: data.update(changes)


def dimension(place: int = 0, **changes: Any) -> Edit:
    return lambda data: data["dimensions"][place].update(changes)


def question(code: str = "TR1", **changes: Any) -> Edit:
    def edit(data: dict[str, Any]) -> None:
        for one in data["dimensions"]:
            for entry in one["questions"]:
                if entry["code"] == code:
                    entry |= changes

    return edit


def french(code: str, texts: dict[str, str]) -> Edit:
    """Other French texts of a question of the first dimension."""

    def edit(data: dict[str, Any]) -> None:
        below = data["translations"]["fr"]["dimensions"]["trust"]["questions"]
        below[code] = below.get(code, {}) | texts

    return edit


def move_tr2(data: dict[str, Any]) -> None:
    """TR2 from trust to speed, with its French text."""
    first, second = data["dimensions"]
    second["questions"].append(first["questions"].pop(1))
    texts = data["translations"]["fr"]["dimensions"]
    moved = texts["trust"]["questions"].pop("TR2")
    texts["speed"] = {"questions": {"TR2": moved}}


def test_a_copy_differs_in_nothing() -> None:
    difference = difference_of(BEFORE, after())
    assert not difference
    assert (difference.bank, difference.dimensions, difference.questions) == ((), (), ())


@pytest.mark.parametrize(
    ("edit", "changes"),
    [
        (bank(title="Other"), [Change("Title", "Trust and speed", "Other")]),
        (bank(copyright=""), [Change("Copyright", "Northbound", "")]),
        (bank(minutes=5), [Change("Minutes to answer", "4", "5")]),
        (bank(audience="everyone"), [Change("Who answers", "members", "everyone")]),
        (
            lambda data: (
                data.update(reading={"rule": "weakest"}),
                data["translations"]["fr"].pop("reading"),
            ),
            [
                Change(
                    "Reading",
                    "rule: decision\noutcomes: code: stay-away\ntitle: Stay away\ntext: Lead it yourself.\n"
                    "when: any: dimension: trust\nbands: weak\ncode: join\ntitle: Join\n"
                    "when: all: dimension: trust\nbands: strong\ndimension: speed\nbands: strong\nmixed\n"
                    "code: join-if\ntitle: Join if\nconditions: yes",
                    "rule: weakest",
                ),
                Change("Reading (French)", "Rejoindre", ""),
                Change("Reading (French)", "Peut-être", ""),
            ],
        ),
        (bank(subject="person"), [Change("What it is about", "organisation", "person")]),
        (
            bank(sources={"K": "A work, 2007", "VA": "Another work", "X": "New"}),
            [
                Change(
                    "Sources", "K: A work, 2007\nVA: Another work", "K: A work, 2007\nVA: Another work\nX: New"
                )
            ],
        ),
        (
            bank(bands={"strong": 80, "mixed": 41}),
            [Change("Bands", "strong: 80\nmixed: 40", "strong: 80\nmixed: 41")],
        ),
        (
            lambda data: data["translations"]["fr"].update(title="Autre"),
            [Change("Title (French)", "Confiance et vitesse", "Autre")],
        ),
        (lambda data: data["translations"].pop("de"), [Change("Title (German)", "Vertrauen", "")]),
    ],
)  # fmt: skip
def test_what_differs_in_the_bank_itself(edit: Edit, changes: list[Change]) -> None:
    difference = difference_of(BEFORE, after(edit))
    assert list(difference.bank) == changes
    assert (difference.dimensions, difference.questions) == ((), ())
    assert difference


def test_what_differs_in_a_dimension() -> None:
    edits = [
        dimension(title="Faith", question="How far?", advice=[], asked_of_members=[]),
        lambda data: data["translations"]["fr"]["dimensions"]["trust"].update(
            title="La foi", advice=[], asked_of_members=[]
        ),
    ]
    assert difference_of(BEFORE, after(*edits)).dimensions == (
        Changes(
            "trust",
            "Faith",
            "changed",
            (
                Change("Title", "Trust", "Faith"),
                Change("The question it asks", "How far do you trust?", "How far?"),
                Change(
                    "What to do when it is weak",
                    "title: Begin.\ntext: With little.\ntitle: Go on.\ntext: With more.",
                    "",
                ),
                Change("What is asked of members", "Give first.\nSay what you fear.", ""),
                Change("Title (French)", "La confiance", "La foi"),
                Change("What to do when it is weak (French)", "Continuez.", ""),
                Change("What to do when it is weak (French)", "Avec davantage.", ""),
                Change("What is asked of members (French)", "Dites vos craintes.", ""),
            ),
        ),
    )


def test_what_is_new_and_what_is_gone() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["dimensions"][1] = {
            "code": "pain",
            "title": "Pain",
            "questions": [{"code": "PA1", "text": "It hurts."}],
        }
        data["reading"] = {"rule": "mean"}
        del data["translations"]["fr"]["reading"]

    difference = difference_of(BEFORE, after(edit))
    assert [(d.code, d.kind) for d in difference.dimensions] == [
        ("pain", "new"),
        ("speed", "removed"),
    ]
    assert [(q.code, q.title, q.dimension, q.kind, q.needs_mark) for q in difference.questions] == [
        ("PA1", "It hurts.", "Pain", "new", False),
        ("SP1", "We are quick.", "Speed", "removed", False),
    ]


@pytest.mark.parametrize(
    "edit",
    [
        lambda data: data["dimensions"].reverse(),
        lambda data: data["dimensions"][0]["questions"].reverse(),
    ],
)
def test_another_order_is_told_and_asks_the_same(edit: Edit) -> None:
    difference = difference_of(BEFORE, after(edit))
    assert (difference.moved, bool(difference)) == (True, True)
    assert (difference.bank, difference.dimensions, difference.questions) == ((), (), ())
    assert comparable_questions(BEFORE, after(edit)) == {"TR1", "TR2", "SP1"}


def without_help(data: dict[str, Any]) -> None:
    question(help="")(data)
    del data["translations"]["fr"]["dimensions"]["trust"]["questions"]["TR1"]["help"]


def labels_of_tr1(data: dict[str, Any]) -> None:
    question(labels=["Never", "", "Yes"])(data)
    data["translations"]["fr"]["labels"]["Never"] = "Jamais"


# What is done to TR1 or TR2, whether a person reads something else, and whether it counts otherwise.
@pytest.mark.parametrize(
    ("edit", "asks", "counts", "labels"),
    [
        (question(text="I trust you."), True, False, ["Statement"]),
        (question(text_of_peers="Other."), True, False, ["Statement for peers"]),
        (without_help, True, False, ["Help", "Help (French)"]),
        (labels_of_tr1, True, False, ["Labels", "Labels (French)", "Labels (French)"]),
        (french("TR1", {"text": "Autre."}), True, False, ["Statement (French)"]),
        (french("TR1", {"help": ""}), True, False, ["Help (French)"]),
        (
            lambda data: data["translations"]["fr"]["labels"].update({"about −1": "vers −1"}),
            True, False, ["Labels (French)"],
        ),
        # A translation that is new, and what respondents do not read.
        (
            lambda data: data["translations"]["de"].update(
                dimensions={"trust": {"questions": {"TR1": {"text": "Neu."}}}}
            ),
            False, False, ["Statement (German)"],
        ),
        (question(facet="other"), False, False, ["Facet"]),
        (question(source="VA"), False, False, ["Source"]),
        (french("TR1", {"facet": "autre"}), False, False, ["Facet (French)"]),
        # Scale, direction, weight, dimension.
        (question(max=4, labels=["No", "", "", "Yes"]), True, True, ["Labels", "Scale"]),
        (question(min=0, max=2), False, True, ["Scale"]),
        (question(reverse=True), False, True, ["Reversed"]),
        (question(weight=1.5), False, True, ["Weight"]),
        (move_tr2, False, True, ["Dimension"]),
    ],
)  # fmt: skip
def test_what_differs_in_a_question(
    edit: Edit, asks: bool, counts: bool, labels: list[str]
) -> None:
    found = difference_of(BEFORE, after(edit)).questions
    assert len(found) == 1
    assert (found[0].asks, found[0].counts) == (asks, counts)
    assert [change.label for change in found[0].changes] == labels
    assert found[0].needs_mark is (asks or counts)
    assert found[0].breaks is (asks or counts)
    code = found[0].code
    for mark, comparable in (("wording", not counts), ("meaning", False)):
        marked = after(edit, question(code, change=mark))
        if asks or counts:
            assert (code in comparable_questions(BEFORE, marked)) is comparable
            (change,) = difference_of(BEFORE, marked).questions
            assert (change.mark, change.breaks) == (mark, not comparable)
    assert (code in comparable_questions(BEFORE, after(edit))) is not (asks or counts)


def test_values_stand_side_by_side_as_people_read_them() -> None:
    edit = question(reverse=True, weight=0.5, labels=["No", "Perhaps", "Yes"])
    (found,) = difference_of(BEFORE, after(edit)).questions
    assert found.changes == (
        Change("Labels", "No\n\nYes", "No\nPerhaps\nYes"),
        Change("Reversed", "no", "yes"),
        Change("Weight", "1", "0.5"),
    )


def test_what_only_the_wording_changed_of_is_comparable_with_that_version_alone() -> None:
    marked = after(question(text="I trust you.", change="wording"), version=3, since=2)
    assert comparable_questions(BEFORE, marked) == {"TR2", "SP1"}
    other = parse(unmarked() | {"code": "other"})
    marked = after(question(text="I trust you.", change="wording"))
    assert comparable_questions(other, marked) == {"TR2", "SP1"}
    assert comparable_questions(BEFORE, marked) == {"TR1", "TR2", "SP1"}


# Marks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([], []),
        ([question(text="I trust you.", change="wording")], []),
        ([question(text="I trust you.", change="meaning")], []),
        ([question(reverse=True, change="meaning")], []),
        ([question(facet="other")], []),
        ([lambda data: data["dimensions"][0]["questions"].reverse()], []),
        (
            [question(text="I trust you.", help="x")],
            [
                "TR1 was changed (Statement, Help): mark it as wording, if it still asks the same, "
                "or as meaning."
            ],
        ),
        (
            [question(weight=2, change="wording")],
            [
                "TR1 counts otherwise than before (scale, direction, weight or dimension), so its "
                "mark is meaning."
            ],
        ),
        (
            [question(change="wording")],
            ["TR1 is marked as changed, and asks the same as before. Take off the mark."],
        ),
        (
            [question(facet="other", change="meaning")],
            ["TR1 is marked as changed, and asks the same as before. Take off the mark."],
        ),
        (
            [
                lambda data: data["dimensions"][1]["questions"].append(
                    {"code": "SP2", "change": "meaning"}
                )
            ],
            ["SP2 is new, so there is nothing to compare it with. Take off the mark."],
        ),
    ],
)
def test_complaints_about_marks(edits: list[Edit], told: list[str]) -> None:
    assert complaints_about_marks(BEFORE, after(*edits)) == told


def test_marks_that_nobody_need_give_are_settled() -> None:
    edited = after(
        question("TR1", text="I trust you.", change="wording"),
        question("TR2", reverse=False),
        question("SP1", change="meaning"),
    )
    assert settled_marks(BEFORE, edited, {"SP1": "wording", "TR2": "wording"}) == {
        "TR1": "wording",
        "TR2": "meaning",
        "SP1": "",
    }
    assert settled_marks(BEFORE, edited, {"TR1": "meaning"})["TR1"] == "meaning"


# Chains of stored versions -----------------------------------------------------------------------


def stored(*edits: Edit, version: int, since: int | None) -> Bank:
    return import_bank(document=after(*edits, version=version, since=since))


ALL = {"TR1", "TR2", "SP1"}


@pytest.fixture
def first(db: None) -> Bank:
    return stored(version=1, since=None)


def test_wording_changed_twice_is_still_comparable(first: Bank) -> None:
    second = stored(question(text="Two.", change="wording"), version=2, since=1)
    third = stored(question(text="Three.", change="wording"), version=3, since=2)
    assert comparable_codes(first, third) == ALL
    assert comparable_codes(third, first) == ALL
    assert comparable_codes(second, third) == ALL


def test_meaning_changed_once_on_the_way_is_not(first: Bank) -> None:
    stored(question(text="Two.", change="meaning"), version=2, since=1)
    third = stored(question(text="Three.", change="wording"), version=3, since=2)
    assert comparable_codes(first, third) == ALL - {"TR1"}


def test_what_is_again_as_it_was_is_comparable(first: Bank) -> None:
    stored(question(text="Two.", change="meaning"), version=2, since=1)
    third = stored(question(change="meaning"), version=3, since=2)
    assert comparable_codes(first, third) == ALL


def test_versions_beside_the_way_are_compared_to_the_letter(first: Bank) -> None:
    """Both made from version 1: what the third says of it says nothing about the second."""
    second = stored(question(text="Two.", change="wording"), version=2, since=1)
    third = stored(question(text="Three.", change="wording"), version=3, since=1)
    assert comparable_codes(second, third) == ALL - {"TR1"}
    assert comparable_codes(first, third) == ALL


def test_a_version_that_says_nothing_of_where_it_comes_from(first: Bank) -> None:
    second = stored(question(text="Two."), version=2, since=None)
    assert comparable_codes(first, second) == ALL - {"TR1"}


def test_a_version_on_the_way_that_is_not_stored_here(first: Bank) -> None:
    third = stored(question(text="Three.", change="wording"), version=3, since=2)
    assert comparable_codes(first, third) == ALL - {"TR1"}


def test_a_retired_version_on_the_way_vouches_too(first: Bank) -> None:
    second = stored(question(text="Two.", change="wording"), version=2, since=1)
    Bank.objects.filter(pk=second.pk).update(status=Bank.Status.RETIRED)
    third = stored(question(text="Three.", change="wording"), version=3, since=2)
    assert comparable_codes(first, third) == ALL


@pytest.mark.django_db
def test_a_bank_that_was_spoilt_compares_with_nothing() -> None:
    """A round must close whatever became of the bank of an earlier one."""
    one = make_bank()
    other = make_bank(version=2, change=lambda bank: bank.questions.update(labels=[]))
    assert comparable_codes(one, other) == frozenset()


def test_marks_are_checked_where_a_file_is_imported(first: Bank) -> None:
    with pytest.raises(Refused) as refusal:
        stored(question(text="Two."), version=2, since=1)
    assert refusal.value.message == (
        "Some questions differ from version 1. Say of each whether its earlier answers may still "
        "be compared."
    )
    assert refusal.value.details == [
        "TR1 was changed (Statement): mark it as wording, if it still asks the same, or as meaning."
    ]
    assert Bank.objects.count() == 1
