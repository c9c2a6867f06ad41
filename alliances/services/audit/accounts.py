"""Accounts and access are recorded whoever changes them: a page, Django's admin, a command, a deletion
that takes them along. Django's own signals tell of each; no other place could be passed by.

Recorded of an account are its number and the names of the fields that changed, never what they hold.
Of logins, those of admins alone: that a member came at a moment says when they may have answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in
from django.db.models import Model, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.http import HttpRequest

from alliances.models import Membership, User
from alliances.models.audit import Action
from alliances.services.audit.writing import Thing, record, thing_of

WATCHED = ("email", "is_active", "is_staff", "is_superuser", "name", "password")


def watch() -> None:
    """From here on changes of accounts and access are recorded. Called once, when the app is ready."""
    pre_save.connect(_note_account, sender=User, dispatch_uid="audit")
    post_save.connect(_account_saved, sender=User, dispatch_uid="audit")
    pre_delete.connect(_account_deletes, sender=User, dispatch_uid="audit")
    for permissions in (User.user_permissions, User.groups):
        m2m_changed.connect(_permissions_changed, sender=permissions.through, dispatch_uid="audit")
    pre_save.connect(_note_access, sender=Membership, dispatch_uid="audit")
    post_save.connect(_access_saved, sender=Membership, dispatch_uid="audit")
    post_delete.connect(_access_deleted, sender=Membership, dispatch_uid="audit")
    user_logged_in.connect(_logged_in, dispatch_uid="audit")
    post_save.connect(_factor_saved, sender=Authenticator, dispatch_uid="audit")
    post_delete.connect(_factor_deleted, sender=Authenticator, dispatch_uid="audit")


def _note_account(instance: User, raw: bool, update_fields: Any, **_: Any) -> None:
    """What of it is about to change, kept on the instance until it is stored."""
    instance._audited = None  # type: ignore[attr-defined]
    fields = [name for name in WATCHED if update_fields is None or name in update_fields]
    if raw or instance._state.adding or not fields:
        return
    stored = User.objects.filter(pk=instance.pk).values(*fields).first()
    if stored is not None:
        instance._audited = sorted(  # type: ignore[attr-defined]
            name
            for name in fields
            if stored[name] != getattr(instance, name)
            and (name != "password" or _is_new_password(instance, update_fields))
        )


def _is_new_password(user: User, update_fields: Any) -> bool:
    """Whether somebody set it. Who logs in by a password that was hashed in an older way has it hashed
    anew in passing, and nothing else stored with it: that is no change."""
    set_now = getattr(user, "_password", None) is not None or not user.has_usable_password()
    return set_now or set(update_fields or ()) != {"password"}


def _account_saved(instance: User, created: bool, raw: bool, **_: Any) -> None:
    changed = getattr(instance, "_audited", None)
    if raw:
        return
    if created:
        record(action=Action.ACCOUNT_MADE, alliance=None, thing=thing_of(instance))
        changed = [name for name in ("is_staff", "is_superuser") if getattr(instance, name)]
    if changed:
        _account_changed(instance, changed)


def _account_changed(user: User, fields: list[str]) -> None:
    record(
        action=Action.ACCOUNT_CHANGED,
        alliance=None,
        thing=thing_of(user),
        details={"fields": fields},
    )


def _account_deletes(instance: User, **_: Any) -> None:
    """Before its access goes with it: whoever writes to several chains begins with the installation's."""
    record(action=Action.ACCOUNT_DELETED, alliance=None, thing=thing_of(instance))


def _permissions_changed(
    instance: Model, action: str, pk_set: set[int] | None, reverse: bool, **_: Any
) -> None:
    if action not in ("post_add", "post_remove", "post_clear") or pk_set == set():
        return
    for user in [cast(User, instance)] if not reverse else _accounts(pk_set):
        _account_changed(user, ["permissions"])


def _accounts(keys: set[int] | None) -> Iterator[User]:
    """Of a clearing from the other side nobody knows whom it was; nothing here does that."""
    yield from User.objects.filter(pk__in=keys or ()).order_by("pk")


def _note_access(instance: Membership, raw: bool, **_: Any) -> None:
    """As it is stored before, kept on the instance."""
    instance._audited = (  # type: ignore[attr-defined]
        None
        if raw or instance._state.adding
        else Membership.objects.select_related("participant").filter(pk=instance.pk).first()
    )


def _access_saved(instance: Membership, created: bool, raw: bool, **_: Any) -> None:
    if raw:
        return
    before: Membership | None = getattr(instance, "_audited", None)
    if created or before is None:
        _access(Action.ACCESS_GIVEN, instance)
    elif (before.user_id, before.alliance_id) != (instance.user_id, instance.alliance_id):
        # Moved in the admin: gone there, and given here.
        steps = [(Action.ACCESS_REMOVED, before), (Action.ACCESS_GIVEN, instance)]
        for action, membership in sorted(steps, key=lambda step: step[1].alliance_id):
            _access(action, membership)
    elif (before.role, before.participant_id) != (instance.role, instance.participant_id):
        _access(Action.ACCESS_CHANGED, instance)


def _access(action: Action, membership: Membership) -> None:
    organisation = membership.participant.name if membership.participant else ""
    said = {"role": membership.role, "organisation": organisation}
    record(
        action=action,
        alliance=membership.alliance_id,
        thing=Thing("account", membership.user_id),
        details=None if action == Action.ACCESS_REMOVED else said,
    )


def _access_deleted(instance: Membership, origin: Any = None, **_: Any) -> None:
    """With a whole alliance all access to it goes; that is told once, of the alliance."""
    model = origin.model if isinstance(origin, QuerySet) else type(origin)
    if model in (Membership, User):
        _access(Action.ACCESS_REMOVED, instance)


def _logged_in(user: User, request: HttpRequest | None = None, **_: Any) -> None:
    if user.is_staff or user.is_superuser:
        record(action=Action.ADMIN_CAME, alliance=None, thing=thing_of(user), by=user)


def _factor_saved(instance: Authenticator, created: bool, raw: bool, **_: Any) -> None:
    """Not by allauth's own signals: those come when all is stored, and an entry comes with it."""
    if created and not raw:
        _factor(Action.FACTOR_ADDED, instance)


def _factor_deleted(instance: Authenticator, origin: Any = None, **_: Any) -> None:
    """By its owner, or by an admin for whoever lost it. Recovery codes go with the last factor, and old
    ones when new ones are made; what goes with the account is told with it."""
    model = origin.model if isinstance(origin, QuerySet) else type(origin)
    if model is Authenticator and instance.type != Authenticator.Type.RECOVERY_CODES:
        _factor(Action.FACTOR_REMOVED, instance)


def _factor(action: Action, authenticator: Authenticator) -> None:
    """Its kind is recorded: "totp", "webauthn", "recovery_codes"."""
    record(
        action=action,
        alliance=None,
        thing=thing_of(authenticator.user),
        details={"factor": str(authenticator.type)},
    )
