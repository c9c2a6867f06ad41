"""Who may do what to an alliance's people and papers. The one place that says so."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from alliances.models import Alliance, Membership, Participant, Representative, User

M = TypeVar("M", bound=Model)


def may_create_alliance(user: User | AnonymousUser) -> bool:
    """Everybody with an account: who makes an alliance convenes it."""
    return user.is_authenticated and user.is_active


def may_edit_alliance(user: User | AnonymousUser, alliance: Alliance) -> bool:
    """The alliance's conveners, and admins."""
    return Alliance.objects.convened_by(user).filter(pk=alliance.pk).exists()


def participants_editable_by(user: User | AnonymousUser) -> QuerySet[Participant]:
    """Participants of the alliances that `user` convenes."""
    return Participant.objects.filter(alliance__in=Alliance.objects.convened_by(user))


def participants_spoken_for_by(user: User | AnonymousUser) -> QuerySet[Participant]:
    """Participants whose pain and expected values `user` may write: their own, and those of the
    alliances that they convene."""
    editable = participants_editable_by(user)
    if not user.is_authenticated or not user.is_active:
        return editable.none()
    own = Participant.objects.filter(
        pk__in=Membership.objects.filter(user=user).values("participant"),
        alliance__in=Alliance.objects.visible_to(user),
    )
    return editable | own


def representatives_editable_by(user: User | AnonymousUser) -> QuerySet[Representative]:
    """People of the alliances that `user` convenes."""
    return Representative.objects.filter(
        participant__alliance__in=Alliance.objects.convened_by(user)
    )


def memberships_editable_by(user: User | AnonymousUser) -> QuerySet[Membership]:
    """Who has access to the alliances that `user` convenes."""
    return Membership.objects.filter(alliance__in=Alliance.objects.convened_by(user))


def own_participants(user: User | AnonymousUser) -> QuerySet[Participant]:
    """The organisations that `user` belongs to, one an alliance at most; also where they convene."""
    if not user.is_authenticated or not user.is_active:
        return Participant.objects.none()
    return Participant.objects.filter(memberships__user=user)


def own_participant(user: User | AnonymousUser, alliance: Alliance) -> Participant | None:
    """The organisation for which `user` may speak in `alliance`."""
    return own_participants(user).filter(alliance=alliance).first()


# Rows of a kind of record, by who may read or change them. `path` leads from a row to its alliance,
# or to its participant.


def rows_visible(rows: QuerySet[M], user: User | AnonymousUser, path: str) -> QuerySet[M]:
    """Those of the alliances that `user` belongs to."""
    return rows.filter(**{f"{path}__in": Alliance.objects.visible_to(user)})


def rows_convened(rows: QuerySet[M], user: User | AnonymousUser, path: str) -> QuerySet[M]:
    """Those of the alliances that `user` convenes."""
    return rows.filter(**{f"{path}__in": Alliance.objects.convened_by(user)})


def rows_own(rows: QuerySet[M], user: User | AnonymousUser, path: str) -> QuerySet[M]:
    """Those of the organisations that `user` belongs to, whatever their role."""
    return rows.filter(**{f"{path}__in": own_participants(user)})


def rows_own_or_convened(rows: QuerySet[M], user: User | AnonymousUser, path: str) -> QuerySet[M]:
    """Those of `user`'s own organisations, and of all in the alliances that they convene."""
    return rows.filter(
        Q(**{f"{path}__in": own_participants(user)})
        | Q(**{f"{path}__alliance__in": Alliance.objects.convened_by(user)})
    )
