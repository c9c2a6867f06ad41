"""A round about one person: the person and their peers answer, and that person alone reads the result.

The bank asks one question an element on a scale from 0 to 10, so that an answer of 9 is a score of 90.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from django.utils import timezone

from alliances.models import Alliance, Representative
from assessments.models import Bank, Response, Result
from assessments.services.banks.files import parse_bank
from assessments.services.banks.store import import_bank
from assessments.services.rounds import close_round, open_round
from tests.factories import (
    MadeRound,
    make_link,
    make_response,
)

OWN = {"L": 9, "C": 5, "H": 5}
PEERS = [{"L": 6, "C": 5, "H": 8}] * 4 + [{"L": 6, "C": 6, "H": 8}]
"""Listening 60 against 90; calm 52 against 50; honest 80 against 50."""


def bank_of_oneself(*, translations: Any = None, **reading: Any) -> Bank:
    told = {
        view: {"title": f"You {view}", "text": f"That is {view}."}
        for view in ("higher", "lower", "alike")
    }
    data = {
        "code": "oneself",
        "version": 1,
        "title": "Working with others",
        "subject": "person",
        **({"translations": translations} if translations else {}),
        "reading": {"rule": "self-peers", "peers_least": 5, "gap": 20, **told, **reading},
        "scale": {"min": 0, "max": 10, "labels": ["Never", *[""] * 9, "Always"]},
        "dimensions": [
            {
                "code": title.lower(),
                "title": title,
                "in_sentence": f"being {title.lower()}",
                "readings": {band: f"{title} is {band}." for band in ("strong", "mixed", "weak")},
                "advice": [{"title": f"Be more {title.lower()}.", "text": "Begin today."}],
                "questions": [
                    {
                        "code": title[0],
                        "text": f"I am {title.lower()}.",
                        "text_of_peers": f"This person is {title.lower()}.",
                    }
                ],
            }
            for title in ("Listening", "Calm", "Honest")
        ],
    }
    return import_bank(document=parse_bank(text=json.dumps(data)))


def bo() -> Representative:
    return Representative.objects.get(name="Bo")


def opened(alliance: Alliance, bank: Bank | None = None, **changes: Any) -> MadeRound:
    """A round about Bo that asks five peers, each with a link."""
    others = list(Representative.objects.exclude(name="Bo").order_by("pk"))
    terms: dict[str, Any] = {
        "alliance": alliance,
        "bank": bank or bank_of_oneself(),
        "name": "About Bo",
        "mode": "confidential",
        "threshold": 5,
        "closes_on": timezone.localdate() + dt.timedelta(days=3),
        "representatives": others[:5],
        "about": bo(),
    }
    round_ = open_round(**(terms | changes))
    made = MadeRound(round_)
    for invitation in round_.invitations.order_by("-of_oneself", "pk"):
        made.invitations.append(invitation)
        made.tokens.append(make_link(invitation))
    return made


def answered(
    made: MadeRound, own: dict[str, Any] | None = OWN, peers: list[dict[str, Any]] = PEERS
) -> Result:
    """Bo and the peers say this, and the round closes."""
    if own is not None:
        response = make_response(made, 0, answers=own, submitted=True)
        Response.objects.filter(pk=response.pk).update(of_oneself=True)
    for place, answers in enumerate(peers, start=1):
        make_response(made, place, answers=answers, submitted=True)
    return close_round(round=made.round)


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
