"""As much of JSON Schema, draft 2020-12, as docs/result.schema.json uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

SAYS_NOTHING = {"$schema", "$id", "$defs", "title", "description"}
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
    "number": (int, float),
    "integer": (int,),
}


def complaints(value: Any, schema: Any, whole: dict[str, Any], place: str = "$") -> Iterator[str]:
    """What of `value` is not as `schema`, a part of `whole`, says. Raises KeyError on a keyword that
    is not known here, so that none is passed over."""
    if isinstance(schema, bool):
        if not schema:
            yield f"{place}: must not be there"
        return
    for keyword, told in schema.items():
        if keyword in SAYS_NOTHING or keyword in {"then", "else"}:
            continue
        yield from KEYWORDS[keyword](value, told, schema, whole, place)


def fits(value: Any, schema: Any, whole: dict[str, Any]) -> bool:
    return not any(True for _ in complaints(value, schema, whole))


def is_a(value: Any, name: str) -> bool:
    # To Python, true is a number.
    return isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))


def same(one: Any, other: Any) -> bool:
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _type(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    names = [told] if isinstance(told, str) else told
    if not any(is_a(value, name) for name in names):
        yield f"{place}: {value!r} is no {' or '.join(names)}"


def _enum(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if not any(same(value, one) for one in told):
        yield f"{place}: {value!r} is none of {told}"


def _const(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    yield from _enum(value, [told], schema, whole, place)


def _minimum(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if is_a(value, "number") and value < told:
        yield f"{place}: {value} is below {told}"


def _maximum(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if is_a(value, "number") and value > told:
        yield f"{place}: {value} is above {told}"


def _pattern(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if isinstance(value, str) and not re.search(told, value):
        yield f"{place}: {value!r} is not like {told}"


def _required(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{place}: {key} is missing" for key in told if key not in value)


def _properties(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key in told.keys() & value.keys():
            yield from complaints(value[key], told[key], whole, f"{place}.{key}")


def _additional(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key in value.keys() - schema.get("properties", {}).keys():
            yield from complaints(value[key], told, whole, f"{place}.{key}")


def _items(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from complaints(item, told, whole, f"{place}[{number}]")


def _min_items(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if isinstance(value, list) and len(value) < told:
        yield f"{place}: fewer than {told}"


def _ref(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    yield from complaints(value, whole["$defs"][told.removeprefix("#/$defs/")], whole, place)


def _all_of(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    for part in told:
        yield from complaints(value, part, whole, place)


def _if(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    branch = "then" if fits(value, told, whole) else "else"
    yield from complaints(value, schema.get(branch, True), whole, place)


KEYWORDS = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minimum": _minimum,
    "maximum": _maximum,
    "pattern": _pattern,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "items": _items,
    "minItems": _min_items,
    "$ref": _ref,
    "allOf": _all_of,
    "if": _if,
}
