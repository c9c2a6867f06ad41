"""A bank is brought in and taken out as a file."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from assessments.models import Bank, Question
from assessments.services.banks.documents import bank_digest
from assessments.services.banks.files import parse_bank, write_bank
from assessments.services.banks.parts import change_question
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import latest_bank, shipped_bank
from assessments.services.banks.tables.sheets import write_table
from tests.assessments.banks.pages.forms import fields, text
from tests.factories import make_bank

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("format", ["yaml", "json"])
def test_what_is_exported_comes_back_the_same(curator: Client, format: str) -> None:
    bank = latest_bank("readiness")
    answer = curator.get(reverse("bank_export", args=[bank.pk, format]))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="readiness-v2.{format}"'
    assert bank_digest(parse_bank(text=answer.content.decode())) == bank.digest
    look = upload(curator, answer.content, f"readiness.{format}")
    assert "says the same to the letter" in text(look)


def upload(client: Client, content: bytes, name: str, address: str = "") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(address or reverse("bank_import"), {"step": "look", "file": file})


def test_a_file_is_looked_at_and_then_stored_as_a_draft(curator: Client) -> None:
    bank = make_bank("small")
    content = write_bank(document=document_of(bank)).replace("version: 1", "version: 2", 1)
    content = content.replace("Statement A1.", "Statement one.")
    look = upload(curator, content.encode(), "small.yaml")
    assert look.status_code == 200
    assert "A new version after version 1." in text(look)
    assert "Statement one." in text(look)
    assert Bank.objects.count() == 1
    stored = curator.post(reverse("bank_import"), fields(look))
    draft = Bank.objects.get(version=2)
    assert stored.headers["Location"] == f"/banks/{draft.pk}/"
    assert (draft.status, draft.questions.get(code="A1").text) == ("draft", "Statement one.")
    # Once more with other words: it takes the draft's place, unless that changed meanwhile.
    look = upload(curator, content.replace("one.", "two.").encode(), "small.yaml")
    assert "It would replace the draft." in text(look)
    change_question(
        question=draft.questions.get(code="A1"), edition=1, by=None, data={"text": "Mine."}
    )
    refused = curator.post(reverse("bank_import"), fields(look))
    assert refused.status_code == 422
    assert "The draft was changed meanwhile." in text(refused)
    assert draft.questions.get(code="A1").text == "Mine."


def test_a_table_goes_into_a_draft(curator: Client, draft: Bank) -> None:
    into = reverse("bank_import_into", args=[draft.pk])
    table = curator.get(reverse("bank_export", args=[draft.pk, "csv"])).content
    changed = table.replace(b"Statement A2.", b"Statement two.")
    alone = upload(curator, changed, "small.csv")
    assert alone.status_code == 422
    assert "Open its draft" in text(alone)
    look = upload(curator, changed, "small.csv", into)
    assert "It would replace the draft." in text(look)
    # Beside the draft, and so no word of marks, which speak of the version before.
    assert "Statement two." in text(look)
    assert "compared" not in text(look)
    curator.post(into, fields(look))
    assert draft.questions.get(code="A2").text == "Statement two."
    assert draft.dimensions.get(code="part-1").question == "How does part 1 stand?"


def test_a_workbook_comes_back_the_same(curator: Client, draft: Bank) -> None:
    content = curator.get(reverse("bank_export", args=[draft.pk, "xlsx"])).content
    sheet = load_workbook(io.BytesIO(content))["Questions"]
    assert [cell.value for cell in next(iter(sheet.rows))][:4] == [
        "dimension",
        "dimension_title",
        "code",
        "text",
    ]
    look = upload(curator, content, "small.xlsx", reverse("bank_import_into", args=[draft.pk]))
    assert "It says what the draft says." in text(look)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"code: !!python/object/apply:os.system ['true']\n", "a.yaml", "tags (!) are not taken"),
        (b"x: " + b"[" * 2000, "a.yaml", "nested deeper than any question bank"),
        (b"<script>alert(1)</script>: 1\n", "a.yaml", "&lt;script&gt;alert(1)"),
        (b"x" * 1_100_000, "a.yaml", "larger than 1 MB"),
        (b"x" * 3_900_000, "a.xlsx", "larger than 1 MB"),
        (b"\xff\xfe\x00", "a.yaml", "not text in UTF-8"),
        (b"", "a.yaml", "must be a mapping of keys to values"),
        (b"code,text\n=1+1,x\n", "<script>alert(1)</script>.csv", ""),
        (b"PK\x03\x04 no archive", "a.xlsx", ""),
        (b"not a zip", "a.xlsx", "is called a workbook and is none"),
    ],
)
def test_hostile_files_end_in_a_refusal(
    curator: Client, draft: Bank, content: bytes, name: str, said: str
) -> None:
    before = list(Question.objects.values_list("pk", "text"))
    for address in (reverse("bank_import"), reverse("bank_import_into", args=[draft.pk])):
        answer = upload(curator, content, name, address)
        assert answer.status_code == 422
        assert said in text(answer)
        assert "<script>alert" not in text(answer)
    assert list(Question.objects.values_list("pk", "text")) == before
    assert Bank.objects.count() == 2


def test_what_travels_in_the_page_is_read_without_trust(curator: Client) -> None:
    for document in ("", "[" * 100_000, "code: !!python/object:x y", '{"code": "x"}'):
        answer = curator.post(reverse("bank_import"), {"step": "store", "document": document})
        assert answer.status_code == 422
    assert Bank.objects.count() == 0


def test_a_page_with_a_slip_begins_at_the_field(curator: Client, draft: Bank) -> None:
    dimension = draft.dimensions.first()
    assert dimension is not None
    answer = curator.post(
        reverse("question_new", args=[dimension.pk]), {"text": "We meet.", "code": "", "scale": "0"}
    )
    assert answer.status_code == 422
    assert re.findall(r'name="(\w+)"[^>]* autofocus', answer.content.decode()) == ["code"]


def test_that_a_workbook_names_no_reading_is_said_of_a_new_bank(curator: Client) -> None:
    said = "The tables name no other reading"
    for code, told in (("readiness", True), ("strategic-or-tactical", False)):
        content = write_table(replace(shipped_bank(code), code="mine"), "xlsx")
        page = text(upload(curator, content, "mine.xlsx", reverse("bank_import")))
        assert (said in page) is told


def test_a_large_file_is_refused_before_it_is_read(
    curator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_arguments: Any) -> bytes:
        raise AssertionError("It is read.")

    monkeypatch.setattr(TemporaryUploadedFile, "read", read, raising=False)
    answer = upload(curator, b"x" * 3_900_000, "a.yaml", reverse("bank_import"))
    assert answer.status_code == 422
    assert "larger than 1 MB" in text(answer)


def test_languages_that_a_published_bank_lacks_stay_in_sight(curator: Client) -> None:
    page = text(curator.get(reverse("bank", args=[make_bank("english").pk])))
    assert "It is not in French. Who reads these pages so reads it in English." in page
