"""A person signs for their organisation, once, on the text that they were shown."""

from __future__ import annotations

import datetime as dt

import pytest

from alliances.errors import Refused
from alliances.models import CharterVersion, Membership, Participant
from alliances.services.charter.life import circulate, revise
from alliances.services.charter.signing import pen_of, sign, standing_of
from alliances.services.people import update_participant
from tests.alliances.charter.worlds import AT, add_party, make_charter
from tests.factories import make_participant, make_user

pytestmark = pytest.mark.django_db


def test_a_signature_keeps_the_names_of_its_moment() -> None:
    made = make_charter(2)
    signature = made.sign(0, name="  Ida\tAsh ", position="Chair")
    update_participant(participant=made.parties[0], name="Ash and Sons")
    made.users[0].name = "Somebody else"
    made.users[0].save()
    signature.refresh_from_db()
    assert (
        signature.number,
        signature.organisation,
        signature.name,
        signature.position,
        signature.digest,
        signature.signed_at,
        signature.account,
    ) == (1, "Ash", "Ida Ash", "Chair", made.version.digest, AT, made.users[0].pk)
    assert len(signature.seal) == 64
    assert standing_of(version=made.version).signed[0].organisation == "Ash"


def test_an_organisation_signs_by_its_name_in_the_text() -> None:
    """Whoever gives two parties each other's names changes nothing of who has signed."""
    made = make_charter(2)
    ash, birch = made.parties
    for party, name in ((birch, "Yew"), (ash, "Birch"), (birch, "Ash")):
        party.refresh_from_db()
        update_participant(participant=party, name=name)
    assert pen_of(version=made.version, user=made.users[0]).organisation == "Ash"
    assert made.sign(0).organisation == "Ash"
    standing = standing_of(version=made.version)
    assert [one.organisation for one in standing.signed] == ["Ash"]
    assert [one.organisation for one in standing.missing] == ["Birch"]


def test_nothing_is_signed_that_was_not_shown() -> None:
    made = make_charter(2)
    for digest in ("", "0" * 64, made.version.digest[:-1]):
        with pytest.raises(Refused, match=r"The text has changed.*Nothing is signed"):
            made.sign(0, digest=digest)
    assert made.version.signatures.count() == 0


def test_a_text_changed_by_hand_is_not_signed() -> None:
    made = make_charter(2)
    CharterVersion.objects.update(text=made.version.text + "    And more.\n")
    with pytest.raises(Refused, match="does not fit its own SHA-256"):
        made.sign(0)


def test_once_each_organisation_and_never_for_another() -> None:
    made = make_charter(3)
    made.sign(0)
    with pytest.raises(Refused, match="Person of Ash has signed for Ash already"):
        made.sign(0)
    colleague = make_user("colleague@tessel.example")
    Membership.objects.create(
        alliance=made.alliance, user=colleague, role="member", participant=made.parties[0]
    )
    with pytest.raises(Refused, match="signed for Ash already"):
        sign(version=made.version, user=colleague, digest=made.version.digest, name="Colleague")
    assert made.version.signatures.count() == 1


def test_once_each_person_also_in_another_organisation() -> None:
    made = make_charter(3)
    made.sign(0)
    Membership.objects.filter(user=made.users[0]).update(participant=made.parties[1])
    with pytest.raises(Refused, match="One person signs once"):
        made.sign(0)


def test_a_convener_without_an_organisation_cannot_sign() -> None:
    made = make_charter(2)
    with pytest.raises(Refused, match="You belong to no organisation"):
        sign(version=made.version, user=made.convener, digest=made.version.digest, name="Cora")
    made.users.append(made.convener)
    Membership.objects.filter(user=made.convener).update(participant=made.parties[0])
    assert (
        sign(
            version=made.version, user=made.convener, digest=made.version.digest, name="Cora"
        ).signature.organisation
        == "Ash"
    )


def test_somebody_of_another_alliance_cannot_sign() -> None:
    made = make_charter(2)
    with pytest.raises(Refused, match="You belong to no organisation"):
        sign(version=made.version, user=make_user(), digest=made.version.digest, name="X")


def test_who_came_later_or_left_cannot_sign() -> None:
    made = make_charter(2)
    add_party(made, "Cedar")
    with pytest.raises(Refused, match="Cedar is not a party to this version"):
        made.sign(2)
    update_participant(participant=made.parties[1], status=Participant.Status.LEFT)
    with pytest.raises(Refused, match="its status is “Left”"):
        made.sign(1)
    missing = standing_of(version=made.version).missing
    assert [(one.organisation, one.is_away) for one in missing] == [("Ash", False), ("Birch", True)]
    assert standing_of(version=made.version).is_stuck


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("  ", "Your name is missing"),
        ("\u202e\u2069", "Your name is missing"),  # signs of direction alone: a blank certificate
        ("n" * 151, "150"),
    ],
)
def test_a_name_is_written(name: str, said: str) -> None:
    made = make_charter(2)
    with pytest.raises(Refused, match=said):
        made.sign(0, name=name)


def test_a_draft_takes_no_signature() -> None:
    made = make_charter(2, circulated=False)
    with pytest.raises(Refused, match="still being written"):
        made.sign(0)


def test_a_withdrawn_version_takes_no_signature() -> None:
    made = make_charter(2)
    revise(version=made.version, by=made.convener)
    with pytest.raises(Refused, match=r"withdrawn\. Nothing is signed"):
        made.sign(0)


# --- ratifying: the signature that meets the rule does it

RULES = [
    # rule, share, parties, signatures that ratify it
    ("all", None, 2, 2),
    ("all", None, 5, 5),
    ("all-but-one", None, 2, 1),
    ("all-but-one", None, 5, 4),
    ("share", 75, 4, 3),
    ("share", 75, 5, 4),  # 3 · 100 = 300 < 375, 4 · 100 = 400
    ("share", 60, 5, 3),  # 3 · 100 = 300 = 60 · 5
    ("share", 51, 2, 2),
    ("majority", None, 4, 3),
    ("majority", None, 5, 3),
]


@pytest.mark.parametrize(("rule", "share", "parties", "needed"), RULES)
def test_ratified_by_its_own_rule(rule: str, share: int | None, parties: int, needed: int) -> None:
    made = make_charter(parties, ratify_by=rule, ratify_share=share)
    assert standing_of(version=made.version).needed == needed
    for place in range(needed - 1):
        made.sign(place)
    assert made.fresh().status == "circulated"
    moment = AT + dt.timedelta(hours=1)
    made.sign(needed - 1, at=moment)
    assert (made.fresh().status, made.fresh().ratified_at) == ("ratified", moment)
    assert made.fresh().ended_at is None


def test_those_who_were_missing_can_still_sign_what_is_in_force() -> None:
    made = make_charter(3, ratify_by="majority")
    made.sign(0)
    made.sign(2)
    ratified_at = made.fresh().ratified_at
    standing = standing_of(version=made.version)
    assert (standing.count, standing.still_needed, standing.is_whole) == (2, 0, False)
    made.sign(1, at=AT + dt.timedelta(days=3))
    assert made.fresh().ratified_at == ratified_at
    assert standing_of(version=made.version).is_whole


def test_the_version_in_force_is_replaced_when_the_next_is_ratified() -> None:
    made = make_charter(2, ratify_by="all")
    made.sign(0)
    made.sign(1)
    first = made.version
    made.version = revise(version=first, by=made.convener)
    circulate(version=made.version, by=made.convener)
    made.sign(0)
    first.refresh_from_db()
    assert first.status == "ratified"
    moment = AT + dt.timedelta(days=9)
    made.sign(1, at=moment)
    first.refresh_from_db()
    assert (first.status, first.ended_at) == ("amended", moment)
    assert made.fresh().status == "ratified"
    made.version = first
    with pytest.raises(Refused, match="replaced by a later one"):
        made.sign(0)


def test_a_participant_that_only_was_invited_is_no_party() -> None:
    made = make_charter(2, circulated=False)
    asked = make_participant(made.alliance, "Asked", status=Participant.Status.INVITED)
    user = make_user()
    Membership.objects.create(alliance=made.alliance, user=user, participant=asked)
    circulate(version=made.version, by=made.convener)
    update_participant(participant=asked, status=Participant.Status.ACCEPTED)
    assert "is not a party" in pen_of(version=made.version, user=user).why_not


def test_who_signed_is_read_in_two_queries(django_assert_num_queries: object) -> None:
    made = make_charter(40)
    for place in range(20):
        made.sign(place, name="Somebody")
    with django_assert_num_queries(2):  # type: ignore[operator]
        standing = standing_of(version=made.version)
    assert (standing.count, len(standing.missing), standing.needed) == (20, 20, 40)
