"""What to do next: at most five things, what holds readiness back most first.

What has a day to it comes first: a round that waits for answers. Then who is at the table, without
which nothing else can be asked. Then what the elements lack, the weakest element first: the element
whose lower figure, of what people say and what is on record, is lowest. Within an element what
loses most points comes first, and no element takes more than two of the places.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.models import Alliance, CharterVersion, Participant
from alliances.services.counts import first_capital, in_words
from assessments.desk.advice import beginnings, steps
from assessments.desk.gaps import has_substance
from assessments.desk.papers import Papers
from assessments.desk.standing import ElementRow, lost, stated
from assessments.desk.under_way import counts_of, missing_words
from assessments.desk.words import day_of, names_of
from assessments.models import Round
from assessments.progress import Progress
from assessments.reports.texts import BankTexts
from assessments.scoring import Check, State

THINGS_TO_DO = 5
OF_ONE_ELEMENT = 2
OF_FURTHER_ROUNDS = 2
"""Places for rounds beside the one that the desk leads with; all of them stand under way."""
SIGNED = frozenset({"charter-signed", "purpose-signed"})
SIGNING = SIGNED | {"charter-ratified", "purpose-ratified"}
"""Checks that signatures would meet."""
ADVICE_POINTS = 3
"""What the bank's advice on the element that decided weighs beside checks of the record."""


@dataclass(frozen=True)
class Task:
    """Something to do next; the first one gets the page's button."""

    title: str
    text: str
    address: str
    when: str = ""
    button: str = ""


@dataclass(frozen=True)
class Situation:
    """All that tasks are found from."""

    alliance: Alliance
    participants: Sequence[Participant]
    open_round: Round | None
    latest: Round | None
    texts: BankTexts | None
    """The words of `latest`'s bank."""
    progress: Progress | None
    papers: Papers
    evidence: Mapping[str, Sequence[Check]]
    rows: Sequence[ElementRow]
    today: dt.date
    further: Sequence[Round] = ()
    """Open rounds beside `open_round`, as `read_open_rounds` gives them."""

    @property
    def taking_part(self) -> list[Participant]:
        return [p for p in self.participants if p.status == Participant.Status.ACCEPTED]

    def page(self, name: str) -> str:
        return reverse(name, args=[self.alliance.pk])


@dataclass(frozen=True)
class Candidate:
    """A task for an element, with what it would win."""

    element: str
    points: Fraction
    task: Task
    act: str = ""


def next_tasks(now: Situation) -> list[Task]:
    """At most five tasks, in the order in which they should be done."""
    if not now.participants:
        return [
            Task(
                _("Add who is at the table"),
                _("Paste them from a spreadsheet, or type them one by one."),
                now.page("people_import"),
                button=_("Add many from a list"),
            )
        ]
    further = [_task_of_round(one, now.today) for one in now.further[:OF_FURTHER_ROUNDS]]
    tasks = [*_round_tasks(now), *further, *_table_tasks(now)]
    if now.open_round is None and now.latest is None:
        tasks.append(_open_round(now))
    tasks += _chosen(list(_candidates(now)), _standings(now), THINGS_TO_DO - len(tasks))
    if now.open_round is None and now.latest is not None:
        tasks.append(_open_round(now))
    return tasks[:THINGS_TO_DO]


def _round_tasks(now: Situation) -> Iterator[Task]:
    round_ = now.open_round
    if round_ is None:
        return
    if not round_.bank.judges_alliance:
        yield _task_of_round(round_, now.today)
        return
    silent = [organisation.name for organisation in now.progress.silent] if now.progress else []
    over = round_.closes_on < now.today
    if over or not silent:
        why = _("Its last day has passed.") if over else _("Every organisation has answered.")
        yield Task(
            _("Close %(round)s") % {"round": round_.name},
            _("%(why)s Closing publishes the result.") % {"why": why},
            reverse("round_close", args=[round_.pk]),
            button=_("Close and publish"),
        )
    else:
        yield Task(
            ngettext(
                "Remind %(count)s organisation to answer",
                "Remind %(count)s organisations to answer",
                len(silent),
            )
            % {"count": in_words(len(silent))},
            _("%(names)s. Each answer that comes in can make the verdict firmer.")
            % {"names": names_of(silent)},
            reverse("round_remind", args=[round_.pk]),
            _("by %(day)s") % {"day": day_of(round_.closes_on)},
            _("Write the reminder"),
        )


def _task_of_round(round_: Round, today: dt.date) -> Task:
    """What an open round of a further instrument waits for: those who are missing, else its closing."""
    missing, _asked = counts_of(round_)
    over = round_.closes_on < today
    if not over and missing:
        return Task(
            ngettext(
                "Remind %(count)s person to answer “%(round)s”",
                "Remind %(count)s people to answer “%(round)s”",
                missing,
            )
            % {"count": in_words(missing), "round": round_.name},
            missing_words(round_),
            reverse("round_remind", args=[round_.pk]),
            _("by %(day)s") % {"day": day_of(round_.closes_on)},
            _("Write the reminder"),
        )
    why = _("Its last day has passed.") if over else _("Everybody who was asked has sent in.")
    if round_.is_about_a_person:
        text = _("%(why)s Closing gives the result to %(about)s, and to nobody else.") % {
            "why": why,
            "about": round_.about_name,
        }
    else:
        text = _("%(why)s Closing publishes the result.") % {"why": why}
    return Task(
        _("Close %(round)s") % {"round": round_.name},
        text,
        reverse("round_close", args=[round_.pk]),
        button=_("Close the round") if round_.is_about_a_person else _("Close and publish"),
    )


def _table_tasks(now: Situation) -> Iterator[Task]:
    """Who takes part and has nobody to be asked: no round reaches them."""
    alone = [p.name for p in now.taking_part if not p.representatives.all()]
    if alone:
        yield Task(
            _("Name who speaks for %(names)s") % {"names": names_of(alone)},
            _("Nobody is asked in a round without it."),
            now.page("people"),
        )


def _open_round(now: Situation) -> Task:
    return Task(
        _("Open the next round") if now.latest else _("Open the first round"),
        _("Twelve minutes for each person, by a personal link."),
        now.page("round_new"),
        button=_("Open a round"),
    )


def _candidates(now: Situation) -> Iterator[Candidate]:
    yield from _bank_advice(now)
    known = steps()
    for element, checks in now.evidence.items():
        for check in checks:
            step = known.get(check.code)
            if step is None or not lost(check):
                continue
            task = _named(now, check)
            if task is None and check.code in SIGNED and _is_signed_out(now):
                continue  # who has not signed cannot
            task = task or Task(step.title, stated(check), now.page(step.page))
            yield Candidate(element, lost(check), task, step.act)
    states = {check.code: check.state for checks in now.evidence.values() for check in checks}
    for beginning in beginnings():
        if states.get(beginning.check) is State.NOT_APPLICABLE:
            task = Task(beginning.title, beginning.text, now.page(beginning.page))
            if beginning.page == "purpose_check" and now.papers.purpose_check is not None:
                if now.papers.purpose_check.closed_at is not None:
                    continue  # held; what follows from it is the charter
                task = _purpose_under_way(now)
            yield Candidate(beginning.element, Fraction(beginning.points), task)
    yield from _unstated(now, states)


def _purpose_under_way(now: Situation) -> Task:
    return Task(
        _("Ask for the purpose from those who have not written it"),
        _("The sentences are shown when all have written, or when you close the check."),
        now.page("purpose_check"),
    )


def _unstated(now: Situation, states: Mapping[str, State]) -> Iterator[Candidate]:
    """Pain and substance, where nobody's is on record yet and no check applies."""
    if states.get("pain-stated") is State.NOT_APPLICABLE and now.taking_part:
        yield Candidate("common-pain", Fraction(2), _ask_for_pain(now))
    if states.get("seats-with-substance") is State.NOT_APPLICABLE:
        task = _see_weight(now)
        if task is not None:
            yield Candidate("representatives-of-substance", Fraction(2), task)


def _bank_advice(now: Situation) -> Iterator[Candidate]:
    """The first piece of advice on the element that decided the last round."""
    if now.latest is None or now.texts is None:
        return
    deciding = now.latest.result.document["verdict"]["deciding"]
    if not deciding:
        return
    element = now.texts.element(deciding[0])
    if not element.advice:
        return
    task = Task(
        element.advice[0].title.rstrip("."),
        _("%(element)s decided the result of “%(round)s”.")
        % {"element": first_capital(element.in_sentence), "round": now.latest.name},
        reverse("result", args=[now.latest.pk]) + f"#e-{deciding[0]}",
    )
    yield Candidate(deciding[0], Fraction(ADVICE_POINTS), task)


def _named(now: Situation, check: Check) -> Task | None:
    """The task with the names of those whom it is about, where they are known here."""
    if check.code == "pain-stated":
        return _ask_for_pain(now)
    if check.code == "seats-with-substance":
        return _see_weight(now)
    if check.code == "invitations-accepted":
        waiting = [p.name for p in now.participants if p.status == Participant.Status.INVITED]
        if waiting:
            return Task(
                _("Ask %(names)s to accept or decline") % {"names": names_of(waiting)},
                _("Invited, and no answer yet."),
                now.page("people"),
            )
    if check.code in SIGNING:
        return _signing(now)
    return None


def _version_to_sign(now: Situation) -> CharterVersion | None:
    version = now.papers.version
    if version is None or (
        version.status != CharterVersion.Status.CIRCULATED and now.papers.draft is not None
    ):
        return None
    return version


def _unsigned(now: Situation) -> tuple[list[str], list[str]]:
    """Parties that have not signed: those that can, and those that do not take part any more."""
    missing = [p for p in now.participants if now.papers.signed.get(p.pk) is False]
    can = [p.name for p in missing if p.status == Participant.Status.ACCEPTED]
    return can, [p.name for p in missing if p.name not in can]


def _is_signed_out(now: Situation) -> bool:
    """Whether there is a version to sign, and nobody who could still sign it."""
    return _version_to_sign(now) is not None and not _unsigned(now)[0]


def _signing(now: Situation) -> Task | None:
    version = _version_to_sign(now)
    if version is None:
        return None
    missing, away = _unsigned(now)
    if not missing and away and version.status == CharterVersion.Status.CIRCULATED:
        return Task(
            _("Begin the next version of the charter"),
            _(
                "Version %(number)s cannot be ratified any more: every party that still takes part "
                "has signed it."
            )
            % {"number": version.number},
            reverse("charter_version", args=[version.pk]),
        )
    if not missing:
        return None
    return Task(
        ngettext(
            "Remind %(count)s organisation to sign version %(number)s",
            "Remind %(count)s organisations to sign version %(number)s",
            len(missing),
        )
        % {"count": in_words(len(missing)), "number": version.number},
        _("%(names)s.") % {"names": names_of(missing)},
        reverse("charter_remind", args=[version.pk]),
        button=_("Write the reminder"),
    )


def _ask_for_pain(now: Situation) -> Task:
    painless = [p for p in now.taking_part if not p.pain]
    return Task(
        _("Ask %(names)s for the pain") % {"names": names_of([p.name for p in painless])},
        ngettext(
            "It has not said what the problem costs it.",
            "They have not said what the problem costs them.",
            len(painless),
        ),
        reverse("participant_pain", args=[painless[0].pk])
        if len(painless) == 1
        else now.page("people"),
    )


def _see_weight(now: Situation) -> Task | None:
    light = [p.name for p in now.taking_part if p.representatives.all() and not has_substance(p)]
    if not light:
        return None
    return Task(
        _("See what weight is at the table from %(names)s") % {"names": names_of(light)},
        _("Nobody has seen them decide, know the field or be listened to yet."),
        now.page("people"),
    )


def _standings(now: Situation) -> dict[str, Fraction]:
    """What each element can be relied on for, 0–100, in the order of the elements.

    What nobody has said or recorded anything about stands between weak and strong. A bank may ask
    about elements of its own; they stand where people put them.
    """
    standings = {
        row.code: Fraction(50) if row.standing is None else row.standing for row in now.rows
    }
    if now.latest is not None:
        for element in now.latest.result.document["elements"]:
            if element["code"] not in standings and element["score"] is not None:
                standings[element["code"]] = Fraction(str(element["score"]))
    return standings


def _chosen(
    candidates: Sequence[Candidate], standings: Mapping[str, Fraction], places: int
) -> list[Task]:
    """The best candidates for so many places, ordered as the module says."""
    order = {code: place for place, code in enumerate(standings)}
    ranked = sorted(
        (candidate for candidate in candidates if candidate.element in standings),
        key=lambda one: (standings[one.element], order[one.element], -one.points),
    )
    chosen: list[Candidate] = []
    acts: set[str] = set()
    count: Counter[str] = Counter()
    for candidate in ranked:
        act = candidate.act or candidate.task.title
        if act in acts or count[candidate.element] == OF_ONE_ELEMENT:
            continue
        acts.add(act)
        count[candidate.element] += 1
        chosen.append(candidate)
    return [candidate.task for candidate in chosen[: max(places, 0)]]
