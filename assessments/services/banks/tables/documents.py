"""Tables of a bank laid over what the bank says already, and made into its document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.services.counts import labelled
from assessments.services.banks.checks import bank_document
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.sections import MOST_COMPLAINTS, Complaint, shown
from assessments.services.banks.tables.columns import (
    BANK_KEYS,
    READINGS,
    TRANSLATED_OF_BANK,
    TRANSLATED_OF_DIMENSION,
    TRANSLATED_OF_QUESTION,
    Complaints,
    Entry,
    Place,
    TableSheet,
    in_language,
    part_of,
)
from assessments.services.banks.tables.readings import ReadingCells
from assessments.services.banks.tables.sheets import Table
from assessments.services.banks.tables.translations import TranslatedCells
from assessments.services.banks.tables.values import (
    TRUTHS,
    advice_path,
    asked_path,
    decimal_number,
    renumbered,
    split_labels,
    steps_asked,
    steps_of_advice,
    whole_number,
)
from assessments.services.banks.texts import Path

Data = dict[str, Any]

_FIGURES = re.compile(r"\d+", re.ASCII)
_TEXTS_OF_QUESTION = ("text", "text_of_peers", "help", "facet", "source")


def table_document(*, base: Mapping[str, Any], table: Table) -> BankDocument:
    """The bank that `base` tells (`rows.data_of`, or a file’s values) as the tables have it.

    The table of questions is the whole list of them, in its order; what it has no column for stays
    as it was for a question of the same code. Dimensions that it names and the bank lacks are
    added; those without a question stay, unless a sheet of dimensions leaves them out. The sheets
    “Bank”, “Dimensions” and “Labels” take the place of what they have a row or a column for, “Reading”
    of the whole reading. What no table holds stays. The outcome may be a draft.

    Raises Refused with every complaint and its sheet, row and column.
    """
    return _Merged(base, table).document()


class _Merged:
    """The values of a bank’s file in the making."""

    def __init__(self, base: Mapping[str, Any], table: Table) -> None:
        self.table = table
        self.complaints = Complaints()
        self.data: Data = deepcopy(
            {key: base[key] for key in base if key not in ("dimensions", "translations")}
        )
        self.old = {one["code"]: one for one in base.get("dimensions") or ()}
        self.before = {
            question["code"]: (code, question)
            for code, dimension in self.old.items()
            for question in dimension.get("questions") or ()
        }
        self.translated = TranslatedCells(base.get("translations") or {}, self.complaints)
        self.rows: dict[Path, Place] = {}
        self.dimensions: dict[str, Data] = {}
        self.questions: dict[str, list[Data]] = {}

    def document(self) -> BankDocument:
        if self.table.bank:
            self.lay_bank(self.table.bank)
        if self.table.dimensions:
            for entry in self.table.dimensions.entries:
                self.lay_dimension(self.table.dimensions, entry)
        self.lay_questions(self.table.questions)
        if self.table.labels:
            self.translated.put_labels(self.table.labels)
        if self.table.reading:
            sheet = self.table.reading
            self.data["reading"] = ReadingCells(sheet, self.complaints, self.translated).data()
            self.rows[("reading",)] = Place(sheet.name, 0, "")
        self.translated.check_languages(self.data.get("language") or "en")
        self.complaints.raise_if_any()
        self.data["dimensions"] = [
            {**self.dimensions[code], "questions": self.questions.get(code, [])}
            for code in self.order()
        ]
        homes = self.homes_now()
        self.data["translations"] = self.translated.data(homes)
        try:
            document = bank_document(data=self.data, draft=True)
        except Refused as refused:
            cells = self.translated.places_by_path(homes)
            details = [self.placed(detail, cells) for detail in refused.details]
            raise Refused(refused.message, details) from refused
        self.translated.check_taken(document, homes)
        self.complaints.raise_if_any()
        return document

    def complain(self, sheet: TableSheet, row: int, column: str, message: str) -> None:
        self.complaints.add(sheet.name, row, column, message)

    # The bank itself ----------------------------------------------------------------------------

    def lay_bank(self, sheet: TableSheet) -> None:
        sources: dict[str, str] = {}
        seen: set[str] = set()
        for entry in sheet.entries:
            name, language = part_of(" ".join(entry.values["key"].split()))
            value = entry.values["value"]
            mark = name[len("source ") :].strip() if name.lower().startswith("source ") else ""
            name = mark or name.lower()
            key = in_language(name, language) if language else name
            if key in seen:
                self.complain(sheet, entry.number, "key", _("the key stands there twice"))
            elif mark:
                sources[mark] = value
                self.rows[(f"source {mark}",)] = Place(sheet.name, entry.number, "")
            elif language and name in TRANSLATED_OF_BANK:
                self.translated.put(sheet, entry, "value", language, (name,), value)
            elif not language and name in BANK_KEYS:
                self.lay_key(sheet, entry, name, value)
            else:
                # Likeness is dear to find, so not for more than are told.
                told = len(self.complaints.found) < MOST_COMPLAINTS
                self.complain(sheet, entry.number, "key", _unknown_key(key) if told else "")
            seen.add(key)
        if sources:
            self.data["sources"] = sources

    def lay_key(self, sheet: TableSheet, entry: Entry, key: str, text: str) -> None:
        value: Any = (text.lower() if key in ("audience", "subject") else text) or None
        if text and key in ("version", "since", "minutes", "band strong", "band mixed"):
            value = self.whole(sheet, entry, "value", text)
        if key.startswith("band "):
            bands = dict(self.data.get("bands") or {})
            self.data["bands"] = bands | {key.removeprefix("band "): value}
        else:
            self.data[key] = value
        self.rows[(key,)] = Place(sheet.name, entry.number, "")

    # Dimensions ---------------------------------------------------------------------------------

    def lay_dimension(self, sheet: TableSheet, entry: Entry) -> None:
        code = self.code(sheet, entry, "code", self.old, self.dimensions)
        if not code:
            return
        values = entry.values
        old = self.old.get(code, {})
        new = {key: deepcopy(value) for key, value in old.items() if key != "questions"}
        new["code"] = code
        for column in (*TRANSLATED_OF_DIMENSION, "source"):
            if column in values:
                new[column] = values[column] or None
        if "facets" in values:
            new["facets"] = [facet for facet in split_labels(values["facets"]) if facet]
        readings = {f"reading {band}": text for band, text in (old.get("readings") or {}).items()}
        readings |= {column: values[column] for column in READINGS if column in values}
        new["readings"] = {
            column.removeprefix("reading "): text for column, text in readings.items() if text
        }
        new["advice"], advice = steps_of_advice(values, old)
        new["asked_of_members"], asked = steps_asked(values, old)
        self.dimensions[code] = new
        self.rows[("dimensions", code)] = Place(sheet.name, entry.number, "")

        at = ("dimensions", code)
        self.translated.renumber((*at, "advice"), advice)
        self.translated.renumber((*at, "asked_of_members"), asked)
        for column in values:
            name, language = part_of(column)
            if not language:
                continue
            path: Path = (name,)
            if name.startswith("reading "):
                path = ("readings", name.removeprefix("reading "))
            elif name.startswith("advice "):
                path = renumbered(advice_path(name), advice)
            elif name.startswith("asked_of_members "):
                path = renumbered(asked_path(name), asked)
            self.translated.put(sheet, entry, column, language, (*at, *path), values[column])

    def order(self) -> list[str]:
        """The dimensions: as their sheet has them, else as the questions name them.

        Where there is no sheet of them, those without a question come behind the one before them.
        """
        order = list(self.dimensions)
        if not self.table.dimensions:
            before: str | None = None
            for code, dimension in self.old.items():
                if code not in order:
                    order.insert(order.index(before) + 1 if before else 0, code)
                    self.dimensions[code] = deepcopy(dimension)
                before = code
        return order

    # Questions ----------------------------------------------------------------------------------

    def lay_questions(self, sheet: TableSheet) -> None:
        home = ""
        seen: dict[str, Any] = {}
        titles: dict[str, dict[str, int]] = {}
        for entry in sheet.entries:
            values = entry.values
            if values.get("dimension"):
                home = values["dimension"]
                self.look_like(sheet, entry, "dimension", home, self.old)
            says_more = any(
                value
                for key, value in values.items()
                if key not in ("dimension", "dimension_title")
            )
            code = self.code(sheet, entry, "code", self.before, seen) if says_more else ""
            if "dimension" not in values:
                home = self.before[code][0] if code in self.before else home
            if not home:
                self.complain(
                    sheet,
                    entry.number,
                    "dimension",
                    _("is missing; write the code of the dimension that the question belongs to"),
                )
                continue
            self.add_dimension(home, Place(sheet.name, entry.number, ""))
            if values.get("dimension_title"):
                titles.setdefault(home, {}).setdefault(values["dimension_title"], entry.number)
            if code:
                self.lay_question(sheet, entry, home, code)
        self.lay_titles(sheet, titles)

    def add_dimension(self, code: str, place: Place) -> None:
        if code not in self.dimensions:
            self.dimensions[code] = deepcopy(self.old.get(code, {"code": code}))
            self.rows[("dimensions", code)] = place

    def lay_titles(self, sheet: TableSheet, titles: Mapping[str, Mapping[str, int]]) -> None:
        """Titles that the questions’ rows give their dimension: the one that is new counts."""
        for code, told in titles.items():
            before = self.old.get(code, {}).get("title")
            now = self.dimensions[code].get("title")
            changed = {title: row for title, row in told.items() if title != before}
            if now and now != before and self.rows[("dimensions", code)].sheet != sheet.name:
                changed = {now: 0, **changed}
            if len(changed) > 1:
                first, other = list(changed)[:2]
                self.complain(
                    sheet,
                    changed[other],
                    "dimension_title",
                    _("the dimension %(code)s is called %(first)s elsewhere; write one title")
                    % {"code": shown(code), "first": shown(first)},
                )
            for title in changed:
                self.dimensions[code]["title"] = title

    def lay_question(self, sheet: TableSheet, entry: Entry, home: str, code: str) -> None:
        values = entry.values
        new: Data = deepcopy(self.before[code][1]) if code in self.before else {}
        if isinstance(new.get("weight"), float):
            new["weight"] = Decimal(str(new["weight"]))
        new["code"] = code
        for column in _TEXTS_OF_QUESTION:
            if column in values:
                new[column] = values[column] or None
        if "change" in values:
            new["change"] = values["change"].lower() or None
        for column in ("min", "max"):
            if column in values:
                text = values[column]
                new[column] = self.whole(sheet, entry, column, text) if text else None
        if "labels" in values:
            new["labels"] = split_labels(values["labels"]) if values["labels"] else None
        if "reverse" in values:
            new["reverse"] = TRUTHS.get(values["reverse"].lower())
            if new["reverse"] is None:
                self.complain(sheet, entry.number, "reverse", _("write yes or no"))
        if "weight" in values:
            new["weight"] = self.weight(sheet, entry)
        for column in values:
            name, language = part_of(column)
            if language and name in TRANSLATED_OF_QUESTION:
                path = ("questions", code, name)
                self.translated.put(sheet, entry, column, language, path, values[column])
        self.questions.setdefault(home, []).append(new)
        self.rows[("questions", code)] = Place(sheet.name, entry.number, "")

    # Cells --------------------------------------------------------------------------------------

    def code(
        self, sheet: TableSheet, entry: Entry, column: str, known: Any, seen: dict[str, Any]
    ) -> str:
        """The code of a row, or "" where there is none that can be used."""
        code = entry.values[column]
        if not code:
            self.complain(sheet, entry.number, column, _("is missing"))
        elif code in seen:
            self.complain(
                sheet,
                entry.number,
                column,
                _("%(code)s stands there twice; give one another code") % {"code": shown(code)},
            )
            return ""
        else:
            self.look_like(sheet, entry, column, code, known)
            seen.setdefault(code, {})
        return code

    def look_like(
        self, sheet: TableSheet, entry: Entry, column: str, code: str, known: Mapping[str, Any]
    ) -> None:
        """Complains of 7 where the bank has 007, which spreadsheets take for the same number."""
        if code in known or not _FIGURES.fullmatch(code):
            return
        number = code.lstrip("0")
        for other in known:
            if other.endswith(number) and _FIGURES.fullmatch(other) and other.lstrip("0") == number:
                self.complain(
                    sheet,
                    entry.number,
                    column,
                    _("the bank has %(other)s; format the column as text and type it again")
                    % {"other": shown(other)},
                )

    def whole(self, sheet: TableSheet, entry: Entry, column: str, text: str) -> int | None:
        number = whole_number(text)
        if number is None:
            self.complain(sheet, entry.number, column, _("write a whole number"))
        return number

    def weight(self, sheet: TableSheet, entry: Entry) -> Decimal | None:
        text = entry.values["weight"]
        number = decimal_number(text)
        if text and number is None:
            self.complain(sheet, entry.number, "weight", _("write a number, such as 1 or 0.5"))
        return number

    def homes_now(self) -> dict[str, str]:
        """The dimension of each question, as the tables have it."""
        return {
            question["code"]: code
            for code, questions in self.questions.items()
            for question in questions
        }

    # Complaints about the whole -----------------------------------------------------------------

    def placed(self, detail: str, cells: Mapping[Path, Place]) -> str:
        """A complaint of `bank_document` with the cell or row that it speaks of, if it is of one."""
        if not isinstance(detail, Complaint):  # how many more there are
            return detail
        if detail.path in cells:
            return labelled(cells[detail.path].shown, detail)
        part = re.match(r"dimensions (\d+)(?:, question (\d+))?(?=,|$)", detail.place)
        path: Path = ()
        rest = ""
        if part:
            dimension = self.data["dimensions"][int(part[1]) - 1]
            path = ("dimensions", dimension["code"])
            if part[2]:
                path = ("questions", dimension["questions"][int(part[2]) - 1]["code"])
            rest = detail.place[part.end() :]
        elif detail.path and detail.place in ("bands", "sources"):
            path = (f"{detail.place.removesuffix('s')} {detail.path[0]}",)
        elif detail.path and not detail.place:
            path = detail.path[:1]
        elif detail.place.startswith("reading"):
            path = ("reading",)
            rest = detail.place.removeprefix("reading")
        if path in self.rows:
            return labelled(self.rows[path].shown + rest, detail.message)
        return detail


def _unknown_key(key: str) -> str:
    close = get_close_matches(key[:40], BANK_KEYS, n=1)
    if close:
        return _("%(key)s is not a key that is known here; did you mean '%(close)s'?") % {
            "key": shown(key),
            "close": close[0],
        }
    return _("%(key)s is not a key that is known here; take the row out") % {"key": shown(key)}
