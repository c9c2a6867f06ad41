"""The charter on paper: the exact text to sign by hand, and the certificate of who has signed.

Both show what was frozen at circulation and nothing else; a draft is shown as it would be frozen
now, and says on every page that it is none to sign.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alliances.models import CharterVersion
from alliances.services.charter.life import preview
from alliances.services.charter.signing import Standing, standing_of
from alliances.services.charter.text import (
    Block,
    digest_groups,
    digest_of,
    language_of,
    read_text,
    rule_in_words,
    sorted_names,
)
from alliances.services.charter.verification import Verification, verify_charter
from alliances.services.counts import first_capital, in_words, labelled, listed
from alliances.services.figures import NO_BREAK, dated, day
from alliances.services.locks import locked_alliance

from .figures import local, writable
from .page_words import page_words
from .pdf import paper

Status = CharterVersion.Status

STYLES = ("tokens.css", "report_charter.css")
# No word is so long. What is, takes the line breaker a time that grows with its square, so it is
# told where it may break: at a mark that nobody sees.
UNBROKEN = re.compile(r"\S{200,}")
STRETCH = re.compile(r"(?s).{1,30}[\u0300-\u036f\u200d]{0,20}")
BREAK = "\u200b"

SEAL_GROUPS = 2
"""So much of a seal is printed: enough to tell two apart."""
FAULTS = 20
"""So many faults are printed, and then how many more there are."""


@dataclass(frozen=True)
class CharterPaper:
    """A version to sign by hand. `warning` stands on every page where it is none to sign; `groups`
    is the SHA-256 of the text that is printed, and empty for a draft."""

    title: str
    subtitle: str
    running: str
    number: int
    standing: str
    warning: str
    blocks: list[Block]
    groups: list[str]
    parties: list[str]


@dataclass(frozen=True)
class Line:
    """A signature as the certificate prints it."""

    organisation: str
    name: str
    position: str
    moment: str
    seal: str


@dataclass(frozen=True)
class Certificate:
    """Who signed which text, and whether that is enough. With `faults` it is no certificate."""

    title: str
    charter: str
    headline: str
    made: str
    number: int
    groups: list[str]
    circulated: str
    rule: str
    met: str
    signatures: list[Line]
    missing: list[str]
    away: list[str]
    checked: str
    faults: list[str]
    more_faults: int
    verify_url: str

    @property
    def is_void(self) -> bool:
        return bool(self.faults)


def render_charter(*, version: CharterVersion) -> bytes:
    """The version as the bytes of a PDF: its exact text and, where it can be signed, a place for each
    party to do so, all in the language of its text. The same version in the same state gives the same
    bytes."""
    language = language_of(version)
    with translation.override(language):
        charter, words = charter_paper(version), _page_words()
    return paper(
        "reports/charter.html",
        {"charter": charter, "language": language, "page_words": words},
        language=language,
        made=version.ended_at or version.circulated_at or _last_change(version),
        styles=STYLES,
    ).content


def render_certificate(
    *, version: CharterVersion, verify_url: str, at: datetime | None = None
) -> bytes:
    """Who had signed the circulated `version` at the moment `at` (now), as the bytes of a PDF.

    `verify_url` is the absolute address of the page that works everything out anew.
    """
    made = at or timezone.now()
    language = get_language() or settings.LANGUAGE_CODE
    certificate = certificate_of(version, verify_url=verify_url, at=made)
    return paper(
        "reports/charter_certificate.html",
        {"certificate": certificate, "language": language, "page_words": _page_words()},
        language=language,
        made=made,
        styles=STYLES,
    ).content


def charter_paper(version: CharterVersion) -> CharterPaper:
    """What the paper of `version` says."""
    if version.status == Status.DRAFT:
        frozen = preview(version=version)
        text, digest, names = frozen.text, "", [party.name for party in frozen.parties]
    else:
        text, digest = version.text, digest_of(version.text)
        names = list(version.parties.values_list("name", flat=True))
    read = read_text(writable(text), version.language)
    warning = _warning(version, digest)
    return CharterPaper(
        title=read.title,
        subtitle=read.subtitle,
        running=_running(read.title, version.number),
        number=version.number,
        standing=_standing(version, len(names)),
        warning=warning,
        blocks=[
            replace(block, paragraphs=[_breakable(paragraph) for paragraph in block.paragraphs])
            for block in read.blocks
        ],
        groups=digest_groups(digest),
        parties=[] if warning else [writable(name) for name in sorted_names(names)],
    )


def certificate_of(version: CharterVersion, *, verify_url: str, at: datetime) -> Certificate:
    """What the certificate of the circulated `version` says at the moment `at`.

    Signatures and verification are read at one moment, so that nobody signs between them.
    """
    with transaction.atomic():
        alliance = locked_alliance(version.alliance_id)
        current = alliance.charter_versions.get(pk=version.pk)
        current.alliance = alliance
        found = verify_charter(alliance=alliance)
        standing = standing_of(version=current)
        seals = dict(current.signatures.values_list("number", "seal"))
    faults = [writable(fault) for fault in _faults(found, current.number)]
    charter = writable(read_text(current.text, current.language).title)
    headline = _headline(current, standing, bool(faults))
    return Certificate(
        title=f"{headline} {charter}",
        charter=charter,
        headline=headline,
        made=_moment(at),
        number=current.number,
        groups=digest_groups(digest_of(current.text)),
        circulated=_moment(current.circulated_at),
        rule=rule_in_words(current, standing.parties),
        met=_met(current, standing),
        signatures=[
            Line(
                organisation=writable(one.organisation),
                name=writable(one.name),
                position=writable(one.position),
                moment=_moment(one.at),
                seal=" ".join(digest_groups(writable(seals[one.number]))[:SEAL_GROUPS]),
            )
            for one in standing.signed
        ],
        missing=[writable(one.organisation) for one in standing.missing if not one.is_away],
        away=[writable(one.organisation) for one in standing.missing if one.is_away],
        checked=_checked(found),
        faults=faults[:FAULTS],
        more_faults=max(len(faults) - FAULTS, 0),
        verify_url=verify_url,
    )


def _page_words() -> tuple[str, str, str]:
    return page_words(_("%(page)s of %(pages)s"))


def _breakable(text: str) -> str:
    """`text` with places to break in what would be a line of its own for pages."""
    return UNBROKEN.sub(lambda run: BREAK.join(STRETCH.findall(run[0])), text)


def _running(title: str, number: int) -> str:
    return _("%(title)s, version %(number)d") % {"title": title, "number": number}


def _warning(version: CharterVersion, digest: str) -> str:
    """Why nobody is to sign this paper; "" where one may."""
    if version.status == Status.DRAFT:
        return _("Draft, not for signing")
    if digest != version.digest:
        return _("Changed since it was circulated, not for signing")
    if version.status == Status.WITHDRAWN:
        return _("Withdrawn, not for signing")
    if version.status == Status.AMENDED:
        return _("Replaced by a later version, not for signing")
    return ""


def _standing(version: CharterVersion, parties: int) -> str:
    """Where the version stands, in a sentence or two."""
    if version.status == Status.DRAFT:
        return _("As it stood on %(day)s.") % {"day": _day(_last_change(version))}
    said = ngettext(
        "Circulated on %(day)s to %(count)s party.",
        "Circulated on %(day)s to %(count)s parties.",
        parties,
    ) % {"day": _day(version.circulated_at), "count": in_words(parties)}
    if version.ratified_at:
        said += " " + _("Ratified on %(day)s.") % {"day": _day(version.ratified_at)}
    if version.ended_at and version.status == Status.WITHDRAWN:
        said += " " + _("Withdrawn on %(day)s.") % {"day": _day(version.ended_at)}
    elif version.ended_at:
        said += " " + _("Replaced on %(day)s.") % {"day": _day(version.ended_at)}
    return said


def _last_change(version: CharterVersion) -> datetime:
    """When somebody last changed the version or one of its sections."""
    return max([version.changed_at, *version.sections.values_list("changed_at", flat=True)])


def _headline(version: CharterVersion, standing: Standing, has_faults: bool) -> str:
    number = {"number": version.number}
    if has_faults:
        return _("This is no certificate: version %(number)d does not stand the check.") % number
    counts = number | {
        "signed": in_words(standing.count),
        "all": in_words(standing.parties),
    }
    if standing.count:
        signed = ngettext(
            "%(signed)s of %(all)s parties has signed it.",
            "%(signed)s of %(all)s parties have signed it.",
            standing.count,
        )
    else:
        signed = _("None of %(all)s parties have signed it.")
    signed = first_capital(signed % counts)
    said = {
        Status.CIRCULATED: _("Version %(number)d is not ratified yet."),
        Status.RATIFIED: _("Version %(number)d is ratified."),
        Status.WITHDRAWN: _("Version %(number)d was withdrawn."),
        Status.AMENDED: _("Version %(number)d was ratified, and has been replaced."),
    }[Status(version.status)] % number
    if standing.is_whole:
        signed = _("Every party has signed it.")
    return f"{said} {signed}"


def _met(version: CharterVersion, standing: Standing) -> str:
    """Whether the rule for ratifying is met, and since when."""
    if version.ratified_at:
        return _("Met on %(moment)s.") % {"moment": _moment(version.ratified_at)}
    more = ngettext(
        "Not met: %(count)s more signature is needed.",
        "Not met: %(count)s more signatures are needed.",
        standing.still_needed,
    ) % {"count": in_words(standing.still_needed)}
    if version.status == Status.WITHDRAWN:
        return _("Not met when it was withdrawn on %(day)s.") % {"day": _day(version.ended_at)}
    return more


def _faults(found: Verification, number: int) -> list[str]:
    """What does not fit, this version's first; others say which version they are about."""
    ordered = sorted(found.faults, key=lambda fault: (fault.version != number, fault.version or 0))
    said = []
    for fault in ordered:
        where = []
        if fault.version not in (number, None):
            where.append(_("Version %(number)d") % {"number": fault.version})
        if fault.signature is not None:
            where.append(_("signature %(number)d") % {"number": fault.signature})
        said.append(
            labelled(first_capital(listed(where)), fault.message) if where else fault.message
        )
    return said


def _checked(found: Verification) -> str:
    """What was worked out anew when the page was made."""
    versions, signatures = len(found.versions), found.signatures
    return _("%(versions)s and %(signatures)s") % {
        "versions": ngettext("%(count)s version", "%(count)s versions", versions)
        % {"count": in_words(versions)},
        "signatures": ngettext("%(count)s signature", "%(count)s signatures", signatures)
        % {"count": in_words(signatures)},
    }


def _day(moment: datetime | None) -> str:
    return day(local(moment)) if moment else ""


def _moment(moment: datetime | None) -> str:
    """ "4 May 2026, 10:30 UTC", in the installation's time zone."""
    if moment is None:
        return _("at no moment on record")
    here = local(moment)
    zone, offset = here.tzname() or "", here.strftime("%z")
    if offset != "+0000":
        ahead = f"UTC{offset[:3]}:{offset[3:]}"
        zone = f"{zone} ({ahead})" if zone.isalpha() else ahead
    return NO_BREAK.join([dated(here, "DATETIME_FORMAT"), *zone.split()])
