"""Counts and names as a sentence holds them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

NAMED_AT_MOST = 8


def in_words(number: int) -> str:
    """Up to nine in words, else in figures: "no", "one", …, "nine", "10"."""
    # Translators: before what is counted, such as “no party”.
    return pgettext("number", "no") if number == 0 else str(apnumber(number))


def counted(value: Decimal) -> int:
    """The whole number by which `ngettext` takes the form for `value`, which may be a part.

    Half a point and one and a half take the plural in English, and the singular in French, as none
    does.
    """
    if value % 1 and value < 2:
        return 0
    return int(value)


def counted_of(count: int, total: int) -> int:
    """The same for "1 of 8 organisations", where the noun and its verb go by the total in English and
    by the count in French."""
    return 0 if count == 1 < total else count if total > 1 else total


def listed(names: Sequence[str]) -> str:
    """Names in a row: "A", "A and B", "A, B and C". Empty where there is none."""
    if len(names) < 2:
        return "".join(names)
    return _("%(most)s and %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}


def shortly(names: Sequence[str], at_most: int = NAMED_AT_MOST) -> str:
    """The same, but beyond `at_most` names the rest is counted: "A, B and 298 more"."""
    if len(names) <= at_most:
        return listed(names)
    more = len(names) - at_most
    return ngettext("%(names)s and %(more)s more", "%(names)s and %(more)s more", more) % {
        "names": ", ".join(names[:at_most]),
        "more": in_words(more),
    }


def apart(texts: Sequence[str]) -> str:
    """Texts in a row that may hold commas themselves: "a, b; c". Empty where there is none."""
    row = ""
    for text in texts:
        row = _("%(most)s; %(last)s") % {"most": row, "last": text} if row else text
    return row


def label_above(label: str) -> str:
    """The same before paragraphs of their own: "Scope:"."""
    return _("%(label)s:") % {"label": label}


def labelled(label: str, text: str) -> str:
    """A text behind its label: "Scope: the valley"."""
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def behind_colon(text: str) -> str:
    """The same without the label, where that stands before it as a link or a button."""
    return pgettext("behind a link", ": %(text)s") % {"text": text}


def quoted(text: str) -> str:
    """A text in quotation marks."""
    return _("“%(text)s”") % {"text": text}


def first_small(label: str) -> str:
    """A label within a sentence: without the capital at its beginning; the rest as it is."""
    return label[:1].lower() + label[1:]


def first_capital(sentence: str) -> str:
    """The sentence with a capital at its beginning; the rest as it is."""
    return sentence[:1].upper() + sentence[1:]
