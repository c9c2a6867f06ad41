"""Translations that stay as they were while the text that they translate is changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alliances.models import User
from assessments.models import Bank
from assessments.services.banks.checks import bank_document
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.drafts import draft_next_version
from assessments.services.banks.files import parse_bank
from assessments.services.banks.findings import findings_of
from assessments.services.banks.imports import import_draft, plan_import
from assessments.services.banks.parts import change_dimension, change_question
from assessments.services.banks.place_names import name_of
from assessments.services.banks.stale import stale_texts
from assessments.services.banks.store import import_bank
from tests.assessments.banks.drafts import dimension, question

T1 = ("dimensions", "trust", "questions", "T1", "text")
ADVICE = ("dimensions", "trust", "advice")


def _data(**keys: Any) -> dict[str, Any]:
    """French, in English and German; T2 has no German."""
    return {
        "code": "confiance",
        "version": 1,
        "language": "fr",
        "title": "Confiance",
        "dimensions": [
            {
                "code": "trust",
                "title": "La parole",
                "advice": [{"title": "Dire."}, {"title": "Tenir."}],
                "questions": [
                    {"code": "T1", "text": "Chacun tient parole.", "help": "Tous."},
                    {"code": "T2", "text": "Chacun écoute."},
                ],
            },
            {"code": "speed", "title": "Le pas", "questions": [{"code": "S1", "text": "Vite."}]},
        ],
        "translations": {
            "de": {"dimensions": {"trust": {"questions": {"T1": {"text": "Wir halten Wort."}}}}},
            "en": {
                "title": "Trust",
                "dimensions": {
                    "trust": {
                        "title": "One’s word",
                        "advice": [{"title": "Say it."}, {"title": "Keep it."}],
                        "questions": {
                            "T1": {"text": "Each keeps their word.", "help": "All."},
                            "T2": {"text": "Each listens."},
                        },
                    }
                },
            },
        },
    } | keys


def _after(change: Any, data: dict[str, Any] | None = None) -> BankDocument:
    """Version 2, made from version 1 by `change`."""
    data = json.loads(json.dumps(data or _data())) | {"version": 2, "since": 1}
    change(data)
    return bank_document(data=data, draft=True)


def _trust(data: dict[str, Any]) -> dict[str, Any]:
    return data["dimensions"][0]


def _english(data: dict[str, Any]) -> dict[str, Any]:
    return data["translations"]["en"]["dimensions"]["trust"]


BEFORE = bank_document(data=_data())


def _opposite(data: dict[str, Any]) -> None:
    _trust(data)["questions"][0]["text"] = "Personne ne tient parole."


def test_nothing_is_stale_where_nothing_changed() -> None:
    assert stale_texts(BEFORE, _after(lambda data: None)) == {}


def test_a_text_that_changed_in_one_language_alone() -> None:
    after = _after(_opposite)
    assert stale_texts(BEFORE, after) == {"de": {T1}, "en": {T1}}
    [found] = [one for one in findings_of(after, BEFORE) if one.kind == "stale"]
    assert (found.dimension, found.question) == ("trust", "T1")
    assert found.says == (
        "Changed in French and not in German and English: statement. Look at the translations."
    )
    assert "stale" not in [one.kind for one in findings_of(after)]


def test_a_translation_that_changed_too_is_not_stale() -> None:
    def change(data: dict[str, Any]) -> None:
        _opposite(data)
        _english(data)["questions"]["T1"]["text"] = "Nobody keeps their word."

    assert stale_texts(BEFORE, _after(change)) == {"de": {T1}}


def test_a_translation_that_is_new_or_gone_is_not_stale() -> None:
    def change(data: dict[str, Any]) -> None:
        _opposite(data)
        _trust(data)["questions"][1]["text"] = "Personne n’écoute."
        german = data["translations"]["de"]["dimensions"]["trust"]["questions"]
        del german["T1"]
        german["T2"] = {"text": "Niemand hört zu."}

    at = ("dimensions", "trust", "questions")
    assert stale_texts(BEFORE, _after(change)) == {"en": {(*at, "T1", "text"), (*at, "T2", "text")}}


def test_each_part_has_its_finding_and_names_what_changed() -> None:
    def change(data: dict[str, Any]) -> None:
        data["title"] = "Défiance"
        _trust(data)["title"] = "Le doute"
        _trust(data)["advice"][1]["title"] = "Rompre."
        _trust(data)["questions"][0] |= {"text": "Personne.", "help": "Aucun."}

    found = [one for one in findings_of(_after(change), BEFORE) if one.kind == "stale"]
    assert [(one.dimension, one.question, one.says.split(" and not in ")[1]) for one in found] == [
        ("", "", "English: title. Look at the translations."),
        ("trust", "", "English: title, step 2: title. Look at the translations."),
        ("trust", "T1", "German and English: statement. Look at the translations."),
        ("trust", "T1", "English: help. Look at the translations."),
    ]


def test_a_question_in_another_dimension_is_known_by_its_code() -> None:
    def change(data: dict[str, Any]) -> None:
        _opposite(data)
        data["dimensions"][1]["questions"].append(_trust(data)["questions"].pop(0))
        for texts in data["translations"].values():
            moved = texts["dimensions"]["trust"]["questions"].pop("T1")
            texts["dimensions"]["speed"] = {"questions": {"T1": moved}}

    at = ("dimensions", "speed", "questions", "T1", "text")
    assert stale_texts(BEFORE, _after(change)) == {"de": {at}, "en": {at}}


def test_steps_that_change_places_with_their_translations_are_not_stale() -> None:
    def both(data: dict[str, Any]) -> None:
        _trust(data)["advice"].reverse()
        _english(data)["advice"].reverse()

    def own_alone(data: dict[str, Any]) -> None:
        _trust(data)["advice"].reverse()

    assert stale_texts(BEFORE, _after(both)) == {}
    assert stale_texts(BEFORE, _after(own_alone)) == {
        "en": {(*ADVICE, 0, "title"), (*ADVICE, 1, "title")}
    }


def test_a_step_that_moved_up_and_was_reworded_is_stale() -> None:
    def change(data: dict[str, Any]) -> None:
        _trust(data)["advice"] = [{"title": "Rompre."}]
        _english(data)["advice"] = [{"title": "Keep it."}]

    assert stale_texts(BEFORE, _after(change)) == {"en": {(*ADVICE, 0, "title")}}


def test_a_bank_that_is_written_in_another_of_its_languages_by_now() -> None:
    """English becomes its own language, French a translation: the same texts, but for T2."""
    short = {
        "code": "t",
        "version": 1,
        "language": "fr",
        "dimensions": [
            {
                "code": "trust",
                "questions": [{"code": "T1", "text": "Oui."}, {"code": "T2", "text": "Non."}],
            }
        ],
    }
    english = {"questions": {"T1": {"text": "Yes."}, "T2": {"text": "No."}}}
    before = bank_document(
        data=short | {"translations": {"en": {"dimensions": {"trust": english}}}}
    )

    def change(data: dict[str, Any]) -> None:
        data["language"] = "en"
        questions = _trust(data)["questions"]
        questions[0]["text"], questions[1]["text"] = "Yes.", "Perhaps."
        french = {"questions": {"T1": {"text": "Oui."}, "T2": {"text": "Non."}}}
        data["translations"] = {"fr": {"dimensions": {"trust": french}}}

    at = ("dimensions", "trust", "questions", "T2", "text")
    assert stale_texts(before, _after(change, short)) == {"fr": {at}}


# Through forms, files and pages ------------------------------------------------------------------


@pytest.fixture
def draft(db: None) -> Bank:
    published = import_bank(document=parse_bank(text=json.dumps(_data())))
    return draft_next_version(bank=published, by=None)


def test_what_is_changed_in_the_form_is_told_on_the_pages(
    admin_client: Client, draft: Bank, ada: User
) -> None:
    row = question(draft, "T1")
    change_question(
        question=row, edition=row.edition, by=ada, data={"text": "Personne ne tient parole."}
    )
    part = dimension(draft)
    change_dimension(dimension=part, edition=part.edition, by=ada, data={"title": "Le doute"})
    told = "Changed in French and not in German and English: statement. Look at the translations."
    for name in ("bank", "bank_publish"):
        page = admin_client.get(reverse(name, args=[draft.pk])).content.decode()
        assert page.count(told) == 1
        assert page.count("Changed in French and not in English: title.") == 1
    languages = admin_client.get(reverse("bank_languages", args=[draft.pk])).content.decode()
    assert languages.count("1 stayed as it was while the original changed") == 1
    assert languages.count("2 stayed as they were while the original changed") == 1
    address = reverse("bank_translate", args=[draft.pk, "en", 1])
    page = admin_client.get(address).content.decode()
    assert page.count("The original has changed since this was translated.") == 2


def test_what_a_file_changes_in_one_language_alone_is_told_on_the_page(
    admin_client: Client, draft: Bank
) -> None:
    document = _after(_opposite)
    import_draft(document=document, by=None, over=plan_import(document).over)
    page = admin_client.get(reverse("bank", args=[draft.pk])).content.decode()
    assert page.count("Changed in French and not in German and English: statement.") == 1


def test_texts_of_a_reading_are_named_by_what_they_tell() -> None:
    at = ("reading", "outcomes", "wait", "text")
    own = {("reading", "outcomes", "wait", "title"): "Wait a year", at: "Ask again."}
    assert name_of(at, own) == "Wait a year: text"
    told = ("reading", "higher", "title")
    assert name_of(told, {told: "High."}) == "Sees oneself higher than peers do: title"
    assert name_of(T1, {T1: "Yes."}) == "T1: statement"
