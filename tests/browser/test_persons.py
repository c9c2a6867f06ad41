"""A round about one person, in a real browser: the person answers on a phone, and reads the result there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from alliances.models import Representative
from assessments.models import Response
from assessments.services.banks.store import latest_bank
from assessments.services.rounds import close_round, open_round
from tests.factories import (
    MadeRound,
    make_alliance,
    make_link,
    make_participant,
    make_representative,
    make_response,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made() -> MadeRound:
    """A round of the shipped bank about Bo; five peers said 4 of 5 to every statement."""
    alliance = make_alliance()
    make_representative(make_participant(alliance, "Ash"), "Bo")
    make_participant(alliance, "Birch", people=5)
    bo = Representative.objects.get(name="Bo")
    round_ = open_round(
        alliance=alliance,
        bank=latest_bank("collaborative-intelligence"),
        name="About Bo",
        mode="confidential",
        threshold=5,
        closes_on=timezone.localdate() + dt.timedelta(days=3),
        representatives=list(Representative.objects.exclude(pk=bo.pk)),
        about=bo,
    )
    made = MadeRound(round_, list(round_.invitations.order_by("-of_oneself", "pk")))
    made.tokens = [make_link(invitation) for invitation in made.invitations]
    answers: dict[str, int | str] = dict.fromkeys(
        round_.bank.questions.values_list("code", flat=True), 4
    )
    for place in range(1, 6):
        make_response(made, place, answers=answers, submitted=True)
    return made


def test_from_the_link_to_the_result(
    phone: Page, made: MadeRound, axe: Callable[[Page], None]
) -> None:
    phone.goto(made.link(0))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("questions about yourself")
    axe(phone)
    phone.get_by_role("button").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("for you alone")
    axe(phone)
    phone.get_by_role("link", name="Begin").click()
    for number in range(1, 6):
        # The next page, and not what is still left of the one before.
        expect(phone).to_have_url(re.compile(rf"/{number}/$"))
        for group in phone.locator("fieldset.nb-ask").all():
            group.get_by_label("Agree", exact=True).check()
        phone.locator("button[name=go][value=on]").click()
    phone.get_by_role("button", name="Send in", exact=True).click()
    expect(phone.get_by_text("A mail tells you when.")).to_be_visible()
    assert Response.objects.get(of_oneself=True).submitted
    close_round(round=made.round)
    phone.goto(made.link(0))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your result is there.")
    phone.get_by_role("button", name="Read your result").click()
    # All said the same.
    expect(phone.get_by_role("heading", level=1)).to_contain_text(
        "Your peers see you much as you see yourself."
    )
    for summary in phone.locator("summary").all()[1:]:
        summary.click()
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.set_viewport_size({"width": 1280, "height": 900})
    axe(phone)
