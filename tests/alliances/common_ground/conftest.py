"""An alliance of three: Ash with a member, Birch with a member, Cedar without; and who convenes it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from alliances.models import Alliance, GroundItem, Membership, Participant, Position, User
from tests.factories import make_alliance, make_participant, make_user


@dataclass
class Table:
    alliance: Alliance
    ash: Participant
    birch: Participant
    cedar: Participant
    ann: User
    """Member, of Ash."""
    bob: User
    """Member, of Birch."""
    guest: User
    """Member, of no organisation."""
    convener: User
    item: GroundItem


def make_table() -> Table:
    convener, ann, bob, guest = (
        make_user(f"{name}@example.org", name=name.capitalize())
        for name in ("convener", "ann", "bob", "guest")
    )
    alliance = make_alliance(convener=convener)
    ash, birch, cedar = (
        make_participant(alliance, name, status="accepted") for name in ("Ash", "Birch", "Cedar")
    )
    for user, participant in ((ann, ash), (bob, birch), (guest, None)):
        Membership.objects.create(
            alliance=alliance, user=user, role="member", participant=participant
        )
    item = GroundItem.objects.create(
        alliance=alliance, kind="source", text="The gauge at the weir is right."
    )
    return Table(alliance, ash, birch, cedar, ann, bob, guest, convener, item)


@pytest.fixture
def table(db: None) -> Table:
    return make_table()


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def stand(item: GroundItem, stances: dict[Participant, str]) -> None:
    """Stores positions by letter: a, l, d."""
    words = {"a": "agree", "l": "live", "d": "disagree"}
    for participant, letter in stances.items():
        Position.objects.create(item=item, participant=participant, stance=words[letter])
