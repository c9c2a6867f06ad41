"""Walks from page to page by their links, as somebody does who looks at everything.

One page of each kind: `/metrics/3/` stands for all metrics, `/journal/new/meeting/` not for
`/journal/new/offer/`. What is found there is looked at on a laptop and on a telephone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page, ViewportSize

from tests.addresses import PAGES
from tests.browser.test_pages import assert_worthy

LAPTOP = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=360, height=780)
A_PAPER = 60_000
"""So many milliseconds a PDF may take on a machine that does other work; a page has far fewer."""


@dataclass
class Walk:
    """Who looks, which kinds of `pages` they go to, in which language, and which they have seen."""

    page: Page
    axe: Callable[..., None]
    pages: set[str] = field(default_factory=lambda: PAGES)
    language: str = "en"
    seen: set[tuple[str, str]] = field(default_factory=set)

    @property
    def names(self) -> set[str]:
        """The names of the addresses that were seen."""
        return {name for name, _which in self.seen}

    def from_(self, *starts: str) -> Walk:
        """Looks at all `starts`, and at one page of each further kind to which links lead from there."""
        todo = [link for address in starts for link in self._look(address)]
        while todo:
            address = todo.pop(0)
            if (
                (kind := _kind(address)) is not None
                and kind not in self.seen
                and kind[0] in self.pages
            ):
                todo.extend(self._look(address))
        return self

    def _again(self, page: Page) -> None:
        """axe on the narrower screen; colours, which take it longest, are the same on both. A form
        stands there as it does on the wide one, one field below the other."""
        if not page.locator(".nb-page-form").count():
            self.axe(page, without=["color-contrast"])

    def _look(self, address: str) -> Iterable[str]:
        """Looks at a page on both screens; gives where its links lead."""
        if kind := _kind(address):
            self.seen.add(kind)
        self.page.set_viewport_size(LAPTOP)
        answer = self.page.goto(address)
        assert answer is not None
        assert (address, answer.status) == (address, 200)
        assert self.page.locator("html").get_attribute("lang") == self.language
        assert_worthy(self.page, self.axe)
        filled = self.page.locator("main .btn-primary:visible").count()
        assert filled <= 1, f"{address} has {filled} filled buttons"
        self.page.set_viewport_size(PHONE)
        assert_worthy(self.page, self._again)
        links = self.page.locator("a[href]").evaluate_all(
            "links => links.map(link => link.href).filter(href => href.startsWith(location.origin))"
        )
        return [urlsplit(link).path for link in links]


def _kind(address: str) -> tuple[str, str] | None:
    """What kind of page an address leads to; None where it is none of ours, or no page."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    if found.url_name not in PAGES:
        return None
    which = [value for value in found.kwargs.values() if not isinstance(value, int)]
    return found.url_name, "/".join(str(value) for value in which)
