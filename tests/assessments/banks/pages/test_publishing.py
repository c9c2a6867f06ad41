"""A draft is compared, checked and published."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Bank
from assessments.services.banks.documents import bank_digest
from assessments.services.banks.files import parse_bank
from assessments.services.banks.imports import import_draft
from assessments.services.banks.parts import change_question
from assessments.services.banks.rows import document_of
from tests.assessments.banks.pages.forms import fields, text
from tests.factories import make_bank

pytestmark = pytest.mark.django_db


def test_two_versions_stand_side_by_side(curator: Client, draft: Bank) -> None:
    """Each text as it was and as it is, with the words that differ marked."""
    question = draft.questions.get(code="A1")
    change_question(question=question, edition=1, by=None, data={"text": "Statement X1."})
    before = Bank.objects.get(code="small", version=1)
    page = text(curator.get(reverse("bank_compare", args=[draft.pk, before.pk])))
    assert "Version 2 beside version 1" in page
    before_text, now = page.split("Before</p>")[1].split("Now</p>")
    assert "Statement A1." in before_text
    assert "</span>A1</del>" in now
    assert "</span>X1</ins>" in now
    same = text(curator.get(reverse("bank_compare", args=[before.pk, before.pk])))
    assert "Both say the same." in same
    other = make_bank("other")
    assert curator.get(reverse("bank_compare", args=[draft.pk, other.pk])).status_code == 404


def test_publishing_asks_for_each_change_and_for_what_was_seen(
    curator: Client, draft: Bank
) -> None:
    question = draft.questions.get(code="A1")
    change_question(question=question, edition=1, by=None, data={"text": "Other words."})
    turned = draft.questions.get(code="B1")
    change_question(question=turned, edition=1, by=None, data={"reverse": True})
    address = reverse("bank_publish", args=[draft.pk])
    page = curator.get(address)
    given = fields(page)
    assert 'name="mark-A1"' in text(page)
    assert 'name="mark-B1"' not in text(page)
    unmarked = curator.post(address, {"seen": given["seen"]})
    assert unmarked.status_code == 422
    assert "A1 was changed (Statement): mark it as wording" in text(unmarked)
    draft.refresh_from_db()
    assert draft.status == "draft"
    change_question(
        question=draft.questions.get(code="C1"), edition=1, by=None, data={"help": "New."}
    )
    stale = curator.post(address, {"seen": given["seen"], "mark-A1": "wording"})
    assert stale.status_code == 422
    assert "Somebody changed the draft while you were looking." in text(stale)
    given = fields(curator.get(address))
    done = curator.post(
        address, {"seen": given["seen"], "mark-A1": "wording", "mark-C1": "meaning"}
    )
    assert done.status_code == 302
    draft.refresh_from_db()
    assert draft.status == "published"
    assert draft.published_by is not None
    assert dict(draft.questions.exclude(change="").values_list("code", "change")) == {
        "A1": "wording",
        "B1": "meaning",
        "C1": "meaning",
    }
    assert bank_digest(document_of(draft)) == draft.digest


def test_what_is_not_whole_says_so_and_has_no_button(curator: Client) -> None:
    curator.post(reverse("bank_new"), {"title": "Harbour watch", "language": "en"})
    bank = Bank.objects.get(code="harbour-watch")
    page = curator.get(reverse("bank_publish", args=[bank.pk]))
    assert "Not yet." in text(page)
    assert "Publish version" not in text(page)
    refused = curator.post(reverse("bank_publish", args=[bank.pk]), {"seen": "x"})
    assert refused.status_code == 422
    bank.refresh_from_db()
    assert bank.status == "draft"


def test_what_is_worth_a_look_is_quoted_in_the_language_in_which_it_was_found(
    curator: Client,
) -> None:
    question = {"code": "W1", "text": "Chacun veille et écrit."}
    data = {
        "code": "watch",
        "version": 1,
        "language": "fr",
        "dimensions": [{"code": "crew", "questions": [question]}],
        "translations": {
            "en": {
                "dimensions": {
                    "crew": {"questions": {"W1": {"text": "It is not uncommon to watch."}}}
                }
            }
        },
    }
    stored = import_draft(document=parse_bank(text=json.dumps(data)), by=None)
    page = text(curator.get(reverse("bank_publish", args=[stored.pk])))
    assert (
        "It denies twice (English). Say it the other way round.<br>"
        "<span>“It is not uncommon to watch.”</span>"
    ) in page
    assert '<span lang="fr">“Chacun veille et écrit.”</span>' in page
    assert "It names no facet.<br>“Chacun veille et écrit.”" in page
