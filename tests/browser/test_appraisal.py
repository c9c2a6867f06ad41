"""The appraisal of an invitation on a telephone and on a laptop, by thumb and by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assessments.services.banks.store import latest_bank
from tests.browser.test_pages import assert_worthy
from tests.browser.walk import A_PAPER

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("screen", ["phone", "laptop"])
def test_from_the_start_page_to_the_pdf(
    screen: str, request: pytest.FixtureRequest, axe: Callable[[Page], None]
) -> None:
    page: Page = request.getfixturevalue(screen)
    latest_bank("invitation-appraisal")
    page.goto("/")
    page.get_by_role("link", name="Invited to an alliance yourself?").click()
    assert_worthy(page, axe)
    page.get_by_role("link", name="Begin").click()
    for number in range(1, 9):
        expect(page.locator(".nb-progress")).to_contain_text(f"{number} of 8")
        if number == 1:
            assert_worthy(page, axe)
        for question in page.locator("fieldset.nb-ask").all():
            answer = question.get_by_role("radio", name="Agree", exact=True)
            if screen == "phone":
                answer.check()
            else:
                answer.focus()
                page.keyboard.press("Space")
        page.locator("main .btn-primary").click()
    expect(page.locator("h1")).to_have_text("Join if")
    assert_worthy(page, axe)
    with page.expect_download(timeout=A_PAPER) as download:
        page.get_by_role("link", name="Keep it on one page").click(no_wait_after=True)
    assert download.value.suggested_filename == "invitation-appraisal.pdf"
    # The browser's own way back, and forth again.
    page.go_back()
    expect(page.locator(".nb-progress")).to_contain_text("8 of 8")
    last = page.locator("fieldset.nb-ask").last
    expect(last.get_by_role("radio", name="Agree", exact=True)).to_be_checked()
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Join if")
    page.get_by_role("link", name="Change an answer").click()
    first = page.locator("fieldset.nb-ask").first
    expect(first.get_by_role("radio", name="Agree", exact=True)).to_be_checked()
    page.get_by_role("button", name="Back to the introduction").click()
    assert_worthy(page, axe)
    page.get_by_role("link", name="Go on").click()
    expect(page.locator("h1")).to_have_text("Join if")
    page.get_by_role("button", name="Forget my answers").click()
    expect(page.get_by_role("link", name="Begin")).to_be_visible()
    assert_worthy(page, axe)
    page.go_back()
    expect(page.get_by_role("link", name="Begin")).to_be_visible()
