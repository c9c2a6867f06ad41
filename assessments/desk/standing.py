"""Where the alliance stands, element by element: the last published score, and the record of today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from assessments.evidence.words import fact_in_words, label_in_words
from assessments.models import Round
from assessments.reports.elements import band_word
from assessments.reports.figures import whole
from assessments.reports.findings import score_words
from assessments.reports.marks import TALLY, Drawing, PageLine, Places, Scale, drawing, scale
from assessments.reports.record_pages import record_page
from assessments.scoring import Check, State, record_score

MIXED_FROM, STRONG_FROM = 50, 75


@dataclass(frozen=True)
class ElementRow:
    """One element on the desk; the figures are empty where there are none."""

    code: str
    name: str
    score: str
    record: str
    band: str
    band_word: str
    tally: tuple[bool, bool, bool]
    page: Drawing
    picture_title: str
    picture_text: str
    fact: str
    """What its record lacks most, in words."""
    record_page: str = ""
    """The name of the address of the record that lacks it."""
    address: str = ""
    standing: Fraction | None = None
    """The lower of score and record, 0–100: what the element can be relied on for. None without both."""


def element_names() -> dict[str, str]:
    """What the eight elements are called, by code, in their order (VA)."""
    return {
        "common-pain": _("Common pain"),
        "convener-of-stature": _("Convener of stature"),
        "representatives-of-substance": _("Representatives of substance"),
        "committed-leaders": _("Committed leaders"),
        "clearly-defined-purpose": _("Clearly defined purpose"),
        "formal-charter": _("Formal charter"),
        "northbound-train": _("Northbound train"),
        "common-ground": _("Common ground"),
    }


def page_scale() -> Scale:
    """The head of the line that the rows stand on."""
    return scale(PageLine(), mixed_from=MIXED_FROM, strong_from=STRONG_FROM)


def element_rows(
    evidence: Mapping[str, Sequence[Check]], latest: Round | None, result_address: str
) -> list[ElementRow]:
    """The eight elements in their order; `latest` is the last closed round that asked about them."""
    published: dict[str, Mapping[str, Any]] = (
        {element["code"]: element for element in latest.result.document["elements"]}
        if latest
        else {}
    )
    return [
        _row(code, name, evidence.get(code, ()), published.get(code), result_address)
        for code, name in element_names().items()
    ]


def _row(
    code: str,
    name: str,
    checks: Sequence[Check],
    element: Mapping[str, Any] | None,
    result_address: str,
) -> ElementRow:
    score = element["score"] if element else None
    band = (element["band"] if element else None) or ""
    record = record_score(checks)
    places = Places(
        score=None if score is None else Decimal(str(score)),
        record=None if record is None else Decimal(record.numerator) / record.denominator,
    )
    told = [] if score is None or element is None else [_("Score %s.") % score_words(element)]
    if record is not None:
        told.append(_("On record today %s.") % whole(places.record or Decimal(0)))
    tally = TALLY.get(band, 0)
    fact, page_of_record = _lacking(checks)
    known = [Fraction(str(score))] if score is not None else []
    known += [record] if record is not None else []
    return ElementRow(
        code=code,
        name=name,
        score=score_words(element) if element and score is not None else "",
        record="" if places.record is None else str(whole(places.record)),
        band=band,
        band_word=band_word(band),
        tally=(tally > 0, tally > 1, tally > 2),
        page=drawing(places, PageLine()),
        picture_title=name,
        picture_text=" ".join(told) or _("Neither a score nor a record yet."),
        fact=fact,
        record_page=page_of_record,
        address=f"{result_address}#e-{code}" if element and result_address else "",
        standing=min(known) if known else None,
    )


def lost(check: Check) -> Fraction:
    """How many of its points a check has not earned; 0 where it does not apply."""
    worth = {State.NOT: Fraction(1), State.PARTLY: Fraction(1, 2)}.get(check.state, Fraction(0))
    return check.points * worth


def stated(check: Check) -> str:
    """What a check looked at, and what it found."""
    return _("%(label)s: %(fact)s.") % {
        "label": label_in_words(check.label),
        "fact": fact_in_words(check.fact),
    }


def _lacking(checks: Sequence[Check]) -> tuple[str, str]:
    """The check that loses most, as a fact, and the page of its record; the first of equals."""
    applicable = [check for check in checks if check.state is not State.NOT_APPLICABLE]
    if not applicable:
        return _("Nothing on record yet."), record_page(checks[0].code) if checks else ""
    worst = max(applicable, key=lost)
    if lost(worst):
        return stated(worst), record_page(worst.code)
    if len(applicable) < len(checks):
        return _("All that is on record so far is met."), ""
    return _("All that is asked of the record is met."), ""
