"""The whole table, put together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

from tests.permissions.rows import (
    banks,
    charter,
    common_ground,
    conduct,
    journal,
    people,
    progress,
    records,
    rounds,
)
from tests.permissions.rows.row import Row

# Banks after rounds: the draft follows the version that these ask.
PAPERS = (people, rounds, banks, charter, common_ground, conduct, journal, progress, records)

TABLE: dict[str, Row] = {}
for paper in PAPERS:
    TABLE |= paper.ROWS

DEEPER: list[tuple[str, str, str]] = [
    # What is not there yet, or belongs to another state: the same 404 for everybody who may ask.
    ("result", "open", "L L 404 404 404 404 404 404 404 404"),
    ("result_json", "open", "L L 404 404 404 404 404 404 404 404"),
    ("result_csv", "open", "L L 404 404 404 404 404 404 404 404"),
    ("report_pdf", "open", "L L 404 404 404 404 404 404 404 404"),
    ("scorecard_pdf", "open", "L L 404 404 404 404 404 404 404 404"),
    # What came of a round about one person, that person alone reads; that it was, conveners do too.
    ("result", "about a person", "L L 404 404 404 404 404 404 404 404"),
    ("result_json", "about a person", "L L 404 404 404 404 404 404 404 404"),
    ("result_csv", "about a person", "L L 404 404 404 404 404 404 404 404"),
    ("report_pdf", "about a person", "L L 404 404 404 404 404 404 404 404"),
    ("scorecard_pdf", "about a person", "L L 404 404 404 404 404 404 404 404"),
    ("round", "about a person", "L L 404 404 404 302 404 302 404 404"),
    # What an open round had leads to the result of a closed one, for those alone who may know of it.
    ("round", "closed", "L L 302 302 404 302 404 302 404 404"),
    ("round_remind", "closed", "L L 404 404 404 302 404 302 404 404"),
    ("round_forecast", "closed", "L L 404 404 404 302 404 302 404 404"),
    ("round_close", "closed", "L L 404 404 404 302 404 302 404 404"),
    # Another alliance's, the other way round
    ("round", "other closed", "L L 404 404 302 404 302 302 404 404"),
    ("result", "other closed", "L L 404 404 200 404 200 200 404 404"),
    # The respondent's link is for another round.
    ("questionnaire", "about a person", "404 404 404 404 404 404 404 404 404 404"),
    ("questionnaire_result", "about a person", "404 404 404 404 404 404 404 404 404 404"),
    ("own_result_pdf", "about a person", "404 404 404 404 404 404 404 404 404 404"),
    # A draft is its conveners' alone, and nobody has signed it.
    ("charter_version", "charter draft", "L L 404 404 404 200 404 200 404 404"),
    ("charter_pdf", "charter draft", "L L 404 404 404 200 404 200 404 404"),
    ("certificate_pdf", "charter draft", "L L 404 404 404 404 404 404 404 404"),
    # What two others look at in each other
    ("difference", "revealed difference", "L L 200 404 404 200 404 200 404 404"),
    ("difference_write", "waiting difference", "L L 200 404 404 404 404 404 404 404"),
    # An alliance's own bank, with its own words, is on no shelf.
    ("bank", "own bank", "L L 404 404 404 404 404 404 404 404"),
    ("bank_preview", "own bank", "L L 404 404 404 404 404 404 404 404"),
    ("bank_paper", "own bank", "L L 404 404 404 404 404 404 404 404"),
    ("bank_statistics", "own bank", "L L 404 404 404 404 404 404 404 404"),
    ("bank_statistics_table", "own bank", "L L 404 404 404 404 404 404 404 404"),
]
"""Row, whose object, and what GET answers in the order of ROLES."""

NUMBERED = {"bank_preview": {"number": 1}}
"""What else stands in the addresses of DEEPER."""


def named_patterns() -> Iterator[tuple[str, str]]:
    """Name and pattern of every address of the resolver."""

    def walk(patterns: list[Any], before: str, space: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield f"{space}{pattern.name}", route
            else:
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from walk(pattern.url_patterns, route, space + inner)

    yield from walk(get_resolver().url_patterns, "", "")
