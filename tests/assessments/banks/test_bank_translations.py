"""A bank's texts in further languages: each has a place, and none without a text of the bank."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from alliances.errors import Refused
from alliances.services.languages import language_name
from assessments.services.banks.checks import bank_document
from assessments.services.banks.documents import BankDocument, Translation
from assessments.services.banks.drafts import draft_next_version
from assessments.services.banks.files import parse_bank
from assessments.services.banks.texts import Path, flat_texts, home_of, nested_texts, texts_of
from assessments.services.banks.translations import longest
from tests.assessments.banks.documents import minimal, whole
from tests.assessments.banks.german import german_bank


def parse(data: object) -> BankDocument:
    return parse_bank(text=json.dumps(data))


def complaints(data: object) -> list[str]:
    with pytest.raises(Refused) as refusal:
        parse(data)
    return refusal.value.details


PLACES: list[Path] = [
    ("title",),
    ("introduction",),
    ("labels", "No"),
    ("labels", "Yes"),
    ("labels", "about −1"),
    ("reading", "outcomes", "stay-away", "title"),
    ("reading", "outcomes", "stay-away", "text"),
    ("reading", "outcomes", "join", "title"),
    ("reading", "outcomes", "join-if", "title"),
    ("dimensions", "trust", "title"),
    ("dimensions", "trust", "in_sentence"),
    ("dimensions", "trust", "question"),
    ("dimensions", "trust", "what_it_is"),
    ("dimensions", "trust", "readings", "strong"),
    ("dimensions", "trust", "readings", "mixed"),
    ("dimensions", "trust", "readings", "weak"),
    ("dimensions", "trust", "advice", 0, "title"),
    ("dimensions", "trust", "advice", 0, "text"),
    ("dimensions", "trust", "advice", 1, "title"),
    ("dimensions", "trust", "advice", 1, "text"),
    ("dimensions", "trust", "asked_of_members", 0),
    ("dimensions", "trust", "asked_of_members", 1),
    ("dimensions", "trust", "questions", "TR1", "text"),
    ("dimensions", "trust", "questions", "TR1", "text_of_peers"),
    ("dimensions", "trust", "questions", "TR1", "help"),
    ("dimensions", "trust", "questions", "TR1", "facet"),
    ("dimensions", "trust", "questions", "TR2", "text"),
    ("dimensions", "speed", "title"),
    ("dimensions", "speed", "in_sentence"),
    ("dimensions", "speed", "questions", "SP1", "text"),
]


def test_the_texts_of_a_bank_by_place() -> None:
    """Figures such as -2 are the same in every language; copyright, sources and codes are no texts."""
    found = texts_of(whole())
    assert list(found) == PLACES
    assert found["dimensions", "trust", "advice", 1, "text"] == "With more."


def test_the_texts_of_a_reading_with_titles() -> None:
    assert [at for at in texts_of(whole("self-peers")) if at[0] == "reading"] == [
        ("reading", "higher", "title"),
        ("reading", "higher", "text"),
        ("reading", "lower", "title"),
        ("reading", "alike", "title"),
    ]


def test_each_language_holds_its_texts_in_the_banks_order() -> None:
    german, french = parse(whole()).translations
    assert german == Translation("de", ((("title",), "Vertrauen"),))
    assert [at for at, _text in french.texts] == [
        at
        for at in PLACES
        if at[:2] != ("dimensions", "speed")
        and at[:3] != ("reading", "outcomes", "stay-away")
        and at[2:] not in [("readings", "mixed"), ("asked_of_members", 0)]
        and at[2:4] != ("advice", 0)
    ]
    texts = dict(french.texts)
    assert texts["introduction",] == "Un.\n\nDeux."
    assert texts["dimensions", "trust", "advice", 1, "title"] == "Continuez."
    assert texts["dimensions", "trust", "asked_of_members", 1] == "Dites vos craintes."


def test_the_order_in_which_a_file_gives_them_says_nothing() -> None:
    def backwards(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: backwards(value[key]) for key in reversed(value)}
        return value

    data = whole()
    assert parse(data | {"translations": backwards(data["translations"])}) == parse(data)


def test_every_place_can_be_translated() -> None:
    data = whole() | {"translations": {"nl": nested_texts(dict.fromkeys(PLACES, "woord"))}}
    assert parse(data).translations == (Translation("nl", tuple((at, "woord") for at in PLACES)),)


def test_what_is_empty_is_left_out() -> None:
    data = minimal()
    data["translations"] = {
        "fr": {"title": "", "introduction": None, "labels": {}, "dimensions": {"common-pain": {}}},
        "de": {"dimensions": {"common-pain": {"title": "  "}}, "nowhere": {"deep": ""}},
    }
    assert parse(data) == parse(minimal())


def test_texts_are_nested_and_flattened_alike() -> None:
    texts = {at: " ".join(map(str, at)) for at in PLACES if at[2:4] != ("advice", 0)}
    nested = nested_texts(texts)
    assert nested["dimensions"]["trust"]["advice"][0] == {}
    assert {at: text for at, text in flat_texts(nested) if text} == texts
    assert nested_texts({("a", 2): "c", ("a", 0): "a"}) == {"a": ["a", "", "c"]}


def test_where_a_text_belongs() -> None:
    assert home_of(("labels", "questions")) == ()
    assert home_of(("dimensions", "questions", "title")) == ("dimensions", "questions")
    at = ("dimensions", "questions", "questions", "Q1")
    assert home_of((*at, "text")) == at


def _french(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["translations"]["fr"].update(changes)


def _trust(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["translations"]["fr"]["dimensions"]["trust"].update(changes)


UNKNOWN = "translations fr: there is no '{}' in the bank itself to be translated"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda data: data.update(translations=["fr"]),
            ["'translations' must be a mapping of at most 10 languages to their texts"],
        ),
        (
            lambda data: data.update(translations={f"a{chr(97 + n)}": {} for n in range(11)}),
            ["'translations' must be a mapping of at most 10 languages to their texts"],
        ),
        (
            lambda data: data["translations"].update(French={"title": "x"}),
            ["translations: 'French' must be a language’s code such as fr or pt-BR"],
        ),
        (
            lambda data: data["translations"].update(en={"title": "x"}),
            ["translations: en is the bank’s own language"],
        ),
        (
            lambda data: data["translations"].update(fr="Confiance"),
            ["translations: fr must be a mapping of keys to texts"],
        ),
        (_french(copyright="x"), [UNKNOWN.format("copyright")]),
        (_french(labels={"Maybe": "Peut-être"}), [UNKNOWN.format("labels, Maybe")]),
        (_french(labels={"0": "zéro"}), [UNKNOWN.format("labels, 0")]),
        (_french(title=["x"]), [UNKNOWN.format("title, 1")]),
        (_french(dimensions={"pain": {"title": "x"}}), [UNKNOWN.format("dimensions, pain, title")]),
        (_trust(advice=[{}, {}, {"title": "x"}]), [UNKNOWN.format("dimensions, trust, advice, 3, title")]),
        (
            _trust(questions={"SP1": {"text": "x"}}),
            [UNKNOWN.format("dimensions, trust, questions, SP1, text")],
        ),
        (_trust(source="x"), [UNKNOWN.format("dimensions, trust, source")]),
        (
            _french(reading={"outcomes": [{"title": "x"}]}),
            [UNKNOWN.format("reading, outcomes, 1, title")],
        ),
        (_french(title=5), ["translations fr: 'title' must be text; put it between quotes"]),
        (
            _french(title="a\x07"),
            ["translations fr: 'title' holds characters that cannot be shown; take them out"],
        ),
    ],
)  # fmt: skip
def test_each_mistake_is_told(change: Callable[[dict[str, Any]], object], told: list[str]) -> None:
    data = whole()
    change(data)
    assert complaints(data) == told


@pytest.mark.parametrize("at", PLACES, ids=lambda at: "-".join(map(str, at)))
def test_a_translation_may_be_half_as_long_again(at: Path) -> None:
    """Half as long again as the bank's own text may be at most at this place."""
    data = whole()
    for length, fits in ((longest(at) * 3 // 2, True), (longest(at) * 3 // 2 + 1, False)):
        data["translations"] = {"nl": nested_texts({at: "x" * length})}
        if fits:
            parse(data)
        else:
            assert f"must not be longer than {length - 1} characters" in complaints(data)[0]


@pytest.mark.parametrize(
    ("at", "length"),
    [
        (("title",), 120),
        (("introduction",), 4000),
        (("labels", "introduction"), 60),
        (("reading", "higher", "title"), 120),
        (("reading", "higher", "text"), 1000),
        (("reading", "outcomes", "questions", "text"), 1000),
        (("reading", "outcomes", "join", "title"), 120),
        (("dimensions", "trust", "title"), 80),
        (("dimensions", "trust", "in_sentence"), 80),
        (("dimensions", "trust", "question"), 300),
        (("dimensions", "trust", "what_it_is"), 4000),
        (("dimensions", "trust", "readings", "weak"), 600),
        (("dimensions", "questions", "advice", 0, "title"), 120),
        (("dimensions", "questions", "advice", 0, "text"), 1000),
        (("dimensions", "trust", "asked_of_members", 0), 300),
        (("dimensions", "trust", "questions", "TR1", "text"), 300),
        (("dimensions", "trust", "questions", "TR1", "text_of_peers"), 300),
        (("dimensions", "trust", "questions", "TR1", "help"), 300),
        (("dimensions", "trust", "questions", "TR1", "facet"), 120),
    ],
)
def test_how_long_the_banks_own_text_may_be(at: Path, length: int) -> None:
    assert longest(at) == length


def test_line_breaks_stay_in_paragraphs_alone() -> None:
    data = minimal()
    data["introduction"] = "One."
    data["dimensions"][0]["questions"][0]["labels"] = ["introduction", "", "", "", "b"]
    data["translations"] = {
        "fr": {"introduction": "Un.\nDeux.", "labels": {"introduction": "a\nb"}, "title": "c\nd"}
    }
    assert dict(parse(data).translations[0].texts) == {
        ("introduction",): "Un.\nDeux.",
        ("labels", "introduction"): "a b",
        ("title",): "c d",
    }


def test_a_draft_drops_what_it_does_not_say_any_more() -> None:
    data = whole()
    for question in data["dimensions"][0]["questions"]:
        question["weight"] = 1
    del data["dimensions"][0]["questions"][0]["text_of_peers"]
    data["dimensions"][0]["advice"].pop()
    del data["dimensions"][1]
    data["reading"] = {"rule": "mean"}
    with pytest.raises(Refused) as refusal:
        bank_document(data=data)
    assert refusal.value.details == [
        UNKNOWN.format(place)
        for place in (
            "reading, outcomes, join, title",
            "reading, outcomes, join-if, title",
            "dimensions, trust, advice, 2, title",
            "dimensions, trust, advice, 2, text",
            "dimensions, trust, questions, TR1, text_of_peers",
        )
    ]
    kept = [at for at, _text in bank_document(data=data, draft=True).translations[1].texts]
    assert ("dimensions", "trust", "questions", "TR1", "text") in kept
    assert not [at for at in kept if at[0] == "reading" or "advice" in at or "text_of_peers" in at]


def test_of_a_bank_that_is_wrong_itself_its_own_mistakes_alone_are_told() -> None:
    """One wrong code would else bring a complaint for each text below it."""
    data = whole()
    data["dimensions"][0]["code"] = "not a code"
    assert [line for line in complaints(data) if "translat" in line] == []
    data = whole()
    data["dimensions"][0]["code"] = "confidence"
    data["reading"] = {"rule": "mean"}
    assert complaints(data)[-1] == UNKNOWN.format("dimensions, trust, questions, TR2, text")


@pytest.mark.parametrize(
    ("page", "code", "name"),
    [
        ("en", "fr", "French"),
        ("fr", "fr", "français"),
        ("fr", "en", "anglais"),
        ("fr", "pt-br", "portugais brésilien"),
        ("fr", "tlh", "tlh"),
    ],
)
def test_a_language_is_called_as_a_sentence_of_the_page_has_it(
    page: str, code: str, name: str
) -> None:
    with override(page):
        assert language_name(code) == name


@pytest.mark.django_db
def test_a_heading_begins_large_and_a_sentence_holds_it_small(admin_client: Client) -> None:
    draft = draft_next_version(bank=german_bank(), by=None)
    admin_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    languages = admin_client.get(reverse("bank_languages", args=[draft.pk])).content.decode()
    assert '<h2 id="h-de">Allemand</h2>' in languages
    page = admin_client.get(reverse("bank", args=[draft.pk])).content.decode()
    assert "Textes manquants en allemand" in page
    assert "ceux en anglais." in page
    assert "<dt>Anglais, allemand, français et hébreu</dt>" in page
