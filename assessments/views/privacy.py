"""What is stored, who sees it and how long, and whom to tell of a weakness: made from the settings."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.services.retention import MAIL_DAYS, in_words
from assessments.views.respondents import COOKIE_DAYS

EXPIRES_DAYS = 30
"""How long whoever fetched security.txt may go by it; RFC 9116 recommends less than a year."""


class Kept(NamedTuple):
    """One kind of data, and how long it is kept."""

    what: str
    how_long: str


@require_http_methods(["GET", "HEAD"])
def privacy(request: HttpRequest) -> HttpResponse:
    """Short, and for a participant on a telephone; whoever wants more finds the handbook."""
    context = {
        "operator": settings.OPERATOR_NAME,
        "contact": settings.OPERATOR_CONTACT,
        "contact_is_address": _is_address(settings.OPERATOR_CONTACT),
        "cookie_days": COOKIE_DAYS,
        "kept": _kept(),
    }
    return render(request, "assessments/privacy.html", context)


@require_http_methods(["GET", "HEAD"])
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116): the operator's address, or the page that says how else they
    are reached. 404 where nobody is named, or that page would not come over HTTPS."""
    contact = settings.OPERATOR_CONTACT
    page = request.build_absolute_uri(reverse("privacy"))
    if _is_address(contact):
        page = f"mailto:{quote(contact, safe='@')}"
    elif not contact or not page.startswith("https://"):
        raise Http404
    midnight = timezone.now().astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {page}",
        f"Expires: {midnight + dt.timedelta(days=EXPIRES_DAYS):%Y-%m-%dT%H:%M:%SZ}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _is_address(contact: str) -> bool:
    return "@" in contact and " " not in contact


def _kept() -> list[Kept]:
    """Kind by kind, from when the period counts included."""
    rows = [
        Kept(_("Answers that you did not send in"), _("until the round closes")),
        Kept(
            _("Answers that you sent in, and the link that leads to them"),
            _after(settings.RETENTION_ANSWERS_DAYS),
        ),
        Kept(
            _("Your comments, as you wrote them"),
            _after(_shorter(settings.RETENTION_COMMENTS_DAYS, settings.RETENTION_ANSWERS_DAYS)),
        ),
        Kept(
            _("Your name and address on the list of a round"),
            _after(settings.RETENTION_INVITATIONS_DAYS),
        ),
        Kept(
            _("The published result, with the comments that it shows without names"),
            _("as long as the alliance is kept here"),
        ),
        Kept(_("An account"), _("until its owner deletes it, or an administrator does")),
        Kept(_("A login"), _("until you log out, and 14 days at most")),
        Kept(_("The log of who did what"), _("for good; in it stands no person’s name or address")),
        Kept(
            _("What the alliance has on record, its list of people included"),
            _("until a convener changes or removes it"),
        ),
    ]
    if settings.DEMONSTRATION:
        rows.append(Kept(_("Mail of this demonstration"), in_words(MAIL_DAYS)))
    return rows


def _shorter(one: int | None, other: int | None) -> int | None:
    """A comment goes with its answers at the latest."""
    found = [days for days in (one, other) if days is not None]
    return min(found, default=None)


def _after(days: int | None) -> str:
    if days is None:
        return in_words(days)
    return _("%(period)s after the round is over") % {"period": in_words(days)}
