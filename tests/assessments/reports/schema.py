"""As much of JSON Schema, draft 2020-12, as the schemas in docs/ use."""

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
        # Those that prefixItems speaks of are left to it.
        first = len(schema.get("prefixItems", ()))
        for number, item in enumerate(value[first:], first):
            yield from complaints(item, told, whole, f"{place}[{number}]")


def _prefix_items(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, (item, part) in enumerate(zip(value, told, strict=False)):
            yield from complaints(item, part, whole, f"{place}[{number}]")


def _min_items(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if isinstance(value, list) and len(value) < told:
        yield f"{place}: fewer than {told}"


def _max_items(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if isinstance(value, list) and len(value) > told:
        yield f"{place}: more than {told}"


def _unique_items(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if isinstance(value, list) and told:
        twice = [item for number, item in enumerate(value) if item in value[:number]]
        yield from (f"{place}: {item!r} stands there twice" for item in twice)


def _min_length(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if isinstance(value, str) and len(value) < told:
        yield f"{place}: shorter than {told}"


def _max_length(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if isinstance(value, str) and len(value) > told:
        yield f"{place}: longer than {told}"


def _exclusive_minimum(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if is_a(value, "number") and value <= told:
        yield f"{place}: {value} is not above {told}"


def _max_properties(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if isinstance(value, dict) and len(value) > told:
        yield f"{place}: more than {told}"


def _property_names(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key in value:
            yield from complaints(key, told, whole, f"{place}, key")


def _one_of(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    fitting = sum(fits(value, part, whole) for part in told)
    if fitting != 1:
        yield f"{place}: fits {fitting} of {len(told)}"


def _not(value: Any, told: Any, schema: Any, whole: Any, place: str) -> Iterator[str]:
    if fits(value, told, whole):
        yield f"{place}: {value!r} is not taken"


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
    "prefixItems": _prefix_items,
    "minItems": _min_items,
    "maxItems": _max_items,
    "uniqueItems": _unique_items,
    "minLength": _min_length,
    "maxLength": _max_length,
    "exclusiveMinimum": _exclusive_minimum,
    "maxProperties": _max_properties,
    "propertyNames": _property_names,
    "oneOf": _one_of,
    "not": _not,
    "$ref": _ref,
    "allOf": _all_of,
    "if": _if,
}
