"""Every address of the resolver, as something that may be filled in with what does not belong there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.urls import URLPattern, get_resolver, reverse

from tests.permissions.rows.accounts import ACCOUNTS
from tests.permissions.rows.admin import ADMIN
from tests.permissions.rows.table import TABLE
from tests.permissions.world import World
from tests.test_nasty_forms import addresses

ARGUMENT = re.compile(r"<(?:\w+:)?\w+>")
GROUP = re.compile(r"\(\?P(<\w+>)[^)]*\)")


@dataclass(frozen=True)
class Place:
    """One address: `route` as Django's path() writes it."""

    name: str
    route: str

    @property
    def is_of_admin(self) -> bool:
        return self.route.startswith("admin/")

    @property
    def is_of_accounts(self) -> bool:
        return self.name in ACCOUNTS or self.name in {"admin:login", "admin:logout"}

    @property
    def has_arguments(self) -> bool:
        return ARGUMENT.search(self.route) is not None

    def filled(self, value: Callable[[], str]) -> str:
        """The path, still to be quoted, with a `value` for each argument."""
        return "/" + ARGUMENT.sub(lambda _found: value(), self.route)


def all_places() -> list[Place]:
    """Those of the resolver, and the files that stand beside it."""

    def walk(patterns: list[Any], before: str, space: str) -> Iterator[Place]:
        for pattern in patterns:
            part = str(pattern.pattern)
            if GROUP.search(part):
                part = GROUP.sub(r"\1", part).removeprefix("^").removesuffix("$")
            if isinstance(pattern, URLPattern):
                yield Place(f"{space}{pattern.name}", before + part)
            else:
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from walk(pattern.url_patterns, before + part, space + inner)

    resolved = walk(get_resolver().url_patterns, "", "")
    return [*resolved, Place("static", "static/<path>"), Place("nothing", "<path>")]


def sound_paths(world: World, place: Place) -> list[str]:
    """Where `place` stands in this world, once for each kind of thing that it shows."""
    if place.name in TABLE:
        return addresses(world, place.name)
    if place.name in ACCOUNTS:
        return [reverse(place.name, kwargs=ACCOUNTS[place.name].arguments or {})]
    if place.is_of_admin:
        row = {"<app_label>/": "<app_label>/", "<url>": "(?P<url>.*)$"}
        route = place.route.removeprefix("admin/")
        return ["/admin/" + ADMIN[row.get(route, route)].path.format(**world.objects)]
    return [{"static": "/static/css/theme.css", "nothing": "/nothing-here/"}[place.name]]


def quoted(path: str) -> str:
    """`path` as a request line holds it. What no UTF-8 can say goes out as the bytes that stand for it
    elsewhere."""
    return quote(path.encode("utf-8", "surrogatepass"), safe="/:@!$&'()*+,;=-._~%")
