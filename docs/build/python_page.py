"""docs/reference/python.md: the public names of pfscore, from their docstrings."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import TYPE_CHECKING, Any

import pfscore
from pfscore.documents.model_fields import descriptions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEAD = """# The Python library

Every public name of `pfscore`, from its docstring. What is not on this page is not public and may change.

Arguments with a default are given by keyword. Numbers go in as text, `int`, `Decimal` or `Fraction`, never as `float`;
scores come out as `Decimal`. Values are frozen, hashable and picklable. Every error is a `PfscoreError`.
The examples have the public names at hand:

```python
from pfscore import *
```
"""
_ROLE = re.compile(r":[a-z]+:`~?([^`]+)`")
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
_SECTIONS = {
    "Raises:": "**Raises**",
    "Args:": "**Arguments**",
    "Returns:": "**Returns**",
    "Yields:": "**Yields**",
}


def python_page() -> str:
    """Return the page."""
    names = [name for name in pfscore.__all__ if not name.startswith("__")]
    kinds: dict[str, list[str]] = {"Functions": [], "Classes": [], "Errors": [], "Types": []}
    for name in names:
        kinds[_kind(getattr(pfscore, name))].append(name)
    parts = [_HEAD]
    for kind, members in kinds.items():
        if members:
            parts.append(f"## {kind}\n")
            parts += ["\n".join(_entry(name)) for name in members]
    return "\n".join(parts).rstrip() + "\n"


def _kind(value: object) -> str:
    if inspect.isclass(value):
        return "Errors" if issubclass(value, BaseException) else "Classes"
    return "Functions" if callable(value) else "Types"


def _entry(name: str) -> Iterator[str]:
    value = getattr(pfscore, name)
    yield f"### `{name}`\n"
    if inspect.isclass(value):
        bases = [base.__name__ for base in value.__bases__ if base not in {object, Exception}]
        if issubclass(value, BaseException) and bases:
            yield f"A `{'` and `'.join(bases)}`.\n"
    elif callable(value):
        yield f"```text\n{name}{_signature(value)}\n```\n"
    yield from _body(_own_doc(value))
    if isinstance(value, UnionType):
        yield "One of:\n"
        yield from (f"- `{_call(one)}`: {_line(_own_doc(one))}" for one in value.__args__)
    if inspect.isclass(value):
        members = list(_members(value))
        if members:
            yield "\n| | |\n|---|---|"
            yield from (f"| `{member}` | {text} |" for member, text in members)
    yield ""


def _own_doc(value: Any) -> str:
    return inspect.cleandoc(value.__doc__ or "") if callable(value) else ""


def _call(record: type) -> str:
    return f"{record.__name__}({', '.join(one.name for one in fields(record) if not one.kw_only)})"


class _Bare:
    """An annotation that is shown without quotes."""

    def __init__(self, annotation: object) -> None:
        text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
        self.text = text.replace("pfscore.", "")

    def __repr__(self) -> str:
        return self.text


def _signature(function: Any) -> str:
    try:
        signature = inspect.signature(function)
    except ValueError:
        return "(…)"
    parameters = [
        one if one.annotation is one.empty else one.replace(annotation=_Bare(one.annotation))
        for one in signature.parameters.values()
    ]
    returned = signature.return_annotation
    bare = returned if returned is signature.empty else _Bare(returned)
    return _ADDRESS.sub("", str(signature.replace(parameters=parameters, return_annotation=bare)))


def _body(doc: str) -> Iterator[str]:
    """Turn a docstring into Markdown: examples into sessions, sections into lists."""
    session = False
    for line in doc.splitlines():
        if line.startswith(">>>") and not session:
            yield "```pycon"
            session = True
        if session and not line:
            yield "```"
            session = False
        if session:
            yield line
        elif line in _SECTIONS:
            yield f"{_SECTIONS[line]}\n"
        elif re.match(r" {4}\S", line):
            yield f"- {_plain(line.strip())}"
        elif re.match(r" {5,}\S", line):
            yield f"  {_plain(line.strip())}"
        else:
            yield _plain(line)
    if session:
        yield "```"


def _members(owner: type) -> Iterator[tuple[str, str]]:
    """Yield public fields, properties and methods with the first sentence of what is said about them."""
    model_fields = getattr(owner, "model_fields", {})
    described = descriptions_of(owner) if model_fields else {}
    for name, info in model_fields.items():
        yield name, _line(info.description or described.get(name, ""))
    if is_dataclass(owner):
        for one in fields(owner):
            if not one.name.startswith("_") and one.name not in model_fields:
                yield one.name, f"`{one.type}`".replace("|", "\\|")
    for name, member in _declared(owner):
        if isinstance(member, (classmethod, staticmethod)):
            member = member.__func__  # noqa: PLW2901
        if isinstance(member, property) or hasattr(member, "attrname"):
            yield name, _line(inspect.getdoc(member) or "")
        elif inspect.isfunction(member):
            call = re.sub(r"^\((self|cls)(, )?", "(", _signature(member))
            yield f"{name}{call}".replace("|", "\\|"), _line(inspect.getdoc(getattr(owner, name)) or "")


def _declared(owner: type) -> Iterable[tuple[str, Any]]:
    """Return what the classes of pfscore declare, nearest first; not what pydantic or Exception give."""
    found: dict[str, Any] = {}
    for base in owner.__mro__:
        if base.__module__.startswith("pfscore"):
            for name, member in vars(base).items():
                if not name.startswith(("_", "model_")):
                    found.setdefault(name, member)
    return found.items()


def _line(doc: str) -> str:
    return _plain(" ".join(doc.split("\n\n")[0].split())).replace("|", "\\|")


def _plain(text: str) -> str:
    return _ROLE.sub(lambda match: f"`{match[1].rsplit('.', 1)[-1]}`", text)
