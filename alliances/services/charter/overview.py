"""Where an alliance's charter stands: its versions, and how far a draft is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from django.db.models import Count
from django.utils.translation import gettext as _

from alliances.models import (
    Alliance,
    CharterParty,
    CharterSection,
    CharterVersion,
    Participant,
    Representative,
    Signature,
    WorkingRule,
)
from alliances.services.charter.sections import (
    SECTIONS,
    Section,
    is_begun,
    is_done,
    is_needed,
    open_parts,
    remarks,
)
from alliances.services.charter.text import rule_in_words
from alliances.services.counts import labelled
from alliances.services.figures import NO_BREAK, days

Status = CharterVersion.Status
State = Literal["done", "begun", "empty", "spare"]


@dataclass(frozen=True)
class VersionLine:
    """A version, how many parties it names, and how many of them have signed it."""

    version: CharterVersion
    parties: int
    signed: int


@dataclass(frozen=True)
class SectionLine:
    """A section of a draft. `state`: done, begun, empty, or "spare": empty, and not needed at the
    draft's depth. `open` are the parts that are needed and missing; `remarks` what is odd in it.
    `stored` is its row, None where nobody has written it."""

    number: int
    section: Section
    state: State
    is_needed: bool
    open: list[str]
    remarks: list[str]
    stored: CharterSection | None


@dataclass(frozen=True)
class DraftOverview:
    """A draft, section by section. Of `needed` sections `done` are done; `next` is the first that is
    not. `extra` counts those that are done though the depth does not need them."""

    version: CharterVersion
    lines: list[SectionLine]
    needed: int
    done: int
    extra: int
    next: SectionLine | None

    @property
    def left(self) -> int:
        """Sections that are needed and not done."""
        return self.needed - self.done

    @property
    def is_complete(self) -> bool:
        return self.next is None

    @property
    def is_untouched(self) -> bool:
        return all(line.state in ("empty", "spare") for line in self.lines)

    @property
    def is_copy(self) -> bool:
        """Whether it says what the version before it says, and no section was written since: all of
        them carry the moment at which they were copied."""
        written = [line.stored.changed_at for line in self.lines if line.stored]
        return self.version.number > 1 and len(written) > 1 and len(set(written)) == 1


@dataclass(frozen=True)
class CharterOverview:
    """The versions of a charter. `earlier` were replaced or withdrawn, latest first."""

    in_force: VersionLine | None = None
    circulated: VersionLine | None = None
    draft: DraftOverview | None = None
    draft_rule: str = ""
    """When the draft would be ratified, in words, if it were circulated now."""
    earlier: list[VersionLine] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is no version at all that may be seen."""
        return not (self.in_force or self.circulated or self.draft or self.earlier)

    @property
    def shown(self) -> list[VersionLine]:
        """What others than conveners have seen too, latest first."""
        lines = [self.circulated, self.in_force, *self.earlier]
        return sorted(
            (line for line in lines if line is not None), key=lambda line: -line.version.number
        )

    @property
    def latest(self) -> VersionLine | None:
        """The version that the next one would go on from."""
        return self.in_force or (self.earlier[0] if self.earlier else None)


def charter_overview(*, alliance: Alliance, with_draft: bool, today: dt.date) -> CharterOverview:
    """The alliance's charter, in five queries at most. A draft is for conveners: `with_draft`."""
    rows = alliance.charter_versions.defer("text", "digest").order_by("-number")
    versions = list(rows if with_draft else rows.exclude(status=Status.DRAFT))
    if not versions:
        return CharterOverview()
    parties = _counts(CharterParty, alliance)
    signed = _counts(Signature, alliance)
    lines = [
        VersionLine(version, parties.get(version.pk, 0), signed.get(version.pk, 0))
        for version in versions
    ]
    by_status = {line.version.status: line for line in lines}
    draft = by_status.get(Status.DRAFT)
    return CharterOverview(
        in_force=by_status.get(Status.RATIFIED),
        circulated=by_status.get(Status.CIRCULATED),
        draft=draft_overview(version=draft.version, today=today) if draft else None,
        draft_rule=rule_in_words(draft.version, _accepted(alliance)) if draft else "",
        earlier=[
            line for line in lines if line.version.status in (Status.AMENDED, Status.WITHDRAWN)
        ],
    )


def draft_overview(*, version: CharterVersion, today: dt.date) -> DraftOverview:
    """The draft, section by section. One query."""
    stored = {one.code: one for one in version.sections.select_related("changed_by")}
    lines = [
        _line(number, section, stored.get(section.code), version.depth, today)
        for number, section in enumerate(SECTIONS, start=1)
    ]
    return DraftOverview(
        version=version,
        lines=lines,
        needed=sum(line.is_needed for line in lines),
        done=sum(line.is_needed and line.state == "done" for line in lines),
        extra=sum(not line.is_needed and line.state == "done" for line in lines),
        next=next((line for line in lines if line.is_needed and line.state != "done"), None),
    )


def on_record(*, alliance: Alliance, code: str) -> dict[str, list[str]]:
    """What the alliance's records already say for a section, lines by the code of a part.

    The working rules for the section on rules; who convenes and leads, and the days a month that
    are pledged, for the one on roles. Empty where nothing is on record.
    """
    if code == "rules":
        rules = WorkingRule.objects.filter(alliance=alliance).values_list("text", flat=True)
        return _without_empty({"rules": list(rules)})
    if code == "roles":
        return _roles_on_record(alliance)
    return {}


def joined(text: str, lines: list[str]) -> str:
    """`text` with those of `lines` below it that do not stand there yet."""
    there = {line.strip() for line in text.splitlines()}
    new = [line for line in lines if line.strip() not in there]
    return "\n".join([text.rstrip()] * bool(text.strip()) + new)


def _roles_on_record(alliance: Alliance) -> dict[str, list[str]]:
    people = list(
        Representative.objects.filter(
            participant__alliance=alliance, participant__status__in=["invited", "accepted"]
        )
        .select_related("participant")
        .order_by("participant__name", "name", "pk")
    )
    first = [Representative.Role.CONVENER, Representative.Role.LEADER, Representative.Role.SPONSOR]
    roles = [
        labelled(person.get_role_display(), _who(person))
        for role in first
        for person in people
        if person.role == role
    ]
    time = [
        _days(person)
        for person in sorted(people, key=lambda one: one.role not in first)
        if person.days_a_month is not None
    ]
    return _without_empty({"roles": roles, "time": time})


def _who(person: Representative) -> str:
    title = f", {person.title}" if person.title else ""
    return f"{person.name}{title} ({person.participant.name})"


def _days(person: Representative) -> str:
    return _("%(who)s: %(days)s a month") % {
        "who": _who(person),
        "days": days(person.days_a_month or Decimal(0)).replace(NO_BREAK, " "),
    }


def _line(
    number: int, section: Section, stored: CharterSection | None, depth: str, today: dt.date
) -> SectionLine:
    content: Mapping[str, str] = stored.content if stored is not None else {}
    needed = is_needed(section.code, depth)
    state: State
    if is_done(section.code, content, depth):
        state = "done"
    elif is_begun(section.code, content):
        state = "begun"
    else:
        state = "empty" if needed else "spare"
    return SectionLine(
        number=number,
        section=section,
        state=state,
        is_needed=needed,
        open=[str(part.label) for part in open_parts(section.code, content, depth)],
        remarks=remarks(section.code, content, today),
        stored=stored,
    )


def _counts(model: type[CharterParty] | type[Signature], alliance: Alliance) -> dict[int, int]:
    rows = model._default_manager.filter(version__alliance=alliance).values_list("version")
    return dict(rows.annotate(number=Count("pk")).order_by())


def _accepted(alliance: Alliance) -> int:
    return alliance.participants.filter(status=Participant.Status.ACCEPTED).count()


def _without_empty(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {code: lines for code, lines in found.items() if lines}
