"""Momentum's pictures: the figures of `series` as places in an SVG, and as the rows of a table.

Across, places are per cent of the width, so that a picture fits a telephone and a desk; up and down
they are pixels. The table says the same in figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from django.utils.translation import gettext as _

from alliances.services import figures
from alliances.services.counts import first_capital
from alliances.services.figures import alone_in_words, dated
from alliances.services.momentum import series
from alliances.services.momentum.facts import Measure, Read
from alliances.services.momentum.sentence import Momentum

# Pixels: the line on which the columns stand, and how high the highest is.
BASE = 132
HEIGHT = 108
# Share of its place that a column fills.
FILLS = Fraction(7, 10)

Number = int | Decimal


@dataclass(frozen=True)
class Bar:
    """A rectangle of a column: `kind` is full, part, open (an outline) or below."""

    kind: str
    y: str
    height: str


@dataclass(frozen=True)
class Column:
    """One meeting or month: its bars, the figure above them, and the label below."""

    x: str
    width: str
    middle: str
    bars: list[Bar]
    figure: str
    figure_y: str
    label: str


@dataclass(frozen=True)
class Hopes:
    """The progress markers of one level: its name, what is seen of it in words, and each of them."""

    label: str
    fact: str
    seen: list[bool]


@dataclass(frozen=True)
class Dot:
    """A reading; `to_x` and `to_y` lead on to the next one, "" at the last."""

    x: str
    y: str
    to_x: str = ""
    to_y: str = ""


@dataclass(frozen=True)
class Key:
    """What a mark stands for."""

    kind: str
    label: str


@dataclass(frozen=True)
class Picture:
    """One series. `description` says in words what one sees; `head` and `rows` are its table."""

    code: str
    title: str
    description: str
    head: list[str]
    rows: list[list[str]]
    keys: list[Key] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    target_y: str = ""
    target: str = ""
    ends: tuple[str, str] = ("", "")


def momentum_pictures(momentum: Momentum) -> list[Picture]:
    """The pictures for which there is something on record, in the order of the signs."""
    on = momentum.on
    found = [
        _attendance(momentum),
        _resources(momentum, in_days=False),
        _resources(momentum, in_days=True),
        _deadlines(
            "milestones",
            _("Milestones"),
            series.deadlines_by_month(momentum.facts.milestones, on),
            (_("met in time"), _("met late"), _("not met")),
        ),
        _deadlines(
            "actions",
            _("Actions"),
            series.deadlines_by_month(momentum.facts.actions, on),
            (_("done in time"), _("done late"), _("not done")),
        ),
        _moves(momentum),
        *(
            _measure(number, measure, reads, on)
            for number, (measure, reads) in enumerate(
                series.measures_shown(momentum.facts, on), start=1
            )
        ),
    ]
    return [picture for picture in found if picture is not None]


def progress_markers(momentum: Momentum) -> list[Hopes]:
    """How far what is hoped for has been seen, from what one expects to what one would love; levels
    without a marker are left out."""
    levels = (
        ("expect", _("Expect to see")),
        ("like", _("Like to see")),
        ("love", _("Love to see")),
    )
    found = []
    for level, label in levels:
        seen = series.markers_seen(momentum.facts, momentum.on, level)
        fact = first_capital(
            _("%(seen)s of %(all)s seen")
            % {"seen": alone_in_words(sum(seen)), "all": alone_in_words(len(seen))}
        )
        if seen:
            found.append(Hopes(label, fact, seen))
    return found


def _attendance(momentum: Momentum) -> Picture | None:
    meetings = series.latest_meetings(momentum.facts, momentum.on)
    if not meetings:
        return None
    most = max(meeting.asked for meeting in meetings)
    first, last = meetings[0], meetings[-1]
    description = first_capital(
        _("%(came)s of %(asked)s came to the last meeting shown.")
        % {"came": alone_in_words(last.came), "asked": alone_in_words(last.asked)}
    )
    if len(meetings) > 1:
        description = _(
            "From %(first)s of %(first_asked)s in %(month)s to %(last)s of %(last_asked)s in "
            "%(last_month)s."
        ) % {
            "first": alone_in_words(first.came),
            "first_asked": alone_in_words(first.asked),
            "month": dated(first.on, "F"),
            "last": alone_in_words(last.came),
            "last_asked": alone_in_words(last.asked),
            "last_month": dated(last.on, "F"),
        }
    return Picture(
        code="attendance",
        title=_("Who came to meetings"),
        description=description,
        keys=[
            Key("full", _("in person")),
            Key("part", _("by a stand-in")),
            Key("open", _("stayed away")),
        ],
        columns=[
            _column(
                place,
                len(meetings),
                [("full", meeting.person), ("part", meeting.stand_in), ("open", meeting.absent)],
                most,
                figure=str(meeting.came),
                label=dated(meeting.on, "M"),
            )
            for place, meeting in enumerate(meetings)
        ],
        head=[_("Meeting"), _("In person"), _("By a stand-in"), _("Stayed away")],
        rows=[
            [
                figures.day(meeting.on),
                str(meeting.person),
                str(meeting.stand_in),
                str(meeting.absent),
            ]
            for meeting in meetings
        ],
    )


def _resources(momentum: Momentum, *, in_days: bool) -> Picture | None:
    rows = series.resources_by_month(momentum.facts, momentum.on, in_days=in_days)
    most = max(row.due for row in rows)
    if not most:
        return None

    def amount(value: Decimal) -> str:
        return figures.days(value) if in_days else figures.money(value, momentum.facts.currency)

    return Picture(
        code="days" if in_days else "resources",
        title=_("People’s time, due and given")
        if in_days
        else _("Money and kind, due and received"),
        description=_("%(arrived)s of %(due)s due by now have arrived.")
        % {"arrived": amount(rows[-1].arrived), "due": amount(rows[-1].due)},
        keys=[Key("full", _("arrived")), Key("open", _("due, has not arrived"))],
        columns=[
            _column(
                place,
                len(rows),
                [("full", row.arrived), ("open", row.due - row.arrived)],
                most,
                label=dated(row.first, "M"),
            )
            for place, row in enumerate(rows)
        ],
        head=[_("By the end of"), _("Due"), _("Of it arrived")],
        rows=[[_month(row.first), amount(row.due), amount(row.arrived)] for row in rows],
    )


def _deadlines(
    code: str, title: str, rows: Sequence[series.OfMonth], words: tuple[str, str, str]
) -> Picture | None:
    most = max(row.due for row in rows)
    if not most:
        return None
    of = "action" if code == "actions" else ""
    due = sum(row.due for row in rows)
    in_time = sum(row.in_time for row in rows)
    return Picture(
        code=code,
        title=_("%(title)s by the month they were due in") % {"title": title},
        description=_("Of %(due)s due in twelve months, %(in_time)s: %(number)s.")
        % {
            "due": alone_in_words(due, of),
            "in_time": words[0],
            "number": alone_in_words(in_time, of),
        },
        keys=[Key("full", words[0]), Key("part", words[1]), Key("open", words[2])],
        columns=[
            _column(
                place,
                len(rows),
                [("full", row.in_time), ("part", row.late), ("open", row.missing)],
                most,
                figure=str(row.due) if row.due else "",
                label=dated(row.first, "M"),
            )
            for place, row in enumerate(rows)
        ],
        head=[_("Month"), _("Due"), *(first_capital(word) for word in words)],
        rows=[
            [_month(row.first), str(row.due), str(row.in_time), str(row.late), str(row.missing)]
            for row in rows
        ],
    )


def _moves(momentum: Momentum) -> Picture | None:
    rows = series.moves_by_month(momentum.facts, momentum.on)
    offers = sum(row.offers for row in rows)
    departures = sum(row.departures for row in rows)
    if not offers and not departures:
        return None
    most = max(row.offers + row.departures for row in rows)
    return Picture(
        code="newcomers",
        title=_("Offers and departures"),
        description=_("In twelve months, offers to join or help: %(offers)s; departures: %(gone)s.")
        % {"offers": alone_in_words(offers, "offer"), "gone": alone_in_words(departures)},
        keys=[Key("full", _("offer to join or help")), Key("open", _("departure"))],
        columns=[
            _column(
                place,
                len(rows),
                [("full", row.offers), ("open", row.departures)],
                most,
                label=dated(row.first, "M"),
            )
            for place, row in enumerate(rows)
        ],
        head=[_("Month"), _("Offers"), _("Departures")],
        rows=[[_month(row.first), str(row.offers), str(row.departures)] for row in rows],
    )


def _measure(number: int, measure: Measure, reads: Sequence[Read], on: dt.date) -> Picture:
    values = [read.value for read in reads]
    if measure.target is not None:
        values.append(measure.target)
    low, high = min(values), max(values)
    first = series.months_up_to(on)[0][0]
    length = (on - first).days

    def x(read: Read) -> str:
        # Some room at both ends, so that no dot is cut off.
        return _percent(Fraction(2, 100) + Fraction(96 * (read.on - first).days, 100 * length))

    def y(value: Decimal) -> str:
        share = Fraction(value - low) / Fraction(high - low) if high > low else Fraction(1, 2)
        return _pixels(BASE - 12 - share * (HEIGHT - 12))

    dots = [
        Dot(x(read), y(read.value), x(following), y(following.value))
        for read, following in pairwise(reads)
    ]
    dots.append(Dot(x(reads[-1]), y(reads[-1].value)))
    target = figures.measured(measure.target, measure.unit) if measure.target is not None else ""
    description = _("From %(first)s to %(last)s.") % {
        "first": figures.measured(reads[0].value, measure.unit),
        "last": figures.measured(reads[-1].value, measure.unit),
    }
    description += " " + (
        _("Higher is better.") if measure.higher_is_better else _("Lower is better.")
    )
    if target:
        description += " " + _("Target: %(target)s.") % {"target": target}
    return Picture(
        code=f"measure-{number}",
        title=measure.name,
        description=description,
        keys=[
            Key("dot", _("reading")),
            *([Key("target", _("target: %(target)s") % {"target": target})] if target else []),
        ],
        dots=dots,
        target_y=y(measure.target) if measure.target is not None else "",
        target=target,
        ends=(dated(first, "M"), dated(on, "M")),
        head=[_("Read on"), _("Value")],
        rows=[[figures.day(read.on), figures.measured(read.value, measure.unit)] for read in reads],
    )


def _column(
    place: int,
    places: int,
    parts: Sequence[tuple[str, Number]],
    most: Number,
    *,
    label: str,
    figure: str = "",
) -> Column:
    """A column of `parts` upon each other, the first at the bottom; `most` is as high as it gets."""
    slot = Fraction(1, places)
    width = slot * FILLS
    bars = []
    top = Fraction(BASE)
    for kind, number in parts:
        if not number:
            continue
        height = Fraction(number) / Fraction(most) * HEIGHT
        top -= height
        bars.append(Bar(kind, _pixels(top), _pixels(height)))
    return Column(
        x=_percent(slot * place + (slot - width) / 2),
        width=_percent(width),
        middle=_percent(slot * place + slot / 2),
        bars=bars,
        figure=figure,
        figure_y=_pixels(top - 6),
        label=label,
    )


def _month(first: dt.date) -> str:
    return dated(first, "YEAR_MONTH_FORMAT")


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.2f}%"


def _pixels(length: Fraction | int) -> str:
    return f"{float(length):.1f}"
