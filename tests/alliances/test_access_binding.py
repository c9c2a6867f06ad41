"""Who may speak for an organisation: chosen once by oneself, else by another; and never unseen."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
from django.core import mail

from alliances.errors import Refused
from alliances.models import Membership, Participant, Representative, User
from alliances.services.access import change_access, give_access, note_binding
from alliances.services.people import remove_participant
from tests.alliances.conftest import House
from tests.mail_server import smtp as smtp

LOGIN = "https://north.example/accounts/login/code/"
AT = dt.datetime(2026, 5, 3, 10, 30, tzinfo=dt.UTC)


def membership_of(house: House, user: User) -> Membership:
    return house.alliance.memberships.get(user=user)


def bind(
    house: House, user: User, participant: Participant | None, by: User | None, **options: Any
) -> Any:
    membership = membership_of(house, user)
    return change_access(
        membership=membership, role=membership.role, participant=participant, by=by, **options
    )


def give(house: House, email: str, **options: Any) -> Any:
    return give_access(
        alliance=house.alliance, email=email, **({"by": house.convener, "at": AT} | options)
    )


def addressed() -> list[str]:
    return [address for one in mail.outbox for address in one.to]


# --- what one may do to oneself


def test_a_convener_of_no_organisation_chooses_their_own_once(house: House) -> None:
    changed = bind(house, house.convener, house.rail, by=house.convener, at=AT)
    stored = membership_of(house, house.convener)
    assert stored == changed.membership
    assert (stored.participant, stored.bound_by, stored.bound_at) == (
        house.rail,
        house.convener,
        AT,
    )


@pytest.mark.parametrize("to", ["council", None])
def test_nobody_moves_or_unbinds_themselves(house: House, to: str | None) -> None:
    bind(house, house.convener, house.rail, by=house.convener)
    with pytest.raises(Refused) as refusal:
        bind(house, house.convener, getattr(house, to) if to else None, by=house.convener)
    assert refusal.value.message == (
        "You speak for Eastline Rail here, and nobody changes that for themselves. "
        "Another convener or an admin can."
    )
    assert membership_of(house, house.convener).participant == house.rail


def test_who_was_bound_before_the_moment_was_kept_stays_too(house: House) -> None:
    Membership.objects.filter(user=house.convener).update(participant=house.rail)
    with pytest.raises(Refused, match="You speak for Eastline Rail here"):
        bind(house, house.convener, house.council, by=house.convener)


def test_who_was_unbound_by_another_does_not_bind_themselves_anew(house: House) -> None:
    second = give(house, "second@example.org", role="convener").membership.user
    bind(house, house.convener, house.rail, by=house.convener)
    bind(house, house.convener, None, by=second)
    with pytest.raises(Refused) as refusal:
        bind(house, house.convener, house.council, by=house.convener)
    assert refusal.value.message == (
        "You have spoken for an organisation here before, and nobody chooses another one for "
        "themselves. Another convener or an admin can."
    )
    assert membership_of(house, house.convener).participant is None
    bind(house, house.convener, house.council, by=second)
    stored = membership_of(house, house.convener)
    assert (stored.participant, stored.bound_by) == (house.council, second)


def test_removing_ones_organisation_sets_nobody_free(house: House) -> None:
    bind(house, house.convener, house.rail, by=house.convener)
    remove_participant(participant=house.rail)
    assert membership_of(house, house.convener).participant is None
    with pytest.raises(Refused, match="spoken for an organisation here before"):
        bind(house, house.convener, house.council, by=house.convener)


def test_ones_own_role_changes_while_the_organisation_stays(house: House) -> None:
    give(house, "second@example.org", role="convener")
    bind(house, house.convener, house.rail, by=house.convener, at=AT)
    changed = change_access(
        membership=membership_of(house, house.convener),
        role="member",
        participant=house.rail,
        by=house.convener,
        login_url=LOGIN,
    )
    stored = membership_of(house, house.convener)
    assert (stored.role, stored.participant, stored.bound_at) == ("member", house.rail, AT)
    assert changed.told is None


def test_an_admin_moves_whom_they_like_also_themselves(house: House) -> None:
    give(house, "admin@example.org", by=house.admin, participant=house.rail)
    bind(house, house.admin, house.council, by=house.admin)
    assert membership_of(house, house.admin).participant == house.council
    bind(house, house.member, house.rail, by=house.admin)
    assert membership_of(house, house.member).bound_by == house.admin


def test_who_just_lost_access_does_not_give_it_to_themselves_anew(house: House) -> None:
    """As two requests at once could: one takes the own access away, one gives it for another."""
    membership_of(house, house.convener).delete()
    with pytest.raises(Refused, match="Nobody gives access to themselves"):
        give(house, "convener@example.org", role="convener", participant=house.council)
    assert not house.alliance.memberships.filter(user=house.convener).exists()


def test_what_is_stored_without_the_service_is_noted(house: House) -> None:
    membership = membership_of(house, house.member)
    note_binding(membership=membership, by=house.admin, at=AT)
    stored = membership_of(house, house.member)
    assert (stored.bound_by, stored.bound_at) == (house.admin, AT)


def test_who_bound_somebody_may_go(house: House) -> None:
    second = give(house, "second@example.org", role="convener").membership.user
    bind(house, house.member, house.rail, by=second, at=AT)
    second.delete()
    stored = membership_of(house, house.member)
    assert (stored.participant, stored.bound_by, stored.bound_at) == (house.rail, None, AT)


# --- who is told


def test_the_others_of_the_organisation_are_told_whoever_joins_them(house: House) -> None:
    User.objects.create_user("off@example.org", is_active=False).memberships.create(
        alliance=house.alliance, participant=house.council
    )
    Representative.objects.create(participant=house.rail, name="Ray", email="ray@rail.example")
    # On record and with an account: one mail.
    Representative.objects.create(
        participant=house.council, name="Member", email="MEMBER@example.org"
    )
    # On record and the person themselves.
    Representative.objects.create(participant=house.council, name="New", email="New@example.org")
    given = give(
        house, "new@example.org", name="New Person", participant=house.council, login_url=LOGIN
    )
    assert (given.mailed, given.told.sent, given.told.unreached) == (True, 2, [])
    assert addressed() == [
        "New Person <new@example.org>",
        "Member <member@example.org>",
        "Ines Arroyo <ines@council.example>",
    ]
    to_ines = mail.outbox[2]
    assert to_ines.subject == "Who speaks for County Council in Tessel Valley"
    assert to_ines.body.startswith(
        "Dear Ines Arroyo,\n\n"
        "New Person (new@example.org) can now speak for County Council in Tessel Valley on "
        "Northbound. This was given by Convener (convener@example.org) on 3 May 2026.\n\n"
        "Until it is taken back, they can, in the name of County Council:\n- sign the charter\n"
    )
    assert f"\n{LOGIN}\n" in to_ines.body
    assert "You speak for County Council there" in mail.outbox[0].body


def test_who_is_moved_is_told_to_those_they_join_and_to_those_they_leave(house: House) -> None:
    Representative.objects.create(participant=house.rail, name="Ray", email="ray@rail.example")
    changed = bind(house, house.member, house.rail, by=house.convener, login_url=LOGIN, at=AT)
    assert (changed.told.sent, changed.told_of_leaving.sent, changed.posted.sent) == (1, 2, 3)
    assert addressed() == [
        "Ray <ray@rail.example>",
        "Member <member@example.org>",
        "Ines Arroyo <ines@council.example>",
    ]
    to_ray, to_member, to_ines = (one.body for one in mail.outbox)
    assert "Member (member@example.org) can now speak for Eastline Rail" in to_ray
    by = " This was taken away by Convener (convener@example.org) on 3 May 2026.\n\n"
    assert to_member.startswith(
        "Dear Member,\n\nYou no longer speak for County Council in Tessel Valley on Northbound. "
        "You speak for Eastline Rail there now." + by
    )
    assert to_ines.startswith(
        "Dear Ines Arroyo,\n\nMember (member@example.org) no longer speaks for County Council in "
        "Tessel Valley on Northbound." + by
    )


def test_who_does_it_for_themselves_is_named_so_and_is_not_who_is_asked(house: House) -> None:
    second = give(house, "second@example.org", name="Second", role="convener").membership.user
    bind(house, house.convener, house.council, by=house.convener, login_url=LOGIN, at=AT)
    [to_member, to_ines] = mail.outbox
    assert "They gave this to themselves on 3 May 2026." in to_ines.body
    assert "reaches them:\nSecond (second@example.org)\n" in to_ines.body
    assert to_ines.reply_to == ["Second <second@example.org>"]
    second.delete()
    mail.outbox.clear()
    # With no other convener, the admins are asked.
    Membership.objects.filter(user=house.convener).update(participant=None, bound_at=None)
    bind(house, house.convener, house.council, by=house.convener, login_url=LOGIN)
    assert mail.outbox[0].reply_to == ["admin@example.org"]
    assert to_member.to == ["Member <member@example.org>"]


def test_the_admins_are_asked_too_where_the_only_convener_did_it(house: House) -> None:
    bind(house, house.member, None, by=house.convener)
    bind(house, house.member, house.council, by=house.convener, login_url=LOGIN)
    assert mail.outbox[0].reply_to == ["Convener <convener@example.org>", "admin@example.org"]


def test_without_a_convener_and_an_admin_the_server_is_named(house: House) -> None:
    house.admin.delete()
    membership_of(house, house.convener).delete()
    bind(house, house.member, None, by=None)
    bind(house, house.member, house.council, by=None, login_url=LOGIN, at=AT)
    [to_ines] = mail.outbox
    assert "This was given by whoever runs the server, on 3 May 2026." in to_ines.body
    assert "write to whoever runs the server: they can take it back." in to_ines.body
    assert to_ines.reply_to == []


def test_no_mail_where_nobody_is_there_to_get_it(house: House) -> None:
    changed = bind(house, house.convener, house.rail, by=house.convener, login_url=LOGIN)
    assert (changed.told.sent, changed.told.unreached, mail.outbox) == (0, [], [])


def test_no_mail_where_nothing_moves_or_nobody_is_bound(house: House) -> None:
    assert bind(house, house.member, house.council, by=house.convener, login_url=LOGIN).told is None
    assert mail.outbox == []
    assert give(house, "new@example.org", login_url=LOGIN).told is None
    assert addressed() == ["new@example.org"]


def test_without_an_address_of_the_server_no_mail_goes(house: House) -> None:
    assert give(house, "new@example.org", participant=house.council).told is None
    assert bind(house, house.convener, house.council, by=house.convener).told is None
    assert mail.outbox == []


def test_nothing_is_told_of_what_was_refused(house: House) -> None:
    bind(house, house.convener, house.rail, by=house.convener)
    with pytest.raises(Refused):
        bind(house, house.convener, house.council, by=house.convener, login_url=LOGIN)
    assert mail.outbox == []


def test_a_real_server_gets_them_and_no_name_writes_into_a_head(house: House, smtp: Any) -> None:
    evil = "Evil\r\nBcc: all@harrow.example\n\n<b>"
    for model, row in ((User, house.member), (Participant, house.council)):
        model.objects.filter(pk=row.pk).update(name=evil)  # type: ignore[attr-defined]
    Representative.objects.filter(pk=house.ines.pk).update(name=evil)
    type(house.alliance).objects.filter(pk=house.alliance.pk).update(name=evil)
    house.council.refresh_from_db()
    given = give(
        house, "new@example.org", name="New", participant=house.council, login_url=LOGIN, by=None
    )
    assert (given.mailed, given.told.sent) == (True, 2)
    assert smtp.recipients == ["new@example.org", "member@example.org", "ines@council.example"]
    shown = "Evil Bcc: all@harrow.example <b>"
    for message in smtp.messages:
        assert message["Bcc"] is None
        assert message.get_content_type() == "text/plain"
        assert message["Auto-Submitted"] == "auto-generated"
    assert smtp.messages[0]["Subject"] == f"Your access to {shown}"
    assert smtp.messages[1]["Subject"] == f"Who speaks for {shown} in {shown}"
    assert f"New (new@example.org) can now speak for {shown}" in smtp.messages[1].get_content()


def test_a_mail_that_fails_undoes_nothing_and_is_logged(
    house: House, smtp: Any, caplog: pytest.LogCaptureFixture
) -> None:
    gone = Representative.objects.create(
        participant=house.council, name="Gone", email="gone@refused.example"
    )
    with caplog.at_level(logging.WARNING, logger="alliances"):
        changed = bind(house, house.convener, house.council, by=house.convener, login_url=LOGIN)
    assert (changed.told.sent, changed.told.unreached) == (2, [gone])
    assert membership_of(house, house.convener).participant == house.council
    [line] = [one.getMessage() for one in caplog.records if one.name.startswith("alliances")]
    assert line == (
        f"No mail about who speaks for participant {house.council.pk} to representative {gone.pk}: "
        "SMTPRecipientsRefused"
    )
