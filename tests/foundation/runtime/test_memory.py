"""Memories stay within their bytes, whatever is put into them."""

from __future__ import annotations

import ast
import pickle
import tracemalloc
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import pfscore
from pfscore.cells.indicator_names import parse_name, plain_name
from pfscore.cells.lexicon.claims import claim_of
from pfscore.cells.reader import read_actual, read_target
from pfscore.forms.column_words import folded
from pfscore.foundation.runtime.memory import Recent, _All, remembered
from pfscore.scoring.row.comparing.beside_numbers.written import has_words
from tests.house.tree import PACKAGE

#: Cells of each kind, all of them different: numbers, words, many results, and far too long ones.
CELLS: dict[str, Callable[[int], str]] = {
    "a number": lambda n: f"≥{n}万人",
    "words": lambda n: f"第{n}批工作稳步推进",
    "several results": lambda n: "、".join(
        f"{word}{n + place}人" for place, word in enumerate("培训取证参会审批验收检查")
    ),
    "long words": lambda n: f"推进{n}号工作并取得实效" * 20,
    "far too long": lambda n: f"{n + 1_000}" * 500,
}
FUNCTIONS: tuple[Any, ...] = (read_target, read_actual, parse_name, plain_name, claim_of, folded, has_words)
_BYTES = 1 << 16


@pytest.mark.parametrize("kind", CELLS)
@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_what_cells_gave_takes_bounded_memory(function: Any, kind: str) -> None:
    """A memory of 64 KiB, twice over, holds no more than that, though far more is put into it."""
    remembering = remembered(function.__wrapped__, max_bytes=_BYTES)
    remembering(CELLS[kind](0))
    held = [_held(remembering, kind, some) for some in (range(1, 80), range(80, 160))]
    assert max(held) < 3 * _BYTES


def _held(remembering: Any, kind: str, numbers: range) -> int:
    """Return the bytes that are held after these cells, in this memory alone."""
    for number in numbers:
        remembering(CELLS[kind](number))
    memory = remembering._memory
    tracemalloc.start()  # what was there before is not counted, nor what is freed of it
    try:
        before = tracemalloc.get_traced_memory()[0]
        copies = [(_copied(key), _copied(value)) for one in (memory, memory._older) for key, value in one.items()]
        held = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    del copies
    return held


def _copied(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


def test_what_was_asked_for_again_is_kept() -> None:
    memory: Recent[int, str] = Recent(max_bytes=10_000)
    memory.keep(0, "kept", 600)
    for number in range(1, 100):
        memory.keep(number, "new", 600)
        assert memory.recall(0) == "kept"
    assert memory.recall(1) is None
    assert len(memory) + len(memory._older) <= 2 * 10_000 // 600


def test_no_value_takes_most_of_a_memory() -> None:
    memory: Recent[int, str] = Recent(max_bytes=10_000)
    memory.keep(0, "small", 600)
    memory.keep(1, "large", 5_000)
    assert (memory.recall(0), memory.recall(1)) == ("small", None)


def test_all_memories_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty memories, none of them full, take no more than all may together, and what is new is still remembered."""
    monkeypatch.setattr("pfscore.foundation.runtime.memory._ALL", all_of_them := _All())
    monkeypatch.setattr("pfscore.foundation.runtime.memory.MAX_BYTES_OF_ALL", 160_000)
    memories: list[Recent[int, str]] = [Recent(max_bytes=20_000) for _ in range(50)]
    for number in range(30):
        for memory in memories:
            memory.keep(number, "new", 600)
            assert memory.recall(number) in {"new", None}
            assert sum(one.held for one in memories) <= 160_000 + 160_000 // 16 + 600
            assert all(one.held >= 600 * len(one) for one in memories)
    memories[0].forget()
    memories[0].keep(1, "new", 600)
    assert memories[0].recall(1) == "new"
    del memory, memories[1:]
    assert len(all_of_them.memories) == 1


def test_it_is_called_once() -> None:
    calls: list[Any] = []

    @remembered
    def noted(*args: str | None, **options: bool) -> int | None:
        calls.append((args, options))
        return None if args == (None,) else len(calls)

    asked = [noted("a"), noted("a"), noted("a", wide=True), noted("a", wide=True), noted("a", wide=False)]
    assert asked == [1, 1, 2, 2, 3]
    assert [noted(None), noted(None)] == [None, None]
    assert len(calls) == 4
    noted.cache_clear()
    assert noted("a") == 5
    with pytest.raises(TypeError, match="unhashable"):
        noted(["a"])  # type: ignore[arg-type]


def test_rows_without_end_take_bounded_memory() -> None:
    """Long names, blocks, points, units and keys, never the same twice: what the engine keeps of them is small."""
    rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
    frames = rules.at(date(2023, 12, 31)).frames
    assert frames is not None
    for number in range(30):
        long = f"{number:05}" * 500
        cells = {"name": long, "path": [long], "target": "≥5人", "actual": "6人", "points": "10"}
        for row in ({**cells, "points": f"0{long}"}, {**cells, "unit": long}, {**cells, long: 1}, {"target": long}):
            list(rules.score_many([row, row]))
    kept = sum(len(pickle.dumps(list(one))) for one in (frames._places, frames._layouts, frames._points))
    assert kept < 2 * 30 * 2_500


def test_forms_of_many_years_take_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pfscore.foundation.runtime.memory.MAX_BYTES", 20_000)
    rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
    frames = rules.at(date(2023, 12, 31)).frames
    assert frames is not None
    cells: dict[str, Any] = {"name": "人数", "path": ("产出指标",), "points": "10"}
    for year in range(2000, 2100):
        rows = ({**cells, "target": "≥5人", "actual": "4人"}, {**cells, "target": "12月底前", "actual": "11月"})
        form = pfscore.Form(year=year, indicators=tuple(pfscore.Indicator(**row) for row in rows))
        assert [rules.score_form(form).indicators[0].score for _ in range(2)] == [8, 8]
    bounded = [one for one in vars(frames).values() if isinstance(one, Recent)]
    assert len(bounded) > 5
    for memory in bounded:
        assert len(memory) + len(memory._older) < 100
    assert max(len(frames._layouts), len(frames._points)) == 1


#: Functions of texts whose texts are bounded elsewhere, so that a count bounds their bytes too.
OF_SHORT_TEXTS = {
    "rulesets/edition.py": "texts of a ruleset that is loaded",
    "rulesets/load.py": "names of files",
    "rulesets/model/rule.py": "texts of a ruleset that is loaded",
    "auditing/checks/claims.py": "conditions of a ruleset that is loaded",
    "auditing/known_policies.py": "formulas of this package",
    "service/answers.py": "ids of rulesets",
    "scoring/rules.py": "ids and files of rulesets",
    "scoring/row/awarding/by_rule.py": "formulas of a ruleset that is loaded",
    "scoring/row/framing/arms.py": "names of a formula",
    "scoring/row/framing/shapes.py": "words of cells shorter than _MAX_LENGTH, but for the columns beside them",
}


def test_functions_of_texts_are_bounded_in_bytes() -> None:
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(
                "lru_cache" in ast.unparse(one) for one in node.decorator_list
            ):
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                if any(one.annotation is not None and "str" in ast.unparse(one.annotation) for one in arguments):
                    found.add(path.relative_to(PACKAGE).as_posix())
    assert sorted(found - set(OF_SHORT_TEXTS)) == []
