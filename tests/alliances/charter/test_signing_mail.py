"""The mails that a signature causes: to those in whose name it was given, and to all once it is law."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from alliances.errors import Refused
from alliances.models import Membership, Participant, Representative
from alliances.services.charter.life import circulate
from alliances.services.charter.signing import SignatureGiven, sign
from tests.alliances.charter.pages import address, client_of, second_version
from tests.alliances.charter.worlds import AT, MadeCharter, make_charter
from tests.alliances.conftest import told
from tests.factories import make_user
from tests.mail_server import smtp as smtp

pytestmark = pytest.mark.django_db

PAGE = "https://north.example/charters/1/"


def signed(made: MadeCharter, place: int, **options: Any) -> SignatureGiven:
    """The person at `place` signs, and mails go out."""
    version = made.fresh()
    return sign(
        version=version,
        user=made.users[place],
        **{
            "digest": version.digest,
            "name": f"Person of {made.parties[place].name}",
            "at": AT,
            "page_url": PAGE,
        }
        | options,
    )


def mails_about(kind: str) -> list[EmailMessage]:
    return [one for one in mail.outbox if one.subject.startswith(kind)]


def people(messages: list[EmailMessage]) -> list[str]:
    return [address for one in messages for address in one.to]


def add_colleagues(made: MadeCharter) -> None:
    """Ash gets a second account, one that is switched off, and two representatives on record."""
    for email, is_active in (("second@ash.example", True), ("off@ash.example", False)):
        Membership.objects.create(
            alliance=made.alliance,
            user=make_user(email, name="", is_active=is_active),
            participant=made.parties[0],
        )
    for name, email in (("Ada", "ada@ash.example"), ("Ida", "ASH@tessel.example")):
        Representative.objects.create(participant=made.parties[0], name=name, email=email)


def test_the_signer_and_the_others_of_the_organisation_are_told() -> None:
    made = make_charter(3)
    add_colleagues(made)
    given = signed(made, 0, name="Ida Ash", position="Chair")
    assert given.posted is not None
    assert (given.posted.sent, given.posted.unreached) == (3, [])
    assert people(mail.outbox) == [
        "Member of Ash <ash@tessel.example>",
        "second@ash.example",
        "Ada <ada@ash.example>",
    ]
    own, _second, ada = mail.outbox
    assert own.subject == "Signed for Ash: version 1 of the charter of Tessel"
    digest = made.version.digest
    groups = [digest[start : start + 8] for start in range(0, 64, 8)]
    said = (
        "\n\nName: Ida Ash, Chair\n"
        "Account: ash@tessel.example\n"
        "Signed: 4 May 2026, 10:30 UTC\n\n"
        "The signature is on the text with this SHA-256, and on no other:\n"
        f"{' '.join(groups[:4])}\n{' '.join(groups[4:])}\n\n"
        f"Read the text, and see who else has signed, here:\n{PAGE}\n\n"
    )
    assert own.body == (
        "Dear Member of Ash,\n\nYou have signed version 1 of the charter of Tessel for Ash."
        + said
        + "If this was not you, somebody else can get into your account or your mailbox. "
        "Say so at once to those who convene the alliance; an answer to this mail reaches them:\n"
        "Cora Vener (convener@tessel.example)\n"
    )
    assert ada.body.startswith(
        "Dear Ada,\n\nIda Ash has signed version 1 of the charter of Tessel for Ash." + said
    )
    assert "If Ida Ash may not sign for Ash, do not leave it at that." in ada.body
    assert ada.reply_to == ["Cora Vener <convener@tessel.example>"]


def test_a_convener_who_signs_is_not_who_is_asked() -> None:
    made = make_charter(2)
    other = make_user("other@tessel.example", name="Otto")
    Membership.objects.create(alliance=made.alliance, user=other, role="convener")
    Membership.objects.filter(user=made.convener).update(participant=made.parties[0])
    made.users[0] = made.convener
    signed(made, 0)
    to_ash = next(one for one in mail.outbox if "ash@" in one.to[0])
    assert to_ash.body.endswith("reaches them:\nOtto (other@tessel.example)\n")


def test_nothing_is_sent_without_an_address_of_the_page() -> None:
    """As the demonstration is loaded."""
    made = make_charter(2)
    assert signed(made, 0, page_url="").posted is None
    assert signed(made, 1, page_url="").posted is None
    assert made.fresh().status == "ratified"
    assert mail.outbox == []


def test_what_is_refused_sends_nothing() -> None:
    made = make_charter(2)
    with pytest.raises(Refused):
        signed(made, 0, digest="0" * 64)
    assert mail.outbox == []


def test_everybody_is_told_once_that_it_is_in_force() -> None:
    made = make_charter(4, ratify_by="all-but-one")
    member = make_user("member@tessel.example", name="Of Nobody")
    Membership.objects.create(alliance=made.alliance, user=member)
    off = make_user("off@tessel.example", is_active=False)
    Membership.objects.create(alliance=made.alliance, user=off)
    signed(made, 0)
    signed(made, 1)
    assert mails_about("In force") == []
    given = signed(made, 2, at=AT + dt.timedelta(days=2))
    assert "With this signature the version is in force." in mails_about("Signed")[-1].body
    assert "With this signature" not in mails_about("Signed")[0].body
    found = mails_about("In force")
    assert people(found) == [
        "Cora Vener <convener@tessel.example>",
        "Member of Ash <ash@tessel.example>",
        "Member of Birch <birch@tessel.example>",
        "Member of Cedar <cedar@tessel.example>",
        "Member of Dogwood <dogwood@tessel.example>",
        "Of Nobody <member@tessel.example>",
    ]
    assert given.posted is not None
    assert given.posted.sent == 1 + 6
    assert found[0].subject == "In force: version 1 of the charter of Tessel"
    assert found[0].body.startswith(
        "Dear Cora Vener,\n\nVersion 1 of the charter of Tessel came into force on "
        "6 May 2026, 10:30 UTC. 3 of 4 parties have signed it, which is enough by its own rule.\n\n"
        "In force is the text with this SHA-256, and no other:\n"
    )
    assert f"\n{PAGE}\n" in found[0].body
    invited = [one.to[0] for one in found if "has not signed it yet, and still can" in one.body]
    assert invited == ["Member of Dogwood <dogwood@tessel.example>"]
    # A signature after that brings nothing into force any more.
    mail.outbox.clear()
    signed(made, 3)
    assert people(mail.outbox) == ["Member of Dogwood <dogwood@tessel.example>"]


def test_one_party_that_is_enough_and_one_that_left() -> None:
    made = make_charter(2, ratify_by="all-but-one")
    Participant.objects.filter(pk=made.parties[1].pk).update(status="left")
    signed(made, 0)
    found = mails_about("In force")
    assert len(found) == 3
    assert "1 of 2 parties has signed it, which is enough by its own rule." in found[0].body
    assert not any("still can" in one.body for one in found)


def test_the_next_version_takes_the_place_of_the_one_before() -> None:
    made = make_charter(2)
    made.sign(0)
    made.sign(1)
    made.version = circulate(version=second_version(made), by=made.convener).version
    signed(made, 0)
    signed(made, 1)
    body = mails_about("In force")[0].body
    assert "Every party has signed it. It takes the place of version 1." in body


def test_a_real_server_gets_them_and_no_name_writes_into_a_head(smtp: Any) -> None:
    evil = "Evil\r\nBcc: all@harrow.example\n\n<b>"
    made = make_charter(2, circulated=False)
    type(made.alliance).objects.filter(pk=made.alliance.pk).update(name=evil)
    Participant.objects.filter(pk=made.parties[0].pk).update(name=evil)
    circulate(version=made.version, by=made.convener)
    made.sign(1)
    Representative.objects.create(participant=made.parties[0], name=evil, email="e@ash.example")
    given = signed(made, 0, name="R&D <Ida>", position="“Chair”")
    assert given.posted is not None
    assert (given.posted.sent, given.posted.unreached) == (2 + 3, [])
    assert smtp.recipients == [
        "ash@tessel.example",
        "e@ash.example",
        "convener@tessel.example",
        "ash@tessel.example",
        "birch@tessel.example",
    ]
    assert len(smtp.sessions) == 1  # one connection for all
    shown = "Evil Bcc: all@harrow.example <b>"
    for message in smtp.messages:
        assert message["Bcc"] is None
        assert message.get_content_type() == "text/plain"
        assert message["Auto-Submitted"] == "auto-generated"
        assert re.search(r"^([0-9a-f]{8} ?){4}\r?$", message.get_content(), re.MULTILINE)
    assert smtp.messages[0]["Subject"] == f"Signed for {shown}: version 1 of the charter of {shown}"
    assert smtp.messages[2]["Subject"] == f"In force: version 1 of the charter of {shown}"
    assert "R&D <Ida> has signed version 1" in smtp.messages[1].get_content()


def test_a_mail_that_fails_is_told_and_the_signature_stays(smtp: Any) -> None:
    made = make_charter(2)
    Representative.objects.create(
        participant=made.parties[0], name="Gone", email="gone@refused.example"
    )
    answer = client_of(made.users[0]).post(
        address("charter_sign", made.version),
        {
            "digest": made.version.digest,
            "participant": made.parties[0].pk,
            "name": "Ida",
            "read": "on",
        },
        follow=True,
    )
    assert told(answer) == [
        "You have signed version 1 for Ash. The mail to these people could not be sent. "
        "Tell them yourself: Gone."
    ]
    assert made.version.signatures.count() == 1
    assert smtp.recipients == ["ash@tessel.example"]


def test_the_page_sends_them_with_its_own_address() -> None:
    made = make_charter(2)
    answer = client_of(made.users[0]).post(
        address("charter_sign", made.version),
        {
            "digest": made.version.digest,
            "participant": made.parties[0].pk,
            "name": "Ida",
            "read": "on",
        },
        follow=True,
    )
    assert told(answer) == ["You have signed version 1 for Ash."]
    [message] = mail.outbox
    assert f"\nhttp://testserver/charters/{made.version.pk}/\n" in message.body
