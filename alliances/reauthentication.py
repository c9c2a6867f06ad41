"""Whether it is the person themselves: lately, and by which address."""

from __future__ import annotations

import time
from typing import Any, cast
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
    get_reauthentication_flows,
)
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from alliances.models import User


def can_reauthenticate(request: HttpRequest) -> bool:
    """Whether there is something to enter once more: a password, or a second factor. Without either, one
    logs in once more by a code."""
    return bool(get_reauthentication_flows(cast(User, request.user)))


def is_proven_lately(request: HttpRequest) -> bool:
    """Whether the person entered their password, or a code, within the last minutes
    (ACCOUNT_REAUTHENTICATION_TIMEOUT); with a password, once more since they logged in."""
    if can_reauthenticate(request):
        return bool(did_recently_reauthenticate(request))
    records = get_authentication_records(request, cast(User, request.user))
    latest = max((float(one["at"]) for one in records), default=0.0)
    return bool(time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT)


def is_address_proven(request: HttpRequest) -> bool:
    """Whether the account's address is its owner's: they entered a code that was sent there, in this
    session or before."""
    user = cast(User, request.user)
    verified = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True)
    return _came_by_code(request, user) or verified.exists()


def _came_by_code(request: HttpRequest, user: User) -> bool:
    """Whether they logged in to this session by a code that was sent to the account's address."""
    return any(
        one.get("method") == "code" and str(one.get("email", "")).lower() == user.email.lower()
        for one in get_authentication_records(request, user)
    )


@receiver(user_logged_in)
def keep_proof(request: HttpRequest, user: User, **_more: Any) -> None:
    """Whoever has entered a code need not do so again, when they come by a password or a passkey later."""
    if _came_by_code(request, user):
        address, _made = EmailAddress.objects.get_or_create(user=user, email=user.email)
        address.set_verified()


def to_a_code(request: HttpRequest, *, said: str, following: str) -> HttpResponseRedirect:
    """Logs the person out, and leads to where they log in once more by a code, which `said` explains; from
    there to the address `following`."""
    logout(request)
    messages.info(request, said)
    return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': following})}")
