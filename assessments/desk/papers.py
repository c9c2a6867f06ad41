"""What the desk must know of charter and pledges: who has not signed, whose pledge is late."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from alliances.models import Alliance, CharterVersion, PurposeCheck
from alliances.services.contributions.pledges import pledges_of

Status = CharterVersion.Status


@dataclass(frozen=True)
class Papers:
    """By the key of a participant.

    `version` is the one that people may sign: the one circulated, else the one in force. `signed`
    says of each of its parties whether it has; `arrived`, of each participant with a pledge that is
    due, whether none of it is late.
    """

    version: CharterVersion | None = None
    in_force: CharterVersion | None = None
    draft: CharterVersion | None = None
    signed: dict[int, bool] = field(default_factory=dict)
    arrived: dict[int, bool] = field(default_factory=dict)
    purpose_check: PurposeCheck | None = None
    """The last one; None where none was held."""


def read_papers(*, alliance: Alliance, on: dt.date) -> Papers:
    """The papers of `alliance` as they are on the day `on`. Six queries at most."""
    versions = {
        version.status: version
        for version in alliance.charter_versions.filter(
            status__in=[Status.DRAFT, Status.CIRCULATED, Status.RATIFIED]
        )
        .defer("text")
        .prefetch_related("parties", "signatures")
    }
    version = versions.get(Status.CIRCULATED) or versions.get(Status.RATIFIED)
    signed: dict[int, bool] = {}
    if version is not None:
        signers = {signature.participant_id for signature in version.signatures.all()}
        signed = {
            party.participant_id: party.participant_id in signers for party in version.parties.all()
        }
    return Papers(
        version=version,
        in_force=versions.get(Status.RATIFIED),
        draft=versions.get(Status.DRAFT),
        signed=signed,
        arrived=_arrived(alliance, on),
        purpose_check=alliance.purpose_checks.first(),
    )


def _arrived(alliance: Alliance, on: dt.date) -> dict[int, bool]:
    arrived: dict[int, bool] = {}
    for pledge in pledges_of(alliance=alliance, on=on):
        if pledge.is_due:
            key = pledge.contribution.participant_id
            arrived[key] = arrived.get(key, True) and not pledge.is_late
    return arrived
