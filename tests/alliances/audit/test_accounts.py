"""Accounts and access are recorded whoever changes them, and without what they hold."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from alliances.models import Membership, User
from alliances.models.audit import AuditEntry
from alliances.services.access import change_access, give_access, remove_access
from alliances.services.audit.writing import LABEL_LIMIT
from tests.factories import make_alliance, make_participant, make_user

pytestmark = pytest.mark.django_db


def told(after: int = 0) -> list[tuple[Any, ...]]:
    """Chain without its number, action, what it was done to, and what more is said."""
    return [
        (one.chain.split("-")[0], one.action, one.thing, json.loads(one.details))
        for one in AuditEntry.objects.filter(pk__gt=after).order_by("pk")
    ]


def last() -> int:
    return AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_an_account_from_its_making_to_its_end() -> None:
    user = make_user("ada@example.org")
    key = user.pk
    user.email, user.is_active = "ada@other.example", False
    user.save()
    user.save()  # nothing has changed
    user.set_password("correct horse")
    user.save()
    user.set_unusable_password()
    user.save()
    user.language = "fr"
    user.save(update_fields=["language"])
    user.delete()
    assert told() == [
        ("installation", "account_made", key, {}),
        ("installation", "account_changed", key, {"fields": ["email", "is_active"]}),
        ("installation", "account_changed", key, {"fields": ["password"]}),
        ("installation", "account_changed", key, {"fields": ["password"]}),
        ("installation", "account_deleted", key, {}),
    ]
    assert {one.label for one in AuditEntry.objects.all()} == {""}


def test_an_admin_made_by_the_command_is_the_operators() -> None:
    call_command("createsuperuser", email="root@example.org", interactive=False, verbosity=0)
    user = User.objects.get()
    assert told() == [
        ("installation", "account_made", user.pk, {}),
        ("installation", "account_changed", user.pk, {"fields": ["is_staff", "is_superuser"]}),
    ]
    assert set(AuditEntry.objects.values_list("who", "account")) == {("operator", None)}


def test_a_permission_is_given() -> None:
    user, before = make_user(), last()
    permission = Permission.objects.order_by("pk").first()
    assert permission is not None
    user.user_permissions.add(permission)
    user.user_permissions.add(permission)  # has it already
    permission.user_set.remove(user)
    before = last() if before is None else before
    assert (
        told(before)
        == [("installation", "account_changed", user.pk, {"fields": ["permissions"]})] * 2
    )


def test_what_is_refused_leaves_no_entry() -> None:
    make_user("ada@example.org")
    before = last()
    with pytest.raises(IntegrityError):
        make_user("ADA@example.org")
    assert last() == before


def test_who_logs_in_by_an_old_hash_has_changed_nothing(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    user = make_user("ada@example.org")
    user.set_password("correct horse")
    user.save()
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[::-1]
    before, old = last(), User.objects.get().password
    again = User.objects.get()
    assert again.check_password("correct horse")
    assert User.objects.get().password != old
    assert told(before) == []


def test_logins_of_admins_alone() -> None:
    """When a member came is nobody's business: it says when they may have answered."""
    member, admin = make_user(), User.objects.create_superuser("root@example.org")
    before = last()
    for user in (member, admin):
        Client().force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert told(before) == [("installation", "admin_came", admin.pk, {})]
    assert AuditEntry.objects.latest("pk").account == admin.pk


def test_access_from_its_giving_to_its_end() -> None:
    ada = make_user("ada@example.org")
    alliance = make_alliance(convener=ada)
    ash = make_participant(alliance, "Ash")
    before = last()
    given = give_access(alliance=alliance, email="ben@example.org", by=ada).membership
    ben = given.user_id
    change_access(membership=given, role="convener", participant=ash, by=ada)
    change_access(membership=given, role="convener", participant=ash, by=ada)
    remove_access(membership=given, by=ada)
    assert told(before) == [
        ("installation", "account_made", ben, {}),
        ("alliance", "access_given", ben, {"role": "member", "organisation": ""}),
        ("alliance", "access_changed", ben, {"role": "convener", "organisation": "Ash"}),
        ("alliance", "access_removed", ben, {}),
    ]


def test_access_goes_with_an_account_and_with_an_alliance() -> None:
    ada, ben = make_user(), make_user()
    alliance = make_alliance("Indigo", convener=ada, member=ben)
    before, key = last(), ben.pk
    ben.delete()
    assert told(before) == [
        ("installation", "account_deleted", key, {}),
        ("alliance", "access_removed", key, {}),
    ]
    # of an alliance that goes it is told once, where it is deleted
    before = last()
    alliance.delete()
    assert not Membership.objects.exists()
    assert told(before) == []


def test_an_admin_changes_and_deletes(client: Client) -> None:
    admin = User.objects.create_superuser("root@example.org")
    ada = make_user("ada@example.org", name="Ada")
    alliance = make_alliance("Indigo", convener=ada)
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    before = last()
    page = reverse("admin:alliances_user_change", args=[ada.pk])
    sent = {"email": "ada@example.org", "name": "Ada", "is_active": "on", "is_staff": "on"}
    assert client.post(page, sent).status_code == 302
    page = reverse("admin:alliances_alliance_delete", args=[alliance.pk])
    assert client.post(page, {"post": "yes"}).status_code == 302
    assert told(before) == [
        ("installation", "account_changed", ada.pk, {"fields": ["is_staff"]}),
        ("installation", "alliance_deleted", alliance.pk, {}),
        ("alliance", "alliance_deleted", alliance.pk, {}),
    ]
    assert set(AuditEntry.objects.filter(pk__gt=before).values_list("who", "account")) == {
        ("account", admin.pk)
    }


def test_several_are_deleted_from_the_list(client: Client) -> None:
    admin = User.objects.create_superuser("root@example.org")
    one, two = make_alliance("Indigo"), make_alliance("x" * (LABEL_LIMIT - 40))
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    before = last()
    answer = client.post(
        reverse("admin:alliances_alliance_changelist"),
        {"action": "delete_selected", "_selected_action": [two.pk, one.pk], "post": "yes"},
    )
    assert answer.status_code == 302
    assert told(before) == [
        (chain, "alliance_deleted", pk, {})
        for chain in ("installation", "alliance")
        for pk in (one.pk, two.pk)
    ]
