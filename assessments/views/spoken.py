"""In which language a respondent reads the texts of a bank, and the choice between those it is in.

It is another choice than that of the pages: a bank may be read in German on a page in English. Only
what both are in is chosen for both at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language, get_language_info
from django.utils.translation.trans_real import parse_accept_lang_header

from alliances.views.interface import PARAMETER as INTERFACE
from assessments.models import Bank
from assessments.models.speech import find_language, languages_of, pages_language

PARAMETER = "language"
READ_IN = "read_in"
"""The name of the buttons that ask for another language and send what is answered along."""


@dataclass(frozen=True)
class Spoken:
    """One of the languages to choose from, called as it calls itself; `address` is a query."""

    code: str
    name: str
    is_read: bool
    address: str

    @property
    def direction(self) -> str:
        """In which direction it is written: "rtl" or "ltr"."""
        return "rtl" if _known(self.code).get("bidi") else "ltr"


def known_language(bank: Bank, wanted: str | None) -> str:
    """`wanted`, where it is the code of a language that `bank` is in; else ""."""
    return wanted if wanted and wanted in languages_of(bank) else ""


def asked_language(request: HttpRequest, bank: Bank) -> str:
    """The language of `bank` that the address, or the form that was sent, asks for; "" for none."""
    sent = request.POST if request.method == "POST" else request.GET
    return known_language(bank, sent.get(PARAMETER))


def guessed_language(request: HttpRequest, bank: Bank) -> str:
    """The language of `bank` for who has not chosen one.

    The first in which it is: the one that this browser chose for all pages, those that the browser asks
    for, in its order, that of the page; else its own.
    """
    chosen = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")]
    header = request.headers.get("Accept-Language", "")
    wanted = [code for code, share in parse_accept_lang_header(header) if share]
    for code in (*filter(None, chosen), *wanted, get_language() or ""):
        if language := find_language(bank, code):
            return language
    return bank.language


def offered(bank: Bank, language: str) -> list[Spoken]:
    """The languages of `bank`, of which `language` is read, each with the address to read it in: that of
    this page. One that the pages are in too is chosen for them as well."""
    found = []
    for code in languages_of(bank):
        asked = QueryDict(mutable=True)
        asked[PARAMETER] = code
        if both := pages_language(code):
            asked[INTERFACE] = both
        found.append(Spoken(code, own_name(code), code == language, _address(asked)))
    return found


def own_name(code: str) -> str:
    """What the language calls itself, such as "Deutsch"; its code where nobody here knows it."""
    name = str(_known(code).get("name_local", code))
    return name[:1].upper() + name[1:]


def offered_pages(request: HttpRequest, bank: Bank) -> list[dict[str, str]]:
    """What the context processor `languages` gives for the foot of a page, but that a language in which
    `bank` is too is chosen for its texts as well."""
    found = []
    for code, name in settings.LANGUAGES:
        query = request.GET.copy()
        query[INTERFACE] = code
        if both := find_language(bank, code):
            query[PARAMETER] = both
        found.append({"code": code, "name": str(name), "address": _address(query)})
    return found


def _address(query: QueryDict) -> str:
    return f"?{query.urlencode()}"


def _known(code: str) -> dict[str, object]:
    """What is known of a language; nothing where nobody here knows it."""
    try:
        return dict(get_language_info(code))
    except KeyError:
        return {}
