"""A question bank on paper: the form that people fill in by hand where there is no screen.

It prints a document, so a draft too. Every box can be told by its row's code and the small figure
in the head of its column, which is what a file of responses asks for (`services/response_files.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from assessments.models.speech import Said, pages_language
from assessments.services.banks.documents import (
    BankDocument,
    DimensionDocument,
    QuestionDocument,
    bank_digest,
)
from assessments.services.banks.texts import Path, texts_in
from assessments.services.questionnaire import options_apart

from .figures import writable
from .page_words import page_words
from .pdf import paper

STYLES = ("tokens.css", "report_paper_form.css")

DIGEST_DIGITS = 12
"""So much of the digest stands in the foot: enough to tell two forms apart."""

# Widths in millimetres. The boxes of a row share ROOM, so that the statement keeps the rest; a column
# is as wide as here by how many there are, or wider where a word of its label needs it.
ROOM = 78
NARROWEST = {2: 16, 3: 16, 4: 15, 5: 12, 6: 12, 7: 11, 8: 8, 9: 8, 10: 8, 11: 7}
# A letter of a column's head, on average, and a line of it.
LETTER = 1.42
LINE = 3.4
TALLEST = 34
"""So far a turned head, or one that runs over, may reach up."""
MOST_LINES = 6
MOST_IN_A_LINE = max(NARROWEST)
"""More boxes than this do not stand in one line; a number is written instead."""

WHOLE_ON_A_PAGE = 3
"""A dimension of so few questions is not broken over pages. Longer ones are: what is left white
below them would cost a form a third of its paper."""


@dataclass(frozen=True)
class Column:
    """One box of each row: what a file of responses says for it, and its label; "" where it has none."""

    value: str
    label: str
    place: str = ""


@dataclass(frozen=True)
class Row:
    """One question. `left` and `right` are what the ends of its scale are called, where each row says
    it; `options` its answers, where they stand below it."""

    code: str
    text: str
    help: str
    left: str = ""
    right: str = ""
    lowest: str = ""
    highest: str = ""
    options: Sequence[Column] = ()


@dataclass(frozen=True)
class Table:
    """Questions in a row that are laid out alike.

    `layout` is "columns" (boxes under labels), "poles" (boxes between the ends of each row), "number"
    (a number to write) or "list" (answers below the question). Labels of "columns" stand "upright",
    are "turned", or run over the columns from the two "ends". `width` of a column and `rise` of its
    head are in millimetres.
    """

    layout: str
    rows: Sequence[Row]
    columns: Sequence[Column] = ()
    heads: str = "upright"
    width: int = 0
    rise: int = 0

    @property
    def span(self) -> int:
        """How many cells stand right of the code where there are poles."""
        return len(self.columns) + 4

    @property
    def reach(self) -> int:
        """How far a label at an end may run over the other columns."""
        return self.width * len(self.columns) // 2 - 1


@dataclass(frozen=True)
class Part:
    """One dimension."""

    title: str
    question: str
    tables: Sequence[Table]
    is_whole: bool


@dataclass(frozen=True)
class PaperForm:
    """What the form prints. `of_peers`: it is for who answers about another person."""

    title: str
    of_peers: bool
    running: str
    page_words: Sequence[str]
    introduction: str
    questions: int
    minutes: int
    parts: Sequence[Part]
    apart: Sequence[Column]

    @property
    def asks_numbers(self) -> bool:
        return any(table.layout == "number" for part in self.parts for table in part.tables)


def render_paper_form(
    *,
    document: BankDocument,
    language: str = "",
    of_peers: bool = False,
    is_draft: bool = False,
) -> bytes:
    """The bank as a form to fill in by hand, as the bytes of a PDF; each page says so of a draft.

    In the bank's own language, or in one of its translations; texts that a translation lacks are the
    bank's own. Words of ours are in that language too, or in the active one where we do not speak it.
    `of_peers`: as it is read by who answers about another person. The same document in the same
    languages always gives the same bytes.
    """
    spoken = language if language in document.languages else document.language
    ours = pages_language(spoken) or translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(ours):
        form = paper_form(document, spoken, of_peers=of_peers, is_draft=is_draft)
    return paper(
        "reports/paper_form.html",
        {"form": form, "language": ours},
        language=ours,
        made=None,
        styles=STYLES,
    ).content


def paper_form(
    document: BankDocument, language: str, *, of_peers: bool = False, is_draft: bool = False
) -> PaperForm:
    """What the form of `document` says in `language`."""
    running = (
        _("%(title)s, draft of version %(version)d, %(digest)s")
        if is_draft
        else _("%(title)s, version %(version)d, digest %(digest)s")
    )
    texts = _texts(document, language)
    title = texts.get(("title",), document.code)
    running_title = _("%(title)s, for peers") % {"title": title} if of_peers else title
    digest = bank_digest(document).partition(":")[2][:DIGEST_DIGITS]
    return PaperForm(
        title=title,
        of_peers=of_peers,
        running=running % {"title": running_title, "version": document.version, "digest": digest},
        page_words=page_words(_("Page %(page)s of %(pages)s")),
        introduction=texts.get(("introduction",), ""),
        questions=sum(len(dimension.questions) for dimension in document.dimensions),
        minutes=document.minutes,
        parts=[_part(dimension, texts, of_peers) for dimension in document.dimensions],
        apart=[
            Column(option.value, option.label)
            for option in options_apart(
                of_oneself=document.reading.rule == "self-peers" and not of_peers,
                of_peer=of_peers,
            )
        ],
    )


def _texts(document: BankDocument, language: str) -> dict[Path, str]:
    """The texts by place, each knowing in which language it is."""
    translated = next((one.texts for one in document.translations if one.language == language), ())
    there = {at for at, _text in translated}
    return {
        at: Said(writable(text), language if at in there else document.language)
        for at, text in texts_in(document, language).items()
    }


def _part(dimension: DimensionDocument, texts: Mapping[Path, str], of_peers: bool) -> Part:
    at: Path = ("dimensions", dimension.code)
    return Part(
        title=texts.get((*at, "title"), dimension.code),
        question=texts.get((*at, "question"), ""),
        tables=_tables(dimension, texts, of_peers),
        is_whole=len(dimension.questions) <= WHOLE_ON_A_PAGE,
    )


# The layout ------------------------------------------------------------------------------------


def _tables(dimension: DimensionDocument, texts: Mapping[Path, str], of_peers: bool) -> list[Table]:
    """The questions in their order; neighbours that can share a table do."""
    scales = [(question, _scale(question, texts)) for question in dimension.questions]
    runs = [
        (scale, [question for question, _scale in run])
        for scale, run in groupby(scales, key=lambda pair: pair[1])
    ]
    placed = [
        (_layout(scale, alone=len(questions) == 1), scale, question)
        for scale, questions in runs
        for question in questions
    ]
    tables = []
    for (layout, _shared), run in groupby(placed, key=lambda entry: (entry[0], _shared_by(*entry))):
        entries = list(run)
        rows = [
            _row(dimension, question, scale, layout, texts, of_peers)
            for _layout, scale, question in entries
        ]
        tables.append(_table(layout, entries[0][1], rows))
    return tables


Scale = tuple[tuple[str, str], ...]
"""Each value with its label; the label is "" where it says no more than the value."""


def _scale(question: QuestionDocument, texts: Mapping[Path, str]) -> Scale:
    values = range(question.minimum, question.maximum + 1)
    labels = question.labels if len(question.labels) == len(values) else [""] * len(values)
    return tuple(
        (
            str(value),
            "" if _figure(label) == str(value) else texts.get(("labels", label)) or writable(label),
        )
        for value, label in zip(values, labels, strict=True)
    )


def _figure(label: str) -> str:
    return label.strip().replace("−", "-").lstrip("+")


def _layout(scale: Scale, *, alone: bool) -> str:
    """How a question of this scale is laid out; `alone`: its neighbours have other scales."""
    labels = [label for _value, label in scale]
    inner = any(labels[1:-1])
    if len(scale) > MOST_IN_A_LINE:
        return "list" if inner else "number"
    if inner or all(labels):
        return "columns" if _heads(labels) else "list"
    return "poles" if alone and any(labels) else "columns"


def _shared_by(layout: str, scale: Scale, question: QuestionDocument) -> object:
    """What neighbours of one layout must have in common to share a table."""
    if layout == "columns":
        return scale
    return [value for value, _label in scale] if layout == "poles" else None


def _table(layout: str, scale: Scale, rows: Sequence[Row]) -> Table:
    columns = [Column(_signed(value), label) for value, label in scale]
    if layout == "poles":
        return Table(layout, rows, columns, width=NARROWEST[max(len(scale), 8)])
    if layout != "columns":
        return Table(layout, rows)
    labels = [label for _value, label in scale]
    if any(labels[1:-1]) or all(labels):
        heads, width = _heads(labels) or ("upright", NARROWEST[len(scale)])
        letters = max(map(len, labels))
        rise = min(round(letters * LETTER) + 2, TALLEST) if heads == "turned" else 0
        return Table(layout, rows, columns, heads, width, rise)
    columns[0] = replace(columns[0], place="first")
    columns[-1] = replace(columns[-1], place="last")
    width = NARROWEST[len(scale)]
    lines = max(_lines(label, width * len(scale) // 2 - 1) for label in labels)
    return Table(layout, rows, columns, "ends", width, rise=round(lines * LINE))


def _heads(labels: Sequence[str]) -> tuple[str, int] | None:
    """How the labels stand over their columns, and the columns' width; None where they cannot."""
    word = max(len(word) for label in labels for word in label.split() or [""])
    width = max(NARROWEST[len(labels)], int(word * LETTER) + 1)
    if width * len(labels) <= ROOM and all(_lines(label, width) <= MOST_LINES for label in labels):
        return "upright", width
    width = NARROWEST[len(labels)]
    if all(_lines(label, TALLEST) <= 2 for label in labels):
        return "turned", width
    return None


def _lines(label: str, width: float) -> int:
    """How many lines of `width` the label takes, about."""
    lines, used = 1, 0.0
    for word in label.split():
        length = (len(word) + 1) * LETTER
        if used and used + length - LETTER > width:
            lines, used = lines + 1, 0.0
        used += length
        # A word that is longer than a line is broken.
        while used - LETTER > width:
            lines, used = lines + 1, used - width
    return lines if label else 0


def _row(
    dimension: DimensionDocument,
    question: QuestionDocument,
    scale: Scale,
    layout: str,
    texts: Mapping[Path, str],
    of_peers: bool,
) -> Row:
    at: Path = ("dimensions", dimension.code, "questions", question.code)
    ends = scale[0], scale[-1]
    return Row(
        code=question.code,
        text=(of_peers and texts.get((*at, "text_of_peers")))
        or texts.get((*at, "text"), question.code),
        help=texts.get((*at, "help"), ""),
        left=ends[0][1] if layout in ("poles", "number") else "",
        right=ends[1][1] if layout in ("poles", "number") else "",
        lowest=_signed(ends[0][0]),
        highest=_signed(ends[1][0]),
        options=[Column(_signed(value), label) for value, label in scale]
        if layout == "list"
        else (),
    )


def _signed(value: str) -> str:
    return re.sub(r"^-", "−", value)
