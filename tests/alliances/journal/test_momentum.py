"""Momentum's rules, on figures worked out by hand; no database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from alliances.services.attendance import MeetingAttendance
from alliances.services.momentum import (
    Direction,
    Facts,
    Sign,
    Verdict,
    momentum_of,
    momentum_pictures,
    read_signs,
)
from alliances.services.momentum.facts import Deadline, Measure, Promise
from alliances.services.momentum.sentence import month_ends, verdict_of
from tests.alliances.journal.conftest import TODAY, ago
from tests.alliances.journal.facts import due, measured, met, pledged

G, S, L = Direction.GAINING, Direction.STEADY, Direction.LOSING


def sign(code: str, facts: Facts, on: dt.date = TODAY) -> Sign:
    [found] = [one for one in read_signs(facts, on) if one.code == code]
    return found


# Attendance


BEFORE = (met(150, 10), met(120, 10))  # 20 of 20


@pytest.mark.parametrize(
    ("meetings", "direction", "phrase"),
    [
        # 18 of 20 is 90 %: ten points less
        ((*BEFORE, met(50, 9, 0, 1), met(20, 9, 0, 1)), L, "fewer come to meetings"),
        # a stand-in counts half: 9.5 of 10 and 9 of 10 is 92.5 %, not ten points
        ((*BEFORE, met(50, 9, 1), met(20, 8, 2)), S, ""),
        # 8 and 8 of 10: 90 %, but all of them came
        ((*BEFORE, met(50, 8, 2), met(20, 8, 2)), L, "more send stand-ins to meetings"),
        # from 80 % to 90 %
        (
            (met(150, 8, 0, 2), met(120, 8, 0, 2), met(50, 9, 0, 1), met(20, 9, 0, 1)),
            G,
            "more come to meetings",
        ),
        ((met(150, 6, 4), met(120, 6, 4), met(50, 10), met(20, 10)), G, "more come to meetings in person"),
        (BEFORE, L, "no meeting was held for 90 days"),
        ((*BEFORE, met(50, 10)), None, ""),
        ((met(120, 10), met(50, 10), met(20, 2, 0, 8)), None, ""),
        ((), None, ""),
        # the edges: 90 days ago is before, 89 is now, 180 is too long ago
        ((met(180, 1, 0, 9), met(179, 10), met(90, 10), met(89, 9, 0, 1), met(0, 9, 0, 1)), L, "fewer come to meetings"),
    ],
)  # fmt: skip
def test_attendance(
    meetings: tuple[MeetingAttendance, ...], direction: Direction | None, phrase: str
) -> None:
    found = sign("attendance", Facts(meetings=meetings))
    assert (found.direction, found.phrase) == (direction, phrase)


def test_attendance_in_words() -> None:
    facts = Facts(meetings=(met(150, 8), met(120, 7, 1), met(50, 4, 1, 3), met(20, 4, 1, 3)))
    assert sign("attendance", facts).fact == (
        "In the last 90 days 10 of 16 came, two by stand-ins; in the 90 days before, 16 of 16 came, "
        "one by a stand-in."
    )


# Resources


@pytest.mark.parametrize(
    ("promises", "direction", "phrase"),
    [
        # 100 of 100 then; 100 of 220 now
        ((pledged(100, 200, (199, 100)), pledged(120, 50)), L, "120\u00a0EUR are late"),
        # 100 of 100 then; 108 of 120 is 90 %: ten points less
        ((pledged(100, 200, (199, 100)), pledged(20, 50, (40, 8))), L, "12\u00a0EUR are late"),
        # 109 of 120 is less than ten points down
        ((pledged(100, 200, (199, 100)), pledged(20, 50, (40, 9))), S, ""),
        # nothing of 100 then, all of it now
        ((pledged(100, 200, (10, 100)),), G, "more of what is due has arrived"),
        # too much of one makes up for no other: half is there, then and now
        ((pledged(100, 200, (199, 200)), pledged(100, 190)), S, ""),
        # what came before it was due is no shortfall later
        ((pledged(100, 200, (199, 100)), pledged(100, 50, (120, 100))), S, ""),
        # without a day it is due from the pledge on and never late
        ((pledged(100, 200, (199, 100)), pledged(100, None, made=30)), L, "less of what is due arrives"),
        # due today counts from tomorrow
        ((pledged(100, 200, (199, 100)), pledged(900, 0)), S, ""),
        # nothing was due 90 days ago
        ((pledged(100, 50),), None, ""),
        ((), None, ""),
        # days of people's time count where no money is due
        ((pledged(10, 200, (199, 10), in_days=True), pledged(10, 50, in_days=True)), L, "10\u00a0days are late"),
        # time that was given does not speak for money that was not, and was not due 90 days ago
        ((pledged(10, 200, (199, 10), in_days=True), pledged(50_000, 60)), None, ""),
        # and not where some is
        ((pledged(1, 200, (199, 1)), pledged(10, 200, (199, 10), in_days=True), pledged(10, 50, in_days=True)), S, ""),
    ],
)  # fmt: skip
def test_resources(promises: tuple[Promise, ...], direction: Direction | None, phrase: str) -> None:
    found = sign("resources", Facts(promises=promises))
    assert (found.direction, found.phrase) == (direction, phrase)


def test_resources_in_words() -> None:
    facts = Facts(
        currency="NOK", promises=(pledged(300_000, 200, (199, 300_000)), pledged(120_000, 50))
    )
    # 300 of 420 is 71.4 %
    assert sign("resources", facts).fact == (
        "71 % of what is due has arrived; 90 days ago it was 100 %. 120,000\u00a0NOK are late."
    )


# Milestones and actions


KEPT = (due(150, 150), due(120, 130))  # two of two, one on the day and one early


@pytest.mark.parametrize(
    ("deadlines", "direction"),
    [
        ((*KEPT, due(50), due(20)), L),
        ((*KEPT, due(50, 49), due(20, 20)), L),  # a day late is late
        ((*KEPT, due(50, 60), due(20, 20)), S),
        ((due(150), due(120), due(50, 60), due(20)), G),
        ((*KEPT, due(50)), None),
        ((due(120, 120), due(50), due(20)), None),
        # due today counts from tomorrow: there is but one
        ((*KEPT, due(50, 50), due(0)), None),
        # due 90 days ago is over since 89: it belongs to the latest stretch
        ((*KEPT, due(90), due(50)), L),
        # dropped in time it is left out, dropped too late it is missed
        ((*KEPT, due(50, 50), due(20, None, 20)), None),
        ((*KEPT, due(50, 50), due(20, None, 19)), L),
    ],
)
def test_deadlines(deadlines: tuple[Deadline, ...], direction: Direction | None) -> None:
    assert sign("milestones", Facts(milestones=deadlines)).direction == direction
    assert sign("actions", Facts(actions=deadlines)).direction == direction


def test_a_deadline_on_the_last_day_that_there_is() -> None:
    """What never ends is due after it."""
    forever = Deadline(due_on=dt.date.max, done_on=None, dropped_on=None)
    for code, facts in (
        ("milestones", Facts(milestones=(forever,))),
        ("actions", Facts(actions=(forever,))),
    ):
        assert sign(code, facts).direction is None


def test_milestones_in_words() -> None:
    found = sign("milestones", Facts(milestones=(*KEPT, due(60, 10), due(50), due(20, 20))))
    assert (found.fact, found.phrase) == (
        "Met in time, of the milestones due in the last 90 days: one of three. Before: two of two.",
        "two milestones were missed",
    )


# Offers and departures


@pytest.mark.parametrize(
    ("offers", "departures", "direction", "phrase"),
    [
        ((10, 20), (), G, "more offer to join or help"),
        ((100,), (20,), L, "one has left"),
        ((100, 110), (), L, "fewer offer to join or help"),
        ((), (100, 110), G, "fewer leave"),
        ((100, 20), (), S, ""),
        ((20,), (30,), S, ""),
        ((20,), (), None, ""),
        ((20, 181), (), None, ""),
    ],
)
def test_newcomers(
    offers: tuple[int, ...], departures: tuple[int, ...], direction: Direction | None, phrase: str
) -> None:
    facts = Facts(
        offers=tuple(ago(days) for days in offers),
        departures=tuple(ago(days) for days in departures),
    )
    found = sign("newcomers", facts)
    assert (found.direction, found.phrase) == (direction, phrase)


# Metrics


@pytest.mark.parametrize(
    ("measures", "direction"),
    [
        # 5 % of 100 is a move, 4.9 % is none
        ((measured((120, "100"), (30, "105")),), G),
        ((measured((120, "100"), (30, "104.9")),), S),
        ((measured((120, "100"), (30, "95")),), L),
        ((measured((120, "100"), (30, "95"), higher=False),), G),
        # from nought any change is a move
        ((measured((120, "0"), (30, "0.1")),), G),
        ((measured((120, "0"), (30, "0")),), S),
        # both reach the target
        ((measured((120, "20"), (30, "12"), target="10"),), S),
        ((measured((120, "20"), (30, "9"), target="10"),), L),
        ((measured((120, "5"), (30, "9"), higher=False, target="9"),), S),
        # the last reading of each stretch counts
        ((measured((150, "1"), (100, "100"), (80, "1"), (1, "200")),), G),
        # one better, one worse
        ((measured((120, "1"), (30, "2")), measured((120, "2"), (30, "1"))), S),
        # none read in both
        ((measured((181, "1"), (30, "2")), measured((120, "2"))), None),
    ],
)
def test_measures(measures: tuple[Measure, ...], direction: Direction | None) -> None:
    assert sign("measures", Facts(measures=measures)).direction == direction


# Together


@pytest.mark.parametrize(
    ("directions", "verdict"),
    [
        ([], Verdict.UNKNOWN),
        ([L], Verdict.UNKNOWN),
        ([L, None], Verdict.UNKNOWN),
        ([L, S], Verdict.STEADY),  # one alone turns nothing
        ([L, L], Verdict.LOSING),
        ([G, G, L], Verdict.GAINING),
        ([G, G, L, L], Verdict.STEADY),
        ([L, L, L, G, G, S], Verdict.LOSING),
        ([S, S], Verdict.STEADY),
        ([G, S, S, S], Verdict.STEADY),
    ],
)
def test_verdict(directions: list[Direction | None], verdict: Verdict) -> None:
    assert verdict_of([Sign("", "", direction, "") for direction in directions]) == verdict


SLOWING = Facts(
    # full until May, half since June
    meetings=tuple(
        met(days, 10) if days > 170 else met(days, 5, 0, 5)
        for days in (350, 320, 290, 260, 230, 200, 165, 135, 105, 75, 45, 15)
    ),
    # kept until May, missed since June
    actions=tuple(due(days, days if days > 180 else None) for days in range(340, 10, -15)),
)


def test_since_when_it_has_been_losing() -> None:
    """Both signs compare 90 days with 90: what turned in June shows from the end of June on, and
    three months after the stretch before is as bad as the latest, so that it holds again."""
    found = momentum_of(SLOWING, dt.date(2026, 9, 15))
    assert found.verdict == Verdict.LOSING
    assert found.since == dt.date(2026, 6, 1)
    assert found.sentence == (
        "The train has been losing speed since June: fewer come to meetings, fewer actions are "
        "done in time."
    )
    later = momentum_of(SLOWING, TODAY)
    assert (later.verdict, later.sentence) == (
        Verdict.STEADY,
        "The train has been holding its speed since November: no sign has moved.",
    )


def test_a_month_of_another_year_is_named_with_it() -> None:
    facts = replace(
        SLOWING,
        meetings=tuple(
            replace(one, on=one.on + dt.timedelta(days=160)) for one in SLOWING.meetings
        ),
        actions=tuple(
            replace(
                one,
                due_on=one.due_on + dt.timedelta(days=160),
                done_on=one.done_on and one.done_on + dt.timedelta(days=160),
            )
            for one in SLOWING.actions
        ),
    )
    found = momentum_of(facts, dt.date(2027, 1, 20))
    assert found.finding == "The train has been losing speed since November\u00a02026:"


def test_a_run_longer_than_a_year() -> None:
    # every 30 days, without an end: each stretch has the same
    facts = Facts(
        meetings=tuple(met(days, 8) for days in range(900, 0, -30)),
        actions=tuple(due(days, days) for days in range(900, 0, -20)),
    )
    found = momentum_of(facts, TODAY)
    assert (found.verdict, found.since, found.is_long) == (Verdict.STEADY, None, True)
    assert found.finding == "The train has been holding its speed for a year or more:"


def test_too_little_to_say() -> None:
    found = momentum_of(Facts(), TODAY)
    assert (found.verdict, found.since) == (Verdict.UNKNOWN, None)
    assert found.sentence == (
        "Too little is on record to say whether the train gains or loses speed."
    )
    assert len(found.untold) == 6
    assert momentum_pictures(found) == []


def test_three_reasons_are_named_attendance_and_resources_first() -> None:
    facts = Facts(
        meetings=(*BEFORE, met(50, 2, 0, 8), met(20, 2, 0, 8)),
        promises=(pledged(100, 200, (199, 100)), pledged(120_000, 50)),
        milestones=(*KEPT, due(50), due(20), due(10)),
        actions=(*KEPT, due(50), due(20)),
    )
    found = momentum_of(facts, TODAY)
    assert found.reasons == (
        "fewer come to meetings, 120,000\u00a0EUR are late, three milestones were missed."
    )
    assert [one.code for one in found.losing] == [
        "attendance",
        "resources",
        "milestones",
        "actions",
    ]


def test_as_many_for_it_as_against_it() -> None:
    facts = Facts(
        meetings=(*BEFORE, met(50, 2, 0, 8), met(20, 2, 0, 8)),
        offers=(ago(10), ago(20)),
    )
    assert momentum_of(facts, TODAY).reasons == "signs of gaining: one and signs of losing: one."


def test_what_came_later_changes_no_earlier_day() -> None:
    """A verdict on a day looks at nothing after it."""
    on = dt.date(2026, 9, 15)
    later = Facts(
        meetings=(*SLOWING.meetings, met(2, 10), met(1, 10)),
        promises=(pledged(100, 20, (10, 100), made=30),),
        milestones=(due(10, 10), due(5)),
        actions=(*SLOWING.actions, due(3, 3)),
        offers=(ago(1), ago(2)),
        departures=(ago(1),),
        measures=(measured((5, "1"), (4, "2")),),
    )
    assert read_signs(later, on) == read_signs(SLOWING, on)


def test_the_ends_of_months() -> None:
    assert month_ends(dt.date(2026, 3, 31), 3) == [
        dt.date(2026, 2, 28),
        dt.date(2026, 1, 31),
        dt.date(2025, 12, 31),
    ]
