"""The sheets of a bank as tables, and what stands in which of their columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple

from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.services.counts import labelled
from assessments.services.banks.checks import MOST_STEPS
from assessments.services.banks.readings import BANDS
from assessments.services.banks.sections import MOST_COMPLAINTS, Unfit, shown
from assessments.services.banks.tables.files import Row, Sheet
from assessments.services.banks.translations import LANGUAGE

BANK, DIMENSIONS, QUESTIONS, LABELS = "Bank", "Dimensions", "Questions", "Labels"
READING = "Reading"
SHEETS = (BANK, DIMENSIONS, QUESTIONS, LABELS, READING)

QUESTION_COLUMNS = (
    *("dimension", "dimension_title", "code", "text", "text_of_peers", "help", "facet", "source"),
    *("min", "max", "labels", "reverse", "weight", "change"),
)
TRANSLATED_OF_QUESTION = ("text", "text_of_peers", "help", "facet")
TRANSLATED_OF_DIMENSION = ("title", "in_sentence", "question", "what_it_is")
TRANSLATED_OF_BANK = ("title", "introduction")
READINGS = tuple(f"reading {band}" for band in BANDS)
BANK_KEYS = (
    *("code", "version", "since", "title", "language", "copyright", "minutes"),
    *("audience", "subject", "introduction", "band strong", "band mixed"),
)
# What people write above a column of questions who have not seen ours.
_ALSO = {
    "statement": "text",
    "question": "text",
    "minimum": "min",
    "maximum": "max",
    "reversed": "reverse",
}
_WITH_LANGUAGE = re.compile(r"(.*\S)\s*\[\s*([^\[\]]*?)\s*\]")


def advice_columns(steps: int) -> tuple[str, ...]:
    return tuple(
        f"advice {step} {part}" for step in range(1, steps + 1) for part in ("title", "text")
    )


def asked_columns(steps: int) -> tuple[str, ...]:
    return tuple(f"asked_of_members {step}" for step in range(1, steps + 1))


def dimension_columns(advice: int, asked: int) -> tuple[str, ...]:
    """The columns of the sheet of dimensions in the bank’s own language, for so many steps."""
    return (
        *("code", *TRANSLATED_OF_DIMENSION, *READINGS),
        *(*advice_columns(advice), *asked_columns(asked), "facets", "source"),
    )


def in_language(column: str, language: str) -> str:
    return f"{column} [{language}]"


def part_of(column: str) -> tuple[str, str]:
    """A column’s name without its language, and the language, "" for the bank’s own."""
    found = _WITH_LANGUAGE.fullmatch(column)
    return (found[1], found[2]) if found else (column, "")


class Place(NamedTuple):
    """A cell, by the name of its column; without it, a row, and without that a sheet."""

    sheet: str
    row: int
    column: str

    @property
    def shown(self) -> str:
        where = [self.sheet] if self.sheet else []
        where += [_("row %(row)d") % {"row": self.row}] if self.row else []
        where += [f"'{self.column}'"] if self.column else []
        return ", ".join(where)


@dataclass
class Complaints:
    """What is wrong with a table, by cell."""

    found: list[str] = field(default_factory=list)

    def add(self, sheet: str, row: int, column: str, message: str) -> None:
        """Notes what is wrong with a cell, a row or a sheet (`Place`), or with all."""
        place = Place(sheet, row, column).shown
        self.found.append(labelled(place, message) if place else message)

    def raise_if_any(self) -> None:
        """Raises Refused with the first of them."""
        if not self.found:
            return
        details = self.found[:MOST_COMPLAINTS]
        if len(self.found) > len(details):
            more = len(self.found) - len(details)
            details.append(_("… and %(count)d more.") % {"count": more})
        raise Refused(_("These tables cannot be used as they are. Nothing was stored."), details)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row below the heading: what it says by column, "" where nothing; and its number."""

    number: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A sheet whose columns are known; its name is "" in CSV."""

    name: str
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """Those that its columns name besides the bank’s own, in order."""
        found = (part_of(column)[1] for column in self.columns)
        return tuple(dict.fromkeys(language for language in found if language))


def named_sheet(sheet: Sheet, kind: str, complaints: Complaints) -> TableSheet:
    """The sheet by the names above its columns, the first row that says anything.

    `kind` is one of SHEETS. What is wrong with a heading or a cell is noted in `complaints`.
    """
    if not sheet.rows:
        complaints.add(
            sheet.name, 0, "", _("there is nothing in it; its first row names the columns")
        )
        return TableSheet(sheet.name, (), ())
    head, *rows = sheet.rows
    columns: dict[int, str] = {}
    for place, cell in enumerate(head.cells):
        if isinstance(cell, Unfit):
            complaints.add(sheet.name, head.number, _letters(place), cell.message)
        elif cell.strip():
            column = _column(cell, kind)
            if column is None:
                # Likeness is dear to find, so not for more than are told.
                told = len(complaints.found) < MOST_COMPLAINTS
                complaints.add(sheet.name, head.number, "", _unknown(cell, kind) if told else "")
            elif column in columns.values():
                complaints.add(
                    sheet.name,
                    head.number,
                    column,
                    _("the column stands there twice; take one out"),
                )
            else:
                columns[place] = column
    needed = {BANK: ("key", "value"), READING: ("key", "value"), LABELS: ("label",)}.get(
        kind, ("code",)
    )
    for column in needed:
        if column not in columns.values() and not complaints.found:
            complaints.add(
                sheet.name,
                head.number,
                "",
                _("the column '%(column)s' is missing") % {"column": column},
            )
    unnamed = {place for place, cell in enumerate(head.cells) if place not in columns and cell}
    entries = [_entry(row, columns, unnamed, sheet.name, complaints) for row in rows]
    return TableSheet(sheet.name, tuple(columns.values()), tuple(entries))


def _entry(
    row: Row, columns: Mapping[int, str], unnamed: set[int], sheet: str, complaints: Complaints
) -> Entry:
    values = dict.fromkeys(columns.values(), "")
    for place, cell in enumerate(row.cells):
        if isinstance(cell, Unfit):
            complaints.add(sheet, row.number, columns.get(place, _letters(place)), cell.message)
        elif place in columns:
            values[columns[place]] = cell.strip()
        elif cell.strip() and place not in unnamed:
            complaints.add(
                sheet, row.number, _letters(place), _("nothing stands above this column; name it")
            )
    return Entry(row.number, values)


def _letters(place: int) -> str:
    """How a spreadsheet calls the column at this place, from 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _column(heading: str, kind: str) -> str | None:
    """The column that is meant, or None where there is none of that name."""
    name, language = part_of(" ".join(heading.split()))
    if kind == LABELS:
        alone = name.lower() if not language else ""
        if alone == "label":
            return "label"
        own = _language(language or name)
        return in_language("label", own) if own and (alone or name.lower() == "label") else None
    name = name.lower().replace("-", "_")
    if kind == QUESTIONS:
        name = _ALSO.get(name, name)
    found = next((c for c in _known(kind, bool(language)) if _same(c) == _same(name)), None)
    if found is None or not language:
        return found
    code = _language(language)
    return in_language(found, code) if code else None


def _same(name: str) -> str:
    return name.replace("_", " ")


def _language(text: str) -> str:
    """The code of a language; its first part in small letters, as spreadsheets write capitals."""
    first, dash, region = text.partition("-")
    code = first.lower() + dash + region
    return code if LANGUAGE.fullmatch(code) else ""


def _known(kind: str, translated: bool) -> Sequence[str]:
    steps = (*advice_columns(MOST_STEPS), *asked_columns(MOST_STEPS))
    if kind == BANK:
        return () if translated else ("key", "value")
    if kind == READING:
        return ("value",) if translated else ("key", "value")
    if kind == QUESTIONS:
        return TRANSLATED_OF_QUESTION if translated else QUESTION_COLUMNS
    if translated:
        return (*TRANSLATED_OF_DIMENSION, *READINGS, *steps)
    return dimension_columns(MOST_STEPS, MOST_STEPS)


def _unknown(heading: str, kind: str) -> str:
    name, language = part_of(" ".join(heading.split()))
    if kind == LABELS:
        return _("%(heading)s is not a language’s code such as fr or pt-BR") % {
            "heading": shown(heading)
        }
    if language and not _language(language):
        return _("%(heading)s: write a language’s code such as fr between the brackets") % {
            "heading": shown(heading)
        }
    close = get_close_matches(name.lower()[:40], _known(kind, bool(language)), n=1)
    if close:
        return _("%(heading)s is not a column that is known here; did you mean '%(close)s'?") % {
            "heading": shown(heading),
            "close": close[0],
        }
    return _("%(heading)s is not a column that is known here; take it out") % {
        "heading": shown(heading)
    }
