"""The launch of the working relationship: its track, and its steps."""

from __future__ import annotations

import functools

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliances.errors import Refused
from alliances.forms.conduct import LayOutForm, NewStepForm, OwnStepForm, StepDoneForm, StepForm
from alliances.models import LaunchStep
from alliances.permissions import may_edit_alliance, rows_convened
from alliances.services.launch.keeping import add_step, change_step, lay_out_track
from alliances.services.launch.track import purposes, read_track
from alliances.views.pages import (
    convened_alliance,
    form_page,
    posted,
    user_of,
    visible_alliance,
)
from alliances.views.record_pages import add_page, edit_page, remove_page


@login_required
@require_safe
def launch_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The track: what is done, late, under way, to come."""
    alliance = visible_alliance(request, pk)
    return render(
        request,
        "alliances/conduct/launch.html",
        {
            "alliance": alliance,
            "section": "records",
            "track": read_track(alliance=alliance, on=timezone.localdate()),
            "purposes": purposes(),
            "may_edit": may_edit_alliance(user_of(request), alliance),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def launch_lay_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The five steps, from the day of the decision and a length."""
    alliance = convened_alliance(request, pk)
    form = LayOutForm(
        posted(request),
        initial={"decided_on": timezone.localdate(), "weeks": "5"},
        back=reverse("launch", args=[alliance.pk]),
    )
    if request.method == "POST" and form.is_valid():
        try:
            lay_out_track(alliance=alliance, by=user_of(request), **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("The track is laid out. Move the days where you need to, and say who.")
            )
            return redirect("launch", alliance.pk)
    return form_page(
        request,
        form,
        title=_("Lay out the track"),
        alliance=alliance,
        section="records",
        lead=_(
            "Five steps are spread over the weeks after the decision. You can move each of them "
            "afterwards, and add your own."
        ),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def launch_step_new(request: HttpRequest, pk: int) -> HttpResponse:
    """One more step."""
    alliance = convened_alliance(request, pk)
    return add_page(
        request,
        NewStepForm,
        alliance=alliance,
        title=_("A step of the launch"),
        to=_to_track,
        back=reverse("launch", args=[alliance.pk]),
        save=functools.partial(
            add_step, alliance=alliance, by=user_of(request), today=timezone.localdate()
        ),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def launch_step_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A step's days, who sees to it, what came of it."""
    step = _editable(request, pk)
    return edit_page(
        request,
        OwnStepForm if step.code == LaunchStep.Code.OWN else StepForm,
        record=step,
        alliance=step.alliance,
        title=str(step),
        to=_to_track,
        back=_to_track(step),
        save=_saving(request, step),
        removal=reverse("launch_step_remove", args=[step.pk]),
        removal_label=_("Remove this step"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def launch_step_done(request: HttpRequest, pk: int) -> HttpResponse:
    """The day on which a step was done, today unless another is given."""
    step = _editable(request, pk)
    return edit_page(
        request,
        StepDoneForm,
        record=step,
        alliance=step.alliance,
        title=_("Done: %(step)s") % {"step": step},
        to=_to_track,
        back=_to_track(step),
        save=_saving(request, step),
        initial={"done_on": step.done_on or timezone.localdate()},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def launch_step_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes a step off the track."""
    step = _editable(request, pk)
    return remove_page(
        request,
        record=step,
        alliance=step.alliance,
        title=_("Remove “%(step)s”?") % {"step": step},
        consequences=[
            _("Its days, who sees to it and what came of it are deleted."),
            _("The other steps stay where they are."),
        ],
        label=_("Remove the step"),
        back=reverse("launch_step_edit", args=[step.pk]),
        to=_to_track(step),
    )


def _to_track(step: LaunchStep) -> str:
    return reverse("launch", args=[step.alliance_id])


def _saving(request: HttpRequest, step: LaunchStep) -> functools.partial[LaunchStep]:
    return functools.partial(
        change_step, step=step, by=user_of(request), today=timezone.localdate()
    )


def _editable(request: HttpRequest, pk: int) -> LaunchStep:
    rows = rows_convened(LaunchStep.objects.all(), user_of(request), "alliance")
    step: LaunchStep = get_object_or_404(rows.select_related("alliance"), pk=pk)
    return step
