"""Where reading starts: from the user. What a user may not see does not exist."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models


class AllianceQuerySet(models.QuerySet[Any]):
    """Alliances as seen by somebody."""

    def visible_to(self, user: AbstractUser | AnonymousUser) -> AllianceQuerySet:
        """Those that `user` belongs to, as convener or member; all of them for an admin."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(memberships__user=user)

    def convened_by(self, user: AbstractUser | AnonymousUser) -> AllianceQuerySet:
        """Those that `user` convenes; all of them for an admin."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(memberships__user=user, memberships__role="convener")
