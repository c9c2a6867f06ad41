"""What a bank says in further languages, while its tables are laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from assessments.services.banks.documents import BankDocument
from assessments.services.banks.tables.columns import (
    Complaints,
    Entry,
    Place,
    TableSheet,
    in_language,
)
from assessments.services.banks.texts import Path, flat_texts, nested_texts

Homes = Mapping[str, str]
"""The dimension of each question, by their codes."""


class TranslatedCells:
    """Translations by place, and where in the tables those stand that come from there.

    Questions stand under their codes alone, because they may move to another dimension.
    """

    def __init__(self, translations: Mapping[str, Any], complaints: Complaints) -> None:
        self.complaints = complaints
        self.texts: dict[str, dict[Path, str]] = {
            language: {_without_home(path): text for path, text in flat_texts(texts)}
            for language, texts in translations.items()
        }
        self.places: dict[tuple[str, Path], Place] = {}

    def put(
        self, sheet: TableSheet, entry: Entry, column: str, language: str, path: Path, text: str
    ) -> None:
        """What a cell says of the text at `path`; an empty one takes its translation away."""
        texts = self.texts.setdefault(language, {})
        if text:
            texts[path] = text
            self.places[language, path] = Place(sheet.name, entry.number, column)
        else:
            texts.pop(path, None)

    def put_labels(self, sheet: TableSheet) -> None:
        """The sheet of labels, in place of all that is known in its languages."""
        for texts in (self.texts.setdefault(language, {}) for language in sheet.languages):
            for path in [path for path in texts if path[0] == "labels"]:
                del texts[path]
        for entry in sheet.entries:
            for language in sheet.languages:
                column = in_language("label", language)
                path = ("labels", entry.values["label"])
                if entry.values[column]:
                    self.put(sheet, entry, column, language, path, entry.values[column])

    def renumber(self, at: Path, places: Mapping[int, int]) -> None:
        """Gives the steps below `at` their new places; of a step that is gone, nothing stays."""
        for texts in self.texts.values():
            below = {path: texts.pop(path) for path in list(texts) if path[: len(at)] == at}
            for path, text in below.items():
                place, *rest = path[len(at) :]
                if place in places:
                    texts[(*at, places[int(place)], *rest)] = text

    def data(self, homes: Homes) -> dict[str, Any]:
        """All of it as a bank’s file holds it."""
        found = {}
        for language, texts in self.texts.items():
            placed = {_with_home(path, homes): text for path, text in texts.items()}
            found[language] = nested_texts(
                {path: text for path, text in placed.items() if path and text}
            )
        return {language: texts for language, texts in found.items() if texts}

    def check_languages(self, own: str) -> None:
        """Complains of translations into the bank’s own language, once a column."""
        columns = {
            (place.sheet, place.column): place
            for (language, _path), place in reversed(self.places.items())
            if language == own
        }
        for place in columns.values():
            message = _("%(own)s is the bank’s own language; take the translation out")
            self.complaints.add(*place, message % {"own": own})

    def check_taken(self, document: BankDocument, homes: Homes) -> None:
        """Complains of translations of what the bank does not say, which nobody would read."""
        taken = {(one.language, path) for one in document.translations for path, _text in one.texts}
        for (language, path), place in self.places.items():
            if (language, _with_home(path, homes)) not in taken:
                message = _("there is nothing in the bank’s own language that this translates")
                if path[0] == "labels":
                    message = _("no question has this label; mend it or take the row out")
                self.complaints.add(*place, message)

    def places_by_path(self, homes: Homes) -> dict[Path, Place]:
        """The cells by where a complaint about the whole bank says that they stand in its file."""
        return {
            ("translations", language, *_with_home(path, homes)): place
            for (language, path), place in self.places.items()
        }


def _without_home(path: Path) -> Path:
    """The place of a question’s text below its code alone."""
    return path[2:] if len(path) > 3 and path[2] == "questions" else path


def _with_home(path: Path, homes: Mapping[str, str]) -> Path:
    """The place of a question’s text below its dimension; none where the question is gone."""
    if path[0] != "questions":
        return path
    home = homes.get(str(path[1]))
    return ("dimensions", home, *path) if home else ()
