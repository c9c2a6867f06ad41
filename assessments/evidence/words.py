"""What checks say, in the language of who reads them.

Labels and facts are published in English, and a result keeps them as they were. Who reads them in
another language is told the same: a fact is recognised by its English words, and said anew with its
figures, days and names. What is not recognised stays as it was published.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from django.utils.translation import get_language, gettext, gettext_noop

from alliances.services.counts import listed
from alliances.services.figures import amount, day

LABELS = (
    gettext_noop("Pain stated by each participant"),
    gettext_noop("Pain is strong"),
    gettext_noop("Pain is alike in strength"),
    gettext_noop("Value expected is named"),
    gettext_noop("Convener named"),
    gettext_noop("Invitations accepted"),
    gettext_noop("Substance seen in each seat"),
    gettext_noop("Claims confirmed by what was seen"),
    gettext_noop("Every interest is spoken for"),
    gettext_noop("Representatives come in person"),
    gettext_noop("Few send stand-ins"),
    gettext_noop("Leaders named"),
    gettext_noop("Leaders have days for it"),
    gettext_noop("Actions done in time"),
    gettext_noop("Purpose written down"),
    gettext_noop("Purpose is short"),
    gettext_noop("Purpose ratified"),
    gettext_noop("Purpose signed"),
    gettext_noop("Scope is steady"),
    gettext_noop("Needed sections are done"),
    gettext_noop("Charter ratified"),
    gettext_noop("Signed by the parties"),
    gettext_noop("Way of deciding is settled"),
    gettext_noop("Review is ahead"),
    gettext_noop("Each decision has its decider"),
    gettext_noop("Launch keeps to its days"),
    gettext_noop("Working rules agreed"),
    gettext_noop("As many come as before"),
    gettext_noop("Due pledges have arrived"),
    gettext_noop("More want in than leave"),
    gettext_noop("Milestones met in time"),
    gettext_noop("Means and ends are measured"),
    gettext_noop("Own houses stand behind it"),
    gettext_noop("It brings in what it costs"),
    gettext_noop("The pulse does not fall"),
    gettext_noop("Assumptions, sources and standards"),
    gettext_noop("Each party’s position is known"),
    gettext_noop("Parties agree, or can live with it"),
    gettext_noop("No item splits the parties"),
    gettext_noop("Profiles are known"),
    gettext_noop("Differences looked at"),
)

# What is filled in: whole numbers, but a day, a sum of money with or without its currency, and names.
# Of two that would fit, the first is meant.
FACTS = (
    gettext_noop("Nothing on record yet"),
    # common pain
    gettext_noop("%(n)s of %(all)s has stated it"),
    gettext_noop("%(n)s of %(all)s have stated it"),
    gettext_noop("Middle strength %(n)s of 10"),
    gettext_noop("Strengths from %(low)s to %(high)s"),
    gettext_noop("Fewer than two have stated it"),
    gettext_noop("%(n)s of %(all)s has named one"),
    gettext_noop("%(n)s of %(all)s have named one"),
    # convener, representatives, leaders
    gettext_noop("Nobody named"),
    gettext_noop("%(n)s of %(all)s accepted"),
    gettext_noop("%(n)s of %(all)s seat"),
    gettext_noop("%(n)s of %(all)s seats"),
    gettext_noop("%(n)s of %(all)s claim"),
    gettext_noop("%(n)s of %(all)s claims"),
    gettext_noop("The only one is"),
    gettext_noop("All %(n)s are"),
    gettext_noop("%(n)s of %(all)s in the last meeting"),
    gettext_noop("%(n)s of %(all)s in the last %(meetings)s meetings"),
    gettext_noop("%(n)s of %(all)s who came in the last meeting"),
    gettext_noop("%(n)s of %(all)s who came in the last %(meetings)s meetings"),
    gettext_noop("%(n)s leader"),
    gettext_noop("%(n)s leaders"),
    gettext_noop("%(n)s of %(all)s leader with days pledged"),
    gettext_noop("%(n)s of %(all)s leaders with days pledged"),
    gettext_noop("%(n)s of %(all)s done by their date"),
    gettext_noop("None due yet"),
    # purpose
    gettext_noop("No version states it"),
    gettext_noop("In the draft of version %(version)s"),
    gettext_noop("In version %(version)s"),
    gettext_noop("%(n)s word"),
    gettext_noop("%(n)s words"),
    gettext_noop("In force in version %(version)s"),
    gettext_noop("With the parties in version %(version)s"),
    gettext_noop("Not yet"),
    gettext_noop("Nothing to sign yet"),
    gettext_noop("Changed once within a year"),
    gettext_noop("Changed %(n)s times within a year"),
    gettext_noop("Not changed within a year"),
    # charter
    gettext_noop("%(n)s of %(all)s in version %(version)s"),
    gettext_noop("%(n)s of %(all)s signed version %(version)s"),
    gettext_noop("Version %(version)s held until %(day)s"),
    gettext_noop("Version %(version)s in force"),
    gettext_noop("Version %(version)s lies with the parties"),
    gettext_noop("A draft alone"),
    gettext_noop("None in force"),
    gettext_noop("Method and fallback named"),
    gettext_noop("Method named, fallback missing"),
    gettext_noop("Fallback named, method missing"),
    gettext_noop("Neither method nor fallback named"),
    gettext_noop("The draft names a day that lies ahead"),
    gettext_noop("The draft names a day that has passed"),
    gettext_noop("Due on %(day)s"),
    gettext_noop("Was due on %(day)s"),
    gettext_noop("No day set"),
    gettext_noop("%(n)s of %(all)s decision"),
    gettext_noop("%(n)s of %(all)s decisions"),
    gettext_noop("%(n)s of %(all)s step done in time"),
    gettext_noop("%(n)s of %(all)s steps done in time"),
    gettext_noop("%(n)s of %(all)s rule agreed"),
    gettext_noop("%(n)s of %(all)s rules agreed"),
    # the train
    gettext_noop("%(now)s %% came, %(before)s %% before"),
    gettext_noop("Too few meetings to compare"),
    gettext_noop("%(sum)s of %(sum_due)s due"),
    gettext_noop("Nothing due yet"),
    gettext_noop("%(offers)s offer, %(gone)s departure"),
    gettext_noop("%(offers)s offer, %(gone)s departures"),
    gettext_noop("%(offers)s offers, %(gone)s departure"),
    gettext_noop("%(offers)s offers, %(gone)s departures"),
    gettext_noop("Neither within a year"),
    gettext_noop("%(n)s of %(all)s met by their date"),
    gettext_noop("%(means)s of means, %(ends)s of ends read"),
    gettext_noop("%(n)s of %(all)s unit supports it"),
    gettext_noop("%(n)s of %(all)s unit support it"),
    gettext_noop("%(n)s of %(all)s units supports it"),
    gettext_noop("%(n)s of %(all)s units support it"),
    gettext_noop("Fewer than three have recorded any"),
    gettext_noop("%(sum)s in, %(sum_spent)s spent"),
    gettext_noop("No cost on record yet"),
    gettext_noop("Score %(now)s, after %(then)s"),
    gettext_noop("Fewer than two rounds to compare"),
    # common ground
    gettext_noop("%(n)s item"),
    gettext_noop("%(n)s items"),
    gettext_noop("%(n)s item, no %(kind)s"),
    gettext_noop("%(n)s items, no %(kind)s"),
    gettext_noop("%(n)s item, no %(kind)s and no %(other_kind)s"),
    gettext_noop("%(n)s items, no %(kind)s and no %(other_kind)s"),
    gettext_noop("%(n)s of %(all)s position"),
    gettext_noop("%(n)s of %(all)s positions"),
    gettext_noop("%(agree)s agree, %(live)s can live with it, %(against)s disagree"),
    gettext_noop("Fewer than two positions on any item"),
    gettext_noop("%(n)s of %(all)s organisation"),
    gettext_noop("%(n)s of %(all)s organisations"),
    gettext_noop("%(n)s of %(all)s pair"),
    gettext_noop("%(n)s of %(all)s pairs"),
    # last, because a name may be anything
    gettext_noop("Nobody speaks for %(names)s"),
    gettext_noop("%(names)s and %(others)s more"),
)
KINDS = (gettext_noop("assumption"), gettext_noop("source"), gettext_noop("standard"))
MONTHS = "January February March April May June July August September October November December"

NUMBER = r"-?\d+"
SUM = r"-?\d{1,3}(?:,\d{3})*(?:\u00a0[A-Z]{3})?"
DAY = rf"\d{{1,2}} (?:{MONTHS.replace(' ', '|')}) \d{{4}}"
PATTERNS = {"day": DAY, "sum": SUM, "names": r".+", "kind": "|".join(KINDS)}


def label_in_words(label: str) -> str:
    """A check's published label in the language of the page."""
    return gettext(label) if label in LABELS else label


def fact_in_words(fact: str) -> str:
    """A check's published fact in the language of the page."""
    if (get_language() or "en").split("-")[0] == "en":
        return fact
    for message, pattern in _KNOWN:
        # A share is published on one line.
        if found := pattern.fullmatch(fact.replace("\u00a0%", " %")):
            return gettext(message) % {
                name: _said(name, text) for name, text in found.groupdict().items()
            }
    return fact


def _pattern(message: str) -> re.Pattern[str]:
    pieces = re.split(r"%\((\w+)\)s", message.replace("%%", "%"))
    pieces[::2] = [re.escape(piece) for piece in pieces[::2]]
    pieces[1::2] = [f"(?P<{name}>{_looks(name)})" for name in pieces[1::2]]
    return re.compile("".join(pieces))


def _looks(name: str) -> str:
    """What the place of this name may hold."""
    kind = next((kind for kind in PATTERNS if kind in name.split("_")), "")
    return PATTERNS.get(kind, NUMBER)


def _said(name: str, text: str) -> str:
    """What was filled in at this place, as the page writes it."""
    if name == "day":
        number, month, year = text.split()
        return day(dt.date(int(year), MONTHS.split().index(month) + 1, int(number)))
    if name.startswith("sum"):
        number, blank, currency = text.partition("\u00a0")
        return f"{amount(Decimal(number.replace(',', '')))}{blank}{currency}"
    if "kind" in name:
        return gettext(text)
    if name == "names":
        before, joint, last = text.rpartition(" and ")
        return listed([*before.split(", "), last]) if joint and ", " not in last else text
    return text


_KNOWN = tuple((message, _pattern(message)) for message in FACTS)
