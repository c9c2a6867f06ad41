"""docs/bank.schema.json takes what an import takes, and refuses what a schema can see."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from alliances.errors import Refused
from assessments.services.banks import checks, readings, translations
from assessments.services.banks.checks import bank_document
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.files import parse_bank
from assessments.services.banks.store import shipped_bank, shipped_codes
from tests.assessments.banks.documents import READINGS, minimal, whole
from tests.assessments.reports.schema import complaints

SCHEMA = json.loads(
    (Path(__file__).resolve().parents[3] / "docs" / "bank.schema.json").read_text("utf-8")
)
DEFS = SCHEMA["$defs"]


def told(data: Any) -> list[str]:
    return list(complaints(data, SCHEMA, SCHEMA))


def parse(data: object) -> BankDocument:
    return parse_bank(text=json.dumps(data))


def refusals(data: object) -> list[str]:
    """What an import says against it."""
    try:
        parse(data)
    except Refused as refused:
        return refused.details or [refused.message]
    return []


def taken(data: object) -> bool:
    return not refusals(data)


def with_scale() -> dict[str, Any]:
    """The whole bank, with a scale of its own for its last question."""
    data = whole()
    data["scale"] = {"min": 0, "max": 2, "labels": ["No", "", "Yes"]}
    for key in ("min", "max", "labels"):
        del data["dimensions"][1]["questions"][0][key]
    return data


@pytest.mark.parametrize("code", shipped_codes())
def test_the_shipped_banks_follow_it(code: str) -> None:
    assert told(shipped_bank(code).as_data()) == []


@pytest.mark.parametrize("rule", READINGS)
def test_a_bank_with_everything_follows_it(rule: str) -> None:
    assert told(whole(rule)) == []
    assert told(parse(whole(rule)).as_data()) == []


def test_the_least_and_the_usual_follow_it() -> None:
    least = {"code": "a", "version": 1, "dimensions": [{"code": "b", "questions": [{"code": "c"}]}]}
    for data in (least, minimal(), with_scale()):
        assert taken(data)
        assert told(data) == []


# Keys --------------------------------------------------------------------------------------------


def test_its_keys_are_those_of_an_import() -> None:
    assert list(SCHEMA["properties"]) == [
        *sorted(SCHEMA["properties"], key=checks._BANK_KEYS.index)
    ]
    for found, wanted in (
        (SCHEMA, checks._BANK_KEYS),
        (DEFS["dimension"], checks._DIMENSION_KEYS),
        (DEFS["question"], checks._QUESTION_KEYS),
        (SCHEMA["properties"]["scale"], checks._SCALE_KEYS),
        (DEFS["dimension"]["properties"]["readings"], readings.BANDS),
    ):
        assert set(found["properties"]) == set(wanted)
        assert found["additionalProperties"] is False


def test_its_rules_of_reading_are_those_of_an_import() -> None:
    rules = SCHEMA["properties"]["reading"]
    assert rules["then"]["properties"]["rule"]["enum"] == list(readings.RULES)
    assert [part["then"]["$ref"] for part in rules["allOf"]] == [
        f"#/$defs/{rule}" for rule in readings.RULES
    ]
    for name, rule in readings.RULES.items():
        keys = {"rule", *rule.numbers, *rule.told, *(["outcomes"] if rule.decides else [])}
        assert set(DEFS[name]["properties"]) == keys
        assert DEFS[name]["properties"]["rule"] == {"const": name}
        for key, (least, most, _usual) in rule.numbers.items():
            found = DEFS[name]["properties"][key]
            assert (found["minimum"], found["maximum"]) == (least, most)
    titles = {key for rule in readings.RULES.values() for key in rule.told}
    translated = DEFS["translation"]["properties"]["reading"]["properties"]
    assert set(translated) == titles | {"outcomes"}


def test_its_choices_are_those_of_an_import() -> None:
    for schema, wanted in (
        (SCHEMA["properties"]["audience"], checks.AUDIENCES),
        (SCHEMA["properties"]["subject"], checks.SUBJECTS),
        (DEFS["question"]["properties"]["change"], checks.CHANGES),
    ):
        assert schema["enum"] == [*wanted, None]
    assert DEFS["code"]["pattern"] == f"^{checks.CODE.pattern}$"
    language = f"^{translations.LANGUAGE.pattern}$"
    assert SCHEMA["properties"]["language"]["pattern"] == language
    assert SCHEMA["properties"]["translations"]["propertyNames"]["pattern"] == language


# Limits ------------------------------------------------------------------------------------------


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def put(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(data)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def schemas(schema: Any) -> Iterator[dict[str, Any]]:
    """The schema, with that which it refers to."""
    yield schema
    if "$ref" in schema:
        yield from schemas(DEFS[schema["$ref"].removeprefix("#/$defs/")])


def steps(value: Any, schema: Any) -> Iterator[tuple[Any, Any]]:
    """Keys of `value` with the schema of what stands under each."""
    for one in schemas(schema):
        if isinstance(value, dict):
            # Which rule a reading follows, and whether a `when` says all or any.
            for part in one.get("allOf", []):
                if part["if"]["properties"]["rule"]["const"] == value.get("rule"):
                    yield from steps(value, part["then"])
            for part in one.get("oneOf", []):
                if set(part.get("properties", {})) == set(value):
                    yield from steps(value, part)
            for key in value:
                if key in one.get("properties", {}):
                    yield key, one["properties"][key]
                elif one.get("additionalProperties"):
                    yield key, one["additionalProperties"]
        if isinstance(value, list) and "items" in one:
            yield from ((place, one["items"]) for place in range(len(value)))


def limits(value: Any, schema: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every limit that the schema sets somewhere in `value`: where, which, and how much."""
    for one in schemas(schema):
        for keyword in ("maxLength", "minimum", "maximum", "maxItems", "maxProperties"):
            if keyword in one:
                yield path, keyword, one[keyword]
    for key, part in steps(value, schema):
        yield from limits(value[key], part, (*path, key))


def probes() -> list[Any]:
    found = {}
    for document in (with_scale(), whole("self-peers"), whole("pairs"), whole("ladder")):
        for path, keyword, limit in limits(document, SCHEMA):
            shape = (tuple("#" if isinstance(key, int) else key for key in path), keyword)
            found.setdefault(shape, (document, path, keyword, limit))
    return [
        pytest.param(*probe, id=".".join(map(str, (*probe[1], probe[2]))))
        for probe in found.values()
    ]


def test_the_limits_of_all_kinds_are_tried() -> None:
    """Else the next test might try none. By hand: texts, numbers, lists and mappings with a limit."""
    shapes = {probe.id for probe in probes()}
    assert len(shapes) > 100
    assert {
        "title.maxLength",
        "dimensions.maxItems",
        "dimensions.0.advice.0.text.maxLength",
        "dimensions.0.questions.0.min.minimum",
        "reading.outcomes.maxItems",
        "reading.outcomes.0.when.any.maxItems",
        "reading.gap.maximum",
        "reading.level.title.maxLength",
        "sources.maxProperties",
        "scale.max.maximum",
        "translations.maxProperties",
        "translations.fr.labels.No.maxLength",
        "translations.fr.reading.higher.title.maxLength",
        "translations.fr.reading.outcomes.join.title.maxLength",
        "translations.fr.dimensions.trust.questions.TR1.facet.maxLength",
    } <= shapes


@pytest.mark.parametrize(("document", "path", "keyword", "limit"), probes())
def test_every_limit_is_that_of_an_import(
    document: dict[str, Any], path: tuple[Any, ...], keyword: str, limit: int
) -> None:
    """Just beyond a limit both refuse; at it, both take it, or another rule of the import speaks."""
    value = at(document, path)

    def sized(size: int) -> Any:
        if keyword in ("minimum", "maximum"):
            return size
        if path == ("language",):
            return "abc-" + "x" * (size - 4)
        if keyword == "maxLength":
            return "x" * size
        if path[-1] == "bands":
            return [*readings.BANDS, "strong"][:size]
        if keyword == "maxItems":
            return [value[-1]] * size
        if path == ("translations",):
            return {f"a{chr(97 + n)}": {} for n in range(size)}
        return dict([*value.items(), *((f"K{n}", "x") for n in range(size))][:size])

    wrong = put(document, path, sized(limit - 1 if keyword == "minimum" else limit + 1))
    assert told(wrong) != []
    complained = refusals(wrong)
    assert complained
    right = put(document, path, sized(limit))
    assert told(right) == []
    # What was said of the limit is gone; of the rest, such as one code twice, a schema knows nothing.
    words = ("longer than", "characters", "whole number from", "entries", "mapping of", "'bands'")
    assert refusals(right) != complained
    assert not [line for line in refusals(right) if any(word in line for word in words)]


# Mistakes ----------------------------------------------------------------------------------------


def _set(*path: Any, to: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda data: put(data, path, to)


def _without(*path: Any) -> Callable[[dict[str, Any]], Any]:
    def change(data: dict[str, Any]) -> Any:
        del at(data, path[:-1])[path[-1]]
        return data

    return change


TRUST: tuple[Any, ...] = ("dimensions", 0)
TR1: tuple[Any, ...] = (*TRUST, "questions", 0)
FRENCH: tuple[Any, ...] = ("translations", "fr")
WHEN: tuple[Any, ...] = ("reading", "outcomes", 0, "when")


@pytest.mark.parametrize(
    "change",
    [
        lambda data: [data],
        lambda data: None,
        _without("code"),
        _without("version"),
        _without("dimensions"),
        _without(*TRUST, "code"),
        _without(*TRUST, "questions"),
        _without(*TR1, "code"),
        _set("colour", to="red"),
        _set("Code", to="x"),
        _set("code", to="not a code"),
        _set("code", to="-x"),
        _set("code", to="é"),
        _set("code", to=2024),
        _set("code", to=None),
        _set("version", to="1"),
        _set("version", to=1.5),
        _set("version", to=True),
        _set("title", to=["x"]),
        _set("language", to="English"),
        _set("language", to="EN"),
        _set("minutes", to="12"),
        _set("audience", to="all"),
        _set("subject", to="Alliance"),
        _set("sources", to=["K"]),
        _set("sources", "a b", to="A work"),
        _set("sources", "K", to=""),
        _set("bands", to=[80, 40]),
        _set("bands", "weak", to=10),
        _set("bands", "mixed", to=0),
        _set("dimensions", to=[]),
        _set("dimensions", to={}),
        _set("dimensions", 0, to="trust"),
        _set(*TRUST, "text", to="x"),
        _set(*TRUST, "readings", "middling", to="x"),
        _set(*TRUST, "facets", to=[""]),
        _set(*TRUST, "advice", to=["x"]),
        _set(*TRUST, "advice", to=[{"text": "x"}]),
        _set(*TRUST, "advice", to=[{"title": ""}]),
        _set(*TRUST, "asked_of_members", to=[""]),
        _set(*TRUST, "asked_of_members", to="x"),
        _set(*TRUST, "questions", to=[]),
        _set(*TR1, "code", to="Respondent"),
        _set(*TR1, "code", to="organisation"),
        _set(*TR1, "title", to="x"),
        _set(*TR1, "min", to=0.5),
        _set(*TR1, "labels", to=["No"]),
        _set(*TR1, "labels", to=["", "", "Yes"]),
        _set(*TR1, "labels", to=["No", None, "Yes"]),
        _set(*TR1, "reverse", to="no"),
        _set(*TR1, "reverse", to=0),
        _set(*TR1, "weight", to=0),
        _set(*TR1, "weight", to=-1),
        _set(*TR1, "weight", to=1000.5),
        _set(*TR1, "weight", to="1"),
        _set(*TR1, "change", to="both"),
        _without("since"),
        _set("since", to=None),
        _set("reading", to="mean"),
        _set("reading", to={}),
        _set("reading", to={"rule": "sum"}),
        _set("reading", to={"rule": "mean", "gap": 20}),
        _set("reading", to={"rule": "checklist", "done": {"title": "x"}}),
        _set("reading", to={"rule": "ladder", "top": {"title": "x"}, "none": {"text": "x"}}),
        _set("reading", to={"rule": "pairs", "outward": "x", "inward": "x", "level": "x"}),
        _set("reading", to={"rule": "decision"}),
        _set("reading", "outcomes", to=[]),
        _without("reading", "outcomes", 0, "code"),
        _without("reading", "outcomes", 0, "title"),
        _set("reading", "outcomes", 0, "conditions", to="yes"),
        _set("reading", "outcomes", 0, "if", to={}),
        _set(*WHEN, to={}),
        _set(*WHEN, to=["trust"]),
        _set(*WHEN, "all", to=[{"dimension": "trust", "bands": ["weak"]}]),
        _set(*WHEN, "some", to=[]),
        _set(*WHEN, "any", to=[]),
        _set(*WHEN, "any", 0, "bands", to=[]),
        _set(*WHEN, "any", 0, "bands", to=["bad"]),
        _set(*WHEN, "any", 0, "bands", to=["weak", "weak"]),
        _set(*WHEN, "any", 0, "bands", to="weak"),
        _without(*WHEN, "any", 0, "dimension"),
        _set(*WHEN, "any", 0, "above", to=1),
        _set("translations", to=["fr"]),
        _set("translations", "French", to={"title": "x"}),
        _set("translations", "fr", to="x"),
        _set(*FRENCH, "title", to=5),
        _set(*FRENCH, "copyright", to="x"),
        _set(*FRENCH, "labels", to=["Non"]),
        _set(*FRENCH, "reading", "rule", to="x"),
        _set(*FRENCH, "reading", "outcomes", "join", "when", to="x"),
        _set(*FRENCH, "dimensions", "trust", "source", to="x"),
        _set(*FRENCH, "dimensions", "trust", "questions", "TR1", "min", to="x"),
        _set(*FRENCH, "dimensions", "trust", "asked_of_members", to=[5]),
    ],
)  # fmt: skip
def test_what_a_schema_can_see_both_refuse(change: Callable[[dict[str, Any]], Any]) -> None:
    wrong = change(whole())
    assert told(wrong) != []
    assert not taken(wrong)


@pytest.mark.parametrize(
    "change",
    [
        _set("bands", to={"strong": 40, "mixed": 80}),
        _set("since", to=3),
        _set(*TR1, "code", to="SP1"),
        _set(*TR1, "source", to="ZZ"),
        _set(*TR1, "weight", to=0.0001),
        _set(*TR1, "labels", to=["No", "", ""]),
        _set(*WHEN, "any", 0, "dimension", to="pain"),
        _set("reading", "outcomes", 2, "code", to="join"),
        _set("translations", "en", to={"title": "x"}),
        _set(*FRENCH, "labels", "Maybe", to="Peut-être"),
    ],
)
def test_what_it_cannot_see_is_left_to_the_import(
    change: Callable[[dict[str, Any]], Any],
) -> None:
    """What refers to another place; docs/banks.md says so, and the import refuses it."""
    wrong = change(whole())
    assert told(wrong) == []
    assert not taken(wrong)


def test_it_speaks_to_people_who_write_banks() -> None:
    """An editor shows these while somebody types."""
    for name, part in (
        *SCHEMA["properties"].items(),
        *DEFS["dimension"]["properties"].items(),
        *DEFS["question"]["properties"].items(),
    ):
        parts = list(schemas(part))
        assert any("title" in one for one in parts), name
        assert any("description" in one for one in parts) or name in ("text",), name


def test_every_reference_leads_somewhere() -> None:
    def references(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                yield node["$ref"]
            node = node.values()
        if not isinstance(node, str | int | float | bool | None):
            for part in node:
                yield from references(part)

    found = set(references(SCHEMA))
    assert found == {f"#/$defs/{name}" for name in DEFS}
    # A draft that lacks things is no file yet, and the schema is one of files.
    assert told({"code": "x", "version": 1, "dimensions": []}) == ["$.dimensions: fewer than 1"]
    assert bank_document(data={"code": "x", "version": 1, "dimensions": []}, draft=True)
