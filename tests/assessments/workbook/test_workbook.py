"""The workbook: each partner picks, both are asked what they have in common, and nothing else."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from alliances.errors import Refused
from alliances.models import Alliance, Participant, Representative, User
from alliances.services.records import Overtaken
from assessments.models import Answer, Bank, Invitation, Response, Round, Selection
from assessments.reports.pdf import render_report, render_scorecard
from assessments.reports.report import make_report, report_of
from assessments.reports.texts import texts_of
from assessments.services.answering import NotAnswered, save_answer
from assessments.services.banks.files import parse_bank
from assessments.services.banks.store import import_bank
from assessments.services.invitations import send_invitations, send_link, send_reminders
from assessments.services.rounds import close_round, open_round
from assessments.services.workbook import picked_by_both, read_workbook, save_selection
from tests.factories import (
    MadeRound,
    make_alliance,
    make_bank,
    make_link,
    make_participant,
    make_response,
    make_user,
)
from tests.races import at_once

pytestmark = pytest.mark.django_db


def workbook(version: int = 1, drop: str = "", minutes: int = 12) -> Bank:
    """Three elements: A1 to A3, B1 and B2, C1; scale 0 to 10."""
    data = {
        "code": "pairwork",
        "version": version,
        "title": "Pairwork",
        "audience": "partners",
        "subject": "organisation",
        "minutes": minutes,
        "reading": {"rule": "mean"},
        "scale": {"min": 0, "max": 10, "labels": ["Never", *[""] * 9, "Always"]},
        "dimensions": [
            {
                "code": letter.lower(),
                "title": f"Element {letter}",
                "questions": [
                    {"code": f"{letter}{n}", "text": f"Statement {letter}{n}."}
                    for n in range(1, count + 1)
                    if f"{letter}{n}" != drop
                ],
            }
            for letter, count in (("A", 3), ("B", 2), ("C", 1))
        ],
    }
    return import_bank(document=parse_bank(text=json.dumps(data)))


@pytest.fixture
def ada() -> User:
    return make_user(name="Ada Marsh")


@pytest.fixture
def table(ada: User) -> Alliance:
    alliance = make_alliance(convener=ada)
    for name in ("Ash", "Birch", "Cedar"):
        make_participant(alliance, name, people=2)
    return alliance


def named(name: str) -> Participant:
    return Participant.objects.get(name=name)


def pick(name: str, *codes: str, edition: int = 0) -> Selection:
    return save_selection(
        participant=named(name),
        bank=Bank.objects.get(code="pairwork", version=1),
        edition=edition,
        by=None,
        codes=codes,
    )


def opened(alliance: Alliance, *names: str, name: str = "Pairwork") -> MadeRound:
    round_ = open_round(
        alliance=alliance,
        bank=Bank.objects.filter(code="pairwork").latest("version"),
        name=name,
        mode="open",
        threshold=1,
        closes_on=timezone.localdate() + dt.timedelta(days=3),
        representatives=list(Representative.objects.filter(participant__name__in=names)),
    )
    made = MadeRound(round_, list(round_.invitations.all()))
    made.tokens = [make_link(invitation) for invitation in made.invitations]
    return made


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


# Picking


def test_what_both_picked_is_asked(table) -> None:
    workbook()
    pick("Ash", "B2", "A1", "A3", "C1")
    pick("Birch", "A3", "B1", "B2")
    assert opened(table, "Ash", "Birch").round.asked == ["A3", "B2"]


def test_who_has_not_picked_is_named(table) -> None:
    bank = workbook()
    pick("Ash", "A1")
    pick("Cedar")
    with pytest.raises(Refused) as refusal:
        picked_by_both(alliance=table, bank=bank, partners=[named(n) for n in ("Ash", "Birch")])
    assert refusal.value.details == ["Birch"]
    with pytest.raises(Refused) as refusal:
        opened(table, "Ash", "Cedar")
    assert refusal.value.details == ["Cedar"]
    assert Round.objects.count() == 0


def test_nothing_in_common(table) -> None:
    workbook()
    pick("Ash", "A1")
    pick("Birch", "A2")
    with pytest.raises(Refused, match="no question in common"):
        opened(table, "Ash", "Birch")


def test_a_selection_keeps_the_banks_order_and_no_code_twice(table) -> None:
    workbook()
    assert pick("Ash", "C1", "A2", "C1").codes == ["A2", "C1"]
    with pytest.raises(Refused, match="no longer asked"):
        pick("Ash", "A9", edition=1)
    assert Selection.objects.get().codes == ["A2", "C1"]


def test_two_who_pick_at_once(table) -> None:
    workbook()
    pick("Ash", "A1")
    with pytest.raises(Overtaken):
        pick("Ash", "A2", edition=0)
    assert pick("Ash", "A2", edition=1).edition == 2


@pytest.mark.django_db(transaction=True)
def test_the_first_of_two_at_the_same_moment_stands(table) -> None:
    workbook()
    came = at_once(lambda: pick("Ash", "A1"), lambda: pick("Ash", "A2"))
    assert sorted(str(one) for one in came) == ["done", "overtaken"]
    assert len(Selection.objects.get().codes) == 1


def test_who_has_picked_what_in_common(table) -> None:
    bank = workbook()
    pick("Ash", "A1", "A2", "B1")
    pick("Birch", "B1")
    pick("Cedar", "A1", "A2")
    rows, pairs = read_workbook(table, bank, [named(n) for n in ("Ash", "Birch", "Cedar")])
    assert [(row.participant.name, row.count) for row in rows] == [
        ("Ash", 3),
        ("Birch", 1),
        ("Cedar", 2),
    ]
    assert [(p.first.name, p.second.name, p.count) for p in pairs] == [
        ("Ash", "Cedar", 2),
        ("Ash", "Birch", 1),
        ("Birch", "Cedar", 0),
    ]


def test_a_next_version_that_dropped_a_question(table) -> None:
    workbook()
    pick("Ash", "A1", "B1")
    pick("Birch", "A1", "B1")
    bank = workbook(version=2, drop="A1")
    assert picked_by_both(alliance=table, bank=bank, partners=[named("Ash"), named("Birch")]) == [
        "B1"
    ]


# Asking


@pytest.fixture
def asked(table) -> MadeRound:
    """Ash and Birch are asked A1, A3 and C1."""
    workbook()
    pick("Ash", "A1", "A3", "B1", "C1")
    pick("Birch", "A1", "A3", "B2", "C1")
    return opened(table, "Ash", "Birch")


def test_respondents_see_that_alone(asked) -> None:
    client = Client()
    # 3 of 6 questions, of 12 minutes
    assert "in about 6 minutes" in text_of(client.get(asked.link()))
    client.post(asked.link())
    home = f"/questionnaire/{asked.round.pk}/"
    introduction = text_of(client.get(home))
    assert "6 minutes" in introduction
    assert "in two parts" in introduction
    assert "Your partner in this round is Birch. You answer for Ash" in introduction
    first, second = text_of(client.get(f"{home}1/")), text_of(client.get(f"{home}2/"))
    assert "Statement A1." in first
    assert "Statement A3." in first
    assert "Statement A2." not in first
    assert "Statement C1." in second
    assert client.get(f"{home}3/").status_code == 404
    assert "Statement B" not in text_of(client.get(f"{home}review/"))
    client.post(f"{home}2/", {"q-C1": "7", "go": "review"})
    client.post(f"{home}save/", {"code": "A1", "value": "3"})
    refused = client.post(f"{home}save/", {"code": "A2", "value": "3"})
    assert (refused.status_code, refused.json()["saved"]) == (422, False)
    with pytest.raises(NotAnswered):
        save_answer(token=asked.tokens[0], round_id=asked.round.pk, code="B1", given="3")
    assert sorted(Answer.objects.values_list("question__code", flat=True)) == ["A1", "C1"]
    client.post(f"{home}submit/")
    assert Response.objects.get().submitted


def test_each_side_reads_who_the_partner_is(asked) -> None:
    client = Client()
    client.post(asked.link(2))
    introduction = text_of(client.get(f"/questionnaire/{asked.round.pk}/"))
    assert "Your partner in this round is Ash. You answer for Birch" in introduction


def test_one_minute_is_one(table, mailoutbox) -> None:
    workbook(minutes=6)
    for name in ("Ash", "Birch"):
        pick(name, "C1")
    made = opened(table, "Ash", "Birch")
    client = Client()
    # 1 of 6 questions, of 6 minutes
    assert "in about 1 minute. You can stop" in text_of(client.get(made.link()))
    client.post(made.link())
    assert "1 minute in one part." in text_of(client.get(f"/questionnaire/{made.round.pk}/"))
    Invitation.objects.exclude(pk=made.invitations[1].pk).delete()
    send_invitations(
        round=made.round, base_url="https://a.example", invitations=made.invitations[1:2]
    )
    send_reminders(round=made.round, base_url="https://a.example")
    send_link(invitation=made.invitations[1], base_url="https://a.example")
    said = [
        "about 1 minute, and you can stop",
        "about 1 minute. The last day",
        "about 1 minute. The last",
    ]
    assert [told in mail.body for told, mail in zip(said, mailoutbox, strict=True)] == [True] * 3


def test_the_result_tells_of_that_alone(asked) -> None:
    # Half of what was asked of element A is enough for a score: one of two.
    for place, answers in enumerate(({"A1": 8, "C1": 2}, {"A1": 6, "A3": 4, "C1": 4}), start=0):
        make_response(asked, place, answers=answers, submitted=True)
    document = close_round(round=asked.round).document
    # Ash: (80 + (60 + 40) / 2) / 2 = 65
    assert [(e["code"], e["score"]) for e in document["elements"]] == [("a", 65), ("c", 30)]
    assert [q["code"] for q in document["elements"][0]["questions"]] == ["A1", "A3"]


def test_the_result_says_how_much_was_asked_and_of_whom(asked, ada) -> None:
    for place, answers in ((0, {"A1": 8, "A3": 4, "C1": 2}), (2, {"A1": 6, "C1": 4})):
        make_response(asked, place, answers=answers, submitted=True)
    result = close_round(round=asked.round)
    covered = "The round covers 3 of 6 statements: those that both partners chose."
    page = text_of(client_of(ada).get(f"/rounds/{asked.round.pk}/result/"))
    assert covered in page
    report = report_of(result)
    assert report.covers == covered
    assert report.asks_lead.endswith(" It is asked of Ash and Birch alike, and of nobody else.")
    for content in (
        render_report(result=result),
        render_scorecard(result=result, participant_name=None),
    ):
        pages = PdfReader(io.BytesIO(content)).pages
        assert covered in " ".join(" ".join(one.extract_text() for one in pages).split())
    # Nothing by organisation in a confidential round, their names included.
    document = result.document
    elements = [{**element, "by_organisation": None} for element in document["elements"]]
    report = make_report({**document, "elements": elements}, texts_of(asked.round.bank))
    assert report.asks_lead.endswith(" It is asked of both partners alike, and of nobody else.")
    assert report.covers == ""


def test_movement_is_told_of_what_was_asked_both_times(table, asked) -> None:
    make_response(asked, 0, answers={"A1": 8, "A3": 8, "C1": 2}, submitted=True)
    close_round(round=asked.round)
    pick("Birch", "A1", "B1", "C1", edition=1)
    again = opened(table, "Ash", "Birch", name="Again")
    assert again.round.asked == ["A1", "B1", "C1"]
    make_response(again, 0, answers={"A1": 9, "B1": 5, "C1": 3}, submitted=True)
    change = close_round(round=again.round).document["change"]
    assert [(e["code"], e["previous"], e["difference"]) for e in change["elements"]] == [
        ("a", None, None),
        ("b", None, None),
        ("c", 20, 10),
    ]


def test_a_bank_for_everyone_asks_all(table) -> None:
    bank = make_bank()
    round_ = open_round(
        alliance=table,
        bank=bank,
        name="All",
        mode="open",
        threshold=1,
        closes_on=timezone.localdate(),
        representatives=list(Representative.objects.all()),
    )
    assert round_.asked == []
    assert round_.minutes == bank.minutes


# Pages


def test_a_member_picks_for_the_own_organisation(table) -> None:
    workbook()
    member = make_user("member@example.org")
    table.memberships.create(user=member, participant=named("Ash"))
    client = client_of(member)
    page = client.get(f"/alliances/{table.pk}/workbook/pairwork/")
    own = f"/participants/{named('Ash').pk}/workbook/pairwork/"
    assert page.content.decode().count('/workbook/pairwork/"') == 2  # the button, and the row
    assert own in page.content.decode()
    assert "Not picked yet" in text_of(page)
    form = client.get(own)
    assert form.content.decode().count('name="codes"') == 6
    assert "Element B" in text_of(form)
    answer = client.post(own, {"codes": ["A1", "B2"], "edition": "0"}, follow=True)
    assert "2 of 6 questions" in text_of(answer)
    form = client.get(own).content.decode()
    assert len(re.findall(r'value="(A1|B2)"[^>]* checked', form)) == 2
    assert client.get(f"/participants/{named('Birch').pk}/workbook/pairwork/").status_code == 404


def test_who_comes_second_sees_both_choices(table, ada) -> None:
    workbook()
    pick("Ash", "A1")
    address = f"/participants/{named('Ash').pk}/workbook/pairwork/"
    answer = client_of(ada).post(address, {"codes": ["B1"], "edition": "0"})
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Statement A1." in page
    assert "Stored now, and written by you" in page
    assert Selection.objects.get().codes == ["A1"]


@pytest.mark.parametrize("codes", [["A9"], ["A1", "\0"], ["x" * 500]])
def test_what_is_not_asked_is_refused(table, ada, codes: list[str]) -> None:
    workbook()
    address = f"/participants/{named('Ash').pk}/workbook/pairwork/"
    answer = client_of(ada).post(address, {"codes": codes, "edition": "0"})
    assert answer.status_code == 422
    assert "no longer asked" in text_of(answer)
    assert Selection.objects.count() == 0


def test_the_round_says_what_is_missing(table, ada) -> None:
    bank = workbook()
    make_bank()
    client = client_of(ada)
    new = f"/alliances/{table.pk}/rounds/new/"
    assert f"/alliances/{table.pk}/workbook/pairwork/" in client.get(new).content.decode()
    sent = {
        "bank": bank.pk,
        "name": "Pairwork",
        "mode": "open",
        "threshold": "1",
        "closes_on": timezone.localdate().isoformat(),
        "people": list(
            Representative.objects.exclude(participant__name="Cedar").values_list("pk", flat=True)
        ),
    }
    answer = client.post(new, sent)
    assert answer.status_code == 422
    assert "Still to pick: Ash Birch" in text_of(answer)
    pick("Ash", "A1")
    pick("Birch", "A1", "A2")
    client.post(new, sent)
    assert Round.objects.get().asked == ["A1"]


@pytest.mark.parametrize("organisations", [2, 12])
def test_the_workbook_costs_the_same_for_few_and_many(
    ada, organisations: int, django_assert_num_queries
) -> None:
    alliance = make_alliance(convener=ada)
    bank = workbook()
    for number in range(organisations):
        participant = make_participant(alliance, f"Party {number}", people=1)
        save_selection(participant=participant, bank=bank, edition=0, by=None, codes=["A1"])
    client = client_of(ada)
    with django_assert_num_queries(12):
        client.get(f"/alliances/{alliance.pk}/workbook/pairwork/")
