"""The register in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.services.common_ground.register import Register, RegisterItem
from alliances.services.counts import first_capital
from alliances.services.counts import in_words as count_in_words
from alliances.services.texts import quotable

HEADLINE_LIMIT = 110


@dataclass(frozen=True)
class Finding:
    """What the page says first: in bold, after it, and on a line of its own."""

    first: str
    claim: str
    rest: str


def in_words(item: RegisterItem) -> str:
    """Where parties stand, such as "Four agree, one can live with it, three disagree."."""
    if not item.asked and not item.not_asked:
        return _("Nobody has accepted a seat yet.")
    if not item.asked:
        return _("Nobody has been asked yet.")
    parts = [
        part for part in (_agree(item.agree), _live(item.live), _disagree(item.disagree)) if part
    ]
    if item.not_asked:
        parts.append(_not_asked(item.not_asked))
    return first_capital(", ".join(parts)) + "."


def finding_of(register: Register) -> Finding:
    """The register in one or two sentences."""
    widest = register.widest
    if widest is None:
        return Finding(_("Nothing is on the register yet."), "", "")
    if not register.asked:
        return Finding(
            first_capital(
                ngettext(
                    "%(number)s item is on the register.",
                    "%(number)s items are on the register.",
                    len(register.items),
                )
                % {"number": count_in_words(len(register.items))}
            ),
            "",
            _("Nobody has been asked yet where they stand."),
        )
    if widest.is_disputed:
        text = quotable(widest.text, HEADLINE_LIMIT).rstrip(".")
        return Finding(_("The widest split:"), _("“%(text)s”.") % {"text": text}, in_words(widest))
    first = _("No item divides the parties.")
    if register.not_asked:
        return Finding(
            first,
            "",
            first_capital(
                ngettext(
                    "%(number)s position is still missing.",
                    "%(number)s positions are still missing.",
                    register.not_asked,
                )
                % {"number": count_in_words(register.not_asked)}
            ),
        )
    return Finding(first, "", _("All have been asked."))


def _agree(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(number)s agrees", "%(number)s agree", count) % {
        "number": count_in_words(count)
    }


def _live(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(number)s can live with it", "%(number)s can live with it", count) % {
        "number": count_in_words(count)
    }


def _disagree(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(number)s disagrees", "%(number)s disagree", count) % {
        "number": count_in_words(count)
    }


def _not_asked(count: int) -> str:
    return ngettext("%(number)s has not been asked", "%(number)s have not been asked", count) % {
        "number": count_in_words(count)
    }
