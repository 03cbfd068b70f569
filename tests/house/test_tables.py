"""Every table by kind of target or by way of scoring has a row for each of them, or is listed here as partial."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

from pfscore.cells import readings
from pfscore.cells.readings import Bound, Direction, TargetKind
from pfscore.report.rulesets.words import WORDS
from pfscore.rulesets.model.rule import RuleVersion
from pfscore.rulesets.model.way import WAYS, Way
from tests.house.tree import modules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WORDLESS = {TargetKind.DEADLINE, TargetKind.LEVEL, TargetKind.ALL_OF, TargetKind.ANY_OF}
#: What a table of some kinds is about, and the kinds that it leaves out.
PARTIAL = {
    # Kinds that have a line over the actual.
    "report.rulesets.drawing._KINDS": _WORDLESS - {TargetKind.DEADLINE},
    # Only a number with a sign can be denied by a sign.
    "report.one_sentence._NOT": {kind for kind in TargetKind if not kind.sign},
    # Only a strict sign has an edge.
    "scoring.row.comparing.numbers._AT_EDGE": set(TargetKind) - {TargetKind.GREATER_THAN, TargetKind.LESS_THAN},
    "cells.meaning.comparator_words._INCLUDED": set(TargetKind) - {TargetKind.GREATER_THAN, TargetKind.LESS_THAN},
    "cells.meaning.comparator_words._DENIED": set(TargetKind) - {TargetKind.GREATER_THAN, TargetKind.LESS_THAN},
    "cells.meaning.comparator_words._EXCLUDED": set(TargetKind) - {TargetKind.AT_LEAST, TargetKind.AT_MOST},
}


def _tables(is_key: Callable[[Any], bool]) -> Iterator[tuple[str, Mapping[Any, Any]]]:
    """Yield the constants of all modules that are tables with such keys."""
    for path in modules():
        if path.endswith("__main__.py"):
            continue
        name = "pfscore." + path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for key, value in vars(importlib.import_module(name)).items():
            if isinstance(value, Mapping) and any(map(is_key, value)):
                yield f"{name.removeprefix('pfscore.')}.{key}", value


def _is_kind(key: Any) -> bool:
    return isinstance(key, TargetKind)


def _is_way(key: Any) -> bool:
    return isinstance(key, type) and key in get_args(Way)


def test_a_table_by_kind_has_a_row_for_every_kind() -> None:
    lacking = {name: set(TargetKind).difference(table) for name, table in _tables(_is_kind)}
    assert {name: kinds for name, kinds in lacking.items() if kinds} == PARTIAL


def test_there_is_a_table_for_every_kind() -> None:
    assert "checking.coverage._ANSWERS" in dict(_tables(_is_kind))


def test_a_table_by_way_has_a_row_for_every_way() -> None:
    tables = dict(_tables(_is_way))
    assert {
        "rulesets.edition._SCORES",
        "rulesets.consistency._CHECKS_OF_WAYS",
        "rulesets.consistency._NUMBERS_OF_WAYS",
        "checking.examples._ROWS_OF_WAYS",
        "scoring.row.awarding.by_rule._AWARDS",
        "report.rulesets.curves._ROWS_OF_WAYS",
    } <= tables.keys()
    assert {name for name, table in tables.items() if set(table) != set(get_args(Way))} == set()


def test_a_way_is_a_key_of_a_version_and_has_words() -> None:
    assert set(WAYS) <= RuleVersion.model_fields.keys()
    assert set(WAYS) <= WORDS.keys()


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
