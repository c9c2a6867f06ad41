"""Where reading starts: from the user, by way of the alliances that user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Q, Value, When

from alliances.models import Alliance

if TYPE_CHECKING:
    from alliances.models import User


class BankQuerySet(models.QuerySet[Any]):
    """Question banks: those of all, and those of one alliance alone."""

    def shared(self) -> BankQuerySet:
        """Those that any alliance may ask. An alliance's own holds its own words, and is for nobody
        else to read: curators included."""
        return self.filter(alliance__isnull=True)

    def curated_by(self, user: User | AnonymousUser) -> BankQuerySet:
        """The shared ones for an admin, and for who has the permission to change banks."""
        if not user.is_authenticated or not user.has_perm("assessments.change_bank"):
            return self.none()
        return self.shared()


# As Bank.judges_alliance says it.
JUDGES = Q(bank__reading={}, bank__subject="alliance")


class RoundQuerySet(models.QuerySet[Any]):
    """Rounds as seen by somebody with an account. (Respondents come by their links.)"""

    def visible_to(self, user: User | AnonymousUser) -> RoundQuerySet:
        """Rounds of the alliances that `user` belongs to; those about one person only where `user`
        convenes."""
        return self.filter(
            Q(about_name="") | Q(alliance__in=Alliance.objects.convened_by(user)),
            alliance__in=Alliance.objects.visible_to(user),
        )

    def judging(self) -> RoundQuerySet:
        """Rounds of banks that tell whether an alliance is ready (`Bank.judges_alliance`)."""
        return self.filter(JUDGES)

    def judging_first(self) -> RoundQuerySet:
        """Those about the alliance: of `judging` before the others, each the newest first."""
        judges = Case(When(JUDGES, then=Value(0)), default=Value(1))
        return self.filter(about_name="").order_by(judges, "-opened_at", "-pk")

    def convened_by(self, user: User | AnonymousUser) -> RoundQuerySet:
        """Rounds of the alliances that `user` convenes."""
        return self.filter(alliance__in=Alliance.objects.convened_by(user))
