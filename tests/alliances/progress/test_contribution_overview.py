"""Pledges as the pages show them: how late, what the finding says, the picture, the table."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from alliances.models import (
    CharterSection,
    CharterVersion,
    Participant,
    Receipt,
    User,
)
from alliances.services.contributions.keeping import (
    record_receipt,
)
from alliances.services.contributions.overview import contribution_page, contributions_overview
from alliances.services.contributions.pledges import pledge_of
from tests.alliances.conftest import House
from tests.alliances.progress.made import TODAY, pledge

# How late


@pytest.mark.parametrize(
    ("due", "arrived", "late", "days"),
    [
        ("2026-11-21", (), 0, 0),
        ("2026-11-20", (), 0, 0),  # it has the whole day
        ("2026-11-19", (), 100, 1),
        ("2026-10-06", (("2026-10-01", "30"),), 70, 45),
        ("2026-10-06", (("2026-11-21", "100"),), 100, 45),  # comes tomorrow
        ("2026-10-06", (("2026-11-20", "100"),), 0, 0),
        ("2026-10-06", (("2026-11-20", "120"),), 0, 0),
        (None, (), 0, 0),
    ],
)
def test_how_late_a_pledge_is(
    house: House, due: str | None, arrived: tuple[tuple[str, str], ...], late: int, days: int
) -> None:
    found = pledge_of(contribution=pledge(house.rail, "100", due=due, arrived=arrived), on=TODAY)
    assert (found.late, found.days_late, found.is_late) == (late, days, days > 0)


def test_influence_is_late_until_it_shows(house: House) -> None:
    made = pledge(house.rail, None, kind="influence", due="2026-11-10")
    assert pledge_of(contribution=made, on=TODAY).days_late == 10
    Receipt.objects.create(contribution=made, on=TODAY)
    assert pledge_of(contribution=made, on=TODAY).days_late == 0


# What the page says


def said(house: House) -> str:
    overview = contributions_overview(alliance=house.alliance, on=TODAY)
    return " ".join([overview.finding, *overview.aside, *overview.beside]).replace("\u00a0", " ")


def test_nothing_is_pledged(house: House) -> None:
    assert said(house) == "Nothing is pledged."
    overview = contributions_overview(alliance=house.alliance, on=TODAY)
    # the rail has not accepted, so nobody waits for its pledge
    assert overview.silent == [house.council]
    assert (overview.lines, overview.axis) == ([], None)


def test_some_has_arrived_and_the_largest_debt_is_named(house: House) -> None:
    pledge(house.council, "360000", due="2026-09-01", arrived=(("2026-08-01", "310000"),))
    pledge(house.rail, "120000", due="2026-10-06")
    assert said(house) == (
        "Of 480,000 EUR pledged and due, 310,000 have arrived. "
        "Eastline Rail is 45 days late with 120,000. One more organisation is late."
    )


@pytest.mark.parametrize(
    ("pledges", "sentence"),
    [
        ([{"due": "2026-12-01"}], "100 EUR are pledged, and nothing of it is due yet."),
        (
            [{"due": "2026-11-20"}],
            "100 EUR are pledged, and nothing of it is due yet.",
        ),
        (
            [{"due": "2026-11-01", "arrived": (("2026-11-01", "100"),)}],
            "All that was due has arrived: 100 EUR.",
        ),
        (
            [
                {"due": "2026-11-01", "arrived": (("2026-11-01", "100"),)},
                {"kind": "time", "due": "2026-11-19", "arrived": (("2026-11-01", "60"),)},
            ],
            "All the money that was due has arrived: 100 EUR. Eastline Rail is one day late with "
            "40 days. Of 100 days of people’s time that are due, 60 have been given.",
        ),
        (
            [{"kind": "time", "due": "2026-11-11", "arrived": (("2026-11-01", "60"),)}],
            "Of 100 days pledged and due, 60 have arrived. Eastline Rail is nine days late with "
            "40 days.",
        ),
        (
            [{"arrived": (("2026-11-01", "60"),)}],
            "Of 100 EUR pledged and due, 60 have arrived. "
            "No date was agreed, so it is due at once, and never late.",
        ),
        (
            [{"kind": "time", "due": "2026-12-11"}],
            "100 days of people’s time are pledged, and nothing of it is due yet.",
        ),
        (
            [{"kind": "influence", "due": "2026-11-10"}],
            "Influence is pledged, and neither money nor time. Eastline Rail is 10 days late with "
            "what it promised to do. One promise of influence stands: nothing of it has shown yet.",
        ),
        (
            [
                {"kind": "influence", "arrived": (("2026-11-01", None),)},
                {"kind": "influence"},
            ],
            "Influence is pledged, and neither money nor time. Two promises of influence stand: "
            "one has shown.",
        ),
    ],
)
def test_the_finding_in_other_cases(
    house: House, pledges: list[dict[str, Any]], sentence: str
) -> None:
    for one in pledges:
        pledge(house.rail, None if one.get("kind") == "influence" else "100", **one)
    assert said(house) == sentence


def test_late_ones_stand_first_and_the_rest_by_name(house: House) -> None:
    names = ["Ash", "Birch", "Cedar", "Dogwood"]
    ash, birch, cedar, dogwood = (
        Participant.objects.create(alliance=house.alliance, name=name, status="accepted")
        for name in names
    )
    pledge(dogwood, "10", due="2026-11-19")
    pledge(cedar, "500", due="2026-11-19")
    pledge(birch, "9000")
    pledge(ash, "9000", due="2026-11-20")
    pledge(cedar, "5", what="First", arrived=(("2026-02-02", "5"),))
    overview = contributions_overview(alliance=house.alliance, on=TODAY)
    assert [line.participant.name for line in overview.lines] == [
        "Cedar",
        "Dogwood",
        "Ash",
        "Birch",
    ]
    cedars = overview.lines[0]
    assert [row.pledge.contribution.what for row in cedars.rows] == ["Pumps", "First"]
    assert (cedars.money.pledged, cedars.money.due, cedars.money.received, cedars.money.late) == (
        505,
        505,
        5,
        500,
    )
    assert (cedars.days_late, cedars.has_total) == (1, True)
    assert overview.silent == [house.council]


def test_the_picture_stands_on_one_axis(house: House) -> None:
    pledge(house.council, "150", due="2026-11-01", arrived=(("2026-10-01", "200"),))
    pledge(house.rail, "100", due="2026-12-01")
    pledge(house.rail, "40", kind="time")
    overview = contributions_overview(alliance=house.alliance, on=TODAY)
    assert overview.axis is not None
    assert overview.axis.high == 200  # more came than was pledged
    bars = {line.participant.name: line.bars for line in overview.pictured}
    council, rail = bars["County Council"], bars["Eastline Rail"]
    assert council is not None
    assert rail is not None
    assert (council.pledged, council.received, council.due) == ("75.00%", "100.00%", "75.00%")
    assert (rail.pledged, rail.received, rail.due) == ("50.00%", "", "")
    assert council.text == "150\u00a0EUR pledged, 150 of it due by now, 200 received."


def test_twenty_stand_in_the_picture_and_all_in_the_table(house: House) -> None:
    for number in range(23):
        pledge(Participant.objects.create(alliance=house.alliance, name=f"No {number}"), "5")
    overview = contributions_overview(alliance=house.alliance, on=TODAY)
    assert (len(overview.pictured), overview.unpictured, len(overview.lines)) == (20, 3, 23)


def test_who_left_stands_apart(house: House) -> None:
    pledge(house.rail, "100", due="2026-10-01", arrived=(("2026-09-01", "60"),))
    Participant.objects.filter(pk=house.rail.pk).update(status="left")
    overview = contributions_overview(alliance=house.alliance, on=TODAY)
    assert overview.lines == []
    assert [line.participant.name for line in overview.away] == ["Eastline Rail"]
    assert overview.away[0].days_late == 0
    assert overview.finding == "Nothing is pledged."
    assert overview.net.received == 60


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        ("own", "By the charter, each participant funds itself."),
        ("pooled", "By the charter, resources are pooled and distributed."),
        ("fund", "By the charter, there is a common fund with trustees."),
        ("", ""),
        ("unheard-of", ""),
    ],
)
def test_the_finance_model_is_that_of_the_charter_in_force(
    house: House, model: str, sentence: str
) -> None:
    version = CharterVersion.objects.create(alliance=house.alliance, number=1)
    CharterSection.objects.create(version=version, code="resources", content={"model": model})
    overview = contributions_overview(alliance=house.alliance, on=TODAY)
    assert overview.finance_model == ""  # a draft binds nobody
    CharterVersion.objects.update(
        status="ratified",
        text="x",
        digest="x",
        language="en",
        circulated_at="2026-01-01T00:00Z",
        ratified_at="2026-01-02T00:00Z",
    )
    overview = contributions_overview(alliance=house.alliance, on=TODAY)
    assert overview.finance_model == sentence


@pytest.mark.parametrize(
    ("kind", "due", "arrived", "finding", "aside"),
    [
        ("money", "2026-10-06", (), "Of 100 EUR, nothing has arrived.", "It is 45 days late."),
        (
            "money",
            "2026-12-06",
            (("2026-11-01", "2.50"),),
            "Of 100 EUR, 2.50 have arrived.",
            "It is due by 6 December 2026.",
        ),
        (
            "money",
            "2026-11-20",
            (),
            "Of 100 EUR, nothing has arrived.",
            "It is due by 20 November 2026.",
        ),
        (
            "time",
            None,
            (),
            "Of 100 days, nothing has arrived.",
            "No date was agreed by which it is due.",
        ),
        ("time", "2026-10-06", (("2026-11-01", "120"),), "All of it has arrived: 120 days.", ""),
        ("time", None, (("2026-11-01", "100"),), "All of it has arrived: 100 days.", ""),
        ("money", "2026-12-06", (("2026-11-01", "100"),), "All of it has arrived: 100 EUR.", ""),
        ("influence", "2026-11-19", (), "It has not shown yet.", "It is one day late."),
        ("influence", "2026-11-19", (("2026-11-01", None),), "It has shown.", ""),
    ],
)
def test_where_one_pledge_stands(
    house: House,
    kind: str,
    due: str | None,
    arrived: tuple[tuple[str, str | None], ...],
    finding: str,
    aside: str,
) -> None:
    amount = None if kind == "influence" else "100"
    made = pledge(house.rail, amount, kind=kind, due=due, arrived=arrived)
    page = contribution_page(contribution=made, on=TODAY)
    assert (page.finding.replace("\u00a0", " "), page.aside.replace("\u00a0", " ")) == (
        finding,
        aside,
    )


def test_it_shows_where_the_pledger_confirmed_it(house: House) -> None:
    made = pledge(house.council, "100")
    for who in (house.member, house.convener):
        record_receipt(contribution=made, by=who, today=TODAY, on=TODAY, amount=Decimal(1))
    page = contribution_page(contribution=made, on=TODAY)
    found: dict[User | None, bool] = {
        row.receipt.changed_by: row.by_own_side for row in page.receipts
    }
    # the member belongs to County Council
    assert found == {house.member: True, house.convener: False}
