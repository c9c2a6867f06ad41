"""Somebody who is invited to an alliance appraises the invitation: alone, without an account.

Nothing is stored. What was answered travels from page to page in the forms themselves, and is gone
with the last of them. So does the language in which the bank is read; another one, for it or for the
pages, is asked for by a button of the form, so that what is answered comes along.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from alliances.views.interface import PARAMETER as INTERFACE
from alliances.views.interface import keep_interface
from assessments.forms.questionnaire import ElementForm, field_name
from assessments.models import Bank, Question
from assessments.models.speech import bank_said, find_language, pages_language
from assessments.reports.appraisal import appraisal_report, render_appraisal
from assessments.services.appraisal import RULE, appraisal_banks, appraise, readable_answers
from assessments.services.questionnaire import Element, elements_of, read_dimensions
from assessments.views.spoken import (
    READ_IN,
    asked_language,
    guessed_language,
    known_language,
    offered,
    offered_pages,
)


def _bank(code: str) -> Bank:
    """The bank of that code, in its latest published version. Raises Http404 where there is none."""
    bank = next((bank for bank in appraisal_banks() if bank.code == code), None)
    if bank is None:
        raise Http404
    return bank


def _version(request: HttpRequest, code: str) -> Bank:
    """The version that the pages before asked: another one may have been published meanwhile."""
    version = request.POST.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        return _bank(code)
    return get_object_or_404(
        Bank.objects.exclude(status=Bank.Status.DRAFT),
        code=code,
        version=int(version),
        subject=Bank.Subject.INVITATION,
        reading__rule=RULE,
    )


def _private(response: HttpResponse) -> HttpResponse:
    """No cache keeps what somebody answered."""
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def appraisal(request: HttpRequest, code: str) -> HttpResponse:
    """The introduction; then, by what `page` and `go` say, a page of questions or what they come to."""
    if request.method != "POST":
        bank = _bank(code)
        return _introduction(request, bank, bank.dimensions.count(), {})
    bank = _version(request, code)
    pages = _pages_asked(request, bank)
    if not pages:
        return _private(_answered(request, bank))
    with translation.override(pages):
        return keep_interface(_private(_answered(request, bank)), pages)


def _answered(request: HttpRequest, bank: Bank) -> HttpResponse:
    """The page to which a form leads."""
    answers = _answers(request, bank)
    last = bank.dimensions.count()
    number = _next_page(request, last)
    if number < 1:
        return _introduction(request, bank, last, answers)
    if number <= last:
        return _questions(request, bank, answers, number)
    if not answers:
        return _questions(request, bank, answers, 1, nothing=True)
    language = _language(request, bank)
    found = appraise(bank=bank, answers=answers, language=language)
    report = appraisal_report(appraisal=found, bank=bank)
    context = _context(request, bank) | {"kept": answers, "page": last + 1, "report": report}
    return render(request, "assessments/appraisal/result.html", context)


def _introduction(
    request: HttpRequest, bank: Bank, parts: int, answers: dict[str, str]
) -> HttpResponse:
    context = _context(request, bank) | {"parts": parts, "kept": answers}
    return render(request, "assessments/appraisal/introduction.html", context)


def _pages_asked(request: HttpRequest, bank: Bank) -> str:
    """The language that a button of the form asks for, for the pages; "" for none."""
    asked = request.POST.get(INTERFACE, "")
    if asked in dict(settings.LANGUAGES):
        return asked
    return pages_language(known_language(bank, request.POST.get(READ_IN)))


def _language(request: HttpRequest, bank: Bank) -> str:
    """The language in which `bank` is read: asked for by a button, for it alone or for the pages too;
    brought along by the form or asked for by the address; or guessed."""
    return (
        known_language(bank, request.POST.get(READ_IN))
        or find_language(bank, request.POST.get(INTERFACE, ""))
        or asked_language(request, bank)
        or guessed_language(request, bank)
    )


def _context(request: HttpRequest, bank: Bank) -> dict[str, Any]:
    """What all pages have."""
    language = _language(request, bank)
    return {
        "bank": bank_said(bank, language),
        "language": language,
        "languages": offered(bank, language),
        "spoken_languages": offered_pages(request, bank),
        "is_answered": request.method == "POST",
    }


def _next_page(request: HttpRequest, last: int) -> int:
    """Where the button leads: one page on or back from `page`; "change" to the first; to the same page
    where it asks for another language."""
    page = request.POST.get("page", "")
    here = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 0
    go = request.POST.get("go", "on")
    if READ_IN in request.POST or INTERFACE in request.POST:
        return min(last + 1, here)
    if go == "change":
        return 1
    return max(0, min(last + 1, here - 1 if go == "back" else here + 1))


def _answers(request: HttpRequest, bank: Bank) -> dict[str, str]:
    """What was answered so far: on this page, and kept from those before."""
    given = {
        name.removeprefix(prefix): request.POST[name]
        for prefix in ("kept-", field_name(""))
        for name in request.POST
        if name.startswith(prefix)
    }
    return readable_answers(bank, given)


def _questions(
    request: HttpRequest, bank: Bank, answers: dict[str, str], number: int, *, nothing: bool = False
) -> HttpResponse:
    language = _language(request, bank)
    dimensions = read_dimensions(bank, language=language)
    keys = dict(Question.objects.filter(bank=bank).values_list("code", "pk"))
    by_key = {keys[code]: answer for code, answer in answers.items()}
    [element] = elements_of(
        bank, [dimensions[number - 1]], by_key, {}, first=number, language=language
    )
    context = _context(request, bank) | {
        "element": element,
        "form": ElementForm(element=element, with_comment=False),
        "kept": _of_other_pages(element, answers),
        "dimensions": dimensions,
        "before": dimensions[number - 2] if number > 1 else None,
        "after": dimensions[number] if number < len(dimensions) else None,
        "nothing": nothing,
    }
    status = 422 if nothing else 200
    return render(request, "assessments/appraisal/page.html", context, status=status)


def _of_other_pages(element: Element, answers: dict[str, str]) -> dict[str, str]:
    here = {item.code for item in element.items}
    return {code: answer for code, answer in answers.items() if code not in here}


@require_http_methods(["POST"])
def appraisal_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same on one page of paper, in the language that the result was read in."""
    bank = _version(request, code)
    answers = _answers(request, bank)
    if not answers:
        raise Http404
    found = appraise(bank=bank, answers=answers, language=_language(request, bank))
    content = render_appraisal(appraisal=found, bank=bank)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{bank.code}.pdf"'
    return _private(response)
