"""The northbound train: whether it gains speed, by tangible signs (VA, HW, K, C)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef

from alliances.models import Alliance, JournalEntry, Metric, Reading
from alliances.services.attendance import MeetingAttendance, attendance_trend
from alliances.services.contributions.net_value import NetValue, net_value
from alliances.services.figures import amount, money
from alliances.services.stakeholders.keeping import stakeholder_sum
from assessments.evidence.checks import by_limit, by_share, check, counted, per_cent
from assessments.models import Result
from assessments.scoring import Check

ELEMENT = "northbound-train"
A_YEAR = dt.timedelta(days=365)
A_QUARTER = dt.timedelta(days=90)
A_DIP = Decimal(10)
"""Points by which the score may be lower than the last time, and half count."""


def northbound_train(
    alliance: Alliance, meetings: Sequence[MeetingAttendance], on: dt.date
) -> list[Check]:
    """`meetings` the oldest first. Queries: the journal, metrics, results, and those of value against
    cost and of stakeholders."""
    value = net_value(alliance=alliance, on=on)
    return [
        _attendance(meetings),
        _pledges(value, alliance.currency),
        *_journal(alliance, on),
        _metrics(alliance, on),
        _own_houses(alliance),
        _worth_its_cost(value, alliance.currency),
        _pulse(alliance, on),
    ]


def _attendance(meetings: Sequence[MeetingAttendance]) -> Check:
    trend = attendance_trend(meetings)
    now, before = (trend.now, trend.before) if trend else (Fraction(0), Fraction(0))
    return check(
        "attendance-holds",
        "As many come as before",
        2,
        trend is not None,
        by_limit(now >= before - Fraction(1, 20), now >= before - Fraction(3, 20)),
        f"{per_cent(now)} came, {per_cent(before)} before",
        "Too few meetings to compare",
    )


def _pledges(value: NetValue, currency: str) -> Check:
    return check(
        "pledges-received",
        "Due pledges have arrived",
        2,
        value.due > 0,
        # Pledge by pledge: who gave early does not make up for who is late.
        by_limit(10 * value.due_received >= 9 * value.due, 2 * value.due_received >= value.due),
        f"{_whole(value.due_received)} of {money(_floor(value.due), currency)} due",
        "Nothing due yet",
    )


def _floor(sum_: Decimal) -> Decimal:
    """Without cents, rounded down as all figures are that are shown."""
    return sum_.to_integral_value(ROUND_FLOOR)


def _whole(sum_: Decimal) -> str:
    return amount(_floor(sum_))


def _journal(alliance: Alliance, on: dt.date) -> list[Check]:
    kinds = JournalEntry.Kind
    entries = list(
        JournalEntry.objects.filter(
            alliance=alliance, kind__in=[kinds.OFFER, kinds.DEPARTURE, kinds.MILESTONE], on__lte=on
        ).values_list("kind", "on", "due_on", "done_on")
    )
    lately = [kind for kind, happened, _due, _done in entries if happened > on - A_YEAR]
    offers, departures = lately.count(kinds.OFFER), lately.count(kinds.DEPARTURE)
    due = [
        (due_on, done_on)
        for kind, _set, due_on, done_on in entries
        if kind == kinds.MILESTONE and due_on is not None and due_on < on
    ]
    in_time = sum(done_on is not None and done_on <= due_on for due_on, done_on in due)
    return [
        check(
            "joining-over-leaving",
            "More want in than leave",
            1,
            bool(offers or departures),
            by_limit(offers > departures, offers == departures),
            f"{counted(offers, 'offer', 'offers')}, "
            f"{counted(departures, 'departure', 'departures')}",
            "Neither within a year",
        ),
        check(
            "milestones-met",
            "Milestones met in time",
            2,
            bool(due),
            by_share(in_time, len(due), met=Fraction(4, 5), partly=Fraction(1, 2)),
            f"{in_time} of {len(due)} met by their date",
            "None due yet",
        ),
    ]


def _metrics(alliance: Alliance, on: dt.date) -> Check:
    """Means lead and ends follow; who reads the ends alone sees trouble late (HW)."""
    lately = Reading.objects.filter(metric=OuterRef("pk"), on__gt=on - A_QUARTER, on__lte=on)
    metrics = list(
        Metric.objects.filter(alliance=alliance)
        .annotate(is_read=Exists(lately))
        .values_list("kind", "is_read")
    )
    read = [kind for kind, is_read in metrics if is_read]
    means, ends = read.count(Metric.Kind.MEANS), read.count(Metric.Kind.ENDS)
    return check(
        "means-and-ends",
        "Means and ends are measured",
        1,
        bool(metrics),
        by_limit(bool(means and ends), bool(means or ends)),
        f"{means} of means, {ends} of ends read",
    )


def _own_houses(alliance: Alliance) -> Check:
    """Sums alone: who supports it in whose house is that house's business."""
    found = stakeholder_sum(alliance=alliance)
    supports, units = (found.supports, found.units) if found else (0, 0)
    return check(
        "own-houses",
        "Own houses stand behind it",
        1,
        units > 0,
        by_share(supports, units, met=Fraction(3, 4), partly=Fraction(1, 2)),
        f"{supports} of {counted(units, 'unit', 'units')} {'supports' if supports == 1 else 'support'} it",
        "Fewer than three have recorded any",
    )


def _worth_its_cost(value: NetValue, currency: str) -> Check:
    return check(
        "value-over-cost",
        "It brings in what it costs",
        1,
        value.cost_so_far > 0,
        by_limit(value.received >= value.cost_so_far, value.pledged >= value.cost_so_far),
        f"{_whole(value.received)} in, {money(_floor(value.cost_so_far), currency)} spent",
        "No cost on record yet",
    )


def _pulse(alliance: Alliance, on: dt.date) -> Check:
    """From published figures alone: what was withheld there is none, and what stands at an end of
    the scale stands there as 95 or 5."""
    last, before = _last_two_scores(alliance, on)
    known = last is not None and before is not None
    now, then = last or Decimal(0), before or Decimal(0)
    return check(
        "pulse",
        "The pulse does not fall",
        1,
        known,
        by_limit(now >= then, now > then - A_DIP),
        f"Score {int(now)}, after {int(then)}",
        "Fewer than two rounds to compare",
    )


def _last_two_scores(alliance: Alliance, on: dt.date) -> tuple[Decimal | None, Decimal | None]:
    """The element's score in the last published result that has one, and in the last before it of the
    same version of the same bank."""
    documents = (
        Result.objects.filter(
            round__alliance=alliance,
            round__closed_at__date__lte=on,
            round__bank__dimensions__code=ELEMENT,
        )
        .order_by("-round__closed_at", "-round__pk")
        .values_list("document", flat=True)
    )
    bank, now = None, None
    for document in documents.iterator(chunk_size=20):
        score = _score(document)
        if score is None or bank not in (None, document["bank"]["digest"]):
            continue
        if now is not None:
            return now, score
        bank, now = document["bank"]["digest"], score
    return now, None


def _score(document: Mapping[str, Any]) -> Decimal | None:
    for element in document["elements"]:
        if element["code"] == ELEMENT and element["score"] is not None:
            return Decimal(str(element["score"]))
    return None
