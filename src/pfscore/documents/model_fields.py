"""What a model says about the keys of a file: which there are, what each is for, what may be written."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from itertools import pairwise
from textwrap import dedent
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema

from pfscore.foundation.text import Message

#: How a truth value is written.
_TRUTHS = ("是", "否")


class Described(BaseModel):
    """A model whose fields are described by the texts below them, which are read when somebody asks.

    Pydantic's `use_attribute_docstrings` reads the source of every model at every start.
    """

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, field in cls.model_fields.items():
            text = descriptions_of(cls).get(name)
            for key in {name, field.alias or name} & properties.keys() if text else ():
                properties[key].setdefault("description", text)
        return schema


@cache
def descriptions_of(model: type[BaseModel]) -> dict[str, str]:
    """Return the texts below the fields of a model, by the names of the fields; none where no source is installed."""
    found: dict[str, str] = {}
    for owner in reversed(model.__mro__):
        if not issubclass(owner, Described):
            continue
        try:
            [body] = ast.parse(dedent(inspect.getsource(owner))).body
        except OSError:
            continue
        for field, below in pairwise(body.body if isinstance(body, ast.ClassDef) else ()):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                found.pop(field.target.id, None)
                if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
                    found[field.target.id] = inspect.cleandoc(str(below.value.value))
    return found


def keys_of(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """Return the keys of the mapping at `path`; none where there is no mapping.

    >>> from pfscore.rulesets.model.ruleset import Ruleset
    >>> keys_of(Ruleset, ["form", 0, "grades", 1]), keys_of(Ruleset, ["title"])
    (['name', 'from'], [])
    """
    owner = _model_at(model, path)
    return [field.alias or name for name, field in owner.model_fields.items()] if owner else []


def required_keys(model: type[BaseModel], path: Sequence[str | int]) -> list[tuple[str, bool]]:
    """Return the keys of the mapping at `path`, and whether each has to be there.

    >>> from pfscore.rulesets.model.ruleset import Ruleset
    >>> required_keys(Ruleset, ["rules", 0, "versions", 0, "cite"])
    [('source', True), ('at', False), ('quote', False)]
    """
    owner = _model_at(model, path)
    return [(field.alias or name, field.is_required()) for name, field in owner.model_fields.items()] if owner else []


def homes_of(model: type[BaseModel], key: str) -> tuple[tuple[str, ...], ...]:
    """Return under which keys of the file, from the top, mappings with `key` stand; the nearest to the top first.

    >>> from pfscore.rulesets.model.ruleset import Ruleset
    >>> homes_of(Ruleset, "expenditure"), homes_of(Ruleset, "formular")
    ((('rules', 'versions', 'examples'),), ())
    """
    found: list[tuple[str, ...]] = []
    waiting: list[tuple[type[BaseModel], tuple[str, ...]]] = [(model, ())]
    seen: set[type[BaseModel]] = set()
    while waiting:
        owner, path = waiting.pop(0)
        if owner in seen:
            continue
        seen.add(owner)
        if path and _named(owner, key) is not None:
            found.append(path)
        for name, field in owner.model_fields.items():
            if (inner := _inner_model(field.annotation)) is not None:
                waiting.append((inner, (*path, field.alias or name)))
    return tuple(found)


def meaning_of(model: type[BaseModel], path: Sequence[str | int]) -> Message | None:
    """Return what the key at the end of `path` is for, from its own description."""
    owner, name = _owner(model, path)
    if owner is None or name is None:
        return None
    description = owner.model_fields[name].description or descriptions_of(owner).get(name)
    return _in_both(description) if description else None


def choices_of(model: type[BaseModel], path: Sequence[str | int]) -> tuple[str, ...]:
    """Return the values that may be written at `path`, where they are a closed list.

    >>> from pfscore.rulesets.model.ruleset import Ruleset
    >>> choices_of(Ruleset, ["kind"]), choices_of(Ruleset, ["form", 0, "deduction"])
    (('project', 'department'), ('是', '否'))
    """
    field = _field(model, path)
    return () if field is None else tuple(dict.fromkeys(_choices(field.annotation)))


def shape_of(model: type[BaseModel], path: Sequence[str | int]) -> Literal["mapping", "members", "value"]:
    """Return whether keys stand below the key at the end of `path`, members that have keys, or neither."""
    field = _field(model, path)
    if field is None or _inner_model(field.annotation) is None:
        return "value"
    return "members" if _has_members(field.annotation) else "mapping"


def value_at(model: BaseModel, path: Sequence[str | int]) -> Any:
    """Return what a model holds at a path of its file; `None` where it holds nothing there."""
    value: Any = model
    for part in path:
        if isinstance(value, tuple) and isinstance(part, int):
            value = value[part] if part < len(value) else None
        elif isinstance(value, BaseModel) and isinstance(part, str):
            names = (name for name, field in type(value).model_fields.items() if (field.alias or name) == part)
            value = getattr(value, next(names, ""), None)
        elif not isinstance(part, int):
            return None
    return value


def _model_at(model: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel] | None:
    """Follow `path` through the models' annotations."""
    current: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int) or current is None:
            continue
        field = _named(current, part)
        current = _inner_model(field.annotation) if field else None
    return current


def _owner(model: type[BaseModel], path: Sequence[str | int]) -> tuple[type[BaseModel] | None, str | None]:
    """Return the model and the name of the field of the last key of `path`; a member belongs to its list's."""
    keys = [part for part in path if isinstance(part, str)]
    owner = _model_at(model, keys[:-1]) if keys else None
    return owner, None if owner is None else _name_of(owner, keys[-1])


def _field(model: type[BaseModel], path: Sequence[str | int]) -> FieldInfo | None:
    owner, name = _owner(model, path)
    return None if owner is None or name is None else owner.model_fields[name]


def _name_of(model: type[BaseModel], key: str) -> str | None:
    return next((name for name, field in model.model_fields.items() if (field.alias or name) == key), None)


def _named(model: type[BaseModel], key: str) -> FieldInfo | None:
    name = _name_of(model, key)
    return None if name is None else model.model_fields[name]


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        if found := _inner_model(part):
            return found
    return None


def _has_members(annotation: Any) -> bool:
    return get_origin(annotation) in {tuple, list} or any(_has_members(part) for part in get_args(annotation))


def _choices(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from (str(choice) for choice in get_args(annotation))
    elif annotation is bool:
        yield from _TRUTHS
    elif isinstance(annotation, type) and issubclass(annotation, Enum):
        yield from (str(member.value) for member in annotation)
    else:
        for part in get_args(annotation):
            yield from _choices(part)


def _in_both(description: str) -> Message:
    """Take a description apart: Chinese sentences first, then an English one where there is one."""
    text = " ".join(description.split())
    match = re.search(r"(?<=。) ?([A-Z].*)$", text)
    return Message(text[: match.start()], match[1]) if match else Message(text, text)
