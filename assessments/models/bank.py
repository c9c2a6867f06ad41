"""Question banks: what an instrument asks. A published version never changes."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Bank(models.Model):
    """One version of an instrument: its dimensions, in order, each with its questions."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

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
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    digest = models.CharField(_("digest"), max_length=71, help_text=_("SHA-256 of all it asks."))

    class Meta:
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="bank_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="bank_version_from_1"),
            models.CheckConstraint(
                condition=Q(band_mixed__gt=0)
                & Q(band_strong__gt=F("band_mixed"))
                & Q(band_strong__lte=100),
                name="bank_bands_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class Dimension(models.Model):
    """What a bank scores as one: in the readiness bank, an element."""

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="dimensions")
    code = models.SlugField(_("code"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=80)
    # As it stands inside a sentence: "the formal charter", "common ground".
    in_sentence = models.CharField(_("in a sentence"), max_length=80, blank=True)
    question = models.CharField(_("the question it asks"), max_length=300, blank=True)
    what_it_is = models.TextField(_("what it is"), blank=True)
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


class Question(models.Model):
    """One item: a statement and its scale of whole numbers from `minimum` to `maximum`."""

    dimension = models.ForeignKey(Dimension, on_delete=models.CASCADE, related_name="questions")
    # The bank once more, so that a code is unique in it and a question is found in one query.
    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(_("code"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(_("statement"), max_length=300)
    help = models.CharField(_("help"), max_length=300, blank=True)
    facet = models.CharField(_("facet"), max_length=120, blank=True)
    minimum = models.SmallIntegerField(_("lowest value"), default=1)
    maximum = models.SmallIntegerField(_("highest value"), default=5)
    labels = models.JSONField(_("labels of the values, lowest first"), default=list)
    reverse = models.BooleanField(_("reversed"), default=False)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=3, default=Decimal(1))
    source = models.CharField(_("source"), max_length=20, blank=True)

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
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"
