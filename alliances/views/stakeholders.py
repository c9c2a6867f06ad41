"""Internal stakeholders: each organisation sees its own, the convener the sum besides."""

from __future__ import annotations

import functools

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliances.forms.conduct import NewStakeholderForm, StakeholderForm
from alliances.models import InternalStakeholder
from alliances.permissions import may_edit_alliance, own_participant, rows_own
from alliances.services.stakeholders.keeping import (
    MINIMUM,
    add_stakeholder,
    change_stakeholder,
    remove_stakeholder,
    stakeholder_sum,
)
from alliances.services.stakeholders.page import read_own, sum_bar, sum_finding
from alliances.views.pages import user_of, visible_alliance
from alliances.views.record_pages import add_page, edit_page, remove_page


@login_required
@require_safe
def stakeholders_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows of one's own organisation, and for those who convene the sum over all."""
    alliance = visible_alliance(request, pk)
    user = user_of(request)
    own = own_participant(user, alliance)
    convenes = may_edit_alliance(user, alliance)
    found = stakeholder_sum(alliance=alliance) if convenes else None
    return render(
        request,
        "alliances/conduct/stakeholders.html",
        {
            "alliance": alliance,
            "section": "records",
            "own": read_own(participant=own, on=timezone.localdate()) if own else None,
            "convenes": convenes,
            "sum": found,
            "sum_bar": sum_bar(found) if found else [],
            "sum_finding": sum_finding(found) if found else "",
            "minimum": MINIMUM,
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit of one's own organisation; who belongs to none has none to add."""
    alliance = visible_alliance(request, pk)
    own = own_participant(user_of(request), alliance)
    if own is None:
        raise Http404
    return add_page(
        request,
        NewStakeholderForm,
        alliance=alliance,
        title=_("Add a unit of your own house"),
        to=_to_list,
        back=reverse("stakeholders", args=[alliance.pk]),
        save=functools.partial(
            add_stakeholder, participant=own, by=user_of(request), today=timezone.localdate()
        ),
        lead=_only_you(own.name),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit of one's own organisation, changed."""
    row = _own(request, pk)
    return edit_page(
        request,
        StakeholderForm,
        record=row,
        alliance=row.participant.alliance,
        title=row.unit,
        to=_to_list,
        back=_to_list(row),
        save=functools.partial(
            change_stakeholder,
            stakeholder=row,
            by=user_of(request),
            today=timezone.localdate(),
        ),
        lead=_only_you(row.participant.name),
        removal=reverse("stakeholder_remove", args=[row.pk]),
        removal_label=_("Remove this unit"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then removes a unit of one's own organisation."""
    row = _own(request, pk)
    return remove_page(
        request,
        record=row,
        alliance=row.participant.alliance,
        title=_("Remove %(unit)s?") % {"unit": row.unit},
        consequences=[_("Its stance, who brings it along and your note are deleted.")],
        label=_("Remove the unit"),
        back=reverse("stakeholder_edit", args=[row.pk]),
        to=_to_list(row),
        remove=functools.partial(remove_stakeholder, stakeholder=row),
    )


def _only_you(organisation: str) -> str:
    return _(
        "Only people of %(organisation)s read what stands here, not even the convener does."
    ) % {"organisation": organisation}


def _to_list(row: InternalStakeholder) -> str:
    return reverse("stakeholders", args=[row.alliance_id])


def _own(request: HttpRequest, pk: int) -> InternalStakeholder:
    """A row of the user's own organisation. For all others, admins among them, it does not exist."""
    rows = rows_own(InternalStakeholder.objects.all(), user_of(request), "participant")
    row: InternalStakeholder = get_object_or_404(
        rows.select_related("participant__alliance"), pk=pk
    )
    return row
