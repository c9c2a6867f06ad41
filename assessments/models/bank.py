"""Question banks: what an instrument asks. A published version never changes.

The database holds that too, by triggers (migration 0003_published_banks): it refuses to change a version that is
published or retired, or what hangs on it, whoever asks.
"""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance, Record
from assessments.models.speech import bank_said
from assessments.querysets import BankQuerySet


class Bank(Record):
    """One version of an instrument: its dimensions, in order, each with its questions."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("Everyone at the table")
        CONVENER = "convener", _("The convener")
        MEMBERS = "members", _("Members, without the convener")
        PARTNERS = "partners", _("People of two partners, on either side")

    class Subject(models.TextChoices):
        ALLIANCE = "alliance", _("The alliance")
        PERSON = "person", _("A person")
        ORGANISATION = "organisation", _("An organisation")
        INVITATION = "invitation", _("An invitation to join")

    # Whose own it is: made of what that alliance wrote, and read by nobody else. Shared where null.
    alliance = models.ForeignKey(
        Alliance, on_delete=models.PROTECT, null=True, blank=True, related_name="own_banks"
    )
    code = models.SlugField(_("code"), max_length=60)
    version = models.PositiveIntegerField(_("version"), validators=[MinValueValidator(1)])
    title = models.CharField(_("title"), max_length=120)
    introduction = models.TextField(_("introduction"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    copyright = models.CharField(_("copyright"), max_length=200, blank=True)
    sources = models.JSONField(_("sources"), default=dict, blank=True)
    band_strong = models.PositiveSmallIntegerField(_("strong from"), default=75)
    band_mixed = models.PositiveSmallIntegerField(_("mixed from"), default=50)
    minutes = models.PositiveSmallIntegerField(_("minutes to answer"), default=12)
    audience = models.CharField(
        _("who answers"), max_length=10, choices=Audience, default=Audience.EVERYONE
    )
    subject = models.CharField(
        _("what it is about"), max_length=12, choices=Subject, default=Subject.ALLIANCE
    )
    # As a file holds it (docs/banks.md); empty where the weakest dimension decides.
    reading = models.JSONField(_("how a result is read"), default=dict, blank=True)
    # Its title, introduction, labels and reading in further languages, by language.
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    # The version that this one was made from: what the marks of changed questions speak of.
    since = models.PositiveIntegerField(_("made from version"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    digest = models.CharField(
        _("digest"),
        max_length=71,
        blank=True,
        help_text=_("SHA-256 of all it asks, from the day it is published."),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    objects = BankQuerySet.as_manager()

    class Meta:
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="bank_version_once"),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(status="draft"),
                name="bank_one_draft",
                violation_error_message=_("There is a draft of this question bank already."),
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="bank_version_from_1"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published", "retired"]), name="bank_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | ~Q(digest=""), name="bank_published_has_a_digest"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__lt=F("version")),
                name="bank_made_from_an_earlier_version",
            ),
            models.CheckConstraint(
                condition=Q(band_mixed__gt=0)
                & Q(band_strong__gt=F("band_mixed"))
                & Q(band_strong__lte=100),
                name="bank_bands_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    @property
    def said(self) -> Bank:
        """The bank as it is read in the active language: a copy to show."""
        return bank_said(self)

    @property
    def judges_alliance(self) -> bool:
        """Whether it tells how ready an alliance is: its weakest element decides, and it is about that."""
        return not self.reading and self.subject == self.Subject.ALLIANCE

    @property
    def is_workbook(self) -> bool:
        """Whether two partners pick what is asked of it."""
        return self.audience == self.Audience.PARTNERS

    @property
    def is_about_oneself(self) -> bool:
        """Whether it sets what a person says of themselves beside what peers say."""
        return bool(self.reading.get("rule") == "self-peers")


class Dimension(Record):
    """What a bank scores as one: in the readiness bank, an element."""

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="dimensions")
    code = models.SlugField(_("code"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=80)
    # As it stands inside a sentence: "the formal charter", "common ground".
    in_sentence = models.CharField(_("in a sentence"), max_length=80, blank=True)
    question = models.CharField(_("the question it asks"), max_length=300, blank=True)
    what_it_is = models.TextField(_("what it is"), blank=True)
    # What it means that it is strong, mixed, weak, by band.
    readings = models.JSONField(_("what it means"), default=dict, blank=True)
    advice = models.JSONField(
        _("what to do when it is weak"),
        default=list,
        blank=True,
        help_text=_("A list of {title, text}."),
    )
    asked_of_members = models.JSONField(
        _("what is asked of a member when it is not strong"), default=list, blank=True
    )
    source = models.CharField(_("source"), max_length=20, blank=True)
    # What its questions are to cover: one that no question names is found before publishing.
    facets = models.JSONField(_("facets"), default=list, blank=True)
    translations = models.JSONField(_("translations"), default=dict, blank=True)

    class Meta:
        verbose_name = _("dimension")
        verbose_name_plural = _("dimensions")
        ordering = ["bank", "position"]
        constraints = [
            models.UniqueConstraint(fields=["bank", "code"], name="dimension_code_once_a_bank"),
            models.UniqueConstraint(fields=["bank", "position"], name="dimension_position_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Question(Record):
    """One item: a statement and its scale of whole numbers from `minimum` to `maximum`."""

    class Change(models.TextChoices):
        WORDING = "wording", _("Wording: it still asks the same")
        MEANING = "meaning", _("Meaning: it asks something else")

    dimension = models.ForeignKey(Dimension, on_delete=models.CASCADE, related_name="questions")
    # The bank once more, so that a code is unique in it and a question is found in one query.
    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(_("code"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(_("statement"), max_length=300)
    # The same as a peer reads it about somebody else.
    text_of_peers = models.CharField(_("statement for peers"), max_length=300, blank=True)
    help = models.CharField(_("help"), max_length=300, blank=True)
    facet = models.CharField(_("facet"), max_length=120, blank=True)
    minimum = models.SmallIntegerField(_("lowest value"), default=1)
    maximum = models.SmallIntegerField(_("highest value"), default=5)
    labels = models.JSONField(_("labels of the values, lowest first"), default=list)
    reverse = models.BooleanField(_("reversed"), default=False)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=3, default=Decimal(1))
    source = models.CharField(_("source"), max_length=20, blank=True)
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    # What its author says of how it differs from the version that the bank was made from.
    change = models.CharField(_("what was changed"), max_length=7, choices=Change, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["dimension", "position"]
        constraints = [
            models.UniqueConstraint(fields=["bank", "code"], name="question_code_once_a_bank"),
            models.UniqueConstraint(
                fields=["dimension", "position"], name="question_position_once"
            ),
            models.CheckConstraint(
                condition=Q(maximum__gt=F("minimum")), name="question_scale_rises"
            ),
            models.CheckConstraint(condition=Q(weight__gt=0), name="question_weight_positive"),
            models.CheckConstraint(
                condition=Q(change__in=["", "wording", "meaning"]), name="question_change_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"
