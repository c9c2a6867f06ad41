"""The workbook: of a bank for two partners, what each organisation picked to be asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alliances.models import Participant, Record


class Selection(Record):
    """The questions of one bank that one organisation picked. What both partners picked is asked (HW)."""

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="selections"
    )
    bank_code = models.SlugField(_("question bank"), max_length=60)
    codes = models.JSONField(
        _("picked"),
        default=list,
        blank=True,
        help_text=_("Codes of questions, in the bank’s order."),
    )

    class Meta:
        verbose_name = _("selection of questions")
        verbose_name_plural = _("selections of questions")
        ordering = ["participant__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "bank_code"], name="selection_once_a_bank"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.bank_code}"

    @property
    def alliance_id(self) -> int:
        return self.participant.alliance_id
