"""Mail about the charter: a version is circulated, signed, in force; and a reminder to those who have
not signed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import (
    CharterVersion,
    Membership,
    Participant,
    Signature,
    User,
)
from alliances.models.audit import Action
from alliances.services.audit.writing import record, thing_of
from alliances.services.charter.text import digest_groups
from alliances.services.figures import dated
from alliances.services.post import (
    Addressee,
    Letter,
    Posted,
    conveners_of,
    letter_from,
    named,
    on_one_line,
    people_of,
    post,
)
from alliances.services.texts import same_key


@dataclass(frozen=True)
class Unsigned:
    """A party that has not signed: its people with an account, and whether it can still sign."""

    organisation: str
    people: list[User]
    is_away: bool


def mail_circulated(*, version: CharterVersion, page_url: str) -> Posted:
    """Tells the people of the parties and the conveners that `version` can be read and signed."""
    parties = version.parties.values("participant")
    memberships = _memberships(version).filter(
        Q(participant__in=parties) | Q(role=Membership.Role.CONVENER)
    )
    letters: list[tuple[Addressee, Letter]] = [
        (one.user, letter("circulated", version=version, membership=one, page_url=page_url))
        for one in memberships
    ]
    return _post(version, letters, conveners_of(version.alliance_id))


def remind(*, version: CharterVersion, page_url: str) -> Posted:
    """Reminds the people of the parties that have not signed `version`.

    `page_url` is the absolute address of its page. Raises Refused where it takes no signatures, or
    nobody is there to be reminded.
    """
    current = CharterVersion.objects.select_related("alliance").get(pk=version.pk)
    if current.status not in (CharterVersion.Status.CIRCULATED, CharterVersion.Status.RATIFIED):
        raise Refused(
            _("Version %(number)d takes no signatures. Nobody is reminded.")
            % {"number": current.number}
        )
    waiting = unsigned(version=current)
    people = {user.pk for one in waiting if not one.is_away for user in one.people}
    if not people:
        raise Refused(_("Nobody who has an account here still has to sign. Nobody is reminded."))
    # Before the mails: a server that dies between has told too much, never too little.
    record(
        action=Action.CHARTER_REMINDED,
        alliance=current.alliance_id,
        thing=thing_of(current),
    )
    letters: list[tuple[Addressee, Letter]] = [
        (one.user, letter("reminder", version=current, membership=one, page_url=page_url))
        for one in _memberships(current).filter(user__in=people)
    ]
    return _post(current, letters, conveners_of(current.alliance_id))


def mail_signed(*, signature: Signature, brings_in_force: bool, page_url: str) -> Posted:
    """Tells that `signature` was given: its signer, and the organisation's other people.

    Where it brought its version into force, everybody with access to the alliance is told that too,
    in a mail of its own. `page_url` is the absolute address of the version's page.
    """
    version = CharterVersion.objects.select_related("alliance").get(pk=signature.version_id)
    conveners = conveners_of(version.alliance_id)
    signer = signature.user
    letters: list[tuple[Addressee, Letter]] = []
    if signer is not None:
        told = [signer, *people_of(signature.participant, but=signer)]
        # Whoever signed is not who says whether they might.
        asked = [one for one in conveners if one != signer] or conveners
        common = {
            "version": version,
            "alliance": on_one_line(version.alliance.name),
            "organisation": on_one_line(signature.organisation),
            "signer": on_one_line(signature.name),
            "position": on_one_line(signature.position),
            "account": signer.email,
            "at": _moment(signature.signed_at),
            "digest": _digest(signature.digest),
            "in_force": brings_in_force,
            "conveners": [named(one) for one in asked],
            "page_url": page_url,
        }
        for person in told:
            context = common | {"name": on_one_line(person.name), "is_signer": person is signer}
            letters.append((person, letter_from("charter_signed", context, to=person)))
    if brings_in_force:
        letters += _in_force_letters(version, page_url)
    return _post(version, letters, conveners)


def unsigned(*, version: CharterVersion) -> list[Unsigned]:
    """The parties that have not signed `version`, by name, with whom a reminder would reach."""
    parties = version.parties.exclude(
        participant__in=version.signatures.values("participant")
    ).select_related("participant")
    people: dict[int, list[User]] = {}
    for membership in _memberships(version).filter(participant__isnull=False):
        people.setdefault(membership.participant_id or 0, []).append(membership.user)
    return [
        Unsigned(
            organisation=party.name,
            people=people.get(party.participant_id, []),
            is_away=party.participant.status != Participant.Status.ACCEPTED,
        )
        for party in sorted(parties, key=lambda one: (same_key(one.name), one.pk))
    ]


def letter(
    kind: str, *, version: CharterVersion, membership: Membership | None, page_url: str
) -> Letter:
    """The mail of this kind ("circulated" or "reminder") to the person of `membership`.

    Without one it is a sample, with places left for the names.
    """
    context = {
        "version": version,
        "alliance": version.alliance.name,
        "name": membership.user.name if membership else _("[name]"),
        "organisation": membership.participant if membership else _("[organisation]"),
        "page_url": page_url,
    }
    return letter_from(f"charter_{kind}", context, to=membership.user if membership else None)


def _memberships(version: CharterVersion) -> QuerySet[Membership]:
    """Who has access to the version's alliance, by an account that is not switched off."""
    return (
        Membership.objects.filter(alliance=version.alliance_id, user__is_active=True)
        .select_related("user", "participant")
        .order_by("pk")
    )


def _in_force_letters(version: CharterVersion, page_url: str) -> list[tuple[Addressee, Letter]]:
    """To everybody with access: the version is in force. Whose organisation may still sign, reads so."""
    signed = set(version.signatures.values_list("participant_id", flat=True))
    parties = set(version.parties.values_list("participant_id", flat=True))
    before = (
        CharterVersion.objects.filter(
            alliance=version.alliance_id,
            status=CharterVersion.Status.AMENDED,
            number__lt=version.number,
        )
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    common = {
        "version": version,
        "alliance": on_one_line(version.alliance.name),
        "at": _moment(version.ratified_at),
        "signed": len(signed),
        "parties": len(parties),
        "before": before,
        "digest": _digest(version.digest),
        "page_url": page_url,
    }
    letters: list[tuple[Addressee, Letter]] = []
    for one in _memberships(version):
        own = one.participant
        may_sign = (
            own is not None
            and own.pk in parties - signed
            and own.status == Participant.Status.ACCEPTED
        )
        context = common | {
            "name": on_one_line(one.user.name),
            "unsigned": on_one_line(own.name) if own is not None and may_sign else "",
        }
        letters.append((one.user, letter_from("charter_in_force", context, to=one.user)))
    return letters


def _moment_dated(at: dt.datetime | None) -> str:
    """A moment as a mail says it, such as 3 May 2026, 10:30 UTC."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{dated(local, 'DATETIME_FORMAT')} {local.tzname()}".replace("\u00a0", " ")


# Said in the language of the mail, once that is written.
_moment = lazy(_moment_dated, str)


def _digest(digest: str) -> str:
    """A digest in its groups, four a line."""
    groups = digest_groups(digest)
    return "\n".join(" ".join(groups[start : start + 4]) for start in range(0, len(groups), 4))


def _post(
    version: CharterVersion,
    letters: Sequence[tuple[Addressee, Letter]],
    conveners: Sequence[User],
) -> Posted:
    """Sends each their letter; an answer reaches the conveners."""
    return post(letters, replies=conveners, about=f"charter version {version.pk}")
