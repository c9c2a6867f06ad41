"""Who comes to a questionnaire: known by a link, in a cookie that goes there alone, and by no account.

So does the language in which they read its questions, if they choose one: it is stored in their
browser, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from alliances.errors import Refused
from alliances.views.cookies import bound_name
from alliances.views.limits import may_go_on, too_many
from assessments.services import answering
from assessments.services.links import LinkEnded, LinkUnknown, Visit, find_visit, unknown_link
from assessments.views.spoken import READ_IN, asked_language, guessed_language, known_language

COOKIE_DAYS = 90

STATUSES: dict[type[Refused], int] = {
    LinkUnknown: 404,
    LinkEnded: 410,
    answering.AlreadySent: 409,
    answering.NotAnswered: 422,
}

View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """What the view answers is kept nowhere, found by no search engine, and leads nowhere back.

    `no-referrer` would be stricter by a hair, but browsers then send forms with `Origin: null`,
    which Django refuses as a forgery; `strict-origin` tells nobody the path, and so no token.
    """

    @never_cache
    @wraps(view)
    def kept_private(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return kept_private


def cookie_name(round_id: int) -> str:
    return bound_name(f"nb_r{round_id}")


def language_cookie_name(round_id: int) -> str:
    return bound_name(f"nb_l{round_id}")


def token_of(request: HttpRequest, round_id: int) -> str:
    """The token that this browser holds for the round; "" for none."""
    return request.COOKIES.get(cookie_name(round_id), "")


def language_of_visit(request: HttpRequest, visit: Visit) -> str:
    """The language in which this visitor reads the round's bank: asked for by a button, kept in the
    cookie, or guessed."""
    bank = visit.round.bank
    return (
        known_language(bank, request.POST.get(READ_IN))
        or known_language(bank, request.COOKIES.get(language_cookie_name(visit.round.pk)))
        or guessed_language(request, bank)
    )


def for_respondent(view: Callable[..., HttpResponse]) -> View:
    """Calls the view with `visit`, who came by a link of the round `pk` and has begun.

    An address that asks for a language of the round's bank keeps it, and leads to the same page.
    """

    @private
    @wraps(view)
    def found(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        try:
            visit = find_visit(token=token_of(request, pk), round_id=pk)
            if visit.response is None:
                raise unknown_link()
        except Refused as refusal:
            return refused(request, refusal, token_of(request, pk))
        if request.method != "POST" and (wanted := asked_language(request, visit.round.bank)):
            return keep_language(redirect(request.path), pk, wanted)
        return view(request, visit, **kwargs)

    return found


def is_guessing(request: HttpRequest, refusal: Refused, token: str) -> bool:
    """Whether this address has come with too many tokens that were never sent; counts this one.

    A right token is looked up and let in before anybody is counted: who shares an address with
    somebody who guesses is not kept from answering. Nobody guesses 256 bits; what this saves is work.
    """
    unknown = isinstance(refusal, LinkUnknown) and token != ""
    return unknown and not may_go_on(request, "wrong_link")


def refused(request: HttpRequest, refusal: Refused, token: str) -> HttpResponse:
    """The page that says why the link with `token` leads no further; "" where there is none."""
    if is_guessing(request, refusal, token):
        return too_many(request)
    status = STATUSES.get(type(refusal), 400)
    context = {"refusal": refusal}
    return render(request, "assessments/questionnaire/refused.html", context, status=status)


def keep_language(
    response: HttpResponseRedirect, round_id: int, language: str
) -> HttpResponseRedirect:
    """The response, from which on this browser reads the round's questions in `language`."""
    response.set_cookie(
        language_cookie_name(round_id),
        language,
        max_age=COOKIE_DAYS * 24 * 3600,
        path=reverse("questionnaire", args=[round_id]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
