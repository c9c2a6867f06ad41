"""What the cells of a bank’s tables say: numbers, labels, steps."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from assessments.services.banks.checks import MOST_STEPS
from assessments.services.banks.tables.columns import advice_columns, asked_columns
from assessments.services.banks.texts import Path

TRUTHS = {
    **dict.fromkeys(("yes", "true", "oui", "vrai"), True),
    **dict.fromkeys(("no", "false", "non", "faux", ""), False),
}
"""What cells say, in small letters: a spreadsheet in French writes VRAI by itself."""
_WHOLE = re.compile(r"([+−-]?)(\d{1,9})(?:[.,]0+)?", re.ASCII)
_DECIMAL = re.compile(r"(\d{1,9})(?:[.,](\d{1,20}))?", re.ASCII)


def whole_number(text: str) -> int | None:
    """The number, or None where the text is none. A minus may be typographic, decimals zeros."""
    found = _WHOLE.fullmatch(text)
    return int(found[2]) * (-1 if found[1] in ("-", "−") else 1) if found else None


def decimal_number(text: str) -> Decimal | None:
    """The number, not below 0, with a point or a comma; or None where the text is none."""
    found = _DECIMAL.fullmatch(text)
    return Decimal(f"{found[1]}.{found[2] or 0}") if found else None


def joined_labels(labels: Sequence[str]) -> str:
    """Labels in one cell, parted by bars; a bar inside one has a backslash before it."""
    escaped = (label.replace("\\", "\\\\").replace("|", "\\|") for label in labels)
    return " | ".join(escaped)


def split_labels(text: str) -> list[str]:
    """Labels that `joined_labels` joined."""
    labels = re.split(r"(?<!\\)((?:\\\\)*)\|", text)
    # Whole pairs of backslashes before a bar belong to the label that it ends.
    joined = [one + pairs for one, pairs in zip(labels[::2], [*labels[1::2], ""], strict=True)]
    return [re.sub(r"\\([\\|])", r"\1", label).strip() for label in joined]


def advice_path(column: str) -> Path:
    """Where the text of a column such as “advice 1 title” stands in its dimension."""
    _name, step, part = column.split()
    return ("advice", int(step) - 1, part)


def asked_path(column: str) -> Path:
    """Where the text of a column such as “asked_of_members 1” stands in its dimension."""
    name, step = column.split()
    return (name, int(step) - 1)


def steps_of_advice(
    values: Mapping[str, str], old: Mapping[str, Any]
) -> tuple[list[dict[str, str]], dict[int, int]]:
    """The steps, without gaps; and the new place of each."""
    before = old.get("advice") or []
    steps: list[dict[str, str]] = []
    places: dict[int, int] = {}
    columns = iter(advice_columns(MOST_STEPS))
    for place, (title, text) in enumerate(zip(columns, columns, strict=True)):
        was = before[place] if place < len(before) else {}
        step = {
            "title": values.get(title, was.get("title") or ""),
            "text": values.get(text, was.get("text") or ""),
        }
        if any(step.values()):
            places[place] = len(steps)
            steps.append(step)
    return steps, places


def steps_asked(
    values: Mapping[str, str], old: Mapping[str, Any]
) -> tuple[list[str], dict[int, int]]:
    before = old.get("asked_of_members") or []
    steps: list[str] = []
    places: dict[int, int] = {}
    for place, column in enumerate(asked_columns(MOST_STEPS)):
        step = values.get(column, before[place] if place < len(before) else "")
        if step:
            places[place] = len(steps)
            steps.append(step)
    return steps, places


def renumbered(path: Path, places: Mapping[int, int]) -> Path:
    """The path below a dimension with its step’s new place; of a step that is gone, as it is."""
    name, place, *rest = path
    return (name, places.get(int(place), MOST_STEPS + int(place)), *rest)
