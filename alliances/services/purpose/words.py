"""What several sentences have in common, word by word. Pure: no database, no clock.

Words are compared by their stem (Snowball's for English or French), without capitals and accents; what stands
in every text, such as "the", is left out. Numbers and years are words like any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import snowballstemmer

from alliances.services.purpose.languages import STOP_WORDS, Language, language_of

Mark = Literal["", "all", "lone"]

STEMMERS: dict[Language, str] = {"en": "english", "fr": "french"}

APOSTROPHES = "'’ʼ＇"
HYPHENS = "-‐‑"
UNSEEN = "\u00ad\u200c\u200d\u2060"  # soft hyphen and joiners, which stand within words
PREFIXES = frozenset({"co", "re", "pre", "non"})  # "co-operate" is "cooperate"
ENDINGS = ("s", "ll", "re", "ve", "d", "m")  # after an apostrophe: "harbour's", "we'll"
# Before an apostrophe in French, where they are words of their own: "l'air", "qu'il".
ELIDED = frozenset(
    ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"]
)
# What French may part thousands by.
BLANKS = " \u00a0\u202f"

THOUSANDS = re.compile(r"\d{3}(?!\d)")
THOUSANDS_BEFORE = re.compile(rf"\d{{1,3}}(?:[{BLANKS}]\d{{3}})*")

# Classes of combining marks that are accents (Hebrew and Arabic points, and what stands above or
# below Latin, Greek and Cyrillic letters). Indic vowel signs have class 0, and are letters.
ACCENTS = (*range(10, 36), *range(200, 241))


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence as it was written: a word of all, a word of this one alone, or else."""

    text: str
    mark: Mark


@dataclass(frozen=True)
class Word:
    """A word as it is mostly written, and the places (from 0) of the sentences that use it."""

    text: str
    places: tuple[int, ...]


@dataclass(frozen=True)
class Comparison:
    """Sentences compared: every word that counts, most used first, then in order of appearance;
    and each sentence in pieces, which together are its text."""

    words: list[Word]
    pieces: list[list[Piece]]

    @property
    def in_all(self) -> list[Word]:
        """What all share; nothing where there are fewer than two sentences."""
        return [word for word in self.words if 1 < len(word.places) == len(self.pieces)]

    @property
    def in_several(self) -> list[Word]:
        """What more than one uses, those that all share among them."""
        return [word for word in self.words if len(word.places) > 1]

    @property
    def in_one(self) -> list[Word]:
        """What only one of several uses."""
        return [word for word in self.words if len(word.places) == 1 < len(self.pieces)]

    def only_in(self, place: int) -> list[Word]:
        """What none but the sentence at `place` uses."""
        return [word for word in self.in_one if word.places == (place,)]


def compare_words(sentences: Sequence[str]) -> Comparison:
    """Which words of `sentences` all share, and which only one uses."""
    language = language_of(sentences)
    # A stemmer keeps its work in itself, so that two threads cannot share one.
    stemmer = snowballstemmer.stemmer(STEMMERS[language])
    cut = [list(_cut(sentence, language, stemmer)) for sentence in sentences]
    places: dict[str, list[int]] = {}
    spellings: dict[str, list[str]] = {}
    for place, pieces in enumerate(cut):
        for text, key in pieces:
            if key:
                spellings.setdefault(key, []).append(text)
                if place not in places.setdefault(key, []):
                    places[key].append(place)
    # Sorting is stable: words that are used alike stay in order of appearance.
    keys = sorted(places, key=lambda key: -len(places[key]))

    def mark(key: str) -> Mark:
        if not key or len(sentences) < 2:
            return ""
        used = len(places[key])
        return "all" if used == len(sentences) else "lone" if used == 1 else ""

    return Comparison(
        words=[Word(_usual(spellings[key]), tuple(places[key])) for key in keys],
        pieces=[_joined([Piece(text, mark(key)) for text, key in pieces]) for pieces in cut],
    )


def _cut(sentence: str, language: Language, stemmer: Any) -> Iterator[tuple[str, str]]:
    """The sentence in stretches, each with the key of its word; "" for what does not count."""
    for text, is_word in _runs(sentence, language):
        plain = _plain(text, language) if is_word else ""
        counts = plain not in STOP_WORDS[language] and (len(plain) > 1 or plain.isdigit())
        yield text, _unaccented(stemmer.stemWord(plain)) if counts else ""


def _runs(sentence: str, language: Language) -> Iterator[tuple[str, bool]]:
    """The sentence in stretches that are a word, or none; together they are the sentence."""
    start = 0
    while start < len(sentence):
        end = start
        while end < len(sentence) and _holds(sentence, start, end, language):
            end += 1
        is_word = end > start
        while not is_word and end < len(sentence) and not _letter(sentence[end]):
            end += 1
        yield sentence[start:end], is_word
        start = end


def _holds(sentence: str, start: int, at: int, language: Language) -> bool:
    """Whether the word that begins at `start` goes on at `at`."""
    character = sentence[at]
    if _letter(character):
        return True
    if at == start:
        return False
    if unicodedata.category(character)[0] == "M" or character in UNSEEN:
        return True
    following = sentence[at + 1 : at + 2]
    if not following or not _letter(following):
        return False
    if character in APOSTROPHES:
        return language == "en" or sentence[start:at].casefold() not in ELIDED
    if character in HYPHENS:
        return sentence[start:at].casefold() in PREFIXES
    if language == "fr" and character in BLANKS:
        return bool(THOUSANDS_BEFORE.fullmatch(sentence[start:at])) and bool(
            THOUSANDS.match(sentence, at + 1)
        )
    return character in ",." and sentence[at - 1].isdecimal() and following.isdecimal()


def _letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


def _plain(word: str, language: Language) -> str:
    """The word without capitals and the ending after an apostrophe, digits as 0 to 9; in English
    without accents, which the French stemmer needs."""
    for apostrophe in APOSTROPHES[1:]:
        word = word.replace(apostrophe, "'")
    head, _apostrophe, tail = word.casefold().rpartition("'")
    if head and tail in ENDINGS:
        word = head
    letters = "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in unicodedata.normalize("NFKC", word.casefold())
        if character not in UNSEEN + HYPHENS + "'"
    )
    if language == "fr":
        return re.sub(rf"[{BLANKS}]", "", letters)
    plain = _unaccented(letters)
    return plain.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", plain) else plain


def _unaccented(word: str) -> str:
    return "".join(
        character
        for character in unicodedata.normalize("NFKD", word)
        if unicodedata.combining(character) not in ACCENTS
    )


def _usual(spellings: list[str]) -> str:
    """The spelling that is used most, then the shortest, then the first; small letters where one
    wrote it so."""
    counted = Counter(spelling.casefold() for spelling in spellings)
    best = min(counted, key=lambda folded: (-counted[folded], len(folded)))
    written = [spelling for spelling in spellings if spelling.casefold() == best]
    return next((spelling for spelling in written if spelling.islower()), written[0])


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours without a mark as one piece."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and not piece.mark and not joined[-1].mark:
            joined[-1] = Piece(joined[-1].text + piece.text, "")
        else:
            joined.append(piece)
    return joined
