"""The order of what to do next: worked out by hand from made-up checks."""

from __future__ import annotations

import datetime as dt

import pytest

from alliances.models import (
    Action,
    CharterParty,
    CharterVersion,
    DifferencePair,
    GroundItem,
    Position,
    PurposeCheck,
    Signature,
)
from assessments.desk.own import own_tasks
from assessments.desk.papers import read_papers
from assessments.desk.standing import element_names, element_rows
from assessments.desk.tasks import Situation, next_tasks
from assessments.scoring import Check, State
from tests.factories import make_alliance, make_participant, make_representative

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 20)
MOMENT = dt.datetime(2026, 11, 1, 9, 0, tzinfo=dt.UTC)


def check(code: str, state: State, points: int = 1, fact: str = "The fact") -> Check:
    return Check(code, code, state, points, fact)


def tasks(alliance, evidence):
    participants = list(alliance.participants.prefetch_related("representatives"))
    evidence = {code: evidence.get(code, []) for code in element_names()}
    return next_tasks(
        Situation(
            alliance=alliance,
            participants=participants,
            open_round=None,
            latest=None,
            texts=None,
            progress=None,
            papers=read_papers(alliance=alliance, on=TODAY),
            evidence=evidence,
            rows=element_rows(evidence, None, ""),
            today=TODAY,
        )
    )


@pytest.fixture
def alliance():
    """Two organisations that have done all that is asked of people."""
    alliance = make_alliance()
    for name in ("Ash", "Birch"):
        participant = make_participant(alliance, name, pain="Floods", drive="fear", strength=8)
        make_representative(participant, cognitive_claimed=True, cognitive_observed="yes")
    return alliance


def test_the_weakest_record_comes_first_and_within_it_what_loses_most(alliance):
    found = tasks(
        alliance,
        {
            # R = 100 · (2·1 + 1·½) / 3 = 83.3
            "common-pain": [check("pain-strong", State.PARTLY), check("pain-stated", State.MET, 2)],
            # R = 100 · (0 + 1) / 4 = 25; the register loses 1, the positions lose 2
            "common-ground": [
                check("register-whole", State.NOT, 1, "No source"),
                check("positions-known", State.NOT, 2, "3 of 16 known"),
                check("profiles-known", State.MET, 1),
            ],
            # R = 100 · ½ = 50
            "committed-leaders": [check("actions-in-time", State.PARTLY, 2, "4 of 7 in time")],
        },
    )
    assert [(task.title, task.text) for task in found] == [
        ("Open the first round", "Twelve minutes for each person, by a personal link."),
        ("Ask every party where it stands", "positions-known: 3 of 16 known."),
        ("Add what the register lacks", "register-whole: No source."),
        ("Go through the actions that are late", "actions-in-time: 4 of 7 in time."),
        ("Put a number on what doing nothing costs each", "pain-strong: The fact."),
    ]


def test_no_element_takes_more_than_two_places(alliance):
    found = tasks(
        alliance,
        {
            "northbound-train": [
                check(code, State.NOT)
                for code in ("milestones-met", "attendance-holds", "means-and-ends")
            ],
            "common-pain": [check("pain-alike", State.PARTLY)],
        },
    )
    assert [task.title for task in found] == [
        "Open the first round",
        "Reset the milestones that were missed",
        "Find out why fewer come to meetings",
        "Look for the pain that all of you share",
    ]


def test_what_is_met_or_does_not_apply_is_no_task(alliance):
    found = tasks(
        alliance,
        {
            "common-pain": [
                check("pain-strong", State.MET),
                check("value-named", State.NOT_APPLICABLE),
            ]
        },
    )
    assert [task.title for task in found] == ["Open the first round"]


def test_records_that_nobody_began_are_asked_for(alliance):
    found = tasks(
        alliance,
        {
            "formal-charter": [check("sections-done", State.NOT_APPLICABLE)],
            "common-ground": [check("register-whole", State.NOT_APPLICABLE)],
        },
    )
    assert [task.title for task in found] == [
        "Open the first round",
        "Start the charter",
        "Write down what you take for granted",
    ]


def test_a_purpose_check_is_asked_for_once(alliance):
    evidence = {"clearly-defined-purpose": [check("purpose-written", State.NOT_APPLICABLE)]}

    def asked() -> list[str]:
        return [task.title for task in tasks(alliance, evidence)][1:]

    assert asked() == ["Have each party write the purpose in a sentence"]
    held = PurposeCheck.objects.create(alliance=alliance, opened_at=MOMENT)
    assert asked() == ["Ask for the purpose from those who have not written it"]
    held.closed_at = MOMENT
    held.save()
    assert asked() == []


def test_what_an_element_lacks_leads_to_its_record():
    rows = {
        row.code: (row.fact, row.record_page)
        for row in element_rows(
            {
                "common-pain": [check("pain-stated", State.MET), check("value-named", State.NOT)],
                "formal-charter": [check("sections-done", State.NOT_APPLICABLE)],
                "northbound-train": [
                    check("milestones-met", State.MET),
                    check("pulse", State.NOT_APPLICABLE),
                ],
                "common-ground": [check("register-whole", State.MET)],
            },
            None,
            "",
        )
    }
    assert rows["common-pain"] == ("value-named: The fact.", "values")
    assert rows["formal-charter"] == ("Nothing on record yet.", "charter")
    assert rows["northbound-train"] == ("All that is on record so far is met.", "")
    assert rows["common-ground"] == ("All that is asked of the record is met.", "")


def own(alliance, participant):
    papers = read_papers(alliance=alliance, on=TODAY)
    found = own_tasks(alliance=alliance, own=participant, papers=papers, today=TODAY)
    return [(task.title, task.address) for task in found]


def test_a_party_is_led_to_the_first_item_without_its_position(alliance):
    ash, _birch = alliance.participants.all()
    value = ("Name the value that you expect", f"/participants/{ash.pk}/values/")
    assert own(alliance, ash) == [value]
    first, second = (
        GroundItem.objects.create(alliance=alliance, kind="source", text=text)
        for text in ("The gauge is right", "So is the clock")
    )
    title = "Say where you stand on two items of the register"
    assert own(alliance, ash) == [(title, f"/ground/{first.pk}/position/"), value]
    Position.objects.create(item=first, participant=ash, stance="agree")
    title = "Say where you stand on one item of the register"
    assert own(alliance, ash) == [(title, f"/ground/{second.pk}/position/"), value]


def test_a_pair_is_asked_to_write_and_then_to_name_strengths(alliance):
    ash, birch = alliance.participants.all()
    pair = DifferencePair.objects.create(
        alliance=alliance, first=ash, second=birch, opened_at=MOMENT
    )
    address = f"/differences/{pair.pk}/"
    assert own(alliance, ash)[0] == ("Write how you see yourselves and Birch", address)
    mine = pair.views.create(participant=ash, itself="Slow", other="Quick", changed_at=MOMENT)
    assert address not in dict(own(alliance, ash)).values()
    assert own(alliance, birch)[0] == ("Write how you see yourselves and Ash", address)
    pair.revealed_at = MOMENT
    pair.save()
    assert own(alliance, ash)[0] == ("Read how Birch sees you, and name the strengths", address)
    mine.other_strengths = "It dares"
    mine.save()
    assert address not in dict(own(alliance, ash)).values()


@pytest.mark.parametrize("status", ["left", "declined", "invited"])
def test_nothing_is_asked_of_who_does_not_take_part_but_its_actions(alliance, version, status):
    _ash, birch = alliance.participants.all()
    other = make_participant(alliance, "Cedar")
    DifferencePair.objects.create(alliance=alliance, first=birch, second=other, opened_at=MOMENT)
    GroundItem.objects.create(alliance=alliance, kind="source", text="The gauge is right")
    PurposeCheck.objects.create(alliance=alliance, opened_at=MOMENT)
    assert own(alliance, birch)[0][0] == "Read and sign version 2 of the charter"
    assert len(own(alliance, birch)) == 5
    birch.status, birch.pain, birch.drive, birch.strength = status, "", "", None
    birch.save()
    assert own(alliance, birch) == []
    Action.objects.create(
        alliance=alliance, participant=birch, what="Call", who="Bo", due_on=MOMENT.date()
    )
    actions = ("Finish one action that is late", f"/alliances/{alliance.pk}/actions/")
    assert own(alliance, birch) == [actions]


UNSIGNED = {
    "formal-charter": [
        check("charter-ratified", State.PARTLY, 2),
        check("charter-signed", State.NOT, 2),
    ],
    "clearly-defined-purpose": [check("purpose-signed", State.PARTLY)],
}


@pytest.fixture
def version(alliance):
    """Version 2, out for signing, and signed by Ash, not by Birch."""
    version = CharterVersion.objects.create(
        alliance=alliance,
        number=2,
        status="circulated",
        text="The text",
        digest="d" * 64,
        language="en",
        circulated_at=MOMENT,
    )
    ash, birch = alliance.participants.all()
    for participant in (ash, birch):
        CharterParty.objects.create(version=version, participant=participant, name=participant.name)
    Signature.objects.create(
        version=version,
        participant=ash,
        number=1,
        organisation="Ash",
        name="A",
        account=1,
        digest="d" * 64,
        signed_at=MOMENT,
        seal="s" * 64,
    )
    return version


@pytest.mark.parametrize("status", ["left", "declined", "invited"])
def test_a_signature_that_cannot_be_given_is_not_asked_for(alliance, version, status):
    birch = alliance.participants.get(name="Birch")
    cedar = make_participant(alliance, "Cedar", pain="Floods", drive="fear", strength=8)
    make_representative(cedar, cognitive_claimed=True, cognitive_observed="yes")
    CharterParty.objects.create(version=version, participant=cedar, name="Cedar")
    birch.status = status
    birch.save()
    # Birch cannot sign, Cedar can.
    assert [(task.title, task.text) for task in tasks(alliance, UNSIGNED)][1:] == [
        ("Remind one organisation to sign version 2", "Cedar."),
    ]
    # Nobody can: without a next version there is no charter.
    cedar.status = status
    cedar.save()
    found = tasks(alliance, UNSIGNED)
    assert [(task.title, task.text) for task in found][1:] == [
        (
            "Begin the next version of the charter",
            "Version 2 cannot be ratified any more: every party that still takes part has signed it.",
        ),
    ]
    assert found[1].address == f"/charters/{version.pk}/"
    # In force by its rule: it stays as it is.
    version.status, version.ratified_at, version.ratify_by = "ratified", MOMENT, "majority"
    version.save()
    signed = {"formal-charter": [check("charter-signed", State.PARTLY, 2)]}
    assert [task.title for task in tasks(alliance, signed)][1:] == []


def test_a_text_that_waits_for_signatures_is_asked_for_once_and_by_name(alliance, version):
    ash, birch = alliance.participants.all()
    found = tasks(alliance, UNSIGNED)
    assert [(task.title, task.text) for task in found] == [
        ("Open the first round", "Twelve minutes for each person, by a personal link."),
        ("Remind one organisation to sign version 2", "Birch."),
    ]
    assert found[1].address == f"/charters/{version.pk}/remind/"
    papers = read_papers(alliance=alliance, on=TODAY)
    assert papers.signed == {ash.pk: True, birch.pk: False}
