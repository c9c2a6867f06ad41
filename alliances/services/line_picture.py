"""Readings over time as a line: where each point stands, the target, and the picture in words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.services import figures
from alliances.services.axis import axis_over, percent

# The line keeps clear of the edges and, where figures stand to the left, of those: shares of the width.
EDGE, BESIDE_FIGURES = Decimal("0.02"), Decimal("0.12")
MARGIN = 12
"""Pixels above and below the line."""


@dataclass(frozen=True)
class Point:
    """A reading: `x` in per cent of the width, `y` in pixels from the top."""

    x: str
    y: str


@dataclass(frozen=True)
class Stroke:
    """From one reading to the next."""

    begin: Point
    end: Point


@dataclass(frozen=True)
class Level:
    """A hairline across the picture; `label_y` is where its figure stands."""

    y: str
    label: str
    label_y: str


@dataclass(frozen=True)
class LinePicture:
    """A picture of `height` pixels, as wide as the page; `foot` is where its dates stand."""

    height: int
    points: list[Point]
    strokes: list[Stroke]
    levels: list[Level]
    target: Level | None
    first_day: str
    last_day: str
    title: str
    text: str

    @property
    def last(self) -> Point:
        return self.points[-1]


def line_picture(
    readings: Sequence[tuple[datetime.date, Decimal]],
    *,
    target: Decimal | None,
    unit: str,
    name: str,
    height: int,
    with_figures: bool = True,
) -> LinePicture:
    """A picture of `readings` (one at least, oldest first) and of the target, where there is one.

    `with_figures` leaves room for the figures of its hairlines.
    """
    begins, ends = BESIDE_FIGURES if with_figures else EDGE, 1 - EDGE
    values = [value for _day, value in readings] + ([target] if target is not None else [])
    axis = axis_over(min(values), max(values))
    first, last = readings[0][0], readings[-1][0]
    days = (last - first).days

    def across(day: datetime.date) -> str:
        share = Decimal((day - first).days) / days if days else Decimal("0.5")
        return percent(begins + share * (ends - begins))

    def down(value: Decimal) -> Decimal:
        return MARGIN + (1 - axis.share(value)) * (height - 2 * MARGIN)

    def level(value: Decimal, label: str) -> Level:
        return Level(y=f"{down(value):.1f}", label=label, label_y=f"{down(value) - 4:.1f}")

    points = [Point(across(day), f"{down(value):.1f}") for day, value in readings]
    return LinePicture(
        height=height,
        points=points,
        strokes=[Stroke(begin, end) for begin, end in pairwise(points)],
        levels=[level(tick.value, tick.label) for tick in axis.ticks],
        target=level(target, figures.measured(target, unit)) if target is not None else None,
        first_day=figures.day(first),
        last_day=figures.day(last) if days else "",
        title=name,
        text=_in_words(readings, target, unit),
    )


def _in_words(
    readings: Sequence[tuple[datetime.date, Decimal]], target: Decimal | None, unit: str
) -> str:
    (first, began), (last, ended) = readings[0], readings[-1]
    if len(readings) == 1:
        sentences = [
            _("One reading: %(value)s on %(day)s.")
            % {"value": figures.measured(began, unit), "day": figures.day(first)}
        ]
    else:
        sentences = [
            ngettext(
                "%(n)s reading, from %(began)s on %(first)s to %(ended)s on %(last)s.",
                "%(n)s readings, from %(began)s on %(first)s to %(ended)s on %(last)s.",
                len(readings),
            )
            % {
                "n": len(readings),
                "began": figures.measured(began, unit),
                "first": figures.day(first),
                "ended": figures.measured(ended, unit),
                "last": figures.day(last),
            }
        ]
    if target is not None:
        sentences.append(_("The target is %(value)s.") % {"value": figures.measured(target, unit)})
    return " ".join(sentences)
