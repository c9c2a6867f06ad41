"""The respondent's own answers: to read whole, to take away, to delete. Known by the link alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliances.errors import Refused
from assessments.models.speech import bank_said
from assessments.services.links import Visit, is_answerable
from assessments.services.own_answers import (
    delete_answers,
    forget_own_name,
    own_file,
    own_table,
)
from assessments.services.questionnaire import Element, read_dimensions, read_elements
from assessments.views.respondents import (
    cookie_name,
    for_respondent,
    language_cookie_name,
    language_of_visit,
    refused,
    token_of,
)


@require_http_methods(["GET", "HEAD"])
@for_respondent
def own_data(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What is stored of the respondent, and what they can do with it."""
    elements = _elements(request, visit)
    return _page(
        request,
        visit,
        "data",
        answered=sum(element.answered for element in elements),
        comments=sum(1 for element in elements if element.comment),
    )


@require_http_methods(["GET", "HEAD"])
@for_respondent
def own_json(request: HttpRequest, visit: Visit) -> HttpResponse:
    """All of it as one file."""
    content = own_file(visit, _elements(request, visit))
    return _file(content, "application/json", "answers.json")


@require_http_methods(["GET", "HEAD"])
@for_respondent
def own_csv(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The answers as a table."""
    content = own_table(_elements(request, visit))
    return _file(content, "text/csv; charset=utf-8", "answers.csv")


@require_http_methods(["GET", "HEAD", "POST"])
@for_respondent
def own_delete(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Asks, then deletes the answers; with them goes this browser’s way to them."""
    round_id = visit.round.pk
    if request.method != "POST":
        return _page(request, visit, "delete", may_answer=is_answerable(visit.round))
    try:
        deleted = delete_answers(token=token_of(request, round_id), round_id=round_id)
    except Refused as refusal:
        return refused(request, refusal, token_of(request, round_id))
    if deleted.may_answer:
        again = _("Should you wish to answer after all, open the link in your invitation.")
        messages.success(request, f"{_('Your answers are deleted.')} {again}")
    else:
        messages.success(request, _("Your answers are deleted."))
    response = redirect("privacy")
    for name in (cookie_name(round_id), language_cookie_name(round_id)):
        response.delete_cookie(name, path=reverse("questionnaire", args=[round_id]), samesite="Lax")
    return response


@require_http_methods(["POST"])
@for_respondent
def own_forget(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Takes name and address off the list of a closed round."""
    try:
        forget_own_name(token=token_of(request, visit.round.pk), round_id=visit.round.pk)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, _("Your name and address are erased from the list of this round.")
        )
    return redirect("questionnaire_data", visit.round.pk)


def _elements(request: HttpRequest, visit: Visit) -> list[Element]:
    language = language_of_visit(request, visit)
    dimensions = read_dimensions(visit.round.bank, visit.round.asked, language=language)
    return read_elements(visit, dimensions, language=language)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(request: HttpRequest, visit: Visit, template: str, **context: object) -> HttpResponse:
    context |= {
        "visit": visit,
        "round": visit.round,
        "bank": bank_said(visit.round.bank, language_of_visit(request, visit)),
    }
    return render(request, f"assessments/questionnaire/{template}.html", context)
