"""What a bank's file may leave out, and what is said about each mistake in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from alliances.errors import Refused
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.files import parse_bank
from tests.assessments.banks.documents import minimal


def parse(data: object) -> BankDocument:
    return parse_bank(text=json.dumps(data))


def complaints(data: object) -> list[str]:
    with pytest.raises(Refused) as refusal:
        parse(data)
    assert refusal.value.message == (
        "This is not a question bank that can be used. Nothing was stored."
    )
    return refusal.value.details


def test_a_minimal_file_gets_readable_defaults() -> None:
    bank = parse(minimal())
    assert (bank.title, bank.language, bank.minutes) == ("Tiny", "en", 12)
    assert (bank.band_strong, bank.band_mixed) == (75, 50)
    assert (bank.introduction, bank.copyright, bank.sources) == ("", "", ())
    assert [dimension.title for dimension in bank.dimensions] == ["Common pain", "Trust and speed"]
    assert [dimension.in_sentence for dimension in bank.dimensions] == [
        "common pain",
        "trust and speed",
    ]
    first, second = bank.dimensions[0].questions
    assert first.text == "A1"
    assert (first.minimum, first.maximum, first.reverse, first.weight) == (1, 5, False, 1)
    assert first.labels == (
        "Strongly disagree",
        "Disagree",
        "Neither agree nor disagree",
        "Agree",
        "Strongly agree",
    )
    assert (second.minimum, second.maximum, second.reverse) == (0, 10, True)
    assert second.weight == Decimal("0.5")
    assert second.labels == ("0", "", "", "", "", "", "", "", "", "", "10")
    assert bank.dimensions[1].questions[0].labels == ("-3", "", "", "", "", "", "3")


def test_scale_of_the_bank_holds_for_questions_without_one() -> None:
    data = minimal()
    data["scale"] = {"min": 0, "max": 1, "labels": ["No", "Yes"]}
    data["dimensions"][1]["questions"] = [{"code": "B1"}, {"code": "B2", "max": 3}]
    first, second = parse(data).dimensions[1].questions
    assert (first.minimum, first.maximum, first.labels) == (0, 1, ("No", "Yes"))
    # A question with a scale of its own takes nothing from the bank's.
    assert (second.minimum, second.maximum, second.labels) == (1, 3, ("1", "", "3"))


def test_spaces_and_breaks_are_tidied() -> None:
    data = minimal()
    data["title"] = "  Two \n  words\t here "
    data["introduction"] = "One.  \n\n Two. \n"
    bank = parse(data)
    assert bank.title == "Two words here"
    assert bank.introduction == "One.\n\nTwo."


def bank_key(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda data: data.update({key: value})


def dimension_key(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["dimensions"][1].update({key: value})


def question_key(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["dimensions"][0]["questions"][1].update({key: value})


WEIGHT = "'weight' must be a number above 0, up to 1000, with at most three decimals"
WHOLE = "must be a whole number from -1000 to 1000"
CODE = "'code' must begin with a letter or figure; then also - and _ may follow"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (bank_key("code", None), "'code' is missing"),
        (bank_key("code", "a b"), CODE),
        (bank_key("code", "-a"), CODE),
        (bank_key("code", "é"), CODE),
        (bank_key("code", 7), "'code' must be text; put it between quotes"),
        (bank_key("code", True), "'code' must be text; put it between quotes"),
        (bank_key("code", "x" * 61), "'code' must not be longer than 60 characters"),
        (bank_key("version", 0), "'version' must be a whole number from 1 to 2147483647"),
        (bank_key("version", True), "'version' must be a whole number from 1 to 2147483647"),
        (bank_key("version", "1"), "'version' must be a whole number from 1 to 2147483647"),
        (bank_key("version", 1.5), "'version' must be a whole number from 1 to 2147483647"),
        (bank_key("title", "x" * 121), "'title' must not be longer than 120 characters"),
        (
            bank_key("title", "a\x00b"),
            "'title' holds characters that cannot be shown; take them out",
        ),
        (
            bank_key("title", "a\ud800b"),
            "'title' holds characters that cannot be shown; take them out",
        ),
        (
            bank_key("title", "a\x1bb"),
            "'title' holds characters that cannot be shown; take them out",
        ),
        (bank_key("colour", "red"), "'colour' is not a key that is known here; take it out"),
        (
            bank_key("langauge", "en"),
            "'langauge' is not a key that is known here; did you mean 'language'?",
        ),
        (
            question_key("lable", []),
            "dimensions 1, question 2: 'lable' is not a key that is known here; "
            "did you mean 'labels'?",
        ),
        (bank_key("language", "English"), "'language' must be a code such as en or pt-BR"),
        (bank_key("minutes", 0), "'minutes' must be a whole number from 1 to 600"),
        (bank_key("bands", []), "bands: must be a mapping of keys to values, such as 'code: …'"),
        (bank_key("bands", {"strong": 50}), "bands: 'mixed' must be lower than 'strong'"),
        (
            bank_key("bands", {"strong": 101}),
            "bands: 'strong' must be a whole number from 1 to 100",
        ),
        (
            bank_key("sources", ["VA"]),
            "'sources' must be a mapping of marks to works, such as 'VA: …'",
        ),
        (
            bank_key("sources", {"V A": "x"}),
            "'sources' holds a mark that is not a code, of letters, figures, - and _",
        ),
        (
            bank_key("scale", {"min": 3, "max": 3}),
            "scale: 'max' must be above 'min', by 100 at the most",
        ),
        (bank_key("dimensions", None), "'dimensions' is missing"),
        (bank_key("dimensions", {}), "'dimensions' must be a list"),
        (bank_key("dimensions", []), "'dimensions' must have 1 to 50 entries"),
        (
            dimension_key("code", "common-pain"),
            "the dimension 'common-pain' stands there twice; give one another code",
        ),
        (dimension_key("questions", []), "dimensions 2: 'questions' must have 1 to 500 entries"),
        (dimension_key("advice", "Do it."), "dimensions 2: 'advice' must be a list"),
        (dimension_key("advice", [{"text": "x"}]), "dimensions 2, advice 1: 'title' is missing"),
        (
            dimension_key("asked_of_members", ["Do it.", ""]),
            "dimensions 2: 'asked_of_members' 2 must have 1 to 300 characters",
        ),
        (question_key("code", "A1"), "the question 'A1' stands there twice; give one another code"),
        (question_key("code", "B1"), "the question 'B1' stands there twice; give one another code"),
        (
            question_key("code", "Respondent"),
            "'Respondent' names a column of its own and cannot be a question's code",
        ),
        (
            question_key("code", "organisation"),
            "'organisation' names a column of its own and cannot be a question's code",
        ),
        (
            question_key("reverse", "yes"),
            "dimensions 1, question 2: 'reverse' must be true or false",
        ),
        (question_key("reverse", 1), "dimensions 1, question 2: 'reverse' must be true or false"),
        (question_key("weight", 0), f"dimensions 1, question 2: {WEIGHT}"),
        (question_key("weight", -1), f"dimensions 1, question 2: {WEIGHT}"),
        (question_key("weight", 1000.001), f"dimensions 1, question 2: {WEIGHT}"),
        (question_key("weight", 0.0005), f"dimensions 1, question 2: {WEIGHT}"),
        (question_key("weight", "1"), f"dimensions 1, question 2: {WEIGHT}"),
        (question_key("weight", True), f"dimensions 1, question 2: {WEIGHT}"),
        (question_key("min", -1001), f"dimensions 1, question 2: 'min' {WHOLE}"),
        (question_key("max", 5.5), f"dimensions 1, question 2: 'max' {WHOLE}"),
        (
            question_key("max", 101),
            "dimensions 1, question 2: 'max' must be above 'min', by 100 at the most",
        ),
        (
            question_key("max", 0),
            "dimensions 1, question 2: 'max' must be above 'min', by 100 at the most",
        ),
        (
            question_key("labels", ["a", "b"]),
            "dimensions 1, question 2: 'labels' must have one text for each of the 11 values, "
            "the ends in words",
        ),
        (
            question_key("text", 5),
            "dimensions 1, question 2: 'text' must be text; put it between quotes",
        ),
        (
            question_key("text", "x" * 301),
            "dimensions 1, question 2: 'text' must not be longer than 300 characters",
        ),
    ],
)
def test_each_mistake_is_told_with_its_place(
    change: Callable[[dict[str, Any]], None], complaint: str
) -> None:
    data = minimal()
    change(data)
    assert complaints(data) == [complaint]


@pytest.mark.parametrize("weight", [0.001, 1000, 999.999, 3])
def test_weights_that_are_taken(weight: float) -> None:
    data = minimal()
    question_key("weight", weight)(data)
    assert parse(data).dimensions[0].questions[1].weight == Decimal(str(weight))


def test_the_widest_scale() -> None:
    data = minimal()
    question_key("max", 100)(data)
    assert len(parse(data).dimensions[0].questions[1].labels) == 101


def test_a_source_is_one_that_the_bank_lists() -> None:
    data = minimal()
    data["sources"] = {"VA": "A work"}
    question_key("source", "VA, XY")(data)
    assert complaints(data) == [
        "dimensions 1, question 2: 'source' 'XY' is not in 'sources'; list it there"
    ]


def test_all_mistakes_are_told_at_once() -> None:
    data = minimal()
    bank_key("version", 0)(data)
    question_key("reverse", "x")(data)
    question_key("weight", 0)(data)
    assert complaints(data) == [
        "'version' must be a whole number from 1 to 2147483647",
        "dimensions 1, question 2: 'reverse' must be true or false",
        f"dimensions 1, question 2: {WEIGHT}",
    ]


def test_of_very_many_mistakes_fifty_are_told() -> None:
    data = minimal()
    data["dimensions"][0]["questions"] = [{"code": f"A{n}", "reverse": 0} for n in range(60)]
    told = complaints(data)
    assert len(told) == 51
    assert told[0] == "dimensions 1, question 1: 'reverse' must be true or false"
    assert told[-1] == "… and 10 more."


def test_too_many_questions() -> None:
    data = minimal()
    data["dimensions"][0]["questions"] = [{"code": f"A{n}"} for n in range(500)]
    assert complaints(data) == ["a bank has at most 500 questions; leave some out"]


@pytest.mark.parametrize("data", [[], [minimal()], [[1]]])
def test_what_is_no_mapping(data: object) -> None:
    assert complaints(data) == ["must be a mapping of keys to values, such as 'code: …'"]
