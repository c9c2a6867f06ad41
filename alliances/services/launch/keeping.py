"""The launch of the relationship: the four to six weeks after the decision to ally, step by step (HW)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.errors import Refused
from alliances.models import Alliance, LaunchStep, User
from alliances.services.counts import in_words
from alliances.services.locks import locked_alliance
from alliances.services.records import add_record, change_record

NAMED = tuple(code for code in LaunchStep.Code.values if code != LaunchStep.Code.OWN)
WEEKS = range(4, 7)


def proposed_days(*, decided_on: dt.date, weeks: int) -> list[tuple[str, dt.date, dt.date]]:
    """For each of the five steps its code, the day it begins and the day by which it is done.

    They follow each other in equal stretches, the last one done `weeks` (4 to 6) weeks after the
    decision. Raises Refused for another length, or where the calendar ends first.
    """
    if weeks not in WEEKS:
        raise Refused(_("The launch takes four, five or six weeks."))
    days, stretches = 7 * weeks, len(NAMED)
    # The nearest whole day to each fifth of the way
    ends = [
        (2 * number * days + stretches) // (2 * stretches) for number in range(1, 1 + stretches)
    ]
    begins = [0, *(end + 1 for end in ends)]
    try:
        return [
            (code, decided_on + dt.timedelta(begin), decided_on + dt.timedelta(end))
            for code, begin, end in zip(NAMED, begins, ends, strict=False)
        ]
    except OverflowError:
        raise Refused(_("The calendar ends before this launch does. Check the day.")) from None


def missing_steps(*, alliance: Alliance) -> list[str]:
    """Codes of the five named steps that are not on the track, in their order."""
    held = set(alliance.launch_steps.values_list("code", flat=True))
    return [code for code in NAMED if code not in held]


@transaction.atomic
def lay_out_track(
    *, alliance: Alliance, by: User | None, decided_on: dt.date, weeks: int
) -> list[LaunchStep]:
    """The five named steps, with proposed days. Steps of one's own stay where they are.

    Raises Refused where one of the five is on the track already, or the length is none of 4, 5, 6.
    """
    days = proposed_days(decided_on=decided_on, weeks=weeks)
    held = locked_alliance(alliance.pk)
    if len(missing_steps(alliance=held)) < len(NAMED):
        raise Refused(_("The track is laid out already. Change its steps one by one."))
    return [
        add_record(model=LaunchStep, alliance=held, by=by, code=code, starts_on=begin, due_on=end)
        for code, begin, end in days
    ]


def add_step(*, alliance: Alliance, by: User | None, today: dt.date, **fields: Any) -> LaunchStep:
    """A step of one's own, or one of the five that is missing.

    Raises Refused where a value is wrong, where the step is on the track already, where one of the
    five is given a title, or where it was done on a day that has not come.
    """
    _check_title(fields.get("code", ""), fields.get("title", ""))
    _check_done(fields.get("done_on"), today)
    return add_record(model=LaunchStep, alliance=alliance, by=by, **fields)


def change_step(
    *, step: LaunchStep, edition: int, by: User | None, today: dt.date, **fields: Any
) -> LaunchStep:
    """The step with these `fields`. Raises Overtaken and Refused as `change_record`, and Refused
    where it was done on a day that has not come."""
    _check_title(step.code, fields.get("title", ""))
    _check_done(fields.get("done_on"), today)
    return change_record(record=step, edition=edition, by=by, **fields)


def days_in_words(days: int) -> str:
    """A stretch of days as a sentence holds it: "one day", "eleven days", "25 days"."""
    words = {10: _("ten"), 11: _("eleven"), 12: _("twelve")}
    return ngettext("%(days)s day", "%(days)s days", days) % {
        "days": words.get(days) or in_words(days)
    }


def _check_title(code: str, title: str) -> None:
    if title.strip() and code != LaunchStep.Code.OWN:
        raise Refused(
            _(
                "Only a step of your own takes a title. Choose “A step of your own”, or empty the "
                "title."
            )
        )


def _check_done(done_on: dt.date | None, today: dt.date) -> None:
    if done_on is not None and done_on > today:
        raise Refused(_("The day on which it was done has not come yet. Check the day."))
