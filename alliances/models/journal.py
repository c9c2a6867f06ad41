"""The journal: what happened, who came, and who does what until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliances.models.alliance import Alliance
from alliances.models.people import Participant
from alliances.models.record import Record

# Whole minutes of a meeting fit into a note.
TEXT_LIMIT = 120_000


class JournalEntry(Record):
    """Something that happened, or is to happen, on a day.

    `on` is the day of a meeting, an offer, a departure, an escalation, a review, a problem; of a
    milestone or a marker, the day it was set. `due_on` belongs to milestones and markers. `done_on`
    is when a milestone was met, a marker seen, an escalation settled, a missed expectation
    answered. `content` holds further texts of a kind by the code of their part: how an escalation
    was settled, what was said on a missed expectation, the trouble of a review, the six steps of a
    problem (`services.journal.SHAPES`).
    """

    class Kind(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        MILESTONE = "milestone", _("Milestone")
        MARKER = "marker", _("Progress marker")
        OFFER = "offer", _("Offer to join or help")
        DEPARTURE = "departure", _("Departure")
        ESCALATION = "escalation", _("Escalation")
        EXPECTATION = "expectation", _("Expectation missed")
        REVIEW = "review", _("Joint review")
        PROBLEM = "problem", _("Problem, and the opportunity in it")

    class Level(models.TextChoices):
        """How much is hoped of a progress marker."""

        EXPECT = "expect", _("Expect to see")
        LIKE = "like", _("Like to see")
        LOVE = "love", _("Love to see")

    class Outcome(models.TextChoices):
        """What came of an offer."""

        OPEN = "", _("Not decided yet")
        ACCEPTED = "accepted", pgettext_lazy("offer", "Accepted")
        DECLINED = "declined", pgettext_lazy("offer", "Declined")

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="journal")
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    on = models.DateField(_("day"))
    title = models.CharField(_("in a few words"), max_length=200)
    note = models.TextField(_("note"), max_length=TEXT_LIMIT, blank=True)
    participant = models.ForeignKey(
        Participant,
        verbose_name=_("organisation"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="journal_entries",
    )
    who = models.CharField(_("who"), max_length=200, blank=True)
    level = models.CharField(_("how much is hoped"), max_length=6, choices=Level, blank=True)
    due_on = models.DateField(_("due by"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=8, choices=Outcome, blank=True)
    jointly = models.BooleanField(_("both sides brought it up together"), default=False)
    content = models.JSONField(_("content"), default=dict, blank=True)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["alliance", "kind", "on"], name="journal_by_kind_and_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "meeting",
                        "milestone",
                        "marker",
                        "offer",
                        "departure",
                        "escalation",
                        "expectation",
                        "review",
                        "problem",
                    ]
                ),
                name="journal_kind_known",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="journal_entry_has_a_title"),
            models.CheckConstraint(
                condition=Q(level="") | Q(kind="marker", level__in=["expect", "like", "love"]),
                name="journal_level_of_markers_alone",
            ),
            models.CheckConstraint(
                condition=~Q(kind="marker") | ~Q(level=""),
                name="journal_marker_has_a_level",
                violation_error_message=_("Say how much you hope for it."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(kind="offer", outcome__in=["accepted", "declined"]),
                name="journal_outcome_of_offers_alone",
            ),
            models.CheckConstraint(
                condition=~Q(kind="milestone") | Q(due_on__isnull=False),
                name="journal_milestone_is_due",
                violation_error_message=_("A milestone needs the day by which it is due."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("on")),
                name="journal_due_after_it_was_set",
                violation_error_message=_(
                    "It cannot be due before it was set. Check the two dates."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Whether a participant came to a meeting, in person or by a stand-in."""

    class Presence(models.TextChoices):
        PERSON = "person", _("came in person")
        STAND_IN = "stand-in", _("sent a stand-in")
        ABSENT = "absent", _("stayed away")

    entry = models.ForeignKey(JournalEntry, on_delete=models.CASCADE, related_name="attendances")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="attendances"
    )
    presence = models.CharField(_("presence"), max_length=8, choices=Presence)
    who = models.CharField(_("who came"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["participant__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "participant"], name="attendance_once_a_party"
            ),
            models.CheckConstraint(
                condition=Q(presence__in=["person", "stand-in", "absent"]),
                name="attendance_presence_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} {self.presence}"


class ReviewSide(models.Model):
    """What one side contributed to a trouble and what it can do: a joint review blames nobody (HW)."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.CASCADE, related_name="sides")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="review_sides"
    )
    contributed = models.TextField(_("what it contributed"), max_length=20_000, blank=True)
    can_do = models.TextField(_("what it can do"), max_length=20_000, blank=True)

    class Meta:
        verbose_name = _("side of a review")
        verbose_name_plural = _("sides of a review")
        ordering = ["participant__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "participant"], name="review_side_once_a_party"
            ),
        ]

    def __str__(self) -> str:
        return str(self.participant)


class Action(Record):
    """Something that somebody does between meetings."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="actions")
    entry = models.ForeignKey(
        JournalEntry,
        verbose_name=_("decided in"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="actions",
    )
    what = models.CharField(_("what is to be done"), max_length=300)
    participant = models.ForeignKey(
        Participant,
        verbose_name=_("organisation"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="actions",
    )
    who = models.CharField(_("who does it"), max_length=200)
    due_on = models.DateField(_("until"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    dropped_on = models.DateField(
        _("dropped on"), null=True, blank=True, help_text=_("Where it is no longer needed.")
    )

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="action_says_what"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(dropped_on__isnull=True),
                name="action_is_done_or_dropped",
                violation_error_message=_("It is done or dropped, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.what
