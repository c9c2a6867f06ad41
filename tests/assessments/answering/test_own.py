"""Whoever is logged in answers without the mail: their account has the address that is asked."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.models import Membership, User
from assessments.models import InvitationLink, Response
from tests.factories import MadeRound, invite, make_alliance, make_response, make_round, make_user

pytestmark = pytest.mark.django_db


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def asked() -> tuple[MadeRound, User]:
    """A round that asks Ada, who convenes it, as its third person, and whose address is proven hers."""
    ada = make_user("Ada@Example.org")
    EmailAddress.objects.create(user=ada, email="ada@example.org", verified=True)
    made = make_round(make_alliance(convener=ada))
    organisation = made.invitations[1].organisation
    invite(made, organisation, "Ada", "ada@example.org")
    return made, ada


def own(made: MadeRound) -> str:
    return f"/questionnaire/{made.round.pk}/own/"


def test_it_leads_to_the_questionnaire_by_a_new_link(asked) -> None:
    made, ada = asked
    client = logged_in(ada)
    answer = client.post(own(made))
    home = f"/questionnaire/{made.round.pk}/"
    assert (answer.status_code, answer["Location"]) == (302, home)
    assert InvitationLink.objects.filter(invitation=made.invitations[2]).count() == 2
    assert client.get(home).status_code == 200
    assert Response.objects.get().organisation == made.invitations[2].organisation
    # The address never holds the token.
    token = answer.cookies[f"nb_r{made.round.pk}"].value
    assert token not in answer["Location"]


def test_a_second_time_it_goes_on_with_the_same(asked) -> None:
    made, ada = asked
    client = logged_in(ada)
    client.post(own(made))
    client.post(f"/questionnaire/{made.round.pk}/save/", {"code": "A1", "value": "4"})
    client.post(own(made))
    assert Response.objects.count() == 1
    assert InvitationLink.objects.filter(invitation=made.invitations[2]).count() == 2


def test_an_address_that_nobody_has_proven_opens_no_questionnaire(asked) -> None:
    """An admin wrote it: by a slip, or to answer in place of somebody else."""
    made, ada = asked
    EmailAddress.objects.all().delete()
    client = logged_in(ada)
    answer = client.post(own(made))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_request_login_code"))
    assert InvitationLink.objects.count() == 3
    assert not Response.objects.exists()
    assert not any(name.startswith("nb_") for name in client.cookies)
    assert "so that it is sure to be you" in client.get(answer["Location"]).content.decode()


def test_who_holds_the_mailed_link_goes_on_by_it(asked) -> None:
    made, ada = asked
    EmailAddress.objects.all().delete()
    client = logged_in(ada)
    client.post(made.link(2))
    assert client.post(own(made))["Location"] == f"/questionnaire/{made.round.pk}/"


def test_somebody_elses_link_in_the_same_browser_is_not_used(asked) -> None:
    made, ada = asked
    client = logged_in(ada)
    client.post(made.link(0))
    client.post(own(made))
    client.post(f"/questionnaire/{made.round.pk}/save/", {"code": "A1", "value": "4"})
    assert Response.objects.count() == 2
    assert Response.objects.filter(answers__isnull=False).count() == 1
    own_organisation = Response.objects.get(answers__isnull=False).organisation
    assert own_organisation == made.invitations[1].organisation


def test_who_is_not_asked_is_told_nothing(asked) -> None:
    made, _ada = asked
    other = make_user("other@example.org")
    Membership.objects.create(alliance=made.alliance, user=other)
    assert logged_in(other).post(own(made)).status_code == 404
    assert logged_in(other).post("/questionnaire/999999/own/").status_code == 404
    assert Client().post(own(made)).status_code == 302
    assert InvitationLink.objects.count() == 3


def test_who_has_answered_or_comes_too_late_reads_why(asked) -> None:
    made, ada = asked
    make_response(made, 2, answers={"A1": 3}, submitted=True)
    answer = logged_in(ada).post(own(made))
    assert answer.status_code == 410
    assert "You have sent in your answers already." in answer.content.decode()
    late = make_round(
        make_alliance("Late"), name="Late", closes_on=timezone.localdate() - dt.timedelta(days=1)
    )
    invite(late, late.invitations[0].organisation, "Ada", "ada@example.org")
    assert logged_in(ada).post(own(late)).status_code == 410


def test_rounds_and_round_offer_it_to_who_is_asked(asked) -> None:
    made, ada = asked
    other = make_user("other@example.org")
    Membership.objects.create(alliance=made.alliance, user=other, role=Membership.Role.CONVENER)
    for path in (f"/alliances/{made.alliance.pk}/rounds/", f"/rounds/{made.round.pk}/"):
        assert own(made) in logged_in(ada).get(path).content.decode()
        assert own(made) not in logged_in(other).get(path).content.decode()
    make_response(made, 2, answers={"A1": 3}, submitted=True)
    for path in (f"/alliances/{made.alliance.pk}/rounds/", f"/rounds/{made.round.pk}/"):
        assert own(made) not in logged_in(ada).get(path).content.decode()
