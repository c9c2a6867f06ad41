"""The workbook: organisations pick the questions that two of them are asked about their work together."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alliances.permissions import own_participant, participants_spoken_for_by
from alliances.views.pages import user_of, visible_alliance
from alliances.views.record_pages import edit_page
from assessments.forms.workbook import SelectionForm
from assessments.models import Bank, Selection
from assessments.permissions import may_run_rounds
from assessments.services.asking import who_can_be_asked
from assessments.services.workbook import (
    read_questions,
    read_workbook,
    save_selection,
    workbooks,
)


def _workbook(code: str) -> Bank:
    """The bank that partners pick from now. Raises Http404 where there is none of this code."""
    for bank in workbooks():
        if bank.code == code:
            return bank
    raise Http404


@login_required
@require_safe
@never_cache
def workbook(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Who has picked, and what any two have in common."""
    user = user_of(request)
    alliance = visible_alliance(request, pk)
    bank = _workbook(code)
    rows, pairs = read_workbook(alliance, bank, who_can_be_asked(alliance))
    context = {
        "alliance": alliance,
        "section": "rounds",
        "bank": bank,
        "rows": rows,
        "pairs": pairs,
        "total": bank.questions.count(),
        "own": own_participant(user, alliance),
        "writable": set(
            participants_spoken_for_by(user).filter(alliance=alliance).values_list("pk", flat=True)
        ),
        "may_run": may_run_rounds(user, alliance),
    }
    return render(request, "assessments/workbook/workbook.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def workbook_pick(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """An organisation, or the convener for it, picks."""
    user = user_of(request)
    rows = participants_spoken_for_by(user)
    participant = get_object_or_404(rows.select_related("alliance"), pk=pk)
    bank = _workbook(code)
    stored = Selection.objects.filter(participant=participant, bank_code=bank.code).first()
    address = reverse("workbook", args=[participant.alliance_id, bank.code])
    return edit_page(
        request,
        SelectionForm,
        # A choice that is not there yet has no edition.
        record=stored or Selection(participant=participant, bank_code=bank.code, edition=0),
        alliance=participant.alliance,
        title=_("What %(name)s wants to ask") % {"name": participant.name},
        lead=_(
            "Tick what would show how your work with a partner goes. Some ten to fifteen statements "
            "are enough. What the partner ticks too is asked of people on both sides."
        ),
        to=lambda _selection: address,
        back=address,
        section="rounds",
        options={"dimensions": read_questions(bank)},
        save=lambda edition, codes: save_selection(
            participant=participant, bank=bank, edition=edition, by=user, codes=codes
        ),
    )
