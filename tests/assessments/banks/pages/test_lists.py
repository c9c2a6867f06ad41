"""Who writes banks, and the pages on which they stand."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from assessments.services.banks.drafts import draft_next_version
from tests.assessments.banks.pages.forms import text
from tests.factories import make_bank, make_user

pytestmark = pytest.mark.django_db


def test_somebody_who_was_given_the_permission_writes_banks_without_being_admin(
    client: Client,
) -> None:
    person = make_user("curator@example.org")
    client.force_login(person)
    assert client.get(reverse("banks")).status_code == 404
    assert "Question banks" not in text(client.get(reverse("home")))
    person.user_permissions.add(Permission.objects.get(codename="change_bank"))
    assert client.get(reverse("banks")).status_code == 200
    assert reverse("banks") in text(client.get(reverse("home")))
    assert client.get(reverse("admin:index")).status_code == 302


def test_the_list_takes_as_many_queries_for_ten_banks_as_for_one(
    curator: Client, django_assert_num_queries: Any
) -> None:
    make_bank("first")
    with django_assert_num_queries(3):  # session, user, banks
        curator.get(reverse("banks"))
    for number in range(9):
        draft_next_version(bank=make_bank(f"bank-{number}"), by=None)
    with django_assert_num_queries(3):
        page = curator.get(reverse("banks"))
    assert text(page).count("is asked.") == 10
    assert text(page).count("Version 2 is a draft.") == 9


@pytest.mark.parametrize("shape", [(1,), (10,) * 6])
def test_a_page_takes_as_many_queries_for_sixty_questions_as_for_one(
    curator: Client, django_assert_num_queries: Any, shape: tuple[int, ...]
) -> None:
    bank = make_bank("small", shape=shape, status="draft")
    # session, user, bank; rows as a document (2), to look at (2), to see whether it is whole (2);
    # versions
    with django_assert_num_queries(10):
        curator.get(reverse("bank", args=[bank.pk]))


def test_a_published_version_has_no_page_that_changes_it(curator: Client) -> None:
    bank = make_bank("small")
    dimension, question = bank.dimensions.first(), bank.questions.first()
    assert dimension is not None
    assert question is not None
    for name, pk in (
        ("bank_edit", bank.pk),
        ("bank_reading", bank.pk),
        ("bank_publish", bank.pk),
        ("bank_discard", bank.pk),
        ("bank_languages", bank.pk),
        ("bank_import_into", bank.pk),
        ("dimension_new", bank.pk),
        ("dimension_edit", dimension.pk),
        ("dimension_remove", dimension.pk),
        ("question_new", dimension.pk),
        ("question_edit", question.pk),
        ("question_remove", question.pk),
    ):
        assert curator.get(reverse(name, args=[pk])).status_code == 404, name
        assert curator.post(reverse(name, args=[pk]), {"text": "x"}).status_code == 404, name
    assert "/edit/" not in text(curator.get(reverse("bank", args=[bank.pk])))


def test_the_preview_shows_what_a_respondent_reads_and_saves_nothing(curator: Client) -> None:
    bank = make_bank("small", status="draft")
    page = curator.get(reverse("bank_preview", args=[bank.pk, 2]))
    assert "Statement B1." in text(page)
    assert "Help for B2." in text(page)
    assert text(page).count('type="radio"') == 2 * (5 + 2)
    assert "A preview: nothing is saved." in text(page)
    assert 'method="post"' not in text(page)
    assert "autosave" not in text(page)
    assert curator.get(reverse("bank_preview", args=[bank.pk, 4])).status_code == 404


def test_the_form_on_paper_is_a_pdf(curator: Client) -> None:
    bank = make_bank("small", status="draft")
    answer = curator.get(reverse("bank_paper", args=[bank.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert "Statement A1." in pages[0]
    assert all("draft of version 1" in page for page in pages)
    assert curator.get(reverse("bank_paper", args=[bank.pk]) + "?language=fr").status_code == 404
