"""A person signs for their organisation, on exactly the text that they were shown.

Who signs, who revises and who circulates take the alliance's row first: one of them is earlier,
and the later one finds what the earlier left.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import (
    CharterParty,
    CharterVersion,
    Membership,
    Participant,
    Signature,
    User,
)
from alliances.models.audit import Action
from alliances.services.audit.writing import record, thing_of
from alliances.services.charter.life import ratify_if_met
from alliances.services.charter.mail import mail_signed
from alliances.services.charter.seals import seal_of_signature, seal_version
from alliances.services.charter.text import clear_line, digest_of, signatures_needed
from alliances.services.locks import locked_alliance
from alliances.services.post import Posted
from alliances.services.texts import one_line, same_key

Status = CharterVersion.Status

SIGNABLE = (Status.CIRCULATED, Status.RATIFIED)
NAME_LIMIT = 150
POSITION_LIMIT = 120


@dataclass(frozen=True)
class Signed:
    """Who signed, for whom, when; names are those of that moment."""

    number: int
    organisation: str
    name: str
    position: str
    at: dt.datetime


@dataclass(frozen=True)
class Missing:
    """A party that has not signed; `is_away` where it has declined or left since, and cannot."""

    organisation: str
    is_away: bool


@dataclass(frozen=True)
class Standing:
    """Who has signed a version and who has not. `needed` signatures of `parties` ratify it."""

    signed: list[Signed]
    missing: list[Missing]
    needed: int
    parties: int

    @property
    def count(self) -> int:
        return len(self.signed)

    @property
    def still_needed(self) -> int:
        """How many more signatures ratify it; 0 where there are enough."""
        return max(self.needed - len(self.signed), 0)

    @property
    def waiting(self) -> list[Missing]:
        """Those that have not signed and still can."""
        return [one for one in self.missing if not one.is_away]

    @property
    def is_anybody_away(self) -> bool:
        """Whether one has not signed and cannot any more."""
        return len(self.waiting) < len(self.missing)

    @property
    def is_whole(self) -> bool:
        """Whether every party has signed."""
        return bool(self.signed) and not self.missing

    @property
    def is_stuck(self) -> bool:
        """Whether those who may still sign are too few to ratify it."""
        return self.still_needed > len(self.waiting)


@dataclass(frozen=True)
class Pen:
    """Whether somebody may sign a version, and for whom.

    `participant` is the organisation that they would sign for, and `organisation` what the text
    calls it, whatever it is called by now; None where `why_not` says, in a sentence, why they
    cannot. `own` is their organisation's signature where it has signed.
    """

    participant: Participant | None = None
    organisation: str = ""
    why_not: str = ""
    own: Signature | None = None


class AnotherOrganisation(Refused):
    """Who signs belongs to another organisation by now than the one that they were shown."""


@dataclass(frozen=True)
class SignatureGiven:
    """The signature, and what came of the mails about it; None where none were to be sent."""

    signature: Signature
    posted: Posted | None


def sign(
    *,
    version: CharterVersion,
    user: User,
    digest: str,
    name: str,
    position: str = "",
    participant: int | None = None,
    at: dt.datetime | None = None,
    page_url: str = "",
) -> SignatureGiven:
    """`user` signs `version` for the organisation that they belong to.

    `digest` is the SHA-256 of the text that they were shown, and `participant` the key of the
    organisation for which it was shown to them (the one that they belong to, unless said). Where
    the version's rule is met by it, the version is ratified in the same moment. With `page_url`, the
    absolute address of the version's page, mails go out after all is stored: to the signer and the
    organisation's other people, and to everybody with access where the version came into force;
    where mail fails, the signature stays.

    Raises AnotherOrganisation where they belong to another organisation by now, or to none, and
    Refused where the text is another, the version takes no signatures, or this person or
    organisation may not sign or has signed.
    """
    with transaction.atomic():
        alliance = locked_alliance(version.alliance_id)
        current = alliance.charter_versions.filter(pk=version.pk).first()
        if current is None:
            raise Refused(_("This version has been removed meanwhile. Nothing is signed."))
        _refuse_unless_signable(current)
        _refuse_unless_shown(current, digest)
        _refuse_unless_theirs(current, user, participant)
        full_name = clear_line(one_line(name, what=_("Your name"), limit=NAME_LIMIT, required=True))
        office = clear_line(one_line(position, what=_("Your position"), limit=POSITION_LIMIT))
        pen = pen_of(version=current, user=user)
        if pen.participant is None:
            raise Refused(pen.why_not)
        last = current.signatures.order_by("-number").first()
        signature = Signature(
            version=current,
            participant=pen.participant,
            user=user,
            account=user.pk,
            number=last.number + 1 if last else 1,
            organisation=pen.organisation,
            name=full_name,
            position=office,
            digest=current.digest,
            signed_at=at or timezone.now(),
        )
        signature.seal = seal_of_signature(signature, last.seal if last else "")
        signature.save(force_insert=True)
        record(
            action=Action.CHARTER_SIGNED,
            alliance=alliance.pk,
            thing=thing_of(current),
            details={"organisation": signature.organisation},
            by=user,
        )
        brings_in_force = ratify_if_met(current, signature.signed_at)
        seal_version(current)
        if brings_in_force:
            record(
                action=Action.CHARTER_RATIFIED,
                alliance=alliance.pk,
                thing=thing_of(current),
                by=user,
            )
    if not page_url:
        return SignatureGiven(signature, None)
    posted = mail_signed(signature=signature, brings_in_force=brings_in_force, page_url=page_url)
    return SignatureGiven(signature, posted)


def pen_of(*, version: CharterVersion, user: User) -> Pen:
    """Whether `user` may sign `version`, leaving aside whether it takes signatures at all."""
    membership = (
        Membership.objects.select_related("participant")
        .filter(alliance=version.alliance_id, user=user)
        .first()
    )
    participant = membership.participant if membership else None
    if participant is None:
        return Pen(
            why_not=_(
                "You belong to no organisation of this alliance, and one signs for an organisation. "
                "A convener can change that under “Who has access”."
            )
        )
    named = {"organisation": participant.name}
    party = CharterParty.objects.filter(version=version, participant=participant).first()
    if party is None:
        return Pen(
            why_not=_(
                "%(organisation)s is not a party to this version: it had not accepted when the text "
                "was fixed. The next version can name it."
            )
            % named
        )
    signed = version.signatures.filter(participant=participant).first()
    if signed is not None:
        return Pen(
            why_not=_("%(person)s has signed for %(organisation)s already. It is signed once.")
            % (named | {"person": signed.name}),
            own=signed,
        )
    if participant.status != Participant.Status.ACCEPTED:
        return Pen(
            why_not=_(
                "%(organisation)s does not take part any more: its status is “%(status)s”. A convener "
                "can change that on the people page."
            )
            % (named | {"status": participant.get_status_display()})
        )
    if version.signatures.filter(account=user.pk).exists():
        return Pen(
            why_not=_(
                "You have signed this version already, for another organisation. One person signs "
                "once."
            )
        )
    return Pen(participant=participant, organisation=party.name)


def standing_of(*, version: CharterVersion) -> Standing:
    """Who has signed `version`, first to last, and which parties have not, by name. Two queries."""
    signatures = list(version.signatures.order_by("number"))
    parties = sorted(
        version.parties.select_related("participant"), key=lambda one: (same_key(one.name), one.pk)
    )
    signed = {signature.participant_id for signature in signatures}
    return Standing(
        signed=[
            Signed(one.number, one.organisation, one.name, one.position, one.signed_at)
            for one in signatures
        ],
        missing=[
            Missing(party.name, party.participant.status != Participant.Status.ACCEPTED)
            for party in parties
            if party.participant_id not in signed
        ],
        needed=signatures_needed(version, len(parties)),
        parties=len(parties),
    )


def _refuse_unless_signable(version: CharterVersion) -> None:
    if version.status in SIGNABLE:
        return
    said = {
        Status.DRAFT: _("Version %(number)d is still being written. Nothing is signed."),
        Status.WITHDRAWN: _(
            "Version %(number)d has been withdrawn. Nothing is signed. Read the version that takes "
            "its place before you sign that."
        ),
        Status.AMENDED: _(
            "Version %(number)d has been replaced by a later one. Nothing is signed. Read that one "
            "before you sign it."
        ),
    }[Status(version.status)]
    raise Refused(said % {"number": version.number})


def _refuse_unless_theirs(version: CharterVersion, user: User, shown: int | None) -> None:
    """Holds the account's place in the alliance until the transaction ends: whoever moves it comes
    before or after."""
    membership = (
        Membership.objects.select_for_update()
        .filter(alliance=version.alliance_id, user=user)
        .first()
    )
    now = membership.participant if membership else None
    if shown is None or shown == (now.pk if now else None):
        return
    party = version.parties.filter(participant=shown).first()
    if party is None:
        said = _("The page that you sent does not say for whom you sign. Nothing is signed yet.")
    elif now is None:
        said = _(
            "You were to sign for %(shown)s, but you do not speak for it any more. Nothing is signed. "
            "If that is wrong, ask a convener."
        )
    else:
        said = _(
            "You were to sign for %(shown)s, but you do not speak for it any more. You speak for "
            "%(now)s now. Nothing is signed. If that is wrong, ask a convener before you sign."
        )
    raise AnotherOrganisation(said % {"shown": party.name if party else "", "now": now or ""})


def _refuse_unless_shown(version: CharterVersion, digest: str) -> None:
    if digest_of(version.text) != version.digest:
        raise Refused(
            _(
                "The stored text does not fit its own SHA-256: somebody changed it past Northbound. "
                "Nothing is signed. Tell the convener, who can see more under “Check the charter”."
            )
        )
    if digest != version.digest:
        raise Refused(
            _(
                "The text has changed since you opened it. Nothing is signed. Read the new text below "
                "before you sign it."
            )
        )
