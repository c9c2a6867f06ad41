"""A charter is circulated, ratified, revised; what stands in its text is what was agreed by then."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail

from alliances.errors import Refused
from alliances.models import CharterSection, CharterVersion, Membership, Participant
from alliances.services.charter.life import circulate, preview, revise
from alliances.services.charter.mail import remind, unsigned
from alliances.services.charter.text import digest_of, read_text
from alliances.services.people import remove_participant, update_participant
from tests.alliances.charter.worlds import AT, LIGHT, add_party, make_charter
from tests.factories import make_participant, make_user

pytestmark = pytest.mark.django_db

PAGE = "https://north.example/charters/1/"


def test_circulating_freezes_text_and_parties() -> None:
    made = make_charter(3, circulated=False)
    make_participant(made.alliance, "Only asked", status=Participant.Status.INVITED)
    frozen = preview(version=made.version)
    circulated = circulate(version=made.version, by=made.convener, seen=frozen.digest, at=AT)
    version = made.fresh()
    assert circulated.posted is None
    assert (version.status, version.circulated_at) == ("circulated", AT)
    assert version.text == frozen.text
    assert version.digest == digest_of(version.text)
    assert [party.name for party in version.parties.all()] == ["Ash", "Birch", "Cedar"]
    assert read_text(version.text).blocks[0].paragraphs == ["Ash\nBirch\nCedar"]


def test_a_text_that_changed_since_it_was_seen_is_not_circulated() -> None:
    made = make_charter(2, circulated=False)
    seen = preview(version=made.version).digest
    CharterSection.objects.filter(code="purpose").update(content={"statement": "Another."})
    with pytest.raises(Refused, match="have changed since you opened"):
        circulate(version=made.version, by=made.convener, seen=seen)
    assert made.fresh().status == "draft"
    assert made.fresh().parties.count() == 0


def test_parties_that_changed_since_they_were_seen_are_not_circulated() -> None:
    made = make_charter(2, circulated=False)
    seen = preview(version=made.version).digest
    add_party(made, "Late")
    with pytest.raises(Refused, match="have changed since you opened"):
        circulate(version=made.version, by=made.convener, seen=seen)


def test_no_text_seen_is_no_consent() -> None:
    made = make_charter(2, circulated=False)
    with pytest.raises(Refused, match="have changed"):
        circulate(version=made.version, by=made.convener, seen="")


def test_one_party_alone_has_no_charter() -> None:
    made = make_charter(1, circulated=False)
    with pytest.raises(Refused, match="needs two parties"):
        circulate(version=made.version, by=made.convener)


def test_open_sections_are_named_and_circulated_only_knowingly() -> None:
    contents = {code: content for code, content in LIGHT.items() if code != "roles"}
    made = make_charter(2, contents=contents | {"scope": {"in": "Here."}}, circulated=False)
    with pytest.raises(Refused) as refused:
        circulate(version=made.version, by=made.convener)
    assert [line.split(":")[0] for line in refused.value.details] == ["Scope", "Roles and time"]
    version = circulate(version=made.version, by=made.convener, despite_gaps=True).version
    open_sections = [
        block.code for block in read_text(version.text).blocks if block.paragraphs == ["Left open."]
    ]
    assert open_sections == ["roles"]


def test_nothing_is_circulated_twice() -> None:
    made = make_charter(2)
    with pytest.raises(Refused, match="circulated already"):
        circulate(version=made.version, by=made.convener)


def test_a_circulated_version_gives_way_to_one_circulated_later() -> None:
    made = make_charter(2)
    later = CharterVersion.objects.create(alliance=made.alliance, number=2, depth="light")
    for code, content in LIGHT.items():
        CharterSection.objects.create(version=later, code=code, content=content)
    moment = AT + dt.timedelta(days=1)
    circulate(version=later, by=made.convener, at=moment)
    assert (made.fresh().status, made.fresh().ended_at) == ("withdrawn", moment)


def test_marks_that_turn_the_text_around_are_not_in_it() -> None:
    contents = LIGHT | {"purpose": {"statement": "Pay \u202e001\u202c\u2066 euros\u2069."}}
    made = make_charter(2, contents=contents)
    assert "Pay 001 euros." in made.version.text


# --- revising


def test_revising_a_circulated_version_withdraws_it_and_copies_it() -> None:
    made = make_charter(3, ratify_by="share", ratify_share=67)
    made.sign(0)
    draft = revise(version=made.version, by=made.convener)
    withdrawn = made.fresh()
    assert withdrawn.status == "withdrawn"
    assert withdrawn.ended_at is not None
    assert withdrawn.signatures.count() == 1
    assert (draft.number, draft.status, draft.depth, draft.ratify_by, draft.ratify_share) == (
        2,
        "draft",
        "light",
        "share",
        67,
    )
    assert draft.reason == ""
    assert {one.code: one.content for one in draft.sections.all()} == LIGHT
    assert draft.signatures.count() == 0


def test_revising_a_version_in_force_leaves_it_there() -> None:
    made = make_charter(2)
    made.sign(0)
    made.sign(1)
    revise(version=made.version, by=made.convener)
    assert made.fresh().status == "ratified"
    assert made.fresh().ended_at is None


def test_there_is_one_draft() -> None:
    made = make_charter(2)
    revise(version=made.version, by=made.convener)
    with pytest.raises(Refused, match="Version 2 is being written already"):
        revise(version=made.version, by=made.convener)
    assert CharterVersion.objects.filter(status="draft").count() == 1


def test_a_withdrawn_version_can_be_taken_up_again() -> None:
    made = make_charter(2)
    revise(version=made.version, by=made.convener).delete()
    assert revise(version=made.version, by=made.convener).number == 2


def test_a_replaced_version_is_not_revised() -> None:
    made = make_charter(2)
    made.sign(0)
    made.sign(1)
    second = revise(version=made.version, by=made.convener)
    circulate(version=second, by=made.convener)
    first, made.version = made.version, second
    made.sign(0)
    made.sign(1)
    with pytest.raises(Refused, match="replaced by a later one"):
        revise(version=first, by=made.convener)


# --- mail


def addresses() -> list[str]:
    return sorted(address for one in mail.outbox for address in one.to)


def test_parties_and_conveners_are_told() -> None:
    made = make_charter(2, circulated=False)
    outsider = make_participant(made.alliance, "Only asked", status=Participant.Status.INVITED)
    Membership.objects.create(
        alliance=made.alliance, user=make_user("asked@tessel.example"), participant=outsider
    )
    gone = make_user("gone@tessel.example", is_active=False)
    Membership.objects.create(alliance=made.alliance, user=gone, participant=made.parties[0])
    posted = circulate(version=made.version, by=made.convener, page_url=PAGE).posted
    assert posted is not None
    assert (posted.sent, posted.unreached) == (3, [])
    assert addresses() == [
        "Cora Vener <convener@tessel.example>",
        "Member of Ash <ash@tessel.example>",
        "Member of Birch <birch@tessel.example>",
    ]
    of_ash = next(one for one in mail.outbox if "ash@" in one.to[0])
    assert of_ash.subject == "To read and sign: version 1 of the charter of Tessel"
    assert PAGE in of_ash.body
    assert "sign it for Ash" in of_ash.body
    assert of_ash.reply_to == ["Cora Vener <convener@tessel.example>"]
    convener = next(one for one in mail.outbox if "convener@" in one.to[0])
    assert "sign it for" not in convener.body


def test_names_break_no_head_and_stay_text() -> None:
    made = make_charter(2, circulated=False)
    made.alliance.name = "A <b>&\r\nBcc: all@x.example"
    made.alliance.save()
    circulate(version=made.version, by=made.convener, page_url=PAGE)
    assert all("\n" not in one.subject for one in mail.outbox)
    assert mail.outbox[0].subject.endswith("the charter of A <b>& Bcc: all@x.example")
    assert "A <b>&" in mail.outbox[0].body
    assert all(one.message()["Bcc"] is None for one in mail.outbox)


def test_mail_that_fails_undoes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_charter(2, circulated=False)
    send = mail.get_connection().__class__.send_messages

    def fails_for_ash(self: Any, messages: list[Any]) -> Any:
        if "ash@" in messages[0].to[0]:
            raise SMTPException("no such box")
        return send(self, messages)

    monkeypatch.setattr(
        "django.core.mail.backends.locmem.EmailBackend.send_messages", fails_for_ash
    )
    posted = circulate(version=made.version, by=made.convener, page_url=PAGE).posted
    assert posted is not None
    assert (posted.sent, posted.unreached) == (2, [made.users[0]])
    assert made.fresh().status == "circulated"


def test_a_mail_server_that_is_away_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_charter(3)
    asked = []

    def away(self: Any) -> None:
        asked.append(1)
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", away)
    posted = remind(version=made.version, page_url=PAGE)
    assert (posted.sent, posted.unreached, asked) == (0, made.users, [1])


def test_reminded_is_who_has_not_signed_and_can() -> None:
    made = make_charter(4)
    made.sign(0)
    update_participant(participant=made.parties[1], status="left")
    made.users[2].delete()
    waiting = unsigned(version=made.version)
    assert [(one.organisation, len(one.people), one.is_away) for one in waiting] == [
        ("Birch", 1, True),
        ("Cedar", 0, False),
        ("Dogwood", 1, False),
    ]
    posted = remind(version=made.version, page_url=PAGE)
    assert (posted.sent, addresses()) == (1, ["Member of Dogwood <dogwood@tessel.example>"])
    assert "Dogwood has not signed version 1" in mail.outbox[0].body


def test_nobody_is_reminded_for_nothing() -> None:
    made = make_charter(2)
    made.sign(0)
    made.sign(1)
    with pytest.raises(Refused, match="Nobody is reminded"):
        remind(version=made.version, page_url=PAGE)
    second = revise(version=made.version, by=made.convener)
    with pytest.raises(Refused, match="takes no signatures"):
        remind(version=second, page_url=PAGE)
    assert mail.outbox == []


# --- participants of a charter stay


def test_a_party_is_not_removed() -> None:
    made = make_charter(2)
    made.sign(0)
    with pytest.raises(Refused, match="Ash has signed version 1 of the charter and stays"):
        remove_participant(participant=made.parties[0])
    with pytest.raises(Refused, match="Birch is a party to version 1 of the charter and stays"):
        remove_participant(participant=made.parties[1])
    late = add_party(made, "Late")
    remove_participant(participant=late)
    assert {one.name for one in made.alliance.participants.all()} == {"Ash", "Birch"}
