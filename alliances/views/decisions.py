"""The decision map: the page that shows it, and those that draw it."""

from __future__ import annotations

import functools

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliances.forms.conduct import DecisionForm, NewDecisionForm
from alliances.models import Decision
from alliances.permissions import may_edit_alliance, own_participant, rows_convened
from alliances.services.decisions.keeping import add_decision, change_decision, parties_of
from alliances.services.decisions.map import legend, read_map, read_party
from alliances.views.pages import convened_alliance, user_of, visible_alliance
from alliances.views.record_pages import add_page, edit_page, remove_page

FORM = "alliances/conduct/decision_form.html"
LONGEST_KEY = 18


@login_required
@require_safe
def decisions_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All decisions, and who has which part in them."""
    alliance = visible_alliance(request, pk)
    user = user_of(request)
    return render(
        request,
        "alliances/conduct/decisions.html",
        {
            "alliance": alliance,
            "section": "records",
            "map": read_map(alliance=alliance),
            "legend": legend(),
            "may_edit": may_edit_alliance(user, alliance),
            "own": own_participant(user, alliance),
        },
    )


@login_required
@require_safe
def decisions_asked(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked of one party: the one that `party` names, else the user's own.

    Who belongs to none, and names none, chooses one first.
    """
    alliance = visible_alliance(request, pk)
    parties = parties_of(alliance)
    named, party = request.GET.get("party", ""), None
    if named:
        is_key = named.isascii() and named.isdigit() and len(named) <= LONGEST_KEY
        party = get_object_or_404(parties, pk=int(named) if is_key else 0)
    elif own := own_participant(user_of(request), alliance):
        party = parties.filter(pk=own.pk).first()
    if party is None and not parties.exists():
        return redirect("decisions", alliance.pk)
    return render(
        request,
        "alliances/conduct/asked.html",
        {
            "alliance": alliance,
            "section": "records",
            "view": read_party(alliance=alliance, party=party) if party else None,
            "parties": parties,
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision that is likely to arise."""
    alliance = convened_alliance(request, pk)
    return add_page(
        request,
        NewDecisionForm,
        alliance=alliance,
        title=_("A decision that is likely to arise"),
        to=_to_map,
        back=reverse("decisions", args=[alliance.pk]),
        save=functools.partial(add_decision, alliance=alliance, by=user_of(request)),
        template=FORM,
        lead=_(
            "Best before it arises: who decides is hard to agree on once everybody wants something."
        ),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision with the parts of all parties."""
    decision = _editable(request, pk)
    return edit_page(
        request,
        DecisionForm,
        record=decision,
        alliance=decision.alliance,
        title=decision.what,
        to=_to_map,
        back=_to_map(decision),
        save=functools.partial(change_decision, decision=decision, by=user_of(request)),
        template=FORM,
        removal=reverse("decision_remove", args=[decision.pk]),
        removal_label=_("Remove this decision"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes a decision off the map."""
    decision = _editable(request, pk)
    return remove_page(
        request,
        record=decision,
        alliance=decision.alliance,
        title=_("Remove “%(decision)s”?") % {"decision": decision},
        consequences=[
            _("The part that each party has in it, and its note, are deleted."),
            _("A decision that was taken already stays as it was taken."),
        ],
        label=_("Remove the decision"),
        back=reverse("decision_edit", args=[decision.pk]),
        to=reverse("decisions", args=[decision.alliance_id]),
    )


def _to_map(decision: Decision) -> str:
    return f"{reverse('decisions', args=[decision.alliance_id])}#decision-{decision.pk}"


def _editable(request: HttpRequest, pk: int) -> Decision:
    rows = rows_convened(Decision.objects.all(), user_of(request), "alliance")
    decision: Decision = get_object_or_404(rows.select_related("alliance"), pk=pk)
    return decision
