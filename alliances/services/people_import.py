"""Many participants and their people at once, from a list: first seen, then stored, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from alliances.errors import Refused
from alliances.models import Alliance, Participant, Representative
from alliances.models.audit import Action
from alliances.services.audit.writing import record, thing_of
from alliances.services.locks import locked_alliance
from alliances.services.people import checked_participant, checked_representative
from alliances.services.people_text import (
    Problems,
    Row,
    in_every_language,
    plain,
    read_rows,
    words_for,
)
from alliances.services.texts import quotable, same_key

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

# What people write, parted by commas; pages name the first.
STATUSES = {
    Participant.Status.INVITED.value: pgettext_lazy("in a list", "invited"),
    Participant.Status.ACCEPTED.value: pgettext_lazy("in a list", "accepted"),
    Participant.Status.DECLINED.value: pgettext_lazy("in a list", "declined"),
    Participant.Status.LEFT.value: pgettext_lazy("in a list", "left"),
}
ROLES = {
    Representative.Role.CONVENER.value: pgettext_lazy("in a list", "convener"),
    Representative.Role.LEADER.value: pgettext_lazy("in a list", "leader"),
    Representative.Role.REPRESENTATIVE.value: pgettext_lazy("in a list", "representative"),
    Representative.Role.SPONSOR.value: pgettext_lazy("in a list", "sponsor"),
    Representative.Role.OBSERVER.value: pgettext_lazy("in a list", "observer"),
}


def languages() -> dict[str, StrOrPromise]:
    """The languages of the installation, by what they call themselves, what they are called in
    English and where the list is read, and their codes."""
    told = {code: translation.get_language_info(code) for code in dict(settings.LANGUAGES)}
    return {
        code: format_lazy(
            "{},{},{},{}",
            info["name_local"].capitalize(),
            info["name"],
            gettext_lazy(info["name"]),
            code,
        )
        for code, info in told.items()
    }


@dataclass(frozen=True)
class ListedPerson:
    """A person of the list, as they would be stored; `is_new` is False where they are there already."""

    line: int
    is_new: bool
    name: str
    email: str
    title: str
    role: str
    language: str = ""

    @property
    def role_label(self) -> str:
        return str(Representative.Role(self.role).label)


@dataclass
class ListedOrganisation:
    """An organisation of the list with its people; what is there already stays as it is."""

    line: int
    is_new: bool
    name: str
    interest: str
    status: str
    people: list[ListedPerson] = field(default_factory=list)
    # Which line said what, so that two lines that disagree can be named.
    said: dict[str, tuple[int, str]] = field(default_factory=dict)
    participant: Participant | None = None

    @property
    def status_label(self) -> str:
        return str(Participant.Status(self.status).label)


@dataclass(frozen=True)
class Plan:
    """What a list comes to."""

    organisations: list[ListedOrganisation]

    @property
    def new_organisations(self) -> int:
        return sum(organisation.is_new for organisation in self.organisations)

    @property
    def known_organisations(self) -> int:
        return len(self.organisations) - self.new_organisations

    @property
    def new_people(self) -> int:
        return sum(person.is_new for listed in self.organisations for person in listed.people)

    @property
    def known_people(self) -> int:
        return sum(len(listed.people) for listed in self.organisations) - self.new_people

    @property
    def adds_nothing(self) -> bool:
        return not self.new_organisations and not self.new_people


def preview_people(*, alliance: Alliance, text: str) -> Plan:
    """What `import_people` would do with this text now. Stores nothing.

    Raises Refused with a detail for each wrong line.
    """
    return _plan(alliance, read_rows(text))


@transaction.atomic
def import_people(*, alliance: Alliance, text: str) -> Plan:
    """Adds the organisations and people of the list that are not there yet; changes none that are.

    The same list a second time adds nothing. Raises Refused as `preview_people` does; then nothing
    is stored.
    """
    rows = read_rows(text)
    held = locked_alliance(alliance.pk)
    plan = _plan(held, rows)
    new = [listed for listed in plan.organisations if listed.is_new]
    for listed in new:
        listed.participant = Participant(
            alliance=held, name=listed.name, interest=listed.interest, status=listed.status
        )
    Participant.objects.bulk_create(
        [listed.participant for listed in new if listed.participant], batch_size=500
    )
    Representative.objects.bulk_create(
        [
            Representative(
                participant=listed.participant,
                name=person.name,
                email=person.email,
                title=person.title,
                role=person.role,
                language=person.language,
            )
            for listed in plan.organisations
            for person in listed.people
            if person.is_new
        ],
        batch_size=500,
    )
    if not plan.adds_nothing:
        record(
            action=Action.PEOPLE_IMPORTED,
            alliance=held.pk,
            thing=thing_of(held),
            details={"organisations": plan.new_organisations, "people": plan.new_people},
        )
    return plan


@dataclass(frozen=True)
class Meant:
    """What the words of a list mean, in every language of the installation."""

    statuses: Mapping[str, str]
    roles: Mapping[str, str]
    languages: Mapping[str, str]


def _plan(alliance: Alliance, rows: list[Row]) -> Plan:
    problems = Problems()
    meant = Meant(
        in_every_language(STATUSES), in_every_language(ROLES), in_every_language(languages())
    )
    participants = {same_key(known.name): known for known in alliance.participants.all()}
    emails = {
        same_key(known.email): known
        for known in Representative.objects.filter(participant__alliance=alliance).select_related(
            "participant"
        )
    }
    listed: dict[str, ListedOrganisation] = {}
    email_lines: dict[str, int] = {}
    for row in rows:
        try:
            organisation = _listed_organisation(row, meant, listed, participants)
        except Refused as refusal:
            problems.add(row.line, refusal.message)
            organisation = None
        try:
            person = _listed_person(row, meant, organisation, emails, email_lines)
        except Refused as refusal:
            problems.add(row.line, refusal.message)
            continue
        if person and organisation:
            organisation.people.append(person)
    problems.raise_if_any()
    return Plan(organisations=list(listed.values()))


def _listed_organisation(
    row: Row,
    meant: Meant,
    listed: dict[str, ListedOrganisation],
    participants: dict[str, Participant],
) -> ListedOrganisation:
    status = _choice(
        row.status,
        meant.statuses,
        STATUSES,
        _("“%(text)s” is no status. Write one of: %(allowed)s."),
    )
    fields = checked_participant({"name": row.organisation, "interest": row.interest})
    key = same_key(fields["name"])
    organisation = listed.get(key)
    if organisation is None:
        known = participants.get(key)
        organisation = listed[key] = ListedOrganisation(
            line=row.line,
            is_new=known is None,
            name=known.name if known else fields["name"],
            interest=known.interest if known else "",
            status=known.status if known else Participant.Status.INVITED,
            participant=known,
        )
    for what, value in (("interest", fields["interest"]), ("status", status)):
        if not value:
            continue
        line, earlier = organisation.said.setdefault(what, (row.line, value))
        if same_key(earlier) != same_key(value):
            values = {"name": organisation.name, "line": line}
            if what == "interest":
                said = _(
                    "the interest of %(name)s is “%(value)s” here and “%(earlier)s” on line %(line)d."
                )
                raise Refused(said % {**values, "value": value, "earlier": earlier})
            said = _(
                "the status of %(name)s is “%(value)s” here and “%(earlier)s” on line %(line)d."
            )
            here, there = (words_for(STATUSES[code])[0] for code in (value, earlier))
            raise Refused(said % {**values, "value": here, "earlier": there})
        if organisation.is_new:
            setattr(organisation, what, earlier)
    return organisation


def _listed_person(
    row: Row,
    meant: Meant,
    organisation: ListedOrganisation | None,
    emails: dict[str, Representative],
    email_lines: dict[str, int],
) -> ListedPerson | None:
    if not any((row.name, row.email, row.position, row.role, row.language)):
        return None
    role = _choice(
        row.role, meant.roles, ROLES, _("“%(text)s” is no role. Write one of: %(allowed)s.")
    )
    language = _choice(
        row.language,
        meant.languages,
        languages(),
        _("“%(text)s” is no language of this installation. Write one of: %(allowed)s."),
    )
    fields: dict[str, Any] = checked_representative(
        {
            "name": row.name,
            "email": row.email,
            "title": row.position,
            "role": role or Representative.Role.REPRESENTATIVE,
            "language": language,
        }
    )
    key = same_key(fields["email"])
    first = email_lines.setdefault(key, row.line)
    if first != row.line:
        raise Refused(
            _("%(email)s stands on line %(line)d already.")
            % {"email": fields["email"], "line": first}
        )
    known = emails.get(key)
    if known is None:
        return ListedPerson(line=row.line, is_new=True, **fields)
    if organisation is not None and known.participant != organisation.participant:
        raise Refused(
            _("%(email)s is there already, as %(person)s of %(organisation)s.")
            % {
                "email": known.email,
                "person": known.name,
                "organisation": known.participant.name,
            }
        )
    return ListedPerson(
        line=row.line,
        is_new=False,
        name=known.name,
        email=known.email,
        title=known.title,
        role=known.role,
        language=known.language,
    )


def _choice(
    text: str, words: Mapping[str, str], choices: Mapping[str, StrOrPromise], refusal: str
) -> str:
    """The value of `choices` that `text` means by `words`, in any capitals; empty stays empty."""
    if not text:
        return ""
    if value := words.get(plain(text)):
        return value
    allowed = ", ".join(words_for(message)[0] for message in choices.values())
    raise Refused(refusal % {"text": quotable(text), "allowed": allowed})
