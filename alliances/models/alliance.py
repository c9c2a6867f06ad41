"""The alliance, and who may see it."""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from alliances.models.record import Record
from alliances.querysets import AllianceQuerySet


class Alliance(Record):
    """A formally organised group whose participants pursue one outcome that has value for all."""

    name = models.CharField(_("name"), max_length=120)
    summary = models.TextField(
        _("what it is about"),
        max_length=1000,
        blank=True,
        help_text=_("A sentence or two, as you would tell a newcomer."),
    )
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="EUR",
        validators=[RegexValidator("^[A-Z]{3}$", _("Write three capital letters, such as EUR."))],
        help_text=_("Three letters, such as EUR: contributions and costs are counted in it."),
    )

    objects = AllianceQuerySet.as_manager()

    class Meta:
        verbose_name = _("alliance")
        verbose_name_plural = _("alliances")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An account's place in one alliance: what it may see there and do.

    Who belongs to an organisation speaks for it. `bound_by` and `bound_at` tell who said so last,
    and when; they stay where somebody belongs to none any more.
    """

    class Role(models.TextChoices):
        CONVENER = "convener", _("Convener")
        MEMBER = "member", _("Member")

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    participant = models.ForeignKey(
        "alliances.Participant",
        verbose_name=_("organisation"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="memberships",
    )
    bound_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bound by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    bound_at = models.DateTimeField(_("bound at"), null=True, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "user"], name="one_membership_an_alliance"),
            models.CheckConstraint(
                condition=models.Q(role__in=["convener", "member"]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.alliance}"

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """With its entry in the audit log (`services/audit/accounts.py`), or not at all."""
        super().save(*args, **kwargs)
