"""Random forms: cells as officials fill them in, and any text where a form may hold any."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pfscore.forms.form import BudgetLine, Form, Indicator, Table, Targets
from pfscore.foundation.numbers import decimal_text, exact

#: Text that every format keeps: no control characters, no surrogates, nothing that a line end could become.
texts = (
    st.text(
        st.characters(
            exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf", "Co", "Cn"],
            exclude_characters="\u00a0\u3000",
            max_codepoint=0xFFFF,
        ),
        min_size=1,
        max_size=8,
    )
    .map(str.strip)
    .filter(bool)
)
numbers = st.integers(0, 10**7).map(lambda cents: decimal_text(exact(cents) / 100))
targets = st.one_of(
    st.builds(
        lambda op, number, unit: f"{op}{number}{unit}",
        st.sampled_from(["", "≥", "≤", "="]),
        numbers,
        st.sampled_from(["", "人", "%", "万元"]),
    ),
    st.sampled_from(["优", "有效", "不适用", "控制在60%到80%的区间", "90%左右", "12月底前", "290$", "增长5%以上"]),
)
actuals = st.one_of(
    st.builds(lambda number, unit: f"{number}{unit}", numbers, st.sampled_from(["", "人", "%", "万元"])),
    st.sampled_from(["优", "有效", "100%", "不适用", "≥95%", "11月", "工5%", "/", "28.28万人"]),
)
points = st.integers(0, 80).map(lambda quarters: decimal_text(exact(quarters) / 4))


#: What only a form of an office file has; tests/forms/files/test_writing.py writes and reads it.
OF_OFFICE = ("stored", "places")


def _cells(
    model: type, plain: dict[str, st.SearchStrategy[Any]], **known: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    """Draw the cells of a row: those that are known as such, any text for the others, most of them left out."""
    optional = {key: texts for key in model.model_fields if key not in {*known, *plain, *OF_OFFICE}}  # type: ignore[attr-defined]
    return st.fixed_dictionaries({}, optional={**optional, **known}).flatmap(
        lambda cells: st.fixed_dictionaries(plain).map(lambda always: {**always, **cells})
    )


halves = st.fixed_dictionaries({"full_year": targets}, optional={"half_year": targets})
paths = st.lists(texts, min_size=1, max_size=2)
rows = _cells(
    Indicator,
    {"path": paths, "name": texts},
    comparator=st.sampled_from(["≥", "≤", "=", "定性"]),
    target=targets,
    unit=st.sampled_from(["人", "%", "万元"]),
    actual=actuals,
    points=points,
    share=st.sampled_from(["85%", "0.9"]),
    decision=points,
    rank=st.integers(1, 9).map(str),
    deduction=points,
    thresholds=st.dictionaries(st.sampled_from(["优", "良", "中"]), numbers, min_size=1),
    targets=halves,
).map(lambda cells: {key: cell for key, cell in cells.items() if key != ("target" if "targets" in cells else "")})
lines = _cells(
    BudgetLine,
    {"label": texts, "budget": numbers},
    expenditure=numbers,
    initial=numbers,
    points=points,
    decision=points,
)
tables = st.fixed_dictionaries(
    {"title": texts},
    optional={
        "header": st.lists(texts, max_size=3),
        "rows": st.lists(st.lists(texts | st.none(), max_size=3), max_size=3),
    },
)
heads = st.fixed_dictionaries(
    {"title": texts},
    optional={
        **dict.fromkeys(
            ("organisation", "department", "region", "project", "goal", "goal_result", "note", "published_grade"), texts
        ),
        "year": st.integers(1990, 2100).map(str),
        "kind": st.sampled_from(["project", "department"]),
        "ruleset": st.just("cn-sc/project"),
        "amount_unit": st.sampled_from(["万元", "元"]),
        "published_points": points,
        "published_total": points,
    },
)
#: A form as plain data, with every key and every kind of row.
forms = st.builds(
    lambda head, budget, indicators, others: {**head, "budget": budget, "indicators": indicators, "tables": others},
    heads,
    st.lists(lines, max_size=2),
    st.lists(rows, min_size=1, max_size=4),
    st.lists(tables, max_size=2),
)


def built(data: dict[str, Any]) -> Form:
    """Return the form that Python would build of the data."""
    cells = dict(data)
    cells["budget"] = tuple(BudgetLine(**line) for line in data["budget"])
    cells["indicators"] = tuple(_row(row) for row in data["indicators"])
    cells["tables"] = tuple(Table(**table) for table in data["tables"])
    return Form(**cells)


def _row(cells: dict[str, Any]) -> Indicator:
    if "targets" in cells:
        cells = {**cells, "targets": Targets(**cells["targets"])}
    return Indicator(**cells)
