"""A bank of one alliance is read by nobody else: no curator, no file, no command."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import reverse

from alliances.errors import Refused
from alliances.models import User
from assessments.models import Bank
from assessments.services.banks.drafts import create_bank
from assessments.services.banks.files import parse_bank
from assessments.services.banks.imports import import_draft
from assessments.services.banks.shelf import read_shelf, versions_of
from assessments.services.banks.store import find_bank, import_bank, latest_bank
from assessments.services.banks.verification import verify_banks
from assessments.services.working_rules_check import working_rules_bank
from tests.factories import make_bank, make_user
from tests.permissions.rows.banks import ROWS

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(alliance, rules) -> Bank:
    return working_rules_bank(alliance=alliance, by=None)


def curator() -> User:
    user = make_user()
    user.user_permissions.add(Permission.objects.get(codename="change_bank"))
    return user


def admin() -> User:
    return make_user(is_staff=True, is_superuser=True)


def own_addresses(own: Bank, shared: Bank) -> list[tuple[str, dict[str, Any], str]]:
    """Every address of a bank or its parts with the own one in it, and what a curator's GET gives."""
    dimension, question = own.dimensions.first(), own.questions.first()
    assert dimension is not None
    assert question is not None
    named = {
        "published bank": own.pk,
        "draft bank": own.pk,
        "draft dimension": dimension.pk,
        "draft question": question.pk,
    }
    found = [
        (name, {key: named.get(value, value) for key, value in row.arguments.items()}, row.get)
        for name, row in ROWS.items()
        if row.arguments
    ]
    draft = {"pk": shared.pk, "other": own.pk}
    return [*found, ("bank_compare", draft, ROWS["bank_compare"].get)]


@pytest.mark.parametrize("who", [curator, admin])
def test_no_page_of_it_is_there_for_curators(own, who) -> None:
    client = Client()
    client.force_login(who(), backend="django.contrib.auth.backends.ModelBackend")
    shared = make_bank()
    assert client.get(reverse("bank", args=[shared.pk])).status_code == 200
    addresses = own_addresses(own, shared)
    assert len(addresses) > 20
    for name, arguments, get in addresses:
        path = reverse(name, kwargs=arguments)
        only_post = " 405" in get
        assert client.get(path).status_code == (405 if only_post else 404), name
        # What has no POST at all says so before it looks.
        assert client.post(path).status_code in (404, 405), name
    assert client.post(reverse("bank_retire", args=[own.pk])).status_code == 404
    assert client.post(reverse("bank_next", args=[own.pk])).status_code == 404
    own.refresh_from_db()
    assert own.status == "published"
    shelf = client.get(reverse("banks")).content.decode()
    assert "A small bank" in shelf
    assert "Working rules check" not in shelf


def test_it_stands_on_no_shelf(own) -> None:
    shared = make_bank()
    assert [shelved.code for shelved in read_shelf()] == ["small"]
    assert versions_of(own.code) == []
    assert list(Bank.objects.curated_by(admin())) == [shared]


def test_djangos_admin_does_not_show_it(own, client) -> None:
    shared = make_bank()
    client.force_login(admin(), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/admin/assessments/bank/").content.decode()
    assert shared.title in page
    assert own.title not in page
    assert client.get(f"/admin/assessments/bank/{shared.pk}/change/").status_code == 200
    assert client.get(f"/admin/assessments/bank/{own.pk}/change/").status_code == 302


def test_no_file_is_made_of_it(own, tmp_path) -> None:
    for find in (lambda: find_bank(code=own.code), lambda: find_bank(code=own.code, version=1)):
        with pytest.raises(Refused, match="what one alliance asks itself"):
            find()
    with pytest.raises(Refused, match="what one alliance asks itself"):
        latest_bank(own.code)
    with pytest.raises(CommandError, match="what one alliance asks itself"):
        call_command("export_bank", own.code, stdout=io.StringIO())
    with pytest.raises(Refused, match="There is no question bank 'none'") as refusal:
        latest_bank("none")
    assert own.code not in refusal.value.message


@pytest.mark.parametrize("code", ["working-rules-1", "Working-Rules-99999"])
def test_its_code_is_kept_for_it(code: str) -> None:
    text = json.dumps(
        {"code": code, "version": 1, "dimensions": [{"code": "d", "questions": [{"code": "q"}]}]}
    )
    document = parse_bank(text=text)
    with pytest.raises(Refused, match="is kept for"):
        import_bank(document=document)
    with pytest.raises(Refused, match="is kept for"):
        import_draft(document=document, by=None)
    with pytest.raises(Refused, match="is kept for"):
        create_bank(code=code, title="Mine", language="en", by=None)
    assert Bank.objects.count() == 0
    create_bank(code="working-rules-mine", title="Mine", language="en", by=None)


# The triggers ------------------------------------------------------------------------------------


def migrate(name: str) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("assessments", name)])


def triggers() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        return {name for (name,) in cursor.fetchall() if name.endswith("_stays")}


@pytest.mark.django_db(transaction=True)
def test_what_is_published_stays_on_the_way_back_too() -> None:
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes("assessments")
    [(_app, latest)] = leaves
    before = triggers()
    assert "assessments_question_update_stays" in before
    try:
        migrate("0003_published_banks")
        assert triggers() == before
        with connection.cursor() as cursor:
            table = connection.introspection.get_table_description(cursor, "assessments_bank")
        assert "alliance_id" not in {column.name for column in table}
    finally:
        migrate(latest)
    assert triggers() == before
    make_bank()
    [found] = verify_banks()
    assert not any("triggers" in fault for fault in found.faults)
