"""Random valid rulesets, as data and as the text of a file that knows on which line each key stands."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

Path = tuple[str | int, ...]
SOURCES = ("办法甲", "办法乙", "2023年的表")
FORMULAS = (
    "分值 * 按比例(完成值, 指标值)",
    "分值 * min(完成率, 1)",
    "如果 达标 则 分值 否则 0",
    "分值 * 及格线折算(完成率, 线=60%)",
    "扣完为止(分值, 逐级扣分(1 - 完成率, 每=5%, 扣=2, 零头=舍去))",
)
_DAYS = st.dates().filter(lambda day: 2000 <= day.year <= 2030).map(str) | st.integers(2000, 2030).map(str)
_PERCENT = st.integers(1, 99)


@st.composite
def _bands(draw: st.DrawFn) -> dict[str, Any]:
    """Bands that cover every number once: random edges, each belonging to one side."""
    edges = sorted(draw(st.sets(st.integers(-50, 150), min_size=1, max_size=4)))
    closed = [draw(st.booleans()) for _ in edges]  # whether the edge belongs to the band below it
    ranges, left = [], "(-∞"
    for edge, below in zip(edges, closed, strict=True):
        ranges.append(f"{left}, {edge}%{']' if below else ')'}")
        left = f"{'(' if below else '['}{edge}%"
    ranges.append(f"{left}, +∞)")
    order = draw(st.permutations(ranges))
    return {"of": "完成率", "table": [{"range": one, "share": f"{draw(_PERCENT)}%"} for one in order]}


@st.composite
def _levels(draw: st.DrawFn) -> list[dict[str, Any]]:
    words = draw(st.permutations(["优", "良", "中", "差"]))[: draw(st.integers(1, 4))]
    low = draw(_PERCENT)
    return [{"level": word, "share": draw(st.sampled_from([f"{low}%", f"[{low - 1}%, {low}%)"]))} for word in words]


def _judgement() -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from(["[0%, 100%]", "[0%, 60%)", "50%"]).map(lambda share: {"share": share})


@st.composite
def _version(draw: st.DrawFn, since: str) -> dict[str, Any]:
    version: dict[str, Any] = {"since": since, "cite": {"source": draw(st.sampled_from(SOURCES))}}
    if draw(st.booleans()):
        version["cite"]["at"] = draw(st.sampled_from(["第五条", "脚注 3"]))
    way = draw(st.sampled_from(["formula", "bands", "levels", "judgement"]))
    ways: dict[str, st.SearchStrategy[Any]] = {
        "formula": st.sampled_from(FORMULAS),
        "bands": _bands(),
        "levels": _levels(),
        "judgement": _judgement(),
    }
    version[way] = draw(ways[way])
    if draw(st.booleans()):
        mode = draw(st.sampled_from(["half_up", "half_even", "down", "up"]))
        version["rounding"] = {"digits": str(draw(st.integers(0, 12))), "mode": mode}
    if draw(st.booleans()):
        version["examples"] = [{"target": "≥10", "actual": "7", "points": "10", "outcome": "scored"}]
    return version


@st.composite
def rulesets(draw: st.DrawFn) -> dict[str, Any]:
    """A ruleset that is valid by itself; its rules need not fit together."""
    data: dict[str, Any] = {
        "ruleset": draw(st.sampled_from(["cn-demo/project", "cn-gd/department"])),
        "title": "示例办法：甲、乙",
        "jurisdiction": "CN",
        "kind": draw(st.sampled_from(["project", "department"])),
        "status": draw(st.sampled_from(["active", "draft"])),
        "sources": [
            {"key": key, "title": key, "evidence": draw(st.sampled_from(["text", "restated", "observed"]))}
            for key in SOURCES
        ],
    }
    if draw(st.booleans()):
        data["form"] = [
            {
                "since": draw(_DAYS),
                "cite": {"source": draw(st.sampled_from(SOURCES))},
                "total": "100",
                "blocks": [{"name": "预算执行", "points": "10"}, {"name": "产出指标", "points": "90"}],
                "grades": [{"name": "优", "from": "90"}, {"name": "良", "from": "80"}, {"name": "差", "from": "0"}],
            }
        ]
    count = draw(st.integers(1, 4))
    years = [sorted(draw(st.sets(st.integers(2000, 2030), min_size=1, max_size=2))) for _ in range(count)]
    data["rules"] = [
        {
            "id": f"rule-{number}",
            "applies": {"comparator": draw(st.sampled_from([["≥"], ["≤", "<"], ["定性"]]))},
            "versions": [draw(_version(str(year))) for year in years[number]],
        }
        for number in range(count)
    ]
    return data


def text_of(data: dict[str, Any]) -> tuple[str, dict[Path, int]]:
    """Write a ruleset as YAML; say on which line (from 1) each key and each member of a list starts."""
    lines: list[str] = []
    places: dict[Path, int] = {}
    _write(data, (), "", lines, places)
    return "\n".join(lines) + "\n", places


def _write(data: Any, path: Path, indent: str, lines: list[str], places: dict[Path, int]) -> None:
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        here = (*path, key)
        places[here] = len(lines) + 1
        head = f"{indent}{key}:" if isinstance(data, dict) else f"{indent}-"
        if isinstance(value, dict | list) and value:
            start = len(lines)
            if isinstance(data, dict):
                lines.append(head)
            _write(value, here, indent + "  ", lines, places)
            if not isinstance(data, dict):  # the first key of a member stands behind its dash
                lines[start] = f"{indent}- {lines[start].lstrip()}"
        else:
            lines.append(f"{head} {json.dumps(value, ensure_ascii=False)}")
