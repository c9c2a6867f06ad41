"""An alliance comes to be, and is described."""

from __future__ import annotations

import datetime
import re

from django.db import transaction
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, Membership, User
from alliances.models.audit import Action
from alliances.services.audit.writing import record, thing_of
from alliances.services.locks import locked_alliance
from alliances.services.records import Overtaken, stamp
from alliances.services.texts import one_line, paragraphs

NAME_LIMIT = 120
SUMMARY_LIMIT = 1000
CURRENCY = "EUR"
SAID = ("name", "summary", "founded_on", "currency")


@transaction.atomic
def create_alliance(
    *,
    actor: User | None,
    name: str,
    summary: str = "",
    founded_on: datetime.date | None = None,
    currency: str = CURRENCY,
) -> Alliance:
    """A new alliance that `actor` convenes; without an actor nobody has access to it but admins.

    Raises Refused where the name is empty, a text is too long, or `currency` is not three letters.
    """
    alliance = Alliance(
        founded_on=founded_on,
        currency=_currency(currency),
        changed_by=actor,
        **_described(name, summary),
    )
    alliance.save()
    record(action=Action.ALLIANCE_MADE, alliance=alliance.pk, thing=thing_of(alliance), by=actor)
    if actor is not None:
        Membership.objects.create(alliance=alliance, user=actor, role=Membership.Role.CONVENER)
    return alliance


@transaction.atomic
def update_alliance(
    *,
    alliance: Alliance,
    name: str,
    summary: str = "",
    founded_on: datetime.date | None = None,
    currency: str | None = None,
    edition: int | None = None,
    by: User | None = None,
) -> Alliance:
    """The alliance with this name, summary and date, and with this currency where one is given.

    A new currency is a new word for the same figures: nothing is converted. `edition` is the one that
    the change began from (that of `alliance`, unless said). Raises Overtaken where another is stored
    by now, and Refused as `create_alliance` does. A change that changes nothing is not counted as one.
    """
    described = _described(name, summary)
    counted_in = None if currency is None else _currency(currency)
    current = locked_alliance(alliance.pk)
    if current.edition != (alliance.edition if edition is None else edition):
        raise Overtaken(current)
    before = _said(current)
    current.name = described["name"]
    current.summary = described["summary"]
    current.founded_on = founded_on
    if counted_in is not None:
        current.currency = counted_in
    if _said(current) != before:
        stamp(current, by)
        current.save()
        after = _said(current)
        changed = [name for name, old, new in zip(SAID, before, after, strict=True) if old != new]
        record(
            action=Action.ALLIANCE_CHANGED,
            alliance=current.pk,
            thing=thing_of(current),
            details={"fields": changed},
            by=by,
        )
    return current


def _said(alliance: Alliance) -> tuple[str, str, datetime.date | None, str]:
    """By the names of SAID."""
    return alliance.name, alliance.summary, alliance.founded_on, alliance.currency


def _described(name: str, summary: str) -> dict[str, str]:
    return {
        "name": one_line(name, what=_("The name"), limit=NAME_LIMIT, required=True),
        "summary": paragraphs(summary, what=_("What it is about"), limit=SUMMARY_LIMIT),
    }


def _currency(code: str) -> str:
    """`code` as three capital letters."""
    letters = code.strip()
    if not re.fullmatch("[A-Za-z]{3}", letters):
        raise Refused(_("The currency is three letters from A to Z, such as EUR."))
    return letters.upper()
