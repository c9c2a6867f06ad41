"""The finding in sentences: what a published result comes to as a whole.

Pure functions over the published document and a bank's words. Every sentence follows from figures
that the document holds; none is worked out from answers, so none can give an answer away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from alliances.services.counts import counted_of, first_capital, in_words, listed

from .figures import exact, is_plural, nearest, whole
from .texts import BankTexts

Document = Mapping[str, Any]

NAMED_AT_MOST = 4
"""As many elements are named in a sentence; more are counted."""
WITHOUT_RANK = ("checklist", "pairs", "decision")
"""Rules of reading under which it tells nothing which element is lowest and which highest."""


@dataclass(frozen=True)
class Headline:
    """The finding: the verdict in bold, then how many, then which decides (may be empty)."""

    verdict: str
    count: str
    last: str

    @property
    def is_aside(self) -> bool:
        """Whether `last` is a remark in brackets, to be set smaller."""
        return self.last.startswith("(")

    @property
    def is_long(self) -> bool:
        """Whether it needs smaller type on a cover."""
        return len(str(self)) > 95

    def __str__(self) -> str:
        return " ".join(part for part in (self.verdict, self.count, self.last) if part)


def lowest_first(document: Document) -> list[dict[str, Any]]:
    """The document's elements, lowest score first, equal ones as asked; those without a score last."""
    return sorted(
        document["elements"],
        key=lambda e: (e["score"] is None, exact(e["score"]) if e["score"] is not None else 0),
    )


def nobody_is_told(document: Document) -> bool:
    """Whether a confidential round had so few respondents that no figure is published at all."""
    return document["mode"] == "confidential" and document["responses"]["people"] < document["k"]


def headline(document: Document, texts: BankTexts) -> Headline:
    """The finding, in the forms of the verdict. Of a reading, `readings.finding_of` gives it."""
    elements: Sequence[dict[str, Any]] = document["elements"]
    total = len(elements)
    verdict = document["verdict"]
    level, deciding = verdict["level"], verdict["deciding"]
    if level == "not-ready":
        weak = sum(element["band"] == "weak" for element in elements)
        return Headline(_("Not ready:"), _share(weak, total, _("weak")), _decides(deciding, texts))
    if level == "conditional":
        mixed = sum(element["band"] == "mixed" for element in elements)
        count = ngettext("%(count)s element is mixed.", "%(count)s elements are mixed.", mixed) % {
            "count": in_words(mixed)
        }
        return Headline(_("Ready on conditions:"), count, _comes_first(deciding, texts))
    if level == "ready":
        return Headline(
            _("Ready:"),
            _share(total, total, _("strong")),
            "" if verdict["firm"] else _not_firm(document),
        )
    return Headline(_("No verdict:"), *why_undecided(document, texts))


def _share(count: int, total: int, band: str) -> str:
    if count == total:
        if total == 1:
            return _("the one element is %(band)s.") % {"band": band}
        pattern = (
            _("both elements are %(band)s.")
            if total == 2
            else _("all %(total)s elements are %(band)s.")
        )
        return pattern % {"total": in_words(total), "band": band}
    return ngettext(
        "%(count)s of %(total)s elements is %(band)s.",
        "%(count)s of %(total)s elements are %(band)s.",
        count,
    ) % {"count": in_words(count), "total": in_words(total), "band": band}


def _decides(deciding: Sequence[str], texts: BankTexts) -> str:
    if not deciding:
        return ""
    name = texts.element(deciding[0]).in_sentence
    pattern = _("%(name)s decide.") if is_plural(name) else _("%(name)s decides.")
    return first_capital(pattern % {"name": name})


def _comes_first(deciding: Sequence[str], texts: BankTexts) -> str:
    if not deciding:
        return ""
    name = texts.element(deciding[0]).in_sentence
    pattern = _("%(name)s come first.") if is_plural(name) else _("%(name)s comes first.")
    return first_capital(pattern % {"name": name})


def missing_organisations(document: Document) -> int:
    """How many organisations of the roster did not answer."""
    return max(document["roster"]["organisations"] - document["responses"]["organisations"], 0)


def _not_firm(document: Document) -> str:
    missing = missing_organisations(document)
    if not missing:
        return _("(Not firm: not every organisation has a score on every element.)")
    return ngettext(
        "(Not firm: %(count)s organisation has not answered.)",
        "(Not firm: %(count)s organisations have not answered.)",
        missing,
    ) % {"count": in_words(missing)}


def organisations_needed(document: Document) -> int:
    """Half of the roster's organisations, rounded up: from so many on, a verdict is given."""
    return int((document["roster"]["organisations"] + 1) // 2)


def why_undecided(document: Document, texts: BankTexts) -> tuple[str, str]:
    """Why there is no verdict: too few people, too few organisations, or elements without a score."""
    people, organisations = document["responses"]["people"], document["responses"]["organisations"]
    if people < document["k"]:
        answered = (
            ngettext("%(count)s person answered", "%(count)s people answered", people)
            % {"count": in_words(people)}
            if people
            else _("nobody answered")
        )
        return _and_needed(answered, document["k"]), ""
    needed = organisations_needed(document)
    if organisations < needed:
        total = document["roster"]["organisations"]
        pattern = (
            npgettext(
                "counts in words",
                "%(count)s of %(total)s organisation answered",
                "%(count)s of %(total)s organisations answered",
                counted_of(organisations, total),
            )
            if organisations
            else _("no organisation answered")
        )
        answered = pattern % {"count": in_words(organisations), "total": in_words(total)}
        return _and_needed(answered, needed), ""
    open_elements = [e for e in document["elements"] if e["score"] is None]
    total = len(document["elements"])
    count = _without_score(len(open_elements), total)
    withheld = [e for e in open_elements if e.get("withheld")]
    if withheld and len(withheld) <= NAMED_AT_MOST:
        return count, _("So that nobody’s answer shows, nothing is told of %(names)s.") % {
            "names": listed([texts.element(e["code"]).in_sentence for e in withheld])
        }
    return count, ""


def _and_needed(answered: str, needed: int) -> str:
    return ngettext(
        "%(answered)s, and %(needed)s is needed.",
        "%(answered)s, and %(needed)s are needed.",
        needed,
    ) % {"answered": answered, "needed": in_words(needed)}


def _without_score(count: int, total: int) -> str:
    if count == total:
        if total == 1:
            return _("the one element has no score.")
        pattern = (
            _("neither element has a score.")
            if total == 2
            else _("none of %(total)s elements has a score.")
        )
        return pattern % {"total": in_words(total)}
    return ngettext(
        "%(count)s of %(total)s elements has no score.",
        "%(count)s of %(total)s elements have no score.",
        count,
    ) % {"count": in_words(count), "total": in_words(total)}


def standfirst(document: Document, texts: BankTexts) -> list[str]:
    """At most two sentences under the finding: where people agree, and where they do not."""
    if nobody_is_told(document):
        return [
            _(
                "Nothing is told of what fewer than %(k)s people said, so that nobody’s answer shows."
            )
            % {"k": in_words(document["k"])},
            _("The same questions can be asked again in another round."),
        ]
    ordered = lowest_first(document)
    divided = [e for e in ordered if e["agreed"] is False]
    agreed = [e for e in reversed(ordered) if e["agreed"] is True]
    total = len(ordered)
    if divided:
        if len(divided) == total > 1:
            pattern = _("on both elements") if total == 2 else _("on all %(total)s elements")
            on = pattern % {"total": in_words(total)}
        else:
            on = _("on %(names)s") % {"names": named(divided, total, texts)}
        tail = _weak_among(divided)
        if not agreed:
            return [_("People are divided %(on)s%(tail)s.") % {"on": on, "tail": tail}]
        return [
            _("People agree about %(names)s.") % {"names": named(agreed, total, texts)},
            _("They are divided %(on)s%(tail)s.") % {"on": on, "tail": tail},
        ]
    scored = [e for e in ordered if e["score"] is not None]
    first = _("People see the elements much the same way.") if agreed else ""
    if len(agreed) == total:
        first = {
            1: _("People see the element much the same way."),
            2: _("People see both elements much the same way."),
        }.get(total, _("People see all %(total)s elements much the same way.")) % {
            "total": in_words(total)
        }
    rule = (document.get("reading") or {}).get("rule")
    second = "" if rule in WITHOUT_RANK else _lowest_and_highest(scored, total, texts)
    said = [sentence for sentence in (first, second) if sentence]
    if said or (rule and document["responses"]["people"] == 1):
        return said
    return [_("How far people agree cannot be told from these answers.")]


def shown_alike(elements: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all scores read the same, so that none is told as the lowest; True of none and of one."""
    return len({score_words(e) for e in elements if e["score"] is not None}) < 2


def _lowest_and_highest(scored: Sequence[Mapping[str, Any]], total: int, texts: BankTexts) -> str:
    """Which of `scored`, lowest first, stand at the ends, or that all read the same; "" below two."""
    if len(scored) < 2:
        return ""
    low, high = scored[0], scored[-1]
    if shown_alike(scored):
        if len(scored) < total:
            pattern = _("All elements that have a score stand at %(score)s.")
        elif total == 2:
            pattern = _("Both elements stand at %(score)s.")
        else:
            pattern = _("All %(total)s elements stand at %(score)s.")
        return pattern % {"total": in_words(total), "score": score_words(low)}
    return _(
        "The lowest is %(low)s, at %(low_score)s; the highest %(high)s, at %(high_score)s."
    ) % {
        "low": texts.element(low["code"]).in_sentence,
        "low_score": score_words(low),
        "high": texts.element(high["code"]).in_sentence,
        "high_score": score_words(high),
    }


def named(elements: Sequence[Mapping[str, Any]], total: int, texts: BankTexts) -> str:
    """The elements by name where they are few, else their number and the first two names."""
    names = [texts.element(element["code"]).in_sentence for element in elements]
    if len(names) <= NAMED_AT_MOST:
        return listed(names)
    return _("%(count)s of %(total)s elements, among them %(names)s") % {
        "count": in_words(len(names)),
        "total": in_words(total),
        "names": listed(names[:2]),
    }


def _weak_among(divided: Sequence[Mapping[str, Any]]) -> str:
    weak = sum(element["band"] == "weak" for element in divided)
    if not weak:
        return ""
    if len(divided) == 1:
        return _(", which is weak")
    if weak == len(divided):
        return (
            _(", and both are weak")
            if weak == 2
            else _(", and all %(count)s are weak") % {"count": in_words(weak)}
        )
    return ngettext(
        ", and %(count)s of these %(total)s is weak",
        ", and %(count)s of these %(total)s are weak",
        weak,
    ) % {"count": in_words(weak), "total": in_words(len(divided))}


def score_words(element: Mapping[str, Any]) -> str:
    """The score as it is read: rounded down, or as an end of the scale. Empty where there is none."""
    score = element["score"]
    if score is None:
        return ""
    if element["extreme"]:
        return (_("%(score)s or above") if exact(score) > 50 else _("%(score)s or below")) % {
            "score": whole(score)
        }
    return str(whole(score))


def forecast_value(element: Mapping[str, Any]) -> int | None:
    """The forecast as it was given: the published difference added to the score."""
    if element["forecast"] is None or element["score"] is None:
        return None
    return nearest(exact(element["score"]) + exact(element["forecast"]))
