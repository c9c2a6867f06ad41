"""Value against cost: what came in, beside what it costs to run the alliance (C).

Money and things in kind are counted together, in the alliance's currency. People's time stands
beside them in days and is never turned into money: what a day is worth, nobody here can know.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from alliances.models import Alliance, RunningCost
from alliances.services import figures
from alliances.services.contributions.pledges import NOTHING, Pledge, pledges_of

DAYS_A_YEAR = 365


@dataclass(frozen=True)
class NetValue:
    """Up to a day. In the alliance's currency, to the cent; `days_…` in days of people's time."""

    pledged: Decimal
    due: Decimal
    """What is pledged and due by the day, whether it arrived or not."""
    received: Decimal
    """All that arrived, from those who have left too."""
    cost_so_far: Decimal
    cost_a_year: Decimal
    """What a year costs at the rate of the costs that run on the day."""
    days_pledged: Decimal
    days_due: Decimal
    days_received: Decimal
    due_received: Decimal
    """What arrived of what is due, pledge by pledge: never more than `due`."""
    days_due_received: Decimal
    outstanding: Decimal
    """What is pledged and has not arrived, pledge by pledge, due or not."""
    costs: int
    """How many running costs are on record, those that begin later too."""

    @property
    def balance(self) -> Decimal:
        """What arrived less what it has cost; below 0 where it does not cover it."""
        return self.received - self.cost_so_far

    @property
    def has_costs(self) -> bool:
        return self.costs > 0

    @property
    def has_time(self) -> bool:
        return self.days_pledged > 0 or self.days_received > 0


def net_value(*, alliance: Alliance, on: datetime.date) -> NetValue:
    """The alliance's value against cost on the day `on`, in three queries."""
    return net_value_of(
        pledges=pledges_of(alliance=alliance, on=on),
        costs=RunningCost.objects.filter(alliance=alliance),
        on=on,
    )


def net_value_of(
    *, pledges: list[Pledge], costs: Iterable[RunningCost], on: datetime.date
) -> NetValue:
    """The same, out of what has been read already."""
    costs = list(costs)
    worth = [pledge for pledge in pledges if pledge.is_money]
    time = [pledge for pledge in pledges if pledge.is_time]
    owed = [pledge for pledge in worth if pledge.is_owed]
    time_owed = [pledge for pledge in time if pledge.is_owed]
    return NetValue(
        pledged=sum((pledge.pledged for pledge in owed), NOTHING),
        due=sum((pledge.due for pledge in owed), NOTHING),
        received=sum((pledge.received for pledge in worth), NOTHING),
        cost_so_far=_to_the_cent(sum((spent(cost, on) for cost in costs), Fraction(0))),
        cost_a_year=_to_the_cent(
            sum((daily(cost) for cost in costs if runs(cost, on)), Fraction(0)) * DAYS_A_YEAR
        ),
        days_pledged=sum((pledge.pledged for pledge in time_owed), NOTHING),
        days_due=sum((pledge.due for pledge in time_owed), NOTHING),
        days_received=sum((pledge.received for pledge in time), NOTHING),
        due_received=sum((pledge.due_received for pledge in owed), NOTHING),
        days_due_received=sum((pledge.due_received for pledge in time_owed), NOTHING),
        outstanding=sum((pledge.outstanding for pledge in owed), NOTHING),
        costs=len(costs),
    )


def runs(cost: RunningCost, on: datetime.date) -> bool:
    """Whether the day `on` lies in the cost's stretch of time; its first and last day do."""
    return cost.begins_on <= on <= cost.ends_on


def daily(cost: RunningCost) -> Fraction:
    """What a day costs: the sum over the days of the stretch, the first and the last among them."""
    return Fraction(cost.amount) / ((cost.ends_on - cost.begins_on).days + 1)


def spent(cost: RunningCost, on: datetime.date) -> Fraction:
    """What a cost came to by the end of the day `on`, day by day."""
    if on < cost.begins_on:
        return Fraction(0)
    return daily(cost) * ((min(on, cost.ends_on) - cost.begins_on).days + 1)


def cost_so_far(*, cost: RunningCost, on: datetime.date) -> Decimal:
    """What one cost came to by the end of the day `on`, to the cent."""
    return _to_the_cent(spent(cost, on))


def verdict(net: NetValue, *, currency: str) -> list[str]:
    """What to make of it: two or three sentences, the verdict first."""
    if not net.has_costs:
        return [_("What it costs to run the alliance is not on record.")]
    cost = figures.money(net.cost_so_far, currency)
    if net.cost_so_far == 0:
        first = _("The alliance has cost nothing so far.")
    elif net.balance >= 0:
        first = _("What has arrived covers what it has cost so far.")
    else:
        first = _("What has arrived does not cover what it has cost so far.")
    sentences = [first]
    if net.cost_so_far > 0:
        sentences.append(
            _("%(received)s came in, and running it cost %(cost)s.")
            % {"received": figures.money(net.received, currency), "cost": cost}
        )
    if net.balance < 0:
        sentences.append(_rescue(net, figures.money(-net.balance, currency)))
    return sentences


def _rescue(net: NetValue, gap: str) -> str:
    """What would close the gap."""
    if net.received + net.due - net.due_received >= net.cost_so_far:
        return _("The gap is %(gap)s. What is due and has not arrived would close it.") % {
            "gap": gap
        }
    if net.received + net.outstanding >= net.cost_so_far:
        return _("The gap is %(gap)s. Only pledges that are not due yet would close it.") % {
            "gap": gap
        }
    return _("The gap is %(gap)s. All that is pledged would not close it.") % {"gap": gap}


def time_beside(net: NetValue) -> str:
    """The sentence on people's time; empty where none was pledged, or none given."""
    if not net.has_time or not net.days_received:
        return ""
    return _("Beside it stand %(given)s of people’s time. They are not turned into money.") % {
        "given": figures.days(net.days_received)
    }


def _to_the_cent(value: Fraction) -> Decimal:
    """Rounded once, at the end, half up."""
    cents = value * 100
    whole, rest = divmod(cents.numerator, cents.denominator)
    return Decimal(whole + (2 * rest >= cents.denominator)).scaleb(-2)
