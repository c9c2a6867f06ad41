"""A bank as a respondent sees it, on a screen and on paper."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliances.models import Alliance
from alliances.services.counts import in_words
from assessments.forms.questionnaire import ElementForm
from assessments.models import Bank, Round
from assessments.reports.paper_form import render_paper_form
from assessments.services.banks.rows import document_of
from assessments.services.questionnaire import elements_of, read_dimensions
from assessments.services.rounds import MINIMUM_THRESHOLD
from assessments.views.banks.pages import READ, bank_of, curators


@curators
@require_http_methods(READ)
def bank_preview(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One page of the questionnaire, by the questionnaire's own template and form."""
    bank = bank_of(pk)
    dimensions = read_dimensions(bank)
    if not 1 <= number <= len(dimensions):
        raise Http404
    [element] = elements_of(bank, dimensions[number - 1 : number], {}, {}, first=number)
    # Never stored: it stands in for the round that the page speaks of.
    round_ = Round(
        alliance=Alliance(name=_("Your alliance")),
        bank=bank,
        name=_("First round"),
        mode=Round.Mode.CONFIDENTIAL,
        closes_on=timezone.localdate() + timedelta(days=14),
    )
    context = {
        "bank": bank,
        "round": round_,
        "k": in_words(MINIMUM_THRESHOLD),
        "form": ElementForm(element=element),
        "element": element,
        "dimensions": dimensions,
        "before": dimensions[number - 2] if number > 1 else None,
        "after": dimensions[number] if number < len(dimensions) else None,
        "before_number": number - 1,
        "after_number": number + 1,
    }
    return render(request, "assessments/banks/preview.html", context)


@curators
@require_http_methods(READ)
def bank_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The form to print and fill in by hand."""
    bank = bank_of(pk)
    is_draft = bank.status == Bank.Status.DRAFT
    document = document_of(bank, draft=is_draft)
    language = request.GET.get("language", "")
    if language and language not in document.languages:
        raise Http404
    name = f"{document.code}-v{document.version}.pdf"
    return HttpResponse(
        render_paper_form(document=document, language=language, is_draft=is_draft),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
