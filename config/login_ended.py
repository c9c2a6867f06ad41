"""Says why a login that was begun cannot go on, where allauth leads back to its beginning without a word."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.constants import LoginStageKey
from allauth.account.internal.stagekit import unstash_login
from allauth.account.stages import LoginStageController
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

AT_THE_CODE = "account_confirm_login_code"
AT_THE_SECOND_FACTOR = "mfa_authenticate"


class LoginEnded:
    """Middleware: whoever enters a code after its ten minutes, or digits long after the password, reads so."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        if name not in (AT_THE_CODE, AT_THE_SECOND_FACTOR) or request.user.is_authenticated:
            return None
        if not _goes_on(request):
            messages.info(
                request,
                _("That code has ended. Ask for a new one.")
                if name == AT_THE_CODE
                else _("That took too long. Log in once more."),
            )
        return None


def _goes_on(request: HttpRequest) -> bool:
    """Whether a login waits for something, and the code that it waits for has not ended."""
    if unstash_login(request, peek=True) is None:
        return False
    at_the_code = LoginStageController.enter(request, LoginStageKey.LOGIN_BY_CODE)
    if at_the_code is None:
        return True
    return bool(time.time() - at_the_code.state["at"] <= app_settings.LOGIN_BY_CODE_TIMEOUT)
