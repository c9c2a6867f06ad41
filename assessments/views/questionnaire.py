"""The respondent's pages. Nobody here needs an account: the link says who they are.

The link's token comes once in an address, and from then on in a cookie that is sent to this
round's questionnaire alone. No session is read or written, but by `own`, which leads somebody who is
logged in to the questionnaire that their address is asked to fill in.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliances.errors import Refused
from alliances.reauthentication import is_address_proven, to_a_code
from alliances.services.counts import in_words
from alliances.views.interface import keep_interface
from alliances.views.pages import user_of
from assessments.forms.questionnaire import ElementForm
from assessments.models.speech import bank_said, pages_language
from assessments.reports.person import person_report, render_person
from assessments.services import answering
from assessments.services.invitations import convener_users
from assessments.services.links import Visit, begin, find_visit, own_invitation, own_link
from assessments.services.questionnaire import (
    Element,
    count_asked,
    first_open,
    partner_of,
    read_dimensions,
    read_elements,
)
from assessments.views.respondents import (
    COOKIE_DAYS,
    STATUSES,
    cookie_name,
    for_respondent,
    is_guessing,
    keep_language,
    language_of_visit,
    private,
    refused,
    token_of,
)
from assessments.views.spoken import (
    READ_IN,
    asked_language,
    guessed_language,
    offered,
    offered_pages,
)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail. Looking at it changes nothing; its one button begins."""
    try:
        if request.method != "POST":
            return _link(request, find_visit(token=token))
        visit = begin(token=token)
    except Refused as refusal:
        return refused(request, refusal, token)
    response = _enter(visit, token)
    wanted = asked_language(request, visit.round.bank)
    return keep_language(response, visit.round.pk, wanted) if wanted else response


def _link(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Its page. A language that is chosen here stands in the address until the questionnaire keeps it."""
    bank = visit.round.bank
    wanted = asked_language(request, bank)
    language = wanted or guessed_language(request, bank)
    context = {
        "visit": visit,
        "round": visit.round,
        "bank": bank_said(bank, language),
        "wanted_language": wanted,
        "languages": offered(bank, language),
        "spoken_languages": offered_pages(request, bank),
    }
    return render(request, "assessments/questionnaire/link.html", context)


@require_http_methods(["POST"])
@login_required
@private
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever has an account goes to what they are asked without the mail.

    They go on by the link that this browser holds; where it holds none of theirs, by a new one. That the
    address is theirs is known by a code that was sent there: an admin may have written another one.
    """
    email = user_of(request).email
    token = token_of(request, pk)
    try:
        if not _is_of(token, pk, email):
            own_invitation(round_id=pk, email=email)
            if not is_address_proven(request):
                said = _(
                    "Log in once more by a code, so that it is sure to be you. Then press again."
                )
                return to_a_code(request, said=said, following=reverse("home"))
            token = own_link(round_id=pk, email=email)
        return _enter(begin(token=token), token)
    except Refused as refusal:
        return refused(request, refusal, "")


def _is_of(token: str, round_id: int, email: str) -> bool:
    """Whether the link with `token` is good, and of whoever has this address."""
    try:
        visit = find_visit(token=token, round_id=round_id)
    except Refused:
        return False
    return visit.invitation.email.lower() == email.lower()


def _enter(visit: Visit, token: str) -> HttpResponseRedirect:
    """To the questionnaire, with the token in a cookie that goes there alone."""
    home = reverse("questionnaire", args=[visit.round.pk])
    where = "questionnaire_review" if visit.sent_in else "questionnaire"
    response = redirect(
        "questionnaire_result" if visit.has_result else where,
        visit.round.pk,
    )
    response.set_cookie(
        cookie_name(visit.round.pk),
        token,
        max_age=COOKIE_DAYS * 24 * 3600,
        path=home,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_http_methods(["GET", "HEAD"])
@for_respondent
def introduction(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What respondents know before the first question."""
    elements = _all_elements(request, visit)
    return _page(
        request,
        visit,
        "introduction",
        asked=count_asked(visit),
        partner=partner_of(visit),
        conveners=[str(user) for user in convener_users(visit.round)],
        operator=settings.OPERATOR_NAME,
        operator_contact=settings.OPERATOR_CONTACT,
        elements=elements,
        begun=any(element.answered for element in elements),
        go_on=first_open(elements),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_respondent
def page(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """One element. A POST saves all of the page, with or without JavaScript."""
    if visit.sent_in:
        return redirect("questionnaire_review", visit.round.pk)
    language = language_of_visit(request, visit)
    dimensions = read_dimensions(visit.round.bank, visit.round.asked, language=language)
    if not 1 <= number <= len(dimensions):
        raise Http404
    dimension = dimensions[number - 1]
    [element] = read_elements(visit, [dimension], first=number, language=language)
    form = ElementForm(request.POST if request.method == "POST" else None, element=element)
    if request.method == "POST":
        complete = form.is_valid()
        try:
            answering.save_element(
                token=token_of(request, visit.round.pk),
                round_id=visit.round.pk,
                dimension=dimension,
                answers=form.given_answers(),
                comment=form.given_comment(),
            )
        except answering.AlreadySent:
            return redirect("questionnaire_review", visit.round.pk)
        except Refused as refusal:
            return refused(request, refusal, token_of(request, visit.round.pk))
        if complete and READ_IN in request.POST:
            return _same_page_in(visit, number, language)
        if complete:
            messages.success(request, _("Saved. Your answers count once you send them in."))
            return _turn(visit, number, len(dimensions), request.POST.get("go", ""))
    return _page(
        request,
        visit,
        "page",
        status=422 if form.is_bound else 200,
        form=form,
        element=element,
        dimensions=dimensions,
        before=dimensions[number - 2] if number > 1 else None,
        after=dimensions[number] if number < len(dimensions) else None,
    )


def _same_page_in(visit: Visit, number: int, language: str) -> HttpResponseRedirect:
    """To the page that was saved, in another language; all pages in it, where they are."""
    response = redirect("questionnaire_page", visit.round.pk, number)
    if both := pages_language(language):
        keep_interface(response, both)
    return keep_language(response, visit.round.pk, language)


def _turn(visit: Visit, number: int, last: int, go: str) -> HttpResponse:
    """To the page that was asked for by the button `go`: back, or on."""
    if go == "back":
        if number == 1:
            return redirect("questionnaire", visit.round.pk)
        return redirect("questionnaire_page", visit.round.pk, number - 1)
    if go == "review" or number == last:
        return redirect("questionnaire_review", visit.round.pk)
    return redirect("questionnaire_page", visit.round.pk, number + 1)


@require_http_methods(["POST"])
@private
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """One answer (`code`, `value`) or one comment (`element`, `comment`), saved when this says so."""
    token = token_of(request, pk)
    try:
        if "element" in request.POST:
            answering.save_comment(
                token=token,
                round_id=pk,
                element=request.POST["element"],
                text=request.POST.get("comment", ""),
            )
        else:
            answering.save_answer(
                token=token,
                round_id=pk,
                code=request.POST.get("code", ""),
                given=request.POST.get("value", ""),
            )
    except Refused as refusal:
        status = STATUSES.get(type(refusal), 400)
        if is_guessing(request, refusal, token):
            status = 429
        return JsonResponse({"saved": False, "message": refusal.message}, status=status)
    return JsonResponse({"saved": True})


@require_http_methods(["GET", "HEAD"])
@for_respondent
def review(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What is answered and what is open; once sent in, all of one’s own answers."""
    return _review(request, visit, _all_elements(request, visit))


@require_http_methods(["POST"])
@for_respondent
def submit(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Sends in. Twice is as good as once."""
    round_id = visit.round.pk
    try:
        answering.submit(token=token_of(request, round_id), round_id=round_id)
    except answering.AlreadySent:
        pass
    except answering.NotAnswered as refusal:
        elements = _all_elements(request, visit)
        return _review(request, visit, elements, status=422, error=refusal.message)
    except Refused as refusal:
        return refused(request, refusal, token_of(request, round_id))
    return redirect("questionnaire_done", round_id)


@require_http_methods(["GET", "HEAD"])
@for_respondent
def done(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Says that the answers were sent in, and what comes next."""
    if not visit.sent_in:
        return redirect("questionnaire_review", visit.round.pk)
    return _page(
        request, visit, "done", conveners=[str(user) for user in convener_users(visit.round)]
    )


@require_http_methods(["GET", "HEAD"])
@private
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """The result of a round about one person, for that person, whether they answered or not."""
    visit = _with_result(request, pk)
    if isinstance(visit, HttpResponse):
        return visit
    report = person_report(visit.round.result, language_of_visit(request, visit))
    return _page(request, visit, "result", report=report)


@require_http_methods(["GET", "HEAD"])
@private
def result_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same to keep."""
    visit = _with_result(request, pk)
    if isinstance(visit, HttpResponse):
        return visit
    content = render_person(result=visit.round.result, language=language_of_visit(request, visit))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{visit.round.bank.code}.pdf"'
    return response


def _with_result(request: HttpRequest, pk: int) -> Visit | HttpResponse:
    """Whoever a closed round was about; else why their link leads nowhere. Raises Http404."""
    try:
        visit = find_visit(token=token_of(request, pk), round_id=pk)
    except Refused as refusal:
        return refused(request, refusal, token_of(request, pk))
    if not visit.has_result:
        raise Http404
    if wanted := asked_language(request, visit.round.bank):
        return keep_language(redirect(request.path), pk, wanted)
    return visit


def _all_elements(request: HttpRequest, visit: Visit) -> list[Element]:
    """All pages of the questionnaire, in the visitor's language."""
    language = language_of_visit(request, visit)
    dimensions = read_dimensions(visit.round.bank, visit.round.asked, language=language)
    return read_elements(visit, dimensions, language=language)


def _review(
    request: HttpRequest,
    visit: Visit,
    elements: list[Element],
    *,
    status: int = 200,
    error: str = "",
) -> HttpResponse:
    return _page(
        request,
        visit,
        "answers" if visit.sent_in else "review",
        status=status,
        elements=elements,
        answered=sum(element.answered for element in elements),
        open_questions=sum(len(element.open_items) for element in elements),
        error=error,
    )


def _page(
    request: HttpRequest, visit: Visit, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    bank, language = visit.round.bank, language_of_visit(request, visit)
    context |= {
        "visit": visit,
        "round": visit.round,
        "k": in_words(visit.round.threshold),
        "bank": bank_said(bank, language),
        "languages": offered(bank, language),
        "spoken_languages": offered_pages(request, bank),
    }
    return render(request, f"assessments/questionnaire/{template}.html", context, status=status)
