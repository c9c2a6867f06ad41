"""A person with an account. The e-mail address is the name."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users from an e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        """A user with `email` in lower case; without `password` they log in by a code sent by mail.

        Raises ValueError where `email` is empty.
        """
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        return self.create_user(
            email, password, **{**extra, "is_staff": True, "is_superuser": True}
        )

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractUser):
    """Convener, member or admin; which, the memberships and `is_superuser` tell."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    # What they chose in a page's foot; mail to them is written in it. Empty until then.
    language = models.CharField(_("language"), max_length=10, blank=True)

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def known_as(self) -> str:
        """What other members read: the name, or else what stands before the @. The address itself is for
        conveners and admins, and stands on their pages of people and of access."""
        return self.name or self.email.rpartition("@")[0]

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """With its entry in the audit log (`services/audit/accounts.py`), or not at all.

        Of the last login the day alone: its moment would be near that of an answer.
        """
        if self.last_login is not None:
            here = timezone.localtime(self.last_login)
            self.last_login = here.replace(hour=0, minute=0, second=0, microsecond=0)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email
