"""Opposed pairs in words: where views divide, that comes before any direction of the mean.

Pure functions, like those of `findings`. Whether views divide is the published agreement; the direction
in the published document stays what it is, and is told after that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.services.counts import first_capital, in_words, listed

from .findings import named, score_words
from .texts import BankTexts, ElementText, StatementText


def is_pairs(document: Mapping[str, Any]) -> bool:
    """Whether the result is read as lines between opposed poles."""
    return (document.get("reading") or {}).get("rule") == "pairs"


def divided(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The elements on which people are divided, in the bank's order."""
    return [element for element in document["elements"] if element["agreed"] is False]


def ends(statement: StatementText) -> tuple[str, str]:
    """What stands at 0 and at 100 of a statement's line; empty where its scale has no words."""
    if not statement.labels:
        return "", ""
    first, last = statement.labels[0], statement.labels[-1]
    return (last, first) if statement.reverse else (first, last)


def views_divide(document: Mapping[str, Any], texts: BankTexts, last: str) -> tuple[str, str, str]:
    """The finding where people are divided on some pair: that, on which, and then `last`."""
    split, total = divided(document), len(document["elements"])
    if len(split) == total:
        names = (
            ngettext("the one pair", "all %(total)s pairs", total)
            if total != 2
            else _("both pairs")
        ) % {"total": in_words(total)}
    else:
        names = named(split, total, texts)
    return (
        _("Views divide:"),
        _("people see %(names)s differently.") % {"names": names},
        last,
    )


def agreed_sentence(document: Mapping[str, Any], texts: BankTexts) -> str:
    """On which pairs people agree; empty where on none."""
    agreed = [element for element in document["elements"] if element["agreed"] is True]
    if not agreed:
        return ""
    return _("People agree about %(names)s.") % {
        "names": listed([texts.element(element["code"]).in_sentence for element in agreed])
    }


def mean_says_little(direction: str | None) -> str:
    """In place of what a bank says of the mean's direction, where people are divided."""
    where = {
        "level": _("The mean of all lines lies near the middle."),
        "outward": _("The mean of all lines leans to the right."),
        "inward": _("The mean of all lines leans to the left."),
    }.get(direction or "", "")
    says = _(
        "Where views divide, a mean says little of what people think: talk about those pairs before "
        "anything else."
    )
    return f"{where} {says}".strip()


def mean_since(document: Mapping[str, Any]) -> str:
    """Which way the mean moved since the round before; empty where that is not told."""
    return {
        "outward": _("Since the last round the mean moved outward."),
        "inward": _("Since the last round the mean moved inward."),
        "level": _("Since the last round the mean held its place."),
    }.get(document["reading"]["since"] or "", "")


def title(element: Mapping[str, Any], text: ElementText) -> str:
    """The finding on one pair: "Scarcity or abundance: 66, and views divide"."""
    pattern = {
        None: _("%(title)s: %(score)s"),
        True: _("%(title)s: %(score)s, and views agree"),
        False: _("%(title)s: %(score)s, and views divide"),
    }[element["agreed"]]
    return pattern % {"title": text.title, "score": score_words(element)}


def overview_title(document: Mapping[str, Any]) -> str:
    """ "Views divide on two pairs", or that it is about where each line stands."""
    count = len(divided(document))
    if not count:
        return _("Where each line stands")
    return first_capital(
        ngettext("Views divide on %(n)s pair", "Views divide on %(n)s pairs", count)
        % {"n": in_words(count)}
    )
