"""The pages on which a version is signed, and its parties are reminded of it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse

from alliances.models import (
    Membership,
    Participant,
    Signature,
)
from alliances.services.access import change_access
from alliances.services.charter.life import circulate
from tests.alliances.charter.pages import address, client_of, read, second_version
from tests.alliances.charter.worlds import MadeCharter, make_charter
from tests.alliances.conftest import told
from tests.races import asked_at_once

pytestmark = pytest.mark.django_db


def test_signing_for_ones_organisation() -> None:
    made = make_charter(2)
    client, url = client_of(made.users[0]), address("charter_sign", made.version)
    page = client.get(url)
    html = page.content.decode()
    assert "No house under water by 2031." in html
    assert 'value="Sign for Ash"' in html
    assert "I have read this text and sign it for Ash" in html
    digest = page.context["form"]["digest"].value()
    assert digest == hashlib.sha256(made.version.text.encode()).hexdigest()
    sent = {"digest": digest, "name": "Ida Ash", "position": "Chair"}
    sent["participant"] = page.context["form"]["participant"].value()
    assert sent["participant"] == str(made.parties[0].pk)
    assert client.post(url, sent).status_code == 422  # without the tick
    assert client.post(url, sent | {"name": " ", "read": "on"}).status_code == 422
    assert made.version.signatures.count() == 0
    answer = client.post(url, sent | {"read": "on"}, follow=True)
    assert told(answer) == ["You have signed version 1 for Ash."]
    assert "Person" not in Signature.objects.get().name
    assert "Ida Ash has signed for Ash already" in client.get(url).content.decode()
    second = client_of(made.users[1])
    sent["participant"] = str(made.parties[1].pk)
    answer = second.post(url, sent | {"name": "Bo Birch", "read": "on"}, follow=True)
    assert told(answer) == ["You have signed version 1 for Birch. It is in force."]


def test_another_text_than_the_one_that_was_shown() -> None:
    """The form comes back with the text that stands there, and without the tick."""
    made = make_charter(2)
    client, url = client_of(made.users[0]), address("charter_sign", made.version)
    sent = {"digest": "0" * 64, "name": "", "position": "Chair", "read": "on"}
    sent["participant"] = str(made.parties[0].pk)
    answer = client.post(url, sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "The text has changed since you opened it. Nothing is signed." in html
    assert answer.context["form"]["digest"].value() == made.version.digest
    assert answer.context["form"]["position"].value() == "Chair"
    assert not answer.context["form"]["read"].value()
    assert Signature.objects.count() == 0


def test_a_version_withdrawn_meanwhile_leads_to_the_next() -> None:
    made = make_charter(2)
    client, url = client_of(made.users[0]), address("charter_sign", made.version)
    old = made.version.digest
    second = circulate(version=second_version(made), by=made.convener).version
    sent = {"digest": old, "participant": made.parties[0].pk, "name": "Ida", "read": "on"}
    answer = client.post(url, sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Version 1 has been withdrawn. Nothing is signed." in html
    assert f'href="/charters/{second.pk}/"' in html
    assert 'name="digest"' not in html


def test_a_convener_without_an_organisation_reads_why() -> None:
    made = make_charter(2)
    page = read(made.convener, "charter_sign", made.version)
    assert "You belong to no organisation of this alliance" in page
    assert 'name="digest"' not in page
    url = address("charter_sign", made.version)
    answer = client_of(made.convener).post(url, {"digest": made.version.digest, "read": "on"})
    assert answer.status_code == 422


@pytest.mark.parametrize("status", ["left", "declined"])
def test_who_takes_part_no_more_is_not_asked_to_sign(status: str) -> None:
    made = make_charter(2)
    page = read(made.convener, "charter_version", made.version)
    assert "Nobody has signed yet. These can:</h3>" in page
    assert "Remind those who have not signed" in page
    made.alliance.participants.filter(name="Birch").update(status=status)
    page = read(made.convener, "charter_version", made.version)
    assert "Nobody has signed yet</h3>" in page
    assert "takes part no more, and cannot sign" in page
    assert "Remind those who have not signed" in page
    made.sign(0)
    page = read(made.convener, "charter_version", made.version)
    assert "Not signed yet</h3>" in page
    assert "Remind those who have not signed" not in page


# --- moved to another organisation, with the page open


def signing(made: MadeCharter, place: int = 0) -> dict[str, str]:
    """What the page sends that was shown to the person at `place`."""
    page = client_of(made.users[place]).get(address("charter_sign", made.version))
    form = page.context["form"]
    shown = {name: form[name].value() for name in ("digest", "participant")}
    return shown | {"name": "Ida", "position": "Chair", "read": "on"}


def move(made: MadeCharter, participant: Participant | None) -> None:
    """A convener moves the first person's account."""
    membership = Membership.objects.get(user=made.users[0])
    change_access(membership=membership, role="member", participant=participant, by=made.convener)


def post(made: MadeCharter, sent: dict[str, str]) -> Any:
    return client_of(made.users[0]).post(address("charter_sign", made.version), sent)


def test_nobody_signs_for_another_organisation_than_the_page_showed() -> None:
    made = make_charter(3)
    sent = signing(made)
    move(made, made.parties[1])
    answer = post(made, sent)
    assert answer.status_code == 409
    assert Signature.objects.count() == 0
    form = answer.context["form"]
    assert form.non_field_errors() == [
        "You were to sign for Ash, but you do not speak for it any more. You speak for Birch now. "
        "Nothing is signed. If that is wrong, ask a convener before you sign."
    ]
    assert form["participant"].value() == str(made.parties[1].pk)
    assert not form["read"].value()
    assert (form["name"].value(), form["position"].value()) == ("Ida", "Chair")
    html = answer.content.decode()
    assert "I have read this text and sign it for Birch" in html
    assert "sign it for Ash" not in html
    # who has read that may sign for the other
    again = sent | {"participant": form["participant"].value()}
    assert post(made, again).status_code == 302
    assert Signature.objects.get().organisation == "Birch"


def test_who_was_moved_to_one_that_has_signed_reads_both() -> None:
    made = make_charter(3)
    sent = signing(made)
    made.sign(1)
    move(made, made.parties[1])
    answer = post(made, sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "You were to sign for Ash, but you do not speak for it any more." in html
    assert "Person of Birch has signed for Birch already." in html
    assert 'name="digest"' not in html
    assert Signature.objects.count() == 1


def test_who_speaks_for_nobody_any_more_signs_nothing() -> None:
    made = make_charter(2)
    sent = signing(made)
    move(made, None)
    answer = post(made, sent)
    assert answer.status_code == 409
    assert (
        "You were to sign for Ash, but you do not speak for it any more. Nothing is signed."
        in answer.content.decode()
    )
    assert Signature.objects.count() == 0


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 40, "\0"])
def test_a_page_that_does_not_say_for_whom_signs_nothing(key: str) -> None:
    made = make_charter(2)
    answer = post(made, signing(made) | {"participant": key})
    assert answer.status_code == 409
    assert answer.context["form"].non_field_errors() == [
        "The page that you sent does not say for whom you sign. Nothing is signed yet."
    ]
    assert Signature.objects.count() == 0


def test_who_has_signed_and_sends_it_once_more_is_told_so_once() -> None:
    made = make_charter(3)
    sent = signing(made)
    assert post(made, sent).status_code == 302
    answer = post(made, sent)
    assert answer.status_code == 422
    assert answer.content.decode().count("Ida has signed for Ash already.") == 1
    assert Signature.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(4))
def test_signing_against_being_moved(turn: int) -> None:
    """It is signed for whom the page showed, or not at all."""
    made = make_charter(3)
    sent = signing(made)
    client = client_of(made.users[0])
    signed, moved = asked_at_once(
        lambda: client.post(address("charter_sign", made.version), sent),
        posting_move(made),
    )
    assert moved == 200
    assert signed in {302, 409}
    given = list(Signature.objects.values_list("organisation", flat=True))
    assert given == (["Ash"] if signed == 302 else [])


def posting_move(made: MadeCharter) -> Any:
    def moving() -> HttpResponse:
        move(made, made.parties[1])
        return HttpResponse()

    return moving


# --- reminding


def test_reminding_those_who_have_not_signed() -> None:
    made = make_charter(3)
    made.sign(0)
    Membership.objects.filter(user=made.users[1]).delete()
    client, url = client_of(made.convener), address("charter_remind", made.version)
    page = client.get(url).content.decode()
    assert "Two parties have not signed" in page
    assert "Nobody of it has an account here" in page
    answer = client.post(url, follow=True)
    assert told(answer) == ["1 reminder is sent."]
    assert mail.outbox[0].to == ["Member of Cedar <cedar@tessel.example>"]


def test_nobody_to_remind() -> None:
    made = make_charter(2)
    made.sign(0)
    made.sign(1)
    client, url = client_of(made.convener), address("charter_remind", made.version)
    assert "Every party has signed" in client.get(url).content.decode()
    assert client.post(url).status_code == 422


def test_mail_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_charter(2)

    def away(self: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", away)
    client = client_of(made.convener)
    answer = client.post(address("charter_remind", made.version), follow=True)
    assert told(answer) == [
        "0 reminders are sent. The mail to these people could not be sent. Tell them yourself: "
        "Member of Ash, Member of Birch."
    ]
