"""An alliance comes to be, and is described."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alliances.models import Alliance, Membership, User
from alliances.services.locks import locked_alliance
from alliances.services.texts import one_line, paragraphs

NAME_LIMIT = 120
SUMMARY_LIMIT = 1000


@transaction.atomic
def create_alliance(
    *,
    actor: User | None,
    name: str,
    summary: str = "",
    founded_on: datetime.date | None = None,
) -> Alliance:
    """A new alliance that `actor` convenes; without an actor nobody has access to it but admins.

    Raises Refused where the name is empty or a text is too long.
    """
    alliance = Alliance(founded_on=founded_on, **_described(name, summary))
    alliance.save()
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
) -> Alliance:
    """The alliance with this name, summary and date. Raises Refused as `create_alliance` does."""
    described = _described(name, summary)
    current = locked_alliance(alliance.pk)
    current.name = described["name"]
    current.summary = described["summary"]
    current.founded_on = founded_on
    current.save()
    return current


def _described(name: str, summary: str) -> dict[str, str]:
    return {
        "name": one_line(name, what=_("The name"), limit=NAME_LIMIT, required=True),
        "summary": paragraphs(summary, what=_("What it is about"), limit=SUMMARY_LIMIT),
    }
