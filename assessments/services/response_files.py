"""Responses as CSV: answers that were collected on paper, or by another survey tool."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.services.texts import NotUtf8, decoded, lines_with_nul, quotable
from assessments.scoring import Answer, AnswerSheet, QuestionRules

MAXIMUM_BYTES = 10 * 1024 * 1024
MAXIMUM_ROWS = 10_000
MAXIMUM_COMPLAINTS = 50
WHOLE_NUMBER = re.compile(r"[+-]?\d{1,6}", re.ASCII)


@dataclass(frozen=True)
class ResponseFile:
    """What a file of responses holds, checked."""

    organisations: tuple[str, ...]
    """In the order in which they first stand in the file."""
    respondents: tuple[str, ...]
    sheets: tuple[AnswerSheet, ...]
    """One a respondent, in the file's order."""
    missing_columns: tuple[str, ...]
    """Codes of questions that the file has no column for; nobody answered them."""


def read_response_file(
    *,
    content: bytes,
    questions: Mapping[str, QuestionRules],
    organisations: Mapping[str, str] | None = None,
) -> ResponseFile:
    """Read CSV with the columns `respondent`, `organisation` and one for each question's code.

    Cells hold a value on the question's scale, `dk`, `na`, or nothing. `organisations`, where it is
    given, maps the names that are allowed (in lower case) to how they are written; where it is not,
    the file itself tells which there are. Comma, semicolon and tab part columns; text is UTF-8.

    Raises Refused with every complaint and its line in `details`.
    """
    rows = _rows(content)
    if not rows:
        raise Refused(_("The file is empty. Its first line names the columns."))
    header_line, header = rows[0]
    columns = [name.strip() for name in header]
    _check_header(header_line, columns, questions)
    reader = _Reader(columns, questions, organisations)
    for line, cells in rows[1:]:
        reader.read(line, cells)
    if reader.complaints:
        shown = reader.complaints[:MAXIMUM_COMPLAINTS]
        if len(reader.complaints) > len(shown):
            shown.append(
                _("… and %(count)s more.") % {"count": len(reader.complaints) - len(shown)}
            )
        raise Refused(_("Nothing was stored. Mend these lines and try again."), shown)
    if not reader.sheets:
        raise Refused(_("The file has a heading and no responses."))
    return ResponseFile(
        organisations=tuple(reader.names.values()),
        respondents=tuple(reader.respondents),
        sheets=tuple(reader.sheets),
        missing_columns=tuple(code for code in questions if code not in columns),
    )


def _rows(content: bytes) -> list[tuple[int, list[str]]]:
    """Rows that hold anything, each with the number of the line that it ends on."""
    if len(content) > MAXIMUM_BYTES:
        raise Refused(_("The file is larger than 10 MB."))
    try:
        text = decoded(content)
    except NotUtf8 as error:
        raise Refused(
            _("The file is not UTF-8 text (line %(line)s). Save it as CSV UTF-8.")
            % {"line": error.line}
        ) from error
    nul = lines_with_nul(text)
    if nul:
        raise Refused(
            _("The file holds a NUL character (line %(line)s); it is no CSV.") % {"line": nul[0]}
        )
    first_line = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, cells))
            if len(rows) > MAXIMUM_ROWS + 1:
                raise Refused(
                    _("The file has more than %(count)s responses.") % {"count": MAXIMUM_ROWS}
                )
    except csv.Error as error:
        raise Refused(
            _("The file cannot be read as CSV (line %(line)s: %(error)s).")
            % {"line": reader.line_num, "error": error}
        ) from error
    return rows


def _check_header(line: int, columns: list[str], questions: Mapping[str, QuestionRules]) -> None:
    complaints = []
    known = {"respondent", "organisation", *questions}
    for required in ("respondent", "organisation"):
        if required not in columns:
            complaints.append(
                _("Line %(line)s: there is no column “%(name)s”.")
                % {"line": line, "name": required}
            )
    for name in dict.fromkeys(columns):
        if name not in known:
            complaints.append(
                _("Line %(line)s: unknown column “%(name)s”.")
                % {"line": line, "name": quotable(name)}
            )
        elif columns.count(name) > 1:
            complaints.append(
                _("Line %(line)s: the column “%(name)s” stands twice.")
                % {"line": line, "name": name}
            )
    if not complaints and not set(columns) & set(questions):
        complaints.append(_("Line %(line)s: there is no column for any question.") % {"line": line})
    if complaints:
        raise Refused(
            _("Nothing was stored. Mend the heading and try again."),
            complaints[:MAXIMUM_COMPLAINTS],
        )


class _Reader:
    """Reads row after row, gathering sheets and complaints."""

    def __init__(
        self,
        columns: list[str],
        questions: Mapping[str, QuestionRules],
        organisations: Mapping[str, str] | None,
    ) -> None:
        self.columns = columns
        self.questions = questions
        self.allowed = organisations
        self.names: dict[str, str] = {}
        self.respondents: dict[str, int] = {}
        self.sheets: list[AnswerSheet] = []
        self.complaints: list[str] = []

    def read(self, line: int, cells: list[str]) -> None:
        if len(cells) > len(self.columns) and any(
            cell.strip() for cell in cells[len(self.columns) :]
        ):
            self._complain(line, _("more cells than the heading has columns"))
            return
        row = dict(zip(self.columns, (cell.strip() for cell in cells), strict=False))
        respondent = self._respondent(line, row.get("respondent", ""))
        organisation = self._organisation(line, row.get("organisation", ""))
        answers: dict[str, Answer] = {}
        for code, question in self.questions.items():
            cell = row.get(code, "")
            if not cell:
                continue
            if cell.lower() == "dk":
                answers[code] = "dk"
            elif cell.lower() == "na":
                answers[code] = "na"
            elif WHOLE_NUMBER.fullmatch(cell) and question.minimum <= int(cell) <= question.maximum:
                answers[code] = int(cell)
            else:
                self._complain(
                    line,
                    _(
                        "%(code)s: “%(cell)s” is not a whole number from %(low)s to %(high)s, dk or na"
                    )
                    % {
                        "code": code,
                        "cell": quotable(cell),
                        "low": question.minimum,
                        "high": question.maximum,
                    },
                )
        if respondent and organisation:
            self.sheets.append(AnswerSheet(organisation=organisation, answers=answers))

    def _respondent(self, line: int, name: str) -> str:
        if not name:
            self._complain(line, _("the respondent is missing"))
        elif name.casefold() in self.respondents:
            self._complain(
                line,
                _("the respondent “%(name)s” stands in line %(first)s already")
                % {"name": quotable(name), "first": self.respondents[name.casefold()]},
            )
            return ""
        else:
            self.respondents[name.casefold()] = line
        return name

    def _organisation(self, line: int, name: str) -> str:
        if not name:
            self._complain(line, _("the organisation is missing"))
            return ""
        if not name.isprintable():
            self._complain(
                line, _("the organisation’s name holds a line break or a control character")
            )
            return ""
        if len(name) > 120:
            self._complain(line, _("the organisation’s name is longer than 120 characters"))
            return ""
        key = name.lower()
        if self.allowed is not None and key not in self.allowed:
            self._complain(line, _("unknown organisation “%(name)s”") % {"name": quotable(name)})
            return ""
        written = self.allowed[key] if self.allowed is not None else self.names.get(key, name)
        if written != name and self.allowed is None:
            self._complain(
                line,
                _("“%(name)s” stands before as “%(written)s”; write it in one way")
                % {"name": quotable(name), "written": quotable(written)},
            )
        self.names.setdefault(key, written)
        return written

    def _complain(self, line: int, what: str) -> None:
        self.complaints.append(_("Line %(line)s: %(what)s.") % {"line": line, "what": what})
