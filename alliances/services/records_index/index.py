"""All that an alliance has on record, each kind with where it stands in words and what it is good for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.models import (
    Alliance,
    CharterVersion,
    Participant,
    PurposeCheck,
)
from alliances.services.counts import apart, first_capital, first_small, in_words, listed
from alliances.services.figures import alone_in_words, dated
from alliances.services.records_index.counting import counts_of

NAMED_AT_MOST = 4


@dataclass(frozen=True)
class Entry:
    """One kind of record. `page` is the name of its address, which takes the alliance's key.

    `begun` is None where nothing is kept there, or where the reader may not know.
    """

    page: str
    title: str
    state: str
    purpose: str
    begun: bool | None
    waits: str = ""
    """What waits for somebody there, within a sentence."""


@dataclass(frozen=True)
class Shelf:
    """Kinds of records that belong together."""

    title: str
    entries: list[Entry]


@dataclass(frozen=True)
class Index:
    """The whole page."""

    finding: str
    addition: str
    shelves: list[Shelf]


def read_index(
    *, alliance: Alliance, own: Participant | None, convenes: bool, on: dt.date
) -> Index:
    """What `alliance` has on record on the day `on`, in three queries.

    `own` is the reader's organisation: its internal stakeholders are counted for it alone.
    """
    found = counts_of(alliance, own, on)
    shelves = [
        Shelf(_("What binds"), [_purpose_check(alliance, found), _charter(alliance)]),
        Shelf(_("Common ground"), _common_ground(found)),
        Shelf(_("How we work"), _conduct(found, own, convenes)),
        Shelf(_("What goes in and comes out"), _progress(found)),
        Shelf(_("What happens"), _happenings(found)),
    ]
    finding, addition = _finding([entry for shelf in shelves for entry in shelf.entries])
    return Index(finding=finding, addition=addition, shelves=shelves)


def _finding(entries: Sequence[Entry]) -> tuple[str, str]:
    counted = [entry for entry in entries if entry.begun is not None]
    begun = [entry for entry in counted if entry.begun]
    missing = [entry.title for entry in counted if not entry.begun]
    if not begun:
        return _("Nothing is on record yet."), _("Begin with the purpose check, or the launch.")
    if not missing:
        waits = [entry.waits for entry in entries if entry.waits]
        return _("Every kind of record is begun."), (
            first_capital(_("%(waits)s.") % {"waits": listed(waits)}) if waits else ""
        )
    first = first_capital(
        ngettext(
            "%(begun)s of %(all)s kinds of record is begun.",
            "%(begun)s of %(all)s kinds of record are begun.",
            len(begun),
        )
        % {"begun": in_words(len(begun)), "all": in_words(len(counted))}
    )
    if len(missing) > NAMED_AT_MOST:
        return first, ""
    # A title begins with a capital, as in a list; within a sentence it has none.
    names = [first_small(name) for name in missing]
    return first, _("Nothing yet: %(names)s.") % {"names": listed(names)}


def _purpose_check(alliance: Alliance, found: dict[str, Any]) -> Entry:
    checks = alliance.purpose_checks.annotate(
        written=Count("sentences"),
        # who wrote, and is no party any more
        gone=Count(
            "sentences", filter=~Q(sentences__participant__status=Participant.Status.ACCEPTED)
        ),
    )
    # Django leaves a model's own order out of what it groups.
    latest: PurposeCheck | None = checks.order_by("-opened_at", "-pk").first()
    waits = ""
    if latest is None:
        state = _("Not held yet")
    elif latest.closed_at is None:
        asked = found["parties"] + latest.gone  # type: ignore[attr-defined]
        state = _("Open: %(written)s of %(all)s have written") % {
            "written": alone_in_words(latest.written),  # type: ignore[attr-defined]
            "all": in_words(asked),
        }
        if silent := asked - latest.written:  # type: ignore[attr-defined]
            waits = ngettext(
                "%(count)s party has not written the purpose",
                "%(count)s parties have not written the purpose",
                silent,
            ) % {"count": in_words(silent)}
    else:
        said = ngettext(
            "%(written)s sentence, closed on %(day)s",
            "%(written)s sentences, closed on %(day)s",
            latest.written,  # type: ignore[attr-defined]
        ) % {
            "written": in_words(latest.written),  # type: ignore[attr-defined]
            "day": dated(timezone.localdate(latest.closed_at)),
        }
        state = first_capital(said)
    return Entry(
        "purpose_check",
        _("Purpose check"),
        state,
        _("Shows before you draft whether all mean the same by the purpose."),
        latest is not None,
        waits,
    )


def _charter(alliance: Alliance) -> Entry:
    status = CharterVersion.Status
    versions = {
        version.status: version
        for version in CharterVersion.objects.filter(
            alliance=alliance, status__in=[status.DRAFT, status.CIRCULATED, status.RATIFIED]
        )
        .annotate(
            signed=Count("signatures", distinct=True),
            asked=Count("parties", distinct=True),
            # those of them who take part: who left cannot sign any more
            able=_accepted("parties"),
            able_signed=_accepted("signatures"),
        )
        .only("status", "number")
    }
    said, waits = [], ""
    if ratified := versions.get(status.RATIFIED):
        said.append(_("version %(number)d in force") % {"number": ratified.number})
    if circulated := versions.get(status.CIRCULATED):
        said.append(
            _("version %(number)d circulated, signed by %(signed)s of %(asked)s")
            % {
                "number": circulated.number,
                "signed": alone_in_words(circulated.signed),
                "asked": in_words(circulated.asked),
            }
        )
        if unsigned := circulated.able - circulated.able_signed:
            waits = ngettext(
                "%(count)s party has not signed version %(number)s of the charter",
                "%(count)s parties have not signed version %(number)s of the charter",
                unsigned,
            ) % {"count": in_words(unsigned), "number": circulated.number}
    if draft := versions.get(status.DRAFT):
        said.append(_("version %(number)d being drafted") % {"number": draft.number})
    return Entry(
        "charter",
        _("Charter"),
        first_capital(apart(said)) if said else _("Nothing yet"),
        _("Says what you are together for, how you decide, and how you settle differences."),
        bool(said),
        waits,
    )


def _accepted(rows: str) -> Count:
    """How many of `rows`, parties or signatures, are of organisations that take part."""
    accepted = Q(**{f"{rows}__participant__status": Participant.Status.ACCEPTED})
    return Count(rows, filter=accepted, distinct=True)


def _common_ground(found: dict[str, Any]) -> list[Entry]:
    profiles = _("%(profiles)s of %(parties)s organisations described") % {
        "profiles": in_words(found["profiles"]),
        "parties": in_words(found["parties"]),
    }
    histories = ngettext(
        "%(count)s pair with a history", "%(count)s pairs with a history", found["histories"]
    ) % {"count": in_words(found["histories"])}
    about = [profiles] * bool(found["profiles"]) + [histories] * bool(found["histories"])
    pairs = _both(
        _counted(found["pairs"], ngettext("%(n)s pair", "%(n)s pairs", found["pairs"])),
        ngettext("%(count)s revealed", "%(count)s revealed", found["revealed"])
        % {"count": in_words(found["revealed"])}
        if found["revealed"]
        else _("none revealed yet"),
    )
    return [
        Entry(
            "common_ground",
            _("Register"),
            _counted(found["items"], ngettext("%(n)s item", "%(n)s items", found["items"])),
            _("Which assumptions, sources and standards you share, and where you split."),
            bool(found["items"]),
        ),
        Entry(
            "profiles",
            _("Profiles"),
            first_capital(apart(about)) if about else _("Nothing yet"),
            _(
                "What each should know of the others’ houses, and of what they went through together."
            ),
            bool(about),
        ),
        Entry(
            "differences",
            _("Differences"),
            pairs if found["pairs"] else _("Nothing yet"),
            _("Turns what annoys two parties about each other into what each is good at."),
            bool(found["pairs"]),
        ),
    ]


def _conduct(found: dict[str, Any], own: Participant | None, convenes: bool) -> list[Entry]:
    steps, rules, units = found["steps"], found["rules"], found["units"]
    decisions = found["decisions"]
    if own is not None:
        mine = _counted(
            units, ngettext("%(n)s unit in your own house", "%(n)s units in your own house", units)
        )
    elif convenes:
        mine = _("Each organisation sees its own; you see the sum")
    else:
        mine = _("Each organisation sees its own")
    return [
        Entry(
            "launch",
            _("Launch"),
            first_capital(
                _("%(done)s of %(steps)s steps done")
                % {"done": alone_in_words(found["steps_done"]), "steps": in_words(steps)}
            )
            if steps
            else _("Nothing yet"),
            _("Gives the first weeks a track, so that the relationship is begun on purpose."),
            bool(steps),
        ),
        Entry(
            "decisions",
            _("Decision map"),
            _counted(decisions, ngettext("%(n)s decision", "%(n)s decisions", decisions)),
            _("Says who decides what before somebody needs to know."),
            bool(decisions),
        ),
        Entry(
            "working_rules",
            _("Working rules"),
            _both(
                _counted(rules, ngettext("%(n)s rule", "%(n)s rules", rules)),
                ngettext("%(agreed)s agreed", "%(agreed)s agreed", found["rules_agreed"])
                % {"agreed": in_words(found["rules_agreed"])}
                if found["rules_agreed"]
                else _("none agreed yet"),
            )
            if rules
            else _("Nothing yet"),
            _("Says what people do when it gets hard."),
            bool(rules),
        ),
        Entry(
            "stakeholders",
            _("Internal stakeholders"),
            mine,
            _("Keeps each house behind its own people. Nobody sees another’s."),
            bool(units) if own is not None else None,
        ),
    ]


def _progress(found: dict[str, Any]) -> list[Entry]:
    pledges, metrics = found["pledges"], found["metrics"]
    return [
        Entry(
            "contributions",
            _("Contributions"),
            apart(
                [
                    _counted(pledges, ngettext("%(n)s pledge", "%(n)s pledges", pledges)),
                    _("something has arrived of %(arrived)s")
                    % {"arrived": in_words(found["arrived"])}
                    if found["arrived"]
                    else _("nothing has arrived yet"),
                ]
            )
            if pledges
            else _("Nothing yet"),
            _("Sets what was pledged beside what arrived, and beside what the alliance costs."),
            bool(pledges),
        ),
        Entry(
            "values",
            _("Value expected"),
            first_capital(
                ngettext(
                    "%(expecting)s of %(parties)s organisations has said",
                    "%(expecting)s of %(parties)s organisations have said",
                    found["expecting"],
                )
                % {
                    "expecting": in_words(found["expecting"]),
                    "parties": in_words(found["parties"]),
                }
            )
            if found["expecting"]
            else _("Nothing yet"),
            _("Says what each hopes for beyond sales and cost."),
            bool(found["expecting"]),
        ),
        Entry(
            "metrics",
            _("Metrics"),
            _both(
                _counted(metrics, ngettext("%(n)s metric", "%(n)s metrics", metrics)),
                ngettext("%(n)s reading", "%(n)s readings", found["readings"])
                % {"n": in_words(found["readings"])},
            )
            if metrics
            else _("Nothing yet"),
            _("Measures how you work together as well as what comes of it."),
            bool(metrics),
        ),
    ]


def _happenings(found: dict[str, Any]) -> list[Entry]:
    entries, open_, late = found["entries"], found["actions_open"], found["actions_late"]
    journal = _counted(entries, ngettext("%(n)s entry", "%(n)s entries", entries))
    if found["last_entry"]:
        journal = _both(journal, _("the last of %(day)s") % {"day": dated(found["last_entry"])})
    actions = _("Nothing yet")
    if open_:
        actions = first_capital(
            ngettext("%(open)s open", "%(open)s open", open_) % {"open": in_words(open_)}
        )
        if late:
            actions = _both(
                actions,
                ngettext("%(late)s overdue", "%(late)s overdue", late) % {"late": in_words(late)},
            )
    elif found["actions"]:
        actions = _("None open")
    return [
        Entry(
            "journal",
            _("Journal"),
            journal,
            _("Keeps what happened: meetings and who came, milestones, offers, escalations."),
            bool(entries),
        ),
        Entry(
            "actions",
            _("Actions"),
            actions,
            _("Says who does what until when, so that work goes on between meetings."),
            bool(found["actions"]),
            ngettext("%(count)s action is overdue", "%(count)s actions are overdue", late)
            % {"count": in_words(late)}
            if late
            else "",
        ),
        Entry(
            "momentum",
            _("Momentum"),
            _("Read from the journal, contributions and metrics"),
            _("Says whether the train gains or loses speed, and by which signs."),
            None,
        ),
    ]


def _counted(number: int, words: str) -> str:
    """`words` with the number in them, or that there is nothing yet."""
    return first_capital(words % {"n": in_words(number)}) if number else _("Nothing yet")


def _both(first: str, second: str) -> str:
    """What there is, and what of it: "Two rules, one agreed"."""
    return first_capital(_("%(first)s, %(second)s") % {"first": first, "second": second})
