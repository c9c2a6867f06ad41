"""The decision map: parts saved at once, what is unclear, the table and the list, what one is asked."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from alliances.errors import Refused
from alliances.models import Alliance, Decision, DecisionPart, Participant
from alliances.services.decisions.keeping import add_decision, change_decision, stored_parts
from alliances.services.decisions.map import read_map, read_party
from alliances.services.records import Overtaken
from tests.alliances.conduct.conftest import NASTY, Parties, more_parties


def add(parties: Parties, what: str = "The price", **parts: str) -> Decision:
    """A decision, with the parts of ash, birch and cedar; `by_alliance` stands in the name."""
    return add_decision(
        alliance=parties.alliance,
        by=parties.convener,
        what=what,
        by_alliance="whole" in what,
        parts={getattr(parties, name).pk: part for name, part in parts.items()},
    )


def test_all_parts_are_stored_at_once(parties: Parties) -> None:
    decision = add(parties, ash="decides", birch="consulted", cedar="")
    assert stored_parts(decision) == {parties.ash.pk: "decides", parties.birch.pk: "consulted"}
    changed = change_decision(
        decision=decision,
        edition=1,
        by=parties.convener,
        parts={parties.ash.pk: "", parties.cedar.pk: "decides"},
    )
    # Birch was not named, and keeps its part; a change of parts alone is one of the decision.
    assert stored_parts(decision) == {parties.birch.pk: "consulted", parties.cedar.pk: "decides"}
    assert changed.edition == 2
    same = change_decision(
        decision=decision, edition=2, by=None, parts={parties.cedar.pk: "decides"}
    )
    assert (same.edition, same.changed_by) == (2, parties.convener)
    both = change_decision(
        decision=decision, edition=2, by=None, what="Prices", parts={parties.cedar.pk: "informed"}
    )
    assert both.edition == 3


def test_a_change_of_a_part_overtakes(parties: Parties) -> None:
    decision = add(parties, ash="decides")
    change_decision(
        decision=decision, edition=1, by=parties.convener, parts={parties.birch.pk: "approves"}
    )
    with pytest.raises(Overtaken):
        change_decision(
            decision=decision, edition=1, by=None, what="Mine", parts={parties.ash.pk: ""}
        )
    decision.refresh_from_db()
    assert decision.what == "The price"
    assert stored_parts(decision) == {parties.ash.pk: "decides", parties.birch.pk: "approves"}


def test_a_wrong_part_stores_nothing(parties: Parties) -> None:
    foreign = Participant.objects.create(
        alliance=Alliance.objects.create(name="Other"), name="Ash", status="accepted"
    )
    for parts, message in (
        ({parties.ash.pk: "rules"}, "The part must be one of"),
        ({foreign.pk: "decides"}, "removed meanwhile"),
        ({10**30: "decides"}, "removed meanwhile"),
    ):
        with pytest.raises(Refused, match=message):
            add_decision(alliance=parties.alliance, by=None, what="x", parts=parts)
    decision = add(parties, ash="decides")
    with pytest.raises(Refused):
        change_decision(
            decision=decision, edition=1, by=None, what="y", parts={foreign.pk: "decides"}
        )
    decision.refresh_from_db()
    assert (Decision.objects.count(), decision.what, decision.edition) == (1, "The price", 1)


# What is unclear


@pytest.mark.parametrize(
    ("what", "parts", "unclear"),
    [
        ("one", {"ash": "decides", "birch": "approves"}, ""),
        ("whole", {"birch": "consulted"}, ""),
        (
            "whole",
            {"ash": "decides"},
            "The alliance decides as a whole, and Ash decides too. Choose one of the two.",
        ),
        (
            "whole",
            {"ash": "decides", "birch": "decides"},
            "The alliance decides as a whole, and Ash and Birch decide too. Choose one of the two.",
        ),
        (
            "two",
            {"ash": "decides", "cedar": "decides"},
            "Two decide: Ash and Cedar. Name one of them, or leave it to the alliance as a whole.",
        ),
        (
            "none",
            {"ash": "approves"},
            "Nobody decides. Name one party, or leave it to the alliance as a whole.",
        ),
        (
            "empty",
            {},
            "Nobody decides. Name one party, or leave it to the alliance as a whole.",
        ),
    ],
)
def test_what_is_unclear(parties: Parties, what: str, parts: dict[str, str], unclear: str) -> None:
    add(parties, what, **parts)
    [row] = read_map(alliance=parties.alliance).rows
    assert (row.unclear, row.slow) == (unclear, "")


def test_more_than_three_approvals_are_slow(parties: Parties) -> None:
    seats = more_parties(parties.alliance, 4)
    decision = add_decision(
        alliance=parties.alliance,
        by=None,
        what="The plug",
        by_alliance=True,
        parts={seat.pk: "approves" for seat in seats[:3]},
    )
    assert read_map(alliance=parties.alliance).slow == []
    change_decision(decision=decision, edition=1, by=None, parts={seats[3].pk: "approves"})
    [row] = read_map(alliance=parties.alliance).slow
    assert row.slow.startswith("Four must approve.")
    assert row.unclear == ""


def test_who_has_left_decides_nothing(parties: Parties) -> None:
    add(parties, ash="decides", birch="informed")
    Participant.objects.filter(pk=parties.ash.pk).update(status="left")
    found = read_map(alliance=parties.alliance)
    assert [party.name for party in found.parties] == ["Birch", "Cedar"]
    assert found.rows[0].unclear.startswith("Nobody decides.")
    # Saving the page, on which Ash does not stand, leaves its part for when it comes back.
    client = parties.client("convener")
    decision = Decision.objects.get()
    client.post(
        reverse("decision_edit", args=[decision.pk]),
        {"what": "The price", "edition": "1", f"part-{parties.birch.pk}": "consulted"},
    )
    assert stored_parts(decision) == {parties.ash.pk: "decides", parties.birch.pk: "consulted"}


@pytest.mark.parametrize(
    ("decisions", "finding", "addition"),
    [
        ([{"ash": "decides"}], "One decision is on the map.", "It is clear who decides it."),
        ([{}], "One decision is on the map.", "Nobody decides it."),
        (
            [{"ash": "decides", "birch": "decides"}],
            "One decision is on the map.",
            "More than one decides it.",
        ),
        (
            [{"ash": "decides"}] * 2,
            "Two decisions are on the map.",
            "For each it is clear who decides.",
        ),
        (
            [{}, {}, {"ash": "decides", "birch": "decides"}],
            "Three decisions are on the map.",
            "Two have nobody who decides and one has more than one who does.",
        ),
        (
            [{"ash": "decides"}, {"ash": "decides", "birch": "decides"}],
            "Two decisions are on the map.",
            "One has more than one who decides.",
        ),
        ([{"ash": "decides"}, {}], "Two decisions are on the map.", "One has nobody who decides."),
    ],
)
def test_the_sentence(
    parties: Parties, decisions: list[dict[str, str]], finding: str, addition: str
) -> None:
    for parts in decisions:
        add(parties, "It", **parts)
    found = read_map(alliance=parties.alliance)
    assert (found.finding, found.addition) == (finding, addition)


# The table and the list


def test_letters_and_words(parties: Parties) -> None:
    add(parties, ash="decides", birch="approves")
    [row] = read_map(alliance=parties.alliance).rows
    assert [(cell.letter, cell.words) for cell in row.cells] == [
        ("D", "decides"),
        ("A", "must approve"),
        ("", "no part"),
    ]
    text = parties.client("of_ash").get(reverse("decisions", args=[parties.alliance.pk]))
    assert "nb-map" in text.content.decode()


def test_many_parties_are_a_list(parties: Parties) -> None:
    seats = more_parties(parties.alliance, 297)
    add_decision(
        alliance=parties.alliance,
        by=None,
        what="All are told",
        parts={seat.pk: "informed" for seat in seats[1:]} | {seats[0].pk: "decides"},
    )
    add_decision(
        alliance=parties.alliance,
        by=None,
        what="All approve",
        parts=dict.fromkeys(Participant.objects.values_list("pk", flat=True), "approves"),
    )
    found = read_map(alliance=parties.alliance)
    assert found.is_wide
    decides, informed = found.rows[0].groups
    assert (decides.words, decides.sentence, decides.short) == ("Decides", "Party 000", "")
    assert informed.words == "Are informed"
    assert informed.short == (
        "Party 001, Party 002, Party 003, Party 004, Party 005, Party 006, Party 007, Party 008 "
        "and 288 more"
    )
    [everyone] = found.rows[1].groups
    assert everyone.everyone
    assert found.rows[1].slow.startswith("300 must approve.")
    page = parties.client("of_ash").get(reverse("decisions", args=[parties.alliance.pk]))
    text = page.content.decode()
    assert 'class="table nb-map"' not in text
    assert "All parties" in text


@pytest.mark.parametrize("many", [3, 300])
def test_pages_take_the_same_queries_for_many(
    parties: Parties, django_assert_num_queries: Any, many: int
) -> None:
    seats = more_parties(parties.alliance, many)
    for place in range(12):
        decision = Decision.objects.create(alliance=parties.alliance, what=f"Decision {place}")
        DecisionPart.objects.bulk_create(
            DecisionPart(decision=decision, participant=seat, part="consulted") for seat in seats
        )
    member = parties.client("of_ash")
    home = reverse("decisions", args=[parties.alliance.pk])
    # session, user, alliance, own organisation, may edit, parties, decisions, parts
    with django_assert_num_queries(8):
        answer = member.get(home)
    assert len(answer.context["map"].parties) == many + 3
    # session, user, alliance, own organisation, party, decisions, parts, parties to choose from
    with django_assert_num_queries(8):
        member.get(reverse("decisions_asked", args=[parties.alliance.pk]))
    client = parties.client("convener")
    # session, user, decision with alliance, parties, stored parts
    with django_assert_num_queries(5):
        answer = client.get(reverse("decision_edit", args=[decision.pk]))
    assert answer.content.decode().count("<select") == many + 3
    sent = {f"part-{seat.pk}": "informed" for seat in seats}
    client.post(
        reverse("decision_edit", args=[decision.pk]), {"what": "All", "edition": "1"} | sent
    )
    assert DecisionPart.objects.filter(decision=decision, part="informed").count() == many


# What one party is asked


def test_what_is_asked_of_one_party(parties: Parties) -> None:
    add(parties, "a", ash="decides")
    add(parties, "b", ash="consulted", birch="decides")
    add(parties, "c", ash="consulted", birch="decides")
    add(parties, "whole")
    view = read_party(alliance=parties.alliance, party=parties.ash)
    assert view.finding == (
        "Ash decides one on its own, one with all the others and is consulted on two."
    )
    assert [(asked.words, [d.what for d in asked.decisions]) for asked in view.asked] == [
        ("Decides with all the others", ["whole"]),
        ("Decides", ["a"]),
        ("Is consulted", ["b", "c"]),
    ]
    Decision.objects.filter(what="whole").delete()
    assert read_party(alliance=parties.alliance, party=parties.cedar).finding == (
        "Cedar has no part in any decision on the map."
    )


def test_ones_own_party_comes_first_and_others_can_be_chosen(parties: Parties) -> None:
    add(parties, "a", ash="decides")
    address = reverse("decisions_asked", args=[parties.alliance.pk])
    assert parties.client("of_ash").get(address).context["view"].party == parties.ash
    convener = parties.client("convener")
    assert convener.get(address).context["view"] is None
    chosen = convener.get(address, {"party": parties.birch.pk})
    assert chosen.context["view"].party == parties.birch
    foreign = Participant.objects.create(
        alliance=Alliance.objects.create(name="Other"), name="Ash", status="accepted"
    )
    for wrong in (str(foreign.pk), "0", "x", "9" * 18, "9" * 5000, "²"):
        assert convener.get(address, {"party": wrong}).status_code == 404
    Participant.objects.update(status="left")
    assert convener.get(address).status_code == 302


# Pages


def test_a_convener_draws_and_is_overtaken(parties: Parties) -> None:
    client = parties.client("convener")
    home = reverse("decisions", args=[parties.alliance.pk])
    assert "No decision is on the map yet." in client.get(home).content.decode()
    answer = client.post(
        reverse("decision_new", args=[parties.alliance.pk]),
        {"what": NASTY, "note": NASTY, f"part-{parties.ash.pk}": "decides"},
    )
    decision = Decision.objects.get()
    assert answer["Location"] == f"{home}#decision-{decision.pk}"
    address = reverse("decision_edit", args=[decision.pk])
    for page in (home, address, reverse("decision_remove", args=[decision.pk])):
        text = client.get(page).content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text
    change_decision(
        decision=decision,
        edition=1,
        by=parties.convener,
        note="Stored.",
        parts={parties.birch.pk: "approves"},
    )
    overtaken = client.post(
        address,
        {
            "what": NASTY,
            "note": "Written.",
            "edition": "1",
            f"part-{parties.ash.pk}": "informed",
            f"part-{parties.birch.pk}": "",
            f"part-{parties.cedar.pk}": "",
        },
    )
    assert overtaken.status_code == 409
    assert [(b.label, b.stored, b.written) for b in overtaken.context["form"].beside] == [
        ("Note", "Stored.", "Written."),
        (
            "Who has which part",
            "Ash: decides\nBirch: must approve",
            "Ash: is informed\nBirch: has no part",
        ),
    ]
    # What was written is still in the fields, and saving it again puts it in place.
    form = overtaken.context["form"]
    assert form[f"part-{parties.ash.pk}"].value() == "informed"
    assert form["edition"].value() == "2"
    wrong = client.post(address, {"what": "x", "edition": "2", f"part-{parties.ash.pk}": "rules"})
    assert wrong.status_code == 422
    assert stored_parts(decision)[parties.ash.pk] == "decides"
    client.post(reverse("decision_remove", args=[decision.pk]))
    assert Decision.objects.count() == 0


def test_members_read_and_change_nothing(parties: Parties) -> None:
    decision = add(parties, ash="decides")
    text = parties.client("of_ash").get(reverse("decisions", args=[parties.alliance.pk]))
    assert reverse("decision_edit", args=[decision.pk]) not in text.content.decode()
    assert reverse("decisions_asked", args=[parties.alliance.pk]) in text.content.decode()


def test_long_text_is_kept_whole_or_refused(parties: Parties) -> None:
    client = parties.client("convener")
    address = reverse("decision_new", args=[parties.alliance.pk])
    answer = client.post(address, {"what": "x", "note": "n" * 120_001})
    assert answer.status_code == 422
    assert "n" * 120_001 in answer.content.decode()
    # As a word processor pastes it: soft breaks, page breaks, and what nobody sees
    pasted = "Über\v“alles”\f\ufeff" + "wort " * 20_000
    assert client.post(address, {"what": "x" * 200, "note": pasted}).status_code == 302
    note = Decision.objects.get().note
    assert note.startswith("Über\n“alles”\nwort")
    assert note.count("wort") == 20_000
    home = client.get(reverse("decisions", args=[parties.alliance.pk]))
    assert note in home.content.decode()


# Somebody leaves while the page is open


def test_the_part_of_who_left_meanwhile_is_stored(parties: Parties) -> None:
    client = parties.client("convener")
    sent = {
        "what": "Whether to build",
        f"part-{parties.ash.pk}": "decides",
        f"part-{parties.birch.pk}": "approves",
    }
    Participant.objects.filter(pk=parties.birch.pk).update(status="left")
    new = reverse("decision_new", args=[parties.alliance.pk])
    wrong = client.post(new, sent | {"what": ""})
    assert wrong.status_code == 422
    assert [row.name for row in wrong.context["form"].part_rows] == ["Ash", "Birch", "Cedar"]
    assert client.post(new, sent).status_code == 302
    decision = Decision.objects.get()
    assert stored_parts(decision) == {parties.ash.pk: "decides", parties.birch.pk: "approves"}
    edit = reverse("decision_edit", args=[decision.pk])
    changed = sent | {"edition": "1", f"part-{parties.birch.pk}": "informed"}
    assert client.post(edit, changed).status_code == 302
    assert stored_parts(decision) == {parties.ash.pk: "decides", parties.birch.pk: "informed"}
    # the page that is opened now does not ask for it, and leaves it as it is
    form = client.get(edit).context["form"]
    assert [row.name for row in form.part_rows] == ["Ash", "Cedar"]


def test_the_part_of_who_was_removed_meanwhile_is_told(parties: Parties) -> None:
    client = parties.client("convener")
    new = reverse("decision_new", args=[parties.alliance.pk])
    shown = client.get(new).context["form"]["shown"].value()
    sent = {
        "what": "Whether to build",
        "shown": shown,
        f"part-{parties.ash.pk}": "decides",
        f"part-{parties.birch.pk}": "approves",
        f"part-{parties.cedar.pk}": "",
    }
    parties.birch.delete()
    parties.cedar.delete()
    answer = client.post(new, sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].non_field_errors()) == [
        "Birch is not there any more, so its line cannot be stored. You wrote: “must approve”. "
        "All else stands below as you wrote it: save again to store that."
    ]
    assert not Decision.objects.exists()
    form = answer.context["form"]
    again = {name: form[name].value() or "" for name in form.fields}
    assert client.post(new, again).status_code == 302
    assert stored_parts(Decision.objects.get()) == {parties.ash.pk: "decides"}
