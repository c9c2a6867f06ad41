"""Committed leaders: named, with time for it, and work that goes on between meetings (VA)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from alliances.models import Alliance, Participant, Representative
from assessments.evidence.checks import by_limit, by_share, by_then, check, counted
from assessments.scoring import Check

CONTEST_FROM = 4
"""So many leaders are a contest for the chair."""


def committed_leaders(
    alliance: Alliance, taking_part: Sequence[Participant], on: dt.date
) -> list[Check]:
    """`taking_part` are the participants that accepted. One query."""
    people = [person for participant in taking_part for person in participant.representatives.all()]
    leaders = [person for person in people if person.role == Representative.Role.LEADER]
    with_time = sum(person.days_a_month is not None for person in leaders)
    due = list(
        alliance.actions.filter(due_on__lt=on).values_list("due_on", "done_on", "dropped_on")
    )
    wanted = [(due_on, done_on) for due_on, done_on, dropped in due if not by_then(dropped, on)]
    in_time = sum(done_on is not None and done_on <= due_on for due_on, done_on in wanted)
    return [
        check(
            "leaders-named",
            "Leaders named",
            2,
            bool(people),
            by_limit(1 <= len(leaders) < CONTEST_FROM, bool(leaders)),
            counted(len(leaders), "leader", "leaders") if leaders else "Nobody named",
        ),
        check(
            "leaders-time",
            "Leaders have days for it",
            1,
            # A field that nobody has filled in yet for anybody is held against nobody.
            bool(leaders) and any(person.days_a_month is not None for person in people),
            by_share(with_time, len(leaders), met=Fraction(1), partly=Fraction(1, 2)),
            f"{with_time} of {counted(len(leaders), 'leader', 'leaders')} with days pledged",
        ),
        check(
            "actions-in-time",
            "Actions done in time",
            2,
            bool(wanted),
            by_share(in_time, len(wanted), met=Fraction(4, 5), partly=Fraction(1, 2)),
            f"{in_time} of {len(wanted)} done by their date",
            "None due yet",
        ),
    ]
