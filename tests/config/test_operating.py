"""What operators read is what the program does."""

from __future__ import annotations

import re
from collections import UserDict
from pathlib import Path

from config.environment import read_environment

ROOT = Path(__file__).resolve().parents[2]


def test_the_handbook_lists_every_setting(tmp_path: Path) -> None:
    asked: set[str] = set()

    class Recording(UserDict[str, str]):
        def get(self, key: str, default: str = "") -> str:  # type: ignore[override]
            asked.add(key)
            return default

    read_environment(tmp_path, Recording())
    handbook = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", handbook, re.MULTILINE)) == asked


def test_the_environment_has_one_reader() -> None:
    readers = [
        path.relative_to(ROOT).as_posix()
        for folder in ("config", "alliances", "assessments")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if re.search(r"\bos\.(environ\b(?!\.setdefault)|getenv)", path.read_text(encoding="utf-8"))
    ]
    # The report sets a variable for a library that is told the date in no other way.
    assert sorted(readers) == ["assessments/reports/pdf.py", "config/environment.py"]
