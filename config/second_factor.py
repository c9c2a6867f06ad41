"""Admins, and whoever writes question banks, have a second factor before they do anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alliances.models import User
from assessments.permissions import may_curate_banks

OPEN = {"account_logout", "account_reauthenticate", "privacy", "rules"}
"""Beside the pages on which a second factor is set up: the way out, proving oneself for them, and what anybody reads."""

PROVES = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
"""What counts. Recovery codes are for who has lost one of these, and are none by themselves."""


class SecondFactorFirst:
    """Middleware: whoever needs a second factor and has none is led to where it is set up."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_REQUIRED or not _is_missing(request):
            return None
        request.needs_second_factor = True  # type: ignore[attr-defined]
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        if name.startswith("mfa_") or name in OPEN:
            return None
        return redirect("mfa_index")


def _is_missing(request: HttpRequest) -> bool:
    """Whether this user needs a second factor and has none. A respondent's session is not read."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or SESSION_KEY not in request.session:
        return False
    user = request.user
    if not isinstance(user, User):
        return False
    needed = user.is_staff or user.is_superuser or may_curate_banks(user)
    return needed and not is_mfa_enabled(user, types=PROVES)
