"""Banks in the reader's language: what is translated, what falls back, and where it is read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from assessments.models import Bank, Result
from assessments.models.speech import bank_said, dimension_said, language_of, question_said
from assessments.reports.texts import texts_of
from assessments.services.asking import read_instruments, with_elements
from assessments.services.banks.files import parse_bank
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import import_bank, shipped_bank, shipped_codes
from assessments.services.banks.texts import texts_in
from assessments.services.rounds import close_round
from assessments.services.working_rules_check import read_rules_check
from tests.factories import make_alliance, make_response, make_round

pytestmark = pytest.mark.django_db


def bilingual() -> Bank:
    """English with French; the second statement, one label and one step are English alone."""
    data = {
        "code": "deux",
        "version": 1,
        "title": "Two things",
        "introduction": "Say how it stands.",
        "reading": {
            "rule": "decision",
            "outcomes": [
                {
                    "code": "go",
                    "title": "Go",
                    "text": "All is well.",
                    "when": {"all": [{"dimension": "trust", "bands": ["strong"]}]},
                },
                {"code": "wait", "title": "Wait", "text": "Not yet.", "conditions": True},
            ],
        },
        "scale": {"min": 1, "max": 3, "labels": ["No", "In part", "Yes"]},
        "dimensions": [
            {
                "code": "trust",
                "title": "Trust",
                "in_sentence": "trust",
                "question": "Is there trust?",
                "readings": {"strong": "There is.", "weak": "There is none."},
                "advice": [
                    {"title": "Meet.", "text": "Once a week."},
                    {"title": "Talk.", "text": "About it."},
                ],
                "asked_of_members": ["Come."],
                "questions": [
                    {"code": "T1", "text": "We trust each other.", "help": "All of us."},
                    {"code": "T2", "text": "We keep our word."},
                ],
            }
        ],
        "translations": {
            "fr": {
                "title": "Deux choses",
                "introduction": "Dites où en sont les choses.",
                "labels": {"No": "Non", "Yes": "Oui"},
                "reading": {
                    "outcomes": {
                        "go": {"title": "Avancer", "text": "Tout va bien."},
                        "wait": {"title": "Attendre"},
                    }
                },
                "dimensions": {
                    "trust": {
                        "title": "Confiance",
                        "in_sentence": "la confiance",
                        "readings": {"strong": "Elle est là."},
                        "advice": [{}, {"title": "Parlez-en."}],
                        "asked_of_members": ["Venez."],
                        "questions": {"T1": {"text": "Nous nous faisons confiance."}},
                    }
                },
            }
        },
    }
    return import_bank(document=parse_bank(text=json.dumps(data)))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("fr", "fr"), ("fr-ca", "fr"), ("en", "en"), ("en-gb", "en"), ("de", "en"), ("FR", "fr")],
)
def test_the_language_that_is_read(wanted: str, found: str) -> None:
    assert language_of(bilingual(), wanted) == found


def test_the_language_is_that_of_the_page() -> None:
    bank = bilingual()
    with translation.override("fr"):
        assert language_of(bank) == "fr"
        assert bank.said.title == "Deux choses"
    with translation.override("en"):
        assert bank.said.title == "Two things"
    assert bank.title == "Two things"


def test_what_is_missing_is_read_in_the_banks_own_language() -> None:
    bank = bilingual()
    said = bank_said(bank, "fr")
    assert (said.title, said.introduction) == ("Deux choses", "Dites où en sont les choses.")
    assert [(one["title"], one["text"]) for one in said.reading["outcomes"]] == [
        ("Avancer", "Tout va bien."),
        ("Attendre", "Not yet."),
    ]
    assert said.reading["outcomes"][0]["when"] == bank.reading["outcomes"][0]["when"]
    dimension = bank.dimensions.get()
    trust = dimension_said(dimension, "fr", bank)
    assert (trust.title, trust.in_sentence, trust.question) == (
        "Confiance",
        "la confiance",
        "Is there trust?",
    )
    assert trust.readings == {"strong": "Elle est là.", "weak": "There is none."}
    assert trust.advice == [
        {"title": "Meet.", "text": "Once a week."},
        {"title": "Parlez-en.", "text": "About it."},
    ]
    assert trust.asked_of_members == ["Venez."]
    one, two = (question_said(q, "fr", bank) for q in dimension.questions.all())
    assert (one.text, one.help) == ("Nous nous faisons confiance.", "All of us.")
    assert one.labels == ["Non", "In part", "Oui"]
    assert two.text == "We keep our word."


def test_nothing_that_is_said_is_stored() -> None:
    bank = bilingual()
    before = document_of(bank)
    bank_said(bank, "fr")
    dimension = bank.dimensions.get()
    dimension_said(dimension, "fr", bank)
    assert dimension.advice[1]["title"] == "Talk."
    assert document_of(Bank.objects.get()) == before


@pytest.mark.parametrize("code", shipped_codes())
def test_every_shipped_text_is_said_in_french(code: str) -> None:
    """Rows say the same as the file, text by text."""
    document = shipped_bank(code)
    bank = import_bank(document=document)
    file = texts_in(document, "fr")
    said = bank_said(bank, "fr")
    assert said.title == file[("title",)]
    assert said.introduction == file[("introduction",)]
    for outcome in said.reading.get("outcomes", ()):
        assert outcome["title"] == file[("reading", "outcomes", outcome["code"], "title")]
    for dimension in bank.dimensions.all():
        at = ("dimensions", dimension.code)
        trait = dimension_said(dimension, "fr", bank)
        assert trait.title == file[(*at, "title")]
        for place, step in enumerate(trait.advice):
            assert step["title"] == file[(*at, "advice", place, "title")]
        for question in dimension.questions.all():
            item = question_said(question, "fr", bank)
            assert item.text == file[(*at, "questions", question.code, "text")]
            assert item.labels == [file.get(("labels", label), label) for label in question.labels]


def test_the_respondent_reads_it() -> None:
    bank = bilingual()
    made = make_round(bank=bank)
    client = Client()
    client.post(made.link())
    with translation.override("fr"):
        page = client.get(
            f"/questionnaire/{made.round.pk}/1/", headers={"accept-language": "fr"}
        ).content.decode()
    for text in ("Confiance", "Nous nous faisons confiance.", "Oui", "We keep our word."):
        assert text in page
    assert "We trust each other." not in page


def closed(bank: Bank) -> Result:
    made = make_round(make_alliance(), bank, mode="open", threshold=1)
    make_response(made, 0, answers={"T1": 1, "T2": 1}, submitted=True)
    return close_round(round=made.round)


def test_a_result_is_read_in_it_and_published_in_none() -> None:
    result = closed(bilingual())
    with translation.override("fr"):
        texts = texts_of(result.round.bank)
    assert texts.title == "Deux choses"
    assert texts.element("trust").in_sentence == "la confiance"
    assert texts.told["wait"].title == "Attendre"
    assert texts.element("trust").statements["T1"].text == "Nous nous faisons confiance."
    written: Any = json.dumps(result.document, ensure_ascii=False)
    assert "Confiance" not in written
    assert "Trust" not in written


def test_what_can_be_asked_is_told_in_it() -> None:
    bilingual()
    alliance = make_alliance()
    with translation.override("fr"):
        [one] = with_elements(read_instruments(alliance))
        assert one.bank.said.title == "Deux choses"
        assert one.outcomes == ["Avancer", "Attendre"]
        assert one.elements == ["Confiance"]


def test_the_check_of_the_rules_is_called_by_its_name_before_there_are_any() -> None:
    alliance = make_alliance()
    assert read_rules_check(alliance).title == "Working rules check"
    with translation.override("fr"):
        assert read_rules_check(alliance).title == "Point sur les règles de travail"
