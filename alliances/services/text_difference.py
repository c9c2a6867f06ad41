"""What differs between two texts, word by word, by the diff-match-patch library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from diff_match_patch import diff_match_patch

# Beyond this the library gives up looking for the smallest difference, and shows a larger one.
SECONDS = 1.0

WORD = re.compile(r"\w+|\s|[^\w\s]")
KINDS: dict[int, Literal["gone", "same", "new"]] = {-1: "gone", 0: "same", 1: "new"}


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is in both ("same"), in the first alone ("gone"), or in the second
    alone ("new")."""

    kind: Literal["gone", "same", "new"]
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The two texts as one row of pieces: all but the new ones make `before`, all but the gone
    ones `after`."""
    if before == after:
        return [Piece("same", before)] if before else []
    words: dict[str, str] = {}
    encoded = [
        "".join(_letter(words, word) for word in WORD.findall(text)) for text in (before, after)
    ]
    engine = diff_match_patch()
    engine.Diff_Timeout = SECONDS
    found = engine.diff_main(encoded[0], encoded[1], False)
    engine.diff_cleanupSemantic(found)
    decoded = {letter: word for word, letter in words.items()}
    return [
        Piece(KINDS[kind], "".join(decoded[letter] for letter in letters))
        for kind, letters in found
    ]


def _letter(words: dict[str, str], word: str) -> str:
    """One character for each different word: the library compares characters."""
    if word not in words:
        number = len(words) + 1
        # The surrogates stand for no character of their own.
        words[word] = chr(number if number < 0xD800 else number + 0x800)
    return words[word]
