"""Internal stakeholders: units in a participant's own house whose support it needs (HW).

A row is read by its own participant alone. Others are given one sum over all organisations, and
that only so that nobody works out one organisation from it:

- there is none before MINIMUM organisations have recorded any, so that one that knows its own rows
  has at least two others left in the sum;
- it is stored, and counted anew only when the figures of MINIMUM organisations differ from those
  that were counted last. Two sums, taken before and after, then differ by what at least that many
  changed, and not by what one did;
- it asks nobody's status: whoever sets one could else take an organisation out of one sum and put it
  back into the next, and subtract. What an organisation recorded counts until it removes it itself.

What no rule here stops: whoever writes the rows of all organisations but one subtracts them. The page
says so.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, InternalStakeholder, Participant, StakeholderTally, User
from alliances.services.locks import locked_alliance
from alliances.services.records import add_record, change_record, remove_record

MINIMUM = 3

STANCES = ("supports", "undecided", "against")

# Supports, undecided, against, by the key of a participant
Counts = dict[str, list[int]]


@dataclass(frozen=True)
class StakeholderSum:
    """All organisations' units together, as counted on a day: how many organisations recorded any,
    how many units, and how these stand."""

    participants: int
    units: int
    supports: int
    undecided: int
    against: int
    counted_on: dt.date | None = None


def stakeholder_sum(*, alliance: Alliance) -> StakeholderSum | None:
    """What others than the participants themselves may know; None below MINIMUM organisations."""
    live = _counts(alliance)
    if len(live) < MINIMUM:
        return None
    tally = StakeholderTally.objects.filter(alliance=alliance).first()
    # Without a tally nothing was shown yet, and there is nothing to subtract from.
    counts = tally.counts if tally is not None else live
    supports, undecided, against = (
        sum(row[place] for row in counts.values()) for place in range(3)
    )
    return StakeholderSum(
        participants=len(counts),
        units=supports + undecided + against,
        supports=supports,
        undecided=undecided,
        against=against,
        counted_on=timezone.localdate(tally.counted_at) if tally is not None else None,
    )


@transaction.atomic
def add_stakeholder(
    *,
    participant: Participant,
    by: User | None,
    today: dt.date,
    at: dt.datetime | None = None,
    **fields: Any,
) -> InternalStakeholder:
    """A unit of `participant`. Raises Refused where a value is wrong, or the day on which it was
    last talked to has not come. `at` is the moment, now unless said."""
    _check_day(fields.get("aligned_on"), today)
    row = add_record(
        model=InternalStakeholder,
        alliance=Alliance(pk=participant.alliance_id),
        by=by,
        participant=participant,
        **fields,
    )
    _count_anew(participant.alliance_id, at)
    return row


@transaction.atomic
def change_stakeholder(
    *,
    stakeholder: InternalStakeholder,
    edition: int,
    by: User | None,
    today: dt.date,
    at: dt.datetime | None = None,
    **fields: Any,
) -> InternalStakeholder:
    """The unit with these `fields`. Raises Overtaken and Refused as `change_record`, and Refused
    where the day on which it was last talked to has not come."""
    _check_day(fields.get("aligned_on"), today)
    row = change_record(record=stakeholder, edition=edition, by=by, **fields)
    _count_anew(stakeholder.alliance_id, at)
    return row


@transaction.atomic
def remove_stakeholder(*, stakeholder: InternalStakeholder, at: dt.datetime | None = None) -> None:
    """The unit is gone. It is no error where it was gone already."""
    remove_record(record=stakeholder)
    _count_anew(stakeholder.alliance_id, at)


def _check_day(aligned_on: dt.date | None, today: dt.date) -> None:
    if aligned_on is not None and aligned_on > today:
        raise Refused(_("The day on which they were last talked to has not come. Check the day."))


def _counts(alliance: Alliance) -> Counts:
    """How the units of each participant stand that recorded any, whatever its status."""
    rows = InternalStakeholder.objects.filter(participant__alliance=alliance)
    counts: Counts = {}
    for participant, stance in rows.order_by().values_list("participant_id", "stance"):
        counts.setdefault(str(participant), [0, 0, 0])[STANCES.index(stance)] += 1
    return counts


def _count_anew(alliance_pk: int, at: dt.datetime | None) -> None:
    """Stores the sum where enough organisations differ from what was counted last."""
    alliance = locked_alliance(alliance_pk)
    live = _counts(alliance)
    tally = StakeholderTally.objects.filter(alliance=alliance).first()
    counted: Counts = tally.counts if tally is not None else {}
    # An organisation that is no longer there is no cover for the others: who removed it knows that.
    differ = [key for key, row in live.items() if counted.get(key) != row]
    if len(differ) < MINIMUM or len(live) < MINIMUM:
        return
    StakeholderTally.objects.update_or_create(
        alliance=alliance, defaults={"counted_at": at or timezone.now(), "counts": live}
    )
