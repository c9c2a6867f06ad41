"""Whether the charter still is what was circulated and signed: all of it worked out anew.

It trusts no row: the text against its digest, the sections against the text, each signature
against text, parties and its seal, the numbers against each other, each version's status
against the signatures that are good, and all versions against the ledger. What may change later is left alone: names of the alliance, of
organisations and people are those of that moment, and their accounts may go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from alliances.models import (
    Alliance,
    CharterLedger,
    CharterParty,
    CharterSection,
    CharterVersion,
    Signature,
)
from alliances.services.charter.seals import ledger_fits, signature_fits, version_fits
from alliances.services.charter.text import (
    PARTIES,
    RATIFYING,
    compose,
    digest_groups,
    digest_of,
    read_text,
    signatures_needed,
)

Status = CharterVersion.Status


@dataclass(frozen=True)
class Fault:
    """What does not fit, in a sentence. `version` is its number, and `signature` the signature's
    number in it; None where it is not about one, but about all of the charter."""

    version: int | None
    signature: int | None
    message: str


@dataclass(frozen=True)
class Checked:
    """A version that was circulated once, how many signatures it has, and what does not fit."""

    version: CharterVersion
    signatures: int
    faults: list[Fault] = field(default_factory=list)

    @property
    def groups(self) -> list[str]:
        """The digest of the text that is stored now, in groups."""
        return digest_groups(digest_of(self.version.text))


@dataclass(frozen=True)
class Verification:
    """The versions that were circulated, by number, and what does not fit in all of the charter."""

    versions: list[Checked]
    faults: list[Fault]

    @property
    def signatures(self) -> int:
        return sum(one.signatures for one in self.versions)


def verify_charter(*, alliance: Alliance) -> Verification:
    """Works out the alliance's charter anew, in five queries. A draft has nothing to check yet but
    that it is one."""
    everything = list(
        alliance.charter_versions.order_by("number").prefetch_related(
            "sections", "parties", Prefetch("signatures", Signature.objects.order_by("number"))
        )
    )
    for version in everything:
        version.alliance = alliance
    faults = _gaps([version.number for version in everything])
    checked = []
    for version in everything:
        signatures = list(version.signatures.all())
        if version.status == Status.DRAFT:
            faults += _draft_faults(version, signatures)
            continue
        found = _version_faults(version, signatures, everything)
        checked.append(Checked(version, len(signatures), found))
        faults += found
    ledger = CharterLedger.objects.filter(alliance=alliance).first()
    if not ledger_fits(ledger, alliance.pk, [one.version for one in checked]):
        faults.append(
            Fault(
                None,
                None,
                _(
                    "The versions do not fit their ledger: one was taken out, or put back as it once "
                    "stood, past Northbound."
                ),
            )
        )
    return Verification(checked, faults)


def _gaps(numbers: Sequence[int]) -> list[Fault]:
    """Version numbers up to the last that no version has."""
    missing = set(range(1, max(numbers, default=0) + 1)).difference(numbers)
    return [
        Fault(number, None, _("There is no such version, though there are later ones."))
        for number in sorted(missing)
    ]


def _draft_faults(version: CharterVersion, signatures: list[Signature]) -> list[Fault]:
    """What a draft has that only circulation gives."""
    if not (version.seal or signatures or version.parties.all()):
        return []
    message = _("It counts as a draft, but it was circulated once, and a version never goes back.")
    return [Fault(version.number, None, message)]


def _version_faults(
    version: CharterVersion, signatures: list[Signature], everything: list[CharterVersion]
) -> list[Fault]:
    parties = list(version.parties.all())
    messages = _text_faults(version, list(version.sections.all()), parties)
    of_signatures, good = _signature_faults(version, signatures, parties)
    messages += _rule_faults(version, parties, good)
    messages += _moment_faults(version, everything)
    if not version_fits(version, parties, signatures):
        messages.append(
            _(
                "It does not fit its seal: its status, its dates, its parties or the number of its "
                "signatures were changed past Northbound."
            )
        )
    return [Fault(version.number, None, message) for message in messages] + of_signatures


def _text_faults(
    version: CharterVersion, sections: list[CharterSection], parties: list[CharterParty]
) -> list[str]:
    """What of the text does not fit its digest, or the rows that it was composed from."""
    found = []
    if digest_of(version.text) != version.digest:
        found.append(_("The text does not fit its SHA-256."))
    stored = read_text(version.text, version.language)
    anew = compose(
        version=version,
        sections=sections,
        parties=[party.name for party in parties],
        title=stored.title,
    )
    if anew == version.text:
        return found
    composed = read_text(anew, version.language)
    differing = []
    if stored.subtitle != composed.subtitle:
        differing.append(_("The number or the depth of the version is not the one in the text."))
    before = {block.heading: block for block in stored.blocks}
    after = {block.heading: block for block in composed.blocks}
    for heading in [*before, *(name for name in after if name not in before)]:
        if before.get(heading) == after.get(heading):
            continue
        block = before.get(heading) or after[heading]
        if block.code == PARTIES:
            differing.append(_("The parties on record are not those in the text."))
        elif block.code == RATIFYING:
            differing.append(_("The rule for ratifying is not the one in the text."))
        else:
            differing.append(
                _("The section “%(section)s” on record is not the one in the text.")
                % {"section": heading[:80]}
            )
    return found + (differing or [_("The sections on record do not make this text.")])


def _signature_faults(
    version: CharterVersion, signatures: list[Signature], parties: list[CharterParty]
) -> tuple[list[Fault], int]:
    """What does not fit of the signatures, and how many of them are good."""
    members = {party.participant_id for party in parties}
    digest = digest_of(version.text)
    found, good, before = [], 0, ""
    for number, signature in enumerate(signatures, start=1):
        messages = []
        if signature.number != number:
            messages.append(
                _("It should be number %(number)d: one before it is missing.") % {"number": number}
            )
        if signature.digest != digest:
            messages.append(_("It was given on another text than the one that stands there."))
        if signature.participant_id not in members:
            messages.append(
                _("%(organisation)s is not among the parties.")
                % {"organisation": signature.organisation}
            )
        if signature.user_id not in (None, signature.account):
            messages.append(_("It hangs on another account than the one that signed."))
        if not signature_fits(signature, before):
            messages.append(
                _(
                    "It does not fit its seal: its name, its organisation, its moment or its place "
                    "in the order was changed past Northbound."
                )
            )
        before = signature.seal
        good += not messages
        found += [Fault(version.number, signature.number, message) for message in messages]
    return found, good


def _rule_faults(version: CharterVersion, parties: list[CharterParty], good: int) -> list[str]:
    """Where the status does not follow from the signatures that are good."""
    needed = signatures_needed(version, len(parties))
    counts = {"good": good, "needed": needed, "parties": len(parties)}
    if version.ratified_at is not None and good < needed:
        return [
            _(
                "It counts as ratified, but has %(good)d good signatures, and its rule asks for "
                "%(needed)d of %(parties)d."
            )
            % counts
        ]
    if version.status == Status.CIRCULATED and good >= needed:
        return [
            _(
                "It has %(good)d good signatures, its rule asks for %(needed)d of %(parties)d, and it "
                "does not count as ratified."
            )
            % counts
        ]
    return []


def _moment_faults(version: CharterVersion, everything: list[CharterVersion]) -> list[str]:
    """Where a moment is missing, or stands where none can be."""
    found = []
    if version.circulated_at is None:
        found.append(_("It has no moment at which it was circulated."))
    is_ratified = version.status in (Status.RATIFIED, Status.AMENDED)
    if is_ratified and version.ratified_at is None:
        found.append(_("It has no moment at which it was ratified."))
    is_over = version.status in (Status.WITHDRAWN, Status.AMENDED)
    if is_over and version.ended_at is None:
        found.append(_("It has no moment at which it was withdrawn or replaced."))
    if not is_over and version.ended_at is not None:
        found.append(_("It stands, and yet has a moment at which it was withdrawn or replaced."))
    if version.status == Status.AMENDED and not any(
        other.number > version.number and other.ratified_at is not None for other in everything
    ):
        found.append(_("It counts as replaced, but no later version was ever ratified."))
    return found
