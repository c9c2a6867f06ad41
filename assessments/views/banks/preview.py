"""A bank as respondents see it, on a screen and on paper: in each of its languages, as the person whom it
is about and as a peer, in a round of either mode."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from alliances.models import Alliance
from alliances.services.counts import first_capital, in_words
from alliances.services.languages import language_name
from alliances.views.limits import drawn
from alliances.views.recorded import note_export, recorded
from assessments.forms.questionnaire import ElementForm
from assessments.models import Bank, Invitation, Round
from assessments.models.speech import bank_said, language_of, languages_of, pages_language
from assessments.reports.paper_form import render_paper_form
from assessments.services.auditing import thing_of_bank
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.rows import document_of
from assessments.services.links import Visit
from assessments.services.questionnaire import Asked, elements_of, read_dimensions
from assessments.services.rounds import MINIMUM_THRESHOLD
from assessments.views.banks.pages import READ, bank_of, curators
from assessments.views.spoken import offered_pages, own_name

ONESELF, PEERS = "oneself", "peers"


@dataclass(frozen=True)
class Way:
    """How a bank is looked at, as the query of an address says it; "" stands for the usual way."""

    language: str = ""
    of: str = ""
    mode: str = ""

    @property
    def of_peers(self) -> bool:
        return self.of == PEERS

    def query(self) -> str:
        """ "?language=de&of=peers", or "" where all is as usual."""
        asked = QueryDict(mutable=True)
        asked.update({name: value for name, value in asdict(self).items() if value})
        return f"?{asked.urlencode()}" if asked else ""


@dataclass(frozen=True)
class Choice:
    """A link to another way, called so in the language `code`, where that is not the page's."""

    name: str
    address: str
    is_shown: bool
    code: str = ""


def _way(request: HttpRequest, **known: list[str]) -> Way:
    """The way that the address asks for. Raises Http404 where it is none of those that the bank has."""
    asked = {name: request.GET.get(name, "") for name in known}
    if any(value and value not in known[name] for name, value in asked.items()):
        raise Http404
    return Way(**asked)


def _sides(bank: Bank) -> list[str]:
    """Who answers a bank about a person."""
    return [ONESELF, PEERS] if bank.is_about_oneself else []


def _modes(bank: Bank) -> list[str]:
    """In which modes it can be asked, the usual one first; none where no round asks it."""
    if bank.subject == Bank.Subject.INVITATION:
        return []
    if bank.is_about_oneself:
        return [Round.Mode.CONFIDENTIAL.value]
    if bank.audience == Bank.Audience.CONVENER:
        return [Round.Mode.OPEN.value]
    return [Round.Mode.CONFIDENTIAL.value, Round.Mode.OPEN.value]


@curators
@require_http_methods(READ)
def bank_preview(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The introduction, `number` 0, or a page of questions, by the respondent's own template and form.

    All of it is in the language that the address asks for, where the pages are in it too.
    """
    bank = bank_of(pk)
    way = _way(request, language=languages_of(bank), of=_sides(bank), mode=_modes(bank))
    with translation.override(pages_language(way.language) or translation.get_language()):
        return _preview(request, bank, number, way)


def _preview(request: HttpRequest, bank: Bank, number: int, way: Way) -> HttpResponse:
    language = language_of(bank, way.language)
    dimensions = read_dimensions(bank, language=language)
    if number > len(dimensions):
        raise Http404
    folder = "appraisal" if bank.subject == Bank.Subject.INVITATION else "questionnaire"
    context = {
        "template": f"assessments/{folder}/{'page' if number else 'introduction'}.html",
        "bank": bank_said(bank, language),
        "choices": _choices(bank, number, way, language),
        "paper": _address("bank_paper", bank.pk, way=replace(way, mode="")),
        "spoken_languages": offered_pages(request, bank),
        "dimensions": dimensions,
        "parts": len(dimensions),
        "before": dimensions[number - 2] if number > 1 else None,
        "after": dimensions[number] if number < len(dimensions) else None,
        "introduction": _address("bank_preview", bank.pk, 0, way=way),
        "before_address": _address("bank_preview", bank.pk, max(number - 1, 0), way=way),
        "after_address": _address("bank_preview", bank.pk, number + 1, way=way),
    }
    if number:
        context |= _questions(bank, dimensions[number - 1], number, way, language)
    else:
        context["elements"] = dimensions
    return render(request, "assessments/banks/preview.html", context | _stand_ins(bank, way))


def _questions(bank: Bank, dimension: Any, number: int, way: Way, language: str) -> dict[str, Any]:
    [element] = elements_of(
        bank, [dimension], {}, {}, first=number, of_peer=way.of_peers, language=language
    )
    with_comment = bank.subject != Bank.Subject.INVITATION
    return {"element": element, "form": ElementForm(element=element, with_comment=with_comment)}


def _stand_ins(bank: Bank, way: Way) -> dict[str, Any]:
    """What a page knows of a round and of who answers: never stored."""
    if not (modes := _modes(bank)):
        return {}
    round_ = Round(
        alliance=Alliance(name=_("Your alliance")),
        bank=bank,
        name=_("First round"),
        about_name=_("Sam Example") if bank.is_about_oneself else "",
        mode=way.mode or modes[0],
        closes_on=timezone.localdate() + timedelta(days=14),
    )
    invitation = Invitation(round=round_, of_oneself=bank.is_about_oneself and way.of != PEERS)
    least = bank.reading.get("peers_least", MINIMUM_THRESHOLD)
    return {
        "round": round_,
        "visit": Visit(invitation, None),
        "k": in_words(least),
        "asked": Asked(organisations=2 if bank.is_workbook else 5, people=8),
    }


def _choices(bank: Bank, number: int, way: Way, language: str) -> list[tuple[str, list[Choice]]]:
    """The other ways to look at this page, each group by its label; without those of which there is one."""

    def leads(**other: str) -> str:
        return _address("bank_preview", bank.pk, number, way=replace(way, **other))

    languages = [
        Choice(own_name(code), leads(language=code), code == language, code)
        for code in languages_of(bank)
    ]
    sides = {ONESELF: _("The person themselves"), PEERS: _("A peer")}
    modes = dict(Round.Mode.choices)
    groups = [
        (_("Language of the questions"), languages),
        (
            pgettext("who answers", "Read by"),
            [
                Choice(sides[side], leads(of=side), side == (way.of or ONESELF))
                for side in _sides(bank)
            ],
        ),
        (
            _("Round"),
            [
                Choice(str(modes[mode]), leads(mode=mode), mode == (way.mode or _modes(bank)[0]))
                for mode in _modes(bank)
            ],
        ),
    ]
    return [(label, found) for label, found in groups if len(found) > 1]


def _address(name: str, *at: int, way: Way) -> str:
    return reverse(name, args=at) + way.query()


def paper_forms(bank: Bank, document: BankDocument) -> list[tuple[str, str]]:
    """The forms on paper that the bank has, each by its name with its address."""
    found = []
    for side in _sides(bank) or [""]:
        for code in document.languages:
            language = first_capital(language_name(code))
            name = _("%(language)s, for peers") % {"language": language}
            way = Way(language=code, of=PEERS if side == PEERS else "")
            address = _address("bank_paper", bank.pk, way=way)
            found.append((name if way.of_peers else language, address))
    return found


@curators
@require_http_methods(READ)
@recorded
@drawn
def bank_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The form to print and fill in by hand."""
    bank = bank_of(pk)
    is_draft = bank.status == Bank.Status.DRAFT
    document = document_of(bank, draft=is_draft)
    way = _way(request, language=list(document.languages), of=_sides(bank))
    marks = [way.language, PEERS if way.of_peers else ""]
    name = "-".join([document.code, f"v{document.version}", *filter(None, marks)])
    content = render_paper_form(
        document=document, language=way.language, of_peers=way.of_peers, is_draft=is_draft
    )
    note_export(request, alliance=bank.alliance_id, thing=thing_of_bank(bank), what="bank_form")
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )
