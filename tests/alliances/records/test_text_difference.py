"""The difference of two texts, word by word."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliances.services.text_difference import Piece, difference


def shown(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in difference(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("Dry feet.", "Dry feet.", [("same", "Dry feet.")]),
        ("", "Dry feet.", [("new", "Dry feet.")]),
        ("Dry feet.", "", [("gone", "Dry feet.")]),
        # a whole word, never a part of one
        (
            "The river rises.",
            "The rivers rises.",
            [("same", "The "), ("gone", "river"), ("new", "rivers"), ("same", " rises.")],
        ),
        (
            "In scope: water.",
            "In scope: water and land.",
            [("same", "In scope: water"), ("new", " and land"), ("same", ".")],
        ),
        (
            "one\ntwo\nthree",
            "one\nthree",
            [("same", "one\n"), ("gone", "two\n"), ("same", "three")],
        ),
        # markup is text like any other
        ("<b>", "<i>", [("same", "<"), ("gone", "b"), ("new", "i"), ("same", ">")]),
        ("水を守る。", "水を失う。", [("gone", "水を守る"), ("new", "水を失う"), ("same", "。")]),
    ],
)
def test_by_hand(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert shown(before, after) == expected


@settings(max_examples=200)
@given(
    st.text(st.sampled_from("ab ,.\n<é水\ud83d\U0001f6a2"), max_size=40),
    st.text(st.sampled_from("ab ,.\n<é水\ud83d\U0001f6a2"), max_size=40),
)
def test_both_texts_can_be_read_from_it(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(p.text for p in pieces if p.kind != "new") == before
    assert "".join(p.text for p in pieces if p.kind != "gone") == after
    assert all(isinstance(p, Piece) and p.text for p in pieces)


def test_a_hundred_kilobytes_take_a_moment() -> None:
    before = " ".join(f"word{number}" for number in range(12_000))
    after = " ".join(f"word{number + number % 7}" for number in range(12_000))
    assert len(before) > 100_000
    began = time.process_time()
    pieces = difference(before, after)
    assert time.process_time() - began < 20
    assert "".join(p.text for p in pieces if p.kind != "new") == before
    assert "".join(p.text for p in pieces if p.kind != "gone") == after


def test_a_text_that_repeats_itself_takes_no_longer() -> None:
    """Such as two tables of blanks, which the library would compare for half a minute."""
    before, after = "a b " * 50_000, "b a " * 50_000
    began = time.process_time()
    pieces = difference(before, after)
    assert time.process_time() - began < 10
    assert "".join(p.text for p in pieces if p.kind != "new") == before
    assert "".join(p.text for p in pieces if p.kind != "gone") == after


def test_more_different_words_than_the_first_plane_has_characters() -> None:
    # each different word is one character to the library, and surrogates are none
    before = "\n".join(str(number) for number in range(60_000))
    after = before.replace("\n59999", "\nlast")
    assert shown(before, after) == [
        ("same", before.removesuffix("59999")),
        ("gone", "59999"),
        ("new", "last"),
    ]
