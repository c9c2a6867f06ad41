"""Who may what: the journal, actions, and momentum."""

from __future__ import annotations

import datetime as dt
from typing import Any

from alliances.models import Action, JournalEntry
from tests.permissions.rows.row import A, Row, Seats, inside

ROWS: dict[str, Row] = {
    "journal": inside("members", **A),
    "journal_new": inside("conveners", "wrong", kind="meeting", **A),
    "journal_entry": inside("members", pk="entry"),
    "journal_edit": inside("conveners", "wrong", pk="entry"),
    "journal_remove": inside("conveners", "does", pk="entry"),
    "journal_action_new": inside("conveners", "wrong", pk="entry"),
    "actions": inside("members", **A),
    "action_new": inside("conveners", "wrong", **A),
    "action_edit": inside("conveners", "wrong", pk="action"),
    # pressed on the list; there is no page to look at
    "action_done": inside("no, inside", "does, own", pk="action"),
    "action_drop": inside("no, inside", "does", pk="action"),
    "action_reopen": inside("no, inside", "does", pk="action"),
    "action_remove": inside("conveners", "does", pk="action"),
    "momentum": inside("members", **A),
}


def make_objects(seats: Seats) -> dict[str, Any]:
    """A meeting, and an action of Ash that was decided in it."""
    day = dt.date(2026, 5, 4)
    entry = JournalEntry.objects.create(
        alliance=seats.alliance,
        kind="meeting",
        on=day,
        title="Springmeet",
        note="We met at Notedale.",
        changed_by=seats.users["convener"],
    )
    action = Action.objects.create(
        alliance=seats.alliance,
        entry=entry,
        what="Measure the Quayside",
        who="Ana Reis",
        participant=seats.ash,
        due_on=day,
    )
    return {"entry": entry.pk, "action": action.pk}
