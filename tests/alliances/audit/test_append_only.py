"""The database itself keeps what is in the log, whoever asks, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from alliances.models import Alliance
from alliances.models.audit import AuditChain, AuditEntry
from tests.alliances.audit.chains import execute, migration, triggers, write
from tests.factories import make_alliance, make_user

pytestmark = pytest.mark.django_db

ENTRY, CHAIN = AuditEntry._meta.db_table, AuditChain._meta.db_table
# Every column with another value of its kind; a new column has to be put here.
ENTRY_COLUMNS = {
    "id": 990, "chain": "alliance-8", "number": 99, "at": "2020-01-01T00:00:00+00:00",
    "who": "visitor", "account": 5, "action": "exported", "kind": "round", "thing": 8,
    "label": "Other", "details": '{"a":1}', "previous": "1" * 64, "digest": "2" * 64,
}  # fmt: skip


@pytest.fixture
def kept(db: None) -> Iterator[None]:
    with transaction.atomic(), triggers():
        write(2)
        yield


def columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    return {column.name for column in found}


def test_every_column_is_tried() -> None:
    assert columns(ENTRY) == ENTRY_COLUMNS.keys()


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("column", ENTRY_COLUMNS)
def test_no_column_of_an_entry_can_be_changed(column: str) -> None:
    with pytest.raises(IntegrityError, match=migration.REFUSAL):
        execute(f'UPDATE {ENTRY} SET "{column}" = %s WHERE number = 1', ENTRY_COLUMNS[column])


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    "statement",
    [
        f"DELETE FROM {ENTRY}",
        f"DELETE FROM {ENTRY} WHERE number = 2",
        f"DELETE FROM {CHAIN}",
        f"UPDATE {CHAIN} SET length = 1",
        f"UPDATE {CHAIN} SET length = 2, digest = 'x'",
        f"UPDATE {CHAIN} SET length = 4",
        f"UPDATE {CHAIN} SET length = 3, code = 'alliance-8'",
    ],
)
def test_nothing_is_taken_out_and_no_head_goes_back(statement: str) -> None:
    with pytest.raises(IntegrityError, match=migration.REFUSAL):
        execute(statement)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("table", [ENTRY, CHAIN])
def test_no_row_takes_the_place_of_another(table: str) -> None:
    """By REPLACE on SQLite, which asks no trigger about the row that it takes out; PostgreSQL knows
    no such statement, and its constraints refuse the row."""
    row = f"SELECT * FROM {table} WHERE id = (SELECT min(id) FROM {table})"
    verb = "REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(IntegrityError):
        execute(f"{verb} INTO {table} {row}")


@pytest.mark.usefixtures("kept")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", [ENTRY, CHAIN])
def test_nothing_is_cleared(table: str) -> None:
    with pytest.raises(IntegrityError, match=migration.REFUSAL):
        execute(f"TRUNCATE {table}")


@pytest.mark.usefixtures("kept")
def test_django_is_refused_too() -> None:
    entry = AuditEntry.objects.get(number=1)
    entry.label = "Other"
    for deed in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(DatabaseError, match=migration.REFUSAL), transaction.atomic():
            deed()
    assert list(AuditEntry.objects.values_list("number", "label")) == [
        (1, "Indigo Bay"),
        (2, "Indigo Bay"),
    ]


def test_no_migration_has_lost_what_refuses_a_change(db: None) -> None:
    """The tests' database as the migrations left it. (What refuses a deletion is looked for in
    tests/conftest.py, before it is taken away.)"""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger")
        found = {name for (name,) in cursor.fetchall()}
    assert {f"{ENTRY}_update_stays", f"{CHAIN}_update_stays"} <= found


@pytest.mark.usefixtures("kept")
def test_an_alliance_and_an_account_can_be_deleted() -> None:
    """No row of the log refers to them."""
    user = make_user()
    alliance = make_alliance(convener=user)
    write(alliance=alliance.pk)
    before = AuditEntry.objects.count()
    user.delete()
    alliance.delete()
    assert not Alliance.objects.exists()
    assert AuditEntry.objects.count() >= before
