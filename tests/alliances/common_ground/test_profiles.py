"""What organisations should know of each other, and what two of them have been through."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from alliances.errors import Refused
from alliances.models import PairHistory, Participant, Profile
from alliances.services.profiles import (
    FIELDS,
    histories_of,
    profiles_of,
    record_history,
    save_profile,
)
from alliances.services.records import Overtaken
from tests.alliances.common_ground.conftest import Table, browser, make_table
from tests.factories import make_alliance, make_participant
from tests.races import at_once


def test_a_profile_comes_with_its_first_words_and_changes(table: Table) -> None:
    first = save_profile(
        participant=table.ash, edition=0, by=table.ann, mandate="Keeps the dyke.", decides="top"
    )
    assert (first.edition, first.mandate, first.changed_by) == (1, "Keeps the dyke.", table.ann)
    second = save_profile(
        participant=table.ash, edition=1, by=table.convener, committees="Each month."
    )
    assert (second.pk, second.edition, second.mandate, second.committees) == (
        first.pk,
        2,
        "Keeps the dyke.",
        "Each month.",
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"mandate": "x" * 5001}, "Mandate has 5001 characters, and there is room for 5000."),
        ({"committees": "x" * 201}, "How often its committees meet has 201 characters"),
        ({"decides": "by lot"}, "How it decides must be one of: consent, top, mixed."),
    ],
)
def test_a_wrong_profile_is_refused(table: Table, fields: dict[str, str], message: str) -> None:
    with pytest.raises(Refused) as refusal:
        save_profile(participant=table.ash, edition=0, by=table.ann, **fields)
    assert refusal.value.message.startswith(message)
    assert Profile.objects.count() == 0


def test_of_two_who_begin_a_profile_the_second_is_told(table: Table) -> None:
    save_profile(participant=table.ash, edition=0, by=table.ann, mandate="Ann’s.")
    with pytest.raises(Overtaken) as overtaken:
        save_profile(participant=table.ash, edition=0, by=table.convener, mandate="Mine.")
    assert overtaken.value.current == Profile.objects.get()
    client = browser(table.convener)
    answer = client.post(
        reverse("profile_edit", args=[table.ash.pk]), {"mandate": "Mine.", "edition": "0"}
    )
    assert answer.status_code == 409
    assert "Ann’s." in answer.content.decode()
    again = answer.context["form"].data.dict()
    assert client.post(reverse("profile_edit", args=[table.ash.pk]), again).status_code == 302
    assert Profile.objects.get().mandate == "Mine."


@pytest.mark.django_db(transaction=True)
def test_a_profile_begun_twice_at_once_is_one() -> None:
    table = make_table()
    texts = [f"Text {number}" for number in range(4)]
    found = at_once(
        *(
            lambda text=text: save_profile(
                participant=table.ash, edition=0, by=table.ann, mandate=text
            )
            for text in texts
        )
    )
    assert sorted(map(str, found)) == ["done"] + ["overtaken"] * 3
    assert Profile.objects.get().mandate == texts[found.index("done")]


def test_what_is_missing_and_how_they_decide(table: Table) -> None:
    invited = make_participant(table.alliance, "Invited", status="invited")
    left = make_participant(table.alliance, "Left", status="left")
    whole: dict[str, str] = dict.fromkeys(FIELDS, "x") | {"decides": "consent"}
    save_profile(participant=table.ash, edition=0, by=None, **whole)
    save_profile(participant=table.cedar, edition=0, by=None, **(whole | {"approvals": ""}))
    for participant in (invited, left):
        save_profile(participant=participant, edition=0, by=None, decides="top")
    profiles = profiles_of(alliance=table.alliance)
    assert [(row.participant.name, len(row.missing)) for row in profiles.rows] == [
        ("Birch", 8),
        ("Invited", 7),
        ("Cedar", 1),
        ("Ash", 0),
    ]
    assert profiles.rows[2].missing == ["Which approvals it needs"]
    assert [row.participant.name for row in profiles.comparable] == ["Ash", "Cedar", "Invited"]
    assert [participant.name for participant in profiles.away] == ["Left"]
    # Who is only invited is not counted.
    assert profiles.first == "Two of three organisations have a profile."
    assert profiles.ways == "Two decide by consent."
    save_profile(participant=table.birch, edition=0, by=None, decides="mixed")
    profiles = profiles_of(alliance=table.alliance)
    assert profiles.first == "Each organisation has a profile."
    assert profiles.ways == "Two decide by consent, one does some of both."


def test_one_of_three_has_a_profile(table: Table) -> None:
    save_profile(participant=table.ash, edition=0, by=None, mandate="Trees")
    assert profiles_of(alliance=table.alliance).first == "One of three organisations has a profile."


def test_a_profile_leads_with_how_the_organisation_decides(table: Table) -> None:
    def heading() -> str:
        page = browser(table.bob).get(reverse("profile", args=[table.ash.pk])).content.decode()
        found = re.search("<h1>(.*?)</h1>", page, re.S)
        assert found is not None
        return re.sub("<[^>]+>", "", found[1])

    assert heading() == "Ash Nothing is written yet."
    stored = save_profile(participant=table.ash, edition=0, by=None, mandate="Trees")
    assert heading() == "Ash How it decides is missing. Six other answers are missing."
    whole: dict[str, str] = dict.fromkeys(FIELDS, "x") | {"decides": "top", "approvals": ""}
    save_profile(participant=table.ash, edition=stored.edition, by=None, **whole)
    assert heading() == "Ash It decides from the top. One other answer is missing."


def test_without_profiles_the_page_says_so(table: Table) -> None:
    assert profiles_of(alliance=table.alliance).first == "No profile is written yet."
    empty = make_alliance("Empty")
    assert profiles_of(alliance=empty).first == "Nobody has accepted a seat yet."
    address = reverse("profiles", args=[table.alliance.pk])
    for user in (table.ann, table.guest, table.convener):
        text = browser(user).get(address).content.decode()
        assert "No profile is written yet." in text
        assert (reverse("profile_edit", args=[table.ash.pk]) in text) == (user != table.guest)
        assert (reverse("profile_edit", args=[table.birch.pk]) in text) == (user == table.convener)


def test_all_read_a_profile_and_its_own_members_write_it(table: Table) -> None:
    edit = reverse("profile_edit", args=[table.ash.pk])
    answer = browser(table.ann).post(edit, {"mandate": "<i>Dykes</i>", "edition": "0"})
    assert answer["Location"] == reverse("profile", args=[table.ash.pk])
    for user, writes in ((table.ann, True), (table.bob, False), (table.convener, True)):
        client = browser(user)
        text = client.get(reverse("profile", args=[table.ash.pk])).content.decode()
        assert "&lt;i&gt;Dykes&lt;/i&gt;" in text
        assert (edit in text) == writes
        assert client.get(edit).status_code == (200 if writes else 404)


# What two have been through


def test_a_pair_is_stored_in_one_order_and_once(table: Table) -> None:
    made = record_history(
        alliance=table.alliance,
        first=table.cedar,
        second=table.ash,
        by=table.convener,
        together="The weir.",
        worked="",
        hard="",
    )
    assert (made.first, made.second) == (table.ash, table.cedar)
    for first, second, message in (
        (table.ash, table.cedar, "The history of these two is on record already."),
        (table.cedar, table.ash, "The history of these two is on record already."),
        (table.ash, table.ash, "Choose two different organisations."),
        (
            table.ash,
            make_participant(make_alliance("Other")),
            "Second: choose one of this alliance",
        ),
    ):
        with pytest.raises(Refused) as refusal:
            record_history(
                alliance=table.alliance,
                first=first,
                second=second,
                by=None,
                together="x",
                worked="",
                hard="",
            )
        assert refusal.value.message.startswith(message)
    assert [row.pk for row in histories_of(participant=table.cedar)] == [made.pk]
    assert histories_of(participant=table.birch) == []


def test_a_member_writes_the_history_of_the_own_organisation_alone(table: Table) -> None:
    address = reverse("history_new", args=[table.alliance.pk])
    client = browser(table.ann)
    form = client.get(address).context["form"]
    assert list(form.fields) == ["second", "together", "worked", "hard", "edition"]
    assert [str(one) for one in form.fields["second"].queryset] == ["Birch", "Cedar"]
    # Whom else one names as the first is not heard.
    client.post(
        address,
        {"first": table.birch.pk, "second": table.cedar.pk, "together": "The weir."},
    )
    history = PairHistory.objects.get()
    assert (history.first, history.second) == (table.ash, table.cedar)
    assert browser(table.guest).get(address).status_code == 404
    shown = reverse("history", args=[history.pk])
    edit, remove = (reverse(name, args=[history.pk]) for name in ("history_edit", "history_remove"))
    for user, writes in ((table.ann, True), (table.bob, False), (table.convener, True)):
        client = browser(user)
        assert (edit in client.get(shown).content.decode()) == writes
        assert {client.get(one).status_code for one in (edit, remove)} == {200 if writes else 404}
    assert (
        shown in browser(table.bob).get(reverse("profile", args=[table.cedar.pk])).content.decode()
    )
    fields = {"together": "The weir, twice.", "worked": "", "hard": "", "edition": "1"}
    assert browser(table.ann).post(edit, fields).status_code == 302
    assert browser(table.convener).post(edit, fields | {"hard": "All."}).status_code == 409
    assert browser(table.ann).post(remove, {"confirm": "yes"}).status_code == 302
    assert PairHistory.objects.count() == 0


def test_a_convener_chooses_both(table: Table) -> None:
    Participant.objects.filter(pk=table.birch.pk).update(name="Birch <b>")
    client = browser(table.convener)
    address = reverse("history_new", args=[table.alliance.pk])
    fields: dict[str, Any] = {"first": table.cedar.pk, "second": table.birch.pk, "together": "x"}
    assert client.post(address, fields).status_code == 302
    answer = client.post(address, fields)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "The history of these two is on record already. Change it there."
    ]
    text = client.get(reverse("profiles", args=[table.alliance.pk])).content.decode()
    assert "Birch &lt;b&gt; and Cedar" in text


@pytest.mark.parametrize("many", [3, 300])
def test_profiles_take_the_same_queries_for_many(
    table: Table, django_assert_num_queries: Any, many: int
) -> None:
    parties = [
        make_participant(table.alliance, f"Organisation {n}", status="accepted")
        for n in range(many - 3)
    ]
    Profile.objects.bulk_create(
        Profile(participant=party, mandate="x" * 5000, approvals="y " * 2500, decides="top")
        for party in parties
    )
    PairHistory.objects.bulk_create(
        PairHistory(alliance=table.alliance, first=table.ash, second=party, together="z " * 2500)
        for party in parties
    )
    client = browser(table.ann)
    # session, user, alliance, own organisation, may edit, participants with profiles, histories
    with django_assert_num_queries(7):
        answer = client.get(reverse("profiles", args=[table.alliance.pk]))
    assert len(answer.context["profiles"].rows) == many
    assert len(answer.content) < 1_000_000
    # session, user, participant with profile, histories, may write
    with django_assert_num_queries(5):
        client.get(reverse("profile", args=[table.ash.pk]))
