"""The forms of the journal, one for each kind of entry with the fields that it needs, and of actions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from alliances.forms.journal.actions import ChangedActionForm, NewActionForm
from alliances.forms.journal.entries import (
    DepartureForm,
    EntryForm,
    EscalationForm,
    ExpectationForm,
    MarkerForm,
    MilestoneForm,
    OfferForm,
    ProblemForm,
)
from alliances.forms.journal.meetings import MeetingForm
from alliances.forms.journal.reviews import ReviewForm
from alliances.forms.records import RecordForm

__all__ = [
    "FORMS",
    "ChangedActionForm",
    "EntryForm",
    "NewActionForm",
    "ReviewForm",
    "today_first",
]

FORMS: dict[str, type[EntryForm]] = {
    form.shape.kind: form
    for form in (
        MeetingForm,
        MilestoneForm,
        MarkerForm,
        OfferForm,
        DepartureForm,
        EscalationForm,
        ExpectationForm,
        ReviewForm,
        ProblemForm,
    )
}


def today_first(form_class: type[RecordForm], today: dt.date) -> dict[str, Any]:
    """What stands in a new form at first: the entry's day is today, unless somebody changes it."""
    return {"on": today} if "on" in form_class.columns else {}
