"""Whether the audit log still is what was written: each chain walked from its first link to its last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from alliances.models.audit import AuditChain, AuditEntry
from alliances.services.audit.chain import BEGINNING, chain_of, digest_of

AT_A_TIME = 2000


@dataclass(frozen=True)
class Walked:
    """A chain as it was found: how many entries it has and the digest of the last, and what does not
    fit first; "" where all fits. `number` is the entry at which it does not; 0 for the head."""

    chain: str
    length: int
    digest: str
    fault: str = ""
    number: int = 0


def verify_audit(
    *, alliance: int | None = None, expected: Mapping[str, str] | None = None
) -> list[Walked]:
    """Every chain, or that of the alliance with this number alone, walked.

    `expected` holds digests that were noted elsewhere, by the code of the chain: each must be that of
    an entry which is still there. Changes nothing.
    """
    heads = {head.code: head for head in AuditChain.objects.order_by("code")}
    # Entries without a head, too: a head that was deleted hides nothing.
    codes = heads.keys() | set(
        AuditEntry.objects.order_by().values_list("chain", flat=True).distinct()
    )
    codes |= (expected or {}).keys()
    if alliance is not None:
        codes &= {chain_of(alliance)}
    return [_walked(code, heads.get(code), (expected or {}).get(code)) for code in sorted(codes)]


def fault_between(before: AuditEntry | None, entry: AuditEntry) -> str:
    """What does not fit between an entry and the one before it in its chain, or in it; "" where all
    does. `before` is None for the first."""
    number = before.number + 1 if before else 1
    if entry.number < number:
        return "its number stands there twice"
    if entry.number > number:
        missing = (
            f"number {number} is"
            if entry.number == number + 1
            else (f"numbers {number} to {entry.number - 1} are")
        )
        return f"{missing} missing before it"
    if digest_of(entry) != entry.digest:
        return "its content was changed: it does not fit its own digest"
    if entry.previous != (before.digest if before else BEGINNING):
        return "it does not hold on to the entry before: one of the two was put in another's place"
    return ""


def _walked(code: str, head: AuditChain | None, expected: str | None) -> Walked:
    """`head` was read before: of what is written meanwhile, it knows nothing yet."""
    before: AuditEntry | None = None
    noted = expected is None
    at_head = BEGINNING
    rows = _entries(code)
    while True:
        try:
            entry = next(rows, None)
            fault = fault_between(before, entry) if entry else ""
        except (TypeError, ValueError):
            # SQLite keeps any text in a column of numbers or moments.
            fault = "what is stored from here on cannot be read"
            number = before.number + 1 if before else 1
            return Walked(code, number - 1, _digest(before), fault, number)
        if entry is None:
            break
        if fault:
            return Walked(
                code, before.number if before else 0, _digest(before), fault, entry.number
            )
        noted = noted or entry.digest == expected
        if head is not None and entry.number == head.length:
            at_head = entry.digest
        before = entry
    length, digest = before.number if before else 0, _digest(before)
    fault = _fault_of_head(code, head, length, at_head)
    if not fault and not noted:
        fault = (
            f"no entry has the digest {expected} that you noted: entries were cut off or rewritten"
        )
    return Walked(code, length, digest, fault)


def _entries(code: str) -> Iterator[AuditEntry]:
    rows = AuditEntry.objects.filter(chain=code).order_by("number", "pk")
    return rows.iterator(chunk_size=AT_A_TIME)


def _digest(entry: AuditEntry | None) -> str:
    return entry.digest if entry else BEGINNING


def _fault_of_head(code: str, head: AuditChain | None, length: int, at_head: str) -> str:
    """`at_head` is the digest of the entry that is the last by the head."""
    if head is None:
        return "the chain has no head" if length else "there is no such chain"
    if head.length > length:
        return f"entries were cut off at its end: the head counts {head.length}, and {length} are there"
    if head.digest != at_head:
        return "the digest of the last entry is not the one that the head holds"
    if head.length < length:
        # Written while the chain was walked? Then the head has moved on with them.
        now = AuditChain.objects.filter(code=code).values_list("length", flat=True).first() or 0
        if now < length:
            return f"the head counts {now} entries, and {length} are there"
    return ""


def whole(entries: Sequence[AuditEntry]) -> bool:
    """Whether each of these, of one chain and in falling order, fits its own digest, and holds on to
    the one behind it where that is the one before it in the chain."""
    for place, entry in enumerate(entries):
        if digest_of(entry) != entry.digest:
            return False
        before = entries[place + 1] if place + 1 < len(entries) else None
        if before is not None and before.number == entry.number - 1:
            if entry.previous != before.digest:
                return False
        elif entry.number == 1 and entry.previous != BEGINNING:
            return False
    return True
