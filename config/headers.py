"""What every answer says to the browser beside the Content Security Policy and Django's own headers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from whitenoise.middleware import WhiteNoiseFileResponse

from config.logs import LINK

UNUSED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
"""What browsers can do and no page of ours asks for."""

PERMISSIONS = ", ".join(
    [
        *(f"{feature}=()" for feature in UNUSED),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)


ALWAYS = {
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Resource-Policy": "same-origin",
    # Django's, which does not say them where it refuses a host before anything else.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
}
"""What every page says that says nothing else."""

LEFT_BEHIND = '"cache", "storage"'
"""What a browser forgets when somebody logs out: pages that it kept to go back to. Not cookies: a questionnaire
that is being answered, and the language, are not the account's."""


class SafeHeaders:
    """Middleware, around all others: browsers and proxies keep no page of ours, static files apart, nor
    where one leads that was asked for without HTTPS.

    Nearly all hold answers, results or people; to tell the few that do not is not worth a mistake.
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if isinstance(response, WhiteNoiseFileResponse):
            return response
        if "no-store" not in response.headers.get("Cache-Control", ""):
            add_never_cache_headers(response)
        for name, told in ALWAYS.items():
            response.headers.setdefault(name, told)
        if LINK.search(request.get_full_path()):
            # Whatever came of it, pages for what went wrong among them: as `respondents.private`.
            response.headers["Referrer-Policy"] = "strict-origin"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        if getattr(request, "has_logged_out", False):
            response.headers["Clear-Site-Data"] = LEFT_BEHIND
        return response


@receiver(user_logged_out)
def leaves(request: HttpRequest, user: Any, **_more: Any) -> None:
    """Whoever logs out, by the button or because the program does it."""
    if user is not None:
        request.has_logged_out = True  # type: ignore[attr-defined]


def of_static_file(headers: dict[str, str], path: str, url: str) -> None:
    """Whitenoise asks for each file: browsers keep them, for pages of ours alone."""
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
