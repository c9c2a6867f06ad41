"""Who may do what to an alliance's people and papers. The one place that says so."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from alliances.models import Alliance, Membership, Participant, Representative, User


def may_create_alliance(user: User | AnonymousUser) -> bool:
    """Everybody with an account: who makes an alliance convenes it."""
    return user.is_authenticated and user.is_active


def may_edit_alliance(user: User | AnonymousUser, alliance: Alliance) -> bool:
    """The alliance's conveners, and admins."""
    return Alliance.objects.convened_by(user).filter(pk=alliance.pk).exists()


def participants_editable_by(user: User | AnonymousUser) -> QuerySet[Participant]:
    """Participants of the alliances that `user` convenes."""
    return Participant.objects.filter(alliance__in=Alliance.objects.convened_by(user))


def participants_whose_pain_may_be_stated_by(
    user: User | AnonymousUser,
) -> QuerySet[Participant]:
    """Participants that `user` convenes, and the one that `user` belongs to as a member."""
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
