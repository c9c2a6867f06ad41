"""What a person reads of a round about themselves: their own scores beside those of their peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alliances.services.counts import first_capital, in_words, listed
from assessments.models import Result

from .appraisal import LINE
from .elements import band_word
from .figures import day, exact, moment, whole, writable
from .marks import Drawing, PageLine, Places, Scale, drawing, scale, statement_place
from .pdf import paper
from .readings import sentence
from .texts import Advice, BankTexts, ElementText, texts_of

STYLES = ("tokens.css", "report_appraisal.css", "report_person.css")
VIEWS = ("higher", "lower", "alike")


@dataclass(frozen=True)
class PersonStatement:
    """One statement: own place and that of peers on 0–100, in figures; "" where not told."""

    text: str
    reverse: bool
    own: str
    peers: str
    place: Drawing


@dataclass(frozen=True)
class PersonElement:
    """One element; `own` and `peers` are figures from 0 to 100, "" where there is none."""

    code: str
    name: str
    question: str
    own: str
    peers: str
    peers_word: str
    missing: str
    """Why nothing is told of peers."""
    view: str
    view_word: str
    view_text: str
    means: str
    advice: Sequence[Advice]
    statements: Sequence[PersonStatement]
    comments: Sequence[str]
    band: str
    page: Drawing
    paper_own: int | None
    paper_peers: int | None
    """Where the two stand on the line on paper."""
    picture_title: str
    picture_text: str


@dataclass(frozen=True)
class PersonReport:
    """All that is shown."""

    about: str
    closed: str
    bank: str
    finding: str
    addition: str
    turnout: str
    elements: Sequence[PersonElement]
    page_scale: Scale
    gap: int
    k: int
    mixed_from: int
    strong_from: int

    @property
    def paper_limits(self) -> tuple[int, int]:
        return self.mixed_from * LINE // 100, self.strong_from * LINE // 100


def person_report(result: Result, language: str = "") -> PersonReport:
    """The report of the stored result of a round about one person; the bank's texts in `language`, by
    default the active one."""
    document, texts = result.document, texts_of(result.round.bank, language)
    finding, addition = _finding(document, texts)
    return PersonReport(
        about=writable(document["about"]),
        closed=day(moment(document["closed_at"])),
        bank=texts.title,
        finding=finding,
        addition=addition,
        turnout=_turnout(document["peers"]),
        elements=[
            _element(document, element, texts, (result.comments or {}).get(element["code"], ()))
            for element in document["elements"]
        ],
        page_scale=scale(PageLine(), mixed_from=texts.mixed_from, strong_from=texts.strong_from),
        gap=document["gap"],
        k=document["k"],
        mixed_from=texts.mixed_from,
        strong_from=texts.strong_from,
    )


def render_person(*, result: Result, language: str = "") -> bytes:
    """The same for the person to keep, as the bytes of a PDF; its own words in the active language."""
    interface = get_language() or result.round.bank.language
    return paper(
        "reports/person.html",
        {"report": person_report(result, language), "language": interface},
        language=interface,
        made=moment(result.document["closed_at"]),
        styles=STYLES,
    ).content


def _turnout(peers: Mapping[str, int]) -> str:
    return first_capital(
        ngettext(
            "%(answered)s of %(asked)s peer answered.",
            "%(answered)s of %(asked)s peers answered.",
            peers["asked"],
        )
        % {"answered": in_words(peers["answered"]), "asked": in_words(peers["asked"])}
    )


def _finding(document: Mapping[str, Any], texts: BankTexts) -> tuple[str, str]:
    """The headline, and the sentence under it."""
    if document["peers"]["answered"] < document["k"]:
        return _("Too few peers answered."), _(
            "Nothing is told of what fewer than %(k)s of them said. Your own answers stand below."
        ) % {"k": in_words(document["k"])}
    if not document["answered"]:
        return _("How your peers see you."), _("You did not send in answers of your own.")
    by_view = {
        view: [e["code"] for e in document["elements"] if e["view"] == view] for view in VIEWS
    }
    apart = len(by_view["higher"]) + len(by_view["lower"])
    if not apart:
        return _("Your peers see you much as you see yourself."), ""
    finding = ngettext(
        "On %(count)s of %(total)s elements your peers see you otherwise.",
        "On %(count)s of %(total)s elements your peers see you otherwise.",
        apart,
    ) % {"count": in_words(apart), "total": in_words(len(document["elements"]))}
    said = [
        pattern % {"names": _names(by_view[view], texts)}
        for view, pattern in (
            ("higher", _("You see yourself higher on %(names)s.")),
            ("lower", _("You see yourself lower on %(names)s.")),
        )
        if by_view[view]
    ]
    return finding, " ".join(said)


def _names(codes: Sequence[str], texts: BankTexts) -> str:
    return listed([texts.element(code).in_sentence for code in codes])


def _element(
    document: Mapping[str, Any],
    element: Mapping[str, Any],
    texts: BankTexts,
    voices: Sequence[Mapping[str, Any]],
) -> PersonElement:
    text = texts.element(element["code"])
    told = texts.told.get(element["view"] or "")
    band = element["peers_band"] or element["own_band"]
    own, peers = _figure(element["own"]), _peers(element)
    return PersonElement(
        code=element["code"],
        name=text.title,
        question=text.question,
        own=own,
        peers=peers,
        peers_word=band_word(element["peers_band"]),
        missing=_missing(document, element),
        view=element["view"] or "",
        view_word=sentence(told.title) if told else "",
        view_text=told.text if told else "",
        means=text.readings.get(band or "", ""),
        advice=text.advice if band != "strong" else (),
        statements=[
            _statement(question, text)
            for question in element["questions"]
            if question["own"] is not None or question["peers"] is not None
        ],
        comments=[writable(str(voice["text"])) for voice in voices],
        band=element["peers_band"] or "",
        page=drawing(_places(element["peers"], element["own"]), PageLine()),
        paper_own=_on_paper(element["own"]),
        paper_peers=_on_paper(element["peers"]),
        picture_title=text.title,
        picture_text=" ".join(
            said
            for said in (
                _("You %(own)s.") % {"own": own} if own else "",
                _("Your peers %(peers)s.") % {"peers": peers} if peers else "",
            )
            if said
        ),
    )


def _on_paper(score: float | None) -> int | None:
    return None if score is None else round(score * LINE / 100)


def _figure(score: float | None) -> str:
    return "" if score is None else str(whole(score))


def _peers(element: Mapping[str, Any]) -> str:
    if element["peers"] is None or not element["extreme"]:
        return _figure(element["peers"])
    high = exact(element["peers"]) > 50
    pattern = _("%(score)s or above") if high else _("%(score)s or below")
    return pattern % {"score": whole(element["peers"])}


def _missing(document: Mapping[str, Any], element: Mapping[str, Any]) -> str:
    if element["peers"] is not None:
        return ""
    if element["withheld"]:
        return _("Fewer than %(k)s peers answered.") % {"k": in_words(document["k"])}
    return _("No score")


def _places(peers: float | None, own: float | None) -> Places:
    """The dot is the peers', the ring is one's own."""
    return Places(
        score=None if peers is None else Decimal(str(peers)),
        forecast=None if own is None else Decimal(str(own)),
    )


def _statement(question: Mapping[str, Any], text: ElementText) -> PersonStatement:
    known = text.statements.get(question["code"])
    own = statement_place(question["own"], known) if known else None
    peers = statement_place(question["peers"], known) if known else None
    return PersonStatement(
        text=known.text if known else question["code"],
        reverse=bool(known and known.reverse),
        own="" if own is None else str(whole(own)),
        peers="" if peers is None else str(whole(peers)),
        place=drawing(Places(score=peers, forecast=own), PageLine()),
    )
