"""How the parties work together: the launch, who decides what, the rules, and their own houses."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.models.people import Participant
from alliances.models.record import Record

# What somebody pastes from a document of many pages fits into a note.
TEXT_LIMIT = 120_000


class LaunchStep(Record):
    """A step of the weeks after the decision to ally, in which the relationship is launched (HW)."""

    class Code(models.TextChoices):
        CHALLENGES = "challenges", _("Explore the challenges")
        DIFFERENCES = "differences", _("Examine the differences")
        PROTOCOLS = "protocols", _("Agree on protocols")
        DECISIONS = "decisions", _("Draw the decision map")
        MECHANISMS = "mechanisms", _("Set up day-to-day work")
        OWN = "own", _("A step of your own")

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="launch_steps")
    code = models.CharField(_("step"), max_length=11, choices=Code)
    title = models.CharField(
        _("what it is"), max_length=120, blank=True, help_text=_("For a step of your own.")
    )
    starts_on = models.DateField(_("begins on"), null=True, blank=True)
    due_on = models.DateField(_("to be done by"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    who = models.CharField(_("who sees to it"), max_length=200, blank=True)
    note = models.TextField(_("what came of it"), max_length=TEXT_LIMIT, blank=True)

    class Meta:
        verbose_name = _("step of the launch")
        verbose_name_plural = _("steps of the launch")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    code__in=[
                        "challenges",
                        "differences",
                        "protocols",
                        "decisions",
                        "mechanisms",
                        "own",
                    ]
                ),
                name="launch_step_code_known",
            ),
            models.UniqueConstraint(
                fields=["alliance", "code"],
                condition=~Q(code="own"),
                name="launch_step_once_an_alliance",
                violation_error_message=_("This step is on the track already. Change it there."),
            ),
            models.CheckConstraint(
                condition=~Q(code="own") | ~Q(title=""),
                name="launch_step_of_ones_own_has_a_title",
                violation_error_message=_("Say what the step is."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(due_on__gte=F("starts_on")),
                name="launch_step_ends_after_it_begins",
                violation_error_message=_("A step is done after it begins. Check the two dates."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_code_display()


class Decision(Record):
    """A decision that is likely to arise; who has which part in it, its parts say (HW)."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="decisions")
    what = models.CharField(_("the decision"), max_length=200)
    by_alliance = models.BooleanField(
        _("the alliance decides as a whole, by the charter’s method"), default=False
    )
    note = models.TextField(_("note"), max_length=TEXT_LIMIT, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="decision_is_named"),
        ]

    def __str__(self) -> str:
        return self.what


class DecisionPart(models.Model):
    """The part that a party has in a decision. A party without a row has none."""

    class Part(models.TextChoices):
        DECIDES = "decides", _("decides")
        APPROVES = "approves", _("must approve")
        CONSULTED = "consulted", _("is consulted")
        INFORMED = "informed", _("is informed")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="parts")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="decision_parts"
    )
    part = models.CharField(_("part"), max_length=9, choices=Part)

    class Meta:
        verbose_name = _("part in a decision")
        verbose_name_plural = _("parts in decisions")
        ordering = ["participant__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "participant"], name="decision_part_once_a_party"
            ),
            models.CheckConstraint(
                condition=Q(part__in=["decides", "approves", "consulted", "informed"]),
                name="decision_part_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} {self.part}"


class WorkingRule(Record):
    """Behaviour that the parties agreed on (HW)."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="working_rules")
    text = models.CharField(
        _("rule"),
        max_length=300,
        help_text=_("As something that one can see people do, or not do."),
    )
    example = models.TextField(_("what it means in practice"), max_length=TEXT_LIMIT, blank=True)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("working rule")
        verbose_name_plural = _("working rules")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="working_rule_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class InternalStakeholder(Record):
    """A unit in a participant's own house whose support it needs (HW).

    Of no concern to anybody but that participant: nobody else reads a row, the convener included.
    """

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("Supports it")
        UNDECIDED = "undecided", _("Undecided")
        AGAINST = "against", _("Against it")

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="stakeholders"
    )
    unit = models.CharField(
        _("unit or body"), max_length=200, help_text=_("Such as: the legal department.")
    )
    stance = models.CharField(_("stance"), max_length=9, choices=Stance)
    who = models.CharField(_("who brings them along"), max_length=200, blank=True)
    aligned_on = models.DateField(_("last talked to before a joint meeting"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=TEXT_LIMIT, blank=True)

    class Meta:
        verbose_name = _("internal stakeholder")
        verbose_name_plural = _("internal stakeholders")
        ordering = ["unit", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(unit=""), name="stakeholder_is_named"),
            models.CheckConstraint(
                condition=Q(stance__in=["supports", "undecided", "against"]),
                name="stakeholder_stance_known",
            ),
        ]

    def __str__(self) -> str:
        # Not the unit: this stands in messages and in Django's admin, and nobody else may read it.
        return gettext("a unit of %(organisation)s") % {"organisation": self.participant}

    @property
    def alliance_id(self) -> int:
        return self.participant.alliance_id


class StakeholderTally(models.Model):
    """What the convener is told of all organisations' internal stakeholders together.

    Stored, and counted anew only where three organisations differ from what was counted last: else
    whoever watches the sum would read one organisation's change from it (services.stakeholders.keeping).
    `counts` are supports, undecided, against by a participant's key; no page shows them.
    """

    alliance = models.OneToOneField(
        Alliance, on_delete=models.CASCADE, related_name="stakeholder_tally"
    )
    counted_at = models.DateTimeField(_("counted at"))
    counts = models.JSONField(_("counts"), default=dict)

    class Meta:
        verbose_name = _("count of internal stakeholders")
        verbose_name_plural = _("counts of internal stakeholders")

    def __str__(self) -> str:
        return str(self.alliance)
