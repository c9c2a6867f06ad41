"""Question banks as tables, for people who write questions in a spreadsheet: CSV and XLSX.

A CSV holds the questions, one a row. A workbook has them on the sheet “Questions”, and besides the
sheets “Bank”, “Dimensions”, “Labels” and “Reading”. No CSV holds what it has no column for, such as
how a result is read. `tables.documents.table_document` makes a bank of what was read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

import xlsxwriter
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.services.cells import guarded, guarded_throughout
from assessments.services.banks.documents import (
    BankDocument,
    DimensionDocument,
    QuestionDocument,
)
from assessments.services.banks.sections import shown
from assessments.services.banks.tables.columns import (
    BANK,
    BANK_KEYS,
    DIMENSIONS,
    LABELS,
    QUESTION_COLUMNS,
    QUESTIONS,
    READING,
    READINGS,
    SHEETS,
    TRANSLATED_OF_BANK,
    TRANSLATED_OF_DIMENSION,
    TRANSLATED_OF_QUESTION,
    Complaints,
    TableSheet,
    advice_columns,
    asked_columns,
    dimension_columns,
    in_language,
    named_sheet,
)
from assessments.services.banks.tables.files import check_size, read_csv
from assessments.services.banks.tables.readings import reading_rows
from assessments.services.banks.tables.values import advice_path, asked_path, joined_labels
from assessments.services.banks.tables.workbooks import read_workbook
from assessments.services.banks.texts import Path, texts_of

CSV: Literal["csv"] = "csv"
XLSX: Literal["xlsx"] = "xlsx"

# So many places for steps stand ready, also where there are fewer.
_STEPS_READY = 3

Value = str | int | float
Texts = Mapping[str, Mapping[Path, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file of tables holds, its cells fit to be used, not yet what they say."""

    name: str
    """The file’s, so that it can be shown."""
    questions: TableSheet
    bank: TableSheet | None = None
    dimensions: TableSheet | None = None
    labels: TableSheet | None = None
    reading: TableSheet | None = None
    ignored: tuple[str, ...] = ()
    """Sheets of other names, which nobody reads; so that it can be shown."""


# Reading ----------------------------------------------------------------------------------------


def read_table(*, content: bytes, name: str) -> Table:
    """The tables in a CSV or XLSX file, whatever `name` ends in.

    Nothing in the file can make this slow or large, or is ever evaluated: at most 1 MB, 8 MB
    unpacked, 2,000 rows and 500 columns. Raises Refused with every complaint and its cell.
    """
    check_size(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            _(
                "%(name)s is an old workbook (.xls), or has a password. Save it as .xlsx without a "
                "password and try again."
            )
            % {"name": shown(name)}
        )
    if not content.startswith(b"PK") and name.lower().endswith((".xlsx", ".xlsm", ".ods")):
        raise Refused(
            _(
                "%(name)s is called a workbook and is none; it may have been cut off on its way. Save it "
                "anew, or as CSV."
            )
            % {"name": shown(name)}
        )
    complaints = Complaints()
    if content.startswith(b"PK"):
        table = _table_of_sheets(content, name, complaints)
    else:
        table = Table(shown(name), named_sheet(read_csv(content), QUESTIONS, complaints))
    complaints.raise_if_any()
    if not table.questions.entries:
        raise Refused(_("There are no questions in %(name)s.") % {"name": table.name})
    return table


def _table_of_sheets(content: bytes, name: str, complaints: Complaints) -> Table:
    sheets = read_workbook(content)
    known = {kind.lower(): kind for kind in SHEETS}
    found = {}
    ignored = []
    for sheet in sheets:
        kind = known.get(sheet.name.strip().lower())
        if len(sheets) == 1:
            kind = QUESTIONS
        close = get_close_matches(sheet.name.strip().lower()[:40], known, n=1, cutoff=0.75)
        if kind:
            found[kind] = named_sheet(sheet, kind, complaints)
        elif close and sheet.rows:
            complaints.add(
                "",
                0,
                "",
                _("The sheet %(name)s is not known; did you mean '%(close)s'?")
                % {"name": shown(sheet.name), "close": known[close[0]]},
            )
        elif sheet.rows:
            ignored.append(shown(sheet.name))
    if QUESTIONS not in found:
        complaints.add("", 0, "", _("There is no sheet 'Questions'; name one so."))
        complaints.raise_if_any()
    return Table(
        name=shown(name),
        questions=found[QUESTIONS],
        bank=found.get(BANK),
        dimensions=found.get(DIMENSIONS),
        labels=found.get(LABELS),
        reading=found.get(READING),
        ignored=tuple(ignored),
    )


# Writing ----------------------------------------------------------------------------------------


def write_table(document: BankDocument, format: Literal["csv", "xlsx"]) -> bytes:
    """The bank as a file. Text that a spreadsheet would run has an apostrophe before it, which
    `read_table` takes away again."""
    texts = {one.language: dict(one.texts) for one in document.translations}
    if format == CSV:
        out = io.StringIO(newline="")
        csv.writer(out).writerows(map(_guarded, _questions(document, texts)))
        # Excel takes a file without this mark for one in an encoding of its own.
        return b"\xef\xbb\xbf" + out.getvalue().encode()
    return _workbook(document, texts)


def _guarded(row: Sequence[Value]) -> list[Value]:
    return [guarded_throughout(value) if isinstance(value, str) else value for value in row]


def _questions(document: BankDocument, texts: Texts) -> list[list[Value]]:
    translated = [(name, language) for language in texts for name in TRANSLATED_OF_QUESTION]
    rows: list[list[Value]] = [
        [*QUESTION_COLUMNS, *(in_language(name, language) for name, language in translated)]
    ]
    for dimension in document.dimensions:
        for question in dimension.questions:
            at = ("dimensions", dimension.code, "questions", question.code)
            rows.append(
                _question(dimension, question)
                + [texts[language].get((*at, name), "") for name, language in translated]
            )
    return rows


def _question(dimension: DimensionDocument, question: QuestionDocument) -> list[Value]:
    data = question.as_data()
    data |= {
        "dimension": dimension.code,
        "dimension_title": dimension.title,
        "labels": joined_labels(question.labels),
        "reverse": "yes" if question.reverse else "no",
    }
    return [data.get(column, "") for column in QUESTION_COLUMNS]


def _dimensions(document: BankDocument, texts: Texts) -> list[list[Value]]:
    advice = max(_STEPS_READY, *(len(one.advice) for one in document.dimensions), 0)
    asked = max(_STEPS_READY, *(len(one.asked_of_members) for one in document.dimensions), 0)
    paths: dict[str, Path] = {name: (name,) for name in TRANSLATED_OF_DIMENSION}
    paths |= {name: ("readings", name.split()[1]) for name in READINGS}
    paths |= {name: advice_path(name) for name in advice_columns(advice)}
    paths |= {name: asked_path(name) for name in asked_columns(asked)}
    translated = [(name, language) for language in texts for name in paths]
    columns = dimension_columns(advice, asked)
    rows: list[list[Value]] = [
        [*columns, *(in_language(name, language) for name, language in translated)]
    ]
    own = texts_of(document.as_data())
    for dimension in document.dimensions:
        at = ("dimensions", dimension.code)
        values: dict[str, Value] = {name: own.get((*at, *path), "") for name, path in paths.items()}
        values |= {
            "code": dimension.code,
            "facets": joined_labels(dimension.facets),
            "source": dimension.source,
        }
        rows.append(
            [values[name] for name in columns]
            + [texts[language].get((*at, *paths[name]), "") for name, language in translated]
        )
    return rows


def _bank(document: BankDocument, texts: Texts) -> list[list[Value]]:
    data = document.as_data() | {
        "audience": document.audience,
        "subject": document.subject,
        "band strong": document.band_strong,
        "band mixed": document.band_mixed,
    }
    rows: list[list[Value]] = [["key", "value"]]
    rows += [[key, data.get(key, "")] for key in BANK_KEYS]
    rows += [[f"source {mark}", work] for mark, work in document.sources]
    rows += [
        [in_language(name, language), texts[language].get((name,), "")]
        for language in texts
        for name in TRANSLATED_OF_BANK
    ]
    return rows


def _labels(document: BankDocument, texts: Texts) -> list[list[Value]]:
    labels = [at for at in texts_of(document.as_data()) if at[0] == "labels"]
    rows: list[list[Value]] = [["label", *texts]]
    for at in labels:
        rows.append([str(at[1]), *(found.get(at, "") for found in texts.values())])
    return rows


# How wide a column is, in characters, by how its name begins.
_WIDTHS = (
    (("text", "what_it_is", "reading", "value", "introduction"), 60),
    (("help", "labels", "advice", "asked_of_members", "question", "label"), 40),
    (("title", "in_sentence", "dimension_title", "facet"), 28),
    (("dimension", "code", "key", "source", "change"), 16),
)
_CHOICES = {"reverse": ["yes", "no"], "change": ["wording", "meaning"]}


def _width(heading: str) -> int:
    return next((width for names, width in _WIDTHS if heading.startswith(names)), 10)


def _workbook(document: BankDocument, texts: Texts) -> bytes:
    sheets: dict[str, Callable[[BankDocument, Texts], list[list[Value]]]] = {
        QUESTIONS: _questions,
        DIMENSIONS: _dimensions,
        BANK: _bank,
        LABELS: _labels,
        READING: reading_rows,
    }
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": document.title})
        usual = {"valign": "top", "text_wrap": True}
        # As text, so that a spreadsheet leaves 1-2, 007 and the like as they are typed.
        text = book.add_format({**usual, "num_format": "@"})
        number = book.add_format(usual)
        head = book.add_format({**usual, "bold": True, "bg_color": "#E8EDF2", "bottom": 1})
        for name, rows_of in sheets.items():
            sheet = book.add_worksheet(name)
            rows = rows_of(document, texts)
            sheet.freeze_panes(1, 0)
            for column, heading in enumerate(map(str, rows[0])):
                figures = heading in ("min", "max", "weight")
                sheet.set_column(column, column, _width(heading), number if figures else text)
                sheet.write_string(0, column, guarded(heading), head)
                if name == QUESTIONS and heading in _CHOICES:
                    choices = {"validate": "list", "source": _CHOICES[heading]}
                    sheet.data_validation(1, column, 999, column, choices)
            for place, row in enumerate(rows[1:], 1):
                _write_row(sheet, place, row, text, number)
    return out.getvalue()


def _write_row(sheet: Any, place: int, row: Sequence[Value], text: Any, number: Any) -> None:
    for column, value in enumerate(row):
        if isinstance(value, str):
            if value:
                sheet.write_string(place, column, guarded(value), text)
        else:
            sheet.write_number(place, column, value, number)
