"""Working rules: taken over from our proposals, written, agreed on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from alliances.errors import Refused
from alliances.models import Alliance, WorkingRule
from alliances.services.records import Overtaken
from alliances.services.working_rules import (
    add_rule,
    agree_on,
    all_proposals,
    change_rule,
    open_proposals,
    read_rules,
    take_over,
)
from tests.alliances.conduct.conftest import NASTY, TODAY, Parties
from tests.alliances.conftest import told

TOMORROW = TODAY + dt.timedelta(days=1)


def rule(parties: Parties, text: str = "Ask first.", **fields: Any) -> WorkingRule:
    return add_rule(
        alliance=parties.alliance, by=parties.convener, today=TODAY, text=text, **fields
    )


def test_proposals_fit_into_a_rule() -> None:
    proposals = all_proposals()
    assert len({proposal.code for proposal in proposals}) == len(proposals)
    assert all(0 < len(proposal.text) <= 300 for proposal in proposals)


def test_several_are_taken_over_at_once_and_each_once(parties: Parties) -> None:
    taken = take_over(
        alliance=parties.alliance, by=None, codes=["why", "jointly", "why"], today=TODAY
    )
    assert [found.text for found in taken] == [
        "We take a quarrel upstairs together, or not at all.",
        "We ask why a partner wants something before we say no to it.",
    ]
    again = take_over(
        alliance=parties.alliance,
        by=None,
        codes=["why", "answer"],
        today=TODAY,
        agreed_on=TODAY,
    )
    assert [(found.text, found.agreed_on) for found in again] == [
        ("A question between partners is answered within two working days.", TODAY)
    ]
    assert WorkingRule.objects.count() == 3
    assert len(open_proposals(alliance=parties.alliance)) == len(all_proposals()) - 3


@pytest.mark.parametrize(
    ("codes", "agreed_on", "message"),
    [
        ([], None, "Nothing is chosen."),
        (["why", "nonsense"], None, "not known"),
        (["why"], TOMORROW, "has not come yet"),
    ],
)
def test_what_cannot_be_taken_over(
    parties: Parties, codes: list[str], agreed_on: dt.date | None, message: str
) -> None:
    with pytest.raises(Refused, match=message):
        take_over(alliance=parties.alliance, by=None, codes=codes, today=TODAY, agreed_on=agreed_on)
    assert WorkingRule.objects.count() == 0


def test_a_rule_is_not_agreed_before_its_day(parties: Parties) -> None:
    with pytest.raises(Refused, match="has not come yet"):
        rule(parties, agreed_on=TOMORROW)
    found = rule(parties, agreed_on=TODAY)
    with pytest.raises(Refused, match="has not come yet"):
        change_rule(rule=found, edition=1, by=None, today=TODAY, agreed_on=TOMORROW)
    change_rule(rule=found, edition=1, by=None, today=TODAY, text="Ask twice.")
    with pytest.raises(Overtaken):
        change_rule(rule=found, edition=1, by=None, today=TODAY, text="Mine.")
    found.refresh_from_db()
    assert found.text == "Ask twice."


def test_several_are_agreed_on_at_once(parties: Parties) -> None:
    first, second, third = (rule(parties, text) for text in "abc")
    old = rule(parties, "d", agreed_on=TODAY - dt.timedelta(days=9))
    changed = agree_on(
        alliance=parties.alliance,
        by=parties.convener,
        rules=[first.pk, second.pk, old.pk],
        agreed_on=TODAY,
        today=TODAY,
    )
    assert {found.pk for found in changed} == {first.pk, second.pk}
    for found in (first, second, third, old):
        found.refresh_from_db()
    assert [found.agreed_on for found in (first, second, third)] == [TODAY, TODAY, None]
    assert old.agreed_on == TODAY - dt.timedelta(days=9)
    assert [found.edition for found in (first, third, old)] == [2, 1, 1]
    assert first.changed_by == parties.convener


def test_what_cannot_be_agreed_on(parties: Parties) -> None:
    found = rule(parties)
    elsewhere = WorkingRule.objects.create(
        alliance=Alliance.objects.create(name="Other"), text="Theirs."
    )
    for rules, day, message in (
        ([], TODAY, "Nothing is chosen."),
        ([found.pk], TOMORROW, "has not come yet"),
        ([found.pk, elsewhere.pk], TODAY, "removed meanwhile"),
    ):
        with pytest.raises(Refused, match=message):
            agree_on(alliance=parties.alliance, by=None, rules=rules, agreed_on=day, today=TODAY)
    assert not WorkingRule.objects.filter(agreed_on__isnull=False).exists()


@pytest.mark.parametrize(
    ("agreed", "open_", "finding", "addition"),
    [
        (1, 0, "One rule says how the parties work together.", ""),
        (
            2,
            1,
            "Two rules say how the parties work together.",
            "One is proposed and not agreed.",
        ),
        (0, 12, "No rule is agreed yet.", "12 are proposed and not agreed."),
    ],
)
def test_the_sentence(
    parties: Parties, agreed: int, open_: int, finding: str, addition: str
) -> None:
    for place in range(agreed):
        rule(parties, f"agreed {place}", agreed_on=TODAY)
    for place in range(open_):
        rule(parties, f"open {place}")
    rules = read_rules(alliance=parties.alliance)
    assert (rules.finding, rules.addition) == (finding, addition)


@pytest.mark.parametrize("many", [3, 300])
def test_the_page_takes_the_same_queries_for_many(
    parties: Parties, django_assert_num_queries: Any, many: int
) -> None:
    WorkingRule.objects.bulk_create(
        WorkingRule(alliance=parties.alliance, text=f"Rule {place}") for place in range(many)
    )
    client = parties.client("convener")
    # session, user, alliance, may edit, rules
    with django_assert_num_queries(5):
        answer = client.get(reverse("working_rules", args=[parties.alliance.pk]))
    assert len(answer.context["rules"].open) == many


# Pages


def test_an_empty_page_offers_our_proposals_to_the_convener(parties: Parties) -> None:
    home = reverse("working_rules", args=[parties.alliance.pk])
    take = reverse("working_rules_take", args=[parties.alliance.pk])
    client = parties.client("convener")
    text = client.get(home).content.decode()
    assert f'action="{take}"' in text
    assert text.count('name="codes"') == len(all_proposals())
    assert reverse("charter", args=[parties.alliance.pk]) in text
    member = parties.client("of_ash").get(home).content.decode()
    assert 'name="codes"' not in member
    assert "No working rule is written yet." in member
    # Several by their marks, and one by its own button, whatever else is marked
    client.post(take, {"codes": ["why", "answer"], "agreed_on": "2026-06-01"})
    assert WorkingRule.objects.filter(agreed_on=dt.date(2026, 6, 1)).count() == 2
    client.post(take, {"codes": ["people"], "only": "jointly"})
    assert WorkingRule.objects.count() == 3
    assert WorkingRule.objects.filter(agreed_on=None).get().text.startswith("We take a quarrel")
    # Somebody else took it over first: no harm done
    again = client.post(take, {"codes": ["why"]}, follow=True)
    assert told(again)[-1] == "They are among your rules already."
    assert WorkingRule.objects.count() == 3


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"codes": ["nonsense"]},
        {"only": "nonsense"},
        {"codes": ["why"], "agreed_on": "yesterday"},
        {"codes": ["why"], "agreed_on": "9999-12-31"},
    ],
)
def test_what_is_wrong_is_told_on_the_page(parties: Parties, sent: dict[str, Any]) -> None:
    address = reverse("working_rules_take", args=[parties.alliance.pk])
    answer = parties.client("convener").post(address, sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    text = answer.content.decode()
    assert any(mark in text for mark in ('role="alert"', "alert-danger", "invalid-feedback"))
    assert WorkingRule.objects.count() == 0


def test_a_rule_is_written_changed_agreed_and_removed(parties: Parties) -> None:
    client = parties.client("convener")
    home = reverse("working_rules", args=[parties.alliance.pk])
    client.post(
        reverse("working_rule_new", args=[parties.alliance.pk]), {"text": NASTY, "example": NASTY}
    )
    found = WorkingRule.objects.get()
    edit = reverse("working_rule_edit", args=[found.pk])
    agree = reverse("working_rules_agree", args=[parties.alliance.pk])
    for page in (home, edit, agree, reverse("working_rule_remove", args=[found.pk])):
        text = client.get(page).content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text
    client.post(agree, {"rules": [found.pk], "agreed_on": "2026-06-01"})
    found.refresh_from_db()
    assert found.agreed_on == dt.date(2026, 6, 1)
    assert client.post(agree, {"rules": [found.pk], "agreed_on": "2026-06-01"}).status_code == 422
    overtaken = client.post(edit, {"text": "Mine.", "edition": "1"})
    assert overtaken.status_code == 409
    assert client.post(edit, {"text": "Mine.", "edition": "2"}).status_code == 302
    client.post(reverse("working_rule_remove", args=[found.pk]))
    assert WorkingRule.objects.count() == 0
