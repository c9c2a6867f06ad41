"""Browser tests: Chromium on the pages of a server that runs in the test.

- `page`, `laptop` (1280 × 900), `phone` (360 × 780), `scriptless` (a laptop with JavaScript off):
  Playwright pages whose relative addresses lead to that server. Each fails its test at the end
  where a script broke or the Content Security Policy stopped something.
- `log_in(page, user)`: the page is that user's from now on.
- `axe(page)`: fails with a list where the page breaks WCAG 2.2 A or AA; `without` names rules that
  are left out.

Every test of this folder carries the mark `browser`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright

# Playwright's synchronous interface runs an event loop in the thread of the test, and Django would
# refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = """The browser tests need Chromium and found none.
  Debian:          apt-get install chromium
  Fedora:          dnf install chromium
  macOS, Ubuntu:   .venv/bin/python -m playwright install chromium"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def is_ours(item: pytest.Item) -> bool:
        return HERE in item.path.parents

    for item in filter(is_ours, items):
        item.add_marker(pytest.mark.browser)
    # They take longest. First of all, so that not one process is left with them at the end.
    items.sort(key=is_ours, reverse=True)


def find_chromium(playwright: Playwright) -> str | None:
    """The path of a Chromium: the system's own before the one that Playwright installed."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


@pytest.fixture(scope="session")
def browser_type_launch_args(playwright: Playwright) -> dict[str, Any]:
    executable = find_chromium(playwright)
    if executable is None:
        pytest.fail(NO_BROWSER, pytrace=False)
    return {
        "executable_path": executable,
        "args": [
            "--no-sandbox",  # Chromium's sandbox does not start for root or in a container
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        ],
    }


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    """Relative addresses lead to the server of the test."""
    return str(live_server.url)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "UTC"}


Watch = Callable[[Page], Page]


@pytest.fixture
def watch() -> Iterator[Watch]:
    """`watch(page)` gives the page back, and fails the test where a script on it breaks."""
    troubles: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            troubles.append(message.text)

    def watched(page: Page) -> Page:
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", heard)
        page.set_default_timeout(10_000)
        return page

    yield watched
    assert troubles == []


@pytest.fixture
def page(watch: Watch, context: BrowserContext) -> Page:
    return watch(context.new_page())


@pytest.fixture
def laptop(watch: Watch, new_context: Callable[..., BrowserContext]) -> Page:
    return watch(new_context(viewport={"width": 1280, "height": 900}).new_page())


@pytest.fixture
def phone(watch: Watch, new_context: Callable[..., BrowserContext]) -> Page:
    return watch(
        new_context(
            viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True
        ).new_page()
    )


@pytest.fixture
def scriptless(watch: Watch, new_context: Callable[..., BrowserContext]) -> Page:
    return watch(
        new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False).new_page()
    )


@pytest.fixture
def log_in(base_url: str) -> Callable[[Page, Any], None]:
    def logged_in(page: Page, user: Any) -> None:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "url": base_url,
                }
            ]
        )

    return logged_in


@pytest.fixture
def axe() -> Callable[..., None]:
    def checked(page: Page, *, without: Iterable[str] = ()) -> None:
        options = {
            "runOnly": {"type": "tag", "values": WCAG},
            "resultTypes": ["violations"],
            "rules": {rule: {"enabled": False} for rule in without},
        }
        found = Axe().run(page, options=options)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return checked
