"""How a link of the audit log holds the one before: the digest of an entry, and what a chain is called.

docs/audit.md tells the same to whoever verifies a chain with tools of their own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from alliances.models.audit import AuditEntry

INSTALLATION = "installation"
"""The chain of all that belongs to no alliance: question banks, accounts, admins."""

BEGINNING = "0" * 64
"""What the first entry of a chain holds in place of a digest before it."""

PURPOSE = "northbound.audit/1\n"


def chain_of(alliance: int | None) -> str:
    """The code of the chain of the alliance with this number; of the installation's for None."""
    return INSTALLATION if alliance is None else f"alliance-{alliance}"


def alliance_of(chain: str) -> int | None:
    """The number of the alliance whose chain this is; None for any other."""
    found = re.fullmatch(r"alliance-([0-9]+)", chain)
    return int(found[1]) if found else None


def canonical(value: Mapping[str, Any]) -> str:
    """JSON in the one way in which digests are made: names sorted, no spaces, ASCII alone."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest_of(entry: AuditEntry) -> str:
    """SHA-256 over all that `entry` says, in hexadecimal digits."""
    return hashlib.sha256((PURPOSE + serialised(entry)).encode("ascii")).hexdigest()


def serialised(entry: AuditEntry) -> str:
    """All that `entry` says, but for its own digest."""
    return canonical(
        {
            "account": entry.account,
            "action": entry.action,
            "at": moment(entry.at),
            "chain": entry.chain,
            "details": entry.details,
            "kind": entry.kind,
            "label": entry.label,
            "number": entry.number,
            "previous": entry.previous,
            "thing": entry.thing,
            "who": entry.who,
        }
    )


def moment(at: dt.datetime | None) -> str:
    """A moment in UTC to the microsecond: "2026-03-02T09:30:00.000000Z"; "" where what is stored is none, as
    SQLite lets somebody write who has the database itself."""
    if at is None:
        return ""
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
