"""A charter's life: what a draft would freeze, its circulation, its ratification, the next version.

draft → circulated → ratified → amended by a later one; circulated → withdrawn. None goes back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import (
    Alliance,
    CharterParty,
    CharterSection,
    CharterVersion,
    Participant,
    User,
)
from alliances.models.audit import Action
from alliances.services.audit.writing import record, thing_of
from alliances.services.charter.draft import copy_sections, refuse_second_version_under_way
from alliances.services.charter.mail import mail_circulated
from alliances.services.charter.seals import seal_version
from alliances.services.charter.sections import SECTIONS, open_parts
from alliances.services.charter.text import (
    clear_line,
    compose,
    digest_of,
    language_of,
    signatures_needed,
)
from alliances.services.counts import labelled
from alliances.services.locks import locked_alliance
from alliances.services.post import Posted
from alliances.services.records import add_record, stamp

Status = CharterVersion.Status

FEWEST_PARTIES = 2


@dataclass(frozen=True)
class Gap:
    """A section with the parts of it that are needed and empty, by what they are called."""

    code: str
    title: str
    parts: list[str]


@dataclass(frozen=True)
class Preview:
    """What circulating a draft would freeze now: text, its SHA-256, parties, and what is open."""

    text: str
    digest: str
    parties: list[Participant]
    gaps: list[Gap]

    @property
    def is_too_few(self) -> bool:
        """Whether nobody is there yet with whom to agree."""
        return len(self.parties) < FEWEST_PARTIES


@dataclass(frozen=True)
class Circulated:
    """The version, and what came of the mails about it; None where none were to be sent."""

    version: CharterVersion
    posted: Posted | None


def preview(*, version: CharterVersion) -> Preview:
    """What circulating `version` would freeze now. Two queries, its alliance apart."""
    sections = list(version.sections.all())
    parties = list(
        Participant.objects.filter(alliance=version.alliance_id, status=Participant.Status.ACCEPTED)
    )
    text = compose(version=version, sections=sections, parties=[one.name for one in parties])
    return Preview(text, digest_of(text), parties, gaps_of(version, sections))


def gaps_of(version: CharterVersion, sections: Sequence[CharterSection]) -> list[Gap]:
    """Sections in which something is missing that the version's depth needs, in their order."""
    contents = {section.code: section.content for section in sections}
    found = []
    for section in SECTIONS:
        parts = open_parts(section.code, contents.get(section.code, {}), version.depth)
        if parts:
            found.append(Gap(section.code, str(section.title), [str(one.label) for one in parts]))
    return found


def circulate(
    *,
    version: CharterVersion,
    by: User | None,
    seen: str | None = None,
    despite_gaps: bool = False,
    at: dt.datetime | None = None,
    page_url: str = "",
) -> Circulated:
    """The draft is shown to everybody, and its text is frozen.

    Parties are the participants that have accepted by now. `seen` is the digest of the text that
    whoever circulates was shown; None where nobody was shown one. The text stays in the language
    that is active now. A version that was circulated
    before is withdrawn. With `page_url`, the absolute address of the version's page, the parties'
    people and the conveners get a mail, after all is stored; where mail fails, that stays.

    Raises Refused where it is no draft any more, the text or the parties have changed since they
    were seen, fewer than two have accepted, or, unless `despite_gaps`, something needed is missing.
    """
    with transaction.atomic():
        alliance = locked_alliance(version.alliance_id)
        current = _draft(alliance, version)
        frozen = preview(version=current)
        if seen is not None and seen != frozen.digest:
            raise Refused(
                _(
                    "The text or the parties have changed since you opened this page. Nothing is "
                    "circulated. Read the text below, as it stands now."
                )
            )
        if frozen.is_too_few:
            raise Refused(
                _(
                    "A charter needs two parties, and fewer than two participants have accepted. "
                    "Change their status on the people page first."
                )
            )
        if frozen.gaps and not despite_gaps:
            raise Refused(
                _("Something that a charter of this depth needs is still missing."),
                [labelled(gap.title, ", ".join(gap.parts)) for gap in frozen.gaps],
            )
        moment = at or timezone.now()
        for earlier in alliance.charter_versions.filter(status=Status.CIRCULATED):
            end(earlier, Status.WITHDRAWN, moment)
        CharterParty.objects.bulk_create(
            CharterParty(version=current, participant=one, name=clear_line(one.name))
            for one in frozen.parties
        )
        current.text, current.digest = frozen.text, frozen.digest
        current.language = language_of(current)
        current.status = Status.CIRCULATED
        current.circulated_at = moment
        stamp(current, by)
        seal_version(current)
        _record(Action.CHARTER_CIRCULATED, current, by)
    posted = mail_circulated(version=current, page_url=page_url) if page_url else None
    return Circulated(current, posted)


def ratify_if_met(version: CharterVersion, moment: dt.datetime) -> bool:
    """Whether `version` came into force by the signatures it has; its alliance is held.

    The version that was in force is amended at the same moment.
    """
    if version.status != Status.CIRCULATED:
        return False
    needed = signatures_needed(version, version.parties.count())
    if version.signatures.count() < needed:
        return False
    for before in CharterVersion.objects.filter(
        alliance=version.alliance_id, status=Status.RATIFIED
    ):
        end(before, Status.AMENDED, moment)
    version.status, version.ratified_at = Status.RATIFIED, moment
    return True


@transaction.atomic
def revise(*, version: CharterVersion, by: User | None) -> CharterVersion:
    """The next draft, with all that `version` says.

    A circulated version is withdrawn at the same moment, and its signatures count for nothing any
    more; a ratified one stays in force until the next is ratified. One that was withdrawn can be
    taken up again. Raises Refused where a version is under way besides.
    """
    alliance = locked_alliance(version.alliance_id)
    current = _stored(alliance, version)
    if current.status == Status.CIRCULATED:
        end(current, Status.WITHDRAWN, timezone.now())
    elif current.status == Status.AMENDED:
        raise Refused(
            _("Version %(number)d has been replaced by a later one. Revise that one.")
            % {"number": current.number}
        )
    refuse_second_version_under_way(alliance)
    last = alliance.charter_versions.aggregate(last=Max("number"))["last"]
    draft = add_record(
        model=CharterVersion,
        alliance=alliance,
        by=by,
        number=last + 1,
        depth=current.depth,
        ratify_by=current.ratify_by,
        ratify_share=current.ratify_share,
    )
    copy_sections(source=current, target=draft, by=by)
    return draft


def end(version: CharterVersion, status: str, moment: dt.datetime) -> None:
    """Stores that `version` is withdrawn or replaced from `moment` on; its alliance is held."""
    version.status, version.ended_at = status, moment
    seal_version(version)
    withdrawn = status == Status.WITHDRAWN
    _record(Action.CHARTER_WITHDRAWN if withdrawn else Action.CHARTER_AMENDED, version)


def _record(action: Action, version: CharterVersion, by: User | None = None) -> None:
    record(action=action, alliance=version.alliance_id, thing=thing_of(version), by=by)


def _stored(alliance: Alliance, version: CharterVersion) -> CharterVersion:
    current = alliance.charter_versions.filter(pk=version.pk).first()
    if current is None:
        raise Refused(
            _("Version %(number)d has been discarded meanwhile.") % {"number": version.number}
        )
    current.alliance = alliance
    return current


def _draft(alliance: Alliance, version: CharterVersion) -> CharterVersion:
    current = _stored(alliance, version)
    if current.status != Status.DRAFT:
        raise Refused(
            _("Version %(number)d has been circulated already, and its text is fixed.")
            % {"number": current.number}
        )
    return current
