"""Invitations, reminders and new links, as a real mail server receives them."""

from __future__ import annotations

import itertools
import logging
import re
import socket
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.test import Client

from alliances.errors import Refused
from alliances.models import Membership
from assessments.models import Invitation, InvitationLink, RosterOrganisation
from assessments.services import invitations
from assessments.services.invitations import (
    preview_reminder,
    send_invitations,
    send_link,
    send_reminders,
)
from assessments.services.links import token_hash
from tests.factories import invite, make_alliance, make_response, make_round, make_user

pytestmark = pytest.mark.django_db

BASE = "https://alliance.example/"


def unsent_round(**options):
    """A round nobody has had a mail of."""
    made = make_round(**options)
    InvitationLink.objects.all().delete()
    return made


def tokens_in(text: str) -> list[str]:
    """The tokens of links that stand alone on a line of `text`."""
    links = r"^https://alliance\.example/a/([A-Za-z0-9_-]{43})/$"
    return re.findall(links, text.replace("\r\n", "\n"), re.MULTILINE)


def test_each_person_gets_a_link_of_their_own_by_smtp(smtp) -> None:
    alliance = make_alliance(convener=make_user("ada@harrow.example", name="Ada Marsh"))
    made = unsent_round(alliance=alliance, organisations=3)
    delivery = send_invitations(round=made.round, base_url=BASE)
    assert (delivery.sent, delivery.unreached) == (3, ())
    assert smtp.recipients == [invitation.email for invitation in made.invitations]
    assert len(smtp.sessions) == 1  # one connection for all
    first = smtp.messages[0]
    assert first["Subject"] == "Tessel Valley Flood Alliance: how ready are we?"
    assert first["To"] == f"Person 1 of Organisation A <{made.invitations[0].email}>"
    assert first["Reply-To"] == "Ada Marsh <ada@harrow.example>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first.get_content_type() == "text/plain"
    found = [token for message in smtp.messages for token in tokens_in(message.get_content())]
    assert len(set(found)) == 3
    for token, invitation in zip(found, made.invitations, strict=True):
        assert InvitationLink.objects.get(token_hash=token_hash(token)).invitation == invitation
        assert Client().get(f"/a/{token}/").status_code == 200


def test_what_a_mail_says(mailoutbox) -> None:
    made = unsent_round(alliance=make_alliance("Müller & Söhne"), organisations=1)
    send_invitations(round=made.round, base_url=BASE)
    body = mailoutbox[0].body
    assert mailoutbox[0].subject == "Müller & Söhne: how ready are we?"
    assert body.startswith("Dear Person 1 of Organisation A,\n\nMüller & Söhne asks everyone")
    day = made.round.closes_on
    assert f"Answer by {day.day} {day:%B} {day.year}:" in body
    assert "The round is confidential" in body
    assert "\n\n\n" not in body
    assert "&amp;" not in body


def test_names_cannot_write_into_the_head_of_a_mail(smtp) -> None:
    evil = "Evil\r\nBcc: all@harrow.example\n\n<b>"
    alliance = make_alliance(evil, convener=make_user("c@harrow.example", name=evil))
    made = unsent_round(alliance=alliance, organisations=1)
    Invitation.objects.update(name=evil)
    assert send_invitations(round=made.round, base_url=BASE).sent == 1
    [message] = smtp.messages
    assert message["Bcc"] is None
    assert message["Subject"] == "Evil Bcc: all@harrow.example <b>: how ready are we?"
    assert smtp.recipients == [made.invitations[0].email]


def test_a_mail_that_fails_is_said_and_can_be_sent_again(smtp) -> None:
    made = unsent_round(organisations=2)
    organisation = RosterOrganisation.objects.first()
    assert organisation is not None
    invite(made, organisation, "Refused", "nobody@refused.example")
    without = Invitation.objects.create(
        round=made.round, organisation=organisation, name="No address"
    )
    InvitationLink.objects.all().delete()
    delivery = send_invitations(round=made.round, base_url=BASE)
    assert delivery.sent == 2
    assert {invitation.name for invitation in delivery.unreached} == {"Refused", "No address"}
    assert InvitationLink.objects.count() == 2

    Invitation.objects.filter(name="Refused").update(email="somebody@harrow.example")
    again = send_invitations(round=made.round, base_url=BASE)
    assert (again.sent, again.unreached) == (1, (without,))
    assert smtp.recipients[2:] == ["somebody@harrow.example"]


def test_a_server_that_hangs_up_loses_one_mail_alone(smtp) -> None:
    made = unsent_round(organisations=3)
    smtp.hang_up_at = made.invitations[1].email
    delivery = send_invitations(round=made.round, base_url=BASE)
    assert (delivery.sent, delivery.unreached) == (2, (made.invitations[1],))
    assert smtp.recipients == [made.invitations[0].email, made.invitations[2].email]


def test_no_server_at_all(settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        made = unsent_round(organisations=3)
        delivery = send_invitations(round=made.round, base_url=BASE)
    assert (delivery.sent, len(delivery.unreached)) == (0, 3)
    assert InvitationLink.objects.count() == 0


def test_no_token_is_written_to_the_log(smtp, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    made = unsent_round(organisations=2)
    Invitation.objects.filter(pk=made.invitations[1].pk).update(email="x@refused.example")
    send_invitations(round=made.round, base_url=BASE)
    # The server of the test shares this process, and its log.
    ours = "\n".join(r.getMessage() for r in caplog.records if r.name != "mail.log")
    assert "No mail to invitation" in ours
    [token] = tokens_in(smtp.messages[0].get_content())
    assert token not in ours


def test_a_reminder_goes_to_those_who_are_missing(mailoutbox) -> None:
    made = make_round(organisations=4)
    make_response(made, 0, answers={"A1": 1}, submitted=True)
    make_response(made, 1)
    InvitationLink.objects.filter(invitation=made.invitations[3]).delete()  # never reached
    delivery = send_reminders(round=made.round, base_url=BASE)
    assert (delivery.sent, delivery.unreached) == (3, ())
    assert [(m.to[0].split("<")[1][:-1], m.subject.split(": ")[1]) for m in mailoutbox] == [
        (made.invitations[1].email, "your answers are still missing"),
        (made.invitations[2].email, "your answers are still missing"),
        (made.invitations[3].email, "how ready are we?"),
    ]
    assert "To go on where you stopped, use your earlier link" in mailoutbox[0].body
    assert "To go on where you stopped" not in mailoutbox[1].body
    assert Client().get(made.link(2)).status_code == 200  # the older link stays good
    assert made.tokens[1] not in mailoutbox[0].body


def test_nobody_is_reminded_where_nobody_is_missing(mailoutbox) -> None:
    made = make_round(organisations=1)
    make_response(made, answers={"A1": 1}, submitted=True)
    with pytest.raises(Refused, match="Everybody has answered"):
        send_reminders(round=made.round, base_url=BASE)
    assert mailoutbox == []


def test_no_mail_leads_to_a_closed_round(mailoutbox) -> None:
    made = make_round(closed=True)
    for send in (
        lambda: send_reminders(round=made.round, base_url=BASE),
        lambda: send_invitations(round=made.round, base_url=BASE),
        lambda: send_link(invitation=made.invitations[0], base_url=BASE),
    ):
        with pytest.raises(Refused, match="takes no more answers"):
            send()
    assert mailoutbox == []


@pytest.mark.parametrize(("revoke", "status"), [(False, 200), (True, 410)])
def test_a_new_link(mailoutbox, revoke: bool, status: int) -> None:
    made = make_round()
    make_response(made, answers={"A1": 1})
    send_link(invitation=made.invitations[0], base_url=BASE, revoke_older=revoke)
    [message] = mailoutbox
    [token] = tokens_in(message.body)
    assert Client().get(f"/a/{token}/").status_code == 200
    assert Client().get(made.link()).status_code == status
    assert Client().get(made.link(1)).status_code == 200  # nobody else's
    made.invitations[0].refresh_from_db()
    assert made.invitations[0].progress == ("invited" if revoke else "begun")
    assert ("no longer work" in message.body) is revoke


def test_no_new_link_for_those_who_have_answered(mailoutbox) -> None:
    made = make_round()
    make_response(made, answers={"A1": 1}, submitted=True)
    with pytest.raises(Refused, match="has answered"):
        send_link(invitation=made.invitations[0], base_url=BASE, revoke_older=True)
    assert Client().get(made.link()).status_code == 200
    assert mail.outbox == []


def test_the_preview_holds_no_link() -> None:
    made = make_round()
    letter = preview_reminder(made.round, begun=False)
    assert "[a link of their own]" in letter.body
    assert "/a/" not in letter.body
    assert InvitationLink.objects.count() == 2


@pytest.mark.parametrize(("organisations", "batches"), [(1, 1), (20, 1), (21, 2), (60, 3)])
def test_sending_costs_four_queries_a_batch_of_twenty(
    mailoutbox, django_assert_num_queries, organisations: int, batches: int
) -> None:
    made = unsent_round(organisations=organisations)
    # who, conveners; then for each batch savepoint, round, links, new links, release
    # and eight to record it, of which three begin the alliance's log
    with django_assert_num_queries(2 + 5 * batches + 8):
        send_invitations(round=made.round, base_url=BASE)
    assert len(mailoutbox) == organisations


# What no mail can carry, and what breaks off


def test_a_domain_in_any_letters_is_reached(smtp) -> None:
    ada = make_user("ada@höfe.example", name="Ada Märsh")
    made = unsent_round(alliance=make_alliance(convener=ada), organisations=1)
    Invitation.objects.update(email="anna@müller.example", name="Anna Müller")
    assert send_invitations(round=made.round, base_url=BASE).sent == 1
    assert smtp.recipients == ["anna@xn--mller-kva.example"]
    assert smtp.messages[0]["To"] == "Anna Müller <anna@xn--mller-kva.example>"
    assert smtp.messages[0]["Reply-To"] == "Ada Märsh <ada@xn--hfe-sna.example>"


@pytest.mark.parametrize("address", ["ſam@x.org", "sam@" + "ü" * 64 + ".org", "sam@ü..org"])
def test_an_address_that_no_mail_can_carry_stops_nobody_else(mailoutbox, address: str) -> None:
    made = unsent_round(organisations=3)
    Invitation.objects.filter(pk=made.invitations[1].pk).update(email=address)
    delivery = send_invitations(round=made.round, base_url=BASE)
    assert (delivery.sent, delivery.unreached) == (2, (made.invitations[1],))
    reached = InvitationLink.objects.values_list("invitation_id", flat=True)
    assert set(reached) == {made.invitations[0].pk, made.invitations[2].pk}


def test_a_convener_whom_no_mail_can_reach_stops_nobody(mailoutbox) -> None:
    ada = make_user("ada@harrow.example", name="Ada")
    made = unsent_round(alliance=make_alliance(convener=ada), organisations=2)
    Membership.objects.create(
        alliance=made.alliance, user=make_user("ſam@x.org"), role=Membership.Role.CONVENER
    )
    assert send_invitations(round=made.round, base_url=BASE).sent == 2
    assert mailoutbox[0].reply_to == ["Ada <ada@harrow.example>"]


@pytest.mark.parametrize("broken", ["sending", "writing"])
@pytest.mark.parametrize("crash", [RuntimeError, SystemExit])
def test_what_breaks_off_can_be_gone_on_with_and_nobody_is_written_to_twice(
    mailoutbox, monkeypatch, broken: str, crash: type[BaseException]
) -> None:
    made = unsent_round(organisations=50)
    places = {
        "sending": (locmem.EmailBackend, "send_messages"),
        "writing": (invitations, "_letter"),
    }
    target, name = places[broken]
    real, turns = getattr(target, name), itertools.count(1)

    def break_off(*args: Any, **kwargs: Any) -> Any:
        if next(turns) == 28:
            raise crash
        return real(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(target, name, break_off)
        with pytest.raises(crash):
            send_invitations(round=made.round, base_url=BASE)
    assert len(mailoutbox) == InvitationLink.objects.count() == 27
    again = send_invitations(round=made.round, base_url=BASE)
    assert (again.sent, again.unreached) == (23, ())
    reached = [message.to[0].split("<")[1][:-1] for message in mailoutbox]
    assert sorted(reached) == sorted(invitation.email for invitation in made.invitations)
    for message in mailoutbox:  # each by a link that works
        [token] = tokens_in(message.body)
        assert InvitationLink.objects.filter(token_hash=token_hash(token)).count() == 1
    assert InvitationLink.objects.count() == 50


def test_links_are_stored_no_more_than_a_batch_ahead_of_the_mail(mailoutbox, monkeypatch) -> None:
    made = unsent_round(organisations=45)
    real, ahead = locmem.EmailBackend.send_messages, []

    def watched(backend: Any, messages: Any) -> int:
        ahead.append(InvitationLink.objects.count() - len(mailoutbox))
        return real(backend, messages)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", watched)
    send_invitations(round=made.round, base_url=BASE)
    assert ahead == [*range(20, 0, -1), *range(20, 0, -1), 5, 4, 3, 2, 1]


def test_of_two_who_send_at_once_each_person_gets_one_mail(mailoutbox, monkeypatch) -> None:
    made = unsent_round(organisations=45)
    real, turns = locmem.EmailBackend.send_messages, itertools.count(1)
    second = []

    def interrupted(backend: Any, messages: Any) -> int:
        if next(turns) == 10:  # the first twenty have links by now
            second.append(send_invitations(round=made.round, base_url=BASE))
        return real(backend, messages)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", interrupted)
    first = send_invitations(round=made.round, base_url=BASE)
    assert (first.sent, first.unreached) == (20, ())
    assert [(delivery.sent, delivery.unreached) for delivery in second] == [(25, ())]
    assert len({message.to[0] for message in mailoutbox}) == len(mailoutbox) == 45


def test_mails_say_what_the_convener_sees(mailoutbox) -> None:
    made = unsent_round(organisations=1)
    send_invitations(round=made.round, base_url=BASE)
    assert (
        "the convener sees how far you are (not begun, begun, or sent in), "
        "never what you answered, nor when."
    ) in mailoutbox[0].body
