"""What the cells of a workbook say, read as the elements of its XML come by."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from assessments.services.banks.sections import Unfit, shown
from assessments.services.banks.tables.files import (
    MOST_CHARACTERS,
    Cell,
    Measure,
    Row,
    fit,
    is_formula,
)

Attributes = Mapping[str, str]

_BUILT_IN_DATES = {str(n) for n in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))}
# Between quotes, between brackets, and behind the marks of a character, a blank or a filling.
_NOT_A_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)


def is_date(key: str, code: str | None) -> bool:
    if code is None:
        return key in _BUILT_IN_DATES
    code = code[:255]
    return bool(
        _ELAPSED.search(code) or re.search("[dmyhs]", _NOT_A_FORMAT.sub("", code), re.IGNORECASE)
    )


# As workbooks write characters that XML does not take.
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Texts:
    """A text in one or several runs, without how it is pronounced."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.open = False
        self.aside = 0

    def start(self, name: str, _attributes: Attributes) -> None:
        self.aside += name == "rPh"
        self.open = name == "t" and not self.aside

    def end(self, name: str) -> None:
        self.aside -= name == "rPh"
        self.open = False

    def text(self, piece: str) -> None:
        # Beyond what a cell may hold, only that it is too long is of interest.
        if self.open and self.length <= 2 * MOST_CHARACTERS:
            self.pieces.append(piece)
            self.length += len(piece)

    def taken(self) -> str:
        """The text so far; the next begins."""
        text = "".join(self.pieces)
        self.pieces, self.length = [], 0
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{0,30})?([eE][+-]?\d{1,3})?", re.ASCII)


class Cells:
    """The cells of one sheet, told as its XML comes by."""

    def __init__(self, sheet: str, strings: list[str], dates: set[int], measure: Measure) -> None:
        self.sheet = sheet
        self.strings = strings
        self.dates = dates
        self.measure = measure
        self.found: dict[int, dict[int, Cell]] = {}
        self.row = self.column = 0
        self.attributes: Attributes = {}
        self.in_value = self.formula = False
        self.value: list[str] = []
        self.inline = Texts()

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0
        elif name == "c":
            place = _REFERENCE.fullmatch(attributes.get("r", ""))
            self.column = _column_number(place[1]) if place else self.column + 1
            self.attributes = attributes
            self.formula = False
            self.value = []
            if self.inline.pieces:
                self.inline = Texts()
        elif name == "is":
            self.inline = Texts()
        elif name == "f":
            self.formula = True
        self.in_value = name == "v"
        self.inline.start(name, attributes)

    def text(self, piece: str) -> None:
        if self.in_value:
            self.value.append(piece[: 2 * MOST_CHARACTERS])
        else:
            self.inline.text(piece)

    def end(self, name: str) -> None:
        self.in_value = False
        self.inline.end(name)
        if name != "c":
            return
        written, cell = self.cell()
        if cell != "":
            self.measure.add(self.sheet, self.row, self.column, written)
            self.found.setdefault(self.row, {})[self.column] = cell

    def cell(self) -> tuple[str, Cell]:
        """What the cell says, as it is written there and as it is understood."""
        kind = self.attributes.get("t", "n")
        value = "".join(self.value)
        if self.formula:
            return value, is_formula()
        if kind == "inlineStr":
            value = self.inline.taken()
            return value, fit(value)
        if not value:
            return "", ""
        if kind == "s":
            value = self.strings[int(value)]
            return value, fit(value)
        if kind == "str":
            return value, fit(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), value))
        if kind == "b":
            return value, "TRUE" if value == "1" else "FALSE"
        if kind == "e":
            return value, Unfit(
                _("holds the error %(error)s; type the value") % {"error": shown(value)}
            )
        if kind == "d" or int(self.attributes.get("s", "0")) in self.dates:
            return value, Unfit(
                _("is a date or a time; format the column as text and type it again")
            )
        return value, _number(value)

    def rows(self) -> tuple[Row, ...]:
        return tuple(
            Row(number, tuple(cells.get(column, "") for column in range(1, max(cells) + 1)))
            for number, cells in sorted(self.found.items())
        )


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _number(value: str) -> Cell:
    """A number as a person writes it: 5 for 5.0, and 0.3 for 0.30000000000000004."""
    if not _NUMBER.fullmatch(value):
        return Unfit(_("is not a number that can be read; type it again"))
    number = float(value)
    if abs(number) >= 1e15:
        return Unfit(_("is too large a number; format the column as text and type it again"))
    # Fifteen digits are what spreadsheets show.
    return str(int(number)) if number.is_integer() else f"{number:.15g}"
