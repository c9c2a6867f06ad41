"""What the alliance measures, and what was read."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliances.forms.progress import MetricForm, NewMetricForm, ReadingForm
from alliances.models import Metric, Reading
from alliances.permissions import may_edit_alliance, rows_convened, rows_visible
from alliances.services import metrics as service
from alliances.views.pages import convened_alliance, user_of, visible_alliance
from alliances.views.record_pages import add_page, edit_page, remove_page


@login_required
@require_safe
def metrics(request: HttpRequest, pk: int) -> HttpResponse:
    """Means beside ends, each with its readings and its target."""
    alliance = visible_alliance(request, pk)
    return render(
        request,
        "alliances/progress/metrics.html",
        {
            "alliance": alliance,
            "section": "records",
            "overview": service.metrics_overview(alliance=alliance, on=timezone.localdate()),
            "may_edit": may_edit_alliance(user_of(request), alliance),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def metric_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Something to measure."""
    alliance = convened_alliance(request, pk)
    return add_page(
        request,
        NewMetricForm,
        alliance=alliance,
        title=_("Add a metric"),
        lead=_("One thing that can be read again and again, and a word on how."),
        save=partial(service.add_metric, alliance=alliance, by=user_of(request)),
        initial={"kind": Metric.Kind.MEANS},
        to=lambda made: reverse("metric", args=[made.pk]),
        back=reverse("metrics", args=[alliance.pk]),
        done=_("The metric is added. Next: its first reading."),
    )


@login_required
@require_safe
def metric(request: HttpRequest, pk: int) -> HttpResponse:
    """One metric: its readings as a line, and as a table."""
    user = user_of(request)
    one = get_object_or_404(
        rows_visible(Metric.objects.all(), user, "alliance").select_related("alliance"), pk=pk
    )
    return render(
        request,
        "alliances/progress/metric.html",
        {
            "alliance": one.alliance,
            "section": "records",
            "metric": one,
            "page": service.metric_page(metric=one, on=timezone.localdate()),
            "may_edit": may_edit_alliance(user, one.alliance),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def metric_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is measured is said anew."""
    one = _metric(request, pk)
    here = reverse("metric", args=[one.pk])
    return edit_page(
        request,
        MetricForm,
        record=one,
        alliance=one.alliance,
        title=_("Change this metric"),
        save=partial(service.change_metric, metric=one, by=user_of(request)),
        to=lambda _changed: here,
        back=here,
        removal=reverse("metric_remove", args=[one.pk]),
        removal_label=_("Remove this metric"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def metric_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes a metric off the record."""
    one = _metric(request, pk)
    return remove_page(
        request,
        record=one,
        alliance=one.alliance,
        title=_("Remove this metric?"),
        consequences=[_("“%(name)s” is deleted with all its readings.") % {"name": one.name}],
        label=_("Remove the metric"),
        back=reverse("metric_edit", args=[one.pk]),
        to=reverse("metrics", args=[one.alliance_id]),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reading_new(request: HttpRequest, pk: int) -> HttpResponse:
    """What a metric read on a day."""
    one, today = _metric(request, pk), timezone.localdate()
    here = reverse("metric", args=[one.pk])
    return add_page(
        request,
        ReadingForm,
        options={"unit": one.unit},
        alliance=one.alliance,
        title=_("Record a reading"),
        lead=one.name,
        save=partial(service.record_reading, metric=one, by=user_of(request), today=today),
        initial={"on": today},
        to=lambda _made: here,
        back=here,
        done=_("The reading is recorded."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reading_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A reading is put right."""
    reading = _reading(request, pk)
    here = reverse("metric", args=[reading.metric_id])
    return edit_page(
        request,
        ReadingForm,
        options={"unit": reading.metric.unit},
        record=reading,
        alliance=reading.metric.alliance,
        title=_("Change this reading"),
        lead=reading.metric.name,
        save=partial(
            service.change_reading,
            reading=reading,
            by=user_of(request),
            today=timezone.localdate(),
        ),
        to=lambda _changed: here,
        back=here,
        removal=reverse("reading_remove", args=[reading.pk]),
        removal_label=_("Remove this reading"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reading_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes a reading off the record."""
    reading = _reading(request, pk)
    return remove_page(
        request,
        record=reading,
        alliance=reading.metric.alliance,
        title=_("Remove this reading?"),
        consequences=[_("It is deleted, and the line is drawn without it.")],
        label=_("Remove the reading"),
        back=reverse("reading_edit", args=[reading.pk]),
        to=reverse("metric", args=[reading.metric_id]),
    )


def _metric(request: HttpRequest, pk: int) -> Metric:
    return get_object_or_404(
        rows_convened(Metric.objects.all(), user_of(request), "alliance").select_related(
            "alliance"
        ),
        pk=pk,
    )


def _reading(request: HttpRequest, pk: int) -> Reading:
    return get_object_or_404(
        rows_convened(Reading.objects.all(), user_of(request), "metric__alliance").select_related(
            "metric__alliance"
        ),
        pk=pk,
    )
