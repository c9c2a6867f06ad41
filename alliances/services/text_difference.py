"""What differs between two texts, word by word, by the diff-match-patch library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from diff_match_patch import diff_match_patch

# Beyond this the library gives up looking for the smallest difference, and shows a larger one.
SECONDS = 1.0

REPEATS = 8
"""A stretch that stands in a text so often makes it one that repeats itself."""

WORD = re.compile(r"\w+|\s|[^\w\s]")
KINDS: dict[int, Literal["gone", "same", "new"]] = {-1: "gone", 0: "same", 1: "new"}


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is in both ("same"), in the first alone ("gone"), or in the second
    alone ("new")."""

    kind: Literal["gone", "same", "new"]
    text: str


class Engine(diff_match_patch):
    """The library, kept to its time where a text repeats itself, such as a table of blanks."""

    def diff_halfMatch(self, text1: str, text2: str) -> tuple[str, ...] | None:  # noqa: N802
        """A large part that both share, which is a short cut; None where there is none.

        It is looked for at every place where a stretch of a quarter of the longer text begins, and
        no time ends that.
        """
        shorter, longer = sorted((text1, text2), key=len)
        quarter = len(longer) // 4
        for start in ((len(longer) + 3) // 4, (len(longer) + 1) // 2):
            place = -1
            for _time in range(REPEATS):
                place = shorter.find(longer[start : start + quarter], place + 1)
                if place == -1:
                    break
            else:
                return None
        found: tuple[str, ...] | None = super().diff_halfMatch(text1, text2)
        return found


def difference(before: str, after: str, *, seconds: float = SECONDS) -> list[Piece]:
    """The two texts as one row of pieces: all but the new ones make `before`, all but the gone
    ones `after`. After so many `seconds` a larger difference does."""
    if before == after:
        return [Piece("same", before)] if before else []
    words: dict[str, str] = {}
    encoded = [
        "".join(_letter(words, word) for word in WORD.findall(text)) for text in (before, after)
    ]
    engine = Engine()
    engine.Diff_Timeout = seconds
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
