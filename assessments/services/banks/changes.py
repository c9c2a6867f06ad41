"""What is different between two versions of a bank, and what that does to comparisons.

Pure: takes two documents, knows no database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.services.languages import language_name
from alliances.services.text_difference import Piece, difference
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.texts import Path, home_of

WORDING = "wording"
MEANING = "meaning"

# What respondents read of a question: whether other words mean the same, a person says.
_READ = {
    "text": gettext_lazy("Statement"),
    "text_of_peers": gettext_lazy("Statement for peers"),
    "help": gettext_lazy("Help"),
    "labels": gettext_lazy("Labels"),
}
# How a question counts: with another scale, direction, weight or place a figure is another one.
_COUNTED = {
    "scale": gettext_lazy("Scale"),
    "reverse": gettext_lazy("Reversed"),
    "weight": gettext_lazy("Weight"),
    "dimension": gettext_lazy("Dimension"),
}
_BESIDE = {"facet": gettext_lazy("Facet"), "source": gettext_lazy("Source")}
_LABELS = _READ | _COUNTED | _BESIDE

_OF_BANK = {
    "title": gettext_lazy("Title"),
    "language": gettext_lazy("Language"),
    "copyright": gettext_lazy("Copyright"),
    "minutes": gettext_lazy("Minutes to answer"),
    "audience": gettext_lazy("Who answers"),
    "subject": gettext_lazy("What it is about"),
    "introduction": gettext_lazy("Introduction"),
    "sources": gettext_lazy("Sources"),
    "bands": gettext_lazy("Bands"),
    "reading": gettext_lazy("Reading"),
}
_OF_DIMENSION = {
    "title": gettext_lazy("Title"),
    "in_sentence": gettext_lazy("In a sentence"),
    "question": gettext_lazy("The question it asks"),
    "what_it_is": gettext_lazy("What it is"),
    "readings": gettext_lazy("What it means"),
    "advice": gettext_lazy("What to do when it is weak"),
    "asked_of_members": gettext_lazy("What is asked of members"),
    "source": gettext_lazy("Source"),
    "facets": gettext_lazy("Facets"),
}


@dataclass(frozen=True)
class Change:
    """One thing that reads otherwise: `label` says what, in the reader's language."""

    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """Both as one text, with what went and what came."""
        return difference(self.before, self.after)


@dataclass(frozen=True)
class Changes:
    """What became of the bank itself, of a dimension, or of a question, known by `code`.

    `kind` is "new", "removed" or "changed". `title` names it for a person: of a question, its
    statement.
    """

    code: str
    title: str
    kind: Literal["new", "removed", "changed"]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class QuestionChanges(Changes):
    """What became of a question.

    `asks` where respondents read something else; `counts` where its figure is another one, which
    breaks the comparison whatever its words mean. `mark` is what the newer version says of it:
    "wording", "meaning" or "".
    """

    dimension: str = ""
    asks: bool = False
    counts: bool = False
    mark: str = ""

    @property
    def needs_mark(self) -> bool:
        return self.kind == "changed" and (self.asks or self.counts)

    @property
    def breaks(self) -> bool:
        """Whether answers before and after may no longer be compared."""
        return self.counts or (self.asks and self.mark != WORDING)


@dataclass(frozen=True)
class Difference:
    """All that is different between two versions; empty where they say the same."""

    bank: tuple[Change, ...]
    dimensions: tuple[Changes, ...]
    questions: tuple[QuestionChanges, ...]
    moved: bool
    """Whether what is in both stands in another order."""

    def __bool__(self) -> bool:
        return bool(self.bank or self.dimensions or self.questions or self.moved)


def difference_of(before: BankDocument, after: BankDocument) -> Difference:
    """What is different in `after`. Codes, not places, say what belongs together."""
    old, new = _Version(before), _Version(after)
    return Difference(
        bank=tuple(_changed(_OF_BANK, old.bank, new.bank, old.texts(), new.texts())),
        dimensions=tuple(_dimension_changes(old, new)),
        questions=tuple(_question_changes(old, new)),
        moved=_in_both(old.dimensions, new.dimensions) != _in_both(new.dimensions, old.dimensions)
        or _in_both(old.questions, new.questions) != _in_both(new.questions, old.questions),
    )


def comparable_questions(before: BankDocument, after: BankDocument) -> frozenset[str]:
    """Codes of the questions of which answers in both versions mean the same.

    Those that ask the same to the letter and count the same; and where `after` was made from
    `before`, those of which it says that only the wording is another.
    """
    made_from_it = after.code == before.code and after.since == before.version
    changes = {change.code: change for change in difference_of(before, after).questions}
    both = _Version(before).questions.keys() & _Version(after).questions.keys()
    return frozenset(
        code
        for code in both
        if code not in changes
        or not (changes[code].counts or changes[code].asks)
        or (made_from_it and not changes[code].breaks)
    )


def complaints_about_marks(before: BankDocument, after: BankDocument) -> list[str]:
    """What is wrong with the marks of `after`, which was made from `before`; none where all is well."""
    complaints = []
    changed = {change.code: change for change in difference_of(before, after).questions}
    for change in changed.values():
        if change.needs_mark and not change.mark:
            complaints.append(
                _(
                    "%(code)s was changed (%(what)s): mark it as wording, if it still asks the "
                    "same, or as meaning."
                )
                % {"code": change.code, "what": ", ".join(c.label for c in change.changes)}
            )
        elif change.counts and change.mark == WORDING and change.kind == "changed":
            complaints.append(
                _(
                    "%(code)s counts otherwise than before (scale, direction, weight or "
                    "dimension), so its mark is meaning."
                )
                % {"code": change.code}
            )
    for dimension in after.dimensions:
        for question in dimension.questions:
            found = changed.get(question.code)
            if question.change and found is not None and found.kind == "new":
                complaints.append(
                    _("%(code)s is new, so there is nothing to compare it with. Take off the mark.")
                    % {"code": question.code}
                )
            elif question.change and (found is None or not found.needs_mark):
                complaints.append(
                    _(
                        "%(code)s is marked as changed, and asks the same as before. Take off the mark."
                    )
                    % {"code": question.code}
                )
    return complaints


def settled_marks(
    before: BankDocument, after: BankDocument, given: Mapping[str, str]
) -> dict[str, str]:
    """The mark of every question of `after`, by code: "wording", "meaning" or "".

    One that asks and counts as before has none; one that counts otherwise has its meaning changed;
    of the others, what is `given`, or what `after` says.
    """
    changes = {change.code: change for change in difference_of(before, after).questions}
    marks = {}
    for dimension in after.dimensions:
        for question in dimension.questions:
            change = changes.get(question.code)
            if change is None or not change.needs_mark:
                marks[question.code] = ""
            elif change.counts:
                marks[question.code] = MEANING
            else:
                marks[question.code] = given.get(question.code, question.change)
    return marks


class _Version:
    """A document as mappings: the bank's own values, dimensions and questions by code."""

    def __init__(self, document: BankDocument) -> None:
        data = document.as_data()
        # What a file leaves out, because it is usual, is said here.
        self.bank: Mapping[str, Any] = data | {
            "audience": document.audience,
            "subject": document.subject,
            "reading": document.reading.as_data(),
        }
        self.dimensions: dict[str, Mapping[str, Any]] = {
            dimension["code"]: dimension for dimension in data["dimensions"]
        }
        self.questions: dict[str, Mapping[str, Any]] = {
            question["code"]: question
            | {"dimension": code, "scale": f"{question['min']}–{question['max']}"}
            for code, dimension in self.dimensions.items()
            for question in dimension["questions"]
        }
        self._texts: dict[Path, dict[tuple[str, Path], str]] = defaultdict(dict)
        for translation in document.translations:
            for at, text in translation.texts:
                home = home_of(at)
                self._texts[home][translation.language, at[len(home) :]] = text

    def texts(self, *home: str) -> dict[tuple[str, Path], str]:
        """Translated texts of the bank itself, or of what stands at `home`, by language and place."""
        return dict(self._texts[home])

    def texts_of_question(self, code: str) -> dict[tuple[str, Path], str]:
        """The same for a question, its labels' translations with it."""
        question = self.questions[code]
        texts = self.texts("dimensions", question["dimension"], "questions", code)
        for (language, at), text in self._texts[()].items():
            if at[0] == "labels" and at[1] in question["labels"]:
                texts[language, at] = text
        return texts


def _in_both(version: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return [code for code in version if code in other]


def _dimension_changes(old: _Version, new: _Version) -> Iterator[Changes]:
    for code, dimension in new.dimensions.items():
        if code not in old.dimensions:
            yield Changes(code, dimension["title"], "new")
            continue
        changes = _changed(
            _OF_DIMENSION,
            old.dimensions[code],
            dimension,
            old.texts("dimensions", code),
            new.texts("dimensions", code),
        )
        if found := tuple(changes):
            yield Changes(code, dimension["title"], "changed", found)
    for code, dimension in old.dimensions.items():
        if code not in new.dimensions:
            yield Changes(code, dimension["title"], "removed")


def _question_changes(old: _Version, new: _Version) -> Iterator[QuestionChanges]:
    for code, question in new.questions.items():
        where = new.dimensions[question["dimension"]]["title"]
        if code not in old.questions:
            yield QuestionChanges(code, question["text"], "new", dimension=where)
            continue
        before = old.questions[code]
        texts_before, texts = old.texts_of_question(code), new.texts_of_question(code)
        changes = tuple(_changed(_LABELS, before, question, texts_before, texts))
        if not changes:
            continue
        yield QuestionChanges(
            code,
            question["text"],
            "changed",
            changes,
            dimension=where,
            # A translation that is new changes nothing for anybody who answered before.
            asks=any(before.get(key) != question.get(key) for key in _READ)
            or any(
                texts.get((language, at)) != text
                for (language, at), text in texts_before.items()
                if at[0] not in _BESIDE
            ),
            counts=any(before[key] != question[key] for key in _COUNTED),
            mark=question.get("change", ""),
        )
    for code, question in old.questions.items():
        if code not in new.questions:
            where = old.dimensions[question["dimension"]]["title"]
            yield QuestionChanges(code, question["text"], "removed", dimension=where)


def _changed(
    labels: Mapping[str, Any],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    texts_before: Mapping[tuple[str, Path], str],
    texts_after: Mapping[tuple[str, Path], str],
) -> Iterator[Change]:
    for key, label in labels.items():
        if before.get(key) != after.get(key):
            yield Change(str(label), _in_words(before.get(key)), _in_words(after.get(key)))
    for language, at in dict.fromkeys((*texts_before, *texts_after)):
        was, is_now = (texts.get((language, at), "") for texts in (texts_before, texts_after))
        if was != is_now:
            known = labels.get(str(at[0]))
            name = str(known) if known is not None else str(at[0])
            label = _("%(name)s (%(language)s)") % {
                "name": name,
                "language": language_name(language),
            }
            yield Change(label, was, is_now)


def _in_words(value: Any) -> str:
    """A value of a file as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(_in_words(entry) for entry in value)
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {_in_words(entry)}" for key, entry in value.items() if entry)
    return str(value)
