"""What the demonstration's alliance puts in, costs, expects and measures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from alliances.models import Alliance, Participant, RunningCost, User
from alliances.services.contributions.keeping import pledge_contribution, record_receipt
from alliances.services.expected_values import set_expected_values, stored_values
from alliances.services.metrics import add_metric, record_reading
from alliances.services.records import add_record

PORT, CITY, FERRIES = "Marrow Bay Port Authority", "City of Ostrel", "Lantern Ferries"
LINE, ENERGY = "Ostrel Shipping Line", "Fennick Energy"
FISHERS, INSTITUTE = "Marrow Bay Fishers’ Cooperative", "Institute for Coastal Air"
PILOTS = "Harbour Pilots’ Guild"


@dataclass(frozen=True)
class Pledged:
    """A pledge; days are counted back from today, those ahead are below 0."""

    who: str
    kind: str
    what: str
    amount: int | None
    days_ago: int
    due_ago: int | None
    arrived: tuple[tuple[int, int | None, str], ...] = ()
    """Days ago, amount, note."""
    note: str = ""


PLEDGES = (
    Pledged(
        PORT,
        "money",
        "Cable, cabinets and groundwork at the ferry berth",
        200_000,
        262,
        150,
        ((204, 120_000, "First half, with the order"), (152, 80_000, "On delivery")),
    ),
    Pledged(
        CITY,
        "money",
        "Road works and permits on the north quay",
        90_000,
        240,
        10,
        ((41, 40_000, "Permits"),),
        "The rest waits for the budget committee, which meets at the end of the month.",
    ),
    Pledged(
        FERRIES,
        "money",
        "Refit of the ferry Saoirse for shore power",
        60_000,
        255,
        120,
        ((126, 60_000, "Yard invoice paid"),),
    ),
    Pledged(
        ENERGY,
        "money",
        "Transformer for the second substation",
        120_000,
        221,
        45,
        (),
        "Head office wants the number of ships in writing before it orders.",
    ),
    Pledged(LINE, "money", "Share in the plugs at the container quay", 80_000, 130, -60),
    Pledged(
        FISHERS,
        "in-kind",
        "Berth by the ice house, lent for the works",
        10_000,
        190,
        75,
        ((78, 10_000, "Berth cleared"),),
    ),
    Pledged(
        ENERGY,
        "time",
        "Grid planner, two days a month",
        24,
        221,
        -40,
        ((150, 6, ""), (70, 6, "")),
    ),
    Pledged(
        INSTITUTE,
        "time",
        "Measuring at both schools, winter and summer",
        40,
        230,
        20,
        ((160, 18, "Winter"), (24, 22, "Summer")),
    ),
    Pledged(
        FERRIES,
        "time",
        "Fleet engineer on the working group",
        20,
        255,
        15,
        ((140, 8, ""), (50, 8, "")),
    ),
    Pledged(
        PILOTS,
        "influence",
        "A word with the national pilots’ board on berthing times",
        None,
        205,
        110,
        ((117, None, "The board put it on its agenda"),),
    ),
)

COSTS = (
    # what, amount, first day and last day in days before today
    ("Half a secretary’s post", "48000", 312, -52),
    ("Meetings: rooms, travel, minutes", "14600", 312, -52),
    ("Lawyer for the first charter", "9500", 245, 215),
)

VALUES: dict[str, dict[str, str]] = {
    PORT: {
        "learning": "How other ports price shore power",
        "capabilities": "Our own crews connect a ship in twenty minutes",
        "satisfaction": "Night berths without complaints",
        "options": "",
    },
    CITY: {"learning": "", "satisfaction": "Open windows on Quay Street", "process-innovation": ""},
    FERRIES: {
        "learning": "",
        "market-share": "",
        "brand": "The quiet ferry",
        "satisfaction": "",
        "time-to-market": "Second refit in half the time",
    },
    LINE: {
        "less-threat": "No port may demand a plug of its own",
        "market-share": "",
        "new-markets": "Shippers who count their carbon",
    },
    ENERGY: {"learning": "", "market-development": "", "portfolio": "", "options": ""},
    FISHERS: {"learning": "What the works do to the ice house"},
    INSTITUTE: {"learning": "", "capabilities": "", "brand": "Figures that nobody doubts"},
}

METRICS: tuple[tuple[dict[str, object], tuple[tuple[int, str, str], ...]], ...] = (
    (
        {
            "kind": "means",
            "name": "From a question to a decision",
            "unit": "days",
            "better": "lower",
            "target": Decimal(10),
            "note": "Median of the questions decided since the last meeting.",
        },
        ((240, "34", ""), (170, "28", ""), (100, "21", "Decision map agreed"), (30, "14", "")),
    ),
    (
        {
            "kind": "means",
            "name": "Times we learned late of what another did",
            "unit": "a month",
            "better": "lower",
            "target": Decimal(2),
            "note": "Counted by the secretary out of what members report.",
        },
        (
            (240, "7", ""),
            (170, "5", ""),
            (100, "4", ""),
            (30, "6", "Cable route moved unannounced"),
        ),
    ),
    (
        {
            "kind": "means",
            "name": "Ideas signed by two organisations or more",
            "unit": "a quarter",
            "better": "higher",
            "target": Decimal(6),
        },
        ((240, "2", ""), (150, "3", ""), (60, "4", "")),
    ),
    (
        {
            "kind": "ends",
            "name": "Ship hours on shore power",
            "unit": "hours a month",
            "better": "higher",
            "target": Decimal(1200),
            "note": "Read at the meter of the ferry berth.",
        },
        ((140, "46", "First month"), (100, "120", ""), (65, "151.5", ""), (30, "164", "")),
    ),
    (
        {
            "kind": "ends",
            "name": "Soot at the two schools",
            "unit": "µg/m³",
            "better": "lower",
            "target": Decimal("0.8"),
            "note": "Whose instrument counts is not agreed.",
        },
        (),
    ),
)
GOAL_AHEAD = 420
"""Days until the ends are to be reached."""


def load_progress(*, alliance: Alliance, convener: User, today: dt.date) -> None:
    """Pledges with one that is badly late, what running the alliance costs, what each expects, and
    metrics of which one turned for the worse."""

    def ago(days: int) -> dt.date:
        return today - dt.timedelta(days=days)

    seats = {participant.name: participant for participant in alliance.participants.all()}
    _pledge(seats, convener, today)
    for what, amount, begins, ends in COSTS:
        add_record(
            model=RunningCost,
            alliance=alliance,
            by=convener,
            what=what,
            amount=Decimal(amount),
            begins_on=ago(begins),
            ends_on=ago(ends),
        )
    for name, notes in VALUES.items():
        participant = seats[name]
        set_expected_values(
            participant=participant,
            by=convener,
            notes=notes,
            seen=stored_values(participant=participant).digest,
        )
    for columns, readings in METRICS:
        due_on = ago(-GOAL_AHEAD) if columns["kind"] == "ends" else None
        metric = add_metric(alliance=alliance, by=convener, due_on=due_on, **columns)
        for days, value, note in readings:
            record_reading(
                metric=metric,
                by=convener,
                today=today,
                on=ago(days),
                value=Decimal(value),
                note=note,
            )


def _pledge(seats: dict[str, Participant], convener: User, today: dt.date) -> None:
    for pledged in PLEDGES:
        contribution = pledge_contribution(
            participant=seats[pledged.who],
            by=convener,
            today=today,
            kind=pledged.kind,
            what=pledged.what,
            amount=None if pledged.amount is None else Decimal(pledged.amount),
            pledged_on=today - dt.timedelta(days=pledged.days_ago),
            due_on=None if pledged.due_ago is None else today - dt.timedelta(days=pledged.due_ago),
            note=pledged.note,
        )
        for days, amount, note in pledged.arrived:
            record_receipt(
                contribution=contribution,
                by=convener,
                today=today,
                on=today - dt.timedelta(days=days),
                amount=None if amount is None else Decimal(amount),
                note=note,
            )
