"""The checks of docs/scoring.md, each state by a case that one can count."""

from __future__ import annotations

import pytest

from assessments.evidence import collect_evidence
from tests.factories import make_alliance, make_participant, make_representative

pytestmark = pytest.mark.django_db


def found(alliance, element):
    return {
        check.code: (check.state.value, check.points, check.fact)
        for check in collect_evidence(alliance)[element]
    }


def pain(strength):
    return {"pain": "Floods", "drive": "fear", "strength": strength}


def test_nothing_recorded_is_no_evidence():
    alliance = make_alliance()
    make_participant(alliance, "A")
    states = {
        check.code: check.state.value
        for checks in collect_evidence(alliance).values()
        for check in checks
    }
    assert set(states.values()) == {"n/a"}
    assert len(states) == 8


@pytest.mark.parametrize(
    ("strengths", "silent", "stated", "strong", "alike"),
    [
        # strengths of those who stated it, how many did not
        ([7, 7], 0, ("met", "2 of 2 have stated it"), ("met", 7), ("met", "7 to 7")),
        ([7], 1, ("partly", "1 of 2 has stated it"), ("met", 7), None),
        ([9], 2, ("not", "1 of 3 has stated it"), ("met", 9), None),
        # an even number: the lower middle one, 6
        ([6, 9], 0, ("met", "2 of 2 have stated it"), ("partly", 6), ("met", "6 to 9")),
        ([3, 3, 9], 0, ("met", "3 of 3 have stated it"), ("not", 3), ("not", "3 to 9")),
        ([4, 8, 9], 0, ("met", "3 of 3 have stated it"), ("met", 8), ("partly", "4 to 9")),
    ],
)
def test_common_pain(strengths, silent, stated, strong, alike):
    alliance = make_alliance()
    for strength in strengths:
        make_participant(alliance, **pain(strength))
    for _ in range(silent):
        make_participant(alliance)
    make_participant(alliance, status="declined", **pain(1))  # takes no part, so does not count
    checks = found(alliance, "common-pain")
    assert checks["pain-stated"] == (stated[0], 2, stated[1])
    assert checks["pain-strong"] == (strong[0], 1, f"Middle strength {strong[1]} of 10")
    if alike is None:
        assert checks["pain-alike"][0] == "n/a"
    else:
        assert checks["pain-alike"] == (alike[0], 1, f"Strengths from {alike[1]}")


@pytest.mark.parametrize(
    ("statuses", "state", "fact"),
    [
        (["accepted"] * 4 + ["declined"], "met", "4 of 5 accepted"),
        (["accepted", "accepted", "left", "invited", "declined"], "partly", "3 of 5 accepted"),
        (["accepted", "invited", "invited"], "not", "1 of 3 accepted"),
    ],
)
def test_invitations_accepted(statuses, state, fact):
    alliance = make_alliance()
    for status in statuses:
        make_participant(alliance, status=status, people=1)
    assert found(alliance, "convener-of-stature")["invitations-accepted"] == (state, 2, fact)


def test_convener_named():
    alliance = make_alliance()
    participant = make_participant(alliance, "Port")
    person = make_representative(participant, role="leader")
    assert found(alliance, "convener-of-stature")["convener-named"] == ("not", 1, "Nobody named")
    person.role = "convener"
    person.save()
    assert found(alliance, "convener-of-stature")["convener-named"] == ("met", 1, "Port")


def test_substance():
    # Seats: P1 seen (1 of 1 claim), P2 claimed twice, seen once; P3 looked for and not seen; an
    # observer holds no seat. Seats with substance 2 of 3; claims 2 of 4.
    alliance = make_alliance()
    make_representative(
        make_participant(alliance, "A"), cognitive_claimed=True, cognitive_observed="yes"
    )
    make_representative(
        make_participant(alliance, "B"),
        authoritative_claimed=True,
        authoritative_observed="yes",
        reputational_claimed=True,
    )
    third = make_participant(alliance, "C")
    make_representative(third, authoritative_claimed=True, authoritative_observed="no")
    make_representative(third, role="observer", cognitive_claimed=True, cognitive_observed="yes")
    checks = found(alliance, "representatives-of-substance")
    assert checks["seats-with-substance"] == ("partly", 2, "2 of 3 seats")
    assert checks["claims-observed"] == ("partly", 1, "2 of 4 claims")
    assert checks["interests-spoken-for"][0] == "n/a"


@pytest.mark.parametrize(
    ("others", "state", "fact"),
    [
        ([], "met", "All 4 are"),
        (["farmers"], "partly", "Nobody speaks for farmers"),  # 4 of 5
        (["farmers", "anglers"], "not", "Nobody speaks for anglers and farmers"),  # 4 of 6
    ],
)
def test_interests_spoken_for(others, state, fact):
    alliance = make_alliance()
    for interest in ("water", "land", "law", "money"):
        make_participant(alliance, interest=interest, people=1)
    make_participant(alliance, interest="Water")  # the same, and empty: spoken for by the first
    for interest in others:
        make_participant(alliance, interest=interest, status="declined", people=1)
    assert found(alliance, "representatives-of-substance")["interests-spoken-for"] == (
        state,
        2,
        fact,
    )


def test_an_empty_seat_speaks_for_nobody():
    alliance = make_alliance()
    make_participant(alliance, interest="water", people=1)
    make_participant(alliance, interest="land")
    assert found(alliance, "representatives-of-substance")["interests-spoken-for"] == (
        "not",
        2,
        "Nobody speaks for land",
    )


def test_two_queries_however_many(django_assert_num_queries):
    alliance = make_alliance()
    for _ in range(12):
        make_participant(alliance, people=2, **pain(5))
    with django_assert_num_queries(2):
        collect_evidence(alliance)
