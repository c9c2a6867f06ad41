"""Who does what until when: kept between meetings, overdue first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.errors import Refused
from alliances.models import Action, Alliance, JournalEntry, User
from alliances.services.counts import first_capital
from alliances.services.figures import alone_in_words, day
from alliances.services.records import add_record, change_record, locked_record
from alliances.services.texts import same_key

PAGE = 50


@dataclass(frozen=True)
class ActionLine:
    """An action as the list shows it; `days_late` counts from the day after it was due."""

    action: Action
    days_late: int

    @property
    def is_overdue(self) -> bool:
        return self.days_late > 0


@dataclass(frozen=True)
class ActionsPage:
    """An alliance's actions: open ones, overdue first, then a page of those done or dropped.

    `finding` and `addition` are the page's heading.
    """

    finding: str
    addition: str
    overdue: list[ActionLine]
    ahead: list[ActionLine]
    closed: list[Action]
    closed_total: int
    page: int
    pages: int

    @property
    def is_empty(self) -> bool:
        return not self.overdue and not self.ahead and not self.closed_total

    @property
    def newer(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def older(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


def add_action(
    *,
    alliance: Alliance,
    by: User | None,
    today: dt.date,
    entry: JournalEntry | None = None,
    **fields: Any,
) -> Action:
    """A new action with `fields` by column, decided in `entry` where one is given. Raises Refused."""
    _refuse_days_ahead(fields, today)
    return add_record(model=Action, alliance=alliance, by=by, entry=entry, **fields)


def change_action(
    *, action: Action, edition: int, by: User | None, today: dt.date, **fields: Any
) -> Action:
    """The action with these fields; what is not named stays. Raises Overtaken or Refused."""
    _refuse_days_ahead(fields, today)
    return change_record(record=action, edition=edition, by=by, **fields)


@transaction.atomic
def finish_action(*, action: Action, by: User | None, today: dt.date) -> Action:
    """The action is done `today`. Done already, it stays as it is; dropped, it is refused."""
    current = locked_record(action)
    if current.done_on is not None:
        return current
    if current.dropped_on is not None:
        raise Refused(
            _("This action was dropped on %(day)s. Open it again first.")
            % {"day": day(current.dropped_on)}
        )
    return change_record(record=current, edition=current.edition, by=by, done_on=today)


@transaction.atomic
def drop_action(*, action: Action, by: User | None, today: dt.date) -> Action:
    """The action is no longer needed. Dropped already, it stays as it is; done, it is refused."""
    current = locked_record(action)
    if current.dropped_on is not None:
        return current
    if current.done_on is not None:
        raise Refused(
            _("This action was done on %(day)s. What is done is not dropped.")
            % {"day": day(current.done_on)}
        )
    return change_record(record=current, edition=current.edition, by=by, dropped_on=today)


@transaction.atomic
def reopen_action(*, action: Action, by: User | None) -> Action:
    """The action is open again, neither done nor dropped."""
    current = locked_record(action)
    return change_record(
        record=current, edition=current.edition, by=by, done_on=None, dropped_on=None
    )


def actions_page(*, alliance: Alliance, today: dt.date, page: int | str | None = 1) -> ActionsPage:
    """The actions of `alliance` as they stand `today`. Constant queries.

    Of those done or dropped, the latest come first, fifty a page; a page that is no number is the
    first one, and one too far the last.
    """
    actions = Action.objects.filter(alliance=alliance).select_related("participant", "entry")
    actions = actions.defer("entry__note", "entry__content")
    waiting = [
        ActionLine(action, max((today - action.due_on).days, 0))
        for action in actions.filter(done_on__isnull=True, dropped_on__isnull=True)
    ]
    overdue = [line for line in waiting if line.is_overdue]
    ahead = [line for line in waiting if not line.is_overdue]
    closed = actions.exclude(done_on__isnull=True, dropped_on__isnull=True)
    part = Paginator(
        closed.order_by(Coalesce("done_on", "dropped_on").desc(), "-pk"), PAGE
    ).get_page(page)
    finding, addition = _finding(overdue, ahead)
    return ActionsPage(
        finding=finding,
        addition=addition,
        overdue=overdue,
        ahead=ahead,
        closed=list(part.object_list),
        closed_total=part.paginator.count,
        page=part.number,
        pages=part.paginator.num_pages,
    )


def _finding(overdue: list[ActionLine], ahead: list[ActionLine]) -> tuple[str, str]:
    """How many are overdue and who has most of them; or else what comes next."""
    if overdue:
        finding = ngettext(
            "%(number)s action is overdue.", "%(number)s actions are overdue.", len(overdue)
        ) % {"number": alone_in_words(len(overdue))}
        return first_capital(finding), _who_has_most(overdue)
    if ahead:
        first = ahead[0].action
        return _("No action is overdue."), _("Next, until %(day)s: %(what)s.") % {
            "day": day(first.due_on),
            "what": first.what.rstrip("."),
        }
    return _("Nothing is waiting to be done."), ""


def _who_has_most(overdue: list[ActionLine]) -> str:
    """Who has most of the overdue actions, where somebody has; one person however they are spelled."""
    names = {same_key(line.action.who): line.action.who for line in reversed(overdue)}
    counted = Counter(same_key(line.action.who) for line in overdue).most_common(2)
    (key, most) = counted[0]
    if most == len(overdue):
        if most == 1:
            return _("It is with %(who)s.") % {"who": names[key]}
        if most == 2:
            return _("Both are with %(who)s.") % {"who": names[key]}
        return _("All of them are with %(who)s.") % {"who": names[key]}
    if most == counted[1][1]:
        return ""
    return _("%(who)s has most of them: %(number)s.") % {
        "who": names[key],
        "number": alone_in_words(most),
    }


def _refuse_days_ahead(fields: dict[str, Any], today: dt.date) -> None:
    done_on = fields.get("done_on")
    if done_on is not None and done_on > today:
        raise Refused(_("The day on which it was done lies ahead. Leave it empty until then."))
