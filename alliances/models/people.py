"""Who is at the table: organisations as participants, and the people who represent them."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.models.record import Record


class Participant(Record):
    """An organisation in one alliance: the interest it speaks for, and the pain that brings it.

    Organisation and participation are one row: what an organisation is, it is here for this
    alliance, and no other alliance sees it.
    """

    class Status(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        LEFT = "left", _("Left")

    class Drive(models.TextChoices):
        """Why a pain moves somebody (VA)."""

        FEAR = "fear", _("Fear: something unacceptable would happen")
        GREED = "greed", _("Greed: more is made together than alone")
        GREATNESS = "greatness", _("Touching greatness: a part in something noble")

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(_("organisation"), max_length=120)
    interest = models.CharField(
        _("interest spoken for"),
        max_length=200,
        blank=True,
        help_text=_("Whose voice it is at the table, such as downstream farmers."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.INVITED)

    pain = models.TextField(
        _("pain"),
        max_length=2000,
        blank=True,
        help_text=_("The problem that it has and cannot solve alone, and what it costs."),
    )
    drive = models.CharField(_("drive"), max_length=10, choices=Drive, blank=True)
    strength = models.PositiveSmallIntegerField(
        _("strength"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_("From 1, it hardly hurts, to 10, it cannot go on like this."),
    )

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "alliance", Lower("name"), name="participant_name_once_an_alliance"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="participant_has_a_name"),
            models.CheckConstraint(
                condition=Q(status__in=["invited", "accepted", "declined", "left"]),
                name="participant_status_known",
            ),
            models.CheckConstraint(
                condition=Q(drive__in=["", "fear", "greed", "greatness"]),
                name="participant_drive_known",
            ),
            models.CheckConstraint(
                condition=Q(strength__isnull=True) | Q(strength__range=(1, 10)),
                name="participant_strength_1_to_10",
            ),
            # A pain is stated whole or not at all: the problem, what drives it, how strong it is.
            models.CheckConstraint(
                condition=Q(pain="", drive="", strength__isnull=True)
                | (~Q(pain="") & ~Q(drive="") & Q(strength__isnull=False)),
                name="participant_pain_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Representative(Record):
    """A person who speaks for a participant, with the weight they bring (VA: three kinds)."""

    class Role(models.TextChoices):
        CONVENER = "convener", _("Convener")
        LEADER = "leader", _("Leader")
        REPRESENTATIVE = "representative", _("Representative")
        SPONSOR = "sponsor", _("Sponsor")
        OBSERVER = "observer", _("Observer")

    class Observed(models.TextChoices):
        """What has been seen of a kind of substance, beside what is claimed."""

        UNSEEN = "", _("Not observed yet")
        YES = "yes", _("Seen")
        NO = "no", _("Looked for, not seen")

    KINDS = ("authoritative", "cognitive", "reputational")

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="representatives"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    title = models.CharField(_("position"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=15, choices=Role, default=Role.REPRESENTATIVE)
    # Empty where it is that of the installation.
    language = models.CharField(_("language of mails"), max_length=10, blank=True, default="")

    days_a_month = models.DecimalField(
        _("days a month for this work"),
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal(31))],
        help_text=_("What their employer has pledged. Matters most where they lead."),
    )

    authoritative_claimed = models.BooleanField(
        _("May decide, and commit resources"), default=False
    )
    authoritative_observed = models.CharField(
        _("May decide: observed"), max_length=3, choices=Observed, blank=True, default=""
    )
    cognitive_claimed = models.BooleanField(_("Knows the field"), default=False)
    cognitive_observed = models.CharField(
        _("Knows the field: observed"), max_length=3, choices=Observed, blank=True, default=""
    )
    reputational_claimed = models.BooleanField(_("Others listen"), default=False)
    reputational_observed = models.CharField(
        _("Others listen: observed"), max_length=3, choices=Observed, blank=True, default=""
    )
    observed_how = models.TextField(
        _("how it was observed"),
        max_length=1000,
        blank=True,
        help_text=_("Such as: committed two engineers in the meeting of 3 June."),
    )

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "participant", Lower("email"), name="representative_email_once_a_participant"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="representative_has_a_name"),
            models.CheckConstraint(
                condition=Q(
                    role__in=["convener", "leader", "representative", "sponsor", "observer"]
                ),
                name="representative_role_known",
            ),
            models.CheckConstraint(
                condition=Q(days_a_month__isnull=True)
                | Q(days_a_month__range=(Decimal("0.5"), 31)),
                name="representative_days_within_a_month",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{kind}_observed__in": ["", "yes", "no"]}),
                    name=f"representative_{kind}_observed_known",
                )
                for kind in ("authoritative", "cognitive", "reputational")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def alliance_id(self) -> int:
        return self.participant.alliance_id
