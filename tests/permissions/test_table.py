"""Every address × method × role, with the answer that is expected."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.permissions.asking import METHODS
from tests.permissions.rows.accounts import ACCOUNTS
from tests.permissions.rows.admin import ADMIN
from tests.permissions.rows.row import ALL, ROLES
from tests.permissions.rows.table import DEEPER, NUMBERED, TABLE, named_patterns
from tests.permissions.world import STAFF, World

pytestmark = pytest.mark.django_db


def test_every_address_has_a_row() -> None:
    names = Counter(name for name, _route in named_patterns() if not name.startswith("admin:"))
    of_allauth = {name for name in names if name.startswith(("account_", "mfa_"))}
    assert names.keys() - of_allauth == set(TABLE)
    assert of_allauth == set(ACCOUNTS)
    # A second address of the same name would be asked by nobody: `reverse` gives one of them.
    assert {name: count for name, count in names.items() if count > 1} == {}
    of_admin = [
        # of one app: named by all of them, in an order that imports decide
        "<app_label>/" if name == "admin:app_list" else route.removeprefix("admin/")
        for name, route in named_patterns()
        if name.startswith("admin:")
    ]
    assert sorted(of_admin) == sorted(ADMIN)


@pytest.mark.parametrize("name", TABLE)
def test_who_may_what(world: World, name: str) -> None:
    line = TABLE[name]
    address = world.address(name)
    expected, found = {}, {}
    for method in METHODS:
        column = {"GET": line.get, "HEAD": line.get, "POST": line.post}.get(method, line.other)
        expected[method] = ALL.get(column, column)
        found[method] = " ".join(
            world.ask(role, method, address, line.sends).told for role in ROLES
        )
    assert found == expected


@pytest.mark.parametrize(("name", "which", "expected"), DEEPER)
def test_what_depends_on_its_state(world: World, name: str, which: str, expected: str) -> None:
    address = reverse(name, kwargs={"pk": world.objects[which]} | NUMBERED.get(name, {}))
    assert " ".join(world.ask(role, "GET", address).told for role in ROLES) == expected


@pytest.mark.parametrize("name", ACCOUNTS)
def test_account_pages(world: World, name: str) -> None:
    page = ACCOUNTS[name]
    address = reverse(name, kwargs=page.arguments)
    for method in METHODS:
        found = [world.ask(role, method, address).told for role in ROLES]
        nobody, somebody = page.expected(method).split()
        assert (method, found) == (method, [nobody] * 2 + [somebody] * 8)


@pytest.mark.parametrize("pattern", ADMIN)
def test_admin_pages(world: World, pattern: str) -> None:
    page = ADMIN[pattern]
    address = "/admin/" + page.path.format(**world.objects)
    staff = ("admin", "operator", STAFF)
    outside = [role for role in ROLES if role not in staff]
    for method in METHODS:
        found = {role: world.ask(role, method, address) for role in (*outside, *staff)}
        assert {role: found[role].told for role in staff} == {
            role: page.expected(role, method) for role in staff
        }, method
        if pattern == "login/":
            told = ["L", "L"] + ["404"] * 6
        else:
            told = ["302"] * 8
            following = {found[role].headers["Location"] for role in outside}
            assert following == {f"/admin/login/?next={quote(address)}"} or pattern == "logout/"
        assert (method, [found[role].told for role in outside]) == (method, told)


def test_answers_have_no_admin_page() -> None:
    registered = {model.__name__ for model in admin.site._registry}
    assert registered == {
        "Alliance", "Authenticator", "Bank", "EmailAddress", "Membership", "Round", "User",
    }  # fmt: skip
