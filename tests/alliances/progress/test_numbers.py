"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from alliances.forms.numbers import NumberField, SmallNumberField
from alliances.services import figures
from tests.languages import Words, spoken


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", "12"),
        ("1200.5", "1200.5"),
        ("1,200.50", "1200.50"),
        ("1,200", "1200"),
        ("1 200", "1200"),
        ("1\u00a0200\u00a0300", "1200300"),
        ("1\u202f200.25", "1200.25"),
        ("1’200", "1200"),
        (" 7. ", "7"),
        (".5", "0.5"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("+3", "3"),
        ("-0", "0"),
        ("007", "7"),
        ("999,999,999,999.99", "999999999999.99"),
        ("٤٢", "42"),
        ("12.5 %", "12.5"),
        ("1,200 EUR", "1200"),
        ("1,200eur", "1200"),
    ],
)
def test_what_is_a_number(typed: str, number: str) -> None:
    cleaned = NumberField(units=("EUR", "%")).clean(typed)
    assert str(cleaned) == str(Decimal(number)) or cleaned == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("twelve", "Write a number, like 12, 12.5 or 1,200."),
        ("NaN", "Write a number,"),
        ("Infinity", "Write a number,"),
        ("1e400", "Write a number,"),
        ("12 %", "Write a number,"),
        ("12 days", "Write a number,"),
        ("1,2,3", "Write a number,"),
        ("1,200 300", "Write a number,"),
        ("1 2", "Write a number,"),
        ("--3", "Write a number,"),
        (".", "Write a number,"),
        ("9" * 1_000_000, "Write a number,"),
        ("1,5", "Write decimals behind a point"),
        ("12,50", "Write decimals behind a point"),
        ("1.200,50", "Write decimals behind a point"),
        ("1 200,50", "Write decimals behind a point"),
        ("1.200", "There is room for 2 digits behind the point. Thousands take a comma."),
        ("0.001", "There is room for 2 digits behind the point."),
        ("1,000,000,000,000", "There is room for 12 digits before the point."),
        ("0", "Write a number of 0.01 or more."),
        ("-5", "Write a number of 0.01 or more."),
    ],
)
def test_what_is_none(typed: str, message: str) -> None:
    with pytest.raises(ValidationError) as error:
        NumberField(least=Decimal("0.01")).clean(typed)
    assert error.value.messages[0].startswith(message)


def test_an_empty_field_is_no_number() -> None:
    assert NumberField(required=False).clean("  ") is None
    with pytest.raises(ValidationError):
        NumberField().clean("")


def test_a_unit_that_begins_with_a_digit_is_not_cut_off() -> None:
    assert NumberField(units=("0",)).clean("10") == 10


@pytest.mark.parametrize(
    ("stored", "decimals", "shown"),
    [
        ("480000.00", 2, "480,000"),
        ("1200.50", 2, "1,200.50"),
        ("0.50", 2, "0.50"),
        ("12.500", 3, "12.5"),
        ("-1200.000", 3, "-1,200"),
    ],
)
def test_a_stored_number_is_shown_as_it_may_be_typed(
    stored: str, decimals: int, shown: str
) -> None:
    field = NumberField(decimals=decimals)
    assert field.prepare_value(Decimal(stored)) == shown
    assert field.clean(shown) == Decimal(stored)
    assert field.prepare_value("as typed") == "as typed"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1200,5", "1200.5"),
        ("1 200,50", "1200.50"),
        ("1\u202f200\u202f300,5", "1200300.5"),
        (",5", "0.5"),
        ("\u22123,25", "-3.25"),
        ("12,5 %", "12.5"),
        ("1.200,50", "1200.50"),
        # what English alone can mean
        ("1200.5", "1200.5"),
        ("1,200.50", "1200.50"),
        ("1,200,300", "1200300"),
        ("1 200", "1200"),
    ],
)
def test_what_is_a_number_in_french(typed: str, number: str) -> None:
    with translation.override("fr"):
        assert NumberField(units=("EUR", "%")).clean(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["1,200", "1.200", "0,001", "1,2,3", "1 2", "1.200.300"])
def test_what_could_be_misread_in_french_is_refused(typed: str) -> None:
    """1,200 is one and a fifth here and one thousand two hundred there: where two decimals are all
    that there can be, somebody meant the other."""
    with translation.override("fr"), pytest.raises(ValidationError):
        NumberField().clean(typed)


def test_a_comma_parts_decimals_in_french_where_there_is_room_for_three() -> None:
    with translation.override("fr"):
        assert NumberField(decimals=3).clean("1,200") == Decimal("1.2")
    assert NumberField(decimals=3).clean("1,200") == 1200


@pytest.mark.parametrize(
    ("stored", "decimals", "shown"),
    [
        ("480000.00", 2, "480\u202f000"),
        ("1200.50", 2, "1\u202f200,50"),
        ("1.234", 3, "1,234"),
        ("-1200.000", 3, "-1\u202f200"),
    ],
)
def test_a_stored_number_comes_back_in_french_as_it_was(
    stored: str, decimals: int, shown: str
) -> None:
    with translation.override("fr"):
        field = NumberField(decimals=decimals)
        assert field.prepare_value(Decimal(stored)) == shown
        assert field.clean(shown) == Decimal(stored)


@pytest.mark.parametrize(
    ("language", "typed", "number"),
    [("en", "4.5", "4.5"), ("fr", "4,5", "4.5"), ("fr", "4.5", "4.5"), ("fr", "12", "12")],
)
def test_a_small_number(language: str, typed: str, number: str) -> None:
    with translation.override(language):
        assert SmallNumberField().clean(typed) == Decimal(number)


@pytest.mark.parametrize(("language", "typed"), [("en", "4,5"), ("fr", "4,5,6"), ("fr", "1,200.5")])
def test_what_is_no_small_number(language: str, typed: str) -> None:
    with translation.override(language), pytest.raises(ValidationError):
        SmallNumberField().clean(typed)


@pytest.mark.parametrize(("language", "shown"), [("en", "4.5"), ("fr", "4,5")])
def test_a_small_number_comes_back_as_it_may_be_typed(language: str, shown: str) -> None:
    with translation.override(language):
        field = SmallNumberField()
        assert str(field.prepare_value(Decimal("4.5"))) == shown
        assert field.clean(shown) == Decimal("4.5")
        assert field.prepare_value("as typed") == "as typed"


def test_figures_as_people_write_them() -> None:
    assert figures.money(Decimal("480000.00"), "EUR") == "480,000\u00a0EUR"
    assert figures.money(Decimal("63181.64"), "SEK") == "63,181.64\u00a0SEK"
    assert figures.amount(Decimal("0.00")) == "0"
    assert figures.measured(Decimal("12.500"), "%") == "12.5\u00a0%"
    assert figures.measured(Decimal("1200.000"), "") == "1,200"
    assert figures.number(Decimal("-0.125")) == "-0.125"
    assert figures.days(Decimal("1.00")) == "1\u00a0day"
    assert figures.days(Decimal("0.50")) == "0.5\u00a0days"
    assert [figures.days(Decimal(n)) for n in ("0", "1.5", "2", "2.5")] == [
        "0\u00a0days",
        "1.5\u00a0days",
        "2\u00a0days",
        "2.5\u00a0days",
    ]
    assert [figures.days_long(n) for n in (1, 9, 45)] == ["one day", "nine days", "45 days"]


def test_a_day_and_a_half_is_a_singular_in_french() -> None:
    words = {"day": "jour", "days": "jours", "half a day, or one and a half|days": "jour"}
    with spoken(Words("fr", words)):
        assert figures.days(Decimal("0.5")) == "0,5\u00a0jour"
        assert figures.days(Decimal("1.5")) == "1,5\u00a0jour"
        assert figures.days(Decimal(1)) == "1\u00a0jour"
        assert figures.days(Decimal("2.5")) == "2,5\u00a0jours"
        assert figures.days(Decimal(0)) == "0\u00a0jour"
