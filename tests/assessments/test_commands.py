"""What all commands have in common: how they fail, and that files come whole."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from alliances.models import User
from assessments.management.whole_files import write_whole
from assessments.models import Bank, Result, Round

BANK = "code: small\nversion: 1\ndimensions:\n  - code: pain\n    questions:\n      - code: P1\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "command"),
    [
        (Bank, ["assess", "answers.csv", "--name", "Tessel", "--out", "out"]),
        (Bank, ["export_bank", "readiness"]),
        (Bank, ["import_bank", "bank.yaml"]),
        (Bank, ["load_banks"]),
        (User, ["load_demo"]),
        (Result, ["export_result", "1"]),
        (Round, ["render_report", "1", "--out", "report.pdf"]),
        (Round, ["apply_retention"]),
        (Round, ["forget_address", "ada@example.org"]),
    ],
)
def test_a_database_without_its_tables(
    model: type, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "answers.csv").write_text("respondent,organisation,CP1\nr1,Ash,4\n")
    (tmp_path / "bank.yaml").write_text(BANK)
    monkeypatch.chdir(tmp_path)
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{model._meta.db_table}" RENAME TO "elsewhere"')
    with pytest.raises(CommandError) as refused:
        call_command(*command)
    assert refused.value.returncode == 1
    message = str(refused.value)
    assert message.startswith("The database lacks tables or columns (")
    assert message.endswith("). Run manage.py migrate first.")
    assert model._meta.db_table in message
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.csv", "bank.yaml"]


def run_outside(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO_", "DATABASE"))}
    return subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        env={**environment, "DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_on_a_new_database_a_command_ends_with_1_and_a_sentence(tmp_path: Path) -> None:
    done = run_outside(tmp_path, "export_result", "1")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "CommandError: The database lacks tables or columns "
        "(no such table: assessments_result). Run manage.py migrate first.\n"
    )


def test_a_database_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "db.sqlite3").mkdir()
    done = run_outside(tmp_path, "export_result", "1")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("CommandError: The database cannot be used (")
    assert "migrate" not in done.stderr
    assert "Traceback" not in done.stderr


def test_files_are_written_whole_with_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"older")
    umask = os.umask(0o027)
    try:
        write_whole({tmp_path / "a": b"one", tmp_path / "b": b"two"})
    finally:
        os.umask(umask)
    found = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert found == {"a": b"one", "b": b"two"}
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"older")
    (tmp_path / "b").mkdir()
    with pytest.raises(IsADirectoryError):
        write_whole({tmp_path / "a": b"new", tmp_path / "b": b"new"})
    with pytest.raises(FileNotFoundError):
        write_whole({tmp_path / "a": b"new", tmp_path / "none" / "b": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
    assert (tmp_path / "a").read_bytes() == b"older"
