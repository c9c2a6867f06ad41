"""What somebody answers who appraises an invitation: in a cookie of their browser, and nowhere else.

The cookie goes to the pages of that appraisal alone, is read by no script, and is gone with the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alliances.views.cookies import bound_name
from assessments.models import Bank
from assessments.services.appraisal import find_version, readable_answers
from assessments.views.spoken import known_language

COOKIE = "nb_appraisal"

Answered = TypeVar("Answered", bound=HttpResponse)


@dataclass(frozen=True)
class Kept:
    """What is answered so far, by question code, of this version of the bank; "" as `language` where
    none was picked to read it in."""

    bank: Bank
    language: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


def _codes(bank: Bank) -> list[str]:
    """Those of all questions, in an order that a published version never changes."""
    return list(
        bank.questions.order_by("dimension__position", "position").values_list("code", flat=True)
    )


def read_kept(request: HttpRequest, code: str) -> Kept | None:
    """What this browser keeps of the appraisal by the bank of that code; None where it keeps nothing
    that can be read. Three queries."""
    version, _tilde, rest = request.COOKIES.get(bound_name(COOKIE), "").partition("~")
    bank = find_version(code, version)
    if bank is None:
        return None
    language, _tilde, values = rest.partition("~")
    given = dict(zip(_codes(bank), values.split("."), strict=False))
    return Kept(bank, known_language(bank, language), readable_answers(bank, given))


def keep(response: Answered, kept: Kept) -> Answered:
    """The response, from which on this browser keeps that: the answers by their places alone, so that
    the longest bank fits into a cookie. One query."""
    values = ".".join(kept.answers.get(code, "") for code in _codes(kept.bank))
    response.set_cookie(
        bound_name(COOKIE),
        f"{kept.bank.version}~{kept.language}~{values}",
        path=_path(kept.bank),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: Answered, bank: Bank) -> Answered:
    """The response, from which on this browser keeps nothing of the appraisal."""
    response.delete_cookie(bound_name(COOKIE), path=_path(bank), samesite="Lax")
    return response


def _path(bank: Bank) -> str:
    return reverse("appraisal", args=[bank.code])
