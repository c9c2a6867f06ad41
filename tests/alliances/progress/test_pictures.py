"""Where marks stand: axes of round numbers, and lines of readings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from alliances.services.axis import axis_over
from alliances.services.line_picture import line_picture
from tests.alliances.progress.made import day


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        ("0", "200000", ["0", "50,000", "100,000", "150,000", "200,000"]),
        ("0", "120000", ["0", "50,000", "100,000", "150,000"]),
        ("0", "7", ["0", "2", "4", "6", "8"]),
        ("10", "34", ["10", "20", "30", "40"]),
        ("0", "0.01", ["0", "0.0025", "0.005", "0.0075", "0.01"]),
        ("5", "5", ["2", "4", "6", "8"]),
        ("0", "0", ["0", "0.25", "0.5", "0.75", "1"]),
        ("-30", "10", ["-30", "-20", "-10", "0", "10"]),
        # the labels between would not fit
        ("0", "999999999999", ["0", "", "", "", "1,000,000,000,000"]),
    ],
)
def test_an_axis_has_few_round_ticks(low: str, high: str, ticks: list[str]) -> None:
    axis = axis_over(Decimal(low), Decimal(high))
    assert [tick.label for tick in axis.ticks] == ticks
    assert axis.low <= Decimal(low) <= Decimal(high) <= axis.high


def test_places_on_an_axis() -> None:
    axis = axis_over(Decimal(0), Decimal(180_000))
    assert axis.high == 200_000
    assert [axis.place(Decimal(value)) for value in (0, 45_000, 200_000)] == [
        "0.00%",
        "22.50%",
        "100.00%",
    ]


def test_a_line_runs_by_its_days_and_values() -> None:
    readings = [
        (day("2026-01-01"), Decimal(40)),
        (day("2026-01-11"), Decimal(20)),
        (day("2026-01-21"), Decimal(10)),
    ]
    picture = line_picture(
        readings, target=Decimal(0), unit="days", name="Days to decide", height=124
    )
    # From 0 to 40 over 100 pixels, 12 above and below; from 12 to 98 per cent across.
    assert [(point.x, point.y) for point in picture.points] == [
        ("12.00%", "12.0"),
        ("55.00%", "62.0"),
        ("98.00%", "87.0"),
    ]
    assert len(picture.strokes) == 2
    assert picture.strokes[1].begin == picture.points[1]
    assert picture.target is not None
    assert picture.target.y == "112.0"
    assert (picture.first_day, picture.last_day) == (
        "1\u00a0January\u00a02026",
        "21\u00a0January\u00a02026",
    )
    assert picture.text == (
        "3 readings, from 40\u00a0days on 1\u00a0January\u00a02026 to 10\u00a0days on "
        "21\u00a0January\u00a02026. The target is 0\u00a0days."
    )


def test_one_reading_is_a_point_in_the_middle() -> None:
    picture = line_picture(
        [(day("2026-01-01"), Decimal("12.5"))], target=None, unit="%", name="Share", height=56
    )
    assert [point.x for point in picture.points] == ["55.00%"]
    assert picture.strokes == []
    assert picture.target is None
    assert picture.last_day == ""
    assert picture.text == "One reading: 12.5\u00a0% on 1\u00a0January\u00a02026."


def test_without_figures_a_line_takes_the_whole_width() -> None:
    picture = line_picture(
        [(day("2026-01-01"), Decimal(1)), (day("2026-01-02"), Decimal(2))],
        target=None,
        unit="",
        name="",
        height=56,
        with_figures=False,
    )
    assert [point.x for point in picture.points] == ["2.00%", "98.00%"]
