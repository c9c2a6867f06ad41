"""manage.py verify_banks: whether what is published still is what was published."""

from __future__ import annotations

import importlib
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from assessments.models import Bank, Dimension, Question, Result
from assessments.services.banks.files import parse_bank
from assessments.services.banks.store import import_bank, latest_bank
from assessments.services.rounds import close_round
from tests.assessments.banks.documents import minimal, whole
from tests.factories import make_bank, make_round

pytestmark = pytest.mark.django_db

READINESS_2 = "sha256:a459869df80d5b00e83542ee860f619a5f714be2d9ddc37643ac964f3bb5190b"
OPEN = (
    "the database would let it be changed ({}): triggers of the migration assessments "
    "0003_published_banks are missing"
)
EVERYTHING = "the bank, its dimensions, its questions, a new dimension, a new question"


def run() -> str:
    """What the command prints where all fits."""
    output = io.StringIO()
    call_command("verify_banks", stdout=output)
    return output.getvalue()


def faults() -> tuple[list[str], str]:
    """The lines that it prints, and what it ends with."""
    output = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("verify_banks", stdout=output)
    assert error.value.returncode == 1
    return output.getvalue().splitlines(), str(error.value)


def tiny() -> Bank:
    return import_bank(document=parse_bank(text=json.dumps(minimal())))


def drop_trigger(table: str, event: str) -> None:
    """The test's own database loses it until the test's transaction is taken back."""
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{event}_stays{on}")


@pytest.fixture
def without_triggers(db: None) -> None:
    migration = importlib.import_module("assessments.migrations.0003_published_banks")
    for table, event in migration.events():
        drop_trigger(table, event)


def test_nothing_is_published() -> None:
    Bank.objects.create(code="mine", version=1, title="Mine")
    assert run() == "No question bank is published yet. Nothing to check.\n"


def test_all_fits() -> None:
    tiny()
    latest_bank("readiness")
    whole_bank = import_bank(document=parse_bank(text=json.dumps(whole())))
    Bank.objects.filter(pk=whole_bank.pk).update(status=Bank.Status.RETIRED)
    before = [list(model.objects.order_by("pk").values()) for model in (Bank, Dimension, Question)]
    lines = run().splitlines()
    assert lines[0] == f"readiness, version 2, published: {READINESS_2}. All fits."
    assert [line.split(":")[0] for line in lines] == [
        "readiness, version 2, published",
        "tiny, version 1, published",
        "whole, version 3, retired",
    ]
    assert all(line.endswith(". All fits.") for line in lines)
    # Trying whether it may be changed has changed nothing.
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Bank, Dimension, Question)
    ]


@pytest.mark.parametrize("banks", [1, 4])
def test_it_costs_the_same_for_each_bank(banks: int, django_assert_num_queries) -> None:
    for number in range(banks):
        import_bank(document=parse_bank(text=json.dumps(minimal() | {"code": f"b{number}"})))
    # Two for its parts, one for results, one for a dimension, and four for each of five trials: what
    # is tried, and the savepoint around it.
    with django_assert_num_queries(1 + banks * 24):
        run()


def test_a_shipped_bank_that_was_changed_and_where(without_triggers: None) -> None:
    bank = latest_bank("readiness")
    Question.objects.filter(bank=bank, code="CP1").update(text="Other.")
    Dimension.objects.filter(bank=bank, code="common-pain").update(title="Other")
    lines, message = faults()
    content, opened = lines
    assert content.startswith(
        "readiness, version 2, published: its content is not what was published (sha256:"
    )
    assert content.endswith("): common-pain, CP1")
    assert opened == "readiness, version 2, published: " + OPEN.format(EVERYTHING)
    assert message == "2 things do not fit."


@pytest.mark.parametrize(
    "column", ["title", "introduction", "reading", "minutes", "audience", "translations"]
)
def test_every_part_of_it_counts(without_triggers: None, column: str) -> None:
    tiny()
    values = {
        "title": "Other", "introduction": "Other", "reading": {"rule": "mean"}, "minutes": 1,
        "audience": "members", "translations": {"fr": {"title": "Petit"}},
    }  # fmt: skip
    Bank.objects.update(**{column: values[column]})
    lines, _message = faults()
    assert lines[0].startswith("tiny, version 1, published: its content is not what was published")


def test_triggers_that_are_missing_are_told_though_nothing_changed(without_triggers: None) -> None:
    tiny()
    assert faults() == (
        ["tiny, version 1, published: " + OPEN.format(EVERYTHING)],
        "1 thing does not fit.",
    )


@pytest.mark.parametrize(
    ("table", "event", "what"),
    [
        ("bank", "update", "the bank"),
        ("dimension", "update", "its dimensions"),
        ("question", "update", "its questions"),
        ("dimension", "insert", "a new dimension"),
        ("question", "insert", "a new question"),
    ],
)
def test_a_single_trigger_that_is_missing_is_told(table: str, event: str, what: str) -> None:
    tiny()
    drop_trigger(f"assessments_{table}", event)
    lines, _message = faults()
    assert lines == ["tiny, version 1, published: " + OPEN.format(what)]


@pytest.mark.parametrize(
    ("model", "values", "why"),
    [
        (Question, {"maximum": 2000}, "'max' must be a whole number from -1000 to 1000"),
        (Question, {"labels": []}, "'labels' must have one text for each of the 5 values"),
        (Question, {"labels": 5}, ""),
        (Dimension, {"advice": [5]}, ""),
        (Dimension, {"readings": "strong"}, ""),
        (Dimension, {"translations": [["fr"]]}, ""),
        (Bank, {"reading": {"rule": "sum"}}, "reading: 'rule' must be one of weakest"),
        (Bank, {"reading": ["mean"]}, ""),
        (Bank, {"sources": "x", "code": "with space"}, "'code' must begin with a letter"),
    ],
)
def test_rows_that_make_no_bank_are_told(
    without_triggers: None, model: type, values: dict[str, object], why: str
) -> None:
    """Written past every check, columns may hold anything; nothing of it breaks the command."""
    tiny()
    model.objects.update(**values)
    lines, message = faults()
    assert message
    assert "tiny" in lines[0] or "with space" in lines[0]
    if why:
        assert "its rows make no question bank any more: " in lines[0]
        assert why in lines[0]


def test_results_of_other_content_are_told() -> None:
    bank = make_bank()
    Bank.objects.filter(pk=bank.pk).update(status=Bank.Status.RETIRED)
    good = tiny()
    for name in ("First", "Second"):
        made = make_round(bank=good, name=name)
        close_round(round=made.round)
    result = Result.objects.get(round__name="Second")
    document = result.document | {"bank": result.document["bank"] | {"digest": "sha256:other"}}
    Result.objects.filter(pk=result.pk).update(document=document)
    lines, message = faults()
    assert lines[1] == (
        "tiny, version 1, published: results were published with other content under this version: "
        "sha256:other"
    )
    # The bank of the factory has no digest of its content.
    assert lines[0].startswith("small, version 1, retired: its content is not what was published")
    assert message == "2 things do not fit."
