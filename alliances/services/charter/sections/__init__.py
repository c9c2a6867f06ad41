"""What a charter consists of: its sections, their parts, and how both are read.

The order of `SECTIONS` is the order on the page, in the frozen text and in the PDF.
"""

from alliances.services.charter.sections.aims import PROBLEM, PURPOSE, SCOPE
from alliances.services.charter.sections.endings import DISPUTES, MEMBERSHIP, TERM
from alliances.services.charter.sections.reading import (
    SECTIONS,
    counts,
    day_of,
    is_begun,
    is_done,
    is_needed,
    open_parts,
    remarks,
    section,
    sentences,
    written,
)
from alliances.services.charter.sections.section import Choice, Example, Part, Section
from alliances.services.charter.sections.work import (
    DECISIONS,
    GOVERNANCE,
    INFORMATION,
    RESOURCES,
    ROLES,
    RULES,
)

__all__ = [
    "DECISIONS",
    "DISPUTES",
    "GOVERNANCE",
    "INFORMATION",
    "MEMBERSHIP",
    "PROBLEM",
    "PURPOSE",
    "RESOURCES",
    "ROLES",
    "RULES",
    "SCOPE",
    "SECTIONS",
    "TERM",
    "Choice",
    "Example",
    "Part",
    "Section",
    "counts",
    "day_of",
    "is_begun",
    "is_done",
    "is_needed",
    "open_parts",
    "remarks",
    "section",
    "sentences",
    "written",
]
