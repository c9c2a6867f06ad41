"""How long one stays logged in, and whether it is long ago that one logged in.

No session says when it was used last: for a member that would be near the moment of an answer. So a
session ends by its age, and not by what is done in it.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.dispatch import receiver
from django.http import HttpRequest

from alliances.models import User
from assessments.permissions import may_curate_banks

SINCE = "northbound_since"
"""When this session was logged in to, in seconds since 1970."""
UNTIL = "northbound_until"
"""When it ends, whatever happens in it."""

OF_ADMINS = dt.timedelta(hours=12)
"""Who changes what others rely on logs in once a working day."""
OF_OTHERS = dt.timedelta(days=14)


class SessionStore(DatabaseStore):
    """Django's own in the database, of which none lasts longer than it was meant to when it began."""

    def get_expiry_date(self, **kwargs: Any) -> dt.datetime:
        date: dt.datetime = super().get_expiry_date(**kwargs)
        until = self.get(UNTIL)
        if until is None:
            return date
        return min(date, dt.datetime.fromtimestamp(until, tz=dt.UTC))


@receiver(user_logged_in)
def begin(request: HttpRequest, user: User, **_more: Any) -> None:
    """Whoever logs in, in whatever way."""
    is_trusted = user.is_staff or user.is_superuser or may_curate_banks(user)
    now = int(time.time())
    request.session[SINCE] = now
    request.session[UNTIL] = now + int((OF_ADMINS if is_trusted else OF_OTHERS).total_seconds())


def is_fresh(request: HttpRequest, seconds: int) -> bool:
    """Whether the person logged in to this session within the last `seconds`."""
    return time.time() - float(request.session.get(SINCE, 0)) < seconds
