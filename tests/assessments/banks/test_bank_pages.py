"""The pages on which a bank is written: what they take, refuse and show."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook
from pypdf import PdfReader

from alliances.models import User
from assessments.forms.banks.languages import TranslationForm
from assessments.forms.banks.reading import read_conditions, write_conditions
from assessments.models import Bank, Question
from assessments.services.banks.documents import bank_digest
from assessments.services.banks.drafts import draft_next_version
from assessments.services.banks.files import parse_bank, write_bank
from assessments.services.banks.imports import import_draft
from assessments.services.banks.languages import PartTexts
from assessments.services.banks.order import move_question
from assessments.services.banks.parts import change_question
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import latest_bank, shipped_bank
from assessments.services.banks.tables.sheets import write_table
from tests.assessments.banks.documents import whole
from tests.factories import make_bank, make_user
from tests.form_fields import forms_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client: Client) -> Client:
    admin = make_user("admin@example.org")
    User.objects.filter(pk=admin.pk).update(is_staff=True, is_superuser=True)
    client.force_login(User.objects.get(pk=admin.pk))
    return client


@pytest.fixture
def draft() -> Bank:
    return draft_next_version(bank=make_bank("small"), by=None)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def fields(answer: Any, index: int = 0) -> dict[str, str]:
    """What the page's form would send as it stands."""
    form = [form for form in forms_of(answer.content.decode()) if form.method == "post"][index]
    return {
        name: (field.chosen or [*field.options, ""])[0]
        if field.kind in {"radio", "checkbox", "select"}
        else field.value
        for name, field in form.fields.items()
        if field.chosen or field.kind not in {"radio", "checkbox"}
    }


# Who ---------------------------------------------------------------------------------------------


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


# The list and the page ---------------------------------------------------------------------------


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


# Writing -----------------------------------------------------------------------------------------


def test_a_bank_begins_empty_or_as_a_copy(curator: Client) -> None:
    model = make_bank("small")
    curator.post(reverse("bank_new"), {"title": "Harbour watch", "language": "en"})
    empty = Bank.objects.get(code="harbour-watch")
    assert (empty.version, empty.status, empty.questions.count()) == (1, "draft", 0)
    curator.post(
        reverse("bank_new"),
        {"title": "Ours", "code": "ours", "language": "en", "like": str(model.pk)},
    )
    copy = Bank.objects.get(code="ours")
    assert (copy.since, copy.status, copy.title) == (None, "draft", "Ours")
    assert list(copy.questions.values_list("code", "text")) == list(
        model.questions.values_list("code", "text")
    )
    taken = curator.post(reverse("bank_new"), {"title": "Other", "code": "small", "language": "en"})
    assert taken.status_code == 422
    assert "There is a question bank small already. Choose another code." in text(taken)


def test_a_question_is_written_with_a_scale_of_its_own(curator: Client, draft: Bank) -> None:
    dimension = draft.dimensions.get(code="part-1")
    address = reverse("question_new", args=[dimension.pk])
    page = curator.get(address)
    given = fields(page)
    assert given["code"] == "A4"
    given |= {
        "text": "The watch is kept.",
        "scale": "own",
        "minimum": "-1",
        "labels": "Never\n\nAlways",
        "weight": "0.5",
        "reverse": "on",
    }
    answer = curator.post(address, given)
    question = draft.questions.get(code="A4")
    assert answer.headers["Location"] == f"/banks/{draft.pk}/#q-{question.pk}"
    assert (question.minimum, question.maximum, question.labels) == (-1, 1, ["Never", "", "Always"])
    assert (question.position, question.reverse, str(question.weight)) == (4, True, "0.500")
    wrong = curator.post(address, given | {"code": "A5", "labels": "Never", "minimum": ""})
    assert wrong.status_code == 422
    assert "Write a line for each value, 2 to 101, the first and the last in words." in text(wrong)
    again = curator.post(address, given)
    assert again.status_code == 422
    assert draft.questions.count() == 8


def codes(draft: Bank) -> list[str]:
    """By dimension."""
    return [
        " ".join(part.questions.order_by("position").values_list("code", flat=True))
        for part in draft.dimensions.order_by("position")
    ]


def test_a_question_moves_to_any_place_at_once(curator: Client, draft: Bank) -> None:
    """A1 A2 A3, B1 B2, C1 C2: anywhere but where it stands."""
    asked = {question.code: question for question in draft.questions.all()}
    home = {part.code: part for part in draft.dimensions.all()}
    address = reverse("question_edit", args=[asked["A2"].pk])
    page = text(curator.get(address))
    assert 'value="stays" selected>behind A1: Statement A1.<' in page
    options = page.split('<select name="place"')[1].split("</select>")[0]
    assert options.count("<option ") == 9  # three in each part, of which it stands in one
    for place, expected in [
        (f"{home['part-3'].pk}-{asked['C1'].pk}", ["A1 A3", "B1 B2", "C1 A2 C2"]),
        (f"{home['part-3'].pk}-{asked['C2'].pk}", ["A1 A3", "B1 B2", "C1 C2 A2"]),
        ("stays", ["A1 A3", "B1 B2", "C1 C2 A2"]),
        (f"{home['part-2'].pk}-0", ["A1 A3", "A2 B1 B2", "C1 C2"]),
        (f"{home['part-1'].pk}-{asked['A3'].pk}", ["A1 A3 A2", "B1 B2", "C1 C2"]),
        (f"{home['part-1'].pk}-0", ["A2 A1 A3", "B1 B2", "C1 C2"]),
    ]:
        answer = curator.post(address, fields(curator.get(address)) | {"place": place})
        assert answer.status_code == 302
        assert codes(draft) == expected
    positions = draft.questions.order_by("dimension__position", "position")
    assert [*positions.values_list("position", flat=True)] == [1, 2, 3, 1, 2, 1, 2]
    elsewhere = make_bank("other").dimensions.first()
    assert elsewhere is not None
    for place in (f"{elsewhere.pk}-0", f"{home['part-1'].pk}-{asked['C1'].pk}", "", "x"):
        answer = curator.post(address, fields(curator.get(address)) | {"place": place})
        assert answer.status_code == 422
    assert codes(draft) == ["A2 A1 A3", "B1 B2", "C1 C2"]


def test_who_saves_a_word_moves_nothing_back(curator: Client, draft: Bank) -> None:
    address = reverse("question_edit", args=[draft.questions.get(code="A1").pk])
    given = fields(curator.get(address))
    move_question(question=draft.questions.get(code="A1"), by=1)
    assert curator.post(address, given | {"text": "We meet."}).status_code == 302
    assert codes(draft)[0] == "A2 A1 A3"


def test_who_is_overtaken_sees_both_texts(curator: Client, draft: Bank) -> None:
    question = draft.questions.get(code="A1")
    address = reverse("question_edit", args=[question.pk])
    given = fields(curator.get(address)) | {"text": "What I wrote."}
    change_question(question=question, edition=1, by=None, data={"text": "What they wrote."})
    answer = curator.post(address, given)
    assert answer.status_code == 409
    assert "What they wrote." in text(answer)
    assert "What I wrote." in text(answer)
    question.refresh_from_db()
    assert question.text == "What they wrote."
    curator.post(address, fields(answer))
    question.refresh_from_db()
    assert question.text == "What I wrote."


def test_a_reading_is_written_as_a_decision(curator: Client, draft: Bank) -> None:
    address = reverse("bank_reading", args=[draft.pk]) + "?rule=decision"
    given = fields(curator.get(address)) | {
        "code_1": "leave",
        "title_1": "Leave it",
        "text_1": "Something is missing.",
        "match_1": "any",
        "when_1": "part-1: weak, mixed\npart-3: weak",
        "code_2": "join",
        "title_2": "Join",
        "conditions_2": "on",
    }
    assert curator.post(address, given).status_code == 302
    draft.refresh_from_db()
    assert draft.reading == {
        "rule": "decision",
        "outcomes": [
            {
                "code": "leave",
                "title": "Leave it",
                "text": "Something is missing.",
                "when": {
                    "any": [
                        {"dimension": "part-1", "bands": ["weak", "mixed"]},
                        {"dimension": "part-3", "bands": ["weak"]},
                    ]
                },
            },
            {"code": "join", "title": "Join", "text": "", "conditions": True},
        ],
    }
    again = fields(curator.get(address))
    assert again["when_1"] == "part-1: weak, mixed\npart-3: weak"
    wrong = curator.post(address, again | {"when_1": "part-9: weak"})
    assert wrong.status_code == 422
    assert "There is no dimension part-9. There are: part-1, part-2, part-3." in text(wrong)


def test_an_outcome_that_is_written_needs_its_code_and_says_so(
    curator: Client, draft: Bank
) -> None:
    address = reverse("bank_reading", args=[draft.pk]) + "?rule=decision"
    page = text(curator.get(address))
    assert "Code (optional)" not in page
    assert page.count("An outcome needs a code and a title.") == 2
    assert (
        curator.post(address, fields(curator.get(address)) | {"title_1": "Join"}).status_code == 422
    )


def test_bands_of_a_condition_are_written_in_the_words_of_the_page() -> None:
    stored = [
        {"dimension": "trust", "bands": ["weak", "mixed"]},
        {"dimension": "speed", "bands": ["strong"]},
    ]
    with override("fr"):
        assert read_conditions("trust : faible, Moyen\nspeed: fort") == stored
        assert read_conditions("trust: weak, mixed\nspeed\u00a0: Strong") == stored
        assert write_conditions(stored) == "trust\u00a0: faible, moyen\nspeed\u00a0: fort"
        assert read_conditions("trust: solide") == [{"dimension": "trust", "bands": ["solide"]}]
    assert write_conditions(stored) == "trust: weak, mixed\nspeed: strong"


def test_a_band_that_there_is_not_is_refused_in_the_words_of_the_page(
    curator: Client, draft: Bank
) -> None:
    address = reverse("bank_reading", args=[draft.pk]) + "?rule=decision"
    wrong = curator.post(address, fields(curator.get(address)) | {"when_1": "part-1: faible"})
    assert wrong.status_code == 422
    assert "Bands are strong, mixed and weak, each at most once after a colon." in text(wrong)


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


# Languages ---------------------------------------------------------------------------------------


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


# Files -------------------------------------------------------------------------------------------


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
        (b"x" * 50_000_000, "a.xlsx", "larger than 1 MB"),
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
    answer = upload(curator, b"x" * 5_000_000, "a.yaml", reverse("bank_import"))
    assert answer.status_code == 422
    assert "larger than 1 MB" in text(answer)


def test_languages_that_a_published_bank_lacks_stay_in_sight(curator: Client) -> None:
    page = text(curator.get(reverse("bank", args=[make_bank("english").pk])))
    assert "It is not in French. Who reads these pages so reads it in English." in page


# As a respondent sees it -------------------------------------------------------------------------


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
