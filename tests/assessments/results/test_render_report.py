"""manage.py render_report: a whole PDF or nothing, and a clear message."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from assessments.management.commands import render_report
from assessments.models import Round
from tests.assessments.reports.documents import stored_result, too_few

pytestmark = pytest.mark.django_db


def test_it_writes_the_report(tmp_path: Path) -> None:
    result = stored_result(too_few())
    out = tmp_path / "report.pdf"
    out.write_bytes(b"older")
    said = io.StringIO()
    call_command("render_report", str(result.round_id), out=str(out), stdout=said)
    assert "No verdict: three people" in PdfReader(out).pages[0].extract_text()
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]
    assert "Tessel Valley Flood Alliance" in said.getvalue()


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("0", "There is no round 0."),
        ("999999", "There is no round 999999."),
        ("-1", "“-1” is no round."),
        ("first", "“first” is no round."),
        ("٣", "“٣” is no round."),
        ("9" * 40, "is no round."),
    ],
)
def test_a_round_that_is_not_there(tmp_path: Path, number: str, message: str) -> None:
    with pytest.raises(CommandError) as refused:
        render_report.Command().handle(round_id=number, out=str(tmp_path / "report.pdf"))
    assert message in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_an_open_round_has_no_report(tmp_path: Path) -> None:
    result = stored_result()
    Round.objects.update(status=Round.Status.OPEN, closed_at=None)
    with pytest.raises(CommandError, match="has no result yet"):
        call_command("render_report", str(result.round_id), out=str(tmp_path / "report.pdf"))
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    result = stored_result(too_few())
    number = str(result.round_id)
    with pytest.raises(CommandError, match="is a folder"):
        call_command("render_report", number, out=str(tmp_path))
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("render_report", number, out=str(tmp_path / "missing" / "report.pdf"))


def test_a_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = stored_result(too_few())
    out = tmp_path / "report.pdf"
    out.write_bytes(b"older")

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("render_report", str(result.round_id), out=str(out))
    assert out.read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]
