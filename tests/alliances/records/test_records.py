"""Records are added, changed and removed; two who edit at once lose nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from alliances.errors import Refused
from alliances.models import (
    Alliance,
    Contribution,
    ExpectedValue,
    GroundItem,
    JournalEntry,
    LaunchStep,
    Participant,
    Reading,
    RunningCost,
    User,
    WorkingRule,
)
from alliances.services.records import (
    Overtaken,
    add_record,
    change_record,
    locked_record,
    remove_record,
    stamp,
)
from tests.alliances.conftest import House

DAY = dt.date(2026, 6, 30)
EXAMPLE = WorkingRule._meta.get_field("example").max_length


def add_rule(house: House, text: str = "We talk first.", **fields: Any) -> WorkingRule:
    return add_record(
        model=WorkingRule, alliance=house.alliance, by=house.convener, text=text, **fields
    )


# Adding


def test_a_record_is_added_to_its_alliance(house: House) -> None:
    rule = add_rule(house, "  We\n talk   first. ", example=" Call.\r\nThen write. ")
    rule.refresh_from_db()
    assert (rule.alliance, rule.text, rule.example) == (
        house.alliance,
        "We talk first.",
        "Call.\nThen write.",
    )
    assert (rule.edition, rule.changed_by) == (1, house.convener)


def test_a_record_without_an_alliance_of_its_own_hangs_on_what_it_is_given(house: House) -> None:
    value = add_record(
        model=ExpectedValue,
        alliance=house.alliance,
        by=None,
        participant=house.council,
        kind="learning",
    )
    assert (value.alliance_id, value.changed_by) == (house.alliance.pk, None)


def test_what_belongs_to_another_alliance_is_refused(house: House) -> None:
    foreigner = Participant.objects.create(alliance=house.other, name="Lighthouse")
    with pytest.raises(Refused, match=r"^Participant: choose one of this alliance\.$"):
        add_record(
            model=ExpectedValue,
            alliance=house.alliance,
            by=None,
            participant=foreigner,
            kind="learning",
        )
    with pytest.raises(Refused, match=r"^Organisation: choose one of this alliance\.$"):
        add_record(
            model=JournalEntry,
            alliance=house.alliance,
            by=None,
            kind="offer",
            on=DAY,
            title="Help",
            participant=foreigner,
        )
    assert not ExpectedValue.objects.exists()
    assert not JournalEntry.objects.exists()


def test_a_record_cannot_be_moved_to_another_alliance(house: House) -> None:
    value = add_record(
        model=ExpectedValue,
        alliance=house.alliance,
        by=None,
        participant=house.council,
        kind="learning",
    )
    foreigner = Participant.objects.create(alliance=house.other, name="Lighthouse")
    with pytest.raises(Refused, match="choose one of this alliance"):
        change_record(record=value, edition=1, by=None, participant=foreigner)
    value.refresh_from_db()
    assert (value.participant, value.edition) == (house.council, 1)


def test_an_alliance_that_is_gone_takes_nothing(house: House) -> None:
    Alliance.objects.filter(pk=house.other.pk).delete()
    with pytest.raises(Refused, match=r"^This alliance has been removed meanwhile\.$"):
        add_record(model=WorkingRule, alliance=house.other, by=None, text="Rule")


# What may be stored


@pytest.mark.parametrize(
    ("model", "fields", "message"),
    [
        (WorkingRule, {"text": " \n "}, "Rule is missing."),
        (
            WorkingRule,
            {"text": "x" * 301},
            "Rule has 301 characters, and there is room for 300. Shorten it.",
        ),
        (
            WorkingRule,
            {"text": "Rule", "example": "x" * (EXAMPLE + 1)},
            f"What it means in practice has {EXAMPLE + 1} characters, and there is room for {EXAMPLE}. "
            "Shorten it.",
        ),
        (
            WorkingRule,
            {"text": "a\0b"},
            "Rule holds a character that cannot be stored. Take it out.",
        ),
        (
            GroundItem,
            {"kind": "rumour", "text": "Boats are loud."},
            "Kind must be one of: assumption, source, standard.",
        ),
        # a constraint says it in its own words
        (
            RunningCost,
            {
                "what": "Office",
                "amount": Decimal(1),
                "begins_on": DAY,
                "ends_on": dt.date(2026, 6, 29),
            },
            "The cost ends before it begins. Check the two dates.",
        ),
        (
            LaunchStep,
            {"code": "own", "due_on": DAY},
            "Say what the step is.",
        ),
        # a validator, with the name of its column
        (
            RunningCost,
            {"what": "Office", "amount": Decimal(0), "begins_on": DAY, "ends_on": DAY},
            "Amount: Ensure this value is greater than or equal to 0.01.",
        ),
    ],
)
def test_a_wrong_value_is_refused_in_words(
    house: House, model: Any, fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(Refused) as refusal:
        add_record(model=model, alliance=house.alliance, by=None, **fields)
    assert refusal.value.message == message
    assert not model.objects.exists()


def test_the_same_twice_is_refused_in_words(house: House) -> None:
    step = {"model": LaunchStep, "alliance": house.alliance, "code": "challenges", "due_on": DAY}
    add_record(by=None, **step)
    with pytest.raises(Refused, match=r"^This step is on the track already\. Change it there\.$"):
        add_record(by=None, **step)
    assert LaunchStep.objects.count() == 1


def test_a_contribution_breaks_more_than_one_rule_and_all_are_told(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        add_record(
            model=Contribution,
            alliance=house.alliance,
            by=None,
            participant=house.council,
            kind="influence",
            what="A word with the minister",
            amount=Decimal(5),
            pledged_on=DAY,
            due_on=dt.date(2026, 6, 1),
        )
    told = str(refusal.value)
    assert "Give the amount: in the alliance’s currency, time in days." in told
    assert "It cannot be due before it was pledged." in told


WORD = (
    "\ufeffWe agree\u000b"  # a soft break
    "that “boats”\u00a0\u2013 all of them \u2013 wait.\r\n"
    "\u0013HYPERLINK\u0014 field marks\u0015\r"
    "Next page\f<b>not bold</b> & 5 < 6\u2028the end\u0007"
)


def test_text_from_a_word_processor_loses_its_marks_and_no_word(house: House) -> None:
    rule = add_rule(house, "Rule", example=WORD)
    rule.refresh_from_db()
    assert rule.example == (
        "We agree\n"
        "that “boats”\u00a0\u2013 all of them \u2013 wait.\n"
        "HYPERLINK field marks\n"
        "Next page\n"
        "<b>not bold</b> & 5 < 6\n"
        "the end"
    )


def test_a_hundred_kilobytes_in_any_script_are_stored(house: House) -> None:
    text = "水を守る。\n" * 17_000  # six characters each
    entry = add_record(
        model=JournalEntry,
        alliance=house.alliance,
        by=None,
        kind="meeting",
        on=DAY,
        title="Minutes",
        note=text,
    )
    entry.refresh_from_db()
    assert entry.note == text.strip()
    assert len(entry.note) == 101_999


# Changing


def test_a_record_is_changed_and_what_is_not_named_stays(house: House) -> None:
    rule = add_rule(house, example="Call.")
    changed = change_record(record=rule, edition=1, by=house.member, text="We write first.")
    changed.refresh_from_db()
    assert (changed.text, changed.example) == ("We write first.", "Call.")
    assert (changed.edition, changed.changed_by) == (2, house.member)
    assert changed.changed_at > rule.changed_at


def test_a_change_that_changes_nothing_is_not_counted(house: House) -> None:
    rule = add_rule(house, example="Call.")
    same = change_record(record=rule, edition=1, by=house.member, text="  We talk\nfirst. ")
    same.refresh_from_db()
    assert (same.edition, same.changed_by, same.changed_at) == (
        1,
        house.convener,
        rule.changed_at,
    )


@pytest.mark.parametrize("edition", [0, 1, 3])
def test_who_began_from_another_edition_is_told(house: House, edition: int) -> None:
    rule = add_rule(house)
    change_record(record=rule, edition=1, by=house.member, text="We write first.")
    with pytest.raises(Overtaken) as told:
        change_record(record=rule, edition=edition, by=house.convener, text="We wait.")
    assert told.value.message.startswith("Member saved this while you were writing.")
    assert told.value.current.text == "We write first."  # type: ignore[attr-defined]
    assert told.value.current.edition == 2
    rule.refresh_from_db()
    assert (rule.text, rule.edition, rule.changed_by) == ("We write first.", 2, house.member)


def test_even_who_writes_the_same_is_told(house: House) -> None:
    rule = add_rule(house)
    change_record(record=rule, edition=1, by=house.member, text="We write first.")
    with pytest.raises(Overtaken):
        change_record(record=rule, edition=1, by=house.convener, text="We write first.")


def test_the_name_of_who_saved_first_may_be_unknown(house: House) -> None:
    rule = add_rule(house)
    change_record(record=rule, edition=1, by=house.member, text="We write first.")
    User.objects.filter(pk=house.member.pk).delete()
    with pytest.raises(Overtaken, match=r"^Somebody else saved this while you were writing\."):
        change_record(record=rule, edition=1, by=house.convener, text="We wait.")


def test_a_wrong_change_is_refused_and_nothing_changes(house: House) -> None:
    rule = add_rule(house)
    for text, message in (("", "Rule is missing."), ("x" * 301, "Rule has 301 characters")):
        with pytest.raises(Refused) as refusal:
            change_record(record=rule, edition=1, by=None, example="New", text=text)
        assert not isinstance(refusal.value, Overtaken)
        assert refusal.value.message.startswith(message)
    rule.refresh_from_db()
    assert (rule.text, rule.example, rule.edition) == ("We talk first.", "", 1)


def test_a_change_that_breaks_a_rule_is_refused(house: House) -> None:
    cost = add_record(
        model=RunningCost,
        alliance=house.alliance,
        by=None,
        what="Office",
        amount=Decimal(5),
        begins_on=DAY,
        ends_on=DAY,
    )
    with pytest.raises(Refused, match="The cost ends before it begins"):
        change_record(record=cost, edition=1, by=None, begins_on=dt.date(2026, 7, 1))
    cost.refresh_from_db()
    assert (cost.begins_on, cost.edition) == (DAY, 1)


def test_what_is_gone_meanwhile_is_told(house: House) -> None:
    rule = add_rule(house)
    WorkingRule.objects.all().delete()
    with pytest.raises(Refused, match=r"^“We talk first\.” has been removed meanwhile\.$"):
        change_record(record=rule, edition=1, by=None, text="We wait.")
    with pytest.raises(Refused, match="has been removed meanwhile"):
        locked_record(rule)


# Removing


def test_a_record_goes_with_what_hangs_on_it_and_twice_is_no_error(house: House) -> None:
    rule = add_rule(house)
    other = add_rule(house, "We wait.")
    remove_record(record=rule)
    remove_record(record=rule)
    assert list(WorkingRule.objects.all()) == [other]


def test_readings_go_with_their_metric(house: House) -> None:
    metric = house.alliance.metrics.create(kind="means", name="Speed")
    Reading.objects.create(metric=metric, on=DAY, value=3)
    remove_record(record=metric)
    assert not Reading.objects.exists()


def test_a_service_of_its_own_counts_by_stamp(house: House) -> None:
    rule = add_rule(house)
    before = rule.changed_at
    stamp(rule, house.member)
    assert (rule.edition, rule.changed_by) == (2, house.member)
    assert rule.changed_at > before
