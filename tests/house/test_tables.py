"""Every table by kind of target has a row for each kind, or is listed here with the kinds that it leaves out."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

from pfscore.cells import readings
from pfscore.cells.readings import Bound, Direction, TargetKind
from tests.house.tree import modules

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDLESS = {TargetKind.DEADLINE, TargetKind.LEVEL, TargetKind.ALL_OF, TargetKind.ANY_OF}
_NUMBERED = set(Bound.kinds)
#: What a table of some kinds is about, and the kinds that it leaves out.
PARTIAL = {
    # Kinds without a line over the actual; the others have one.
    "report.plot.undrawn._NO_AXIS": _NUMBERED - {TargetKind.BARE, TargetKind.APPROXIMATELY} | {TargetKind.BETWEEN},
    # …and the kinds that have one.
    "report.plot.drawing._KINDS": _WORDLESS,
    # Only a number with a sign can be denied by a sign.
    "report.sheet.one_sentence._NOT": {kind for kind in TargetKind if not kind.sign},
    # Only a strict sign has an edge.
    "scoring.row.comparison._AT_EDGE": set(TargetKind) - {TargetKind.GREATER_THAN, TargetKind.LESS_THAN},
    "cells.meaning.comparator_words._INCLUDED": set(TargetKind) - {TargetKind.GREATER_THAN, TargetKind.LESS_THAN},
    "cells.meaning.comparator_words._EXCLUDED": set(TargetKind) - {TargetKind.AT_LEAST, TargetKind.AT_MOST},
}


def _tables() -> Iterator[tuple[str, Mapping[Any, Any]]]:
    """Yield the constants of all modules that are tables by kind of target."""
    for path in modules():
        if path.endswith("__main__.py"):
            continue
        name = "pfscore." + path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for key, value in vars(importlib.import_module(name)).items():
            if isinstance(value, Mapping) and any(isinstance(one, TargetKind) for one in value):
                yield f"{name.removeprefix('pfscore.')}.{key}", value


def test_a_table_by_kind_has_a_row_for_every_kind() -> None:
    lacking = {name: set(TargetKind).difference(table) for name, table in _tables()}
    assert {name: kinds for name, kinds in lacking.items() if kinds} == PARTIAL


def test_there_is_a_table_for_every_kind() -> None:
    assert "checking.coverage._ANSWERS" in dict(_tables())


def test_what_authors_write_names_one_kind() -> None:
    assert [TargetKind.of(kind.author_word) for kind in TargetKind] == list(TargetKind)


def test_a_kind_is_a_relation_to_a_number_or_a_class_of_readings() -> None:
    classes = {type_.kind for type_ in get_args(readings.Target) if isinstance(type_.kind, TargetKind)}
    assert {*Bound.kinds, *classes} == set(TargetKind)


def test_a_kind_has_the_words_that_it_is_shown_with() -> None:
    for kind in TargetKind:
        assert kind.direction in {*get_args(Direction), None}
        assert all((kind.author_word, kind.targets.zh, kind.targets.en))
        assert bool(kind.words.zh) is bool(kind.words.en) is (kind in Bound.kinds and kind is not TargetKind.BARE)
