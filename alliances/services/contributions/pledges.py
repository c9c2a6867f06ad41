"""Each pledge as it stands on a day: what of it is due, what has arrived, how late the rest is.

A pledge with a date is due from that day on, and late from the day after. One without a date is due
from the day of the pledge on, and never late: nobody agreed when. A participant that has declined
or left owes nothing more; what it gave stays received.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from alliances.models import Alliance, Contribution, Receipt
from alliances.services.overview import AT_THE_TABLE

NOTHING = Decimal(0)
IN_CURRENCY = (Contribution.Kind.MONEY, Contribution.Kind.IN_KIND)


@dataclass(frozen=True)
class Pledge:
    """A contribution on a day. Amounts are in the alliance's currency, or in days for time."""

    contribution: Contribution
    on: datetime.date
    received: Decimal
    """All that arrived up to the day."""
    receipts: int
    """How many receipts there are up to the day: all that says of influence that it showed."""

    @property
    def is_money(self) -> bool:
        """Money, or something in kind: both are counted in the currency."""
        return self.contribution.kind in IN_CURRENCY

    @property
    def is_time(self) -> bool:
        return self.contribution.kind == Contribution.Kind.TIME

    @property
    def is_influence(self) -> bool:
        return self.contribution.kind == Contribution.Kind.INFLUENCE

    @property
    def is_owed(self) -> bool:
        """Whether it still counts: its participant is at the table."""
        return self.contribution.participant.status in AT_THE_TABLE

    @property
    def pledged(self) -> Decimal:
        return self.contribution.amount or NOTHING

    @property
    def is_due(self) -> bool:
        """Whether its day is over; one without a day is due from the day of the pledge."""
        due_on = self.contribution.due_on
        return self.contribution.pledged_on <= self.on if due_on is None else due_on < self.on

    @property
    def due(self) -> Decimal:
        return self.pledged if self.is_due else NOTHING

    @property
    def due_received(self) -> Decimal:
        """What arrived of what is due; more than was due makes up for no other pledge."""
        return min(self.received, self.due)

    @property
    def is_whole(self) -> bool:
        """Whether all of it has arrived; of influence, whether it has shown."""
        return self.receipts > 0 if self.is_influence else self.received >= self.pledged

    @property
    def outstanding(self) -> Decimal:
        """What has not arrived, due or not."""
        return max(self.pledged - self.received, NOTHING)

    @property
    def open(self) -> Decimal:
        """What is due and has not arrived."""
        return self.due - self.due_received

    @property
    def days_late(self) -> int:
        """Days since the date by which it was due; 0 where nothing is open, or no date was agreed."""
        due_on = self.contribution.due_on
        if due_on is None or not self.is_owed:
            return 0
        missing = not self.receipts if self.is_influence else self.open > 0
        return max((self.on - due_on).days, 0) if missing else 0

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def late(self) -> Decimal:
        """What is due, has not arrived, and should have by now."""
        return self.open if self.is_late else NOTHING


def pledges_of(*, alliance: Alliance, on: datetime.date) -> list[Pledge]:
    """The alliance's pledges made up to the day `on`, in two queries, by organisation and age."""
    arrived: dict[int, list[Decimal]] = defaultdict(list)
    for contribution_id, amount in Receipt.objects.filter(
        contribution__participant__alliance=alliance, on__lte=on
    ).values_list("contribution_id", "amount"):
        arrived[contribution_id].append(amount or NOTHING)
    return [
        _pledge(contribution, on, arrived.get(contribution.pk, []))
        for contribution in Contribution.objects.filter(
            participant__alliance=alliance, pledged_on__lte=on
        )
        .select_related("participant")
        .order_by("participant__name", "participant_id", "pledged_on", "pk")
    ]


def pledge_of(*, contribution: Contribution, on: datetime.date) -> Pledge:
    """One pledge, in a query."""
    amounts = contribution.receipts.filter(on__lte=on).values_list("amount", flat=True)
    return _pledge(contribution, on, [amount or NOTHING for amount in amounts])


def _pledge(contribution: Contribution, on: datetime.date, arrived: list[Decimal]) -> Pledge:
    # Added up here and not in the database: SQLite adds decimals as floating-point numbers.
    return Pledge(contribution, on, received=sum(arrived, NOTHING), receipts=len(arrived))
