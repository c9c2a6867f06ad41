"""Codes of banks that are one alliance's own: kept for them, whoever brings a file."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from alliances.errors import Refused

_WORKING_RULES = re.compile(r"working-rules-[0-9]+", re.ASCII | re.IGNORECASE)


def working_rules_code(alliance: int) -> str:
    """The code of the bank that is made of the working rules of the alliance with this key."""
    return f"working-rules-{alliance}"


def refuse_own_code(code: str) -> None:
    """Raise Refused where banks of one alliance alone have this code, or will have it.

    So no file takes the place of such a bank, and none is made of it: its words are the alliance's.
    """
    if _WORKING_RULES.fullmatch(code):
        raise Refused(
            _(
                "%(code)s is kept for what one alliance asks itself, made of its working rules. It "
                "comes from no file and goes into none. Choose another code."
            )
            % {"code": code[:80]}
        )
