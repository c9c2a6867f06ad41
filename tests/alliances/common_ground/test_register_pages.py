"""The pages of the register, as a browser without JavaScript uses them."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alliances.models import GroundItem, Membership, Participant, Position
from alliances.services.common_ground import mark_of
from tests.alliances.common_ground.conftest import Table, browser, stand
from tests.factories import make_participant

EMPTY = mark_of("none", "")


def page(client: Client, name: str, pk: int) -> str:
    answer = client.get(reverse(name, args=[pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def sent(table: Table, began: str = EMPTY, **given: tuple[str, str]) -> dict[str, str]:
    """What a page of positions sends; each party begun from `began`."""
    parties = {"ash": table.ash, "birch": table.birch, "cedar": table.cedar}
    found = {"began": json.dumps({str(parties[name].pk): began for name in given})}
    for name, party in parties.items():
        stance, reason = given.get(name, ("none", ""))
        found |= {f"stance_{party.pk}": stance, f"reason_{party.pk}": reason}
    return found


def test_an_empty_register_says_what_to_do(table: Table) -> None:
    table.item.delete()
    text = page(browser(table.ann), "common_ground", table.alliance.pk)
    assert "Nothing is on the register yet." in text
    assert "Information principles before work starts" in text
    assert reverse("ground_item_new", args=[table.alliance.pk]) in text


def test_a_member_adds_an_item_that_the_convener_alone_changes(table: Table) -> None:
    client = browser(table.ann)
    address = reverse("ground_item_new", args=[table.alliance.pk])
    answer = client.post(
        address, {"kind": "standard", "text": "Gates close at\xa02\u2028metres.", "note": ""}
    )
    item = GroundItem.objects.get(kind="standard")
    assert answer["Location"] == reverse("ground_item", args=[item.pk])
    assert (item.text, item.changed_by) == ("Gates close at 2 metres.", table.ann)
    assert "Raised by Ash" in page(client, "ground_item", item.pk)
    edit = reverse("ground_item_edit", args=[item.pk])
    assert edit not in page(client, "ground_item", item.pk)
    assert client.get(edit).status_code == 404
    assert edit in page(browser(table.convener), "ground_item", item.pk)


def test_the_register_leads_with_the_widest_split(table: Table) -> None:
    stand(table.item, {table.ash: "a", table.birch: "d"})
    Position.objects.filter(participant=table.birch).update(reason="It hangs too high.")
    text = page(browser(table.ann), "common_ground", table.alliance.pk)
    heading = re.search("<h1>.*?</h1>", text, re.S)
    assert heading is not None
    assert "“The gauge at the weir is right”" in heading[0]
    assert "One agrees, one disagrees, one has not been asked." in heading[0]
    assert "It hangs too high." in text
    assert "A third party that interprets the information" in text
    assert "Cedar" in text


def test_each_is_led_to_the_own_position(table: Table) -> None:
    own, all_of_them = (
        reverse(name, args=[table.item.pk]) for name in ("position_own", "positions_edit")
    )
    for user, sees in (
        (table.ann, {own}),
        (table.guest, set()),
        (table.convener, {all_of_them}),
    ):
        text = page(browser(user), "common_ground", table.alliance.pk)
        assert {address for address in (own, all_of_them) if address in text} == sees
    assert "Ash has not said where it stands on one item." in page(
        browser(table.ann), "common_ground", table.alliance.pk
    )
    # An organisation that left takes no position any more.
    Participant.objects.filter(pk=table.ash.pk).update(status="left")
    assert own not in page(browser(table.ann), "common_ground", table.alliance.pk)


def test_a_member_says_where_the_own_organisation_stands(table: Table) -> None:
    client = browser(table.ann)
    address = reverse("position_own", args=[table.item.pk])
    text = page(client, "position_own", table.item.pk)
    assert "Where Ash stands" in text
    assert "Birch" not in text
    answer = client.post(address, sent(table, ash=("live", "If it is cleaned.")))
    assert answer["Location"] == reverse("ground_item", args=[table.item.pk])
    assert Position.objects.get().participant == table.ash
    # Whatever is sent, it is of the own organisation alone.
    client.post(address, sent(table, birch=("disagree", "")))
    assert Position.objects.get().participant == table.ash
    assert browser(table.guest).get(address).status_code == 404


def test_one_is_led_from_item_to_item_until_all_have_a_position(table: Table) -> None:
    second = GroundItem.objects.create(
        alliance=table.alliance, kind="standard", text="Gates close at 2 metres."
    )
    client = browser(table.ann)

    def leads_to(name: str, pk: int) -> str:
        found = re.search('class="btn btn-primary" href="([^"]+)"', page(client, name, pk))
        assert found is not None
        return found[1]

    own = {item.pk: reverse("position_own", args=[item.pk]) for item in (table.item, second)}
    assert leads_to("common_ground", table.alliance.pk) == own[table.item.pk]
    client.post(own[table.item.pk], sent(table, ash=("agree", "")))
    assert leads_to("ground_item", table.item.pk) == own[second.pk]
    text = page(client, "ground_item", table.item.pk)
    assert "Ash has not said where it stands on one more item." in text
    client.post(own[second.pk], sent(table, ash=("live", "")))
    assert leads_to("ground_item", second.pk) == own[second.pk]
    assert leads_to("common_ground", table.alliance.pk) == reverse(
        "ground_item_new", args=[table.alliance.pk]
    )


def test_missing_positions_are_told_in_words(table: Table) -> None:
    stand(table.item, {table.ash: "a"})
    assert "Two of three parties have not been asked." in page(
        browser(table.ann), "ground_item", table.item.pk
    )


def test_the_convener_records_all_of_them(table: Table) -> None:
    client = browser(table.convener)
    address = reverse("positions_edit", args=[table.item.pk])
    client.post(
        address, sent(table, ash=("agree", ""), birch=("disagree", "No."), cedar=("none", ""))
    )
    assert list(Position.objects.values_list("participant__name", "stance", "reason")) == [
        ("Ash", "agree", ""),
        ("Birch", "disagree", "No."),
    ]


@pytest.mark.parametrize("gone", ["left", "removed"])
def test_the_line_of_a_party_that_went_meanwhile_is_not_lost_without_a_word(
    table: Table, gone: str
) -> None:
    client = browser(table.convener)
    address = reverse("positions_edit", args=[table.item.pk])
    given = sent(table, ash=("agree", "Ours."), cedar=("disagree", "Too dear."))
    shown = re.search('name="shown" value="([^"]*)"', client.get(address).content.decode())
    assert shown is not None
    given["shown"] = html.unescape(shown[1])
    cedar = table.cedar.pk
    if gone == "left":
        Participant.objects.filter(pk=table.cedar.pk).update(status="left")
    else:
        table.cedar.delete()
    answer = client.post(address, given)
    assert answer.status_code == 422
    told = html.unescape(answer.content.decode())
    assert "Cedar is not there any more, so its line cannot be stored." in told
    assert "“Disagrees. Too dear.”" in told
    assert not Position.objects.exists()
    again = {name: value for name, value in given.items() if not name.endswith(f"_{cedar}")}
    assert client.post(address, again).status_code == 302
    assert [one.participant.name for one in Position.objects.all()] == ["Ash"]


def test_who_is_overtaken_sees_both_texts_and_saves_then(table: Table) -> None:
    client = browser(table.convener)
    address = reverse("positions_edit", args=[table.item.pk])
    given = sent(table, ash=("disagree", "They said no."), birch=("live", "Well."))
    Position.objects.create(
        item=table.item, participant=table.ash, stance="agree", reason="Ours.", changed_by=table.ann
    )
    answer = client.post(address, given)
    assert answer.status_code == 409
    text = answer.content.decode()
    for shown in (
        "Ann saved this while you were writing.",
        "Ash: reason",
        "Ours.",
        "They said no.",
    ):
        assert shown in text
    assert "Birch: reason" not in text
    assert Position.objects.get().reason == "Ours."
    # What the page holds now is what a second press of the button sends.
    again = answer.context["form"].data.dict()
    assert again[f"reason_{table.birch.pk}"] == "Well."
    assert client.post(address, again).status_code == 302
    assert dict(Position.objects.values_list("participant__name", "reason")) == {
        "Ash": "They said no.",
        "Birch": "Well.",
    }


@pytest.mark.parametrize(
    "began", ["", "nonsense", "[1]", '{"x": 1}', '{"1e9": [2]}', "[" * 100_000, '{"1":' * 2000]
)
def test_a_page_that_knew_of_nobody_changes_nobody(table: Table, began: str) -> None:
    client = browser(table.ann)
    given = sent(table, ash=("agree", "Yes.")) | {"began": began}
    answer = client.post(reverse("position_own", args=[table.item.pk]), given)
    assert answer.status_code == 302
    assert Position.objects.count() == 0


def test_100_kilobytes_are_refused_and_not_lost(table: Table) -> None:
    client = browser(table.ann)
    long = "soot " * 20_000
    answer = client.post(
        reverse("position_own", args=[table.item.pk]), sent(table, ash=("agree", long))
    )
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "The reason of Ash has 99999 characters, and there is room for 2000. Shorten it."
    ]
    assert long.strip() in answer.content.decode()


def test_what_people_type_stays_text(table: Table) -> None:
    evil = "<b>x</b> {{ form.back }} {% now 'Y' %}"
    Participant.objects.filter(pk=table.ash.pk).update(name=f"Ash {evil}")
    GroundItem.objects.update(text=evil, note=evil)
    Position.objects.create(item=table.item, participant=table.ash, stance="agree", reason=evil)
    client = browser(table.convener)
    for name, pk in (
        ("common_ground", table.alliance.pk),
        ("ground_item", table.item.pk),
        ("ground_item_edit", table.item.pk),
        ("ground_item_remove", table.item.pk),
        ("positions_edit", table.item.pk),
    ):
        text = page(client, name, pk)
        assert "<b>x" not in text
        assert "&lt;b&gt;x&lt;/b&gt; {{ form.back }} {% now" in text


def test_an_item_is_changed_and_removed(table: Table) -> None:
    stand(table.item, {table.ash: "a"})
    client = browser(table.convener)
    edit = reverse("ground_item_edit", args=[table.item.pk])
    assert "1 party has taken a position on these words." in client.get(edit).content.decode()
    fields = {"kind": "source", "text": "The gauge is right.", "note": ""}
    assert client.post(edit, fields | {"edition": "1"}).status_code == 302
    overtaken = client.post(edit, fields | {"text": "Mine.", "edition": "1"})
    assert overtaken.status_code == 409
    assert "The gauge is right." in overtaken.content.decode()
    remove = reverse("ground_item_remove", args=[table.item.pk])
    assert client.get(remove).context["consequences"] == [
        "“The gauge is right.”",
        "The position of 1 party and its reason are deleted.",
    ]
    assert client.post(remove, {"confirm": "yes"}).status_code == 302
    assert Position.objects.count() == GroundItem.objects.count() == 0


def fill(table: Table, *, parties: int, items: int) -> None:
    """`items` items and `parties` parties, each with a position and a long reason on each."""
    for number in range(parties - 3):
        make_participant(table.alliance, f"Organisation {number}", status="accepted")
    GroundItem.objects.bulk_create(
        GroundItem(alliance=table.alliance, kind="source", text=f"Claim {number} " + "x" * 280)
        for number in range(items - 1)
    )
    stances = ("agree", "live", "disagree")
    everybody = list(table.alliance.participants.all())
    Position.objects.bulk_create(
        Position(
            item=item,
            participant=party,
            stance=stances[(number + item.pk) % 3],
            reason="Because it is so. " * 30,
        )
        for item in table.alliance.ground_items.all()
        for number, party in enumerate(everybody)
    )


@pytest.mark.parametrize(("parties", "items"), [(3, 1), (300, 40)])
def test_the_register_stays_small(
    table: Table, django_assert_num_queries: Any, parties: int, items: int
) -> None:
    fill(table, parties=parties, items=items)
    client = browser(table.ann)
    # session, user, alliance, own organisation, may edit, items, participants, positions
    with django_assert_num_queries(8):
        answer = client.get(reverse("common_ground", args=[table.alliance.pk]))
    assert answer.context["page"].register.parties == parties
    assert len(answer.content) < 250_000


@pytest.mark.parametrize("parties", [3, 300])
def test_an_item_takes_the_same_queries_for_many(
    table: Table, django_assert_num_queries: Any, parties: int
) -> None:
    fill(table, parties=parties, items=1)
    client = browser(table.ann)
    # session, user, item with its alliance, own organisation, items, participants, positions, what
    # waits for it, may edit
    with django_assert_num_queries(9):
        answer = client.get(reverse("ground_item", args=[table.item.pk]))
    assert answer.content.decode().count("Because it is so. Because") >= parties
    assert len(answer.content) < 1_000_000
    client = browser(table.convener)
    # session, user, item with its alliance, participants, positions
    with django_assert_num_queries(5):
        answer = client.get(reverse("positions_edit", args=[table.item.pk]))
    assert len(answer.content) < 1_000_000
    given = {field.html_name: field.value() for field in answer.context["form"]}
    given[f"stance_{table.birch.pk}"] = "none"
    given[f"reason_{table.birch.pk}"] = ""
    assert client.post(reverse("positions_edit", args=[table.item.pk]), given).status_code == 302
    assert Position.objects.count() == parties - 1


def test_a_convener_with_an_organisation_speaks_for_it(table: Table) -> None:
    Membership.objects.filter(user=table.convener).update(participant=table.cedar)
    client = browser(table.convener)
    client.post(
        reverse("position_own", args=[table.item.pk]), sent(table, cedar=("agree", "We built it."))
    )
    assert Position.objects.get().participant == table.cedar
