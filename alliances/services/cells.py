"""Cells of tables that spreadsheets open or save: what would run as a formula, and how they are parted."""

from __future__ import annotations

import csv
import re
from typing import Any

from django.utils.translation import gettext as _

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet takes for a formula."""

PARTED = re.compile(r"([;\t\r\n]\s*\"?\s*)(?=[=+\-@＝＋－＠])")
"""Where a spreadsheet with another separator than ours would begin a cell that it takes for a formula."""

GUARDS = re.compile(r"([;\t\r\n]\s*\"?\s*)(?='*[=+\-@＝＋－＠])")
UNGUARDS = re.compile(r"([;\t\r\n]\s*\"?\s*)'(?='*[=+\-@＝＋－＠])")
"""The same in a way that can be taken back: one apostrophe more, or less, of however many are there."""

SEPARATORS = ("\t", ";", ",")


def runs(text: str) -> bool:
    """Whether a spreadsheet may take `text` for a formula."""
    return text.startswith(RUNS) or text.lstrip().startswith(RUNS)


def harmless(value: Any) -> Any:
    """`value` as a cell: text that would run as a formula gets an apostrophe before it.

    Numbers stay numbers, also below zero; None is an empty cell; true and false are words. The same
    within the text behind a semicolon, a tab or a new line: a spreadsheet that parts cells by those, as
    in French, would begin another cell there.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    text = PARTED.sub(r"\1'", str(value).replace("\x00", ""))
    return f"'{text}" if runs(text) else text


def guarded(text: str) -> str:
    """`text` as `harmless` gives it, in a way that `unguarded` takes back whatever it begins with."""
    return f"'{text}" if runs(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    """`text` without the apostrophe that `guarded` put before it."""
    return text[1:] if text.startswith("'") and runs(text.lstrip("'")) else text


def guarded_throughout(text: str) -> str:
    """`guarded`, and also where a spreadsheet that parts cells by another separator would begin one: for CSV,
    of which alone that is true."""
    return guarded(GUARDS.sub(r"\1'", text))


def unguarded_throughout(text: str) -> str:
    """`text` as it was before `guarded_throughout`."""
    return UNGUARDS.sub(r"\1", unguarded(text))


def separator_of(text: str) -> str:
    """What parts the cells of a list: what the first line that has any has most of."""
    found = [text.find(mark) for mark in SEPARATORS if mark in text]
    if not found:
        return ","
    before, behind = text[: min(found)], text[min(found) :]
    line = re.split("[\r\n]", before)[-1] + re.split("[\r\n]", behind, maxsplit=1)[0]
    return max(SEPARATORS, key=line.count)


def unreadable(error: csv.Error) -> str:
    """What is wrong with a line of which Python’s reader of CSV says this, and what to do."""
    if "field larger" in str(error):
        return _("a cell is far too long. Is a quotation mark missing at its end?")
    return _(
        "its quotation marks do not match. "
        "A cell in quotation marks ends with one, and one inside is written twice."
    )
