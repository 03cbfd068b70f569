"""Read one row, from a file or from Python; what is wrong with it is kept on the row, which is then not scored."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pfscore.documents.model_errors import Located
from pfscore.forms.form import Indicator, Record, form_problems, is_missing
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.text import Message

_R = TypeVar("_R", bound=Record)
_KEYS = frozenset(Indicator.model_fields)
#: The keys that a person may misspell; `places` is written by readers of documents.
_MEANT = _KEYS - {"places"}
_NO_ROW = Diagnostic("PF504", Message("这一行应是一个对象", "this row should be an object"))


def read_row(cells: object) -> tuple[Indicator, dict[str, Any]]:
    """Return the indicator row that a mapping of cells gives, and what else the mapping holds.

    Any value is accepted: a row with a cell that is none, or what is no mapping at all, is a row with `problems`.
    Other keys than those of a row are the caller's own, unless one is a misspelling of a key that the row lacks.

    >>> row, extra = read_row({"target": "≥5人", "actual": "6人", "id": 17})
    >>> row.target, extra
    ('≥5人', {'id': 17})
    >>> read_row({"target": 0.5})[0].problems[0].code
    'PF531'
    """
    if not isinstance(cells, Mapping):
        return Indicator().with_problems((_NO_ROW,), _KEYS), {}
    if cells.keys() <= _KEYS:
        return validated(Indicator, cells)[0], {}
    extra = {key: value for key, value in cells.items() if key not in _KEYS and not _misspelt(key, cells)}
    return validated(Indicator, {key: value for key, value in cells.items() if key not in extra})[0], extra


#: The cells of a row of which none is added by a person, and those that decide nothing.
_PLAIN = frozenset({"target", "comparator", "unit", "actual", "points"})
_BESIDE = frozenset({"actual_source", "published_score", "published_deviation", "note", "duty", "related_project"})


@dataclass(frozen=True, slots=True)
class Layout:
    """The keys of a row that is plain text: `blank` have to be without value, `texts` with a text or none."""

    is_checked: bool
    has_place: bool
    has_columns: bool
    blank: tuple[str, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, keys: Collection[Any]) -> Layout | None:
        """Return the layout of a row with these keys; `None` where one may be a misspelling."""
        others = [key for key in keys if key not in _KEYS]
        if any(isinstance(key, str) and get_close_matches(key, _MEANT, 1, 0.85) for key in others):
            return None
        mine = sorted(_KEYS.intersection(keys) - _PLAIN - {"name", "path"})
        texts = tuple(key for key in mine if key in _BESIDE)
        blank = tuple(key for key in mine if key not in _BESIDE)
        has_columns = "comparator" in keys or "unit" in keys
        return cls(bool(mine), "name" in keys or "path" in keys, has_columns, blank, texts)

    def fits(self, cells: Mapping[str, Any]) -> bool:
        """Return whether a row with these keys is plain text."""
        for key in self.blank:
            if cells[key] is not None:
                return False
        for key in self.texts:
            value = cells[key]
            if value is not None and type(value) is not str:
                return False
        return True


def is_cell(key: object) -> bool:
    """Return whether a key is one of a row's own."""
    return key in _KEYS


def own_keys(cells: Mapping[Any, Any]) -> dict[Any, Any]:
    """Return what a row that has a :class:`Layout` holds beside its cells: the caller's own."""
    return {key: value for key, value in cells.items() if key not in _KEYS}


def _misspelt(key: object, cells: Mapping[str, Any]) -> bool:
    return isinstance(key, str) and any(cells.get(close) is None for close in get_close_matches(key, _MEANT, 1, 0.85))


def _validate(model: type[_R], data: Mapping[str, Any]) -> _R:
    """Validate as pydantic does; its error says what the author wrote, which a diagnostic then shows in its place."""
    return BaseModel.model_validate.__func__(model, data)  # type: ignore[attr-defined,no-any-return]


def validated(
    model: type[_R],
    data: Mapping[Any, Any],
    document: Located | None = None,
    at: tuple[str | int, ...] = (),
    missing: Mapping[str, Any] | None = None,
) -> tuple[_R, tuple[Diagnostic, ...]]:
    """Validate; where that fails, return the record of the keys that are right, and all diagnostics.

    `missing` gives the values that a record cannot be without.
    """
    # A key without value is as good as none.
    written = {key: value for key, value in data.items() if not is_missing(value)}
    try:
        return _validate(model, written), ()
    except ValidationError as error:
        problems = form_problems(error, model, document, at)
        wrong = {str(complaint["loc"][0]) for complaint in error.errors(include_url=False)}
        right = {key: value for key, value in written.items() if isinstance(key, str) and key not in wrong}
        meant = {close for key in wrong for close in get_close_matches(key, model.model_fields, 1, 0.6)}
        record = _validate(model, {**(missing or {}), **right})
        return record.with_problems(problems, frozenset(wrong | meant) - set(right)), problems
