"""Tables as files, CSV or XLSX, read into sheets of text without trust."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.services.cells import (
    runs,
    separator_of,
    unguarded,
    unguarded_throughout,
    unreadable,
)
from alliances.services.texts import NotUtf8, decoded, lines_with_nul
from assessments.services.banks.files import MAXIMUM_BYTES, too_large
from assessments.services.banks.sections import Unfit, shown

MOST_ROWS = 2_000
# Beyond the last row that says something.
MOST_BLANK_ROWS = 20_000
MOST_COLUMNS = 500
MOST_CELLS = 40_000
# The labels of 101 values stand in one cell.
MOST_CHARACTERS = 8_000
# Shared between cells, little text in a file may be much in a table.
MOST_TEXT = 3_000_000

Cell = str | Unfit
"""What a cell says, "" where nothing; or what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that says anything; `number` is what stands beside it in a spreadsheet, from 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook; a CSV is one without a name. Blank rows are left out."""

    name: str
    rows: tuple[Row, ...]


def _too_long(sheet: str) -> Refused:
    place = _("Sheet %(sheet)s") % {"sheet": shown(sheet)} if sheet else _("The file")
    return Refused(
        _("%(place)s has more than %(rows)d rows or %(columns)d columns. Leave some out.")
        % {"place": place, "rows": MOST_ROWS, "columns": MOST_COLUMNS}
    )


class Measure:
    """How much a file holds. Raises Refused where that is more than any bank."""

    def __init__(self) -> None:
        self.cells = 0
        self.characters = 0

    def add(self, sheet: str, row: int, column: int, text: str) -> None:
        """Counts one cell that says something; `row` and `column` from 1."""
        self.cells += 1
        self.characters += len(text)
        if row > MOST_ROWS or column > MOST_COLUMNS:
            raise _too_long(sheet)
        if self.cells > MOST_CELLS or self.characters > MOST_TEXT:
            raise Refused(_("The tables hold more than any question bank does. Leave some out."))


def fit(text: str, taken_back: Callable[[str], str] = unguarded) -> Cell:
    """`text` as a cell, without the apostrophe that was put before it against formulas."""
    if len(text) > MOST_CHARACTERS:
        return Unfit(_("has more than %(most)d characters; shorten it") % {"most": MOST_CHARACTERS})
    return taken_back(text) if text.strip() else ""


def is_formula() -> Unfit:
    return Unfit(_("is a formula; type the value, or put an apostrophe before it"))


def check_size(content: bytes) -> None:
    if len(content) > MAXIMUM_BYTES:
        raise too_large()


# CSV --------------------------------------------------------------------------------------------

_NUMBER_BELOW_ZERO = re.compile(r"-\d{1,12}([.,]\d{1,12})?", re.ASCII)


def read_csv(content: bytes) -> Sheet:
    """The table in CSV, parted by tabs, semicolons or commas, in UTF-8. Raises Refused."""
    check_size(content)
    try:
        text = decoded(content)
    except NotUtf8 as error:
        raise Refused(
            _(
                "The file is not in UTF-8 (see line %(line)d), so its accents would be lost. "
                "Save it as “CSV UTF-8”, or as a workbook (.xlsx)."
            )
            % {"line": error.line}
        ) from None
    nul = lines_with_nul(text)
    if nul:
        raise Refused(
            _("Line %(line)d holds a NUL character. Take it out.") % {"line": nul[0]},
        )
    measure = Measure()
    rows = []
    for number, cells in _records(text):
        for column, cell in enumerate(cells, 1):
            if cell.strip():
                measure.add("", number, column, cell)
        if any(cell.strip() for cell in cells):
            rows.append(Row(number, tuple(_csv_cell(cell) for cell in cells)))
    return Sheet("", tuple(rows))


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number, which is not its line where a cell holds line breaks."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    number, begins = 0, 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refused(
                _("Line %(line)d: %(message)s") % {"line": begins, "message": unreadable(error)}
            ) from None
        number, begins = number + 1, reader.line_num + 1
        if number > MOST_BLANK_ROWS:
            raise _too_long("")
        yield number, cells


def _csv_cell(text: str) -> Cell:
    if text.strip() and runs(text) and not _NUMBER_BELOW_ZERO.fullmatch(text.strip()):
        return is_formula()
    return fit(text, unguarded_throughout)
