"""Named rules: every cell, name and row beside a rule comes out as it says, and every rule of cells decides one of the
corpus.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import pytest

import pfscore
from pfscore.auditing.run import audit
from pfscore.cells import reader
from pfscore.cells.indicator_names import item_number, parse_name, plain_name
from pfscore.cells.lexicon import word_patterns
from pfscore.cells.lexicon.word_patterns import (
    Example,
    Rule,
    Trace,
    compiled,
    read_rules,
    rule,
    rule_names,
    rules_in_use,
    traced,
)
from pfscore.cells.reader import Refusal
from pfscore.cells.readings import Dated, Deadline, Level, Reading
from pfscore.foundation.runtime.memory import Remembered
from tests.corpus import lines

#: How a reading that only repeats its cell is written beside a rule.
_KINDS: dict[type[Reading], str] = {Level: "文字", Deadline: "期限", Dated: "日期"}
#: The year of the form in which a date stands that names none.
YEAR = 2023
#: The columns that may follow a cell, and the arguments of `score` that they are.
_COLUMNS = {
    "符号栏": "comparator",
    "单位栏": "unit",
    "名称": "name",
    "指标": "path",
    "备注": "note",
    "得分": "published_score",
}
#: What may follow a row that is audited, and the keys of the form that they are; the budget is that and what was spent.
_OF_FORM = {"目标": "goal", "完成情况": "goal_result", "总分": "published_total", "预算": "budget", "脚注": "footnotes"}
#: What a word in front of a cell makes of it; a row has an arrow from its actual to its target.
_SIDES = {"指标值": "target", "完成值": "actual", "名称": "name"}
AT = date(YEAR, 12, 31)
RULES = pfscore.load_ruleset("cn/project", on=AT)


class Outcome(NamedTuple):
    """What comes out of a cell, a name or a row: as it is written beside a rule, and whole."""

    written: str
    whole: object


@cache
def _memories(_modules: int) -> tuple[Any, ...]:
    """Return the functions that remember texts, of so many modules; what is built once (`@cache`) is none."""
    return tuple(
        value
        for name, module in list(sys.modules.items())
        if name.startswith(("pfscore.cells.", "pfscore.scoring.", "pfscore.auditing."))
        for value in vars(module).values()
        if isinstance(value, Remembered)
        or (hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"] is not None)
    )


def _forget() -> None:
    """Clear what is remembered of texts."""
    for memory in _memories(len(sys.modules)):
        memory.cache_clear()
    RULES._engines.clear()


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Forget what was read without a rule, which is not what other tests should find."""
    yield
    _forget()


def _reading(side: str, text: str, comparator: str | None, unit: str | None) -> Outcome:
    found = reader.read_target(text, comparator, unit) if side == "target" else reader.read_actual(text, unit)
    if isinstance(found, Refusal):
        return Outcome(found.code, found)
    if isinstance(found, Deadline | Dated):
        day = found.last_day(YEAR)
        days = found.planned_days(YEAR) if isinstance(found, Deadline) else None
        return Outcome(
            f"{_KINDS[type(found)]}{'' if day is None else f' {day}'}", (found, found.assumptions, day, days)
        )
    return Outcome(_KINDS.get(type(found)) or str(found), (found, found.assumptions))


def _name(text: str) -> Outcome:
    found = parse_name(text)
    parts = (
        found.bare,
        *(f"单位 {unit}" for unit in (found.unit,) if unit),
        *(str(one.reading) for one in found.conditions),
    )
    return Outcome(" | ".join(parts), (found, plain_name(text), item_number(text)))


def _row(target: str, actual: str, columns: dict[str, str]) -> Outcome:
    cells: dict[str, str | tuple[str, ...]] = {_COLUMNS[key]: value for key, value in columns.items()}
    if "path" in cells:
        cells["path"] = tuple(str(cells["path"]).split("/"))
    given = pfscore.Indicator(target=target, actual=actual, points="10", **cells)  # type: ignore[arg-type]
    [one] = RULES.score_form(pfscore.Form(year=YEAR, indicators=(given,))).indicators
    said = [assumption.message for assumption in one.assumptions] + [problem.message for problem in one.diagnostics]
    if one.doubts:
        return Outcome(f"存疑 {one.doubts[0].code}", one.doubts)
    written = next(iter(one.codes), "无") if one.met is None else "达标" if one.met else "未达标"
    return Outcome(written, (one.met, one.low, one.high, said))


def _audited(target: str, actual: str, columns: dict[str, str]) -> Outcome:
    """Return the codes of what the audit finds in a form with one row."""
    row = {_COLUMNS[key]: value for key, value in columns.items() if key in _COLUMNS}
    path = row.pop("path", "产出指标/数量指标").split("/")
    row |= {"points": "10"} if "published_score" in row else {}
    cells = {_OF_FORM[key]: value for key, value in columns.items() if key in _OF_FORM}
    budget, spent, score = [*cells.pop("budget", "").split("/"), None, None][:3]
    line = {"label": "总额", "budget": budget, "expenditure": spent}
    line |= {"points": "10", "published_score": score} if score else {}
    lines_of_budget = [line] if budget else []
    rows = [{"name": "办理情况", **row, "path": path, "target": target, "actual": actual}]
    head = {"title": "表", "kind": "project", "year": YEAR}
    notes = [cells.pop("footnotes")] if "footnotes" in cells else []
    form = pfscore.Form.model_validate(
        {**head, **cells, "budget": lines_of_budget, "indicators": rows, "footnotes": notes}
    )
    found = audit(form, ruleset=RULES if score else None)
    return Outcome("、".join(sorted({one.code for one in found})) or "无", [one.as_json("zh") for one in found])


def outcome_of(example: Example) -> Outcome:
    """Return what comes out of what is written beside a rule: a cell, a name or a row."""
    text, *beside = example.cell.split(" | ")
    columns = dict(column.split(" ", 1) for column in beside)
    assert set(columns) <= {*_COLUMNS, *_OF_FORM}, example
    target, arrow, actual = text.partition(" ← ")
    if arrow:
        of = _audited if target.startswith("审核 ") else _row
        return of(lines.unescape(target.removeprefix("审核 ")), lines.unescape(actual), columns)
    head, _, rest = text.partition(" ")
    side, text = (_SIDES[head], rest) if head in _SIDES and rest else ("target", text)
    text = lines.unescape(text)
    return _name(text) if side == "name" else _reading(side, text, columns.get("符号栏"), columns.get("单位栏"))


def _with(name: str) -> Iterator[tuple[Example, Outcome, Trace]]:
    """Yield what comes out of the cells that a rule does not match, with what matches."""
    _forget()
    for example in rule(name).examples:
        if not example.decides:
            with traced() as trace:
                yield example, outcome_of(example), trace


def _without(name: str) -> Iterator[tuple[Example, Outcome]]:
    """Yield what comes out of the cells that a rule decides, where it matches nothing."""
    _forget()
    RULES.at(AT).frames = None  # the passes alone: what is known of rows by their shapes is no reading of this one
    with traced(off=name):
        for example in rule(name).examples:
            if example.decides:
                yield example, outcome_of(example)


def _wrong(decided: Mapping[str, Mapping[Example, Outcome]]) -> Iterator[tuple[str, Example, str]]:
    """Yield what is wrong with the examples of all rules, of which some are decided and come out so."""
    for name, examples in decided.items():
        for example, found in examples.items():
            if found.written != example.reading:
                yield name, example, f"is {found.written}"
        for example, found in _without(name):
            if found == examples[example]:
                yield name, example, "is the same without the rule"
        for example, found, trace in _with(name):
            if found.written != example.reading:
                yield name, example, f"is {found.written}"
            if any(match.rule.name == name for match in trace.matches):
                yield name, example, "the rule matches"


def test_what_stands_beside_each_rule() -> None:
    """What is remembered is forgotten once for all cells of a rule that are read without it or must not have it."""
    decided = {name: {one: outcome_of(one) for one in rule(name).examples if one.decides} for name in rule_names()}
    with traced():  # a block for all rules: another one inside costs little
        wrong = [
            f"grammar/words/{rule(name).file}:{one.line}: {one.cell}: {what}" for name, one, what in _wrong(decided)
        ]
    assert "\n".join(wrong) == ""


def _is_of_cells(name: str) -> bool:
    """Return whether a rule decides readings of cells; there is no corpus of names and of rows."""
    return not any(" ← " in one.cell or one.cell.startswith("名称 ") for one in rule(name).examples if one.decides)


def _lines_for(undecided: AbstractSet[str]) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Yield the lines of the corpus: first those that stand beside undecided rules, or in which these find words."""
    every = dict.fromkeys(
        (line.side, line.text, line.comparator, line.unit) for file in lines.HEADERS for line in lines.read(file)
    )
    beside = {lines.unescape(one.cell.split(" | ")[0]) for name in undecided for one in rule(name).examples}
    yield from (cells for cells in every if cells[1] in beside or f"完成值 {cells[1]}" in beside)
    yield from (cells for cells in every if any(rule(name).search(cells[1]) for name in undecided))
    yield from every


def test_every_rule_of_cells_decides_a_line_of_the_corpus() -> None:
    undecided = set(filter(_is_of_cells, rule_names()))
    every = _lines_for(undecided)
    with traced():  # a block for all lines: another one inside costs little
        while undecided and (cells := next(every, None)):
            _forget()
            with traced() as trace:
                found = _reading(*cells)
            for name in undecided & {match.rule.name for match in trace.matches}:
                _forget()
                with traced(name):
                    if _reading(*cells) != found:
                        undecided.remove(name)
    assert undecided == set(), "the corpus needs a cell for these, or they go"


def test_every_rule_is_asked_for() -> None:
    """The modules take their rules when they are imported; no file holds a rule that none of them takes."""
    taken = {found.name for found in rules_in_use()}
    assert set(rule_names()) == taken


# ── what a wheel carries ──
@pytest.fixture(scope="module")
def table() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(word_patterns.table())
    return found


def _texts() -> Iterator[str]:
    """Yield what rules are held against: cells of the corpus and those beside rules."""
    for file in lines.HEADERS:
        for line in lines.read(file):
            yield from filter(None, (line.text, line.comparator, line.unit))
    for name in rule_names():
        for example in rule(name).examples:
            yield from re.split("[←|]", example.cell)


def test_the_table_has_every_rule(table: dict[str, list[str]]) -> None:
    assert list(table) == list(rule_names())
    assert [name for name, (pattern, *_) in table.items() if rule(name).pattern.pattern != pattern] == []


def test_no_match_lacks_what_the_table_says_that_it_needs(table: dict[str, list[str]]) -> None:
    texts = [(text, frozenset(text)) for text in sorted(set(_texts()))[::13]]
    wrong = [
        f"[{name}] {text}"
        for name, (_, beginnings, *needs) in table.items()
        for pattern, needed in ((rule(name).pattern, [*map(frozenset, needs)]),)
        for text, has in texts
        if (any(map(has.isdisjoint, needed)) and pattern.search(text))
        or (beginnings and text[0] not in beginnings and pattern.match(text))
    ]
    assert wrong == []


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> Rule:
    """A rule of a wheel that no text has met."""
    monkeypatch.setattr(word_patterns, "_shipped", lambda: {"one": ["(?P<what>不?达标)", "不达", *"达标"]})
    monkeypatch.setattr(word_patterns, "_IN_USE", [])
    return rule.__wrapped__("one")


def test_a_rule_of_a_wheel_spares_its_pattern(shipped: Rule) -> None:
    text = "完成12次"
    assert (shipped.search(text), shipped.match(text, 1), shipped.fullmatch(text)) == (None, None, None)
    assert (list(shipped.finditer(text)), shipped.split(text), shipped.sub("", text)) == ([], [text], text)
    assert shipped.needs != ()


def test_a_rule_of_a_wheel_compiles_its_pattern_when_a_text_has_what_it_needs(shipped: Rule) -> None:
    assert shipped.search("标达") is None
    assert shipped.needs == ()
    match = shipped.search("已达标")
    assert match is not None
    assert match["what"] == "达标"
    assert (shipped.sub("", "已达标。"), shipped.split("a达标b")) == ("已。", ["a", "达标", "b"])


def test_a_rule_of_a_wheel_knows_how_a_match_begins(shipped: Rule) -> None:
    assert (shipped.match("已达标"), shipped.fullmatch("已达标"), shipped.match("达未达标", 1)) == (None, None, None)
    assert shipped.needs != ()
    assert shipped.match("已达标", 1) is not None
    assert shipped.needs == ()


def test_a_rule_of_a_wheel_is_compiled_in_the_end(shipped: Rule) -> None:
    for _ in range(shipped.spared):
        assert shipped.search("完成12次") is None
    assert shipped.needs != ()
    assert shipped.search("完成12次") is None
    assert shipped.needs == ()


def test_a_rule_of_a_wheel_is_traced(shipped: Rule) -> None:
    assert shipped.search("完成") is None
    with traced() as trace:
        assert shipped.search("完成") is None
        assert shipped.search("不达标") is not None
    assert [(match.rule.name, match.text) for match in trace.matches] == [("one", "不达标")]
    with traced(off="one"):
        assert shipped.search("不达标") is None
    assert shipped.search("不达标") is not None


RULE = "[one]  # a remark\n一\n= 一 → 文字\n≠ 二 → 文字\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("一\n", "words.txt:1: a pattern without a name"),
        ("[one]\n= 一 → 文字\n≠ 二 → 文字\n", "words.txt:1: [one] has no pattern"),
        ("{one}:\n", "words.txt:1: [one] has no pattern"),
        ("[one]\n一\n= 一 → 文字\n", "words.txt:1: [one] needs a cell"),
        ("[one]\n一\n≠ 二 → 文字\n", "words.txt:1: [one] needs a cell"),
        ("[one]\n一\n= 一\n≠ 二 → 文字\n", "words.txt:3: [one] has a cell without →"),
        (f"{RULE}\n{RULE}", "words.txt:6: [one] has the name of another entry"),
        (f"{RULE}{{one}}: 二\n", "words.txt:5: [one] has the name of another entry"),
    ],
)
def test_an_invalid_file(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"grammar/words/{problem}")):
        read_rules([("words.txt", text)])


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("一\n|(二\n", "words.txt:3: [one] missing ), unterminated subpattern"),
        ("一\n|{two}\n", "words.txt:3: [one] cannot include {two}"),
        ("一|{one}\n", "words.txt:2: [one] cannot include {one}"),
        ("一|{undone.no}\n", "words.txt:2: [one] cannot include {undone.no}"),
        ("一|{no.deny}\n", "words.txt:2: [one] cannot include {no.deny}"),
    ],
)
def test_an_invalid_pattern(pattern: str, problem: str) -> None:
    entries = read_rules([("words.txt", RULE.replace("一\n", pattern, 1))])
    with pytest.raises(ValueError, match=re.escape(f"grammar/words/{problem}")):
        compiled(entries, "one")


@pytest.mark.parametrize(
    ("pattern", "python"),
    [
        ("(一|二)?三", "(?:一|二)?三"),
        (r"\((?P<what>一)[(?)]{2,3}", r"\((?P<what>一)[(?)]{2,3}"),
        ("{part}(?!三)", "(?:一|二)(?!三)"),
        ("{answers.in full}了", "(?:足额|全额|如数)了"),
        ("一\n  |二  # three", "一|二  # three"),
    ],
)
def test_how_a_pattern_is_written(pattern: str, python: str) -> None:
    text = "{part}: 一|二\n" + RULE.replace("\n一", f"\n{pattern}", 1)
    assert compiled(read_rules([("words.txt", text)]), "one").pattern == python


def test_a_rule_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="no rule"):
        rule("no_such_rule")


def test_a_trace_ends_with_its_block() -> None:
    plan = rule("plan")
    with traced() as outer:
        plan.match("计划")
        with traced(off="plan") as inner:
            assert plan.match("计划") is None
        plan.match("目标")
    plan.match("任务")
    assert [match.text for match in outer.matches] == ["计划", "目标"]
    assert inner.matches == []
    assert plan.match == plan.pattern.match
