"""Pledging, ticking and reading, as people do it: with and without JavaScript, on each screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from alliances.models import Alliance, Metric, Participant, User
from assessments.demonstration import cast
from assessments.demonstration.progress import load_progress
from tests.alliances.progress.made import pledge
from tests.browser.test_pages import assert_worthy
from tests.factories import make_alliance, make_participant, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Harbour:
    """The demonstration's alliance with what `load_progress` gives it, and no rounds."""

    alliance: Alliance
    convener: User
    member: User
    ferries: Participant


@pytest.fixture
def harbour() -> Harbour:
    convener, member = make_user(name="Ingrid Solheim"), make_user(name="Sile Brannigan")
    alliance = make_alliance(cast.ALLIANCE, convener=convener, member=member)
    for seat in cast.SEATS:
        make_participant(alliance, seat.name, status=seat.status)
    ferries = alliance.participants.get(name="Lantern Ferries")
    alliance.memberships.filter(user=member).update(participant=ferries)
    load_progress(alliance=alliance, convener=convener, today=timezone.localdate())
    return Harbour(alliance, convener, member, ferries)


def days_ago(days: int) -> str:
    return (timezone.localdate() - dt.timedelta(days=days)).isoformat()


@pytest.mark.parametrize("screen", ["laptop", "scriptless", "phone"])
def test_a_pledge_from_the_promise_to_what_arrived(
    screen: str,
    request: pytest.FixtureRequest,
    harbour: Harbour,
    log_in: Callable[[Page, Any], None],
) -> None:
    page: Page = request.getfixturevalue(screen)
    contributions = reverse("contributions", args=[harbour.alliance.pk])
    log_in(page, harbour.member)
    page.goto(contributions)
    expect(page.locator("h1")).to_contain_text("Of 480,000\u00a0EUR pledged and due, 310,000 have")
    expect(page.locator("h1")).to_contain_text("Fennick Energy is 45 days late with 120,000.")
    expect(page.get_by_text("What has arrived covers what it has cost so far.")).to_be_visible()
    page.get_by_role("link", name="Record a pledge").click()
    page.get_by_label("Money").check()
    page.get_by_role("textbox", name="What", exact=True).fill("Second cable")
    page.get_by_label("How much").fill("10,000 EUR")
    page.get_by_label("Pledged on").fill(days_ago(5))
    page.get_by_label("Due by").fill(days_ago(1))
    page.get_by_role("button", name="Record the pledge").click()
    expect(page.locator("h1")).to_contain_text("Of 10,000\u00a0EUR, nothing has arrived.")
    expect(page.locator("h1")).to_contain_text("It is one day late.")
    # who pledges does not say that it came
    expect(page.get_by_role("link", name="Record what arrived")).to_have_count(0)
    address = page.url
    log_in(page, harbour.convener)
    page.goto(address)
    page.get_by_role("link", name="Record what arrived").click()
    page.get_by_label("How much").fill("4 000")
    page.get_by_role("button", name="Record it").click()
    expect(page.locator("h1")).to_contain_text("Of 10,000\u00a0EUR, 4,000 have arrived.")
    page.goto(contributions)
    expect(page.locator("h1")).to_contain_text("Of 490,000\u00a0EUR pledged and due, 314,000 have")


@pytest.mark.parametrize("screen", ["laptop", "scriptless"])
def test_an_organisation_ticks_what_it_expects(
    screen: str,
    request: pytest.FixtureRequest,
    harbour: Harbour,
    log_in: Callable[[Page, Any], None],
) -> None:
    page: Page = request.getfixturevalue(screen)
    log_in(page, harbour.member)
    page.goto(reverse("values", args=[harbour.alliance.pk]))
    expect(page.locator("h1")).to_have_text(
        "Most want learning (6 of 8). Nobody names shared risk. "
        "Harbour Pilots’ Guild has named nothing."
    )
    page.get_by_role("link", name="Change what Lantern Ferries expects").click()
    risk = page.get_by_role("group", name="Shared risk")
    risk.get_by_role("checkbox").check()
    risk.get_by_label("How it would show").fill("One insurer for all berths")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text(
        "Most want learning (6 of 8). Harbour Pilots’ Guild has named nothing."
    )
    expect(page.get_by_text("One insurer for all berths")).to_be_visible()


def test_a_reading_turns_the_finding(
    scriptless: Page, harbour: Harbour, log_in: Callable[[Page, Any], None]
) -> None:
    log_in(scriptless, harbour.convener)
    scriptless.goto(reverse("metrics", args=[harbour.alliance.pk]))
    expect(scriptless.locator("h1")).to_contain_text("Two of three means are at their target")
    scriptless.get_by_role("link", name="Times we learned late of what another did").click()
    scriptless.get_by_role("link", name="Record a reading").click()
    scriptless.get_by_label("Value").fill("2 a month")
    scriptless.get_by_role("button", name="Record it").click()
    expect(scriptless.locator("h1")).to_contain_text("At its target.")
    expect(scriptless.get_by_role("img")).to_have_count(1)
    scriptless.goto(reverse("metrics", args=[harbour.alliance.pk]))
    expect(scriptless.locator("h1")).to_contain_text("All three means are at their target")


@pytest.mark.parametrize("screen", ["phone", "laptop"])
def test_every_page_is_worthy(
    screen: str,
    request: pytest.FixtureRequest,
    harbour: Harbour,
    log_in: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    page: Page = request.getfixturevalue(screen)
    log_in(page, harbour.convener)
    alliance = harbour.alliance
    promise = harbour.ferries.contributions.filter(kind="money").get()
    receipt, cost = promise.receipts.get(), alliance.running_costs.first()
    metric = Metric.objects.filter(alliance=alliance, kind="means").earliest("pk")
    unread = Metric.objects.get(alliance=alliance, readings=None)
    reading = metric.readings.first()
    assert cost is not None
    assert reading is not None
    empty = make_alliance("Empty Shore " + "x" * 100, convener=harbour.convener)
    make_participant(empty, "N" * 120)
    for address in [
        reverse("contributions", args=[alliance.pk]),
        reverse("contribution_new", args=[alliance.pk]),
        reverse("contribution", args=[promise.pk]),
        reverse("contribution_edit", args=[promise.pk]),
        reverse("contribution_remove", args=[promise.pk]),
        reverse("receipt_new", args=[promise.pk]),
        reverse("receipt_edit", args=[receipt.pk]),
        reverse("receipt_remove", args=[receipt.pk]),
        reverse("cost_new", args=[alliance.pk]),
        reverse("cost_edit", args=[cost.pk]),
        reverse("cost_remove", args=[cost.pk]),
        reverse("values", args=[alliance.pk]),
        reverse("values_edit", args=[harbour.ferries.pk]),
        reverse("metrics", args=[alliance.pk]),
        reverse("metric_new", args=[alliance.pk]),
        reverse("metric", args=[metric.pk]),
        reverse("metric", args=[unread.pk]),
        reverse("metric_edit", args=[metric.pk]),
        reverse("metric_remove", args=[metric.pk]),
        reverse("reading_new", args=[metric.pk]),
        reverse("reading_edit", args=[reading.pk]),
        reverse("reading_remove", args=[reading.pk]),
        reverse("contributions", args=[empty.pk]),
        reverse("values", args=[empty.pk]),
        reverse("metrics", args=[empty.pk]),
    ]:
        answer = page.goto(address)
        assert answer is not None
        assert (address, answer.status) == (address, 200)
        assert_worthy(page, axe)


def test_many_and_long_names_stay_on_the_page(
    phone: Page, harbour: Harbour, log_in: Callable[[Page, Any], None], axe: Callable[[Page], None]
) -> None:
    for letter in "abcd":
        make_participant(harbour.alliance, letter * 120)
    long = harbour.alliance.participants.get(name="a" * 120)
    pledge(long, "999999999999.99", due="2026-01-02", what="w" * 200)
    log_in(phone, harbour.convener)
    for name in ("contributions", "values"):
        phone.goto(reverse(name, args=[harbour.alliance.pk]))
        assert_worthy(phone, axe)
