"""What a version changes, section by section."""

from __future__ import annotations

import time

import pytest

from alliances.models import (
    CharterVersion,
)
from alliances.services.charter.comparison import compare
from alliances.services.charter.life import circulate
from alliances.services.charter.text import CharterText, read_text
from tests.alliances.charter.pages import address, client_of, read, second_version
from tests.alliances.charter.worlds import add_party, make_charter

pytestmark = pytest.mark.django_db


def test_what_a_version_changes() -> None:
    made = make_charter(2)
    add_party(made, "Cedar")
    draft = second_version(
        made, purpose={"statement": "No house under water by 2035."}, disputes={"settling": "Talk."}
    )
    CharterVersion.objects.filter(pk=draft.pk).update(reason="More time.")
    version = circulate(version=draft, by=made.convener).version
    page = read(made.users[0], "charter_difference", version)
    # parties, purpose, disputes, and the sentence that counts the signatures
    assert "Version 2 differs from version 1 in four sections of 10." in page
    assert "More time." in page
    assert "2031</del>" in page
    assert "2035</ins>" in page
    assert "Cedar" in page
    assert "This section is new." in page
    assert "Six sections are the same" in page  # the title with the depth among them
    # the other way round it is the same comparison
    again = read(made.users[0], "charter_difference", made.version, **{"with": 2})
    assert "Version 2 differs from version 1 in four sections of 10." in again


def test_another_title_or_depth_is_a_change_of_what_is_signed() -> None:
    made = make_charter(2)
    draft = second_version(made)
    made.alliance.name = "Tessel Water"
    made.alliance.save()
    version = circulate(version=draft, by=made.convener).version
    page = read(made.users[0], "charter_difference", version)
    assert "Version 2 differs from version 1 in one section of nine." in page
    assert "Title and depth</h2>" in page
    before, after = read_text(made.version.text), read_text(version.text)
    [head] = compare(before=before, after=after).differing
    assert [(piece.kind, piece.text) for piece in head.pieces] == [
        ("same", "Charter of Tessel"),
        ("new", " Water"),
        ("same", "\n\n"),
        ("same", "Version "),
        ("gone", "1"),
        ("new", "2"),
        ("same", ". Light: for units of one organisation."),
    ]
    deep = CharterText(before.title, "Version 1. Full: for independent parties.", before.blocks)
    [head] = compare(before=before, after=deep).differing
    assert head.code == "head"


def test_the_number_of_the_version_alone_is_no_change() -> None:
    made = make_charter(2)
    version = circulate(version=second_version(made), by=made.convener).version
    page = read(made.users[0], "charter_difference", version)
    assert "Version 2 says what version 1 says." in page
    assert "Nine sections are the same" in page


def test_each_paragraph_is_compared_with_its_own() -> None:
    made = make_charter(2)
    draft = second_version(made, scope={"in": "All rivers.", "out": "The coast and the sea."})
    before = read_text(made.version.text)
    after = read_text(circulate(version=draft, by=None).version.text)
    [scope] = compare(before=before, after=after).differing
    assert [(piece.kind, piece.text) for piece in scope.pieces] == [
        ("same", "In scope: "),
        ("gone", "The valley"),
        ("new", "All rivers"),
        ("same", "."),
        ("same", "\n\n"),
        ("same", "Out of scope: The coast"),
        ("new", " and the sea"),
        ("same", "."),
    ]


def test_nothing_to_compare() -> None:
    made = make_charter(2)
    page = read(made.users[0], "charter_difference", made.version)
    assert "Before version 1 there is nothing to compare it with." in page


@pytest.mark.parametrize("number", ["9", "x", "-1", "1", "²"])
def test_no_such_version_to_compare_with(number: str) -> None:
    made = make_charter(2)
    url = address("charter_difference", made.version)
    assert client_of(made.users[0]).get(url, {"with": number}).status_code == 404


def test_a_draft_is_no_ones_to_compare_with_but_the_conveners() -> None:
    made = make_charter(2)
    second_version(made)
    url = address("charter_difference", made.version)
    assert client_of(made.users[0]).get(url, {"with": "2"}).status_code == 404
    assert client_of(made.convener).get(url, {"with": "2"}).status_code == 200


def test_large_sections_that_all_changed_are_compared_soon() -> None:
    before = {code: {part: "word " * 20_000} for code, part in PARTS.items()}
    after = {
        code: {part: " ".join(f"w{n * 7 % 9999}" for n in range(18_000))}
        for code, part in PARTS.items()
    }
    made = make_charter(2, contents=before, circulated=False)
    circulate(version=made.version, by=None, despite_gaps=True)
    second = circulate(version=second_version(made, **after), by=None, despite_gaps=True).version
    began = time.process_time()
    comparison = compare(before=read_text(made.fresh().text), after=read_text(second.text))
    assert time.process_time() - began < 6
    assert len(comparison.differing) == len(PARTS)
    for change in comparison.differing:
        new = "".join(piece.text for piece in change.pieces if piece.kind != "gone")
        assert new in second.text.replace("    ", "")


PARTS = {
    "problem": "problem",
    "scope": "in",
    "governance": "structure",
    "roles": "roles",
    "information": "principles",
    "rules": "rules",
    "disputes": "settling",
    "membership": "joining",
}
