"""The charter: its versions, their sections, what people say to them, and who signed which text."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliances.models.alliance import Alliance
from alliances.models.people import Participant
from alliances.models.record import Record


class CharterVersion(Record):
    """One version of an alliance's charter.

    A draft may change. From circulation on `text` is the exact text that everybody is shown, and
    `digest` its SHA-256; neither changes any more, and a change of mind makes the next version.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("charter", "Draft")
        CIRCULATED = "circulated", _("Circulated")
        WITHDRAWN = "withdrawn", _("Withdrawn before it was ratified")
        RATIFIED = "ratified", _("Ratified")
        AMENDED = "amended", _("Replaced by a later version")

    class Depth(models.TextChoices):
        LIGHT = "light", _("Light: for units of one organisation")
        FULL = "full", _("Full: for independent parties, rivals among them")

    class Rule(models.TextChoices):
        """When a circulated version counts as ratified."""

        ALL = "all", _("Every party has signed")
        ALL_BUT_ONE = "all-but-one", _("Every party but one has signed")
        SHARE = "share", _("A share of the parties has signed")
        MAJORITY = "majority", _("More than half of the parties have signed")

    alliance = models.ForeignKey(
        Alliance, on_delete=models.PROTECT, related_name="charter_versions"
    )
    number = models.PositiveIntegerField(_("version"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    depth = models.CharField(_("depth"), max_length=5, choices=Depth, default=Depth.FULL)
    ratify_by = models.CharField(
        _("when it is ratified"), max_length=11, choices=Rule, default=Rule.ALL
    )
    ratify_share = models.PositiveSmallIntegerField(
        _("share of the parties, in per cent"),
        null=True,
        blank=True,
        validators=[MinValueValidator(51), MaxValueValidator(99)],
        help_text=_("From 51 to 99. Only where a share decides."),
    )
    reason = models.TextField(
        _("what changes, and why"),
        max_length=2000,
        blank=True,
        help_text=_("Stands above the comparison with the version before."),
    )

    text = models.TextField(_("exact text"), blank=True, editable=False)
    digest = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True, editable=False)
    language = models.CharField(
        _("language of the text"), max_length=15, blank=True, editable=False
    )
    """The language, as Django names it, of our headings and sentences in `text`; "" for a draft.

    Whoever circulates chooses it by the language of their page. It is in no seal: in another
    language the sections would not make the text that the digest holds.
    """
    circulated_at = models.DateTimeField(_("circulated at"), null=True, editable=False)
    ratified_at = models.DateTimeField(_("ratified at"), null=True, editable=False)
    ended_at = models.DateTimeField(_("withdrawn or replaced at"), null=True, editable=False)
    seal = models.CharField(_("seal"), max_length=64, blank=True, editable=False)
    """Binds status, moments, parties and the last signature; see `services.charter.seals`."""

    class Meta:
        verbose_name = _("charter version")
        verbose_name_plural = _("charter versions")
        ordering = ["alliance", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "number"], name="charter_number_once_an_alliance"
            ),
            models.UniqueConstraint(
                fields=["alliance"],
                condition=Q(status="draft"),
                name="charter_one_draft_an_alliance",
            ),
            models.UniqueConstraint(
                fields=["alliance"],
                condition=Q(status="circulated"),
                name="charter_one_circulated_an_alliance",
            ),
            models.UniqueConstraint(
                fields=["alliance"],
                condition=Q(status="ratified"),
                name="charter_one_in_force_an_alliance",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "circulated", "withdrawn", "ratified", "amended"]),
                name="charter_status_known",
            ),
            models.CheckConstraint(
                condition=Q(depth__in=["light", "full"]), name="charter_depth_known"
            ),
            models.CheckConstraint(
                condition=Q(ratify_by__in=["all", "all-but-one", "share", "majority"]),
                name="charter_rule_known",
            ),
            models.CheckConstraint(
                # An empty share is neither in a range nor out of it, to a database.
                condition=Q(
                    ratify_by="share", ratify_share__isnull=False, ratify_share__range=(51, 99)
                )
                | (~Q(ratify_by="share") & Q(ratify_share__isnull=True)),
                name="charter_share_where_a_share_decides",
                violation_error_message=_(
                    "Give the share, from 51 to 99 per cent, where a share decides, and only there."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status="draft", text="", digest="", circulated_at__isnull=True)
                | (
                    ~Q(status="draft")
                    & ~Q(text="")
                    & ~Q(digest="")
                    & Q(circulated_at__isnull=False)
                ),
                name="charter_text_frozen_from_circulation_on",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", language="") | (~Q(status="draft") & ~Q(language="")),
                name="charter_language_from_circulation_on",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["ratified", "amended"], ratified_at__isnull=False)
                | Q(status__in=["draft", "circulated", "withdrawn"], ratified_at__isnull=True),
                name="charter_ratified_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alliance}, version {self.number}"


class CharterSection(Record):
    """One section of a version. What its parts are, `services.charter.sections` says."""

    version = models.ForeignKey(CharterVersion, on_delete=models.CASCADE, related_name="sections")
    code = models.SlugField(_("section"), max_length=20)
    content = models.JSONField(_("content"), default=dict, blank=True)
    """Text by the code of a part; a part that was left empty does not stand here."""

    class Meta:
        verbose_name = _("charter section")
        verbose_name_plural = _("charter sections")
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"], name="charter_section_once_a_version"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def alliance_id(self) -> int:
        return self.version.alliance_id


class CharterParty(models.Model):
    """Who is named as a party in the text of a version, by the name that stands there."""

    version = models.ForeignKey(CharterVersion, on_delete=models.CASCADE, related_name="parties")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="charter_parties"
    )
    name = models.CharField(_("organisation"), max_length=120)

    class Meta:
        verbose_name = _("party to the charter")
        verbose_name_plural = _("parties to the charter")
        ordering = ["version", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "participant"], name="charter_party_once_a_version"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CharterComment(models.Model):
    """What somebody says to a section of a circulated version, and what the convener answers."""

    version = models.ForeignKey(CharterVersion, on_delete=models.CASCADE, related_name="comments")
    code = models.SlugField(_("section"), max_length=20)
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="charter_comments"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author = models.CharField(_("name"), max_length=150)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    text = models.TextField(_("comment"), max_length=5000)
    written_at = models.DateTimeField(_("written at"))
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        verbose_name = _("comment on the charter")
        verbose_name_plural = _("comments on the charter")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="charter_comment_says_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="charter_comment_answer_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.said_by} on {self.code}"

    @property
    def said_by(self) -> str:
        """Their name; whoever deleted their account has none any more."""
        return self.author or str(_("Somebody whose account was deleted"))


class Signature(models.Model):
    """A person signed for their organisation, on the text whose SHA-256 is `digest`.

    Names are those of that moment. `account` is the number of the account that signed, which stays
    where the account is deleted later. `seal` binds the row to the one before it.
    """

    version = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="signatures")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="signatures"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="signatures"
    )
    account = models.PositiveBigIntegerField(_("number of the account"))
    number = models.PositiveIntegerField(_("number"))
    organisation = models.CharField(_("organisation"), max_length=120)
    name = models.CharField(_("name"), max_length=150)
    position = models.CharField(_("position"), max_length=120, blank=True)
    digest = models.CharField(_("SHA-256 of the text"), max_length=64)
    signed_at = models.DateTimeField(_("signed at"))
    seal = models.CharField(_("seal"), max_length=64)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "participant"], name="signature_once_an_organisation"
            ),
            models.UniqueConstraint(fields=["version", "user"], name="signature_once_a_person"),
            models.UniqueConstraint(fields=["version", "number"], name="signature_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.organisation}"


class CharterLedger(models.Model):
    """One seal over all versions of an alliance that were ever circulated, as they were last written.

    Without it the last version could be taken out whole, or an earlier state of a row put back: the
    seals that are left would fit.
    """

    alliance = models.OneToOneField(
        Alliance, on_delete=models.CASCADE, related_name="charter_ledger"
    )
    seal = models.CharField(_("seal"), max_length=64)

    class Meta:
        verbose_name = _("ledger of the charter")
        verbose_name_plural = _("ledgers of charters")

    def __str__(self) -> str:
        return str(self.alliance)


class PurposeCheck(models.Model):
    """Each party writes the purpose in a sentence, unseen until all have or it is closed."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="purpose_checks")
    opened_at = models.DateTimeField(_("opened at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    silent = models.JSONField(_("who had not written"), default=list, blank=True)
    """Names of the parties without a sentence when it was closed, as they were called then."""

    class Meta:
        verbose_name = _("purpose check")
        verbose_name_plural = _("purpose checks")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance"],
                condition=Q(closed_at__isnull=True),
                name="purpose_check_one_open_an_alliance",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="purpose_check_closed_after_it_opened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alliance}, {self.opened_at:%Y-%m-%d}"


class PurposeSentence(Record):
    """The purpose as one party puts it."""

    check_held = models.ForeignKey(PurposeCheck, on_delete=models.CASCADE, related_name="sentences")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="purpose_sentences"
    )
    text = models.CharField(
        _("the purpose in a sentence"),
        max_length=500,
        help_text=_("What the alliance is to reach, as you would say it to your own board."),
    )

    class Meta:
        verbose_name = _("purpose in a sentence")
        verbose_name_plural = _("purposes in a sentence")
        ordering = ["check_held", "participant__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_held", "participant"], name="purpose_sentence_once_a_party"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="purpose_sentence_says_something"),
        ]

    def __str__(self) -> str:
        # Not the text: this stands in messages and in Django's admin, and it may be unrevealed.
        return f"{self.participant}, {self.check_held.opened_at:%Y-%m-%d}"

    @property
    def alliance_id(self) -> int:
        return self.check_held.alliance_id
