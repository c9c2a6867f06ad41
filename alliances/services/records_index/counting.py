"""How many of each kind of record an alliance has, all of it in one query."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, Func, OuterRef, QuerySet, Subquery

from alliances.models import (
    Action,
    Alliance,
    Contribution,
    Decision,
    DifferencePair,
    ExpectedValue,
    GroundItem,
    InternalStakeholder,
    JournalEntry,
    LaunchStep,
    Metric,
    PairHistory,
    Participant,
    Profile,
    Reading,
    Receipt,
    WorkingRule,
)


def counts_of(alliance: Alliance, own: Participant | None, on: dt.date) -> dict[str, Any]:
    """Every count of the page by its name, in one query."""
    here, party = OuterRef("pk"), {"participant__alliance": OuterRef("pk")}
    accepted = Participant.Status.ACCEPTED
    steps = LaunchStep.objects.filter(alliance=here)
    rules = WorkingRule.objects.filter(alliance=here)
    pairs = DifferencePair.objects.filter(alliance=here)
    actions = Action.objects.filter(alliance=here, done_on=None, dropped_on=None)
    receipts = Receipt.objects.filter(contribution__participant__alliance=here)
    values = ExpectedValue.objects.filter(**party, participant__status=accepted)
    journal = JournalEntry.objects.filter(alliance=here)
    columns = {
        "parties": _number_of(Participant.objects.filter(alliance=here, status=accepted)),
        "items": _number_of(GroundItem.objects.filter(alliance=here)),
        "profiles": _number_of(Profile.objects.filter(**party, participant__status=accepted)),
        "histories": _number_of(PairHistory.objects.filter(alliance=here)),
        "pairs": _number_of(pairs),
        "revealed": _number_of(pairs.filter(revealed_at__isnull=False)),
        "steps": _number_of(steps),
        "steps_done": _number_of(steps.filter(done_on__isnull=False)),
        "decisions": _number_of(Decision.objects.filter(alliance=here)),
        "rules": _number_of(rules),
        "rules_agreed": _number_of(rules.filter(agreed_on__isnull=False)),
        "units": _number_of(
            InternalStakeholder.objects.filter(**party, participant=own.pk if own else None)
        ),
        "pledges": _number_of(Contribution.objects.filter(**party)),
        "arrived": _number_of(receipts, "contribution", distinct=True),
        "expecting": _number_of(values, "participant", distinct=True),
        "metrics": _number_of(Metric.objects.filter(alliance=here)),
        "readings": _number_of(Reading.objects.filter(metric__alliance=here)),
        "entries": _number_of(journal),
        "last_entry": Subquery(
            journal.filter(on__lte=on).order_by("-on").values("on")[:1],
        ),
        "actions": _number_of(Action.objects.filter(alliance=here)),
        "actions_open": _number_of(actions),
        "actions_late": _number_of(actions.filter(due_on__lt=on)),
    }
    # Some of these names are an alliance's own columns.
    named = {f"found_{name}": column for name, column in columns.items()}
    row = Alliance.objects.filter(pk=alliance.pk).annotate(**named).values(*named).get()
    return {name: row[f"found_{name}"] for name in columns}


def _number_of(rows: QuerySet[Any], column: str = "pk", *, distinct: bool = False) -> Subquery:
    """How many rows there are, as a column of the alliance that they are tied to by OuterRef."""
    template = "COUNT(DISTINCT %(expressions)s)" if distinct else "COUNT(%(expressions)s)"
    counted = rows.order_by().annotate(number=Func(F(column), template=template))
    return Subquery(counted.values("number"))
