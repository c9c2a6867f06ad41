"""The charter as it stood on a day: which version was in force, with the parties, or being drafted.

The statuses that are stored are those of today; the moments tell how it stood on the day of closing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import F, Q

from alliances.models import (
    Alliance,
    CharterParty,
    CharterSection,
    CharterVersion,
    Signature,
)
from assessments.evidence.checks import by_then

A_YEAR = dt.timedelta(days=365)
TIME_TO_SIGN = dt.timedelta(days=14)
"""So long a new version may lie with the parties before its signatures are looked at."""

Content = Mapping[str, Mapping[str, Any]]
"""What was written, by the code of a section and of a part."""


@dataclass(frozen=True)
class VersionOnRecord:
    """A version, with what was written in its sections."""

    number: int
    depth: str
    content: Content

    def part(self, section: str, part: str) -> str:
        """What is written in a part, without blanks around it; "" where nothing is."""
        return str(self.content.get(section, {}).get(part) or "").strip()


@dataclass(frozen=True)
class Signing:
    """The version that waits for signatures, or has them; how many of its parties signed it."""

    version: VersionOnRecord
    parties: int
    signed: int

    @property
    def fact(self) -> str:
        """ "7 of 9 signed version 2"."""
        return f"{self.signed} of {self.parties} signed version {self.version.number}"


@dataclass(frozen=True)
class CharterOnRecord:
    """None where there was no such version. `begun`: whether any was ever drafted or circulated."""

    begun: bool
    in_force: VersionOnRecord | None = None
    circulated: VersionOnRecord | None = None
    draft: VersionOnRecord | None = None
    signing: Signing | None = None
    ratified_once: bool = False
    scope_changes: int = 0
    """Versions ratified in the year before that day, with another scope than the one they replaced."""

    @property
    def versions(self) -> list[VersionOnRecord]:
        """Those that there were: in force, circulated, draft."""
        return [v for v in (self.in_force, self.circulated, self.draft) if v is not None]

    @property
    def standing(self) -> VersionOnRecord | None:
        """The version in force, else the circulated one, else the draft."""
        return next(iter(self.versions), None)


def charter_on_record(alliance: Alliance, on: dt.date) -> CharterOnRecord:
    """The charter at the end of the day `on`. Four queries at most: versions, sections, parties,
    signatures. A version that was circulated only later counts as not begun on that day."""
    versions = list(alliance.charter_versions.defer("text").order_by("number"))
    in_force = _last(v for v in versions if by_then(v.ratified_at, on) and not _ended(v, on))
    circulated = _last(
        v
        for v in versions
        if by_then(v.circulated_at, on) and not by_then(v.ratified_at, on) and not _ended(v, on)
    )
    draft = _last(v for v in versions if v.status == CharterVersion.Status.DRAFT)
    ratified = sorted(
        (v for v in versions if by_then(v.ratified_at, on)),
        key=lambda v: (v.ratified_at, v.number),
    )
    contents = _contents([v for v in (in_force, circulated, draft) if v is not None], ratified)

    def told(version: CharterVersion | None) -> VersionOnRecord | None:
        if version is None:
            return None
        return VersionOnRecord(version.number, version.depth, contents[version.pk])

    to_sign = _to_sign(in_force, circulated, on)
    return CharterOnRecord(
        begun=draft is not None or any(by_then(v.circulated_at, on) for v in versions),
        in_force=told(in_force),
        circulated=told(circulated),
        draft=told(draft),
        signing=_signing(to_sign, contents[to_sign.pk], on) if to_sign else None,
        ratified_once=bool(ratified),
        scope_changes=sum(
            _scope(contents[after.pk]) != _scope(contents[before.pk])
            for before, after in pairwise(ratified)
            if not by_then(after.ratified_at, on - A_YEAR)
        ),
    )


def _ended(version: CharterVersion, on: dt.date) -> bool:
    return by_then(version.ended_at, on)


def _last(versions: Any) -> CharterVersion | None:
    """The one with the highest number; None of none."""
    return max(versions, key=lambda v: v.number, default=None)


def _contents(
    whole: Sequence[CharterVersion], ratified: Sequence[CharterVersion]
) -> Mapping[int, dict[str, dict[str, Any]]]:
    """What is written in all sections of the first, and in the scope of the others."""
    contents: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    if whole or ratified:
        for version, code, content in CharterSection.objects.filter(
            Q(version__in=[v.pk for v in whole])
            | Q(version__in=[v.pk for v in ratified], code="scope")
        ).values_list("version_id", "code", "content"):
            contents[version][code] = content
    return contents


def _scope(content: Content) -> dict[str, str]:
    """The scope that people read: parts that say something, without blanks around them."""
    parts = {part: str(text or "").strip() for part, text in content.get("scope", {}).items()}
    return {part: text for part, text in parts.items() if text}


def _to_sign(
    in_force: CharterVersion | None, circulated: CharterVersion | None, on: dt.date
) -> CharterVersion | None:
    """The circulated version, where it is the only one or has lain with the parties for some time;
    else the one in force."""
    if circulated is not None and by_then(circulated.circulated_at, on - TIME_TO_SIGN):
        return circulated
    return in_force or circulated


def _signing(version: CharterVersion, content: Content, on: dt.date) -> Signing:
    """Parties that signed the very text by then."""
    signed = {
        participant
        for participant, signed_at in Signature.objects.filter(
            version=version, digest=F("version__digest")
        ).values_list("participant_id", "signed_at")
        if by_then(signed_at, on)
    }
    parties = set(
        CharterParty.objects.filter(version=version).values_list("participant_id", flat=True)
    )
    return Signing(
        VersionOnRecord(version.number, version.depth, content), len(parties), len(parties & signed)
    )
