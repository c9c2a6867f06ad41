"""Which e-mail addresses are taken; text from a file, and text as a message quotes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliances.errors import Refused
from alliances.services.texts import (
    NotUtf8,
    decoded,
    email_address,
    lines_with_nul,
    one_line,
    paragraphs,
    quotable,
    visible,
)


@pytest.mark.parametrize(
    "address", ["anna@example.org", "o'hara+x@example.org", "anna@müller.example"]
)
def test_addresses_that_mail_can_carry(address: str) -> None:
    assert email_address(f" {address} ") == address


@pytest.mark.parametrize("address", ["ſam@x.org", "\u0131nes@x.org", "änna@x.org"])
def test_letters_before_the_at_are_from_a_to_z(address: str) -> None:
    # The first two begin with a long s and an i without a dot: Django takes them for s and i.
    with pytest.raises(Refused) as refusal:
        email_address(address)
    assert refusal.value.message == (
        f"“{address}” has letters other than A to Z before the @, and no mail can be sent there. "
        "Give an address without them."
    )


def test_text_from_a_file() -> None:
    assert decoded("Fluß".encode()) == decoded("Fluß".encode("utf-8-sig")) == "Fluß"
    with pytest.raises(NotUtf8) as refusal:
        decoded("one\ntwo\nFluß".encode("latin-1"))
    assert refusal.value.line == 3


def test_lines_with_a_nul_character() -> None:
    assert lines_with_nul("one\ntwo\n") == []
    assert lines_with_nul("o\0ne\r\ntwo\rthr\0ee\n\0") == [1, 3, 4]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (" two\n words ", "two words"),
        ("bell\x07 and \u202e back", "bell\ufffd and \ufffd back"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 39 + "…"),
    ],
)
def test_text_as_a_message_quotes_it(text: str, quoted: str) -> None:
    assert quotable(text) == quoted


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Ash\u202e and \u2066Sons\u2069", "Ash and Sons"),
        ("\ufeffAsh\u200b\u2060 Sons\xad", "Ash Sons"),
        # Persian and an emoji need their joiners.
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔧", "👩\u200d🔧"),
    ],
)
def test_a_name_holds_nothing_that_is_not_seen(typed: str, stored: str) -> None:
    assert one_line(typed, what="The name", limit=50, required=True) == stored


@pytest.mark.parametrize(
    "typed", ["", " ", "\u202e", "\u200b\ufeff", "\u200f\u200d", "\u3164", "\u2800", "\U000e0041"]
)
def test_a_name_that_shows_nothing_is_missing(typed: str) -> None:
    with pytest.raises(Refused, match="The name is missing"):
        one_line(typed, what="The name", limit=50, required=True)


TAGS = "".join(chr(0xE0000 + ord(letter)) for letter in "30 / 70")


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        # Shown as 70 / 30, and hashed as 30 / 70.
        ("A : B = \u200f30 / 70\u200f per cent", "A : B = 30 / 70 per cent"),
        ("A : B = \u061c30 / 70\u200e", "A : B = 30 / 70"),
        ("A : B = 30 / 70" + TAGS, "A : B = 30 / 70"),
        ("pay\xad the\u200b\u2060 sum\ufeff\u034f", "pay the sum"),
        ("one\u3164two\u2800three\uffa0four\u115f\u1160", "one two three four"),
        # A line with letters that are read from right to left keeps its marks; others do not.
        ("\u05d0\u05d1\u200f (30 / 70)\n\u200f30 / 70", "\u05d0\u05d1\u200f (30 / 70)\n30 / 70"),
        ("\u0645\u061c 30", "\u0645\u061c 30"),
        # Joiners: Persian, Hindi, a mechanic; nothing to join in English, Thai or figures.
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",) * 2,
        ("\u0915\u094d\u200d\u0937",) * 2,
        ("\U0001f469\u200d\U0001f527",) * 2,
        ("\U0001f3f3\ufe0f\u200d\U0001f308",) * 2,
        ("per\u200c cent\u200d, Auf\u200clage", "per cent, Auflage"),
        ("\u0e01\u200c\u0e02 \u06f3\u200c\u06f0", "\u0e01\u0e02 \u06f3\u06f0"),
        ("\U0001f469\u200d\u200d\U0001f527", "\U0001f469\U0001f527"),
        # Selectors: a red heart, a keycap, a Japanese name, Mongolian; nowhere else, and once.
        ("\u2764\ufe0f 1\ufe0f\u20e3 \u845b\U000e0100 \u1828\u180b",) * 2,
        ("3\ufe0f0\ufe0e / 7\U000e01000\u180b", "30 / 70"),
        ("\u2764\ufe0f\ufe0f\ufe00", "\u2764\ufe0f"),
        ("Zoe\u200b\u0308", "Zo\u00eb"),
    ],
)
def test_nothing_stays_that_is_not_seen_or_turns_around(typed: str, seen: str) -> None:
    assert visible(typed) == seen
    assert paragraphs(typed, what="The text", limit=100) == seen
    assert one_line(typed, what="The name", limit=100) == " ".join(seen.split())


MARKS = "1a /=\n\u0301\u0338\xad\u034f\u061c\u200c\u200d\u200e\u200f\u202e\u200b\ufe0f\ufe00\u20e3"
LETTERS = "\u05d0\u0645\u0627\u0915\u094d\u06f3\u1100\u1160\u1161\u2192\u2329\u2764\u845b\U0001f469"


@given(st.text(st.sampled_from(MARKS + LETTERS + "\U000e0041\U000e0100\u180b\u1828\u3164")))
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    once = visible(text)
    assert visible(once) == once


def test_a_text_that_shows_nothing_is_missing() -> None:
    with pytest.raises(Refused, match="The text is missing"):
        paragraphs(f"\u200b\n{TAGS}\u200f\n\u2800", what="The text", limit=50, required=True)
