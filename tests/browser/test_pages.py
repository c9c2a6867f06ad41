"""Pages that anyone may open, and those of what went wrong, on a telephone and on a laptop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PUBLIC = ["/", "/rules/", "/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/"]
TROUBLES = {"/nothing-is-here/": 404, "/forbidden/": 403, "/suspicious/": 400, "/broken/": 500}


@pytest.fixture(params=["phone", "laptop"])
def any_page(request: pytest.FixtureRequest) -> Page:
    page: Page = request.getfixturevalue(request.param)
    return page


def assert_worthy(page: Page, axe: Callable[[Page], None]) -> None:
    """One heading, no violation, nothing wider than the screen."""
    expect(page.locator("h1")).to_have_count(1)
    axe(page)
    assert page.viewport_size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages(address: str, any_page: Page, axe: Callable[[Page], None]) -> None:
    answer = any_page.goto(address)
    assert answer is not None
    assert answer.status == 200
    assert_worthy(any_page, axe)


@pytest.mark.urls("tests.config.test_errors")
@pytest.mark.parametrize("address", TROUBLES)
def test_pages_of_trouble(address: str, any_page: Page, axe: Callable[[Page], None]) -> None:
    answer = any_page.goto(address)
    assert answer is not None
    assert answer.status == TROUBLES[address]
    expect(any_page.get_by_role("link", name="Go to the start page")).to_be_visible()
    assert_worthy(any_page, axe)
