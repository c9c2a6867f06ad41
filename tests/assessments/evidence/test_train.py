"""The northbound train: each state by a case that one can count."""

from __future__ import annotations

from typing import Any

import pytest

from alliances.models import (
    Alliance,
    Contribution,
    InternalStakeholder,
    Metric,
    Participant,
    Reading,
    Receipt,
    RunningCost,
)
from assessments.models import Bank, Result, Round
from tests.assessments.evidence.records import (
    ago,
    found,
    make_entry,
    make_meeting,
    make_milestone,
    moment,
    state_of,
)
from tests.factories import make_alliance, make_bank, make_participant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("came", "state", "fact"),
    [
        # who came of 20 asked, meeting by meeting, oldest first
        ([20, 19], "met", "95\xa0% came, 100\xa0% before"),  # a twentieth less
        ([20, 18], "partly", "90\xa0% came, 100\xa0% before"),
        ([20, 17], "partly", "85\xa0% came, 100\xa0% before"),  # three twentieths less
        ([20, 16], "not", "80\xa0% came, 100\xa0% before"),
        ([10, 20], "met", "100\xa0% came, 50\xa0% before"),
    ],
)
def test_attendance_holds(came, state, fact):
    alliance = make_alliance()
    for _ in range(20):
        make_participant(alliance)
    # two meetings each: four in all, two against two
    for place, number in enumerate(n for n in came for _ in range(2)):
        make_meeting(alliance, 100 - place, person=number, absent=20 - number)
    assert found(alliance, "northbound-train")["attendance-holds"] == (state, 2, fact)


def test_a_stand_in_came_too_and_three_meetings_are_too_few():
    alliance = make_alliance()
    for _ in range(2):
        make_participant(alliance)
    for days in (40, 30, 20):
        make_meeting(alliance, days, person=2)
    assert state_of(alliance, "attendance-holds")[0] == "n/a"
    make_meeting(alliance, 10, stand_in=2)
    assert state_of(alliance, "attendance-holds") == (
        "met",
        "100\xa0% came, 100\xa0% before",
    )
    make_meeting(alliance, -1, absent=2)  # on the day after
    assert state_of(alliance, "attendance-holds")[0] == "met"


def pledge(
    participant: Participant,
    amount: int | None,
    received: int = 0,
    *,
    kind: str = "money",
    due: int | None = 10,
    on: int = 5,
) -> None:
    """Pledged 100 days ago; due, and received on, so many days ago."""
    contribution = Contribution.objects.create(
        participant=participant,
        kind=kind,
        what="Something",
        amount=amount,
        pledged_on=ago(100),
        due_on=None if due is None else ago(due),
    )
    if received:
        Receipt.objects.create(contribution=contribution, on=ago(on), amount=received)


@pytest.mark.parametrize(
    ("pledges", "state", "fact"),
    [
        # (amount, received) of each
        ([(1000, 900)], "met", "900 of 1,000\xa0EUR due"),
        ([(1000, 899)], "partly", "899 of 1,000\xa0EUR due"),
        ([(1000, 500)], "partly", "500 of 1,000\xa0EUR due"),
        ([(1000, 499)], "not", "499 of 1,000\xa0EUR due"),
        # what one gave too much does not make up for what another owes
        ([(1000, 1900), (1000, 0)], "partly", "1,000 of 2,000\xa0EUR due"),
    ],
)
def test_pledges_received(pledges, state, fact):
    alliance = make_alliance()
    for amount, received in pledges:
        pledge(make_participant(alliance), amount, received)
    assert found(alliance, "northbound-train")["pledges-received"] == (state, 2, fact)


def test_things_in_kind_count_and_time_influence_and_what_is_not_due_do_not():
    alliance = make_alliance()
    participant = make_participant(alliance)
    pledge(participant, 30, kind="time")
    pledge(participant, None, kind="influence")
    pledge(participant, 1000, due=0)  # the day is not over
    assert state_of(alliance, "pledges-received")[0] == "n/a"
    pledge(participant, 400, 100, kind="in-kind", due=1)
    pledge(participant, 400, 300, due=None, on=0)
    pledge(participant, 200, 200, on=-1)  # arrives tomorrow
    assert state_of(alliance, "pledges-received") == (
        "not",
        "400 of 1,000\xa0EUR due",
    )


@pytest.mark.parametrize(
    ("offers", "departures", "state", "fact"),
    [
        (2, 1, "met", "2 offers, 1 departure"),
        (1, 0, "met", "1 offer, 0 departures"),
        (1, 1, "partly", "1 offer, 1 departure"),
        (1, 2, "not", "1 offer, 2 departures"),
        (0, 1, "not", "0 offers, 1 departure"),
        (0, 0, "n/a", "Neither within a year"),
    ],
)
def test_joining_over_leaving(offers, departures, state, fact):
    alliance = make_alliance()
    for _ in range(offers):
        make_entry(alliance, "offer", 364)
    for _ in range(departures):
        make_entry(alliance, "departure", 0)
    for kind in ("offer", "departure"):
        make_entry(alliance, kind, 365)  # more than a year ago
        make_entry(alliance, kind, -1)  # tomorrow
    make_entry(alliance, "escalation", 5)
    assert found(alliance, "northbound-train")["joining-over-leaving"] == (state, 1, fact)


@pytest.mark.parametrize(
    ("milestones", "state", "fact"),
    [
        ([(9, 9), (9, 30), (5, 5), (1, 1), (9, None)], "met", "4 of 5 met by their date"),
        ([(9, 9), (9, 9), (9, 9), (9, 8)], "partly", "3 of 4 met by their date"),
        ([(9, 9), (1, None)], "partly", "1 of 2 met by their date"),
        ([(9, 9), (9, None), (9, 8)], "not", "1 of 3 met by their date"),
    ],
)
def test_milestones_met(milestones, state, fact):
    alliance = make_alliance()
    for due, done in milestones:
        make_milestone(alliance, due, done)
    make_milestone(alliance, 0)  # the day is not over
    make_milestone(alliance, 0, 0)
    make_entry(alliance, "marker", 50, level="like", due_on=ago(9))  # a hope, not a milestone
    assert found(alliance, "northbound-train")["milestones-met"] == (state, 2, fact)


def test_a_milestone_that_is_not_due_says_nothing():
    alliance = make_alliance()
    make_milestone(alliance, 0, 5)
    assert state_of(alliance, "milestones-met")[0] == "n/a"


@pytest.mark.parametrize(
    ("metrics", "state", "fact"),
    [
        # (kind, read so many days ago)
        (
            [("means", 0), ("means", 9), ("ends", 89)],
            "met",
            "2 of means, 1 of ends read",
        ),
        ([("means", 89), ("ends", 90)], "partly", "1 of means, 0 of ends read"),
        ([("ends", 5)], "partly", "0 of means, 1 of ends read"),
        ([("means", -1), ("ends", None)], "not", "0 of means, 0 of ends read"),
        ([], "n/a", "Nothing on record yet"),
    ],
)
def test_means_and_ends(metrics, state, fact):
    alliance = make_alliance()
    for kind, days in metrics:
        metric = Metric.objects.create(alliance=alliance, kind=kind, name="Something")
        Reading.objects.create(metric=metric, on=ago(200), value=1)
        if days is not None:
            Reading.objects.create(metric=metric, on=ago(days), value=1)
    assert found(alliance, "northbound-train")["means-and-ends"] == (state, 1, fact)


def stakeholders(alliance: Alliance, *houses: str) -> None:
    """Of each house the stances of its units, by a letter each: supports, undecided, against."""
    stances = {"s": "supports", "u": "undecided", "a": "against"}
    for house in houses:
        participant = make_participant(alliance)
        for letter in house:
            InternalStakeholder.objects.create(
                participant=participant, unit="Unit", stance=stances[letter]
            )


@pytest.mark.parametrize(
    ("houses", "state", "fact"),
    [
        (("ss", "s", "u"), "met", "3 of 4 units support it"),
        (("s", "s", "u"), "partly", "2 of 3 units support it"),
        (("s", "s", "ua"), "partly", "2 of 4 units support it"),
        (("s", "u", "a"), "not", "1 of 3 units supports it"),
        (
            ("ss", "ss"),
            "n/a",
            "Fewer than three have recorded any",
        ),  # two houses: each would read the other
    ],
)
def test_own_houses(houses, state, fact):
    alliance = make_alliance()
    stakeholders(alliance, *houses)
    assert found(alliance, "northbound-train")["own-houses"] == (state, 1, fact)


@pytest.mark.parametrize(
    ("pledged", "received", "state", "fact"),
    [
        (1000, 1000, "met", "1,000 in, 1,000\xa0EUR spent"),
        (1000, 999, "partly", "999 in, 1,000\xa0EUR spent"),
        (999, 500, "not", "500 in, 1,000\xa0EUR spent"),
    ],
)
def test_value_over_cost(pledged, received, state, fact):
    alliance = make_alliance()
    pledge(make_participant(alliance), pledged, received)
    # 100 days, of which 50 are over with the day: 1000 of 2000
    RunningCost.objects.create(
        alliance=alliance, what="Office", amount=2000, begins_on=ago(49), ends_on=ago(-50)
    )
    assert found(alliance, "northbound-train")["value-over-cost"] == (state, 1, fact)


def test_what_has_cost_nothing_yet_says_nothing():
    alliance = make_alliance()
    pledge(make_participant(alliance), 500, 500)
    RunningCost.objects.create(
        alliance=alliance, what="Office", amount=1000, begins_on=ago(-1), ends_on=ago(-50)
    )
    assert state_of(alliance, "value-over-cost")[0] == "n/a"


def train_bank(version: int = 1) -> Bank:
    return make_bank(
        "readiness",
        version=version,
        shape=(2,),
        change=lambda bank: bank.dimensions.update(code="northbound-train"),
    )


def publish(alliance: Alliance, bank: Bank, days: int, score: float | None, **changes: Any) -> None:
    """A published result of a round that closed so many days ago."""
    round_ = Round.objects.create(
        alliance=alliance,
        bank=bank,
        name=f"Round {days}",
        mode="confidential",
        status="closed",
        opened_at=moment(days + 20),
        closes_on=ago(days),
        closed_at=moment(days),
    )
    Result.objects.create(
        round=round_,
        scoring="1",
        document={
            "bank": {"code": bank.code, "version": bank.version, "digest": bank.digest},
            "elements": [{"code": "northbound-train", "score": score, **changes}],
        },
        digest="sha256:a",
        responses_digest="sha256:b",
    )


@pytest.mark.parametrize(
    ("before", "now", "state", "fact"),
    [
        (71.25, 71.25, "met", "Score 71, after 71"),
        (71.25, 71.24, "partly", "Score 71, after 71"),
        (71.25, 61.26, "partly", "Score 61, after 71"),
        (71.25, 61.25, "not", "Score 61, after 71"),  # lower by ten
        (5, 95, "met", "Score 95, after 5"),
    ],
)
def test_pulse(before, now, state, fact):
    alliance, bank = make_alliance(), train_bank()
    publish(alliance, bank, 300, 99)
    publish(alliance, bank, 200, before)
    publish(alliance, bank, 0, now)
    publish(alliance, bank, -1, 10)  # closes tomorrow
    assert found(alliance, "northbound-train")["pulse"] == (state, 1, fact)


def test_one_score_is_no_pulse():
    alliance, bank = make_alliance(), train_bank()
    publish(alliance, bank, 100, 60)
    assert state_of(alliance, "pulse")[0] == "n/a"


def test_what_was_withheld_is_passed_over():
    alliance, bank = make_alliance(), train_bank()
    publish(alliance, bank, 100, 60)
    publish(alliance, bank, 50, None, withheld=True)
    assert state_of(alliance, "pulse")[0] == "n/a"
    publish(alliance, bank, 20, 55)
    assert state_of(alliance, "pulse") == ("partly", "Score 55, after 60")


def test_the_pulse_is_that_of_one_version_of_one_bank():
    alliance, bank = make_alliance(), train_bank()
    publish(alliance, bank, 100, 80)
    newer = train_bank(2)
    publish(alliance, newer, 50, 40)
    assert state_of(alliance, "pulse")[0] == "n/a"
    publish(alliance, bank, 20, 75)  # the newest decides which bank
    assert state_of(alliance, "pulse") == ("partly", "Score 75, after 80")


def test_no_other_alliance_is_looked_at():
    bank = train_bank()
    other = make_alliance("Other")
    publish(other, bank, 100, 80)
    publish(other, bank, 50, 80)
    stakeholders(other, "s", "s", "s")
    make_milestone(other, 9)
    make_entry(other, "offer", 5)
    Metric.objects.create(alliance=other, kind="ends", name="Something")
    checks = found(make_alliance(), "northbound-train")
    assert {state for state, _points, _fact in checks.values()} == {"n/a"}
