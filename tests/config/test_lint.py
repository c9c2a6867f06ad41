"""Ruff's rules on what is unsafe hold for all that is shipped, and each exception says why."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest
from django.conf import settings

WAIVED = re.compile(
    r"#\s*(?:ruff:\s*)?noqa(?::\s*(?P<codes>[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*))?(?P<why>.*)"
)
WHY = re.compile(r"\s*(?:-\s+\S|\(\S)")


def unanswered(line: str) -> bool:
    """Whether this line waives a rule on what is unsafe, or every rule, and does not say why."""
    found = WAIVED.search(line)
    if found is None:
        return False
    if found["codes"] is None:
        return True
    return bool(re.search(r"\bS[0-9]", found["codes"])) and WHY.match(found["why"]) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("assert x  # noqa: S101", True),
        ("assert x  # noqa: E501, S101", True),
        ("assert x  # noqa", True),
        ("# ruff: noqa", True),
        ("assert x  # noqa: S101 - by constraint", False),
        ("assert x  # noqa: S101 (the database sees to it)", False),
        ("import x  # noqa: F401", False),
        ("class SIMPLE:  # noqa: SIM101", False),
        ("assert x", False),
    ],
)
def test_what_is_no_answer(line: str, expected: bool) -> None:
    assert unanswered(line) is expected


def test_each_exception_says_why() -> None:
    found = [
        f"{path.relative_to(settings.BASE_DIR)}:{number}"
        for folder in ("alliances", "assessments", "config", "deploy", "tests")
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if path.name != "test_lint.py"
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if unanswered(line)
    ]
    assert found == []


def test_the_rules_are_on_wherever_python_is_shipped() -> None:
    """And `make test` asks for all of it, from the project's root."""
    ruff = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]["ruff"]
    assert "S" in ruff["lint"]["select"]
    assert {"exclude", "extend-exclude"} & set(ruff) == set()
    exempt = {
        path: {code for code in codes if re.fullmatch(r"S[0-9]*", code)}
        for path, codes in ruff["lint"]["per-file-ignores"].items()
    }
    assert {path: codes for path, codes in exempt.items() if codes} == {
        "assessments/demonstration/*": {"S311"},
        "alliances/migrations/0005_audit.py": {"S608"},
        "assessments/migrations/0003_published_banks.py": {"S608"},
        "tests/**": {"S101", "S105", "S106", "S603", "S607", "S608"},
    }
    assert "-m ruff check .\n" in (settings.BASE_DIR / "deploy" / "test.sh").read_text()
    listed = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--show-files", "."],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for shipped in ("manage.py", "deploy/gunicorn.conf.py", "alliances/migrations/0005_audit.py"):
        assert f"/{shipped}\n" in listed
