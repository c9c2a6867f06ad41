"""An attacker who knows everything but the answers, and solves for them.

They know the bank and how it is scored, who answered for which organisation, and every figure of a
published element. The
unknown answers are whole numbers; each is one of the values of its scale, a 0 or 1 for each value. Means,
scores and, where the means are told, sums of squares and of deviations are linear in these, so that one
integer programme holds all that is known. An answer is found out where no other value fits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from assessments.scoring import AnswerSheet, DimensionRules, position

HALF_A_CENT = 0.005 + 1e-9
"""Figures are told to two decimals."""

Cell = tuple[str, int, str]
"""Which round, a person by place in its list, and the code of a question."""
Term = tuple[Cell, int]
"""A cell has this value."""


@dataclass
class Asked:
    """A round as the attacker knows it: what is published of one element, how that is scored, and who
    answered for whom. The answers in `sheets` are what is to be found."""

    entry: dict[str, Any]
    rules: DimensionRules
    sheets: Sequence[AnswerSheet]
    name: str = "now"


@dataclass
class Told:
    """What the attacker holds together: unknown answers, and the equations that the figures are."""

    truth: dict[Cell, int] = field(default_factory=dict)
    values: dict[Cell, range] = field(default_factory=dict)
    rows: list[dict[Term, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, terms: dict[Term, float], low: float, high: float) -> None:
        self.rows.append(terms)
        self.low.append(low)
        self.high.append(high)


def found_out(asked: Asked, *, insider: int | None = None) -> set[Cell]:
    """The answers that the published figures leave no other value for, but those of the `insider`, who is
    one of the respondents and knows them.

    Left out are those of people beside whom somebody of an organisation that sent as many answered
    otherwise: who left what open is known to nobody, and all that the two answered may change hands.
    """
    told = Told()
    _add_round(told, asked)
    found = _fixed(told, {cell for cell in told.truth if cell[1] == insider})
    return {cell for cell in found if not _changes_hands(asked, cell, insider)}


def found_out_by_two(
    now: Asked,
    before: Asked,
    change: dict[str, Any] | None,
    *,
    insider: str | None = None,
    nobody_changed: bool = False,
) -> set[Cell]:
    """The same of two rounds, and what is told of the change between them. The `insider` is the one
    respondent of an organisation. Where `nobody_changed`, the attacker takes it, and rightly, that
    whoever answered both rounds said the same; each is then the one respondent of an organisation."""
    told = Told()
    for asked in (now, before):
        _add_round(told, asked)
    if change is not None:
        _add_change(told, now, before, change)
    if nobody_changed:
        _add_same_answers(told, now, before)
    known = {
        (asked.name, person, code)
        for asked in (now, before)
        for person, sheet in enumerate(asked.sheets)
        if sheet.organisation == insider
        for code in sheet.answers
    }
    return _fixed(told, known & told.truth.keys())


def _changes_hands(asked: Asked, cell: Cell, insider: int | None) -> bool:
    sizes = Counter(asked.sheets[person].organisation for person in _scored(asked))
    scored = _scored(asked).keys()

    def kind(person: int) -> int:
        return sizes[asked.sheets[person].organisation] if person in scored else 0

    _round, person, code = cell
    return any(
        kind(other) == kind(person) and _value(sheet, code) != _value(asked.sheets[person], code)
        for other, sheet in enumerate(asked.sheets)
        if other != insider
    )


def _value(sheet: AnswerSheet, code: str) -> int | None:
    value = sheet.answers.get(code)
    return value if isinstance(value, int) else None


def _add_round(told: Told, asked: Asked) -> None:
    for question in asked.rules.questions:
        for person, sheet in enumerate(asked.sheets):
            if (value := _value(sheet, question.code)) is None:
                continue
            cell = (asked.name, person, question.code)
            told.truth[cell] = value
            told.values[cell] = range(question.minimum, question.maximum + 1)
            told.add({(cell, one): 1.0 for one in told.values[cell]}, 1, 1)
    _add_score(told, asked)
    _add_questions(told, asked)


def _scored(asked: Asked) -> dict[int, dict[Term, Fraction]]:
    """Whoever has a score, and what each of their answers would add to it."""
    scored = {}
    for person, sheet in enumerate(asked.sheets):
        applicable = [q for q in asked.rules.questions if sheet.answers.get(q.code) != "na"]
        placed = [q for q in applicable if _value(sheet, q.code) is not None]
        if not placed or 2 * len(placed) < len(applicable):
            continue
        weights = sum((q.weight for q in placed), Fraction(0))
        scored[person] = {
            ((asked.name, person, q.code), value): q.weight * position(q, value) / weights
            for q in placed
            for value in range(q.minimum, q.maximum + 1)
        }
    return scored


def _organisations(asked: Asked) -> dict[str, dict[Term, float]]:
    """What each answer would add to the score of its organisation."""
    scored = _scored(asked)
    sizes = Counter(asked.sheets[person].organisation for person in scored)
    found: dict[str, dict[Term, float]] = {name: {} for name in sizes}
    for person, terms in scored.items():
        name = asked.sheets[person].organisation
        found[name] |= {term: float(share / sizes[name]) for term, share in terms.items()}
    return found


def _add_score(told: Told, asked: Asked) -> None:
    entry, scored = asked.entry, _scored(asked)
    organisations = _organisations(asked)
    by_organisation = {
        term: share / len(organisations)
        for terms in organisations.values()
        for term, share in terms.items()
    }
    by_person = {
        term: float(share / len(scored))
        for terms in scored.values()
        for term, share in terms.items()
    }
    for figure, terms in (("score", by_organisation), ("person_mean", by_person)):
        if entry[figure] is None:
            continue
        if entry["extreme"]:
            # Of the score alone: the person mean is called after it, wherever it stands.
            if figure == "score":
                told.add(terms, *((95, 100) if entry[figure] == 95 else (0, 5)))
        else:
            told.add(terms, entry[figure] - HALF_A_CENT, entry[figure] + HALF_A_CENT)


def _add_questions(told: Told, asked: Asked) -> None:
    cells = {
        question.code: [c for c in told.truth if c[0] == asked.name and c[2] == question.code]
        for question in asked.rules.questions
    }
    totals = {}
    for question in asked.entry["questions"]:
        of_it = cells[question["code"]]
        if question["mean"] is None:
            continue
        total = round(question["mean"] * len(of_it))
        totals[question["code"]] = total
        told.add({(c, v): float(v) for c in of_it for v in told.values[c]}, total, total)
    several = {code for code, of_it in cells.items() if len(of_it) >= 2}
    if not several or not several <= totals.keys():
        return  # with a mean unknown, deviations from it are not linear
    options = asked.rules.questions[0].maximum - asked.rules.questions[0].minimum + 1
    chance = (options**2 - 1) / 12
    squares: dict[Term, float] = {}
    deviations: dict[Term, float] = {}
    for code in several:
        mean = totals[code] / len(cells[code])
        for cell in cells[code]:
            for value in told.values[cell]:
                share = 1 / len(cells[code]) / len(several)
                squares[cell, value] = (value - mean) ** 2 / (len(cells[code]) - 1) / len(several)
                deviations[cell, value] = abs(value - mean) * share
    if asked.entry["rwg"] is not None:
        told.add(squares, *_variances(asked.entry["rwg"], len(several), chance))
        ad = asked.entry["ad"]
        told.add(deviations, ad - HALF_A_CENT, ad + HALF_A_CENT)
    elif asked.entry["ad_up_to"] is not None:
        ad = asked.entry["ad_up_to"]
        told.add(deviations, 0 if ad == 0.25 else ad - 0.25 + 1e-6, ad + 1e-9)
    if asked.entry["rwg"] is None and asked.entry["agreed"]:
        told.add(squares, 0, _variances(0.7, len(several), chance)[1])
        told.add(deviations, 0, options / 6 + 1e-9)


def _add_same_answers(told: Told, now: Asked, before: Asked) -> None:
    then = {sheet.organisation: person for person, sheet in enumerate(before.sheets)}
    for person, sheet in enumerate(now.sheets):
        if (same := then.get(sheet.organisation)) is None:
            continue
        for question in now.rules.questions:
            cell, other = (
                (now.name, person, question.code),
                (before.name, same, question.code),
            )
            if cell in told.truth and other in told.truth:
                for value in told.values[cell]:
                    told.add({(cell, value): 1.0, (other, value): -1.0}, 0, 0)


def _add_change(told: Told, now: Asked, before: Asked, change: dict[str, Any]) -> None:
    """What is told of the organisations that answered twice; score and score before stand in the rounds."""
    if change["paired_difference"] is None or now.entry["extreme"] or before.entry["extreme"]:
        return
    ours, theirs = _organisations(now), _organisations(before)
    both = ours.keys() & theirs.keys()
    moves = [ours[name] | {term: -share for term, share in theirs[name].items()} for name in both]
    mean = change["paired_difference"]
    whole = {term: share / len(both) for move in moves for term, share in move.items()}
    told.add(whole, mean - HALF_A_CENT, mean + HALF_A_CENT)
    if change["low"] is not None and change["low"] == change["high"]:
        for move in moves:  # none of them differs from their mean
            told.add(move, mean - HALF_A_CENT, mean + HALF_A_CENT)


def _variances(rwg: float, count: int, chance: float) -> tuple[float, float]:
    """The least and the greatest mean variance that gives this r_WG(J)."""

    def variance(r: float) -> float:
        return chance * count * (1 - r) / (count * (1 - r) + r)

    if rwg <= 0:
        return variance(HALF_A_CENT) - 1e-9, np.inf
    return variance(min(rwg + HALF_A_CENT, 1)) - 1e-9, variance(rwg - HALF_A_CENT) + 1e-9


def _fixed(told: Told, known: Collection[Cell]) -> set[Cell]:
    """The cells that have one value in every table of answers that fits, but those that are `known`."""
    terms = [(cell, value) for cell in told.truth for value in told.values[cell]]
    place = {term: number for number, term in enumerate(terms)}
    entries = [
        (share, number, place[term])
        for number, row in enumerate(told.rows)
        for term, share in row.items()
    ]
    shares, down, across = zip(*entries, strict=True)
    fits = LinearConstraint(
        csr_array((shares, (down, across)), shape=(len(told.rows), len(terms))), told.low, told.high
    )
    least = np.zeros(len(terms))
    for cell in known:
        least[place[cell, told.truth[cell]]] = 1
    unsure = {cell for cell in told.truth if cell not in known}
    while unsure:
        # As few of the true values as can be: where all of them stay, there is no other table.
        costs = np.zeros(len(terms))
        for cell in unsure:
            costs[place[cell, told.truth[cell]]] = 1
        solved = milp(
            costs, constraints=fits, integrality=np.ones(len(terms)), bounds=Bounds(least, 1)
        )
        assert solved.x is not None, solved.message
        left = {cell for cell in unsure if solved.x[place[cell, told.truth[cell]]] > 0.5}
        if left == unsure:
            break
        unsure = left
    return unsure
