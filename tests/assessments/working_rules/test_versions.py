"""The bank of an alliance's rules: one version as long as they say the same, then the next."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError

from alliances.errors import Refused
from alliances.models import Alliance, WorkingRule
from alliances.services.working_rules import change_rule
from assessments.models import Bank, Result, Round
from assessments.services.asking import banks_to_ask, read_instruments
from assessments.services.banks.store import comparable_codes
from assessments.services.banks.verification import verify_banks
from assessments.services.rounds import close_round, open_round
from assessments.services.working_rules_check import (
    open_rules_check,
    read_rules_check,
    working_rules_bank,
)
from tests.assessments.working_rules.conftest import AGREED, terms, write_rule
from tests.factories import make_alliance, make_bank, make_response, make_round, make_user
from tests.races import at_once

pytestmark = pytest.mark.django_db


def bank_of(alliance: Alliance) -> Bank:
    return working_rules_bank(alliance=alliance, by=None)


def statements(bank: Bank) -> list[str]:
    return [question.text for question in bank.questions.order_by("dimension__position")]


def marks(bank: Bank) -> dict[str, str]:
    return dict(bank.questions.values_list("code", "change"))


def word_anew(rule: WorkingRule, **fields: Any) -> None:
    rule.refresh_from_db()
    change_rule(rule=rule, edition=rule.edition, by=None, today=AGREED, **fields)


def test_it_is_published_and_the_alliances_own(alliance, rules) -> None:
    ada = make_user()
    bank = working_rules_bank(alliance=alliance, by=ada)
    assert (bank.alliance, bank.code, bank.version) == (
        alliance, f"working-rules-{alliance.pk}", 1,
    )  # fmt: skip
    assert (bank.status, bank.published_by, bank.since) == ("published", ada, None)
    assert statements(bank) == [
        "We keep to this rule: We warn early.",
        "We keep to this rule: We ask why first.",
        "We keep to this rule: We answer in two days.",
    ]
    assert marks(bank) == {f"WR{rule.pk}": "" for rule in rules}
    with pytest.raises(IntegrityError, match="a published question bank never changes"):
        Bank.objects.filter(pk=bank.pk).update(alliance=make_alliance("Other"))


def test_it_is_verified_like_any_other(alliance, rules) -> None:
    bank_of(alliance)
    assert [(found.code, found.faults) for found in verify_banks()] == [
        (f"working-rules-{alliance.pk}", ())
    ]


def test_the_same_rules_are_the_same_version(alliance, rules) -> None:
    first = bank_of(alliance)
    assert bank_of(alliance) == first
    word_anew(rules[0], text="We warn at once.")
    second = bank_of(alliance)
    assert (second.version, second.since) == (2, 1)
    # Marked by then, which makes no third of it.
    assert bank_of(alliance) == second
    assert Bank.objects.count() == 2


def test_a_version_that_was_retired_is_not_asked(alliance, rules) -> None:
    first = bank_of(alliance)
    Bank.objects.filter(pk=first.pk).update(status="retired")
    second = bank_of(alliance)
    assert (second.version, second.status) == (2, "published")
    assert set(marks(second).values()) == {""}
    assert bank_of(alliance) == second


def test_what_is_told_of_rules_that_changed(alliance, rules) -> None:
    first = bank_of(alliance)
    warn, ask, answer = rules
    word_anew(warn, text="We warn at once.")
    word_anew(ask, example="In the minutes.")
    answer.delete()
    new = write_rule(alliance, "We read the minutes.")
    second = bank_of(alliance)
    # A rule worded anew is another rule; another example beside the same words is not.
    assert marks(second) == {
        f"WR{warn.pk}": "meaning",
        f"WR{ask.pk}": "wording",
        f"WR{new.pk}": "",
    }
    assert comparable_codes(first, second) == {f"WR{ask.pk}"}
    word_anew(warn, text="We warn early.")
    third = bank_of(alliance)
    assert marks(third)[f"WR{warn.pk}"] == "meaning"
    # It asks again what it asked in the first version, to the letter.
    assert comparable_codes(first, third) == {f"WR{warn.pk}", f"WR{ask.pk}"}


def test_what_is_proposed_is_not_asked(alliance) -> None:
    with pytest.raises(Refused, match="No working rules are written down yet"):
        bank_of(alliance)
    proposed = write_rule(alliance, "We warn early.", agreed_on=None)
    with pytest.raises(Refused, match="No working rule is agreed on yet"):
        bank_of(alliance)
    write_rule(alliance, "We ask why first.")
    assert statements(bank_of(alliance)) == ["We keep to this rule: We ask why first."]
    proposed.agreed_on = AGREED
    proposed.save()
    assert statements(bank_of(alliance))[0] == "We keep to this rule: We warn early."


def test_more_rules_than_a_round_asks(alliance) -> None:
    for number in range(50):
        write_rule(alliance, f"Rule {number}")
    assert len(statements(bank_of(alliance))) == 50
    write_rule(alliance, "rule 49")  # says what another says
    assert bank_of(alliance).version == 1
    write_rule(alliance, "One too many")
    with pytest.raises(Refused, match="There are 51 working rules, and a round asks 50 at most"):
        bank_of(alliance)
    assert "There are 51" in read_rules_check(alliance).why_not


def test_looking_makes_no_version(alliance, rules, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        check = read_rules_check(alliance)
    assert check.elements == ("We warn early", "We ask why first", "We answer in two days")
    assert check.bank is not None
    assert (check.bank.pk, check.bank.minutes) == (None, 2)
    assert Bank.objects.count() == 0


def test_nobody_else_asks_it(alliance, rules) -> None:
    shared = make_bank()
    bank = bank_of(alliance)
    assert banks_to_ask() == [shared]
    other = make_alliance("Other")
    assert [one.bank for one in read_instruments(other)] == [shared]
    assert [one.bank.code for one in read_instruments(alliance)] == [shared.code, bank.code]
    given = terms(other, bank=bank)
    del given["by"]
    with pytest.raises(Refused, match="another alliance’s own"):
        open_round(**given)


# A round -----------------------------------------------------------------------------------------


def test_a_round_that_is_refused_leaves_no_version(alliance, rules) -> None:
    with pytest.raises(Refused, match="Give the round a name"):
        open_rules_check(**terms(alliance, name=""))
    assert Bank.objects.count() == 0


def test_one_check_at_a_time_whatever_its_version(alliance, rules) -> None:
    round_ = open_rules_check(**terms(alliance))
    assert round_.bank.version == 1
    word_anew(rules[0], text="We warn at once.")
    with pytest.raises(Refused, match="A round with these questions is open already"):
        open_rules_check(**terms(alliance, name="Second check"))
    assert Bank.objects.count() == 1
    close_round(round=round_)
    assert open_rules_check(**terms(alliance, name="Second check")).bank.version == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(2))
def test_two_conveners_at_once_get_one(alliance, rules, turn: int) -> None:
    found = at_once(*(lambda: bank_of(alliance) for _ in range(3)))
    assert found == ["done", "done", "done"]
    assert Bank.objects.count() == 1
    word_anew(rules[0], text="We warn at once.")
    found = at_once(
        *(lambda n=n: open_rules_check(**terms(alliance, name=f"Check {n}")) for n in range(3))
    )
    assert sorted(map(str, found)) == ["done", "refused", "refused"]
    assert list(Bank.objects.values_list("version", flat=True)) == [1, 2]
    assert Round.objects.count() == 1


def answered(alliance: Alliance, name: str, values: dict[int, int]) -> Result:
    """The result of a check in which five people of five organisations answered so, by rule."""
    made = make_round(alliance, bank_of(alliance), organisations=5, name=name)
    answers: dict[str, Any] = {f"WR{rule}": value for rule, value in values.items()}
    for place in range(5):
        make_response(made, place, answers=answers, submitted=True)
    return close_round(round=made.round)


def test_each_rule_is_compared_by_itself(alliance, rules) -> None:
    warn, ask, answer = rules
    first = answered(alliance, "First", {warn.pk: 2, ask.pk: 2, answer.pk: 3})
    # 1 to 5 are 0, 25, 50, 75, 100.
    assert {one["code"]: one["score"] for one in first.document["elements"]} == {
        f"rule-{warn.pk}": 25, f"rule-{ask.pk}": 25, f"rule-{answer.pk}": 50,
    }  # fmt: skip
    assert first.document["reading"] == {
        "rule": "mean", "lowest": f"rule-{warn.pk}", "highest": f"rule-{answer.pk}",
    }  # fmt: skip
    word_anew(warn, text="We warn at once.")
    answer.delete()
    new = write_rule(alliance, "We read the minutes.")
    second = answered(alliance, "Second", {warn.pk: 4, ask.pk: 4, new.pk: 3})
    change = second.document["change"]
    assert change["since"]["round"] == "First"
    assert {one["code"]: (one["previous"], one["difference"]) for one in change["elements"]} == {
        f"rule-{warn.pk}": (None, None),
        f"rule-{ask.pk}": (25, 50),
        f"rule-{new.pk}": (None, None),
    }
