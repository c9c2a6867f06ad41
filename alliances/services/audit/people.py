"""What the log says of those at the table: organisations by their names, people by none."""

from __future__ import annotations

from collections.abc import Sequence

from alliances.models import Participant, Representative, User
from alliances.models.audit import Action
from alliances.services.audit.writing import Value, record, thing_of


def record_organisation(
    action: Action, participant: Participant, by: User | None, changed: Sequence[str] = ()
) -> None:
    """`changed` are the names of the columns that were; that an organisation has accepted, declined
    or left is told by its status."""
    details: dict[str, Value] = {}
    if changed:
        details["fields"] = sorted(changed)
    if action == Action.ORGANISATION_ADDED or "status" in changed:
        details["status"] = participant.status
    record(
        action=action,
        alliance=participant.alliance_id,
        thing=thing_of(participant),
        details=details,
        by=by,
    )


def record_person(
    action: Action, representative: Representative, by: User | None, changed: Sequence[str] = ()
) -> None:
    """Told of their organisation. Who it was can never be erased from the log, and so is not in it."""
    record(
        action=action,
        alliance=representative.participant.alliance_id,
        thing=thing_of(representative.participant),
        details={"fields": sorted(changed)} if changed else None,
        by=by,
    )
