"""Batches are full, stay as they are, and leave no alliance alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.statistics import Share, full_batches


def rounds(*brought: tuple[int, int]) -> list[list[Share]]:
    """A round each: its alliance, and how many answered."""
    return [[Share(alliance, respondents)] for alliance, respondents in brought]


@pytest.mark.parametrize(
    ("brought", "batches"),
    [
        ([], []),
        # as many people as are needed, and as many alliances
        ([(1, 10), (2, 10), (3, 10)], [[0, 1, 2]]),
        ([(1, 10), (2, 10), (3, 9)], []),
        ([(1, 20), (2, 20)], []),
        # one alliance that asks three times is one
        ([(1, 20), (1, 20), (2, 20)], []),
        # a big one waits for two small ones, and goes nowhere without both
        ([(1, 300), (2, 5)], []),
        ([(1, 300), (2, 5), (3, 5)], [[0, 1, 2]]),
        # what comes after waits for a batch of its own
        ([(1, 10), (2, 10), (3, 10), (4, 29)], [[0, 1, 2]]),
        ([(1, 10), (2, 10), (3, 10), (4, 29), (1, 5), (2, 5)], [[0, 1, 2], [3, 4, 5]]),
    ],
)
def test_batches(brought: list[tuple[int, int]], batches: list[list[int]]) -> None:
    assert full_batches(rounds(*brought)) == batches


@pytest.mark.parametrize(
    ("answers", "is_full"),
    [
        (["5 4 4", "1 1 5", "4 4 4"], True),
        # all the same
        (["5 5 5", "5 5 5", "5 5 5"], False),
        (["3 3 3", "3 3 3", "3 3 3"], False),
        # the first differs, and whoever knows the first reads all others
        (["5 1 2", "3 3 3", "3 3 3"], False),
        (["5 1 2", "3 3 4", "3 3 3"], True),
        (["1 1 1", "5 5 5", "1 1 1"], False),
        (["1 1 1", "5 5 5", "1 1 1", "5 5 5"], True),
    ],
)
def test_nobody_is_left_with_the_same_answer(answers: list[str], is_full: bool) -> None:
    """Alliances of twelve: each figure stands for four people."""
    steps = [
        [Share(alliance, 12, {answer: 4 * given.count(answer) for answer in given.split()})]
        for alliance, given in enumerate(answers)
    ]
    everything = [list(range(len(steps)))]
    assert full_batches(steps) == (everything if is_full else [])


def test_steps_are_not_parted() -> None:
    """A figure that few count in waits for the next batch of its bank, and takes it whole."""
    few = [Share(1, 6), Share(2, 6), Share(3, 6)]
    more = [Share(4, 20), Share(5, 20), Share(6, 20)]
    assert full_batches([few, more, few]) == [[0, 1]]
    assert full_batches([[], more]) == [[0, 1]]


STEPS = st.lists(
    st.lists(st.builds(Share, st.integers(1, 5), st.integers(5, 40)), min_size=1, max_size=2),
    max_size=20,
)


@given(STEPS, STEPS)
def test_what_comes_later_changes_no_batch(before: Any, later: Any) -> None:
    batches = full_batches(before)
    assert full_batches([*before, *later])[: len(batches)] == batches


@given(STEPS)
def test_every_batch_is_full_and_in_order(steps: Any) -> None:
    batches = full_batches(steps)
    places = [place for batch in batches for place in batch]
    assert places == list(range(len(places)))
    for batch in batches:
        shares = [share for place in batch for share in steps[place]]
        assert sum(share.respondents for share in shares) >= 30
        assert len({share.alliance for share in shares}) >= 3
