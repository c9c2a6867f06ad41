"""How good the questions of a bank are: which rounds count, and what the page and the table say of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from alliances.models import Alliance
from assessments.models import Bank, Question, Response, Round
from assessments.services.banks.drafts import draft_next_version
from assessments.services.banks.statistics.gathering import read_statistics
from assessments.services.banks.statistics.page import read_statistics_page
from assessments.services.banks.statistics.table import statistics_table
from assessments.statistics import BankFigures, Intraclass, Values, WithoutValue
from tests.factories import (
    make_alliance,
    make_answered_round,
    make_bank,
    make_response,
    make_round,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(db: None) -> Bank:
    """Two questions in one dimension, the second reversed; and one alone, reversed, in another."""
    return make_bank(shape=(2, 1))


@pytest.fixture
def admin(client: Client) -> Client:
    user = make_user("admin@example.org")
    user.is_superuser = True
    user.save()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sheets(people: int = 10) -> list[dict[str, int | str]]:
    """Values 1 to 5 in turn; A2, which is reversed, says the same as A1."""
    values = [1 + place % 5 for place in range(people)]
    return [{"A1": value, "A2": 6 - value, "B1": value} for value in values]


def close(
    bank: Bank, *sizes: int, alliances: Sequence[Alliance] | None = None, **round_: Any
) -> list[Round]:
    """A round of so many people each, of an alliance each."""
    taking_part = alliances or [make_alliance(f"Alliance {bank.rounds.count()}.{n}") for n in sizes]
    return [
        make_answered_round(
            alliance, bank, sheets(size), name=f"Round {alliance.rounds.count() + 1}", **round_
        )
        for alliance, size in zip(taking_part, sizes, strict=True)
    ]


def people_in(bank: Bank) -> int | None:
    figures = read_statistics(bank)
    return figures.respondents if figures else None


def told(bank: Bank) -> BankFigures:
    figures = read_statistics(bank)
    assert figures is not None
    return figures


# Which rounds count -----------------------------------------------------------------------------


def test_figures_of_three_rounds(bank: Bank) -> None:
    """As worked out by hand in tests/statistics, from what stands in the database."""
    close(bank, 10, 10, 10)
    figures = told(bank)
    assert (figures.respondents, figures.alliances) == (30, 3)
    first, second = figures.dimensions
    values = first.questions[0].values
    assert isinstance(values, Values)
    assert (values.people, values.mean) == (30, 3)
    assert values.spread == pytest.approx((60 / 29) ** 0.5)
    assert first.questions[1].rest == pytest.approx(1)
    assert isinstance(second.intraclass, Intraclass)
    assert second.intraclass.organisations == 15


def test_nothing_before_thirty_people_of_three_alliances(bank: Bank) -> None:
    assert people_in(bank) is None
    close(bank, 10, 10)
    assert people_in(bank) is None
    close(bank, 9)
    assert people_in(bank) is None
    close(bank, 5)
    assert people_in(bank) == 34


def test_one_alliance_that_asks_often_is_one(bank: Bank) -> None:
    alliance = make_alliance("Often")
    for _ in range(3):
        close(bank, 12, alliances=[alliance])
    close(bank, 12)
    assert people_in(bank) is None


def test_rounds_that_do_not_count(bank: Bank) -> None:
    """Open ones, those of fewer than five people or than their threshold, those of another version."""
    close(bank, 15, 15)
    running = make_round(make_alliance("Open"), bank, organisations=12)
    for place in range(12):
        make_response(running, place, answers={"A1": 3}, submitted=True)
    close(bank, 4, 4, mode=Round.Mode.OPEN, threshold=1)
    close(bank, 11, threshold=12)
    other = make_bank(version=2, shape=(2, 1))
    close(other, 12)
    assert people_in(bank) is None
    # An open one of five people does; so does a confidential one that reaches its threshold.
    close(bank, 5, mode=Round.Mode.OPEN, threshold=1)
    assert people_in(bank) == 35


def test_answers_that_were_not_sent_in_do_not_count(bank: Bank) -> None:
    """They are deleted when a round closes; were one left over, it would be passed over."""
    rounds = close(bank, 10, 10, 10)
    Response.objects.create(
        round=rounds[0], organisation=rounds[0].organisations.first(), pseudonym="x"
    )
    assert people_in(bank) == 30


def test_figures_stay_until_the_next_batch_is_full(bank: Bank) -> None:
    """Whoever reads before and after a round closes sees nothing of it."""
    close(bank, 10, 10, 10)
    before = told(bank)
    close(bank, 40)
    assert told(bank) == before
    close(bank, 5)
    assert told(bank) == before
    close(bank, 5)
    assert people_in(bank) == 80


def test_a_round_that_took_place_earlier_comes_after_what_was_told(bank: Bank) -> None:
    """Brought in with a day long past, it would otherwise push another out of the first batch."""
    close(bank, 10, 10, 10)
    before = told(bank)
    close(bank, 6, closed_at=timezone.now() - dt.timedelta(days=400))
    assert told(bank) == before


def test_big_and_tiny_alliances(bank: Bank) -> None:
    """Whoever convenes the big one and takes it out is left with both tiny ones together."""
    big = make_alliance("Big")
    close(bank, 40, alliances=[big])
    close(bank, 5)
    assert people_in(bank) is None
    close(bank, 5)
    figures = told(bank)
    assert figures.respondents - 40 == 10
    assert figures.alliances - 1 == 2
    # Another round of the big one, and one of a tiny one: not told of, with whomever it is compared.
    close(bank, 40, alliances=[big])
    close(bank, 5)
    assert told(bank) == figures


def test_a_question_of_which_little_was_said(bank: Bank) -> None:
    """To B1 few of two alliances gave a value; taking out the third would leave these few."""
    close(bank, 30)
    for name in ("Second", "Third"):
        some = sheets(8)
        for sheet in some[:5]:
            sheet["B1"] = "dk"
        make_answered_round(make_alliance(name), bank, some)
    [question] = told(bank).dimensions[1].questions
    assert not isinstance(question.values, Values)
    assert question.without == WithoutValue(Fraction(10, 46), Fraction(0), Fraction(0))


# Cost -------------------------------------------------------------------------------------------


def queries(bank: Bank) -> int:
    with CaptureQueriesContext(connection) as context:
        read_statistics_page(bank)
    return len(context)


def test_as_many_queries_for_three_rounds_as_for_fifteen(bank: Bank) -> None:
    close(bank, 10, 10, 10)
    few = queries(bank)
    close(bank, *[10] * 12)
    assert people_in(bank) == 150
    assert queries(bank) == few == 7


def test_one_query_where_nothing_is_told(bank: Bank) -> None:
    assert queries(bank) == 1


# The page ---------------------------------------------------------------------------------------


def page(client: Client, bank: Bank) -> str:
    answer = client.get(reverse("bank_statistics", args=[bank.pk]))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return re.sub(r"\s+", " ", answer.content.decode())


def test_before_the_first_batch_only_what_is_needed_is_told(admin: Client, bank: Bank) -> None:
    empty = page(admin, bank)
    assert "Too few answers yet" in empty
    assert "30 respondents of three alliances" in empty
    assert "<table" not in empty
    # As many as there may be: the page is the same to the letter.
    close(bank, 25, 4)
    strip = re.compile('name="csrfmiddlewaretoken" value="[^"]*"')
    assert strip.sub("", page(admin, bank)) == strip.sub("", empty)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"subject": "invitation"}, "is stored nowhere"),
        ({"reading": {"rule": "self-peers"}}, "that person’s to read"),
        ({"audience": "convener"}, "fewer than five people answered go into no figure"),
    ],
)
def test_a_bank_whose_answers_go_into_no_figure_promises_none(
    admin: Client, changes: dict[str, Any], said: str
) -> None:
    bank = make_bank("other", change=lambda bank: Bank.objects.filter(pk=bank.pk).update(**changes))
    shown = page(admin, bank)
    assert said in shown
    assert "No figures of this bank" in shown
    assert "30 respondents" not in shown


def test_the_page_of_a_bank_leads_to_its_figures(admin: Client, bank: Bank) -> None:
    """Of one that is published or retired; a draft was asked by nobody."""
    address = reverse("bank_statistics", args=[bank.pk])
    assert address in admin.get(reverse("bank", args=[bank.pk])).content.decode()
    draft = draft_next_version(bank=bank, by=make_user())
    address = reverse("bank_statistics", args=[draft.pk])
    assert address not in admin.get(reverse("bank", args=[draft.pk])).content.decode()
    assert admin.get(address).status_code == 404
    assert admin.get(reverse("bank_statistics_table", args=[draft.pk])).status_code == 404


def rows_of(html: str) -> list[list[str]]:
    return [
        [
            re.sub(r"\s+", " ", re.sub("<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row)
        ]
        for row in re.findall("<tr[ >].*?</tr>", html)
    ]


def test_figures_on_the_page(admin: Client, bank: Bank) -> None:
    close(bank, 10, 10, 10)
    html = page(admin, bank)
    head, first, second = rows_of(html)[:3]
    assert head == [
        "Question",
        "Don’t know",
        "Not applicable",
        "Left out",
        "Values",
        "Mean",
        "Spread",
        "Lowest end",
        "Highest end",
        "With the rest",
    ]
    figures = ["0%", "0%", "0%", "30", "3.00", "1.44", "20%", "20%", "1.00"]
    assert first == ["A1 Statement A1.", *figures]
    assert second == ["A2 Statement A2. (reversed)", *figures]
    assert rows_of(html)[4] == [
        "B1 Statement B1. (reversed)",
        *figures[:-1],
        "no other question",
    ]
    assert "The figures rest on 30 respondents of three alliances." in html
    # Both questions say the same.
    assert "One thing is worth a look" in html
    anchor = f"#d-{bank.dimensions.get(code='part-1').pk}"
    assert (
        f'<a href="{anchor}">Part 1</a> Its questions say nearly the same (alpha 1.00). '
        "Fewer of them would do."
    ) in html
    assert "One question alone: there is nothing that it could go with." in html


def test_a_french_reader_finds_a_comma(bank: Bank) -> None:
    close(bank, 10, 10, 10)
    with translation.override("fr"):
        told_ = read_statistics_page(bank)
    assert told_.dimensions[0].questions[0].cells[5].text == "1,44"


def found_on_the_page(bank: Bank) -> list[str]:
    return [f"{found.about}: {found.text}" for found in read_statistics_page(bank).findings]


def test_findings(bank: Bank) -> None:
    """A1 is known to few, A2 turned the wrong way, B1 at one end for nearly all."""
    for number in range(3):
        made: list[dict[str, int | str]] = [
            {"A1": value, "A2": value, "B1": 5} for value in (1, 2, 3, 4, 5) * 3
        ]
        made[0]["B1"] = made[1]["B1"] = 4
        made += [{"A1": "dk", "A2": 3, "B1": "na"}] * 4
        made += [{"A1": 3}]
        make_answered_round(make_alliance(f"Alliance {number}"), bank, made)
    # By hand, of 20 in each round: A1 4 don’t know; B1 4 not applicable and 1 left out; 13 of 15 at 5.
    # Who answered A1 and A2 comes to the same sum, so there is no alpha.
    assert found_on_the_page(bank) == [
        "A1: 20% don’t know. It may be unclear, or ask for what these people cannot see.",
        "A1: Whoever is high on it is rather low on the rest of its dimension (−1.00). "
        "It asks for the opposite, or its direction is set wrongly.",
        "A2: Whoever is high on it is rather low on the rest of its dimension (−1.00). "
        "It asks for the opposite, or its direction is set wrongly.",
        "B1: For 20% it is not applicable. It may not be for these people.",
        "B1: 87% stand at the highest end of the scale. It tells next to nothing apart.",
    ]


def test_a_question_that_many_leave_out(bank: Bank) -> None:
    for number in range(3):
        made = sheets(10)
        del made[0]["B1"]
        make_answered_round(make_alliance(f"Alliance {number}"), bank, made)
    assert found_on_the_page(bank)[1:] == [
        "B1: 10% left it out. It may be hard to answer, or ask for too much."
    ]


def test_script_in_a_question_stays_text(admin: Client) -> None:
    def spoil(bank: Bank) -> None:
        Question.objects.filter(bank=bank, code="A1").update(text="<script>alert(1)</script>")

    bank = make_bank(shape=(2, 1), change=spoil)
    close(bank, 10, 10, 10)
    assert "<script>alert" not in page(admin, bank)


# The table --------------------------------------------------------------------------------------


def table(bank: Bank) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(statistics_table(bank))))


def test_the_table(admin: Client, bank: Bank) -> None:
    close(bank, 10, 10, 10)
    answer = admin.get(reverse("bank_statistics_table", args=[bank.pk]))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="small-v1-statistics.csv"'
    assert answer.content.decode() == statistics_table(bank)
    first, _second, third = table(bank)
    assert first == {
        "dimension": "part-1",
        "question": "A1",
        "text": "Statement A1.",
        "dont_know": "0.0",
        "not_applicable": "0.0",
        "left_out": "0.0",
        "values": "30",
        "mean": "3.0",
        "spread": "1.44",
        "lowest_end": "0.2",
        "highest_end": "0.2",
        "with_the_rest": "1.0",
        "alpha": "1.0",
        "alpha_low": "1.0",
        "alpha_high": "1.0",
        "alpha_respondents": "30",
        # 18750/14 between and 18750/15 within, as in tests/statistics/test_study.py
        "icc1": "0.03",
        "icc2": "0.07",
        "icc_respondents": "30",
        "icc_organisations": "15",
    }
    assert (third["with_the_rest"], third["alpha"], third["alpha_respondents"]) == ("", "", "")


def test_a_table_without_figures_has_heads_alone(bank: Bank) -> None:
    close(bank, 25, 4)
    assert table(bank) == []
    assert statistics_table(bank).startswith("dimension,question,text,")


def test_no_cell_of_the_table_runs() -> None:
    def spoil(bank: Bank) -> None:
        Question.objects.filter(bank=bank, code="A1").update(text='=HYPERLINK("x")')

    bank = make_bank(shape=(2, 1), change=spoil)
    close(bank, 10, 10, 10)
    assert table(bank)[0]["text"] == '\'=HYPERLINK("x")'
