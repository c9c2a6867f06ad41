"""A bank is translated on its pages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from assessments.forms.banks.languages import TranslationForm
from assessments.models import Bank
from assessments.services.banks.files import parse_bank
from assessments.services.banks.imports import import_draft
from assessments.services.banks.languages import PartTexts
from assessments.services.banks.rows import document_of
from tests.assessments.banks.documents import whole
from tests.assessments.banks.pages.forms import fields, text
from tests.form_fields import forms_of

pytestmark = pytest.mark.django_db


def test_a_part_is_translated_and_what_is_missing_is_told(curator: Client, draft: Bank) -> None:
    languages = reverse("bank_languages", args=[draft.pk])
    begun = curator.post(languages, {"language": "fr"})
    assert begun.headers["Location"] == reverse("bank_translate", args=[draft.pk, "fr", 0])
    assert curator.post(languages, {"language": "en"}).status_code == 422
    address = reverse("bank_translate", args=[draft.pk, "fr", 1])
    page = curator.get(address)
    names = [name for name in fields(page) if name.startswith("text_")]
    # Title, in a sentence, question; of each of three questions the statement and the help.
    assert len(names) == 3 + 3 * 2
    given = fields(page) | {"text_1": "Première partie", "text_4": "Énoncé A1."}
    answer = curator.post(address, given)
    assert answer.headers["Location"] == reverse("bank_translate", args=[draft.pk, "fr", 2])
    dimension = draft.dimensions.get(code="part-1")
    assert dimension.translations == {"fr": {"title": "Première partie"}}
    assert draft.questions.get(code="A1").translations == {"fr": {"text": "Énoncé A1."}}
    assert "7 of 9 are missing" in text(curator.get(languages))
    overtaken = curator.post(address, given | {"text_1": "Autre titre"})
    assert overtaken.status_code == 409
    assert "Première partie" in text(overtaken)
    assert "Autre titre" in text(overtaken)
    curator.post(address, fields(overtaken))
    dimension.refresh_from_db()
    assert dimension.translations == {"fr": {"title": "Autre titre"}}
    removal = reverse("bank_language_remove", args=[draft.pk, "fr"])
    assert removal in text(curator.get(languages))
    asked = text(curator.get(removal))
    assert "Take French out of this draft?" in asked
    assert "Its texts in this draft are gone: 2." in asked
    assert document_of(Bank.objects.get(pk=draft.pk)).languages == ("en", "fr")
    assert curator.post(removal).headers["Location"] == languages
    assert document_of(Bank.objects.get(pk=draft.pk)).languages == ("en",)
    own = reverse("bank_language_remove", args=[draft.pk, "en"])
    assert curator.get(own).status_code == 404


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_new_bank_is_proposed_in_the_language_of_the_page(curator: Client, language: str) -> None:
    curator.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert fields(curator.get(reverse("bank_new")))["language"] == language


def test_what_is_translated_comes_back_unchanged_where_nothing_is_written(curator: Client) -> None:
    """A short introduction of two paragraphs too, which a field for one line would join."""
    data = whole() | {"introduction": "One.\n\nTwo.", "code": "short"}
    stored = import_draft(document=parse_bank(text=json.dumps(data)), by=None)
    before = document_of(stored, draft=True)
    assert dict(before.translations[1].texts)["introduction",] == "Un.\n\nDeux."
    for number in range(3):
        address = reverse("bank_translate", args=[stored.pk, "fr", number])
        page = curator.get(address)
        assert curator.post(address, as_browser(page)).status_code == 302
        assert document_of(Bank.objects.get(pk=stored.pk), draft=True) == before


def as_browser(page: Any) -> dict[str, str]:
    """What a browser sends: a field for one line has no line breaks."""
    [form] = [form for form in forms_of(page.content.decode()) if "seen" in form.fields]
    return {
        name: field.value.replace("\n", "\r\n" if field.kind == "textarea" else "")
        for name, field in form.fields.items()
    }


@pytest.mark.parametrize(
    ("at", "texts", "widget"),
    [
        (("introduction",), ("Hi.", ""), "Textarea"),
        (("title",), ("T" * 100, ""), "TextInput"),
        (("title",), ("T", "A\nB"), "Textarea"),
        (("labels", "introduction"), ("introduction", ""), "TextInput"),
        (("dimensions", "a", "in_sentence"), ("the a", ""), "TextInput"),
        (("dimensions", "a", "what_it_is"), ("It is.", ""), "Textarea"),
        (("dimensions", "a", "readings", "weak"), ("Low.", ""), "Textarea"),
        (("dimensions", "a", "advice", 0, "title"), ("Do.", ""), "TextInput"),
        (("dimensions", "a", "advice", 0, "text"), ("Do it.", ""), "Textarea"),
        (("dimensions", "a", "asked_of_members", 0), ("Come.", ""), "Textarea"),
        (("dimensions", "a", "questions", "A1", "help"), ("All.", ""), "Textarea"),
        (("reading", "higher", "text"), ("More.", ""), "Textarea"),
    ],
)
def test_the_place_says_how_a_translation_is_written(
    at: Any, texts: tuple[str, str], widget: str
) -> None:
    own, translated = texts
    part = PartTexts({at: own}, {at: translated} if translated else {})
    form = TranslationForm(part=part, language="fr")
    assert type(form.fields["text_1"].widget).__name__ == widget
