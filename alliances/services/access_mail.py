"""Mail about access: to whoever is given it or loses it, and to the people of the organisation for which
they speak or spoke; and to whoever is taken off the list of people, or gets another address there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.functional import lazy

from alliances.models import Membership, Participant, Representative, User
from alliances.services.figures import dated
from alliances.services.post import (
    Addressee,
    Letter,
    Posted,
    conveners_of,
    letter_from,
    named,
    on_one_line,
    people_of,
    post,
)


def mail_access(*, membership: Membership, login_url: str) -> bool:
    """Tells its owner that they have access; whether the mail left."""
    context = {
        "alliance": on_one_line(membership.alliance.name),
        "name": on_one_line(membership.user.name),
        "email": membership.user.email,
        "is_convener": membership.role == Membership.Role.CONVENER,
        "organisation": _organisation(membership),
        "login_url": login_url,
    }
    posted = post(
        [(membership.user, letter_from("access", context, to=membership.user))],
        replies=conveners_of(membership.alliance_id),
        about=f"access to alliance {membership.alliance_id}",
    )
    return bool(posted.sent)


def mail_bound(*, membership: Membership, login_url: str) -> Posted:
    """Tells the others of an organisation that the owner of `membership` speaks for it now.

    Nobody gets one where nobody else is on record. `membership` belongs to a participant, and says
    who bound it and when.
    """
    participant, person, by = membership.participant, membership.user, membership.bound_by
    if participant is None:
        return Posted(0, [])
    asked = _who_can_undo(membership.alliance_id, membership.user_id, membership.bound_by_id)
    common = {
        "alliance": on_one_line(membership.alliance.name),
        "organisation": _organisation(membership),
        "person": named(person),
        "by": named(by) if by is not None else "",
        "is_own": by is not None and by.pk == person.pk,
        "day": _day(membership.bound_at),
        "asked": [named(one) for one in asked],
        "login_url": login_url,
    }
    return post(
        [
            (one, letter_from("bound", common | {"name": on_one_line(one.name)}, to=one))
            for one in people_of(participant, but=person)
        ],
        replies=asked,
        about=f"who speaks for participant {participant.pk}",
    )


def mail_unbound(
    *,
    membership: Membership,
    left: Participant | None,
    by: User | None,
    login_url: str,
    at: dt.datetime | None = None,
    has_access: bool = True,
) -> Posted:
    """Tells the owner of `membership`, and the people of `left`, that they speak for it no more.

    `by` took that away at `at`, now unless said. Without `has_access` the owner has lost the alliance
    as well; with no `left` they alone are told. `membership` says what they have now, or had last.
    """
    person = membership.user
    asked = _who_can_undo(membership.alliance_id, person.pk, by.pk if by is not None else None)
    common = {
        "alliance": on_one_line(membership.alliance.name),
        "organisation": on_one_line(left.name) if left is not None else "",
        "person": named(person),
        "has_access": has_access,
        "now_for": _organisation(membership) if has_access else "",
        "by": named(by) if by is not None else "",
        "is_own": by is not None and by.pk == person.pk,
        "day": _day(at),
        "asked": [named(one) for one in asked],
        "login_url": login_url,
    }
    told: list[Addressee] = [person] if person.is_active else []
    if left is not None:
        told += people_of(left, but=person)
    letters: list[tuple[Addressee, Letter]] = [
        (
            one,
            letter_from(
                "unbound",
                common | {"name": on_one_line(one.name), "is_person": one is person},
                to=one,
            ),
        )
        for one in told
    ]
    return post(letters, replies=asked, about=f"access to alliance {membership.alliance_id}")


def mail_unlisted(
    *,
    people: Sequence[Addressee],
    organisation: Participant,
    by: User | None,
    login_url: str,
    now: Representative | None = None,
    is_removed: bool = False,
) -> Posted:
    """Tells `people`, as they were on record for `organisation`, that they are so no more.

    `now` is who stands there with another address instead; None where they were removed, or
    (`is_removed`) the organisation was. Whoever has no address gets no mail. `by` did it.
    """
    asked = _who_can_undo(organisation.alliance_id, None, by.pk if by is not None else None)
    common = {
        "alliance": on_one_line(organisation.alliance.name),
        "organisation": on_one_line(organisation.name),
        "now": named(now) if now is not None else "",
        "is_removed": is_removed,
        "by": named(by) if by is not None else "",
        "day": _day(None),
        "asked": [named(one) for one in asked],
        "login_url": login_url,
    }
    letters: list[tuple[Addressee, Letter]] = [
        (
            one,
            letter_from(
                "unlisted", common | {"name": on_one_line(one.name), "email": one.email}, to=one
            ),
        )
        for one in people
        if one.email
    ]
    return post(letters, replies=asked, about=f"who is on record for participant {organisation.pk}")


def _who_can_undo(alliance_id: int, person: int | None, by: int | None) -> list[User]:
    """The conveners, without the account `person` that it is about; and the admins, where no convener
    is among them who had no hand in it, as `by` had."""
    in_it = {person, by}
    found = [one for one in conveners_of(alliance_id) if one.pk != person]
    if all(one.pk in in_it for one in found):
        admins = User.objects.filter(is_superuser=True, is_active=True).order_by("pk")
        found += [one for one in admins if one.pk not in in_it and one not in found]
    return found


def _dated(at: dt.datetime | None) -> str:
    """The day of `at`, today unless said, such as 3 May 2026."""
    return dated(timezone.localdate(at)).replace("\u00a0", " ")


# Said in the language of the mail, once that is written.
_day = lazy(_dated, str)


def _organisation(membership: Membership) -> str:
    return on_one_line(membership.participant.name) if membership.participant else ""
