"""The CSV: numbers stay numbers, and no text runs as a formula."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from alliances.services.cells import harmless
from assessments.reports.table import result_table

from .documents import not_ready, one_withheld, open_mode

TITLES = {"formal-charter": "Formal charter", "common-pain": "=1+1"}


def rows_of(published: dict[str, Any]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(result_table(published, TITLES))))


def test_a_row_an_element() -> None:
    head, *rows = rows_of(not_ready())
    assert head == [
        "element",
        "title",
        "score",
        "person_mean",
        "band",
        "people",
        "organisations",
        "dont_know",
        "low",
        "high",
        "rwg",
        "ad",
        "ad_up_to",
        "agreed",
        "extreme",
        "withheld",
        "forecast",
        "record",
        "previous",
        "difference",
        "pairs",
        "paired_difference",
        "more_than_noise",
    ]
    assert rows[5] == (
        [
            "formal-charter",
            "Formal charter",
            "38.2",
            "39.64",
            "weak",
            "14",
            "8",
            "0.04",
            "33.96",
            "45.07",
            "0.46",
            "1.08",
            "",
            "false",
            "false",
            "false",
            "16.8",
            "30.0",
            "30",
            "8.2",
            "7",
            "8.2",
            "true",
        ]
    )
    assert len(rows) == 8


def test_a_number_below_zero_stays_a_number() -> None:
    rows = rows_of(not_ready())
    assert rows[8][rows[0].index("difference")] == "-3.8"


def test_what_is_withheld_is_empty() -> None:
    rows = rows_of(one_withheld())
    assert rows[6] == ["formal-charter", "Formal charter", *[""] * 12, "false", "true", *[""] * 7]


def test_a_title_is_text() -> None:
    rows = {row[0]: row for row in rows_of(not_ready())}
    assert rows["common-pain"][1] == "'=1+1"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        # where another separator would part the cell
        ("Port;=1+1", "Port;'=1+1"),
        ('Port; "=1+1', "Port; \"'=1+1"),
        ("Port\n@SUM(A1)", "Port\n'@SUM(A1)"),
        ("Port; Ferry-Line; a=b", "Port; Ferry-Line; a=b"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("Water board", "Water board"),
        ("a=b", "a=b"),
        (-1, -1),
        (-3.25, -3.25),
        (None, ""),
        (True, "true"),
    ],
)
def test_text_that_would_run_gets_an_apostrophe(value: Any, cell: Any) -> None:
    assert harmless(value) == cell


def test_headers_are_made_harmless_too() -> None:
    published = open_mode(2)
    for entry in published["elements"]:
        entry["by_organisation"][0]["organisation"] = "=1+1"
    head, first, *_rest = rows_of(published)
    assert head[-2:] == ["'=1+1", "Organisation 002"]
    assert first[-2:] == ["37.0", "74.0"]
