"""A published result, ready to be shown: what the page, the report and the scorecard have in common.

`report_of` turns a stored result into sentences, figures in words, and marks in their places. The
templates lay out what they find here and work nothing out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext, npgettext
from django.utils.translation import gettext as _

from alliances.services.counts import apart, first_capital, in_words, listed
from alliances.services.figures import dated
from assessments.models import Result

from . import poles, tasks
from .decision import (
    DecisionReport,
    beside_the_finding,
    decision_report,
    past_what_is_not_known,
)
from .element_report import ElementReport, element_report
from .facts import Fact, facts, facts_beside, has_records, since
from .figures import day, exact, is_plural, local, moment, whole, writable
from .findings import (
    Headline,
    lowest_first,
    nobody_is_told,
    score_words,
)
from .marks import (
    Cover,
    PageLine,
    PrintLine,
    Scale,
    cover,
    scale,
)
from .organisations import OrganisationRow, organisation_rows
from .page_words import page_words
from .readings import (
    asks_lead,
    asks_none,
    covers,
    done_of_all,
    finding_of,
    in_order,
    keeps_order,
    rule_in_words,
    scale_note,
    shows_bands,
    standfirst_of,
    to_do_first,
    without_bands,
)
from .texts import BankTexts, texts_of


@dataclass(frozen=True)
class Report:
    """All that is shown of one result."""

    title: str
    alliance: str
    round: str
    closed: str
    closed_at: datetime | None
    span: str
    language: str
    mode: str
    mode_sentence: str
    headline: Headline
    standfirst: list[str]
    facts: list[Fact]
    count: str
    in_figures: str
    overview_title: str
    overview_notes: list[str]
    decides_title: str
    nothing_told: bool
    weakest_decides: bool
    has_records: bool
    """Whether anything on record belongs to what was asked."""
    judges: bool
    """Whether the bands tell good from bad, and so are shown."""
    is_checklist: bool
    """Whether its elements are tasks: told by how far they are, without a line from 0 to 100."""
    is_pairs: bool
    """Whether its lines run between opposite poles."""
    tells_views: bool
    """Whether there is more than one respondent, and so anything to agree about."""
    tells_bounds: bool
    """Whether anybody else could have changed a figure."""
    figures_told: int
    """How many columns of the table of figures a withheld element leaves empty."""
    covers: str
    """How much of its bank the round asked, where that was not all."""
    scale_note: str
    """What the line from 0 to 100 stands for."""
    asks_lead: str
    """From what it follows that something is asked of members."""
    asks_none: str
    rows_title: str
    reading: str
    """How the result is read, where the weakest element does not decide."""
    decision: DecisionReport | None
    """Its reasons, where it is a decision by criteria."""
    lowest_first: list[ElementReport]
    as_asked: list[ElementReport]
    deciding: ElementReport | None
    to_do: list[ElementReport]
    asked: list[ElementReport]
    withheld: list[ElementReport]
    commented: list[ElementReport]
    """Those with comments, in the order of their pages."""
    voices_lead: str
    """Whose words the comments are."""
    key_spread: bool
    key_record: bool
    key_forecast: bool
    key_last: str
    page_words: tuple[str, str, str]
    """Around the numbers in a page's foot."""
    page_scale: Scale
    paper_scale: Scale
    cover: Cover | None
    cover_text: str
    index: str
    organisations: list[OrganisationRow]
    scoring: str
    bank: str
    bank_version: int
    bank_digest: str
    result_digest: str
    k: int
    strong_from: int
    mixed_from: int
    columns: int = field(default=0)


def report_of(result: Result) -> Report:
    """The report of a stored result. Reads its round and bank, and the bank's words.

    The digest of the answers stays out: who knows nearly all of them could try out the rest on it.
    """
    return make_report(
        result.document,
        texts_of(result.round.bank),
        comments=result.comments or {},
        opened_at=result.round.opened_at,
        result_digest=result.digest,
        asked_codes=result.round.asked,
    )


def make_report(
    document: Mapping[str, Any],
    texts: BankTexts,
    *,
    comments: Mapping[str, Any] | None = None,
    opened_at: datetime | None = None,
    result_digest: str = "",
    asked_codes: Sequence[str] = (),
) -> Report:
    """The report of a published document (schema northbound.result/1) in the words of a bank.

    `asked_codes` are the codes of the questions that its round asked, where that was not all.
    """
    texts = replace(texts, judges=shows_bands(document, texts))
    if not texts.judges:
        document = without_bands(document)
    pairs = poles.is_pairs(document)
    asked: list[dict[str, Any]] = list(document["elements"])
    deciding: list[str] = document["verdict"]["deciding"]
    ordered = in_order(document)
    first = deciding or to_do_first(document)
    opened = first[0] if first else next((e["code"] for e in ordered if e["score"] is not None), "")
    reports = {
        element["code"]: element_report(
            document,
            element,
            texts,
            number=number,
            opened=element["code"] == opened,
            voices=(comments or {}).get(element["code"], []),
        )
        for number, element in enumerate(asked, start=1)
    }
    closed_at = moment(document["closed_at"])
    finding = finding_of(document, texts)
    alliance, name = writable(document["alliance"]), writable(document["round"])
    limits = {"mixed_from": texts.mixed_from, "strong_from": texts.strong_from}
    withheld = [reports[e["code"]] for e in asked if e["score"] is None]
    asked_first = ordered if tasks.is_checklist(document) else lowest_first(document)
    to_do = [reports[code] for code in first if code in reports]
    return Report(
        title=_("%(finding)s %(alliance)s, %(round)s")
        % {"finding": finding, "alliance": alliance, "round": name},
        alliance=alliance,
        round=name,
        closed=day(closed_at),
        closed_at=closed_at,
        span=_span(opened_at, closed_at),
        language=get_language() or "en",
        mode=document["mode"],
        mode_sentence=_mode_sentence(document),
        headline=finding,
        standfirst=standfirst_of(document, texts, beside_the_finding(document, texts)),
        facts=facts(document, texts),
        count=in_words(len(asked)),
        in_figures=_in_figures(document),
        overview_title=_overview_title(document),
        overview_notes=_overview_notes(document, texts, reports),
        decides_title=_decides_title(document, texts),
        nothing_told=nobody_is_told(document),
        weakest_decides="reading" not in document,
        has_records=has_records(document),
        judges=texts.judges,
        is_checklist=tasks.is_checklist(document),
        is_pairs=pairs,
        tells_views=document["responses"]["people"] != 1,
        tells_bounds=document["roster"]["organisations"] != 1,
        figures_told=1
        + (texts.judges or tasks.is_checklist(document))
        + 2 * (document["responses"]["people"] != 1),
        scale_note=scale_note(document, texts),
        covers=covers(texts, asked_codes),
        asks_lead=asks_lead(document, texts),
        asks_none=asks_none(document),
        rows_title=_rows_title(document),
        reading=" ".join(
            said
            for said in (rule_in_words(document, texts), past_what_is_not_known(document, texts))
            if said
        ),
        decision=decision_report(document, texts, reports),
        lowest_first=[reports[e["code"]] for e in ordered],
        as_asked=list(reports.values()),
        deciding=reports.get(deciding[0]) if deciding else None,
        to_do=to_do,
        asked=[r for e in asked_first if (r := reports[e["code"]]).told and not r.strong],
        withheld=withheld,
        commented=[r for e in ordered if (r := reports[e["code"]]).comments],
        voices_lead=_voices_lead(document),
        key_spread=any(r.page.spread_length for r in reports.values()),
        key_record=any(r.page.record for r in reports.values()),
        key_forecast=any(r.page.forecast for r in reports.values()),
        key_last=since(document) if any(r.page.last for r in reports.values()) else "",
        page_words=page_words(_("%(page)s of %(pages)s")),
        page_scale=scale(PageLine(), **limits, judges=texts.judges, poles=pairs),
        paper_scale=scale(PrintLine(), **limits, judges=texts.judges, poles=pairs),
        cover=_cover(lowest_first(document), texts, deciding, limits),
        cover_text=", ".join(
            f"{reports[e['code']].name} {reports[e['code']].score}"
            for e in lowest_first(document)
            if e["score"] is not None
        ),
        index=str(whole(document["index"])) if document["index"] is not None else "",
        organisations=organisation_rows(document, limits, judges=texts.judges),
        scoring=document["scoring"],
        bank=texts.title,
        bank_version=document["bank"]["version"],
        bank_digest=document["bank"]["digest"],
        result_digest=result_digest,
        k=document["k"],
        columns=len(asked) + 1,
        **limits,
    )


def _cover(
    ordered: list[dict[str, Any]], texts: BankTexts, deciding: list[str], limits: dict[str, int]
) -> Cover | None:
    marks = [
        (
            f"{_short(texts.element(e['code']).title)} {score_words(e)}",
            e["band"],
            exact(e["score"]),
            e["band"] == "weak" or deciding[:1] == [e["code"]],
        )
        for e in ordered
        if e["score"] is not None
    ]
    return cover(marks, **limits) if marks else None


def _short(title: str, limit: int = 40) -> str:
    return title if len(title) <= limit else title[: limit - 1].rstrip() + "…"


def _span(opened_at: datetime | None, closed_at: datetime | None) -> str:
    """When the round ran, in words. Both days are those of the installation's time zone."""
    if not closed_at:
        return ""
    opened_at, closed_at = opened_at and local(opened_at), local(closed_at)
    if not opened_at or opened_at.date() >= closed_at.date():
        return _("closed %(day)s") % {"day": day(closed_at)}
    first = day(opened_at)
    if opened_at.year == closed_at.year:
        same_month = opened_at.month == closed_at.month
        first = dated(opened_at, "j" if same_month else "MONTH_DAY_FORMAT")
    return _("from %(first)s to %(last)s") % {"first": first, "last": day(closed_at)}


def _mode_sentence(document: Mapping[str, Any]) -> str:
    if document["mode"] == "open":
        return _("This round was open: each organisation’s scores are shown with its name.")
    return _(
        "This round was confidential: nothing is shown of what fewer than %(k)s people said, "
        "and nothing by organisation."
    ) % {"k": in_words(document["k"])}


def _voices_lead(document: Mapping[str, Any]) -> str:
    if document["mode"] == "open":
        return _("Comments as they were written, with the organisation’s name.")
    return _(
        "Comments as they were written, without names and in alphabetical order, on elements on which "
        "%(k)s people or more commented."
    ) % {"k": in_words(document["k"])}


def _in_figures(document: Mapping[str, Any]) -> str:
    if document["index"] is None:
        return ""
    return _(
        "Taken together the index is %(index)s, a mean that a weak element pulls down; "
        "it decides nothing."
    ) % {"index": whole(document["index"])}


def _rows_title(document: Mapping[str, Any]) -> str:
    """ "Eight elements, the weakest first"; in their own order where that tells more."""
    count = len(document["elements"])
    if "reading" not in document:
        title = npgettext("by score", "%(n)s element", "%(n)s elements, the weakest first", count)
    elif poles.is_pairs(document):
        title = npgettext(
            "pairs", "%(n)s pair", "%(n)s pairs, those furthest to the left first", count
        )
    elif keeps_order(document):
        title = npgettext("in order", "%(n)s element", "%(n)s elements, in their order", count)
    else:
        title = npgettext("lowest", "%(n)s element", "%(n)s elements, the lowest first", count)
    return first_capital(title % {"n": in_words(count)})


def _overview_title(document: Mapping[str, Any]) -> str:
    """ "Two elements are weak; views divide on three"."""
    elements = document["elements"]
    if nobody_is_told(document):
        return _("No figures can be told")
    if tasks.is_checklist(document):
        return first_capital(done_of_all(document).rstrip("."))
    if poles.is_pairs(document):
        return poles.overview_title(document)
    weak = sum(e["band"] == "weak" for e in elements)
    mixed = sum(e["band"] == "mixed" for e in elements)
    divided = sum(e["agreed"] is False for e in elements)
    if weak:
        first = ngettext("%(n)s element is weak", "%(n)s elements are weak", weak) % {
            "n": in_words(weak)
        }
    elif mixed:
        first = ngettext("%(n)s element is mixed", "%(n)s elements are mixed", mixed) % {
            "n": in_words(mixed)
        }
    elif all(e["band"] == "strong" for e in elements):
        first = ngettext("The one element is strong", "All elements are strong", len(elements))
    else:
        first = _("What is known of the elements")
    if divided:
        second = _("views divide on %(n)s") % {"n": in_words(divided)}
        return first_capital(apart([first, second]))
    return first_capital(first)


def _decides_title(document: Mapping[str, Any], texts: BankTexts) -> str:
    """Heading over what to do: "The formal charter decides"."""
    deciding = document["verdict"]["deciding"]
    if not deciding:
        return ""
    name = texts.element(deciding[0]).in_sentence
    if document["verdict"]["level"] == "not-ready":
        pattern = _("%(name)s decide") if is_plural(name) else _("%(name)s decides")
    else:
        pattern = _("%(name)s come first") if is_plural(name) else _("%(name)s comes first")
    return first_capital(pattern % {"name": name})


def _overview_notes(
    document: Mapping[str, Any], texts: BankTexts, reports: Mapping[str, ElementReport]
) -> list[str]:
    """Beside what to do: movement, gaps to the record, forecasts, as far as there are any."""
    if nobody_is_told(document):
        return []
    notes = [f"{fact.term}. {fact.text}" for fact in facts_beside(document, texts)]
    blind = [reports[e["code"]] for e in document["elements"] if (e["dont_know"] or 0) >= 0.2]
    if blind:
        notes.append(
            _("Many do not know: at least a fifth of the answers on %(names)s are “I don’t know”.")
            % {"names": listed([texts.element(r.code).in_sentence for r in blind])}
        )
    return notes
