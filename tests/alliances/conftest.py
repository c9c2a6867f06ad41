"""An alliance with a convener and a member; a stranger who convenes another one; an admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from alliances.models import Alliance, Membership, Participant, Representative, User


@dataclass
class House:
    alliance: Alliance
    council: Participant
    rail: Participant
    ines: Representative
    convener: User
    member: User
    stranger: User
    admin: User
    other: Alliance


@pytest.fixture
def house(db: None) -> House:
    users = {
        name: User.objects.create_user(f"{name}@example.org", name=name.capitalize())
        for name in ("convener", "member", "stranger")
    }
    alliance = Alliance.objects.create(name="Tessel Valley")
    other = Alliance.objects.create(name="Other Shore")
    council = Participant.objects.create(
        alliance=alliance,
        name="County Council",
        interest="households",
        status="accepted",
        pain="Two floods in ten years.",
        drive="fear",
        strength=9,
    )
    rail = Participant.objects.create(alliance=alliance, name="Eastline Rail")
    ines = Representative.objects.create(
        participant=council,
        name="Ines Arroyo",
        email="ines@council.example",
        title="Director",
        role="leader",
        authoritative_claimed=True,
        authoritative_observed="no",
        observed_how="Asked back each time.",
    )
    Membership.objects.create(alliance=alliance, user=users["convener"], role="convener")
    Membership.objects.create(
        alliance=alliance, user=users["member"], role="member", participant=council
    )
    Membership.objects.create(alliance=other, user=users["stranger"], role="convener")
    return House(
        alliance=alliance,
        council=council,
        rail=rail,
        ines=ines,
        admin=User.objects.create_superuser("admin@example.org"),
        other=other,
        **users,
    )


@pytest.fixture
def convener(house: House) -> Client:
    client = Client()
    client.force_login(house.convener)
    return client


@pytest.fixture
def member(house: House) -> Client:
    client = Client()
    client.force_login(house.member)
    return client


def told(answer: Any) -> list[str]:
    """The messages on the page."""
    return [str(message) for message in answer.context["messages"]]


def form_errors(answer: Any) -> list[str]:
    """What stands above the page's form."""
    return list(answer.context["form"].non_field_errors())
