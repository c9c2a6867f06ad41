"""Three parties that have accepted, each with its person, and a convener who belongs to none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.test import Client

from alliances.models import Alliance, Membership, Participant, User

TODAY = dt.date(2026, 6, 15)

NASTY = "<script>alert(1)</script> {{ 7 }} % &amp; “quoted” 中文 مرحبا"


@dataclass
class Parties:
    alliance: Alliance
    ash: Participant
    birch: Participant
    cedar: Participant
    convener: User
    admin: User
    of_ash: User
    of_birch: User
    of_nobody: User

    def client(self, name: str) -> Client:
        """A browser of one of the people."""
        client = Client()
        client.force_login(getattr(self, name))
        return client


@pytest.fixture
def parties(db: None) -> Parties:
    users = {
        name: User.objects.create_user(f"{name}@example.org", name=name.replace("_", " ").title())
        for name in ("convener", "of_ash", "of_birch", "of_nobody")
    }
    alliance = Alliance.objects.create(name="Tessel Valley")
    seats = {
        name.lower(): Participant.objects.create(alliance=alliance, name=name, status="accepted")
        for name in ("Ash", "Birch", "Cedar")
    }
    for who, role, seat in (
        ("convener", "convener", None),
        ("of_ash", "member", seats["ash"]),
        ("of_birch", "member", seats["birch"]),
        ("of_nobody", "member", None),
    ):
        Membership.objects.create(alliance=alliance, user=users[who], role=role, participant=seat)
    return Parties(
        alliance=alliance,
        admin=User.objects.create_superuser("admin@example.org"),
        **seats,
        **users,
    )


def more_parties(alliance: Alliance, number: int) -> list[Participant]:
    """So many more that have accepted."""
    return Participant.objects.bulk_create(
        Participant(alliance=alliance, name=f"Party {place:03}", status="accepted")
        for place in range(number)
    )
