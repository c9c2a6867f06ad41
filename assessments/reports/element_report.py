"""One element of a published result, ready to be shown on page and paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.services.counts import first_capital, in_words
from assessments.evidence.words import fact_in_words, label_in_words

from . import elements as sayings
from . import poles, tasks
from .facts import change_of, movement
from .figures import whole, writable
from .findings import forecast_value, score_words
from .marks import (
    TALLY,
    Drawing,
    PageLine,
    PrintLine,
    band_of,
    drawing,
    element_places,
    statement_place,
)
from .reached import Reached, reached
from .readings import needs_nothing
from .record_pages import record_page
from .texts import Advice, BankTexts


@dataclass(frozen=True)
class StatementReport:
    """One statement: its mean on the line from 0 to 100, and how many answered it."""

    text: str
    facet: str
    """What it covers, as a heading; "" where the bank does not say."""
    reverse: bool
    withheld: bool
    score: str
    band: str
    people: str
    page: Drawing
    paper: Drawing
    answer: str = ""
    """Of a checklist: the answer by its scale's own label."""
    left: str = ""
    right: str = ""
    """Of opposed pairs: what stands at either end of its line."""


@dataclass(frozen=True)
class CheckReport:
    """A check of the record. `page` is the name of the alliance's address where the record is kept,
    "" where none is known."""

    label: str
    fact: str
    state: str
    missed: bool
    page: str


@dataclass(frozen=True)
class Voice:
    """A comment, with its organisation in open rounds."""

    text: str
    organisation: str


@dataclass(frozen=True)
class ElementReport:
    """One element. Texts are empty where there is nothing to say; `told` is False without a score."""

    code: str
    name: str
    position: str
    question: str
    what_it_is: str
    title: str
    lead: str
    notes: list[str]
    told: bool
    opened: bool
    decides: bool
    strong: bool
    """Whether nothing is to do: a task that is done, anything else that is strong."""
    extreme: bool
    missing: str
    withheld: bool
    score: str
    band: str
    band_word: str
    tally: tuple[bool, bool, bool]
    views: str
    divided: bool
    views_sentence: str
    spread: str
    record: str
    forecast: str
    last: str
    change: str
    bounds: str
    picture_title: str
    picture_text: str
    page: Drawing
    paper: Drawing
    statements: list[StatementReport]
    """Lowest first, withheld ones last; a task's parts as asked."""
    as_asked: list[StatementReport]
    hidden_statements: str
    advice: tuple[Advice, ...]
    asked: tuple[Advice, ...]
    means: str
    """What the bank says that it means."""
    record_title: str
    checks: list[CheckReport]
    idle_checks: list[CheckReport]
    """Those that did not apply when the round closed."""
    comments: list[Voice]
    reached: list[Reached]
    state: str
    """Of a checklist: how far the task is, `done`, `under_way` or `not_begun`; "" where nothing is told."""
    state_word: str
    parts: str
    """How many of the task's parts are done."""


def element_report(
    document: Mapping[str, Any],
    element: Mapping[str, Any],
    texts: BankTexts,
    *,
    number: int,
    opened: bool,
    voices: list[Mapping[str, Any]],
) -> ElementReport:
    code = element["code"]
    text = texts.element(code)
    steps = text.scale[1] - text.scale[0] if text.scale else None
    entry = change_of(document, code)
    previous = entry["previous"] if entry else None
    places = element_places(element, steps=steps, previous=previous)
    told = element["score"] is not None
    picture = sayings.drawing_words(element, places, text) if told else ("", "")
    said = sayings.sentences(document, element, texts)
    as_asked = _statements(document, element, texts)
    lowest_first = sorted(as_asked, key=lambda pair: pair[0])
    statements = as_asked if tasks.is_checklist(document) else lowest_first
    state = tasks.state_of(document, code)
    kind = element.get("kind") or element["band"] or ""
    means = text.readings.get(tasks.means_by(state) if state else kind, "")
    lead, views = " ".join(said[:2]), sayings.views_sentence(element, places, document["k"])
    if poles.is_pairs(document) and told:
        # Where views divide, what the bank says of their mean need be true of nobody.
        means = "" if element["agreed"] is False else means
        lead, views = " ".join(part for part in (views, lead) if part), ""
    hidden = sum(question["withheld"] for question in element["questions"])
    record = element["records"]["score"]
    checks = element["records"]["checks"] if record is not None else []
    forecast = forecast_value(element)
    tally = TALLY.get(element["band"] or "", 0)
    return ElementReport(
        code=code,
        name=text.title,
        position=sayings.position_words(
            number, len(document["elements"]), code, document["verdict"]["deciding"]
        ),
        question=text.question,
        what_it_is=text.what_it_is,
        title=sayings.title(document, element, text),
        lead=lead,
        notes=said[2:],
        told=told,
        opened=opened,
        decides=document["verdict"]["deciding"][:1] == [code],
        strong=needs_nothing(document, element),
        extreme=bool(element["extreme"]),
        missing=_missing_words(document, element),
        withheld=bool(element.get("withheld")),
        score=score_words(element),
        band=element["band"] or "",
        band_word=sayings.band_word(element["band"]),
        tally=(tally > 0, tally > 1, tally > 2),
        views=sayings.views_word(element),
        divided=element["agreed"] is False,
        views_sentence=views,
        spread=sayings.spread_words(places),
        record="" if record is None else str(whole(record)),
        forecast="" if forecast is None else str(forecast),
        last="" if previous is None else str(whole(previous)),
        change=_change_words(entry),
        bounds=sayings.bounds_words(element),
        picture_title=picture[0],
        picture_text=picture[1],
        page=drawing(places, PageLine()),
        paper=drawing(places, PrintLine()),
        statements=[row for _place, row in statements],
        as_asked=[row for _place, row in as_asked],
        hidden_statements=_hidden(hidden) if hidden and not element.get("withheld") else "",
        means=means,
        advice=text.advice,
        asked=text.asked_of_members,
        record_title=sayings.record_title(element),
        checks=[_check(check) for check in checks if check["state"] != "n/a"],
        idle_checks=[_check(check) for check in checks if check["state"] == "n/a"],
        comments=[
            Voice(writable(str(v["text"])), writable(str(v.get("organisation") or "")))
            for v in voices
        ],
        reached=reached(document, element, texts, places),
        state=state,
        state_word=tasks.state_word(state),
        parts=tasks.parts_done(element, text) if state else "",
    )


def _check(check: Mapping[str, Any]) -> CheckReport:
    return CheckReport(
        label=writable(label_in_words(str(check.get("label") or check["code"]))),
        fact=writable(fact_in_words(str(check["fact"]))),
        state=sayings.state_word(check["state"]),
        missed=check["state"] == "not",
        page=record_page(check["code"]),
    )


def _missing_words(document: Mapping[str, Any], element: Mapping[str, Any]) -> str:
    """What stands in the place of a score that is not there."""
    if element.get("withheld"):
        return sayings.withheld_words(document["k"])
    return _("No score") if element["score"] is None else ""


def _hidden(count: int) -> str:
    return ngettext(
        "%(count)s statement is withheld, so that no answer can be worked out.",
        "%(count)s statements are withheld, so that no answer can be worked out.",
        count,
    ) % {"count": first_capital(in_words(count))}


def _change_words(entry: Mapping[str, Any] | None) -> str:
    if not entry or entry["difference"] is None:
        return ""
    return movement(entry["difference"]) if entry["difference"] else _("no change")


def _statements(
    document: Mapping[str, Any], element: Mapping[str, Any], texts: BankTexts
) -> list[tuple[Decimal, StatementReport]]:
    """The element's statements as asked, each with its place; beyond 100 where it has none."""
    in_order, between = tasks.is_checklist(document), poles.is_pairs(document)
    known = texts.element(element["code"]).statements
    rows: list[tuple[Decimal, StatementReport]] = []
    for question in element["questions"]:
        statement = known.get(question["code"])
        place = statement_place(question["mean"], statement) if statement else None
        drawn_at = element_places({"score": place}, steps=None, previous=None)
        people = question["people"]
        left, right = poles.ends(statement) if between and statement else ("", "")
        rows.append(
            (
                Decimal(101) if place is None else place,
                StatementReport(
                    text=statement.text if statement else question["code"],
                    facet=first_capital(statement.facet) if statement else "",
                    # A line between poles is drawn with the better one on the right already.
                    reverse=bool(statement and statement.reverse and not between),
                    withheld=bool(question["withheld"]),
                    score="" if place is None else str(whole(place)),
                    band=""
                    if place is None or not texts.judges
                    else band_of(place, mixed_from=texts.mixed_from, strong_from=texts.strong_from),
                    people=""
                    if people is None
                    else ngettext("%(count)s answered", "%(count)s answered", people)
                    % {"count": people},
                    page=drawing(drawn_at, PageLine()),
                    paper=drawing(drawn_at, PrintLine()),
                    answer=tasks.answer_words(question, statement)
                    if in_order and statement
                    else "",
                    left=left,
                    right=right,
                ),
            )
        )
    return rows
