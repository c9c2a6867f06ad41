"""The audit log: who did what to which thing, in chains of which no link is ever changed.

Nothing here refers to another row. Accounts, alliances and rounds are told by their numbers, so that
one of them can be deleted and the log stays as it was; names of people stand nowhere in it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Action(models.TextChoices):
    """All that is recorded. A value never gets another meaning: old entries hold it. What each says to
    people stands in `services/audit/sentences.py`."""

    ROUND_OPENED = "round_opened"
    LINKS_SENT = "links_sent"
    ROUND_REMINDED = "round_reminded"
    LINK_REPLACED = "link_replaced"
    ROUND_CLOSED = "round_closed"
    RESULT_PUBLISHED = "result_published"
    RESULT_READ = "result_read"
    EXPORTED = "exported"
    CHARTER_CIRCULATED = "charter_circulated"
    CHARTER_REMINDED = "charter_reminded"
    CHARTER_SIGNED = "charter_signed"
    CHARTER_RATIFIED = "charter_ratified"
    CHARTER_AMENDED = "charter_amended"
    CHARTER_WITHDRAWN = "charter_withdrawn"
    ACCESS_GIVEN = "access_given"
    ACCESS_CHANGED = "access_changed"
    ACCESS_REMOVED = "access_removed"
    ALLIANCE_MADE = "alliance_made"
    ALLIANCE_CHANGED = "alliance_changed"
    ALLIANCE_DELETED = "alliance_deleted"
    ORGANISATION_ADDED = "organisation_added"
    ORGANISATION_CHANGED = "organisation_changed"
    ORGANISATION_REMOVED = "organisation_removed"
    PERSON_ADDED = "person_added"
    PERSON_CHANGED = "person_changed"
    PERSON_REMOVED = "person_removed"
    PEOPLE_IMPORTED = "people_imported"
    BANK_IMPORTED = "bank_imported"
    BANK_PUBLISHED = "bank_published"
    BANK_RETIRED = "bank_retired"
    BANK_DISCARDED = "bank_discarded"
    ACCOUNT_MADE = "account_made"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_DELETED = "account_deleted"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    ADMIN_CAME = "admin_came"


class Group(models.TextChoices):
    """What a reader of the log asks for."""

    ROUNDS = "rounds", _("Rounds")
    RESULTS = "results", _("Results, and what was taken out")
    CHARTER = "charter", _("The charter")
    ACCESS = "access", _("Access")
    PEOPLE = "people", _("The alliance and its people")
    BANKS = "banks", _("Question banks")
    ACCOUNTS = "accounts", _("Accounts")


GROUPS: dict[Group, tuple[Action, ...]] = {
    Group.ROUNDS: (
        Action.ROUND_OPENED,
        Action.LINKS_SENT,
        Action.ROUND_REMINDED,
        Action.LINK_REPLACED,
        Action.ROUND_CLOSED,
    ),
    Group.RESULTS: (Action.RESULT_PUBLISHED, Action.RESULT_READ, Action.EXPORTED),
    Group.CHARTER: tuple(action for action in Action if action.startswith("charter_")),
    Group.ACCESS: tuple(action for action in Action if action.startswith("access_")),
    Group.PEOPLE: tuple(
        action
        for action in Action
        if action.startswith(("alliance_", "organisation_", "person_", "people_"))
    ),
    Group.BANKS: tuple(action for action in Action if action.startswith("bank_")),
    Group.ACCOUNTS: tuple(
        action for action in Action if action.startswith(("account_", "factor_", "admin_"))
    ),
}
"""Each action belongs to one."""


class AuditChain(models.Model):
    """The head of a chain: how many entries it has, and the digest of the last. Whoever adds an entry
    holds this row until the transaction ends."""

    code = models.CharField(max_length=40, unique=True)
    length = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.code


class AuditEntry(models.Model):
    """One link: it is written once, and the database refuses to change or delete it.

    docs/audit.md says what each column holds and how `digest` is made of the others.
    """

    class Who(models.TextChoices):
        ACCOUNT = "account", pgettext_lazy("who did it", "an account")
        OPERATOR = "operator", pgettext_lazy("who did it", "the server’s operator")
        VISITOR = "visitor", pgettext_lazy("who did it", "somebody without an account")

    chain = models.CharField(max_length=40)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    who = models.CharField(max_length=10)
    account = models.BigIntegerField(null=True)
    action = models.CharField(max_length=30)
    kind = models.CharField(max_length=20)
    thing = models.BigIntegerField()
    label = models.CharField(max_length=160, blank=True)
    details = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "number"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="audit_number_once_a_chain"),
        ]
        indexes = [models.Index(fields=["chain", "at"], name="audit_chain_at")]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"
