"""The pages of a version: read, circulated, revised, reminded of."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core import mail

from alliances.models import (
    CharterParty,
    CharterSection,
    CharterVersion,
    Participant,
    Signature,
)
from alliances.services.charter.life import circulate, revise
from tests.alliances.charter.pages import address, client_of, read
from tests.alliances.charter.worlds import AT, LIGHT, MadeCharter, make_charter
from tests.alliances.conftest import told
from tests.factories import make_alliance, make_user

pytestmark = pytest.mark.django_db


# --- the version


def test_a_version_that_is_out_for_signing() -> None:
    made = make_charter(3)
    made.sign(1, position="Chair")
    page = read(made.users[0], "charter_version", made.version)
    assert "Version 1 is out for signing." in page
    assert "One of three parties has signed; two more bring it into force." in page
    assert "Read and sign for Ash" in page
    assert "Person of Birch<span" in page
    assert "No house under water by 2031." in page
    for group in (made.version.digest[:8], made.version.digest[-8:]):
        assert f"<code>{group}</code>" in page
    assert "Comment on this" in page
    # A member neither reminds nor revises.
    assert "/remind/" not in page
    assert "/revise/" not in page
    own = read(made.users[1], "charter_version", made.version)
    assert "Person of Birch signed for Birch on 4 May 2026." in own
    assert "Read and sign" not in own
    convener = read(made.convener, "charter_version", made.version)
    assert "/remind/" in convener
    assert "You belong to no organisation of this alliance" in convener


def test_a_version_in_force_withdrawn_and_replaced() -> None:
    made = make_charter(2)
    made.sign(0)
    made.sign(1)
    assert "Every party has signed." in read(made.users[0], "charter_version", made.version)
    first = made.version
    draft = revise(version=first, by=made.convener)
    second = circulate(version=draft, by=made.convener).version
    made.version = second
    made.sign(0)
    assert "Version 2 is out for signing." in read(made.users[0], "charter_version", first)
    made.sign(1)
    replaced = read(made.users[0], "charter_version", first)
    assert "Version 1 has been replaced." in replaced
    assert f'<a href="/charters/{second.pk}/">Version 2 is in force.</a>' in replaced
    third = circulate(version=revise(version=second, by=None), by=made.convener).version
    made.version = third
    made.sign(0)
    revise(version=third, by=made.convener)
    withdrawn = read(made.users[0], "charter_version", third)
    assert "Version 3 was withdrawn." in withdrawn
    assert "Its one signature counts for nothing." in withdrawn


def test_a_draft_is_seen_by_conveners_alone() -> None:
    made = make_charter(2, circulated=False)
    other = make_charter_elsewhere()
    pages = ("charter_version", "charter_difference")
    for name in pages:
        assert client_of(made.users[0]).get(address(name, made.version)).status_code == 404
        assert client_of(other).get(address(name, made.version)).status_code == 404
        assert client_of(made.convener).get(address(name, made.version)).status_code == 200
    for name in ("charter_text", "charter_sign", "charter_remind", "charter_revise"):
        assert client_of(made.convener).get(address(name, made.version)).status_code == 404
    page = read(made.convener, "charter_version", made.version)
    assert "Version 1 is a draft." in page
    assert "Conveners alone see it." in page
    assert "Comment on this" not in page


def make_charter_elsewhere() -> Any:
    """The convener of another alliance."""
    user = make_user()
    make_alliance("Elsewhere", convener=user)
    return user


def test_text_stays_text() -> None:
    nasty = "</p><script>alert(1)</script> {{ x }} &amp;"
    made = make_charter(2, contents=LIGHT | {"purpose": {"statement": nasty}})
    for name in ("charter_version", "charter_sign"):
        page = read(made.users[0], name, made.version)
        assert "<script>alert" not in page
        assert "&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt; {{ x }} &amp;amp;" in page


def test_the_exact_bytes() -> None:
    made = make_charter(2, contents=LIGHT | {"roles": {"roles": "Zoë\tleads, משהו."}})
    made.alliance.name = 'Tar"n/…\r\n'
    made.alliance.save()
    answer = client_of(made.users[0]).get(address("charter_text", made.version))
    assert hashlib.sha256(answer.content).hexdigest() == made.version.digest
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="charter-tarn-version-1.txt"'
    )


def test_a_text_changed_by_hand_is_said_above_it() -> None:
    made = make_charter(2)
    said = "The stored text does not fit its own SHA-256"
    assert said not in read(made.users[0], "charter_version", made.version)
    CharterVersion.objects.update(text=made.version.text.replace("house", "horse"))
    page = read(made.users[0], "charter_version", made.version)
    assert said in page
    assert made.version.digest[:8] not in page
    sign = client_of(made.users[0]).post(
        address("charter_sign", made.version),
        {
            "digest": made.version.digest,
            "participant": made.parties[0].pk,
            "name": "Ida",
            "read": "on",
        },
    )
    assert sign.status_code == 409
    assert Signature.objects.count() == 0


def filled(parties: int) -> MadeCharter:
    """A circulated version that all but one have signed, with a comment of each."""
    made = make_charter(2)
    participants = Participant.objects.bulk_create(
        Participant(alliance=made.alliance, name=f"Party {n:03}", status="accepted")
        for n in range(parties - 2)
    )
    CharterParty.objects.bulk_create(
        CharterParty(version=made.version, participant=one, name=one.name) for one in participants
    )
    Signature.objects.bulk_create(
        Signature(
            version=made.version,
            participant=one,
            account=0,
            number=number,
            organisation=one.name,
            name="Somebody",
            digest=made.version.digest,
            signed_at=AT,
            seal="x",
        )
        for number, one in enumerate(participants, start=1)
    )
    for one in participants:
        made.version.comments.create(
            code="scope", participant=one, author="A", text="Hm.", written_at=AT
        )
    return made


@pytest.mark.parametrize("parties", [3, 300])
def test_queries_do_not_grow_with_the_parties(parties: int, django_assert_num_queries: Any) -> None:
    made = filled(parties)
    client = client_of(made.users[0])
    # session, user, version; may edit; comments; membership, party, signed, signed by the person;
    # other versions; signatures, parties
    with django_assert_num_queries(12):
        assert client.get(address("charter_version", made.version)).status_code == 200
    convener = client_of(made.convener)
    with django_assert_num_queries(5):
        assert convener.get(address("charter_remind", made.version)).status_code == 200


# --- circulating


def test_circulating_what_was_shown() -> None:
    made = make_charter(2, circulated=False)
    client, url = client_of(made.convener), address("charter_circulate", made.version)
    page = client.get(url)
    digest = page.context["form"]["digest"].value()
    assert "No house under water by 2031." in page.content.decode()
    assert "Two participants have accepted" in page.content.decode()
    answer = client.post(url, {"digest": digest}, follow=True)
    assert told(answer) == ["Version 1 is circulated, and its text is fixed."]
    assert made.fresh().digest == digest
    assert len(mail.outbox) == 3
    assert f"http://testserver/charters/{made.version.pk}/" in mail.outbox[0].body
    again = client.get(url, follow=True)
    assert told(again) == ["Version 1 is circulated already, and its text is fixed."]


def test_a_text_that_changed_meanwhile_is_shown_anew() -> None:
    made = make_charter(2, circulated=False)
    client, url = client_of(made.convener), address("charter_circulate", made.version)
    digest = client.get(url).context["form"]["digest"].value()
    CharterSection.objects.filter(code="purpose").update(content={"statement": "Another."})
    answer = client.post(url, {"digest": digest})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "have changed since you opened this page" in page
    assert "Another." in page
    assert digest not in page
    assert made.fresh().status == "draft"
    new = answer.context["form"]["digest"].value()
    assert client.post(url, {"digest": new}).status_code == 302
    assert "Another." in made.fresh().text


def test_what_is_open_is_circulated_knowingly_alone() -> None:
    made = make_charter(2, contents={}, circulated=False)
    client, url = client_of(made.convener), address("charter_circulate", made.version)
    page = client.get(url)
    assert "Roles and time is open." in page.content.decode()
    digest = page.context["form"]["digest"].value()
    assert client.post(url, {"digest": digest}).status_code == 422
    assert made.fresh().status == "draft"
    assert client.post(url, {"digest": digest, "despite_gaps": "on"}).status_code == 302


def test_too_few_parties() -> None:
    made = make_charter(1, circulated=False)
    client, url = client_of(made.convener), address("charter_circulate", made.version)
    page = client.get(url).content.decode()
    assert "A charter needs two parties" in page
    assert "<form" not in page.split("<main", 1)[1]
    digest = client.get(url).context["frozen"].digest
    assert client.post(url, {"digest": digest}).status_code == 422


# --- revising


def test_revising_says_what_it_costs() -> None:
    made = make_charter(3)
    made.sign(0)
    client, url = client_of(made.convener), address("charter_revise", made.version)
    page = client.get(url).content.decode()
    assert "Version 1 is withdrawn at once" in page
    assert "1 so far, stay on record and count for nothing" in page
    answer = client.post(url, {"confirm": "yes"}, follow=True)
    assert told(answer) == ["Version 2 is begun. It says what version 1 says."]
    assert made.fresh().status == "withdrawn"
