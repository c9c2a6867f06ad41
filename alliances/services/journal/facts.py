"""What there is to know of an entry, in a sentence or two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.models import JournalEntry
from alliances.services.attendance import MeetingAttendance, came_in_words
from alliances.services.counts import first_capital, first_small, listed
from alliances.services.figures import alone_in_words, day
from alliances.services.journal.shapes import SHAPES

Kind = JournalEntry.Kind


def attendance_in_words(meeting: MeetingAttendance) -> str:
    """Such as "five of eight came, two by stand-ins", of a meeting to which somebody was asked."""
    return came_in_words(came=meeting.came, asked=meeting.asked, stand_ins=meeting.stand_in)


def fact_of(
    entry: JournalEntry, today: dt.date, meeting: MeetingAttendance, sides: Sequence[str]
) -> str:
    """What `entry` comes to as it stands `today`.

    `meeting` says who came, where it is one; `sides` are the names of a review's.
    """
    match entry.kind:
        case Kind.MEETING:
            if entry.on > today:
                return _("Planned.")
            if not meeting.asked:
                return _("Who came is not written down.")
            return first_capital(attendance_in_words(meeting)) + "."
        case Kind.MILESTONE:
            return _milestone(entry, today)
        case Kind.MARKER:
            return f"{entry.get_level_display()}. {_marker(entry)}"
        case Kind.OFFER:
            return f"{_from_whom(entry)}. {entry.get_outcome_display()}."
        case Kind.DEPARTURE:
            return f"{_from_whom(entry)}."
        case Kind.ESCALATION:
            return _escalation(entry)
        case Kind.EXPECTATION:
            answered = (
                _("Answered on %(day)s.") % {"day": day(entry.done_on)}
                if entry.done_on
                else _("Not answered yet.")
            )
            return f"{_from_whom(entry)}. {answered}"
        case Kind.REVIEW:
            return _("Between %(sides)s.") % {"sides": listed(sides)}
        case _:
            return _problem(entry)


def still_to_say(entry: JournalEntry, today: dt.date, attended: bool) -> str:
    """What is still to be recorded of `entry`, as the words of a button; "" where nothing is."""
    match entry.kind:
        case Kind.MEETING:
            return _("Say who came") if entry.on <= today and not attended else ""
        case Kind.OFFER:
            return "" if entry.outcome else _("Say what came of it")
        case Kind.PROBLEM:
            return _("Go on with the steps")
    if entry.done_on is not None:
        return ""
    return {
        str(Kind.MILESTONE): _("Say when it was met"),
        str(Kind.MARKER): _("Say when it was seen"),
        str(Kind.ESCALATION): _("Say how it was settled"),
        str(Kind.EXPECTATION): _("Say what was answered"),
    }.get(str(entry.kind), "")


def _milestone(entry: JournalEntry, today: dt.date) -> str:
    assert entry.due_on is not None  # noqa: S101 (the database sees to it)
    days = {"due": day(entry.due_on), "done": day(entry.done_on) if entry.done_on else ""}
    if entry.done_on is None:
        if entry.due_on < today:
            return _("Was due on %(due)s, not met yet.") % days
        return _("Due by %(due)s.") % days
    if entry.done_on > entry.due_on:
        late = (entry.done_on - entry.due_on).days
        return ngettext(
            "Met on %(done)s, %(number)s day late.", "Met on %(done)s, %(number)s days late.", late
        ) % {**days, "number": alone_in_words(late)}
    if entry.done_on < entry.due_on:
        early = (entry.due_on - entry.done_on).days
        return ngettext(
            "Met on %(done)s, %(number)s day early.",
            "Met on %(done)s, %(number)s days early.",
            early,
        ) % {**days, "number": alone_in_words(early)}
    return _("Met on %(done)s, on the day.") % days


def _marker(entry: JournalEntry) -> str:
    if entry.done_on:
        return _("Seen on %(day)s.") % {"day": day(entry.done_on)}
    if entry.due_on:
        return _("Not seen yet, hoped for by %(day)s.") % {"day": day(entry.due_on)}
    return _("Not seen yet.")


def _escalation(entry: JournalEntry) -> str:
    if entry.jointly:
        by = _("Brought up by both sides together.")
    elif entry.participant:
        by = _("Brought up by %(name)s alone.") % {"name": entry.participant.name}
    else:
        by = _("Brought up by one side.")
    if entry.done_on:
        return by + " " + _("Settled on %(day)s.") % {"day": day(entry.done_on)}
    return by + " " + _("Not settled yet.")


def _problem(entry: JournalEntry) -> str:
    """How far the six steps are."""
    steps = SHAPES[Kind.PROBLEM].parts
    taken = sum(bool(entry.content.get(part.code)) for part in steps)
    if taken == len(steps):
        return _("All %(number)s steps are taken.") % {"number": alone_in_words(len(steps))}
    following = next(
        place for place, part in enumerate(steps, start=1) if not entry.content.get(part.code)
    )
    return _("Next is step %(step)d of %(steps)d: %(name)s.") % {
        "step": following,
        "steps": len(steps),
        "name": first_small(str(steps[following - 1].label)),
    }


def _from_whom(entry: JournalEntry) -> str:
    """The person and the organisation, as far as they are known."""
    names = [entry.who, entry.participant.name if entry.participant else ""]
    return ", ".join(name for name in names if name) or _("Nobody is named")
