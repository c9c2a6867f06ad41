"""What a round can be expected to show, and to whom, from who is asked: read before it opens.

It counts as if everybody answered every question. What answers themselves withhold is known when the round has
closed; the rules are those by which results are published (docs/scoring.md, "Who may see what").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alliances.models import Alliance
from alliances.services.counts import first_capital, in_words, quoted, shortly
from assessments.disclosure import may_stand_alone, told_apart
from assessments.models import Bank, Invitation, Round
from assessments.scoring import MINIMUM_PAIRS, DimensionRules
from assessments.services.former_rounds import (
    Crowd,
    apart,
    asked_alike,
    broken_down,
    names_now,
    published_rounds,
)
from assessments.services.sheets import bank_rules, round_rules


@dataclass(frozen=True)
class Asked:
    """Somebody who is asked: the organisation, by name and by its record in the alliance, and the address."""

    organisation: str
    participant: int | None
    email: str


@dataclass(frozen=True)
class Expected:
    """Whether something will be shown, why, and what would change that."""

    what: str
    verdict: str
    is_withheld: bool
    why: str


def foresee(
    *,
    alliance: Alliance,
    bank: Bank,
    mode: str,
    threshold: int,
    asked: Sequence[Asked],
    dimensions: Sequence[DimensionRules] | None = None,
) -> list[Expected]:
    """What a round on these terms will show of the alliance. Not of a round about one person.

    `dimensions` are what is asked of the bank, where that is not all.
    """
    if mode != Round.Mode.CONFIDENTIAL:
        return _open_by_organisation(asked)
    whole = _whole(len(asked), threshold)
    if whole.is_withheld:  # with all that there is of it
        return [whole]
    lines = [whole, _elements(threshold), *_statements(asked, threshold)]
    lines += _beside_others(alliance, bank, dimensions, threshold, asked)
    return [*lines, _comments(threshold), _by_organisation()]


def foresee_of_person(*, threshold: int, peers: int) -> list[Expected]:
    """What a round about one person will show, to that person alone."""
    return [
        _shown(
            _("What peers say"),
            ngettext(
                "To the person alone, once %(k)s peers have answered. %(count)s is asked.",
                "To the person alone, once %(k)s peers have answered. %(count)s are asked.",
                peers,
            )
            % {"k": in_words(threshold), "count": in_words(peers)},
        )
        if peers >= threshold
        else _withheld(
            _("What peers say"),
            _("It takes %(k)s peers. Ask more of them.") % {"k": in_words(threshold)},
        ),
        _shown(
            _("Comments of peers"),
            _("To the person alone, without names, on elements on which %(k)s peers commented.")
            % {"k": in_words(threshold)},
        ),
        _withheld(
            _("To you, and to the members"),
            _("Nothing. Nobody but the person reads the result."),
        ),
    ]


def foresee_round(round: Round, invitations: Sequence[Invitation]) -> list[Expected]:
    """What `round`, whose list of `invitations` is fixed, will show."""
    if round.is_about_a_person:
        peers = sum(not one.of_oneself for one in invitations)
        return foresee_of_person(threshold=round.threshold, peers=peers)
    return foresee(
        alliance=round.alliance,
        bank=round.bank,
        mode=round.mode,
        threshold=round.threshold,
        asked=[
            Asked(one.organisation.name, one.organisation.participant_id, one.email)
            for one in invitations
        ],
        dimensions=round_rules(round) if round.asked else None,
    )


def _shown(what: str, why: str) -> Expected:
    return Expected(what, pgettext("a figure", "shown"), False, why)


def _withheld(what: str, why: str) -> Expected:
    return Expected(what, pgettext("a figure", "withheld"), True, why)


def _depends(what: str, why: str) -> Expected:
    return Expected(what, pgettext("a figure", "depends on answers"), False, why)


def _whole(people: int, threshold: int) -> Expected:
    words = {"k": in_words(threshold), "people": in_words(people)}
    if people < threshold:
        return _withheld(
            _("The result"),
            _("It takes %(k)s people who answer, and %(people)s are asked. Ask more people.")
            % words,
        )
    return _shown(
        _("The result"),
        _("Once %(k)s of the %(people)s people asked have answered. With fewer, nothing is shown.")
        % words,
    )


def _elements(threshold: int) -> Expected:
    return _depends(
        _("Each element’s score"),
        _(
            "Where %(k)s people have a score on it, and as far as it leaves each person’s answer open; the fewer are "
            "asked, the more often it does not. Where all stand near one end of the scale, that end alone: 95 or "
            "above, 5 or below."
        )
        % {"k": in_words(threshold)},
    )


def _statements(asked: Sequence[Asked], threshold: int) -> list[Expected]:
    """The means of statements, and the mean over people beside the mean over organisations."""
    what = _("The mean of each statement, and how far views differ")
    few = told_apart(Counter(one.organisation for one in asked), threshold=threshold)
    if not few:
        every = _(
            "As far as it leaves each person’s answer open. That is known when the round has closed."
        )
        return [_depends(what, every), _depends(_("The mean over people"), _with_as_many())]
    words = {"names": shortly(sorted(few)), "k": in_words(threshold)}
    return [
        _depends(
            what,
            _(
                "As far as it leaves each person’s answer open, which is known when the round has closed. One "
                "statement of each element is withheld in any case, as the mean over people is."
            ),
        ),
        _withheld(
            _("The mean over people"),
            ngettext(
                "%(names)s has another number of people here than the others, too few to stand alone. Beside the "
                "mean over organisations it would tell what they said. Ask as many people of each organisation, "
                "or %(k)s or more, of two organisations, for each number.",
                "%(names)s have another number of people here than the others, too few to stand alone. Beside the "
                "mean over organisations it would tell what they said. Ask as many people of each organisation, "
                "or %(k)s or more, of two organisations, for each number.",
                len(few),
            )
            % words,
        ),
    ]


def _with_as_many() -> str:
    return _(
        "Beside the mean over organisations, as far as it leaves each person’s answer open. Who is missing in the "
        "end may change that."
    )


def _beside_others(
    alliance: Alliance,
    bank: Bank,
    dimensions: Sequence[DimensionRules] | None,
    threshold: int,
    asked: Sequence[Asked],
) -> list[Expected]:
    """What rounds with these questions before it make of it; nothing where there was none."""
    beside = list(published_rounds(alliance, bank).order_by("-closed_at", "-pk"))
    if not beside:
        return []
    if dimensions is None:
        dimensions = bank_rules(bank)
    now = Crowd()
    for one in asked:
        now.add(one.organisation, one.email)
    present = {one.participant: one.organisation for one in asked if one.participant}
    movement = _movement(beside, bank, dimensions, threshold, now, present)
    return [movement, *_few_others(beside, dimensions, threshold, now, present)]


def _movement(
    beside: Sequence[Round],
    bank: Bank,
    dimensions: Sequence[DimensionRules],
    threshold: int,
    now: Crowd,
    present: Mapping[int, str],
) -> Expected:
    """Since the last round."""
    last = beside[0]
    what = _("Movement since %(round)s of those that answer both times") % {
        "round": quoted(last.name)
    }
    alike = {rules.code for rules in asked_alike(bank, list(dimensions), last)} & _scored(last)
    if not alike:
        return _withheld(
            what,
            _("It asked other questions, or its scores are withheld, so nothing is compared."),
        )
    then = Crowd.of(last, names_now(last, present))
    both = now.sizes.keys() & then.sizes.keys()
    least = max(threshold, last.threshold)
    if sum(now.sizes[name] for name in both) < least:
        return _withheld(
            what,
            _(
                "Fewer than %(k)s of the people asked are of organisations that answered then. Ask more of these."
            )
            % {"k": in_words(least)},
        )
    if len(both) < MINIMUM_PAIRS:
        return _withheld(
            what,
            _("It takes %(least)s organisations that answer both times. Ask more of them.")
            % {"least": in_words(MINIMUM_PAIRS)},
        )
    called = {f"\0{key}": name for key, name in last.organisations.values_list("pk", "name")}
    for sizes, answered_then in ((now.sizes, False), (then.sizes, True)):
        if answered_then and not last.is_confidential:
            continue  # told by organisation anyway
        if not may_stand_alone(sizes, both, threshold=least):
            over = sorted(called.get(name, name) for name in sizes if name not in both)
            return _left_over(what, over, least, answered_then=answered_then)
    missing = sorted(called.get(name, name) for name in then.sizes if name not in both)
    if last.is_confidential and missing and alike <= broken_down(last, beside):
        return _withheld(
            what,
            _(
                "Part of that round was compared with another already. Beside that, this movement would tell what "
                "one organisation said. Ask %(names)s as well."
            )
            % {"names": shortly(missing)},
        )
    return _depends(
        what,
        _(
            "As far as it leaves each person’s answer open, which is known when the round has closed."
        ),
    )


def _scored(round: Round) -> set[str]:
    """Codes of the elements of which its result tells a score."""
    entries = round.result.document["elements"]
    return {entry["code"] for entry in entries if entry["score"] is not None}


def _few_others(
    beside: Sequence[Round],
    dimensions: Sequence[DimensionRules],
    threshold: int,
    now: Crowd,
    present: Mapping[int, str],
) -> list[Expected]:
    """What is withheld beside rounds that all but a few of these people answered, whenever they were."""
    codes = {rules.code for rules in dimensions}
    lines = []
    for former in beside:
        least = max(threshold, former.threshold)
        then = Crowd.of(former, names_now(former, present, by_name=True))
        others = apart(now, then)["fewest"]
        if 0 < others < least and codes & _scored(former):
            lines.append(
                _depends(
                    _("Statements, agreement and movement, beside %(round)s")
                    % {"round": quoted(former.name)},
                    ngettext(
                        "%(count)s person is another than then. Where nothing shows that more have changed an answer, an "
                        "element’s score alone is told. Ask the same people, or %(k)s others.",
                        "%(count)s people are others than then. Where nothing shows that more have changed an answer, an "
                        "element’s score alone is told. Ask the same people, or %(k)s others.",
                        others,
                    )
                    % {"count": first_capital(in_words(others)), "k": in_words(least)},
                )
            )
    return lines


def _left_over(what: str, names: list[str], least: int, *, answered_then: bool) -> Expected:
    words = {"names": shortly(names), "k": in_words(least)}
    if answered_then:
        why = ngettext(
            "%(names)s answered then and is not asked now: what was said there could be worked out. Ask the same organisations again.",
            "%(names)s answered then and are not asked now: what was said there could be worked out. Ask the same organisations again.",
            len(names),
        )
    else:
        why = ngettext(
            "%(names)s is new: what is said there could be worked out. It takes two new organisations with %(k)s people, or none.",
            "%(names)s are new: what is said there could be worked out. It takes two new organisations with %(k)s people, or none.",
            len(names),
        )
    return _withheld(what, why % words)


def _comments(threshold: int) -> Expected:
    return _shown(
        _("Comments"),
        _("Without names and organisations, on elements on which %(k)s people commented.")
        % {"k": in_words(threshold)},
    )


def _by_organisation() -> Expected:
    return _withheld(
        _("Figures by organisation"),
        _(
            "In a confidential round always. A round that is open by organisation shows them; people answer more "
            "carefully then."
        ),
    )


def _open_by_organisation(asked: Sequence[Asked]) -> list[Expected]:
    alone = sorted(
        name for name, people in Counter(one.organisation for one in asked).items() if people == 1
    )
    scores = _("With its name, to you and to the members.")
    if alone:
        scores += " " + ngettext(
            "Of %(names)s one person is asked, whose own scores these are. Ask more people of it, or open a "
            "confidential round.",
            "Of %(names)s one person each is asked, whose own scores these are. Ask more people of them, or open a "
            "confidential round.",
            len(alone),
        ) % {"names": shortly(alone)}
    return [
        _shown(_("Each organisation’s scores"), scores),
        _shown(
            _("Scores, statements and movement of the whole"), _("As they are; none is withheld.")
        ),
        _shown(_("Comments"), _("With the organisation’s name.")),
    ]
