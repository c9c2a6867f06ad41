"""How a result is read, by a rule that its bank names (docs/banks.md). The standard library alone.

A reading follows from the scores and bands that a result tells, and from nothing else: what is
withheld is not read. It names things by their codes; the words for them are the bank's.
"""

from .decision import KNOWN_FROM, Decision, decide, looked_at
from .part import Part
from .rules import DONE, LEVEL, NOT_BEGUN, read

__all__ = [
    "DONE",
    "KNOWN_FROM",
    "LEVEL",
    "NOT_BEGUN",
    "Decision",
    "Part",
    "decide",
    "looked_at",
    "read",
]
