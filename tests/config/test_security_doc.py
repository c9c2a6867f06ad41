"""What docs/security.md says can be looked up: each test that it names is there, and it leaves out no requirement."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")

# OWASP ASVS 5.0.0: its sections, each with the last parts of its numbers.
LEVEL_1 = """
1.2:1,2,3,4,5 1.3:1,2 1.5:1 2.1:1 2.2:1,2 2.3:1 3.2:1,2 3.3:1 3.4:1,2 3.5:1,2,3 4.1:1 4.4:1 5.2:1,2 5.3:1,2 6.1:1
6.2:1,2,3,4,5,6,7,8 6.3:1,2 6.4:1,2 7.2:1,2,3,4 7.4:1,2 8.1:1 8.2:1,2 8.3:1 9.1:1,2,3 9.2:1 10.4:1,2,3,4,5
11.3:1,2 11.4:1 12.1:1 12.2:1,2 13.4:1 14.2:1 14.3:1 15.1:1 15.2:1 15.3:1
"""
LEVEL_2 = """
1.1:1,2 1.2:6,7,8,9 1.3:3,4,5,6,7,8,9,10,11 1.4:1,2,3 1.5:2 2.1:2,3 2.2:3 2.3:2,3,4 2.4:1 3.3:2,3,4 3.4:3,4,5,6
3.5:4,5 3.7:1,2 4.1:2,3 4.2:1 4.3:1,2 4.4:2,3,4 5.1:1 5.2:3 5.4:1,2,3 6.1:2,3 6.2:9,10,11,12 6.3:3,4 6.4:3,4
6.5:1,2,3,4,5 6.6:1,2,3 6.8:1,2,3,4 7.1:1,2,3 7.3:1,2 7.4:3,4,5 7.5:1,2 7.6:1,2 8.1:2 8.2:3 8.4:1 9.2:2,3,4
10.1:1,2 10.2:1,2 10.3:1,2,3,4 10.4:6,7,8,9,10,11 10.5:1,2,3,4,5 10.6:1,2 10.7:1,2,3 11.1:1,2 11.2:1,2,3 11.3:3
11.4:2,3,4 11.5:1 11.6:1 12.1:2,3 12.3:1,2,3,4 13.1:1 13.2:1,2,3,4,5 13.3:1,2 13.4:2,3,4,5 14.1:1,2 14.2:2,3,4
14.3:2,3 15.1:2,3 15.2:2,3 15.3:2,3,4,5,6,7 16.1:1 16.2:1,2,3,4,5 16.3:1,2,3,4 16.4:1,2,3 16.5:1,2,3 17.1:1
17.2:1,2,3,4 17.3:1,2
"""
NUMBER = re.compile(r"\b\d{1,2}\.\d{1,2}\.\d{1,2}\b")
TEST = re.compile(r"`((?:\w+/)*test_\w+\.py)(?:::(\w+))?`")
STATES = {"met", "not met", "not applicable"}


def numbers(level: str) -> Counter[str]:
    sections = (part.split(":") for part in level.split())
    return Counter(f"{name}.{last}" for name, lasts in sections for last in lasts.split(","))


def part(heading: str) -> str:
    """What stands under `heading`, up to the next one."""
    _before, found, after = TEXT.partition(f"{heading}\n")
    assert found, heading
    return re.split(r"^#", after, maxsplit=1, flags=re.M)[0]


def rows(heading: str) -> list[list[str]]:
    lines = [line for line in part(heading).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


@cache
def functions_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_the_numbers_are_those_of_the_standard() -> None:
    """Its own count: 70 of level 1, 183 of level 2."""
    assert (len(numbers(LEVEL_1)), len(numbers(LEVEL_2))) == (70, 183)
    assert not numbers(LEVEL_1) & numbers(LEVEL_2)


def test_every_test_that_is_named_is_there() -> None:
    named = TEST.findall(TEXT)
    assert len(named) > 200
    missing = [
        (file, name)
        for file, name in named
        if not (ROOT / "tests" / file).is_file()
        or (name and name not in functions_of(ROOT / "tests" / file))
    ]
    assert missing == []
    # and none is written so that it is not found above
    assert TEXT.count("test_") == sum(len(re.findall("test_", file + name)) for file, name in named)


def test_every_file_that_is_named_is_there() -> None:
    named = re.findall(r"`((?:deploy|config|alliances|assessments|docs)/[\w./-]+)`", TEXT)
    ours = [name for name in named if not TEST.fullmatch(f"`{name}`")]
    assert len(ours) > 5
    assert [name for name in ours if name != "deploy/" and not (ROOT / name).is_file()] == []


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        name, _hash, place = target.partition("#")
        text = (ROOT / "docs" / name).read_text(encoding="utf-8") if name else TEXT
        headings = re.findall(r"^#+ (.+)$", text, re.M)
        places = {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}
        assert not place or place in places, target


def test_no_requirement_is_left_out_or_told_twice() -> None:
    assert Counter(row[0] for row in rows("### Level 1, all of it")) == numbers(LEVEL_1)
    told = Counter(row[0] for row in rows("### Level 2, what applies"))
    told += Counter(NUMBER.findall(part("### Level 2, what does not apply")))
    assert told == numbers(LEVEL_2)


@pytest.mark.parametrize("heading", ["### Level 1, all of it", "### Level 2, what applies"])
def test_what_is_met_says_by_which_test(heading: str) -> None:
    for row in rows(heading):
        number, about, state, how = row
        assert state in STATES, number
        assert about
        assert how, number
        if state == "met":
            assert TEST.search(how) or "No test" in how, number


def test_what_is_promised_says_by_which_test() -> None:
    lines = [line for line in part("## What is promised").splitlines() if line]
    for number, line in enumerate(lines, start=1):
        assert line.startswith(f"{number}. "), line
        assert TEST.search(line), line


def test_who_might_try_what_says_by_which_test() -> None:
    for row in rows("## Who might try what"):
        assert len(row) == 4, row
        assert TEST.search(row[3]), row
