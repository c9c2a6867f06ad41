"""Who is at the table: the page that shows it, and those that change the seats."""

from __future__ import annotations

import re
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from alliances.errors import Refused
from alliances.forms.people import NewParticipantForm, PainForm, ParticipantForm
from alliances.models import Alliance, Participant
from alliances.permissions import (
    may_edit_alliance,
    participants_editable_by,
    participants_spoken_for_by,
)
from alliances.services.counts import in_words
from alliances.services.overview import people_overview
from alliances.services.people import (
    PAIN_COLUMNS,
    add_participant,
    remove_participant,
    state_pain,
    update_participant,
    withdraw_pain,
)
from alliances.services.records import Overtaken, mark_of_columns
from alliances.services.removal import Removal, read_removal
from alliances.views.pages import confirm_page, convened_alliance, form_page, posted, user_of
from alliances.views.post import login_url, tell_posted
from alliances.views.record_pages import edit_page

EDITION = re.compile(r"[0-9]{1,9}", re.ASCII)


def seat_address(participant: Participant) -> str:
    """Where the participant stands on the people page."""
    return f"{reverse('people', args=[participant.alliance_id])}#participant-{participant.pk}"


def to_seat(participant: Participant) -> HttpResponseRedirect:
    return HttpResponseRedirect(seat_address(participant))


@login_required
@require_safe
def people_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Participants with their pains and people. Members see no e-mail address, and change nothing
    but the pain of their own organisation."""
    user = user_of(request)
    alliance = get_object_or_404(Alliance.objects.visible_to(user), pk=pk)
    may_edit = may_edit_alliance(user, alliance)
    own = (
        set()
        if may_edit
        else set(
            participants_spoken_for_by(user).filter(alliance=alliance).values_list("pk", flat=True)
        )
    )
    return render(
        request,
        "alliances/people.html",
        {
            "alliance": alliance,
            "section": "people",
            "overview": people_overview(alliance=alliance),
            "may_edit": may_edit,
            "own": own,
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def participant_new(request: HttpRequest, pk: int) -> HttpResponse:
    """An organisation takes a seat."""
    alliance = convened_alliance(request, pk)
    form = NewParticipantForm(
        posted(request), alliance=alliance, back=reverse("people", args=[alliance.pk])
    )
    if request.method == "POST" and form.is_valid():
        try:
            participant = add_participant(alliance=alliance, by=user_of(request), **form.values)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request,
                _("%(name)s is added. Next: its pain, and who speaks for it.")
                % {"name": participant.name},
            )
            return to_seat(participant)
    return form_page(
        request,
        form,
        title=_("Add a participant"),
        alliance=alliance,
        lead=_("An organisation that is asked to the table, or sits there already."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def participant_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, interest and status of a participant."""
    participant = _editable(request, pk)
    return edit_page(
        request,
        ParticipantForm,
        record=participant,
        alliance=participant.alliance,
        save=partial(update_participant, participant=participant, by=user_of(request)),
        to=seat_address,
        back=seat_address(participant),
        title=participant.name,
        section="people",
        removal=reverse("participant_remove", args=[participant.pk]),
        removal_label=_("Remove this participant"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def participant_pain(request: HttpRequest, pk: int) -> HttpResponse:
    """The pain that brings a participant: stated whole, or withdrawn (which asks first)."""
    participant = get_object_or_404(
        participants_spoken_for_by(user_of(request)).select_related("alliance"),
        pk=pk,
    )
    here = reverse("participant_pain", args=[participant.pk])
    # The page that asks has no fields; it posts the answer alone, with what it asked of.
    answer = request.POST.get("confirm", "").split()
    if answer[:1] == ["withdraw"]:
        return _withdraw(request, participant, here, answer[1:])
    if request.method == "GET" and "withdraw" in request.GET and participant.pain:
        return _ask_to_withdraw(request, participant, here)
    return edit_page(
        request,
        PainForm,
        record=participant,
        alliance=participant.alliance,
        save=partial(state_pain, participant=participant, by=user_of(request)),
        to=seat_address,
        back=seat_address(participant),
        title=_("The pain of %(name)s") % {"name": participant.name},
        section="people",
        lead=_(
            "Problems bind more strongly than opportunities. "
            "Put it in the participant’s own words, with a number where there is one."
        ),
        removal=f"{here}?withdraw=1" if participant.pain else "",
        removal_label=_("Withdraw this pain"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def participant_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes a participant and its people from the list; says why where it must stay."""
    participant = _editable(request, pk)
    refused = ""
    if request.method == "POST":
        try:
            told = remove_participant(
                participant=participant, by=user_of(request), login_url=login_url(request)
            )
        except Refused as refusal:
            refused = str(refusal)
        else:
            tell_posted(request, told, _("%(name)s is removed.") % {"name": participant.name})
            return redirect("people", participant.alliance_id)
    removal = read_removal(participant=participant)
    return confirm_page(
        request,
        title=(_("%(name)s stays on record.") if removal.kept else _("Remove %(name)s?"))
        % {"name": participant.name},
        alliance=participant.alliance,
        consequences=[] if refused else _what_goes_with(removal),
        label="" if removal.kept else _("Remove the participant"),
        back=reverse("participant_edit", args=[participant.pk]),
        refusal=refused,
    )


def _what_goes_with(removal: Removal) -> list[str]:
    """What the page that asks says: all that would be deleted, and what would stay."""
    if removal.kept:
        return [removal.kept]
    people = removal.people
    lines = [
        ngettext(
            "Its pain and the person who speaks for it are deleted.",
            "Its pain and the %(count)s people who speak for it are deleted.",
            people,
        )
        % {"count": in_words(people)}
        if people
        else _("Its interest and its pain are deleted. Nobody speaks for it yet.")
    ]
    if removal.goes:
        lines.append(_("So is all that it put on record: %(what)s.") % {"what": removal.goes})
    lines.append(
        _(
            "What nobody else sees goes too: the units in its own house, and its sentence where a "
            "purpose check is open."
        )
    )
    if removal.accounts:
        lines.append(
            ngettext(
                "The account that belongs to it stays, and speaks for nobody then.",
                "The %(count)s accounts that belong to it stay, and speak for nobody then.",
                removal.accounts,
            )
            % {"count": in_words(removal.accounts)}
        )
    if removal.is_named:
        lines.append(
            _("Journal entries, actions and items of the register stay, without its name.")
        )
    return [
        *lines,
        _("Rounds that it was asked in keep its name, and what was answered."),
        _("If it has left, change its status instead: the history then stays."),
    ]


def _withdraw(
    request: HttpRequest, participant: Participant, here: str, asked_of: list[str]
) -> HttpResponse:
    """`asked_of` holds the edition that the page asked of, and the mark of the pain, as sent."""
    edition = int(asked_of[0]) if asked_of and EDITION.fullmatch(asked_of[0]) else 0
    mark = asked_of[1] if len(asked_of) > 1 else ""
    try:
        withdraw_pain(participant=participant, edition=edition, mark=mark, by=user_of(request))
    except Overtaken:
        return _ask_to_withdraw(
            request,
            participant,
            here,
            refusal=_(
                "Somebody stated this pain anew meanwhile. Go back and read it again, or withdraw it "
                "as it stands now."
            ),
        )
    except Refused as refusal:
        return _ask_to_withdraw(request, participant, here, refusal=str(refusal))
    messages.success(request, _("The pain is withdrawn."))
    return to_seat(participant)


def _ask_to_withdraw(
    request: HttpRequest, participant: Participant, here: str, refusal: str = ""
) -> HttpResponse:
    return confirm_page(
        request,
        title=_("Withdraw the pain of %(name)s?") % {"name": participant.name},
        alliance=participant.alliance,
        consequences=[
            _("Its words, its drive and its strength are deleted."),
            _("Results of closed rounds stay as they were published."),
        ],
        label=_("Withdraw the pain"),
        back=here,
        answer=f"withdraw {participant.edition} {mark_of_columns(participant, PAIN_COLUMNS)}",
        refusal=refusal,
    )


def _editable(request: HttpRequest, pk: int) -> Participant:
    return get_object_or_404(
        participants_editable_by(user_of(request)).select_related("alliance"), pk=pk
    )
