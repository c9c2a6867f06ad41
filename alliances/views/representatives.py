"""Who speaks for a participant."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliances.errors import Refused
from alliances.forms.people import NewRepresentativeForm, RepresentativeForm
from alliances.models import Representative
from alliances.permissions import participants_editable_by, representatives_editable_by
from alliances.services.people import (
    add_representative,
    remove_representative,
    update_representative,
)
from alliances.views.pages import confirm_page, form_page, posted, user_of
from alliances.views.people import seat_address, to_seat
from alliances.views.post import login_url, tell_posted
from alliances.views.record_pages import edit_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def representative_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody speaks for the participant `pk`."""
    participant = get_object_or_404(
        participants_editable_by(user_of(request)).select_related("alliance"), pk=pk
    )
    form = NewRepresentativeForm(
        posted(request),
        alliance=participant.alliance,
        initial={"role": Representative.Role.REPRESENTATIVE},
        back=seat_address(participant),
    )
    if request.method == "POST" and form.is_valid():
        try:
            person = add_representative(participant=participant, by=user_of(request), **form.values)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(name)s is added.") % {"name": person.name})
            return to_seat(participant)
    return form_page(
        request,
        form,
        title=_("Who speaks for %(name)s") % {"name": participant.name},
        alliance=participant.alliance,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def representative_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's name, address, role and substance."""
    person = _editable(request, pk)
    return edit_page(
        request,
        RepresentativeForm,
        record=person,
        alliance=person.participant.alliance,
        save=partial(_save, request, person),
        to=lambda person: seat_address(person.participant),
        back=seat_address(person.participant),
        title=person.name,
        section="people",
        lead=_("Speaks for %(name)s.") % {"name": person.participant.name},
        removal=reverse("representative_remove", args=[person.pk]),
        removal_label=_("Remove this person"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def representative_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes a person from the list."""
    person = _editable(request, pk)
    refused = ""
    if request.method == "POST":
        try:
            told = remove_representative(
                representative=person, by=user_of(request), login_url=login_url(request)
            )
        except Refused as refusal:
            refused = str(refusal)
        else:
            tell_posted(request, told, _("%(name)s is removed.") % {"name": person.name})
            return to_seat(person.participant)
    return confirm_page(
        request,
        title=_("Remove %(name)s?") % {"name": person.name},
        alliance=person.participant.alliance,
        consequences=[
            _("%(name)s speaks for %(organisation)s no more.")
            % {"name": person.name, "organisation": person.participant.name},
            _("Rounds that are open keep the invitation, and what was answered."),
            _("Rounds that are closed forget the name and the address; their results stay."),
            _("%(name)s is told so by mail.") % {"name": person.name},
        ],
        label=_("Remove this person"),
        back=reverse("representative_edit", args=[person.pk]),
        refusal=refused,
    )


def _save(request: HttpRequest, person: Representative, **values: Any) -> Representative:
    """Saves what was written, and says whom a mail about a new address did not reach."""
    changed = update_representative(
        representative=person, by=user_of(request), login_url=login_url(request), **values
    )
    if changed.told is not None:
        tell_posted(request, changed.told, _("The old address is told of the new one by mail."))
    return changed.representative


def _editable(request: HttpRequest, pk: int) -> Representative:
    return get_object_or_404(
        representatives_editable_by(user_of(request)).select_related("participant__alliance"), pk=pk
    )
