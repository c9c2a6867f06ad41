"""The launch as its page shows it: a sentence, a picture on one time line, and the steps (HW)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alliances.models import Alliance, LaunchStep
from alliances.services.counts import first_capital, in_words
from alliances.services.figures import dated
from alliances.services.launch.keeping import NAMED, days_in_words

DONE, LATE, UNDER_WAY, TO_COME = "done", "late", "under-way", "to-come"

# How far the picture reaches beyond the planned days, as a share of them: what lies further off is
# drawn at its edge, so that a step forgotten for a year does not press the rest together.
REACH = 4
LEAST_REACH = dt.timedelta(days=7)


@dataclass(frozen=True)
class Stop:
    """One step: where it stands, in a word and in days, and where it lies in the picture.

    Places are per cent of the picture's width. `late_from` to `late_to` is what went beyond the
    day it was due; None where nothing did. `late_days` counts up to the day it was done, or today.
    """

    step: LaunchStep
    title: str
    state: str
    words: str
    late_days: int
    begins_at: str
    length: str
    done_at: str | None
    late_from: str | None
    late_length: str | None
    description: str


@dataclass(frozen=True)
class Track:
    """The whole launch. `today_at` is None where today lies beyond the picture; `today_words` says
    then how far. `missing` counts those of the five named steps that are not on the track."""

    finding: str
    addition: str
    stops: list[Stop]
    missing: int
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    today_at: str | None = None
    today_words: str = ""
    today_near_end: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.stops


@dataclass(frozen=True)
class Purpose:
    """What one of the five steps is for, and the page on which its outcome is kept: the name of its
    address, and what it is called."""

    title: str
    text: str
    page: str = ""
    page_title: str = ""


def purposes() -> list[Purpose]:
    """The five steps, in our own words (HW)."""
    label = LaunchStep.Code
    return [
        Purpose(
            str(label.CHALLENGES.label),
            _("What will make it hard to work together, said aloud before it happens."),
        ),
        Purpose(
            str(label.DIFFERENCES.label),
            _(
                "How each house works, how each sees the other, and what the differences are good for."
            ),
            "differences",
            _("Differences"),
        ),
        Purpose(
            str(label.PROTOCOLS.label),
            _(
                "How you treat each other: who is told what and when, and what happens in a quarrel."
            ),
            "working_rules",
            _("Working rules"),
        ),
        Purpose(
            str(label.DECISIONS.label),
            _("Which decisions are likely to arise, and who decides each of them."),
            "decisions",
            _("Decision map"),
        ),
        Purpose(
            str(label.MECHANISMS.label),
            _("Who meets when, where papers lie, whom one calls: so that work does not wait."),
            "actions",
            _("Actions"),
        ),
    ]


def read_track(*, alliance: Alliance, on: dt.date) -> Track:
    """The launch of `alliance` as it stands on the day `on`, in one query."""
    steps = list(alliance.launch_steps.all())
    held = {step.code for step in steps}
    missing = sum(code not in held for code in NAMED)
    if not steps:
        return Track(finding="", addition="", stops=[], missing=missing)
    scale = _Scale.of(steps, on)
    finding, addition = _finding(steps, on)
    inside = scale.first <= on <= scale.last
    return Track(
        finding=finding,
        addition=addition,
        stops=[_stop(step, on, scale) for step in steps],
        missing=missing,
        first_day=scale.first,
        last_day=scale.last,
        today_at=scale.at(on) if inside else None,
        today_words="" if inside else _far_off(on, scale),
        today_near_end=inside and 2 * (on - scale.first) > scale.last - scale.first,
    )


def state_of(step: LaunchStep, on: dt.date) -> str:
    """done, late (its day has passed), under way (it has begun, or has no first day), or to come."""
    if step.done_on is not None:
        return DONE
    if step.due_on < on:
        return LATE
    return TO_COME if step.starts_on is not None and step.starts_on > on else UNDER_WAY


def days_late(step: LaunchStep, on: dt.date) -> int:
    """Days between the day it was due and the day it was done, or `on`; 0 where it was in time."""
    return max(0, ((step.done_on or on) - step.due_on).days)


@dataclass(frozen=True)
class _Scale:
    """The days that the picture shows, the first at its left edge, the last at its right one."""

    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, steps: list[LaunchStep], on: dt.date) -> _Scale:
        first = min(_begins_on(step) for step in steps)
        last = max(step.due_on for step in steps)
        reach = max((last - first) / REACH, LEAST_REACH)
        # Without the time of day that a quarter of the days may bring
        reach = dt.timedelta(days=reach.days)
        earliest = first - min(reach, first - dt.date.min)
        latest = last + min(reach, dt.date.max - last)
        days = [on] + [step.done_on for step in steps if step.done_on is not None]
        return cls(
            first=max(earliest, min(first, *days)) if min(days) < first else first,
            last=min(latest, max(last, *days)) if max(days) > last else last,
        )

    def at(self, day: dt.date) -> str:
        """The place of a day, at the edge where it lies beyond."""
        return f"{self._share(day):.2f}%"

    def between(self, begin: dt.date, end: dt.date) -> str:
        return f"{max(self._share(end) - self._share(begin), 0.4):.2f}%"

    def _share(self, day: dt.date) -> float:
        whole = max((self.last - self.first).days, 1)
        return 100 * min(max((day - self.first).days / whole, 0), 1)


def _begins_on(step: LaunchStep) -> dt.date:
    return step.starts_on if step.starts_on is not None else step.due_on


def _stop(step: LaunchStep, on: dt.date, scale: _Scale) -> Stop:
    state, late = state_of(step, on), days_late(step, on)
    begins = _begins_on(step)
    until = step.done_on or on
    words = _words(step, state, late, on)
    planned = _("Planned from %(begin)s to %(due)s.") if step.starts_on else _("Due by %(due)s.")
    return Stop(
        step=step,
        title=str(step),
        state=state,
        words=words,
        late_days=late,
        begins_at=scale.at(begins),
        length=scale.between(begins, step.due_on),
        done_at=scale.at(step.done_on) if step.done_on else None,
        late_from=scale.at(step.due_on) if late else None,
        late_length=scale.between(step.due_on, until) if late else None,
        description=f"{planned % {'begin': _day(begins), 'due': _day(step.due_on)}} {words}.",
    )


def _words(step: LaunchStep, state: str, late: int, on: dt.date) -> str:
    """Where the step stands, as a person says it."""
    if state == DONE:
        if late:
            return _("Done, %(days)s late") % {"days": days_in_words(late)}
        return pgettext("step", "Done")
    if state == LATE:
        return first_capital(_("%(days)s late") % {"days": days_in_words(late)})
    if state == UNDER_WAY:
        return _("Due today") if step.due_on == on else _("Under way")
    return _("To come")


def _far_off(on: dt.date, scale: _Scale) -> str:
    if on > scale.last:
        return _("Today is %(days)s after the last day shown.") % {
            "days": days_in_words((on - scale.last).days)
        }
    return _("Today is %(days)s before the first day shown.") % {
        "days": days_in_words((scale.first - on).days)
    }


def _day(day: dt.date) -> str:
    return dated(day)


def _finding(steps: list[LaunchStep], on: dt.date) -> tuple[str, str]:
    """What stands above the picture: what is done, and what is late or comes next."""
    done = [step for step in steps if step.done_on is not None]
    late = [step for step in steps if state_of(step, on) == LATE]
    waiting = sorted(
        (step for step in steps if step.done_on is None and step not in late),
        key=lambda step: (step.due_on, step.pk),
    )
    first = _how_many_done(len(done), len(steps))
    if late:
        worst = max(late, key=lambda step: days_late(step, on))
        days = days_in_words(days_late(worst, on))
        if len(late) == 1:
            rest = _("%(step)s is %(days)s late.")
        else:
            rest = _("%(count)s are late, %(step)s by %(days)s.")
        return first, first_capital(
            rest % {"count": in_words(len(late)), "step": phrase(worst), "days": days}
        )
    if waiting:
        return first, first_capital(
            _("%(step)s is next, due by %(day)s.")
            % {"step": phrase(waiting[0]), "day": _day(waiting[0].due_on)}
        )
    slow = [step for step in done if days_late(step, on)]
    if not slow:
        return first, _("Each was done by its day.")
    worst = max(slow, key=lambda step: days_late(step, on))
    return first, first_capital(
        _("%(step)s took longest: it was done %(days)s late.")
        % {"step": phrase(worst), "days": days_in_words(days_late(worst, on))}
    )


def _how_many_done(done: int, steps: int) -> str:
    if done == steps:
        return ngettext(
            "The one step of the launch is done.",
            "All %(steps)s steps of the launch are done.",
            steps,
        ) % {"steps": in_words(steps)}
    if not done:
        return ngettext(
            "The one step of the launch is not done yet.",
            "None of the %(steps)s steps of the launch is done yet.",
            steps,
        ) % {"steps": in_words(steps)}
    return first_capital(
        ngettext(
            "%(done)s of %(steps)s steps of the launch is done.",
            "%(done)s of %(steps)s steps of the launch are done.",
            done,
        )
        % {"done": in_words(done), "steps": in_words(steps)}
    )


def phrase(step: LaunchStep) -> str:
    """The step as the subject of a sentence, such as "agreeing on protocols"."""
    return {
        "challenges": _("exploring the challenges"),
        "differences": _("examining the differences"),
        "protocols": _("agreeing on protocols"),
        "decisions": _("drawing the decision map"),
        "mechanisms": _("setting up day-to-day work"),
    }.get(step.code) or _("“%(title)s”") % {"title": step.title}
