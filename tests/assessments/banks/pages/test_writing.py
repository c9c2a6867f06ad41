"""A bank is written: questions, order, reading."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from assessments.forms.banks.reading import read_conditions, write_conditions
from assessments.models import Bank
from assessments.services.banks.order import move_question
from assessments.services.banks.parts import change_question
from tests.assessments.banks.pages.forms import fields, text
from tests.factories import make_bank

pytestmark = pytest.mark.django_db


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
