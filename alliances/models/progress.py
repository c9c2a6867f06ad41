"""What goes into the alliance, what it costs, what each expects of it, and how it is measured."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.models.people import Participant
from alliances.models.record import Record


class Contribution(Record):
    """What a participant pledged (VA, C). What came of it, its receipts say.

    Money and things in kind are counted in the alliance's currency, time in days; influence is not
    counted.
    """

    class Kind(models.TextChoices):
        MONEY = "money", _("Money")
        TIME = "time", _("Time")
        IN_KIND = "in-kind", _("In kind")
        INFLUENCE = "influence", _("Influence")

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="contributions"
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    what = models.CharField(_("what"), max_length=200)
    amount = models.DecimalField(
        _("how much"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text=_(
            "Money, and what things in kind are worth, in the alliance’s currency; time in days."
        ),
    )
    pledged_on = models.DateField(_("pledged on"))
    due_on = models.DateField(_("due by"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=5000, blank=True)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["participant__name", "pledged_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["money", "time", "in-kind", "influence"]),
                name="contribution_kind_known",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="contribution_is_named"),
            models.CheckConstraint(
                condition=Q(kind="influence", amount__isnull=True)
                | (~Q(kind="influence") & Q(amount__isnull=False, amount__gt=0)),
                name="contribution_is_counted_but_influence",
                violation_error_message=_(
                    "Give the amount: in the alliance’s currency, time in days. "
                    "Influence alone is not counted."
                ),
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("pledged_on")),
                name="contribution_due_after_the_pledge",
                violation_error_message=_("It cannot be due before it was pledged."),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def alliance_id(self) -> int:
        return self.participant.alliance_id


class Receipt(Record):
    """Something of a contribution that arrived, in the unit of the contribution."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="receipts"
    )
    on = models.DateField(_("received on"))
    amount = models.DecimalField(
        _("how much"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="receipt_is_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution}, {self.on}"

    @property
    def alliance_id(self) -> int:
        return self.contribution.alliance_id


class RunningCost(Record):
    """What it costs to run the alliance: a sum for a stretch of time (C)."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="running_costs")
    what = models.CharField(_("what"), max_length=200)
    amount = models.DecimalField(
        _("amount"),
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text=_("For the whole stretch of time, in the alliance’s currency."),
    )
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))

    class Meta:
        verbose_name = _("running cost")
        verbose_name_plural = _("running costs")
        ordering = ["begins_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="running_cost_is_named"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="running_cost_is_something"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="running_cost_ends_after_it_begins",
                violation_error_message=_("The cost ends before it begins. Check the two dates."),
            ),
        ]

    def __str__(self) -> str:
        return self.what


class ExpectedValue(Record):
    """A kind of value, beyond sales and cost, that a participant expects (K: thirteen kinds)."""

    class Kind(models.TextChoices):
        MARKET_SHARE = "market-share", _("Market share")
        NEW_MARKETS = "new-markets", _("New markets")
        MARKET_DEVELOPMENT = "market-development", _("Market development")
        TIME_TO_MARKET = "time-to-market", _("Time to market")
        PROCESS_INNOVATION = "process-innovation", _("Better processes")
        LEARNING = "learning", _("Learning")
        CAPABILITIES = "capabilities", _("New capabilities")
        LESS_THREAT = "less-threat", _("Less threat from competitors")
        SHARED_RISK = "shared-risk", _("Shared risk")
        PORTFOLIO = "portfolio", _("Broader portfolio")
        BRAND = "brand", _("Brand")
        SATISFACTION = "satisfaction", _("Satisfied customers")
        OPTIONS = "options", _("Strategic options")

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="expected_values"
    )
    kind = models.CharField(_("kind of value"), max_length=18, choices=Kind)
    note = models.CharField(_("how it would show"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("value expected")
        verbose_name_plural = _("values expected")
        ordering = ["participant__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "kind"], name="expected_value_once_a_participant"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "market-share",
                        "new-markets",
                        "market-development",
                        "time-to-market",
                        "process-innovation",
                        "learning",
                        "capabilities",
                        "less-threat",
                        "shared-risk",
                        "portfolio",
                        "brand",
                        "satisfaction",
                        "options",
                    ]
                ),
                name="expected_value_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.kind}"

    @property
    def alliance_id(self) -> int:
        return self.participant.alliance_id


class Metric(Record):
    """What is measured: means lead, such as the speed of decisions; ends follow (HW)."""

    class Kind(models.TextChoices):
        MEANS = "means", _("Means: shows early how you work together")
        ENDS = "ends", _("Ends: what it is all for")

    class Better(models.TextChoices):
        HIGHER = "higher", _("Higher is better")
        LOWER = "lower", _("Lower is better")

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="metrics")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    name = models.CharField(_("what is measured"), max_length=200)
    unit = models.CharField(
        _("unit"), max_length=40, blank=True, help_text=_("Such as days, %, calls a month.")
    )
    better = models.CharField(
        _("which way is better"), max_length=6, choices=Better, default=Better.HIGHER
    )
    # SQLite keeps 15 digits exactly, and no more.
    target = models.DecimalField(
        _("target"), max_digits=15, decimal_places=3, null=True, blank=True
    )
    due_on = models.DateField(_("to be reached by"), null=True, blank=True)
    note = models.TextField(_("how it is measured"), max_length=5000, blank=True)

    class Meta:
        verbose_name = _("metric")
        verbose_name_plural = _("metrics")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["means", "ends"]), name="metric_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(better__in=["higher", "lower"]), name="metric_better_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="metric_is_named"),
        ]

    def __str__(self) -> str:
        return self.name


class Reading(Record):
    """What a metric read on a day."""

    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="readings")
    on = models.DateField(_("read on"))
    value = models.DecimalField(_("value"), max_digits=15, decimal_places=3)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "on"],
                name="reading_once_a_day",
                violation_error_message=_(
                    "There is a reading of this day already. Change it there."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric}, {self.on}"

    @property
    def alliance_id(self) -> int:
        return self.metric.alliance_id
