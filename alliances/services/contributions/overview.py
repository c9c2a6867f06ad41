"""What goes into an alliance, as pages show it: the finding, a picture, the table, late ones first."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from alliances.models import (
    Alliance,
    CharterSection,
    CharterVersion,
    Contribution,
    Participant,
    Receipt,
    RunningCost,
)
from alliances.services import figures
from alliances.services.axis import Axis, axis_over
from alliances.services.contributions.net_value import (
    NetValue,
    cost_so_far,
    net_value_of,
    runs,
    time_beside,
    verdict,
)
from alliances.services.contributions.pledges import NOTHING, Pledge, pledge_of, pledges_of
from alliances.services.contributions.sentences import beside, finding, standing

PICTURED = 20
"""So many organisations stand in the picture; the table holds all."""


@dataclass(frozen=True)
class Amounts:
    """Sums of pledges that are counted in one unit: in days, or in the alliance's currency."""

    in_days: bool
    pledged: Decimal
    due: Decimal
    received: Decimal
    late: Decimal

    @property
    def pledged_text(self) -> str:
        return self._text(self.pledged)

    @property
    def received_text(self) -> str:
        return self._text(self.received)

    @property
    def late_text(self) -> str:
        return self._text(self.late)

    def _text(self, value: Decimal) -> str:
        return figures.days(value) if self.in_days else figures.amount(value)


@dataclass(frozen=True)
class PledgeRow:
    """A pledge in the table; influence has no amounts."""

    pledge: Pledge
    amounts: Amounts | None


@dataclass(frozen=True)
class Bars:
    """Places on the axis of the picture, in per cent; `due` is empty where nothing is due."""

    pledged: str
    received: str
    due: str
    text: str


@dataclass(frozen=True)
class OrganisationLine:
    """What one organisation pledged, and what came of it."""

    participant: Participant
    rows: list[PledgeRow]
    money: Amounts
    days: Amounts
    days_late: int
    bars: Bars | None = None

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def has_money(self) -> bool:
        return self.money.pledged > 0

    @property
    def has_total(self) -> bool:
        """Whether there are several pledges in currency to add up."""
        return sum(row.pledge.is_money for row in self.rows) > 1


@dataclass(frozen=True)
class CostLine:
    """A running cost, what it came to so far, and whether it runs."""

    cost: RunningCost
    so_far: Decimal
    runs: bool


@dataclass(frozen=True)
class ContributionsOverview:
    """All that the page shows. `aside` are the sentences after the finding."""

    finding: str
    aside: list[str]
    beside: list[str]
    """What there is besides money: people's time, and influence."""
    lines: list[OrganisationLine]
    pictured: list[OrganisationLine]
    axis: Axis | None
    away: list[OrganisationLine]
    """Those who declined or left; what they owe is not counted."""
    silent: list[Participant]
    """Those who accepted and pledged nothing."""
    finance_model: str
    net: NetValue
    verdict: list[str]
    time: str
    costs: list[CostLine]

    @property
    def unpictured(self) -> int:
        return sum(line.has_money for line in self.lines) - len(self.pictured)


@dataclass(frozen=True)
class ReceiptRow:
    """A receipt, and whether somebody of the very organisation that pledged recorded it."""

    receipt: Receipt
    by_own_side: bool


@dataclass(frozen=True)
class ContributionPage:
    """One pledge with its receipts, newest first."""

    pledge: Pledge
    finding: str
    aside: str
    receipts: list[ReceiptRow]


def contributions_overview(*, alliance: Alliance, on: datetime.date) -> ContributionsOverview:
    """The alliance's contributions and costs on the day `on`, in five queries."""
    pledges = pledges_of(alliance=alliance, on=on)
    participants = list(alliance.participants.all())
    costs = list(RunningCost.objects.filter(alliance=alliance))
    net = net_value_of(pledges=pledges, costs=costs, on=on)
    lines = _lines(pledge for pledge in pledges if pledge.is_owed)
    with_money = [line for line in lines if line.has_money][:PICTURED]
    highest = max((max(one.money.pledged, one.money.received) for one in with_money), default=None)
    axis = axis_over(NOTHING, highest) if highest else None
    pledging = {pledge.contribution.participant_id for pledge in pledges}
    found, aside = finding(pledges, net, currency=alliance.currency)
    return ContributionsOverview(
        finding=found,
        aside=aside,
        beside=beside(pledges, net),
        lines=lines,
        pictured=[_pictured(line, axis, alliance.currency) for line in with_money if axis],
        axis=axis,
        away=_lines(pledge for pledge in pledges if not pledge.is_owed),
        silent=[
            participant
            for participant in participants
            if participant.status == Participant.Status.ACCEPTED and participant.pk not in pledging
        ],
        finance_model=_finance_model(alliance),
        net=net,
        verdict=verdict(net, currency=alliance.currency),
        time=time_beside(net),
        costs=[
            CostLine(cost=cost, so_far=cost_so_far(cost=cost, on=on), runs=runs(cost, on))
            for cost in costs
        ],
    )


def contribution_page(*, contribution: Contribution, on: datetime.date) -> ContributionPage:
    """One pledge on the day `on`, in three queries."""
    pledge = pledge_of(contribution=contribution, on=on)
    found, aside = standing(pledge, currency=contribution.participant.alliance.currency)
    own_side = set(contribution.participant.memberships.values_list("user_id", flat=True))
    return ContributionPage(
        pledge=pledge,
        finding=found,
        aside=aside,
        receipts=[
            ReceiptRow(receipt, receipt.changed_by_id in own_side)
            for receipt in contribution.receipts.select_related("changed_by").order_by("-on", "-pk")
        ],
    )


def _lines(pledges: Iterable[Pledge]) -> list[OrganisationLine]:
    """By organisation: late ones first, those who owe most before the others."""
    by_participant: dict[int, list[Pledge]] = defaultdict(list)
    for pledge in pledges:
        by_participant[pledge.contribution.participant_id].append(pledge)
    lines = [
        OrganisationLine(
            participant=own[0].contribution.participant,
            rows=[
                PledgeRow(
                    pledge,
                    None if pledge.is_influence else _amounts([pledge], in_days=pledge.is_time),
                )
                for pledge in sorted(own, key=lambda one: (-one.days_late, one.contribution.pk))
            ],
            money=_amounts([pledge for pledge in own if pledge.is_money], in_days=False),
            days=_amounts([pledge for pledge in own if pledge.is_time], in_days=True),
            days_late=max(pledge.days_late for pledge in own),
        )
        for own in by_participant.values()
    ]
    return sorted(
        lines,
        key=lambda line: (
            not line.is_late,
            -line.money.late,
            -line.days_late,
            line.participant.name,
            line.participant.pk,
        ),
    )


def _amounts(pledges: list[Pledge], *, in_days: bool) -> Amounts:
    return Amounts(
        in_days=in_days,
        pledged=sum((pledge.pledged for pledge in pledges), NOTHING),
        due=sum((pledge.due for pledge in pledges), NOTHING),
        received=sum((pledge.received for pledge in pledges), NOTHING),
        late=sum((pledge.late for pledge in pledges), NOTHING),
    )


def _pictured(line: OrganisationLine, axis: Axis, currency: str) -> OrganisationLine:
    money = line.money
    text = _("%(pledged)s pledged, %(due)s of it due by now, %(received)s received.") % {
        "pledged": figures.money(money.pledged, currency),
        "due": figures.amount(money.due),
        "received": figures.amount(money.received),
    }
    return replace(
        line,
        bars=Bars(
            pledged=axis.place(money.pledged),
            received=axis.place(money.received) if money.received else "",
            due=axis.place(money.due) if money.due else "",
            text=text,
        ),
    )


def _finance_model(alliance: Alliance) -> str:
    """How the alliance is paid for, by the charter in force; empty where it does not say."""
    section = CharterSection.objects.filter(
        version__alliance=alliance,
        version__status=CharterVersion.Status.RATIFIED,
        code="resources",
    ).first()
    if section is None:
        return ""
    return {
        "own": _("By the charter, each participant funds itself."),
        "pooled": _("By the charter, resources are pooled and distributed."),
        "fund": _("By the charter, there is a common fund with trustees."),
    }.get(str(section.content.get("model", "")), "")
