"""What an account has: read by its owner, taken away, and deleted with it.

Deleting an account takes away what is of the person, and leaves what the alliance has on record: a
signature keeps the name under it, a comment on the charter keeps its words. docs/rights.md has the
table of all that refers to an account.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import (
    Alliance,
    CharterComment,
    Membership,
    Record,
    Representative,
    Signature,
    User,
)
from alliances.models.audit import AuditEntry
from alliances.services.access_mail import mail_unbound
from alliances.services.figures import dated
from alliances.services.leaving import address_leaves
from alliances.services.locks import locked_alliance
from alliances.services.post import Posted, letter_from, named, on_one_line, post, together

NOBODY = "–"
"""In place of a name in the log of Django’s admin."""


@dataclass(frozen=True)
class OwnAccount:
    """All that is of one account in this app. `representatives` are records of the list of people with
    the same address; None where that address is not proven to be its owner’s."""

    user: User
    memberships: Sequence[Membership]
    comments: Sequence[CharterComment]
    signatures: Sequence[Signature]
    changed: Sequence[tuple[str, int]]
    """Kinds of records that they changed last, each with the number of them."""
    representatives: Sequence[Representative] | None
    done_as_admin: int
    """Entries of theirs in the log of Django's admin."""
    factors: Sequence[Authenticator]
    done: Sequence[AuditEntry]
    """What the audit log has of what they did, and of what was done to their account, oldest first."""
    addresses: Sequence[EmailAddress]
    """Whether their address is proven, as it was last stored; often none."""
    permissions: Sequence[str]
    """What they may do beside their memberships, by Django's names."""
    sessions: Sequence[Session]
    """Where they are logged in."""
    bound: int
    """Memberships of which they said, last of all, for which organisation the person speaks."""


def read_account(*, user: User, address_is_proven: bool) -> OwnAccount:
    """What is stored of `user`. A query for each kind."""
    return OwnAccount(
        user=user,
        memberships=list(user.memberships.select_related("alliance", "participant")),
        comments=list(CharterComment.objects.filter(user=user).select_related("version__alliance")),
        signatures=list(Signature.objects.filter(user=user).select_related("version__alliance")),
        changed=_changed_by(user),
        representatives=list(
            Representative.objects.filter(email__iexact=user.email).select_related(
                "participant__alliance"
            )
        )
        if address_is_proven
        else None,
        done_as_admin=LogEntry.objects.filter(user=user).count(),
        factors=list(Authenticator.objects.filter(user=user).order_by("pk")),
        done=list(
            AuditEntry.objects.filter(
                Q(account=user.pk) | Q(kind="account", thing=user.pk)
            ).order_by("at", "pk")
        ),
        addresses=list(EmailAddress.objects.filter(user=user).order_by("pk")),
        permissions=sorted(
            Permission.objects.filter(Q(user=user) | Q(group__user=user))
            .distinct()
            .values_list("codename", flat=True)
        ),
        sessions=sorted(_sessions_of(user), key=lambda one: one.expire_date),
        bound=Membership.objects.filter(bound_by=user).exclude(user=user).count(),
    )


def _changed_by(user: User) -> list[tuple[str, int]]:
    found = []
    for model in apps.get_models():
        if issubclass(model, Record):
            number = model._default_manager.filter(changed_by=user).count()
            if number:
                found.append((str(model._meta.verbose_name_plural), number))
    return sorted(found)


def account_document(account: OwnAccount) -> dict[str, Any]:
    """The same for a JSON file (docs/rights.md). Times are UTC; nobody else's words are in it."""
    user = account.user
    return {
        "account": {
            "email": user.email,
            "name": user.name,
            "language": user.language,
            "has_password": user.has_usable_password(),
            "is_active": user.is_active,
            "is_admin": user.is_superuser,
            "is_staff": user.is_staff,
            "permissions": list(account.permissions),
            "addresses": [
                {"email": one.email, "is_proven": one.verified} for one in account.addresses
            ],
            "logged_in_until": [_told(one.expire_date) for one in account.sessions],
            "made_at": _told(user.date_joined),
            "last_login_at": _told(user.last_login),
        },
        "memberships": [
            {
                "alliance": one.alliance.name,
                "role": one.role,
                "organisation": one.participant.name if one.participant else None,
                "bound_at": _told(one.bound_at),
            }
            for one in account.memberships
        ],
        "charter_comments": [
            {
                "alliance": one.version.alliance.name,
                "version": one.version.number,
                "section": one.code,
                "name": one.author,
                "organisation": one.organisation,
                "text": one.text,
                "written_at": _told(one.written_at),
            }
            for one in account.comments
        ],
        "signatures": [
            {
                "alliance": one.version.alliance.name,
                "version": one.version.number,
                "name": one.name,
                "position": one.position,
                "organisation": one.organisation,
                "digest": one.digest,
                "signed_at": _told(one.signed_at),
            }
            for one in account.signatures
        ],
        "changed_last_by_you": [{"kind": kind, "number": count} for kind, count in account.changed],
        "done_as_admin": account.done_as_admin,
        "second_factors": [
            {
                "kind": one.type,
                "name": str(one) if one.type == Authenticator.Type.WEBAUTHN else None,
                "added_at": _told(one.created_at),
                "last_used_at": _told(one.last_used_at),
            }
            for one in account.factors
        ],
        "in_the_audit_log": [
            {
                "chain": one.chain,
                "number": one.number,
                "at": _told(one.at),
                "action": one.action,
                "by_you": one.account == account.user.pk,
            }
            for one in account.done
        ],
        "memberships_of_others_bound_by_you": account.bound,
        "on_the_list_of_people": None
        if account.representatives is None
        else [_representative(one) for one in account.representatives],
    }


def _representative(one: Representative) -> dict[str, Any]:
    """Without how something was observed: those are a convener's words."""
    return {
        "alliance": one.participant.alliance.name,
        "organisation": one.participant.name,
        "name": one.name,
        "email": one.email,
        "position": one.title,
        "role": one.role,
        "language": one.language,
        "days_a_month": None if one.days_a_month is None else float(one.days_a_month),
        "substance": {
            kind: {
                "claimed": getattr(one, f"{kind}_claimed"),
                "observed": getattr(one, f"{kind}_observed"),
            }
            for kind in Representative.KINDS
        },
    }


def _told(moment: dt.datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def reasons_to_stay(user: User) -> list[str]:
    """Why the account cannot be deleted yet, a sentence each; none where it can. Where nobody else has
    access to an alliance, nobody is left behind without a convener."""
    reasons = []
    conveners = Q(role=Membership.Role.CONVENER, user__is_active=True)
    for membership in user.memberships.filter(role=Membership.Role.CONVENER).select_related(
        "alliance"
    ):
        others = membership.alliance.memberships.exclude(user=user)
        if others.exists() and not others.filter(conveners).exists():
            reasons.append(
                _(
                    "%(person)s is the only convener of %(alliance)s. Make somebody else convener first."
                )
                % {"person": user, "alliance": membership.alliance}
            )
    admins = User.objects.filter(is_superuser=True, is_active=True)
    if user.is_superuser and user.is_active and not admins.exclude(pk=user.pk).exists():
        reasons.append(
            _("%(person)s is the only administrator here. Make somebody else administrator first.")
            % {"person": user}
        )
    return reasons


def delete_account(*, user: User, by: User | None, login_url: str = "") -> Posted | None:
    """The account is gone, and with it its access, its sessions and its name where that is the person's
    alone to give; what the alliance has on record stays.

    `by` is who does that: its owner, an admin, or None for whoever runs the server. With `login_url`, an
    absolute address, the owner gets a mail after all is stored, and so do the other people of the
    organisations that they spoke for. Gives what came of the mails; None where none were to be sent.

    Raises Refused where an alliance with other people would be left without a convener, or the
    installation without an admin.
    """
    left = remove_account(user=user)
    return tell_of_removal(user=user, left=left, by=by, login_url=login_url) if login_url else None


@transaction.atomic
def remove_account(*, user: User) -> list[Membership]:
    """`delete_account` without its mails; gives the memberships that went, for `tell_of_removal`."""
    # One after the other, in one order: whoever changes an access holds its alliance.
    for key in sorted(user.memberships.values_list("alliance_id", flat=True)):
        locked_alliance(key)
    admins = User.objects.filter(is_superuser=True).order_by("pk").select_for_update()
    list(admins.values_list("pk", flat=True))
    if not User.objects.filter(pk=user.pk).exists():
        raise Refused(_("This account has been deleted meanwhile."))
    if reasons := reasons_to_stay(user):
        raise Refused(_("The account cannot be deleted yet."), reasons)
    left = list(user.memberships.select_related("alliance", "participant", "user"))
    CharterComment.objects.filter(user=user).update(author="")
    address_leaves.send(User, email=user.email, alliance=None)
    _forget_in_log(user)
    end_sessions(user)
    User.objects.filter(pk=user.pk).delete()
    return left


def tell_of_removal(
    *, user: User, left: Sequence[Membership], by: User | None, login_url: str
) -> Posted | None:
    """Mails that an account is gone: to its owner, and to the people for whom they spoke."""
    return together(_mail_owner(user, by), *(_mail_others(one, by, login_url) for one in left))


def _forget_in_log(user: User) -> None:
    """In the log of Django's admin: what was done to the account stays, its name goes. What its owner did
    there as an admin goes with the account."""
    about = LogEntry.objects.filter(content_type__app_label="alliances").filter(
        Q(content_type__model="user", object_id=str(user.pk))
        | Q(
            content_type__model="membership",
            object_id__in=[str(key) for key in user.memberships.values_list("pk", flat=True)],
        )
    )
    about.update(object_repr=NOBODY, change_message="")
    # An entry about an alliance names its members as “Ada in Tessel”, in JSON, which may write a letter as
    # its number. A name alone may be part of another one, or a word.
    inside = {f'"{spelling} in ' for spelling in (str(user), json.dumps(str(user))[1:-1])}
    named_in = Q(content_type__model="membership", object_repr__startswith=f"{user} in ")
    for text in (user.email, *inside):
        named_in |= Q(change_message__contains=text) | Q(object_repr__contains=text)
    LogEntry.objects.filter(named_in).update(object_repr=NOBODY, change_message="")


def end_sessions(user: User, *, but: str | None = None) -> None:
    """Logs `user` out everywhere, except in the session with the key `but`.

    A session names its account in what is stored of it, where no query finds it.
    """
    mine = [session.pk for session in _sessions_of(user) if session.pk != but]
    Session.objects.filter(pk__in=mine).delete()


def _sessions_of(user: User) -> Iterator[Session]:
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            yield session


def _mail_owner(user: User, by: User | None) -> Posted:
    context = {
        "name": on_one_line(user.name),
        "email": user.email,
        "is_own": by is not None and by.pk == user.pk,
        "by": named(by) if by is not None else "",
        "day": lazy(lambda: dated(timezone.localdate()).replace("\u00a0", " "), str)(),
        "contact": settings.OPERATOR_CONTACT,
    }
    letter = letter_from("deleted", context, to=user)
    return post([(user, letter)], replies=[], about="an account that was deleted")


def _mail_others(membership: Membership, by: User | None, login_url: str) -> Posted | None:
    """To the people of the organisation; the owner has a mail of their own."""
    if membership.participant is None:
        return None
    membership.user.is_active = False
    return mail_unbound(
        membership=membership,
        left=membership.participant,
        by=by,
        login_url=login_url,
        has_access=False,
    )


def alone_in(user: User) -> list[Alliance]:
    """Alliances to which nobody has access but `user`."""
    mine = Alliance.objects.filter(memberships__user=user)
    return [one for one in mine if not one.memberships.exclude(user=user).exists()]
