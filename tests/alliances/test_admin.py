"""Django's admin: whoever belongs to an organisation, belongs to one of the same alliance."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.models import InternalStakeholder, Membership, Participant, Representative, User
from tests.alliances.conftest import House, told

REFUSAL = "Choose an organisation of this alliance."


@pytest.fixture
def admin(house: House) -> Client:
    client = Client()
    client.force_login(
        User.objects.create_superuser("root@example.org", "a long password"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


@pytest.fixture
def foreign(house: House) -> Participant:
    return Participant.objects.create(alliance=house.other, name="Lighthouse")


def sent(house: House, participant: Any) -> dict[str, Any]:
    return {
        "user": house.stranger.pk,
        "alliance": house.alliance.pk,
        "role": "member",
        "participant": participant,
    }


def test_a_membership_with_another_alliances_organisation_is_refused(
    house: House, admin: Client, foreign: Participant
) -> None:
    address = reverse("admin:alliances_membership_add")
    answer = admin.post(address, sent(house, foreign.pk))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors == {"participant": [REFUSAL]}
    assert not house.alliance.memberships.filter(user=house.stranger).exists()


@pytest.mark.parametrize("belongs", [True, False])
def test_its_own_organisation_or_none_is_taken(house: House, admin: Client, belongs: bool) -> None:
    participant = house.rail if belongs else None
    address = reverse("admin:alliances_membership_add")
    assert (
        admin.post(address, sent(house, participant.pk if participant else "")).status_code == 302
    )
    membership = house.alliance.memberships.get(user=house.stranger)
    assert membership.participant == participant


def inline(house: House, membership: Membership | None, participant: int) -> dict[str, Any]:
    return {
        "name": "Any name",
        "summary": "",
        "currency": "EUR",
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "1" if membership else "0",
        "memberships-0-id": membership.pk if membership else "",
        "memberships-0-alliance": membership.alliance_id if membership else "",
        "memberships-0-user": house.member.pk,
        "memberships-0-role": "member",
        "memberships-0-participant": participant,
    }


def test_the_same_holds_on_the_alliances_own_page(
    house: House, admin: Client, foreign: Participant
) -> None:
    membership = house.alliance.memberships.get(user=house.member)
    Membership.objects.exclude(pk=membership.pk).filter(alliance=house.alliance).delete()
    address = reverse("admin:alliances_alliance_change", args=[house.alliance.pk])
    answer = admin.post(address, inline(house, membership, foreign.pk))
    assert answer.status_code == 200
    (formset,) = answer.context["inline_admin_formsets"]
    assert formset.formset.errors == [{"participant": [REFUSAL]}]
    membership.refresh_from_db()
    assert membership.participant == house.council
    assert admin.post(address, inline(house, membership, house.rail.pk)).status_code == 302
    membership.refresh_from_db()
    assert membership.participant == house.rail


def test_a_new_alliance_has_no_organisation_to_belong_to(house: House, admin: Client) -> None:
    answer = admin.post(reverse("admin:alliances_alliance_add"), inline(house, None, house.rail.pk))
    assert answer.status_code == 200
    (formset,) = answer.context["inline_admin_formsets"]
    assert formset.formset.errors == [{"participant": [REFUSAL]}]


# --- what is bound here is no less seen than on the page of an alliance


def root() -> User:
    return User.objects.get(email="root@example.org")


def test_who_is_bound_in_the_admin_is_noted_and_told(
    house: House, admin: Client, django_capture_on_commit_callbacks: Any
) -> None:
    address = reverse("admin:alliances_membership_add")
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(address, sent(house, house.council.pk))
    membership = house.alliance.memberships.get(user=house.stranger)
    assert (membership.bound_by, membership.bound_at is None) == (root(), False)
    assert [one.to for one in mail.outbox] == [
        ["Member <member@example.org>"],
        ["Ines Arroyo <ines@council.example>"],
    ]
    assert "given by root@example.org on" in mail.outbox[0].body
    assert "http://testserver/accounts/login/code/" in mail.outbox[0].body


def test_the_same_holds_in_the_rows_of_an_alliance(
    house: House, admin: Client, django_capture_on_commit_callbacks: Any
) -> None:
    membership = house.alliance.memberships.get(user=house.member)
    Membership.objects.exclude(pk=membership.pk).filter(alliance=house.alliance).delete()
    Representative.objects.create(participant=house.rail, name="Ray", email="ray@rail.example")
    address = reverse("admin:alliances_alliance_change", args=[house.alliance.pk])
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(address, inline(house, membership, house.rail.pk))
    membership.refresh_from_db()
    assert (membership.participant, membership.bound_by) == (house.rail, root())
    assert [one.to for one in mail.outbox] == [
        ["Member <member@example.org>"],
        ["Ines Arroyo <ines@council.example>"],
        ["Ray <ray@rail.example>"],
    ]
    assert "You no longer speak for County Council" in mail.outbox[0].body
    # Another account in the same row speaks for it as well, and the one before no more.
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(
            address,
            inline(house, membership, house.rail.pk) | {"memberships-0-user": house.stranger.pk},
        )
    assert [one.to[0] for one in mail.outbox] == [
        "Member <member@example.org>",
        "Stranger <stranger@example.org>",
        "Ray <ray@rail.example>",
        "Ray <ray@rail.example>",
    ]
    assert "You no longer see the alliance there, either." in mail.outbox[0].body
    assert "Member (member@example.org) no longer speaks for Eastline Rail" in mail.outbox[1].body
    assert "Stranger (stranger@example.org) can now speak" in mail.outbox[3].body
    # A role alone is none of it.
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(
            address,
            inline(house, membership, house.rail.pk)
            | {"memberships-0-user": house.stranger.pk, "memberships-0-role": "convener"},
        )
    membership.refresh_from_db()
    assert (membership.role, mail.outbox) == ("convener", [])


@pytest.mark.parametrize("way", ["one", "many", "inline"])
def test_what_is_taken_away_in_the_admin_is_told(
    house: House, admin: Client, django_capture_on_commit_callbacks: Any, way: str
) -> None:
    membership = house.alliance.memberships.get(user=house.member)
    if way == "one":
        address = reverse("admin:alliances_membership_delete", args=[membership.pk])
        sending: dict[str, Any] = {"post": "yes"}
    elif way == "many":
        address = reverse("admin:alliances_membership_changelist")
        sending = {
            "action": "delete_selected",
            "_selected_action": [membership.pk],
            "post": "yes",
        }
    else:
        Membership.objects.exclude(pk=membership.pk).filter(alliance=house.alliance).delete()
        address = reverse("admin:alliances_alliance_change", args=[house.alliance.pk])
        sending = inline(house, membership, house.council.pk) | {"memberships-0-DELETE": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(address, sending).status_code == 302
    assert not house.member.memberships.exists()
    assert [one.to for one in mail.outbox] == [
        ["Member <member@example.org>"],
        ["Ines Arroyo <ines@council.example>"],
    ]
    assert "This was taken away by root@example.org on" in mail.outbox[1].body


def test_an_alliance_changed_in_the_admin_counts_as_changed(house: House, admin: Client) -> None:
    membership = house.alliance.memberships.get(user=house.member)
    Membership.objects.exclude(pk=membership.pk).filter(alliance=house.alliance).delete()
    address = reverse("admin:alliances_alliance_change", args=[house.alliance.pk])
    for _turn in range(2):  # the second changes nothing
        admin.post(address, inline(house, membership, house.council.pk))
    house.alliance.refresh_from_db()
    assert (house.alliance.edition, house.alliance.changed_by) == (2, root())


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_fails_is_told_in_the_admin(house: House, admin: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.alliances.test_access_services.BrokenBackend"
    address = reverse("admin:alliances_membership_add")
    admin.post(address, sent(house, house.council.pk))
    assert house.alliance.memberships.filter(user=house.stranger).exists()
    answer = admin.get(reverse("admin:alliances_membership_changelist"))
    assert any("Tell them yourself: Member, Ines Arroyo." in one for one in told(answer))


@pytest.mark.parametrize("many", [False, True])
def test_deleting_an_alliance_shows_no_row_that_is_an_organisations_own(
    house: House, admin: Client, many: bool
) -> None:
    InternalStakeholder.objects.create(
        participant=house.council, unit="Secret works council", stance="against"
    )
    if many:
        answer = admin.post(
            reverse("admin:alliances_alliance_changelist"),
            {"action": "delete_selected", "_selected_action": [house.alliance.pk]},
        )
    else:
        answer = admin.get(reverse("admin:alliances_alliance_delete", args=[house.alliance.pk]))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Are you sure" in page
    assert house.alliance.name in page
    assert "Secret" not in page
    # Nor how many an organisation has.
    assert "stakeholder" not in page.lower()


# When somebody came tells when they may have answered


def test_of_a_login_the_day_alone_is_kept(house: House, admin: Client) -> None:
    client = Client()
    client.force_login(house.convener, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/")
    moment = timezone.localtime(User.objects.get(pk=house.convener.pk).last_login)
    assert moment.date() == timezone.localdate()
    assert moment.time() == dt.time()


def test_no_page_says_when_somebody_was_last_here(house: House, admin: Client) -> None:
    """Of a member that may be when they answered."""
    moment = dt.datetime(2019, 7, 8, 9, 41, tzinfo=dt.UTC)
    User.objects.filter(pk=house.member.pk).update(last_login=moment)
    factor = Authenticator.objects.create(
        user=house.member, type="totp", data={"secret": "locked"}, last_used_at=moment
    )
    for address in (
        reverse("admin:alliances_user_changelist"),
        reverse("admin:alliances_user_change", args=[house.member.pk]),
        reverse("admin:mfa_authenticator_changelist"),
        reverse("admin:mfa_authenticator_change", args=[factor.pk]),
    ):
        answer = admin.get(address)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert str(house.member) in text
        assert not re.search("2019|9:41|11:41|last_login|last_used", text), address
