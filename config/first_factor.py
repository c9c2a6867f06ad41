"""Whoever has nothing but codes by mail proves once more who they are before there is another way in.

allauth asks for the password, or the second factor, before one of them is changed. Who has neither, it lets
set them in any session, however old: whoever found one open would have the account for good.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alliances.reauthentication import can_reauthenticate
from config.sessions import is_fresh

WAYS_IN = {"account_set_password", "mfa_activate_totp", "mfa_add_webauthn"}
"""Where one gets another way to log in."""

MINUTES = 15
"""So long after logging in: long enough to find an app and set it up."""


class ProvenFirst:
    """Middleware: leads who came in long ago to log in once more by a code."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        if name not in WAYS_IN or not request.user.is_authenticated:
            return None
        if can_reauthenticate(request) or is_fresh(request, MINUTES * 60):
            return None
        logout(request)
        messages.info(request, _("Log in once more by a code, so that it is sure to be you."))
        back = urlencode({"next": reverse(name)})
        return redirect(f"{reverse('account_request_login_code')}?{back}")
