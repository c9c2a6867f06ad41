"""How often a stranger may try, counted by the address they come from, over all processes of the server."""

from __future__ import annotations

from django.utils.crypto import salted_hmac


def unreadable_key(key: str, prefix: str, version: int) -> str:
    """`key` as the table of counts holds it: what is counted names addresses, and nobody who reads the
    table or its backup learns who came when."""
    whole = f"{prefix}:{version}:{key}"
    return salted_hmac("northbound.counted", whole, algorithm="sha256").hexdigest()
