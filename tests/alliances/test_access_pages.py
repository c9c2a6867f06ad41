"""The page that says who has access: given, changed in its row, taken away after asking."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from alliances.models import Membership, User
from tests.alliances.conftest import House, told


def test_access_is_given_and_mailed(house: House, convener: Client) -> None:
    answer = convener.post(
        reverse("access", args=[house.alliance.pk]),
        {"email": "new@example.org", "name": "", "role": "member", "participant": house.rail.pk},
        follow=True,
    )
    assert told(answer) == ["new@example.org has access, and has been sent a mail."]
    assert User.objects.get(email="new@example.org").memberships.get().participant == house.rail
    assert "http://testserver/accounts/login/code/" in mail.outbox[0].body


def test_a_mail_that_does_not_go_is_told(house: House, convener: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.alliances.test_access_services.BrokenBackend"
    answer = convener.post(
        reverse("access", args=[house.alliance.pk]),
        {"email": "new@example.org", "role": "member"},
        follow=True,
    )
    assert told(answer) == [
        "new@example.org has access, but the mail could not be sent. "
        "Tell them to log in with this address, by a code."
    ]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"email", "role"}),
        ({"email": "x", "role": "member"}, {"email"}),
        ({"email": "x@example.org", "role": "king"}, {"role"}),
        ({"email": "x@example.org", "role": "member", "participant": "999"}, {"participant"}),
        ({"email": "x@example.org\0", "role": "member"}, {"email"}),
        ({"email": "MEMBER@example.org", "role": "member"}, {"__all__"}),
    ],
)
def test_wrong_access_is_told_on_the_page(
    house: House, convener: Client, fields: dict[str, str], wrong: set[str]
) -> None:
    answer = convener.post(reverse("access", args=[house.alliance.pk]), fields)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert (User.objects.count(), house.alliance.memberships.count(), mail.outbox) == (4, 2, [])


def test_access_is_changed_in_its_row(house: House, convener: Client) -> None:
    membership = house.member.memberships.get()
    answer = convener.post(
        reverse("access", args=[house.alliance.pk]),
        {
            "membership": membership.pk,
            f"m{membership.pk}-role": "convener",
            f"m{membership.pk}-participant": "",
        },
    )
    assert answer["Location"] == reverse("access", args=[house.alliance.pk])
    membership.refresh_from_db()
    assert (membership.role, membership.participant) == ("convener", None)


def test_the_last_convener_is_told_in_the_row(house: House, convener: Client) -> None:
    membership = house.convener.memberships.get()
    answer = convener.post(
        reverse("access", args=[house.alliance.pk]),
        {"membership": membership.pk, f"m{membership.pk}-role": "member"},
    )
    assert answer.status_code == 422
    (row,) = [row for row in answer.context["rows"] if row.errors]
    assert row.membership == membership
    assert row.non_field_errors() == [
        "Convener is the only convener. Make somebody else convener first."
    ]
    removed = convener.post(reverse("access_remove", args=[membership.pk]), {"confirm": "yes"})
    assert (removed.status_code, removed.context["refusal"]) == (
        422,
        "Convener is the only convener. Make somebody else convener first.",
    )
    assert house.alliance.memberships.count() == 2


@pytest.mark.parametrize("key", ["999", "x", "", "\0"])
def test_a_row_that_is_not_there_is_404(house: House, convener: Client, key: str) -> None:
    answer = convener.post(reverse("access", args=[house.alliance.pk]), {"membership": key})
    assert answer.status_code == 404


def test_another_alliances_row_is_404(house: House, convener: Client) -> None:
    foreign = house.stranger.memberships.get()
    answer = convener.post(
        reverse("access", args=[house.alliance.pk]),
        {"membership": foreign.pk, f"m{foreign.pk}-role": "member"},
    )
    assert answer.status_code == 404
    foreign.refresh_from_db()
    assert foreign.role == "convener"


def test_access_is_taken_away_after_asking(house: House, convener: Client, member: Client) -> None:
    membership = house.member.memberships.get()
    address = reverse("access_remove", args=[membership.pk])
    assert convener.get(address).status_code == 200
    assert Membership.objects.filter(pk=membership.pk).exists()
    assert convener.post(address, {"confirm": "yes"})["Location"] == reverse(
        "access", args=[house.alliance.pk]
    )
    assert member.get(reverse("people", args=[house.alliance.pk])).status_code == 404


def test_who_gives_up_the_own_access_goes_home(house: House, convener: Client) -> None:
    Membership.objects.filter(user=house.member).update(role="convener")
    own = house.convener.memberships.get()
    answer = convener.post(reverse("access_remove", args=[own.pk]), {"confirm": "yes"})
    assert answer["Location"] == reverse("home")


@pytest.mark.parametrize("many", [3, 60])
def test_the_access_page_takes_the_same_queries_for_many(  # type: ignore[no-untyped-def]
    house: House, convener: Client, django_assert_num_queries, many: int
) -> None:
    for number in range(many - 2):
        Membership.objects.create(
            alliance=house.alliance,
            user=User.objects.create_user(f"u{number}@example.org"),
            participant=house.rail,
        )
    # session, user, alliance, participants, memberships
    with django_assert_num_queries(5):
        answer = convener.get(reverse("access", args=[house.alliance.pk]))
    assert len(answer.context["rows"]) == many
