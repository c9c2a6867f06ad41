"""Banks from the command line: exit code 0, or a message and nothing stored."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessments.models import Bank, Question
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import (
    bank_digest,
    ensure_shipped_banks,
    latest_bank,
    parse_bank,
    shipped_bank,
)
from assessments.services.banks.tables.sheets import write_table
from tests.assessments.banks.documents import minimal
from tests.assessments.banks.test_shipped import SHIPPED

pytestmark = pytest.mark.django_db


def run(*arguments: Any) -> str:
    out = StringIO()
    call_command(*(str(argument) for argument in arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: Any) -> str:
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert error.value.returncode == 1
    return str(error.value)


def file(folder: Path, data: Any, name: str = "bank.json") -> Path:
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "arguments", [[], ["--format", "yaml"], ["--format", "json"], ["--version", "2"]]
)
def test_export_works_on_an_empty_database(arguments: list[str]) -> None:
    text = run("export_bank", "readiness", *arguments)
    assert parse_bank(text=text) == shipped_bank("readiness")
    assert text.startswith("{") == ("json" in arguments)
    assert text.endswith("\n")


def test_export_takes_the_latest_version_or_the_one_named(tmp_path: Path) -> None:
    for version in (1, 2):
        run("import_bank", file(tmp_path, {**minimal(), "version": version}))
    assert parse_bank(text=run("export_bank", "tiny")).version == 2
    assert parse_bank(text=run("export_bank", "tiny", "--version", "1")).version == 1
    assert refused("export_bank", "tiny", "--version", "3") == (
        "There is no version 3 of a question bank 'tiny'."
    )


def test_export_of_a_bank_that_is_not_there() -> None:
    assert refused("export_bank", "none") == (
        f"There is no question bank 'none'. There are: {', '.join(SHIPPED)}."
    )


def test_import_of_a_minimal_file(tmp_path: Path) -> None:
    path = file(tmp_path, minimal())
    digest = bank_digest(parse_bank(text=json.dumps(minimal())))
    said = f"tiny, version 1, is published: dimensions 2, questions 3.\n{digest}\n"
    assert run("import_bank", path) == said
    assert run("import_bank", path) == said
    assert Bank.objects.count() == 1


def test_what_is_exported_is_imported_elsewhere(tmp_path: Path) -> None:
    path = file(tmp_path, run("export_bank", "readiness"), "readiness.yaml")
    Bank.objects.all().delete()
    run("import_bank", path)
    assert Bank.objects.get().digest == bank_digest(shipped_bank("readiness"))
    assert Question.objects.count() == 51


def test_a_wrong_file_stores_nothing_and_tells_all(tmp_path: Path) -> None:
    data = minimal()
    data["dimensions"][1]["questions"][0].update(reverse="maybe", weight=0)
    assert refused("import_bank", file(tmp_path, data)) == (
        "This is not a question bank that can be used. Nothing was stored.\n"
        "dimensions 2, question 1: 'reverse' must be true or false\n"
        "dimensions 2, question 1: 'weight' must be a number above 0, up to 1000, with at most "
        "three decimals"
    )
    assert Bank.objects.count() == 0


def test_other_content_under_the_same_version(tmp_path: Path) -> None:
    run("import_bank", file(tmp_path, minimal()))
    assert refused("import_bank", file(tmp_path, {**minimal(), "title": "Other"})) == (
        "Version 1 of tiny is published with other content, and never changes. "
        "Give the file a new version."
    )
    assert Bank.objects.get().title == "Tiny"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be read (No such file or directory)" in refused(
        "import_bank", tmp_path / "none.yaml"
    )


def test_load_banks_twice() -> None:
    second = ("readiness", "trust-spiral")
    said = "".join(f"{code}, version {2 if code in second else 1}, is there.\n" for code in SHIPPED)
    assert run("load_banks") == said
    assert run("load_banks") == said
    questions = sum(questions for _dimensions, questions in SHIPPED.values())
    assert (Bank.objects.count(), Question.objects.count()) == (len(SHIPPED), questions)


def test_load_banks_where_a_shipped_version_has_other_content(tmp_path: Path) -> None:
    run("import_bank", file(tmp_path, {**minimal(), "code": "readiness", "version": 2}))
    said = run("load_banks").splitlines()
    assert len(said) == len(SHIPPED)
    assert [line for line in said if not line.endswith(", is there.")] == [
        "readiness, version 2, is not stored: Version 2 of readiness is published with other "
        "content, and never changes. Give the file a new version."
    ]
    assert Question.objects.filter(bank__code="readiness").count() == 3


def test_a_workbook_from_the_command_line(tmp_path: Path) -> None:
    ensure_shipped_banks()
    document = replace(document_of(latest_bank("readiness")), version=3, since=0)
    path = tmp_path / "Readiness.XLSX"
    path.write_bytes(write_table(document, "xlsx"))
    out = run("import_bank", path, "--dry-run", "--draft")
    assert "readiness, version 3, would be a new version." in out
    assert "Nothing is stored." in out
    assert not Bank.objects.filter(version=3).exists()
    run("import_bank", path, "--draft")
    draft = Bank.objects.get(version=3)
    assert (draft.status, draft.questions.count()) == (Bank.Status.DRAFT, 51)


def test_a_table_of_questions_alone_goes_into_a_draft(tmp_path: Path) -> None:
    path = tmp_path / "readiness.csv"
    path.write_bytes(write_table(shipped_bank("readiness"), "csv"))
    assert "Open its draft" in refused("import_bank", path)


def test_a_workbook_that_is_no_whole_bank_is_stored_as_a_draft_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    whole = shipped_bank("readiness")
    first, second, *_rest = whole.dimensions
    parts = (first, replace(second, questions=()))
    path.write_bytes(
        write_table(replace(whole, code="mine", version=1, since=0, dimensions=parts), "xlsx")
    )
    assert "dimensions 2: 'questions' must have" in refused("import_bank", path)
    assert not Bank.objects.filter(code="mine").exists()
    run("import_bank", path, "--draft")
    assert Bank.objects.get(code="mine").dimensions.count() == 2
