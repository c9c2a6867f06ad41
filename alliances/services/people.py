"""Organisations come to the table, say what hurts, and send people.

What changes somebody's record takes `edition`, the one that the change began from (that of the
object which is given, unless said), and raises `Overtaken` where another is stored by now. `by` is
who did it, for those who are told. With `login_url`, an absolute address, whoever is taken off the
list, or gets another address there, is told by mail at the old one, after all is stored; where mail
fails, that stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypedDict, TypeVar, Unpack

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, Participant, Representative, User
from alliances.models.audit import Action
from alliances.services.access_mail import mail_unlisted
from alliances.services.audit.people import record_organisation, record_person
from alliances.services.leaving import address_leaves
from alliances.services.locks import (
    locked_alliance,
    locked_participant,
    locked_representative,
)
from alliances.services.post import Posted, everybody_of
from alliances.services.records import Overtaken, mark_of_columns, stamp
from alliances.services.removal import reason_to_keep
from alliances.services.texts import email_address, one_line, one_of, paragraphs, same_key

NAME_LIMIT = 120
INTEREST_LIMIT = 200
PAIN_LIMIT = 2000
TITLE_LIMIT = 120
OBSERVED_HOW_LIMIT = 1000
STRENGTHS = range(1, 11)
SEAT_COLUMNS = ("name", "interest", "status")
PAIN_COLUMNS = ("pain", "drive", "strength")
FEWEST_DAYS, MOST_DAYS = Decimal("0.5"), Decimal(31)

P = TypeVar("P", Participant, Representative)


class ParticipantFields(TypedDict, total=False):
    """What can be changed of a participant, its pain apart."""

    name: str
    interest: str
    status: str


class RepresentativeFields(TypedDict, total=False):
    """What can be changed of a representative."""

    name: str
    email: str
    title: str
    role: str
    language: str
    days_a_month: Decimal | None
    authoritative_claimed: bool
    authoritative_observed: str
    cognitive_claimed: bool
    cognitive_observed: str
    reputational_claimed: bool
    reputational_observed: str
    observed_how: str


@dataclass(frozen=True)
class RepresentativeChanged:
    """The person as stored now, and what came of the mail to the old address; None where none was to
    be sent."""

    representative: Representative
    told: Posted | None


@transaction.atomic
def add_participant(
    *,
    alliance: Alliance,
    name: str,
    interest: str = "",
    status: str = Participant.Status.INVITED,
    by: User | None = None,
) -> Participant:
    """An organisation takes a seat.

    `status` is a value of Participant.Status. Raises Refused where a text is wrong or an
    organisation of this name, in whatever capitals, has a seat already.
    """
    fields = checked_participant({"name": name, "interest": interest, "status": status})
    held = locked_alliance(alliance.pk)
    _refuse_name_taken(held, fields["name"])
    participant = Participant.objects.create(alliance=held, changed_by=by, **fields)
    record_organisation(Action.ORGANISATION_ADDED, participant, by)
    return participant


@transaction.atomic
def update_participant(
    *,
    participant: Participant,
    edition: int | None = None,
    mark: str = "",
    by: User | None = None,
    **changes: Unpack[ParticipantFields],
) -> Participant:
    """The participant with these changes; what is not named stays.

    Raises Overtaken, and Refused like `add_participant`.
    """
    fields = checked_participant(changes)
    current = _seat_begun_from(participant, edition, mark, SEAT_COLUMNS)
    if "name" in fields:
        _refuse_name_taken(current.alliance, fields["name"], but=current)
    return _changed(current, by, fields)


@transaction.atomic
def state_pain(
    *,
    participant: Participant,
    pain: str,
    drive: str,
    strength: int,
    edition: int | None = None,
    mark: str = "",
    by: User | None = None,
) -> Participant:
    """The participant's pain, whole: the problem, what drives it (Participant.Drive), how strong (1–10).

    Raises Overtaken, and Refused where one of the three is missing or wrong; then nothing is changed.
    """
    text = paragraphs(pain, what=_("The pain"), limit=PAIN_LIMIT, required=True)
    one_of(drive, Participant.Drive.values, what=_("The drive"))
    if isinstance(strength, bool) or strength not in STRENGTHS:
        raise Refused(_("The strength is a whole number from 1 to 10."))
    current = _seat_begun_from(participant, edition, mark, PAIN_COLUMNS)
    return _changed(current, by, {"pain": text, "drive": drive, "strength": strength})


@transaction.atomic
def withdraw_pain(
    *,
    participant: Participant,
    edition: int | None = None,
    mark: str = "",
    by: User | None = None,
) -> Participant:
    """The participant without a pain, as if it had never stated one. Raises Overtaken."""
    current = _seat_begun_from(participant, edition, mark, PAIN_COLUMNS)
    return _changed(current, by, {"pain": "", "drive": "", "strength": None})


def remove_participant(
    *, participant: Participant, by: User | None = None, login_url: str = ""
) -> Posted | None:
    """The participant and its people are gone; rounds that were held keep the name they froze.

    Gives what came of the mails to its accounts and its people; None where none were to be sent.
    Raises Refused where something that others count on is on record of it, such as receipts,
    attendance, or its name in a charter that was circulated (`services.removal`): that is kept.
    """
    with transaction.atomic():
        current = locked_participant(participant)
        if reason := reason_to_keep(current):
            raise Refused(reason)
        people = everybody_of(current)
        for email in current.representatives.values_list("email", flat=True):
            address_leaves.send(Participant, email=email, alliance=current.alliance)
        Participant.objects.filter(pk=current.pk).delete()
        record_organisation(Action.ORGANISATION_REMOVED, current, by)
    if not login_url:
        return None
    return mail_unlisted(
        people=people, organisation=current, by=by, login_url=login_url, is_removed=True
    )


@transaction.atomic
def add_representative(
    *,
    participant: Participant,
    name: str,
    email: str,
    title: str = "",
    role: str = Representative.Role.REPRESENTATIVE,
    language: str = "",
    days_a_month: Decimal | None = None,
    authoritative_claimed: bool = False,
    authoritative_observed: str = "",
    cognitive_claimed: bool = False,
    cognitive_observed: str = "",
    reputational_claimed: bool = False,
    reputational_observed: str = "",
    observed_how: str = "",
    by: User | None = None,
) -> Representative:
    """A person speaks for the participant.

    `role` is a value of Representative.Role, `…_observed` one of Representative.Observed;
    `language` is that of mails to them, "" for the installation's; `days_a_month`, 0.5 to 31, is what the employer pledged for this work. Raises Refused where a
    value is wrong or the e-mail address stands in the alliance already.
    """
    fields = checked_representative(
        {
            "name": name,
            "email": email,
            "title": title,
            "role": role,
            "language": language,
            "days_a_month": days_a_month,
            "authoritative_claimed": authoritative_claimed,
            "authoritative_observed": authoritative_observed,
            "cognitive_claimed": cognitive_claimed,
            "cognitive_observed": cognitive_observed,
            "reputational_claimed": reputational_claimed,
            "reputational_observed": reputational_observed,
            "observed_how": observed_how,
        }
    )
    current = locked_participant(participant)
    _refuse_email_taken(current.alliance, fields["email"])
    representative = Representative.objects.create(participant=current, changed_by=by, **fields)
    record_person(Action.PERSON_ADDED, representative, by)
    return representative


def update_representative(
    *,
    representative: Representative,
    edition: int | None = None,
    by: User | None = None,
    login_url: str = "",
    **changes: Unpack[RepresentativeFields],
) -> RepresentativeChanged:
    """The person with these changes; what is not named stays.

    Raises Overtaken, and Refused like `add_representative`.
    """
    fields = checked_representative(changes)
    with transaction.atomic():
        current = _begun_from(locked_representative(representative), representative, edition)
        if "email" in fields:
            _refuse_email_taken(current.participant.alliance, fields["email"], but=current)
        before = Representative(pk=current.pk, name=current.name, email=current.email)
        changed = _changed(current, by, fields)
    if not login_url or same_key(before.email) == same_key(changed.email):
        return RepresentativeChanged(changed, None)
    told = mail_unlisted(
        people=[before],
        organisation=changed.participant,
        by=by,
        login_url=login_url,
        now=changed,
    )
    return RepresentativeChanged(changed, told)


def remove_representative(
    *, representative: Representative, by: User | None = None, login_url: str = ""
) -> Posted | None:
    """The person is gone from the table, and from the lists of rounds that are closed; an account of
    theirs stays, and so does the invitation to a round that is open.

    Gives what came of the mail to them; None where none was to be sent.
    """
    with transaction.atomic():
        current = locked_representative(representative)
        alliance = current.participant.alliance
        address_leaves.send(Representative, email=current.email, alliance=alliance)
        Representative.objects.filter(pk=current.pk).delete()
        record_person(Action.PERSON_REMOVED, current, by)
    if not login_url:
        return None
    return mail_unlisted(
        people=[current], organisation=current.participant, by=by, login_url=login_url
    )


def checked_participant(fields: Mapping[str, Any]) -> dict[str, Any]:
    """`fields` (of ParticipantFields) as they may be stored. Raises Refused at the first wrong one."""
    checked = dict(fields)
    if "name" in checked:
        checked["name"] = one_line(
            checked["name"], what=_("The organisation"), limit=NAME_LIMIT, required=True
        )
    if "interest" in checked:
        checked["interest"] = one_line(
            checked["interest"], what=_("The interest"), limit=INTEREST_LIMIT
        )
    if "status" in checked:
        one_of(checked["status"], Participant.Status.values, what=_("The status"))
    return checked


def checked_representative(fields: Mapping[str, Any]) -> dict[str, Any]:
    """`fields` (of RepresentativeFields) as they may be stored. Raises Refused at the first wrong one."""
    checked = dict(fields)
    if "name" in checked:
        checked["name"] = one_line(
            checked["name"], what=_("The name"), limit=NAME_LIMIT, required=True
        )
    if "email" in checked:
        checked["email"] = email_address(checked["email"])
    if "title" in checked:
        checked["title"] = one_line(checked["title"], what=_("The position"), limit=TITLE_LIMIT)
    if "role" in checked:
        one_of(checked["role"], Representative.Role.values, what=_("The role"))
    if checked.get("language"):
        one_of(checked["language"], list(dict(settings.LANGUAGES)), what=_("The language of mails"))
    if checked.get("days_a_month") is not None:
        _refuse_impossible_days(checked["days_a_month"])
    for kind in Representative.KINDS:
        if f"{kind}_observed" in checked:
            one_of(
                checked[f"{kind}_observed"],
                Representative.Observed.values,
                what=_("What was observed"),
            )
    if "observed_how" in checked:
        checked["observed_how"] = paragraphs(
            checked["observed_how"], what=_("How it was observed"), limit=OBSERVED_HOW_LIMIT
        )
    return checked


def _begun_from(current: P, given: P, edition: int | None) -> P:
    """`current`, where it is the edition that the change began from. Raises Overtaken."""
    if current.edition != (given.edition if edition is None else edition):
        raise Overtaken(current)
    return current


def _seat_begun_from(
    given: Participant, edition: int | None, mark: str, columns: Sequence[str]
) -> Participant:
    """The participant as stored, held, where `columns` are what the change began from. Raises
    Overtaken."""
    current = locked_participant(given)
    began = given.edition if edition is None else edition
    if current.edition == began or (mark and mark == mark_of_columns(current, columns)):
        return current
    # Of several changes since, the last may have been one of the other columns.
    raise Overtaken(current, is_last=current.edition == began + 1)


def _changed(current: P, by: User | None, fields: Mapping[str, Any]) -> P:
    """`current` with `fields`, stored; a change that changes nothing is not counted as one."""
    changed = [name for name, value in fields.items() if getattr(current, name) != value]
    if not changed:
        return current
    for name, value in fields.items():
        setattr(current, name, value)
    stamp(current, by)
    current.save()
    if isinstance(current, Participant):
        record_organisation(Action.ORGANISATION_CHANGED, current, by, changed)
    else:
        record_person(Action.PERSON_CHANGED, current, by, changed)
    return current


def _refuse_impossible_days(days: Decimal) -> None:
    # One digit after the point is all that the column holds.
    if not FEWEST_DAYS <= days <= MOST_DAYS or days * 10 % 1:
        raise Refused(
            _("The days a month run from 0.5 to 31, with one digit after the point at most.")
        )


def _refuse_name_taken(alliance: Alliance, name: str, but: Participant | None = None) -> None:
    others = alliance.participants.all()
    if but:
        others = others.exclude(pk=but.pk)
    key = same_key(name)
    for other in others.values_list("name", flat=True):
        if same_key(other) == key:
            raise Refused(
                _("%(name)s is on the list already. Change it there, or choose another name.")
                % {"name": other}
            )


def _refuse_email_taken(alliance: Alliance, email: str, but: Representative | None = None) -> None:
    others = Representative.objects.filter(participant__alliance=alliance)
    if but:
        others = others.exclude(pk=but.pk)
    key = same_key(email)
    for address, person, organisation in others.values_list("email", "name", "participant__name"):
        if same_key(address) == key:
            raise Refused(
                _(
                    "%(email)s is on the list already, as %(person)s of %(organisation)s. "
                    "An address stands once in an alliance, so that one person answers once."
                )
                % {"email": address, "person": person, "organisation": organisation}
            )
