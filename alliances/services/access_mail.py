"""Mail about access: to whoever is given it, and to those for whose organisation they speak then."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format

from alliances.models import Membership, User
from alliances.services.post import (
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
        [(membership.user, letter_from("access", context))],
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
    asked = _who_can_take_it_back(membership)
    common = {
        "alliance": on_one_line(membership.alliance.name),
        "organisation": _organisation(membership),
        "person": named(person),
        "by": named(by) if by is not None else "",
        "is_own": by is not None and by.pk == person.pk,
        "day": date_format(timezone.localdate(membership.bound_at)).replace("\u00a0", " "),
        "asked": [named(one) for one in asked],
        "login_url": login_url,
    }
    return post(
        [
            (one, letter_from("bound", common | {"name": on_one_line(one.name)}))
            for one in people_of(participant, but=person)
        ],
        replies=asked,
        about=f"who speaks for participant {participant.pk}",
    )


def _who_can_take_it_back(membership: Membership) -> list[User]:
    """The conveners, without the person bound; and the admins, where no convener is among them who
    had no hand in it."""
    in_it = {membership.user_id, membership.bound_by_id}
    conveners = conveners_of(membership.alliance_id)
    found = [one for one in conveners if one.pk != membership.user_id]
    if all(one.pk in in_it for one in found):
        admins = User.objects.filter(is_superuser=True, is_active=True).order_by("pk")
        found += [one for one in admins if one.pk not in in_it]
    return found


def _organisation(membership: Membership) -> str:
    return on_one_line(membership.participant.name) if membership.participant else ""
