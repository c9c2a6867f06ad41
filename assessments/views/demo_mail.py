"""The demonstration's mailbox: what the mail server would have delivered. Nowhere else."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.services.mailbox import find_mail, list_mail

FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def _folder() -> Path:
    """Where mail is kept. Raises Http404 where it is not kept in files, or this is in earnest."""
    if not settings.DEMONSTRATION or settings.EMAIL_BACKEND != FILE_BACKEND:
        raise Http404
    return Path(settings.EMAIL_FILE_PATH)


@require_http_methods(["GET", "HEAD"])
@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    """All messages, newest first."""
    context = {"section": "mail", "mails": list_mail(_folder())}
    return render(request, "assessments/demo_mail/list.html", context)


@require_http_methods(["GET", "HEAD"])
@never_cache
def message(request: HttpRequest, name: str) -> HttpResponse:
    """One message, its links to this site made into links."""
    mail = find_mail(_folder(), name)
    if mail is None:
        raise Http404
    context = {"section": "mail", "mail": mail, "text": _linked(mail.text, request.get_host())}
    response = render(request, "assessments/demo_mail/message.html", context)
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


def _linked(text: str, host: str) -> SafeString:
    """`text` as HTML. Addresses of this site become links by their path; all others stay text."""
    parts = ADDRESS.split(text)
    return format_html_join("", "{}", ((_link(part, host),) for part in parts))


def _link(part: str, host: str) -> str | SafeString:
    if not ADDRESS.fullmatch(part):
        return part
    try:
        address = urlsplit(part)
        here = address.netloc == host or (address.hostname or "") in LOOPBACK
    except ValueError:
        return part
    if not here or not address.path.startswith("/") or address.path.startswith("//"):
        return part
    path = address.path + (f"?{address.query}" if address.query else "")
    return format_html('<a href="{}">{}</a>', path, part)
