"""Four facts under the finding: how firm, who answered, words beside record, movement or forecast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.services.counts import (
    counted_of,
    first_capital,
    first_small,
    in_words,
    labelled,
    listed,
)

from .figures import exact, moment, month, whole
from .findings import (
    Document,
    forecast_value,
    missing_organisations,
    nobody_is_told,
    score_words,
)
from .texts import BankTexts

RECORD_GAP = 33
"""From this distance on, words and record are told apart (scoring contract, step 10)."""
FORECAST_GAP = 10
"""From this distance on, a forecast beside the score is worth a sentence."""


@dataclass(frozen=True)
class Fact:
    """One of the four facts under the finding."""

    term: str
    text: str
    is_turnout: bool = False
    """Whether it says who answered; when they did may stand with it."""


def facts(document: Document, texts: BankTexts) -> list[Fact]:
    """Four facts: how firm, who answered, words beside record, movement or forecast.

    The first only where there is a verdict, the third where records belong to what was asked.
    """
    firm = [firmness(document)] if document["verdict"]["level"] != "none" else []
    return [*firm, _answered(document), *facts_beside(document, texts)]


def facts_beside(document: Document, texts: BankTexts) -> list[Fact]:
    """The facts beside the scores: the record, where it belongs, and movement or forecast."""
    record = [record_fact(document, texts)] if has_records(document) else []
    return [*record, change_fact(document, texts) or forecast_fact(document, texts)]


def has_records(document: Document) -> bool:
    """Whether anything on record belongs to what was asked."""
    return document["verdict"]["level"] != "none" or any(
        element["records"]["checks"] for element in document["elements"]
    )


def firmness(document: Document) -> Fact:
    """Whether those who are missing could have changed the verdict."""
    missing = missing_organisations(document)
    verdict = document["verdict"]
    if verdict["level"] == "undecided":
        return Fact(
            _("There is no verdict"),
            _("An alliance is called ready, or not, only where enough is known of every element."),
        )
    if not verdict["firm"]:
        if not missing:
            return Fact(
                _("The verdict is not firm"),
                _("Not every organisation has a score on every element; they could change it."),
            )
        return Fact(
            _("The verdict is not firm"),
            ngettext(
                "What the %(count)s missing organisation had said could have changed it.",
                "What the %(count)s missing organisations had said could have changed it.",
                missing,
            )
            % {"count": in_words(missing)},
        )
    if not missing:
        return Fact(_("The verdict is firm"), _("Every organisation that was asked has answered."))
    return Fact(
        _("The verdict is firm"),
        ngettext(
            "It would be the same whatever the %(count)s missing organisation had said.",
            "It would be the same whatever the %(count)s missing organisations had said.",
            missing,
        )
        % {"count": in_words(missing)},
    )


def _answered(document: Document) -> Fact:
    roster, responses = document["roster"], document["responses"]
    return Fact(
        ngettext(
            "%(count)s of %(total)s organisation answered",
            "%(count)s of %(total)s organisations answered",
            counted_of(responses["organisations"], roster["organisations"]),
        )
        % {"count": responses["organisations"], "total": roster["organisations"]},
        _people_words(document) % {"count": responses["people"], "total": roster["people"]},
        is_turnout=True,
    )


def _people_words(document: Document) -> str:
    """How many people answered; how voices count, where there is more than one."""
    roster = document["roster"]
    if roster["organisations"] == 1 or document["responses"]["people"] == 1:
        return ngettext(
            "%(count)s of %(total)s person.", "%(count)s of %(total)s people.", roster["people"]
        )
    return ngettext(
        "%(count)s of %(total)s person. Each organisation counts as one voice.",
        "%(count)s of %(total)s people. Each organisation counts as one voice.",
        roster["people"],
    )


def record_gap(element: Mapping[str, Any]) -> bool:
    """Whether what people say and what is on record lie so far apart that it is told."""
    record = element["records"]["score"]
    return (
        element["score"] is not None
        and record is not None
        and abs(exact(element["score"]) - exact(record)) >= RECORD_GAP
    )


def record_sentence(element: Mapping[str, Any]) -> str:
    """ "People say 69, the record says 33." """
    return _("People say %(score)s, the record says %(record)s.") % {
        "score": score_words(element),
        "record": whole(element["records"]["score"]),
    }


def record_fact(document: Document, texts: BankTexts) -> Fact:
    """Where what people say and what is on record lie far apart."""
    elements = document["elements"]
    gaps = [element for element in elements if record_gap(element)]
    recorded = sum(element["records"]["score"] is not None for element in elements)
    if nobody_is_told(document):
        return Fact(
            _("Words and record"), _("There is too little to set beside what is on record.")
        )
    if not recorded:
        return Fact(
            _("Nothing on record yet"),
            _(
                "Only what people say is known. Records of the alliance stand beside it once they exist."
            ),
        )
    if not gaps:
        return Fact(
            _("No gap between words and record"),
            _compared(recorded, len(elements)),
        )
    widest = max(gaps, key=lambda e: abs(exact(e["score"]) - exact(e["records"]["score"])))
    sentence = record_sentence(widest)
    title = texts.element(widest["code"]).title
    return Fact(
        ngettext(
            "%(count)s gap between words and record",
            "%(count)s gaps between words and record",
            len(gaps),
        )
        % {"count": first_capital(in_words(len(gaps)))},
        labelled(title, first_small(sentence)),
    )


def _compared(recorded: int, total: int) -> str:
    if recorded == total:
        return ngettext(
            "The one element has records to compare with.",
            "All elements have records to compare with.",
            total,
        )
    return ngettext(
        "So far %(count)s of %(total)s elements has records to compare with.",
        "So far %(count)s of %(total)s elements have records to compare with.",
        recorded,
    ) % {"count": in_words(recorded), "total": in_words(total)}


def change_of(document: Document, code: str) -> Mapping[str, Any] | None:
    """The movement of one element since the last round, where there is one."""
    for entry in (document.get("change") or {}).get("elements", ()):
        if entry["code"] == code:
            return dict(entry)
    return None


def since(document: Document) -> str:
    """The month of the last round, or its name; empty without one."""
    last = (document.get("change") or {}).get("since")
    if not last:
        return ""
    return month(moment(last.get("closed_at"))) or str(last.get("round") or "")


def change_fact(document: Document, texts: BankTexts) -> Fact | None:
    """Movement since the last round that is more than noise; None without a last round."""
    if not document.get("change"):
        return None
    ends = {e["code"] for e in document["elements"] if e["extreme"]}
    entries = [e for e in document["change"]["elements"] if e["code"] not in ends]
    clear = [e for e in entries if e["more_than_noise"] and e["paired_difference"]]
    up = [e for e in clear if e["paired_difference"] > 0]
    down = [e for e in clear if e["paired_difference"] < 0]
    when = since(document)
    if not clear:
        if any(e["more_than_noise"] is not None for e in entries):
            return Fact(
                _("No clear movement since %(when)s") % {"when": when},
                _("What has moved is within noise."),
            )
        return Fact(
            _("Since %(when)s") % {"when": when},
            _(
                "Too few organisations answered both times, or too alike, to tell movement from noise."
            ),
        )
    if up and down:
        term = _("Up and down since %(when)s")
    else:
        term = _("Better than in %(when)s") if up else _("Lower than in %(when)s")
    clear.sort(key=lambda e: -abs(exact(e["paired_difference"])))
    named = [
        _("%(name)s %(movement)s")
        % {
            "name": texts.element(e["code"]).in_sentence,
            "movement": movement(e["paired_difference"]),
        }
        for e in clear[:3]
    ]
    more = len(clear) - len(named)
    if more:
        named.append(_("%(count)s more") % {"count": in_words(more)})
    return Fact(
        term % {"when": when},
        first_capital(
            _("%(named)s among those that answered both times: more than noise.")
            % {"named": listed(named)}
        ),
    )


def movement(difference: float) -> str:
    """ "up 8", "down 4", or "within a point"; the figure rounded towards nothing."""
    size = whole(abs(exact(difference)))
    if not size:
        return _("up by less than 1") if difference > 0 else _("down by less than 1")
    return (_("up %(size)s") if difference > 0 else _("down %(size)s")) % {"size": size}


def forecast_fact(document: Document, texts: BankTexts) -> Fact:
    """What the convener had expected, else that this is a first round."""
    given = [e for e in document["elements"] if e["forecast"] is not None]
    told = [e for e in given if abs(exact(e["forecast"])) >= FORECAST_GAP]
    if not given:
        return Fact(
            _("The first figures"),
            _("No earlier round asked these questions. Asked again, they show what has moved."),
        )
    if not told:
        return Fact(
            _("Much as the convener expected"),
            _("No score lies %(gap)s points or more from the forecast.") % {"gap": FORECAST_GAP},
        )
    widest = max(told, key=lambda e: abs(exact(e["forecast"])))
    higher = sum(e["forecast"] > 0 for e in told)
    if higher == len(told):
        term = _("Lower than the convener expected")
    elif higher == 0:
        term = _("Higher than the convener expected")
    else:
        term = _("Not as the convener expected")
    return Fact(
        term,
        _("%(title)s: forecast %(forecast)s, score %(score)s.")
        % {
            "title": texts.element(widest["code"]).title,
            "forecast": forecast_value(widest),
            "score": score_words(widest),
        },
    )
