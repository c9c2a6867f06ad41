"""Common pain, convener and representatives: each state by a case that one can count."""

from __future__ import annotations

import pytest

from alliances.models import ExpectedValue
from tests.assessments.evidence.records import found, make_meeting, state_of
from tests.factories import make_alliance, make_participant, make_representative

pytestmark = pytest.mark.django_db


def pain(strength):
    return {"pain": "Floods", "drive": "fear", "strength": strength}


@pytest.mark.parametrize(
    ("strengths", "silent", "stated", "strong", "alike"),
    [
        # strengths of those who stated it, how many did not
        ([7, 7], 0, ("met", "2 of 2 have stated it"), ("met", 7), ("met", "7 to 7")),
        ([7], 1, ("partly", "1 of 2 has stated it"), ("met", 7), None),
        ([9], 2, ("not", "1 of 3 has stated it"), ("met", 9), None),
        # an even number: the lower middle one, 6
        ([6, 9], 0, ("met", "2 of 2 have stated it"), ("partly", 6), ("met", "6 to 9")),
        ([4, 4], 0, ("met", "2 of 2 have stated it"), ("partly", 4), ("met", "4 to 4")),
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


@pytest.mark.parametrize(
    ("seen", "claimed", "state"), [(4, 5, "met"), (3, 5, "partly"), (1, 2, "partly"), (1, 3, "not")]
)
def test_claims_observed(seen, claimed, state):
    alliance = make_alliance()
    for number in range(claimed):
        make_representative(
            make_participant(alliance),
            cognitive_claimed=True,
            cognitive_observed="yes" if number < seen else "no",
        )
    checks = found(alliance, "representatives-of-substance")
    assert checks["claims-observed"] == (state, 1, f"{seen} of {claimed} claims")


def test_what_nobody_claimed_needs_no_confirming():
    alliance = make_alliance()
    make_representative(make_participant(alliance), cognitive_observed="yes")
    checks = found(alliance, "representatives-of-substance")
    assert checks["seats-with-substance"] == ("met", 2, "1 of 1 seat")
    assert checks["claims-observed"][0] == "n/a"


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        ("pain-stated", "19 of 20 have stated it"),
        ("value-named", "19 of 20 have named one"),
        ("seats-with-substance", "19 of 20 seats"),
        ("interests-spoken-for", "Nobody speaks for voice 0"),
    ],
)
def test_all_but_one_of_many_is_not_all(code, fact):
    alliance = make_alliance()
    for number in range(20):
        first = number == 0
        participant = make_participant(
            alliance, interest=f"voice {number}", **({} if first else pain(5))
        )
        make_representative(
            participant,
            role="observer" if first else "representative",
            cognitive_observed="" if first else "yes",
        )
        if not first:
            ExpectedValue.objects.create(participant=participant, kind="brand")
    if code == "seats-with-substance":  # the observer holds no seat; this one does
        make_representative(participant)
    assert state_of(alliance, code) == ("partly", fact)


def test_an_empty_seat_speaks_for_nobody():
    alliance = make_alliance()
    make_participant(alliance, interest="water", people=1)
    make_participant(alliance, interest="land")
    assert found(alliance, "representatives-of-substance")["interests-spoken-for"] == (
        "not",
        2,
        "Nobody speaks for land",
    )


@pytest.mark.parametrize(
    ("naming", "silent", "state", "fact"),
    [
        (2, 0, "met", "2 of 2 have named one"),
        (1, 1, "partly", "1 of 2 has named one"),
        (1, 2, "not", "1 of 3 has named one"),
    ],
)
def test_value_named(naming, silent, state, fact):
    alliance = make_alliance()
    for _ in range(silent):
        make_participant(alliance)
    for _ in range(naming):
        participant = make_participant(alliance)
        for kind in ("learning", "brand"):  # two kinds of one party are one party
            ExpectedValue.objects.create(participant=participant, kind=kind)
    ExpectedValue.objects.create(
        participant=make_participant(alliance, status="invited"), kind="brand"
    )
    assert found(alliance, "common-pain")["value-named"] == (state, 1, fact)


@pytest.mark.parametrize(
    ("meetings", "in_person", "stand_ins"),
    [
        # (in person, stand-in, absent) by meeting, oldest first
        (
            [(3, 0, 1)],
            ("met", "3 of 4 in the last meeting"),
            ("met", "0 of 3 who came in the last meeting"),
        ),
        (
            [(2, 0, 2)],
            ("partly", "2 of 4 in the last meeting"),
            ("met", "0 of 2 who came in the last meeting"),
        ),
        (
            [(1, 0, 2)],
            ("not", "1 of 3 in the last meeting"),
            ("met", "0 of 1 who came in the last meeting"),
        ),
        # 18 of 24 in person is ¾; 2 of 20 who came are a tenth
        (
            [(9, 1, 2), (9, 1, 2)],
            ("met", "18 of 24 in the last 2 meetings"),
            ("met", "2 of 20 who came in the last 2 meetings"),
        ),
        # 3 of 20 are more than a tenth
        (
            [(9, 1, 2), (8, 2, 2)],
            ("partly", "17 of 24 in the last 2 meetings"),
            ("partly", "3 of 20 who came in the last 2 meetings"),
        ),
        (
            [(3, 1, 0)],
            ("met", "3 of 4 in the last meeting"),
            ("partly", "1 of 4 who came in the last meeting"),
        ),
        (
            [(2, 1, 0)],
            ("partly", "2 of 3 in the last meeting"),
            ("not", "1 of 3 who came in the last meeting"),
        ),
        # nobody came: stand-ins have no share of nothing
        ([(0, 0, 2)], ("not", "0 of 2 in the last meeting"), ("n/a", None)),
    ],
)
def test_presence(meetings, in_person, stand_ins):
    alliance = make_alliance()
    for _ in range(12):
        make_participant(alliance)
    for place, (person, stand_in, absent) in enumerate(meetings):
        make_meeting(alliance, 100 - place, person=person, stand_in=stand_in, absent=absent)
    assert state_of(alliance, "came-in-person") == in_person
    assert state_of(alliance, "few-stand-ins")[0] == stand_ins[0]
    if stand_ins[1]:
        assert state_of(alliance, "few-stand-ins")[1] == stand_ins[1]


def test_only_the_last_six_meetings_count_and_none_after_the_day():
    alliance = make_alliance()
    for _ in range(2):
        make_participant(alliance)
    make_meeting(alliance, 200, stand_in=2)  # the seventh from the end
    for days in (100, 90, 80, 70, 60, 0):
        make_meeting(alliance, days, person=2)
    make_meeting(alliance, 10)  # nobody noted who came
    make_meeting(alliance, -1, stand_in=2)  # on the day after
    assert found(alliance, "representatives-of-substance")["came-in-person"] == (
        "met",
        1,
        "12 of 12 in the last 6 meetings",
    )
    assert found(alliance, "representatives-of-substance")["few-stand-ins"] == (
        "met",
        1,
        "0 of 12 who came in the last 6 meetings",
    )


def test_without_a_meeting_nothing_is_said_of_presence():
    alliance = make_alliance()
    make_participant(alliance, people=1)
    assert state_of(alliance, "came-in-person")[0] == "n/a"
    assert state_of(alliance, "few-stand-ins")[0] == "n/a"
