"""Who does what until when: the list, and the one press that says it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances.errors import Refused
from alliances.forms.journal import ChangedActionForm, NewActionForm
from alliances.models import Action
from alliances.permissions import (
    actions_finishable_by,
    may_edit_alliance,
    own_participant,
    rows_convened,
)
from alliances.services.actions import (
    actions_page,
    add_action,
    change_action,
    drop_action,
    finish_action,
    reopen_action,
)
from alliances.views.pages import convened_alliance, user_of, visible_alliance
from alliances.views.record_pages import add_page, edit_page, remove_page

SECTION = "records"


@login_required
@require_safe
def actions(request: HttpRequest, pk: int) -> HttpResponse:
    """Overdue ones first, then what is open, then what was done or dropped."""
    alliance = visible_alliance(request, pk)
    return render(
        request,
        "alliances/journal/actions.html",
        {
            "alliance": alliance,
            "section": SECTION,
            "actions": actions_page(
                alliance=alliance, today=timezone.localdate(), page=request.GET.get("page")
            ),
            "may_edit": may_edit_alliance(user_of(request), alliance),
            "own": own_participant(user_of(request), alliance),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_new(request: HttpRequest, pk: int) -> HttpResponse:
    """An action that was decided outside of a meeting."""
    alliance = convened_alliance(request, pk)
    return add_page(
        request,
        NewActionForm,
        alliance=alliance,
        title=_("Add an action"),
        lead=_("One person does it, until a day. What two people share, nobody does."),
        to=_to_list,
        back=reverse("actions", args=[alliance.pk]),
        save=lambda **values: add_action(
            alliance=alliance, by=user_of(request), today=timezone.localdate(), **values
        ),
        section=SECTION,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes an action; from here it is dropped, opened again or removed."""
    action = _convened(request, pk)
    return edit_page(
        request,
        ChangedActionForm,
        record=action,
        alliance=action.alliance,
        title=action.what,
        to=_to_list,
        back=_to_list(action),
        save=lambda **values: change_action(
            action=action, by=user_of(request), today=timezone.localdate(), **values
        ),
        removal=reverse("action_remove", args=[action.pk]),
        removal_label=_("Remove this action"),
        section=SECTION,
        template="alliances/journal/action.html",
        action=action,
    )


@login_required
@require_POST
def action_done(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: the action is done. For conveners, and for members of the organisation that does it."""
    user = user_of(request)
    action = get_object_or_404(actions_finishable_by(user), pk=pk)
    return _pressed(
        request,
        action,
        lambda: finish_action(action=action, by=user, today=timezone.localdate()),
        _("Done: %(what)s"),
    )


@login_required
@require_POST
def action_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """The action is no longer needed; it stays in the list as dropped."""
    action = _convened(request, pk)
    return _pressed(
        request,
        action,
        lambda: drop_action(action=action, by=user_of(request), today=timezone.localdate()),
        _("Dropped: %(what)s"),
    )


@login_required
@require_POST
def action_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The action is open again."""
    action = _convened(request, pk)
    return _pressed(
        request,
        action,
        lambda: reopen_action(action=action, by=user_of(request)),
        _("Open again: %(what)s"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then removes an action."""
    action = _convened(request, pk)
    return remove_page(
        request,
        record=action,
        alliance=action.alliance,
        title=_("Remove “%(what)s”?") % {"what": action.what},
        consequences=[
            _("It is deleted, as if it had never been decided."),
            _("If it is no longer needed, drop it instead: the list then still says so."),
        ],
        label=_("Remove the action"),
        back=reverse("action_edit", args=[action.pk]),
        to=_to_list(action),
        section=SECTION,
    )


def _pressed(
    request: HttpRequest, action: Action, do: Callable[[], Any], done: str
) -> HttpResponse:
    """Does it, and leads back to the list with what came of it."""
    try:
        do()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done % {"what": action.what})
    return redirect("actions", action.alliance_id)


def _to_list(action: Action) -> str:
    return reverse("actions", args=[action.alliance_id])


def _convened(request: HttpRequest, pk: int) -> Action:
    return get_object_or_404(
        rows_convened(Action.objects.select_related("alliance"), user_of(request), "alliance"),
        pk=pk,
    )
