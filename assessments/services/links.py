"""Personal links: how a respondent, who has no account, is known.

A link's token is 256 random bits and stands in a mail alone. Two one-way values are made of it:

- the *hash*, kept with the invitation, tells whether the link was ever sent, and to whom;
- the *pseudonym*, kept with the response, finds the answers that were given by it.

Neither leads to the other. Who holds the database but no token cannot tell which response an
invitation led to; who holds the token finds both.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.services.figures import dated
from assessments.models import Invitation, InvitationLink, Response, Round


class LinkUnknown(Refused):
    """No such link was ever sent, or it belongs to another round."""


class LinkEnded(Refused):
    """The link was good once: it was replaced, used up by another, or its round is over."""


@dataclass(frozen=True)
class Visit:
    """Somebody who came by a good link.

    `response` is None until they begin. `sent_in` says that it can be read and no longer changed.
    """

    invitation: Invitation
    response: Response | None

    @property
    def round(self) -> Round:
        return self.invitation.round

    @property
    def sent_in(self) -> bool:
        return self.response is not None and self.response.submitted

    @property
    def has_result(self) -> bool:
        """Whether the round was about this person, and its result is there for them to read."""
        return self.invitation.of_oneself and not self.round.is_open

    @property
    def begun_elsewhere(self) -> bool:
        """Whether the person has begun by another link, so that this one begins anew."""
        return self.response is None and self.invitation.progress == Invitation.Progress.BEGUN


def new_token() -> str:
    """A token that nobody guesses: 43 characters, safe in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of `token` with an invitation: 64 hexadecimal digits."""
    return _one_way("northbound.link/1", token)


def pseudonym(token: str) -> str:
    """What is kept of `token` with a response: 64 hexadecimal digits, unrelated to its hash."""
    return _one_way("northbound.response/1", token)


def _one_way(purpose: str, token: str) -> str:
    return hashlib.sha256(f"{purpose}:{token}".encode("utf-8", "replace")).hexdigest()


def issue_links(*, invitations: Iterable[Invitation]) -> dict[int, str]:
    """Make one new link for each of `invitations`; older ones stay good.

    Gives the tokens by the invitations' keys. They exist nowhere else: whoever calls this hands
    them to the mail, and forgets them.
    """
    tokens = {invitation.pk: new_token() for invitation in invitations}
    today = timezone.localdate()
    InvitationLink.objects.bulk_create(
        InvitationLink(invitation_id=key, token_hash=token_hash(token), sent_on=today)
        for key, token in tokens.items()
    )
    return tokens


def own_invitation(*, round_id: int, email: str) -> Invitation:
    """What the round asks of whoever has this address. Raises LinkUnknown where it asks nobody of that
    address, LinkEnded where no answers are taken."""
    invitation = (
        Invitation.objects.select_related("round")
        .filter(round_id=round_id, email__iexact=email)
        .exclude(email="")
        .first()
    )
    if invitation is None:
        raise unknown_link()
    refuse_if_over(invitation)
    return invitation


def own_link(*, round_id: int, email: str) -> str:
    """A new link of whoever in the round has this address, for a page instead of a mail; its token.

    For somebody who is logged in, and whose address is proven theirs: an account is known by the same
    address that a link is mailed to. Raises as `own_invitation` does.
    """
    invitation = own_invitation(round_id=round_id, email=email)
    return issue_links(invitations=[invitation])[invitation.pk]


def withdraw_links(*, tokens: Iterable[str]) -> None:
    """Forget links whose mail never left."""
    InvitationLink.objects.filter(token_hash__in=[token_hash(token) for token in tokens]).delete()


def is_good(token: str) -> bool:
    """Whether the link was sent and not replaced since. One query.

    Who asks while they hold the invitation's lock can rely on it: links are revoked under it.
    """
    return InvitationLink.objects.filter(token_hash=token_hash(token), revoked=False).exists()


def lock_thread(*, token: str, round_id: int) -> tuple[Round, Invitation, Response] | None:
    """Round, invitation and response of the link with `token`, locked until the transaction ends; None where
    one is missing, or the link is good no more. Whoever locks several of them locks in this order. Four
    queries."""
    round_ = Round.objects.select_for_update(no_key=True).filter(pk=round_id).first()
    # The usual order joins the roster, and the filter the links: neither is to be held as well.
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(round_id=round_id, links__token_hash=token_hash(token))
        .order_by("pk")
        .first()
    )
    response = (
        Response.objects.select_for_update()
        .filter(round_id=round_id, pseudonym=pseudonym(token))
        .first()
    )
    if round_ is None or invitation is None or response is None or not is_good(token):
        return None
    return round_, invitation, response


def is_answerable(round_: Round) -> bool:
    """Whether answers are taken: the round is open, and its last day is not over."""
    return round_.is_open and timezone.localdate() <= round_.closes_on


def find_visit(*, token: str, round_id: int | None = None) -> Visit:
    """Who came by the link with `token`. Two queries.

    With `round_id` the link must belong to that round. Raises LinkUnknown, or LinkEnded where the
    link leads nowhere any more; answers that were sent in can be read for ever, and so can the result
    of a round about this person.
    """
    link = (
        InvitationLink.objects.select_related(
            "invitation__round__alliance", "invitation__round__bank", "invitation__organisation"
        )
        .filter(token_hash=token_hash(token))
        .first()
    )
    if link is None and round_id is None:
        raise LinkUnknown(
            _("This link is not known here."),
            [
                _("Open the link in your invitation once more, whole, as it stands in the mail."),
                _("If that leads here again, ask the convener for a new one."),
                _("Links to rounds that were over long ago are deleted, with what was answered."),
            ],
        )
    if link is None or (round_id is not None and link.invitation.round_id != round_id):
        raise unknown_link()
    if link.revoked:
        raise LinkEnded(
            _("This link was replaced by a newer one."),
            [_("Use the link in the latest mail that you had, or ask the convener for a new one.")],
        )
    invitation = link.invitation
    response = Response.objects.filter(
        pseudonym=pseudonym(token), round_id=invitation.round_id
    ).first()
    visit = Visit(invitation, response)
    if not visit.sent_in and not visit.has_result:
        refuse_if_over(invitation)
    return visit


def refuse_if_over(invitation: Invitation) -> None:
    """Raise LinkEnded where `invitation` was answered already or its round takes no answers."""
    if invitation.progress == Invitation.Progress.ANSWERED:
        raise LinkEnded(
            _("You have sent in your answers already."),
            [
                _(
                    "They came by another of your links, or you have deleted them. To read them, open "
                    "the link by which you answered, or this page in that browser."
                )
            ],
        )
    round_ = invitation.round
    if is_answerable(round_):
        return
    if round_.closed_at is None:
        last_day = round_.closes_on
    else:
        last_day = min(round_.closes_on, timezone.localdate(round_.closed_at))
    raise LinkEnded(
        _("This link ended on %(day)s.") % {"day": dated(last_day)},
        [
            _(
                "The round takes no more answers. The next one comes with a new link; the convener "
                "can tell you when."
            )
        ],
    )


def unknown_link() -> LinkUnknown:
    """The refusal for whoever comes without a link that was ever sent."""
    return LinkUnknown(
        _("This browser does not hold your link."),
        [
            _("Open the link in your invitation once more. What you have saved is kept."),
            _("If that leads here again, ask the convener for a new one."),
        ],
    )


@transaction.atomic
def begin(*, token: str) -> Visit:
    """Begin, or go on, by the link with `token`: makes the response and marks the invitation.

    Changes nothing where the answers were sent in. Raises LinkUnknown or LinkEnded.
    """
    visit = find_visit(token=token)
    if visit.sent_in or visit.has_result:
        return visit
    # Round, invitation, response: whoever locks several of them locks in this order. `no_key`
    # leaves the row open to those who merely refer to it.
    round_ = (
        Round.objects.select_for_update(of=("self",), no_key=True)
        .select_related("alliance", "bank")
        .get(pk=visit.round.pk)
    )
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=visit.invitation.pk)
    )
    invitation.round = round_
    if not is_good(token):
        # Replaced while this waited for the lock: the first look was too early.
        find_visit(token=token)
        raise unknown_link()
    refuse_if_over(invitation)
    if invitation.progress == Invitation.Progress.INVITED:
        invitation.progress = Invitation.Progress.BEGUN
        invitation.save(update_fields=["progress"])
    response, _made = Response.objects.get_or_create(
        pseudonym=pseudonym(token),
        defaults={
            "round": invitation.round,
            "organisation": invitation.organisation,
            "of_oneself": invitation.of_oneself,
        },
    )
    return Visit(invitation, response)
