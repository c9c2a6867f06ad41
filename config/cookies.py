"""The cookie in which a message waits for the next page."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class MessagesInCookie(CookieStorage):
    """Django gives the name of every other cookie a setting, and this one none."""

    cookie_name = settings.MESSAGES_COOKIE_NAME


class Messages(FallbackStorage):
    """In a cookie; in the session what is too long for one."""

    storage_classes = (MessagesInCookie, SessionStorage)
