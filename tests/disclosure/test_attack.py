"""Thousands of made-up rounds, and an attacker who solves for what single people answered (`attack`)."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import pytest

from assessments.scoring import AnswerSheet, score_element

from .attack import Asked, found_out, found_out_by_two
from .builders import ELEMENTS, earlier, element, former, person, published, rules

ROUNDS = 150
"""So many for each of SEEDS, with two elements each."""
SEEDS = range(10)
SKEWS = [
    (1, 1, 1, 1, 1),
    (1, 3, 4, 3, 1),
    (0, 1, 3, 6, 3),
    (0, 0, 1, 2, 8),
    (8, 2, 1, 0, 0),
    (0, 0, 10, 1, 0),
    (1, 0, 0, 0, 12),
]
"""How often each value of the scale is given: evenly, about the middle, about an end, almost alike."""


def rows(chance: random.Random, people: int, questions: int, left_open: float) -> list[list[Any]]:
    """What `people` answer to an element."""
    skew = chance.choice(SKEWS)
    return [
        [
            chance.choice(["dk", "na", None])
            if chance.random() < left_open
            else chance.choices([1, 2, 3, 4, 5], skew)[0]
            for _question in range(questions)
        ]
        for _person in range(people)
    ]


def made_up(chance: random.Random) -> tuple[int, list[AnswerSheet]]:
    """How many questions an element has, and what people of organisations of one to five say."""
    questions = chance.choice([1, 2, 2, 3, 4])
    sizes = chance.choice([[1] * 5, [1, 4], [2, 3], [1, 2, 2], [1, 1, 1, 2], [2, 2, 2], [5], []])
    sizes = [*sizes, *chance.choices([1, 1, 2, 3], k=chance.choice([0, 0, 1, 3]))]
    while sum(sizes) < 5:
        sizes.append(chance.choice([1, 2]))
    names = [f"O{number}" for number, size in enumerate(sizes) for _person in range(size)]
    left_open = chance.choice([0, 0, 0.1])
    both = [rows(chance, len(names), questions, left_open) for _element in ELEMENTS]
    return questions, [person(*one) for one in zip(names, *both, strict=True)]


def asked(document: dict[str, Any], sheets: list[AnswerSheet], code: str, **more: Any) -> Asked:
    questions = len(element(document, code)["questions"])
    [rule] = [rule for rule in rules(questions) if rule.code == code]
    return Asked(element(document, code), rule, sheets, **more)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_answer_is_found_out(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret by it
    found, told = [], 0
    for _round in range(ROUNDS):
        questions, sheets = made_up(chance)
        document = published(sheets, rules=rules(questions))
        insider = chance.randrange(len(sheets))
        for code in ELEMENTS:
            known = asked(document, sheets, code)
            told += known.entry["score"] is not None
            found += [
                (sheets, cells)
                for one in (None, insider)
                if (cells := found_out(known, insider=one))
            ]
    assert found == []
    assert told > ROUNDS  # else there was nothing to solve


@pytest.mark.parametrize("seed", SEEDS)
def test_nor_by_two_rounds_whose_people_differ_by_a_few(seed: int) -> None:
    chance = random.Random(1000 + seed)  # noqa: S311 - nothing is kept secret by it
    found, paired = [], 0
    for _round in range(ROUNDS // 3):
        questions = chance.choice([1, 2, 3])
        everyone = [f"O{number}" for number in range(chance.randrange(5, 9))]
        gone, come = chance.randrange(3), chance.randrange(3)
        first, second = (
            everyone[: len(everyone) - gone],
            [*everyone, "X", "Y"][: len(everyone) + come],
        )
        if chance.random() < 0.5:
            first = second = everyone
        tables = [
            [
                person(*one)
                for one in zip(
                    names,
                    *(rows(chance, len(names), questions, 0) for _element in ELEMENTS),
                    strict=True,
                )
            ]
            for names in (first, second)
        ]
        before_document = published(tables[0], rules=rules(questions))
        scored = {rule.code: score_element(rule, tables[0]) for rule in rules(questions)}
        document = published(
            tables[1], rules=rules(questions), earlier=earlier(tables[0], elements=scored)
        )
        for code, change in zip(
            ELEMENTS, (document["change"] or {"elements": [None] * 2})["elements"], strict=True
        ):
            if change is None:
                continue
            paired += change["paired_difference"] is not None
            for insider in (None, chance.choice(second)):
                cells = found_out_by_two(
                    asked(document, tables[1], code),
                    asked(before_document, tables[0], code, name="before"),
                    change,
                    insider=insider,
                )
                if cells:
                    found.append((tables, cells))
    assert found == []
    assert paired > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_nor_where_nobody_else_changed_their_mind(seed: int) -> None:
    """The attacker takes it, and rightly, that whoever answered both rounds said the same in both."""
    chance = random.Random(2000 + seed)  # noqa: S311 - nothing is kept secret by it
    found, told = [], 0
    for _round in range(ROUNDS // 3):
        questions = chance.choice([1, 2, 3, 4])
        names = [f"O{number}" for number in range(chance.randrange(6, 11))]
        answers = [rows(chance, len(names) + 4, questions, 0) for _element in ELEMENTS]
        joined, left = chance.choice([(1, 0), (0, 1), (1, 1), (2, 1), (0, 2), (2, 2)])
        people = [person(*one) for one in zip([*names, "W", "X", "Y", "Z"], *answers, strict=True)]
        tables = people[: len(names)], people[left : len(names) + joined]
        before = published(tables[0], rules=rules(questions))
        document = published(
            tables[1],
            rules=rules(questions),
            former=[former(tables[0], before, joined=joined, left=left, rules=rules(questions))],
        )
        for code in ELEMENTS:
            known = (
                asked(document, tables[1], code),
                asked(before, tables[0], code, name="before"),
            )
            told += known[0].entry["score"] is not None
            for insider in (None, chance.choice(names[left:])):
                cells = found_out_by_two(*known, None, insider=insider, nobody_changed=True)
                if cells:
                    found.append((tables, questions, code, insider, cells))
    assert found == []
    assert told > 10


@pytest.mark.parametrize("people", [5, 6, 7, 9])
def test_what_all_said_alike_is_published_of_others_too(people: int) -> None:
    """Whoever knows these rules works out which tables are published so. Of one question to organisations of one
    person each: no mean is told of a single table alone, in which all say the same. Near an end of the scale the
    end is told, by design."""
    [rule] = [one for one in rules(1) if one.code == "pain"]
    tables: dict[str, list[tuple[int, ...]]] = {}
    for values in itertools.combinations_with_replacement(range(1, 6), people):
        sheets = [person(f"O{n}", (value,)) for n, value in enumerate(values)]
        entry = element(published(sheets, rules=[rule]), "pain")
        if not entry["withheld"] and not entry["extreme"]:
            tables.setdefault(json.dumps(entry, sort_keys=True), []).append(values)
    alone = [found[0] for found in tables.values() if len(found) == 1]
    assert [values for values in alone if len(set(values)) == 1] == []
    assert len(tables) > people


# The attacker finds what is there to be found -------------------------------------------------------


def told(score: float, mean: float, **more: Any) -> dict[str, Any]:
    """An entry of one question as it would stand without a rule against it."""
    return {
        "score": score,
        "person_mean": None,
        "extreme": False,
        "rwg": None,
        "ad": None,
        "ad_up_to": None,
        "agreed": None,
        "questions": [{"code": "pain1", "mean": mean}],
        **more,
    }


def solved(
    entry: dict[str, Any], sheets: list[AnswerSheet], insider: int | None = None
) -> set[int]:
    """The people who are found out."""
    return {cell[1] for cell in found_out(Asked(entry, rules(1)[0], sheets), insider=insider)}


def test_the_attacker_tells_organisations_of_two_sizes_apart() -> None:
    # A's one says a, B's four b in all: a + b/4 = 6 by the score of 50, a + b = 18 by the mean of 3.6;
    # so a = 2. Of B it is known that they say 16 together.
    sheets = [person("A", (2,)), *(person("B", (value,)) for value in (3, 4, 4, 5))]
    assert solved(told(50, 3.6), sheets) == {0}
    assert solved(told(50, None), sheets) == set()


def test_the_attacker_reads_full_agreement() -> None:
    sheets = [person(f"O{n}", (3,)) for n in range(5)]
    assert solved(told(50, 3, rwg=1, ad=0, agreed=True), sheets) == {0, 1, 2, 3, 4}
    assert solved(told(50, 3, agreed=True), sheets) == set()


def test_the_attacker_takes_their_own_answer_off() -> None:
    # 21 in all; whoever said 1 knows that four others said 20, which is 5 each.
    sheets = [person("O0", (1,)), *(person(f"O{n}", (5,)) for n in range(1, 5))]
    assert solved(told(80, 4.2), sheets) == set()
    assert solved(told(80, 4.2), sheets, insider=0) == {1, 2, 3, 4}


def test_the_attacker_sees_who_weighs_most_near_an_end() -> None:
    # One step less of A's one takes 12.5 off the score, of B's four 3.1 each; 3.1 are off.
    sheets = [person("A", (5,)), *(person("B", (value,)) for value in (5, 5, 5, 4))]
    assert solved(told(96.88, None), sheets) == {0}
