"""The audit log as people read it: newest first, of one kind, of a stretch of days, page by page."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils import timezone

from alliances.models import Alliance, User
from alliances.models.audit import GROUPS, AuditChain, AuditEntry, Group
from alliances.services.audit.chain import alliance_of, moment
from alliances.services.audit.sentences import further_of, sentence_of
from alliances.services.audit.verification import whole
from alliances.services.cells import harmless

PAGE = 50
FIRST_YEAR, LAST_YEAR = 2000, 2200

COLUMNS = (
    "chain", "number", "at", "what", "who", "account", "action", "kind", "thing", "label",
    "details", "previous", "digest",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What a reader asks for: `group` is a value of Group, "" for all; the days are the first and the
    last, both of them included, in the time zone of the installation."""

    group: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def is_all(self) -> bool:
        return not self.group and self.since is None and self.until is None


@dataclass(frozen=True)
class Line:
    """An entry as a sentence."""

    number: int
    at: dt.datetime
    sentence: str
    further: str


@dataclass(frozen=True)
class Log:
    """A page of the log. `is_whole` says whether what is on this page fits, and nothing of the rest."""

    lines: list[Line]
    asked: Asked
    groups: list[tuple[str, str]]
    is_whole: bool
    checked_at: dt.datetime
    is_empty: bool
    total: int
    page: int
    pages: int

    @property
    def newer(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def older(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


@dataclass(frozen=True)
class Chain:
    """The log of an alliance, for a list. `name` is "" where the alliance is gone."""

    alliance: int
    name: str
    length: int


def asked_for(*, group: str = "", since: str = "", until: str = "") -> Asked:
    """What an address asks for. What it says in no way that is known is not asked for."""
    return Asked(group if group in Group.values else "", _day(since), _day(until))


def read_log(*, chain: str, asked: Asked, page: int | str | None = 1) -> Log:
    """One page of the log of `chain`. Four queries, whatever is in it."""
    # The head first: what is written meanwhile comes behind it.
    head = AuditChain.objects.filter(code=chain).first()
    part = Paginator(_entries(chain, asked).order_by("-number"), PAGE).get_page(page)
    entries = list(part.object_list)
    names = _names(entries)
    holds_head = part.number > 1 or not asked.is_all or _holds(entries, head)
    return Log(
        lines=[
            Line(one.number, one.at, sentence_of(one, names), further_of(one)) for one in entries
        ],
        asked=asked,
        groups=[(group.value, str(group.label)) for group in _groups(chain)],
        is_whole=whole(entries) and holds_head,
        checked_at=timezone.now(),
        is_empty=head is None and not entries,
        total=part.paginator.count,
        page=part.number,
        pages=part.paginator.num_pages,
    )


def log_table(*, chain: str, asked: Asked) -> str:
    """All that is asked for, as CSV, oldest first: what is stored, and its sentence. Two queries."""
    entries = list(_entries(chain, asked).order_by("number"))
    names = _names(entries)
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for entry in entries:
        told = {"at": moment(entry.at), "what": sentence_of(entry, names)}
        rows.writerow(
            harmless(told[name] if name in told else getattr(entry, name)) for name in COLUMNS
        )
    return file.getvalue()


def alliances_with_a_log() -> list[Chain]:
    """Those of which something is recorded, also where the alliance is gone. Two queries."""
    lengths = {
        key: length
        for code, length in AuditChain.objects.values_list("code", "length")
        if (key := alliance_of(code)) is not None
    }
    names = dict(Alliance.objects.filter(pk__in=lengths).values_list("pk", "name"))
    return [Chain(key, names.get(key, ""), lengths[key]) for key in sorted(lengths)]


def _groups(chain: str) -> list[Group]:
    """What there is to choose from: banks and accounts belong to no alliance, and rounds to one."""
    of_installation = [Group.RESULTS, Group.PEOPLE, Group.BANKS, Group.ACCOUNTS]
    if alliance_of(chain) is None:
        return of_installation
    return [group for group in Group if group not in (Group.BANKS, Group.ACCOUNTS)]


def _entries(chain: str, asked: Asked) -> QuerySet[AuditEntry]:
    entries = AuditEntry.objects.filter(chain=chain)
    if asked.group:
        entries = entries.filter(action__in=GROUPS[Group(asked.group)])
    if asked.since is not None:
        entries = entries.filter(at__gte=_midnight(asked.since))
    if asked.until is not None:
        entries = entries.filter(at__lt=_midnight(asked.until + dt.timedelta(days=1)))
    return entries


def _holds(entries: list[AuditEntry], head: AuditChain | None) -> bool:
    """Whether the last entry that the head knows is among these. More may have come meanwhile."""
    if head is None:
        return not entries
    return any((one.number, one.digest) == (head.length, head.digest) for one in entries)


def _names(entries: Iterable[AuditEntry]) -> dict[int, str]:
    """What the accounts of these entries are called today."""
    keys = {one.thing for one in entries if one.kind == "account"}
    keys |= {one.account for one in entries if one.account is not None}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=keys)}


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
