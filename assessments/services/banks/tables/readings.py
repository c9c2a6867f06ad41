"""How a result is read, as the sheet “Reading”: a row for each thing that is said.

The keys are those of a bank's file (docs/banks.md): `rule`, a number such as `gap`, a told thing such
as `outward title`, and for a decision `outcome stop title`, `outcome stop any` and the like. The
conditions of an outcome stand in one cell: `money: weak, mixed; time: weak`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from assessments.services.banks.documents import BankDocument
from assessments.services.banks.readings import RULES
from assessments.services.banks.sections import shown
from assessments.services.banks.tables.columns import (
    Complaints,
    Entry,
    TableSheet,
    in_language,
    part_of,
)
from assessments.services.banks.tables.translations import TranslatedCells
from assessments.services.banks.tables.values import TRUTHS, whole_number
from assessments.services.banks.texts import Path

Value = str | int | float
Data = dict[str, Any]

_TOLD = ("title", "text")
_NUMBERS = {number for rule in RULES.values() for number in rule.numbers}
_SAID = {told for rule in RULES.values() for told in rule.told}
_OF_AN_OUTCOME = (*_TOLD, "all", "any", "conditions")


def reading_rows(
    document: BankDocument, texts: Mapping[str, Mapping[Path, str]]
) -> list[list[Value]]:
    """The sheet, its heading first, with a column for each further language."""
    data = document.reading.as_data()
    rows: list[list[Value]] = [
        ["key", "value", *(in_language("value", language) for language in texts)]
    ]

    def text(key: str, path: Path, value: str) -> None:
        rows.append([key, value, *(found.get(path, "") for found in texts.values())])

    rows.append(["rule", data["rule"]])
    for key, value in data.items():
        if key in _NUMBERS:
            rows.append([key, value])
        elif key in _SAID:
            for part in _TOLD:
                text(f"{key} {part}", ("reading", key, part), value.get(part, ""))
    for outcome in data.get("outcomes", ()):
        code = outcome["code"]
        for part in _TOLD:
            text(
                f"outcome {code} {part}",
                ("reading", "outcomes", code, part),
                outcome.get(part, ""),
            )
        for match, conditions in (outcome.get("when") or {}).items():
            rows.append([f"outcome {code} {match}", _joined(conditions)])
        if outcome.get("conditions"):
            rows.append([f"outcome {code} conditions", "yes"])
    return rows


def _joined(conditions: list[Data]) -> str:
    return "; ".join(f"{one['dimension']}: {', '.join(one['bands'])}" for one in conditions)


class ReadingCells:
    """The sheet on its way to what a bank's file holds as `reading`."""

    def __init__(
        self, sheet: TableSheet, complaints: Complaints, translated: TranslatedCells
    ) -> None:
        self.sheet = sheet
        self.complaints = complaints
        self.translated = translated

    def data(self) -> Data:
        """The reading. What is wrong with a row is noted in the complaints."""
        reading: Data = {}
        outcomes: dict[str, Data] = {}
        seen: set[str] = set()
        for entry in self.sheet.entries:
            key = " ".join(entry.values["key"].split())
            if key in seen:
                self._complain(entry, "key", _("the key stands there twice"))
            elif not self._lay(entry, key, reading, outcomes):
                self._complain(
                    entry,
                    "key",
                    _("%(key)s is not a key that is known here; take the row out")
                    % {"key": shown(key)},
                )
            seen.add(key)
        if outcomes:
            reading["outcomes"] = list(outcomes.values())
        return reading

    def _lay(self, entry: Entry, key: str, reading: Data, outcomes: dict[str, Data]) -> bool:
        """Puts what a row says where it belongs; False where its key is not known."""
        value, words = entry.values["value"], key.split()
        if key == "rule":
            reading["rule"] = value.lower() or None
        elif key in _NUMBERS:
            reading[key] = whole_number(value)
            if reading[key] is None:
                self._complain(entry, "value", _("write a whole number"))
        elif len(words) == 2 and words[0] in _SAID and words[1] in _TOLD:
            reading.setdefault(words[0], {})[words[1]] = value or None
            self._translations(entry, ("reading", words[0], words[1]))
        elif len(words) == 3 and words[0] == "outcome" and words[2] in _OF_AN_OUTCOME:
            outcome = outcomes.setdefault(words[1], {"code": words[1]})
            self._outcome(entry, outcome, words[2], value)
        else:
            return False
        return True

    def _outcome(self, entry: Entry, outcome: Data, part: str, value: str) -> None:
        if part in _TOLD:
            outcome[part] = value or None
            self._translations(entry, ("reading", "outcomes", outcome["code"], part))
        elif part == "conditions":
            outcome[part] = TRUTHS.get(value.lower())
            if outcome[part] is None:
                self._complain(entry, "value", _("write yes or no"))
        elif value:
            outcome.setdefault("when", {})[part] = [
                {
                    "dimension": dimension.strip(),
                    "bands": [band.strip().lower() for band in bands.split(",")],
                }
                for dimension, _colon, bands in (one.partition(":") for one in value.split(";"))
                if dimension.strip() or bands.strip()
            ]

    def _translations(self, entry: Entry, path: Path) -> None:
        for column in entry.values:
            _name, language = part_of(column)
            if language:
                self.translated.put(self.sheet, entry, column, language, path, entry.values[column])

    def _complain(self, entry: Entry, column: str, message: str) -> None:
        self.complaints.add(self.sheet.name, entry.number, column, message)
