"""Opening fixes a round, closing publishes it, once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from alliances.errors import Refused
from alliances.models import Participant
from assessments.models import Bank, Invitation, Response, Result, Round
from assessments.services.answering import save_answer, save_comment, submit
from assessments.services.links import begin
from assessments.services.results import digest_of
from assessments.services.rounds import close_round, open_round, set_forecast
from tests.factories import (
    make_alliance,
    make_bank,
    make_participant,
    make_representative,
    make_response,
    make_round,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    alliance = make_alliance()
    for name, people in (("Ash", 3), ("Birch", 2)):
        make_participant(alliance, name, people=people)
    return alliance


def people_of(alliance):
    return [person for p in alliance.participants.all() for person in p.representatives.all()]


def opened(alliance, **changes):
    terms = {
        "bank": changes.pop("bank", None) or Bank.objects.first() or make_bank(),
        "name": "First round",
        "mode": "confidential",
        "threshold": 5,
        "closes_on": timezone.localdate() + dt.timedelta(days=14),
        "representatives": people_of(alliance),
    }
    return open_round(alliance=alliance, **{**terms, **changes})


def test_opening_freezes_the_roster(alliance):
    round_ = opened(alliance)
    assert round_.is_open
    assert list(round_.organisations.values_list("name", flat=True)) == ["Ash", "Birch"]
    assert round_.invitations.count() == 5
    assert {i.progress for i in round_.invitations.all()} == {"invited"}
    Participant.objects.filter(name="Ash").update(name="Aspen")
    Participant.objects.get(name="Birch").delete()
    assert list(round_.organisations.values_list("name", flat=True)) == ["Ash", "Birch"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": "  "}, "Give the round a name"),
        ({"name": "a\0b"}, "cannot be stored"),
        ({"name": "x" * 121}, "room for 120"),
        ({"mode": "secret"}, "Choose who sees what"),
        ({"threshold": 4}, "the threshold is 5 or more"),
        ({"threshold": 0, "mode": "open"}, "from 1 to 1000"),
        ({"threshold": 6}, "fewer than 6 people would show nothing"),
        ({"closes_on": dt.date(2020, 1, 1)}, "has passed"),
        ({"representatives": []}, "at least one person"),
    ],
)
def test_terms_that_are_refused(alliance, changes, message):
    with pytest.raises(Refused, match=message):
        opened(alliance, **changes)
    assert not Round.objects.exists()
    assert not Invitation.objects.exists()


def test_an_unpublished_bank_is_refused(alliance):
    with pytest.raises(Refused, match="not published"):
        opened(alliance, bank=make_bank("draft", status="draft"))


def test_two_rounds_of_one_bank_at_once_are_refused(alliance):
    opened(alliance)
    with pytest.raises(Refused, match="open already"):
        opened(alliance, name="Second round")


def test_a_name_stands_once(alliance):
    close_round(round=opened(alliance))
    with pytest.raises(Refused, match="a round of that name"):
        opened(alliance, name="FIRST ROUND")


def test_somebody_of_another_alliance_is_refused(alliance):
    stranger = make_representative(make_participant(make_alliance("Other")))
    with pytest.raises(Refused, match="does not belong"):
        opened(alliance, representatives=[*people_of(alliance), stranger])


def test_people_who_cannot_be_asked_are_named(alliance):
    ash, birch = alliance.participants.all()
    make_representative(ash, "Nemo", email="")
    make_representative(birch, "Twin", email=ash.representatives.first().email.upper())
    with pytest.raises(Refused) as refusal:
        opened(alliance, representatives=people_of(alliance))
    assert refusal.value.details[0] == "Nemo has no e-mail address."
    assert len(refusal.value.details) == 2


def test_an_open_round_may_ask_one_person(alliance):
    round_ = opened(alliance, mode="open", threshold=1, representatives=people_of(alliance)[:1])
    assert round_.invitations.count() == 1


# --- forecast


def test_forecast_is_kept_until_the_round_closes(alliance):
    round_ = opened(alliance)
    set_forecast(round=round_, forecast={"part-1": 60})
    round_.refresh_from_db()
    assert round_.forecast == {"part-1": 60}
    close_round(round=round_)
    with pytest.raises(Refused, match="closed"):
        set_forecast(round=round_, forecast={"part-1": 70})


@pytest.mark.parametrize(
    "forecast", [{"part-9": 5}, {"part-1": 101}, {"part-1": -1}, {"part-1": True}]
)
def test_senseless_forecasts_are_refused(alliance, forecast):
    round_ = opened(alliance)
    with pytest.raises(Refused):
        set_forecast(round=round_, forecast=forecast)
    round_.refresh_from_db()
    assert round_.forecast == {}


# --- closing


def test_closing_publishes_what_was_sent_in():
    # Part 1 has A1 A2 A3, A3 reversed. Everyone answers 5 4 1: 100, 75, 100 → 275/3 = 91.666…
    made = make_round(organisations=5)
    for place in range(5):
        make_response(
            made,
            place,
            answers={"A1": 5, "A2": 4, "A3": 1, "B1": 3, "B2": 3, "C1": 3, "C2": "dk"},
            submitted=True,
        )
    result = close_round(round=made.round)
    made.round.refresh_from_db()
    assert made.round.status == "closed"
    document = result.document
    assert document["responses"] == {"organisations": 5, "people": 5}
    assert [element["score"] for element in document["elements"]] == [91.67, 50, 50]
    assert document["elements"][2]["dont_know"] == 0.5
    assert document["verdict"] == {
        "level": "conditional",
        "deciding": ["part-2", "part-3"],
        "firm": True,
    }
    assert document["closed_at"] == made.round.closed_at.isoformat(timespec="seconds")
    assert result.digest == digest_of({"document": document, "comments": {}})


def test_what_was_not_sent_in_counts_for_nothing_and_is_deleted():
    made = make_round(organisations=6)
    for place in range(6):
        make_response(
            made, place, answers={"A1": 5, "A2": 5, "A3": 5, "B1": 3, "C1": 3}, submitted=place < 5
        )
    result = close_round(round=made.round)
    assert result.document["responses"] == {"organisations": 5, "people": 5}
    assert Response.objects.count() == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite marks no row")
def test_the_database_itself_ties_no_response_to_an_invitation():
    made = make_round(organisations=3)
    for place in range(3):
        begin(token=made.tokens[place])
        save_answer(token=made.tokens[place], round_id=made.round.pk, code="A1", given="4")
        save_comment(
            token=made.tokens[place], round_id=made.round.pk, element="part-1", text="Said."
        )
        submit(token=made.tokens[place], round_id=made.round.pk)
    close_round(round=made.round)
    with connection.cursor() as cursor:
        for table in ("assessments_response", "assessments_answer", "assessments_comment"):
            cursor.execute(
                f"select count(*) from {table} r join assessments_invitation i on i.xmin = r.xmin"
            )
            assert cursor.fetchone() == (0,)
            cursor.execute(f"select count(distinct xmin::text) from {table}")
            assert cursor.fetchone() == (1,)


def test_a_closed_round_never_closes_again():
    made = make_round()
    close_round(round=made.round)
    with pytest.raises(Refused, match="closed already"):
        close_round(round=made.round)
    assert Result.objects.count() == 1


def test_a_round_that_nobody_answered_closes_without_a_verdict():
    document = close_round(round=make_round().round).document
    assert document["verdict"] == {"level": "undecided", "deciding": [], "firm": False}
    assert document["responses"] == {"organisations": 0, "people": 0}


def test_the_next_round_is_compared_with_the_last():
    alliance = make_alliance()
    participants = [make_participant(alliance, f"O{n}") for n in range(5)]
    documents = []
    # Alike in sum, and not in kind: else what changed would tell single answers, and stay unsaid.
    kinds = [(1, 3), (3, 1), (2, 2), (1, 3), (3, 1)]
    for number, more in enumerate((0, 2), 1):
        made = make_round(alliance, organisations=5, name=f"Round {number}")
        # The roster knows its participants, whatever they are called by now.
        for organisation, participant in zip(
            made.round.organisations.all(), participants, strict=True
        ):
            organisation.participant = participant
            organisation.name = f"{organisation.name} in round {number}"
            organisation.save()
        for place, (first, second) in enumerate(kinds):
            made.invitations[place].refresh_from_db()
            make_response(
                made,
                place,
                answers={"A1": first + more, "A2": second + more, "A3": 3, "B1": 2 + more},
                submitted=True,
            )
        documents.append(close_round(round=made.round).document)
    assert documents[0]["change"] is None
    # A1 and A2 from 25 to 75, A3 stays 50: 100/3 to 200/3.
    assert documents[1]["change"]["since"]["round"] == "Round 1"
    assert documents[1]["change"]["elements"][0] == {
        "code": "part-1",
        "previous": 33.33,
        "difference": 33.33,
        "pairs": 5,
        "paired_difference": 33.33,
        "low": 33.33,
        "high": 33.33,
        "more_than_noise": True,
    }


def test_another_version_is_compared_where_it_asks_the_same():
    alliance = make_alliance()

    def alter(bank: Bank) -> None:
        bank.questions.filter(code="B1").update(text="Something else.")
        bank.questions.filter(code="C1").update(reverse=True)

    first, second = make_bank(), make_bank(version=2, change=alter)
    documents = []
    for bank, name in ((first, "Round 1"), (second, "Round 2")):
        made = make_round(alliance, bank, organisations=5, name=name)
        for place in range(5):
            answers = {"A1": 4, "A2": 4, "A3": 2, "B1": 4, "B2": 2, "C1": 3, "C2": 3}
            make_response(made, place, answers=answers, submitted=True)
        documents.append(close_round(round=made.round).document)
    previous = [element["previous"] for element in documents[1]["change"]["elements"]]
    assert previous == [75, None, None]
