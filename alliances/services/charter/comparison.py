"""Two versions of a charter, section by section, by the texts that people were shown."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from alliances.services.charter.text import HEAD, PARTIES, Block, CharterText
from alliances.services.text_difference import Piece, difference

SECONDS = 1.5
"""For all sections together: a page of large sections that all changed is still answered soon."""

LEAST = 0.02


@dataclass(frozen=True)
class Change:
    """A section in two versions. `pieces` are of its whole text, both versions in one."""

    heading: str
    code: str
    state: Literal["same", "changed", "new", "gone"]
    pieces: list[Piece]


@dataclass(frozen=True)
class Comparison:
    """What became of the head and of each section, in the order of the later version; gone ones
    stand last."""

    changes: list[Change]

    @property
    def differing(self) -> list[Change]:
        return [change for change in self.changes if change.state != "same"]

    @property
    def same(self) -> list[Change]:
        return [change for change in self.changes if change.state == "same"]


def compare(*, before: CharterText, after: CharterText) -> Comparison:
    """`after` against `before`. Sections are matched by their code, else by their heading.

    The first is the head: the title, and the line with the depth. That the number of the version in
    it is another is no change.
    """
    earlier = {_key(block): block for block in [_head(before), *before.blocks]}
    pairs = [(block, earlier.pop(_key(block), None)) for block in [_head(after), *after.blocks]]
    until = time.monotonic() + SECONDS
    left = sum(old is not None and not _is_same(old, new) for new, old in pairs)
    changes = []
    for new, old in pairs:
        if old is None:
            changes.append(Change(new.heading, new.code, "new", _whole("new", new)))
        elif _is_same(old, new):
            changes.append(Change(new.heading, new.code, "same", _whole("same", new)))
        else:
            seconds = max((until - time.monotonic()) / left, LEAST)
            left -= 1
            pieces = _pieces(old, new, seconds)
            changes.append(Change(new.heading, new.code, "changed", pieces))
    changes += [
        Change(old.heading, old.code, "gone", _whole("gone", old)) for old in earlier.values()
    ]
    return Comparison(changes)


def _head(text: CharterText) -> Block:
    return Block(_("Title and depth"), [text.title, text.subtitle], HEAD)


def _is_same(old: Block, new: Block) -> bool:
    if new.code != HEAD:
        return _said(old) == _said(new)
    (old_title, old_line), (title, line) = old.paragraphs, new.paragraphs
    return (old_title, _unnumbered(old_line)) == (title, _unnumbered(line))


def _unnumbered(subtitle: str) -> str:
    """The line below the title without the number of the version, which comes first in it."""
    return re.sub("[0-9]+", "", subtitle, count=1)


def _key(block: Block) -> str:
    return block.code or f" {block.heading}"


def _said(block: Block) -> str:
    between = "\n" if block.code == PARTIES else "\n\n"
    return between.join(block.paragraphs)


def _whole(kind: Literal["gone", "same", "new"], block: Block) -> list[Piece]:
    said = _said(block)
    return [Piece(kind, said)] if said else []


def _pieces(old: Block, new: Block, seconds: float) -> list[Piece]:
    if old.code != PARTIES:
        return _of_paragraphs(old.paragraphs, new.paragraphs, seconds)
    # Names are compared whole: half of one name and half of another would say nothing.
    before, after = _said(old).split("\n"), _said(new).split("\n")
    names = [*after, *(name for name in before if name not in after)]
    pieces = []
    for name in names:
        kind: Literal["gone", "same", "new"] = (
            "same" if name in before and name in after else "new" if name in after else "gone"
        )
        pieces.append(Piece(kind, f"{name}\n"))
    return pieces


def _of_paragraphs(old: list[str], new: list[str], seconds: float) -> list[Piece]:
    """Where there are as many as before, each is compared with its own; else all in one."""
    if len(old) != len(new):
        return difference("\n\n".join(old), "\n\n".join(new), seconds=seconds)
    pairs = list(zip(old, new, strict=True))
    each = seconds / max(sum(before != after for before, after in pairs), 1)
    pieces: list[Piece] = []
    for before, after in pairs:
        if pieces:
            pieces.append(Piece("same", "\n\n"))
        pieces += difference(before, after, seconds=each)
    return pieces
