"""The check of the alliance's own rules: chosen, opened, answered, with long and odd rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from alliances.models import WorkingRule
from assessments.models import Round
from assessments.services.rounds import close_round
from assessments.services.working_rules_check import working_rules_bank
from tests.assessments.working_rules.conftest import AGREED
from tests.factories import (
    make_alliance,
    make_bank,
    make_link,
    make_participant,
    make_response,
    make_round,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

TEXTS = ["We warn early.", "<i>Ask</i> “first”, then 100% =SUM(A1)", "y" * 300, "word " * 59]


WIDE = """width => document.documentElement.scrollWidth <= width ? [] :
  [...document.querySelectorAll("main *")]
    .filter(one => one.getBoundingClientRect().right > width)
    .map(one => one.tagName + "." + one.className).slice(0, 5)"""
"""What stands out of the page to the right; nothing where it fits."""


@pytest.mark.parametrize("width", ["phone", "laptop"])
def test_from_the_rules_to_the_answer(
    width: str,
    request: pytest.FixtureRequest,
    axe: Callable[[Page], None],
    log_in: Callable[[Page, Any], None],
) -> None:
    convener = make_user(name="Ada Marsh")
    alliance = make_alliance(convener=convener)
    for name in ("Arbour", "Basin", "Coast"):
        make_participant(alliance, name, people=2)
    for text in [*TEXTS, *(f"Rule {number}" for number in range(16))]:
        WorkingRule.objects.create(alliance=alliance, text=text, agreed_on=AGREED)
    make_bank()
    page: Page = request.getfixturevalue(width)

    def check() -> None:
        axe(page)
        assert page.evaluate(WIDE, page.viewport_size["width"]) == []
        expect(page.locator("h1")).to_have_count(1)

    log_in(page, convener)
    page.goto(f"/alliances/{alliance.pk}/rounds/new/")
    check()
    page.goto(f"/alliances/{alliance.pk}/working-rules/")
    check()
    page.get_by_role("link", name="Ask how well they are kept").click()
    expect(page.locator("h1")).to_have_text("Open a round: Working rules check")
    check()
    page.get_by_role("button", name="Open and invite").click()
    expect(page.get_by_role("status")).to_contain_text("The round is open. Six mails are sent.")

    round_ = Round.objects.get()
    invitation = round_.invitations.first()
    assert invitation is not None
    page.goto(f"/a/{make_link(invitation)}/")
    page.get_by_role("button", name="Open the questionnaire").click()
    check()
    for number, text in enumerate(TEXTS, 1):
        page.goto(f"/questionnaire/{round_.pk}/{number}/")
        expect(page.locator("legend").first).to_contain_text(text.strip())
        check()
    page.get_by_label("Seldom").check()
    page.get_by_role("button", name="Next: Rule 0").click()
    expect(page.locator("h1")).to_have_text("Rule 0")
    page.goto(f"/questionnaire/{round_.pk}/review/")
    expect(page.locator("h1")).to_contain_text("19 questions are open.")
    check()


@pytest.mark.parametrize("width", ["phone", "laptop"])
def test_what_came_of_it(
    width: str,
    request: pytest.FixtureRequest,
    axe: Callable[[Page], None],
    log_in: Callable[[Page, Any], None],
) -> None:
    convener = make_user(name="Ada Marsh")
    alliance = make_alliance(convener=convener)
    for text in TEXTS:
        WorkingRule.objects.create(alliance=alliance, text=text, agreed_on=AGREED)
    bank = working_rules_bank(alliance=alliance, by=None)
    made = make_round(alliance, bank, organisations=5)
    for place in range(5):
        answers: dict[str, Any] = {
            code: 2 + number % 4
            for number, code in enumerate(bank.questions.values_list("code", flat=True))
        }
        make_response(made, place, answers=answers, submitted=True)
    close_round(round=made.round)
    page: Page = request.getfixturevalue(width)
    log_in(page, convener)
    page.goto(f"/rounds/{made.round.pk}/result/")
    expect(page.locator("h1")).to_contain_text(
        "Working rules check: two of four elements are strong"
    )
    axe(page)
    assert page.evaluate(WIDE, page.viewport_size["width"]) == []
    page.goto(made.link())
    page.get_by_role("button", name="Read your answers").click()
    assert page.evaluate(WIDE, page.viewport_size["width"]) == []
