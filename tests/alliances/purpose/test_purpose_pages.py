"""The pages of the purpose check, and that nothing tells what is written before it is closed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alliances.models import PurposeCheck, PurposeSentence
from alliances.services.charter.draft import start_charter
from alliances.services.purpose.check import close_check, open_check, write_sentence
from alliances.services.records_index import read_index
from tests.alliances.conftest import form_errors, told
from tests.alliances.purpose.conftest import Valley
from tests.factories import make_alliance, make_user

SECRET = "zebra-striped <b>ferries</b>"


def page_of(valley: Valley) -> str:
    return reverse("purpose_check", args=[valley.alliance.pk])


def sentence_of(check: PurposeCheck) -> str:
    return reverse("purpose_sentence", args=[check.pk])


def heading(answer: Any) -> str:
    text = answer.content.decode()
    inside = text[text.index("<h1") : text.index("</h1>")]
    for tag in ("<h1>", "<strong>", "</strong>", "<span>", "</span>"):
        inside = inside.replace(tag, "")
    return " ".join(inside.split())


@pytest.fixture
def check(valley: Valley) -> PurposeCheck:
    """Open, and written in by Ash."""
    check = open_check(alliance=valley.alliance)
    write_sentence(check=check, participant=valley.ash, text=SECRET, edition=0, by=None)
    return check


def test_from_the_first_page_to_the_finding(valley: Valley) -> None:
    convener, here = valley.client("convener"), page_of(valley)
    assert heading(convener.get(here)) == "Nobody has been asked for the purpose yet."
    assert convener.get(reverse("purpose_open", args=[valley.alliance.pk])).status_code == 200
    opened = convener.post(reverse("purpose_open", args=[valley.alliance.pk]), follow=True)
    assert heading(opened) == "Nobody has written the purpose yet."
    check = PurposeCheck.objects.get()
    for number, (who, text) in enumerate(
        [("Ash", "Dry feet by 2031"), ("Birch", "Dry cellars"), ("Elm", "Dry fields")], start=1
    ):
        client = valley.client(who)
        form = client.get(sentence_of(check))
        assert form.context["form"].initial["edition"] == 0
        saved = client.post(sentence_of(check), {"text": text, "edition": 0}, follow=True)
        assert told(saved) == ["Saved."]
        if number == 1:
            assert (
                heading(saved)
                == "One of three parties has written the purpose. Yours is among them."
            )
            assert heading(valley.client("Birch").get(here)).endswith("Yours is missing.")
    for who in ("convener", "Ash", "Oak"):
        answer = valley.client(who).get(here)
        assert heading(answer) == (
            "Three parties, one word in common: Dry. Nobody but Ash says when."
        )
        said = answer.content.decode()
        assert '<b class="nb-word-all">Dry</b> <span class="nb-word-lone">feet</span> by' in said
        assert ("Only here (2): feet, 2031" in said) is True
        link = f'href="{reverse("charter_start", args=[valley.alliance.pk])}">Begin the charter'
        assert (link in said) is (who == "convener")
    version = start_charter(
        alliance=valley.alliance, depth="light", ratify_by="all", ratify_share=None, by=None
    )
    link = f'href="{reverse("charter_section", args=[version.pk, "purpose"])}">Write the purpose'
    for who in ("convener", "Ash"):
        said = valley.client(who).get(here).content.decode()
        assert (link in said) is (who == "convener")
        assert "Begin the charter" not in said


def test_who_writes_where(valley: Valley, check: PurposeCheck) -> None:
    address = sentence_of(check)
    statuses = {
        who: valley.client(who).get(address).status_code
        for who in ("Ash", "Birch", "Oak", "convener")
    }
    # Oak is invited alone, and the convener belongs to no organisation
    assert statuses == {"Ash": 200, "Birch": 200, "Oak": 404, "convener": 404}
    assert valley.client("Oak").post(address, {"text": "x", "edition": 0}).status_code == 404
    said = valley.client("Oak").get(page_of(valley)).content.decode()
    assert "Oak has not accepted its seat." in said
    assert SECRET not in said


def test_nobody_is_told_what_is_written_before_it_is_closed(
    valley: Valley, check: PurposeCheck
) -> None:
    admin = make_user("admin@example.org", is_superuser=True, is_staff=True)
    admin_client = Client()
    admin_client.force_login(admin)
    readers = {
        "convener": valley.client("convener"),
        "Birch": valley.client("Birch"),
        "Oak": valley.client("Oak"),
        "admin": admin_client,
    }
    pages = [
        page_of(valley),
        f"{page_of(valley)}?check={check.pk}",
        sentence_of(check),
        reverse("purpose_close", args=[check.pk]),
        reverse("purpose_open", args=[valley.alliance.pk]),
        reverse("charter", args=[valley.alliance.pk]),
        reverse("records", args=[valley.alliance.pk]),
        reverse("people", args=[valley.alliance.pk]),
        f"/admin/alliances/alliance/{valley.alliance.pk}/change/",
        f"/admin/alliances/alliance/{valley.alliance.pk}/delete/",
        "/admin/",
    ]
    for who, client in readers.items():
        for address in pages:
            for method in ("get",) if address.endswith("/delete/") else ("get", "post"):
                answer = getattr(client, method)(address, {"text": "", "edition": "9"})
                assert "zebra" not in answer.content.decode(), (who, method, address)
                assert "zebra" not in str(answer.headers)
    deleting = admin_client.get(f"/admin/alliances/alliance/{valley.alliance.pk}/delete/")
    assert "Tessel Valley" in deleting.content.decode()
    own = valley.client("Ash").get(page_of(valley)).content.decode()
    assert "zebra-striped &lt;b&gt;ferries&lt;/b&gt;" in own


def test_the_page_costs_the_same_whatever_is_written(valley: Valley, check: PurposeCheck) -> None:
    client = valley.client("Birch")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(valley))
        return len(queries)

    before = cost()
    PurposeSentence.objects.update(text="x" * 500)
    assert cost() == before
    PurposeSentence.objects.all().delete()
    assert cost() == before


def test_two_of_one_party_lose_nothing(valley: Valley, check: PurposeCheck) -> None:
    first, second = valley.client("Ash", 0), valley.client("Ash", 1)
    assert first.post(sentence_of(check), {"text": "Dry feet", "edition": 1}).status_code == 302
    answer = second.post(sentence_of(check), {"text": "Dry <i>shoes</i>", "edition": 1})
    assert answer.status_code == 409
    assert form_errors(answer)[0].startswith("Ash 0 saved this while you were writing.")
    said = answer.content.decode()
    assert "Dry feet" in said
    assert "Dry &lt;i&gt;shoes&lt;/i&gt;" in said
    again = second.post(
        sentence_of(check),
        {"text": "Dry shoes", "edition": answer.context["form"].data["edition"]},
    )
    assert again.status_code == 302
    assert PurposeSentence.objects.get().text == "Dry shoes"


def test_who_writes_on_while_it_is_closed_is_told_and_keeps_their_text(
    valley: Valley, check: PurposeCheck
) -> None:
    write_sentence(check=check, participant=valley.birch, text="Dry", edition=0, by=None)
    close_check(check=check)
    client = valley.client("Elm")
    assert client.get(sentence_of(check)).status_code == 302
    answer = client.post(sentence_of(check), {"text": "My late words", "edition": 0})
    assert answer.status_code == 422
    assert form_errors(answer)[0].startswith("This purpose check has been closed meanwhile")
    assert "My late words" in answer.content.decode()
    assert "Elm had not written" in client.get(page_of(valley)).content.decode()


def test_too_long_a_sentence_comes_back_whole(valley: Valley, check: PurposeCheck) -> None:
    text = "wörd " * 20_000  # 100 KB
    answer = valley.client("Birch").post(sentence_of(check), {"text": text, "edition": 0})
    assert answer.status_code == 422
    assert "has 99999 characters, and there is room for 500" in form_errors(answer)[0]
    assert answer.context["form"]["text"].value() == text


def test_closing_too_early_is_refused(valley: Valley, check: PurposeCheck) -> None:
    convener, address = valley.client("convener"), reverse("purpose_close", args=[check.pk])
    answer = convener.post(address, {"confirm": "yes"})
    assert answer.status_code == 422
    assert "Only one party has written" in answer.content.decode()
    assert address not in convener.get(page_of(valley)).content.decode()
    write_sentence(check=check, participant=valley.birch, text="Dry", edition=0, by=None)
    assert address in convener.get(page_of(valley)).content.decode()
    assert "Elm has not written" in convener.get(address).content.decode()
    closed = convener.post(address, {"confirm": "yes"}, follow=True)
    assert told(closed) == ["The purpose check is closed."]
    assert convener.get(address).status_code == 302


def test_a_party_that_left_while_it_was_open_holds_nothing_up(
    valley: Valley, check: PurposeCheck
) -> None:
    write_sentence(check=check, participant=valley.birch, text="Dry", edition=0, by=None)
    valley.elm.status = "left"
    valley.elm.save()
    answer = valley.client("convener").get(page_of(valley))
    assert heading(answer) == "Everybody has written the purpose. The check can be closed."


def test_who_wrote_and_left_is_counted_everywhere_alike(
    valley: Valley, check: PurposeCheck
) -> None:
    write_sentence(check=check, participant=valley.birch, text="Dry", edition=0, by=None)
    valley.ash.status = "left"
    valley.ash.save()
    convener = valley.client("convener")
    answer = convener.get(page_of(valley))
    assert heading(answer) == "Two of three parties have written the purpose."
    closing = reverse("purpose_close", args=[check.pk])
    assert closing in answer.content.decode()
    assert "Elm" in convener.get(closing).content.decode()
    index = read_index(alliance=valley.alliance, own=None, convenes=True, on=timezone.localdate())
    entry = index.shelves[0].entries[0]
    assert (entry.state, entry.waits) == (
        "Open: two of three have written",
        "one party has not written the purpose",
    )
    convener.post(closing)
    assert "Two parties" in convener.get(page_of(valley)).content.decode()


def test_the_only_party_left_has_written(valley: Valley, check: PurposeCheck) -> None:
    for party in (valley.birch, valley.elm):
        party.status = "left"
        party.save()
    answer = valley.client("convener").get(page_of(valley))
    assert heading(answer) == "The only party left has written the purpose."


def test_the_convener_is_told_who_cannot_log_in(valley: Valley, check: PurposeCheck) -> None:
    valley.people["Elm"][0].delete()
    access = reverse("access", args=[valley.alliance.pk])
    said = valley.client("convener").get(page_of(valley)).content.decode()
    assert f'Nobody can log in for it. <a class="nb-tap" href="{access}">' in said
    assert access not in valley.client("Ash").get(page_of(valley)).content.decode()
    check.delete()
    said = valley.client("convener").get(page_of(valley)).content.decode()
    assert "One party has nobody who can log in" in said


@pytest.mark.parametrize("key", ["x", "-1", "", "0", "9" * 40, "٣"])
def test_a_check_that_there_is_not(valley: Valley, check: PurposeCheck, key: str) -> None:
    client = valley.client("Ash")
    assert client.get(page_of(valley), {"check": key}).status_code == 404


def test_another_alliances_check_is_not_shown_here(valley: Valley, check: PurposeCheck) -> None:
    write_sentence(check=check, participant=valley.birch, text="Dry", edition=0, by=None)
    close_check(check=check)
    rival = make_user("rival@example.org")
    other = make_alliance("Other", convener=rival)
    client = Client()
    client.force_login(rival)
    address = reverse("purpose_check", args=[other.pk])
    assert client.get(address, {"check": str(check.pk)}).status_code == 404
    assert client.get(address).status_code == 200
