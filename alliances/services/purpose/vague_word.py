"""A word that hides disagreement, and the question that brings it out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class VagueWord:
    """A word or turn of phrase, and what to ask instead.

    `but_with_a_figure`: it says enough where a figure stands beside it, as in “improve to 90 per cent”.
    """

    pattern: re.Pattern[str]
    ask: _StrOrPromise
    but_with_a_figure: bool = False


def vague(pattern: str, ask: _StrOrPromise, *, but_with_a_figure: bool = False) -> VagueWord:
    """Whole words of `pattern`, in any capitals."""
    return VagueWord(
        re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE), ask, but_with_a_figure
    )
