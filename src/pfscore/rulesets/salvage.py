"""What is left of a ruleset whose shape is wrong in places, so that the rest of it is checked all the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from pfscore.documents.model_errors import Located, complaints, model_at, plain_path
from pfscore.documents.positions import Data
from pfscore.foundation.diagnostics import Span
from pfscore.rulesets.model.ruleset import Ruleset

_ROUNDS = 9
#: What stands in for a required key of the file's head that is missing or wrong.
_HEAD = {"ruleset": "xx/x", "title": "?", "jurisdiction": "CN", "kind": "project", "status": "draft"}
#: What has to be whole to be checked: without one of its members a table has a gap, blocks do not
#: add up, and grades do not reach down to 0.
_WHOLE = {"bands", "blocks", "grades"}
_Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Salvaged:
    """The parts that are right, each still at its place in the author's file; `lost` are the paths that are not."""

    ruleset: Ruleset
    lost: frozenset[_Path]
    document: Located

    def span(self, path: Sequence[str | int], *, key: bool = False) -> Span:
        """Return where what stands at `path` of the salvaged ruleset stands in the file."""
        return self.document.span(_original(path, self.lost), key=key)

    def complete(self, key: str) -> bool:
        """Tell whether the list of the top-level `key` is there (under that name), and nothing of it was lost."""
        return bool(getattr(self.ruleset, key)) and not any(path[:1] == (key,) for path in self.lost)


def _old_index(new: int, gone: AbstractSet[str | int]) -> int:
    """Return the index in the file of what is now member `new` of a list from which some members are gone.

    >>> [_old_index(new, {0, 2}) for new in range(3)]
    [1, 3, 4]
    """
    old = -1
    for _ in range(new + 1):
        old += 1
        while old in gone:
            old += 1
    return old


def salvage(data: Data, document: Located, mended: Iterable[_Path] = ()) -> Salvaged | None:
    """Return what is valid without the parts that are not, and without those `mended`; `None` where nothing is.

    What goes is as small as possible.
    """
    if not isinstance(data, dict):
        return None
    lost = {unit for path in mended if (unit := _unit(path, "")) is not None}
    for _ in range(_ROUNDS):
        rest = _without(data, lost)
        try:
            return Salvaged(Ruleset.model_validate({**_HEAD, **rest}), frozenset(lost), document)
        except ValidationError as error:
            found = set()
            for complaint in complaints(error):
                path = as_written(plain_path(complaint["loc"]), rest)
                if (unit := _unit(path, complaint["type"])) is None:
                    return None
                found.add(_original(unit, lost))
            lost |= found
    return None


def as_written(path: Sequence[str | int], data: Data) -> _Path:
    """Leave out of `path` the index of a list that its author wrote as its only member.

    >>> as_written(("rounding", 0, "mode"), {"rounding": {"mode": "up"}})
    ('rounding', 'mode')
    """
    written: _Path = ()
    for part in path:
        if isinstance(part, int):
            if not isinstance(data, list):
                continue
            data = data[part] if part < len(data) else None
        elif isinstance(data, dict):
            data = data.get(part)
        written = (*written, part)
    return written


def _unit(path: _Path, kind: str) -> _Path | None:
    """Return the smallest part around `path` that can be left out: a member of a list, or a key that need not be."""
    whole = next((end for end, part in enumerate(path, 1) if part in _WHOLE), None)
    if whole is not None and whole < len(path):
        return path[:whole]
    if kind == "extra_forbidden":
        return path
    for end in range(len(path), 0, -1):
        part = path[end - 1]
        if isinstance(part, int) or end == 1 or _optional(path[:end]):
            return path[:end]
    return None


def _optional(path: _Path) -> bool:
    owner = model_at(Ruleset, path[:-1])
    fields = owner.model_fields.items() if owner is not None else ()
    return any((field.alias or name) == path[-1] and not field.is_required() for name, field in fields)


def _original(path: Sequence[str | int], lost: AbstractSet[_Path]) -> _Path:
    """Count the members of lists as the file has them, those that were lost included."""
    found: _Path = ()
    for part in path:
        gone = {one[-1] for one in lost if one[:-1] == found}
        found = (*found, _old_index(part, gone) if isinstance(part, int) else part)
    return found


def _without(data: Data, lost: set[_Path], at: _Path = ()) -> Any:
    if isinstance(data, dict):
        return {key: _without(value, lost, (*at, key)) for key, value in data.items() if (*at, key) not in lost}
    if isinstance(data, list):
        kept = ((index, value) for index, value in enumerate(data) if (*at, index) not in lost)
        return [_without(value, lost, (*at, index)) for index, value in kept]
    return data
