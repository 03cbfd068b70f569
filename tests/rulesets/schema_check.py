"""A JSON Schema validator of a few lines: what `pfscore schema` uses of the standard, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}
KNOWN = {
    *("$defs", "$ref", "$schema", "additionalProperties", "anyOf", "const", "default", "description", "enum"),
    *("examples", "items", "maxItems", "minItems", "minLength", "pattern", "properties", "required", "type"),
}


def problems(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "$") -> Iterator[str]:
    """Yield where `value` is not what `schema` allows."""
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        yield from problems(value, root["$defs"][name], root, at)
        return
    if "anyOf" in schema and all(list(problems(value, option, root, at)) for option in schema["anyOf"]):
        yield f"{at}: none of the options"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} not in {schema['enum']}"
    if "type" in schema and not _is(value, schema["type"]):
        yield f"{at}: {value!r} is not {schema['type']}"
        return
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{at}: {value!r} does not match {schema['pattern']}"
    if isinstance(value, dict):
        yield from _members(value, schema, root, at)
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{at}: too few or too many members"
        for index, member in enumerate(value):
            yield from problems(member, schema.get("items", {}), root, f"{at}[{index}]")


def _members(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], at: str) -> Iterator[str]:
    known = schema.get("properties", {})
    yield from (f"{at}: no {key}" for key in schema.get("required", ()) if key not in value)
    for key, member in value.items():
        if key in known:
            yield from problems(member, known[key], root, f"{at}.{key}")
        elif schema.get("additionalProperties") is False:
            yield f"{at}: unknown {key}"
        elif isinstance(schema.get("additionalProperties"), dict):
            yield from problems(member, schema["additionalProperties"], root, f"{at}.{key}")


def _is(value: Any, wanted: str | list[str]) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, _TYPES[name]) for name in names)
