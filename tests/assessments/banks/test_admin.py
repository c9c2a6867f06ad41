"""Django's admin: banks and rounds to look at, nothing to change, no answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.models import Alliance, User
from assessments.models import Bank, Round
from assessments.services.banks.store import latest_bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(client: Client) -> Client:
    client.force_login(
        User.objects.create(email="admin@example.org", is_staff=True, is_superuser=True)
    )
    return client


def add_round(name: str) -> Round:
    alliance = Alliance.objects.create(name=f"Alliance of {name}")
    return Round.objects.create(
        alliance=alliance,
        bank=latest_bank("readiness"),
        name=name,
        mode=Round.Mode.CONFIDENTIAL,
        opened_at=timezone.now(),
        closes_on=date(2027, 1, 31),
    )


def test_only_banks_and_rounds_are_registered() -> None:
    registered = {
        model.__name__ for model in admin.site._registry if model._meta.app_label == "assessments"
    }
    assert registered == {"Bank", "Round"}


def test_banks_and_rounds_can_be_looked_at(superuser: Client) -> None:
    first = add_round("First")
    for name, text in (
        (reverse("admin:assessments_bank_changelist"), "sha256:"),
        # the way to the pages on which it is written
        (reverse("admin:assessments_bank_changelist"), reverse("bank", args=[first.bank_id])),
        (reverse("admin:assessments_bank_change", args=[first.bank_id]), "NT7"),
        (reverse("admin:assessments_round_changelist"), "Alliance of First"),
        (reverse("admin:assessments_round_change", args=[first.pk]), "Alliance of First"),
    ):
        page = superuser.get(name)
        assert page.status_code == 200
        assert text in page.content.decode()
        assert 'name="_save"' not in page.content.decode()


@pytest.mark.parametrize("kind", ["bank", "round"])
def test_nothing_can_be_changed(superuser: Client, kind: str) -> None:
    first = add_round("First")
    pk = first.pk if kind == "round" else first.bank_id
    for view, arguments in (("add", []), ("change", [pk]), ("delete", [pk])):
        address = reverse(f"admin:assessments_{kind}_{view}", args=arguments)
        assert (
            superuser.post(address, {"title": "x", "name": "x", "post": "yes"}).status_code == 403
        )
    # The list offers no action that deletes, and does none that is asked for.
    superuser.post(
        reverse(f"admin:assessments_{kind}_changelist"),
        {"action": "delete_selected", "_selected_action": [pk], "post": "yes"},
    )
    assert list(Round.objects.values_list("name", flat=True)) == ["First"]
    assert list(Bank.objects.values_list("title", flat=True)) == ["Readiness"]


def test_the_list_of_rounds_takes_as_many_queries_for_three_as_for_one(
    superuser: Client, django_assert_num_queries: Any
) -> None:
    address = reverse("admin:assessments_round_changelist")
    add_round("First")
    with django_assert_num_queries(5):  # session, user, two counts, rounds
        superuser.get(address)
    add_round("Second")
    add_round("Third")
    with django_assert_num_queries(5):
        superuser.get(address)


def test_it_is_not_for_others(client: Client) -> None:
    client.force_login(User.objects.create(email="member@example.org"))
    answer = client.get(reverse("admin:assessments_round_changelist"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("admin:login"))
