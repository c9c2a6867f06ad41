"""Three parties, an invited organisation, and people who belong to them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from alliances.models import Alliance, Membership, Participant, User
from tests.factories import make_alliance, make_participant, make_user


@dataclass
class Valley:
    """`people` by organisation: Ash has two, Birch and Elm one each, Oak (invited) one."""

    alliance: Alliance
    ash: Participant
    birch: Participant
    elm: Participant
    oak: Participant
    convener: User
    people: dict[str, list[User]]

    def client(self, who: str, number: int = 0) -> Client:
        """A browser of the convener, or of somebody of an organisation."""
        client = Client()
        client.force_login(self.convener if who == "convener" else self.people[who][number])
        return client


@pytest.fixture
def valley(db: None) -> Valley:
    convener = make_user("convener@example.org", name="Cora")
    alliance = make_alliance("Tessel Valley", convener=convener)
    people: dict[str, list[User]] = {}
    seats = {}
    for name, count in (("Ash", 2), ("Birch", 1), ("Elm", 1), ("Oak", 1)):
        seats[name] = make_participant(
            alliance, name, status="invited" if name == "Oak" else "accepted"
        )
        people[name] = []
        for number in range(count):
            user = make_user(f"{name.lower()}{number}@example.org", name=f"{name} {number}")
            Membership.objects.create(
                alliance=alliance, user=user, role="member", participant=seats[name]
            )
            people[name].append(user)
    return Valley(alliance, *seats.values(), convener=convener, people=people)
