"""docs/reference/cells.md and its diagrams, made from the grammar and its tables."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from diagrams import diagram, examples, rules
from pfscore.cells.grammar.terminals import word_lists
from pfscore.cells.lexicon.levels import scales
from pfscore.cells.reader import parse_actual, parse_target
from pfscore.foundation.runtime.resources import data_dir, section_lines

if TYPE_CHECKING:
    from collections.abc import Callable

_FILES = {
    "target.lark": "指标值 · Targets",
    "actual.lark": "完成值 · Actuals",
    "quantity.lark": "数和单位 · Numbers and units",
}
_HEAD = """# 单元格的读法 · How cells are read

指标值、完成值、计算符号和度量单位这四种单元格怎样读，全写在 `grammar/` 里：语法、词和单位各只有一处。本页由它们生成，
`python docs/build/refresh.py --check` 会查它是否与语法一致。读不懂的格一律不读，并说明原因（[PF3xx](diagnostics.md)）。

How target, completion, comparator and unit cells are read is written in `grammar/`: syntax, words and units each in one
place. This page is made from them. What cannot be read is refused with a reason ([PF3xx](diagnostics.md)).

## 约定 · Conventions

- 以上、以下、以内包括本数（民法典第 1259 条）；小于、超过、> < 不包括。高于90%以上 算“以上”。
  以上, 以下 and 以内 include the number; 小于, 超过, > and < do not. 高于90%以上 counts as 以上.
- 单写“达到95%”是至少 95%，“控制在5%”是至多 5%；“完成95%”没有说方向。在完成值里，达到多少就是多少。
  达到95% alone is at least, 控制在5% at most, 完成95% has no direction. In an actual, what was reached is the value.
- 12月31日前、12月底前包括当天；9月前是 8 月 31 日为止。≤12月 是十二个月，12月 是月份。
  12月31日前 and 12月底前 include the day; 9月前 ends on 31 August. ≤12月 is twelve months, 12月 the month.
- 提高到、降至 说的是终点；提高5%、较上年下降 说的是变化。百分点不是 %，工作日不是天，月不折成天。
  提高到 and 降至 name the end; 提高5% is a change. 百分点 is not %, 工作日 is not 天, months are not converted to days.
- 格里的单位和单位栏可以换算时，以格里为准；不能换算就是矛盾。空白、斜杠、横线是空格，不是 0。
  Where the unit in the cell and the unit column convert, the cell counts; otherwise they contradict. Blank is not 0.
- 没有数字的是文字，原样保留；“无”不是 0。两个数看不出以哪个为准，就不读。
  Words without a number stay words; 无 is never 0. Two numbers with no way to tell are refused.

## 读法举例 · Examples
"""
_TARGETS = """
≥26万人 不低于95% 48亿元 小于0.9‰ 自受理申请之日起20个工作日内 控制在60%到80%的区间 [60%,80%) 100±5 90%左右 ≥60%且≤80%
增长5%以上 较上年下降2个百分点 每季度不少于1次 36万元/每项目 ≤18/10万 三分之二以上 七成 不少于三次 1:1.5 12月底前 1-12月
手续齐全的，即时办理。 不适用
"""
_ACTUALS = "54.62亿元 ≥95% 达到98% 已于9月完成 计划10次，实际12次 98%（发放问卷100份） 未发生"


def _table(head: str, rows: list[tuple[str, ...]]) -> list[str]:
    columns = head.count("|") + 1
    cells = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return [f"| {head} |", "|" + "---|" * columns, *cells, ""]


def _examples() -> list[str]:
    rows: list[tuple[str, ...]] = []
    for text in _TARGETS.split():
        target = parse_target(text)
        rows.append((f"`{text}`", target.kind_name(), f"`{target}`", target.in_words("zh"), target.in_words("en")))
    parts = _table("指标值 · target | kind | canonical | 读作 | read as", rows)
    rows = []
    for text in _ACTUALS.split():
        actual = parse_actual(text)
        rows.append((f"`{text}`", actual.kind_name(), f"`{actual}`", actual.in_words("zh"), actual.in_words("en")))
    return [*parts, *_table("完成值 · actual | kind | canonical | 读作 | read as", rows)]


def _grammar(name: str) -> str:
    return (data_dir("grammar") / name).read_text(encoding="utf-8")


def _rules() -> list[str]:
    parts = [
        "## 语法 · Grammar\n",
        "圆角是词（见下），方角是别的规则。Round boxes are words (below), square ones other rules.\n",
    ]
    for name, title in _FILES.items():
        parts.append(f"### {title} `grammar/{name}`\n")
        for rule, body in rules(_grammar(name)).items():
            shown = "；".join(f"`{example}`" for example in examples(body))
            parts += [f"**{rule}**" + (f" {shown}" if shown else ""), "", f"![{rule}](cells/{rule}.svg)", ""]
    return parts


def _words() -> list[str]:
    text = _grammar("terminals.lark")
    notes = dict(re.findall(r"^// ([^─\n][^\n]*)\n(?=([A-Z_]+)(?:\.[0-9]+)?:)", text, re.MULTILINE))
    by_name = {name: note for note, name in notes.items()}
    lists = word_lists()
    parts = [
        "## 词 · Words\n",
        "加一个词，就是在 `grammar/terminals.lark` 的一行里添上它。Adding a word is adding it to its line.\n",
    ]
    rows: list[tuple[str, ...]] = [
        (name, by_name.get(name, ""), " ".join(f"`{word}`" for word in words))
        for name, words in lists.items()
        if name not in {"BEGINNINGS", "WHICH_YEAR"}
    ]
    parts += _table("kind | 例 · example | 词 · words", rows)
    patterns = re.findall(r"^// ([^─\n][^\n]*)\n([A-Z_]+)(?:\.[0-9]+)?: (?=[/(Y])", text, re.MULTILINE)
    patterns += re.findall(
        r"^// ([^─\n][^\n]*)\n(?://:[^\n]*\n)*([A-Z_]+)\.-?[0-9]+: /", _grammar("vocabulary.lark"), re.MULTILINE
    )
    shown: list[tuple[str, ...]] = [(name, note) for note, name in patterns if name != "BEGINNINGS"]
    parts += ["### 样式 · Patterns\n", *_table("kind | 例 · example", shown)]
    return parts


def _units() -> list[str]:
    parts = ["## 单位 · Units\n", "加一个单位，就是在 `grammar/units.txt` 里添一行；表里没有的，按原文当作一个单位。"]
    parts += ["Adding a unit is one line; a word that no line has is a unit of its own.\n"]
    rows: list[tuple[str, ...]] = []
    dimension = ""
    for raw in _grammar("units.txt").splitlines():
        line = raw.strip()
        if line.startswith("["):
            dimension = line.strip("[]")
        elif line and not line.startswith("#") and dimension not in {"*", "=", "~", "¤", "≈", "≡"}:
            factor, _, words = line.partition(" ")
            rows.append((dimension, str(Fraction(factor)), words.strip()))
    parts += _table("量 · dimension | 大小 · size | 写法 · words", rows)
    before = "；".join(line.replace(" ", "：", 1).replace(" ", "、") for line in section_lines("units.txt")["¤"])
    parts += ["货币的符号和代码可以写在数的前面 · Signs and codes of currencies may stand before a number:\n"]
    parts += [before, ""]
    alike = "；".join(line.partition(" ")[2] for line in section_lines("units.txt")["≡"])
    parts += [
        "指标名称说明量的是水、线路或单价时，下面的单位可以互相换算 · Under a name for water, a line or a price:\n"
    ]
    parts += [alike, ""]
    rates = "；".join("{}：{}–{}元".format(*line.split()) for line in section_lines("units.txt")["≈"])
    parts += [
        "两格币种不同的，只在这样宽的汇率范围内怎样折算结果都一样时判定，不用于计分。",
        "Two currencies are compared only where every rate in such a wide range comes to the same, never for points:\n",
    ]
    parts += [rates, ""]
    counted = _grammar("units.txt").partition("\n[*]\n")[2].split("\n")
    words = "、".join(line.strip().replace(" ", "＝") for line in counted if line.strip() and not line.startswith("#"))
    parts += ["计数单位，各自成一种量 · Counted things, each a dimension of its own:\n", words, ""]
    alike = "；".join(line.replace(" ", "、", 1) for line in section_lines("units.txt")["~"])
    parts += [
        "同一行的两格可以混用的，每组第一个词与其余的词数的是同一样东西，会作为假定说明；人与人次不同。",
        "Words that the cells of one row may mix, as the first counts the same as the others; it is said. "
        "人 and 人次 differ:\n",
    ]
    return [*parts, alike, ""]


def _levels() -> list[str]:
    parts = ["## 有次序的词 · Words with an order\n", "从好到差。From best to worst (`grammar/levels.txt`).\n"]
    return [
        *parts,
        *_table(
            "档 · scale | 词 · words",
            [(name, " ＞ ".join("、".join(rank) for rank in ranks)) for name, ranks in scales().items()],
        ),
    ]


def cells_page() -> str:
    """Return docs/reference/cells.md."""
    return "\n".join([_HEAD, *_examples(), *_rules(), *_words(), *_units(), *_levels()]).rstrip() + "\n"


def cell_pages() -> dict[str, Callable[[], str]]:
    """Return the page and the diagram of each rule, by their paths."""
    pages: dict[str, Callable[[], str]] = {"docs/reference/cells.md": cells_page}
    for name in _FILES:
        for rule, body in rules(_grammar(name)).items():
            pages[f"docs/reference/cells/{rule}.svg"] = lambda rule=rule, body=body: diagram(rule, body)  # type: ignore[misc]
    return pages
