"""Who is at work: whoever sent the request that is being answered, else the server's operator.

One place knows it (`config/acting.py` sets it for each request), so that no service can forget to
hand on who called it, and a command needs to say nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from alliances.models import User
from alliances.models.audit import AuditEntry

Asked = Callable[[], User | AnonymousUser]

_asked: ContextVar[Asked | None] = ContextVar("asked", default=None)


@dataclass(frozen=True)
class Actor:
    """Who did something: the kind, and the number of the account where it is one."""

    who: str
    account: int | None = None


OPERATOR = Actor(AuditEntry.Who.OPERATOR)


@contextmanager
def acting_for(user: Asked | None) -> Iterator[None]:
    """Within this, `user()` is at work; with None the server itself is.

    It is asked when something is recorded, and not before: most requests record nothing, and need
    no session read for it.
    """
    token = _asked.set(user)
    try:
        yield
    finally:
        _asked.reset(token)


def actor_of(by: User | None = None) -> Actor:
    """`by`, where one is given; else who is at work now."""
    if by is not None:
        return Actor(AuditEntry.Who.ACCOUNT, by.pk)
    asked = _asked.get()
    if asked is None:
        return OPERATOR
    user = asked()
    if user.is_authenticated:
        return Actor(AuditEntry.Who.ACCOUNT, user.pk)
    return Actor(AuditEntry.Who.VISITOR)
