"""What an alliance measures: means that lead beside ends that follow (HW)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alliances.errors import Refused
from alliances.models import Alliance, Metric, Reading, User
from alliances.services import counts, figures
from alliances.services.line_picture import LinePicture, line_picture
from alliances.services.records import add_record, change_record, locked_record

Kind = Metric.Kind
SMALL, LARGE = 56, 240
"""Heights of the pictures on the overview and on a metric's own page, in pixels."""


class State(Enum):
    """Where a metric stands, by its readings up to a day."""

    UNREAD = "unread"
    REACHED = "reached"
    ONCE = "once"  # one reading, and no target reached: nothing moves yet
    BETTER = "better"  # than the reading before
    WORSE = "worse"
    SAME = "same"


WORDS = {
    State.UNREAD: gettext_lazy("No reading yet"),
    State.REACHED: gettext_lazy("At its target"),
    State.ONCE: gettext_lazy("Read once, so no movement is seen"),
    State.BETTER: gettext_lazy("Better than the time before"),
    State.WORSE: gettext_lazy("Worse than the time before"),
    State.SAME: gettext_lazy("The same as the time before"),
}


@dataclass(frozen=True)
class MetricLine:
    """A metric on a day, with its readings up to it, oldest first."""

    metric: Metric
    readings: list[Reading]
    state: State
    picture: LinePicture | None
    is_overdue: bool
    """Whether the day of its target has passed, and it is not at it."""

    @property
    def word(self) -> str:
        return str(WORDS[self.state])

    @property
    def last(self) -> str:
        """The last reading with its unit; empty where there is none."""
        if not self.readings:
            return ""
        return figures.measured(self.readings[-1].value, self.metric.unit)

    @property
    def target(self) -> str:
        """The target with its unit; empty where none is set."""
        if self.metric.target is None:
            return ""
        return figures.measured(self.metric.target, self.metric.unit)

    @property
    def is_good(self) -> bool:
        """Whether it is at its target or moves towards it."""
        return self.state in (State.REACHED, State.BETTER)


@dataclass(frozen=True)
class Group:
    """The metrics of one kind."""

    kind: str
    lines: list[MetricLine]


@dataclass(frozen=True)
class MetricsOverview:
    """All that the page shows; `advice` is empty where both kinds are there and read."""

    finding: str
    aside: str
    advice: str
    groups: list[Group]

    @property
    def is_empty(self) -> bool:
        return not any(group.lines for group in self.groups)


@dataclass(frozen=True)
class MetricPage:
    """One metric with its readings, newest first."""

    line: MetricLine
    finding: str
    aside: str
    rows: list[tuple[Reading, str]]


@transaction.atomic
def add_metric(*, alliance: Alliance, by: User | None, **fields: Any) -> Metric:
    """A metric, with `fields` by the names of its columns. Raises Refused."""
    _refuse_no_target(fields.get("target"), fields.get("due_on"))
    return add_record(model=Metric, alliance=alliance, by=by, **fields)


@transaction.atomic
def change_metric(*, metric: Metric, edition: int, by: User | None, **fields: Any) -> Metric:
    """The metric with these `fields`; what is not named stays. Raises Overtaken and Refused."""
    current = locked_record(metric)
    if current.edition == edition:
        _refuse_no_target(
            fields.get("target", current.target), fields.get("due_on", current.due_on)
        )
    return change_record(record=metric, edition=edition, by=by, **fields)


@transaction.atomic
def record_reading(
    *,
    metric: Metric,
    by: User | None,
    today: datetime.date,
    on: datetime.date,
    value: Decimal,
    note: str = "",
) -> Reading:
    """What the metric read on a day, in its unit; once a day.

    Raises Refused where a value is wrong, or `on` lies after `today`.
    """
    current = locked_record(metric)
    _refuse_ahead(on, today)
    return add_record(
        model=Reading,
        alliance=current.alliance,
        by=by,
        metric=current,
        on=on,
        value=value,
        note=note,
    )


@transaction.atomic
def change_reading(
    *, reading: Reading, edition: int, by: User | None, today: datetime.date, **fields: Any
) -> Reading:
    """The reading with these `fields`. Raises Overtaken and Refused."""
    current = locked_record(reading)
    if current.edition == edition:
        _refuse_ahead(fields.get("on", current.on), today)
    return change_record(record=reading, edition=edition, by=by, **fields)


def metrics_overview(*, alliance: Alliance, on: datetime.date) -> MetricsOverview:
    """The alliance's metrics on the day `on`, in two queries."""
    metrics = Metric.objects.filter(alliance=alliance).prefetch_related(
        Prefetch("readings", queryset=Reading.objects.filter(on__lte=on).order_by("on", "pk"))
    )
    lines = [_line(metric, metric.readings.all(), on, SMALL) for metric in metrics]
    means = [line for line in lines if line.metric.kind == Metric.Kind.MEANS]
    ends = [line for line in lines if line.metric.kind == Metric.Kind.ENDS]
    finding, aside = _finding(means, ends)
    return MetricsOverview(
        finding=finding,
        aside=aside,
        advice=_advice(means, ends),
        groups=[Group(Metric.Kind.MEANS.value, means), Group(Metric.Kind.ENDS.value, ends)],
    )


def metric_page(*, metric: Metric, on: datetime.date) -> MetricPage:
    """One metric on the day `on`, in a query."""
    readings = metric.readings.filter(on__lte=on).select_related("changed_by").order_by("on", "pk")
    line = _line(metric, readings, on, LARGE)
    return MetricPage(
        line=line,
        finding=_standing(line),
        aside=_aim(line),
        rows=[
            (reading, figures.measured(reading.value, metric.unit))
            for reading in reversed(line.readings)
        ],
    )


def state_of(metric: Metric, readings: list[Reading]) -> State:
    """Where a metric stands: at its target by its last reading, else against the one before."""
    if not readings:
        return State.UNREAD
    sign = 1 if metric.better == Metric.Better.HIGHER else -1
    last = readings[-1].value
    if metric.target is not None and sign * (last - metric.target) >= 0:
        return State.REACHED
    if len(readings) == 1:
        return State.ONCE
    change = sign * (last - readings[-2].value)
    return State.BETTER if change > 0 else State.WORSE if change < 0 else State.SAME


def _line(
    metric: Metric, readings: Iterable[Reading], on: datetime.date, height: int
) -> MetricLine:
    known = list(readings)
    state = state_of(metric, known)
    return MetricLine(
        metric=metric,
        readings=known,
        state=state,
        picture=line_picture(
            [(reading.on, reading.value) for reading in known],
            target=metric.target,
            unit=metric.unit,
            name=metric.name,
            height=height,
            with_figures=height == LARGE,
        )
        if known
        else None,
        is_overdue=metric.due_on is not None and metric.due_on < on and state is not State.REACHED,
    )


def _finding(means: list[MetricLine], ends: list[MetricLine]) -> tuple[str, str]:
    """The finding, and what follows."""
    if not means and not ends:
        return _("Nothing is measured."), ""
    if not means:
        return _("Only ends are measured."), _progress(ends, Kind.ENDS)
    if not ends:
        return _("Only means are measured."), _progress(means, Kind.MEANS)
    read_means = any(line.readings for line in means)
    read_ends = any(line.readings for line in ends)
    if not read_means and not read_ends:
        return _("Means and ends are named, and none has been read yet."), ""
    if not read_ends:
        return _("Means are read, ends have no reading yet."), _progress(means, Kind.MEANS)
    if not read_means:
        return _("Ends are read, means have no reading yet."), _progress(ends, Kind.ENDS)
    return _progress(means, Kind.MEANS), _progress(ends, Kind.ENDS)


def _progress(lines: list[MetricLine], kind: str) -> str:
    """How many stand well, and how many have not been read."""
    all_, good = len(lines), sum(line.is_good for line in lines)
    means = kind == Kind.MEANS
    if all_ == 1:
        word = counts.first_small(lines[0].word)
        first = (
            _("The one metric of means: %(word)s.")
            if means
            else _("The one metric of ends: %(word)s.")
        )
        return first % {"word": word}
    if good == all_ == 2:
        first = (
            _("Both means are at their target or getting better.")
            if means
            else _("Both ends are at their target or getting better.")
        )
    elif good == all_:
        first = (
            _("All %(all)s means are at their target or getting better.")
            if means
            else _("All %(all)s ends are at their target or getting better.")
        )
    elif good == 0:
        first = (
            _("Of %(all)s means, none is at its target or getting better.")
            if means
            else _("Of %(all)s ends, none is at its target or getting better.")
        )
    else:
        first = (
            ngettext(
                "%(good)s of %(all)s means is at its target or getting better.",
                "%(good)s of %(all)s means are at their target or getting better.",
                good,
            )
            if means
            else ngettext(
                "%(good)s of %(all)s ends is at its target or getting better.",
                "%(good)s of %(all)s ends are at their target or getting better.",
                good,
            )
        )
    sentences = [first % {"good": counts.in_words(good), "all": counts.in_words(all_)}]
    unread = sum(line.state is State.UNREAD for line in lines)
    if unread:
        sentences.append(
            ngettext("%(n)s has no reading yet.", "%(n)s have no reading yet.", unread)
            % {"n": counts.in_words(unread)}
        )
    return " ".join(counts.first_capital(sentence) for sentence in sentences)


def _standing(line: MetricLine) -> str:
    """Where one metric stands."""
    if not line.readings:
        return _("No reading yet.")
    return _("%(value)s on %(day)s. %(word)s.") % {
        "value": line.last,
        "day": figures.day(line.readings[-1].on),
        "word": line.word,
    }


def _aim(line: MetricLine) -> str:
    """The target in words, and whether its day has passed."""
    metric = line.metric
    higher = metric.better == Metric.Better.HIGHER
    if metric.target is None:
        return (
            _("Higher is better; no target is set.")
            if higher
            else _("Lower is better; no target is set.")
        )
    sentence = _("Target: %(target)s or more") if higher else _("Target: %(target)s or less")
    sentence %= {"target": line.target}
    if metric.due_on is not None:
        sentence = _("%(target)s, by %(day)s") % {
            "target": sentence,
            "day": figures.day(metric.due_on),
        }
    if line.is_overdue:
        return _("%(target)s. That day has passed.") % {"target": sentence}
    return f"{sentence}."


def _refuse_no_target(target: Decimal | None, due_on: datetime.date | None) -> None:
    if due_on is not None and target is None:
        raise Refused(_("There is a day, and no target to be reached by then. Give the target."))


def _refuse_ahead(on: datetime.date, today: datetime.date) -> None:
    if on > today:
        raise Refused(_("The day lies ahead. Record a reading once it has been taken."))


def _advice(means: list[MetricLine], ends: list[MetricLine]) -> str:
    if ends and not means:
        return _(
            "Ends come late: once they disappoint, it is too late to act. Add two or three means "
            "that show early how you work together, such as days from a question to a decision, "
            "or how often one party learns late of what another does."
        )
    if means and not ends:
        return _("Say also what it is all for: one or two ends, with a target and a day.")
    if means and not any(line.readings for line in means):
        return _("Means are worth most while there is time to act. Read them at each meeting.")
    return ""
