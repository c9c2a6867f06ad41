"""Who sends: the people of the permission table, and accounts in the middle of proving who they are."""

from __future__ import annotations

from allauth.account.internal.flows.manage_email import sync_user_email_address
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from alliances.models import User
from tests.config.test_second_factor import set_up
from tests.permissions.world import World

PASSWORD = "harbour-lantern-42"

INSIDE = ("convener", "convener", "admin", "member", "respondent", "stranger")
OF_ADMIN = ("admin", "admin", "admin", "convener", "stranger")
OF_ACCOUNTS = ("guarded", "plain", "awaits code", "awaits digits", "convener", "stranger")


def add_accounts(world: World) -> None:
    """Sessions for OF_ACCOUNTS: somebody with a password who logged in just now, somebody who has an
    app and recovery codes as well, one who was sent a code, and one who is asked for the app's digits."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        plain, guarded = Client(), Client()
        for name, client in (("plain", plain), ("guarded", guarded)):
            User.objects.create_user(f"{name}@example.org", PASSWORD, name=name)
            log_in(client, name)
        set_up(guarded, password=PASSWORD)
        half, asked = Client(), Client()
        log_in(half, "guarded")
        asked.post(reverse("account_request_login_code"), {"email": "plain@example.org"})
        mail.outbox.clear()
    for user in User.objects.all():
        # allauth would note the address of an account when somebody first opens its page of addresses.
        sync_user_email_address(user)
    clients = {"plain": plain, "guarded": guarded, "awaits digits": half, "awaits code": asked}
    for role, client in clients.items():
        world.sessions[role] = client.cookies[settings.SESSION_COOKIE_NAME].value


def log_in(client: Client, name: str) -> None:
    client.post(reverse("account_login"), {"login": f"{name}@example.org", "password": PASSWORD})
