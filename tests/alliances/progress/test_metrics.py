"""Metrics: where each stands by its readings, and what that says of means and ends."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from alliances.errors import Refused
from alliances.models import Metric, Reading
from alliances.services.metrics import (
    State,
    add_metric,
    change_metric,
    change_reading,
    metric_page,
    metrics_overview,
    record_reading,
)
from alliances.services.records import Overtaken
from tests.alliances.conftest import House
from tests.alliances.progress.made import TODAY, day, metric


@pytest.mark.parametrize(
    ("better", "target", "values", "state"),
    [
        ("lower", None, [], State.UNREAD),
        ("lower", "10", ["12"], State.ONCE),
        ("lower", "10", ["10"], State.REACHED),
        ("lower", "10", ["9", "10.001"], State.WORSE),
        ("lower", "10", ["30", "20"], State.BETTER),
        ("lower", "10", ["20", "30"], State.WORSE),
        ("lower", "10", ["30", "20", "20"], State.SAME),
        ("higher", "10", ["30", "20"], State.REACHED),
        ("higher", "40", ["30", "20"], State.WORSE),
        ("higher", "40", ["20", "30"], State.BETTER),
        ("higher", None, ["20", "30"], State.BETTER),
        ("higher", None, ["-1"], State.ONCE),
        ("higher", "0", ["0"], State.REACHED),
    ],
)
def test_where_a_metric_stands(
    house: House, better: str, target: str | None, values: list[str], state: State
) -> None:
    readings = [(f"2026-0{number + 1}-01", value) for number, value in enumerate(values)]
    metric(house.alliance, *readings, better=better, target=target)
    [line] = metrics_overview(alliance=house.alliance, on=TODAY).groups[0].lines
    assert line.state is state
    assert (line.picture is None) is (not values)


def test_a_reading_of_tomorrow_is_not_there_yet(house: House) -> None:
    made = metric(house.alliance, ("2026-11-20", "12"), ("2026-11-21", "3"), target="10")
    [line] = metrics_overview(alliance=house.alliance, on=TODAY).groups[0].lines
    assert (line.last, line.state) == ("12\u00a0days", State.ONCE)
    assert len(metric_page(metric=made, on=TODAY).rows) == 1


@pytest.mark.parametrize(
    ("due", "value", "overdue"),
    [
        ("2026-11-20", "12", False),
        ("2026-11-19", "12", True),
        ("2026-11-19", "9", False),
        (None, "12", False),
    ],
)
def test_a_target_is_overdue_from_the_day_after(
    house: House, due: str | None, value: str, overdue: bool
) -> None:
    metric(house.alliance, ("2026-10-01", value), target="10", due=due)
    [line] = metrics_overview(alliance=house.alliance, on=TODAY).groups[0].lines
    assert line.is_overdue is overdue


WORSE = (("2026-01-01", "20"), ("2026-02-01", "30"))
BETTER = (("2026-01-01", "30"), ("2026-02-01", "20"))
NONE: tuple[tuple[str, str], ...] = ()


@pytest.mark.parametrize(
    ("means", "ends", "finding", "aside", "advice"),
    [
        ([], [], "Nothing is measured.", "", ""),
        (
            [],
            [NONE, BETTER],
            "Only ends are measured.",
            "One of two ends is at its target or getting better. One has no reading yet.",
            "Ends come late",
        ),
        (
            [BETTER],
            [],
            "Only means are measured.",
            "The one metric of means: better than the time before.",
            "Say also what it is all for",
        ),
        (
            [NONE],
            [NONE],
            "Means and ends are named, and none has been read yet.",
            "",
            "Means are worth most",
        ),
        (
            [BETTER, BETTER, WORSE],
            [NONE],
            "Means are read, ends have no reading yet.",
            "Two of three means are at their target or getting better.",
            "",
        ),
        (
            [NONE, NONE],
            [WORSE],
            "Ends are read, means have no reading yet.",
            "The one metric of ends: worse than the time before.",
            "Means are worth most",
        ),
        (
            [BETTER, WORSE, WORSE],
            [BETTER, BETTER],
            "One of three means is at its target or getting better.",
            "Both ends are at their target or getting better.",
            "",
        ),
        (
            [WORSE, WORSE],
            [WORSE, NONE, NONE],
            "Of two means, none is at its target or getting better.",
            "Of three ends, none is at its target or getting better. Two have no reading yet.",
            "",
        ),
    ],
)
def test_the_finding(
    house: House, means: list[Any], ends: list[Any], finding: str, aside: str, advice: str
) -> None:
    for readings in means:
        metric(house.alliance, *readings)
    for readings in ends:
        metric(house.alliance, *readings, kind="ends")
    overview = metrics_overview(alliance=house.alliance, on=TODAY)
    assert (overview.finding, overview.aside) == (finding, aside)
    assert overview.advice.startswith(advice)
    assert bool(overview.advice) is bool(advice)


@pytest.mark.parametrize(
    ("made", "finding", "aside"),
    [
        (
            {"target": "12.5", "unit": "%", "better": "higher"},
            "No reading yet.",
            "Target: 12.5 % or more.",
        ),
        ({"better": "lower"}, "No reading yet.", "Lower is better; no target is set."),
        ({"better": "higher"}, "No reading yet.", "Higher is better; no target is set."),
        (
            {"target": "1200", "unit": "", "due": "2027-01-31"},
            "No reading yet.",
            "Target: 1,200 or less, by 31 January 2027.",
        ),
        (
            {"target": "10", "due": "2026-01-31"},
            "No reading yet.",
            "Target: 10 days or less, by 31 January 2026. That day has passed.",
        ),
    ],
)
def test_a_metrics_own_page(house: House, made: dict[str, Any], finding: str, aside: str) -> None:
    page = metric_page(metric=metric(house.alliance, **made), on=TODAY)
    assert page.finding == finding
    assert page.aside.replace("\u00a0", " ") == aside


def test_a_metrics_readings_stand_newest_first(house: House) -> None:
    page = metric_page(metric=metric(house.alliance, *BETTER), on=TODAY)
    assert page.finding.replace("\u00a0", " ") == (
        "20 days on 1 February 2026. Better than the time before."
    )
    assert [value for _reading, value in page.rows] == ["20\u00a0days", "30\u00a0days"]


# What is stored


def test_a_metric_is_added_and_changed(house: House) -> None:
    made = add_metric(
        alliance=house.alliance,
        by=house.convener,
        kind="ends",
        name="  Dry \n houses ",
        unit="%",
        better="higher",
        target=Decimal("12.125"),
        due_on=day("2027-01-01"),
    )
    made.refresh_from_db()
    assert (made.name, made.target, made.changed_by) == (
        "Dry houses",
        Decimal("12.125"),
        house.convener,
    )
    with pytest.raises(Refused, match="There is a day, and no target"):
        change_metric(metric=made, edition=1, by=None, target=None)
    change_metric(metric=made, edition=1, by=None, target=None, due_on=None)
    with pytest.raises(Overtaken):
        change_metric(metric=made, edition=1, by=None, target=None, due_on=day("2027-01-01"))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": "hopes"}, "Kind must be one of: means, ends."),
        ({"better": "bluer"}, "Which way is better must be one of: higher, lower."),
        ({"name": ""}, "What is measured is missing."),
        ({"unit": "x" * 41}, "Unit has 41 characters"),
        ({"due_on": day("2027-01-01")}, "There is a day, and no target"),
        ({"target": Decimal(10) ** 12}, "Target: "),
        ({"target": Decimal("0.0001")}, "Target: "),
    ],
)
def test_a_wrong_metric_is_refused(house: House, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused) as refusal:
        add_metric(
            alliance=house.alliance,
            by=None,
            **{"kind": "means", "name": "Days", "better": "lower", **fields},
        )
    assert refusal.value.message.startswith(message)
    assert not Metric.objects.exists()


def test_a_reading_is_recorded_once_a_day(house: House) -> None:
    made = metric(house.alliance)
    reading = record_reading(
        metric=made, by=house.convener, today=TODAY, on=TODAY, value=Decimal("-12.5"), note=" Cold "
    )
    reading.refresh_from_db()
    assert (reading.value, reading.note, reading.changed_by) == (
        Decimal("-12.5"),
        "Cold",
        house.convener,
    )
    with pytest.raises(Refused) as refusal:
        record_reading(metric=made, by=None, today=TODAY, on=TODAY, value=Decimal(1))
    assert str(refusal.value) == "There is a reading of this day already. Change it there."
    with pytest.raises(Refused, match="The day lies ahead"):
        record_reading(metric=made, by=None, today=TODAY, on=day("2026-11-21"), value=Decimal(1))
    with pytest.raises(Refused, match="The day lies ahead"):
        change_reading(reading=reading, edition=1, by=None, today=TODAY, on=day("2026-11-21"))
    change_reading(reading=reading, edition=1, by=None, today=TODAY, value=Decimal(7))
    with pytest.raises(Overtaken):
        change_reading(reading=reading, edition=1, by=None, today=TODAY, value=Decimal(8))
    assert Reading.objects.get().value == 7


def test_the_largest_values_come_back_as_they_went_in(house: House) -> None:
    made = metric(house.alliance)
    for number, value in enumerate(("999999999999.999", "-999999999999.999", "0.001")):
        record_reading(
            metric=made,
            by=None,
            today=TODAY,
            on=day(f"2026-01-0{number + 1}"),
            value=Decimal(value),
        )
        assert Reading.objects.get(on=f"2026-01-0{number + 1}").value == Decimal(value)
