"""The convener's desk: where an alliance stands, what to do next, who is missing and where.

Reads records, rounds and the last published result; computes no figure of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.models import Alliance, Participant, Representative
from assessments.models import Result, Round
from assessments.progress import Progress, read_progress
from assessments.reports.figures import capital, listed, words
from assessments.reports.findings import headline
from assessments.reports.texts import texts_of

THINGS_TO_DO = 5
NAMED_AT_MOST = 3


@dataclass(frozen=True)
class Step:
    """A stop on the alliance's way: done, now, or to come."""

    title: str
    text: str
    state: str = ""
    address: str = ""


@dataclass(frozen=True)
class Task:
    """Something to do next; the first one gets the page's button."""

    title: str
    text: str
    address: str
    when: str = ""
    button: str = ""


@dataclass(frozen=True)
class GapRow:
    """One organisation, and what it has not done yet; None where it does not apply."""

    name: str
    accepted: bool
    pain: bool
    substance: bool
    answered: bool | None

    @property
    def gaps(self) -> int:
        return [self.accepted, self.pain, self.substance, self.answered].count(False)


@dataclass(frozen=True)
class Desk:
    """All that stands on the page."""

    finding: str
    addition: str
    steps: list[Step]
    tasks: list[Task] = field(default_factory=list)
    gaps: list[GapRow] = field(default_factory=list)
    asks: bool = False
    """Whether a round is open, so that "answered" means something."""


def read_desk(*, alliance: Alliance, convener: bool) -> Desk:
    """The desk of `alliance`. What only a convener may know is left empty for others.

    A constant number of queries, whatever the number of participants and rounds.
    """
    participants = list(alliance.participants.prefetch_related("representatives"))
    # The latest ones are what the page tells of: one that is open, two that are closed.
    rounds = alliance.rounds.select_related("bank", "result")
    open_round = rounds.filter(status=Round.Status.OPEN).first()
    closed = list(rounds.filter(status=Round.Status.CLOSED).order_by("-closed_at", "-pk")[:2])
    progress = read_progress(open_round) if open_round else None
    finding, addition = _finding(participants, open_round, closed, progress, convener)
    return Desk(
        finding=finding,
        addition=addition,
        steps=_steps(alliance, open_round, closed),
        tasks=_tasks(alliance, participants, open_round, closed, progress) if convener else [],
        gaps=_gaps(participants, progress) if convener else [],
        asks=open_round is not None,
    )


def _finding(
    participants: Sequence[Participant],
    open_round: Round | None,
    closed: Sequence[Round],
    progress: Progress | None,
    convener: bool,
) -> tuple[str, str]:
    if open_round is not None:
        last_day = _day(open_round.closes_on)
        over = open_round.closes_on < timezone.localdate()
        first = (
            _("%(round)s took answers until %(day)s.")
            if over
            else _("%(round)s is open until %(day)s.")
        ) % {"round": open_round.name, "day": last_day}
        if not convener:
            return first, _("Its result is published when the convener closes it.")
        return first, progress.finding if progress else ""
    if closed:
        return _headline(closed[0]), ""
    if not participants:
        return _("This alliance is new."), _("Begin with who is at the table.")
    count = len(participants)
    return (
        capital(
            ngettext(
                "%(count)s organisation is on the list.",
                "%(count)s organisations are on the list.",
                count,
            )
            % {"count": words(count)}
        ),
        _("No round has been held yet."),
    )


def _headline(round_: Round) -> str:
    return str(headline(round_.result.document, texts_of(round_.bank)))


def _steps(alliance: Alliance, open_round: Round | None, closed: Sequence[Round]) -> list[Step]:
    steps = []
    if alliance.founded_on:
        steps.append(Step(_("Founded"), _day(alliance.founded_on), "done"))
    for round_ in reversed(closed):
        assert round_.closed_at is not None  # noqa: S101 - closed, by constraint
        steps.append(
            Step(
                round_.name,
                f"{verdict_words(round_.result)}, {_month(round_.closed_at)}",
                "done",
                reverse("result", args=[round_.pk]),
            )
        )
    if open_round is not None:
        steps.append(
            Step(
                open_round.name,
                _("Open until %(day)s") % {"day": _day(open_round.closes_on)},
                "now",
                "",
            )
        )
        steps.append(Step(_("Result and report"), _("Published when the round closes")))
    elif not closed:
        steps.append(Step(_("First round"), _("Not opened yet"), "now"))
        steps.append(Step(_("Result and report"), _("Published when the round closes")))
    return steps


def verdict_words(result: Result) -> str:
    """The verdict of `result` in a word or two."""
    return {
        "ready": _("Ready"),
        "conditional": _("Ready on conditions"),
        "not-ready": _("Not ready"),
        "undecided": _("No verdict"),
    }[result.document["verdict"]["level"]]


def _tasks(
    alliance: Alliance,
    participants: Sequence[Participant],
    open_round: Round | None,
    closed: Sequence[Round],
    progress: Progress | None,
) -> list[Task]:
    """What holds readiness back most comes first."""
    people = reverse("people", args=[alliance.pk])
    if not participants:
        return [
            Task(
                _("Add who is at the table"),
                _("Paste them from a spreadsheet, or type them one by one."),
                reverse("people_import", args=[alliance.pk]),
                button=_("Add many from a list"),
            )
        ]
    tasks = []
    taking_part = [p for p in participants if p.status == Participant.Status.ACCEPTED]
    silent = [organisation.name for organisation in progress.silent] if progress else []
    over = open_round is not None and open_round.closes_on < timezone.localdate()
    if open_round is not None and (over or not silent):
        why = _("Its last day has passed.") if over else _("Every organisation has answered.")
        tasks.append(
            Task(
                _("Close %(round)s") % {"round": open_round.name},
                _("%(why)s Closing publishes the result.") % {"why": why},
                reverse("round_close", args=[open_round.pk]),
                button=_("Close and publish"),
            )
        )
    elif open_round is not None:
        tasks.append(
            Task(
                ngettext(
                    "Remind %(count)s organisation to answer",
                    "Remind %(count)s organisations to answer",
                    len(silent),
                )
                % {"count": words(len(silent))},
                _("%(names)s. Each answer that comes in can make the verdict firmer.")
                % {"names": _names(silent)},
                reverse("round_remind", args=[open_round.pk]),
                _("by %(day)s") % {"day": _day(open_round.closes_on)},
                _("Write the reminder"),
            )
        )
    if closed:
        tasks += _advice(closed[0])
    alone = [p.name for p in taking_part if not p.representatives.all()]
    if alone:
        tasks.append(
            Task(
                _("Name who speaks for %(names)s") % {"names": _names(alone)},
                _("Nobody is asked in a round without it."),
                people,
            )
        )
    painless = [p for p in taking_part if not p.pain]
    if painless:
        tasks.append(
            Task(
                _("Ask %(names)s for the pain") % {"names": _names([p.name for p in painless])},
                ngettext(
                    "It has not said what the problem costs it.",
                    "They have not said what the problem costs them.",
                    len(painless),
                ),
                reverse("participant_pain", args=[painless[0].pk])
                if len(painless) == 1
                else people,
            )
        )
    light = [p.name for p in taking_part if p.representatives.all() and not _has_substance(p)]
    if light:
        tasks.append(
            Task(
                _("See what weight is at the table from %(names)s") % {"names": _names(light)},
                _("Nobody has seen them decide, know the field or be listened to yet."),
                people,
            )
        )
    waiting = [p.name for p in participants if p.status == Participant.Status.INVITED]
    if waiting:
        tasks.append(
            Task(
                _("Ask %(names)s to accept or decline") % {"names": _names(waiting)},
                _("Invited, and no answer yet."),
                people,
            )
        )
    if open_round is None:
        title = _("Open the next round") if closed else _("Open the first round")
        tasks.append(
            Task(
                title,
                _("Twelve minutes for each person, by a personal link."),
                reverse("round_new", args=[alliance.pk]),
                button=_("Open a round"),
            )
        )
    return tasks[:THINGS_TO_DO]


def _advice(latest: Round) -> list[Task]:
    """The first piece of advice on the element that decided the last round."""
    deciding = latest.result.document["verdict"]["deciding"]
    if not deciding:
        return []
    element = texts_of(latest.bank).element(deciding[0])
    if not element.advice:
        return []
    return [
        Task(
            element.advice[0].title.rstrip("."),
            _("%(element)s decided %(round)s.")
            % {"element": capital(element.in_sentence), "round": latest.name},
            reverse("result", args=[latest.pk]) + f"#e-{deciding[0]}",
        )
    ]


def _has_substance(participant: Participant) -> bool:
    return any(
        getattr(person, f"{kind}_observed") == Representative.Observed.YES
        for person in participant.representatives.all()
        for kind in Representative.KINDS
    )


def _gaps(participants: Sequence[Participant], progress: Progress | None) -> list[GapRow]:
    """Organisations that are invited or take part, most gaps first."""
    answered = {
        organisation.people[0].organisation.participant_id: organisation.answered
        for organisation in (progress.organisations if progress else ())
    }
    rows = [
        GapRow(
            name=participant.name,
            accepted=participant.status == Participant.Status.ACCEPTED,
            pain=bool(participant.pain),
            substance=_has_substance(participant),
            answered=answered.get(participant.pk),
        )
        for participant in participants
        if participant.status in (Participant.Status.INVITED, Participant.Status.ACCEPTED)
    ]
    return sorted(rows, key=lambda row: (-row.gaps, row.name))


def _names(names: Sequence[str]) -> str:
    if len(names) > NAMED_AT_MOST:
        return _("%(names)s and %(count)s more") % {
            "names": ", ".join(names[:NAMED_AT_MOST]),
            "count": len(names) - NAMED_AT_MOST,
        }
    return listed(names)


def _day(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")


def _month(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment), "YEAR_MONTH_FORMAT")


@dataclass(frozen=True)
class ShelfRow:
    """One alliance on the start page."""

    alliance: Alliance
    state: str


def read_shelf(*, alliances: models.QuerySet[Alliance]) -> list[ShelfRow]:
    """The alliances of `alliances`, each with where it stands. Two queries."""
    newest = Round.objects.filter(alliance=OuterRef("pk")).order_by("-opened_at", "-pk")
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
            "day": _day(latest.closes_on),
        }
    assert latest.closed_at is not None  # noqa: S101 - closed, by constraint
    return _("%(verdict)s, %(round)s, %(month)s") % {
        "verdict": verdict_words(latest.result),
        "round": latest.name,
        "month": _month(latest.closed_at),
    }
