"""Scoring, version 1: from answers to figures, exact, with the standard library alone.

What each figure means stands in docs/scoring.md. Whoever changes a figure's meaning changes
`SCORING_VERSION` with it.
"""

from .agreement import Agreement, agreement
from .change import MINIMUM_PAIRS, PairedChange, paired_change, t_quantile_975
from .elements import ElementScore, Given, position, score_element
from .input import Answer, AnswerSheet, Bands, DimensionRules, QuestionRules
from .questions import QuestionScore
from .records import Check, State, record_score
from .verdict import (
    Verdict,
    bounds,
    geometric_mean_rounded,
    is_firm,
    verdict,
    verdict_of_bands,
)

SCORING_VERSION = "1"

__all__ = [
    "MINIMUM_PAIRS",
    "SCORING_VERSION",
    "Agreement",
    "Answer",
    "AnswerSheet",
    "Bands",
    "Check",
    "DimensionRules",
    "ElementScore",
    "Given",
    "PairedChange",
    "QuestionRules",
    "QuestionScore",
    "State",
    "Verdict",
    "agreement",
    "bounds",
    "geometric_mean_rounded",
    "is_firm",
    "paired_change",
    "position",
    "record_score",
    "score_element",
    "t_quantile_975",
    "verdict",
    "verdict_of_bands",
]
