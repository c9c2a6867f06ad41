"""In which language a page is written.

The first that says: the address (`?lang=fr`, which the links in a page's foot have), the cookie that
keeps it, the account of who is logged in, the browser, the installation (DEFAULT_LANGUAGE).
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import translation

from alliances.views.interface import PARAMETER, keep_interface

Respond = Callable[[HttpRequest], HttpResponse]


class ReaderLanguage:
    """Comes after LocaleMiddleware, which knows the cookie and the browser, and after the session."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.respond(request)
        wanted = request.GET.get(PARAMETER, "")
        if wanted in dict(settings.LANGUAGES):
            return _chosen(request, wanted)
        kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = "" if kept else _of_account(request)
        if not language:
            return self.respond(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        # From here on this browser knows it too: nothing that is sent need ask the account.
        return keep_interface(self.respond(request), language)


def _of_account(request: HttpRequest) -> str:
    """What is kept on the account of who is logged in; "" for anybody else, whose session is not read."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or SESSION_KEY not in request.session:
        return ""
    if not request.user.is_authenticated:
        return ""
    language: str = request.user.language
    return language if language in dict(settings.LANGUAGES) else ""


def _chosen(request: HttpRequest, language: str) -> HttpResponse:
    """Keeps the language, on the account too, and leads to the same page without saying it again."""
    query = request.GET.copy()
    del query[PARAMETER]
    # One slash in front: two would lead to another server.
    path = "/" + request.path.lstrip("/")
    leads = HttpResponseRedirect(f"{path}?{query.urlencode()}" if query else path)
    response = keep_interface(leads, language)
    response.headers["Referrer-Policy"] = "strict-origin"
    if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
        user = request.user
        if user.is_authenticated and user.language != language:
            user.language = language
            user.save(update_fields=["language"])
    return response


def languages(request: HttpRequest) -> dict[str, list[dict[str, str]]]:
    """For templates: each language by its own name, with the address of this page in it. The page that
    refuses a query of too many fields leads to its address without them."""
    try:
        asked = request.GET
    except TooManyFieldsSent:
        asked = QueryDict()
    found = []
    for code, name in settings.LANGUAGES:
        query = asked.copy()
        query[PARAMETER] = code
        found.append({"code": code, "name": str(name), "address": f"?{query.urlencode()}"})
    return {"spoken_languages": found}
