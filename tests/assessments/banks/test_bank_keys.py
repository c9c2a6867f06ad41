"""The keys that a bank seldom needs: audience, subject, since, change, readings, text for peers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliances.errors import Refused
from assessments.services.banks import checks
from assessments.services.banks.documents import BankDocument, bank_digest
from assessments.services.banks.files import parse_bank, read_bank_file, write_bank
from assessments.services.banks.store import shipped_bank
from tests.assessments.banks.documents import READINGS, minimal, whole

READINESS_1 = "sha256:ac72e0ecfedfe74300c923dd76fff595135df9756a56d3f8a2305daedb40566b"
PUBLISHED = Path(__file__).parent / "published"


def parse(data: object) -> BankDocument:
    return parse_bank(text=json.dumps(data))


def complaints(data: object) -> list[str]:
    with pytest.raises(Refused) as refusal:
        parse(data)
    return refusal.value.details


def test_a_version_that_was_shipped_keeps_its_digest() -> None:
    """Results of version 1 name it; new keys must not change what an old bank says."""
    bank = read_bank_file(path=PUBLISHED / "readiness-1.yaml")
    assert bank.version == 1
    assert bank_digest(bank) == READINESS_1


def test_version_2_asks_the_same() -> None:
    """It adds what bands mean, and French; answers before and after are compared."""
    one = read_bank_file(path=PUBLISHED / "readiness-1.yaml").as_data()
    two = shipped_bank("readiness").as_data()
    assert (two.pop("version"), two.pop("since")) == (2, 1)
    assert list(two.pop("translations")) == ["fr"]
    for dimension in two["dimensions"]:
        assert set(dimension.pop("readings")) == {"strong", "mixed", "weak"}
    assert one | {"version": 2} == two | {"version": 2}


def test_what_a_bank_does_not_say_is_left_out() -> None:
    data = parse(minimal()).as_data()
    assert list(data) == [
        "code", "version", "title", "language", "copyright", "minutes", "introduction", "sources",
        "bands", "dimensions",
    ]  # fmt: skip
    assert list(data["dimensions"][0]) == [
        "code", "title", "in_sentence", "question", "what_it_is", "advice", "asked_of_members",
        "source", "questions",
    ]  # fmt: skip
    assert list(data["dimensions"][0]["questions"][0]) == [
        "code", "text", "help", "facet", "source", "min", "max", "labels", "reverse", "weight",
    ]  # fmt: skip


def test_what_is_usual_may_be_written_out() -> None:
    usual = {"audience": "everyone", "subject": "alliance", "reading": {"rule": "weakest"}}
    data = minimal() | usual | {"since": None, "translations": {}}
    data["dimensions"][0]["readings"] = {"strong": "", "weak": None}
    data["dimensions"][0]["questions"][0] |= {"change": "", "text_of_peers": ""}
    assert parse(data) == parse(minimal())
    assert bank_digest(parse(data)) == bank_digest(parse(minimal()))


@pytest.mark.parametrize("rule", READINGS)
def test_what_is_said_comes_back(rule: str) -> None:
    document = parse(whole(rule))
    said = whole(rule)
    if rule == "weakest":
        del said["reading"]
    assert document.as_data() == said


def test_a_bank_that_says_everything() -> None:
    document = parse(whole())
    assert (document.audience, document.subject, document.since) == ("members", "organisation", 2)
    assert document.languages == ("en", "de", "fr")
    trust, speed = document.dimensions
    assert trust.readings == (("strong", "You trust."), ("mixed", "Partly."), ("weak", "You fear."))
    assert speed.readings == ()
    assert [q.text_of_peers for q in trust.questions] == ["This person trusts us.", ""]
    assert [q.change for q in (*trust.questions, *speed.questions)] == ["wording", "meaning", ""]


def _question(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["dimensions"][0]["questions"][0].update({key: value})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda data: data.update(audience="nobody"),
            ["'audience' must be one of everyone, convener, members, partners"],
        ),
        (
            lambda data: data.update(audience=["members"]),
            ["'audience' must be one of everyone, convener, members, partners"],
        ),
        (
            lambda data: data.update(subject=""),
            ["'subject' must be one of alliance, person, organisation, invitation"],
        ),
        (lambda data: data.update(since=3), ["'since' must be an earlier version than this one"]),
        (lambda data: data.update(since=4), ["'since' must be an earlier version than this one"]),
        (
            lambda data: data.update(since=0),
            ["'since' must be a whole number from 1 to 2147483647"],
        ),
        (
            lambda data: data.pop("since"),
            ["a question has a 'change', but 'since' does not say since which version"],
        ),
        (
            _question("change", "some"),
            ["dimensions 1, question 1: 'change' must be one of wording, meaning"],
        ),
        (
            _question("text_of_peers", "x" * 301),
            ["dimensions 1, question 1: 'text_of_peers' must not be longer than 300 characters"],
        ),
        (
            lambda data: data["dimensions"][0].update(readings={"middling": "x"}),
            ["dimensions 1, readings: 'middling' is not a key that is known here; take it out"],
        ),
        (
            lambda data: data["dimensions"][0].update(readings={"mixed": "x" * 601}),
            ["dimensions 1, readings: 'mixed' must not be longer than 600 characters"],
        ),
        (
            lambda data: data["dimensions"][0].update(facets=["x" * 121]),
            ["dimensions 1: 'facets' 1 must have 1 to 120 characters"],
        ),
        (
            lambda data: data["dimensions"][0].update(readings=["x"]),
            ["dimensions 1, readings: must be a mapping of keys to values, such as 'code: …'"],
        ),
    ],
)
def test_each_mistake_is_told(change: Callable[[dict[str, Any]], object], told: list[str]) -> None:
    data = whole("mean")
    change(data)
    assert complaints(data) == told


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(audience="convener"),
        lambda data: data.update(subject="person"),
        lambda data: data.update(since=1),
        lambda data: data["dimensions"][0]["readings"].update(weak="Other."),
        lambda data: data["dimensions"][0]["readings"].pop("mixed"),
        lambda data: data["dimensions"][0]["facets"].reverse(),
        _question("text_of_peers", "Other."),
        _question("change", "meaning"),
        lambda data: data["reading"]["outcomes"][0].update(title="Other"),
        lambda data: data["reading"]["outcomes"].pop(0),
        lambda data: data["reading"]["outcomes"][2].update(conditions=False),
        lambda data: data["reading"]["outcomes"][1]["when"].update(
            any=data["reading"]["outcomes"][1]["when"].pop("all")
        ),
        lambda data: data["translations"].pop("de"),
        lambda data: data["translations"]["fr"]["labels"].update(Yes="Si"),
        lambda data: data["translations"]["fr"]["dimensions"]["trust"].pop("title"),
    ],
)
def test_every_difference_in_them_changes_the_digest(
    change: Callable[[dict[str, Any]], object],
) -> None:
    data = whole()
    change(data)
    assert bank_digest(parse(data)) != bank_digest(parse(whole()))


@pytest.mark.parametrize("format", ["yaml", "json"])
@pytest.mark.parametrize("rule", READINGS)
def test_what_is_exported_is_imported_with_the_same_digest(rule: str, format: str) -> None:
    document = parse(whole(rule))
    again = parse_bank(text=write_bank(document=document, format=format))
    assert again == document
    assert bank_digest(again) == bank_digest(document)


words = st.text(min_size=1, max_size=40).filter(
    lambda text: text.isprintable() and text == " ".join(text.split())
)
codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,9}", fullmatch=True).filter(
    lambda code: code.lower() not in ("respondent", "organisation")
)


@given(
    data=st.data(),
    rule=st.sampled_from(list(READINGS)),
    trust=codes,
    speed=codes,
    question=codes,
    labels=st.lists(words, min_size=2, max_size=2, unique=True),
    format=st.sampled_from(["yaml", "json"]),
)
def test_any_words_and_codes_come_back_the_same(
    data: st.DataObject,
    rule: str,
    trust: str,
    speed: str,
    question: str,
    labels: list[str],
    format: str,
) -> None:
    """Codes such as 1, yes and null, and labels such as << are keys of the translations."""
    bank = whole(rule)
    if trust == speed or question == "TR2":
        return
    bank["dimensions"][0]["code"], bank["dimensions"][1]["code"] = trust, speed
    for outcome in bank["reading"].get("outcomes", ()):
        for conditions in outcome.get("when", {}).values():
            for condition in conditions:
                condition["dimension"] = data.draw(st.sampled_from([trust, speed]))
    first = bank["dimensions"][0]["questions"][0]
    first |= {"code": question, "text": data.draw(words), "labels": [labels[0], "", labels[1]]}
    texts = bank["translations"]["fr"]
    texts["dimensions"] = {trust: texts["dimensions"]["trust"]}
    below = texts["dimensions"][trust]
    below["questions"] = {question: {"text": data.draw(words)}}
    translated = {
        label: data.draw(words) for label in labels if any(sign.isalpha() for sign in label)
    }
    texts["labels"] = {"about −1": "environ −1"} | translated
    document = parse(bank)
    assert dict(document.translations[1].texts)["dimensions", trust, "questions", question, "text"]
    again = parse_bank(text=write_bank(document=document, format=format))
    assert again == document
    assert bank_digest(again) == bank_digest(document)


def test_the_bank_that_the_tests_use_says_all_there_is() -> None:
    """Else a key could be forgotten on the way in or out, and nobody would see it."""
    data = whole()
    assert set(data) == set(checks._BANK_KEYS) - {"scale"}
    assert set(data["dimensions"][0]) == set(checks._DIMENSION_KEYS)
    assert set(data["dimensions"][0]["questions"][0]) == set(checks._QUESTION_KEYS)
