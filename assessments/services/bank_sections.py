"""One mapping of a bank's file, read key by key without trust."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from alliances.services.texts import quotable

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)
LARGEST_WEIGHT = Decimal(1000)


def shown(value: object, longest: int = 40) -> str:
    """`value` between quotes, short; what a terminal or a page cannot show is written in figures."""
    text = str(value)
    return f"'{quotable(text, longest)}'" if text.isprintable() else ascii(text[:longest])


class Section:
    """One mapping of the file, read key by key; what is wrong is noted, and a stand-in given."""

    def __init__(
        self, data: object, place: str, keys: Sequence[str], complaints: list[str]
    ) -> None:
        self.place = place
        self.complaints = complaints
        self.data: Mapping[Any, Any] = {}
        self.is_mapping = isinstance(data, Mapping)
        if not isinstance(data, Mapping):
            self._note(_("must be a mapping of keys to values, such as 'code: …'"))
            return
        self.data = data
        for key in data:
            if key not in keys:
                self.complain(
                    _("%(key)s is not a key that is known here") % {"key": shown(key)},
                )

    def complain(self, message: str) -> None:
        """Note what is wrong here; of what is no mapping at all that was said already."""
        if self.is_mapping:
            self._note(message)

    def _note(self, message: str) -> None:
        self.complaints.append(f"{self.place}: {message}" if self.place else message)

    def below(self, name: str) -> str:
        return f"{self.place}, {name}" if self.place else name

    def section(self, key: str, keys: Sequence[str]) -> Section:
        """The mapping under `key`; an empty one where there is none."""
        data = self.data[key] if self.given(key) else {}
        return Section(data, self.below(key), keys, self.complaints)

    def given(self, key: str) -> bool:
        return self.data.get(key) is not None

    def code(self, key: str, longest: int = 60) -> str:
        value = self.text(key, longest)
        if value is not None and not CODE.fullmatch(value):
            self.complain(
                _("'%(key)s' must begin with a letter or figure; then also - and _ may follow")
                % {"key": key}
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
            self.complain(_("'%(key)s' is missing") % {"key": key})
            return None
        value = clean_text(self.data[key], lines=lines)
        if isinstance(value, _Unfit):
            self.complain(f"'{key}' {value.message}")
            return None
        if not value and default is None:
            self.complain(_("'%(key)s' is empty") % {"key": key})
            return None
        if len(value) > longest:
            self.complain(
                _("'%(key)s' must not be longer than %(longest)d characters")
                % {"key": key, "longest": longest}
            )
            return None
        return value or default

    def whole(self, key: str, lowest: int, highest: int, default: int | None = None) -> int:
        """A whole number between the two, or a stand-in."""
        if not self.given(key):
            if default is None:
                self.complain(_("'%(key)s' is missing") % {"key": key})
            return lowest if default is None else default
        value = self.data[key]
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            self.complain(
                _("'%(key)s' must be a whole number from %(lowest)d to %(highest)d")
                % {"key": key, "lowest": lowest, "highest": highest}
            )
            return lowest if default is None else default
        return value

    def truth(self, key: str) -> bool:
        value = self.data.get(key)
        if value is None:
            return False
        if not isinstance(value, bool):
            self.complain(_("'%(key)s' must be true or false") % {"key": key})
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
            % {"key": key}
        )
        return Decimal(1)

    def items(self, key: str, most: int, *, least: int = 0) -> list[Any]:
        """A list of `least` to `most` entries; empty where it is not."""
        value = self.data.get(key)
        if value is None:
            value = []
            if least:
                self.complain(_("'%(key)s' is missing") % {"key": key})
                return value
        if not isinstance(value, list):
            self.complain(_("'%(key)s' must be a list") % {"key": key})
            return []
        if not least <= len(value) <= most:
            self.complain(
                _("'%(key)s' must have %(least)d to %(most)d entries")
                % {"key": key, "least": least, "most": most}
            )
            return []
        return value

    def texts(self, key: str, longest: int, most: int, *, empty: bool = False) -> tuple[str, ...]:
        """A list of texts; empty ones only where they are allowed."""
        found = []
        for number, item in enumerate(self.items(key, most), 1):
            value = clean_text(item, lines=False)
            if isinstance(value, _Unfit):
                self.complain(f"'{key}' {number} {value.message}")
            elif len(value) > longest or not (value or empty):
                self.complain(
                    _("'%(key)s' %(number)d must have 1 to %(longest)d characters")
                    % {"key": key, "number": number, "longest": longest}
                )
            else:
                found.append(value)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Unfit:
    message: str


def clean_text(value: object, *, lines: bool) -> str | _Unfit:
    """`value` trimmed, its spaces single; line breaks kept where `lines`. Or what is wrong with it."""
    if not isinstance(value, str):
        return _Unfit(_("must be text; put it between quotes"))
    if any(ord(c) < 32 and c not in "\t\r\n" for c in value) or any(
        "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff" for c in value
    ):
        return _Unfit(_("holds characters that cannot be shown"))
    parts = [" ".join(line.split()) for line in value.splitlines()]
    return "\n".join(parts).strip("\n") if lines else " ".join(part for part in parts if part)
