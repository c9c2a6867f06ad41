"""The published result of a closed round: as a page, on paper, and as files. All read it; none computes."""

from __future__ import annotations

import json
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from alliances.models import User
from alliances.views.limits import drawn
from alliances.views.recorded import note_export, note_reading, recorded
from assessments.models import Result, Round
from assessments.permissions import may_read_result
from assessments.reports.pdf import render_report, render_scorecard
from assessments.reports.report import report_of
from assessments.reports.table import result_table
from assessments.services.auditing import thing_of_round
from assessments.services.questionnaire import read_dimensions

READ = ["GET", "HEAD"]


def _readable_result(request: HttpRequest, pk: int) -> Result:
    """The result of a closed round that the user may read. Raises Http404 for any other."""
    round_ = get_object_or_404(
        Round.objects.visible_to(request.user).select_related("alliance", "bank", "result"), pk=pk
    )
    if not may_read_result(request.user, round_) or not hasattr(round_, "result"):
        raise Http404
    result: Result = round_.result
    return result


def _private(response: HttpResponse) -> HttpResponse:
    """No cache on the way keeps what only some may read."""
    patch_cache_control(response, private=True, no_store=True)
    return response


def _file(
    request: HttpRequest, content: bytes, content_type: str, result: Result, name: str
) -> HttpResponse:
    """A download, named for the alliance, the round, and what it is; recorded as taken out."""
    note_export(
        request,
        alliance=result.round.alliance_id,
        thing=thing_of_round(result.round),
        what=name.removesuffix(".pdf").replace(".", "_"),
    )
    alliance = slugify(result.round.alliance.name)[:60] or "alliance"
    round_name = slugify(result.round.name)[:60] or str(result.round_id)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{alliance}-{round_name}-{name}"'
    return _private(response)


@login_required
@require_http_methods(READ)
@recorded
def result_page(request: HttpRequest, pk: int) -> HttpResponse:
    result = _readable_result(request, pk)
    context = {
        "alliance": result.round.alliance,
        "round": result.round,
        "section": "rounds",
        "report": report_of(result),
    }
    page = render(request, "assessments/results/result.html", context)
    note_reading(request, alliance=result.round.alliance_id, thing=thing_of_round(result.round))
    return _private(page)


@login_required
@require_http_methods(READ)
@recorded
@drawn
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    result = _readable_result(request, pk)
    return _file(request, render_report(result=result), "application/pdf", result, "report.pdf")


@login_required
@require_http_methods(READ)
@recorded
@drawn
def scorecard_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The scorecard of the organisation that the user belongs to."""
    result = _readable_result(request, pk)
    user = cast(User, request.user)  # login is required
    membership = (
        result.round.alliance.memberships.filter(user=user).select_related("participant").first()
    )
    participant = membership.participant if membership else None
    content = render_scorecard(
        result=result, participant_name=participant.name if participant else None
    )
    return _file(request, content, "application/pdf", result, "scorecard.pdf")


@login_required
@require_http_methods(READ)
@recorded
def result_json(request: HttpRequest, pk: int) -> HttpResponse:
    result = _readable_result(request, pk)
    text = json.dumps(result.document, ensure_ascii=False, indent=2) + "\n"
    # Half a surrogate pair has no place in UTF-8; as an escape it is what JSON would write.
    content = text.encode("utf-8", "backslashreplace")
    return _file(request, content, "application/json", result, "result.json")


@login_required
@require_http_methods(READ)
@recorded
def result_csv(request: HttpRequest, pk: int) -> HttpResponse:
    result = _readable_result(request, pk)
    titles = {one.code: one.title for one in read_dimensions(result.round.bank)}
    content = result_table(result.document, titles).encode("utf-8", "replace")
    return _file(request, content, "text/csv; charset=utf-8", result, "result.csv")
