"""The journal: what happened, kept with who came and what each side said, and read again."""

from alliances.services.journal.keeping import Came, Side, add_entry, change_entry
from alliances.services.journal.reading import (
    EntryPage,
    JournalPage,
    Line,
    Month,
    journal_page,
    read_entry,
)
from alliances.services.journal.shapes import SHAPES, Part, Shape

__all__ = [
    "SHAPES",
    "Came",
    "EntryPage",
    "JournalPage",
    "Line",
    "Month",
    "Part",
    "Shape",
    "Side",
    "add_entry",
    "change_entry",
    "journal_page",
    "read_entry",
]
