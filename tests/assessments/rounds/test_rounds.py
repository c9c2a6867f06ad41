"""The convener's pages: open, watch, remind, forecast, close."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from alliances.errors import Refused
from alliances.models import Participant
from assessments.models import Bank, Invitation, InvitationLink, Response, RosterOrganisation, Round
from assessments.services.rounds import set_forecast
from tests.factories import (
    invite,
    make_alliance,
    make_bank,
    make_participant,
    make_representative,
    make_response,
    make_round,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def convener():
    return make_user("ada@harrow.example", name="Ada Marsh")


@pytest.fixture
def member():
    return make_user("ben@harrow.example")


@pytest.fixture
def alliance(convener, member):
    return make_alliance(convener=convener, member=member)


@pytest.fixture
def ada(convener) -> Client:
    client = Client()
    client.force_login(convener)
    return client


@pytest.fixture
def ben(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def text_of(answer) -> str:
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


# Opening


@pytest.fixture
def people(alliance):
    """Three organisations that can be asked, with six people, and two that cannot."""
    make_bank()
    make_participant(alliance, "Arbour", people=2)
    make_participant(alliance, "Basin", people=2)
    make_participant(alliance, "Coast", people=2, status=Participant.Status.INVITED)
    make_participant(alliance, "Dune", people=1, status=Participant.Status.DECLINED)
    make_participant(alliance, "Ebb", people=1, status=Participant.Status.LEFT)
    found: list[int] = []
    for participant in alliance.participants.filter(status__in=["accepted", "invited"]):
        found += participant.representatives.values_list("pk", flat=True)
    return found


def terms(chosen, **changes):
    return {
        "name": "First round",
        "bank": Bank.objects.get().pk,
        "mode": "confidential",
        "threshold": "5",
        "closes_on": (timezone.localdate() + dt.timedelta(days=10)).isoformat(),
        "people": chosen,
    } | changes


def test_all_who_are_at_the_table_are_chosen_beforehand(ada, alliance, people) -> None:
    answer = ada.get(f"/alliances/{alliance.pk}/rounds/new/")
    page = answer.content.decode()
    assert page.count('name="people"') == 6
    assert len(re.findall(r'name="people"[^>]* checked', page)) == 6
    assert "Six people are chosen, of three organisations." in text_of(answer)
    assert "Dune" not in page
    assert 'value="First round"' in page


def test_a_round_is_opened_and_its_invitations_sent(ada, alliance, people, mailoutbox) -> None:
    answer = ada.post(f"/alliances/{alliance.pk}/rounds/new/", terms(people), follow=True)
    round_ = Round.objects.get()
    assert answer.redirect_chain == [(f"/rounds/{round_.pk}/", 302)]
    assert "The round is open. Six mails are sent." in text_of(answer)
    assert (round_.mode, round_.threshold, round_.status) == ("confidential", 5, "open")
    assert list(round_.organisations.values_list("name", flat=True)) == ["Arbour", "Basin", "Coast"]
    assert len(mailoutbox) == 6
    link = re.search(r"http://testserver(/a/\S+/)", mailoutbox[0].body)
    assert link is not None
    assert Client().get(link[1]).status_code == 200


def test_fewer_can_be_chosen(ada, alliance, people, mailoutbox) -> None:
    ada.post(f"/alliances/{alliance.pk}/rounds/new/", terms(people[:5]))
    assert Invitation.objects.count() == len(mailoutbox) == 5


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "This is missing."),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"name": "a\0b"}, "Null characters are not allowed."),
        ({"mode": "secret"}, "Select a valid choice."),
        ({"threshold": "4"}, "In a confidential round the threshold is 5 or more."),
        ({"threshold": "five"}, "Enter a whole number."),
        ({"threshold": "9" * 400}, "less than or equal to 1000"),
        ({"closes_on": "2020-01-01"}, "The last day to answer has passed."),
        ({"closes_on": "9999-12-31"}, "more than half a year from now"),
        ({"closes_on": "soon"}, "Enter a valid date."),
        ({"people": []}, "Choose at least one person to ask."),
        ({"people": ["0"]}, "One of these people can no longer be asked."),
        ({"people": ["x", "\0"]}, "One of these people can no longer be asked."),
        ({"bank": "99"}, "These questions can no longer be asked."),
    ],
)
def test_wrong_terms_open_nothing(ada, alliance, people, mailoutbox, change, said: str) -> None:
    answer = ada.post(f"/alliances/{alliance.pk}/rounds/new/", terms(people, **change))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert Round.objects.count() == 0
    assert mailoutbox == []


def test_too_few_people_for_a_confidential_round(ada, alliance, people) -> None:
    answer = ada.post(f"/alliances/{alliance.pk}/rounds/new/", terms(people[:4]))
    assert answer.status_code == 422
    assert "A confidential round of fewer than 5 people would show nothing." in text_of(answer)


def test_people_of_another_alliance_cannot_be_asked(ada, alliance, people) -> None:
    other = make_representative(make_participant(make_alliance("Another")))
    answer = ada.post(f"/alliances/{alliance.pk}/rounds/new/", terms([*people, other.pk]))
    assert answer.status_code == 422
    assert Round.objects.count() == 0


def test_a_person_without_an_address_is_not_chosen_and_refused(ada, alliance, people) -> None:
    participant = alliance.participants.get(name="Basin")
    person = make_representative(participant, "No Mail", email="")
    page = ada.get(f"/alliances/{alliance.pk}/rounds/new/").content.decode()
    assert len(re.findall(r'name="people"[^>]* checked', page)) == 6
    assert "no e-mail address, so no link" in page
    answer = ada.post(f"/alliances/{alliance.pk}/rounds/new/", terms([*people, person.pk]))
    assert answer.status_code == 422
    assert "No Mail has no e-mail address." in text_of(answer)
    assert Round.objects.count() == 0


def test_a_mail_server_out_of_reach_does_not_undo_the_opening(
    ada, alliance, people, settings, monkeypatch
) -> None:
    def fail(self, messages):
        raise OSError("no route")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
        answer = ada.post(f"/alliances/{alliance.pk}/rounds/new/", terms(people), follow=True)
    text = text_of(answer)
    assert "The round is open." in text
    assert "No mail could be sent to" in text
    assert "No mail has reached them" in text
    round_ = Round.objects.get()
    assert InvitationLink.objects.count() == 0
    answer = ada.post(f"/rounds/{round_.pk}/remind/", {"only": "unreached"}, follow=True)
    assert "Six mails are sent." in text_of(answer)
    assert "No mail has reached them" not in text_of(answer)
    assert InvitationLink.objects.count() == 6


def test_without_people_the_page_says_what_to_do(ada, alliance) -> None:
    make_bank()
    answer = ada.get(f"/alliances/{alliance.pk}/rounds/new/")
    assert "Nobody can be asked yet." in text_of(answer)
    assert ada.post(f"/alliances/{alliance.pk}/rounds/new/").status_code == 200
    assert Round.objects.count() == 0


def test_one_round_of_a_bank_at_a_time(ada, alliance, people) -> None:
    ada.post(f"/alliances/{alliance.pk}/rounds/new/", terms(people))
    for answer in (
        ada.get(f"/alliances/{alliance.pk}/rounds/new/"),
        ada.post(f"/alliances/{alliance.pk}/rounds/new/", terms(people, name="Second round")),
    ):
        assert "A round is open already." in text_of(answer)
    assert Round.objects.count() == 1


# Watching


def test_who_is_missing_is_said_and_nothing_of_what_was_said(ada, alliance) -> None:
    made = make_round(alliance, organisations=4, people=2)
    make_response(made, 0, answers={"A1": 5, "B1": "dk"}, submitted=True)
    make_response(made, 2, answers={"A1": 1})
    answer = ada.get(f"/rounds/{made.round.pk}/")
    text = text_of(answer)
    assert "Three of four organisations have not answered." in text
    assert "Seven of eight people are still missing." in text
    assert "You see how far somebody is: not begun, begun, or sent in; never what" in text
    rows = re.findall(
        r"Person (\d) of Organisation (\w) (Not begun|Begun, not sent in|Answered)", text
    )
    assert rows == [
        ("1", "B", "Begun, not sent in"),
        ("2", "B", "Not begun"),
        ("1", "C", "Not begun"),
        ("2", "C", "Not begun"),
        ("1", "D", "Not begun"),
        ("2", "D", "Not begun"),
        ("1", "A", "Answered"),
        ("2", "A", "Not begun"),
    ]
    page = answer.content.decode()
    for response in Response.objects.all():
        assert str(response.pk) not in page
        assert response.pseudonym not in page


@pytest.mark.parametrize(
    ("answered", "headline"),
    [
        ((), "No organisation has answered yet."),
        ((0, 1), "One of three organisations has not answered."),
        ((0, 1, 2), "All three organisations have answered."),
    ],
)
def test_the_headline(ada, alliance, answered, headline: str) -> None:
    made = make_round(alliance, organisations=3)
    for place in answered:
        make_response(made, place, answers={"A1": 1}, submitted=True)
    assert headline in text_of(ada.get(f"/rounds/{made.round.pk}/"))


def test_after_the_last_day_only_closing_is_left(ada, alliance) -> None:
    made = make_round(alliance, closes_on=timezone.localdate() - dt.timedelta(days=1))
    page = ada.get(f"/rounds/{made.round.pk}/").content.decode()
    assert "Answers were taken until" in page
    assert "/remind/" not in page
    assert f'class="btn btn-primary" href="/rounds/{made.round.pk}/close/"' in page
    answer = ada.post(f"/rounds/{made.round.pk}/remind/")
    assert answer.status_code == 422


@pytest.mark.parametrize("size", [(5, 1), (15, 4)])
def test_the_round_costs_the_same_for_few_and_many(
    ada, alliance, size, django_assert_num_queries
) -> None:
    made = make_round(alliance, organisations=size[0], people=size[1])
    make_response(made, answers={"A1": 1}, submitted=True)
    # session, user, round, permission, invitations, rounds with these questions before
    with django_assert_num_queries(6):
        assert ada.get(f"/rounds/{made.round.pk}/").status_code == 200


@pytest.mark.parametrize("rounds", [1, 8])
def test_the_list_costs_the_same_for_few_and_many(
    ada, alliance, rounds: int, django_assert_num_queries
) -> None:
    for number in range(rounds):
        make_round(alliance, name=f"Round {number}", closed=number > 0)
    # session, user, alliance, permission, rounds, workbooks
    with django_assert_num_queries(6):
        answer = ada.get(f"/alliances/{alliance.pk}/rounds/")
    assert answer.content.decode().count("<h2>") == rounds


@pytest.mark.parametrize("participants", [3, 20])
def test_the_form_costs_the_same_for_few_and_many(
    ada, alliance, participants: int, django_assert_num_queries
) -> None:
    make_bank()
    for _ in range(participants):
        make_participant(alliance, people=2)
    # session, user, alliance, its rules, open rounds, banks, participants, people, names, the last round
    with django_assert_num_queries(10):
        assert ada.get(f"/alliances/{alliance.pk}/rounds/new/").status_code == 200


def _takes(minutes: int, bank: Bank) -> None:
    Bank.objects.filter(pk=bank.pk).update(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "said"), [((7,), "some 7 minutes."), ((25, 10, 12), "some 10 to 25 minutes.")]
)
def test_before_the_first_round_the_list_says_how_long_one_takes(
    ada, alliance, minutes: tuple[int, ...], said: str
) -> None:
    for number, each in enumerate(minutes):
        make_bank(f"bank-{number}", change=partial(_takes, each))
    assert said in text_of(ada.get(f"/alliances/{alliance.pk}/rounds/"))


def test_members_see_the_list_and_no_progress(ben, alliance) -> None:
    made = make_round(alliance, organisations=3)
    make_response(made, answers={"A1": 1}, submitted=True)
    answer = ben.get(f"/alliances/{alliance.pk}/rounds/")
    assert answer.status_code == 200
    assert "First round" in text_of(answer)
    assert "have answered" not in text_of(answer)
    assert "/rounds/new/" not in answer.content.decode()
    pk = made.round.pk
    for path in (
        f"/rounds/{pk}/",
        f"/rounds/{pk}/remind/",
        f"/rounds/{pk}/close/",
        f"/rounds/{pk}/forecast/",
        f"/alliances/{alliance.pk}/rounds/new/",
        f"/invitations/{made.invitations[0].pk}/link/",
    ):
        assert ben.get(path).status_code == 404
        if not path.endswith(f"rounds/{pk}/"):
            assert ben.post(path).status_code == 404


def test_strangers_see_nothing(alliance) -> None:
    made = make_round(alliance)
    stranger = Client()
    stranger.force_login(make_user())
    for path in (
        f"/alliances/{alliance.pk}/rounds/",
        f"/rounds/{made.round.pk}/",
        f"/invitations/{made.invitations[0].pk}/link/",
    ):
        assert stranger.get(path).status_code == 404
        assert Client().get(path).headers["Location"].startswith("/accounts/login/")


# Mail to those who are missing


def test_reminding(ada, alliance, mailoutbox) -> None:
    made = make_round(alliance, organisations=3)
    make_response(made, answers={"A1": 1}, submitted=True)
    text = text_of(ada.get(f"/rounds/{made.round.pk}/remind/"))
    assert "Remind two people" in text
    assert "Person 1 of Organisation B, Person 1 of Organisation C." in text
    assert "[a link of their own]" in text
    assert mailoutbox == []
    answer = ada.post(f"/rounds/{made.round.pk}/remind/", follow=True)
    assert "Two mails are sent." in text_of(answer)
    assert len(mailoutbox) == 2


def test_a_new_link_to_one(ada, alliance, mailoutbox) -> None:
    made = make_round(alliance)
    url = f"/invitations/{made.invitations[0].pk}/link/"
    assert made.invitations[0].email in text_of(ada.get(url))
    ada.post(url)
    assert Client().get(made.link()).status_code == 200
    ada.post(url, {"revoke_older": "on"})
    assert Client().get(made.link()).status_code == 410
    assert len(mailoutbox) == 2
    make_response(made, 1, answers={"A1": 1}, submitted=True)
    answer = ada.post(f"/invitations/{made.invitations[1].pk}/link/")
    assert answer.status_code == 422
    assert "has answered" in text_of(answer)


# Forecast and closing


def test_the_forecast(ada, alliance) -> None:
    made = make_round(alliance)
    url = f"/rounds/{made.round.pk}/forecast/"
    ada.post(url, {"part-1": "70", "part-2": "", "part-3": "0"})
    made.round.refresh_from_db()
    assert made.round.forecast == {"part-1": 70, "part-3": 0}
    assert 'value="70"' in ada.get(url).content.decode()
    for wrong in ("101", "-1", "7.5", "x", "\0", "9" * 500):
        assert ada.post(url, {"part-1": wrong}).status_code == 422
    made.round.refresh_from_db()
    assert made.round.forecast == {"part-1": 70, "part-3": 0}


def test_conveners_forecast_nothing_of_their_own_answers(ada, alliance) -> None:
    made = make_round(
        alliance,
        make_bank(
            "convening",
            change=lambda bank: Bank.objects.filter(pk=bank.pk).update(audience="convener"),
        ),
    )
    home = f"/rounds/{made.round.pk}/"
    assert ada.get(f"{home}forecast/").status_code == 404
    for path in ("", "close/"):
        assert "forecast" not in text_of(ada.get(home + path))
    with pytest.raises(Refused, match="their own answers"):
        set_forecast(round=made.round, forecast={"part-1": 70})
    # One that was given before is told, as the result tells it.
    Round.objects.update(forecast={"part-1": 70})
    assert "Your forecast stands beside the scores." in text_of(ada.get(f"{home}close/"))


def test_the_list_says_what_each_asked(ada, ben, alliance) -> None:
    make_round(alliance)
    for client in (ada, ben):
        text = text_of(client.get(f"/alliances/{alliance.pk}/rounds/"))
        assert "A small bank Confidential." in text
        assert "everyone at the table" not in text
    assert "of a round about one person" not in text


def test_closing_is_asked_first(ada, alliance) -> None:
    made = make_round(alliance, organisations=5)
    make_response(made, 0, answers={"A1": 1}, submitted=True)
    make_response(made, 1, answers={"A1": 1})
    text = text_of(ada.get(f"/rounds/{made.round.pk}/close/"))
    assert "This cannot be undone." in text
    assert "One person has answered, and five are needed" in text
    assert "Fewer than half of the organisations answered" in text
    made.round.refresh_from_db()
    assert made.round.is_open
    answer = ada.post(f"/rounds/{made.round.pk}/close/")
    assert answer.headers["Location"] == f"/rounds/{made.round.pk}/result/"
    made.round.refresh_from_db()
    assert not made.round.is_open
    assert list(Response.objects.values_list("submitted", flat=True)) == [True]


def test_a_closed_round_leads_to_its_result(ada, ben, alliance) -> None:
    made = make_round(alliance, closed=True)
    result = f"/rounds/{made.round.pk}/result/"
    assert ben.get(f"/rounds/{made.round.pk}/").headers["Location"] == result
    for path in ("remind/", "close/", "forecast/"):
        url = f"/rounds/{made.round.pk}/{path}"
        assert ada.get(url).headers["Location"] == result
        assert ada.post(url).headers["Location"] == result
    url = f"/invitations/{made.invitations[0].pk}/link/"
    assert ada.post(url).headers["Location"] == result


def test_names_stay_text(ada, alliance) -> None:
    made = make_round(alliance, organisations=0)
    organisation = RosterOrganisation.objects.create(round=made.round, name="<i>Org</i>")
    invite(made, organisation, "<script>x</script>")
    for path in ("", "remind/", "close/"):
        page = ada.get(f"/rounds/{made.round.pk}/{path}").content.decode()
        assert "<script>x" not in page
        assert "<i>Org" not in page


@pytest.mark.parametrize("path", ["", "remind/", "close/", "forecast/"])
def test_wrong_methods_and_numbers(ada, alliance, path: str) -> None:
    made = make_round(alliance)
    assert ada.put(f"/rounds/{made.round.pk}/{path}").status_code == 405
    assert ada.get(f"/rounds/{10**30}/{path}").status_code == 404
