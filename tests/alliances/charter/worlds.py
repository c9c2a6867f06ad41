"""A charter with its parties, as far along as a test needs it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from alliances.models import (
    Alliance,
    CharterSection,
    CharterVersion,
    Membership,
    Participant,
    Signature,
    User,
)
from alliances.services.charter.life import circulate
from alliances.services.charter.signing import sign
from tests.factories import make_alliance, make_participant, make_user

NAMES = ("Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper")

LIGHT: dict[str, dict[str, str]] = {
    "problem": {"problem": "The river floods."},
    "scope": {"in": "The valley.", "out": "The coast."},
    "purpose": {"statement": "No house under water by 2031."},
    "decisions": {"method": "consensus", "fallback": "The mayor decides."},
    "roles": {"roles": "Ash leads."},
    "term": {"review": "2030-01-31"},
}
"""All that a light charter needs."""

AT = dt.datetime(2026, 5, 4, 10, 30, tzinfo=dt.UTC)


@dataclass
class MadeCharter:
    """An alliance with a draft or a circulated version; `users[i]` belongs to `parties[i]`."""

    alliance: Alliance
    version: CharterVersion
    convener: User
    parties: list[Participant] = field(default_factory=list)
    users: list[User] = field(default_factory=list)

    def fresh(self) -> CharterVersion:
        return CharterVersion.objects.get(pk=self.version.pk)

    def sign(self, place: int, **given: Any) -> Signature:
        """The person at `place` signs the version as it stands."""
        version = self.fresh()
        return sign(
            version=version,
            user=self.users[place],
            **{"digest": version.digest, "name": f"Person of {self.parties[place].name}", "at": AT}
            | given,
        ).signature


def make_charter(
    parties: int = 3,
    *,
    contents: dict[str, dict[str, str]] = LIGHT,
    circulated: bool = True,
    depth: str = "light",
    ratify_by: str = "all",
    ratify_share: int | None = None,
) -> MadeCharter:
    """A first version of a charter, circulated unless said, in an alliance whose parties accepted."""
    convener = make_user("convener@tessel.example", name="Cora Vener")
    alliance = make_alliance("Tessel", convener=convener)
    version = CharterVersion.objects.create(
        alliance=alliance,
        number=1,
        depth=depth,
        ratify_by=ratify_by,
        ratify_share=ratify_share,
    )
    for code, content in contents.items():
        CharterSection.objects.create(version=version, code=code, content=content)
    made = MadeCharter(alliance, version, convener)
    for place in range(parties):
        add_party(made, NAMES[place] if place < len(NAMES) else f"Party {place:03}")
    if circulated:
        made.version = circulate(version=version, by=convener, at=AT).version
    return made


def add_party(made: MadeCharter, name: str) -> Participant:
    """One more participant that has accepted, with a member's account."""
    participant = make_participant(made.alliance, name)
    user = make_user(f"{name.lower().replace(' ', '')}@tessel.example", name=f"Member of {name}")
    Membership.objects.create(
        alliance=made.alliance, user=user, role="member", participant=participant
    )
    made.parties.append(participant)
    made.users.append(user)
    return participant
