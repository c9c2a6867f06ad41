"""From the link in a mail to answers that count."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import Answer, Comment, Invitation, InvitationLink, Response
from assessments.services import answering, links
from assessments.services.links import pseudonym, token_hash
from tests.factories import make_link, make_response, make_round

pytestmark = pytest.mark.django_db

# printf 'northbound.link/1:token' | sha256sum, and the like for the response
LINK_OF_TOKEN = "9d9678a18b523d10bbdcbefc69625d2f66bc51ed97d49216ed315a6ddff5bf15"
RESPONSE_OF_TOKEN = "2cc8a230ac1f8e5a59b78e23067f9e19015b8d2443ad8af5dc80ec13e65ef0bc"


def begun(made, place: int = 0) -> Client:
    client = Client()
    assert client.post(made.link(place)).status_code == 302
    return client


def test_a_respondent_comes_answers_and_sends_in(client: Client) -> None:
    made = make_round()
    home = f"/questionnaire/{made.round.pk}/"

    assert client.get(made.link()).status_code == 200
    assert client.post(made.link()).headers["Location"] == home
    assert client.get(home).status_code == 200
    page = {"q-A1": "4", "q-A2": "dk", "q-A3": "1", "comment": "We meet\r\ntoo rarely."}
    assert client.post(f"{home}1/", page).headers["Location"] == f"{home}2/"
    assert client.post(f"{home}2/", {"q-B1": "na", "go": "back"}).headers["Location"] == f"{home}1/"
    assert client.post(f"{home}3/", {"comment": ""}).headers["Location"] == f"{home}review/"
    review = client.get(f"{home}review/").content.decode()
    assert "We meet" in review
    assert client.post(f"{home}submit/").headers["Location"] == f"{home}done/"
    assert client.get(f"{home}done/").status_code == 200

    response = Response.objects.get()
    assert response.submitted is True
    assert set(response.answers.values_list("question__code", "kind", "value")) == {
        ("A1", "value", 4),
        ("A2", "dk", None),
        ("A3", "value", 1),
        ("B1", "na", None),
    }
    assert Comment.objects.get().text == "We meet\ntoo rarely."
    made.invitations[0].refresh_from_db()
    assert made.invitations[0].progress == Invitation.Progress.ANSWERED


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_a_link_uses_nothing_up(client: Client, method: str) -> None:
    made = make_round()
    answer = getattr(client, method)(made.link())
    assert answer.status_code == 200
    assert "nb_r" not in "".join(answer.cookies)
    assert Response.objects.count() == 0
    assert list(Invitation.objects.values_list("progress", flat=True)) == ["invited", "invited"]


def test_the_start_puts_the_token_in_a_cookie_of_this_round_alone(client: Client) -> None:
    made = make_round()
    answer = client.post(made.link())
    cookie = answer.cookies[f"nb_r{made.round.pk}"]
    assert cookie.value == made.tokens[0]
    assert cookie["path"] == f"/questionnaire/{made.round.pk}/"
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["secure"] == ""
    assert int(cookie["max-age"]) == 90 * 24 * 3600
    assert "sessionid" not in answer.cookies


def test_the_cookie_is_secure_where_sessions_are(client: Client, settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    made = make_round()
    assert client.post(made.link()).cookies[f"__Secure-nb_r{made.round.pk}"]["secure"] is True


def test_the_values_made_of_a_token() -> None:
    assert token_hash("token") == LINK_OF_TOKEN
    assert pseudonym("token") == RESPONSE_OF_TOKEN


def test_no_row_ties_a_response_to_an_invitation() -> None:
    made = make_round(people=2, organisations=1)
    begun(made)
    response = Response.objects.get()
    kept = {str(value) for row in InvitationLink.objects.values_list() for value in row}
    assert response.pseudonym not in kept
    assert made.tokens[0] not in kept
    assert {field.name for field in Response._meta.fields} == {
        "id",
        "round",
        "organisation",
        "pseudonym",
        "submitted",
        # Of a round about one person: that person's own, which the result sets beside the others.
        "of_oneself",
    }
    assert not response.of_oneself


def test_beginning_twice_makes_one_response() -> None:
    made = make_round()
    begun(made)
    begun(made)
    assert Response.objects.count() == 1


def test_another_device_goes_on_with_the_same_answers() -> None:
    made = make_round()
    home = f"/questionnaire/{made.round.pk}/"
    begun(made).post(f"{home}1/", {"q-A1": "2"})
    page = begun(made).get(f"{home}1/").content.decode()
    assert 'name="q-A1" value="2" checked' in page


def test_pages_are_kept_nowhere_and_lead_nowhere_back() -> None:
    made = make_round()
    client = begun(made)
    home = f"/questionnaire/{made.round.pk}/"
    for answer in (
        client.get(made.link()),
        client.post(made.link()),
        client.get(home),
        client.get(f"{home}1/"),
        client.get(f"{home}review/"),
        client.post(f"{home}save/", {"code": "A1", "value": "1"}),
        Client().get("/a/unknown/"),
        Client().get(home),
    ):
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "strict-origin"


def test_what_was_sent_in_can_be_read_and_not_changed() -> None:
    made = make_round()
    make_response(made, answers={"A1": 5, "B1": "dk"}, submitted=True)
    client = Client()
    home = f"/questionnaire/{made.round.pk}/"
    assert client.get(made.link()).status_code == 200
    assert client.post(made.link()).headers["Location"] == f"{home}review/"
    answers = client.get(f"{home}review/").content.decode()
    assert "Strongly agree" in answers
    assert "Send in" not in answers
    assert client.get(f"{home}1/").headers["Location"] == f"{home}review/"
    assert client.post(f"{home}1/", {"q-A1": "1"}).headers["Location"] == f"{home}review/"
    assert client.post(f"{home}save/", {"code": "A1", "value": "1"}).status_code == 409
    assert client.post(f"{home}submit/").headers["Location"] == f"{home}done/"
    assert Answer.objects.get(question__code="A1").value == 5


def test_own_answers_stay_readable_after_closing() -> None:
    made = make_round(closed=True)
    make_response(made, answers={"A1": 5}, submitted=True)
    client = begun(made)
    assert client.get(f"/questionnaire/{made.round.pk}/review/").status_code == 200
    assert client.get(f"/questionnaire/{made.round.pk}/done/").status_code == 200


def test_done_is_said_only_once_it_is_true() -> None:
    made = make_round()
    home = f"/questionnaire/{made.round.pk}/"
    assert begun(made).get(f"{home}done/").headers["Location"] == f"{home}review/"


def test_nothing_answered_is_not_sent_in() -> None:
    made = make_round()
    client = begun(made)
    answer = client.post(f"/questionnaire/{made.round.pk}/submit/")
    assert answer.status_code == 422
    assert "Answer at least one question" in answer.content.decode()
    assert Response.objects.get().submitted is False
    made.invitations[0].refresh_from_db()
    assert made.invitations[0].progress == Invitation.Progress.BEGUN


def test_of_two_links_the_first_to_send_in_counts() -> None:
    made = make_round()
    home = f"/questionnaire/{made.round.pk}/"
    first = begun(made)
    second_token = make_link(made.invitations[0])
    second = Client()
    second.post(f"/a/{second_token}/")
    first.post(f"{home}save/", {"code": "A1", "value": "1"})
    assert second.get(f"{home}1/").content.decode().count(" checked") == 0  # begins anew
    second.post(f"{home}save/", {"code": "A1", "value": "5"})
    assert second.post(f"{home}submit/").status_code == 302

    assert first.get(f"{home}1/").status_code == 410
    assert first.post(f"{home}submit/").status_code == 410
    assert first.post(f"{home}save/", {"code": "A1", "value": "2"}).status_code == 410
    assert Client().get(made.link()).status_code == 410
    assert second.get(f"{home}review/").status_code == 200
    assert list(Response.objects.filter(submitted=True).values_list("answers__value")) == [(5,)]


def test_another_link_says_that_it_begins_anew() -> None:
    made = make_round()
    another = f"/a/{make_link(made.invitations[0])}/"
    begins_anew = "This link begins anew"
    assert begins_anew not in Client().get(another).content.decode()  # nothing is begun yet
    begun(made)
    page = Client().get(another).content.decode()
    assert "You have begun by another link." in page
    assert begins_anew in page
    assert ">Begin anew</button>" in page
    # By the first they go on; by the second too, once they have begun by it as well.
    assert begins_anew not in Client().get(made.link()).content.decode()
    Client().post(another)
    page = Client().get(another).content.decode()
    assert begins_anew not in page
    assert ">Go on with the questionnaire</button>" in page
    assert begins_anew not in Client().get(made.link(1)).content.decode()  # nobody else's


def test_a_link_that_is_replaced_while_it_waits_for_the_lock_ends(monkeypatch) -> None:
    made = make_round(organisations=2)
    make_response(made, 1, answers={"A1": 1})
    real = links.is_good

    def replaced(token: str) -> bool:
        InvitationLink.objects.filter(token_hash=token_hash(token)).update(revoked=True)
        return real(token)

    monkeypatch.setattr(links, "is_good", replaced)
    with pytest.raises(links.LinkEnded, match="replaced by a newer one"):
        links.begin(token=made.tokens[0])
    with pytest.raises(links.LinkEnded, match="replaced by a newer one"):
        answering.submit(token=made.tokens[1], round_id=made.round.pk)
    assert [response.submitted for response in Response.objects.all()] == [False]


def test_a_link_that_was_revoked_ends() -> None:
    made = make_round()
    home = f"/questionnaire/{made.round.pk}/"
    client = begun(made)
    InvitationLink.objects.update(revoked=True)
    for answer in (
        Client().get(made.link()),
        Client().post(made.link()),
        client.get(home),
        client.get(f"{home}1/"),
        client.post(f"{home}1/", {"q-A1": "1"}),
        client.post(f"{home}save/", {"code": "A1", "value": "1"}),
        client.post(f"{home}submit/"),
    ):
        assert answer.status_code == 410
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("over", ["the last day has passed", "closed"])
def test_a_round_that_is_over_takes_nothing(over: str) -> None:
    made = make_round()
    home = f"/questionnaire/{made.round.pk}/"
    client = begun(made)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    if over == "closed":
        made.round.status, made.round.closed_at = "closed", timezone.now()
    else:
        made.round.closes_on = yesterday
    made.round.save()
    for answer in (
        Client().get(made.link()),
        Client().post(made.link()),
        client.get(f"{home}1/"),
        client.post(f"{home}1/", {"q-A1": "1"}),
        client.post(f"{home}save/", {"code": "A1", "value": "1"}),
        client.post(f"{home}save/", {"element": "part-1", "comment": "Late"}),
        client.post(f"{home}submit/"),
    ):
        assert answer.status_code == 410
    day = timezone.localdate() if over == "closed" else yesterday
    expected = f"This link ended on {day.day}\u00a0{day:%B}\u00a0{day.year}."
    assert expected in client.get(f"{home}1/").content.decode()
    assert (Answer.objects.count(), Comment.objects.count()) == (0, 0)


def test_the_last_day_is_taken_whole() -> None:
    made = make_round(closes_on=timezone.localdate())
    client = begun(made)
    answer = client.post(f"/questionnaire/{made.round.pk}/save/", {"code": "A1", "value": "1"})
    assert answer.json() == {"saved": True}
