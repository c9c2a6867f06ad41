"""Who may log in and see an alliance."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliances.errors import Refused
from alliances.forms.access import ChangeAccessForm, GiveAccessForm
from alliances.models import Alliance, Membership, Participant, Representative
from alliances.permissions import may_edit_alliance, memberships_editable_by
from alliances.services.access import (
    AccessChanged,
    AccessGiven,
    AccessOvertaken,
    change_access,
    give_access,
    people_without_access,
    remove_access,
)
from alliances.views.pages import UNPROCESSABLE, confirm_page, convened_alliance, user_of
from alliances.views.post import login_url, tell_posted
from alliances.views.record_pages import CONFLICT

# So many people without access are named; all of them stand on the page of people.
SHOWN = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def access_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has access, each with a form to change it, and one to give it to somebody.

    A POST with `membership` changes that one; one without gives access.
    """
    alliance = convened_alliance(request, pk)
    participants = list(alliance.participants.all())
    memberships = list(
        alliance.memberships.select_related("user", "participant", "bound_by").order_by(
            "role", "user__name", "user__email"
        )
    )
    changed = _named(request, memberships)
    changing = request.method == "POST" and changed is not None
    rows = [
        ChangeAccessForm(
            request.POST if membership is changed else None,
            membership=membership,
            participants=participants,
        )
        for membership in memberships
    ]
    without = people_without_access(alliance=alliance)
    form = GiveAccessForm(
        request.POST if request.method == "POST" and not changing else None,
        participants=participants,
        initial=_chosen(request, without),
    )
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        row = next((row for row in rows if row.membership is changed), None)
        if row is not None:
            answer = _change(request, alliance, row)
        else:
            answer = _give(request, alliance, form)
        if answer is not None:
            return answer
        if row is not None and row.is_overtaken:
            status = CONFLICT
    return render(
        request,
        "alliances/access.html",
        {
            "alliance": alliance,
            "section": "people",
            "rows": rows,
            "form": form,
            "without": without[:SHOWN],
            "more": len(without[SHOWN:]),
        },
        status=status,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def access_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes somebody's access away."""
    membership = get_object_or_404(
        memberships_editable_by(user_of(request)).select_related("alliance", "user", "participant"),
        pk=pk,
    )
    alliance = membership.alliance
    refused = ""
    if request.method == "POST":
        try:
            told = remove_access(
                membership=membership, by=user_of(request), login_url=login_url(request)
            )
        except Refused as refusal:
            refused = str(refusal)
        else:
            said = _("%(person)s has no access any more.") % {"person": membership.user}
            if membership.participant is not None:
                said = f"{said} {_left_told(membership.participant)}"
            tell_posted(request, told, said)
            return _onwards(request, alliance)
    return confirm_page(
        request,
        title=_("Take away the access of %(person)s?") % {"person": membership.user},
        alliance=alliance,
        consequences=[
            _("%(person)s no longer sees this alliance, its results and its reports.")
            % {"person": membership.user},
            _("The account itself stays, and what it may see elsewhere."),
            _("%(person)s is told so by mail, and so are the other people of %(organisation)s.")
            % {"person": membership.user, "organisation": membership.participant}
            if membership.participant is not None
            else _("%(person)s is told so by mail.") % {"person": membership.user},
        ],
        label=_("Take away the access"),
        back=reverse("access", args=[alliance.pk]),
        refusal=refused,
    )


def _chosen(request: HttpRequest, people: list[Representative]) -> dict[str, object]:
    """The form begun with one of `people`, where the address names one by `?person=`."""
    for person in people:
        if str(person.pk) == request.GET.get("person"):
            return {
                "email": person.email,
                "name": person.name,
                "participant": person.participant_id,
            }
    return {}


def _named(request: HttpRequest, memberships: list[Membership]) -> Membership | None:
    """The membership that a POST is about; 404 where it names one that is not here."""
    if request.method != "POST" or "membership" not in request.POST:
        return None
    for membership in memberships:
        if str(membership.pk) == request.POST["membership"]:
            return membership
    raise Http404


def _give(request: HttpRequest, alliance: Alliance, form: GiveAccessForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        given = give_access(
            alliance=alliance,
            by=user_of(request),
            login_url=login_url(request),
            **form.cleaned_data,
        )
    except Refused as refusal:
        form.refuse(refusal)
        return None
    if given.mailed:
        messages.success(request, _told(given))
    else:
        messages.error(request, _told(given))
    if given.told is not None and (given.told.sent or given.told.unreached):
        tell_posted(request, given.told, _others_told(given.membership))
    return redirect("access", alliance.pk)


def _change(
    request: HttpRequest, alliance: Alliance, form: ChangeAccessForm
) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        changed = change_access(
            membership=form.membership,
            by=user_of(request),
            login_url=login_url(request),
            **form.cleaned_data,
        )
    except AccessOvertaken as overtaken:
        form.overtaken(overtaken)
        return None
    except Refused as refusal:
        form.refuse(refusal)
        return None
    tell_posted(request, changed.posted, _changed(changed))
    return _onwards(request, alliance)


def _onwards(request: HttpRequest, alliance: Alliance) -> HttpResponse:
    """Back to the access page, or home for those who just gave up their own right to it."""
    if may_edit_alliance(user_of(request), alliance):
        return redirect("access", alliance.pk)
    return redirect("home")


def _changed(changed: AccessChanged) -> str:
    """What is said of a change, and of who is told."""
    said = [_("Saved.")]
    if changed.told is not None and (changed.told.sent or changed.told.unreached):
        said.append(_others_told(changed.membership))
    if changed.left is not None:
        said.append(_left_told(changed.left))
    return " ".join(said)


def _left_told(left: Participant) -> str:
    return _(
        "They no longer speak for %(organisation)s, and all concerned are told so by mail."
    ) % {"organisation": left}


def _others_told(membership: Membership) -> str:
    return _(
        "%(person)s now speaks for %(organisation)s, and its other people are told so by mail."
    ) % {
        "person": membership.user,
        "organisation": membership.participant,
    }


def _told(given: AccessGiven) -> str:
    email = given.membership.user.email
    if given.mailed:
        return _("%(email)s has access, and has been sent a mail.") % {"email": email}
    return _(
        "%(email)s has access, but the mail could not be sent. "
        "Tell them to log in with this address, by a code."
    ) % {"email": email}
