"""What somebody answered.

No row here leads to an invitation: a response is reached through a pseudonym that only the
person's own link yields (`assessments.services.links`). Rows carry no time, and random keys in
place of numbers that would tell an order; where they lie in the database's files does (docs/security.md).
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.bank import Dimension, Question
from assessments.models.round import RosterOrganisation, Round


class Response(models.Model):
    """One respondent's answers in one round. Counts once it is sent in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="responses")
    organisation = models.ForeignKey(
        RosterOrganisation, on_delete=models.CASCADE, related_name="responses"
    )
    pseudonym = models.CharField(_("pseudonym"), max_length=64, unique=True)
    submitted = models.BooleanField(_("sent in"), default=False)
    # That of the person whom the round is about, beside which those of peers are set.
    of_oneself = models.BooleanField(_("about themselves"), default=False)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")

    def __str__(self) -> str:
        return f"Response {self.pk}"


class Answer(models.Model):
    """The answer to one question: a value on its scale, or don’t know, or not applicable."""

    class Kind(models.TextChoices):
        VALUE = "value", _("Value")
        DONT_KNOW = "dk", _("I don’t know")
        NOT_APPLICABLE = "na", _("Not applicable to us")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    value = models.SmallIntegerField(_("value"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="answer_once_a_question"),
            models.CheckConstraint(
                condition=Q(kind="value", value__isnull=False)
                | Q(kind__in=["dk", "na"], value__isnull=True),
                name="answer_value_or_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.kind if self.value is None else self.value}"


class Comment(models.Model):
    """What a respondent added in words to one dimension."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="comments")
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField(_("comment"), max_length=2000)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.UniqueConstraint(
                fields=["response", "dimension"], name="comment_once_a_dimension"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comment_has_a_text"),
        ]

    def __str__(self) -> str:
        return self.text
