"""Common ground: each state by a case that one can count."""

from __future__ import annotations

import pytest

from alliances.models import DifferencePair, Position, Profile
from tests.assessments.evidence.records import found, make_item, moment, state_of
from tests.factories import make_alliance, make_participant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kinds", "state", "fact"),
    [
        (["assumption", "source", "standard", "source"], "met", "4 items"),
        (["assumption", "source"], "partly", "2 items, no standard"),
        (["source", "source"], "not", "2 items, no assumption and no standard"),
        (["standard"], "not", "1 item, no assumption and no source"),
        ([], "n/a", None),
    ],
)
def test_register_whole(kinds, state, fact):
    alliance = make_alliance()
    for kind in kinds:
        make_item(alliance, kind)
    check = found(alliance, "common-ground")["register-whole"]
    assert check[:2] == (state, 1)
    assert fact is None or check[2] == fact


@pytest.mark.parametrize(
    ("first", "second", "state", "fact"),
    [
        # how many of five parties have a position on each of two items
        (5, 4, "met", "9 of 10 positions"),
        (5, 3, "partly", "8 of 10 positions"),
        (5, 0, "partly", "5 of 10 positions"),
        (4, 0, "not", "4 of 10 positions"),
    ],
)
def test_positions_known(first, second, state, fact):
    alliance = make_alliance()
    for _ in range(5):
        make_participant(alliance)
    make_item(alliance, agree=first)
    make_item(alliance, agree=second)
    assert found(alliance, "common-ground")["positions-known"] == (state, 2, fact)


def test_who_has_accepted_counts_and_nobody_else():
    alliance = make_alliance()
    make_participant(alliance)
    invited = make_participant(alliance, status="invited")
    gone = make_participant(alliance, status="left")
    item = make_item(alliance, agree=1)
    for participant in (invited, gone):
        Position.objects.create(item=item, participant=participant, stance="disagree")
    assert state_of(alliance, "positions-known") == ("met", "1 of 1 positions")
    assert state_of(alliance, "positions-agreed") == ("met", "1 of 1 position")
    assert state_of(alliance, "widest-split")[0] == "n/a"


@pytest.mark.parametrize(
    ("agree", "live", "disagree", "agreed", "split", "words"),
    [
        # split is 400 · (mean of squares − square of mean); agree 1, live ½, disagree 0
        (8, 2, 0, ("met", "10 of 10 positions"), "met", "8 agree, 2 can live with it, 0 disagree"),
        # nine of ten; mean 0.9, squares 0.9: 400 · 0.09 = 36
        (
            9,
            0,
            1,
            ("met", "9 of 10 positions"),
            "partly",
            "9 agree, 0 can live with it, 1 disagree",
        ),
        # three of four; mean ½, squares 3/8: 400 · 1/8 = 50
        (
            2,
            4,
            2,
            ("partly", "6 of 8 positions"),
            "partly",
            "2 agree, 4 can live with it, 2 disagree",
        ),
        # mean 9/16, squares 17/32: 400 · 55/256 = 85.9
        (4, 1, 3, ("not", "5 of 8 positions"), "not", "4 agree, 1 can live with it, 3 disagree"),
        # mean ½, squares 5/16: 400 · 1/16 = 25
        (1, 6, 1, ("partly", "7 of 8 positions"), "met", "1 agree, 6 can live with it, 1 disagree"),
        # mean ⅓, squares ⅓: 400 · 2/9 = 88.9
        (1, 0, 2, ("not", "1 of 3 positions"), "not", "1 agree, 0 can live with it, 2 disagree"),
        # mean 9/10, squares 7/8: 400 · 0.065 = 26
        (
            17,
            2,
            1,
            ("met", "19 of 20 positions"),
            "partly",
            "17 agree, 2 can live with it, 1 disagree",
        ),
    ],
)
def test_positions_agreed_and_widest_split(agree, live, disagree, agreed, split, words):
    alliance = make_alliance()
    for _ in range(agree + live + disagree):
        make_participant(alliance)
    make_item(alliance, agree=agree, live=live, disagree=disagree)
    checks = found(alliance, "common-ground")
    assert checks["positions-agreed"] == (agreed[0], 2, agreed[1])
    assert checks["widest-split"] == (split, 1, words)


def test_sixty_is_partly_and_the_widest_item_decides():
    # 60 = 400 · 0.15: of ten, three agree, three disagree and four can live with it:
    # mean ½, squares 3/10 + 1/10 = 2/5, less ¼ = 0.15
    alliance = make_alliance()
    for _ in range(10):
        make_participant(alliance)
    make_item(alliance, agree=10)
    make_item(alliance, agree=3, live=4, disagree=3)
    assert state_of(alliance, "widest-split") == (
        "partly",
        "3 agree, 4 can live with it, 3 disagree",
    )
    make_item(alliance, agree=4, live=3, disagree=3)  # 400 · (4¾/10 − (5½/10)²) = 69
    assert state_of(alliance, "widest-split")[0] == "not"


def test_one_position_splits_nobody_and_none_is_no_agreement():
    alliance = make_alliance()
    for _ in range(2):
        make_participant(alliance)
    make_item(alliance)
    assert state_of(alliance, "positions-known") == ("not", "0 of 2 positions")
    assert state_of(alliance, "positions-agreed")[0] == "n/a"
    assert state_of(alliance, "widest-split")[0] == "n/a"
    make_item(alliance, disagree=1)
    assert state_of(alliance, "positions-agreed") == ("not", "0 of 1 position")
    assert state_of(alliance, "widest-split")[0] == "n/a"


@pytest.mark.parametrize(
    ("profiles", "state", "fact"),
    [
        # (mandate, decides) of each; None has no profile
        ([("Water", "top"), ("Land", "consent")], "met", "2 of 2 organisations"),
        ([("Water", "top"), None], "partly", "1 of 2 organisations"),
        ([("Water", "top"), ("", "top"), ("Land", "")], "not", "1 of 3 organisations"),
        ([("Water", "")], "not", "0 of 1 organisation"),
        ([None], "n/a", "Nothing on record yet"),
    ],
)
def test_profiles_known(profiles, state, fact):
    alliance = make_alliance()
    for profile in profiles:
        participant = make_participant(alliance)
        if profile:
            mandate, decides = profile
            Profile.objects.create(participant=participant, mandate=mandate, decides=decides)
    assert found(alliance, "common-ground")["profiles-known"] == (state, 1, fact)


@pytest.mark.parametrize(
    ("pairs", "state", "fact"),
    [
        # (opened, revealed) so many days ago
        ([(9, 5), (9, 0)], "met", "2 of 2 pairs"),
        ([(9, 5), (9, None)], "partly", "1 of 2 pairs"),
        ([(9, 5), (9, -1), (0, None)], "not", "1 of 3 pairs"),
        ([(9, 5), (-1, None)], "met", "1 of 1 pair"),  # opened tomorrow
        ([], "n/a", "Nothing on record yet"),
    ],
)
def test_differences_seen(pairs, state, fact):
    alliance = make_alliance()
    first = make_participant(alliance)
    for opened, revealed in pairs:
        DifferencePair.objects.create(
            alliance=alliance,
            first=first,
            second=make_participant(alliance),
            opened_at=moment(opened),
            revealed_at=None if revealed is None else moment(revealed),
        )
    assert found(alliance, "common-ground")["differences-seen"] == (state, 1, fact)
