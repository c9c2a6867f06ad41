"""Passwords that somebody would try first, beside those that Django knows.

Of the 20,000 passwords that are used most, as Django ships them, one in ten is as long as a password has to
be here. The others come back with digits or signs around them, or twice; and every installation has
names that its people think of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from alliances.models import User

PROGRAM = "northbound"
LEAST_NAME = 4
"""Letters of a name that counts as one."""
LEAST_WORD = 3
"""Letters of a password that counts as one beside what stands around it."""
LEAST_LEFT = 5
"""Letters and digits that have to be left, once names are taken out."""


class EasyPasswordValidator:
    """Refuses a common password in another dress, and names that are known here."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError. `password` is not changed: how it is stored is not decided here."""
        said = password.casefold()
        # Without what stands around the first and the last letter. No regular expression: this may be long.
        letters = [place for place, mark in enumerate(said) if mark.isalpha()]
        core = said[letters[0] : letters[-1] + 1] if letters else ""
        is_dressed = len(core) >= LEAST_WORD and core in self.common
        if is_dressed or _unit(said) in self.common or len(_unit(said)) < LEAST_NAME:
            raise ValidationError(
                _("Many use this password, with digits or signs around it, or twice."),
                code="password_easy",
            )
        left = said
        for name in sorted(set(names_known(user)), key=len, reverse=True):
            left = left.replace(name, "")
        if left != said and len(re.sub(r"[\W_]+", "", left)) < LEAST_LEFT:
            raise ValidationError(
                _("This password is hardly more than a name that is known here."),
                code="password_name",
            )

    def get_help_text(self) -> str:
        return _(
            "Not a password that many use with digits around it, nor the name of this server, of "
            "whoever runs it, or of your alliance."
        )


def names_known(user: User | None) -> Iterator[str]:
    """Words, in small letters, that whoever knows this installation tries: the program, its server, who runs it, and the
    alliances of `user`, where that is somebody."""
    told = [PROGRAM, settings.OPERATOR_NAME, *settings.ALLOWED_HOSTS]
    if user is not None and user.pk is not None:
        told += user.memberships.values_list("alliance__name", flat=True)
    for text in told:
        for word in re.split(r"[\W_]+", text.casefold()):
            if len(word) >= LEAST_NAME:
                yield word


def _unit(text: str) -> str:
    """What `text` repeats, such as "harbour" of "harbourharbour"; `text` itself where it repeats nothing."""
    period = (text + text).find(text, 1)
    return text[:period]
