"""What goes into the alliance, what of it has arrived, and what the alliance costs to run."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliances.forms.progress import (
    RECEIPT_FORMS,
    ContributionForm,
    ContributionWordsForm,
    ConvenersContributionForm,
    CostForm,
    NewContributionForm,
    NewCostForm,
)
from alliances.models import Contribution, Receipt, RunningCost
from alliances.permissions import (
    may_edit_alliance,
    own_participant,
    rows_convened,
    rows_own_or_convened,
    rows_visible,
)
from alliances.services.contributions.keeping import (
    PROMISED,
    change_contribution,
    change_receipt,
    is_settled,
    pledge_contribution,
    reason_to_keep,
    record_receipt,
    remove_contribution,
)
from alliances.services.contributions.overview import contribution_page, contributions_overview
from alliances.views.pages import convened_alliance, user_of, visible_alliance
from alliances.views.record_pages import add_page, edit_page, remove_page

OF_CONTRIBUTION = "participant__alliance"
OF_RECEIPT = "contribution__participant__alliance"


@login_required
@require_safe
def contributions(request: HttpRequest, pk: int) -> HttpResponse:
    """All pledges by organisation, late ones first, beside what the alliance costs to run."""
    alliance = visible_alliance(request, pk)
    user = user_of(request)
    may_edit = may_edit_alliance(user, alliance)
    return render(
        request,
        "alliances/progress/contributions.html",
        {
            "alliance": alliance,
            "section": "records",
            "overview": contributions_overview(alliance=alliance, on=timezone.localdate()),
            "may_edit": may_edit,
            "may_pledge": may_edit or own_participant(user, alliance) is not None,
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A pledge: a convener says whose, a member pledges for the own organisation."""
    alliance = visible_alliance(request, pk)
    user, today = user_of(request), timezone.localdate()
    own = own_participant(user, alliance)
    save = partial(pledge_contribution, by=user, today=today)
    if may_edit_alliance(user, alliance):
        form_class: type[ContributionForm] = ConvenersContributionForm
        lead = _(
            "What an organisation puts in. Put each kind, and each date, into a line of its own."
        )
    elif own is not None:
        form_class = NewContributionForm
        save = partial(save, participant=own)
        lead = _("What %(name)s puts in. Put each kind, and each date, into a line of its own.") % {
            "name": own.name
        }
    else:
        raise Http404
    return add_page(
        request,
        form_class,
        alliance=alliance,
        title=_("Record a pledge"),
        lead=lead,
        save=save,
        initial={"participant": own, "kind": Contribution.Kind.MONEY, "pledged_on": today},
        to=lambda made: reverse("contribution", args=[made.pk]),
        back=reverse("contributions", args=[alliance.pk]),
        done=_("The pledge is recorded."),
    )


@login_required
@require_safe
def contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """One pledge with what has arrived of it."""
    user = user_of(request)
    pledge = get_object_or_404(
        rows_visible(Contribution.objects.all(), user, OF_CONTRIBUTION).select_related(
            "participant__alliance", "changed_by"
        ),
        pk=pk,
    )
    alliance = pledge.participant.alliance
    return render(
        request,
        "alliances/progress/contribution.html",
        {
            "alliance": alliance,
            "section": "records",
            "page": contribution_page(contribution=pledge, on=timezone.localdate()),
            "contribution": pledge,
            "may_edit": _changeable(request).filter(pk=pk).exists(),
            "may_receive": may_edit_alliance(user, alliance),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A pledge is changed by its organisation or a convener.

    Once it is settled, its organisation is offered the words alone. What a page that was opened
    before then sends beside them is still heard, so that nothing is dropped without a word.
    """
    pledge = get_object_or_404(_changeable(request), pk=pk)
    user, today = user_of(request), timezone.localdate()
    here = reverse("contribution", args=[pledge.pk])
    convenes = may_edit_alliance(user, pledge.participant.alliance)
    form_class, lead = ContributionForm, pledge.participant.name
    if not convenes and is_settled(contribution=pledge, today=today):
        if not any(name in request.POST for name in PROMISED):
            form_class = ContributionWordsForm
        lead = _(
            "%(name)s. The day of this pledge is over, or something of it has arrived: a convener "
            "alone changes its kind, its amount and its dates, or removes it."
        ) % {"name": pledge.participant.name}
    kept = reason_to_keep(contribution=pledge, today=today, convenes=convenes)
    return edit_page(
        request,
        form_class,
        record=pledge,
        alliance=pledge.participant.alliance,
        title=_("Change this pledge"),
        lead=lead,
        save=partial(
            change_contribution,
            contribution=pledge,
            by=user,
            today=today,
            convenes=convenes,
        ),
        to=lambda _changed: here,
        back=here,
        removal="" if kept else reverse("contribution_remove", args=[pledge.pk]),
        removal_label=_("Remove this pledge"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes a pledge off the record; says why where it must stay."""
    pledge = get_object_or_404(_changeable(request), pk=pk)
    alliance, today = pledge.participant.alliance, timezone.localdate()
    convenes = may_edit_alliance(user_of(request), alliance)
    kept = reason_to_keep(contribution=pledge, today=today, convenes=convenes)
    return remove_page(
        request,
        record=pledge,
        alliance=alliance,
        title=_("Remove this pledge?"),
        consequences=[kept]
        if kept
        else [
            _("“%(what)s” of %(name)s is deleted, as if it had never been pledged.")
            % {"what": pledge.what, "name": pledge.participant.name},
            _("If it is not kept, leave it: that it is late then shows."),
        ],
        label="" if kept else _("Remove the pledge"),
        back=reverse("contribution", args=[pledge.pk]),
        to=reverse("contributions", args=[alliance.pk]),
        remove=partial(remove_contribution, contribution=pledge, today=today, convenes=convenes),
        done=_("The pledge is removed."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Something of a pledge has arrived; a convener records it, never who pledged."""
    user, today = user_of(request), timezone.localdate()
    pledge = get_object_or_404(
        rows_convened(Contribution.objects.all(), user, OF_CONTRIBUTION).select_related(
            "participant__alliance"
        ),
        pk=pk,
    )
    here = reverse("contribution", args=[pledge.pk])
    return add_page(
        request,
        RECEIPT_FORMS[pledge.kind],
        alliance=pledge.participant.alliance,
        title=_("Record how it showed")
        if pledge.kind == Contribution.Kind.INFLUENCE
        else _("Record what arrived"),
        lead=_("%(what)s, from %(name)s.") % {"what": pledge.what, "name": pledge.participant.name},
        save=partial(record_receipt, contribution=pledge, by=user, today=today),
        initial={"on": today},
        to=lambda _made: here,
        back=here,
        done=_("It is recorded."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What was recorded as arrived is put right."""
    receipt = _receipt(request, pk)
    pledge = receipt.contribution
    here = reverse("contribution", args=[pledge.pk])
    return edit_page(
        request,
        RECEIPT_FORMS[pledge.kind],
        record=receipt,
        alliance=pledge.participant.alliance,
        title=_("Change what arrived"),
        lead=_("%(what)s, from %(name)s.") % {"what": pledge.what, "name": pledge.participant.name},
        save=partial(
            change_receipt, receipt=receipt, by=user_of(request), today=timezone.localdate()
        ),
        to=lambda _changed: here,
        back=here,
        removal=reverse("receipt_remove", args=[receipt.pk]),
        removal_label=_("Remove this entry"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes it off the record that something arrived."""
    receipt = _receipt(request, pk)
    here = reverse("contribution", args=[receipt.contribution_id])
    return remove_page(
        request,
        record=receipt,
        alliance=receipt.contribution.participant.alliance,
        title=_("Remove this entry?"),
        consequences=[_("What arrived then is deleted, and the pledge counts as open by as much.")],
        label=_("Remove the entry"),
        back=reverse("receipt_edit", args=[receipt.pk]),
        to=here,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cost_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Something that it costs to run the alliance."""
    alliance = convened_alliance(request, pk)
    here = _costs(alliance.pk)
    return add_page(
        request,
        NewCostForm,
        alliance=alliance,
        title=_("Record a running cost"),
        lead=_("What it costs to run the alliance itself: people, rooms, travel, advice."),
        to=lambda _made: here,
        back=here,
        done=_("The cost is recorded."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cost_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A running cost is put right."""
    cost = _cost(request, pk)
    here = _costs(cost.alliance_id)
    return edit_page(
        request,
        CostForm,
        record=cost,
        alliance=cost.alliance,
        title=_("Change this cost"),
        to=lambda _changed: here,
        back=here,
        removal=reverse("cost_remove", args=[cost.pk]),
        removal_label=_("Remove this cost"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cost_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes a running cost off the record."""
    cost = _cost(request, pk)
    return remove_page(
        request,
        record=cost,
        alliance=cost.alliance,
        title=_("Remove this cost?"),
        consequences=[
            _("“%(what)s” is deleted, and counts no more in what the alliance has cost.")
            % {"what": cost.what}
        ],
        label=_("Remove the cost"),
        back=reverse("cost_edit", args=[cost.pk]),
        to=_costs(cost.alliance_id),
    )


def _changeable(request: HttpRequest):  # type: ignore[no-untyped-def]
    """The pledges that this user may change: of the own organisation, or as convener."""
    return rows_own_or_convened(
        Contribution.objects.select_related("participant__alliance"),
        user_of(request),
        "participant",
    )


def _receipt(request: HttpRequest, pk: int) -> Receipt:
    return get_object_or_404(
        rows_convened(Receipt.objects.all(), user_of(request), OF_RECEIPT).select_related(
            "contribution__participant__alliance"
        ),
        pk=pk,
    )


def _cost(request: HttpRequest, pk: int) -> RunningCost:
    return get_object_or_404(
        rows_convened(RunningCost.objects.all(), user_of(request), "alliance").select_related(
            "alliance"
        ),
        pk=pk,
    )


def _costs(alliance_pk: int) -> str:
    return f"{reverse('contributions', args=[alliance_pk])}#costs"
