"""A round: one bank asked of one alliance's people, once. What it fixes at opening stays fixed."""

from fractions import Fraction
from math import ceil

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance, Participant, Representative
from assessments.models.bank import Bank
from assessments.querysets import RoundQuerySet


class Round(models.Model):
    """Bank, mode, threshold and roster, frozen; open, then closed, never open again."""

    class Mode(models.TextChoices):
        CONFIDENTIAL = "confidential", _("Confidential")
        OPEN = "open", _("Open by organisation")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="rounds")
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="rounds")
    name = models.CharField(_("name"), max_length=120)
    # The person that it is about, where its bank sets oneself beside peers; the name is frozen.
    about = models.ForeignKey(
        Representative, on_delete=models.SET_NULL, null=True, related_name="rounds_about"
    )
    about_name = models.CharField(_("about whom"), max_length=120, blank=True)
    # Codes of the questions that it asks, where that is not all of its bank: what both partners picked.
    asked = models.JSONField(_("questions asked"), default=list, blank=True)
    mode = models.CharField(_("who sees what"), max_length=12, choices=Mode)
    threshold = models.PositiveSmallIntegerField(
        _("threshold"), default=5, validators=[MinValueValidator(1)]
    )
    status = models.CharField(_("status"), max_length=6, choices=Status, default=Status.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    closes_on = models.DateField(
        _("last day to answer"),
        help_text=_("Answers are taken until the end of this day, and until you close the round."),
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    forecast = models.JSONField(
        _("convener’s forecast"), default=dict, blank=True, help_text=_("Element code to 0–100.")
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint("alliance", Lower("name"), name="round_name_once_an_alliance"),
            models.CheckConstraint(
                condition=Q(mode__in=["confidential", "open"]), name="round_mode"
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=5) | (Q(mode="open") & Q(threshold__gte=1)),
                name="round_threshold_of_a_confidential_round_from_5",
            ),
            models.CheckConstraint(
                condition=Q(about_name="") | Q(mode="confidential"),
                name="round_about_a_person_is_confidential",
            ),
            models.CheckConstraint(
                condition=Q(status="open", closed_at__isnull=True)
                | Q(status="closed", closed_at__isnull=False),
                name="round_closed_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_confidential(self) -> bool:
        return self.mode == self.Mode.CONFIDENTIAL

    @cached_property
    def minutes(self) -> int:
        """How long answering takes. One query where it asks a part of its bank, else none."""
        if not self.asked:
            return self.bank.minutes
        share = Fraction(len(self.asked), max(self.bank.questions.count(), 1))
        return max(1, ceil(share * self.bank.minutes))

    def asks(self, code: str) -> bool:
        """Whether the question of its bank with this code is asked."""
        return not self.asked or code in self.asked

    @property
    def is_about_a_person(self) -> bool:
        """Whether its result is for the person that it is about, and for nobody else."""
        return bool(self.about_name)

    @property
    def takes_forecast(self) -> bool:
        """Whether a convener can say what they expect: not of a person, nor of their own answers."""
        return not self.is_about_a_person and self.bank.audience != Bank.Audience.CONVENER


class RosterOrganisation(models.Model):
    """An organisation as it was invited when the round opened; its name is frozen with it."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="organisations")
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="roster_places"
    )
    name = models.CharField(_("organisation"), max_length=120)

    class Meta:
        verbose_name = _("organisation on the roster")
        verbose_name_plural = _("organisations on the roster")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("round", Lower("name"), name="roster_name_once_a_round"),
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A person asked to answer. Holds how far they are, never what they said nor when."""

    class Progress(models.TextChoices):
        INVITED = "invited", _("Not begun")
        BEGUN = "begun", _("Begun, not sent in")
        ANSWERED = "answered", _("Answered")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(
        RosterOrganisation, on_delete=models.CASCADE, related_name="invitations"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    # That of mails to them; empty where it is the installation's.
    language = models.CharField(_("language of mails"), max_length=10, blank=True, default="")
    # Whether the round is about this very person.
    of_oneself = models.BooleanField(_("about themselves"), default=False)
    progress = models.CharField(
        _("progress"), max_length=8, choices=Progress, default=Progress.INVITED
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["organisation__name", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "round",
                Lower("email"),
                condition=~Q(email=""),
                name="invitation_email_once_a_round",
            ),
            models.CheckConstraint(
                condition=Q(progress__in=["invited", "begun", "answered"]),
                name="invitation_progress_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation.name}"


class InvitationLink(models.Model):
    """A personal link that was sent. The token is in the mail alone; here is only its hash."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    sent_on = models.DateField(_("sent on"))
    revoked = models.BooleanField(_("revoked"), default=False)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Link of {self.sent_on}"
