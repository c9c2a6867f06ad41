"""What comes of a round about a person."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from assessments.models import Response
from tests.assessments.persons.rounds import (
    PEERS,
    answered,
    opened,
)

pytestmark = pytest.mark.django_db


def test_oneself_beside_peers(table) -> None:
    document = answered(opened(table)).document
    assert [
        (e["code"], e["own"], e["peers"], e["people"], e["view"]) for e in document["elements"]
    ] == [
        ("listening", 90, 60, 5, "higher"),
        ("calm", 50, 52, 5, "alike"),
        ("honest", 50, 80, 5, "lower"),
    ]
    assert document["peers"] == {"asked": 5, "answered": 5}
    assert (document["schema"], document["answered"], document["k"]) == (
        "northbound.person/1",
        True,
        5,
    )
    assert "organisation" not in json.dumps(document)
    assert "verdict" not in document


def test_every_peer_is_one_voice(table) -> None:
    # Three of Ash say 0, 0, 0 and two of Birch 10, 10: 40 by person, 50 by organisation.
    peers = [{"L": value, "C": 5, "H": 5} for value in (0, 0, 0, 10, 10)]
    made = opened(table)
    names = {i.organisation.name: 0 for i in made.invitations[1:]}
    for invitation in made.invitations[1:]:
        names[invitation.organisation.name] += 1
    assert names == {"Ash": 3, "Birch": 2}
    assert answered(made, peers=peers).document["elements"][0]["peers"] == 40


@pytest.mark.parametrize(("own", "view"), [(8, "higher"), (7, "alike"), (5, "alike"), (4, "lower")])
def test_views_differ_from_the_gap_on(table, own: int, view: str) -> None:
    # Peers 60: 80 is 20 more, 40 is 20 less.
    made = opened(table)
    document = answered(made, own={"L": own, "C": 5, "H": 5}).document
    assert document["elements"][0]["view"] == view


def test_nothing_of_fewer_than_five_peers(table) -> None:
    document = answered(opened(table), peers=PEERS[:4]).document
    for element in document["elements"]:
        assert (element["peers"], element["people"], element["view"]) == (None, None, None)
        assert element["withheld"]
        assert all(q["peers"] is None and q["withheld"] for q in element["questions"])
    assert [element["own"] for element in document["elements"]] == [90, 50, 50]


def test_an_element_that_four_answered_is_withheld(table) -> None:
    peers = [dict(answers) for answers in PEERS]
    peers[0]["C"] = "dk"
    elements = answered(opened(table), peers=peers).document["elements"]
    assert [element["withheld"] for element in elements] == [False, True, False]
    assert elements[1]["peers"] is None


def test_all_peers_at_one_end(table) -> None:
    peers = [{"L": 10, "C": 0, "H": 5}] * 5
    elements = answered(opened(table), peers=peers).document["elements"]
    assert [(e["peers"], e["extreme"]) for e in elements] == [(95, True), (5, True), (50, False)]
    # The question alone would tell it.
    assert elements[0]["questions"][0]["peers"] is None


def test_who_did_not_answer_reads_what_peers_said(table) -> None:
    document = answered(opened(table), own=None).document
    assert document["answered"] is False
    assert [(e["own"], e["peers"], e["view"]) for e in document["elements"]] == [
        (None, 60, None),
        (None, 52, None),
        (None, 80, None),
    ]


def test_begun_by_the_own_link_it_is_ones_own(table) -> None:
    made = opened(table)
    for place in (0, 1):
        Client().post(made.link(place))
    assert sorted(Response.objects.values_list("organisation__name", "of_oneself")) == [
        ("Ash", False),
        ("Ash", True),
    ]
