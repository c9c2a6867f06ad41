"""What is asked of the organisation of who looks at the desk."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.models import (
    Action,
    Alliance,
    DifferencePair,
    DifferenceView,
    Participant,
    PurposeCheck,
)
from alliances.services.common_ground import items_waiting_for
from alliances.services.counts import in_words
from assessments.desk.papers import Papers
from assessments.desk.tasks import THINGS_TO_DO, Task


def own_tasks(
    *, alliance: Alliance, own: Participant, papers: Papers, today: dt.date | None = None
) -> list[Task]:
    """At most five things that `own` alone can do, what others wait for first. Five queries.

    Where it does not take part, nothing is asked of it but the actions that it took on.
    """
    today = today or timezone.localdate()
    if own.status != Participant.Status.ACCEPTED:
        return _actions(alliance, own, today)
    tasks = [
        *_signature(own, papers),
        *_purpose(alliance, own),
        *_differences(alliance, own),
        *_actions(alliance, own, today),
        *_positions(alliance, own),
        *_pain(own),
        *_value(own),
    ]
    return tasks[:THINGS_TO_DO]


def _signature(own: Participant, papers: Papers) -> list[Task]:
    if papers.version is None or papers.signed.get(own.pk) is not False:
        return []
    return [
        Task(
            _("Read and sign version %(number)s of the charter")
            % {"number": papers.version.number},
            _("A signature is a pledge for your organisation, on exactly the text that you read."),
            reverse("charter_sign", args=[papers.version.pk]),
        )
    ]


def _purpose(alliance: Alliance, own: Participant) -> list[Task]:
    waits = PurposeCheck.objects.filter(alliance=alliance, closed_at__isnull=True).exclude(
        sentences__participant=own
    )
    if not waits.exists():
        return []
    return [
        Task(
            _("Write the purpose in a sentence"),
            _("Nobody reads it until all have written, or the convener closes the check."),
            reverse("purpose_check", args=[alliance.pk]),
        )
    ]


def _differences(alliance: Alliance, own: Participant) -> list[Task]:
    """To write for one of a pair, and to name the strengths once both have read."""
    pairs = (
        DifferencePair.objects.filter(alliance=alliance)
        .filter(Q(first=own) | Q(second=own))
        .select_related("first", "second")
        .annotate(
            has_written=Exists(_views(own)),
            has_named=Exists(_views(own).exclude(own_strengths="", other_strengths="")),
        )
    )
    for pair in pairs:
        other = pair.second if pair.first_id == own.pk else pair.first
        address = reverse("difference", args=[pair.pk])
        if pair.revealed_at is None and not pair.has_written:
            return [
                Task(
                    _("Write how you see yourselves and %(name)s") % {"name": other.name},
                    _("Both of you read it at the same moment."),
                    address,
                )
            ]
        if pair.revealed_at is not None and not pair.has_named:
            return [
                Task(
                    _("Read how %(name)s sees you, and name the strengths") % {"name": other.name},
                    _("What each side is good at, for this alliance."),
                    address,
                )
            ]
    return []


def _views(own: Participant) -> QuerySet[DifferenceView]:
    return DifferenceView.objects.filter(pair=OuterRef("pk"), participant=own)


def _actions(alliance: Alliance, own: Participant, today: dt.date) -> list[Task]:
    late = Action.objects.filter(
        alliance=alliance,
        participant=own,
        done_on__isnull=True,
        dropped_on__isnull=True,
        due_on__lt=today,
    ).count()
    if not late:
        return []
    return [
        Task(
            ngettext(
                "Finish %(count)s action that is late",
                "Finish %(count)s actions that are late",
                late,
            )
            % {"count": in_words(late)},
            _("Others wait for it."),
            reverse("actions", args=[alliance.pk]),
        )
    ]


def _positions(alliance: Alliance, own: Participant) -> list[Task]:
    waiting = items_waiting_for(alliance=alliance, participant=own)
    if not waiting:
        return []
    return [
        Task(
            ngettext(
                "Say where you stand on %(count)s item of the register",
                "Say where you stand on %(count)s items of the register",
                len(waiting),
            )
            % {"count": in_words(len(waiting))},
            _("Agree, can live with it, or disagree; and why."),
            reverse("position_own", args=[waiting[0]]),
        )
    ]


def _pain(own: Participant) -> list[Task]:
    if own.pain:
        return []
    return [
        Task(
            _("Say what the problem costs you"),
            _("The pain that each has is what holds an alliance together."),
            reverse("participant_pain", args=[own.pk]),
        )
    ]


def _value(own: Participant) -> list[Task]:
    if own.expected_values.exists():
        return []
    return [
        Task(
            _("Name the value that you expect"),
            _("Beyond sales and cost, out of thirteen kinds."),
            reverse("values_edit", args=[own.pk]),
        )
    ]
