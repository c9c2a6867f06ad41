"""The pages of values and metrics, as a browser without JavaScript uses them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.models import (
    ExpectedValue,
    Metric,
    Participant,
    Reading,
)
from alliances.services.expected_values import set_expected_values, stored_values
from tests.alliances.conftest import House, form_errors
from tests.alliances.progress.made import metric

HOSTILE = '<script>alert("x")</script>'


def days_ago(days: int) -> str:
    return (timezone.localdate() - dt.timedelta(days=days)).isoformat()


# Values


def ticks(**notes: str) -> dict[str, str]:
    """The form as a browser sends it: a box for each kind named, and its line."""
    sent = {f"{code}-note": "" for code in ExpectedValue.Kind.values}
    for code, note in notes.items():
        sent |= {f"{code}-named": "on", f"{code}-note": note}
    return sent


def test_a_member_says_what_the_own_organisation_expects(house: House, member: Client) -> None:
    address = reverse("values_edit", args=[house.council.pk])
    form = member.get(address).context["form"]
    answer = member.post(
        address, {**ticks(learning=HOSTILE, brand=""), "seen": form["seen"].value()}
    )
    here = reverse("values", args=[house.alliance.pk])
    assert answer["Location"] == here
    assert stored_values(participant=house.council).notes == {"learning": HOSTILE, "brand": ""}
    text = member.get(here).content.decode()
    assert HOSTILE not in text
    assert "All want learning and brand." in text
    assert reverse("values_edit", args=[house.rail.pk]) not in text
    shown = member.get(address).content.decode()
    assert shown.count(" checked") == 2


def test_a_line_without_its_tick_is_asked_about(house: House, member: Client) -> None:
    address = reverse("values_edit", args=[house.council.pk])
    seen = member.get(address).context["form"]["seen"].value()
    answer = member.post(address, {**ticks(), "brand-note": "Quiet", "seen": seen})
    assert answer.status_code == 422
    assert answer.context["form"].errors["brand-note"] == [
        "You wrote a line and did not tick the box. Tick it, or clear the line."
    ]
    assert 'value="Quiet"' in answer.content.decode()
    answer = member.post(address, {**ticks(brand="x" * 501), "seen": seen})
    assert answer.status_code == 422
    assert not ExpectedValue.objects.exists()


def test_two_who_tick_at_once_see_both_sets(house: House, member: Client, convener: Client) -> None:
    address = reverse("values_edit", args=[house.council.pk])
    seen = member.get(address).context["form"]["seen"].value()
    convener.post(address, {**ticks(learning="From rail", options=""), "seen": seen})
    answer = member.post(address, {**ticks(learning="From all", brand=""), "seen": seen})
    assert answer.status_code == 409
    assert form_errors(answer)[0].startswith("This was changed while you were writing.")
    form = answer.context["form"]
    assert [(one.label, one.stored, one.written) for one in form.beside] == [
        ("Learning", "From rail", "From all"),
        ("Brand", "", "named"),
        ("Strategic options", "named", ""),
    ]
    text = answer.content.decode()
    assert "From rail" in text
    assert 'value="From all"' in text
    assert stored_values(participant=house.council).notes == {
        "learning": "From rail",
        "options": "",
    }
    answer = member.post(
        address, {**ticks(learning="From all", brand=""), "seen": form["seen"].value()}
    )
    assert answer.status_code == 302
    assert stored_values(participant=house.council).notes == {"learning": "From all", "brand": ""}


def test_many_organisations_are_named_in_a_list(house: House, convener: Client) -> None:
    for number in range(12):
        one = Participant.objects.create(
            alliance=house.alliance, name=f"No {number}", status="accepted"
        )
        set_expected_values(
            participant=one,
            by=None,
            notes={"learning": ""},
            seen=stored_values(participant=one).digest,
        )
    text = convener.get(reverse("values", args=[house.alliance.pk])).content.decode()
    assert "<table" not in text
    assert "Most want learning (12 of 13)." in text


# Metrics


def test_metrics_are_added_read_and_removed(house: House, convener: Client, member: Client) -> None:
    answer = convener.post(
        reverse("metric_new", args=[house.alliance.pk]),
        {"kind": "means", "name": HOSTILE, "unit": "%", "better": "higher", "target": "12.5 %"},
    )
    made = Metric.objects.get()
    here = reverse("metric", args=[made.pk])
    assert (answer["Location"], made.target) == (here, Decimal("12.5"))
    assert "Record the first reading today" in convener.get(here).content.decode()
    for when, value in ((days_ago(40), "8 %"), (days_ago(2), "10.25")):
        answer = convener.post(
            reverse("reading_new", args=[made.pk]), {"on": when, "value": value, "note": HOSTILE}
        )
        assert answer["Location"] == here
    text = member.get(here).content.decode()
    assert "10.25\u00a0%" in text
    assert "Better than the time before" in text
    assert HOSTILE not in text
    assert reverse("reading_new", args=[made.pk]) not in text
    overview = member.get(reverse("metrics", args=[house.alliance.pk])).content.decode()
    assert "Only means are measured." in overview
    assert HOSTILE not in overview
    reading = made.readings.first()
    assert reading is not None
    address = reverse("reading_edit", args=[reading.pk])
    fields = {"on": days_ago(40), "value": "9", "edition": 1}
    assert convener.post(address, fields)["Location"] == here
    answer = convener.post(address, {**fields, "value": "7"})
    assert answer.status_code == 409
    assert [(one.stored, one.written) for one in answer.context["form"].beside] == [("9", "7")]
    convener.post(reverse("reading_remove", args=[reading.pk]), {"confirm": "yes"})
    assert made.readings.count() == 1
    address = reverse("metric_edit", args=[made.pk])
    assert 'value="12.5"' in convener.get(address).content.decode()
    convener.post(
        address,
        {"kind": "ends", "name": "Dry houses", "better": "lower", "target": "-3", "edition": 1},
    )
    made.refresh_from_db()
    assert (made.kind, made.unit, made.target) == ("ends", "", -3)
    convener.post(reverse("metric_remove", args=[made.pk]), {"confirm": "yes"})
    assert not Metric.objects.exists()
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"value": "1,5"},
        {"value": "9" * 13},
        {"value": "0.0001"},
        {"value": "nan"},
        {"value": ""},
        {"on": days_ago(-1)},
        {"on": ""},
        {"note": "x" * 100_000},
    ],
)
def test_a_wrong_reading_is_told_on_the_page(
    house: House, convener: Client, fields: dict[str, str]
) -> None:
    made = metric(house.alliance)
    answer = convener.post(
        reverse("reading_new", args=[made.pk]), {"on": days_ago(0), "value": "1", **fields}
    )
    assert answer.status_code == 422
    assert not Reading.objects.exists()


def test_a_second_reading_of_a_day_is_told(house: House, convener: Client) -> None:
    made = metric(house.alliance, (days_ago(0), "5"))
    answer = convener.post(
        reverse("reading_new", args=[made.pk]), {"on": days_ago(0), "value": "6"}
    )
    assert form_errors(answer) == ["There is a reading of this day already. Change it there."]


def test_ends_without_means_get_advice(house: House, convener: Client) -> None:
    metric(house.alliance, kind="ends")
    text = convener.get(reverse("metrics", args=[house.alliance.pk])).content.decode()
    assert "Only ends are measured." in text
    assert "Ends come late" in text
