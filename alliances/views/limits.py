"""How often one may try what can be guessed or costs much: strangers by the address that they come from, whoever
is logged in by their account.

allauth counts for its own pages; this is the same for ours. Counts are kept where every process of the
server sees them (settings: CACHES).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

PAUSE = 60
"""Seconds for which whoever tried too often is told so without being counted again."""

IPV6_NETWORK = 64
"""Bits of an IPv6 address that stand for one household or one server."""


def unreadable_key(key: str, prefix: str, version: int) -> str:
    """`key` as the table of counts holds it. What is counted names addresses: who reads the table, or a
    backup of it, shall not learn who came when."""
    whole = f"{prefix}:{version}:{key}"
    return salted_hmac("northbound.counted", whole, algorithm="sha256").hexdigest()


def may_go_on(request: HttpRequest, action: str) -> bool:
    """Counts one try of `action`, a key of settings.RATE_LIMITS; False where there were too many.

    Whoever goes on trying costs one query each time, and writes nothing.
    """
    pause = f"pause:{action}:{_who(request, action)}"
    if cache.get(pause) is not None:
        return False
    if ratelimit.consume(
        request, app="northbound", action=action, config=settings.RATE_LIMITS, limit_get=True
    ):
        return True
    cache.set(pause, True, PAUSE)
    return False


def drawn(view: View[P]) -> View[P]:
    """For a view, behind the login, that draws a PDF: seconds of a whole process each time."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not may_go_on(request, "pdf"):
            return too_many(request)
        return view(request, *args, **kwargs)

    return answer


def _who(request: HttpRequest, action: str) -> str:
    if settings.RATE_LIMITS[action].endswith("/user"):
        return f"account:{request.user.pk}"
    return network_of(request)


def network_of(request: HttpRequest) -> str:
    """Who counts as one: an IPv4 address, or the first 64 bits of an IPv6 address."""
    address = get_adapter().get_client_ip(request)
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return str(address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((found, IPV6_NETWORK), strict=False).network_address)
    return str(found)


def too_many(request: HttpRequest) -> HttpResponse:
    """The page that says so (429)."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(PAUSE)
    return response
