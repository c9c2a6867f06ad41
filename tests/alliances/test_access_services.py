"""Who gets in: accounts, memberships, the mail about it, and the last convener."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import reverse

from alliances.errors import Refused
from alliances.models import Membership, Participant, User
from alliances.services.access import change_access, give_access, remove_access
from tests.alliances.conftest import House

LOGIN = "https://north.example/accounts/login/code/"


class BrokenBackend(BaseEmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        raise ConnectionRefusedError


def _give(house: House, email: str = "new@example.org", **fields: Any) -> Any:
    return give_access(alliance=house.alliance, email=email, by=house.convener, **fields)


def test_a_newcomer_gets_an_account_without_password_and_a_mail(house: House) -> None:
    given = _give(
        house, "New.Person@Example.org", name="New Person", participant=house.rail, login_url=LOGIN
    )
    user = User.objects.get(email="new.person@example.org")
    assert given.mailed
    assert (user.name, user.has_usable_password(), user.is_staff) == ("New Person", False, False)
    assert list(user.memberships.values_list("alliance", "role", "participant")) == [
        (house.alliance.pk, "member", house.rail.pk)
    ]
    (message,) = mail.outbox
    assert message.to == ["New Person <new.person@example.org>"]
    assert message.reply_to == ["Convener <convener@example.org>"]
    assert message.subject == "Your access to Tessel Valley"
    assert message.body.startswith(
        "Dear New Person,\n\nYou can now see Tessel Valley on Northbound"
    )
    assert f"Log in here:\n{LOGIN}\n" in message.body
    assert "Enter new.person@example.org and you are sent a code." in message.body


def test_markup_in_names_reaches_the_mail_as_it_is(house: House) -> None:
    house.alliance.name = "R&D <North>"
    house.alliance.save()
    _give(house, login_url=LOGIN)
    assert mail.outbox[0].subject == "Your access to R&D <North>"
    assert "R&D <North>" in mail.outbox[0].body


def test_a_known_account_is_not_changed(house: House) -> None:
    before = User.objects.count()
    given = _give(house, "STRANGER@example.org", name="Another Name", role="convener")
    assert (User.objects.count(), given.mailed, mail.outbox) == (before, False, [])
    house.stranger.refresh_from_db()
    assert house.stranger.name == "Stranger"
    assert house.alliance.memberships.get(user=house.stranger).role == "convener"


def test_access_stays_where_the_mail_fails(house: House, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.alliances.test_access_services.BrokenBackend"
    given = _give(house, login_url=LOGIN)
    assert given.mailed is False
    assert house.alliance.memberships.filter(user__email="new@example.org").exists()


def test_a_newcomer_logs_in_by_a_code(house: House) -> None:
    _give(house)
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": "new@example.org"})
    (message,) = mail.outbox
    assert message.subject == "Your code for Northbound"
    code = re.search(r"^([A-Z0-9-]{6,})$", message.body, re.MULTILINE)
    assert code
    client.post(reverse("account_confirm_login_code"), {"code": code.group(1)})
    answer = client.get(reverse("people", args=[house.alliance.pk]))
    assert answer.status_code == 200
    assert answer.context["may_edit"] is False


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"email": "nobody"}, "“nobody” is not an e-mail address."),
        ({"role": "king"}, "The role must be one of: convener, member."),
        ({"name": "x" * 151}, "The name has 151 characters"),
        ({"email": "member@example.org"}, "member@example.org has access already."),
    ],
)
def test_wrong_access_is_refused(house: House, fields: dict[str, str], message: str) -> None:
    with pytest.raises(Refused) as refusal:
        _give(house, login_url=LOGIN, **fields)
    assert refusal.value.message.startswith(message)
    assert (house.alliance.memberships.count(), User.objects.count()) == (2, 4)
    assert mail.outbox == []


def test_an_account_that_is_off_gets_no_access(house: House) -> None:
    User.objects.filter(pk=house.stranger.pk).update(is_active=False)
    with pytest.raises(Refused, match="switched off"):
        _give(house, "stranger@example.org")
    assert house.alliance.memberships.count() == 2


def test_the_organisation_must_be_of_this_alliance(house: House) -> None:
    foreign = Participant.objects.create(alliance=house.other, name="Foreign")
    with pytest.raises(Refused, match="Choose an organisation of this alliance"):
        _give(house, participant=foreign)
    membership = house.alliance.memberships.get(user=house.member)
    with pytest.raises(Refused, match="Choose an organisation of this alliance"):
        change_access(membership=membership, role="member", participant=foreign, by=None)
    assert User.objects.count() == 4


def test_access_is_changed(house: House) -> None:
    membership = house.alliance.memberships.get(user=house.member)
    changed = change_access(
        membership=membership, role="convener", participant=house.rail, by=house.convener
    )
    membership.refresh_from_db()
    assert (membership.role, membership.participant) == ("convener", house.rail)
    assert (changed.membership, changed.told, mail.outbox) == (membership, None, [])


def test_the_last_convener_stays(house: House) -> None:
    membership = house.alliance.memberships.get(user=house.convener)
    for attempt in (
        lambda: remove_access(membership=membership),
        lambda: change_access(membership=membership, role="member", participant=None, by=None),
    ):
        with pytest.raises(Refused, match=r"^Convener is the only convener\."):
            attempt()
    membership.refresh_from_db()
    assert membership.role == "convener"
    change_access(
        membership=membership, role="convener", participant=house.council, by=house.convener
    )


def test_a_convener_whose_account_is_off_does_not_count(house: House) -> None:
    User.objects.filter(pk=house.stranger.pk).update(is_active=False)
    Membership.objects.create(alliance=house.alliance, user=house.stranger, role="convener")
    with pytest.raises(Refused):
        remove_access(membership=house.alliance.memberships.get(user=house.convener))


def test_one_of_two_conveners_goes(house: House) -> None:
    _give(house, role="convener")
    remove_access(membership=house.alliance.memberships.get(user=house.convener))
    assert User.objects.filter(pk=house.convener.pk).exists()
    assert [m.user.email for m in house.alliance.memberships.order_by("user__email")] == [
        "member@example.org",
        "new@example.org",
    ]


def test_access_removed_meanwhile_is_refused(house: House) -> None:
    membership = house.alliance.memberships.get(user=house.member)
    Membership.objects.filter(pk=membership.pk).delete()
    with pytest.raises(Refused, match="removed meanwhile"):
        remove_access(membership=membership)
