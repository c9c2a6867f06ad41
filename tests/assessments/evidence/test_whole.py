"""All checks together: none where nothing is recorded, and the same queries for few and for many."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from alliances.models import (
    Contribution,
    DecisionPart,
    DifferencePair,
    ExpectedValue,
    InternalStakeholder,
    Metric,
    Profile,
    Reading,
    Receipt,
    Representative,
    RunningCost,
    Signature,
    StakeholderTally,
    WorkingRule,
)
from assessments.evidence import QUERIES, collect_evidence
from assessments.models import Result, Round
from tests.assessments.evidence.records import (
    ON,
    ago,
    make_action,
    make_decision,
    make_entry,
    make_item,
    make_meeting,
    make_milestone,
    make_step,
    make_version,
    moment,
)
from tests.factories import make_alliance, make_bank, make_participant, make_representative

pytestmark = pytest.mark.django_db

CODES = {
    "common-pain": ["pain-stated", "pain-strong", "pain-alike", "value-named"],
    "convener-of-stature": ["convener-named", "invitations-accepted"],
    "representatives-of-substance": [
        "seats-with-substance",
        "claims-observed",
        "interests-spoken-for",
        "came-in-person",
        "few-stand-ins",
    ],
    "committed-leaders": ["leaders-named", "leaders-time", "actions-in-time"],
    "clearly-defined-purpose": [
        "purpose-written",
        "purpose-short",
        "purpose-ratified",
        "purpose-signed",
        "scope-steady",
    ],
    "formal-charter": [
        "sections-done",
        "charter-ratified",
        "charter-signed",
        "decisions-settled",
        "review-due",
        "decisions-mapped",
        "launch-on-track",
        "rules-agreed",
    ],
    "northbound-train": [
        "attendance-holds",
        "pledges-received",
        "joining-over-leaving",
        "milestones-met",
        "means-and-ends",
        "own-houses",
        "value-over-cost",
        "pulse",
    ],
    "common-ground": [
        "register-whole",
        "positions-known",
        "positions-agreed",
        "widest-split",
        "profiles-known",
        "differences-seen",
    ],
}


def everything(participants: int, name: str):
    """An alliance that keeps every kind of record, so many of each as it has participants."""
    alliance = make_alliance(name)
    bank = make_bank(
        name, shape=(2,), change=lambda bank: bank.dimensions.update(code="northbound-train")
    )
    people = []
    for number in range(participants):
        participant = make_participant(
            alliance, pain="Floods", drive="fear", strength=7, interest=f"Voice {number}"
        )
        people.append(participant)
        make_representative(
            participant,
            role="convener" if number == 0 else "leader",
            days_a_month=2,
            cognitive_claimed=True,
            cognitive_observed="yes",
        )
        ExpectedValue.objects.create(participant=participant, kind="learning")
        Profile.objects.create(participant=participant, mandate="Water", decides="top")
        InternalStakeholder.objects.create(participant=participant, unit="Unit", stance="supports")
        contribution = Contribution.objects.create(
            participant=participant, kind="money", what="Pumps", amount=10, pledged_on=ago(50)
        )
        Receipt.objects.create(contribution=contribution, on=ago(9), amount=10)
        RunningCost.objects.create(
            alliance=alliance, what="Office", amount=1, begins_on=ago(90), ends_on=ago(1)
        )
        metric = Metric.objects.create(
            alliance=alliance, kind="means" if number else "ends", name="Speed"
        )
        Reading.objects.create(metric=metric, on=ago(5), value=1)
        WorkingRule.objects.create(alliance=alliance, text="Rule", agreed_on=ago(9))
        make_decision(alliance, participant)
        make_step(alliance, 9, 9)
        make_action(alliance, 9, 9)
        make_milestone(alliance, 9, 9)
        make_entry(alliance, "offer", 9)
        round_ = Round.objects.create(
            alliance=alliance,
            bank=bank,
            name=f"Round {number}",
            mode="confidential",
            status="closed",
            opened_at=moment(400 - number),
            closes_on=ago(0),
            closed_at=moment(390 - number),
        )
        Result.objects.create(
            round=round_,
            scoring="1",
            document={
                "bank": {"digest": "a"},
                "elements": [{"code": "northbound-train", "score": 70}],
            },
            digest="a",
            responses_digest="b",
        )
    StakeholderTally.objects.create(
        alliance=alliance,
        counted_at=moment(3),
        counts={str(participant.pk): [1, 0, 0] for participant in people},
    )
    for first, second in pairwise(people):
        DifferencePair.objects.create(
            alliance=alliance,
            first=first,
            second=second,
            opened_at=moment(9),
            revealed_at=moment(5),
        )
    for kind in ("assumption", "source", "standard"):
        make_item(alliance, kind, agree=participants)
    for days in range(10, 60, 10):
        make_meeting(alliance, days, person=participants)
    sections = {
        "scope": {"in": "The valley", "out": "The coast"},
        "purpose": {"statement": "Dry feet by 2031."},
        "problem": {"problem": "Floods"},
        "decisions": {"method": "consensus", "fallback": "The chair decides."},
        "roles": {"roles": "The council convenes."},
        "term": {"review": "2027-01-01"},
    }
    for number in range(1, 5):
        make_version(
            alliance,
            number,
            circulated=300 - 50 * number,
            ratified=290 - 50 * number,
            ended=None if number == 4 else 290 - 50 * (number + 1),
            sections=sections,
            parties=participants,
            signed=participants,
        )
    make_version(alliance, 5, circulated=13, sections=sections)
    make_version(alliance, 6, sections=sections)
    return alliance


def test_nothing_recorded_is_no_evidence():
    alliance = make_alliance()
    make_participant(alliance, "A")
    evidence = collect_evidence(alliance, ON)
    assert {code: [check.code for check in checks] for code, checks in evidence.items()} == CODES
    states = {check.state.value for checks in evidence.values() for check in checks}
    assert states == {"n/a"}


def test_all_that_can_be_met_is_met():
    evidence = collect_evidence(everything(3, "three"), ON)
    assert {code: [check.code for check in checks] for code, checks in evidence.items()} == CODES
    assert {
        (check.code, check.state.value, check.fact)
        for checks in evidence.values()
        for check in checks
        if check.state.value != "met"
    } == set()
    assert all(len(check.fact) <= 70 for checks in evidence.values() for check in checks)


def test_all_but_one_of_many_is_not_all():
    alliance = everything(20, "twenty")
    leader = Representative.objects.filter(role="leader").last()
    leader.days_a_month = None
    leader.save()
    Signature.objects.get(version__number=4, number=20).delete()
    DecisionPart.objects.last().delete()
    alliance.launch_steps.filter(pk=alliance.launch_steps.last().pk).update(done_on=ago(8))
    Profile.objects.filter(pk=Profile.objects.last().pk).update(mandate="")
    alliance.difference_pairs.filter(first__interest="Voice 18").update(revealed_at=None)
    evidence = collect_evidence(alliance, ON)
    facts = {
        check.code: check.fact
        for checks in evidence.values()
        for check in checks
        if check.state.value == "partly"
    }
    assert facts == {
        "leaders-named": "19 leaders",
        "leaders-time": "18 of 19 leaders with days pledged",
        "purpose-signed": "19 of 20 signed version 4",
        "charter-signed": "19 of 20 signed version 4",
        "decisions-mapped": "19 of 20 decisions",
        "launch-on-track": "19 of 20 steps done in time",
        "profiles-known": "19 of 20 organisations",
        "differences-seen": "18 of 19 pairs",
    }


@pytest.mark.parametrize("participants", [3, 300])
def test_the_same_queries_for_three_and_three_hundred(
    participants: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    alliance = everything(participants, "many")
    with django_assert_num_queries(QUERIES):
        collect_evidence(alliance, ON)


def test_no_more_queries_where_nothing_is_recorded(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    alliance = make_alliance()
    with django_assert_max_num_queries(QUERIES):
        collect_evidence(alliance, ON)


def test_codes_stand_once():
    codes = [code for checks in CODES.values() for code in checks]
    assert len(codes) == len(set(codes)) == 41


def test_the_table_in_the_documents_has_every_check_with_its_points():
    text = (settings.BASE_DIR / "docs" / "scoring.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)`: .* \| (\d) \| .* \| .* \| .* \|$", text, re.MULTILINE)
    evidence = collect_evidence(make_alliance(), ON)
    assert [(code, int(points)) for code, points in rows] == [
        (check.code, check.points) for checks in evidence.values() for check in checks
    ]
