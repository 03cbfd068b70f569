"""Named rules: every cell beside a rule is read as it says, and every rule decides a cell of the corpus."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pfscore.cells import plain_numbers, reader
from pfscore.cells.lexicon.word_patterns import (
    Example,
    Trace,
    compiled,
    read_rules,
    rule,
    rule_names,
    rules_in_use,
    traced,
)
from pfscore.cells.meaning import side_columns
from pfscore.cells.reader import Refusal
from pfscore.cells.readings import Dated, Deadline, Level, Reading
from tests.corpus import lines

_CACHES = (
    *(reader.read_target, reader.read_actual, side_columns.read_unit, side_columns.read_comparator),
    plain_numbers._words_around,
)
#: How a reading that only repeats its cell is written beside a rule.
_KINDS = {Level: "文字", Deadline: "期限", Dated: "日期"}
#: The year of the form in which a date stands that names none.
YEAR = 2023
Outcome = tuple[Reading | Refusal, date | None]
_SIDES = ("指标值", "完成值")


def read_traced(
    side: str, text: str, comparator: str | None, unit: str | None, off: str | None = None
) -> tuple[Outcome, Trace]:
    """Read a cell anew, with the rules that match; the rule named `off` matches nothing."""
    for cached in _CACHES:
        cached.cache_clear()
    with traced(off) as trace:
        found = reader.read_target(text, comparator, unit) if side == "target" else reader.read_actual(text, unit)
        return (found, found.last_day(YEAR) if isinstance(found, Deadline | Dated) else None), trace


def cells_of(example: Example) -> tuple[str, str, str | None, str | None]:
    """Return the side, the text, the comparator and the unit of a cell as it is written beside a rule."""
    text, *beside = example.cell.split(" | ")
    head, _, rest = text.partition(" ")
    side, text = (head, rest) if head in _SIDES and rest else ("指标值", text)
    columns = dict(column.split(" ", 1) for column in beside)
    assert set(columns) <= {"符号栏", "单位栏"}, example
    return (
        "target" if side == "指标值" else "actual",
        lines.unescape(text),
        columns.get("符号栏"),
        columns.get("单位栏"),
    )


def written(outcome: Outcome) -> str:
    """Return a reading as it is written beside a rule."""
    found, day = outcome
    if isinstance(found, Refusal):
        return found.code
    if isinstance(found, Deadline | Dated):
        return f"{_KINDS[type(found)]}{'' if day is None else f' {day}'}"
    return _KINDS.get(type(found)) or str(found)


@pytest.mark.parametrize("name", rule_names())
def test_the_cells_beside_a_rule(name: str) -> None:
    wrong = []
    for example in rule(name).examples:
        place = f"grammar/words/{rule(name).file}:{example.line}: {example.cell}"
        cells = cells_of(example)
        found, trace = read_traced(*cells)
        if written(found) != example.reading:
            wrong.append(f"{place}: is read as {written(found)}")
        if example.decides and read_traced(*cells, off=name)[0] == found:
            wrong.append(f"{place}: is read the same without the rule")
        if not example.decides and any(match.rule.name == name for match in trace.matches):
            wrong.append(f"{place}: the rule matches")
    assert wrong == []


def test_every_rule_decides_a_line_of_the_corpus() -> None:
    undecided = set(rule_names())
    for file in lines.HEADERS:
        for line in lines.read(file):
            cells = line.side, line.text, line.comparator, line.unit
            found, trace = read_traced(*cells)
            matched = undecided & {match.rule.name for match in trace.matches}
            undecided -= {name for name in matched if read_traced(*cells, off=name)[0] != found}
    assert undecided == set(), "the corpus needs a cell for these, or they go"


def test_every_rule_is_asked_for() -> None:
    """The modules take their rules when they are imported; no file holds a rule that none of them takes."""
    taken = {found.name for found in rules_in_use()}
    assert set(rule_names()) == taken


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
