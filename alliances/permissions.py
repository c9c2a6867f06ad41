"""Who may do what to an alliance's people and papers. The one place that says so."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from alliances.models import (
    Action,
    Alliance,
    CharterVersion,
    DifferencePair,
    Membership,
    PairHistory,
    Participant,
    Representative,
    User,
)
from alliances.services.differences import is_author

M = TypeVar("M", bound=Model)


def may_create_alliance(user: User | AnonymousUser) -> bool:
    """Everybody with an account: who makes an alliance convenes it."""
    return user.is_authenticated and user.is_active


def may_edit_alliance(user: User | AnonymousUser, alliance: Alliance) -> bool:
    """The alliance's conveners, and admins."""
    return Alliance.objects.convened_by(user).filter(pk=alliance.pk).exists()


def may_read_every_log(user: User | AnonymousUser) -> bool:
    """Admins read the audit log of the installation, and of every alliance, also of one that is gone.
    Whoever may change an alliance reads that alliance's."""
    return user.is_authenticated and user.is_active and user.is_superuser


def participants_editable_by(user: User | AnonymousUser) -> QuerySet[Participant]:
    """Participants of the alliances that `user` convenes."""
    return Participant.objects.filter(alliance__in=Alliance.objects.convened_by(user))


def participants_spoken_for_by(user: User | AnonymousUser) -> QuerySet[Participant]:
    """Participants whose pain, expected values and profile `user` may write: their own, and those
    of the alliances that they convene."""
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


def charter_versions_visible_to(user: User | AnonymousUser) -> QuerySet[CharterVersion]:
    """Versions of the alliances that `user` belongs to; drafts of those that they convene."""
    versions = CharterVersion.objects.select_related("alliance")
    draft = CharterVersion.Status.DRAFT
    return rows_visible(versions.exclude(status=draft), user, "alliance") | rows_convened(
        versions.filter(status=draft), user, "alliance"
    )


def histories_editable_by(user: User | AnonymousUser) -> QuerySet[PairHistory]:
    """Histories of `user`'s own organisations with others, and all where they convene."""
    rows = PairHistory.objects.all()
    return rows_own_or_convened(rows, user, "first") | rows_own_or_convened(rows, user, "second")


def differences_readable_by(user: User | AnonymousUser) -> QuerySet[DifferencePair]:
    """Pairs that `user`'s own organisation is one of, and all where they convene."""
    rows = DifferencePair.objects.all()
    return rows_own_or_convened(rows, user, "first") | rows_own_or_convened(rows, user, "second")


def differences_own(user: User | AnonymousUser) -> QuerySet[DifferencePair]:
    """Pairs that `user`'s own organisation is one of."""
    rows = DifferencePair.objects.all()
    return rows_own(rows, user, "first") | rows_own(rows, user, "second")


def may_write_view(user: User, pair: DifferencePair, own: Participant, convenes: bool) -> bool:
    """Whether `user` may write, or change, what `own` says before the reveal. A convener may not
    read a colleague's words before all do, and so not change them."""
    if pair.revealed_at is not None:
        return False
    view = pair.views.filter(participant=own).only("changed_by_id").first()
    return view is None or not convenes or is_author(view, user)


def actions_finishable_by(user: User | AnonymousUser) -> QuerySet[Action]:
    """Actions of `user`'s own organisations, and all where they convene."""
    rows = Action.objects.all()
    return rows_convened(rows, user, "alliance") | rows_own(rows, user, "participant")
