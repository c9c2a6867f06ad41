"""An entry is written in the transaction of what it tells, and is undone with it.

Whoever writes to a chain holds its head until their transaction ends, so that two at once come one
behind the other. Two rules keep transactions from waiting for each other for ever: an entry is
written after all other rows are held, and whoever writes to several chains begins with the
installation's; the alliances follow in the order of their numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from alliances.models import Alliance, CharterVersion, Participant, User
from alliances.models.audit import Action, AuditChain, AuditEntry
from alliances.services.audit.acting import actor_of
from alliances.services.audit.chain import BEGINNING, canonical, chain_of, digest_of

LABEL_LIMIT = 160
AGAIN_AFTER = dt.timedelta(hours=1)

Value = str | int | bool | list[str]

DETAILS: dict[str, set[str]] = {
    Action.ROUND_OPENED: {"bank", "mode", "threshold", "people", "organisations"},
    Action.LINK_REPLACED: {"older_stopped"},
    Action.RESULT_PUBLISHED: {"for"},
    Action.EXPORTED: {"what"},
    Action.CHARTER_SIGNED: {"organisation"},
    Action.ACCESS_GIVEN: {"role", "organisation"},
    Action.ACCESS_CHANGED: {"role", "organisation"},
    Action.ALLIANCE_CHANGED: {"fields"},
    Action.ORGANISATION_ADDED: {"status"},
    Action.ORGANISATION_CHANGED: {"fields", "status"},
    Action.PERSON_CHANGED: {"fields"},
    Action.PEOPLE_IMPORTED: {"organisations", "people"},
    Action.BANK_IMPORTED: {"status"},
    Action.ACCOUNT_CHANGED: {"fields"},
    Action.FACTOR_ADDED: {"factor"},
    Action.FACTOR_REMOVED: {"factor"},
}
"""What else an entry may say, by its action. Nothing that a respondent did or is has a place here;
no count that an answer changes, no name of a person, no address (docs/audit.md)."""


@dataclass(frozen=True)
class Thing:
    """What something was done to. `label` names no person: it can never be erased."""

    kind: str
    pk: int
    label: str = ""


def thing_of(row: Alliance | Participant | CharterVersion | User) -> Thing:
    """How the log names a row of this app; assessments have their own."""
    if isinstance(row, User):
        return Thing("account", row.pk)
    if isinstance(row, CharterVersion):
        return Thing("charter", row.pk, str(row.number))
    kind = "alliance" if isinstance(row, Alliance) else "organisation"
    return Thing(kind, row.pk, row.name)


@transaction.atomic
def record(
    *,
    action: Action,
    alliance: int | None,
    thing: Thing,
    details: Mapping[str, Value] | None = None,
    by: User | None = None,
) -> AuditEntry:
    """Write that `action` was done to `thing`, at the end of the chain of the alliance with this
    number, or of the installation's for None. Three queries, and one more for a new chain.

    `by` is who did it where that is not whoever is at work (`acting`). Raises ValueError where
    `details` hold what an entry of this action has no place for.
    """
    said = dict(details or {})
    unknown = said.keys() - DETAILS.get(action, set())
    if unknown:
        raise ValueError(f"An entry {action} has no place for {sorted(unknown)}.")
    actor = actor_of(by)
    head = _held_head(chain_of(alliance))
    entry = AuditEntry(
        chain=head.code,
        number=head.length + 1,
        at=timezone.now(),
        who=actor.who,
        account=actor.account,
        action=action,
        kind=thing.kind,
        thing=thing.pk,
        label=thing.label[:LABEL_LIMIT],
        details=canonical(said),
        previous=head.digest,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    head.length, head.digest = entry.number, entry.digest
    head.save(update_fields=["length", "digest"])
    return entry


def record_reading(*, action: Action, alliance: int | None, thing: Thing) -> AuditEntry | None:
    """The same for a page that is looked at: once an hour for each person and thing. One query where
    it is on record already.

    A page that is loaded anew, or come back to, tells nothing more, and a log full of that is read by
    nobody. What is taken away as a file is recorded each time (`record`): each is a copy more.
    """
    if _is_on_record(action, alliance, thing):
        return None
    with transaction.atomic():
        _held_head(chain_of(alliance))
        # Of two who looked at once, one was first.
        if _is_on_record(action, alliance, thing):
            return None
        return record(action=action, alliance=alliance, thing=thing)


def _is_on_record(action: Action, alliance: int | None, thing: Thing) -> bool:
    actor = actor_of()
    return AuditEntry.objects.filter(
        chain=chain_of(alliance),
        at__gt=timezone.now() - AGAIN_AFTER,
        action=action,
        kind=thing.kind,
        thing=thing.pk,
        who=actor.who,
        account=actor.account,
    ).exists()


def _held_head(code: str) -> AuditChain:
    """The head of that chain, held until the transaction ends; made where there is none."""
    heads = AuditChain.objects.select_for_update()
    head = heads.filter(code=code).first()
    if head is None:
        try:
            with transaction.atomic():
                return AuditChain.objects.create(code=code, digest=BEGINNING)
        except IntegrityError:
            # Somebody else began it at this moment.
            head = heads.get(code=code)
    return head
