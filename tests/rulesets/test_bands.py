"""Tables of bands as formulas: the same as their text, and as long as a table may be."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from pfscore.formulas.formula import parse_formula
from pfscore.formulas.syntax_tree import walk
from pfscore.foundation.diagnostics import Span
from pfscore.foundation.errors import RulesetError
from pfscore.rulesets.bands import as_formula, coverage_problems
from pfscore.rulesets.model.way import MAX_BANDS, Bands
from tests.rulesets.ruleset_text import loaded, rule, rules, scored, text


def table(rows: int) -> str:
    """Return a version with so many bands: 1 point for less than 1%, 2 for less than 2%, and so on."""
    lines = ['- {range: "(-∞, 1%)", points: 1}']
    lines += [f'- {{range: "[{row}%, {row + 1}%)", points: {row + 1}}}' for row in range(1, rows - 1)]
    lines.append(f'- {{range: "[{rows - 1}%, +∞)", points: {rows}}}')
    return "bands:\n  of: 完成率\n  table:\n" + "".join(f"    {line}\n" for line in lines)


@pytest.mark.parametrize(
    "bands",
    [
        {"of": "完成率", "table": [{"range": "[1, +∞)", "share": "100%"}, {"range": "(-∞, 1)", "points": "0"}]},
        {"of": "完成率", "table": [{"range": "(-∞, +∞)", "share": "1/3"}]},
        {
            "of": "如果 达标 则 完成值 否则 -指标值",
            "table": [
                {"range": "(-∞, -0.5]", "points": "2"},
                {"range": "(-0.5, 1/3)", "share": "50%"},
                {"range": "[1/3, +∞)", "share": "100%"},
            ],
        },
    ],
)
def test_the_formula_is_that_of_its_text(bands: dict[str, object]) -> None:
    built = as_formula(Bands.model_validate(bands))
    read = parse_formula(built.text)
    assert built == read
    assert [node.span for node in walk(built.body)] == [node.span for node in walk(read.body)]


@pytest.mark.parametrize("rows", [60, MAX_BANDS])
def test_a_table_is_not_bounded_by_the_length_of_a_formula(rows: int) -> None:
    found = rules(table(rows))
    assert [scored(found, points=f"{rows}", target="≥100人", actual=f"{done}人") for done in (0, 30, rows, 500)] == [
        "1",
        "31",
        f"{rows}",
        f"{rows}",
    ]


def test_a_table_that_is_too_long_is_told_at_itself() -> None:
    with pytest.raises(RulesetError) as caught:
        loaded(text(rule(table(MAX_BANDS + 1))))
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.message.zh) == ("PF227", f"“table” 有 {MAX_BANDS + 1} 项，最多 {MAX_BANDS} 项")
    assert problem.span is not None
    assert problem.span.text.strip() == "table:"


ENDS = ["-∞", "0", "1", "2", "+∞"]
RANGES = [
    f"{left}{low}, {high}{right}"
    for place, low in enumerate(ENDS)
    for high in ENDS[place:]
    for left in ("(" if low == "-∞" else "[(")
    for right in (")" if high == "+∞" else "])")
    if (low != high or (left, right) == ("[", "]")) and low != "+∞" and high != "-∞"
]
#: A number at each end, and one between each two.
SAMPLES = [Fraction(half, 2) for half in range(-1, 6)]


def _holds(written: str, number: Fraction) -> bool:
    """Return whether a range holds a number, as one reads it."""
    low, high = written[1:-1].split(", ")
    above = low == "-∞" or number > int(low) or (number == int(low) and written[0] == "[")
    return above and (high == "+∞" or number < int(high) or (number == int(high) and written[-1] == "]"))


@pytest.mark.parametrize("first", RANGES)
def test_gaps_and_overlaps_are_found_wherever_two_or_three_bands_end(first: str) -> None:
    thirds: list[tuple[str, ...]] = [(), ("[1, +∞)",), ("(0, 2]",)]
    for second, third in product(RANGES, thirds):
        table = (first, second, *third)
        bands = Bands.model_validate({"of": "完成值", "table": [{"range": one, "points": "1"} for one in table]})
        codes = {one.code for one in coverage_problems(bands, lambda _: Span("a.yaml"))}
        held = [sum(_holds(one, number) for one in table) for number in SAMPLES]
        assert codes == {code for code, wrong in (("PF217", 0 in held), ("PF218", max(held) > 1)) if wrong}, table
