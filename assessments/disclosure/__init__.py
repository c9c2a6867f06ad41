"""Disclosure: from what scoring found to what may be published. The standard library and scoring alone.

The promises stand in docs/scoring.md, "Who may see what".
"""

from .document import SCHEMA, publish
from .findings import EarlierRound, Findings, Publication
from .withholding import EXTREME_HIGH, EXTREME_LOW, Disclosed, disclose_element, withheld_questions

__all__ = [
    "EXTREME_HIGH",
    "EXTREME_LOW",
    "SCHEMA",
    "Disclosed",
    "EarlierRound",
    "Findings",
    "Publication",
    "disclose_element",
    "publish",
    "withheld_questions",
]
