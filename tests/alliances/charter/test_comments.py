"""What people say to a section of a circulated version, and what is answered."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from alliances.errors import Refused
from alliances.models import CharterComment
from alliances.services.charter.comments import add_comment, answer_comment, discussed
from alliances.services.charter.life import revise
from alliances.services.charter.text import read_text
from alliances.services.people import update_participant
from tests.alliances.charter.worlds import AT, MadeCharter, make_charter

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> MadeCharter:
    return make_charter(2)


def say(made: MadeCharter, text: str = "Too narrow.", code: str = "scope") -> CharterComment:
    return add_comment(version=made.version, user=made.users[0], code=code, text=text, at=AT)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_comment_keeps_name_and_organisation(made: MadeCharter) -> None:
    comment = say(made)
    update_participant(participant=made.parties[0], name="Ash and Sons")
    made.users[0].delete()
    comment.refresh_from_db()
    assert (comment.author, comment.organisation, comment.text, comment.written_at) == (
        "Member of Ash",
        "Ash",
        "Too narrow.",
        AT,
    )
    assert comment.user is None


def test_a_convener_comments_without_an_organisation(made: MadeCharter) -> None:
    comment = add_comment(version=made.version, user=made.convener, code="ratifying", text="Why?")
    assert (comment.author, comment.organisation, comment.participant) == ("Cora Vener", "", None)


@pytest.mark.parametrize("code", ["", "nonsense", "disputes"])
def test_only_to_a_section_that_the_text_has(made: MadeCharter, code: str) -> None:
    with pytest.raises(Refused, match="no such section"):
        say(made, code=code)


@pytest.mark.parametrize(("text", "told"), [(" \n ", "missing"), ("x" * 5001, "5001")])
def test_something_is_said_and_not_too_much(made: MadeCharter, text: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        say(made, text)


def test_only_while_it_is_circulated(made: MadeCharter) -> None:
    draft = revise(version=made.version, by=made.convener)
    with pytest.raises(Refused, match="takes no comments"):
        say(made)
    made.version = draft
    with pytest.raises(Refused, match="takes no comments"):
        say(made)


def test_an_answer_and_another(made: MadeCharter) -> None:
    comment = answer_comment(comment=say(made), answer="It is meant so.", began_from="", at=AT)
    assert (comment.answer, comment.answered_at) == ("It is meant so.", AT)
    with pytest.raises(Refused, match="Somebody answered while you were writing"):
        answer_comment(comment=comment, answer="No.", began_from="")
    changed = answer_comment(comment=comment, answer="No.", began_from="It is meant so.")
    assert changed.answer == "No."
    with pytest.raises(Refused, match="missing"):
        answer_comment(comment=comment, answer="  ")


def test_comments_stand_with_their_sections(
    made: MadeCharter, django_assert_num_queries: Any
) -> None:
    first, second = say(made, "One."), say(made, "Two.")
    say(made, "Other.", code="purpose")
    blocks = read_text(made.version.text).blocks
    with django_assert_num_queries(1):
        found = {
            one.block.code: one.comments for one in discussed(version=made.version, blocks=blocks)
        }
    assert found["scope"] == [first, second]
    assert len(found["purpose"]) == 1
    assert found["roles"] == []


# --- on the pages


def test_a_member_comments_and_all_read_it(made: MadeCharter) -> None:
    address = reverse("charter_comment", args=[made.version.pk, "scope"])
    answer = client_of(made.users[0]).post(address, {"text": "<b>Too</b>\r\nnarrow."})
    assert answer.headers["Location"] == f"/charters/{made.version.pk}/#section-scope"
    for user in (made.users[1], made.convener):
        page = (
            client_of(user).get(reverse("charter_version", args=[made.version.pk])).content.decode()
        )
        assert "&lt;b&gt;Too&lt;/b&gt;\nnarrow." in page
        assert "One comment" in page
        assert "<strong>Member of Ash</strong>, Ash" in page
        assert ("/answer/" in page) == (user == made.convener)


def test_an_empty_comment_comes_back(made: MadeCharter) -> None:
    address = reverse("charter_comment", args=[made.version.pk, "scope"])
    answer = client_of(made.users[0]).post(address, {"text": "  "})
    assert answer.status_code == 422
    assert CharterComment.objects.count() == 0


def test_what_was_written_too_late_is_not_lost(made: MadeCharter) -> None:
    address = reverse("charter_comment", args=[made.version.pk, "scope"])
    revise(version=made.version, by=made.convener)
    answer = client_of(made.users[0]).post(address, {"text": "Written for an hour."})
    assert answer.status_code == 422
    assert "takes no comments" in answer.content.decode()
    assert "Written for an hour." in answer.content.decode()
    assert "takes no comments any more" in client_of(made.users[0]).get(address).content.decode()


@pytest.mark.parametrize("code", ["nonsense", "disputes"])
def test_no_page_for_a_section_that_is_not_there(made: MadeCharter, code: str) -> None:
    address = reverse("charter_comment", args=[made.version.pk, code])
    assert client_of(made.users[0]).get(address).status_code == 404


def test_two_conveners_answer_at_once(made: MadeCharter) -> None:
    comment = say(made)
    client, address = client_of(made.convener), reverse("charter_comment_answer", args=[comment.pk])
    assert "version 1</a>, Scope" in client.get(address).content.decode()
    assert client.post(address, {"before": "", "answer": "First\r\nanswer"}).status_code == 302
    late = client.post(address, {"before": "", "answer": "Second"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Somebody answered while you were writing" in page
    assert "First\nanswer" in page
    assert "Second" in page
    before = late.context["form"]["before"].value()
    assert client.post(address, {"before": before, "answer": "Second"}).status_code == 302
    comment.refresh_from_db()
    assert comment.answer == "Second"


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ("ada.lovelace@example.org", "ada.lovelace"),
        ("Ada Lovelace", "Ada Lovelace"),
        ("Ada @ the harbour", "Ada @ the harbour"),
        ("", ""),
    ],
)
def test_addresses_stored_as_names_go(made: MadeCharter, stored: str, kept: str) -> None:
    comment = say(made)
    CharterComment.objects.filter(pk=comment.pk).update(author=stored)
    import_module("alliances.migrations.0007_names_of_comments").shorten(apps, None)
    comment.refresh_from_db()
    assert comment.author == kept
