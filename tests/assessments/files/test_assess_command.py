"""`manage.py assess`, whole: a spreadsheet in, result.json and report.pdf out, or nothing at all."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pypdf
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from alliances.models import Alliance
from assessments.models import Bank, Invitation, Response, Result, Round

pytestmark = pytest.mark.django_db

BANK = """
code: small
version: 3
dimensions:
  - code: pain
    questions:
      - {code: P1, reverse: false, weight: 1, min: 1, max: 5}
      - {code: P2, reverse: true, weight: 3, min: 1, max: 5}
  - code: charter
    questions:
      - {code: C1, reverse: false, weight: 1, min: 0, max: 10}
"""

# Positions. Ash r1: P1 5→100, P2 reversed 1→100 weight 3: 100. C1 8→80.
#            Ash r2: P1 3→50, P2 3→50: 50. C1 6→60.
#            Birch r3: P1 4→75, P2 2→75: 75. C1 dk: none.
#            Cedar r4: P1 1→0, P2 dk: 0 (one of two is half). C1 9→90.
#            Dogwood r5: P1 na, P2 5→0: 0. C1 0→0.
# pain: Ash 75, Birch 75, Cedar 0, Dogwood 0 → 37.5; people (100+50+75+0+0)/5 = 45.
# charter: Ash 70, Cedar 90, Dogwood 0 → 53.33; people (80+60+90+0)/4 = 57.5.
ANSWERS = """respondent,organisation,P1,P2,C1
r1,Ash,5,1,8
r2,Ash,3,3,6
r3,Birch,4,2,dk
r4,Cedar,1,dk,9
r5,Dogwood,na,5,0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bank.yaml").write_text(BANK)
    (tmp_path / "answers.csv").write_text(ANSWERS)
    return tmp_path


def assess(folder: Path, *options: str) -> str:
    out = StringIO()
    call_command(
        "assess",
        str(folder / "answers.csv"),
        "--name",
        "Tessel",
        "--bank",
        str(folder / "bank.yaml"),
        "--out",
        str(folder / "out"),
        *options,
        stdout=out,
        stderr=out,
    )
    return out.getvalue()


def test_open_round(folder):
    printed = assess(folder, "--mode", "open", "--roster", "6")
    result = json.loads((folder / "out" / "result.json").read_text())
    pain, charter = result["elements"]
    assert (pain["score"], pain["person_mean"], pain["people"], pain["organisations"]) == (
        37.5,
        45,
        5,
        4,
    )
    # Two of six are missing: 150/6 = 25 and 350/6 = 58.33
    assert (pain["low"], pain["high"]) == (25, 58.33)
    assert pain["dont_know"] == 0.1  # 1 of 10
    # P1: 5 3 4 1, mean 3.25, s² = 8.75/3; P2: 1 3 2 5, mean 2.75, s² = 8.75/3 ≥ 2 → 0.
    # AD: (1.75+0.25+0.75+2.25)/4 = 1.25, and P2 the same.
    assert (pain["rwg"], pain["ad"], pain["agreed"]) == (0, 1.25, False)
    assert pain["questions"] == [
        {"code": "P1", "mean": 3.25, "people": 4, "withheld": False},
        {"code": "P2", "mean": 2.75, "people": 4, "withheld": False},
    ]
    assert pain["by_organisation"] == [
        {"organisation": "Ash", "score": 75},
        {"organisation": "Birch", "score": 75},
        {"organisation": "Cedar", "score": 0},
        {"organisation": "Dogwood", "score": 0},
    ]
    assert (charter["score"], charter["person_mean"], charter["band"]) == (53.33, 57.5, "mixed")
    # Three of six have no score: 160/6 = 26.67 and 460/6 = 76.67
    assert (charter["low"], charter["high"]) == (26.67, 76.67)
    assert result["verdict"] == {
        "level": "not-ready",
        "deciding": ["pain", "charter"],
        "firm": False,
    }
    assert result["index"] == 44.72  # √(37.5 · 53.333…) = √2000
    assert result["roster"] == {"organisations": 6, "people": 7}
    assert result["responses"] == {"organisations": 4, "people": 5}
    assert result["bank"]["code"] == "small"
    assert result["bank"]["version"] == 3
    assert printed.startswith("Not ready: one of two elements is weak.")
    with (folder / "out" / "report.pdf").open("rb") as file:
        text = "".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    assert "Tessel" in text
    assert Response.objects.count() == 5
    assert Invitation.objects.count() == 7


def test_confidential_is_the_default_and_withholds(folder):
    assess(folder)
    result = json.loads((folder / "out" / "result.json").read_text())
    pain, charter = result["elements"]
    assert result["mode"] == "confidential"
    assert pain["score"] == 37.5
    # four answered each of its questions
    assert [question["withheld"] for question in pain["questions"]] == [True, True]
    # four people have a score on the charter
    assert (charter["withheld"], charter["score"]) == (True, None)
    assert result["verdict"]["level"] == "undecided"
    assert "by_organisation" not in pain


def test_the_readiness_bank_is_loaded_on_an_empty_database(folder):
    bank = Bank.objects.filter(code="readiness")
    assert not bank.exists()
    rows = "".join(f"r{n},O{n},4\n" for n in range(5))
    (folder / "answers.csv").write_text("respondent,organisation,CP1\n" + rows)
    printed = assess(folder, "--bank", "readiness")
    assert bank.get().dimensions.count() == 8
    assert "No column for CP2: it counts as not answered." in printed


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--k", "4"], "threshold is 5 or more"),
        (["--k", "0", "--mode", "open"], "from 1 to 1000"),
        (["--roster", "3"], "answers of 4 organisations"),
        (["--roster", "-1"], "answers of 4 organisations"),
        (["--roster", "10001"], "larger than 10,000"),
        (["--bank", "nonsense"], "nonsense"),
        (["--name", "   "], "name is missing"),
        (["--name", "x" * 121], "121 characters, and there is room for 120"),
        (["--name", "a\0b"], "a character that cannot be stored"),
    ],
)
def test_refusals_store_nothing(folder, options, message):
    with pytest.raises(CommandError, match=message):
        assess(folder, *options)
    assert not (folder / "out").exists()
    for model in (Alliance, Round, Response, Result):
        assert not model.objects.exists()


def test_wrong_lines_are_named_and_nothing_is_stored(folder):
    (folder / "answers.csv").write_text(ANSWERS.replace("r5,Dogwood,na,5,0", "r5,Dogwood,7,5,0"))
    with pytest.raises(CommandError, match="Line 6: P1: “7” is not a whole number"):
        assess(folder)
    assert not Alliance.objects.exists()
    assert not Bank.objects.filter(code="small").exists()


def test_a_file_that_is_not_there(folder):
    (folder / "answers.csv").unlink()
    with pytest.raises(CommandError, match="cannot be read"):
        assess(folder)


def test_a_place_that_cannot_be_written_leaves_nothing_stored(folder):
    (folder / "out").write_text("a file stands where the folder should be")
    with pytest.raises(CommandError, match="Nothing was stored"):
        assess(folder)
    assert not Alliance.objects.exists()


def test_the_same_bank_file_serves_twice(folder):
    assess(folder, "--mode", "open")
    assess(folder, "--mode", "open")
    assert Bank.objects.filter(code="small").count() == 1
    assert Round.objects.count() == 2


def test_export_result_prints_what_was_published(folder):
    assess(folder, "--mode", "open")
    round_ = Round.objects.get()
    out = StringIO()
    call_command("export_result", str(round_.pk), stdout=out)
    assert json.loads(out.getvalue()) == round_.result.document
    out = StringIO()
    call_command("export_result", str(round_.pk), "--format", "csv", stdout=out)
    assert len(out.getvalue().strip().splitlines()) == 3  # a heading, two elements
    with pytest.raises(CommandError, match="no published result of round 999"):
        call_command("export_result", "999")
    with pytest.raises(CommandError, match=f"no published result of round {10**29}"):
        call_command("export_result", str(10**29))
