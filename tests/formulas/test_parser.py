"""Reading: spellings, precedence, canonical text in two languages, and places."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark
from lark.exceptions import UnexpectedInput
from lark.grammar import Rule

from pfscore.formulas.evaluation.compiled import Compiled
from pfscore.formulas.formula import definition_of, parse_condition, parse_formula
from pfscore.formulas.functions import FUNCTION_SPELLINGS, FUNCTIONS, NEAR_FUNCTIONS, POLICIES
from pfscore.formulas.glossary import GLOSSARY, NEAR_NAMES, SPELLINGS
from pfscore.formulas.parser import (
    MAX_DEPTH,
    MAX_NODES,
    Origin,
    Raw,
    _of_known_shape,
    _parser,
    build,
    fold_formula,
    parse_raw,
)
from pfscore.formulas.printer import print_formula
from pfscore.formulas.syntax_tree import Expr, Number, children, walk
from pfscore.foundation.diagnostics import Span
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.runtime.resources import data_dir
from tests.formulas.strategies import numbers
from tests.tables import each

CORPUS = [
    # as written ⇥ canonical Chinese ⇥ canonical English
    ("分值 * min(完成值 / 指标值, 1)", "分值 * min(完成值 / 指标值, 1)", "points * min(actual / target, 1)"),
    ("分值×最小（完成值÷指标值，１）", "分值 * min(完成值 / 指标值, 1)", "points * min(actual / target, 1)"),
    ("ｐｏｉｎｔｓ＊５０％", "分值 * 50%", "points * 50%"),
    ("如果达标则分值否则0", "如果 达标 则 分值 否则 0", "if met then points else 0"),
    (
        "如果完成率>=90%且非达标或完成值>1则分值否则如果 完成率≥60% 则 1 否则 0",
        "如果 完成率 ≥ 90% 且 非 达标 或 完成值 > 1 则 分值 否则如果 完成率 ≥ 60% 则 1 否则 0",
        "if completion >= 90% and not met or actual > 1 then points else if completion >= 60% then 1 else 0",
    ),
    ("if met then points else 0", "如果 达标 则 分值 否则 0", "if met then points else 0"),
    ("1 - 2 - 3 * 4 / 5", "1 - 2 - 3 * 4 / 5", "1 - 2 - 3 * 4 / 5"),
    ("1 - (2 - 3)", "1 - (2 - 3)", "1 - (2 - 3)"),
    ("(1 - 2) - 3", "(1 - 2) - 3", "(1 - 2) - 3"),
    ("-(1 + 2) * -分值", "-(1 + 2) * -分值", "-(1 + 2) * -points"),
    ("--分值", "--分值", "--points"),
    ("26万 + 1.5亿 + 2万亿", "26万 + 1.5亿 + 2万亿", "260000 + 150000000 + 2000000000000"),
    ("5‰ + 0.5 %", "5‰ + 0.5%", "5‰ + 0.5%"),
    ("四舍五入(分值 * 完成率, 2)", "四舍五入(分值 * 完成率, 2)", "round(points * completion, 2)"),
    ("四舍五入(分值)", "四舍五入(分值)", "round(points)"),
    (
        "floor(1) + 向下取整(1) + ceil(2) + 绝对值(-1) + abs(2) + 最大(1,2)",
        "向下取整(1) + 向下取整(1) + 向上取整(2) + 绝对值(-1) + 绝对值(2) + max(1, 2)",
        "floor(1) + floor(1) + ceil(2) + abs(-1) + abs(2) + max(1, 2)",
    ),
    (
        "逐级扣分(差=指标值-完成值,每=1%,扣=0.5,零头=舍去)",
        "逐级扣分(指标值 - 完成值, 每=1%, 扣=0.5, 零头=舍去)",
        "step_deduction(target - actual, per=1%, take=0.5, partial=down)",
    ),
    (
        "step_deduction(1, partial=进一, per=1, 扣=2)",
        "逐级扣分(1, 每=1, 扣=2, 零头=进一)",
        "step_deduction(1, per=1, take=2, partial=up)",
    ),
    ("全或无(完成值 == 1)", "全或无(完成值 == 1)", "all_or_nothing(actual == 1)"),
    ("全或无((完成值 = 1))", "全或无(完成值 == 1)", "all_or_nothing(actual == 1)"),
    ("全或无(条件=完成值 = 1)", "全或无(完成值 == 1)", "all_or_nothing(actual == 1)"),
    ("分值\n  * 完成率", "分值 * 完成率", "points * completion"),
    ("如果 (如果 达标 则 达标 否则 非 达标) 则 (如果 达标 则 1 否则 2) 否则 (如果 达标 则 3 否则 4)",) * 2
    + ("if (if met then met else not met) then (if met then 1 else 2) else (if met then 3 else 4)",),
    ("如果 非 (达标 且 达标) 则 1 否则 0", "如果 非 (达标 且 达标) 则 1 否则 0", "if not (met and met) then 1 else 0"),
    ("如果 1 != 2 则 1 否则 0", "如果 1 ≠ 2 则 1 否则 0", "if 1 != 2 then 1 else 0"),
]  # fmt: skip


@each(("text", "chinese", "english"), CORPUS)
def test_canonical_text(text: str, chinese: str, english: str) -> None:
    formula = parse_formula(text)
    assert (formula.text_in("zh"), formula.text_in("en")) == (chinese, english)
    assert parse_formula(chinese) == formula
    assert parse_formula(english) == formula


@settings(max_examples=50)
@given(numbers())
def test_canonical_text_reads_back_to_an_equal_tree_whose_parts_stand_where_they_say(body: Expr) -> None:
    for lang in ("en", "zh"):
        text = print_formula(body, lang)
        root = parse_formula(text).body
        assert root == body
        assert print_formula(root, lang) == text
    for part in walk(root):
        inner = text[slice(*part.span)]
        if part.span[0] != part.span[1]:  # an argument left out has no text
            assert all(part.span[0] <= child.span[0] and child.span[1] <= part.span[1] for child in children(part))
            assert inner.strip() == inner


def test_percent_and_scale_words_do_not_change_what_is_equal() -> None:
    assert parse_formula("60%") == parse_formula("0.6") == parse_formula("600‰")
    assert parse_formula("26万") == parse_formula("260000")
    assert Number(Fraction(260000)) == parse_formula("26万").body


def test_names_and_functions() -> None:
    formula = parse_formula("分值 * min(完成值 / 指标值, 按比例(完成值, 2))")
    assert formula.names == ("points", "actual", "target")
    assert formula.functions == ("min", "ratio")


def test_conditions_are_read_where_a_condition_is_wanted() -> None:
    assert str(parse_condition("60%<=执行率<=80%")) == "60% ≤ 执行率 ≤ 80%"
    with pytest.raises(ExpressionError) as caught:
        parse_condition("执行率")
    assert str(caught.value) == "PF416 错误：公式应当得出真假，这里得出的是数值\n      | 执行率\n      | ^^^^^^"


# -- the glossary and the table of functions ----------------------------------------------------------------------


def test_every_spelling_is_one_name_and_means_one_thing() -> None:
    spellings = [*SPELLINGS, *FUNCTION_SPELLINGS]
    assert len(spellings) == len(set(spellings)) == len(SPELLINGS) + len(FUNCTION_SPELLINGS)
    names = {name for term in GLOSSARY.values() for name in (term.zh, term.en)}
    assert names == set(SPELLINGS)
    for spelling in spellings:
        assert parse_raw(spelling, Origin(spelling)).rule == "name", spelling
    for function in FUNCTIONS.values():
        for parameter in function.parameters:
            for spelling in (parameter.zh, parameter.en, *(word.zh for word in parameter.words)):
                assert parse_raw(spelling, Origin(spelling)).rule == "name", spelling


def test_what_is_suggested_exists() -> None:
    assert set(NEAR_NAMES.values()) <= set(GLOSSARY)
    assert set(NEAR_FUNCTIONS.values()) <= set(FUNCTIONS)
    assert not set(NEAR_NAMES) & set(SPELLINGS)
    assert not set(NEAR_FUNCTIONS) & set(FUNCTION_SPELLINGS)


@each("policy", POLICIES)
def test_a_definition_uses_every_parameter_and_only_what_stands_above_it(policy: str) -> None:
    body = definition_of(policy)
    known = list(POLICIES)
    from pfscore.formulas.syntax_tree import functions_used, names_used

    assert set(names_used(body)) == {parameter.en for parameter in POLICIES[policy].parameters}
    assert set(functions_used(body)) <= {*FUNCTIONS} - {*known[known.index(policy) :]}


# -- places -------------------------------------------------------------------------------------------------------


def test_a_caret_in_a_block_scalar_stands_in_the_authors_line() -> None:
    at = Span("r.yaml", 5, 9, 1, "        如果 达标")
    with pytest.raises(ExpressionError) as caught:
        parse_formula("如果 达标\n则 分直\n否则 0", at=at)
    assert str(caught.value) == (
        "PF410 错误：不认识的名称 “分直”\n"
        "  r.yaml:6:11\n"
        "    6 |         则 分直\n"
        "      |            ^^^^\n"
        "  提示：是否想写 “分值”？"
    )


def test_a_caret_in_a_line_that_was_not_found_stands_in_the_formula() -> None:
    at = Span("r.yaml", 5, 12, 1, '  formula: "\\u5206直"')
    with pytest.raises(ExpressionError) as caught:
        parse_formula("分直", at=at)
    assert str(caught.value) == (
        "PF410 错误：不认识的名称 “分直”\n  r.yaml:5:1\n    5 | 分直\n      | ^^^^\n  提示：是否想写 “分值”？"
    )


def test_the_same_text_at_another_place_is_told_at_that_place() -> None:
    for line in (3, 8):
        with pytest.raises(ExpressionError) as caught:
            parse_formula("分直", at=Span("r.yaml", line, 1, 1, "分直"))
        assert caught.value.diagnostics[0].span == Span("r.yaml", line, 1, 2, "分直")


# -- the grammar --------------------------------------------------------------------------------------------------


def grammar() -> str:
    return data_dir("grammar").joinpath("formula.lark").read_text(encoding="utf-8")


def test_the_grammar_is_strict_and_names_every_terminal() -> None:
    parser = Lark(grammar(), parser="lalr", strict=True, maybe_placeholders=False)
    assert [terminal.name for terminal in parser.terminals if terminal.name.startswith("_")] == []


#: How the terminals are written that are not one text.
WRITTEN = {
    "NAME": [*SPELLINGS, *FUNCTION_SPELLINGS, "甲乙", "x1"],
    "PARAMETER": ["每=", "扣 =", "per=", "甲="],
    "NUMBER": ["0", "1", "26万", "0.5", "60%", "1.5 亿"],
    "GE": [">=", "≥"],
    "LE": ["<=", "≤"],
    "EQ": ["==", "="],
    "NE": ["!=", "≠"],
    "IF": [" 如果 ", " if "],
    "THEN": [" 则 ", " then "],
    "ELSE": [" 否则 ", " else "],
    "AND": [" 且 ", " 并且 ", " and "],
    "OR": [" 或 ", " 或者 ", " or "],
    "NOT": [" 非 ", " not "],
}


@cache
def ways() -> dict[str, list[list[str]]]:
    """Return what each symbol of the grammar may be made of, what ends soonest first; of a terminal, its texts."""
    lark = build()
    heights = {terminal.name: 0 for terminal in lark.terminals}

    def height(rule: Rule) -> int:
        return 1 + max(heights.get(symbol.name, 999) for symbol in rule.expansion)

    for rule in lark.rules * len(lark.rules):
        heights[rule.origin.name] = min(height(rule), heights.get(rule.origin.name, 999))
    found: dict[str, list[list[str]]] = {terminal.name: [[terminal.pattern.value]] for terminal in lark.terminals}
    found |= {name: [[text] for text in texts] for name, texts in WRITTEN.items()}
    for rule in sorted(lark.rules, key=height):
        found.setdefault(rule.origin.name, []).append([symbol.name for symbol in rule.expansion])
    return found


@st.composite
def samples(draw: st.DrawFn) -> str:
    """Draw a text of the grammar: so many choices at most, and then what ends soonest."""
    choices, pending, parts = draw(st.integers(1, 120)), ["start"], list[str]()
    while pending:
        symbol = pending.pop()
        if symbol not in ways():
            parts.append(symbol)
            continue
        options = ways()[symbol]
        last = len(options) - 1 if choices > 0 else 0
        pending += reversed(options[draw(st.integers(0, last)) if last else 0])
        choices -= 1
    return draw(st.sampled_from(["", " ", "\n", " \t "])).join(parts)


@given(samples())
def test_text_drawn_from_the_grammar_parses(text: str) -> None:
    try:
        raw = parse_raw(text, Origin(text))
    except ExpressionError as error:
        assert error.code in {"PF405", "PF406", "PF407"}  # refused for its size alone
    else:
        assert raw.depth <= MAX_DEPTH
        assert raw.size <= MAX_NODES


# -- hostile text -------------------------------------------------------------------------------------------------

TOKENS = """
如果 则 否则 且 或 非 分值 完成值 达标 min( 逐级扣分( 全或无( 每= ( ) , + - * / >= < = == 1 0 26万 60% if then else
"""


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(TOKENS.split()), max_size=25).map(" ".join))
def test_arbitrary_text_raises_nothing_but_our_errors(text: str) -> None:
    try:
        Compiled(parse_formula(text)).fast  # noqa: B018 - the function is written on first use
    except ExpressionError as error:
        assert error.code.startswith("PF4")
        for one in error.diagnostics:
            assert one.render("zh")
            assert one.render("en")


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold_formula(text)) == len(text)


@each(
    "text",
    [
        "(" * 31 + "分值" + ")" * 31,
        "abs(" * 31 + "分值" + ")" * 31,
        "如果 (" * 10 + "达标" + ") 则 1 > 0 否则 达标" * 9 + ") 则 1 否则 0",
        "+".join(["分值"] * 499),
        "如果 完成率 < 1 则 1 否则" * 80 + " 0",
        "如果 1 / 完成率 < 1 则 1 否则" * 60 + " 0",
        "按比例(" * 31 + "1" + ", 1)" * 31,
        "反比例(" * 15 + "完成值" + ", 指标值)" * 15,
        "如果 达标 则 1 否则 (" * 15 + "0" + ")" * 15,
        "如果 1 / 完成率 > 2 且 1 / 完成值 > 3 则 1 否则 (" * 13 + "0" + ")" * 13,
    ],
)
def test_the_largest_formulas_are_still_computed(text: str) -> None:
    one = Compiled(parse_formula(text))
    env: dict[str, Fraction | bool] = {name: name == "met" or Fraction(2) for name in one.names}
    assert one.run(env) == one.trace(env).number


def by_the_grammar(text: str) -> Raw | None:
    """Return what the grammar alone makes of a folded text; `None` where it refuses it."""
    try:
        tree: Raw = _parser().parse(text)  # type: ignore[assignment]  # the transformer gives Raw, not Tree
    except UnexpectedInput:
        return None
    return tree


@settings(deadline=None)
@given(numbers(), st.integers(1, 10**6), st.sampled_from(["", ".5", ".25%", " ‰", "万", ".0亿"]))
def test_a_formula_of_a_known_shape_is_read_as_the_grammar_reads_it(body: Expr, whole: int, behind: str) -> None:
    text = fold_formula(f"{whole}{behind} * ({print_formula(body, 'zh')}) - {whole}")
    assert parse_raw(text, Origin(text)) == by_the_grammar(text)


@each(
    "text",
    [
        "1.5.2",
        "01",
        "1,000",
        "max(1,000)",
        "a1+2",
        "1 000",
        "2.",
        ".5",
        "26 万",
        "60 %%",
        "min(1,2)3",
        "0.0",
        "10%0",
        "1e3",
    ],
)
def test_a_number_that_is_none_stays_one(text: str) -> None:
    assert _of_known_shape(text) == by_the_grammar(text)
