"""Somebody who is invited to an alliance appraises the invitation: alone, without an account.

Nothing is stored: what is answered is kept by the browser (`appraisal_kept`), and sent along by it. So is
the language that is picked for the bank; on a page of questions by a button of the form, so that what is
answered there comes along.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alliances.views.interface import PARAMETER as INTERFACE
from alliances.views.interface import keep_interface
from alliances.views.limits import may_go_on, too_many
from assessments.forms.questionnaire import ElementForm, field_name
from assessments.models import Bank, Question
from assessments.models.speech import bank_said, find_language, pages_language
from assessments.reports.appraisal import appraisal_report, render_appraisal
from assessments.services.appraisal import (
    appraisal_banks,
    appraise,
    find_version,
    readable_answers,
)
from assessments.services.questionnaire import Element, elements_of, read_dimensions
from assessments.views.appraisal_kept import Kept, forget, keep, read_kept
from assessments.views.spoken import (
    READ_IN,
    asked_language,
    guessed_language,
    known_language,
    offered,
    offered_pages,
)


def for_whoever(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Calls the view with what this browser has `kept`, which no cache keeps.

    An address that asks for a language of the bank keeps it, and leads to the same page.
    """

    @never_cache
    @wraps(view)
    def found(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponse:
        kept = read_kept(request, code) or Kept(_version(request, code))
        if request.method != "POST" and (wanted := asked_language(request, kept.bank)):
            return keep(redirect(request.path), replace(kept, language=wanted))
        return view(request, kept, **kwargs)

    return found


def _version(request: HttpRequest, code: str) -> Bank:
    """The version of the bank of that code to begin with: the latest; that of the page before where
    another one was published meanwhile. Raises Http404 where there is none."""
    if bank := find_version(code, request.POST.get("version", "")):
        return bank
    latest = next((bank for bank in appraisal_banks() if bank.code == code), None)
    if latest is None:
        raise Http404
    return latest


@require_http_methods(["GET", "HEAD", "POST"])
@for_whoever
def appraisal(request: HttpRequest, kept: Kept) -> HttpResponse:
    """The introduction; sent, it lets go of what is kept."""
    if request.method == "POST":
        messages.success(request, _("Your answers are forgotten."))
        return forget(redirect("appraisal", kept.bank.code), kept.bank)
    context = _context(request, kept) | {
        "parts": kept.bank.dimensions.count(),
        "begin": _first_open(kept),
        "answered": bool(kept.answers),
    }
    return render(request, "assessments/appraisal/introduction.html", context)


def _first_open(kept: Kept) -> str:
    """The address of the first page with a statement left open; of the result where there is none."""
    open_ = kept.bank.questions.exclude(code__in=kept.answers)
    first = open_.order_by("dimension__position").values_list("dimension__position").first()
    if first is None:
        return reverse("appraisal_result", args=[kept.bank.code])
    number = kept.bank.dimensions.filter(position__lte=first[0]).count()
    return reverse("appraisal_page", args=[kept.bank.code, number])


@require_http_methods(["GET", "HEAD", "POST"])
@for_whoever
def appraisal_page(request: HttpRequest, kept: Kept, number: int) -> HttpResponse:
    """A page of questions, from 1; sent, it is kept, and leads to where its button leads.

    Raises Http404 for a number past the last.
    """
    dimensions = read_dimensions(kept.bank, language=_language(request, kept))
    if not 1 <= number <= len(dimensions):
        raise Http404
    if request.method != "POST":
        return _questions(request, kept, dimensions, number)
    here = set(
        Question.objects.filter(dimension=dimensions[number - 1]).values_list("code", flat=True)
    )
    before = {code: answer for code, answer in kept.answers.items() if code not in here}
    sent = {code: request.POST.get(field_name(code), "") for code in here}
    kept = replace(kept, answers=before | readable_answers(kept.bank, sent))
    if READ_IN in request.POST or INTERFACE in request.POST:
        return _in_another_language(request, kept, number)
    if request.POST.get("go") == "back":
        return keep(redirect(_address(kept.bank, number - 1)), kept)
    if number < len(dimensions):
        return keep(redirect(_address(kept.bank, number + 1)), kept)
    if not kept.answers:
        return _questions(request, kept, dimensions, number, nothing=True)
    return keep(redirect("appraisal_result", kept.bank.code), kept)


def _address(bank: Bank, number: int) -> str:
    """Of that page of questions; of the introduction in front of the first."""
    if number < 1:
        return reverse("appraisal", args=[bank.code])
    return reverse("appraisal_page", args=[bank.code, number])


def _in_another_language(request: HttpRequest, kept: Kept, number: int) -> HttpResponse:
    """The same page in the language that a button asks for: the bank alone, or the pages too."""
    bank = kept.bank
    read_in = known_language(bank, request.POST.get(READ_IN))
    asked = request.POST.get(INTERFACE, "")
    language = read_in or find_language(bank, asked) or kept.language
    response = keep(redirect(_address(bank, number)), replace(kept, language=language))
    pages = asked if asked in dict(settings.LANGUAGES) else pages_language(read_in)
    return keep_interface(response, pages) if pages else response


@require_http_methods(["GET", "HEAD"])
@for_whoever
def appraisal_result(request: HttpRequest, kept: Kept) -> HttpResponse:
    """What the answers come to; where none is kept, the introduction."""
    if not kept.answers:
        return redirect("appraisal", kept.bank.code)
    found = appraise(bank=kept.bank, answers=kept.answers, language=_language(request, kept))
    context = _context(request, kept) | {
        "report": appraisal_report(appraisal=found, bank=kept.bank)
    }
    return render(request, "assessments/appraisal/result.html", context)


@require_http_methods(["GET", "HEAD"])
@for_whoever
def appraisal_pdf(request: HttpRequest, kept: Kept) -> HttpResponse:
    """The same on one page of paper, in the language that the result is read in."""
    if not kept.answers:
        return redirect("appraisal", kept.bank.code)
    if not may_go_on(request, "appraisal_pdf"):
        return too_many(request)
    bank = kept.bank
    found = appraise(bank=bank, answers=kept.answers, language=_language(request, kept))
    content = render_appraisal(appraisal=found, bank=bank)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{bank.code}.pdf"'
    return response


def _language(request: HttpRequest, kept: Kept) -> str:
    """The language in which the bank is read: picked, or guessed."""
    return kept.language or guessed_language(request, kept.bank)


def _context(request: HttpRequest, kept: Kept) -> dict[str, Any]:
    """What all pages have."""
    language = _language(request, kept)
    return {
        "bank": bank_said(kept.bank, language),
        "languages": offered(kept.bank, language),
        "spoken_languages": offered_pages(request, kept.bank),
    }


def _questions(
    request: HttpRequest, kept: Kept, dimensions: list[Any], number: int, *, nothing: bool = False
) -> HttpResponse:
    element = _element(kept, dimensions[number - 1], number, _language(request, kept))
    context = _context(request, kept) | {
        "element": element,
        "form": ElementForm(element=element, with_comment=False),
        "dimensions": dimensions,
        "before": dimensions[number - 2] if number > 1 else None,
        "after": dimensions[number] if number < len(dimensions) else None,
        "nothing": nothing,
        "takes_answers": True,
    }
    status = 422 if nothing else 200
    return render(request, "assessments/appraisal/page.html", context, status=status)


def _element(kept: Kept, dimension: Any, number: int, language: str) -> Element:
    """That page, with what is answered on it."""
    keys = dict(Question.objects.filter(dimension=dimension).values_list("code", "pk"))
    by_key = {keys[code]: answer for code, answer in kept.answers.items() if code in keys}
    [element] = elements_of(kept.bank, [dimension], by_key, {}, first=number, language=language)
    return element
