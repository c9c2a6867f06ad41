"""How each figure of an element was reached: what it is of, and by which rule.

Pure functions, like those of `findings`: from the published result and the bank's words alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import ceil
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.services.counts import counted, in_words
from alliances.services.figures import number, two_decimals

from .elements import band_word, withheld_words
from .facts import change_of, has_records
from .figures import exact, whole
from .findings import Document, forecast_value, score_words
from .marks import Places, band_of
from .texts import BankTexts, ElementText

RWG_LIMIT = Decimal("0.70")


@dataclass(frozen=True)
class Reached:
    """One line of "How this was reached"."""

    term: str
    text: str


def reached(
    document: Document, element: Mapping[str, Any], texts: BankTexts, places: Places
) -> list[Reached]:
    """How each figure of an element was reached: what it is of, by which rule."""
    text = texts.element(element["code"])
    lines: list[Reached] = []
    if element.get("withheld"):
        lines.append(Reached(_("Score"), withheld_words(document["k"]) + "."))
    elif element["score"] is None:
        lines.append(
            Reached(_("Score"), _("None: nobody answered at least half of its statements."))
        )
    else:
        lines += [
            _score_line(element),
            *_views_lines(element, text, places),
            *_dont_know_line(element),
            *_bounds_line(document, element, texts),
        ]
    lines += [
        *([_record_line(element)] if has_records(document) else []),
        *_forecast_line(element),
        *_change_line(document, element),
        Reached(
            _("Rules"),
            _("Scoring %(scoring)s, question bank “%(bank)s” version %(version)s.")
            % {
                "scoring": document["scoring"],
                "bank": texts.title,
                "version": document["bank"]["version"],
            },
        ),
    ]
    return lines


def _score_line(element: Mapping[str, Any]) -> Reached:
    organisations = ngettext(
        "%(count)s organisation", "%(count)s organisations", element["organisations"]
    ) % {"count": in_words(element["organisations"])}
    people = ngettext("%(count)s person", "%(count)s people", element["people"]) % {
        "count": in_words(element["people"])
    }
    if element["extreme"]:
        return Reached(
            _("Score"),
            _(
                "%(score)s, from %(people)s in %(organisations)s. So near an end of the scale an exact "
                "figure would tell too much, so only this end is published."
            )
            % {
                "score": score_words(element),
                "people": people,
                "organisations": organisations,
            },
        )
    if element["person_mean"] is None:
        return Reached(
            _("Score"),
            ngettext(
                "%(exact)s, shown as %(score)s: what %(organisations)s says, of %(people)s.",
                "%(exact)s, shown as %(score)s: the mean of %(organisations)s, one voice each, of "
                "%(people)s.",
                element["organisations"],
            )
            % {
                "exact": two_decimals(element["score"]),
                "score": score_words(element),
                "organisations": organisations,
                "people": people,
            },
        )
    return Reached(
        _("Score"),
        ngettext(
            "%(exact)s, shown as %(score)s: what %(organisations)s says. "
            "The mean over %(people)s is %(person_mean)s.",
            "%(exact)s, shown as %(score)s: the mean of %(organisations)s, one voice each. "
            "The mean over %(people)s is %(person_mean)s.",
            element["organisations"],
        )
        % {
            "exact": two_decimals(element["score"]),
            "score": score_words(element),
            "organisations": organisations,
            "people": people,
            "person_mean": two_decimals(element["person_mean"]),
        },
    )


def _views_lines(element: Mapping[str, Any], text: ElementText, places: Places) -> list[Reached]:
    if element["people"] == 1:
        return []
    if element["agreed"] is None or not text.scale:
        return [
            Reached(
                _("Views"),
                _("Not told so near an end of the scale.")
                if element["extreme"]
                else _(
                    "Not told: it takes two answers to a statement, one scale for all, and that no answer can be worked out."
                ),
            )
        ]
    options = text.scale[1] - text.scale[0] + 1
    limit = (Decimal(options) / 6).quantize(Decimal("0.01"), ROUND_HALF_UP)
    lines = []
    if places.spread and places.reach is not None:
        lines.append(Reached(_("Spread"), _spread(element, places.spread, places.reach, options)))
    if element["rwg"] is None:
        return [*lines, _agreement_alone(element)]
    pattern = (
        _(
            "r<sub>WG(J)</sub> is {rwg} and AD is {ad}. Agreed means: {rwg_limit} or more, and no more than {limit}."
        )
        if element["agreed"]
        else _(
            "r<sub>WG(J)</sub> is {rwg} and AD is {ad}. Agreed would mean: {rwg_limit} or more, and no more than {limit}."
        )
    )
    lines.append(
        Reached(
            _("Agreed, because") if element["agreed"] else _("Divided, because"),
            format_html(
                pattern,
                rwg=two_decimals(element["rwg"]),
                ad=two_decimals(element["ad"]),
                rwg_limit=two_decimals(RWG_LIMIT),
                limit=two_decimals(limit),
            ),
        )
    )
    return lines


def _spread(
    element: Mapping[str, Any], spread: tuple[Decimal, Decimal], reach: Decimal, options: int
) -> str:
    points = whole(reach) if element["ad"] is not None else ceil(reach)
    told = {
        "low": whole(spread[0]),
        "high": whole(spread[1]),
        "points": points,
        "options": in_words(options),
    }
    if element["ad"] is None:
        return ngettext(
            "%(low)s to %(high)s: on average an answer stands no more than %(points)s point from "
            "the mean of its statement (AD up to %(ad)s on %(options)s steps, in quarters).",
            "%(low)s to %(high)s: on average an answer stands no more than %(points)s points from "
            "the mean of its statement (AD up to %(ad)s on %(options)s steps, in quarters).",
            points,
        ) % (told | {"ad": two_decimals(element["ad_up_to"])})
    return ngettext(
        "%(low)s to %(high)s: on average an answer stands %(points)s point from the mean "
        "of its statement (AD %(ad)s on %(options)s steps).",
        "%(low)s to %(high)s: on average an answer stands %(points)s points from the mean "
        "of its statement (AD %(ad)s on %(options)s steps).",
        points,
    ) % (told | {"ad": two_decimals(element["ad"])})


def _agreement_alone(element: Mapping[str, Any]) -> Reached:
    """Where the figures behind it would tell what single people answered."""
    if element["agreed"]:
        return Reached(
            _("Agreed"),
            _("The figures behind it are withheld, so that no answer can be worked out."),
        )
    return Reached(
        _("Divided"), _("The figures behind it are withheld, so that no answer can be worked out.")
    )


def _dont_know_line(element: Mapping[str, Any]) -> list[Reached]:
    if element["dont_know"] is None:
        return []
    return [
        Reached(
            _("“I don’t know”"),
            _("%(share)s%% of its answers. They never count as low.")
            % {"share": whole(exact(element["dont_know"]) * 100)},
        )
    ]


def _bounds_line(document: Document, element: Mapping[str, Any], texts: BankTexts) -> list[Reached]:
    if element["low"] is None or element["high"] is None:
        return []
    if document["roster"]["organisations"] == 1:
        return []  # there is nobody else who could have
    low, high = exact(element["low"]), exact(element["high"])
    if low == high:
        said = _("No other figure: every organisation has a score on it.")
    else:
        bands = [
            band_word(band_of(v, mixed_from=texts.mixed_from, strong_from=texts.strong_from))
            for v in (low, high)
        ]
        said = _("Between %(low)s and %(high)s.") % {"low": whole(low), "high": whole(high)}
        if texts.judges:
            said += " " + (
                _("%(band)s either way.") % {"band": bands[0]}
                if bands[0] == bands[1]
                else _("From %(low)s to %(high)s.")
                % {"low": bands[0].lower(), "high": bands[1].lower()}
            )
    return [Reached(_("If all had answered"), said)]


def _record_line(element: Mapping[str, Any]) -> Reached:
    records = element["records"]
    if records["score"] is None:
        return Reached(_("On record"), _("Nothing on record yet."))
    checks = [check for check in records["checks"] if check["state"] != "n/a"]
    points = sum((exact(check["points"]) for check in checks), Decimal(0))
    return Reached(
        _("On record"),
        ngettext(
            "%(exact)s: of %(points)s point in all, a check met counts whole, partly half. Never mixed into the score.",
            "%(exact)s: of %(points)s points in all, a check met counts whole, partly half. Never mixed into the score.",
            counted(points),
        )
        % {"exact": two_decimals(records["score"]), "points": number(points)},
    )


def _forecast_line(element: Mapping[str, Any]) -> list[Reached]:
    value = forecast_value(element)
    if value is None:
        return []
    return [
        Reached(
            _("Convener’s forecast"),
            _("%(value)s, given before the round closed.") % {"value": value},
        )
    ]


def _change_line(document: Document, element: Mapping[str, Any]) -> list[Reached]:
    entry = change_of(document, element["code"])
    if not entry or entry["previous"] is None:
        return []
    last = document["change"]["since"]
    said = _("%(previous)s in “%(round)s”.") % {
        "previous": two_decimals(entry["previous"]),
        "round": last["round"],
    }
    if entry["paired_difference"] is not None and entry["pairs"]:
        said += " " + ngettext(
            "For the %(pairs)s that answered both times the difference is %(difference)s",
            "Among the %(pairs)s that answered both times the mean difference is %(difference)s",
            entry["pairs"],
        ) % {
            "pairs": in_words(entry["pairs"]),
            "difference": _signed(entry["paired_difference"]),
        }
        has_interval = entry["low"] is not None and entry["high"] is not None
        if has_interval:
            said += _(", with 95%% certainty between %(low)s and %(high)s") % {
                "low": _signed(entry["low"]),
                "high": _signed(entry["high"]),
            }
        said += "."
        if entry["more_than_noise"] is not None and not has_interval:
            said += " " + (
                _("More than noise, because 0 lies outside the interval, which is withheld.")
                if entry["more_than_noise"]
                else _("Within noise, because 0 lies inside the interval, which is withheld.")
            )
        elif entry["more_than_noise"] is not None:
            said += " " + (
                _("More than noise, because 0 lies outside.")
                if entry["more_than_noise"]
                else _("Within noise, because 0 lies inside.")
            )
    elif entry["paired_difference"] is None:
        said += " " + _("Too few answered both times, or too alike, to tell movement from noise.")
    return [Reached(_("Last round"), said)]


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + two_decimals(value)
