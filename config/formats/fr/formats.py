"""How dates, times and numbers stand on a page in French: 20 novembre 2026, 14 h 32, 1 200,5.

With no-break spaces. That the first of a month is “1er”, no format can say: `figures.dated` does.
"""

DATE_FORMAT = "j\u00a0F\u00a0Y"
DATETIME_FORMAT = "j\u00a0F\u00a0Y à G\u00a0\\h\u00a0i"
TIME_FORMAT = "G\u00a0\\h\u00a0i"
MONTH_DAY_FORMAT = "j\u00a0F"
YEAR_MONTH_FORMAT = "F\u00a0Y"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u202f"
NUMBER_GROUPING = 3
