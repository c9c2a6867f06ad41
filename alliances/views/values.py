"""The value that each organisation expects of the alliance."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliances.errors import Refused
from alliances.forms.progress import ExpectedValuesForm
from alliances.permissions import (
    may_edit_alliance,
    own_participant,
    participants_spoken_for_by,
)
from alliances.services.expected_values import (
    ValuesOvertaken,
    set_expected_values,
    stored_values,
    values_overview,
)
from alliances.views.pages import UNPROCESSABLE, posted, user_of, visible_alliance
from alliances.views.record_pages import CONFLICT


@login_required
@require_safe
def values(request: HttpRequest, pk: int) -> HttpResponse:
    """The thirteen kinds, and who expects which."""
    alliance = visible_alliance(request, pk)
    user = user_of(request)
    overview = values_overview(alliance=alliance)
    own = own_participant(user, alliance)
    return render(
        request,
        "alliances/progress/values.html",
        {
            "alliance": alliance,
            "section": "records",
            "overview": overview,
            "may_edit": may_edit_alliance(user, alliance),
            "own": own,
            "has_named": overview.has_named(own),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def values_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What one organisation expects: said by itself, or by a convener for it."""
    user = user_of(request)
    # Whoever may say what hurts an organisation may say what it expects.
    participant = get_object_or_404(
        participants_spoken_for_by(user).select_related("alliance"), pk=pk
    )
    alliance = participant.alliance
    here = reverse("values", args=[alliance.pk])
    form = ExpectedValuesForm(
        posted(request), stored=stored_values(participant=participant), back=here
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            set_expected_values(
                participant=participant,
                by=user,
                notes=form.notes,
                seen=form.cleaned_data["seen"],
            )
        except ValuesOvertaken as overtaken:
            form.overtaken(overtaken)
            status = CONFLICT
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(here)
    if status == 200 and form.errors:
        status = UNPROCESSABLE
    return render(
        request,
        "alliances/progress/values_edit.html",
        {
            "form": form,
            "title": _("What %(name)s expects") % {"name": participant.name},
            "lead": _("Beyond sales and cost. Tick what you would miss if the alliance ended."),
            "alliance": alliance,
            "section": "records",
        },
        status=status,
    )
