"""Profiles of the organisations, and the histories between pairs of them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliances.forms.profiles import HistoryForm, NewHistoryForm, ProfileForm
from alliances.models import PairHistory, Participant, Profile
from alliances.permissions import (
    histories_editable_by,
    may_edit_alliance,
    own_participant,
    participants_spoken_for_by,
    rows_visible,
)
from alliances.services.profiles import (
    answers_of,
    finding_of,
    histories_of,
    profiles_of,
    record_history,
    save_profile,
)
from alliances.views.pages import user_of, visible_alliance
from alliances.views.record_pages import add_page, edit_page, remove_page


def profile_address(profile: Profile) -> str:
    return reverse("profile", args=[profile.participant_id])


def history_address(history: PairHistory) -> str:
    return reverse("history", args=[history.pk])


@login_required
@require_safe
def profiles(request: HttpRequest, pk: int) -> HttpResponse:
    """All profiles: what is missing, how each comes to decisions, and who has a history with whom."""
    user = user_of(request)
    alliance = visible_alliance(request, pk)
    own = own_participant(user, alliance)
    may_edit = may_edit_alliance(user, alliance)
    return render(
        request,
        "alliances/common_ground/profiles.html",
        {
            "alliance": alliance,
            "section": "records",
            "profiles": profiles_of(alliance=alliance),
            "own": own,
            "may_edit": may_edit,
            "may_add_history": may_edit or own is not None,
        },
    )


@login_required
@require_safe
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation's profile in full, and what it has been through with others."""
    user = user_of(request)
    rows = rows_visible(Participant.objects.all(), user, "alliance")
    participant = get_object_or_404(rows.select_related("alliance", "profile"), pk=pk)
    stored = getattr(participant, "profile", None)
    return render(
        request,
        "alliances/common_ground/profile.html",
        {
            "alliance": participant.alliance,
            "section": "records",
            "participant": participant,
            "answers": answers_of(stored),
            "finding": finding_of(stored),
            "is_begun": stored is not None,
            "histories": histories_of(participant=participant),
            "may_write": participants_spoken_for_by(user).filter(pk=participant.pk).exists(),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """An organisation, or the convener for it, says what the others should know."""
    user = user_of(request)
    rows = participants_spoken_for_by(user)
    participant = get_object_or_404(rows.select_related("alliance", "profile"), pk=pk)
    stored = getattr(participant, "profile", None)
    return edit_page(
        request,
        ProfileForm,
        # A profile that is not there yet has no edition.
        record=stored or Profile(participant=participant, edition=0),
        alliance=participant.alliance,
        title=_("The profile of %(name)s") % {"name": participant.name},
        lead=_(
            "What the others should know before they work with it. All members read it. What stays "
            "empty can come later."
        ),
        to=profile_address,
        back=reverse("profile", args=[participant.pk]),
        save=lambda edition, **values: save_profile(
            participant=participant, edition=edition, by=user, **values
        ),
    )


@login_required
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What two organisations have been through together."""
    user = user_of(request)
    rows = rows_visible(PairHistory.objects.all(), user, "alliance")
    found = get_object_or_404(rows.select_related("alliance", "first", "second"), pk=pk)
    return render(
        request,
        "alliances/common_ground/history.html",
        {
            "alliance": found.alliance,
            "section": "records",
            "history": found,
            "may_write": histories_editable_by(user).filter(pk=found.pk).exists(),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def history_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A convener adds the history of any two; a member, that of the own organisation and another."""
    user = user_of(request)
    alliance = visible_alliance(request, pk)
    convenes = may_edit_alliance(user, alliance)
    own = None if convenes else own_participant(user, alliance)
    if own is None and not convenes:
        raise Http404
    return add_page(
        request,
        NewHistoryForm,
        options={"own": own},
        alliance=alliance,
        title=_("What two organisations did together"),
        lead=_(
            "Old projects, contracts, quarrels: what both remember. All members read it, so write "
            "what both could put their name to."
        ),
        to=history_address,
        back=reverse("profiles", args=[alliance.pk]),
        save=lambda **values: record_history(alliance=alliance, by=user, **values),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def history_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The convener, or a member of either of the two, changes a history."""
    found = _editable_history(request, pk)
    return edit_page(
        request,
        HistoryForm,
        record=found,
        alliance=found.alliance,
        title=_pair(found),
        to=history_address,
        back=history_address(found),
        removal=reverse("history_remove", args=[found.pk]),
        removal_label=_("Remove this history"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def history_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then removes a history."""
    found = _editable_history(request, pk)
    return remove_page(
        request,
        record=found,
        alliance=found.alliance,
        title=_("Remove the history of %(pair)s?") % {"pair": _pair(found)},
        consequences=[
            _("What they did together, what worked and what was hard are deleted."),
            _("Their profiles stay."),
        ],
        label=_("Remove the history"),
        back=reverse("history_edit", args=[found.pk]),
        to=reverse("profiles", args=[found.alliance_id]),
        done=_("The history is removed."),
    )


def _pair(found: PairHistory) -> str:
    return _("%(first)s and %(second)s") % {"first": found.first, "second": found.second}


def _editable_history(request: HttpRequest, pk: int) -> PairHistory:
    rows = histories_editable_by(user_of(request))
    return get_object_or_404(rows.select_related("alliance", "first", "second"), pk=pk)
