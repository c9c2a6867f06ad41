"""What every template may ask about this installation."""

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, bool]:
    return {"demonstration": settings.DEMONSTRATION}
