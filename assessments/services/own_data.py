"""All that is stored of whoever has an account: what the alliances have, and where rounds ask them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from alliances.models import User
from alliances.services.own_account import OwnAccount, account_document, read_account
from assessments.models import Bank, Invitation

SCHEMA = "northbound.person/1"


@dataclass(frozen=True)
class OwnData:
    """`asked` are the places on lists of rounds with the same address; None where that address is not
    proven to be its owner’s. Never an answer: those are found by their link alone."""

    account: OwnAccount
    asked: Sequence[Invitation] | None
    published: int
    """How many question banks they published."""


def read_own_data(*, user: User, address_is_proven: bool) -> OwnData:
    """What is stored of `user`. A query for each kind."""
    return OwnData(
        account=read_account(user=user, address_is_proven=address_is_proven),
        asked=list(
            Invitation.objects.filter(email__iexact=user.email)
            .select_related("round__alliance", "organisation")
            .order_by("-round__opened_at", "pk")
        )
        if address_is_proven
        else None,
        published=Bank.objects.filter(published_by=user).count(),
    )


def own_data_file(data: OwnData) -> bytes:
    """The bytes of a JSON file with all of it (docs/rights.md)."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        **account_document(data.account),
        "asked_in_rounds": None
        if data.asked is None
        else [
            {
                "alliance": one.round.alliance.name,
                "round": one.round.name,
                "name": one.name,
                "email": one.email,
                "language": one.language,
                "organisation": one.organisation.name,
                "progress": one.progress,
            }
            for one in data.asked
        ],
        "question_banks_published": data.published,
    }
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace")
