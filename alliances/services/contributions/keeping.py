"""What goes into the alliance: it is pledged, and what arrives of it is recorded by a convener."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Contribution, Participant, Receipt, User
from alliances.services.records import (
    add_record,
    change_record,
    locked_record,
    remove_record,
)

Kind = Contribution.Kind
# What a contribution of each kind is counted in.
COUNTED_IN = {
    Kind.MONEY.value: "currency",
    Kind.IN_KIND.value: "currency",
    Kind.TIME.value: "days",
    Kind.INFLUENCE.value: "",
}
# What was promised. Who promised it may not turn it into something else once it is due.
PROMISED = ("kind", "amount", "pledged_on", "due_on")


@transaction.atomic
def pledge_contribution(
    *,
    participant: Participant,
    by: User | None,
    today: datetime.date,
    kind: str,
    what: str,
    pledged_on: datetime.date,
    amount: Decimal | None = None,
    due_on: datetime.date | None = None,
    note: str = "",
) -> Contribution:
    """A participant's pledge: `kind` of Contribution.Kind, `amount` in currency or days, none for
    influence.

    Raises Refused where a value is wrong, or the day of the pledge lies after `today`.
    """
    _refuse_ahead(pledged_on, today)
    _refuse_uncounted(kind, amount)
    return add_record(
        model=Contribution,
        alliance=participant.alliance,
        by=by,
        participant=participant,
        kind=kind,
        what=what,
        amount=amount,
        pledged_on=pledged_on,
        due_on=due_on,
        note=note,
    )


@transaction.atomic
def change_contribution(
    *,
    contribution: Contribution,
    edition: int,
    by: User | None,
    today: datetime.date,
    convenes: bool,
    **fields: Any,
) -> Contribution:
    """The pledge with these `fields`; what is not named stays. `convenes` says whether `by` does.

    Raises Overtaken and Refused as `change_record` does, and Refused where receipts would be
    counted in another unit than they were recorded in, or where somebody who does not convene
    changes what was promised of a pledge that is settled (`is_settled`).
    """
    current = locked_record(contribution)
    if current.edition == edition:
        promised = {name: fields.get(name, getattr(current, name)) for name in PROMISED}
        if not convenes and is_settled(contribution=current, today=today):
            _refuse_another_promise(current, promised)
        kind = fields.get("kind", current.kind)
        _refuse_ahead(fields.get("pledged_on", current.pledged_on), today)
        _refuse_uncounted(kind, fields.get("amount", current.amount))
        if COUNTED_IN.get(kind) != COUNTED_IN[current.kind] and current.receipts.exists():
            raise Refused(
                _(
                    "What has arrived is recorded as “%(kind)s” already. Make another pledge for "
                    "what is of another kind."
                )
                % {"kind": current.get_kind_display()}
            )
    return change_record(record=contribution, edition=edition, by=by, **fields)


@transaction.atomic
def remove_contribution(
    *, contribution: Contribution, today: datetime.date, convenes: bool
) -> None:
    """The pledge is gone, as if it had never been made. `convenes` says whether who asks for it does.

    Raises Refused where `reason_to_keep` gives a reason.
    """
    current = locked_record(contribution)
    if reason := reason_to_keep(contribution=current, today=today, convenes=convenes):
        raise Refused(reason)
    remove_record(record=current)


def is_settled(*, contribution: Contribution, today: datetime.date) -> bool:
    """Whether the pledge's day is over, or something of it has arrived.

    From then on only a convener says that something else was promised: else who is late would make
    it vanish.
    """
    return _is_over(contribution, today) or contribution.receipts.exists()


def reason_to_keep(*, contribution: Contribution, today: datetime.date, convenes: bool) -> str:
    """Why the pledge cannot be removed; empty where it can.

    What a convener recorded as arrived, nobody takes away with the pledge; and one that is late
    does not vanish by the hand of who owes it.
    """
    if contribution.receipts.exists():
        return _(
            "Something of it has arrived, and that is on record. A convener removes what was "
            "recorded in error first."
        )
    if not convenes and _is_over(contribution, today):
        return _("The day of this pledge is over. Only a convener can remove it now.")
    return ""


def _is_over(contribution: Contribution, today: datetime.date) -> bool:
    return contribution.due_on is not None and contribution.due_on < today


def _refuse_another_promise(contribution: Contribution, promised: Mapping[str, Any]) -> None:
    if any(getattr(contribution, name) != value for name, value in promised.items()):
        raise Refused(
            _(
                "The day of this pledge is over, or something of it has arrived: its kind, its "
                "amount and its dates are for a convener to change now. Put them back as they "
                "were to save your words, or ask a convener."
            )
        )


@transaction.atomic
def record_receipt(
    *,
    contribution: Contribution,
    by: User | None,
    today: datetime.date,
    on: datetime.date,
    amount: Decimal | None = None,
    note: str = "",
) -> Receipt:
    """Something of a pledge has arrived: `amount` in the pledge's unit, none for influence.

    Raises Refused where a value is wrong, or `on` lies after `today`.
    """
    current = locked_record(contribution)
    _refuse_unarrived(on, today)
    _refuse_uncounted(current.kind, amount)
    return add_record(
        model=Receipt,
        alliance=current.participant.alliance,
        by=by,
        contribution=current,
        on=on,
        amount=amount,
        note=note,
    )


@transaction.atomic
def change_receipt(
    *, receipt: Receipt, edition: int, by: User | None, today: datetime.date, **fields: Any
) -> Receipt:
    """The receipt with these `fields`. Raises Overtaken and Refused."""
    current = locked_record(receipt)
    if current.edition == edition:
        _refuse_unarrived(fields.get("on", current.on), today)
        _refuse_uncounted(current.contribution.kind, fields.get("amount", current.amount))
    return change_record(record=receipt, edition=edition, by=by, **fields)


def _refuse_ahead(pledged_on: datetime.date, today: datetime.date) -> None:
    if pledged_on > today:
        raise Refused(_("The day of the pledge lies ahead. Record it once it is made."))


def _refuse_unarrived(on: datetime.date, today: datetime.date) -> None:
    if on > today:
        raise Refused(_("The day lies ahead. Record what arrives once it has arrived."))


def _refuse_uncounted(kind: str, amount: Decimal | None) -> None:
    unit = COUNTED_IN.get(kind)
    if unit == "" and amount is not None:
        raise Refused(
            _("Influence is not counted. Say in words what it does, and leave the amount.")
        )
    if unit == "currency" and amount is None:
        raise Refused(_("Say how much: in the alliance’s currency."))
    if unit == "days" and amount is None:
        raise Refused(_("Say how many days."))
