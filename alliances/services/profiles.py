"""What organisations should know of each other, and what two of them have been through together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.errors import Refused
from alliances.models import Alliance, PairHistory, Participant, Profile, User
from alliances.services.counts import first_capital, in_words
from alliances.services.locks import locked_alliance, locked_participant
from alliances.services.overview import AT_THE_TABLE
from alliances.services.records import add_record, change_record

FIELDS = (
    "mandate",
    "constituency",
    "business_model",
    "management",
    "decides",
    "approvals",
    "committees",
    "communicates",
)

# What a list shows of a longer text; all of it stands on the page of its own.
EXCERPT = 220


@dataclass(frozen=True)
class Answer:
    """One line of a profile: what is asked, and what the organisation says ("" where nothing)."""

    code: str
    label: str
    text: str


@dataclass(frozen=True)
class ProfileRow:
    """An organisation at the table, and how far its profile is."""

    participant: Participant
    missing: list[str]
    """Labels of what it does not say yet."""
    decides: str
    approvals: str
    committees: str

    @property
    def is_whole(self) -> bool:
        return not self.missing

    @property
    def is_empty(self) -> bool:
        return len(self.missing) == len(FIELDS)

    @property
    def is_expected(self) -> bool:
        """Whether it has accepted: who is only invited may write, and is not waited for."""
        return self.participant.status == Participant.Status.ACCEPTED

    @property
    def is_comparable(self) -> bool:
        """Whether it says anything of how it comes to decisions."""
        return bool(self.decides or self.approvals or self.committees)


@dataclass(frozen=True)
class HistoryRow:
    """A pair, and the beginning of what it did together."""

    pk: int
    first: Participant
    second: Participant
    together: str


@dataclass(frozen=True)
class Profiles:
    """The profiles of those at the table, most missing first, and who has a history with whom."""

    rows: list[ProfileRow]
    away: list[Participant]
    """Organisations that have declined or left, and have a profile."""
    histories: list[HistoryRow]

    @property
    def expected(self) -> list[ProfileRow]:
        """Those that have accepted."""
        return [row for row in self.rows if row.is_expected]

    @property
    def written(self) -> int:
        """How many of those have begun a profile."""
        return sum(not row.is_empty for row in self.expected)

    @property
    def comparable(self) -> list[ProfileRow]:
        """Those that say something of deciding, by name."""
        found = [row for row in self.rows if row.is_comparable]
        return sorted(found, key=lambda row: row.participant.name.casefold())

    @property
    def first(self) -> str:
        """The finding: how many profiles are written."""
        everyone = len(self.expected)
        if not everyone:
            return _("Nobody has accepted a seat yet.")
        if not self.written:
            return _("No profile is written yet.")
        if self.written == everyone:
            return _("Each organisation has a profile.")
        said = ngettext(
            "%(written)s of %(all)s organisations has a profile.",
            "%(written)s of %(all)s organisations have a profile.",
            self.written,
        )
        return first_capital(said % {"written": in_words(self.written), "all": in_words(everyone)})

    @property
    def ways(self) -> str:
        """How they decide, counted, such as "Three decide by consent, two from the top."."""
        counts = {
            value: sum(row.decides == label for row in self.expected)
            for value, label in ((str(v), str(lb)) for v, lb in Profile.Decides.choices)
        }
        parts = []
        if count := counts["consent"]:
            parts.append(
                ngettext("%(number)s decides by consent", "%(number)s decide by consent", count)
                % {"number": in_words(count)}
            )
        if count := counts["top"]:
            parts.append(
                ngettext("%(number)s decides from the top", "%(number)s decide from the top", count)
                % {"number": in_words(count)}
            )
        if count := counts["mixed"]:
            parts.append(
                ngettext("%(number)s does some of both", "%(number)s do some of both", count)
                % {"number": in_words(count)}
            )
        return first_capital(", ".join(parts)) + "." if parts else ""


def profiles_of(*, alliance: Alliance) -> Profiles:
    """All profiles of the alliance, in two queries."""
    rows, away = [], []
    for participant in alliance.participants.select_related("profile"):
        profile = getattr(participant, "profile", None)
        if participant.status in AT_THE_TABLE:
            rows.append(_row(participant, profile))
        elif profile is not None:
            away.append(participant)
    rows.sort(key=lambda row: -len(row.missing))
    histories = alliance.histories.select_related("first", "second")
    return Profiles(rows=rows, away=away, histories=_history_rows(histories))


def answers_of(profile: Profile | None) -> list[Answer]:
    """A profile in words, line by line; every line, also those that say nothing."""
    return [
        Answer(name, _label(name), _words(profile, name) if profile is not None else "")
        for name in FIELDS
    ]


def finding_of(profile: Profile | None) -> str:
    """What a profile says first: how the organisation decides, and how much is missing."""
    missing = [answer.code for answer in answers_of(profile) if not answer.text]
    if len(missing) == len(FIELDS):
        return _("Nothing is written yet.")
    decides = {
        "consent": _("It decides by consent."),
        "top": _("It decides from the top."),
        "mixed": _("It decides some by consent and some from the top."),
        "": _("How it decides is missing."),
    }[profile.decides if profile is not None else ""]
    missing = [code for code in missing if code != "decides"]
    if not missing:
        return decides
    more = ngettext(
        "%(number)s other answer is missing.", "%(number)s other answers are missing.", len(missing)
    ) % {"number": in_words(len(missing))}
    return f"{decides} {first_capital(more)}"


def histories_of(*, participant: Participant) -> list[HistoryRow]:
    """What `participant` has been through with others. One query."""
    rows = PairHistory.objects.filter(Q(first=participant) | Q(second=participant))
    return _history_rows(rows.select_related("first", "second"))


@transaction.atomic
def save_profile(
    *, participant: Participant, edition: int, by: User | None, **fields: Any
) -> Profile:
    """The participant's profile with these `fields`.

    `edition` is the one that whoever writes began from, 0 where there was none. Raises Overtaken
    where another is stored by now, and Refused where a text is wrong.
    """
    current = locked_participant(participant)
    profile = (
        Profile.objects.select_related("changed_by", "participant")
        .filter(participant=current)
        .first()
    )
    if profile is not None:
        return change_record(record=profile, edition=edition, by=by, **fields)
    return add_record(
        model=Profile, alliance=current.alliance, by=by, participant=current, **fields
    )


@transaction.atomic
def record_history(
    *, alliance: Alliance, first: Participant, second: Participant, by: User | None, **texts: str
) -> PairHistory:
    """What two organisations have been through together; in which order they are given does not
    matter. Raises Refused where they are the same, or have a history on record."""
    locked_alliance(alliance.pk)
    first, second = in_one_order(first, second)
    return add_record(
        model=PairHistory, alliance=alliance, by=by, first=first, second=second, **texts
    )


def in_one_order(one: Participant, other: Participant) -> tuple[Participant, Participant]:
    """A pair as it is stored. Raises Refused where it is one organisation twice."""
    if one.pk == other.pk:
        raise Refused(_("Choose two different organisations."))
    return (one, other) if one.pk < other.pk else (other, one)


def _row(participant: Participant, profile: Profile | None) -> ProfileRow:
    answers = answers_of(profile)
    said = {answer.code: answer.text for answer in answers}
    return ProfileRow(
        participant=participant,
        missing=[answer.label for answer in answers if not answer.text],
        decides=said["decides"],
        approvals=_excerpt(said["approvals"]),
        committees=said["committees"],
    )


def _history_rows(histories: Iterable[PairHistory]) -> list[HistoryRow]:
    return [
        HistoryRow(history.pk, history.first, history.second, _excerpt(history.together))
        for history in histories
    ]


def _words(profile: Profile, name: str) -> str:
    if name == "decides":
        return profile.get_decides_display() if profile.decides else ""
    return str(getattr(profile, name))


def _excerpt(text: str) -> str:
    return str(Truncator(text).chars(EXCERPT))


def _label(name: str) -> str:
    return str(capfirst(str(getattr(Profile._meta.get_field(name), "verbose_name", name))))
