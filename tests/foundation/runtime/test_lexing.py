"""Tables that were built read as the parsers that built them; and so do patterns tried one by one."""

from __future__ import annotations

from typing import Any

import pytest
from lark.exceptions import UnexpectedInput

from pfscore.cells.grammar import parser as cells
from pfscore.formulas import parser as formulas
from pfscore.foundation.runtime import lexing
from pfscore.foundation.runtime.lexing import from_tables, parser_of, tables_name, tables_of
from tests.corpus.lines import read


def read_all(parser: Any) -> list[object]:
    """Parse cells of the corpus; return trees, and where there is none."""
    found: list[object] = []
    for line in [*read("targets.tsv"), *read("actuals.tsv"), *read("rejected.tsv")][::5]:
        text = "".join(line.text.split())
        try:
            found.append(parser.parse(text, start=line.side))
        except UnexpectedInput as error:
            found.append((type(error), error.column))
    return found


@pytest.fixture(scope="module")
def together() -> list[object]:
    """What the parser gives when every state has its one pattern from the start."""
    tries, lexing._TRIES = lexing._TRIES, 1
    try:
        return read_all(cells.build())
    finally:
        lexing._TRIES = tries


@pytest.fixture(scope="module")
def built() -> Any:
    """A parser of cells; to build one takes a second."""
    return cells.build()


def test_built_tables_read_as_the_parser_that_built_them(built: Any, together: list[object]) -> None:
    assert read_all(from_tables(tables_of(built), None)) == together


def test_patterns_one_by_one_match_as_all_together(built: Any, together: list[object]) -> None:
    assert read_all(built) == together


def test_formulas_by_tables() -> None:
    text, formula = "分值 * min(完成值 / 指标值, 1)", formulas.build()
    assert from_tables(tables_of(formula), None).parse(text) == formula.parse(text)


def test_a_parser_without_tables_is_built(built: Any) -> None:
    assert parser_of("nothing", lambda _: built, None) is built
    assert tables_name("cells").startswith("cells.lark-")
