"""Seals: what a row of the charter said when Northbound wrote it, under the server's own key.

Whoever changes such a row by hand has no key to make the seal that fits. A signature's seal holds
the seal of the one before it, and a version's holds the last one, so that none can be taken out or
put in unseen either. The ledger's holds those of all versions, so that neither can a whole version,
and no row alone is put back as it once stood. No seal knows what day it is: an older copy of the
rows, put back together with the ledger of that time, fits. What was sent and saved elsewhere shows it:
the mails at each signature, the files with their SHA-256, backups.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from alliances.models import CharterLedger, CharterParty, CharterVersion, Signature

SIGNATURE_SALT = "northbound.charter.signature"
VERSION_SALT = "northbound.charter.version"
LEDGER_SALT = "northbound.charter.ledger"


def seal_of_signature(signature: Signature, before: str, key: str | bytes | None = None) -> str:
    """The seal of `signature`, after one with the seal `before` ("" for the first).

    `key` is the server's secret key where it is None.
    """
    return _seal(
        SIGNATURE_SALT,
        {
            "version": signature.version_id,
            "number": signature.number,
            "digest": signature.digest,
            "participant": signature.participant_id,
            "organisation": signature.organisation,
            "name": signature.name,
            "position": signature.position,
            "account": signature.account,
            "signed_at": _moment(signature.signed_at),
            "before": before,
        },
        key,
    )


def seal_of_version(
    version: CharterVersion,
    parties: Sequence[CharterParty],
    signatures: Sequence[Signature],
    key: str | bytes | None = None,
) -> str:
    """The seal of a circulated version with its `parties`, and its `signatures` in their order."""
    return _seal(
        VERSION_SALT,
        {
            "version": version.pk,
            "alliance": version.alliance_id,
            "number": version.number,
            "status": version.status,
            "depth": version.depth,
            "ratify_by": version.ratify_by,
            "ratify_share": version.ratify_share,
            "reason": version.reason,
            "digest": version.digest,
            "circulated_at": _moment(version.circulated_at),
            "ratified_at": _moment(version.ratified_at),
            "ended_at": _moment(version.ended_at),
            "parties": sorted([party.participant_id, party.name] for party in parties),
            "signatures": len(signatures),
            "last": signatures[-1].seal if signatures else "",
        },
        key,
    )


def seal_of_ledger(
    alliance_id: int, versions: Sequence[CharterVersion], key: str | bytes | None = None
) -> str:
    """The seal over `versions`: those of an alliance that were circulated, in their order."""
    return _seal(
        LEDGER_SALT,
        {
            "alliance": alliance_id,
            "versions": [[version.pk, version.number, version.seal] for version in versions],
        },
        key,
    )


def signature_fits(signature: Signature, before: str) -> bool:
    """Whether the signature is as it was sealed, by the key of today or one before it."""
    return any(
        constant_time_compare(signature.seal, seal_of_signature(signature, before, key))
        for key in _keys()
    )


def version_fits(
    version: CharterVersion, parties: Sequence[CharterParty], signatures: Sequence[Signature]
) -> bool:
    """Whether the version stands as it was sealed, by the key of today or one before it."""
    return any(
        constant_time_compare(version.seal, seal_of_version(version, parties, signatures, key))
        for key in _keys()
    )


def ledger_fits(
    ledger: CharterLedger | None, alliance_id: int, versions: Sequence[CharterVersion]
) -> bool:
    """Whether `versions` are all that were circulated, each with the seal that was written last."""
    if ledger is None:
        return not versions
    return any(
        constant_time_compare(ledger.seal, seal_of_ledger(alliance_id, versions, key))
        for key in _keys()
    )


def seal_version(version: CharterVersion) -> None:
    """Stores `version` with the seal that fits it now, and the ledger's; its alliance is held."""
    version.seal = seal_of_version(
        version, list(version.parties.all()), list(version.signatures.order_by("number"))
    )
    version.save()
    circulated = CharterVersion.objects.filter(alliance=version.alliance_id).exclude(
        status=CharterVersion.Status.DRAFT
    )
    seal = seal_of_ledger(
        version.alliance_id, list(circulated.only("number", "seal").order_by("number"))
    )
    CharterLedger.objects.update_or_create(alliance_id=version.alliance_id, defaults={"seal": seal})


def _keys() -> list[str | bytes]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _seal(salt: str, said: dict[str, Any], key: str | bytes | None) -> str:
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return salted_hmac(salt, canonical, secret=key, algorithm="sha256").hexdigest()


def _moment(moment: dt.datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
