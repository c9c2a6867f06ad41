"""An alliance with three rules that its parties agreed on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from alliances.models import Alliance, Representative, User, WorkingRule
from tests.factories import make_alliance, make_participant, make_user

AGREED = dt.date(2026, 5, 4)
TEXTS = ("We warn early.", "We ask why first.", "We answer in two days.")


def write_rule(alliance: Alliance, text: str, **fields: Any) -> WorkingRule:
    """A rule that was agreed on, unless `agreed_on` is None; past the services, which clean it."""
    return WorkingRule.objects.create(
        alliance=alliance, text=text, **{"agreed_on": AGREED, **fields}
    )


def terms(alliance: Alliance, **changes: Any) -> dict[str, Any]:
    """For `open_rules_check`: an open round, to everybody of the alliance."""
    people = Representative.objects.filter(participant__alliance=alliance)
    return {
        "alliance": alliance,
        "by": None,
        "name": "First check",
        "mode": "open",
        "threshold": 1,
        "closes_on": timezone.localdate() + dt.timedelta(days=9),
        "representatives": list(people.select_related("participant")),
    } | changes


@pytest.fixture
def ada() -> User:
    return make_user(name="Ada Marsh")


@pytest.fixture
def alliance(ada: User) -> Alliance:
    """Ash and Birch with two people each; no rules yet."""
    made = make_alliance(convener=ada)
    for name in ("Ash", "Birch"):
        make_participant(made, name, people=2)
    return made


@pytest.fixture
def rules(alliance: Alliance) -> list[WorkingRule]:
    return [write_rule(alliance, text) for text in TEXTS]


@pytest.fixture
def client(ada: User) -> Client:
    client = Client()
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    return client
