"""Who may what: rounds, their results, and the questionnaire."""

from __future__ import annotations

from typing import Any

from assessments.models import Comment, Round
from assessments.services.banks.store import latest_bank
from assessments.services.rounds import close_round
from assessments.views.questionnaire import cookie_name
from tests.assessments.persons.rounds import bank_of_oneself
from tests.factories import (
    MadeRound,
    make_alliance,
    make_bank,
    make_participant,
    make_representative,
    make_response,
    make_round,
)
from tests.permissions.rows.row import TO_ALL, A, Row, Seats, inside, public

ROWS: dict[str, Row] = {
    # Rounds
    "rounds": inside("members", **A),
    # sent empty, it does not say what to ask
    "round_new": inside("conveners", "wrong", **A),
    "round": inside("conveners", pk="open"),
    "round_remind": inside("conveners", "does", pk="open"),
    "round_link": inside("conveners", "does", pk="invitation"),
    "round_forecast": inside("conveners", "does", pk="open"),
    "round_close": inside("conveners", "does", pk="open"),
    # Results
    "result": inside("members", pk="closed"),
    "report_pdf": inside("members", pk="closed"),
    "scorecard_pdf": inside("members", pk="closed"),
    "result_json": inside("members", pk="closed"),
    "result_csv": inside("members", pk="closed"),
    # The respondent: whoever holds the link, with an account or without
    "link": public("all", TO_ALL, token="token"),
    "questionnaire": public("respondent", pk="open"),
    "questionnaire_page": public(
        "respondent", "404 302 404 404 404 404 404 404 404 404", pk="open", number=1
    ),
    "questionnaire_save": public(
        "no",
        "404 200 404 404 404 404 404 404 404 404",
        pk="open",
        sends={"code": "A1", "value": "4"},
    ),
    "questionnaire_review": public("respondent", pk="open"),
    "questionnaire_submit": public("no", "404 302 404 404 404 404 404 404 404 404", pk="open"),
    # the round is about nobody; of one that is, see tests/assessments/persons
    "questionnaire_result": public("gone", pk="open"),
    "own_result_pdf": public("gone", pk="open"),
    # nobody who has an account here is asked; who is, see tests/assessments/answering
    "questionnaire_own": public("no", "L L 404 404 404 404 404 404 404 404", pk="open"),
    # not sent in yet: back to what is
    "questionnaire_done": public("404 302 404 404 404 404 404 404 404 404", pk="open"),
    "questionnaire_data": public("respondent", pk="open"),
    "own_answers_json": public("respondent", pk="open"),
    "own_answers_csv": public("respondent", pk="open"),
    "questionnaire_delete": public(
        "respondent", "404 302 404 404 404 404 404 404 404 404", pk="open"
    ),
    "questionnaire_forget": public("no", "404 302 404 404 404 404 404 404 404 404", pk="open"),
    # The workbook
    "workbook": inside("members", code="working-relationship", **A),
    "workbook_pick": inside("own", "does, own", pk="participant", code="working-relationship"),
    # Whoever is invited to an alliance; where nothing is answered, there is nothing to read
    "appraisal": public("all", TO_ALL, code="invitation-appraisal"),
    "appraisal_page": public("all", TO_ALL, code="invitation-appraisal", number=1),
    "appraisal_result": public(TO_ALL, code="invitation-appraisal"),
    "appraisal_pdf": public(TO_ALL, code="invitation-appraisal"),
}

FIVE = {"A1": 4, "A2": 4, "A3": 2, "B1": 4, "B2": 3}


def make_objects(seats: Seats) -> dict[str, Any]:
    """What the rows name, by the name that they use."""
    bank = make_bank()
    latest_bank("invitation-appraisal")
    latest_bank("working-relationship")
    open_round = make_open(seats)
    closed = make_closed(seats)
    made_about = make_about_a_person(seats)
    return {
        "third alliance": make_elsewhere(),
        "bank": bank.pk,
        "open": open_round.round.pk,
        "closed": closed.round.pk,
        "invitation": open_round.invitations[1].pk,
        "token": open_round.tokens[0],
        "tokens": [*open_round.tokens[1:], *closed.tokens, *made_about.tokens],
        "about a person": made_about.round.pk,
        "subject": (made_about.round.pk, made_about.tokens[0]),
        "cookie": (
            cookie_name(open_round.round.pk),
            open_round.tokens[0],
            f"/questionnaire/{open_round.round.pk}/",
        ),
    }


def make_open(seats: Seats) -> MadeRound:
    """A round in which one has begun, and another sent in; its convener has said what they expect."""
    made = make_round(seats.alliance, name="Vernalscan", organisations=3)
    begun = make_response(made, 0, answers={"A1": 3})
    sent = make_response(made, 2, answers=FIVE, submitted=True)
    part = made.round.bank.dimensions.get(code="part-1")
    Comment.objects.create(response=begun, dimension=part, text="Halfway: Murmurkeld.")
    Comment.objects.create(response=sent, dimension=part, text="Sent in: Whisperholm.")
    invitation = made.invitations[1]
    invitation.name, invitation.email = "Bess Invitegarth", "invitegarth@example.org"
    invitation.save()
    Round.objects.filter(pk=made.round.pk).update(forecast={"part-1": 31})
    return made


def make_closed(seats: Seats) -> MadeRound:
    """A confidential one with a result: five commented on the first part, two on the second; one of
    those asked saved without sending in."""
    made = make_round(seats.alliance, organisations=6, name="Autumnscan")
    parts = {part.code: part for part in made.round.bank.dimensions.all()}
    for place in range(5):
        response = make_response(made, place, answers=FIVE, submitted=True)
        Comment.objects.create(
            response=response, dimension=parts["part-1"], text=f"Told by many: Chorusdale {place}."
        )
        if place < 2:
            Comment.objects.create(
                response=response, dimension=parts["part-2"], text="Told by two: Duetmoor."
            )
    saved = make_response(made, 5, answers={"A1": 1})
    Comment.objects.create(
        response=saved, dimension=parts["part-1"], text="Never sent in: Unsentby."
    )
    close_round(round=made.round)
    return made


def make_about_a_person(seats: Seats) -> MadeRound:
    """A closed one about one person, who alone reads what came of it."""
    bank = bank_of_oneself()
    made = make_round(seats.alliance, bank, organisations=6, name="Mirrorscan")
    about = make_representative(seats.birch, "Wrenna Solitarby", email="solitarby@example.org")
    Round.objects.filter(pk=made.round.pk).update(about=about, about_name=about.name)
    made.round.refresh_from_db()
    subject = made.invitations[0]
    subject.name, subject.email, subject.of_oneself = about.name, about.email, True
    subject.save()
    part = bank.dimensions.order_by("position")[0]
    for place in range(6):
        response = make_response(made, place, answers={"L": 8, "C": 5, "H": 6}, submitted=True)
        response.of_oneself = place == 0
        response.save()
        Comment.objects.create(
            response=response, dimension=part, text=f"Of one person: Peerthorpe {place}."
        )
    close_round(round=made.round)
    return made


def make_elsewhere() -> int:
    """An alliance that nobody here belongs to, with a round; its key."""
    alliance = make_alliance("Faroffwick")
    participant = make_participant(alliance, "Thirdhouseby")
    make_round(alliance, name="Thirdscan", organisations=1)
    make_representative(participant, "Thora Thirdperson", email="thirdperson@example.org")
    return alliance.pk
