"""A list of people as somebody typed, pasted or saved it, read into rows. Knows no database."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.services.cells import separator_of, unreadable
from alliances.services.texts import NotUtf8, decoded, lines_with_nul, quotable

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

MAX_BYTES = 1024 * 1024
MAX_LINES = 2_000
# So many wrong lines are told; whoever has more has one mistake throughout.
MAX_DETAILS = 100

COLUMNS = ("organisation", "interest", "status", "name", "email", "position", "role", "language")

# What people write above these columns, parted by commas; pages call a column by the first.
HEADINGS = {
    "organisation": pgettext_lazy("column of a list", "organisation, organization, participant"),
    "interest": pgettext_lazy("column of a list", "interest, interest spoken for"),
    "status": pgettext_lazy("column of a list", "status"),
    "name": pgettext_lazy("column of a list", "name, person, representative"),
    "email": pgettext_lazy("column of a list", "email, email address, mail"),
    "position": pgettext_lazy("column of a list", "position, title"),
    "role": pgettext_lazy("column of a list", "role"),
    "language": pgettext_lazy("column of a list", "language, language of mails"),
}


def heading_of(column: str) -> str:
    """What pages call a column, in the language of the page."""
    return words_for(HEADINGS[column])[0]


def words_for(message: StrOrPromise) -> list[str]:
    """The words that a message parts by commas."""
    return [word.strip() for word in str(message).split(",")]


def in_every_language(messages: Mapping[str, StrOrPromise]) -> dict[str, str]:
    """Which of `messages` a word means, by the `plain` words of each in all languages that the
    installation has, and by their own codes: a spreadsheet knows nothing of the page."""
    found = {plain(meant): meant for meant in messages}
    for language in (settings.LANGUAGE_CODE, get_language(), *dict(settings.LANGUAGES)):
        with translation.override(language or settings.LANGUAGE_CODE):
            for meant, message in messages.items():
                for word in words_for(message):
                    found.setdefault(plain(word), meant)
    return found


def plain(word: str) -> str:
    """`word` as it is compared: without capitals, accents, hyphens, and what marks a heading."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(letters.replace("-", "").replace("\u2019", "'").rstrip("*: \u00a0").split())


@dataclass(frozen=True)
class Row:
    """One line of the list; `line` counts from 1, and cells are stripped."""

    line: int
    organisation: str = ""
    interest: str = ""
    status: str = ""
    name: str = ""
    email: str = ""
    position: str = ""
    role: str = ""
    language: str = ""


@dataclass
class Problems:
    """What is wrong, by line."""

    found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        self.found.append((line, message))

    def raise_if_any(self) -> None:
        """Raises Refused with a detail for each problem, in the order of lines."""
        if not self.found:
            return
        details = [
            _("Line %(line)d: %(message)s") % {"line": line, "message": message}
            for line, message in sorted(self.found, key=lambda problem: problem[0])
        ]
        more = len(details) - MAX_DETAILS
        if more > 0:
            details = [*details[:MAX_DETAILS], _("And %(more)d more.") % {"more": more}]
        raise Refused(
            _("Nothing is stored. Put these lines right and send the list again."), details
        )


def decode_list(data: bytes) -> str:
    """An uploaded file as text. Raises Refused where it is too large, a workbook, or not UTF-8."""
    if len(data) > MAX_BYTES:
        raise Refused(_("The file is larger than 1 MB. Split it."))
    if data.startswith(b"PK\x03\x04"):
        raise Refused(
            _("This is a workbook, not a CSV file. Save it as “CSV UTF-8”, or copy its cells here.")
        )
    try:
        return decoded(data)
    except NotUtf8 as error:
        raise Refused(
            _(
                "The file is not in UTF-8 (see line %(line)d), so its accents would be lost. "
                "Save it as “CSV UTF-8”, or copy its cells here."
            )
            % {"line": error.line}
        ) from None


def read_rows(text: str) -> list[Row]:
    """The rows of `text`, a line each, empty lines left out.

    Cells are parted by tabs, semicolons or commas, whichever the first line has most of. The first
    line may name the columns, in any order; else they stand in the order of COLUMNS.

    Raises Refused where the text is empty, has more than MAX_BYTES or MAX_LINES, or lines that
    cannot be read.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise Refused(_("The list is larger than 1 MB. Split it."))
    text = text.removeprefix("\ufeff")
    problems = Problems()
    for number in lines_with_nul(text):
        problems.add(number, _("it holds a NUL character. Take it out."))
    problems.raise_if_any()

    lines = list(_cells(text, separator_of(text)))
    if not lines:
        raise Refused(_("The list is empty. Paste at least one organisation."))
    columns = _named_columns(lines[0][1])
    if columns:
        lines = lines[1:]
    else:
        columns = list(COLUMNS)
    if not lines:
        raise Refused(_("There is nothing below the headings. Paste at least one organisation."))

    rows = []
    for number, cells in lines:
        extra = [cell for cell in cells[len(columns) :] if cell]
        if extra:
            problems.add(
                number,
                _("it has more than %(columns)d columns: “%(cell)s” is too much.")
                % {"columns": len(columns), "cell": quotable(extra[0])},
            )
            continue
        rows.append(Row(line=number, **dict(zip(columns, cells, strict=False))))
    problems.raise_if_any()
    return rows


def _cells(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that is not empty, with the number it begins at."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins, count = 1, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems = Problems()
            problems.add(begins, unreadable(error))
            problems.raise_if_any()
            return
        number, begins = begins, reader.line_num + 1
        stripped = [" ".join(cell.split()) for cell in cells]
        if not any(stripped):
            continue
        count += 1
        if count > MAX_LINES + 1:  # one for the headings
            raise Refused(_("The list has more than 2,000 lines. Split it."))
        yield number, stripped


def _named_columns(cells: list[str]) -> list[str]:
    """The columns, where this line names them; else none. Raises Refused where it names them badly."""
    columns = in_every_language(HEADINGS)
    names = [columns.get(plain(cell), "") for cell in cells]
    known = [name for name in names if name]
    if any("@" in cell for cell in cells) or not ("organisation" in known or len(set(known)) > 1):
        return []
    unknown = [cell for cell, name in zip(cells, names, strict=True) if cell and not name]
    if unknown:
        raise Refused(
            _("No column is called “%(heading)s”. The columns are %(columns)s.")
            % {
                "heading": quotable(unknown[0]),
                "columns": ", ".join(heading_of(column) for column in COLUMNS),
            }
        )
    for name in known:
        if known.count(name) > 1:
            raise Refused(
                _("The column %(column)s stands there twice.") % {"column": heading_of(name)}
            )
    if "organisation" not in known:
        raise Refused(_("The column organisation is missing. Every line needs one."))
    while names and not names[-1]:
        names.pop()
    if "" in names:
        raise Refused(_("A column between others has no heading. Name it or take it out."))
    return names
