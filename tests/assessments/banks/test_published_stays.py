"""The database itself keeps a published bank as it is, whoever asks, on SQLite and PostgreSQL."""

from __future__ import annotations

import importlib
import json
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from alliances.models import User
from assessments.models import Bank, Dimension, Question
from assessments.services.banks.drafts import (
    create_bank,
    draft_digest,
    draft_next_version,
    publish_draft,
    retire_bank,
)
from assessments.services.banks.files import parse_bank
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import import_bank
from assessments.services.banks.verification import verify_banks
from tests.assessments.banks.documents import minimal
from tests.factories import make_alliance, make_bank, make_user

pytestmark = pytest.mark.django_db

REFUSAL = "a published question bank never changes; make a new version"
BANK, DIMENSION, QUESTION = (model._meta.db_table for model in (Bank, Dimension, Question))

# Columns that may change after publishing: where it is in its life, and who touched the row.
FREE = {
    BANK: {
        "edition", "changed_at", "changed_by_id", "published_by_id", "retired_at",
        "status",  # forward alone
    },
    DIMENSION: {"edition", "changed_at", "changed_by_id"},
    QUESTION: {"edition", "changed_at", "changed_by_id"},
}  # fmt: skip
# Every other column, with another value of its kind. A new column has to be put here or above.
KEPT: dict[str, dict[str, Any]] = {
    BANK: {
        "id": 990, "alliance_id": None,
        "code": "other", "version": 9, "title": "Other", "introduction": "Other",
        "language": "de", "copyright": "Other", "sources": '{"K": "x"}', "band_strong": 76,
        "band_mixed": 51, "minutes": 13, "audience": "members", "subject": "person",
        "reading": '{"rule": "mean"}', "translations": '{"fr": {"title": "x"}}', "since": 1,
        "digest": "sha256:other", "published_at": "2020-01-01T00:00:00+00:00",
    },
    DIMENSION: {
        "id": 990, "bank_id": None, "code": "other", "position": 9, "title": "Other",
        "in_sentence": "other", "question": "Other?", "what_it_is": "Other.", "facets": '["x"]',
        "readings": '{"weak": "x"}', "advice": '[{"title": "x", "text": ""}]',
        "asked_of_members": '["x"]', "source": "K", "translations": '{"fr": {"title": "x"}}',
    },
    QUESTION: {
        "id": 990, "dimension_id": None, "bank_id": None, "code": "other", "position": 9,
        "text": "Other.", "text_of_peers": "Other.", "help": "Other.", "facet": "other",
        "minimum": 0, "maximum": 6, "labels": '["a", "b"]', "reverse": True, "weight": 2.5,
        "source": "K", "translations": '{"fr": {"text": "x"}}', "change": "wording",
    },
}  # fmt: skip


def execute(statement: str, *given: Any) -> int:
    """Runs it past Django, in a savepoint; gives how many rows it concerned."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    return [column.name for column in found]


def kept_columns() -> list[tuple[str, str]]:
    return [(table, column) for table, kept in KEPT.items() for column in kept]


@pytest.mark.parametrize("table", KEPT)
def test_every_column_is_decided_on(table: str) -> None:
    assert set(columns(table)) == FREE[table] | KEPT[table].keys()
    assert not FREE[table] & KEPT[table].keys()


@pytest.fixture(params=[Bank.Status.PUBLISHED, Bank.Status.RETIRED])
def bank(request: pytest.FixtureRequest) -> Bank:
    """A bank of version 2, and a draft of another beside it."""
    make_bank("draft", status=Bank.Status.DRAFT)
    return make_bank(version=2, status=request.param)


def draft() -> Bank:
    return Bank.objects.get(code="draft")


def rows(table: str, bank: Bank) -> str:
    """Which rows of the table are the bank's, as SQL."""
    return f"{'id' if table == BANK else 'bank_id'} = {bank.pk}"


def value_of(table: str, column: str) -> Any:
    """The value of KEPT, or of the draft where another row must be named."""
    if column == "alliance_id":
        return make_alliance().pk
    if column == "bank_id":
        return draft().pk
    if column == "dimension_id":
        return draft().dimensions.get(position=1).pk
    return KEPT[table][column]


@pytest.mark.parametrize(("table", "column"), kept_columns())
def test_no_column_can_be_changed(bank: Bank, table: str, column: str) -> None:
    with pytest.raises(IntegrityError, match=REFUSAL):
        execute(f'UPDATE {table} SET "{column}" = %s WHERE {rows(table, bank)}',
                value_of(table, column))  # fmt: skip


@pytest.mark.parametrize(("table", "column"), kept_columns())
def test_in_a_draft_every_column_can(table: str, column: str) -> None:
    """Else the test above would prove nothing: its values are such as the column takes."""
    make_bank("draft", status=Bank.Status.DRAFT)
    other = make_bank("other-draft", version=2, status=Bank.Status.DRAFT)
    other.questions.exclude(code="A1").delete()
    other.dimensions.exclude(position=1).delete()
    if table != QUESTION:
        other.questions.all().delete()
    if table == BANK:
        other.dimensions.all().delete()
    if column in ("bank_id", "dimension_id"):
        draft().dimensions.exclude(position=1).delete()
        draft().questions.all().delete()
        if table == DIMENSION:
            Dimension.objects.filter(bank=draft()).update(code="elsewhere", position=5)
    assert execute(f'UPDATE {table} SET "{column}" = %s WHERE {rows(table, other)}',
                   value_of(table, column)) == 1  # fmt: skip


def test_what_is_written_again_as_it_was_is_no_change(bank: Bank) -> None:
    for table in KEPT:
        assert execute(f"UPDATE {table} SET code = code WHERE {rows(table, bank)}")
    bank.refresh_from_db()
    bank.save()
    for row in (*bank.dimensions.all(), *bank.questions.all()):
        row.save()


def test_who_changed_it_may_be_forgotten() -> None:
    author, publisher = make_user(), make_user()
    draft = create_bank(code="mine", title="Mine", language="en", by=author)
    Dimension.objects.create(bank=draft, code="a", title="A", position=1, changed_by=author)
    Question.objects.create(
        bank=draft, dimension=draft.dimensions.get(), code="A1", text="x", position=1,
        labels=list("abcde"), changed_by=author,
    )  # fmt: skip
    seen = draft_digest(document_of(draft))
    bank = publish_draft(bank=draft, seen=seen, by=publisher)
    assert (bank.published_by, bank.changed_by) == (publisher, publisher)
    User.objects.all().delete()
    bank.refresh_from_db()
    assert (bank.published_by, bank.changed_by) == (None, None)
    assert bank.questions.get().changed_by is None
    assert [verified.faults for verified in verify_banks()] == [()]


# A row more ----------------------------------------------------------------------------------


def test_no_dimension_can_be_added(bank: Bank) -> None:
    with pytest.raises(IntegrityError, match=REFUSAL), transaction.atomic():
        Dimension.objects.create(bank=bank, code="new", title="New", position=9)
    with pytest.raises(IntegrityError, match=REFUSAL), transaction.atomic():
        Dimension.objects.bulk_create([Dimension(bank=bank, code="new", title="N", position=9)])


def test_no_question_can_be_added(bank: Bank) -> None:
    def add(bank: Bank, dimension: Dimension) -> None:
        with transaction.atomic():
            Question.objects.create(
                bank=bank, dimension=dimension, code="new", text="New.", position=9
            )

    ours, theirs = draft().dimensions.first(), bank.dimensions.first()
    assert ours is not None
    assert theirs is not None
    with pytest.raises(IntegrityError, match=REFUSAL):
        add(bank, theirs)
    # By either of the two keys that tie it to a bank.
    with pytest.raises(IntegrityError, match=REFUSAL):
        add(draft(), theirs)
    with pytest.raises(IntegrityError, match=REFUSAL):
        add(bank, ours)
    add(draft(), ours)


def test_nothing_can_be_moved_into_it(bank: Bank) -> None:
    ours, theirs = draft().dimensions.get(position=1), bank.dimensions.get(position=1)
    for statement, given in (
        (f"UPDATE {DIMENSION} SET bank_id = %s, code = 'x', position = 9 WHERE id = %s", (bank.pk, ours.pk)),
        (f"UPDATE {QUESTION} SET bank_id = %s, code = 'x' WHERE dimension_id = %s AND code = 'A1'", (bank.pk, ours.pk)),
        (f"UPDATE {QUESTION} SET dimension_id = %s, position = 9 WHERE dimension_id = %s AND code = 'A1'", (theirs.pk, ours.pk)),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=REFUSAL):
            execute(statement, *given)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no REPLACE")
@pytest.mark.parametrize("table", KEPT)
def test_a_row_cannot_be_replaced(bank: Bank, table: str) -> None:
    """SQLite's REPLACE asks no trigger of the row that it removes."""
    names = [name for name in columns(table) if name != "code"]
    listed = ", ".join(f'"{name}"' for name in names)
    with pytest.raises(IntegrityError, match=REFUSAL):
        execute(
            f"REPLACE INTO {table} (code, {listed}) SELECT 'other', {listed} FROM {table} "
            f"WHERE {rows(table, bank)}"
        )


# Its life --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        ("draft", "published", True),
        ("published", "retired", True),
        ("draft", "retired", False),
        ("published", "draft", False),
        ("retired", "published", False),
        ("retired", "draft", False),
    ],
)
def test_it_goes_one_way(before: str, after: str, may: bool) -> None:
    pk = make_bank(status=before).pk
    statement = f"UPDATE {BANK} SET status = %s WHERE id = %s"
    if may:
        assert execute(statement, after, pk) == 1
    else:
        with pytest.raises(IntegrityError, match=REFUSAL):
            execute(statement, after, pk)


def test_retiring_changes_nothing_else() -> None:
    pk = make_bank().pk
    with pytest.raises(IntegrityError, match=REFUSAL):
        execute(f"UPDATE {BANK} SET status = 'retired', title = 'x' WHERE id = %s", pk)


def test_a_status_that_is_none_is_refused() -> None:
    pk = make_bank(status=Bank.Status.DRAFT).pk
    with pytest.raises(IntegrityError):
        execute(f"UPDATE {BANK} SET status = 'lost' WHERE id = %s", pk)


def test_without_a_digest_nothing_is_published() -> None:
    bank = Bank.objects.create(code="x", version=1, title="X")
    with pytest.raises(IntegrityError):
        execute(f"UPDATE {BANK} SET status = 'published' WHERE id = %s", bank.pk)


def test_one_draft_of_a_bank_at_a_time_in_the_database_too() -> None:
    make_bank(status=Bank.Status.DRAFT)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_bank(version=2, status=Bank.Status.DRAFT)
    make_bank("other", version=2, status=Bank.Status.DRAFT)


def test_services_retire_what_the_triggers_keep() -> None:
    bank = import_bank(document=parse_bank(text=json.dumps(minimal())))
    assert retire_bank(bank=bank, by=None).status == Bank.Status.RETIRED
    draft_next_version(bank=bank, by=None)
    assert Bank.objects.count() == 2


def test_deleting_is_found_if_not_refused() -> None:
    import_bank(document=parse_bank(text=json.dumps(minimal())))
    execute(f"DELETE FROM {QUESTION} WHERE code = 'A2'")
    (verified,) = verify_banks()
    (fault,) = verified.faults
    assert fault.startswith("its content is not what was published (sha256:")


# The triggers ----------------------------------------------------------------------------------


def test_every_trigger_is_there_after_all_migrations() -> None:
    """SQLite forgets those of a table that a later migration builds anew."""
    migration = importlib.import_module("assessments.migrations.0003_published_banks")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        names = [name for (name,) in cursor.fetchall() if name.endswith("_stays")]
    # The audit log has its own (tests/alliances/audit).
    found = {name for name in names if name.startswith("assessments_")}
    wanted = {f"{table}_{event}_stays" for table, event in migration.events()}
    if connection.vendor == "postgresql":
        wanted.remove(f"{BANK}_insert_stays")
    assert found == wanted
    assert {table: set(free) for table, free in migration.FREE.items()} == FREE


def test_the_refusal_can_be_told_from_a_broken_database(bank: Bank) -> None:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        bank.questions.update(text="Other.")
    assert isinstance(refusal.value, IntegrityError)
    assert bank.questions.filter(text="Other.").count() == 0
