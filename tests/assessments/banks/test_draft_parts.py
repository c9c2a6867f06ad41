"""Dimensions and questions of a draft: added, changed, moved, removed, with their translations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliances.models import User
from assessments.models import Bank, Dimension, Question
from assessments.services.banks.drafts import (
    create_bank,
    discard_draft,
    draft_next_version,
    publish_draft,
)
from assessments.services.banks.imports import import_draft
from assessments.services.banks.order import move_dimension, move_question, place_question
from assessments.services.banks.parts import (
    add_dimension,
    add_question,
    change_bank,
    change_dimension,
    change_question,
    remove_dimension,
    remove_question,
)
from assessments.services.banks.store import import_bank
from tests.assessments.banks.documents import READINGS, minimal
from tests.assessments.banks.drafts import dimension, parse, question, refusal, said, seen
from tests.factories import make_bank

pytestmark = pytest.mark.django_db


def order(bank: Bank) -> list[tuple[str, list[str]]]:
    """Codes of the dimensions, each with its questions' codes, in order."""
    return [
        (one["code"], [asked["code"] for asked in one["questions"]])
        for one in said(bank)["dimensions"]
    ]


def places(bank: Bank) -> list[list[int]]:
    """The places of the dimensions, then those of the questions of each."""
    dimensions = bank.dimensions.order_by("position")
    return [
        [one.position for one in dimensions],
        *[list(one.questions.order_by("position").values_list("position", flat=True)) for one in dimensions],
    ]  # fmt: skip


def french(bank: Bank) -> dict[str, Any]:
    texts: dict[str, Any] = said(bank)["translations"]["fr"]
    return texts


# Adding ----------------------------------------------------------------------------------------


def test_a_dimension_is_added_at_the_end(draft: Bank, ada: User) -> None:
    part = add_dimension(
        bank=draft,
        by=ada,
        data={"code": " pain ", "title": "Pain", "translations": {"fr": {"title": "La douleur"}}},
    )
    assert (part.code, part.position, part.changed_by) == ("pain", 3, ada)
    assert (part.title, part.in_sentence) == ("Pain", "pain")
    assert order(draft)[2] == ("pain", [])
    assert french(draft)["dimensions"]["pain"] == {"title": "La douleur"}
    assert french(draft)["dimensions"]["trust"]["title"] == "La confiance"


def test_a_question_is_added_at_the_end(draft: Bank, ada: User) -> None:
    asked = add_question(
        dimension=dimension(draft),
        by=ada,
        data={"code": " TR9 ", "translations": {"fr": {"text": "Nous osons."}}},
    )
    assert (asked.code, asked.text, asked.position, asked.changed_by) == ("TR9", "TR9", 3, ada)
    assert (asked.minimum, asked.maximum, len(asked.labels)) == (1, 5, 5)
    assert order(draft)[0] == ("trust", ["TR1", "TR2", "TR9"])
    assert french(draft)["dimensions"]["trust"]["questions"]["TR9"] == {"text": "Nous osons."}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "dimensions 3: 'code' is missing"),
        ({"code": ""}, "dimensions 3: 'code' is empty"),
        ({"code": "speed"}, "the dimension 'speed' stands there twice; give one another code"),
        ({"code": "x", "source": "ZZ"}, "dimensions 3: 'source' 'ZZ' is not in 'sources'; list it there"),
        ({"code": "x", "title": "x" * 81}, "dimensions 3: 'title' must not be longer than 80 characters"),
    ],
)  # fmt: skip
def test_a_dimension_that_no_file_could_say(draft: Bank, data: dict[str, Any], told: str) -> None:
    refused = refusal(lambda: add_dimension(bank=draft, by=None, data=data))
    assert refused.details == [told]
    assert draft.dimensions.count() == 2


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "dimensions 1, question 3: 'code' is missing"),
        ({"code": "SP1"}, "the question 'SP1' stands there twice; give one another code"),
        ({"code": "Respondent"}, "'Respondent' names a column of its own and cannot be a question's code"),
        ({"code": "x", "min": 5, "max": 5}, "dimensions 1, question 3: 'max' must be above 'min', by 100 at the most"),
        ({"code": "x", "change": "wording", "weight": 0}, "dimensions 1, question 3: 'weight' must be a number above 0, up to 1000, with at most three decimals"),
    ],
)  # fmt: skip
def test_a_question_that_no_file_could_say(draft: Bank, data: dict[str, Any], told: str) -> None:
    refused = refusal(lambda: add_question(dimension=dimension(draft), by=None, data=data))
    assert refused.details == [told]
    assert draft.questions.count() == 3


# Changing --------------------------------------------------------------------------------------


def test_what_is_not_named_stays(draft: Bank, ada: User) -> None:
    expected = said(draft)
    part = change_dimension(
        dimension=dimension(draft), edition=1, by=ada, data={"what_it_is": "It is rare."}
    )
    assert (part.edition, part.changed_by) == (2, ada)
    change_question(question=question(draft), edition=1, by=ada, data={"text": "We trust."})
    expected["dimensions"][0]["what_it_is"] = "It is rare."
    expected["dimensions"][0]["questions"][0]["text"] = "We trust."
    assert said(draft) == expected


def test_a_code_takes_its_translations_and_the_readings_conditions_with_it(draft: Bank) -> None:
    texts = french(draft)["dimensions"]["trust"]
    change_dimension(dimension=dimension(draft), edition=1, by=None, data={"code": " faith "})
    assert order(draft) == [("faith", ["TR1", "TR2"]), ("speed", ["SP1"])]
    assert french(draft)["dimensions"] == {"faith": texts}
    outcomes = said(draft)["reading"]["outcomes"]
    assert outcomes[0]["when"] == {"any": [{"dimension": "faith", "bands": ["weak"]}]}
    assert [c["dimension"] for c in outcomes[1]["when"]["all"]] == ["faith", "speed"]
    # Whoever has the page of the bank open is shown that its reading changed.
    assert Bank.objects.get(pk=draft.pk).edition == 2
    change_question(question=question(draft), edition=1, by=None, data={"code": "FA1"})
    asked = french(draft)["dimensions"]["faith"]["questions"]
    assert asked == {"FA1": texts["questions"]["TR1"], "TR2": texts["questions"]["TR2"]}


def test_codes_can_be_exchanged_by_way_of_a_third(draft: Bank) -> None:
    for before, after in (("TR1", "x"), ("TR2", "TR1"), ("x", "TR2")):
        asked = question(draft, before)
        change_question(question=asked, edition=asked.edition, by=None, data={"code": after})
    assert order(draft)[0] == ("trust", ["TR2", "TR1"])
    texts = french(draft)["dimensions"]["trust"]["questions"]
    assert texts["TR1"] == {"text": "Je compte sur eux."}
    assert texts["TR2"]["help"] == "Avec un secret."


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"code": "speed"}, "the dimension 'speed' stands there twice; give one another code"),
        ({"code": None}, "dimensions 1: 'code' is missing"),
        ({"code": 5}, "dimensions 1: 'code' must be text; put it between quotes"),
        ({"code": "a b"}, "dimensions 1: 'code' must begin with a letter or figure; then also - and _ may follow"),
    ],
)  # fmt: skip
def test_a_code_that_is_none_is_refused(draft: Bank, data: dict[str, Any], told: str) -> None:
    before = said(draft)
    refused = refusal(
        lambda: change_dimension(dimension=dimension(draft), edition=1, by=None, data=data)
    )
    assert refused.details[0] == told
    assert said(draft) == before


def test_translations_of_a_part_are_replaced_and_those_of_others_stay(draft: Bank) -> None:
    before = french(draft)
    change_dimension(
        dimension=dimension(draft),
        edition=1,
        by=None,
        data={"translations": {"fr": {"title": "La foi"}, "de": {"title": "Glaube"}}},
    )
    change_question(
        question=question(draft),
        edition=1,
        by=None,
        data={"translations": {"fr": {"text": "Je crois."}}},
    )
    after = said(draft)["translations"]
    assert after["de"] == {
        "title": "Vertrauen",
        "dimensions": {"trust": {"title": "Glaube"}},
    }
    assert after["fr"]["dimensions"]["trust"] == {
        "title": "La foi",
        "questions": {
            "TR1": {"text": "Je crois."},
            "TR2": before["dimensions"]["trust"]["questions"]["TR2"],
        },
    }
    assert (after["fr"]["title"], after["fr"]["labels"]) == (before["title"], before["labels"])


def test_a_label_that_comes_back_has_its_translation_again(draft: Bank) -> None:
    for labels in (["Never", "", "Always"], ["No", "", "Yes"]):
        for code in ("TR1", "SP1"):
            asked = question(draft, code)
            change_question(question=asked, edition=asked.edition, by=None, data={"labels": labels})
        known = french(draft)["labels"]
        assert ("No" in known) is ("No" in labels)
    assert known["No"] == "Non"


def test_a_text_taken_back_takes_its_translation_with_it(draft: Bank) -> None:
    change_question(question=question(draft), edition=1, by=None, data={"help": ""})
    assert "help" not in french(draft)["dimensions"]["trust"]["questions"]["TR1"]
    publish_draft(bank=draft, seen=seen(draft), by=None, marks={"TR1": "wording"})


FIRST, SECOND = (
    {"title": "Begin.", "text": "With little."},
    {"title": "Go on.", "text": "With more."},
)
NEW = {"title": "Stop.", "text": ""}
CONTINUE = {"title": "Continuez.", "text": "Avec davantage."}


@pytest.mark.parametrize(
    ("advice", "translated"),
    [
        ([SECOND], [CONTINUE]),
        ([SECOND, FIRST], [CONTINUE]),
        ([NEW, FIRST, SECOND], [{}, {}, CONTINUE]),
        ([FIRST, SECOND, NEW], [{}, CONTINUE]),
        # Reworded where it stands.
        ([FIRST, {"title": "Go on!", "text": "With more."}], [{}, CONTINUE]),
        ([FIRST], None),
        ([], None),
    ],
)
def test_translated_steps_follow_their_steps(
    draft: Bank, advice: list[Any], translated: list[Any] | None
) -> None:
    """Else another step would be read in French than in English."""
    change_dimension(dimension=dimension(draft), edition=1, by=None, data={"advice": advice})
    assert french(draft)["dimensions"]["trust"].get("advice") == translated


def test_what_is_asked_of_members_is_followed_too(draft: Bank) -> None:
    asked = ["Say what you fear.", "Something new.", "Give first."]
    change_dimension(
        dimension=dimension(draft), edition=1, by=None, data={"asked_of_members": asked}
    )
    assert french(draft)["dimensions"]["trust"]["asked_of_members"] == ["Dites vos craintes."]


# Removing --------------------------------------------------------------------------------------


def test_a_question_is_removed(draft: Bank) -> None:
    remove_question(question=question(draft))
    assert order(draft) == [("trust", ["TR2"]), ("speed", ["SP1"])]
    assert places(draft) == [[1, 2], [1], [1]]
    assert list(french(draft)["dimensions"]["trust"]["questions"]) == ["TR2"]


def test_a_dimension_that_the_reading_speaks_of_stays(draft: Bank) -> None:
    refused = refusal(lambda: remove_dimension(dimension=dimension(draft)))
    assert refused.message == (
        "The reading of this bank speaks of “Trust”. Change the reading first."
    )
    assert order(draft) == [("trust", ["TR1", "TR2"]), ("speed", ["SP1"])]
    change_bank(bank=draft, edition=1, by=None, data={"reading": READINGS["mean"]})
    remove_dimension(dimension=dimension(draft))
    assert order(draft) == [("speed", ["SP1"])]
    assert places(draft) == [[1], [1]]
    assert "dimensions" not in french(draft)


# Order -----------------------------------------------------------------------------------------


@pytest.fixture
def long() -> Bank:
    """A draft of three parts: A1 A2 A3, B1 B2, C1."""
    return make_bank(shape=(3, 2, 1), status=Bank.Status.DRAFT)


def letters(bank: Bank) -> str:
    return " ".join("".join(codes) for _code, codes in order(bank))


@pytest.mark.parametrize(
    ("code", "by", "expected"),
    [
        ("part-1", 1, ["part-2", "part-1", "part-3"]),
        ("part-1", 2, ["part-2", "part-3", "part-1"]),
        ("part-3", -1, ["part-1", "part-3", "part-2"]),
        ("part-3", -2, ["part-3", "part-1", "part-2"]),
        # Past the end, at the end.
        ("part-1", -1, ["part-1", "part-2", "part-3"]),
        ("part-3", 1, ["part-1", "part-2", "part-3"]),
        ("part-2", 99, ["part-1", "part-3", "part-2"]),
        ("part-2", -99, ["part-2", "part-1", "part-3"]),
    ],
)
def test_dimensions_move(long: Bank, code: str, by: int, expected: list[str]) -> None:
    move_dimension(dimension=long.dimensions.get(code=code), by=by)
    assert [code for code, _questions in order(long)] == expected
    assert places(long)[0] == [1, 2, 3]


@pytest.mark.parametrize(
    ("code", "by", "expected"),
    [
        ("A1", 1, "A2A1A3 B1B2 C1"),
        ("A3", -1, "A1A3A2 B1B2 C1"),
        ("A1", 2, "A2A3A1 B1B2 C1"),
        # Past the end of its dimension, into the next; at the very ends it stays.
        ("A3", 1, "A1A2 A3B1B2 C1"),
        ("B1", -1, "A1A2A3B1 B2 C1"),
        ("C1", -1, "A1A2A3 B1B2C1 "),
        ("A1", -1, "A1A2A3 B1B2 C1"),
        ("C1", 1, "A1A2A3 B1B2 C1"),
    ],
)
def test_questions_move(long: Bank, code: str, by: int, expected: str) -> None:
    move_question(question=question(long, code), by=by)
    assert letters(long) == expected
    assert places(long)[1:] == [list(range(1, len(codes) + 1)) for _code, codes in order(long)]


def test_a_question_walks_through_the_whole_bank_and_back(long: Bank) -> None:
    for by, steps in ((1, 9), (-1, 9)):
        for _step in range(steps):
            move_question(question=question(long, "A1"), by=by)
        if by == 1:
            assert letters(long) == "A2A3 B1B2 C1A1"
    assert letters(long) == "A1A2A3 B1B2 C1"


def test_a_question_is_put_into_another_dimension(draft: Bank) -> None:
    last = question(draft, "SP1")
    place_question(question=question(draft), dimension=dimension(draft, "speed"), after=last)
    assert order(draft) == [("trust", ["TR2"]), ("speed", ["SP1", "TR1"])]
    assert places(draft) == [[1, 2], [1], [1, 2]]
    # Its translations went with it.
    assert french(draft)["dimensions"]["speed"]["questions"]["TR1"]["facet"] == "les secrets"
    place_question(question=question(draft), dimension=dimension(draft, "speed"))
    assert order(draft)[1] == ("speed", ["TR1", "SP1"])
    refused = refusal(
        lambda: place_question(
            question=question(draft, "TR2"), dimension=dimension(draft, "trust"), after=last
        )
    )
    assert "stands elsewhere by now" in refused.message


def test_a_question_stays_in_its_bank(draft: Bank, long: Bank) -> None:
    part = long.dimensions.get(code="part-1")
    refused = refusal(lambda: place_question(question=question(draft), dimension=part))
    assert refused.message == "Choose a dimension of the same bank."


def test_moving_overtakes_nobody(draft: Bank) -> None:
    asked, part = question(draft), dimension(draft)
    move_question(question=asked, by=1)
    move_dimension(dimension=part, by=1)
    change_question(question=asked, edition=1, by=None, data={"text": "Other."})
    change_dimension(dimension=part, edition=1, by=None, data={"title": "Other"})
    assert order(draft) == [("speed", ["SP1"]), ("trust", ["TR2", "TR1"])]


# What it costs -----------------------------------------------------------------------------------


def large(questions: int) -> Bank:
    """Version 2 of a bank of four dimensions with so many questions each, as a draft."""
    data = minimal() | {"code": f"large-{questions}"}
    data["dimensions"] = [
        {
            "code": f"d{place}",
            "advice": [{"title": "x"}],
            "questions": [{"code": f"Q{place}-{n}"} for n in range(questions)],
        }
        for place in range(4)
    ]
    data["translations"] = {
        "fr": {
            "dimensions": {
                one["code"]: {"questions": {q["code"]: {"text": "x"} for q in one["questions"]}}
                for one in data["dimensions"]
            }
        }
    }
    return draft_next_version(bank=import_bank(document=parse(data)), by=None)


def _publish(bank: Bank) -> object:
    for asked in bank.questions.all():
        Question.objects.filter(pk=asked.pk).update(text="Other.")
    marks = dict.fromkeys(bank.questions.values_list("code", flat=True), "wording")
    looked = seen(bank)
    return lambda: publish_draft(bank=bank, seen=looked, by=None, marks=marks)


# Each service, as a function that is made ready first and counted when it is called.
COUNTED: dict[str, Callable[[Bank], Any]] = {
    "create_bank": lambda bank: (
        lambda: create_bank(code="like", title="x", language="en", by=None, like=bank)
    ),
    "draft_next_version": lambda bank: (
        discard_draft(bank=bank),
        lambda: draft_next_version(bank=Bank.objects.get(code=bank.code), by=None),
    )[1],
    "import_draft": lambda bank: (
        lambda document, looked: lambda: import_draft(document=document, by=None, over=looked)
    )(parse(minimal() | {"code": bank.code, "version": 2}), seen(bank)),
    "publish_draft": _publish,
    "discard_draft": lambda bank: lambda: discard_draft(bank=bank),
    "change_bank": lambda bank: (
        lambda: change_bank(bank=bank, edition=1, by=None, data={"title": "x"})
    ),
    "add_dimension": lambda bank: lambda: add_dimension(bank=bank, by=None, data={"code": "new"}),
    "change_dimension": lambda bank: (
        lambda: change_dimension(
            dimension=bank.dimensions.get(code="d0"), edition=1, by=None, data={"code": "other"}
        )
    ),
    "remove_dimension": lambda bank: (
        lambda: remove_dimension(dimension=bank.dimensions.get(code="d0"))
    ),
    "move_dimension": lambda bank: (
        lambda: move_dimension(dimension=bank.dimensions.get(code="d0"), by=3)
    ),
    "add_question": lambda bank: (
        lambda: add_question(
            dimension=bank.dimensions.get(code="d0"), by=None, data={"code": "new"}
        )
    ),
    "change_question": lambda bank: (
        lambda: change_question(
            question=question(bank, "Q0-0"), edition=1, by=None, data={"code": "other"}
        )
    ),
    "remove_question": lambda bank: lambda: remove_question(question=question(bank, "Q0-0")),
    "move_question": lambda bank: lambda: move_question(question=question(bank, "Q1-0"), by=-1),
    "place_question": lambda bank: (
        lambda: place_question(
            question=question(bank, "Q0-0"), dimension=bank.dimensions.get(code="d3")
        )
    ),
}


@pytest.mark.parametrize("name", COUNTED)
def test_sixty_questions_cost_as_many_queries_as_eight(name: str) -> None:
    counts = []
    for questions in (2, 15):
        service = COUNTED[name](large(questions))
        with CaptureQueriesContext(connection) as queries:
            service()
        counts.append(len(queries))
        Bank.objects.all().delete()
        assert (Dimension.objects.count(), Question.objects.count()) == (0, 0)
    # SQLite takes so many values in a statement, so that many rows are stored in two.
    in_two = connection.vendor == "sqlite" and name in ("create_bank", "draft_next_version")
    assert counts[1] == counts[0] + in_two
    assert counts[1] <= 30
