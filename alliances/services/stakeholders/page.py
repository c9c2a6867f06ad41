"""Internal stakeholders as their page shows them: to a participant its own, to the convener the sum."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.models import (
    InternalStakeholder,
    JournalEntry,
    Membership,
    Participant,
)
from alliances.services.counts import first_capital, in_words, labelled
from alliances.services.figures import dated
from alliances.services.stakeholders.keeping import STANCES, StakeholderSum


@dataclass(frozen=True)
class Segment:
    """A stretch of the bar: one stance, how many units have it, where it lies in per cent."""

    stance: str
    words: str
    count: int
    begins_at: str
    length: str

    @property
    def said(self) -> str:
        """The stance and how many units have it: "Supports it: 3"."""
        return labelled(self.words, str(self.count))


@dataclass(frozen=True)
class Unit:
    """One unit, and whether it was talked to since the last joint meeting; None where there was
    no meeting."""

    row: InternalStakeholder
    since_meeting: bool | None


@dataclass(frozen=True)
class OwnStakeholders:
    """What one participant sees of its own house. `readers` are the accounts that see it too."""

    participant: Participant
    finding: str
    addition: str
    units: list[Unit]
    bar: list[Segment]
    meeting_on: dt.date | None
    readers: list[str]

    @property
    def is_empty(self) -> bool:
        return not self.units


def read_own(*, participant: Participant, on: dt.date) -> OwnStakeholders:
    """The units of `participant`, those against it first, in three queries."""
    rows = sorted(participant.stakeholders.all(), key=lambda row: -STANCES.index(row.stance))
    meeting_on = (
        JournalEntry.objects.filter(
            alliance=participant.alliance_id, kind=JournalEntry.Kind.MEETING, on__lte=on
        )
        .order_by("-on")
        .values_list("on", flat=True)
        .first()
    )
    members = Membership.objects.filter(participant=participant).select_related("user")
    units = [
        Unit(
            row,
            None if meeting_on is None else bool(row.aligned_on and row.aligned_on > meeting_on),
        )
        for row in rows
    ]
    counts = [sum(row.stance == stance for row in rows) for stance in STANCES]
    finding, addition = _finding(counts, units, meeting_on)
    return OwnStakeholders(
        participant=participant,
        finding=finding,
        addition=addition,
        units=units,
        bar=_bar(counts),
        meeting_on=meeting_on,
        readers=sorted(str(membership.user) for membership in members),
    )


def sum_bar(found: StakeholderSum) -> list[Segment]:
    """The bar of a sum."""
    return _bar([found.supports, found.undecided, found.against])


def sum_finding(found: StakeholderSum) -> str:
    """A sum in a sentence."""
    return first_capital(
        _("%(organisations)s organisations count on %(units)s units of their own: %(stances)s.")
        % {
            "organisations": in_words(found.participants),
            "units": in_words(found.units),
            "stances": _stances([found.supports, found.undecided, found.against]),
        }
    )


def _bar(counts: list[int]) -> list[Segment]:
    whole = max(sum(counts), 1)
    segments, begun = [], 0
    labels = {stance: str(label) for stance, label in InternalStakeholder.Stance.choices}
    for stance, count in zip(STANCES, counts, strict=True):
        if count:
            segments.append(
                Segment(
                    stance=stance,
                    words=labels[stance],
                    count=count,
                    begins_at=f"{100 * begun / whole:.2f}%",
                    length=f"{100 * count / whole:.2f}%",
                )
            )
        begun += count
    return segments


def _stances(counts: list[int]) -> str:
    supports, undecided, against = counts
    said = []
    if supports:
        said.append(
            ngettext("%(count)s supports it", "%(count)s support it", supports)
            % {"count": in_words(supports)}
        )
    if undecided:
        said.append(
            ngettext("%(count)s is undecided", "%(count)s are undecided", undecided)
            % {"count": in_words(undecided)}
        )
    if against:
        said.append(
            ngettext("%(count)s is against it", "%(count)s are against it", against)
            % {"count": in_words(against)}
        )
    return ", ".join(said)


def _finding(counts: list[int], units: list[Unit], meeting_on: dt.date | None) -> tuple[str, str]:
    if not units:
        return "", ""
    first = first_capital(
        ngettext(
            "%(units)s unit of your own house has a say: %(stances)s.",
            "%(units)s units of your own house have a say: %(stances)s.",
            len(units),
        )
        % {"units": in_words(len(units)), "stances": _stances(counts)}
    )
    if meeting_on is None:
        return first, ""
    silent = sum(not unit.since_meeting for unit in units)
    day = dated(meeting_on)
    if not silent:
        return first, _("Each was talked to since the joint meeting of %(day)s.") % {"day": day}
    return first, first_capital(
        ngettext(
            "%(count)s has not been talked to since the joint meeting of %(day)s.",
            "%(count)s have not been talked to since the joint meeting of %(day)s.",
            silent,
        )
        % {"count": in_words(silent), "day": day}
    )
