"""The start page: somebody's alliances, each with where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from alliances.models import Alliance
from assessments.desk.words import day_of, month_of, verdict_words
from assessments.models import Round


@dataclass(frozen=True)
class ShelfRow:
    """One alliance on the start page."""

    alliance: Alliance
    state: str


def read_shelf(*, alliances: models.QuerySet[Alliance]) -> list[ShelfRow]:
    """The alliances of `alliances`, each with where it stands. Two queries."""
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
    return [ShelfRow(alliance, _state(latest.get(alliance.pk))) for alliance in found]


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
