"""Which of the alliance's records a section of the charter belongs to.

A section says what was agreed, the record what is done about it; each page leads to the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class RecordPage:
    """A page of the alliance's records: the name of its address, and what it is called."""

    page: str
    title: Promise


RECORDS: dict[str, RecordPage] = {
    "purpose": RecordPage("purpose_check", _("Purpose check")),
    "decisions": RecordPage("decisions", _("Decision map")),
    "roles": RecordPage("people", _("People, and the days that are pledged")),
    "resources": RecordPage("contributions", _("Contributions")),
    "information": RecordPage("common_ground", _("Common-ground register")),
    "rules": RecordPage("working_rules", _("Working rules")),
}


def record_of(code: str) -> RecordPage | None:
    """The record that belongs to a section; None where there is none."""
    return RECORDS.get(code)
