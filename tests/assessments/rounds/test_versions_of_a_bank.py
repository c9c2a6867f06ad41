"""A bank gets a new version: whoever answers notices nothing, and results compare what still asks the same."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from alliances.errors import Refused
from alliances.models import Alliance
from assessments.models import Bank, Response, Result, Round
from assessments.services.banks.drafts import (
    draft_digest,
    draft_next_version,
    publish_draft,
    retire_bank,
)
from assessments.services.banks.files import parse_bank, read_bank_file
from assessments.services.banks.order import move_question
from assessments.services.banks.parts import (
    add_question,
    change_bank,
    change_dimension,
    change_question,
    remove_question,
)
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import ensure_shipped_banks, import_bank, latest_bank
from assessments.services.rounds import check_terms, close_round
from tests.assessments.banks.test_bank_keys import PUBLISHED
from tests.factories import MadeRound, make_alliance, make_participant, make_response, make_round

pytestmark = pytest.mark.django_db

DIMENSIONS = ("same", "worded", "meant", "scaled", "turned", "weighed", "moved", "left", "grown")


def bank_of_nine() -> Bank:
    """Version 1: nine dimensions of two questions each, on five values."""
    data = {
        "code": "nine",
        "version": 1,
        "title": "Nine",
        "introduction": "Say how it stands.",
        "dimensions": [
            {
                "code": code,
                "title": code.title(),
                "questions": [
                    {"code": f"{code}-{n}", "text": f"Statement {n} of {code}."} for n in (1, 2)
                ],
            }
            for code in DIMENSIONS
        ],
    }
    return import_bank(document=parse_bank(text=json.dumps(data)))


def change(bank: Bank, code: str, **data: Any) -> None:
    question = bank.questions.get(code=code)
    change_question(question=question, edition=question.edition, by=None, data=data)


def publish(draft: Bank, **marks: str) -> Bank:
    draft.refresh_from_db()
    document = document_of(draft)
    marks = {code.replace("_", "-"): mark for code, mark in marks.items()}
    return publish_draft(bank=draft, seen=draft_digest(document), by=None, marks=marks)


def second_version(bank: Bank) -> Bank:
    """Each dimension is changed as its name says."""
    draft = draft_next_version(bank=bank, by=None)
    change_bank(bank=draft, edition=1, by=None, data={"title": "New", "introduction": "New."})
    for dimension in draft.dimensions.all():
        change_dimension(
            dimension=dimension, edition=1, by=None, data={"question": "New?", "what_it_is": "New."}
        )
    change(draft, "worded-1", text="Said otherwise.")
    change(draft, "meant-1", text="Something else.")
    change(draft, "scaled-1", min=0, max=10, labels=None)
    change(draft, "turned-1", reverse=True)
    change(draft, "weighed-1", weight=2)
    # Past the beginning of its dimension, into the one before.
    move_question(question=draft.questions.get(code="moved-1"), by=-1)
    remove_question(question=draft.questions.get(code="left-2"))
    add_question(dimension=draft.dimensions.get(code="grown"), by=None, data={"code": "grown-3"})
    return publish(draft, worded_1="wording", meant_1="meaning")


def answered(alliance: Alliance, bank: Bank, name: str, value: int) -> Result:
    """The result of a round of the bank in which five people gave this value to everything."""
    made = make_round(alliance, bank, organisations=5, name=name)
    codes = bank.questions.values_list("code", flat=True)
    for place in range(5):
        make_response(made, place, answers=dict.fromkeys(codes, value), submitted=True)
    return close_round(round=made.round)


def previous(result: Result) -> dict[str, float | None]:
    return {
        element["code"]: element["previous"] for element in result.document["change"]["elements"]
    }


def test_the_next_result_compares_what_asks_the_same() -> None:
    alliance, first = make_alliance(), bank_of_nine()
    one = answered(alliance, first, "First", 2)
    before = (one.document, one.digest)
    second = second_version(first)
    two = answered(alliance, second, "Second", 4)
    assert two.document["bank"]["version"] == 2
    assert two.document["change"]["since"]["round"] == "First"
    # 2 on 1 to 5 is 25. "weighed" received moved-1.
    assert previous(two) == {
        "same": 25,
        "worded": 25,
        "meant": None,
        "scaled": None,
        "turned": None,
        "weighed": None,
        "moved": None,
        "left": None,
        "grown": None,
    }
    one.refresh_from_db()
    assert (one.document, one.digest) == before
    assert one.document["bank"]["version"] == 1


def test_over_two_versions_and_back() -> None:
    alliance, first = make_alliance(), bank_of_nine()
    answered(alliance, first, "First", 2)
    second = second_version(first)
    draft = draft_next_version(bank=second, by=None)
    change(draft, "worded-1", text="Said a third way.")
    change(draft, "same-1", text="Something else.")
    change(draft, "meant-1", text="Statement 1 of meant.")
    third = publish(draft, worded_1="wording", same_1="meaning", meant_1="meaning")
    found = previous(answered(alliance, third, "Second", 4))
    # "meant" is to the letter what it was in the first version.
    assert {code for code, score in found.items() if score is not None} == {"worded", "meant"}
    # A round of an older version after one of a newer is compared in the same way.
    found = previous(answered(alliance, first, "Third", 3))
    assert {code: score for code, score in found.items() if score is not None} == {
        "worded": 75,
        "meant": 75,
    }


# While somebody answers --------------------------------------------------------------------------


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    # Against forged requests, another one each time.
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", answer.content.decode())


def pages(made: MadeRound, client: Client) -> dict[str, str]:
    """All that a respondent reads."""
    home = f"/questionnaire/{made.round.pk}/"
    paths = [made.link(), home, *[f"{home}{n}/" for n in range(1, 10)], f"{home}review/"]
    return {path: page_of(client, path) for path in paths}


@pytest.mark.parametrize("retired", [False, True])
def test_whoever_answers_notices_nothing(client: Client, retired: bool) -> None:
    alliance, first = make_alliance(), bank_of_nine()
    made = make_round(alliance, first, organisations=5)
    home = f"/questionnaire/{made.round.pk}/"
    assert client.post(made.link()).status_code == 302
    client.post(f"{home}1/", {"q-same-1": "4", "q-same-2": "2", "comment": "Before."})
    assert "Saved." in page_of(client, home)  # said once
    before = pages(made, client)
    assert "Statement 1 of worded." in before[f"{home}2/"]

    second = second_version(first)
    if retired:
        retire_bank(bank=first, by=None)

    assert latest_bank("nine") == second
    assert pages(made, client) == before
    # Both ways of saving: each answer as it is given, and the page as a whole.
    assert client.post(f"{home}save/", {"code": "meant-1", "value": "5"}).json() == {"saved": True}
    new = client.post(f"{home}save/", {"code": "grown-3", "value": "5"})
    assert (new.status_code, new.json()["saved"]) == (422, False)
    answer = client.post(f"{home}2/", {"q-worded-1": "5", "q-worded-2": "1"})
    assert answer.headers["Location"] == f"{home}3/"
    # A value that only the new scale has, and a question that only the new version has.
    assert client.post(f"{home}4/", {"q-scaled-1": "10"}).status_code == 422
    client.post(f"{home}9/", {"q-grown-1": "3", "q-grown-3": "3"})
    client.post(f"{home}8/", {"q-left-2": "1"})
    assert client.post(f"{home}submit/").headers["Location"] == f"{home}done/"

    response = Response.objects.get()
    given = dict(response.answers.values_list("question__code", "value"))
    assert given == {
        "same-1": 4, "same-2": 2, "worded-1": 5, "worded-2": 1, "meant-1": 5, "grown-1": 3, "left-2": 1,
    }  # fmt: skip
    assert set(response.answers.values_list("question__bank__version", flat=True)) == {1}
    result = close_round(round=made.round)
    assert result.document["bank"] == {
        **result.document["bank"], "code": "nine", "version": 1, "digest": first.digest,
    }  # fmt: skip
    assert Round.objects.get().bank == first


def test_who_comes_only_after_the_new_version_is_asked_the_old_one() -> None:
    first = bank_of_nine()
    made = make_round(make_alliance(), first, organisations=5)
    second_version(first)
    retire_bank(bank=first, by=None)
    late = Client()
    assert late.post(made.link(3)).status_code == 302
    page = page_of(late, f"/questionnaire/{made.round.pk}/2/")
    assert "Statement 1 of worded." in page
    assert "Said otherwise." not in page


def test_a_retired_version_is_asked_in_no_new_round() -> None:
    alliance, first = make_alliance(), bank_of_nine()
    make_participant(alliance, people=5)
    retire_bank(bank=first, by=None)
    first.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        check_terms(alliance=alliance, bank=first, name="Next", mode="open", threshold=1)
    assert refusal.value.message == "This question bank is not published. Choose one that is."
    with pytest.raises(Refused, match="There is no question bank 'nine'"):
        latest_bank("nine")


def test_no_draft_can_be_asked() -> None:
    alliance, first = make_alliance(), bank_of_nine()
    draft = draft_next_version(bank=first, by=None)
    with pytest.raises(Refused, match="not published"):
        check_terms(alliance=alliance, bank=draft, name="Next", mode="open", threshold=1)
    assert latest_bank("nine") == first


def test_rounds_of_the_readiness_before_and_after_its_second_version_are_compared() -> None:
    first = import_bank(document=read_bank_file(path=PUBLISHED / "readiness-1.yaml"))
    alliance = make_alliance()
    answers: dict[str, int | str] = {f"CP{number}": 4 for number in (1, 2, 3, 4, 5, 6)}
    made = make_round(alliance, first, organisations=1, mode="open", threshold=1)
    make_response(made, 0, answers=answers, submitted=True)
    close_round(round=made.round)
    ensure_shipped_banks()
    second = latest_bank("readiness")
    assert (second.version, second.since) == (2, 1)
    made = make_round(alliance, second, organisations=1, mode="open", threshold=1, name="Second")
    make_response(made, 0, answers=answers | {"CP1": 5}, submitted=True)
    change = close_round(round=made.round).document["change"]["elements"][0]
    # One statement of six went from 75 to 100.
    assert (change["code"], change["difference"]) == ("common-pain", 4.17)
