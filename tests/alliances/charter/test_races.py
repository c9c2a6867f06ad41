"""Several at once, each by a request of their own: signed on the text that was shown, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alliances.models import CharterSection, CharterVersion, Membership, Signature, User
from alliances.services.charter.life import preview, revise
from alliances.services.charter.text import digest_of
from alliances.services.charter.verification import verify_charter
from tests.alliances.charter.worlds import LIGHT, MadeCharter, make_charter
from tests.factories import make_user
from tests.races import asked_at_once

pytestmark = pytest.mark.django_db(transaction=True)

Request = Callable[[], Any]


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def posting(user: User, page: str, pk: int, /, **data: str) -> Request:
    """A POST of `user` to the page of this name, who is logged in already."""
    client, address = logged_in(user), reverse(page, args=[pk])
    return lambda: client.post(address, data)


def signing(made: MadeCharter, user: User, version: CharterVersion | None = None) -> Request:
    """`user` sends the signing form that they were shown for the version."""
    shown = version or made.version
    own = Membership.objects.get(alliance=made.alliance, user=user).participant_id
    sent = {"digest": shown.digest, "participant": str(own), "name": str(user), "read": "on"}
    return posting(user, "charter_sign", shown.pk, **sent)


def all_fits(made: MadeCharter) -> bool:
    return verify_charter(alliance=made.alliance).faults == []


@pytest.mark.parametrize("turn", range(4))
def test_signing_against_revising(turn: int) -> None:
    made = make_charter(3)
    *signed, revised = asked_at_once(
        signing(made, made.users[0]),
        signing(made, made.users[1]),
        posting(made.convener, "charter_revise", made.version.pk, confirm="yes"),
    )
    assert revised == 302
    assert set(signed) <= {302, 409}
    # Whoever was let through stands under the old text; nobody stands under the new one.
    assert made.version.signatures.count() == signed.count(302)
    assert Signature.objects.exclude(version=made.version).count() == 0
    assert set(Signature.objects.values_list("digest", flat=True)) <= {made.version.digest}
    assert made.fresh().status == "withdrawn"
    assert all_fits(made)


@pytest.mark.parametrize("turn", range(4))
def test_the_last_signature_against_revising(turn: int) -> None:
    """Either it is ratified, and stays in force while the next is written; or it is withdrawn."""
    made = make_charter(2)
    made.sign(0)
    signed, revised = asked_at_once(
        signing(made, made.users[1]),
        posting(made.convener, "charter_revise", made.version.pk, confirm="yes"),
    )
    assert revised == 302
    assert (signed, made.fresh().status) in {(302, "ratified"), (409, "withdrawn")}
    assert CharterVersion.objects.filter(status="draft").count() == 1
    assert all_fits(made)


@pytest.mark.parametrize("turn", range(4))
def test_signing_against_a_new_text_that_is_circulated(turn: int) -> None:
    """Somebody has the old text open while another takes its place and is signed by others."""
    made = make_charter(3)
    old = made.fresh()
    new = revise(version=old, by=made.convener)
    CharterSection.objects.filter(version=new, code="scope").update(
        content={"in": "All.", "out": "-"}
    )
    seen = preview(version=new).digest
    late, circulated, sneaked = asked_at_once(
        signing(made, made.users[0], old),
        posting(made.convener, "charter_circulate", new.pk, digest=seen),
        # the new address with the text of the old one
        posting(made.users[1], "charter_sign", new.pk, digest=old.digest, name="Sly", read="on"),
    )
    assert (late, circulated) == (409, 302)
    assert sneaked in (404, 409)  # while it is a draft it does not exist
    assert Signature.objects.count() == 0
    assert all_fits(made)


@pytest.mark.parametrize("turn", range(4))
def test_circulating_while_a_section_is_saved(turn: int) -> None:
    """What the convener saw is frozen, or nothing is; the section is then saved in a draft."""
    made = make_charter(2, circulated=False)
    editor = make_user("second@tessel.example")
    Membership.objects.create(alliance=made.alliance, user=editor, role="convener")
    seen = preview(version=made.version)
    section = CharterSection.objects.get(code="purpose")
    client = logged_in(editor)
    address = reverse("charter_section", args=[made.version.pk, "purpose"])
    circulated, saved = asked_at_once(
        posting(made.convener, "charter_circulate", made.version.pk, digest=seen.digest),
        lambda: client.post(
            address, {"edition": str(section.edition), "statement": "Quite another purpose."}
        ),
    )
    section.refresh_from_db()
    version = made.fresh()
    if version.status == "circulated":
        assert circulated == 302
        assert saved != 200
        assert version.text == seen.text
        assert section.content == LIGHT["purpose"]
    else:
        assert circulated == 409
        assert saved == 302
        assert section.content == {"statement": "Quite another purpose."}
    assert all_fits(made)


@pytest.mark.parametrize("turn", range(4))
def test_two_people_of_one_organisation_at_once(turn: int) -> None:
    made = make_charter(3)
    colleague = make_user("colleague@tessel.example", name="Colleague")
    Membership.objects.create(
        alliance=made.alliance, user=colleague, role="member", participant=made.parties[0]
    )
    found = asked_at_once(signing(made, made.users[0]), signing(made, colleague))
    assert sorted(found) == [302, 422]
    assert made.version.signatures.count() == 1
    assert all_fits(made)


@pytest.mark.parametrize("turn", range(3))
def test_one_person_clicking_four_times(turn: int) -> None:
    made = make_charter(3)
    found = asked_at_once(*(signing(made, made.users[0]) for _ in range(4)))
    assert sorted(found) == [302, 422, 422, 422]
    assert made.version.signatures.count() == 1


@pytest.mark.parametrize("turn", range(4))
def test_the_last_two_signatures_at_once_ratify_it_once(turn: int) -> None:
    made = make_charter(4, ratify_by="all-but-one")
    made.sign(0)
    made.sign(1)
    found = asked_at_once(signing(made, made.users[2]), signing(made, made.users[3]))
    assert found == [302, 302]
    version = made.fresh()
    signatures = list(version.signatures.order_by("number"))
    assert [one.number for one in signatures] == [1, 2, 3, 4]
    # The third met the rule; the fourth came to a version that was in force.
    assert (version.status, version.ratified_at) == ("ratified", signatures[2].signed_at)
    assert all_fits(made)


@pytest.mark.parametrize("turn", range(3))
def test_everybody_signs_at_once(turn: int) -> None:
    made = make_charter(8)
    assert asked_at_once(*(signing(made, user) for user in made.users)) == [302] * 8
    assert made.fresh().status == "ratified"
    assert digest_of(made.fresh().text) == made.version.digest
    assert all_fits(made)
