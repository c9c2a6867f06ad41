"""Who may log in and see an alliance."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, Membership, Participant, Representative, User
from alliances.services.access_mail import mail_access, mail_bound, mail_unbound
from alliances.services.locks import locked_alliance
from alliances.services.overview import AT_THE_TABLE
from alliances.services.post import Posted, together
from alliances.services.texts import email_address, one_line, one_of

NAME_LIMIT = 150


@dataclass(frozen=True)
class AccessGiven:
    """What came of it: the membership, whether a mail went out to its owner, and what came of the
    mails to the others of their organisation; None where none were to be sent."""

    membership: Membership
    mailed: bool
    told: Posted | None


@dataclass(frozen=True)
class AccessChanged:
    """The membership as it is now, and what came of the mails about it: to the others of an
    organisation to which it was bound by that (`told`), and to its owner and those of the one that it
    was taken from (`told_of_leaving`); None where none were to be sent."""

    membership: Membership
    told: Posted | None
    told_of_leaving: Posted | None = None
    left: Participant | None = None

    @property
    def posted(self) -> Posted | None:
        """What came of all mails."""
        return together(self.told, self.told_of_leaving)


class AccessOvertaken(Refused):
    """Somebody changed this access first. `current` is as it stands now; nothing was changed."""

    def __init__(self, current: Membership, role: str, participant: Participant | None) -> None:
        super().__init__(
            _(
                "Somebody changed this while the page was open. It now says: %(now)s. You chose: "
                "%(chosen)s. Nothing of yours is stored. Change it once more if yours shall stand."
            )
            % {
                "now": _in_words(current.role, current.participant),
                "chosen": _in_words(role, participant),
            }
        )
        self.current = current


def give_access(
    *,
    alliance: Alliance,
    email: str,
    by: User | None,
    name: str = "",
    role: str = Membership.Role.MEMBER,
    participant: Participant | None = None,
    login_url: str = "",
    at: dt.datetime | None = None,
) -> AccessGiven:
    """`email` may see `alliance` as `role` (Membership.Role), and speaks for `participant` if given.

    Makes an account without a password where there is none: its owner logs in by a code sent by
    mail. `by` is whoever gives this. With `login_url`, an absolute address, mails go out after the
    access is stored: to its owner, and to the others of the organisation that they speak for now.
    Access stays where mail fails.

    Raises Refused where the address is wrong, has access already or belongs to an account that is
    switched off, where the participant is another alliance's, or where `by`, who is no admin, gives
    it to themselves.
    """
    address = email_address(email).lower()
    one_of(role, Membership.Role.values, what=_("The role"))
    full_name = one_line(name, what=_("The name"), limit=NAME_LIMIT)
    with transaction.atomic():
        held = locked_alliance(alliance.pk)
        _refuse_foreign_participant(held, participant)
        user = User.objects.filter(email__iexact=address).first()
        if user is None:
            user = _new_user(address, full_name or _name_on_record(held, address))
        elif not user.is_active:
            raise Refused(
                _("The account of %(email)s is switched off. Ask the administrator to open it.")
                % {"email": address}
            )
        elif held.memberships.filter(user=user).exists():
            raise Refused(
                _("%(email)s has access already. Change it in the list.") % {"email": address}
            )
        elif _is_own(user, by):
            # Whoever just lost their access, and with it what they were bound to.
            raise Refused(_("Nobody gives access to themselves. Ask a convener, or an admin."))
        membership = Membership(alliance=held, user=user, role=role)
        _bind(membership, participant, by, at)
        membership.save(force_insert=True)
    return AccessGiven(
        membership=membership,
        mailed=bool(login_url) and mail_access(membership=membership, login_url=login_url),
        told=_told(membership, login_url) if participant else None,
    )


def change_access(
    *,
    membership: Membership,
    role: str,
    participant: Participant | None,
    by: User | None,
    login_url: str = "",
    began_from: str | None = None,
    at: dt.datetime | None = None,
) -> AccessChanged:
    """The membership with this role and participant, for whom its owner speaks then.

    `by` is whoever changes it; `began_from` is the `mark_of` the membership that they saw. With
    `login_url`, an absolute address, mails go out after all is stored: to the others of an
    organisation to which it was bound by that, and to its owner and the people of one that it was
    taken from; where mail fails, that stays.

    Raises AccessOvertaken where the membership is another by now than they saw, and Refused where it
    would leave the alliance without a convener, the participant is another alliance's, or `by`, who
    is no admin, changes for whom they speak themselves: once, where they never spoke for anybody,
    they may.
    """
    one_of(role, Membership.Role.values, what=_("The role"))
    with transaction.atomic():
        alliance = locked_alliance(membership.alliance_id)
        current = _current(membership)
        _refuse_foreign_participant(alliance, participant)
        is_overtaken = began_from not in (None, mark_of(current))
        if is_overtaken and (current.role, current.participant) != (role, participant):
            raise AccessOvertaken(current, role, participant)
        if role != Membership.Role.CONVENER:
            _refuse_last_convener(alliance, current)
        left = current.participant
        is_moved = participant != left
        if is_moved:
            if _is_own(current.user, by):
                _refuse_second_organisation(current)
            _bind(current, participant, by, at)
        current.role = role
        current.save()
    if not is_moved or not login_url:
        return AccessChanged(current, None)
    told = _told(current, login_url) if participant else None
    if left is None:
        return AccessChanged(current, told)
    told_of_leaving = mail_unbound(membership=current, left=left, by=by, login_url=login_url, at=at)
    return AccessChanged(current, told, told_of_leaving, left)


def mark_of(membership: Membership) -> str:
    """What a form carries of the membership that it was made from: its role and organisation."""
    return f"{membership.role} {membership.participant_id or 0}"


def people_without_access(*, alliance: Alliance) -> list[Representative]:
    """Who speaks for an organisation at the table and cannot log in here, by organisation. One
    query. Who logs in by another address is known by the name, within the organisation."""
    there = Membership.objects.filter(alliance=alliance).filter(
        Q(user__email__iexact=OuterRef("email"))
        | Q(user__name__iexact=OuterRef("name"), participant=OuterRef("participant"))
    )
    people = Representative.objects.filter(
        ~Exists(there),
        participant__alliance=alliance,
        participant__status__in=AT_THE_TABLE,
    ).exclude(email="")
    return list(people.select_related("participant").order_by("participant__name", "name", "pk"))


@transaction.atomic
def note_binding(
    *, membership: Membership, by: User | None, at: dt.datetime | None = None
) -> Membership:
    """Says of a membership that was stored without this service, as the admin does, who bound it."""
    _bind(membership, membership.participant, by, at)
    membership.save(update_fields=["bound_by", "bound_at"])
    return membership


def remove_access(
    *,
    membership: Membership,
    by: User | None = None,
    login_url: str = "",
    at: dt.datetime | None = None,
) -> Posted | None:
    """This account sees the alliance no more; the account itself stays.

    `by` is whoever takes it away. With `login_url`, an absolute address, its owner and the people of
    the organisation that it spoke for get a mail, after all is stored. Gives what came of the mails;
    None where none were to be sent. Raises Refused where it is the last convener's.
    """
    with transaction.atomic():
        alliance = locked_alliance(membership.alliance_id)
        current = _current(membership)
        _refuse_last_convener(alliance, current)
        left = current.participant
        Membership.objects.filter(pk=current.pk).delete()
    if not login_url:
        return None
    return mail_unbound(
        membership=current, left=left, by=by, login_url=login_url, at=at, has_access=False
    )


def _new_user(address: str, name: str) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(address, name=name)
    except IntegrityError:
        # A convener of another alliance was faster: the locks are one an alliance.
        return User.objects.get(email__iexact=address)


def _name_on_record(alliance: Alliance, address: str) -> str:
    """What the list of people calls whoever has this address; "" where nobody there has it."""
    people = Representative.objects.filter(participant__alliance=alliance, email__iexact=address)
    return (people.order_by("pk").values_list("name", flat=True).first() or "")[:NAME_LIMIT]


def _current(membership: Membership) -> Membership:
    try:
        return Membership.objects.select_related("user", "participant").get(pk=membership.pk)
    except Membership.DoesNotExist:
        raise Refused(_("This access has been removed meanwhile.")) from None


def _in_words(role: str, participant: Participant | None) -> str:
    said = Membership.Role(role).label
    if participant is None:
        return _("%(role)s, no organisation") % {"role": said}
    return _("%(role)s, %(organisation)s") % {"role": said, "organisation": participant.name}


def _is_own(user: User, by: User | None) -> bool:
    """Whether `by` does this to themselves. An admin does it as an admin."""
    return by is not None and by.pk == user.pk and not by.is_superuser


def _bind(
    membership: Membership, participant: Participant | None, by: User | None, at: dt.datetime | None
) -> None:
    """`membership` speaks for `participant`, or for nobody; who was bound once stays marked so."""
    membership.participant = participant
    if participant is not None:
        membership.bound_by, membership.bound_at = by, at or timezone.now()


def _refuse_second_organisation(membership: Membership) -> None:
    """For those who change their own: for whom one speaks is chosen once.

    Else a convener could go from organisation to organisation, and sign and read for each.
    """
    if membership.participant is not None:
        raise Refused(
            _(
                "You speak for %(organisation)s here, and nobody changes that for themselves. "
                "Another convener or an admin can."
            )
            % {"organisation": membership.participant}
        )
    if membership.bound_at is not None:
        raise Refused(
            _(
                "You have spoken for an organisation here before, and nobody chooses another one for "
                "themselves. Another convener or an admin can."
            )
        )


def _told(membership: Membership, login_url: str) -> Posted | None:
    return mail_bound(membership=membership, login_url=login_url) if login_url else None


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
