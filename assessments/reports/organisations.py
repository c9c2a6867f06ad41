"""The table of organisations by elements, in rounds that are open by organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .elements import band_word
from .figures import exact, whole, writable
from .marks import band_of
from .tasks import is_checklist, state_at, state_word

SHADES = 5
"""Steps of shade in the table of organisations, darkest for the lowest scores."""


@dataclass(frozen=True)
class Cell:
    """An organisation's score on an element: the figure, its band's word, a shade from 0 to 4."""

    score: str
    band: str
    band_word: str
    shade: int | None


@dataclass(frozen=True)
class OrganisationRow:
    name: str
    cells: list[Cell]


def organisation_rows(
    document: Mapping[str, Any], limits: dict[str, int], *, judges: bool = True
) -> list[OrganisationRow]:
    """Open rounds: a row an organisation, a cell an element. Empty in confidential rounds.

    Where bands do not judge, a cell is its figure alone; of a checklist, how far the task is.
    """
    if document["mode"] != "open":
        return []
    scores: dict[str, dict[str, Any]] = {}
    for element in document["elements"]:
        for entry in element.get("by_organisation") or ():
            scores.setdefault(entry["organisation"], {})[element["code"]] = entry["score"]
    codes = [element["code"] for element in document["elements"]]

    def cell(score: float | None) -> Cell:
        if is_checklist(document) and score is not None:
            return Cell(state_word(state_at(score)), "", "", None)
        return _cell(score, limits, judges)

    return [
        OrganisationRow(writable(name), [cell(of.get(code)) for code in codes])
        for name, of in sorted(scores.items(), key=lambda pair: (pair[0].casefold(), pair[0]))
    ]


def _cell(score: float | None, limits: dict[str, int], judges: bool) -> Cell:
    if score is None:
        return Cell("", "", _("missing"), None)
    value = exact(score)
    if not judges:
        return Cell(str(whole(value)), "", "", None)
    band = band_of(value, **limits)
    return Cell(
        str(whole(value)),
        band,
        band_word(band).lower(),
        min(int(value * SHADES / 100), SHADES - 1),
    )
