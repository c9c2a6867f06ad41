"""How dates stand on a page in English: 20 November 2026, with no-break spaces."""

DATE_FORMAT = "j\u00a0F\u00a0Y"
DATETIME_FORMAT = "j\u00a0F\u00a0Y, H:i"
TIME_FORMAT = "H:i"
MONTH_DAY_FORMAT = "j\u00a0F"
YEAR_MONTH_FORMAT = "F\u00a0Y"
