"""The convener's desk and the start page.

Reads records, rounds and the last published result; computes no score of its own.
"""

from assessments.desk.reading import Desk, read_desk
from assessments.desk.shelf import ShelfRow, read_shelf
from assessments.desk.words import verdict_words

__all__ = ["Desk", "ShelfRow", "read_desk", "read_shelf", "verdict_words"]
