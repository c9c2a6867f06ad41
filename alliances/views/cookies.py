"""Names of cookies that go to some pages alone."""

from __future__ import annotations

from django.conf import settings


def bound_name(name: str) -> str:
    """The name of a cookie that has a path of its own.

    With HTTPS it begins so that browsers take it over HTTPS alone. `__Host-`, as our other cookies have,
    would also keep other servers of the same domain from setting it, but demands the path `/`: this
    cookie would then go to every page, and that it reaches one questionnaire alone is worth more.
    """
    return f"__Secure-{name}" if settings.SESSION_COOKIE_SECURE else name
