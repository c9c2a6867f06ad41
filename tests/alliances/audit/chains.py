"""Small chains for tests, and the statements of somebody who has the database itself."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from alliances.models.audit import Action, AuditEntry
from alliances.services.audit.writing import Thing, record

migration = importlib.import_module("alliances.migrations.0005_audit")

INDIGO = Thing("alliance", 7, "Indigo Bay")


def write(times: int = 1, *, alliance: int | None = 7, thing: Thing = INDIGO) -> list[AuditEntry]:
    """So many entries at the end of the chain of alliance 7, unless said."""
    return [
        record(action=Action.ALLIANCE_CHANGED, alliance=alliance, thing=thing) for _ in range(times)
    ]


def execute(statement: str, *given: object) -> int:
    """Runs it past Django, in a savepoint; gives how many rows it concerned."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)


@contextmanager
def triggers() -> Iterator[None]:
    """The database as it is in real life, where nothing is cleared."""
    _run(migration.install)
    try:
        yield
    finally:
        _run(lambda *given: migration.remove(*given, migration.CLEARING))


def drop_triggers() -> None:
    """What somebody does first who has the database itself."""
    _run(migration.remove)


def restore_triggers() -> None:
    """As the tests have it."""
    _run(migration.install)
    _run(lambda *given: migration.remove(*given, migration.CLEARING))


def _run(step: object) -> None:
    editor = connection.schema_editor(atomic=False)
    editor.deferred_sql = []
    step(None, editor)  # type: ignore[operator]
