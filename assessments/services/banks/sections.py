"""One mapping of a bank's file, read key by key without trust."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from alliances.services.counts import labelled
from alliances.services.texts import quotable

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
LARGEST_WEIGHT = Decimal(1000)
# Of more complaints than these, nobody is told.
MOST_COMPLAINTS = 50


class LinedMapping(dict[str, Any]):
    """A mapping that begins on `line` of a file; `lines` has that of each key. Equal to a plain dict."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class LinedList(list[Any]):
    """A list from a file; `lines` has the line of each entry. Equal to a plain list."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


def shown(value: object, longest: int = 40) -> str:
    """`value` between quotes, short; what a terminal or a page cannot show is written in figures."""
    text = str(value)
    return f"'{quotable(text, longest)}'" if text.isprintable() else ascii(text[:longest])


class Complaint(str):
    """What is wrong, as people read it; and for whoever knows better than the file where that stands,
    its parts. `place` is the mapping that it is about, such as "dimensions 3, question 2" ("" for the
    bank itself), `path` the key or deeper path below it, `message` what is wrong there."""

    place: str
    path: tuple[str | int, ...]
    message: str

    @classmethod
    def of(
        cls, message: str, *, place: str, path: tuple[str | int, ...], line: int | None
    ) -> Complaint:
        where = [_("line %(line)d") % {"line": line}] if line else []
        where += [place] if place else []
        made = cls(labelled(", ".join(where), message) if where else message)
        made.place, made.path, made.message = place, path, message
        return made


class Section:
    """One mapping of the file, read key by key; what is wrong is noted, and a stand-in given.

    `line` is where it stands, for what knows no line itself; data from elsewhere than a file has
    none, and is told of by its place alone.
    """

    def __init__(
        self,
        data: object,
        place: str,
        keys: Sequence[str],
        complaints: list[str],
        *,
        line: int | None = None,
    ) -> None:
        self.place = place
        self.line = data.line if isinstance(data, LinedMapping) else line
        self.complaints = complaints
        self.data: Mapping[Any, Any] = {}
        self.is_mapping = isinstance(data, Mapping)
        if not isinstance(data, Mapping):
            self._note(_("must be a mapping of keys to values, such as 'code: …'"), self.line)
            return
        self.data = data
        for key in data:
            if key not in keys:
                self._complain_of_key(key, keys)

    def complain(self, message: str, *path: str | int) -> None:
        """Note what is wrong here, with the key or deeper `path` that is concerned.

        Of what is no mapping at all that was said already.
        """
        if self.is_mapping:
            self._note(message, self.line_of(*path), *path)

    def line_of(self, *path: str | int) -> int | None:
        """The line of what stands at `path`, or of the nearest around it; None where none is known."""
        line = self.line
        data: Any = self.data
        for step in path:
            if not isinstance(data, LinedMapping | LinedList):
                break
            try:
                line, data = data.lines[step], data[step]  # type: ignore[index]
            except (LookupError, TypeError):
                break
        return line

    def _complain_of_key(self, key: str, keys: Sequence[str]) -> None:
        # Likeness is dear to find, so not for the keys of a file that holds nothing else.
        told = len(self.complaints) < MOST_COMPLAINTS and len(str(key)) <= 40
        close = get_close_matches(str(key), keys, n=1) if told else []
        if close:
            message = _("%(key)s is not a key that is known here; did you mean '%(close)s'?")
        else:
            message = _("%(key)s is not a key that is known here; take it out")
        self.complain(message % {"key": shown(key), "close": "".join(close)}, key)

    def _note(self, message: str, line: int | None, *path: str | int) -> None:
        self.complaints.append(Complaint.of(message, place=self.place, path=path, line=line))

    def below(self, name: str) -> str:
        return f"{self.place}, {name}" if self.place else name

    def section(self, key: str, keys: Sequence[str]) -> Section:
        """The mapping under `key`; an empty one where there is none."""
        data = self.data[key] if self.given(key) else {}
        return Section(data, self.below(key), keys, self.complaints, line=self.line_of(key))

    def given(self, key: str) -> bool:
        return self.data.get(key) is not None

    def code(self, key: str, longest: int = 60) -> str:
        value = self.text(key, longest)
        if value is not None and not CODE.fullmatch(value):
            self.complain(
                _("'%(key)s' must begin with a letter or figure; then also - and _ may follow")
                % {"key": key},
                key,
            )
            return ""
        return value or ""

    def text(
        self, key: str, longest: int, default: str | None = None, *, lines: bool = False
    ) -> str | None:
        """Text without odd characters, trimmed; in one line unless `lines`. Needed without a default."""
        if default is not None and not self.given(key):
            return default
        if not self.given(key):
            self.complain(_("'%(key)s' is missing") % {"key": key}, key)
            return None
        value = clean_text(self.data[key], lines=lines)
        if isinstance(value, Unfit):
            self.complain(f"'{key}' {value.message}", key)
            return None
        if not value and default is None:
            self.complain(_("'%(key)s' is empty") % {"key": key}, key)
            return None
        if len(value) > longest:
            self.complain(
                _("'%(key)s' must not be longer than %(longest)d characters")
                % {"key": key, "longest": longest},
                key,
            )
            return None
        return value or default

    def whole(self, key: str, lowest: int, highest: int, default: int | None = None) -> int:
        """A whole number between the two, or a stand-in."""
        if not self.given(key):
            if default is None:
                self.complain(_("'%(key)s' is missing") % {"key": key}, key)
            return lowest if default is None else default
        value = self.data[key]
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            self.complain(
                _("'%(key)s' must be a whole number from %(lowest)d to %(highest)d")
                % {"key": key, "lowest": lowest, "highest": highest},
                key,
            )
            return lowest if default is None else default
        return value

    def one_of(self, key: str, values: Sequence[str]) -> str:
        """One of `values`; the first of them where nothing is said, and as a stand-in."""
        value = self.data.get(key)
        if value is None:
            return values[0]
        if value not in values or not isinstance(value, str):
            named = ", ".join(value for value in values if value)
            self.complain(
                _("'%(key)s' must be one of %(values)s") % {"key": key, "values": named}, key
            )
            return values[0]
        return value

    def truth(self, key: str) -> bool:
        value = self.data.get(key)
        if value is None:
            return False
        if not isinstance(value, bool):
            self.complain(_("'%(key)s' must be true or false") % {"key": key}, key)
            return False
        return value

    def weight(self, key: str) -> Decimal:
        value = self.data.get(key)
        if value is None:
            return Decimal(1)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            try:
                number = Decimal(value)
                if 0 < number <= LARGEST_WEIGHT and number == number.quantize(Decimal("0.001")):
                    return number
            except (InvalidOperation, ValueError):
                pass
        self.complain(
            _("'%(key)s' must be a number above 0, up to 1000, with at most three decimals")
            % {"key": key},
            key,
        )
        return Decimal(1)

    def items(self, key: str, most: int, *, least: int = 0) -> list[Any]:
        """A list of `least` to `most` entries; empty where it is not."""
        value = self.data.get(key)
        if value is None:
            value = []
            if least:
                self.complain(_("'%(key)s' is missing") % {"key": key}, key)
                return value
        if not isinstance(value, list):
            self.complain(_("'%(key)s' must be a list") % {"key": key}, key)
            return []
        if not least <= len(value) <= most:
            self.complain(
                _("'%(key)s' must have %(least)d to %(most)d entries")
                % {"key": key, "least": least, "most": most},
                key,
            )
            return []
        return value

    def entries(
        self, key: str, keys: Sequence[str], most: int, *, least: int = 0, called: str = ""
    ) -> Iterator[Section]:
        """Each mapping of the list under `key`, with its number in its place, after `called`."""
        items = self.items(key, most, least=least)
        for number, (item, line) in enumerate(self._with_lines(key, items), 1):
            place = self.below(f"{called or key} {number}")
            yield Section(item, place, keys, self.complaints, line=line)

    def _with_lines(self, key: str, items: list[Any]) -> list[tuple[Any, int | None]]:
        if isinstance(items, LinedList):
            return list(zip(items, items.lines, strict=True))
        return [(item, self.line_of(key)) for item in items]

    def texts(self, key: str, longest: int, most: int, *, empty: bool = False) -> tuple[str, ...]:
        """A list of texts; empty ones only where they are allowed."""
        found = []
        items = self.items(key, most)
        for number, (item, line) in enumerate(self._with_lines(key, items), 1):
            value = clean_text(item, lines=False)
            if isinstance(value, Unfit):
                self._note(f"'{key}' {number} {value.message}", line)
            elif len(value) > longest or not (value or empty):
                self._note(
                    _("'%(key)s' %(number)d must have 1 to %(longest)d characters")
                    % {"key": key, "number": number, "longest": longest},
                    line,
                )
            else:
                found.append(value)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Unfit:
    message: str


def clean_text(value: object, *, lines: bool) -> str | Unfit:
    """`value` trimmed, its spaces single; line breaks kept where `lines`. Or what is wrong with it.

    Spaces that do not break, as French has them before a colon, stay what they are.
    """
    if not isinstance(value, str):
        return Unfit(_("must be text; put it between quotes"))
    if any(ord(c) < 32 and c not in "\t\r\n" for c in value) or any(
        "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff" for c in value
    ):
        return Unfit(_("holds characters that cannot be shown; take them out"))
    parts = [_BLANKS.sub(" ", line).strip() for line in value.splitlines()]
    return "\n".join(parts).strip("\n") if lines else " ".join(part for part in parts if part)
