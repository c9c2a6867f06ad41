"""A round is held against the rounds of the same bank before it, by who answered which."""

from __future__ import annotations

from typing import Any

import pytest

from alliances.models import Alliance
from assessments.models import Invitation, Result
from assessments.services.forgetting import erase_people
from assessments.services.former_rounds import former_rounds
from assessments.services.rounds import close_round
from assessments.services.sheets import round_rules
from tests.factories import MadeRound, make_alliance, make_response, make_round

pytestmark = pytest.mark.django_db

SAID = [(1, 4, 2), (2, 2, 3), (4, 3, 3), (3, 5, 4), (5, 1, 2), (2, 4, 5), (4, 2, 1)]
"""What seven people answer to A1, A2 and A3; no question has a mean that all may have given."""


@pytest.fixture
def alliance() -> Alliance:
    return make_alliance()


def held(
    alliance: Alliance, people: list[int], said: list[tuple[int, ...]], **more: Any
) -> MadeRound:
    """A round that these people answered, not closed yet. Each is the one of an organisation."""
    name = f"Round {alliance.rounds.count() + 1}"
    made = make_round(alliance, organisations=7, name=name, **more)
    for place in people:
        email = f"person{place}@example.org"
        Invitation.objects.filter(pk=made.invitations[place].pk).update(email=email)
        made.invitations[place].refresh_from_db()
        answers: dict[str, int | str] = {
            f"A{number}": value for number, value in enumerate(said[place], 1)
        }
        make_response(made, place, answers=answers, submitted=True)
    return made


def apart(made: MadeRound) -> tuple[int, int, int, set[str]]:
    [found] = former_rounds(made.round, round_rules(made.round))
    changed = {name.removeprefix("Organisation ") for name in found.changed}
    return found.fewest, found.joined, found.left, changed


def means(result: Result) -> list[float | None]:
    return [question["mean"] for question in result.document["elements"][0]["questions"]]


def test_who_joined_and_who_left_is_known_by_their_addresses(alliance: Alliance) -> None:
    close_round(round=held(alliance, [0, 1, 2, 3, 4, 5], SAID).round)
    assert apart(held(alliance, [0, 1, 2, 3, 4, 5], SAID)) == (0, 0, 0, set())


def test_those_who_answered_one_of_two_rounds_count(alliance: Alliance) -> None:
    close_round(round=held(alliance, [0, 1, 2, 3, 4, 5], SAID).round)
    assert apart(held(alliance, [1, 2, 3, 4, 5, 6], SAID)) == (2, 1, 1, {"A", "G"})


def test_addresses_are_alike_whatever_their_capitals(alliance: Alliance) -> None:
    before = held(alliance, [0, 1, 2, 3, 4, 5], SAID)
    Invitation.objects.filter(pk=before.invitations[0].pk).update(email="PERSON0@example.org")
    close_round(round=before.round)
    assert apart(held(alliance, [0, 1, 2, 3, 4, 5], SAID)) == (0, 0, 0, set())


def test_another_person_of_an_organisation_is_another_person(alliance: Alliance) -> None:
    close_round(round=held(alliance, [0, 1, 2, 3, 4, 5], SAID).round)
    made = held(alliance, [0, 1, 2, 3, 4, 5], SAID)
    Invitation.objects.filter(pk=made.invitations[2].pk).update(email="new@example.org")
    assert apart(made) == (2, 1, 1, {"C"})


def test_who_was_erased_may_be_anybody_of_the_organisation(alliance: Alliance) -> None:
    before = held(alliance, [0, 1, 2, 3, 4, 5], SAID)
    close_round(round=before.round)
    erase_people(Invitation.objects.filter(pk=before.invitations[0].pk))
    # Of A the same person or another: nobody is another at least, one each at most.
    assert apart(held(alliance, [0, 1, 2, 3, 4, 5], SAID)) == (0, 1, 1, {"A"})
    # A does not answer now: whoever it was has left.
    assert apart(held(alliance, [1, 2, 3, 4, 5, 6], SAID)) == (2, 1, 1, {"A", "G"})


def test_open_rounds_tell_all(alliance: Alliance) -> None:
    close_round(round=held(alliance, [0, 1, 2, 3, 4, 5], SAID).round)
    made = held(alliance, [1, 2, 3, 4, 5], SAID, mode="open")
    assert former_rounds(made.round, round_rules(made.round)) == []


def test_no_means_where_one_person_would_be_left_over(alliance: Alliance) -> None:
    first = close_round(round=held(alliance, [0, 1, 2, 3, 4, 5, 6], SAID).round)
    # 21 by seven, 21 by seven, 20 by seven
    assert means(first) == [3, 3, 2.86]
    # All but the last say the same again: 21 − 17 would be what they said.
    second = close_round(round=held(alliance, [0, 1, 2, 3, 4, 5], SAID).round)
    assert means(second) == [None, None, None]
    entry = second.document["elements"][0]
    assert (entry["withheld"], entry["person_mean"]) == (False, None)
    change = second.document["change"]["elements"][0]
    assert change["previous"] == first.document["elements"][0]["score"]
    assert change["paired_difference"] is None


def test_means_where_others_changed_their_mind(alliance: Alliance) -> None:
    close_round(round=held(alliance, [0, 1, 2, 3, 4, 5, 6], SAID).round)
    # A1 comes to 25 from 21 though somebody left: others must have changed theirs.
    first = (4, 4, 5, 5, 3, 4)
    said = [(a, b, c) for a, (_, b, c) in zip(first, SAID, strict=False)]
    second = close_round(round=held(alliance, [0, 1, 2, 3, 4, 5], said).round)
    # 25, 19 and 19 by six
    assert means(second) == [4.17, 3.17, 3.17]
