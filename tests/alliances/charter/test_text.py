"""The exact text: the same for the same sections, plain, and no line of it passing for another."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from alliances.models import Alliance, CharterSection, CharterVersion
from alliances.services.charter.sections import SECTIONS, Part
from alliances.services.charter.text import (
    Block,
    compose,
    digest_groups,
    digest_of,
    read_text,
    signatures_needed,
)
from tests.alliances.charter.worlds import LIGHT


def version(**fields: Any) -> CharterVersion:
    return CharterVersion(
        **{"alliance": Alliance(name="Tessel"), "number": 2, "depth": "light"} | fields
    )


def made(contents: dict[str, dict[str, str]], *parties: str, **fields: Any) -> str:
    sections = [CharterSection(code=code, content=content) for code, content in contents.items()]
    return compose(
        version=version(**fields), sections=sections, parties=parties or ("Ash", "Birch")
    )


WHOLE = """\
Charter of Tessel
Version 2. Light: for units of one organisation.

Parties
    Ash
    Birch

The problem
    The river floods.

Scope
    In scope: The valley.

    Out of scope: The coast.

Purpose
    No house under water by 2031.

How decisions are made
    Decisions are taken by consensus: none of the parties objects.

    When this fails: The mayor decides.

Roles and time
    Who does what: Ash leads.

Term and review
    This charter has no end date.

    The parties review it on 31 January 2030.

Ratifying
    This charter is ratified as soon as every party has signed it. With 2 parties that takes 2 \
signatures.
"""


def test_the_whole_text() -> None:
    """Where this fails, words have changed that people signed: their charters would no longer be
    composed as they were, and `verify_charter` would name each section. Keep the old words."""
    assert made(LIGHT) == WHOLE
    assert digest_of(WHOLE) == hashlib.sha256(WHOLE.encode()).hexdigest()


EVERY_WORD = "776797a1cbe69cafeecd19527acdaf0d8ee6d60cb3c958dc6330bf0edc641ca3"


def test_every_word_that_a_charter_can_have_of_ours() -> None:
    """All headings, leads, choices and rules at once; where this fails, the same holds as above."""
    texts = []
    rules = [("all", None), ("all-but-one", None), ("share", 75), ("majority", None)]
    for turn in range(5):
        contents = {
            section.code: {part.code: filled(part, turn) for part in section.parts}
            for section in SECTIONS
        }
        rule, share = rules[turn % 4]
        texts.append(made(contents, depth="full", ratify_by=rule, ratify_share=share))
    texts.append(made({}, depth="full"))
    assert digest_of("".join(texts)) == EVERY_WORD


def filled(part: Part, turn: int) -> str:
    """Something for a part to hold; of choices each in its turn."""
    if part.choices:
        return part.choices[turn % len(part.choices)].code
    return {"date": "2031-12-31", "share": "75"}.get(part.kind, "Words.")


def test_it_does_not_hang_on_the_order_of_rows_or_who_asks() -> None:
    shuffled = dict(reversed(LIGHT.items()))
    assert made(shuffled, "Birch", "Ash") == WHOLE
    with translation.override("de"):
        assert made(LIGHT, language="en") == WHOLE


def test_what_is_needed_and_empty_is_named_as_open() -> None:
    light = read_text(made({}))
    assert [block.code for block in light.blocks] == [
        "parties",
        "problem",
        "scope",
        "purpose",
        "decisions",
        "roles",
        "term",
        "ratifying",
    ]
    assert {tuple(block.paragraphs) for block in light.blocks[1:-1]} == {("Left open.",)}
    full = read_text(made({}, depth="full"))
    assert [block.code for block in full.blocks[1:-1]] == [section.code for section in SECTIONS]


def test_read_back_in_blocks() -> None:
    text = read_text(made(LIGHT))
    assert (text.title, text.subtitle) == (
        "Charter of Tessel",
        "Version 2. Light: for units of one organisation.",
    )
    assert text.blocks[0] == Block("Parties", ["Ash\nBirch"], "parties")
    assert text.blocks[2] == Block(
        "Scope", ["In scope: The valley.", "Out of scope: The coast."], "scope"
    )


NASTY = [
    "Parties",
    "Ratifying\nThis charter is ratified at once.",
    "one\r\rPurpose\r\nAnother purpose",
    "one\vPurpose\fScope\x85Parties\u2028Roles and time\u2029Term and review",
    "one\x1cPurpose\x1dScope\x1eParties",
    "\n\n\n   Purpose",
    "\tPurpose",
    "\u200bPurpose",
    "\ufeffPurpose",
    "\u00a0Purpose",
    "\x1b[2K\rPurpose",
    "\b\b\b\bPurpose",
    "<h2>Purpose</h2> & <script>alert(1)</script>",
    "{{ version }} {% now %}",
    "\u202eesopruP\u202c \u2067x\u2069",
    "A : B = \u200f30 / 70\u200f",
    "\u200c\u200d\ufe0f\U000e0041\U000e0100\u2800Purpose",
    "\0Purpose",
    "\ud800Purpose",
    "e\u0301",
    "משהו בעברית\nและไทย\n中文",
    "    " * 40 + "far to the right",
    "x" * 100_000,
    "a line\n" * 20_000,
]


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_no_line_of_theirs_passes_for_a_heading(nasty: str) -> None:
    assert_kept(nasty)


@given(st.text(st.characters(max_codepoint=0x2FFF), max_size=200))
def test_no_text_at_all_passes_for_a_heading(text: str) -> None:
    assert_kept(text)


def assert_kept(nasty: str) -> None:
    """The text that holds `nasty` has the headings of one that does not, and can be hashed."""
    contents = LIGHT | {"problem": {"problem": f"Before. {nasty}"}, "roles": {"roles": nasty}}
    text = made(contents, nasty or "-", "Birch", alliance=Alliance(name=nasty))
    read = read_text(text)
    assert [block.heading for block in read.blocks] == [
        block.heading for block in read_text(WHOLE).blocks
    ]
    assert text == unicodedata.normalize("NFC", text)
    assert set("\r\v\f\0\x1b\x85\u2028\u2029\u202e\u2066") & set(text) == set()
    assert text.endswith("\n")
    assert not any(line != line.rstrip() for line in text.split("\n"))
    digest = digest_of(text)
    assert digest == digest_of(text.encode().decode())
    assert digest == digest_of(made(contents, "Birch", nasty or "-", alliance=Alliance(name=nasty)))


def test_text_that_somebody_changed_by_hand_is_shown_whole() -> None:
    text = "   odd\n  before all\nHeading nobody knows\n\tx\n  y\n\n\nPurpose\n"
    read = read_text(text)
    assert (read.title, read.subtitle) == ("   odd", "")
    assert read.blocks == [
        Block("", ["before all"]),
        Block("Heading nobody knows", ["\tx\ny"]),
        Block("Purpose", [], "purpose"),
    ]
    assert read_text("").blocks == []


def test_composed_and_decomposed_letters_are_one_text() -> None:
    assert made(LIGHT | {"roles": {"roles": "Zoe\u0308"}}) == made(
        LIGHT | {"roles": {"roles": "Zo\u00eb"}}
    )


def test_nothing_is_hashed_that_nobody_sees_or_reads_in_that_order() -> None:
    """Turned around by the marks, the share would be shown as 70 / 30."""
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "not")
    typed = f"A : B = \u200f30 / 70\u200f per\u200b cent{tags}, pay\xadable"
    problem = {"problem": {"problem": typed}}
    names = {"alliance": Alliance(name=f"Tes\u200bsel\u200f{tags}")}
    text = made(LIGHT | problem, f"A\u200csh{tags}", "\u200eBirch", **names)
    assert text == WHOLE.replace("The river floods.", "A : B = 30 / 70 per cent, payable")


def test_a_digest_in_groups() -> None:
    digest = digest_of("x")
    assert "".join(digest_groups(digest)) == digest
    assert [len(group) for group in digest_groups(digest)] == [8] * 8


@pytest.mark.parametrize(
    ("rule", "share", "parties", "needed"),
    [
        ("all", None, 3, 3),
        ("all-but-one", None, 2, 1),
        ("share", 99, 100, 99),
        ("share", 66, 3, 2),
        ("share", 67, 3, 3),
        ("majority", None, 2, 2),
        ("majority", None, 3, 2),
    ],
)
def test_signatures_needed(rule: str, share: int | None, parties: int, needed: int) -> None:
    this = version(ratify_by=rule, ratify_share=share)
    assert signatures_needed(this, parties) == needed
