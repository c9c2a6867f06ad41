"""Which e-mail addresses are taken; text from a file, and text as a message quotes it."""

from __future__ import annotations

import pytest

from alliances.errors import Refused
from alliances.services.texts import (
    NotUtf8,
    decoded,
    email_address,
    lines_with_nul,
    one_line,
    quotable,
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
    "typed", ["", " ", "\u202e", "\u200b\ufeff", "\u200f\u200d", "\u3164", "\u2800"]
)
def test_a_name_that_shows_nothing_is_missing(typed: str) -> None:
    with pytest.raises(Refused, match="The name is missing"):
        one_line(typed, what="The name", limit=50, required=True)
