"""Launch, decision map, working rules, internal stakeholders and the index, as people use them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from alliances.models import Alliance, Decision, InternalStakeholder, LaunchStep, Participant, User
from alliances.services.decisions.keeping import stored_parts
from assessments.demonstration.conduct import load_conduct
from tests.browser.test_pages import assert_worthy
from tests.factories import make_alliance, make_participant, make_user

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = (
    "Marrow Bay Port Authority",
    "City of Ostrel",
    "Lantern Ferries",
    "Ostrel Shipping Line",
    "Fennick Energy",
    "Marrow Bay Fishers’ Cooperative",
    "Institute for Coastal Air",
    "Harbour Pilots’ Guild",
)


@pytest.fixture
def convener() -> User:
    return make_user("convener@example.org", name="Ingrid Solheim")


@pytest.fixture
def alliance(convener: User) -> Alliance:
    """Eight parties that have accepted; the convener belongs to the first."""
    made = make_alliance("Marrow Bay", convener=convener)
    seats = [make_participant(made, name) for name in NAMES]
    made.memberships.update(participant=seats[0])
    return made


def pages(alliance: Alliance) -> list[str]:
    """Every page of this part that shows something, or a form."""
    [step] = LaunchStep.objects.filter(code="own")
    decision = Decision.objects.get(what__startswith="Which voltage")
    rule = alliance.working_rules.get(text__startswith="Nobody speaks")
    unit = InternalStakeholder.objects.get(unit="Finance")
    whole = [
        "records",
        "launch",
        "launch_lay_out",
        "launch_step_new",
        "decisions",
        "decisions_asked",
        "decision_new",
        "working_rules",
        "working_rules_take",
        "working_rules_agree",
        "working_rule_new",
        "stakeholders",
        "stakeholder_new",
    ]
    single: list[tuple[str, Any]] = [
        ("launch_step_edit", step),
        ("launch_step_done", step),
        ("launch_step_remove", step),
        ("decision_edit", decision),
        ("decision_remove", decision),
        ("working_rule_edit", rule),
        ("stakeholder_edit", unit),
    ]
    return [reverse(name, args=[alliance.pk]) for name in whole] + [
        reverse(name, args=[thing.pk]) for name, thing in single
    ]


@pytest.mark.parametrize("screen", ["phone", "laptop"])
def test_every_page_is_worthy(
    screen: str,
    request: pytest.FixtureRequest,
    alliance: Alliance,
    convener: User,
    log_in: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    page: Page = request.getfixturevalue(screen)
    log_in(page, convener)
    for name in ("records", "launch", "decisions", "working_rules", "stakeholders"):
        page.goto(reverse(name, args=[alliance.pk]))  # while they are empty
        assert_worthy(page, axe)
    load_conduct(alliance=alliance, convener=convener, today=timezone.localdate())
    # What people write can be long, and without a blank
    Participant.objects.filter(name="Fennick Energy").update(name="F" * 120)
    alliance.working_rules.filter(agreed_on=None).update(text="R" * 300)
    InternalStakeholder.objects.filter(unit="Quay operations").update(unit="U" * 200)
    Decision.objects.filter(what__startswith="How large").update(what="D" * 200)
    LaunchStep.objects.filter(code="mechanisms").update(who="W" * 200)
    for address in pages(alliance):
        answer = page.goto(address)
        assert answer is not None
        assert (address, answer.status) == (address, 200)
        assert_worthy(page, axe)


@pytest.mark.parametrize("screen", ["laptop", "scriptless"])
def test_a_convener_launches_maps_and_agrees(
    screen: str,
    request: pytest.FixtureRequest,
    alliance: Alliance,
    convener: User,
    log_in: Callable[[Page, Any], None],
) -> None:
    page: Page = request.getfixturevalue(screen)
    log_in(page, convener)
    button = page.locator("main .btn-primary")
    # The launch, decided ten days ago, in four weeks: the first step is late by four days
    page.goto(reverse("records", args=[alliance.pk]))
    page.get_by_role("link", name="Launch", exact=True).click()
    button.click()
    decided = timezone.localdate() - dt.timedelta(days=10)
    page.get_by_label("The day of the decision to ally").fill(decided.isoformat())
    page.get_by_label("4 weeks").check()
    button.click()
    expect(page.locator("h1")).to_contain_text("None of the five steps of the launch is done yet.")
    expect(page.locator("h1")).to_contain_text("Exploring the challenges is four days late.")
    page.get_by_role("link", name=re.compile("Mark as done.*Explore")).click()
    page.get_by_label("What came of it (optional)").fill("Three things that no paper had.")
    button.click()
    expect(page.locator("h1")).to_contain_text("One of five steps of the launch is done.")
    # A decision that two take, and then one
    page.goto(reverse("decisions", args=[alliance.pk]))
    button.click()
    page.locator("[name=what]").fill("The price of a night")
    page.get_by_label("Fennick Energy").select_option("decides")
    page.get_by_label("City of Ostrel").select_option("decides")
    button.click()
    expect(page.locator("h1")).to_contain_text("More than one decides it.")
    page.get_by_role("link", name=re.compile("Change.*The price of a night")).click()
    page.get_by_label("City of Ostrel").select_option("approves")
    button.click()
    expect(page.locator("h1")).to_contain_text("It is clear who decides it.")
    assert sorted(stored_parts(Decision.objects.get()).values()) == ["approves", "decides"]
    # Rules: two by their marks, then one by its own button
    page.goto(reverse("working_rules", args=[alliance.pk]))
    page.get_by_label("We take a quarrel upstairs together, or not at all.").check()
    page.get_by_label("A question between partners is answered within two working days.").check()
    page.get_by_label("Agreed on").fill("2026-01-31")
    page.get_by_label("Agreed on").press("Enter")
    expect(page.locator("h1")).to_contain_text("Two rules say how the parties work together.")
    page.get_by_role("link", name="Rules to start from").click()
    page.get_by_role("button", name=re.compile("Take over.*We describe")).click()
    expect(page.locator("h1")).to_contain_text("One is proposed and not agreed.")
    page.get_by_role("link", name="Mark what you agreed on").click()
    button.click()
    expect(page.locator("h1")).to_contain_text("Three rules say how the parties work together.")
    # A unit in one's own house
    page.goto(reverse("stakeholders", args=[alliance.pk]))
    button.click()
    page.get_by_label("Unit or body").fill("The night watch")
    page.get_by_label("Stance").select_option("against")
    button.click()
    expect(page.locator("h1")).to_contain_text("One unit of your own house has a say")
    page.goto(reverse("records", args=[alliance.pk]))
    expect(page.locator("main")).to_contain_text("One of five steps done")
    expect(page.locator("main")).to_contain_text("Three rules, three agreed")


def test_who_was_overtaken_sees_both_and_saves(
    alliance: Alliance,
    convener: User,
    laptop: Page,
    phone: Page,
    log_in: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    decision = Decision.objects.create(alliance=alliance, what="The price")
    for page in (laptop, phone):
        log_in(page, convener)
        page.goto(reverse("decision_edit", args=[decision.pk]))
    laptop.get_by_label("Lantern Ferries").select_option("decides")
    laptop.locator("main .btn-primary").click()
    phone.get_by_label("Lantern Ferries").select_option("informed")
    phone.locator("main .btn-primary").click()
    told = phone.locator(".nb-overtaken")
    expect(told).to_contain_text("Lantern Ferries: decides")
    expect(told).to_contain_text("Lantern Ferries: is informed")
    assert_worthy(phone, axe)
    phone.locator("main .btn-primary").click()
    expect(phone.locator("h1")).to_contain_text("Nobody decides it.")
