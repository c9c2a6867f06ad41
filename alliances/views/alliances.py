"""An alliance is made and described."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliances.errors import Refused
from alliances.forms.alliances import AllianceForm, NewAllianceForm
from alliances.models import Alliance
from alliances.permissions import may_create_alliance
from alliances.services.alliances import create_alliance, update_alliance
from alliances.views.pages import convened_alliance, form_page, posted, user_of
from alliances.views.record_pages import edit_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def alliance_new(request: HttpRequest) -> HttpResponse:
    """A new alliance; who makes it convenes it, and goes on to its people."""
    user = user_of(request)
    if not may_create_alliance(user):
        raise Http404
    form = NewAllianceForm(posted(request), alliance=Alliance(), back=reverse("home"))
    if request.method == "POST" and form.is_valid():
        try:
            alliance = create_alliance(actor=user, **form.values)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(name)s is made.") % {"name": alliance.name})
            return redirect("people", alliance.pk)
    return form_page(
        request,
        form,
        title=_("A new alliance"),
        section="desk",
        lead=_("You convene it. Next you say who is at the table."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def alliance_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, summary, date and currency of an alliance."""
    alliance = convened_alliance(request, pk)
    desk = reverse("desk", args=[alliance.pk])
    return edit_page(
        request,
        AllianceForm,
        record=alliance,
        alliance=alliance,
        save=partial(update_alliance, alliance=alliance, by=user_of(request)),
        to=lambda _alliance: desk,
        back=desk,
        title=_("Change the alliance"),
        section="desk",
    )
