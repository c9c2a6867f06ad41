"""Proving once more who one is: whoever has nothing but codes by mail, before there is another way in.

allauth asks for the password, or the second factor, before one of them is changed. Who has neither, it lets
set them in any session, however old: whoever found one open would have the account for good. And it
goes on with the session's old key once somebody has proven who they are; here that gets a new one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from alliances.reauthentication import can_reauthenticate, to_a_code
from config.sessions import is_fresh

WAYS_IN = {"account_set_password", "mfa_activate_totp", "mfa_add_webauthn"}
"""Where one gets another way to log in."""

PROOFS = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
"""Where one enters the password, or shows the second factor, once more."""

MINUTES = 15
"""So long after logging in: long enough to find an app and set it up."""


class ProvenFirst:
    """Middleware: leads who came in long ago to log in once more by a code, and gives a session that was
    proven anew a new key."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        name = request.resolver_match.url_name if request.resolver_match else None
        # A proof that does not fit comes back as a page. Who deleted the account by it has no session.
        fits = request.method == "POST" and name in PROOFS and response.status_code == 302
        if fits and request.user.is_authenticated:
            request.session.cycle_key()
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        if name not in WAYS_IN or not request.user.is_authenticated:
            return None
        if can_reauthenticate(request) or is_fresh(request, MINUTES * 60):
            return None
        said = _("Log in once more by a code, so that it is sure to be you.")
        return to_a_code(request, said=said, following=reverse(name))
