"""A field for numbers as people write them: 1200.5, 1,200.50, 1 200, 12.5 %.

Where the language of the page has a comma for decimals, also 1200,5 and 1 200,50 and 12,5 %.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format, number_format
from django.utils.translation import gettext_lazy as _

LONGEST = 60
"""More characters than the largest number takes, however it is written."""


def _grammar(mark: str, parted: str) -> re.Pattern[str]:
    """Numbers whose decimals stand behind `mark`, and whose thousands are parted by one of `parted`,
    the same in one number."""
    return re.compile(
        rf"""(?P<sign>[+\-\u2212]?)\s*
        (?P<whole>\d+ | \d{{1,3}}(?P<part>[{parted}])\d{{3}}(?:(?P=part)\d{{3}})* | (?={mark}\d))
        (?:{mark}(?P<decimals>\d*))?""",
        re.VERBOSE,
    )


# Thousands are parted by blanks (also those that do not break) or apostrophes in any language.
PARTED = r"\ \u00a0\u2009\u202f'\u2019"
WITH_POINT = _grammar(r"\.", f",{PARTED}")
WITH_COMMA = _grammar(",", PARTED)
# Points may be what parts them only where a comma follows: 1.200,50.
POINTS_AND_COMMA = re.compile(
    r"(?P<sign>[+\-\u2212]?)\s*(?P<whole>\d{1,3}(?:\.\d{3})+),(?P<decimals>\d+)"
)
COMMA_FOR_POINT = re.compile(r"[+\-\u2212]?\s*\d[\d.\ \u00a0\u202f']*,\d+")


class NumberField(forms.CharField):
    """A number of up to `whole` digits before the point and `decimals` after it.

    `least` is the smallest allowed, None for any. `units` may stand behind the number, and are left
    away: the code of a currency, a sign of per cent.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(
        self,
        *,
        whole: int = 12,
        decimals: int = 2,
        least: Decimal | None = None,
        units: tuple[str, ...] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.whole, self.decimals, self.least, self.units = whole, decimals, least, units

    def prepare_value(self, value: Any) -> Any:
        """A stored number as people write it; what was typed as it was typed."""
        if not isinstance(value, Decimal):
            return value
        shown = value.normalize()
        exponent = int(shown.as_tuple().exponent)
        places = self.decimals if exponent < 0 and self.decimals <= 2 else max(-exponent, 0)
        return number_format(value, decimal_pos=places, force_grouping=True)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The number, None for an empty field. Raises ValidationError with what to write instead."""
        text = self._without_unit(str(super().to_python(value)).strip())
        if not text:
            return None
        found = _read(text) if len(text) <= LONGEST else None
        if found is None:
            if len(text) <= LONGEST and not _is_comma() and COMMA_FOR_POINT.fullmatch(text):
                raise ValidationError(
                    _(
                        "Write decimals behind a point and thousands with a comma: "
                        "1,200.50 for one thousand two hundred and a half."
                    )
                )
            raise ValidationError(_("Write a number, like 12, 12.5 or 1,200."))
        whole = re.sub(r"\D", "", found["whole"]).lstrip("0") or "0"
        decimals = found["decimals"] or ""
        if len(whole) > self.whole:
            raise ValidationError(
                _("There is room for %(digits)d digits before the point."),
                params={"digits": self.whole},
            )
        # Noughts count here: 1.200 is one thousand two hundred to half the world, and must not be
        # stored as one and a fifth where two decimals are all that there can be.
        if len(decimals) > self.decimals:
            raise ValidationError(
                _("There is room for %(digits)d digits behind the point. Thousands take a comma."),
                params={"digits": self.decimals},
            )
        number = Decimal(f"{whole}.{decimals or 0}")
        number = -number if found["sign"] in ("-", "\u2212") and number else number
        if self.least is not None and number < self.least:
            raise ValidationError(
                _("Write a number of %(least)s or more."),
                params={"least": number_format(self.least)},
            )
        return number

    def _without_unit(self, text: str) -> str:
        for unit in self.units:
            if unit and not unit[0].isdigit() and text.casefold().endswith(unit.casefold()):
                return text[: len(text) - len(unit)].strip()
        return text


class SmallNumberField(forms.DecimalField):
    """A number without thousands. Django's own field, which also takes and shows a comma where the
    language of the page writes decimals so."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str) and _is_comma() and "." not in value:
            value = value.replace(",", ".", 1)
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """A stored number as people write it; what was typed as it was typed."""
        return str(value).replace(".", ",") if isinstance(value, Decimal) and _is_comma() else value


def _is_comma() -> bool:
    """Whether the language of the page writes decimals behind a comma."""
    return get_format("DECIMAL_SEPARATOR") == ","


def _read(text: str) -> re.Match[str] | None:
    """`text` as the language of the page writes numbers.

    Where that has a comma for decimals, what only English can mean is taken too (1,200.50); what both
    can mean otherwise (1,200) means what the page means by it, as the page itself would print it.
    """
    if not _is_comma():
        return WITH_POINT.fullmatch(text)
    grammars = (WITH_COMMA, POINTS_AND_COMMA, WITH_POINT)
    return next((found for one in grammars if (found := one.fullmatch(text))), None)
