"""What a section of a charter is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

# A text of many paragraphs, a text on one line, one of some choices, whole per cent, a day.
Kind = Literal["text", "line", "choice", "share", "date"]

TEXT_LIMIT = 200_000
"""Characters of a text: all that somebody may want to paste, and no more than a page can show."""

LINE_LIMIT = 500
SHARES = range(51, 100)
"""Per cent of a qualified majority."""


@dataclass(frozen=True)
class Choice:
    """One answer of a part; `sentence` is what stands in the charter where it is chosen."""

    code: str
    label: _StrOrPromise
    sentence: _StrOrPromise


@dataclass(frozen=True)
class Part:
    """One thing that a section says.

    `lead` stands before it in the charter's text, where a section has several parts. `full` and
    `light`: whether it is needed at that depth. `only_with` is a part of the same section and the
    choice under which this one counts; it is asked nowhere else.
    """

    code: str
    label: _StrOrPromise
    kind: Kind
    help: _StrOrPromise = ""
    lead: _StrOrPromise = ""
    full: bool = False
    light: bool = False
    choices: tuple[Choice, ...] = ()
    only_with: tuple[str, str] | None = None
    rows: int = 6

    @property
    def limit(self) -> int:
        """Characters that there is room for."""
        return TEXT_LIMIT if self.kind == "text" else LINE_LIMIT


@dataclass(frozen=True)
class Example:
    """What one might write, and a word on why it helps or does not. All of them are made up."""

    text: _StrOrPromise
    why: _StrOrPromise


@dataclass(frozen=True)
class Section:
    """A section: what belongs there, why it matters, what a good and a bad one look like."""

    code: str
    title: _StrOrPromise
    belongs: _StrOrPromise
    why: _StrOrPromise
    good: Example
    bad: Example
    parts: tuple[Part, ...]

    def part(self, code: str) -> Part:
        """The part of this code. Raises KeyError where there is none."""
        for part in self.parts:
            if part.code == code:
                return part
        raise KeyError(code)
