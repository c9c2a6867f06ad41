"""The rules by which a result is read, and the reading that a bank's file asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.services.banks.documents import WEAKEST_DECIDES, Condition, Outcome, Reading, Told
from assessments.services.banks.sections import Section, shown

BANDS = ("strong", "mixed", "weak")
MOST_OUTCOMES = 10
MOST_CONDITIONS = 50


@dataclass(frozen=True)
class Rule:
    """What a rule takes: whole numbers with least, most and usual value, and what it may say."""

    numbers: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    decides: bool = False


RULES: Mapping[str, Rule] = {
    # The weakest dimension decides (docs/scoring.md).
    "weakest": Rule(),
    # The mean of each dimension, side by side.
    "mean": Rule(),
    # One's own view of oneself beside that of peers; no fewer of them than five.
    "self-peers": Rule(
        numbers={"peers_least": (5, 50, 5), "gap": (1, 100, 20)}, told=("higher", "lower", "alike")
    ),
    # Opposed poles on one line each: leaning out to trust, or in to caution.
    "pairs": Rule(told=("outward", "inward", "level")),
    # Tasks, each not begun, under way or done.
    "checklist": Rule(told=("done", "open")),
    # Rungs from the lowest to the highest that is reached.
    "ladder": Rule(told=("top", "none")),
    # The first outcome whose conditions hold.
    "decision": Rule(decides=True),
}


def read_reading(section: Section, dimensions: Sequence[str]) -> Reading:
    """The reading in a bank's file; the weakest dimension decides where it says nothing.

    `dimensions` are the codes that its conditions may name.
    """
    if not section.given("reading"):
        return WEAKEST_DECIDES
    data = section.data["reading"]
    name = data.get("rule") if isinstance(data, Mapping) else None
    rule = RULES.get(name) if isinstance(name, str) else None
    if rule is None or not isinstance(name, str):
        section.complain(
            _("reading: 'rule' must be one of %(rules)s") % {"rules": ", ".join(RULES)}, "reading"
        )
        return WEAKEST_DECIDES
    keys = ["rule", *rule.numbers, *rule.told, *(["outcomes"] if rule.decides else [])]
    reading = section.section("reading", keys)
    return Reading(
        rule=name,
        numbers=tuple(
            (key, reading.whole(key, least, most, usual))
            for key, (least, most, usual) in rule.numbers.items()
        ),
        told=tuple((key, _told(reading.section(key, ("title", "text")))) for key in rule.told),
        outcomes=_outcomes(reading, dimensions) if rule.decides else (),
    )


def _told(section: Section) -> Told:
    return Told(section.text("title", 120) or "", section.text("text", 1000, "") or "")


def _outcomes(reading: Section, dimensions: Sequence[str]) -> tuple[Outcome, ...]:
    keys = ("code", "title", "text", "when", "conditions")
    sections = list(reading.entries("outcomes", keys, MOST_OUTCOMES, least=1, called="outcome"))
    outcomes = []
    for number, section in enumerate(sections, 1):
        outcomes.append(_outcome(section, dimensions))
        if number < len(sections) and not section.given("when"):
            section.complain(_("'when' is missing; only the last outcome is without one"), "when")
        if number == len(sections) and section.given("when"):
            section.complain(
                _("the last outcome must have no 'when', so that there is always one"), "when"
            )
    codes = [outcome.code for outcome in outcomes]
    for code in dict.fromkeys(code for code in codes if code and codes.count(code) > 1):
        reading.complain(_("the outcome %(code)s stands there twice") % {"code": shown(code)})
    return tuple(outcomes)


def _outcome(section: Section, dimensions: Sequence[str]) -> Outcome:
    match, conditions = "every", []
    if section.given("when"):
        when = section.section("when", ("all", "any"))
        if when.given("all") == when.given("any"):
            when.complain(_("write either 'all' or 'any', with a list of dimensions and bands"))
        match = "any" if when.given("any") else "every"
        key = "any" if when.given("any") else "all"
        least = 1 if when.given(key) else 0
        keys = ("dimension", "bands")
        for condition in when.entries(key, keys, MOST_CONDITIONS, least=least, called="condition"):
            code = condition.code("dimension")
            if code and code not in dimensions:
                condition.complain(
                    _("there is no dimension %(code)s in this bank") % {"code": shown(code)},
                    "dimension",
                )
            bands = condition.texts("bands", 10, len(BANDS))
            if not bands or set(bands) - set(BANDS) or len(set(bands)) < len(bands):
                condition.complain(
                    _("'bands' must be a list of strong, mixed, weak, each at most once"), "bands"
                )
            conditions.append(Condition(code, bands))
    told = Told(section.text("title", 120) or "", section.text("text", 1000, "") or "")
    return Outcome(
        code=section.code("code"),
        told=told,
        match=match,
        conditions=tuple(conditions),
        names_conditions=section.truth("conditions"),
    )
