"""Momentum in pictures: they say what the figures say, on figures worked out by hand."""

from __future__ import annotations

from alliances.services.momentum import (
    Facts,
    momentum_of,
    momentum_pictures,
    progress_markers,
)
from alliances.services.momentum.facts import Marker
from tests.alliances.journal.conftest import TODAY, ago
from tests.alliances.journal.facts import due, measured, met, pledged


def test_pictures_say_the_same_as_the_figures() -> None:
    facts = Facts(
        meetings=(met(50, 8), met(20, 3, 2, 3)),
        promises=(pledged(100, 200, (199, 100)), pledged(100, 50, (10, 50))),
        milestones=(due(50, 40), due(49), due(20, 20), due(-30)),
        offers=(ago(20),),
        measures=(measured((120, "10"), (30, "20"), target="30"), measured((120, "10"))),
    )
    pictures = {one.code: one for one in momentum_pictures(momentum_of(facts, TODAY))}
    assert list(pictures) == ["attendance", "resources", "milestones", "newcomers", "measure-1"]

    came = pictures["attendance"]
    assert came.description == "From eight of eight in October to five of eight in November."
    assert came.rows[1] == ["1\u00a0November\u00a02026", "3", "2", "3"]
    first, last = came.columns
    # 108 pixels for the eight who were asked, on a line at 132
    assert [(bar.kind, bar.y, bar.height) for bar in first.bars] == [("full", "24.0", "108.0")]
    assert [(bar.kind, bar.y, bar.height) for bar in last.bars] == [
        ("full", "91.5", "40.5"),
        ("part", "64.5", "27.0"),
        ("open", "24.0", "40.5"),
    ]
    # two places of half the width, each filled to seven tenths
    assert (first.x, first.width, first.middle) == ("7.50%", "35.00%", "25.00%")
    assert (last.x, last.middle) == ("57.50%", "75.00%")

    assert (
        pictures["resources"].description == "150\u00a0EUR of 200\u00a0EUR due by now have arrived."
    )
    assert pictures["resources"].rows[-1] == ["November\u00a02026", "200\u00a0EUR", "150\u00a0EUR"]
    # 2 and 3 October, 1 November; what lies ahead is not due
    assert pictures["milestones"].rows[-2:] == [
        ["October\u00a02026", "2", "0", "1", "1"],
        ["November\u00a02026", "1", "1", "0", "0"],
    ]
    measure = pictures["measure-1"]
    assert (
        measure.description
        == "From 10\u00a0days to 20\u00a0days. Higher is better. Target: 30\u00a0days."
    )
    # 10 at the bottom (120), 20 in the middle, the target 30 at the top (24)
    assert [dot.y for dot in measure.dots] == ["120.0", "72.0"]
    assert measure.target_y == "24.0"


def test_what_was_hoped_for() -> None:
    facts = Facts(
        markers=(
            Marker("love", None),
            Marker("expect", None),
            Marker("expect", ago(3)),
            Marker("expect", ago(-3)),
        )
    )
    hopes = progress_markers(momentum_of(facts, TODAY))
    assert [(one.label, one.fact, one.seen) for one in hopes] == [
        ("Expect to see", "One of three seen", [True, False, False]),
        ("Love to see", "None of one seen", [False]),
    ]


def test_no_more_pictures_than_a_page_takes() -> None:
    facts = Facts(
        meetings=tuple(met(days, 3) for days in range(300, 0, -10)),
        measures=tuple(measured((120, "1"), (30, "2"), name=f"M{n}") for n in range(200)),
    )
    pictures = momentum_pictures(momentum_of(facts, TODAY))
    assert len(pictures) == 1 + 6
    assert len(pictures[0].columns) == 12
