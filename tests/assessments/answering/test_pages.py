"""What the questionnaire's pages say, and that they cost the same however many are asked."""

from __future__ import annotations

import pytest
from django.test import Client

from assessments.models import Bank, Round
from tests.factories import make_alliance, make_bank, make_response, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", [(1, 1), (12, 4)])
@pytest.mark.parametrize(("path", "queries"), [("", 8), ("1/", 6), ("review/", 6)])
def test_pages_cost_the_same_for_few_and_many(
    path: str, queries: int, size: tuple[int, int], django_assert_num_queries
) -> None:
    organisations, people = size
    bank = make_bank(shape=(6,) * 8)
    made = make_round(bank=bank, organisations=organisations, people=people)
    for place in range(1, len(made.tokens)):
        make_response(made, place, answers={"A1": 3, "B1": 3})
    client = Client()
    client.post(made.link())
    with django_assert_num_queries(queries):
        assert client.get(f"/questionnaire/{made.round.pk}/{path}").status_code == 200


@pytest.mark.parametrize("size", [(1, 1), (12, 4)])
def test_the_link_costs_two_queries(size, django_assert_num_queries) -> None:
    made = make_round(organisations=size[0], people=size[1])
    with django_assert_num_queries(2):
        assert Client().get(made.link()).status_code == 200


def test_before_the_first_question_it_is_said_who_sees_what() -> None:
    alliance = make_alliance(convener=make_user(name="Ada Marsh"))
    made = make_round(alliance, organisations=3, people=2, threshold=6)
    client = Client()
    client.post(made.link())
    text = " ".join(client.get(f"/questionnaire/{made.round.pk}/").content.decode().split())
    for sentence in (
        "This round is confidential.",
        "6 people",
        "of three organisations are asked.",
        "12 minutes",
        "Ada Marsh",
        "Figures need at least six people.",
        "only where at least six people commented on the same element",
        "“95 or above”",
        "whoever started this demonstration runs the server, and could, with effort",
    ):
        assert sentence in text
    assert made.tokens[0] not in text


def test_the_introduction_keeps_its_paragraphs() -> None:
    introduction = "Say how far you agree.\n\nTake <b>your</b> time."
    bank = make_bank(
        change=lambda bank: Bank.objects.filter(pk=bank.pk).update(introduction=introduction)
    )
    made = make_round(bank=bank)
    client = Client()
    client.post(made.link())
    text = client.get(f"/questionnaire/{made.round.pk}/").content.decode()
    assert "<p>Say how far you agree.</p>" in text
    assert "<p>Take &lt;b&gt;your&lt;/b&gt; time.</p>" in text


@pytest.mark.parametrize("mode", [Round.Mode.CONFIDENTIAL, Round.Mode.OPEN])
def test_it_is_said_that_the_convener_sees_who_has_begun(mode: str) -> None:
    made = make_round(mode=mode)
    client = Client()
    client.post(made.link())
    text = client.get(f"/questionnaire/{made.round.pk}/").content.decode()
    assert "The convener sees how far you are: not begun, begun, or sent in" in text


def test_an_open_round_says_that_names_stand_beside_figures() -> None:
    made = make_round(mode=Round.Mode.OPEN, threshold=1)
    client = Client()
    client.post(made.link())
    text = client.get(f"/questionnaire/{made.round.pk}/").content.decode()
    assert "This round is open by organisation." in text
    assert "Comments are shown with the organisation’s name." in text
    assert "confidential" not in text


def test_the_introduction_leads_to_the_first_open_question() -> None:
    made = make_round()
    make_response(made, answers={"A1": 1, "A2": 1, "A3": 1, "B1": 2})
    client = Client()
    client.post(made.link())
    text = client.get(f"/questionnaire/{made.round.pk}/").content.decode()
    assert "Go on with 2 of 3" in text
    assert f'href="/questionnaire/{made.round.pk}/2/"' in text


def test_the_review_lists_what_is_open_with_a_link_to_it() -> None:
    made = make_round()
    make_response(made, answers={"A1": 1, "A2": "dk", "A3": 1, "B2": 2, "C1": "na", "C2": 1})
    client = Client()
    client.post(made.link())
    text = " ".join(client.get(f"/questionnaire/{made.round.pk}/review/").content.decode().split())
    assert "1 question is open." in text
    assert f'<a href="/questionnaire/{made.round.pk}/2/#q-B1">Statement B1.</a>' in text
    assert "3 of 3 answered" in text
    assert "1 of 2 answered" in text
    assert "2 of 2 answered" in text
    # What was answered can be read before it is sent in; what is open stands by itself.
    assert "<dt>Statement A1.</dt><dd>Strongly disagree</dd>" in text
    assert "<dt>Statement A2.</dt><dd>I don’t know</dd>" in text
    assert "<dt>Statement B1.</dt>" not in text


def test_nothing_says_saved_before_it_is() -> None:
    made = make_round()
    client = Client()
    client.post(made.link())
    text = client.get(f"/questionnaire/{made.round.pk}/1/").content.decode()
    assert '<p class="nb-saved" role="status" id="saved" data-for="answers"></p>' in text
    answer = client.post(f"/questionnaire/{made.round.pk}/1/", {"q-A1": "1"}, follow=True)
    assert "Saved. Your answers count once you send them in." in answer.content.decode()


def test_a_scale_without_words_shows_its_figures() -> None:
    made = make_round(bank=make_bank("wide", minimum=0, maximum=10, shape=(1,)))
    client = Client()
    client.post(made.link())
    text = client.get(f"/questionnaire/{made.round.pk}/1/").content.decode()
    assert text.count('type="radio"') == 13
    assert 'value="10">10</label>' in text
