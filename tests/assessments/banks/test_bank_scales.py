"""The scales that are offered, in the language that the bank is written in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from assessments.models import Bank
from assessments.services.banks.checks import AGREEMENT, bank_document
from assessments.services.banks.drafts import create_bank
from assessments.services.banks.findings import Finding, findings_of
from assessments.services.banks.parts import add_dimension
from assessments.services.banks.scales import usual_scales, worded_scales
from assessments.services.banks.store import shipped_bank
from tests.form_fields import forms_of


def test_agreement_in_english_is_what_a_file_takes_that_names_no_labels() -> None:
    with override("fr"):
        assert worded_scales("en")[0] == (1, 5, AGREEMENT)
        assert worded_scales("en-GB")[3] == (0, 1, ("No", "Yes"))


def test_a_language_of_which_no_words_are_known_is_offered_figures_alone() -> None:
    assert worded_scales("de") == []
    assert usual_scales("de") == [(0, 10, ("0", "", "", "", "", "", "", "", "", "", "10"))]


def _begun(language: str) -> Bank:
    bank = create_bank(code="watch", title="Watch", language=language, by=None)
    add_dimension(bank=bank, by=None, data={"code": "crew", "title": "Crew"})
    return bank


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "chosen", "is_open"), [("en", "0", False), ("de", "own", True)]
)
def test_a_first_question_without_ready_words_has_the_fields_for_its_own_open(
    admin_client: Client, language: str, chosen: str, is_open: bool
) -> None:
    dimension = _begun(language).dimensions.get()
    page = admin_client.get(reverse("question_new", args=[dimension.pk])).content.decode()
    [form] = [form for form in forms_of(page) if "scale" in form.fields]
    assert form.fields["scale"].chosen == [chosen]
    assert form.fields["labels"].value.strip() == ""
    assert ('nb-own-scale" open' in page) is is_open


def _document(language: str, **question: object) -> object:
    asked = [{"code": f"T{number}", "text": f"Satz {number}."} for number in (1, 2)]
    return {
        "code": "tiny",
        "version": 1,
        "language": language,
        "dimensions": [{"code": "trust", "questions": [asked[0], asked[1] | question]}],
    }


def _of_labels(data: object) -> list[Finding]:
    found = findings_of(bank_document(data=data))
    return [finding for finding in found if finding.kind == "labels"]


def test_labels_that_stayed_english_are_told() -> None:
    assert _of_labels(_document("de")) == [
        Finding(
            "labels",
            "The texts are in German, and the labels of these scales in English: T1 and T2. "
            "Choose a scale in German, or write its labels.",
        )
    ]
    done = {"min": 0, "max": 2, "labels": ["Not begun", "Under way", "Done"]}
    assert "English: T1 and T2." in _of_labels(_document("de", **done))[0].says
    own = {"min": 0, "max": 1, "labels": ["Nein", "Ja"]}
    assert "English: T1. " in _of_labels(_document("de", **own))[0].says
    assert _of_labels(_document("en")) == _of_labels(_document("en-GB")) == []


def test_in_french_they_are_those_of_the_shipped_banks() -> None:
    """Each label is translated there; of two answers alone, in none."""
    shipped = {
        at[1]: text
        for code in ("readiness", "working-relationship", "start-up-checklist")
        for translation in shipped_bank(code).translations
        if translation.language == "fr"
        for at, text in translation.texts
        if at[0] == "labels"
    }
    *scales, (_least, _most, two) = worded_scales("fr-CA")
    assert two == ("Non", "Oui")
    assert scales[0][2][0] == "Pas du tout d’accord"
    assert [labels for _least, _most, labels in scales] == [
        tuple(shipped[label] for label in labels)
        for _least, _most, labels in worded_scales("en")[:3]
    ]


@pytest.mark.django_db
def test_a_first_question_of_a_bank_in_french_is_stored_with_french_labels(
    admin_client: Client,
) -> None:
    bank = _begun("fr")
    address = reverse("question_new", args=[bank.dimensions.get().pk])
    given = {"text": "Chacun veille.", "code": "C1", "scale": "0", "weight": "1"}
    assert admin_client.post(address, given).status_code == 302
    assert bank.questions.get().labels == [
        "Pas du tout d’accord",
        "Plutôt pas d’accord",
        "Ni d’accord ni pas d’accord",
        "Plutôt d’accord",
        "Tout à fait d’accord",
    ]
