"""Who may log in and see an alliance."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, Membership, Participant, User
from alliances.services.locks import locked_alliance
from alliances.services.texts import email_address, one_line, one_of

logger = logging.getLogger(__name__)

NAME_LIMIT = 150


@dataclass(frozen=True)
class AccessGiven:
    """What came of it: the membership, and whether a mail went out."""

    membership: Membership
    mailed: bool


def give_access(
    *,
    alliance: Alliance,
    email: str,
    name: str = "",
    role: str = Membership.Role.MEMBER,
    participant: Participant | None = None,
    login_url: str = "",
) -> AccessGiven:
    """`email` may see `alliance` as `role` (Membership.Role), and belongs to `participant` if given.

    Makes an account without a password where there is none: its owner logs in by a code sent by
    mail. Writes them a mail with `login_url`, an absolute address; none where that is empty. The
    mail goes out after the access is stored, and access stays where the mail fails.

    Raises Refused where the address is wrong, has access already or belongs to an account that is
    switched off, or where the participant is another alliance's.
    """
    address = email_address(email).lower()
    one_of(role, Membership.Role.values, what=_("The role"))
    full_name = one_line(name, what=_("The name"), limit=NAME_LIMIT)
    with transaction.atomic():
        held = locked_alliance(alliance.pk)
        _refuse_foreign_participant(held, participant)
        user = User.objects.filter(email__iexact=address).first()
        if user is None:
            user = _new_user(address, full_name)
        elif not user.is_active:
            raise Refused(
                _("The account of %(email)s is switched off. Ask the administrator to open it.")
                % {"email": address}
            )
        elif held.memberships.filter(user=user).exists():
            raise Refused(
                _("%(email)s has access already. Change it in the list.") % {"email": address}
            )
        membership = Membership.objects.create(
            alliance=held, user=user, role=role, participant=participant
        )
    mailed = bool(login_url) and _mail_access(membership, login_url)
    return AccessGiven(membership=membership, mailed=mailed)


@transaction.atomic
def change_access(
    *, membership: Membership, role: str, participant: Participant | None
) -> Membership:
    """The membership with this role and participant.

    Raises Refused where it would leave the alliance without a convener, or the participant is
    another alliance's.
    """
    one_of(role, Membership.Role.values, what=_("The role"))
    alliance = locked_alliance(membership.alliance_id)
    current = _current(membership)
    _refuse_foreign_participant(alliance, participant)
    if role != Membership.Role.CONVENER:
        _refuse_last_convener(alliance, current)
    current.role, current.participant = role, participant
    current.save()
    return current


@transaction.atomic
def remove_access(*, membership: Membership) -> None:
    """This account sees the alliance no more; the account itself stays.

    Raises Refused where it is the last convener's.
    """
    alliance = locked_alliance(membership.alliance_id)
    current = _current(membership)
    _refuse_last_convener(alliance, current)
    current.delete()


def _new_user(address: str, name: str) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(address, name=name)
    except IntegrityError:
        # A convener of another alliance was faster: the locks are one an alliance.
        return User.objects.get(email__iexact=address)


def _current(membership: Membership) -> Membership:
    try:
        return Membership.objects.select_related("user").get(pk=membership.pk)
    except Membership.DoesNotExist:
        raise Refused(_("This access has been removed meanwhile.")) from None


def _refuse_foreign_participant(alliance: Alliance, participant: Participant | None) -> None:
    if participant and not alliance.participants.filter(pk=participant.pk).exists():
        raise Refused(_("Choose an organisation of this alliance."))


def _refuse_last_convener(alliance: Alliance, membership: Membership) -> None:
    if membership.role != Membership.Role.CONVENER:
        return
    others = alliance.memberships.filter(role=Membership.Role.CONVENER, user__is_active=True)
    if not others.exclude(pk=membership.pk).exists():
        raise Refused(
            _("%(person)s is the only convener. Make somebody else convener first.")
            % {"person": membership.user}
        )


def _mail_access(membership: Membership, login_url: str) -> bool:
    context = {
        "alliance": membership.alliance,
        "user": membership.user,
        "is_convener": membership.role == Membership.Role.CONVENER,
        "participant": membership.participant,
        "login_url": login_url,
    }
    try:
        send_mail(
            render_to_string("alliances/mail/access_subject.txt", context).strip(),
            render_to_string("alliances/mail/access.txt", context),
            None,
            [membership.user.email],
        )
    except (SMTPException, OSError):
        # The access stands; whoever gave it is told that the mail did not go.
        logger.exception("The mail about access to alliance %s did not go.", membership.alliance_id)
        return False
    return True
