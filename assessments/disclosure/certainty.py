"""Whether the figures that are told of an element leave somebody's answer certain.

An answer is not certain where another table of answers, with another value there, gives the very same
figures. Such tables are looked for by small changes of the true one, and each is checked, so that what is
called open is open; where none is found, the answer is taken for certain. Who answered for which organisation
counts as known; who left what open does not, for nobody is told. Whoever asks may be one of the respondents,
and know their own answers: no single other respondent may be needed for all tables that are found.

Statistical disclosure control calls this auditing: Hundepool et al., Statistical Disclosure Control
(2012), chapter 4.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import ceil, lcm, sqrt

from assessments.scoring import ElementScore, Given, agreement, t_quantile_975

Change = tuple[int, str, int]
"""A respondent by place, the code of a question, and by how much their value changes."""

MOST_ALONG = 3
"""So many answers change hands along with the one that is looked at: more are seldom needed."""


class Spread(Enum):
    """How much is told of how far answers differ."""

    EXACT = "exact"
    """r_WG and AD."""
    ROUNDED = "rounded"
    """AD alone, rounded up to quarters of a step."""
    NONE = "none"


@dataclass(frozen=True)
class End:
    """A score that is `told` for all from `least` to `greatest`."""

    told: Fraction
    least: Fraction
    greatest: Fraction


@dataclass(frozen=True)
class Moves:
    """What is told of how organisations moved between two rounds: their mean, and whether it is more than noise."""

    by: Mapping[str, Fraction]
    """Of each that answered both: its score in the later round less that in the earlier."""
    later: bool
    """Whether the table is that of the later round."""
    interval: bool
    """Whether the interval of the mean is told, too: it goes with how far the moves differ, so that none of
    their scores may change."""

    def keeps(self, changed: Mapping[str, Fraction]) -> bool:
        """Whether the figures stay if the scores of these organisations change by this."""
        inside = {name: by for name, by in changed.items() if by and name in self.by}
        if self.interval or not inside:
            return not inside
        if sum(inside.values()) != 0:
            return False
        sign = 1 if self.later else -1
        squares = self._squares + sum(
            float((self.by[name] + sign * by) ** 2 - self.by[name] ** 2)
            for name, by in inside.items()
        )
        return self._more_than_noise(squares) == self._more_than_noise(self._squares)

    @cached_property
    def _mean(self) -> float:
        return float(sum(self.by.values(), Fraction(0)) / len(self.by))

    @cached_property
    def _squares(self) -> float:
        return sum(float(move**2) for move in self.by.values())

    def _more_than_noise(self, squares: float) -> bool:
        """As `paired_change` has it, from the sum of the squares of the moves."""
        count = len(self.by)
        variance = max(squares - count * self._mean**2, 0) / (count - 1)
        return abs(self._mean) > t_quantile_975(count - 1) * sqrt(variance / count)


@dataclass(frozen=True)
class Figures:
    """Which figures are told of an element beside its score, counts and whether people agreed."""

    means: frozenset[str] = frozenset()
    """Codes of the questions whose mean is."""
    person_mean: bool = False
    spread: Spread = Spread.NONE
    """How far answers differ."""
    agreed: bool = True
    """Whether people agreed is."""
    moves: Moves | None = None
    """What changed of the organisations that answered twice is."""
    ends: End | None = None
    """The score is told as this."""
    alone: frozenset[str] = frozenset()
    """Organisations of whose respondents each one's score may be worked out otherwise."""


def leaves_certain(element: ElementScore, figures: Figures) -> bool:
    """Whether any answer to `element` is certain for who knows `figures`, and one respondent's answers."""
    table = _Table(element, figures)
    # Of people who answered alike, and count alike, one stands for all.
    people = {table.likeness(person): person for person in range(len(element.given))}
    return not all(
        table.is_open(person, code)
        for person in people.values()
        for code in element.given[person].values
    )


class _Table:
    """The true answers, and what a change of them does to the figures."""

    def __init__(self, element: ElementScore, figures: Figures) -> None:
        self.element = element
        self.figures = figures
        self.questions = {question.code: question for question in element.questions}
        self.rows = element.given
        people = Counter(row.organisation for row in self.rows if row.score is not None)
        self.sizes = [people[row.organisation] if row.score is not None else 0 for row in self.rows]
        self.organisations = len(people)
        # Whether rows of a kind change hands without moving any figure that is told.
        self.is_settled = figures.moves is None or figures.moves.interval
        self.kinds: list[Hashable] = [
            self._kind(size, row) for size, row in zip(self.sizes, self.rows, strict=True)
        ]
        self.pulls, self.point = self._pulls(self.organisations)
        self.alike: dict[Hashable, Counter[int | None]] = defaultdict(Counter)
        for kind, row in zip(self.kinds, self.rows, strict=True):
            for code in self.questions:
                self.alike[kind, code][row.values.get(code)] += 1

    def _kind(self, size: int, row: Given) -> Hashable:
        """People of one kind count alike in the score, in the moves, and in what may be known of them."""
        moves, name = self.figures.moves, row.organisation
        moved = moves is not None and name in moves.by
        held = name in self.figures.alone or (moved and self.is_settled)
        return size, moved, row.score if held else None

    def likeness(self, person: int) -> Hashable:
        """The same for people whose answers can be told apart by no figure."""
        row = self.rows[person]
        where = None if self.is_settled else row.organisation
        return self.kinds[person], where, frozenset(row.values.items())

    def _pulls(self, organisations: int) -> tuple[list[dict[str, int]], int]:
        """By how much the element's score rises with one more on each question that somebody answered; and
        how much of that is a point of the score. Whole numbers, which are quick to add."""
        exact = []
        for size, row in zip(self.sizes, self.rows, strict=True):
            weights = sum((self.questions[code].weight for code in row.values), Fraction(0))
            exact.append(
                {
                    code: self._step(code) / weights / size / organisations if size else Fraction(0)
                    for code in row.values
                }
            )
        point = lcm(*(pull.denominator for row in exact for pull in row.values()))
        return [{code: int(pull * point) for code, pull in row.items()} for row in exact], point

    def _step(self, code: str) -> Fraction:
        """Of the weighted position, 0–100, for one more on the scale."""
        question = self.questions[code]
        step = question.weight * Fraction(100, question.maximum - question.minimum)
        return -step if question.reverse else step

    def is_open(self, person: int, code: str) -> bool:
        """Whether the answer may as well have been another, whoever asks."""
        counted = self.alike[self.kinds[person], code]
        otherwise = counted.total() - counted[self.rows[person].values[code]]
        if otherwise >= 2 and self.is_settled:
            return True  # one of `_rows`, with either of two others
        needed: set[int] | None = None
        for others in self._found(person, code):
            needed = others if needed is None else needed & others
            if not needed:
                return True
        return False

    def _found(self, person: int, code: str) -> Iterator[set[int]]:
        """Whose answers change beside this person's, for each table that fits."""
        yield from self._rows(person, code)
        exact = self.figures.spread is Spread.EXACT
        moves = self._swaps(person, code) if exact else self._moves(person, code)
        for move in moves:
            if self._fits(move):
                yield {other for other, _code, _by in move} - {person}

    def _rows(self, person: int, code: str) -> Iterator[set[int]]:
        """All that two people answered changes hands, whose organisations sent as many: no figure moves.
        With it goes what they left open."""
        given = self.rows[person].values[code]
        for other, row in enumerate(self.rows):
            if self.kinds[other] != self.kinds[person] or row.values.get(code) == given:
                continue
            if self.is_settled or self._may_change_hands(person, other):
                yield {other}

    def _may_change_hands(self, person: int, other: int) -> bool:
        moves, mine, theirs = self.figures.moves, self.rows[person], self.rows[other]
        if moves is None or mine.score is None or theirs.score is None:
            return True
        by = (theirs.score - mine.score) / self.sizes[person]
        if mine.organisation == theirs.organisation:
            return True
        return moves.keeps({mine.organisation: by, theirs.organisation: -by})

    def _swaps(self, person: int, code: str) -> Iterator[list[Change]]:
        """Some of what two people answered changes hands. No mean and no spread of a question moves."""
        mine = self.rows[person].values
        for other, row in enumerate(self.rows):
            theirs = row.values
            if other == person or code not in theirs or theirs[code] == mine[code]:
                continue
            rest = [
                at for at in mine.keys() & theirs.keys() if theirs[at] != mine[at] and at != code
            ]
            for count in range(min(len(rest), MOST_ALONG) + 1):
                for along in combinations(rest, count):
                    yield [
                        change
                        for at in (code, *along)
                        for by in [theirs[at] - mine[at]]
                        for change in ((person, at, by), (other, at, -by))
                    ]

    def _moves(self, person: int, code: str) -> Iterator[list[Change]]:
        """Another answer here, and what makes up for it elsewhere."""
        question, value = self.questions[code], self.rows[person].values[code]
        others = [
            other for other, row in enumerate(self.rows) if other != person and code in row.values
        ]
        for by in range(question.minimum - value, question.maximum - value + 1):
            if by == 0:
                continue
            first = (person, code, by)
            pull = self.pulls[person][code] * by
            if code not in self.figures.means:
                yield from self._made_up([first], pull, range(len(self.rows)))
            for other in others:
                both = [first, (other, code, -by)]
                left = pull - self.pulls[other][code] * by
                if code in self.figures.means:
                    yield from self._made_up(both, left, (person, other))
                yield from self._crossed(both, left)

    def _made_up(
        self, changes: list[Change], left: int, people: Sequence[int]
    ) -> Iterator[list[Change]]:
        """`changes`, and one answer of these people to a question whose mean is not told, which makes up
        for what is `left` of the score."""
        if not left or self.figures.ends:
            yield changes
        if not left:
            return
        taken = {(person, code) for person, code, _by in changes}
        for person in people:
            for code, pull in self.pulls[person].items():
                if code in self.figures.means or (person, code) in taken or not pull:
                    continue
                if left % pull == 0:
                    yield [*changes, (person, code, -left // pull)]

    def _crossed(self, both: list[Change], left: int) -> Iterator[list[Change]]:
        """`both`, and the two same people's answers to another question, the other way round."""
        (person, code, by), (other, _code, _by) = both
        for at in self.pulls[person].keys() & self.pulls[other].keys() - {code}:
            apart = self.pulls[person][at] - self.pulls[other][at]
            if apart and left % apart == 0:
                more = -left // apart
            elif not apart and not left and self.pulls[person][at]:
                # Alike in weight: each person's own score may stay as it is.
                more = -by * self.pulls[person][code] // self.pulls[person][at]
            else:
                continue
            yield [*both, (person, at, more), (other, at, -more)]

    def _fits(self, move: list[Change]) -> bool:
        """Whether every figure stays as it is told."""
        moved = {(person, code): self.rows[person].values[code] + by for person, code, by in move}
        if not all(
            self.questions[code].minimum <= value <= self.questions[code].maximum
            for (_person, code), value in moved.items()
        ):
            return False
        means: dict[str, int] = defaultdict(int)
        scores: dict[str, int] = defaultdict(int)
        alone: dict[int, int] = defaultdict(int)
        for person, code, by in move:
            pull = self.pulls[person][code] * by
            means[code] += by
            scores[self.rows[person].organisation] += pull
            if self.rows[person].organisation in self.figures.alone:
                alone[person] += pull
        if any(by for code, by in means.items() if code in self.figures.means):
            return False
        if any(alone.values()) or not self._keeps_moves(scores):
            return False
        if not self._keeps_score(sum(scores.values())):
            return False
        if self.figures.person_mean and self._moves_person_mean(move):
            return False
        # Answers that change hands leave every question's values as they are.
        return self.figures.spread is Spread.EXACT or self._keeps_agreement(moved)

    def _keeps_score(self, pulled: int) -> bool:
        end, score = self.figures.ends, self.element.score
        if end is None or score is None:
            return pulled == 0
        return end.least <= score + Fraction(pulled, self.point) <= end.greatest

    def _keeps_moves(self, pulled: Mapping[str, int]) -> bool:
        moves = self.figures.moves
        if moves is None:
            return True
        whole = Fraction(self.organisations, self.point)
        return moves.keeps({name: whole * by for name, by in pulled.items()})

    def _moves_person_mean(self, move: list[Change]) -> bool:
        """An answer counts in it as in the score, times how many people its organisation sent."""
        return (
            sum(self.pulls[person][code] * self.sizes[person] * by for person, code, by in move)
            != 0
        )

    def _keeps_agreement(self, moved: dict[tuple[int, str], int]) -> bool:
        true = self.element.agreement
        if true is None or self.figures.ends or not self.figures.agreed:
            return True  # nothing is told of it
        values: dict[str, list[int]] = {code: [] for code in self.questions}
        for person, row in enumerate(self.rows):
            for code, value in row.values.items():
                values[code].append(moved.get((person, code), value))
        found = agreement(
            [replace(asked, values=tuple(values[code])) for code, asked in self.questions.items()]
        )
        if found is None or found.agreed != true.agreed:
            return False
        return self.figures.spread is Spread.NONE or up_to_quarters(found.ad) == up_to_quarters(
            true.ad
        )


def up_to_quarters(figure: Fraction) -> Fraction:
    """The next quarter that is not below `figure`; a quarter for 0 too, which would be full agreement."""
    return max(Fraction(ceil(figure * 4), 4), Fraction(1, 4))
