"""The decision map as its page shows it: what is unclear, who has which part, what one party is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alliances.models import Alliance, Decision, DecisionPart, Participant
from alliances.services.counts import first_capital, in_words, listed, shortly
from alliances.services.decisions.keeping import parties_of

# Beyond so many parties the table of decisions × parties gives way to the list.
COLUMNS = 10
# More than so many who must approve make a decision slow.
APPROVALS = 3

Part = DecisionPart.Part


@dataclass(frozen=True)
class Cell:
    """One party's part in one decision: a value of DecisionPart.Part or "", its letter, its words."""

    part: str
    letter: str
    words: str


@dataclass(frozen=True)
class Group:
    """The parties with one part in a decision. `everyone` where all that have accepted have it;
    `short` names the first of them, and is "" where all can be named."""

    part: str
    words: str
    names: list[str]
    everyone: bool
    short: str

    @property
    def sentence(self) -> str:
        """All of them in a row."""
        return listed(self.names)


@dataclass(frozen=True)
class Row:
    """One decision. `unclear` says what keeps people from knowing who decides; `slow` is a note.

    `cells` stand in the order of the parties; there are none where the parties are too many.
    """

    decision: Decision
    cells: list[Cell]
    groups: list[Group]
    unclear: str
    slow: str


@dataclass(frozen=True)
class DecisionMap:
    """All decisions. `is_wide` where there are too many parties for a table."""

    finding: str
    addition: str
    parties: list[Participant]
    rows: list[Row]
    is_wide: bool

    @property
    def is_empty(self) -> bool:
        return not self.rows

    @property
    def unclear(self) -> list[Row]:
        return [row for row in self.rows if row.unclear]

    @property
    def slow(self) -> list[Row]:
        return [row for row in self.rows if row.slow]


@dataclass(frozen=True)
class Asked:
    """The decisions in which one party has this part; `whole` are those of the alliance as a whole."""

    words: str
    decisions: list[Decision]


@dataclass(frozen=True)
class PartyView:
    """What is asked of one party."""

    party: Participant
    finding: str
    asked: list[Asked]


def letter_of(part: str) -> str:
    """The letter that stands for a part in the table."""
    return {"decides": _("D"), "approves": _("A"), "consulted": _("C"), "informed": _("I")}[part]


def legend() -> list[Cell]:
    """The four parts, each with its letter and words."""
    return [Cell(part, letter_of(part), str(label)) for part, label in Part.choices]


def read_map(*, alliance: Alliance) -> DecisionMap:
    """The map of `alliance`, in three queries however many parties and decisions there are.

    Parties are those that have accepted; a part of one that has left counts for nothing.
    """
    parties = list(parties_of(alliance))
    decisions, parts = _decisions(alliance)
    rows = [_row(decision, parts.get(decision.pk, {}), parties) for decision in decisions]
    finding, addition = _finding(rows)
    return DecisionMap(
        finding=finding,
        addition=addition,
        parties=parties,
        rows=rows,
        is_wide=len(parties) > COLUMNS,
    )


def read_party(*, alliance: Alliance, party: Participant) -> PartyView:
    """What the map asks of `party`, in two queries."""
    by_part: dict[str, list[Decision]] = {part: [] for part in Part.values}
    whole = []
    decisions, parts = _decisions(alliance, party)
    for decision in decisions:
        part = parts.get(decision.pk, {}).get(party.pk)
        if part:
            by_part[part].append(decision)
        if decision.by_alliance:
            whole.append(decision)
    asked = [
        Asked(first_capital(str(Part(part).label)), decisions)
        for part, decisions in by_part.items()
        if decisions
    ]
    if whole:
        asked.insert(0, Asked(_("Decides with all the others"), whole))
    return PartyView(party=party, finding=_asked_in_words(party, by_part, whole), asked=asked)


def _decisions(
    alliance: Alliance, party: Participant | None = None
) -> tuple[list[Decision], dict[int, dict[int, str]]]:
    """The decisions, and by the key of each the parts by the key of the party; those of `party`
    alone where it is given."""
    parts: dict[int, dict[int, str]] = {}
    rows = DecisionPart.objects.filter(decision__alliance=alliance)
    if party is not None:
        rows = rows.filter(participant=party)
    for decision, participant, part in rows.order_by().values_list(
        "decision_id", "participant_id", "part"
    ):
        parts.setdefault(decision, {})[participant] = part
    return list(alliance.decisions.all()), parts


def _row(decision: Decision, parts: dict[int, str], parties: Sequence[Participant]) -> Row:
    by_part: dict[str, list[str]] = {part: [] for part in Part.values}
    for party in parties:
        if party.pk in parts:
            by_part[parts[party.pk]].append(party.name)
    return Row(
        decision=decision,
        cells=[_cell(parts.get(party.pk, "")) for party in parties]
        if len(parties) <= COLUMNS
        else [],
        groups=[
            _group(part, names, len(names) == len(parties) > 1)
            for part, names in by_part.items()
            if names
        ],
        unclear=_unclear(decision, by_part[Part.DECIDES]),
        slow=_slow(by_part[Part.APPROVES]),
    )


def _cell(part: str) -> Cell:
    if not part:
        return Cell("", "", _("no part"))
    return Cell(part, letter_of(part), str(Part(part).label))


def _group(part: str, names: list[str], everyone: bool) -> Group:
    short = shortly(names)
    return Group(
        part=part,
        words=first_capital(_in_the_plural(part) if len(names) > 1 else str(Part(part).label)),
        names=names,
        everyone=everyone,
        short="" if short == listed(names) else short,
    )


def _in_the_plural(part: str) -> str:
    return {
        "decides": _("decide"),
        "approves": pgettext("several parties", "must approve"),
        "consulted": _("are consulted"),
        "informed": _("are informed"),
    }[part]


def _unclear(decision: Decision, deciders: Sequence[str]) -> str:
    """What keeps people from knowing who decides; "" where nothing does."""
    if decision.by_alliance and deciders:
        return ngettext(
            "The alliance decides as a whole, and %(names)s decides too. Choose one of the two.",
            "The alliance decides as a whole, and %(names)s decide too. Choose one of the two.",
            len(deciders),
        ) % {"names": shortly(deciders)}
    if decision.by_alliance:
        return ""
    if not deciders:
        return _("Nobody decides. Name one party, or leave it to the alliance as a whole.")
    if len(deciders) > 1:
        return first_capital(
            _(
                "%(count)s decide: %(names)s. Name one of them, or leave it to the alliance as a "
                "whole."
            )
            % {"count": in_words(len(deciders)), "names": shortly(deciders)}
        )
    return ""


def _slow(approving: Sequence[str]) -> str:
    if len(approving) <= APPROVALS:
        return ""
    return first_capital(
        _("%(count)s must approve. Each of them can hold it up: could some be consulted instead?")
        % {"count": in_words(len(approving))}
    )


def _finding(rows: Sequence[Row]) -> tuple[str, str]:
    if not rows:
        return "", ""
    first = first_capital(
        ngettext(
            "%(count)s decision is on the map.", "%(count)s decisions are on the map.", len(rows)
        )
        % {"count": in_words(len(rows))}
    )
    nobody = sum(
        not row.decision.by_alliance and not any(group.part == Part.DECIDES for group in row.groups)
        for row in rows
    )
    several = sum(bool(row.unclear) for row in rows) - nobody
    if not nobody and not several:
        return first, ngettext(
            "It is clear who decides it.", "For each it is clear who decides.", len(rows)
        )
    if len(rows) == 1:
        return first, _("Nobody decides it.") if nobody else _("More than one decides it.")
    said = []
    if nobody:
        said.append(
            ngettext(
                "%(count)s has nobody who decides", "%(count)s have nobody who decides", nobody
            )
            % {"count": in_words(nobody)}
        )
    if several:
        said.append(
            ngettext(
                "%(count)s has more than one who does",
                "%(count)s have more than one who does",
                several,
            )
            if nobody
            else ngettext(
                "%(count)s has more than one who decides",
                "%(count)s have more than one who decides",
                several,
            )
        )
        said[-1] %= {"count": in_words(several)}
    return first, first_capital(_("%(said)s.") % {"said": listed(said)})


def _asked_in_words(
    party: Participant, by_part: dict[str, list[Decision]], whole: Sequence[Decision]
) -> str:
    counted = {part: len(decisions) for part, decisions in by_part.items()}
    said = [
        words % {"count": in_words(counted[part])}
        for part, words in (
            ("decides", _("decides %(count)s on its own") if whole else _("decides %(count)s")),
            ("approves", _("must approve %(count)s")),
            ("consulted", _("is consulted on %(count)s")),
            ("informed", _("is informed of %(count)s")),
        )
        if counted[part]
    ]
    if whole:
        shared = (
            _("%(count)s with all the others")
            if counted["decides"]
            else _("decides %(count)s with all the others")
        )
        said.insert(1 if counted["decides"] else 0, shared % {"count": in_words(len(whole))})
    if not said:
        return _("%(party)s has no part in any decision on the map.") % {"party": party.name}
    return _("%(party)s %(said)s.") % {"party": party.name, "said": listed(said)}
