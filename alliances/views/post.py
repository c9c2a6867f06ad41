"""What somebody is told whose doing sent mails."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from alliances.services.post import Posted


def tell_posted(request: HttpRequest, result: Posted | None, said: str) -> None:
    """The message after mails were sent: `said`, or whom they did not reach."""
    if result is None or not result.unreached:
        messages.success(request, said)
        return
    messages.error(
        request,
        _("%(said)s The mail to these people could not be sent. Tell them yourself: %(people)s.")
        % {"said": said, "people": ", ".join(str(person) for person in result.unreached)},
    )
