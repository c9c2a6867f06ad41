"""What every template may ask about this installation, and about this answer."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


def installation(request: HttpRequest) -> dict[str, Any]:
    """`csp_nonce` is drawn where a page has a script, and only then stands in its header."""
    return {
        "demonstration": settings.DEMONSTRATION,
        "csp_nonce": SimpleLazyObject(lambda: str(getattr(request, "csp_nonce", ""))),
    }
