"""The form of a record: its fields, the edition, and what is set beside what when two have saved."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string

from alliances.forms.records import RecordForm
from alliances.models import Action, Decision, JournalEntry, Participant, Record, RunningCost
from alliances.services.records import Overtaken, change_record
from tests.alliances.conftest import House


class CostForm(RecordForm):
    model = RunningCost
    columns = ("what", "amount", "begins_on", "ends_on")


class EntryForm(RecordForm):
    model = JournalEntry
    columns = ("kind", "title", "note", "participant")
    heights = {"note": 9}


class DecisionForm(RecordForm):
    model = Decision
    columns = ("what", "by_alliance")


@pytest.fixture
def cost(house: House) -> RunningCost:
    return RunningCost.objects.create(
        alliance=house.alliance,
        what="Office",
        amount=Decimal("1200.50"),
        begins_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2026, 12, 31),
        edition=3,
    )


def sent(
    form_class: type[RecordForm], house: House, record: Record | None, text: str
) -> RecordForm:
    return form_class(QueryDict(text), alliance=house.alliance, record=record)


def test_it_begins_from_what_is_stored(house: House, cost: RunningCost) -> None:
    form = CostForm(alliance=house.alliance, record=cost)
    assert form.initial == {
        "what": "Office",
        "amount": Decimal("1200.50"),
        "begins_on": dt.date(2026, 1, 1),
        "ends_on": dt.date(2026, 12, 31),
        "edition": 3,
    }
    assert list(form.fields) == ["what", "amount", "begins_on", "ends_on", "edition"]
    assert form["begins_on"].as_widget().count('type="date"') == 1
    assert 'value="2026-01-01"' in form["begins_on"].as_widget()
    assert isinstance(form.fields["edition"].widget, forms.HiddenInput)


def test_a_new_record_begins_from_nothing(house: House) -> None:
    form = CostForm(alliance=house.alliance)
    assert form.initial == {}
    assert form["edition"].value() is None


@pytest.mark.parametrize(("said", "began_from"), [("3", 3), ("", 0), ("0", 0)])
def test_the_edition_that_one_began_from(
    house: House, cost: RunningCost, said: str, began_from: int
) -> None:
    form = sent(
        CostForm,
        house,
        cost,
        f"what=Office&amount=5&begins_on=2026-01-01&ends_on=2026-12-31&edition={said}",
    )
    assert form.is_valid()
    assert form.began_from == began_from
    assert form.values == {
        "what": "Office",
        "amount": Decimal(5),
        "begins_on": dt.date(2026, 1, 1),
        "ends_on": dt.date(2026, 12, 31),
    }


def test_wrong_values_are_told_at_their_fields(house: House) -> None:
    form = sent(CostForm, house, None, "amount=much&begins_on=1.1.2026&ends_on=")
    assert form.errors == {
        "what": ["This is missing."],
        "amount": ["Write a number, like 12 or 12.5."],
        "begins_on": ["Write the day as year-month-day, like 2027-03-31."],
        "ends_on": ["This is missing."],
    }


def test_only_participants_of_the_alliance_can_be_chosen(house: House) -> None:
    foreigner = Participant.objects.create(alliance=house.other, name="Lighthouse")
    form = EntryForm(alliance=house.alliance)
    names = [label for _value, label in form.fields["participant"].choices]  # type: ignore[attr-defined]
    assert names == ["---------", "County Council", "Eastline Rail"]
    form = sent(EntryForm, house, None, f"kind=offer&title=Help&participant={foreigner.pk}")
    assert set(form.errors) == {"participant"}


def test_a_text_is_not_cut_off_by_its_field(house: House) -> None:
    form = EntryForm(alliance=house.alliance)
    assert "maxlength" not in form["note"].as_widget()
    assert 'rows="9"' in form["note"].as_widget()
    data = QueryDict(mutable=True)
    data.update({"kind": "meeting", "title": "Minutes", "note": "x" * 200_000})
    form = EntryForm(data, alliance=house.alliance)
    assert form.is_valid()  # the service says how much there is room for
    assert len(form.values["note"]) == 200_000


def test_who_was_overtaken_has_both_before_them(house: House, cost: RunningCost) -> None:
    change_record(
        record=cost, edition=3, by=house.member, what="Office and post", amount=Decimal(1300)
    )
    form = sent(
        CostForm,
        house,
        cost,
        "what=Office+and+car&amount=1200.5&begins_on=2026-01-01&ends_on=2026-11-30&edition=3",
    )
    assert form.is_valid()
    with pytest.raises(Overtaken) as told:
        change_record(record=cost, edition=form.began_from, by=None, **form.values)
    form.overtaken(told.value)
    assert form.is_overtaken
    assert [(b.label, b.stored, b.written) for b in form.beside] == [
        ("What", "Office and post", "Office and car"),
        ("Amount", "1300", "1200.5"),
        ("To", "31 December 2026".replace(" ", "\xa0"), "30 November 2026".replace(" ", "\xa0")),
    ]
    assert [(p.kind, p.text) for p in form.beside[0].pieces] == [
        ("same", "Office and "),
        ("gone", "post"),
        ("new", "car"),
    ]
    # the form that comes back holds what was written, and would now put it in place
    assert form["what"].value() == "Office and car"
    assert form["edition"].value() == "4"
    assert form.non_field_errors()[0].startswith("Member saved this while you were writing.")


def test_choices_switches_and_people_are_compared_in_words(house: House) -> None:
    entry = JournalEntry.objects.create(
        alliance=house.alliance,
        kind="offer",
        on=dt.date(2026, 6, 30),
        title="Help",
        participant=house.rail,
    )
    form = sent(EntryForm, house, entry, "kind=departure&title=Help&note=&participant=")
    assert form.is_valid()
    assert [(b.label, b.stored, b.written) for b in form.compared_with(entry)] == [
        ("Kind", "Offer to join or help", "Departure"),
        ("Organisation", "Eastline Rail", ""),
    ]
    decision = Decision.objects.create(alliance=house.alliance, what="Tariffs", by_alliance=True)
    form = sent(DecisionForm, house, decision, "what=Tariffs")
    assert form.is_valid()
    assert [(b.stored, b.written) for b in form.compared_with(decision)] == [("yes", "no")]


def test_line_breaks_of_a_browser_are_no_difference(house: House) -> None:
    entry = JournalEntry.objects.create(
        alliance=house.alliance,
        kind="offer",
        on=dt.date(2026, 6, 30),
        title="Help",
        note="One\nTwo",
    )
    form = sent(EntryForm, house, entry, "kind=offer&title=Help&note=One%0D%0ATwo%0D%0A")
    assert form.is_valid()
    assert form.compared_with(entry) == []


def test_what_people_typed_stays_text_in_the_comparison(house: House) -> None:
    entry = JournalEntry.objects.create(
        alliance=house.alliance,
        kind="offer",
        on=dt.date(2026, 6, 30),
        title="Help",
        note="<script>alert(1)</script>",
    )
    form = sent(EntryForm, house, entry, "kind=offer&title=Help&note=<b>mine</b>")
    assert form.is_valid()
    form.overtaken(Overtaken(entry))
    html = render_to_string("alliances/_overtaken.html", {"form": form})
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "&lt;b&gt;mine&lt;/b&gt;" in html
    assert "<script" not in html
    assert "<b>" not in html


def test_a_form_may_declare_what_a_column_asks(house: House) -> None:
    class ActionForm(RecordForm):
        model = Action
        columns = ("who", "what")
        what = forms.CharField(label="What will you do")
        sure = forms.BooleanField(label="Sure", required=False)

    form = ActionForm(alliance=house.alliance)
    assert list(form.fields) == ["who", "what", "edition", "sure"]
    assert form.fields["what"].label == "What will you do"
    form = ActionForm(QueryDict("who=Ines&what=Call&sure=on"), alliance=house.alliance)
    assert form.is_valid()
    assert form.values == {"who": "Ines", "what": "Call"}
