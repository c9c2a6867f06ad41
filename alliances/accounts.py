"""How accounts come about, and how their owners prove who they are: allauth asks here."""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context as at_work
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.dispatch import receiver
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.models import User
from alliances.services.texts import same_key

logger = logging.getLogger(__name__)

PASSKEY = "mfa_reauthenticate:webauthn"
"""allauth's name for proving oneself by a passkey."""
LOCKED = b"1."
"""How what is locked begins, and with it the way in which that was done."""
NONCE = 12
"""Bytes that are drawn anew for each text that is locked."""


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an admin or by a convener who gives someone access; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("The address or the password is not right."),
        "enter_current_password": gettext_lazy("This is not your current password."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "incorrect_code": gettext_lazy("This code does not fit. Look at the latest mail."),
        # said of passwords, digits and codes by mail alike
        "too_many_login_attempts": gettext_lazy(
            "That was tried too often. Wait some minutes, or log in by a new code."
        ),
        "rate_limited": gettext_lazy("That was tried too often. Wait some minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To the login, and from there to the start page: whoever has a new password is logged out."""
        return reverse("account_login")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address by which tries are counted, as the proxies that are trusted tell it.

        Where they do not, because there are fewer than TRUSTED_PROXIES says, it is that of whoever
        connected: all share one count then, and nobody chooses theirs. An IPv4 address that is
        written as IPv6 is one of its own, not one of a network with all others.
        """
        try:
            address = super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            return request.META.get("REMOTE_ADDR") or "unknown"
        mapped = getattr(ip_address(address), "ipv4_mapped", None)
        return str(mapped or address)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By what wrong passwords are counted: the account alone. allauth adds the name of the server, which is
        whatever the request says, with any port and as many names as ALLOWED_HOSTS lets through."""
        return same_key(str(credentials.get("email", "")))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A code, or a link to a new password. Where it cannot be sent, a page says so, to everybody alike;
        whatever a mail server says of the mail, the address among it, stays out of the log."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError, ValueError) as error:
            logger.warning("A mail about an account was not sent: %s", type(error).__name__)
            page = render(at_work.request, "503.html", status=503)
            raise ImmediateHttpResponse(page) from error

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """What was done stays done, also where the mail that tells of it cannot be sent."""
        with suppress(ImmediateHttpResponse):
            super().send_notification_mail(*args, **kwargs)

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, str]]:
        """How they prove once more who they are, a passkey first; each with its `description` for a link."""
        said = {
            "reauthenticate": _("Use the password"),
            "mfa_reauthenticate": _("Use the app or a recovery code")
            if is_mfa_enabled(user, types=[Authenticator.Type.TOTP])
            else _("Use a recovery code"),
            PASSKEY: _("Use a passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        methods.sort(key=lambda method: method["id"] != PASSKEY)
        return [{**method, "description": said[method["id"]]} for method in methods]


class SecondFactorAdapter(DefaultMFAAdapter):
    """What allauth keeps of apps, recovery codes and passkeys, and how it names them."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This does not fit. An app shows new digits every half minute; a recovery code serves once."
        ),
    }

    def encrypt(self, text: str) -> str:
        """`text` as the database holds it: who has a backup alone cannot compute the next code."""
        nonce = secrets.token_bytes(NONCE)
        locked = nonce + next(_locks()).encrypt(nonce, text.encode(), LOCKED)
        return LOCKED.decode() + base64.urlsafe_b64encode(locked).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was locked; a key that nobody has where SECRET_KEY is another one by now, so that nothing
        fits it and nothing breaks."""
        try:
            locked = base64.urlsafe_b64decode(encrypted_text.removeprefix(LOCKED.decode()))
        except ValueError:
            locked = b""
        for lock in _locks():
            try:
                return lock.decrypt(locked[:NONCE], locked[NONCE:], LOCKED).decode()
            except (InvalidTag, ValueError):
                continue
        logger.error("A second factor was locked with a SECRET_KEY that is not known any more.")
        return base64.b32encode(secrets.token_bytes(20)).decode()

    def _get_site_name(self) -> str:
        return f"Northbound {super()._get_site_name()}"

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """What a new passkey is called unless its owner says otherwise."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}


@receiver(user_login_failed)
def tell_the_log(**_more: Any) -> None:
    """That somebody tries shows in the server's journal; who, and for whom, does not: that would tell when
    a member was there."""
    logger.warning("A login failed.")


@receiver(authenticator_added)
def shown_just_now(
    request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any
) -> None:
    """Whoever has just shown a new app or passkey is not asked for it once more to see the recovery codes."""
    record_authentication(
        request,
        user,
        "mfa",
        id=authenticator.pk,
        type=authenticator.type,
        reauthenticated=True,
    )


def _locks() -> Iterator[AESGCM]:
    """AES with 256 bits in Galois counter mode, by a key made from SECRET_KEY; then, for what was locked
    before, from each of SECRET_KEY_FALLBACKS."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield AESGCM(hashlib.sha256(f"northbound.second-factor/1:{key}".encode()).digest())
