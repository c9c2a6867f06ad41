"""The language of the pages themselves, as somebody chooses it: the name of that in an address, and the
cookie that keeps it."""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.http import HttpResponseBase

PARAMETER = "lang"

Response = TypeVar("Response", bound=HttpResponseBase)


def keep_interface(response: Response, language: str) -> Response:
    """The response, from which on this browser reads all pages in `language`, one of LANGUAGES."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response
