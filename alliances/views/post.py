"""What somebody is told whose doing sent mails."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from alliances.services.post import Posted


def login_url(request: HttpRequest) -> str:
    """Where one logs in, as it stands in a mail."""
    return request.build_absolute_uri(reverse("account_request_login_code"))


def tell_posted(request: HttpRequest, result: Posted | None, said: str = "") -> None:
    """The message after mails were sent: `said`, and whom they did not reach. None where there is
    nothing to say."""
    if result is not None and result.unreached:
        people = ", ".join(str(person) for person in result.unreached)
        missed = _("The mail to these people could not be sent. Tell them yourself: %(people)s.")
        messages.error(request, f"{said} {missed % {'people': people}}".strip())
    elif said:
        messages.success(request, said)
