"""The decision map is drawn: which decisions are likely to arise, and who has which part in each (HW)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, Decision, DecisionPart, Participant, User
from alliances.services.records import add_record, change_record, stamp
from alliances.services.texts import one_of


def parties_of(alliance: Alliance) -> QuerySet[Participant]:
    """Who can have a part in a decision: the participants that have accepted, by name."""
    return Participant.objects.filter(alliance=alliance, status=Participant.Status.ACCEPTED)


@transaction.atomic
def add_decision(
    *, alliance: Alliance, by: User | None, parts: Mapping[int, str], **fields: Any
) -> Decision:
    """A decision on the map. `parts` are values of DecisionPart.Part by the key of a participant.

    "" is no part. Raises Refused where a value is wrong, or one of `parts` has not accepted.
    """
    decision = add_record(model=Decision, alliance=alliance, by=by, **fields)
    _set_parts(decision, parts)
    return decision


@transaction.atomic
def change_decision(
    *,
    decision: Decision,
    edition: int,
    by: User | None,
    parts: Mapping[int, str],
    **fields: Any,
) -> Decision:
    """The decision with these `fields` and all `parts` at once; a party that is not named keeps its own.

    A change of parts alone counts as a change of the decision. Raises Overtaken where somebody
    saved the decision or a part of it first, and Refused as `add_decision`; then nothing is stored.
    """
    current = change_record(record=decision, edition=edition, by=by, **fields)
    if _set_parts(current, parts) and current.edition == edition:
        stamp(current, by)
        current.save()
    return current


def stored_parts(decision: Decision) -> dict[int, str]:
    """The parts in `decision` by the key of the participant, also of those that have left."""
    return dict(
        DecisionPart.objects.filter(decision=decision).values_list("participant_id", "part")
    )


def _set_parts(decision: Decision, parts: Mapping[int, str]) -> bool:
    """Stores what is new in `parts`; whether anything was. The alliance is locked by now."""
    for part in parts.values():
        one_of(part, ["", *DecisionPart.Part.values], what=_("The part"))
    known = set(
        Participant.objects.filter(alliance=decision.alliance_id).values_list("pk", flat=True)
    )
    if not known.issuperset(parts):
        raise Refused(_("One of the parties has been removed meanwhile. Open the decision again."))
    before = stored_parts(decision)
    changed = {key: part for key, part in parts.items() if part != before.get(key, "")}
    if not changed:
        return False
    DecisionPart.objects.filter(decision=decision, participant__in=list(changed)).delete()
    DecisionPart.objects.bulk_create(
        DecisionPart(decision=decision, participant_id=key, part=part)
        for key, part in changed.items()
        if part
    )
    return True
