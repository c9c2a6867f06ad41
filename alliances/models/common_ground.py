"""Common ground: the register, what parties know of each other, and how they see each other."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliances.models.alliance import Alliance
from alliances.models.people import Participant
from alliances.models.record import Record


class GroundItem(Record):
    """An assumption, a source or a standard that the alliance builds on, or argues about (VA)."""

    class Kind(models.TextChoices):
        ASSUMPTION = "assumption", _("Assumption: what is taken for granted")
        SOURCE = "source", _("Source: whose facts count")
        STANDARD = "standard", _("Standard: the right way to do a thing")

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="ground_items")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    text = models.CharField(
        _("what it says"),
        max_length=300,
        help_text=_("One claim that a party can agree with or not."),
    )
    note = models.TextField(
        _("where it comes from, and what hangs on it"), max_length=5000, blank=True
    )
    raised_by = models.ForeignKey(
        Participant,
        verbose_name=_("raised by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="ground_items_raised",
    )
    """The organisation of whoever added it; none where they belonged to none."""

    class Meta:
        verbose_name = _("item of the register")
        verbose_name_plural = _("items of the register")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["assumption", "source", "standard"]),
                name="ground_item_kind_known",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="ground_item_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class Position(Record):
    """Where a party stands on an item. A party without a row has not been asked."""

    class Stance(models.TextChoices):
        AGREE = "agree", _("Agrees")
        LIVE = "live", _("Can live with it")
        DISAGREE = "disagree", _("Disagrees")

    item = models.ForeignKey(GroundItem, on_delete=models.CASCADE, related_name="positions")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="positions")
    stance = models.CharField(pgettext_lazy("on an item", "position"), max_length=8, choices=Stance)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("on an item", "position")
        verbose_name_plural = _("positions")
        ordering = ["participant__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "participant"], name="position_once_a_party"),
            models.CheckConstraint(
                condition=Q(stance__in=["agree", "live", "disagree"]), name="position_stance_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.stance}"

    @property
    def alliance_id(self) -> int:
        return self.item.alliance_id


class Profile(Record):
    """What the others should know of an organisation before they work with it (C, HW)."""

    class Decides(models.TextChoices):
        CONSENT = "consent", _("By consent")
        TOP = "top", _("From the top")
        MIXED = "mixed", _("Some of both")

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="profile"
    )
    mandate = models.TextField(
        _("mandate"), max_length=5000, blank=True, help_text=_("What it is there to do.")
    )
    constituency = models.TextField(
        _("constituency"), max_length=5000, blank=True, help_text=_("To whom it answers.")
    )
    business_model = models.TextField(
        _("business model"), max_length=5000, blank=True, help_text=_("What it lives on.")
    )
    management = models.TextField(_("management structure"), max_length=5000, blank=True)
    decides = models.CharField(_("how it decides"), max_length=7, choices=Decides, blank=True)
    approvals = models.TextField(
        _("which approvals it needs"), max_length=5000, blank=True, help_text=_("And for what.")
    )
    committees = models.CharField(
        _("how often its committees meet"),
        max_length=200,
        blank=True,
        help_text=_("Such as: the board every quarter, the works council each month."),
    )
    communicates = models.TextField(
        _("how it communicates"),
        max_length=5000,
        blank=True,
        help_text=_("Inside and with partners: by whom, how often, in which form."),
    )

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        ordering = ["participant__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decides__in=["", "consent", "top", "mixed"]),
                name="profile_decides_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.participant)

    @property
    def alliance_id(self) -> int:
        return self.participant.alliance_id


class PairHistory(Record):
    """What two organisations have been through together."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="histories")
    first = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="histories_first")
    second = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="histories_second"
    )
    together = models.TextField(_("what they did together"), max_length=5000)
    worked = models.TextField(_("what worked"), max_length=5000, blank=True)
    hard = models.TextField(_("what was hard"), max_length=5000, blank=True)

    class Meta:
        verbose_name = _("history of two organisations")
        verbose_name_plural = _("histories of two organisations")
        ordering = ["first__name", "second__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="history_pair_in_one_order"
            ),
            models.UniqueConstraint(
                fields=["alliance", "first", "second"],
                name="history_once_a_pair",
                violation_error_message=_(
                    "The history of these two is on record already. Change it there."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"


class DifferencePair(models.Model):
    """Two parties who look at each other: both write, then both read, at the same moment."""

    alliance = models.ForeignKey(
        Alliance, on_delete=models.CASCADE, related_name="difference_pairs"
    )
    first = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="differences_first"
    )
    second = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="differences_second"
    )
    opened_at = models.DateTimeField(_("opened at"))
    revealed_at = models.DateTimeField(_("revealed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("pair that looks at its differences")
        verbose_name_plural = _("pairs that look at their differences")
        ordering = ["first__name", "second__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="difference_pair_in_one_order"
            ),
            models.UniqueConstraint(
                fields=["alliance", "first", "second"],
                name="difference_once_a_pair",
                violation_error_message=_("These two are at it already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"


class DifferenceView(Record):
    """How one party of a pair sees itself and the other; after both are revealed, the strengths."""

    pair = models.ForeignKey(DifferencePair, on_delete=models.CASCADE, related_name="views")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="difference_views"
    )
    itself = models.TextField(_("how we see ourselves"), max_length=5000)
    other = models.TextField(_("how we see them"), max_length=5000)
    own_strengths = models.TextField(_("our strengths in this"), max_length=5000, blank=True)
    other_strengths = models.TextField(_("their strengths in this"), max_length=5000, blank=True)

    class Meta:
        verbose_name = _("view of a pair")
        verbose_name_plural = _("views of a pair")
        ordering = ["pair", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "participant"], name="difference_view_once_a_party"
            ),
            models.CheckConstraint(
                condition=~Q(itself="") & ~Q(other=""), name="difference_view_is_whole"
            ),
        ]

    def __str__(self) -> str:
        return str(self.participant)

    @property
    def alliance_id(self) -> int:
        return self.pair.alliance_id
