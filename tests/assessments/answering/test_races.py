"""Several at once: one row an answer, one response a person, in or out when the round closes."""

from __future__ import annotations

import itertools
import threading
import time

import pytest
from django.db import connection

from assessments.models import Answer, Comment, Invitation, Response
from assessments.services.answering import save_answer, save_comment, submit
from assessments.services.invitations import send_link
from assessments.services.links import begin
from assessments.services.rounds import close_round
from tests.factories import make_link, make_round
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_answer_saved_eight_times_is_one_row() -> None:
    made = make_round()
    token, pk = made.tokens[0], made.round.pk
    begin(token=token)
    values = [str(number % 5 + 1) for number in range(8)]
    found = at_once(
        *(
            lambda value=value: save_answer(token=token, round_id=pk, code="A1", given=value)
            for value in values
        )
    )
    assert found == ["done"] * 8
    assert Answer.objects.count() == 1


def test_beginning_eight_times_is_one_response() -> None:
    made = make_round()
    found = at_once(*(lambda: begin(token=made.tokens[0]) for _ in range(8)))
    assert found == ["done"] * 8
    assert Response.objects.count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_of_two_links_of_a_person_one_is_sent_in(turn: int) -> None:
    made = make_round()
    pk = made.round.pk
    tokens = [made.tokens[0], make_link(made.invitations[0])]
    for token in tokens:
        begin(token=token)
        save_answer(token=token, round_id=pk, code="A1", given="3")
    found = at_once(*(lambda token=token: submit(token=token, round_id=pk) for token in tokens))
    assert sorted(found) == ["done", "refused"]
    assert Response.objects.filter(submitted=True).count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_closing_while_somebody_sends_in_counts_them_or_refuses(turn: int) -> None:
    made = make_round(organisations=3)
    pk = made.round.pk
    for token in made.tokens[:2]:
        begin(token=token)
        save_answer(token=token, round_id=pk, code="A1", given="3")
    closing, *sending = at_once(
        lambda: close_round(round=made.round),
        lambda: submit(token=made.tokens[0], round_id=pk),
        lambda: submit(token=made.tokens[1], round_id=pk),
        lambda: begin(token=made.tokens[2]),
    )
    assert closing == "done"
    counted = sending[:2].count("done")
    made.round.refresh_from_db()
    assert made.round.result.document["responses"]["people"] == counted
    assert Response.objects.filter(submitted=True).count() == counted
    assert Response.objects.filter(submitted=False).count() == 0
    assert Invitation.objects.filter(progress="answered").count() == counted


@pytest.mark.parametrize("turn", range(3))
def test_closing_while_answers_are_saved_keeps_none_of_them(turn: int) -> None:
    made = make_round(organisations=3)
    pk = made.round.pk
    codes = ["A1", "A2", "A3", "B1", "B2", "C1", "C2"]
    over = threading.Event()
    for token in made.tokens:
        begin(token=token)

    def keep_saving(token: str) -> None:
        """Saves on and on, new answers and old ones, until it is refused."""
        for number in itertools.count():
            late, value = over.is_set(), str(number % 5 + 1)
            save_answer(token=token, round_id=pk, code=codes[number % 7], given=value)
            save_comment(token=token, round_id=pk, element="part-1", text=value)
            assert not late
            if connection.vendor == "sqlite":
                time.sleep(0.01)  # its lock goes to whoever asks first, and all must have a turn

    def close_soon() -> None:
        time.sleep(0.1 * (turn + 1))
        try:
            close_round(round=made.round)
        finally:
            over.set()

    found = at_once(close_soon, *(lambda token=token: keep_saving(token) for token in made.tokens))
    assert found == ["done"] + ["refused"] * 3
    made.round.refresh_from_db()
    assert made.round.result.document["responses"]["people"] == 0
    assert [model.objects.count() for model in (Response, Answer, Comment)] == [0, 0, 0]


@pytest.mark.parametrize("turn", range(3))
def test_a_link_that_is_replaced_while_it_sends_in_does_one_or_the_other(turn: int) -> None:
    made = make_round()
    token, pk = made.tokens[0], made.round.pk
    begin(token=token)
    save_answer(token=token, round_id=pk, code="A1", given="3")
    found = at_once(
        lambda: send_link(
            invitation=made.invitations[0], base_url="https://a.example", revoke_older=True
        ),
        lambda: submit(token=token, round_id=pk),
    )
    assert sorted(found) == ["done", "refused"]
    assert Response.objects.get().submitted is (found[1] == "done")
    made.invitations[0].refresh_from_db()
    assert made.invitations[0].progress == ("answered" if found[1] == "done" else "invited")
