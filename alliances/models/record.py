"""What every record has in common: two people may edit it at once, and neither loses a word."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """Something the alliance keeps and may change.

    `edition` counts the changes. Whoever saves says which edition they began from; where another
    one is stored by then, they are told (`services.records.Overtaken`).
    """

    edition = models.PositiveIntegerField(_("edition"), default=1, editable=False)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True
