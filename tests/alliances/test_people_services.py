"""Seats, pains and people: what is stored, and what is refused with nothing stored."""

from __future__ import annotations

from decimal import Decimal

import pytest

from alliances.errors import Refused
from alliances.models import Alliance, Membership, Participant, Representative
from alliances.services.alliances import create_alliance, update_alliance
from alliances.services.people import (
    add_participant,
    add_representative,
    remove_participant,
    remove_representative,
    state_pain,
    update_participant,
    update_representative,
    withdraw_pain,
)
from alliances.services.records import Overtaken
from tests.alliances.conftest import House


def test_who_makes_an_alliance_convenes_it(house: House) -> None:
    alliance = create_alliance(actor=house.member, name="  New \n Shore ", summary="a\r\nb ")
    assert (alliance.name, alliance.summary) == ("New Shore", "a\nb")
    assert list(Membership.objects.filter(alliance=alliance).values_list("user", "role")) == [
        (house.member.pk, "convener")
    ]


def test_an_alliance_without_an_actor_has_no_members(db: None) -> None:
    alliance = create_alliance(actor=None, name="From a file")
    assert list(alliance.memberships.all()) == []
    assert alliance.currency == "EUR"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("  ", "The name is missing."),
        ("a\0b", "The name holds a character that cannot be stored. Take it out."),
        ("a\ud800b", "The name holds a character that cannot be stored. Take it out."),
        (
            "x" * 121,
            "The name has 121 characters, and there is room for 120. Shorten it.",
        ),
    ],
)
def test_an_alliance_with_a_wrong_name_is_refused(db: None, name: str, message: str) -> None:
    with pytest.raises(Refused) as refusal:
        create_alliance(actor=None, name=name)
    assert refusal.value.message == message
    assert list(Alliance.objects.all()) == []


def test_an_alliance_is_described_anew(house: House) -> None:
    update_alliance(alliance=house.alliance, name="Tessel", summary="Dry feet.")
    house.alliance.refresh_from_db()
    assert (house.alliance.name, house.alliance.summary) == ("Tessel", "Dry feet.")
    assert house.alliance.edition == 2
    update_alliance(alliance=house.alliance, name=" Tessel ", summary="Dry feet.")
    house.alliance.refresh_from_db()
    assert house.alliance.edition == 2  # nothing changed, so nothing counted
    with pytest.raises(Refused, match="What it is about has 1001 characters"):
        update_alliance(alliance=house.alliance, name="Tessel", summary="x" * 1001)


def test_an_alliance_counts_in_a_currency(house: House) -> None:
    changed = update_alliance(alliance=house.alliance, name="Tessel", currency=" sek ")
    # what is not given stays
    assert update_alliance(alliance=changed, name="Tessel").currency == "SEK"


@pytest.mark.parametrize("currency", ["", "EU", "EURO", "E R", "€", "ÉUR", "ßa", "1AB", "EUR\0"])
def test_a_currency_is_three_letters(house: House, currency: str) -> None:
    with pytest.raises(Refused, match="The currency is three letters from A to Z, such as EUR"):
        update_alliance(alliance=house.alliance, name="Tessel", currency=currency)
    with pytest.raises(Refused):
        create_alliance(actor=None, name="New", currency=currency)
    house.alliance.refresh_from_db()
    assert (house.alliance.name, house.alliance.currency) == ("Tessel Valley", "EUR")


def test_a_participant_takes_a_seat(house: House) -> None:
    participant = add_participant(
        alliance=house.alliance, name=" Harrow  Water ", interest="drinking water"
    )
    participant.refresh_from_db()
    assert (participant.name, participant.interest, participant.status) == (
        "Harrow Water",
        "drinking water",
        "invited",
    )


@pytest.mark.parametrize("name", ["eastline rail", "EASTLINE  RAIL", " Eastline\tRail "])
def test_a_name_stands_once_in_whatever_capitals(house: House, name: str) -> None:
    with pytest.raises(Refused, match=r"^Eastline Rail is on the list already"):
        add_participant(alliance=house.alliance, name=name)
    assert house.alliance.participants.count() == 2


def test_capitals_beyond_a_to_z_are_the_same_too(house: House) -> None:
    add_participant(alliance=house.alliance, name="Ärzte am Fluß")
    with pytest.raises(Refused):
        add_participant(alliance=house.alliance, name="A\u0308RZTE AM FLUSS")


def test_another_alliance_may_have_the_same_name(house: House) -> None:
    add_participant(alliance=house.other, name="Eastline Rail")
    assert Participant.objects.filter(name="Eastline Rail").count() == 2


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "The organisation is missing."),
        ({"name": "New", "status": "asleep"}, "The status must be one of: invited, "),
        ({"name": "New", "interest": "x" * 201}, "The interest has 201 characters"),
    ],
)
def test_a_wrong_participant_is_refused(house: House, fields: dict[str, str], message: str) -> None:
    with pytest.raises(Refused) as refusal:
        add_participant(alliance=house.alliance, **fields)
    assert refusal.value.message.startswith(message)
    assert house.alliance.participants.count() == 2


def test_what_is_not_named_stays(house: House) -> None:
    update_participant(participant=house.council, status="left")
    house.council.refresh_from_db()
    assert (house.council.name, house.council.interest, house.council.status) == (
        "County Council",
        "households",
        "left",
    )


def test_a_participant_may_keep_its_name_and_not_take_anothers(house: House) -> None:
    update_participant(participant=house.council, name="county council")
    with pytest.raises(Refused):
        update_participant(participant=house.council, name="Eastline Rail")
    house.council.refresh_from_db()
    assert house.council.name == "county council"


def test_a_pain_is_stated_and_withdrawn_whole(house: House) -> None:
    state_pain(participant=house.rail, pain=" Tracks wash out. ", drive="greed", strength=10)
    house.rail.refresh_from_db()
    assert (house.rail.pain, house.rail.drive, house.rail.strength) == (
        "Tracks wash out.",
        "greed",
        10,
    )
    withdraw_pain(participant=house.rail)
    house.rail.refresh_from_db()
    assert (house.rail.pain, house.rail.drive, house.rail.strength) == ("", "", None)


@pytest.mark.parametrize(
    ("pain", "drive", "strength", "message"),
    [
        ("", "fear", 5, "The pain is missing."),
        ("It hurts", "", 5, "The drive must be one of: fear, greed, greatness."),
        ("It hurts", "love", 5, "The drive must be one of: fear, greed, greatness."),
        ("It hurts", "fear", 0, "The strength is a whole number from 1 to 10."),
        ("It hurts", "fear", 11, "The strength is a whole number from 1 to 10."),
        ("It hurts", "fear", None, "The strength is a whole number from 1 to 10."),
        ("x" * 2001, "fear", 5, "The pain has 2001 characters"),
    ],
)
def test_half_a_pain_is_refused_and_the_old_one_stays(
    house: House, pain: str, drive: str, strength: int, message: str
) -> None:
    with pytest.raises(Refused) as refusal:
        state_pain(participant=house.council, pain=pain, drive=drive, strength=strength)
    assert refusal.value.message.startswith(message)
    house.council.refresh_from_db()
    assert (house.council.pain, house.council.strength) == ("Two floods in ten years.", 9)


def test_a_participant_goes_with_its_people_and_accounts_stay(house: House) -> None:
    remove_participant(participant=house.council)
    assert [p.name for p in house.alliance.participants.all()] == ["Eastline Rail"]
    assert not Representative.objects.exists()
    assert house.member.memberships.get().participant is None


def test_what_is_gone_meanwhile_is_refused(house: House) -> None:
    Participant.objects.filter(pk=house.council.pk).delete()
    with pytest.raises(Refused, match="County Council has been removed meanwhile"):
        remove_participant(participant=house.council)
    with pytest.raises(Refused, match="County Council has been removed meanwhile"):
        update_representative(representative=house.ines, name="Ines")
    Alliance.objects.filter(pk=house.alliance.pk).delete()
    with pytest.raises(Refused, match="This alliance has been removed meanwhile"):
        add_participant(alliance=house.alliance, name="New")


def test_a_person_is_added_with_substance(house: House) -> None:
    person = add_representative(
        participant=house.rail,
        name="Mara Lind",
        email=" mara@rail.example ",
        title="Head of track",
        role="sponsor",
        cognitive_claimed=True,
        cognitive_observed="yes",
        observed_how="Drew the map\r\nfrom memory.",
    )
    person.refresh_from_db()
    assert (person.email, person.title, person.role) == (
        "mara@rail.example",
        "Head of track",
        "sponsor",
    )
    assert [
        (getattr(person, f"{kind}_claimed"), getattr(person, f"{kind}_observed"))
        for kind in Representative.KINDS
    ] == [(False, ""), (True, "yes"), (False, "")]
    assert person.observed_how == "Drew the map\nfrom memory."


def test_an_address_stands_once_in_the_whole_alliance(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        add_representative(participant=house.rail, name="Other", email="INES@council.example")
    assert refusal.value.message.startswith(
        "ines@council.example is on the list already, as Ines Arroyo of County Council."
    )
    assert not house.rail.representatives.exists()
    elsewhere = add_participant(alliance=house.other, name="Elsewhere")
    add_representative(participant=elsewhere, name="Ines", email="ines@council.example")


def test_a_changed_address_must_be_free_and_may_be_ones_own(house: House) -> None:
    mara = add_representative(participant=house.rail, name="Mara", email="mara@rail.example")
    with pytest.raises(Refused):
        update_representative(representative=mara, email="ines@council.example")
    update_representative(representative=mara, email="MARA@rail.example", role="leader")
    mara.refresh_from_db()
    assert (mara.email, mara.role, mara.name) == ("MARA@rail.example", "leader", "Mara")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": " "}, "The name is missing."),
        ({"email": ""}, "The e-mail address is missing."),
        ({"email": "ines"}, "“ines” is not an e-mail address."),
        ({"email": "a@b.example\nBcc: c@d.example"}, "“a@b.example Bcc: c@d.example” is not"),
        ({"role": "boss"}, "The role must be one of: convener, leader, "),
        ({"cognitive_observed": "maybe"}, "What was observed must be one of: yes, no."),
        ({"title": "x" * 121}, "The position has 121 characters"),
        ({"observed_how": "x" * 1001}, "How it was observed has 1001 characters"),
    ],
)
def test_a_wrong_person_is_refused(house: House, fields: dict[str, str], message: str) -> None:
    with pytest.raises(Refused) as refusal:
        add_representative(
            participant=house.rail, **{"name": "Mara", "email": "m@rail.example", **fields}
        )
    assert refusal.value.message.startswith(message)
    assert not house.rail.representatives.exists()


def test_a_person_is_removed(house: House) -> None:
    remove_representative(representative=house.ines)
    assert not house.council.representatives.exists()


# Two people at once


def test_a_change_counts_and_says_who_made_it(house: House) -> None:
    changed = update_participant(participant=house.council, by=house.convener, interest="tenants")
    assert (changed.edition, changed.changed_by) == (2, house.convener)
    # nothing changed, so nothing counted
    again = update_participant(participant=changed, by=house.member, interest=" tenants ")
    again.refresh_from_db()
    assert (again.edition, again.changed_by) == (2, house.convener)


def test_who_began_from_an_older_edition_is_told_and_changes_nothing(house: House) -> None:
    update_participant(participant=house.council, by=house.convener, interest="tenants")
    for change in (
        lambda: update_participant(participant=house.council, edition=1, name="Mine"),
        lambda: update_participant(participant=house.council, name="Mine"),  # as it was read
        lambda: state_pain(participant=house.council, pain="Mine", drive="fear", strength=1),
        lambda: withdraw_pain(participant=house.council, edition=1),
    ):
        with pytest.raises(Overtaken, match=r"^Convener saved this while you were writing"):
            change()
    house.council.refresh_from_db()
    assert (house.council.name, house.council.pain) == (
        "County Council",
        "Two floods in ten years.",
    )
    assert house.council.edition == 2


def test_a_person_changed_by_two_at_once(house: House) -> None:
    update_representative(representative=house.ines, by=house.admin, title="Mayor")
    with pytest.raises(Overtaken) as told:
        update_representative(representative=house.ines, edition=1, title="Chair")
    assert told.value.current.title == "Mayor"
    update_representative(representative=house.ines, edition=2, title="Chair")
    house.ines.refresh_from_db()
    assert (house.ines.title, house.ines.edition) == ("Chair", 3)


def test_who_adds_is_on_record(house: House) -> None:
    participant = add_participant(alliance=house.alliance, name="New", by=house.convener)
    person = add_representative(
        participant=participant, name="Mara", email="m@new.example", by=house.member
    )
    assert (participant.changed_by, participant.edition) == (house.convener, 1)
    assert (person.changed_by, person.edition, person.days_a_month) == (house.member, 1, None)


@pytest.mark.parametrize("days", ["0.5", "31", "2.5", None])
def test_days_a_month(house: House, days: str | None) -> None:
    update_representative(
        representative=house.ines, days_a_month=None if days is None else Decimal(days)
    )
    house.ines.refresh_from_db()
    assert house.ines.days_a_month == (None if days is None else Decimal(days))


@pytest.mark.parametrize("days", ["0.4", "0", "31.1", "2.55", "-1"])
def test_days_that_no_month_has_are_refused(house: House, days: str) -> None:
    with pytest.raises(Refused, match=r"^The days a month run from 0\.5 to 31"):
        update_representative(representative=house.ines, days_a_month=Decimal(days))
    house.ines.refresh_from_db()
    assert (house.ines.days_a_month, house.ines.edition) == (None, 1)
