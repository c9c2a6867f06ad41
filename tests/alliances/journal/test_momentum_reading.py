"""Momentum out of the database, and its page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alliances.models import (
    Action,
    Attendance,
    Contribution,
    JournalEntry,
    Metric,
    Participant,
    Reading,
    Receipt,
)
from alliances.services.momentum import read_facts, read_momentum
from alliances.services.momentum.facts import (
    Arrival,
    Deadline,
    Marker,
    Measure,
    Promise,
    Read,
)
from tests.alliances.conftest import House
from tests.alliances.journal.conftest import TODAY, ago, make_entry, make_meeting


def contribution(participant: Participant, kind: str = "money", **fields: Any) -> Contribution:
    return Contribution.objects.create(
        participant=participant,
        kind=kind,
        what="Cable",
        **{"amount": Decimal(100), "pledged_on": ago(200), "due_on": ago(150), **fields},
    )


def test_all_that_is_on_record(house: House) -> None:
    make_meeting(house, ago(5), ["person", "absent"])
    make_entry(house, "milestone", on=ago(50), due_on=ago(5), done_on=ago(4))
    make_entry(house, "marker", on=ago(50), level="love", done_on=ago(3))
    make_entry(house, "offer", on=ago(6), who="A neighbour")
    make_entry(house, "departure", on=ago(7), who="Ana")
    make_entry(house, "offer", on=ago(-6), who="Tomorrow")
    Action.objects.create(
        alliance=house.alliance, what="x", who="y", due_on=ago(8), dropped_on=ago(2)
    )
    money = contribution(house.council)
    time = contribution(house.council, "time", amount=Decimal(3), due_on=None, pledged_on=ago(199))
    contribution(house.council, "influence", amount=None)
    left = Participant.objects.create(alliance=house.alliance, name="Gone", status="left")
    contribution(left)
    Receipt.objects.create(contribution=money, on=ago(1), amount=Decimal("40.50"))
    Receipt.objects.create(contribution=money, on=ago(9), amount=Decimal(10))
    means = Metric.objects.create(
        alliance=house.alliance, kind="means", name="Pace", better="lower", target=Decimal(4)
    )
    ends = Metric.objects.create(alliance=house.alliance, kind="ends", name="Soot")
    Reading.objects.create(metric=means, on=ago(9), value=Decimal("7.5"))
    Reading.objects.create(metric=ends, on=ago(9), value=Decimal(7))
    # another alliance's
    other = Participant.objects.create(alliance=house.other, name="Far Shore", status="accepted")
    contribution(other)
    JournalEntry.objects.create(
        alliance=house.other, kind="offer", title="x", on=ago(6), who="Elsewhere"
    )

    facts = read_facts(alliance=house.alliance, on=TODAY)
    assert [(one.person, one.absent) for one in facts.meetings] == [(1, 1)]
    assert facts.milestones == (Deadline(ago(5), ago(4)),)
    assert facts.markers == (Marker("love", ago(3)),)
    assert (facts.offers, facts.departures) == ((ago(6),), (ago(7),))
    assert facts.actions == (Deadline(ago(8), None, ago(2)),)
    assert facts.promises == (
        Promise(
            Decimal(100),
            ago(200),
            ago(150),
            (Arrival(ago(9), Decimal(10)), Arrival(ago(1), Decimal("40.50"))),
        ),
        Promise(Decimal(3), ago(199), None, (), in_days=True),
    )
    assert facts.measures == (
        Measure("Pace", "", False, Decimal(4), (Read(ago(9), Decimal("7.5")),)),
    )
    assert time.pk


@pytest.mark.parametrize(("number", "parties"), [(10, 3), (200, 300)])
def test_constant_queries(
    house: House, number: int, parties: int, convener: Client, django_assert_num_queries: Any
) -> None:
    participants = Participant.objects.bulk_create(
        Participant(alliance=house.alliance, name=f"Organisation {place}", status="accepted")
        for place in range(parties)
    )
    today = dt.date.today()  # noqa: DTZ011 (the page's own day)
    for place in range(number):
        on = today - dt.timedelta(days=place)
        entry = make_entry(house, on=on)
        make_entry(house, "milestone", on=on)
        Attendance.objects.bulk_create(
            Attendance(entry=entry, participant=one, presence="person") for one in participants[:20]
        )
        pledge = contribution(participants[place % parties])
        Receipt.objects.create(contribution=pledge, on=on, amount=Decimal(1))
        metric = Metric.objects.create(alliance=house.alliance, kind="means", name=f"M{place}")
        Reading.objects.create(metric=metric, on=on, value=Decimal(1))
        Action.objects.create(alliance=house.alliance, what="x", who="y", due_on=on)
    with django_assert_num_queries(7):
        read_momentum(alliance=house.alliance, on=TODAY)
    # and session, user, alliance, membership
    with django_assert_num_queries(11):
        answer = convener.get(reverse("momentum", args=[house.alliance.pk]))
    assert answer.status_code == 200


def test_the_page_names_what_people_wrote_as_text(house: House, member: Client) -> None:
    today = dt.date.today()  # noqa: DTZ011 (the page's own day)
    metric = Metric.objects.create(
        alliance=house.alliance, kind="means", name="<i>Pace</i>", unit="<b>", target=Decimal(3)
    )
    for days in (20, 10):
        Reading.objects.create(
            metric=metric, on=today - dt.timedelta(days=days), value=Decimal(days)
        )
    page = member.get(reverse("momentum", args=[house.alliance.pk])).content.decode()
    assert "&lt;i&gt;Pace&lt;/i&gt;" in page
    assert "<i>Pace" not in page
    assert "style=" not in page
