"""How a section is read: what is still missing in it, and what it says in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from alliances.services.charter.sections.aims import PROBLEM, PURPOSE, SCOPE
from alliances.services.charter.sections.endings import DISPUTES, MEMBERSHIP, TERM
from alliances.services.charter.sections.section import Part, Section
from alliances.services.charter.sections.work import (
    DECISIONS,
    GOVERNANCE,
    INFORMATION,
    RESOURCES,
    ROLES,
    RULES,
)
from alliances.services.counts import label_above, labelled
from alliances.services.figures import dated

SECTIONS: tuple[Section, ...] = (
    PROBLEM,
    SCOPE,
    PURPOSE,
    DECISIONS,
    GOVERNANCE,
    ROLES,
    RESOURCES,
    INFORMATION,
    RULES,
    DISPUTES,
    MEMBERSHIP,
    TERM,
)
BY_CODE = {one.code: one for one in SECTIONS}

Content = Mapping[str, Any]
"""Text by the code of a part, as `CharterSection.content` holds it."""


def section(code: str) -> Section:
    """The section of this code. Raises KeyError where there is none."""
    return BY_CODE[code]


def open_parts(code: str, content: Content, depth: str) -> list[Part]:
    """Parts that are needed at this depth (CharterVersion.Depth) and still empty, in their order."""
    return [
        part
        for part in section(code).parts
        if _is_needed_part(part, content, depth) and not written(content, part.code)
    ]


def is_needed(code: str, depth: str) -> bool:
    """Whether a charter of this depth cannot do without the section."""
    return any(part.light if depth == "light" else part.full for part in section(code).parts)


def is_begun(code: str, content: Content) -> bool:
    """Whether anything stands there."""
    return any(written(content, part.code) for part in section(code).parts)


def is_done(code: str, content: Content, depth: str) -> bool:
    """Whether something stands there, and nothing that is needed is missing."""
    return is_begun(code, content) and not open_parts(code, content, depth)


def sentences(code: str, content: Content) -> list[str]:
    """The section in words, a paragraph each, none of them empty.

    A paragraph is what stands between empty lines; it keeps its own line breaks, and the blanks
    that set off a list. Where the section has several parts, a text has its name before it: in the
    same paragraph where it is a single line, else in one of its own. Nothing written: no
    paragraphs.
    """
    this = section(code)
    if not is_begun(code, content):
        return []
    found: list[str] = []
    for part in this.parts:
        value = written(content, part.code)
        if part.kind == "choice":
            found += [_chosen(this, part, value, content)] if value else []
        elif part.kind == "date":
            found += _dated(part, value)
        elif part.kind != "share":  # said with the choice that it belongs to
            found += _labelled(part, paragraphs_of(value))
    return found


def remarks(code: str, content: Content, today: dt.date) -> list[str]:
    """What is odd in a section and may yet be meant, in sentences: days that lie in the past, or in
    the wrong order."""
    days = {
        part.code: day
        for part in section(code).parts
        if part.kind == "date" and (day := day_of(written(content, part.code))) is not None
    }
    until, review = days.get("until"), days.get("review")
    found = []
    if until is not None and until < today:
        found.append(_("The day until which the charter holds has passed."))
    if review is not None and review < today:
        found.append(_("The day of the review has passed. Set the next one."))
    if until is not None and review is not None and review > until:
        found.append(_("The review comes after the charter has ended."))
    return found


def written(content: Content, code: str) -> str:
    """What stands in a part; "" where nothing does, or what stands there is no content at all."""
    value = content.get(code, "") if isinstance(content, Mapping) else ""
    return str(value).strip() if value is not None else ""


def paragraphs_of(text: str) -> list[str]:
    """What stands between the empty lines of a text, without blanks at the ends of its lines."""
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            found[-1].append(line.rstrip())
        elif found[-1]:
            found.append([])
    return ["\n".join(lines) for lines in found if lines]


def day_of(value: str) -> dt.date | None:
    """The day that is written as year-month-day; None where none is."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def counts(part: Part, content: Content) -> bool:
    """Whether a part is asked at all, by the choice that it hangs on."""
    if part.only_with is None:
        return True
    other, choice = part.only_with
    return written(content, other) == choice


def _is_needed_part(part: Part, content: Content, depth: str) -> bool:
    return (part.light if depth == "light" else part.full) and counts(part, content)


def _chosen(this: Section, part: Part, value: str, content: Content) -> str:
    if this.code == "decisions" and value == "qualified" and written(content, "share"):
        return _("Decisions are taken by a qualified majority of %(share)s %%.") % {
            "share": written(content, "share")
        }
    for choice in part.choices:
        if choice.code == value:
            return str(choice.sentence)
    # changed by hand, past the services
    return labelled(str(part.label), " ".join(value.split()))


def _dated(part: Part, value: str) -> list[str]:
    if not value:
        return [_("This charter has no end date.")] if part.code == "until" else []
    day = day_of(value)
    said = dated(day, "j F Y") if day is not None else " ".join(value.split())
    if part.code == "until":
        return [_("This charter holds until %(day)s.") % {"day": said}]
    return [_("The parties review it on %(day)s.") % {"day": said}]


def _labelled(part: Part, paragraphs: list[str]) -> list[str]:
    if not paragraphs or not part.lead:
        return paragraphs
    if len(paragraphs) == 1 and "\n" not in paragraphs[0]:
        return [labelled(str(part.lead), paragraphs[0])]
    return [label_above(str(part.lead)), *paragraphs]
