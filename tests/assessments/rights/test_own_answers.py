"""A respondent reads, takes away and deletes their own answers; nothing that is published changes."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliances.errors import Refused
from assessments.models import Answer, Comment, Dimension, Invitation, Response, Result
from assessments.reports.pdf import render_report
from assessments.services.answering import save_answer, submit
from assessments.services.banks.statistics.gathering import read_statistics
from assessments.services.links import begin
from assessments.services.own_answers import delete_answers
from assessments.services.rounds import close_round
from tests.factories import (
    MadeRound,
    invite,
    make_alliance,
    make_answered_round,
    make_bank,
    make_link,
    make_participant,
    make_response,
    make_round,
    make_user,
)

pytestmark = pytest.mark.django_db

SIX = [
    {"A1": 1, "A2": 2, "A3": 3, "B1": 4, "B2": 5, "C1": 1, "C2": 2},
    {"A1": 2, "A2": 3, "A3": 4, "B1": 5, "B2": 1, "C1": 2, "C2": 3},
    {"A1": 3, "A2": 4, "A3": 5, "B1": 1, "B2": 2, "C1": 3, "C2": 4},
    {"A1": 4, "A2": 5, "A3": 1, "B1": 2, "B2": 3, "C1": 4, "C2": 5},
    {"A1": 5, "A2": 1, "A3": 2, "B1": 3, "B2": 4, "C1": 5, "C2": 1},
    {"A1": 5, "A2": 5, "A3": 1, "B1": 5, "B2": 1, "C1": 5, "C2": 1},
]


def entered(made: MadeRound, place: int = 0) -> Client:
    """A browser that came in by the link of the person at `place`."""
    client = Client()
    client.post(made.link(place))
    return client


@pytest.fixture
def answered() -> MadeRound:
    """Six people of six organisations sent in; the round is open. The first commented."""
    made = make_round(make_alliance(convener=make_user("convener@example.org")), organisations=6)
    for place, sheet in enumerate(SIX):
        response = make_response(made, place, answers=dict(sheet), submitted=True)
        part = Dimension.objects.get(bank=made.round.bank, code="part-1")
        Comment.objects.create(response=response, dimension=part, text=f"=Said {place}")
    return made


@pytest.fixture
def closed(answered: MadeRound) -> MadeRound:
    close_round(round=answered.round)
    answered.round.refresh_from_db()
    return answered


def address(made: MadeRound, name: str) -> str:
    return reverse(name, args=[made.round.pk])


@pytest.mark.parametrize("is_closed", [False, True])
def test_all_of_it_as_one_file_and_nobody_elses(answered: MadeRound, is_closed: bool) -> None:
    if is_closed:
        close_round(round=answered.round)
    answer = entered(answered).get(address(answered, "own_answers_json"))
    assert answer["Content-Type"] == "application/json"
    assert "no-store" in answer["Cache-Control"]
    document = json.loads(answer.content)
    assert document["schema"] == "northbound.answers/1"
    assert document["invited"]["organisation"] == "Organisation A"
    assert document["invited"]["email"] == answered.invitations[0].email
    given = {one["code"]: one["value"] for part in document["elements"] for one in part["answers"]}
    assert given == SIX[0]
    assert document["elements"][0]["answers"][0]["answer"] == "Strongly disagree"
    assert [part["comment"] for part in document["elements"]] == ["=Said 0", "", ""]
    assert b"Said 1" not in answer.content
    assert b"Organisation B" not in answer.content


def test_the_table_runs_no_formula(answered: MadeRound) -> None:
    answer = entered(answered).get(address(answered, "own_answers_csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[0] == ["element", "code", "statement", "value", "answer"]
    assert rows[1] == ["Part 1", "A1", "Statement A1.", "1", "Strongly disagree"]
    assert rows[4] == ["Part 1", "", "", "", "'=Said 0"]
    assert len(rows) == 1 + 7 + 1


def test_the_page_says_what_is_stored(answered: MadeRound) -> None:
    client = entered(answered)
    text = " ".join(client.get(address(answered, "questionnaire_data")).content.decode().split())
    assert "<dt>Answers</dt><dd>7</dd>" in text
    assert "<dt>Comments</dt><dd>1</dd>" in text
    assert "no name, no address, no time" in text
    assert (
        address(answered, "questionnaire_data")
        in client.get(address(answered, "questionnaire_review")).content.decode()
    )


@pytest.mark.parametrize(
    "name",
    [
        "questionnaire_data",
        "own_answers_json",
        "own_answers_csv",
        "questionnaire_delete",
        "questionnaire_forget",
    ],
)
def test_without_the_link_there_is_nothing(closed: MadeRound, name: str) -> None:
    """Nor by the link of another round, nor for the convener."""
    other = make_round(closed.alliance, name="Other")
    foreign = entered(other)
    foreign.cookies[f"nb_r{closed.round.pk}"] = other.tokens[0]
    convener = Client()
    convener.force_login(
        closed.alliance.memberships.get().user,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    for client in (Client(), foreign, convener):
        assert client.post(address(closed, name)).status_code in (404, 405)
        if name != "questionnaire_forget":
            assert client.get(address(closed, name)).status_code == 404
    assert Response.objects.filter(round=closed.round).count() == 6


def test_deleting_before_closing_takes_them_out_of_the_result(answered: MadeRound) -> None:
    client = entered(answered)
    assert "not begun" in client.get(address(answered, "questionnaire_delete")).content.decode()
    answer = client.post(address(answered, "questionnaire_delete"), follow=True)
    assert "Your answers are deleted." in answer.content.decode()
    assert Response.objects.filter(round=answered.round).count() == 5
    assert Answer.objects.filter(response__round=answered.round).count() == 35
    assert Comment.objects.filter(response__round=answered.round).count() == 5
    progress = [i.progress for i in Invitation.objects.filter(round=answered.round).order_by("pk")]
    assert progress == ["invited", *["answered"] * 5]
    document = close_round(round=answered.round).document
    assert document["responses"] == {"organisations": 5, "people": 5}
    # (2+3+4+5+5)/5 of A1, from the five that are left
    assert document["elements"][0]["questions"][0]["mean"] == 3.8


def test_deleting_takes_the_browsers_way_back(answered: MadeRound) -> None:
    client = entered(answered)
    client.post(address(answered, "questionnaire_delete"))
    assert client.cookies[f"nb_r{answered.round.pk}"].value == ""
    assert client.get(address(answered, "questionnaire_data")).status_code == 404


def test_who_deleted_can_answer_anew_by_the_same_link(answered: MadeRound) -> None:
    token, pk = answered.tokens[0], answered.round.pk
    delete_answers(token=token, round_id=pk)
    begin(token=token)
    save_answer(token=token, round_id=pk, code="A1", given="5")
    submit(token=token, round_id=pk)
    assert Invitation.objects.get(pk=answered.invitations[0].pk).progress == "answered"
    assert list(
        Answer.objects.filter(response__organisation__name="Organisation A").values_list(
            "question__code", "value"
        )
    ) == [("A1", 5)]


def test_what_another_link_sent_in_still_counts() -> None:
    """Somebody began by one link and sent in by another: the first has nothing to undo."""
    made = make_round()
    make_response(made, answers={"A1": 1})
    later = make_link(made.invitations[0])
    begin(token=later)
    save_answer(token=later, round_id=made.round.pk, code="A1", given="5")
    submit(token=later, round_id=made.round.pk)
    deleted = delete_answers(token=made.tokens[0], round_id=made.round.pk)
    assert deleted.may_answer
    assert Invitation.objects.get(pk=made.invitations[0].pk).progress == "answered"
    assert Response.objects.get().submitted


def everything_published(made: MadeRound) -> dict[str, Any]:
    """All that anybody reads of the round, byte for byte; the PDF by its text."""
    client = Client()
    client.force_login(
        made.alliance.memberships.get().user,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    names = ("result_json", "result_csv")
    found: dict[str, Any] = {name: client.get(address(made, name)).content for name in names}
    page = client.get(address(made, "result")).content.decode()
    found["page"] = page[page.index("<main") : page.index("</main>")]
    found["list"] = client.get(reverse("rounds", args=[made.alliance.pk])).content
    found["desk"] = client.get(reverse("desk", args=[made.alliance.pk])).content
    found["pdf"] = render_report(result=made.round.result)
    found["row"] = Result.objects.filter(round=made.round).values().get()
    return found


def test_deleting_after_closing_changes_nothing_that_is_published(closed: MadeRound) -> None:
    before = everything_published(closed)
    untouched = list(Invitation.objects.values().order_by("pk"))
    client = entered(closed)
    answer = client.post(address(closed, "questionnaire_delete"), follow=True)
    assert "Your answers are deleted." in answer.content.decode()
    assert "after all" not in answer.content.decode()
    assert Response.objects.filter(round=closed.round).count() == 5
    assert Answer.objects.filter(response__organisation__name="Organisation A").count() == 0
    after = everything_published(closed)
    for name in before:
        assert after[name] == before[name], name
    # Nothing on the person who was asked tells that it was they, nor when.
    assert list(Invitation.objects.values().order_by("pk")) == untouched
    # Their link says what it says to anybody who has answered by another one.
    said = Client().get(closed.link())
    assert said.status_code == 410
    assert "or you have deleted them" in said.content.decode()


def test_deleting_writes_no_row_but_in_an_open_round(closed: MadeRound) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        delete_answers(token=closed.tokens[0], round_id=closed.round.pk)
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE"))]
    assert written == []


def test_twice_is_nothing(closed: MadeRound) -> None:
    delete_answers(token=closed.tokens[0], round_id=closed.round.pk)
    with pytest.raises(Refused):
        delete_answers(token=closed.tokens[0], round_id=closed.round.pk)
    assert Response.objects.count() == 5


def six_more(made: MadeRound) -> Any:
    """The next round of the same bank, in which the same organisations answer all alike."""
    later = make_round(made.alliance, organisations=6, name="Second round")
    for place in range(6):
        sheet = dict.fromkeys(SIX[0], 3)
        make_response(later, place, answers=sheet, submitted=True)
    return close_round(round=later.round).document


def test_a_later_round_compares_with_what_is_whole(closed: MadeRound) -> None:
    change = six_more(closed)["change"]
    assert change is not None
    assert change["elements"][0]["previous"] == closed.round.result.document["elements"][0]["score"]


def test_no_later_round_tells_the_deleted_answers_by_subtraction(closed: MadeRound) -> None:
    """Else S of the first result, less S that the second compares with, would be one person's score."""
    delete_answers(token=closed.tokens[0], round_id=closed.round.pk)
    published = closed.round.result.document["elements"]
    document = six_more(closed)
    for was, change in zip(published, document["change"]["elements"], strict=True):
        assert change["previous"] == was["score"]
        assert change["paired_difference"] is None
        assert change["pairs"] is None


@pytest.mark.parametrize("deleted", [False, True])
def test_nor_where_the_score_stays_what_it_was(deleted: bool) -> None:
    """All score alike, in different ways, so that no figure which is told of the round gives away that somebody is
    gone. Without the deletion the movement of the eight organisations is told."""
    alliance = make_alliance()
    table = [make_participant(alliance, f"Party {place}") for place in range(8)]
    kinds = [(1, 3), (3, 1), (2, 2)]
    for number, more in enumerate((0, 2), 1):
        made = make_round(alliance, organisations=0, name=f"Round {number}")
        for place, participant in enumerate(table):
            organisation = made.round.organisations.create(
                name=participant.name, participant=participant
            )
            for person in range(3 if place < 4 else 2):
                invite(
                    made, organisation, f"Person {person}", f"person{person}.{place}@example.org"
                )
                at = len(made.invitations) - 1
                first, second = kinds[at % 3]
                answers = {"A1": first + more, "A2": second + more, "A3": 3}
                make_response(made, at, answers=answers, submitted=True)
                made.invitations[at].progress = "answered"
                made.invitations[at].save()
        close_round(round=made.round)
        if deleted and number == 1:
            delete_answers(token=made.tokens[0], round_id=made.round.pk)
    change = Result.objects.get(round=made.round).document["change"]["elements"][0]
    assert change["previous"] == 33.33
    assert change["pairs"] == (None if deleted else 8)
    assert (change["paired_difference"] is None) == deleted


def people_in(bank: Any) -> int | None:
    figures = read_statistics(bank)
    return figures.respondents if figures else None


def test_the_statistics_of_a_bank_lose_the_whole_batch() -> None:
    """Figures over all, less figures over all but one, would be that one person's answers."""
    bank = make_bank(shape=(2, 1))
    sheets = [{"A1": 1 + p % 5, "A2": 5 - p % 5, "B1": 1 + p % 5} for p in range(10)]
    rounds = [
        make_answered_round(make_alliance(f"Alliance {n}"), bank, [dict(s) for s in sheets])
        for n in range(6)
    ]
    assert people_in(bank) == 60
    Response.objects.filter(round=rounds[1]).order_by("pk")[0].delete()
    # The first batch of three rounds is gone; the second is what it was.
    assert people_in(bank) == 30
    Response.objects.filter(round=rounds[5]).order_by("pk")[0].delete()
    assert people_in(bank) is None


def test_erasing_ones_name_after_closing(closed: MadeRound) -> None:
    closed.round.invitations.update(language="fr")
    client = entered(closed)
    before = everything_published(closed)
    client.post(address(closed, "questionnaire_forget"))
    row = Invitation.objects.get(pk=closed.invitations[0].pk)
    assert (row.name, row.email, row.language, row.progress) == ("", "", "", "answered")
    assert Invitation.objects.filter(round=closed.round).exclude(name="").count() == 5
    page = client.get(address(closed, "questionnaire_data"))
    assert "your name and address are erased" in page.content.decode()
    assert everything_published(closed) == before


def test_names_stay_while_a_round_is_open(answered: MadeRound) -> None:
    client = entered(answered)
    answer = client.post(address(answered, "questionnaire_forget"), follow=True)
    assert "While the round is open your name stays on its list." in answer.content.decode()
    assert not Invitation.objects.filter(name="").exists()


def test_a_stranger_on_the_list_is_not_touched(closed: MadeRound) -> None:
    """Two of one organisation: the one who erases theirs is the one whose link it is."""
    organisation = closed.invitations[0].organisation
    invite(closed, organisation, "Bea", "bea@example.org")
    entered(closed).post(address(closed, "questionnaire_forget"))
    assert Invitation.objects.get(email="bea@example.org").name == "Bea"
