"""`manage.py verify_audit` names the first link that somebody tampered with who has the database itself."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from alliances.models.audit import AuditChain, AuditEntry
from alliances.services.audit import verification
from alliances.services.audit.chain import digest_of
from tests.alliances.audit.chains import drop_triggers, execute, restore_triggers, write

pytestmark = pytest.mark.django_db

ENTRY, CHAIN = AuditEntry._meta.db_table, AuditChain._meta.db_table
COLUMNS = "chain, number, at, who, account, action, kind, thing, label, details, previous, digest"


@pytest.fixture
def entries(db: None) -> Iterator[list[AuditEntry]]:
    """Five entries of alliance 7 and one of the installation, in a database that refuses nothing."""
    found = write(5)
    write(alliance=None)
    with transaction.atomic():
        drop_triggers()
        yield found
        restore_triggers()


def verify(**options: object) -> tuple[str, str]:
    """What the command prints, and how it ends; "" for exit code 0, which a CommandError is not."""
    out = StringIO()
    try:
        call_command("verify_audit", stdout=out, **options)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def broken() -> str:
    """The line of the chain that does not fit; the other one does."""
    printed, ended = verify()
    lines = printed.splitlines()
    assert ended == "1 chain is broken."
    assert lines[1].startswith("installation:")
    assert lines[1].endswith(" 1 entry. All fits.")
    return lines[0]


def test_all_fits(entries: list[AuditEntry]) -> None:
    installation = AuditEntry.objects.get(chain="installation")
    printed, ended = verify()
    assert ended == ""
    assert printed.splitlines() == [
        f"alliance-7:{entries[4].digest} 5 entries. All fits.",
        f"installation:{installation.digest} 1 entry. All fits.",
    ]
    assert verify(alliance=7)[0].splitlines() == printed.splitlines()[:1]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("at", "never", "entry 3: its content was changed"),
        ("at", "2026-13-41 25:00:00", "cannot be read"),
        ("number", "third", "number 3 is missing"),
        ("account", "nobody", "entry 3: its content was changed"),
        ("label", "\udcff", "cannot be read"),
    ],
)
def test_what_is_no_entry_at_all(
    entries: list[AuditEntry], column: str, value: str, said: str
) -> None:
    """SQLite keeps any text in any column."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses it")
    given: object = value
    if column == "label":
        given = value.encode("utf-8", "surrogateescape")
    execute(f"UPDATE {ENTRY} SET {column} = %s WHERE number = 3 AND chain = 'alliance-7'", given)
    assert said in broken()


def test_nothing_is_recorded() -> None:
    assert verify() == ("Nothing is recorded yet. Nothing to check.\n", "")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("who", "operator"), ("account", 5), ("action", "exported"), ("kind", "round"), ("thing", 8),
        ("label", "Other"), ("details", '{"a":1}'), ("at", "2020-01-01T00:00:00+00:00"),
        ("previous", "1" * 64), ("digest", "2" * 64),
    ],
)  # fmt: skip
def test_content_is_changed(entries: list[AuditEntry], column: str, value: object) -> None:
    if column == "who":
        value = "visitor"
    execute(f"UPDATE {ENTRY} SET {column} = %s WHERE number = 3 AND chain = 'alliance-7'", value)
    assert broken() == (
        "alliance-7, entry 3: its content was changed: it does not fit its own digest."
    )


def test_content_and_digest_are_changed(entries: list[AuditEntry]) -> None:
    """The next one holds on to the old digest."""
    entry = entries[2]
    entry.label = "Other"
    execute(
        f"UPDATE {ENTRY} SET label = %s, digest = %s WHERE id = %s",
        "Other", digest_of(entry), entry.pk,
    )  # fmt: skip
    assert broken() == (
        "alliance-7, entry 4: it does not hold on to the entry before: one of the two was put in "
        "another's place."
    )


def test_two_are_swapped(entries: list[AuditEntry]) -> None:
    for number, entry in ((99, entries[1]), (2, entries[2]), (3, entries[1])):
        execute(f"UPDATE {ENTRY} SET number = %s WHERE id = %s", number, entry.pk)
    assert broken().startswith("alliance-7, entry 2: its content was changed")


def test_one_in_the_middle_is_deleted(entries: list[AuditEntry]) -> None:
    execute(f"DELETE FROM {ENTRY} WHERE id = %s", entries[2].pk)
    assert broken() == "alliance-7, entry 4: number 3 is missing before it."


def test_some_at_the_beginning_are_deleted(entries: list[AuditEntry]) -> None:
    execute(f"DELETE FROM {ENTRY} WHERE chain = 'alliance-7' AND number < 4")
    assert broken() == "alliance-7, entry 4: numbers 1 to 3 are missing before it."


def test_the_gap_is_closed_by_new_numbers(entries: list[AuditEntry]) -> None:
    execute(f"DELETE FROM {ENTRY} WHERE id = %s", entries[2].pk)
    for number, entry in ((3, entries[3]), (4, entries[4])):
        execute(f"UPDATE {ENTRY} SET number = %s WHERE id = %s", number, entry.pk)
    assert broken().startswith("alliance-7, entry 3: its content was changed")


def test_the_last_are_deleted(entries: list[AuditEntry]) -> None:
    execute(f"DELETE FROM {ENTRY} WHERE chain = 'alliance-7' AND number > 3")
    assert broken() == (
        "alliance-7: entries were cut off at its end: the head counts 5, and 3 are there."
    )


def test_one_is_put_in(entries: list[AuditEntry]) -> None:
    """With the number of one that is there, in a table of which the constraints are gone."""
    execute(f"CREATE TABLE bare AS SELECT * FROM {ENTRY}")
    execute(f"DROP TABLE {ENTRY}")
    execute(f"ALTER TABLE bare RENAME TO {ENTRY}")
    execute(
        f"INSERT INTO {ENTRY} (id, {COLUMNS}) SELECT 990, {COLUMNS} FROM {ENTRY} WHERE id = %s",
        entries[2].pk,
    )
    assert broken() == "alliance-7, entry 3: its number stands there twice."


def test_one_is_put_in_at_the_end(entries: list[AuditEntry]) -> None:
    columns = COLUMNS.replace("number", "6").replace("previous", "digest", 1)
    execute(
        f"INSERT INTO {ENTRY} ({COLUMNS}) SELECT {columns} FROM {ENTRY} WHERE id = %s",
        entries[4].pk,
    )
    assert broken().startswith("alliance-7, entry 6: its content was changed")


def test_one_that_fits_is_put_in_past_the_head(entries: list[AuditEntry]) -> None:
    last = entries[4]
    forged = AuditEntry(**{name: getattr(last, name) for name in COLUMNS.split(", ")})
    forged.number, forged.previous = 6, last.digest
    forged.digest = digest_of(forged)
    forged.save(force_insert=True)
    assert broken() == "alliance-7: the head counts 5 entries, and 6 are there."


def test_what_is_written_meanwhile_is_no_fault(
    entries: list[AuditEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The head is read before the entries, which people go on writing."""
    walk = verification._entries

    def slowly(code: str) -> Iterator[AuditEntry]:
        if code == "alliance-7":
            write(2)
        yield from walk(code)

    monkeypatch.setattr(verification, "_entries", slowly)
    printed, ended = verify(alliance=7)
    assert ended == ""
    assert printed.endswith(" 7 entries. All fits.\n")


def test_the_head_is_changed_or_gone(entries: list[AuditEntry]) -> None:
    execute(f"UPDATE {CHAIN} SET digest = %s WHERE code = 'alliance-7'", "3" * 64)
    assert broken() == (
        "alliance-7: the digest of the last entry is not the one that the head holds."
    )
    execute(f"DELETE FROM {CHAIN} WHERE code = 'alliance-7'")
    assert broken() == "alliance-7: the chain has no head."


def test_an_end_that_is_cut_off_with_its_head_is_known_by_what_was_noted(
    entries: list[AuditEntry],
) -> None:
    execute(f"DELETE FROM {ENTRY} WHERE chain = 'alliance-7' AND number > 3")
    execute(
        f"UPDATE {CHAIN} SET length = 3, digest = %s WHERE code = 'alliance-7'",
        entries[2].digest,
    )
    assert verify()[1] == ""  # by itself it fits
    assert verify(expect=[("alliance-7", entries[2].digest)])[1] == ""
    printed, ended = verify(expect=[("alliance-7", entries[4].digest)])
    assert ended == "1 chain is broken."
    assert printed.splitlines()[0] == (
        f"alliance-7: no entry has the digest {entries[4].digest} that you noted: entries were cut "
        "off or rewritten."
    )


def test_a_chain_that_is_gone_is_known_by_what_was_noted(entries: list[AuditEntry]) -> None:
    execute(f"DELETE FROM {ENTRY} WHERE chain = 'alliance-7'")
    execute(f"DELETE FROM {CHAIN} WHERE code = 'alliance-7'")
    assert verify()[1] == ""
    printed, ended = verify(expect=[("alliance-7", entries[4].digest)])
    assert (printed.splitlines()[0], ended) == (
        "alliance-7: there is no such chain.",
        "1 chain is broken.",
    )


def test_what_was_noted_earlier_may_have_grown(entries: list[AuditEntry]) -> None:
    noted = entries[4].digest
    write(3)
    assert verify(expect=[("alliance-7", noted)])[1] == ""


@pytest.mark.parametrize("noted", ["alliance-7", "other:" + "1" * 64, "alliance-7:xyz"])
def test_what_cannot_be_compared_is_refused(noted: str) -> None:
    with pytest.raises(CommandError, match="is no chain with its digest"):
        call_command("verify_audit", f"--expect={noted}")
