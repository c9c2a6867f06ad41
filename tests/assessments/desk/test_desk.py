"""The start page and the desk: who sees what, what comes first, and in how many queries."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.models import Membership
from assessments.desk import read_desk
from assessments.desk.under_way import UnderWay
from assessments.models import Bank, Round
from assessments.services.rounds import close_round
from tests.factories import (
    make_alliance,
    make_bank,
    make_participant,
    make_representative,
    make_response,
    make_round,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def convener():
    return make_user("convener@example.org", name="Ada")


def titles(alliance, *, convener=True):
    return [task.title for task in read_desk(alliance=alliance, convener=convener).tasks]


def test_a_new_alliance_begins_with_who_is_at_the_table():
    desk = read_desk(alliance=make_alliance(), convener=True)
    assert (desk.finding, desk.addition) == (
        "This alliance is new.",
        "Begin with who is at the table.",
    )
    assert [(task.title, task.button) for task in desk.tasks] == [
        ("Add who is at the table", "Add many from a list")
    ]


def test_what_holds_back_most_comes_first():
    alliance = make_alliance()
    pain = {"pain": "Floods", "drive": "fear", "strength": 8}
    make_participant(alliance, "Ash", people=1)  # neither pain nor substance
    make_participant(alliance, "Birch", **pain)  # nobody speaks for it
    whole = make_participant(alliance, "Cedar", **pain)
    make_representative(whole, cognitive_claimed=True, cognitive_observed="yes")
    make_participant(alliance, "Dogwood", status="invited")
    make_participant(alliance, "Elm", status="declined")
    # Leaders: nothing of 2 points. Convener: 0 of 1 named, 1 of 2 for 3 of 4 accepted, 33.3.
    # Substance: 1 of 2 seats, 0 of 2; the claims 1 of 1; 33.3 too, and after it in order.
    assert titles(alliance) == [
        "Name who speaks for Birch",
        "Open the first round",
        "Name who leads",
        "Write down who does what until when",
        "Name who convenes",
    ]
    assert [
        (row.name, row.accepted, row.pain, row.substance, row.answered)
        for row in read_desk(alliance=alliance, convener=True).gaps
    ] == [
        ("Dogwood", False, False, False, None),
        ("Ash", True, False, False, None),
        ("Birch", True, True, False, None),
        ("Cedar", True, True, True, None),
    ]


def test_an_open_round_asks_for_a_reminder_and_then_for_closing():
    made = make_round(organisations=3)
    for organisation in made.round.organisations.all():
        # The roster keeps the name that an organisation had; the alliance calls it otherwise now.
        organisation.participant = make_participant(made.alliance, f"New {organisation.name}")
        organisation.save()
    make_response(made, 0, answers={"A1": 3}, submitted=True)
    desk = read_desk(alliance=made.alliance, convener=True)
    assert desk.addition == "Two of three organisations have not answered."
    assert desk.tasks[0].title == "Remind two organisations to answer"
    assert [row.answered for row in desk.gaps] == [False, False, True]
    for place in (1, 2):
        make_response(made, place, answers={"A1": 3}, submitted=True)
    desk = read_desk(alliance=made.alliance, convener=True)
    assert desk.addition == "All three organisations have answered."
    assert (desk.tasks[0].title, desk.tasks[0].button) == ("Close First round", "Close and publish")
    Round.objects.update(closes_on=timezone.localdate() - dt.timedelta(days=1))
    desk = read_desk(alliance=made.alliance, convener=True)
    assert desk.tasks[0].title == "Close First round"
    assert desk.finding.startswith("First round took answers until ")


def further_round(alliance, name="Rungs", **fields):
    """A round of a bank that does not judge, of which one of three people answered."""
    bank = Bank.objects.filter(code="rungs").first() or make_bank(
        "rungs",
        change=lambda bank: Bank.objects.filter(pk=bank.pk).update(reading={"rule": "mean"}),
    )
    made = make_round(alliance, bank, organisations=3, name=name, **fields)
    make_response(made, 0, answers={"A1": 3}, submitted=True)
    return made


def test_a_round_of_another_bank_is_under_way_beside_that_of_the_readiness():
    made = make_round(organisations=2)
    make_participant(made.alliance)
    other = further_round(made.alliance, closes_on=dt.date(2999, 12, 5))
    desk = read_desk(alliance=made.alliance, convener=True)
    assert desk.finding.startswith("First round is open until ")
    assert desk.under_way == [
        UnderWay(
            "Rungs",
            "A small bank",
            "Two of three people are still missing.",
            "Open until 5\xa0December\xa02999",
            f"/rounds/{other.round.pk}/",
        )
    ]
    assert [(task.title, task.address) for task in desk.tasks[:2]] == [
        ("Remind two organisations to answer", f"/rounds/{made.round.pk}/remind/"),
        ("Remind two people to answer “Rungs”", f"/rounds/{other.round.pk}/remind/"),
    ]
    for place in (1, 2):
        make_response(other, place, answers={"A1": 3}, submitted=True)
    desk = read_desk(alliance=made.alliance, convener=True)
    assert desk.under_way[0].text == "Everybody who was asked has sent in."
    assert (desk.tasks[1].title, desk.tasks[1].text) == (
        "Close Rungs",
        "Everybody who was asked has sent in. Closing publishes the result.",
    )
    # A member learns that it is open, and not how far it is.
    desk = read_desk(alliance=made.alliance, convener=False)
    assert [(one.name, one.text, one.address) for one in desk.under_way] == [
        ("Rungs", "Its result is published when the convener closes it.", "")
    ]


def test_alone_it_leads_and_counts_people():
    made = further_round(make_alliance())
    make_participant(made.alliance)
    desk = read_desk(alliance=made.alliance, convener=True)
    assert desk.finding.startswith("Rungs is open until ")
    assert desk.under_way == []
    assert (desk.tasks[0].title, desk.tasks[0].text) == (
        "Remind two people to answer “Rungs”",
        "Two of three people are still missing.",
    )


def test_a_round_about_a_person_is_for_the_convener_to_see(client, convener):
    member = make_user("member@example.org")
    alliance = make_alliance(convener=convener, member=member)
    make_participant(alliance)
    made = further_round(alliance, "About Bo")
    Round.objects.update(about_name="Bo")
    desk = read_desk(alliance=alliance, convener=True)
    # It never leads: the readiness has not been asked yet.
    assert desk.finding == "One organisation is on the list."
    assert [one.name for one in desk.under_way] == ["About Bo"]
    assert desk.tasks[0].address == f"/rounds/{made.round.pk}/remind/"
    Round.objects.update(closes_on=timezone.localdate() - dt.timedelta(days=1))
    task = read_desk(alliance=alliance, convener=True).tasks[0]
    assert (task.text, task.button) == (
        "Its last day has passed. Closing gives the result to Bo, and to nobody else.",
        "Close the round",
    )
    for user, told in ((convener, True), (member, False)):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for address in (reverse("desk", args=[alliance.pk]), "/"):
            assert ("About Bo" in client.get(address).content.decode()) is told


def test_home_names_what_is_open_besides(client, convener):
    alliance = make_alliance(convener=convener)
    make_round(alliance)
    further_round(alliance, closes_on=dt.date(2999, 12, 5))
    client.force_login(convener, backend="django.contrib.auth.backends.ModelBackend")
    assert "<br>Rungs is open until 5\xa0December\xa02999</dd>" in client.get("/").content.decode()
    further_round(alliance, "Rungs again", closes_on=dt.date(2999, 12, 4))
    page = client.get("/").content.decode()
    assert "<br>Two further rounds are open, the first until 4\xa0December\xa02999</dd>" in page


def test_after_a_round_the_finding_leads():
    made = make_round(organisations=5)
    for place in range(5):
        make_response(
            made,
            place,
            answers={"A1": 2, "A2": 2, "A3": 4, "B1": 4, "B2": 2, "C1": 5, "C2": 2},
            submitted=True,
        )
    close_round(round=made.round)
    desk = read_desk(alliance=made.alliance, convener=True)
    # part-1: 25 25 25 → 25, weak; part-2 75 and part-3 87.5 are strong
    assert desk.finding == "Not ready: one of three elements is weak. Part 1 decides."
    assert [step.text.split(",")[0] for step in desk.steps] == ["Not ready"]


def test_advice_leads_to_the_element_that_decides(client, convener):
    alliance = make_alliance(convener=convener)
    advice = [{"title": "Begin here.", "text": ""}]
    bank = make_bank(
        change=lambda bank: bank.dimensions.filter(code="part-1").update(advice=advice)
    )
    make_participant(alliance)
    made = make_round(alliance, bank, organisations=5)
    for place in range(5):
        # part-1: 25 25 25, weak; part-2 75 and part-3 87.5 are strong
        answers = {"A1": 2, "A2": 2, "A3": 4, "B1": 4, "B2": 2, "C1": 5, "C2": 2}
        make_response(made, place, answers=answers, submitted=True)
    close_round(round=made.round)
    client.force_login(convener, backend="django.contrib.auth.backends.ModelBackend")
    tasks = read_desk(alliance=alliance, convener=True).tasks
    address = next(task.address for task in tasks if task.title == "Begin here")
    assert address == f"/rounds/{made.round.pk}/result/#e-part-1"
    page = client.get(address).content.decode()
    assert page.count('id="e-part-1"') == 1


def test_a_member_sees_neither_tasks_nor_who_answered(client, convener):
    made = make_round(make_alliance(convener=convener), organisations=2)
    make_participant(made.alliance, "Organisation A")
    member = make_user("member@example.org")
    Membership.objects.create(alliance=made.alliance, user=member)
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("desk", args=[made.alliance.pk])).content.decode()
    assert "Who is missing" not in page
    assert "Remind" not in page
    assert "not answered" not in page
    client.force_login(convener, backend="django.contrib.auth.backends.ModelBackend")
    assert "Who is missing" in client.get(reverse("desk", args=[made.alliance.pk])).content.decode()


@pytest.mark.parametrize("participants", [3, 300])
def test_the_desk_takes_as_many_queries_however_many(
    client, convener, django_assert_num_queries, participants
):
    alliance = make_alliance(convener=convener)
    bank = make_bank()
    for _ in range(participants):
        make_participant(alliance, people=1)
    for number in range(1 if participants == 3 else 6):
        made = make_round(alliance, bank, organisations=5, name=f"Round {number}")
        for place in range(5):
            answers = {"A1": 2, "A2": 2, "A3": 2, "B1": 3, "B2": 2, "C1": 3, "C2": 2}
            make_response(made, place, answers=answers, submitted=True)
        close_round(round=made.round)
    make_round(alliance, bank, organisations=participants, name="Open")
    for number in range(0 if participants == 3 else 4):
        further_round(alliance, f"Rungs {number}")
    client.force_login(convener, backend="django.contrib.auth.backends.ModelBackend")
    # session, user; alliance; may run rounds; own organisation; participants, their people; the open
    # round, the closed ones; the last result's bank: dimensions, questions; who answered; charter,
    # pledges, purpose check; and the evidence, which takes 21
    with django_assert_num_queries(37):
        assert client.get(reverse("desk", args=[alliance.pk])).status_code == 200


def test_the_start_page_without_an_account_shows_no_alliance(client):
    make_alliance("Secret")
    page = client.get("/").content.decode()
    assert "Secret" not in page
    assert "Two thirds of alliances fail" in page


def test_the_start_page_lists_ones_own_alliances(client, convener):
    make_alliance("Mine", convener=convener)
    make_alliance("Secret")
    client.force_login(convener, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/").content.decode()
    assert "Mine" in page
    assert "No round yet" in page
    assert "Secret" not in page


@pytest.mark.parametrize("alliances", [1, 20])
def test_the_start_page_takes_seven_queries(client, convener, django_assert_num_queries, alliances):
    bank = make_bank()
    for number in range(alliances):
        alliance = make_alliance(f"Alliance {number}", convener=convener)
        made = make_round(alliance, bank, organisations=1, name="First")
        close_round(round=made.round)
        make_round(alliance, bank, organisations=1, name="Second")
    client.force_login(convener, backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_num_queries(7):  # session, user, permissions 2, alliances, rounds, open ones
        client.get("/")
