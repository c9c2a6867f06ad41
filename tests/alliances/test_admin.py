"""Django's admin: whoever belongs to an organisation, belongs to one of the same alliance."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alliances.models import Membership, Participant, User
from tests.alliances.conftest import House

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
