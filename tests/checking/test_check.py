"""A random valid ruleset has no problems; broken in one place, it has problems there and nowhere else; drafts."""

from __future__ import annotations

import copy
import pathlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfscore.checking.check import check_family, check_ruleset
from pfscore.checking.proofs import Proof
from pfscore.documents.document import document_from_text
from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.text import Message
from pfscore.rulesets.load import inspect_document, inspect_family
from pfscore.scoring.row.engine import Engine
from tests.rulesets.ruleset_text import HEAD
from tests.rulesets.strategies import Path, rulesets, text_of

Break = tuple[Path, Any, str]


def everything(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every key and member with its path."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield (*path, key), value
        if isinstance(value, dict | list):
            yield from everything(value, (*path, key))


def values(key: str, broken: str, code: str) -> Callable[[dict[str, Any]], list[Break]]:
    """Return what puts `broken` in place of the value of every `key`."""
    return lambda data: [(path, broken, code) for path, _ in everything(data) if path[-1] == key]


def misspelt(data: dict[str, Any]) -> list[Break]:
    """A letter too many in any key."""
    return [
        ((*path[:-1], f"{path[-1]}x"), value, "PF201") for path, value in everything(data) if isinstance(path[-1], str)
    ]


def bands(data: dict[str, Any]) -> list[Break]:
    """A band that ends later, so that it overlaps the next one, or earlier, so that a gap is left."""
    found: list[Break] = []
    for path, value in everything(data):
        if path[-1] == "range" and not value.endswith("+∞)"):
            low = value.partition(", ")[0]
            if low == "(-∞":
                found.append((path, f"{low}, -999%)", "PF217"))
            found.append((path, f"{low}, +∞)", "PF218"))
    return found


def shares(data: dict[str, Any]) -> list[Break]:
    """A range that is not written as one; what a band gives is a number, and no range at all."""
    paths = [path for path, _ in everything(data) if path[-1] == "share"]
    return [(path, "60%-80%", "PF205" if "bands" in path else "PF207") for path in paths]


BREAKS: tuple[Callable[[dict[str, Any]], list[Break]], ...] = (
    misspelt,
    bands,
    values("kind", "projekt", "PF203"),
    values("status", "final", "PF203"),
    values("evidence", "heard", "PF203"),
    values("mode", "half-up", "PF203"),
    values("since", "2023年", "PF206"),
    values("digits", "两位", "PF205"),
    values("total", "100分", "PF205"),
    values("source", "没有的办法", "PF209"),
    values("share", "120%", "PF230"),
    shares,
    values("level", [], "PF202"),  # type: ignore[arg-type]
)


@given(rulesets())
def test_a_valid_ruleset_is_valid(data: dict[str, Any]) -> None:
    inspected = inspect_document(document_from_text("a.yaml", text_of(data)[0], syntax="yaml"))
    assert inspected.problems == ()
    assert inspected.loaded is not None


@given(rulesets(), st.data())
def test_a_break_is_told_where_it_is(data: dict[str, Any], choice: st.DataObject) -> None:
    made = choice.draw(st.sampled_from(BREAKS))(data)
    if not made:
        return
    path, value, code = choice.draw(st.sampled_from(made))
    broken = copy.deepcopy(data)
    put(broken, path, value, renamed=code == "PF201")
    text, places = text_of(broken)
    inspected = inspect_document(document_from_text("a.yaml", text, syntax="yaml"))
    found = {(problem.code, problem.span.line) for problem in inspected.problems if problem.span}
    if code in {"PF217", "PF218"}:
        # The number in question lies between two bands: either may be pointed at, within their table.
        table = path[:-2]
        lines = {line for place, line in places.items() if place[: len(table)] == table}
        assert {problem[0] for problem in found} <= {"PF217", "PF218"}
        assert found
        assert {problem[1] for problem in found} <= lines
        return
    assert (code, places[path]) in found
    # A key that is misspelt lacks, too, which is told at the first key beside it; nothing else may be said.
    beside = min(line for place, line in places.items() if place[:-1] == path[:-1])
    assert {line for _, line in found} <= {places[path], beside}


@given(rulesets(), st.sampled_from(["分值 * ", "分值 * 权重", "分值 * 完成率(1)", "达标", "分值 / 0"]))
def test_a_broken_formula_is_told_where_it_is(data: dict[str, Any], formula: str) -> None:
    paths = [path for path, _ in everything(data) if path[-1] == "formula"]
    if not paths:
        return
    put(data, paths[0], formula, renamed=False)
    text, places = text_of(data)
    import tempfile
    from pathlib import Path as File

    with tempfile.TemporaryDirectory() as folder:
        file = File(folder) / "a.yaml"
        file.write_text(text, encoding="utf-8")
        problems = check_ruleset(file).problems
    found = {problem.span.line for problem in problems if problem.code.startswith("PF4") and problem.span}
    assert found == {places[paths[0]]}
    assert all(problem.severity is Severity.ERROR for problem in problems if problem.code.startswith("PF4"))


def put(data: Any, path: Path, value: Any, *, renamed: bool) -> None:
    """Put a value at a path; where a key is `renamed`, in the place of the old one."""
    for part in path[:-1]:
        data = data[part]
    if not renamed:
        data[path[-1]] = value
        return
    items = list(data.items())
    data.clear()
    data |= {path[-1] if f"{key}x" == path[-1] else key: member for key, member in items}


def test_a_draft_names_the_unread_sources_that_it_inherits_and_uses(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "child.yaml"
    file.write_text(f"{HEAD}extends: cn/project\n", encoding="utf-8")
    (note,) = [problem for problem in check_ruleset(file).problems if problem.code == "PF245"]
    used = "中江县2022年自评表脚注、儋州法院2018年自评报告、学院路街道自评表、普陀区2022年自评表"
    assert note.message.zh == f"草案；原文未读的依据：{used}"


def test_a_check_may_be_ended_between_any_two_problems_of_proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []

    def three(proofs: Sequence[Proof], engine: Engine) -> Iterator[Diagnostic]:
        for number in range(3):
            told.append(number)
            yield Diagnostic("PF250", Message("不升", "falls"))

    def between() -> None:
        if len(told) == 2:
            raise InterruptedError

    monkeypatch.setattr("pfscore.checking.check.proof_problems", three)
    family, problems = inspect_family("cn-sc/project")
    with pytest.raises(InterruptedError):
        check_family("cn-sc/project", family, problems, between=between)
