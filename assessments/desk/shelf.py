"""The start page: somebody's alliances, each with where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.models import Alliance, User
from alliances.services.counts import first_capital, in_words
from assessments.desk.words import day_of, month_of, verdict_words
from assessments.models import Round


@dataclass(frozen=True)
class ShelfRow:
    """One alliance on the start page."""

    alliance: Alliance
    state: str
    further: str = ""
    """Which round is open besides, or how many are."""


def read_shelf(
    *, alliances: models.QuerySet[Alliance], user: User | AnonymousUser
) -> list[ShelfRow]:
    """The alliances of `alliances`, each with where it stands and what else is open. Three queries.

    `user` is who looks: a round about a person is told of to conveners alone.
    """
    newest = Round.objects.filter(alliance=OuterRef("pk")).judging_first()
    found = list(
        alliances.order_by("name", "pk").annotate(latest=Subquery(newest.values("pk")[:1]))
    )
    latest = {
        round_.alliance_id: round_
        for round_ in Round.objects.filter(
            pk__in=[alliance.latest for alliance in found if alliance.latest]
        ).select_related("result")
    }
    further: dict[int, list[Round]] = {}
    for round_ in (
        Round.objects.visible_to(user)
        .filter(alliance__in=[alliance.pk for alliance in found], status=Round.Status.OPEN)
        .exclude(pk__in=[round_.pk for round_ in latest.values()])
        .order_by("closes_on", "pk")
    ):
        further.setdefault(round_.alliance_id, []).append(round_)
    return [
        ShelfRow(alliance, _state(latest.get(alliance.pk)), _further(further.get(alliance.pk, [])))
        for alliance in found
    ]


def _further(rounds: Sequence[Round]) -> str:
    """What is open besides, the one that closes first before the others; empty where nothing is."""
    if not rounds:
        return ""
    if len(rounds) == 1:
        return _("%(round)s is open until %(day)s") % {
            "round": rounds[0].name,
            "day": day_of(rounds[0].closes_on),
        }
    return first_capital(
        ngettext(
            "%(count)s further round is open, the first until %(day)s",
            "%(count)s further rounds are open, the first until %(day)s",
            len(rounds),
        )
        % {"count": in_words(len(rounds)), "day": day_of(rounds[0].closes_on)}
    )


def _state(latest: Round | None) -> str:
    if latest is None:
        return _("No round yet")
    if latest.is_open:
        return _("%(round)s is open until %(day)s") % {
            "round": latest.name,
            "day": day_of(latest.closes_on),
        }
    assert latest.closed_at is not None  # noqa: S101 - closed, by constraint
    return _("%(verdict)s, %(round)s, %(month)s") % {
        "verdict": verdict_words(latest.result),
        "round": latest.name,
        "month": month_of(latest.closed_at),
    }
