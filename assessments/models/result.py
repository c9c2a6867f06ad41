"""The published figures of a closed round, stored once. Every page and file reads this; none computes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.round import Round


class Result(models.Model):
    """What may be known of a round."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="result")
    scoring = models.CharField(_("scoring version"), max_length=10)
    document = models.JSONField(
        _("published result"), help_text=_("As docs/scoring.md says, schema northbound.result/1.")
    )
    comments = models.JSONField(
        _("published comments"),
        default=dict,
        blank=True,
        help_text=_("Element code to a list of {text, organisation or null}."),
    )
    digest = models.CharField(_("digest of the result"), max_length=71)
    responses_digest = models.CharField(
        _("digest of what it came from"),
        max_length=71,
        help_text=_("SHA-256 of bank, roster and answers as they were scored."),
    )

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")

    def __str__(self) -> str:
        return f"Result of {self.round}"
