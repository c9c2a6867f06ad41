"""Disclosure: from what scoring found to what may be published. The standard library and scoring alone.

The promises stand in docs/scoring.md, "Who may see what".
"""

from .comparison import may_stand_alone
from .document import SCHEMA, publish
from .findings import EarlierRound, Findings, FormerRound, Publication, Published, Told
from .person import PersonFindings, publish_to_person
from .withholding import (
    EXTREME_HIGH,
    EXTREME_LOW,
    Disclosed,
    disclose_element,
    told_apart,
    withheld_questions,
)

__all__ = [
    "EXTREME_HIGH",
    "EXTREME_LOW",
    "SCHEMA",
    "Disclosed",
    "EarlierRound",
    "Findings",
    "FormerRound",
    "PersonFindings",
    "Publication",
    "Published",
    "Told",
    "disclose_element",
    "may_stand_alone",
    "publish",
    "publish_to_person",
    "told_apart",
    "withheld_questions",
]
