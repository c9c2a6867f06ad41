"""Mail to the people of a round: the invitation, the reminder, the new link.

Every mail carries a link of its own, because of an older one nobody knows more than a hash. Links
are stored for a few people at a time, and their mails sent at once, outside of any transaction: a
slow mail server holds no lock, a mail that fails undoes nothing but its own link, and a sending
that breaks off leaves links to those alone whom a mail has reached.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import formataddr
from smtplib import SMTPException, SMTPServerDisconnected
from types import TracebackType

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import punycode
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Membership, User
from alliances.models.audit import Action
from alliances.services.figures import dated
from alliances.services.post import language_for, on_one_line
from assessments.models import Invitation, InvitationLink, Round
from assessments.services.auditing import record_round
from assessments.services.links import is_answerable, issue_links, withdraw_links

logger = logging.getLogger(__name__)

INVITATION, REMINDER, NEW_LINK, OWN_RESULT = "invitation", "reminder", "new_link", "own_result"

BATCH = 20
"""People whose links are stored at a time. A server that dies leaves no more than these unsure."""


@dataclass(frozen=True)
class Delivery:
    """What came of a sending: how many mails left, and whom none could be sent to."""

    sent: int
    unreached: tuple[Invitation, ...] = ()


@dataclass(frozen=True)
class Letter:
    """A mail before it is addressed."""

    subject: str
    body: str


def send_invitations(
    *, round: Round, base_url: str, invitations: Sequence[Invitation] | None = None
) -> Delivery:
    """Send `invitations` of `round`, or all of it that no mail has reached yet, their first link.

    `base_url` is where people reach this server, such as https://alliance.example. Who cannot be
    reached is named in what this gives back, and has no link then, so that a second call tries
    them again. Raises Refused where the round takes no answers.
    """
    _refuse_if_over(round)
    first = invitations is None
    asked = list(unreached(round)) if invitations is None else invitations
    # Before the mails: a server that dies between has told too much, never too little. Neither to how
    # many is told, nor whether there was anybody: whoever takes a link on the page needs no mail, and
    # may have answered.
    record_round(Action.LINKS_SENT, round)
    return _send(INVITATION, round, asked, base_url, first=first)


def send_reminders(*, round: Round, base_url: str) -> Delivery:
    """Remind everybody of `round` who has not answered, each by a new link; older links stay good.

    Whom no mail has reached yet gets the invitation. Raises Refused where the round takes no
    answers, or nobody is missing.
    """
    _refuse_if_over(round)
    missing = list(not_answered(round))
    if not missing:
        raise Refused(_("Everybody has answered. There is nobody to remind."))
    # To how many is not told: two reminders would tell in which minutes somebody answered.
    record_round(Action.ROUND_REMINDED, round)
    first_time = {invitation.pk for invitation in unreached(round)}
    reminders = [invitation for invitation in missing if invitation.pk not in first_time]
    invitations = [invitation for invitation in missing if invitation.pk in first_time]
    one = _send(REMINDER, round, reminders, base_url)
    other = _send(INVITATION, round, invitations, base_url, first=True)
    return Delivery(one.sent + other.sent, one.unreached + other.unreached)


def send_link(*, invitation: Invitation, base_url: str, revoke_older: bool = False) -> Delivery:
    """Send one person a new link. With `revoke_older` the links they had stop working at once.

    What was answered by an older link is not taken over, and stays with it. Raises Refused where
    the round takes no answers or the person has answered.
    """
    with transaction.atomic():
        held = (
            Invitation.objects.select_for_update(of=("self",))
            .select_related("round__alliance", "organisation")
            .get(pk=invitation.pk)
        )
        _refuse_if_over(held.round)
        if held.progress == Invitation.Progress.ANSWERED:
            raise Refused(
                _("%(name)s has answered. No link is needed any more.") % {"name": held.name}
            )
        if revoke_older:
            InvitationLink.objects.filter(invitation=held).update(revoked=True)
            # Nothing that was begun can be gone on with.
            held.progress = Invitation.Progress.INVITED
            held.save(update_fields=["progress"])
        # Not to whom: who needed a new link is likely to answer within the hour.
        record_round(Action.LINK_REPLACED, held.round, older_stopped=revoke_older)
    return _send(NEW_LINK, held.round, [held], base_url, revoked=revoke_older)


def send_own_result(*, round: Round, base_url: str) -> Delivery:
    """Tell the person whom the closed `round` was about that their result is there, by a new link."""
    person = Invitation.objects.filter(round=round, of_oneself=True).select_related("organisation")
    return _send(OWN_RESULT, round, list(person), base_url)


def not_answered(round_: Round) -> QuerySet[Invitation]:
    """The invitations of `round_` that are not answered."""
    return (
        Invitation.objects.filter(round=round_)
        .exclude(progress=Invitation.Progress.ANSWERED)
        .select_related("organisation")
        .order_by("organisation__name", "name", "pk")
    )


def unreached(round_: Round) -> QuerySet[Invitation]:
    """Those of `not_answered` to whom no mail has ever left."""
    return not_answered(round_).filter(links__isnull=True)


def preview_reminder(round_: Round, *, begun: bool) -> Letter:
    """The reminder as somebody gets it who has `begun` or has not, with places left for name and link."""
    return _letter(
        REMINDER,
        round_,
        convener_users(round_),
        name=_("[name]"),
        organisation=_("[organisation]"),
        begun=begun,
        link=_("[a link of their own]"),
    )


def convener_users(round_: Round) -> list[User]:
    """Who convenes the round's alliance. One query."""
    return list(
        User.objects.filter(
            memberships__alliance=round_.alliance_id,
            memberships__role=Membership.Role.CONVENER,
            is_active=True,
        ).order_by("memberships__pk")
    )


def _mailbox(name: str, email: str) -> str:
    """Name and address as a mail's head holds them: a domain such as müller.example in ASCII.

    Raises ValueError (UnicodeError is one) for an address that no mail can carry.
    """
    local, _at, domain = email.rpartition("@")
    return formataddr((on_one_line(name), f"{local}@{punycode(domain)}"))


def _refuse_if_over(round_: Round) -> None:
    if not is_answerable(round_):
        raise Refused(_("The round takes no more answers, so that no link to it is sent."))


def _send(
    kind: str,
    round_: Round,
    invitations: Sequence[Invitation],
    base_url: str,
    *,
    revoked: bool = False,
    first: bool = False,
) -> Delivery:
    """Send each of `invitations` a mail of this `kind`, by one connection, a batch at a time.

    `first` leaves out whom another sending has reached meanwhile.
    """
    addressed = [invitation for invitation in invitations if invitation.email]
    failed = [invitation for invitation in invitations if not invitation.email]
    if not addressed:
        return Delivery(0, tuple(failed))
    conveners = convener_users(round_)
    sent = 0
    with _Courier() as courier:
        for start in range(0, len(addressed), BATCH):
            batch = addressed[start : start + BATCH]
            tokens = _first_links(round_, batch) if first else issue_links(invitations=batch)
            waiting = {i.pk: i for i in batch if i.pk in tokens}
            try:
                for invitation in list(waiting.values()):
                    link = base_url.rstrip("/") + reverse("link", args=[tokens[invitation.pk]])
                    if _mail(courier, kind, round_, conveners, invitation, link, revoked):
                        del waiting[invitation.pk]
                        sent += 1
            finally:
                # Also where this breaks off: whom no mail has reached can be sent one again.
                withdraw_links(tokens=[tokens[key] for key in waiting])
            failed += waiting.values()
    return Delivery(sent, tuple(failed))


@transaction.atomic
def _first_links(round_: Round, batch: Sequence[Invitation]) -> dict[int, str]:
    """Links as `issue_links` makes them, for those of `batch` who have none yet.

    Of two who send at once, the second waits here and then finds the links of the first.
    """
    Round.objects.select_for_update(no_key=True).get(pk=round_.pk)
    reached = set(
        InvitationLink.objects.filter(invitation__in=batch).values_list("invitation_id", flat=True)
    )
    return issue_links(invitations=[i for i in batch if i.pk not in reached])


def _mail(
    courier: _Courier,
    kind: str,
    round_: Round,
    conveners: Sequence[User],
    invitation: Invitation,
    link: str,
    revoked: bool,
) -> bool:
    """Write one mail and hand it over. False where it cannot be written or sent; says so in the log."""
    with translation.override(language_for(invitation)):
        letter = _letter(
            kind,
            round_,
            conveners,
            name=invitation.name,
            organisation=invitation.organisation.name,
            of_oneself=invitation.of_oneself,
            begun=invitation.progress == Invitation.Progress.BEGUN,
            link=link,
            revoked=revoked,
        )
    try:
        message = EmailMessage(
            subject=letter.subject,
            body=letter.body,
            to=[_mailbox(invitation.name, invitation.email)],
            reply_to=_reply_to(conveners),
            headers={"Auto-Submitted": "auto-generated"},
        )
    except ValueError as error:
        trouble = type(error).__name__
    else:
        trouble = courier.deliver(message)
    if trouble:
        # Tokens stay out of the log, and so does whatever a mail server says of the mail.
        logger.warning("No mail to invitation %s: %s", invitation.pk, trouble)
    return not trouble


def _reply_to(conveners: Sequence[User]) -> list[str]:
    """Where answers to the mail go. A convener whose address no mail can carry is left out."""
    found = []
    for user in conveners:
        try:
            found.append(_mailbox(user.name, user.email))
        except ValueError:
            logger.warning("The address of user %s stands in no mail's head.", user.pk)
    return found


def _letter(
    kind: str,
    round_: Round,
    conveners: Sequence[User],
    *,
    name: str,
    organisation: str,
    begun: bool,
    link: str,
    revoked: bool = False,
    of_oneself: bool = False,
) -> Letter:
    context = {
        "round": round_,
        "alliance": round_.alliance.name,
        "conveners": [str(user) for user in conveners],
        "name": name,
        "organisation": organisation,
        "of_oneself": of_oneself,
        "begun": begun,
        "link": link,
        "revoked": revoked,
        "last_day": dated(round_.closes_on).replace("\u00a0", " "),
        "minutes": round_.minutes,
    }
    subject = render_to_string(f"assessments/mail/{kind}_subject.txt", context)
    body = render_to_string(f"assessments/mail/{kind}_body.txt", context)
    # Parts that say nothing leave their blank lines behind.
    return Letter(on_one_line(subject), re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n")


class _Courier:
    """One connection to the mail server for several mails, opened anew where it is lost."""

    def __enter__(self) -> _Courier:
        self._connection = get_connection()
        self._alive = self._open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._close()

    def deliver(self, message: EmailMessage) -> str:
        """Hand over `message`. Gives "" once the server has it, else the kind of the trouble."""
        if not self._alive:
            return "no mail server"
        try:
            self._connection.send_messages([message])
        except (SMTPException, OSError, ValueError) as error:
            if isinstance(error, OSError) and not _still_speaks(error):
                self._close()
                self._alive = self._open()
            return type(error).__name__
        return ""

    def _open(self) -> bool:
        try:
            self._connection.open()
        except (SMTPException, OSError) as error:
            logger.warning("The mail server cannot be reached: %s", type(error).__name__)
            return False
        return True

    def _close(self) -> None:
        try:
            self._connection.close()
        except (SMTPException, OSError):
            logger.info("The mail server hung up first.")


def _still_speaks(error: OSError) -> bool:
    """Whether the server refused this one mail and waits for the next. (SMTPException is an OSError.)"""
    return isinstance(error, SMTPException) and not isinstance(error, SMTPServerDisconnected)
