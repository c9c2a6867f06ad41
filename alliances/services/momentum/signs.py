"""Six signs of a train that gains or loses speed (VA), each by one rule.

Each sign compares the latest stretch, the 90 days up to a day, with the 90 days before it:

- attendance: of those asked to meetings, the share that came, a stand-in as half. Two meetings in each
  stretch; none at all in the latest, after two or more, is losing.
- resources: of what is due by the end of a stretch, the share that has arrived, in money and kind; in
  days of people's time where no money is due.
- milestones: of those due within a stretch, the share met by their day. Two in each stretch.
- actions: the same.
- newcomers: offers less departures. Two of either in both stretches together.
- measures: of the means metrics read in both stretches, those that moved towards the better less those
  that moved the other way. A move is 5 % of the earlier reading or more; between two readings that
  both reach the target there is none. One in both stretches.

A share moves when it changes by 10 points (of 100) or more; the two balances when they are not
equal. Else the sign is steady; with less on record than said above it tells nothing. What has a date
counts from the day after it, when the day is over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.services.attendance import MeetingAttendance, came_in_words, share_that_came
from alliances.services.figures import alone_in_words, days, money
from alliances.services.momentum.facts import Deadline, Facts

STRETCH = dt.timedelta(days=90)
DAY = dt.timedelta(days=1)
SHARE_MOVES = Fraction(1, 10)
MEASURE_MOVES = Decimal("0.05")
MEETINGS_AT_LEAST = 2
DUE_AT_LEAST = 2
NEWCOMERS_AT_LEAST = 2
STAND_IN_COUNTS = Fraction(1, 2)


class Direction(StrEnum):
    """Which way a sign points, and the train with it."""

    GAINING = "gaining"
    STEADY = "steady"
    LOSING = "losing"


@dataclass(frozen=True)
class Sign:
    """What one sign says. `direction` is None where too little is on record.

    `fact` is a sentence or two; `phrase` says a change in a few words, for a sentence of several, and
    is "" where there is none.
    """

    code: str
    label: str
    direction: Direction | None
    fact: str
    phrase: str = ""


@dataclass(frozen=True)
class Stretches:
    """The 90 days up to `on` and the 90 before them, the first of them left out."""

    on: dt.date

    @property
    def turn(self) -> dt.date:
        """The last day of the stretch before."""
        return self.on - STRETCH

    def is_now(self, day: dt.date) -> bool:
        return self.turn < day <= self.on

    def is_before(self, day: dt.date) -> bool:
        return self.turn - STRETCH < day <= self.turn


def read_signs(facts: Facts, on: dt.date) -> tuple[Sign, ...]:
    """All six signs as they stand at the end of the day `on`; nothing later is looked at."""
    return tuple(read(facts, Stretches(on)) for read in SIGNS)


def attendance_sign(facts: Facts, stretches: Stretches) -> Sign:
    """Whether more come to the meetings."""
    now = [meeting for meeting in facts.meetings if stretches.is_now(meeting.on)]
    before = [meeting for meeting in facts.meetings if stretches.is_before(meeting.on)]
    label = _("Attendance")
    if len(before) >= MEETINGS_AT_LEAST and not now:
        fact = _("No meeting was held in the last 90 days, after %(before)s in the 90 days before.")
        return Sign(
            "attendance",
            label,
            Direction.LOSING,
            fact % {"before": alone_in_words(len(before))},
            _("no meeting was held for 90 days"),
        )
    if min(len(before), len(now)) < MEETINGS_AT_LEAST:
        return Sign(
            "attendance",
            label,
            None,
            _("It takes two meetings in each stretch, with who came written down."),
        )
    direction = _moved(_presence(before), _presence(now))
    fact = _("In the last 90 days %(now)s; in the 90 days before, %(before)s.") % {
        "now": _came(now),
        "before": _came(before),
    }
    phrases = {
        Direction.LOSING: _("fewer come to meetings")
        if share_that_came(now) < share_that_came(before)
        else _("more send stand-ins to meetings"),
        Direction.GAINING: _("more come to meetings")
        if share_that_came(now) > share_that_came(before)
        else _("more come to meetings in person"),
    }
    return Sign("attendance", label, direction, fact, phrases.get(direction, ""))


def resources_sign(facts: Facts, stretches: Stretches) -> Sign:
    """Whether what is due arrives."""
    label = _("Resources")
    for in_days in (False, True):
        promises = [promise for promise in facts.promises if promise.in_days == in_days]
        due = {
            day: sum((promise.due(day) for promise in promises), Decimal(0))
            for day in (stretches.turn, stretches.on)
        }
        if not due[stretches.on]:
            continue
        if not due[stretches.turn]:
            # Nothing to hold it against; and time that was given does not speak for money that was not.
            break
        share = {
            day: Fraction(
                sum(
                    (promise.due_arrived(day) for promise in promises),
                    Decimal(0),
                )
            )
            / Fraction(due[day])
            for day in due
        }
        late = sum((promise.late(stretches.on) for promise in promises), Decimal(0))
        amount = days(late) if in_days else money(late, facts.currency)
        direction = _moved(share[stretches.turn], share[stretches.on])
        fact = _("%(now)s of what is due has arrived; 90 days ago it was %(before)s.") % {
            "now": _per_cent(share[stretches.on]),
            "before": _per_cent(share[stretches.turn]),
        }
        if late:
            fact += " " + _("%(amount)s are late.") % {"amount": amount}
        phrases = {
            Direction.LOSING: _("%(amount)s are late") % {"amount": amount}
            if late
            else _("less of what is due arrives"),
            Direction.GAINING: _("more of what is due has arrived"),
        }
        return Sign("resources", label, direction, fact, phrases.get(direction, ""))
    return Sign(
        "resources", label, None, _("It takes a contribution that was due 90 days ago or earlier.")
    )


def milestones_sign(facts: Facts, stretches: Stretches) -> Sign:
    """Whether milestones are met by their day."""
    now, before = _due_within(facts.milestones, stretches)
    missed = sum(not one.in_time for one in now)
    phrases = {
        Direction.LOSING: ngettext(
            "%(number)s milestone was missed", "%(number)s milestones were missed", missed
        )
        % {"number": alone_in_words(missed)},
        Direction.GAINING: _("more milestones are met in time"),
    }
    return _deadlines_sign(
        "milestones",
        _("Milestones"),
        now,
        before,
        phrases,
        _("Met in time, of the milestones due in the last 90 days: %(now)s. Before: %(before)s."),
        _("It takes two milestones due in each stretch."),
    )


def actions_sign(facts: Facts, stretches: Stretches) -> Sign:
    """Whether actions are done by their day."""
    now, before = _due_within(facts.actions, stretches)
    phrases = {
        Direction.LOSING: _("fewer actions are done in time"),
        Direction.GAINING: _("more actions are done in time"),
    }
    return _deadlines_sign(
        "actions",
        _("Actions"),
        now,
        before,
        phrases,
        _("Done in time, of the actions due in the last 90 days: %(now)s. Before: %(before)s."),
        _("It takes two actions due in each stretch."),
    )


def newcomers_sign(facts: Facts, stretches: Stretches) -> Sign:
    """Whether people want in rather than out."""
    label = _("Offers and departures")
    offers_now, offers_before = _within(facts.offers, stretches)
    gone_now, gone_before = _within(facts.departures, stretches)
    if offers_now + offers_before + gone_now + gone_before < NEWCOMERS_AT_LEAST:
        return Sign("newcomers", label, None, _("It takes two offers or departures in 180 days."))
    now, before = offers_now - gone_now, offers_before - gone_before
    direction = _compared(before, now)
    fact = _(
        "Offers and departures in the last 90 days: %(offers_now)s and %(gone_now)s; in the 90 days "
        "before: %(offers_before)s and %(gone_before)s."
    ) % {
        "offers_now": alone_in_words(offers_now, "offer"),
        "gone_now": alone_in_words(gone_now),
        "offers_before": alone_in_words(offers_before, "offer"),
        "gone_before": alone_in_words(gone_before),
    }
    phrases = {
        Direction.LOSING: ngettext("%(number)s has left", "%(number)s have left", gone_now)
        % {"number": alone_in_words(gone_now)}
        if gone_now > gone_before
        else _("fewer offer to join or help"),
        Direction.GAINING: _("more offer to join or help")
        if offers_now > offers_before
        else _("fewer leave"),
    }
    return Sign("newcomers", label, direction, fact, phrases.get(direction, ""))


def measures_sign(facts: Facts, stretches: Stretches) -> Sign:
    """Whether the measures of how people work together move towards the better."""
    label = _("Metrics of how you work")
    moves = []
    for measure in facts.measures:
        before = measure.last(stretches.turn - STRETCH, stretches.turn)
        now = measure.last(stretches.turn, stretches.on)
        if before is None or now is None:
            continue
        moves.append(
            Direction.STEADY
            if measure.reaches(before.value) and measure.reaches(now.value)
            else _measure_moved(before.value, now.value, measure.higher_is_better)
        )
    if not moves:
        return Sign(
            "measures", label, None, _("It takes a means metric that was read in both stretches.")
        )
    better, worse = moves.count(Direction.GAINING), moves.count(Direction.LOSING)
    direction = _compared(worse, better)
    fact = _("Of %(all)s read in both stretches, better: %(better)s, worse: %(worse)s.") % {
        "all": alone_in_words(len(moves)),
        "better": alone_in_words(better),
        "worse": alone_in_words(worse),
    }
    phrases = {
        Direction.LOSING: ngettext(
            "%(number)s metric got worse", "%(number)s metrics got worse", worse
        )
        % {"number": alone_in_words(worse)},
        Direction.GAINING: ngettext(
            "%(number)s metric got better", "%(number)s metrics got better", better
        )
        % {"number": alone_in_words(better)},
    }
    return Sign("measures", label, direction, fact, phrases.get(direction, ""))


# In the order in which the sentence names them.
SIGNS: tuple[Callable[[Facts, Stretches], Sign], ...] = (
    attendance_sign,
    resources_sign,
    milestones_sign,
    actions_sign,
    newcomers_sign,
    measures_sign,
)


def _moved(before: Fraction, now: Fraction) -> Direction:
    """A share that changes by 10 points or more."""
    if now - before >= SHARE_MOVES:
        return Direction.GAINING
    if before - now >= SHARE_MOVES:
        return Direction.LOSING
    return Direction.STEADY


def _compared(before: int, now: int) -> Direction:
    if now > before:
        return Direction.GAINING
    return Direction.LOSING if now < before else Direction.STEADY


def _measure_moved(before: Decimal, now: Decimal, higher_is_better: bool) -> Direction:
    """A reading that changes by 5 % of the earlier one or more; from 0, any change is one."""
    change = now - before
    if change == 0 or abs(change) < abs(before) * MEASURE_MOVES:
        return Direction.STEADY
    return Direction.GAINING if (change > 0) == higher_is_better else Direction.LOSING


def _presence(meetings: Sequence[MeetingAttendance]) -> Fraction:
    """Of all who were asked, those who came, a stand-in as half."""
    came = sum(
        (meeting.person + meeting.stand_in * STAND_IN_COUNTS for meeting in meetings), Fraction(0)
    )
    return came / sum(meeting.asked for meeting in meetings)


def _came(meetings: Sequence[MeetingAttendance]) -> str:
    """Such as "19 of 24 came, four by stand-ins"."""
    stand_ins = sum(meeting.stand_in for meeting in meetings)
    return came_in_words(
        came=sum(meeting.came for meeting in meetings),
        asked=sum(meeting.asked for meeting in meetings),
        stand_ins=stand_ins,
    )


def _due_within(
    deadlines: Iterable[Deadline], stretches: Stretches
) -> tuple[list[Deadline], list[Deadline]]:
    """Those due in the latest stretch, and those due in the one before."""
    # What is not over yet is in neither; it may be due on the last day that there is.
    counted = [one for one in deadlines if one.counts and one.due_on < stretches.on]
    return (
        [one for one in counted if stretches.is_now(one.due_on + DAY)],
        [one for one in counted if stretches.is_before(one.due_on + DAY)],
    )


def _deadlines_sign(
    code: str,
    label: str,
    now: list[Deadline],
    before: list[Deadline],
    phrases: dict[Direction, str],
    fact: str,
    too_little: str,
) -> Sign:
    if min(len(now), len(before)) < DUE_AT_LEAST:
        return Sign(code, label, None, too_little)
    share = {
        name: Fraction(sum(one.in_time for one in due), len(due))
        for name, due in (("now", now), ("before", before))
    }
    direction = _moved(share["before"], share["now"])
    of = "action" if code == "actions" else ""
    said = fact % {
        name: _("%(part)s of %(all)s")
        % {
            "part": alone_in_words(sum(one.in_time for one in due), of),
            "all": alone_in_words(len(due), of),
        }
        for name, due in (("now", now), ("before", before))
    }
    return Sign(code, label, direction, said, phrases.get(direction, ""))


def _within(days_of: Iterable[dt.date], stretches: Stretches) -> tuple[int, int]:
    """How many lie in the latest stretch, and how many in the one before."""
    days_of = list(days_of)
    return (
        sum(stretches.is_now(day) for day in days_of),
        sum(stretches.is_before(day) for day in days_of),
    )


def _per_cent(share: Fraction) -> str:
    """A share as people write it, rounded down: what reads 100 is all of it."""
    return _("%(number)d %%") % {"number": int(share * 100)}
