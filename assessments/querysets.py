"""Where reading starts: from the user, by way of the alliances that user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import models

from alliances.models import Alliance

if TYPE_CHECKING:
    from alliances.models import User


class RoundQuerySet(models.QuerySet[Any]):
    """Rounds as seen by somebody with an account. (Respondents come by their links.)"""

    def visible_to(self, user: User | AnonymousUser) -> RoundQuerySet:
        """Rounds of the alliances that `user` belongs to."""
        return self.filter(alliance__in=Alliance.objects.visible_to(user))

    def convened_by(self, user: User | AnonymousUser) -> RoundQuerySet:
        """Rounds of the alliances that `user` convenes."""
        return self.filter(alliance__in=Alliance.objects.convened_by(user))
