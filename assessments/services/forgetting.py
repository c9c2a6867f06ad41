"""Names and addresses on the lists of those who were asked, erased once their round is over.

What is left of an invitation says that somebody of an organisation was asked, and how far they came.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from alliances.models import Alliance
from alliances.services.leaving import address_leaves
from assessments.models import Invitation, Round

ABOUT_NOBODY = "–"
"""In place of a name that was erased: a round about one person never becomes one about the alliance."""


def erase_people(invitations: QuerySet[Invitation]) -> int:
    """Take name, address and language off `invitations`; gives how many had any. Four queries at most.

    Where one is of the person whom its round was about, that name goes as well.
    """
    named = invitations.exclude(name="", email="", language="")
    rounds = named.order_by().filter(of_oneself=True).values_list("round_id", flat=True)
    Round.objects.filter(pk__in=list(rounds)).exclude(about_name="").update(
        about=None, about_name=ABOUT_NOBODY
    )
    # By their keys: the usual order joins the roster, and what is written can have none.
    keys = list(named.order_by().values_list("pk", flat=True))
    return Invitation.objects.filter(pk__in=keys).update(name="", email="", language="")


@transaction.atomic
def forget_address(*, email: str, alliance: Alliance | None = None) -> int:
    """Erase whoever has this address from the lists of all closed rounds, or those of `alliance`; gives
    from how many. Lists of open rounds stay: they say who is asked, and who is missing."""
    if not email:
        return 0
    closed = Invitation.objects.filter(email__iexact=email, round__status=Round.Status.CLOSED)
    if alliance is not None:
        closed = closed.filter(round__alliance=alliance)
    return erase_people(closed)


def _on_leaving(*, email: str, alliance: Alliance | None, **_more: Any) -> None:
    forget_address(email=email, alliance=alliance)


def listen() -> None:
    """From here on, whoever leaves an alliance's list of people, or the installation, is forgotten here."""
    address_leaves.connect(_on_leaving, dispatch_uid="assessments.forgetting")
