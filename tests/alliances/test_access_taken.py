"""What is taken away from somebody: access, organisation, place or address on the list; who is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from alliances.errors import Refused
from alliances.models import Representative, User
from alliances.services.access import AccessOvertaken, remove_access
from alliances.services.people import (
    remove_participant,
    remove_representative,
    update_representative,
)
from tests.alliances.conftest import House
from tests.alliances.test_access_binding import AT, LOGIN, addressed, bind, give, membership_of
from tests.mail_server import smtp as smtp


def test_who_loses_access_and_the_others_are_told(house: House) -> None:
    second = give(house, "second@example.org", name="Second", role="convener").membership.user
    posted = remove_access(
        membership=membership_of(house, house.member), by=house.convener, login_url=LOGIN, at=AT
    )
    assert posted is not None
    assert (posted.sent, posted.unreached) == (2, [])
    assert addressed() == ["Member <member@example.org>", "Ines Arroyo <ines@council.example>"]
    to_member, to_ines = mail.outbox
    assert to_member.subject == "Who no longer speaks for County Council in Tessel Valley"
    assert to_member.body == (
        "Dear Member,\n\n"
        "You no longer speak for County Council in Tessel Valley on Northbound. You no longer see "
        "the alliance there, either. This was taken away by Convener (convener@example.org) on "
        "3 May 2026.\n\n"
        "What was signed and written before stays. If that is right, there is nothing to do.\n\n"
        "If it is wrong, or you do not know, ask at County Council, and write to those who can "
        "change it back; an answer to this mail reaches them:\n"
        "Convener (convener@example.org)\n"
        "Second (second@example.org)\n\n"
        "Ask, too, who speaks for County Council now. Who has an account reads on the page of the "
        f"charter what is signed in its name:\n{LOGIN}\n"
    )
    assert "Member (member@example.org) no longer speaks for County Council" in to_ines.body
    assert to_ines.reply_to == [
        "Convener <convener@example.org>",
        f"Second <{second.email}>",
    ]


def test_who_is_bound_to_none_loses_access_and_is_told_alone(house: House) -> None:
    membership = give(house, "new@example.org").membership
    remove_access(membership=membership, by=None, login_url=LOGIN, at=AT)
    [message] = mail.outbox
    assert (message.to, message.subject) == (["new@example.org"], "Your access to Tessel Valley")
    assert message.body.startswith(
        "Good day,\n\nYou no longer see Tessel Valley on Northbound. This was taken away by whoever "
        "runs the server, on 3 May 2026.\n\n"
    )
    assert "County Council" not in message.body


def test_who_is_bound_to_none_any_more_is_told_and_may_read_on(house: House) -> None:
    changed = bind(house, house.member, None, by=house.convener, login_url=LOGIN)
    assert (changed.told, changed.posted.sent) == (None, 2)
    to_member = mail.outbox[0].body
    assert (
        "You no longer speak for County Council in Tessel Valley on Northbound. This" in to_member
    )
    assert "no longer see" not in to_member
    # With no other convener than who did it, the admins are asked too.
    assert mail.outbox[0].reply_to == ["Convener <convener@example.org>", "admin@example.org"]


def test_who_gives_up_the_own_access_is_told_to_the_others(house: House) -> None:
    remove_access(
        membership=membership_of(house, house.member), by=house.member, login_url=LOGIN, at=AT
    )
    to_member, to_ines = (one.body for one in mail.outbox)
    assert "You gave this up yourself on 3 May 2026." in to_member
    assert "They gave this up themselves on 3 May 2026." in to_ines


def test_an_account_that_is_off_gets_no_mail_of_it(house: House) -> None:
    User.objects.filter(pk=house.member.pk).update(is_active=False)
    remove_access(membership=membership_of(house, house.member), by=None, login_url=LOGIN)
    assert addressed() == ["Ines Arroyo <ines@council.example>"]


def test_without_an_address_of_the_server_nothing_taken_away_is_mailed(house: House) -> None:
    assert bind(house, house.member, None, by=house.convener).posted is None
    assert remove_access(membership=membership_of(house, house.member), by=None) is None
    update_representative(representative=house.ines, email="other@council.example")
    house.ines.refresh_from_db()
    assert remove_representative(representative=house.ines) is None
    assert remove_participant(participant=house.council) is None
    assert mail.outbox == []


def test_what_is_refused_takes_nothing_away_and_tells_nobody(house: House) -> None:
    with pytest.raises(Refused, match="only convener"):
        remove_access(
            membership=membership_of(house, house.convener), by=house.convener, login_url=LOGIN
        )
    bind(house, house.member, house.rail, by=house.admin)
    with pytest.raises(AccessOvertaken):
        bind(house, house.member, None, by=house.convener, login_url=LOGIN, began_from="member 0")
    with pytest.raises(Refused):
        update_representative(representative=house.ines, email="nobody", login_url=LOGIN)
    assert mail.outbox == []


def test_a_new_address_on_record_is_told_to_the_old_one(house: House) -> None:
    changed = update_representative(
        representative=house.ines,
        name="Ina Roy",
        email="ina@harrow.example",
        by=house.convener,
        login_url=LOGIN,
    )
    assert changed.told is not None
    assert (changed.told.sent, changed.representative.email) == (1, "ina@harrow.example")
    [message] = mail.outbox
    assert message.to == ["Ines Arroyo <ines@council.example>"]
    assert message.reply_to == ["Convener <convener@example.org>", "admin@example.org"]
    assert message.subject == "Who is on record for County Council in Tessel Valley"
    assert message.body.startswith(
        "Dear Ines Arroyo,\n\n"
        "You were on record with this address (ines@council.example) as somebody who speaks for "
        "County Council in Tessel Valley on Northbound. In its place there stands now: Ina Roy "
        "(ina@harrow.example). This was done by Convener (convener@example.org) on "
    )


def test_who_is_taken_off_the_list_is_told(house: House) -> None:
    posted = remove_representative(representative=house.ines, by=house.convener, login_url=LOGIN)
    assert posted is not None
    assert posted.sent == 1
    [message] = mail.outbox
    assert message.to == ["Ines Arroyo <ines@council.example>"]
    assert "You have been taken off that list. This was done by Convener" in message.body


def test_other_changes_on_record_are_no_mail(house: House) -> None:
    told = update_representative(
        representative=house.ines, title="Mayor", email="INES@council.example", login_url=LOGIN
    ).told
    assert (told, mail.outbox) == (None, [])


def test_a_mail_of_what_was_taken_away_that_fails_undoes_nothing(house: House, smtp: Any) -> None:
    gone = Representative.objects.create(
        participant=house.council, name="Gone", email="gone@refused.example"
    )
    posted = remove_access(
        membership=membership_of(house, house.member), by=house.convener, login_url=LOGIN
    )
    assert posted is not None
    assert (posted.sent, posted.unreached) == (2, [gone])
    assert not house.member.memberships.exists()
