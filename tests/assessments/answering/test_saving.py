"""One answer at a time: what is taken, what is refused, and what it costs."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alliances.errors import Refused
from assessments.models import Answer, Bank, Comment, Response
from assessments.services import answering
from assessments.services.links import LinkUnknown
from tests.factories import make_bank, make_response, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_round()


@pytest.fixture
def respondent(made) -> Client:
    client = Client()
    client.post(made.link())
    return client


def save(client: Client, made, **given: str):
    return client.post(f"/questionnaire/{made.round.pk}/save/", given)


@pytest.mark.parametrize(
    ("value", "kind", "number"),
    [("1", "value", 1), ("5", "value", 5), ("dk", "dk", None), ("na", "na", None)],
)
def test_an_answer_is_saved(respondent, made, value: str, kind: str, number: int | None) -> None:
    answer = save(respondent, made, code="A1", value=value)
    assert (answer.status_code, answer.json()) == (200, {"saved": True})
    assert list(Answer.objects.values_list("question__code", "kind", "value")) == [
        ("A1", kind, number)
    ]


def test_the_last_answer_stands(respondent, made) -> None:
    for value in ("1", "dk", "4"):
        save(respondent, made, code="A1", value=value)
    assert list(Answer.objects.values_list("kind", "value")) == [("value", 4)]


@pytest.mark.parametrize(
    "value", ["0", "6", "-1", "", "3.0", " 3", "3 ", "٣", "1e1", "1_0", "x", "\0", "9" * 1_000_000]
)
def test_a_value_off_the_scale_is_refused(respondent, made, value: str) -> None:
    save(respondent, made, code="A1", value="2")
    answer = save(respondent, made, code="A1", value=value)
    assert answer.status_code == 422
    assert answer.json() == {
        "saved": False,
        "message": "That is not one of the answers to this question. Choose one of those shown.",
    }
    assert Answer.objects.get().value == 2


def test_a_scale_below_nought_is_taken(client) -> None:
    made = make_round(bank=make_bank("wide", minimum=-2, maximum=7, shape=(1,)))
    client.post(made.link())
    assert save(client, made, code="A1", value="-2").status_code == 200
    assert save(client, made, code="A1", value="-3").status_code == 422
    assert Answer.objects.get().value == -2


@pytest.mark.parametrize("code", ["", "Z9", "a1", "\0", "A1\0", "A" * 1_000_000, "A1' OR '1'='1"])
def test_a_code_of_another_bank_is_refused(respondent, made, code: str) -> None:
    make_bank("other", shape=(1, 1, 1, 1))  # has D1, which this round does not ask
    for asked in (code, "D1"):
        answer = save(respondent, made, code=asked, value="1")
        assert answer.status_code == 422
        assert answer.json()["saved"] is False
    assert Answer.objects.count() == 0


def test_an_answer_costs_four_statements_with_begin_and_commit(respondent, made) -> None:
    url = f"/questionnaire/{made.round.pk}/save/"
    with CaptureQueriesContext(
        connection,
    ) as first:
        respondent.post(url, {"code": "A1", "value": "1"})
    with CaptureQueriesContext(connection) as again:
        respondent.post(url, {"code": "A1", "value": "2"})
    # SAVEPOINT, SELECT, INSERT … ON CONFLICT, RELEASE; outside of a test BEGIN and COMMIT
    assert (len(first), len(again)) == (4, 4)


def test_it_costs_a_convener_with_an_account_the_same(respondent, made) -> None:
    respondent.force_login(make_user())
    with CaptureQueriesContext(connection) as queries:
        save(respondent, made, code="A1", value="1")
    assert len(queries) == 4


@pytest.mark.parametrize("cookie", [None, "", "garbage", "\0", "é" * 5000])
def test_without_its_cookie_nothing_is_saved(made, cookie: str | None) -> None:
    make_response(made)
    # As it comes over the wire: Python's own cookies do not carry a control character.
    sent = {} if cookie is None else {"cookie": f"nb_r{made.round.pk}={cookie}"}
    client = Client(headers=sent)
    answer = save(client, made, code="A1", value="1")
    assert answer.status_code == 404
    assert answer.json()["saved"] is False
    for path in ("", "1/", "review/", "done/"):
        assert client.get(f"/questionnaire/{made.round.pk}/{path}").status_code == 404
    assert client.post(f"/questionnaire/{made.round.pk}/submit/").status_code == 404


def test_the_link_of_another_round_is_refused(made) -> None:
    other = make_round(made.alliance, name="Second round")
    make_response(made)
    client = Client()
    client.cookies[f"nb_r{other.round.pk}"] = made.tokens[0]
    assert save(client, other, code="A1", value="1").status_code == 404
    assert client.get(f"/questionnaire/{other.round.pk}/").status_code == 404
    assert client.post(f"/questionnaire/{other.round.pk}/submit/").status_code == 404
    with pytest.raises(LinkUnknown):
        answering.submit(token=made.tokens[0], round_id=other.round.pk)
    assert Answer.objects.count() == 0


def test_a_link_that_was_not_begun_saves_nothing(made) -> None:
    with pytest.raises(LinkUnknown):
        answering.save_answer(token=made.tokens[0], round_id=made.round.pk, code="A1", given="1")
    assert Response.objects.count() == 0


@pytest.mark.parametrize("token", ["x", "%00", "é", "a" * 5000, "..", "%2e%2e%2f"])
def test_a_link_that_was_never_sent_is_not_found(client, token: str) -> None:
    for method in (client.get, client.head, client.post):
        assert method(f"/a/{token}/").status_code == 404


@pytest.mark.parametrize("number", ["0", "4", "99999999999999999999999"])
def test_a_page_that_is_not_there(respondent, made, number: str) -> None:
    assert respondent.get(f"/questionnaire/{made.round.pk}/{number}/").status_code == 404
    assert respondent.get(f"/questionnaire/{number * 20}/").status_code == 404


def test_a_round_with_an_endless_number_saves_nothing(respondent, made) -> None:
    respondent.cookies[f"nb_r{10**29}"] = made.tokens[0]
    for given in ({"code": "A1", "value": "1"}, {"element": "part-1", "comment": "Hm"}):
        answer = respondent.post(f"/questionnaire/{10**29}/save/", given)
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.json()["saved"] is False
    assert (Answer.objects.count(), Comment.objects.count()) == (0, 0)


def test_wrong_methods(respondent, made) -> None:
    home = f"/questionnaire/{made.round.pk}/"
    assert respondent.get(f"{home}save/").status_code == 405
    assert respondent.get(f"{home}submit/").status_code == 405
    assert respondent.post(home).status_code == 405
    assert respondent.post(f"{home}review/").status_code == 405
    assert respondent.delete(f"{home}1/").status_code == 405
    assert respondent.put(made.link()).status_code == 405


def test_a_form_of_another_site_is_refused(made) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(made.link()).status_code == 403
    assert Response.objects.count() == 0


# Comments


def test_a_comment_is_saved_changed_and_taken_away(respondent, made) -> None:
    for text, kept in [("First", ["First"]), ("Second\r\nline", ["Second\nline"]), ("  ", [])]:
        answer = save(respondent, made, element="part-1", comment=text)
        assert (answer.status_code, answer.json()) == (200, {"saved": True})
        assert list(Comment.objects.values_list("text", flat=True)) == kept


def test_two_thousand_characters_fit(respondent, made) -> None:
    assert save(respondent, made, element="part-1", comment="x" * 2000).status_code == 200
    answer = save(respondent, made, element="part-1", comment="y" * 2001)
    assert answer.status_code == 422
    assert answer.json()["message"] == (
        "The comment has 2,001 characters, and 2,000 fit. Shorten it."
    )
    assert Comment.objects.get().text == "x" * 2000


@pytest.mark.parametrize("element", ["", "part-9", "\0", "x" * 1_000_000])
def test_a_comment_on_nothing_is_refused(respondent, made, element: str) -> None:
    assert save(respondent, made, element=element, comment="Hm").status_code == 422
    assert Comment.objects.count() == 0


def test_a_comment_with_a_nul_byte_is_refused(respondent, made) -> None:
    assert save(respondent, made, element="part-1", comment="a\0b").status_code == 422


# A whole page without JavaScript


COMMON_NAMES = ["comment", "go", "answers", "count", "saved", "main", "csrfmiddlewaretoken"]


def test_a_question_may_be_called_what_the_page_calls_something_else() -> None:
    def rename(bank: Bank) -> None:
        for number, name in enumerate(COMMON_NAMES, start=1):
            bank.questions.filter(code=f"A{number}").update(code=name)

    bank = make_bank("names", shape=(len(COMMON_NAMES),), change=rename)
    made = make_round(bank=bank)
    client = Client()
    client.post(made.link())
    url = f"/questionnaire/{made.round.pk}/1/"
    page = client.get(url).content.decode()
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert sorted(ids) == sorted(set(ids))
    fields = {f"q-{name}": str(value % 5 + 1) for value, name in enumerate(COMMON_NAMES)}
    answer = client.post(url, fields | {"comment": "Said.", "go": "back"})
    assert answer.headers["Location"] == f"/questionnaire/{made.round.pk}/"
    assert dict(Answer.objects.values_list("question__code", "value")) == {
        "comment": 1,
        "go": 2,
        "answers": 3,
        "count": 4,
        "saved": 5,
        "main": 1,
        "csrfmiddlewaretoken": 2,
    }
    assert Comment.objects.get().text == "Said."
    # What is saved one by one bears the plain code.
    assert save(client, made, code="comment", value="5").status_code == 200
    assert Answer.objects.get(question__code="comment").value == 5


def test_a_megabyte_of_comment_loses_nothing_else(respondent, made) -> None:
    url = f"/questionnaire/{made.round.pk}/1/"
    answer = respondent.post(url, {"q-A1": "4", "q-A2": "2", "comment": "x" * 1_000_000})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "The comment has 1,000,000 characters, and 2,000 fit. Shorten it." in text
    assert "the rest is saved" in text
    assert set(Answer.objects.values_list("question__code", "value")) == {("A1", 4), ("A2", 2)}
    assert Comment.objects.count() == 0


def test_a_wrong_value_on_a_page_is_marked_and_the_rest_saved(respondent, made) -> None:
    url = f"/questionnaire/{made.round.pk}/1/"
    answer = respondent.post(
        url, {"q-A1": "9", "q-A2": "2", "q-A3": "\0", "comment": "a\0b", "q-B1": "1"}
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert re.findall(r'id="error-([^"]+)"', text) == ["q-A1", "q-A3", "comment"]
    assert list(Answer.objects.values_list("question__code", "value")) == [("A2", 2)]


def test_what_a_page_leaves_out_stays(respondent, made) -> None:
    save(respondent, made, code="A1", value="3")
    save(respondent, made, element="part-1", comment="Kept")
    respondent.post(f"/questionnaire/{made.round.pk}/1/", {"q-A2": "1"})
    assert set(Answer.objects.values_list("question__code", "value")) == {("A1", 3), ("A2", 1)}
    assert Comment.objects.get().text == "Kept"


def test_what_people_type_stays_text(respondent, made) -> None:
    save(respondent, made, element="part-1", comment="<script>alert(1)</script></textarea>")
    for path in ("1/", "review/"):
        text = respondent.get(f"/questionnaire/{made.round.pk}/{path}").content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;/textarea&gt;" in text


def test_a_service_stores_all_of_a_page_or_nothing(made) -> None:
    make_response(made)
    dimension = made.round.bank.dimensions.get(code="part-1")
    with pytest.raises(Refused):
        answering.save_element(
            token=made.tokens[0],
            round_id=made.round.pk,
            dimension=dimension,
            answers={"A1": "1", "B1": "1"},
            comment="Hm",
        )
    assert (Answer.objects.count(), Comment.objects.count()) == (0, 0)
