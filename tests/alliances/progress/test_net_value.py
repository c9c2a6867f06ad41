"""Value against cost, by figures worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from alliances.models import Participant
from alliances.services.contributions.net_value import NetValue, net_value, time_beside, verdict
from tests.alliances.conftest import House
from tests.alliances.progress.made import TODAY, cost, day, pledge


def test_what_is_pledged_due_and_received(house: House) -> None:
    # due yesterday, half of it came
    pledge(
        house.council,
        "1000",
        due="2026-11-19",
        arrived=(("2026-06-01", "300"), ("2026-11-20", "200")),
    )
    # due today, and the day is not over; more came than was pledged: it makes up for nothing else
    pledge(house.council, "100.50", due="2026-11-20", arrived=(("2026-11-01", "150.25"),))
    # due tomorrow, some came already; a receipt of tomorrow does not count
    pledge(
        house.rail, "400", due="2026-11-21", arrived=(("2026-11-02", "50"), ("2026-11-21", "350"))
    )
    # no date: due from the day of the pledge on; a thing in kind
    pledge(house.rail, "70", kind="in-kind")
    # pledged tomorrow
    pledge(house.rail, "5000", on="2026-11-21")
    # time
    pledge(house.rail, "20", kind="time", due="2026-10-01", arrived=(("2026-09-01", "12.5"),))
    pledge(house.rail, "10", kind="time", due="2027-01-01")
    pledge(house.council, None, kind="influence", arrived=(("2026-09-01", None),))
    net = net_value(alliance=house.alliance, on=TODAY)
    assert net == NetValue(
        pledged=Decimal("1570.50"),  # 1000 + 100.50 + 400 + 70
        due=Decimal("1070"),  # 1000 + 70: without those of today and tomorrow
        received=Decimal("700.25"),  # 500 + 150.25 + 50
        cost_so_far=Decimal(0),
        cost_a_year=Decimal(0),
        days_pledged=Decimal(30),
        days_due=Decimal(20),
        days_received=Decimal("12.5"),
        due_received=Decimal("500"),  # 500 + 0 of the 70
        days_due_received=Decimal("12.5"),
        outstanding=Decimal("920"),  # 500 + 0 + 350 + 70
        costs=0,
    )
    assert net.balance == Decimal("700.25")


@pytest.mark.parametrize("status", ["declined", "left"])
def test_who_is_gone_owes_nothing_and_what_they_gave_stays(house: House, status: str) -> None:
    pledge(house.rail, "900", arrived=(("2026-03-01", "250"),))
    pledge(house.rail, "9", kind="time", arrived=(("2026-03-01", "4"),))
    Participant.objects.filter(pk=house.rail.pk).update(status=status)
    net = net_value(alliance=house.alliance, on=TODAY)
    assert (net.pledged, net.due, net.due_received, net.received) == (0, 0, 0, 250)
    assert (net.days_pledged, net.days_due, net.days_received) == (0, 0, 4)


@pytest.mark.parametrize(
    ("amount", "begins", "ends", "on", "so_far", "a_year"),
    [
        # Ten days at 10: both ends count.
        ("100", "2026-03-01", "2026-03-10", "2026-02-28", "0", "0"),
        ("100", "2026-03-01", "2026-03-10", "2026-03-01", "10", "3650"),
        ("100", "2026-03-01", "2026-03-10", "2026-03-04", "40", "3650"),
        ("100", "2026-03-01", "2026-03-10", "2026-03-10", "100", "3650"),
        ("100", "2026-03-01", "2026-03-10", "2026-03-11", "100", "0"),
        # One day.
        ("7.77", "2026-03-01", "2026-03-01", "2026-03-01", "7.77", "2836.05"),
        # The year 2028 has 366 days: 31 + 29 of them by the end of February, 100 a day.
        ("36600", "2028-01-01", "2028-12-31", "2028-02-29", "6000", "36500"),
        # 2026 has 365, and 31 + 28 by then.
        ("36500", "2026-01-01", "2026-12-31", "2026-02-28", "5900", "36500"),
        # Thirds of a cent: 1 / 3 a day, 0.333… then 0.666…; 365 / 3 = 121.666…
        ("1", "2026-03-01", "2026-03-03", "2026-03-01", "0.33", "121.67"),
        ("1", "2026-03-01", "2026-03-03", "2026-03-02", "0.67", "121.67"),
        # Half a cent a day: rounded half up.
        ("0.01", "2026-03-01", "2026-03-02", "2026-03-01", "0.01", "1.83"),
        # All the days that a date can be: 3,652,059 of them.
        ("3652059", "0001-01-01", "9999-12-31", "0001-01-31", "31", "365"),
    ],
)
def test_a_cost_is_spread_over_its_days(
    house: House, amount: str, begins: str, ends: str, on: str, so_far: str, a_year: str
) -> None:
    cost(house.alliance, amount, begins, ends)
    net = net_value(alliance=house.alliance, on=day(on))
    assert (net.cost_so_far, net.cost_a_year) == (Decimal(so_far), Decimal(a_year))
    assert net.costs == 1


def test_costs_are_added_before_they_are_rounded(house: House) -> None:
    for _ in range(3):
        cost(house.alliance, "1", "2026-03-01", "2026-03-03")
    net = net_value(alliance=house.alliance, on=day("2026-03-01"))
    assert (net.cost_so_far, net.cost_a_year) == (Decimal(1), Decimal(365))


def test_another_alliance_counts_for_nothing(house: House) -> None:
    pledge(Participant.objects.create(alliance=house.other, name="Elsewhere"), "50")
    cost(house.other, "100", "2026-01-01", "2026-12-31")
    net = net_value(alliance=house.alliance, on=TODAY)
    assert (net.pledged, net.cost_so_far, net.costs) == (0, 0, 0)


def test_large_sums_are_exact(house: House) -> None:
    for _ in range(3):
        pledge(house.rail, "999999999999.99", arrived=(("2026-02-01", "999999999999.99"),))
    net = net_value(alliance=house.alliance, on=TODAY)
    assert net.pledged == net.received == Decimal("2999999999999.97")


@pytest.mark.parametrize(
    ("pledged", "due", "arrived", "spent", "sentences"),
    [
        ("100", True, "100", None, ["What it costs to run the alliance is not on record."]),
        (
            "1000",
            True,
            "600",
            "600",
            [
                "What has arrived covers what it has cost so far.",
                "600\u00a0EUR came in, and running it cost 600\u00a0EUR.",
            ],
        ),
        (
            "1000",
            True,
            "600",
            "1000",
            [
                "What has arrived does not cover what it has cost so far.",
                "600\u00a0EUR came in, and running it cost 1,000\u00a0EUR.",
                "The gap is 400\u00a0EUR. What is due and has not arrived would close it.",
            ],
        ),
        (
            "1000",
            False,
            "600",
            "900.01",
            [
                "What has arrived does not cover what it has cost so far.",
                "600\u00a0EUR came in, and running it cost 900.01\u00a0EUR.",
                "The gap is 300.01\u00a0EUR. Only pledges that are not due yet would close it.",
            ],
        ),
        (
            "1000",
            True,
            "600",
            "1000.01",
            [
                "What has arrived does not cover what it has cost so far.",
                "600\u00a0EUR came in, and running it cost 1,000.01\u00a0EUR.",
                "The gap is 400.01\u00a0EUR. All that is pledged would not close it.",
            ],
        ),
    ],
)
def test_the_verdict_in_words(
    house: House, pledged: str, due: bool, arrived: str, spent: str | None, sentences: list[str]
) -> None:
    pledge(
        house.rail,
        pledged,
        due="2026-10-01" if due else "2027-10-01",
        arrived=(("2026-09-01", arrived),),
    )
    if spent is not None:
        cost(house.alliance, spent, "2026-01-01", "2026-01-31")
    net = net_value(alliance=house.alliance, on=TODAY)
    assert verdict(net, currency="EUR") == sentences
    assert time_beside(net) == ""


def test_what_arrived_early_is_not_counted_twice(house: House) -> None:
    # 300 of the 400 that are due next year came already: 100 are left, and the gap is 200.
    pledge(house.rail, "400", due="2027-10-01", arrived=(("2026-09-01", "300"),))
    cost(house.alliance, "500", "2026-01-01", "2026-01-31")
    [*_, last] = verdict(net_value(alliance=house.alliance, on=TODAY), currency="EUR")
    assert last == "The gap is 200\u00a0EUR. All that is pledged would not close it."


def test_a_cost_to_come_is_on_record_and_nothing_is_spent(house: House) -> None:
    cost(house.alliance, "500", "2027-01-01", "2027-01-31")
    net = net_value(alliance=house.alliance, on=TODAY)
    assert verdict(net, currency="EUR") == ["The alliance has cost nothing so far."]


def test_time_stands_beside_and_is_never_money(house: House) -> None:
    pledge(house.rail, "20", kind="time", arrived=(("2026-09-01", "12.5"),))
    net = net_value(alliance=house.alliance, on=TODAY)
    assert (net.pledged, net.received) == (0, 0)
    assert time_beside(net) == (
        "Beside it stand 12.5\u00a0days of people’s time. They are not turned into money."
    )
