"""What holds for every test."""

from __future__ import annotations

import importlib
import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation

hypothesis.settings.register_profile(
    "northbound",
    deadline=None,  # two busy cores say nothing about the code
    derandomize="CI" in os.environ,
    database=None,
)
hypothesis.settings.load_profile("northbound")


DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What touches the database carries the mark `database`: the rest need not run on each."""
    for item in items:
        fixtures = DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
        if fixtures or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)


def _is_this_machine(address: Any) -> bool:
    """Whether `address`, as sockets take it, stays on this machine."""
    if not isinstance(address, tuple):
        return True  # a Unix socket's path
    host = str(address[0])
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """A test that reaches for another machine fails, wherever it runs."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        real = getattr(socket.socket, name)

        def guarded(self: socket.socket, address: Any, real: Any = real) -> Any:
            if not _is_this_machine(address):
                raise AssertionError(f"A test tries to reach {address!r}.")
            return real(self, address)

        patch.setattr(socket.socket, name, guarded)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def nothing_counted(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """What a test counted (wrong passwords, say) is not held against the next. After most tests it is
    taken back with all the rest; where a test commits, Django empties its models' tables, and the counts
    are in none of these."""
    yield
    mark = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"}.intersection(request.fixturenames)
    if commits or (mark is not None and mark.kwargs.get("transaction")):
        with django_db_blocker.unblock():
            cache.clear()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English: a request leaves its reader's language behind in the thread."""
    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests that commit clear all tables behind them, by the very statements that the database
    refuses for the audit log. Here those triggers are taken away; tests/alliances/audit/test_append_only.py
    puts them back for itself. Breaks where a migration has lost one of them."""
    migration = importlib.import_module("alliances.migrations.0005_audit")
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table, event, on_sqlite, on_postgresql in migration.REFUSED:
            on_this = on_sqlite if connection.vendor == "sqlite" else on_postgresql
            if event in migration.CLEARING and on_this is not None:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {table}_{event}_stays{on}")
