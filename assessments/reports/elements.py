"""One element in sentences.

Pure functions, like those of `findings`: from the published result and the bank's words alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import ceil
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.services.counts import first_small, in_words, labelled

from . import poles, tasks
from .facts import FORECAST_GAP, change_of, movement, record_gap, record_sentence, since
from .figures import exact, whole
from .findings import Document, forecast_value, score_words
from .marks import Places, statement_place
from .texts import BankTexts, ElementText

DONT_KNOW_TOLD = Decimal("0.20")
"""From this share of "I don't know" on, it is told in a sentence."""


def band_word(band: str | None) -> str:
    """ "Weak", "Mixed", "Strong"; empty without a band."""
    return {"weak": _("Weak"), "mixed": _("Mixed"), "strong": _("Strong")}.get(band or "", "")


def views_word(element: Mapping[str, Any]) -> str:
    """ "Agreed" or "Divided"; empty where agreement cannot be told."""
    if element["agreed"] is None:
        return ""
    return _("Agreed") if element["agreed"] else _("Divided")


def withheld_words(k: int) -> str:
    """What stands in a withheld figure's place. Which of the two it is would tell something itself."""
    return _("Withheld: fewer than %(k)s answered, or too alike") % {"k": in_words(k)}


def title(document: Document, element: Mapping[str, Any], text: ElementText) -> str:
    """The finding on one element: "Formal charter: weak at 38, and views divide", "History: under way"."""
    if element.get("withheld"):
        return _("%(title)s: withheld") % {"title": text.title}
    if element["score"] is None:
        return _("%(title)s: no score") % {"title": text.title}
    state = tasks.state_of(document, element["code"])
    if state:
        return labelled(text.title, first_small(tasks.state_word(state)))
    if poles.is_pairs(document):
        return poles.title(element, text)
    if element["band"] is None:
        return _("%(title)s: %(score)s") % {"title": text.title, "score": score_words(element)}
    pattern = {
        None: _("%(title)s: %(band)s at %(score)s"),
        True: _("%(title)s: %(band)s at %(score)s, and views agree"),
        False: _("%(title)s: %(band)s at %(score)s, and views divide"),
    }[element["agreed"]]
    return pattern % {
        "title": text.title,
        "band": band_word(element["band"]).lower(),
        "score": score_words(element),
    }


def sentences(document: Document, element: Mapping[str, Any], texts: BankTexts) -> list[str]:
    """What is worth saying of one element, the most telling first. Empty where nothing is."""
    if element.get("withheld"):
        return [
            _(
                "Fewer than %(k)s people have a score on it, or they answered too much alike. So that nobody’s "
                "answer can be worked out, none of its figures is in any page or file."
            )
            % {"k": in_words(document["k"])}
        ]
    if element["score"] is None:
        return [_("Nobody answered enough of its statements to give a score.")]
    said = [
        _of_its_statements(document, element, texts.element(element["code"])),
        record_sentence(element) if record_gap(element) else "",
        _forecast_sentence(element),
        _dont_know_sentence(element),
        _change_sentence(document, element),
    ]
    return [sentence for sentence in said if sentence]


def _of_its_statements(document: Document, element: Mapping[str, Any], text: ElementText) -> str:
    """The lowest statement; of a task how many of its parts are how far; of a pair nothing."""
    if tasks.is_checklist(document):
        return tasks.parts_sentence(element, text)
    return "" if poles.is_pairs(document) else lowest_statement(element, text)


def lowest_statement(element: Mapping[str, Any], text: ElementText) -> str:
    """The statement that scores lowest among those shown, in its own words."""
    placed = [
        (place, statement)
        for question in element["questions"]
        if (statement := text.statements.get(question["code"]))
        and (place := statement_place(question["mean"], statement)) is not None
    ]
    if len(placed) < 2 or element["extreme"]:
        return ""
    place, lowest = min(placed, key=lambda pair: pair[0])
    if place == max(placed, key=lambda pair: pair[0])[0]:
        return ""
    pattern = (
        _("Lowest, at %(score)s, where agreeing counts against it: “%(text)s”")
        if lowest.reverse
        else _("Lowest, at %(score)s: “%(text)s”")
    )
    return pattern % {"score": whole(place), "text": lowest.text}


def _forecast_sentence(element: Mapping[str, Any]) -> str:
    if element["forecast"] is None or abs(exact(element["forecast"])) < FORECAST_GAP:
        return ""
    return _("The convener expected %(forecast)s, people say %(score)s.") % {
        "forecast": forecast_value(element),
        "score": score_words(element),
    }


def _dont_know_sentence(element: Mapping[str, Any]) -> str:
    share = element["dont_know"]
    if share is None or exact(share) < DONT_KNOW_TOLD:
        return ""
    return _("“I don’t know” is %(share)s%% of its answers, which is a finding too.") % {
        "share": whole(exact(share) * 100)
    }


def _change_sentence(document: Document, element: Mapping[str, Any]) -> str:
    entry = change_of(document, element["code"])
    if not entry or element["extreme"] or entry["paired_difference"] is None:
        return ""
    if entry["more_than_noise"] is None:
        return ""
    pattern = (
        _(
            "Since %(when)s it is %(movement)s among those that answered both times: more than noise."
        )
        if entry["more_than_noise"]
        else _("Since %(when)s it has not clearly moved.")
    )
    return pattern % {
        "when": since(document),
        "movement": movement(entry["paired_difference"]),
    }


def views_sentence(element: Mapping[str, Any], places: Places, k: int) -> str:
    """How far people see an element alike, in words; nothing where there is one person."""
    if element.get("withheld"):
        return withheld_words(k) + "."
    if element["people"] == 1:
        return ""
    if element["agreed"] is None:
        return (
            _("So near an end of the scale, how far people agree is not told.")
            if element["extreme"]
            else _("How far people agree cannot be told from these answers.")
        )
    first = (
        _("People see it much the same way.")
        if element["agreed"]
        else _("People see it differently.")
    )
    if places.reach is None:
        return first
    return f"{first} {_stands_apart(places.reach, is_exact=element['ad'] is not None)}"


def _stands_apart(reach: Decimal, *, is_exact: bool) -> str:
    if not is_exact:
        points = ceil(reach)  # none stands further away
        return ngettext(
            "On average an answer stands no more than %(points)s point from the mean of its statement.",
            "On average an answer stands no more than %(points)s points from the mean of its statement.",
            points,
        ) % {"points": points}
    return ngettext(
        "On average an answer stands %(points)s point from the mean of its statement.",
        "On average an answer stands %(points)s points from the mean of its statement.",
        whole(reach),
    ) % {"points": whole(reach)}


def spread_words(places: Places) -> str:
    """ "11–65"; empty without a spread."""
    return f"{whole(places.spread[0])}–{whole(places.spread[1])}" if places.spread else ""


def bounds_words(element: Mapping[str, Any]) -> str:
    """ "33–45": the score had all who are missing said the worst, and the best."""
    if element["low"] is None or element["high"] is None:
        return ""
    low, high = whole(element["low"]), whole(element["high"])
    return str(low) if low == high else f"{low}–{high}"


def record_title(element: Mapping[str, Any]) -> str:
    """ "On record: 22 of 100", or that nothing is."""
    score = element["records"]["score"]
    if score is None:
        return _("Nothing on record yet")
    return _("On record: %(score)s of 100") % {"score": whole(score)}


def state_word(state: str) -> str:
    """How far a check is met, in words."""
    return {
        "met": _("Met"),
        "partly": _("Partly"),
        "not": _("Not met"),
        "n/a": _("Does not apply"),
    }.get(state, state)


def drawing_words(element: Mapping[str, Any], places: Places, text: ElementText) -> tuple[str, str]:
    """Title and description of an element's picture, for those who do not see it."""
    words = {"title": text.title, "score": score_words(element)}
    if element["band"] is None:
        name = _("%(title)s: score %(score)s") % words
    else:
        words["band"] = band_word(element["band"]).lower()
        name = _("%(title)s: score %(score)s, %(band)s") % words
    parts = []
    if places.spread:
        parts.append(
            _("Spread from %(low)s to %(high)s.")
            % {"low": whole(places.spread[0]), "high": whole(places.spread[1])}
        )
    if places.record is not None:
        parts.append(_("On record %(record)s.") % {"record": whole(places.record)})
    if places.forecast is not None:
        parts.append(_("The convener expected %(value)s.") % {"value": forecast_value(element)})
    if places.last is not None:
        parts.append(_("Last round %(last)s.") % {"last": whole(places.last)})
    return name, " ".join(parts)


def position_words(number: int, total: int, code: str, deciding: list[str]) -> str:
    """ "Element 6 of 8, the one that decides"."""
    where = _("Element %(number)s of %(total)s") % {"number": number, "total": total}
    if deciding[:1] == [code]:
        return _("%(where)s, the one that decides") % {"where": where}
    return where
