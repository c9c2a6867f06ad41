"""How good the questions of a bank are: figures over many rounds, and which of them may be told.

What each means, and the rule that keeps one alliance from standing alone in it, is in docs/banks.md.
No database here. `study` and what it stands on bring numpy and scipy, which take a second to load
and tens of megabytes: import it where figures are asked for, and nowhere else.
"""

from .figures import (
    Alpha,
    BankFigures,
    DimensionFigures,
    Intraclass,
    Lack,
    QuestionFigures,
    Values,
    WithoutValue,
)
from .releases import (
    LEAST_ALLIANCES,
    LEAST_OF_A_ROUND,
    LEAST_RESPONDENTS,
    ClosedRound,
    Share,
    full_batches,
)

__all__ = [
    "LEAST_ALLIANCES",
    "LEAST_OF_A_ROUND",
    "LEAST_RESPONDENTS",
    "Alpha",
    "BankFigures",
    "ClosedRound",
    "DimensionFigures",
    "Intraclass",
    "Lack",
    "QuestionFigures",
    "Share",
    "Values",
    "WithoutValue",
    "full_batches",
]
