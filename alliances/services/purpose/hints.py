"""What may be wrong with the wording of a purpose: hints, which advise and never refuse.

A purpose is clear, specific, aimed at one goal, and short (VA). Pure: no database, no clock. Words are
looked for in English or French, whichever the text is in; length, figures and years are found in any
language.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.services.charter.sections.section import LINE_LIMIT
from alliances.services.purpose.goals import GOALS
from alliances.services.purpose.languages import Language, language_of
from alliances.services.purpose.times import has_figure, times_in
from alliances.services.purpose.vague_words import VAGUE_WORDS

Kind = Literal["length", "goal", "measure", "words"]

# Words. Up to GOOD one can repeat it after a single hearing; beyond LONG nobody says it the same way.
SHORT, GOOD, LONG = 6, 35, 60

# What is looked at; beyond it the text is no sentence, and the hint on its length says so.
READ = 4 * LINE_LIMIT


@dataclass(frozen=True)
class Hint:
    """One piece of advice. `is_good`: nothing to do. `found` are the words that it is about, as they
    were written, and `ask` is what to ask instead."""

    kind: Kind
    is_good: bool
    text: str
    found: str = ""
    ask: str = ""


@dataclass(frozen=True)
class Wording:
    """All hints on a purpose; `advice` are those that ask for another look."""

    all: list[Hint]

    @property
    def advice(self) -> list[Hint]:
        return [hint for hint in self.all if not hint.is_good]


def read_wording(text: str, today: dt.date) -> Wording:
    """The hints as a page shows them, counted."""
    return Wording(purpose_hints(text, today))


def purpose_hints(text: str, today: dt.date) -> list[Hint]:
    """Hints on a purpose in the order length, goal, measure, words; none where nothing is written.

    `today` tells which days lie in the past.
    """
    read = text[:READ]
    if not read.strip():
        return []
    language = language_of([read])
    return [
        _length(text),
        _goal(read, language),
        _measure(read, language, today),
        *_words(read, language),
    ]


def word_count(text: str) -> int:
    """How many words; of writing without blanks between them, two characters count as one."""
    dense = len(DENSE.findall(text))
    return len(WORD.findall(DENSE.sub(" ", text))) + (dense + 1) // 2


# --- length

WORD = re.compile(r"[^\W_]+(?:[’'.,\-‑/][^\W_]+)*")
# Thai, Lao, Burmese, Khmer, kana, Han.
DENSE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
)


def _length(text: str) -> Hint:
    words = word_count(text)
    said = ngettext("%(words)d word", "%(words)d words", words) % {"words": words}
    if len(text.strip()) > LINE_LIMIT:
        return Hint(
            "length",
            False,
            _(
                "%(said)s, too long: there is room for %(limit)d characters. Move the rest to the "
                "scope, or to how you know that it is reached."
            )
            % {"said": said, "limit": LINE_LIMIT},
        )
    if words < SHORT:
        return Hint(
            "length",
            False,
            _("%(said)s, too short. Say what will be true, where, and by when.") % {"said": said},
        )
    if words <= GOOD:
        return Hint("length", True, _("%(said)s: short enough to be repeated.") % {"said": said})
    if words <= LONG:
        return Hint(
            "length",
            False,
            _("%(said)s, long. People repeat what has %(good)d or fewer.")
            % {"said": said, "good": GOOD},
        )
    return Hint(
        "length",
        False,
        _(
            "%(said)s, too long. Each party will shorten it in its own way. Move the rest to the scope, "
            "or to how you know that it is reached."
        )
        % {"said": said},
    )


# --- one goal

BULLET = re.compile(r"^\s*(?:[-–—•*·]|\(?\d{1,2}[.)])\s+\S", re.MULTILINE)


def _goal(text: str, language: Language) -> Hint:
    goals = GOALS[language]
    several = _("Several goals. Which one is it, if only one is reached?")
    sentences = len(goals.ends.findall(text.strip())) + 1
    if sentences > 1:
        return Hint(
            "goal",
            False,
            _(
                "%(count)d sentences. One is enough: keep the goal, and move the rest to the scope, or "
                "to how you know that it is reached."
            )
            % {"count": sentences},
        )
    if len(BULLET.findall(text)) > 1:
        return Hint("goal", False, several)
    if ";" in text or "；" in text:
        return Hint("goal", False, several, found=";")
    verbs: dict[str, str] = {}
    for match in goals.begins.finditer(text):
        verbs.setdefault(goals.verbs[match[1].lower()], match[1])
    if len(verbs) > 1:
        return Hint("goal", False, several, found=", ".join(verbs.values()))
    if tie := goals.tied.search(text):
        return Hint("goal", False, several, found=tie[0])
    return Hint("goal", True, _("One goal, as far as can be seen."))


# --- a date or a number


def _measure(text: str, language: Language, today: dt.date) -> Hint:
    when = times_in(text, language)
    figure = has_figure(text, language)
    past = when.last is not None and when.last < today
    if past and not when.is_open:
        return Hint(
            "measure",
            False,
            _("The time that it names has passed. By when shall it be reached?"),
            found=when.last_as_written,
        )
    if when.any and figure:
        return Hint("measure", True, _("A time and a figure: one can tell whether it was reached."))
    if when.any:
        return Hint("measure", True, _("A time, and no figure. Is it plain what is there by then?"))
    if figure:
        return Hint("measure", True, _("A figure, and no time. By when shall it be reached?"))
    return Hint(
        "measure",
        False,
        _("Neither a date nor a number. How will anybody tell whether it was reached?"),
    )


# --- words that hide disagreement


def _words(text: str, language: Language) -> list[Hint]:
    """A hint for each word found, in the order of the text, each word once."""
    figure = has_figure(text, language)
    found: list[tuple[int, int, Hint]] = []
    for word in VAGUE_WORDS[language]:
        if word.but_with_a_figure and figure:
            continue
        if match := word.pattern.search(text):
            said = _("“%(word)s”: everybody reads it in their own way.") % {"word": match[0]}
            found.append((*match.span(), Hint("words", False, said, match[0], str(word.ask))))
    found.sort(key=lambda one: (one[0], -one[1]))
    hints: list[Hint] = []
    reached = -1
    for _begins, ends, hint in found:
        if ends > reached:  # not within a longer one that stands already
            hints.append(hint)
            reached = ends
    return hints or [
        Hint("words", True, _("No word that is known to hide disagreement.")),
    ]
