"""From pydantic's complaints to diagnostics at a line and column, in the author's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, Protocol, get_args

from pydantic import BaseModel, ValidationError

from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.text import Message, shorten

class Located(Protocol):
    """Anything that knows where the value at a path stands in its file."""

    def span(self, path: Sequence[str | int], *, key: bool = False) -> Span:
        """Return where the value at `path` stands, or its key."""


_SHAPES = {
    "string_type": ("一个值", "a single value"),
    "tuple_type": ("列表（每项以 “- ” 开头）", "a list (each member after '- ')"),
    "list_type": ("列表（每项以 “- ” 开头）", "a list (each member after '- ')"),
    "model_type": ("键值对", "keys with values"),
    "model_attributes_type": ("键值对", "keys with values"),
    "dict_type": ("键值对", "keys with values"),
}


def diagnostics_of(
    error: ValidationError, document: Located, model: type[BaseModel], *, at: Sequence[str | int] = ()
) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each complaint about data that stands at path `at` of `document`."""
    for complaint in error.errors(include_url=False):
        path = [*at, *(part for part in complaint["loc"] if not _is_internal(part))]
        yield _diagnostic(complaint["type"], complaint.get("ctx") or {}, complaint["input"], path, document, model, len(at))


def _is_internal(part: str | int) -> bool:
    """Tell pydantic's own labels (`function-before[…]`, `str`, a model's name) from the author's keys."""
    return isinstance(part, str) and (part[:1].isupper() or "[" in part or part in {"str", "int", "float", "bool"})


def _diagnostic(
    kind: str,
    context: dict[str, Any],
    found: Any,
    path: list[str | int],
    document: Located,
    model: type[BaseModel],
    base: int,
) -> Diagnostic:
    key = str(path[-1]) if path else ""
    shown = shorten(str(found)) if isinstance(found, str) else ""
    if kind == "pfscore":
        hint = Message(context["hint_zh"], context["hint_en"]) if context["hint_zh"] else None
        return Diagnostic(context["code"], Message(context["zh"], context["en"]), hint, document.span(path))
    if kind == "extra_forbidden":
        return Diagnostic(
            "PF201",
            Message(f"不认识的键 “{shorten(key)}”", f"unknown key {shorten(key)!r}"),
            _suggestion(key, _keys(model, path[base:-1])),
            document.span(path, key=True),
        )
    if kind == "missing":
        return Diagnostic(
            "PF202",
            Message(f"缺少键 “{key}”", f"missing key {key!r}"),
            _meaning(model, path[base:]),
            document.span(path[:-1]),
        )
    if kind in {"literal_error", "enum"}:
        expected = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        return Diagnostic(
            "PF203",
            Message(f"“{key}” 的值 “{shown}” 不在可写的范围内", f"{shown!r} is not a value of {key!r}"),
            Message(f"可写：{expected.replace(', ', '、')}", f"allowed: {expected}"),
            document.span(path),
        )
    if kind == "string_pattern_mismatch":
        return Diagnostic(
            "PF203",
            Message(f"“{key}” 的写法不对：“{shown}”", f"{key!r} is not well formed: {shown!r}"),
            _meaning(model, path[base:]),
            document.span(path),
        )
    if kind in {"too_short", "string_too_short"}:
        return Diagnostic(
            "PF202", Message(f"“{key}” 是空的", f"{key!r} is empty"), _meaning(model, path[base:]), document.span(path)
        )
    zh, en = _SHAPES.get(kind, ("别的写法", "something else"))
    if found is None:
        message = Message(f"“{key}” 没有写值", f"{key!r} has no value")
    else:
        message = Message(f"“{key}” 应当是{zh}", f"{key!r} should be {en}")
    return Diagnostic("PF204", message, _meaning(model, path[base:]), document.span(path))


def _suggestion(key: str, known: Sequence[str]) -> Message:
    close = get_close_matches(key.lower(), known, 1, 0.6)
    if close:
        return Message(f"是不是 “{close[0]}”？", f"did you mean {close[0]!r}?")
    listed = "、".join(known)
    return Message(f"这里可写的键：{listed}", f"keys allowed here: {', '.join(known)}")


def _meaning(model: type[BaseModel], path: Sequence[str | int]) -> Message | None:
    """Return what the field at `path` is for, from its own description."""
    owner = _model_at(model, path[:-1])
    if owner is None or not path:
        return None
    for name, field in owner.model_fields.items():
        if (field.alias or name) == path[-1] and field.description:
            return Message(field.description, field.description)
    return None


def _keys(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    owner = _model_at(model, path)
    return [field.alias or name for name, field in owner.model_fields.items()] if owner else []


def _model_at(model: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel] | None:
    """Follow `path` through the models' annotations."""
    current: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int) or current is None:
            continue
        field = next((f for n, f in current.model_fields.items() if (f.alias or n) == part), None)
        current = _inner_model(field.annotation) if field else None
    return current


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        if found := _inner_model(part):
            return found
    return None
