"""Hypothesis strategies for cells, rows, forms and rulesets; the extra `testing` installs what they need.

For the tests of a program that uses pfscore: cells as officials write them, with everything that makes them hard
(scale words, units, edges, changes, dates, levels, prose, blanks and damage).

>>> import pfscore
>>> from hypothesis import HealthCheck, given, settings
>>> rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
>>> @given(rows())
... @settings(max_examples=20, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])
... def no_row_earns_more_than_its_points(row):
...     one = rules.score(**row)
...     assert one.high is None or one.high <= one.points  # None: 不适用
>>> no_row_earns_more_than_its_points()
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from pfscore.cells.grammar.terminals import word_lists
from pfscore.cells.lexicon.quantities import SCALES, known_units
from pfscore.forms.form import BudgetLine, Form, Indicator
from pfscore.foundation.numbers import decimal_text, exact

__all__ = [
    "actual_cells",
    "bounds",
    "changes",
    "dates",
    "form_data",
    "forms",
    "levels",
    "names",
    "numbers",
    "percentages",
    "points",
    "prose",
    "quantities",
    "rows",
    "ruleset_data",
    "scales",
    "target_cells",
    "texts",
    "units",
]

_HEADS = ("AT_LEAST", "AT_MOST", "GREATER_THAN", "LESS_THAN")
_EDGES = ("以上", "以下", "以内", "之内", "及以上", "左右", "（含）以上", "(不含)以下", "内")
_LEVELS = ("优", "健全", "有效提升", "手续齐全的，即时办理。", "达成预期指标", "进一步完善", "不断提高")
_DATES = (
    *("12月底前", "2023年12月31日前", "9月前", "第四季度前", "年底前"),
    *("2023年11月", "1-12月", "2023.07-2024.01", "上半年完成"),
)
_WORDS = (
    *("完成", "培训", "覆盖率", "新建道路", "全市", "确保", "惠及群众", "有效", "按时"),
    *("满意度", "宣传", "采购设备", "长效机制"),
)
#: What a careless hand leaves in a target: nothing, a comparator alone, a mark, a letter for a digit.
_DAMAGED_TARGETS = ("", "≥", "290$", "≥9O%", "不适用")
_DAMAGED_ACTUALS = ("", "/", "工5%", "≥95%", "不适用", "完成", "-3%")


def numbers() -> SearchStrategy[str]:
    """Return numbers as text: whole ones up to ten digits, and smaller ones with two decimals."""
    decimals = st.decimals(0, 10**6, places=2, allow_nan=False).map(lambda number: f"{number:f}")
    return st.integers(0, 10**9).map(str) | decimals


def units() -> SearchStrategy[str]:
    """Return units that may follow any number: neither of the calendar nor percentages."""
    ambiguous = {"G", "K", "分", "成", "l"}
    return _one_of(unit for unit in known_units() if unit[0] not in "年月日号季学个%‰‱百千" and unit not in ambiguous)


def scales() -> SearchStrategy[str]:
    """Return the words that scale a number: `百`, `千`, `万`, `亿` and the like."""
    return _one_of(SCALES)


def quantities() -> SearchStrategy[str]:
    """Return a number with its unit, some with a scale word: `3.5万人`."""
    return st.builds(
        lambda number, scale, unit: number + scale + unit, numbers(), st.just("") | scales(), units()
    ) | st.builds(lambda number, unit: number + unit, numbers(), st.sampled_from(["", "人", "万元"]))


def percentages() -> SearchStrategy[str]:
    """Return a percentage: `98.50%`."""
    return numbers().map(lambda number: f"{number}%")


def bounds() -> SearchStrategy[str]:
    """Return a comparison in signs or words, before or behind the quantity: `≥95%`, `不超过3次`, `90%以上`."""
    measures = quantities() | percentages()
    heads = _one_of(word for kind in _HEADS for word in word_lists()[kind])
    before = st.builds(lambda head, measure: head + measure, heads, measures)
    return before | st.builds(lambda measure, edge: measure + edge, measures, st.sampled_from(_EDGES))


def changes() -> SearchStrategy[str]:
    """Return a change against a base: `同比增长5%`, `较上年下降不超过2个百分点`."""
    return st.builds(
        lambda base, verb, head, share: base + verb + head + share,
        st.sampled_from(["", "同比", "较上年", "比2020年"]),
        st.sampled_from(["增长", "下降", "提高", "降低", "增幅", "降幅"]),
        st.sampled_from(["", "≥", "不低于", "不超过", "约"]),
        percentages() | numbers().map(lambda number: f"{number}个百分点"),
    )


def dates() -> SearchStrategy[str]:
    """Return a deadline, a date or a period."""
    return st.sampled_from(_DATES)


def levels() -> SearchStrategy[str]:
    """Return a qualitative cell: a grade or a phrase."""
    return st.sampled_from(_LEVELS)


def prose() -> SearchStrategy[str]:
    """Return a measure among words; some say nothing sensible, and may be refused."""
    words = st.sampled_from(_WORDS)
    return st.builds(
        lambda before, measure, behind: before + measure + behind,
        words,
        bounds() | quantities(),
        st.just("") | words,
    )


def target_cells() -> SearchStrategy[str]:
    """Return the text of a target (指标值) as forms have it: measures, words, dates, blanks and damage."""
    intervals = st.just("控制在60%到80%的区间") | st.just("90%左右")
    damaged = st.sampled_from(_DAMAGED_TARGETS)
    return st.one_of(quantities(), percentages(), bounds(), changes(), dates(), levels(), prose(), intervals, damaged)


def actual_cells() -> SearchStrategy[str]:
    """Return the text of an actual (完成值) as forms have it."""
    damaged = st.sampled_from(_DAMAGED_ACTUALS)
    return st.one_of(quantities(), percentages(), changes(), dates(), levels(), prose(), damaged)


def points() -> SearchStrategy[str]:
    """Return the points of a row (分值): quarters up to a hundred."""
    return st.integers(1, 400).map(lambda quarters: decimal_text(exact(quarters) / 4))


def names() -> SearchStrategy[str]:
    """Return names of third-level indicators (三级指标): `培训人数`, `设施故障率`, `投诉件数`."""
    return st.builds(
        lambda thing, measure: thing + measure,
        st.sampled_from(["培训", "服务", "设施", "投诉", "项目", "道路", "资金", "群众"]),
        st.sampled_from(["人数", "覆盖率", "满意度", "故障率", "件数", "面积", "完成时间", "成本", "机制健全性"]),
    )


def rows() -> SearchStrategy[dict[str, str]]:
    """Return the cells of a row by name, as `Rules.score` and `Rules.score_many` take them."""
    return st.fixed_dictionaries(
        {"target": target_cells(), "actual": actual_cells(), "points": points()},
        optional={"name": names(), "unit": units(), "comparator": st.sampled_from(["≥", "≤", "＝", "定性"])},
    )


def texts() -> SearchStrategy[str]:
    """Return short texts that every file format keeps: no control characters, nothing that a line end could become."""
    characters = st.characters(
        exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf", "Co", "Cn"],
        exclude_characters="\u00a0\u3000",
        max_codepoint=0xFFFF,
    )
    return st.text(characters, min_size=1, max_size=8).map(str.strip).filter(bool)


#: What only a form of an office file has.
_OF_OFFICE = frozenset({"stored", "places"})


def _cells(
    model: type, always: dict[str, SearchStrategy[Any]], **known: SearchStrategy[Any]
) -> SearchStrategy[dict[str, Any]]:
    """Return the cells of a line of a form: those that are known as such, any text for the others, most left out."""
    names = set(model.model_fields) - _OF_OFFICE - {*known, *always}  # type: ignore[attr-defined]
    optional = {**dict.fromkeys(sorted(names), texts()), **known}
    return st.fixed_dictionaries(always, optional=optional)


@st.composite
def form_data(draw: st.DrawFn) -> dict[str, Any]:
    """Return forms as plain data, with every key and every kind of row; for what reads forms.

    What stands in a cell may be invalid, and a form may name no year. See :func:`forms` for values.
    """
    return draw(_form_data())


@cache
def _form_data() -> SearchStrategy[dict[str, Any]]:
    amounts = st.integers(0, 10**7).map(lambda cents: decimal_text(exact(cents) / 100))
    grades = st.dictionaries(st.sampled_from(["优", "良", "中"]), amounts, min_size=1)
    targets, actuals = target_cells().filter(bool), actual_cells().filter(bool)
    halves = st.fixed_dictionaries({"full_year": targets}, optional={"half_year": targets})
    indicators = _cells(
        Indicator,
        {"path": st.lists(texts(), min_size=1, max_size=2), "name": texts()},
        comparator=st.sampled_from(["≥", "≤", "=", "定性"]),
        target=targets,
        unit=st.sampled_from(["人", "%", "万元"]),
        actual=actuals,
        points=points(),
        share=st.sampled_from(["85%", "0.9"]),
        decision=points(),
        rank=st.integers(1, 9).map(str),
        deduction=points(),
        thresholds=grades,
        targets=halves,
    ).map(lambda cells: {key: cell for key, cell in cells.items() if key != ("target" if "targets" in cells else "")})
    lines = _cells(
        BudgetLine,
        {"label": texts(), "budget": amounts},
        expenditure=amounts,
        initial=amounts,
        points=points(),
        decision=points(),
    )
    tables = st.fixed_dictionaries(
        {"title": texts()},
        optional={
            "header": st.lists(texts(), max_size=3),
            "rows": st.lists(st.lists(texts() | st.none(), max_size=3), max_size=3),
        },
    )
    return st.fixed_dictionaries(
        {
            "title": texts(),
            "budget": st.lists(lines, max_size=2),
            "indicators": st.lists(indicators, min_size=1, max_size=4),
            "tables": st.lists(tables, max_size=2),
        },
        optional={
            **dict.fromkeys(
                ("organisation", "department", "region", "project", "goal", "goal_result", "note"), texts()
            ),
            "published_grade": texts(),
            "year": st.integers(1990, 2100).map(str),
            "kind": st.sampled_from(["project", "department"]),
            "ruleset": st.just("cn-sc/project"),
            "amount_unit": st.sampled_from(["万元", "元"]),
            "published_points": points(),
            "published_total": points(),
        },
    )


def forms(*, year: int = 2023, ruleset: str | None = None) -> SearchStrategy[Form]:
    """Return forms of a year, which name a ruleset if one is given.

    >>> import pfscore
    >>> from hypothesis import HealthCheck, given, settings
    >>> @given(forms(ruleset="cn-hn/project"))
    ... @settings(max_examples=5, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    ... def every_finding_names_its_form(form):
    ...     assert all(found.form == form.title for found in pfscore.audit(form))
    >>> every_finding_names_its_form()
    """
    fixed = {"year": year, "ruleset": ruleset}
    return form_data().map(lambda data: Form.model_validate({**data, **fixed}))


_SOURCES = ("办法甲", "办法乙", "2023年的表")
_FORMULAS = (
    "分值 * 按比例(完成值, 指标值)",
    "分值 * min(完成率, 1)",
    "如果 达标 则 分值 否则 0",
    "分值 * 及格线折算(完成率, 线=60%)",
    "扣完为止(分值, 逐级扣分(1 - 完成率, 每=5%, 扣=2, 零头=舍去))",
)


@st.composite
def _bands(draw: st.DrawFn) -> dict[str, Any]:
    """Return bands that cover every number once: random edges, each belonging to one side."""
    edges = sorted(draw(st.sets(st.integers(-50, 150), min_size=1, max_size=4)))
    closed = [draw(st.booleans()) for _ in edges]  # whether the edge belongs to the band below it
    ranges, left = [], "(-∞"
    for edge, below in zip(edges, closed, strict=True):
        ranges.append(f"{left}, {edge}%{']' if below else ')'}")
        left = f"{'(' if below else '['}{edge}%"
    ranges.append(f"{left}, +∞)")
    order = draw(st.permutations(ranges))
    return {"of": "完成率", "table": [{"range": one, "share": f"{draw(st.integers(1, 99))}%"} for one in order]}


@st.composite
def _levels_of_rule(draw: st.DrawFn) -> list[dict[str, Any]]:
    words = draw(st.permutations(["优", "良", "中", "差"]))[: draw(st.integers(1, 4))]
    low = draw(st.integers(1, 99))
    return [{"level": word, "share": draw(st.sampled_from([f"{low}%", f"[{low - 1}%, {low}%)"]))} for word in words]


@st.composite
def _version(draw: st.DrawFn, since: str) -> dict[str, Any]:
    version: dict[str, Any] = {"since": since, "cite": {"source": draw(st.sampled_from(_SOURCES))}}
    if draw(st.booleans()):
        version["cite"]["at"] = draw(st.sampled_from(["第五条", "脚注 3"]))
    ways: dict[str, SearchStrategy[Any]] = {
        "formula": st.sampled_from(_FORMULAS),
        "bands": _bands(),
        "levels": _levels_of_rule(),
        "judgement": st.sampled_from(["[0%, 100%]", "[0%, 60%)", "50%"]).map(lambda share: {"share": share}),
    }
    way = draw(st.sampled_from(sorted(ways)))
    version[way] = draw(ways[way])
    if draw(st.booleans()):
        mode = draw(st.sampled_from(["half_up", "half_even", "down", "up"]))
        version["rounding"] = {"digits": str(draw(st.integers(0, 12))), "mode": mode}
    if draw(st.booleans()):
        version["examples"] = [{"target": "≥10", "actual": "7", "points": "10", "outcome": "scored"}]
    return version


@st.composite
def ruleset_data(draw: st.DrawFn) -> dict[str, Any]:
    """Return rulesets as plain data, as `load_ruleset` takes them: valid by themselves, with dated versions.

    Formulas, bands, levels and judgements; their rules need not fit together, and their examples need not hold.
    """
    since = st.dates().filter(lambda day: 2000 <= day.year <= 2030).map(str) | st.integers(2000, 2030).map(str)
    data: dict[str, Any] = {
        "ruleset": draw(st.sampled_from(["cn-demo/project", "cn-gd/department"])),
        "title": "示例办法：甲、乙",
        "jurisdiction": "CN",
        "kind": draw(st.sampled_from(["project", "department"])),
        "status": draw(st.sampled_from(["active", "draft"])),
        "sources": [
            {"key": key, "title": key, "evidence": draw(st.sampled_from(["text", "restated", "observed"]))}
            for key in _SOURCES
        ],
    }
    if draw(st.booleans()):
        data["form"] = [
            {
                "since": draw(since),
                "cite": {"source": draw(st.sampled_from(_SOURCES))},
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


def _one_of(words: Iterable[str]) -> SearchStrategy[str]:
    listed = sorted(words)
    return st.integers(0, len(listed) - 1).map(
        lambda place: listed[place]
    )  # hypothesis shows a strategy, but not 300 words
