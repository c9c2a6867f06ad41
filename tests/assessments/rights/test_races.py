"""Several at once: what is deleted is counted or not, and nobody is left behind."""

from __future__ import annotations

import pytest

from alliances.models import Membership, User
from alliances.services.own_account import delete_account
from assessments.models import Answer, Invitation, Response
from assessments.services.answering import save_answer
from assessments.services.links import begin
from assessments.services.own_answers import delete_answers
from assessments.services.rounds import close_round
from tests.assessments.rights.test_own_answers import SIX
from tests.factories import MadeRound, make_alliance, make_response, make_round, make_user
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def answered(name: str = "First round", like: MadeRound | None = None) -> MadeRound:
    made = make_round(like.alliance if like else None, organisations=6, name=name)
    for place, sheet in enumerate(SIX):
        make_response(made, place, answers=dict(sheet), submitted=True)
    return made


@pytest.mark.parametrize("turn", range(3))
def test_closing_while_some_delete(turn: int) -> None:
    made = answered()
    pk = made.round.pk
    found = at_once(
        lambda: close_round(round=made.round),
        lambda: delete_answers(token=made.tokens[0], round_id=pk),
        lambda: delete_answers(token=made.tokens[1], round_id=pk),
    )
    assert found == ["done"] * 3
    assert Response.objects.count() == 4
    made.round.refresh_from_db()
    published = made.round.result.document["responses"]["people"]
    assert published in (4, 5, 6)
    # The list of who was asked says what the result counts, whoever came first.
    assert Invitation.objects.filter(progress="answered").count() == published


@pytest.mark.parametrize("turn", range(3))
def test_saving_while_it_is_deleted_leaves_nothing(turn: int) -> None:
    made = make_round()
    token, pk = made.tokens[0], made.round.pk
    begin(token=token)
    save_answer(token=token, round_id=pk, code="A1", given="3")
    found = at_once(
        lambda: delete_answers(token=token, round_id=pk),
        *(lambda: save_answer(token=token, round_id=pk, code="A2", given="4") for _ in range(3)),
    )
    assert found[0] == "done"
    assert (Response.objects.count(), Answer.objects.count()) == (0, 0)


@pytest.mark.parametrize("turn", range(3))
def test_the_next_round_compares_with_all_or_with_nothing(turn: int) -> None:
    first = answered()
    close_round(round=first.round)
    first.round.refresh_from_db()
    second = answered("Second round", like=first)
    assert at_once(
        lambda: close_round(round=second.round),
        lambda: delete_answers(token=first.tokens[0], round_id=first.round.pk),
    ) == ["done", "done"]
    second.round.refresh_from_db()
    change = second.round.result.document["change"]
    before = {one["code"]: one["score"] for one in first.round.result.document["elements"]}
    if change is not None:
        assert {one["code"]: one["previous"] for one in change["elements"]} == before


def test_two_conveners_who_leave_at_once_leave_one() -> None:
    ada, bert = make_user("ada@example.org"), make_user("bert@example.org")
    alliance = make_alliance(convener=ada, member=make_user("cleo@example.org"))
    Membership.objects.create(alliance=alliance, user=bert, role="convener")
    found = at_once(
        lambda: delete_account(user=ada, by=ada), lambda: delete_account(user=bert, by=bert)
    )
    assert sorted(str(one) for one in found) == ["done", "refused"]
    assert alliance.memberships.filter(role="convener").count() == 1


def test_two_admins_who_leave_at_once_leave_one() -> None:
    roots = [User.objects.create_superuser(f"root{n}@example.org") for n in range(2)]
    found = at_once(*(lambda root=root: delete_account(user=root, by=root) for root in roots))
    assert sorted(str(one) for one in found) == ["done", "refused"]
    assert User.objects.filter(is_superuser=True).count() == 1
