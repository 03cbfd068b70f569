"""The text that an author starts from: a ruleset with everything that must be filled in, and its parent's rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pfscore.documents.positions import value_at
from pfscore.foundation.numbers import decimal_text
from pfscore.rulesets.in_force import Edition, RuleInForce
from pfscore.rulesets.model.rule import RuleVersion
from pfscore.rulesets.writing.yaml_text import flow_list, key_lines, member_lines, scalar

#: How everything starts that an author has to fill in; `pfscore check` finds what was left.
BLANK = "填写："
#: What a copy of a rule keeps; its citation, its date and its notes are the new author's.
_COPIED = tuple(
    name
    for name in RuleVersion.model_fields
    if name not in {"since", "until", "cite", "also", "disabled", "note", "examples"}
)


@dataclass(frozen=True)
class FixedRow:
    """A row of a form whose indicators are fixed: its name, its headings, its points as printed."""

    name: str
    path: tuple[str, ...] = ()
    points: str | None = None


def skeleton(ruleset: str, parent: Edition | None, since: date, rows: Sequence[FixedRow] = ()) -> str:
    """Return the text of a new ruleset that extends `parent`, with one rule for each of `rows`.

    What the author must say starts with 填写：. The parent's rules stand below as comments, ready to be changed.

    >>> print(skeleton("cn-gd/project", None, date(2024, 1, 1)).splitlines()[1])
    ruleset: cn-gd/project
    """
    lines = [*_head(ruleset, parent), *_sources(), *_form(parent, since, rows)]
    lines += _rules_of_rows(rows, since) if rows else _rules(parent, since)
    return "\n".join(lines) + "\n"


def _head(ruleset: str, parent: Edition | None) -> Iterator[str]:
    folder, _, name = ruleset.partition("/")
    kind = parent.kind if parent is not None else "department" if "department" in name else "project"
    said = {"project": "项目支出", "department": "部门整体支出"}[kind]
    yield "# yaml-language-server: $schema=./ruleset.schema.json"
    yield f"ruleset: {ruleset}"
    yield f"title: {BLANK}某地{said}绩效自评"
    yield f"jurisdiction: {_jurisdiction(folder)}"
    yield f"kind: {kind}"
    yield "status: draft"
    if parent is not None:
        yield f"extends: {parent.ruleset}"
    yield "note: |"
    yield f"  {BLANK}依据哪些文件或公布的表，哪些条款没有读到，与上级有什么不同。"
    yield ""


_PLACE = re.compile(r"CN(-[A-Z0-9]{1,3}(?![A-Z0-9])(-[0-9]{6}(?![0-9]))?)?")


def _jurisdiction(folder: str) -> str:
    """Return the code of a jurisdiction: the nation, a province, or a city or county by its statistical code.

    >>> _jurisdiction("cn-hn-430600"), _jurisdiction("cn-gd"), _jurisdiction("cn")
    ('CN-HN-430600', 'CN-GD', 'CN')
    """
    found = _PLACE.match(folder.upper())
    return "CN" if found is None else found[0]


def _sources() -> Iterator[str]:
    yield "sources:"
    yield f"  - key: {BLANK}文号或简称"
    yield f"    title: {BLANK}全称"
    yield f"    issuer: {BLANK}发文机关"
    yield "    # text 原文已读，restated 转述，observed 由公布的表推得，none 未见（则各版须写 disabled）"
    yield "    evidence: none"
    yield ""


def _form(parent: Edition | None, since: date, rows: Sequence[FixedRow]) -> Iterator[str]:
    yield "form:"
    yield f"  - since: {since}"
    yield from _cite("    ")
    yield f"    disabled: {BLANK}核实依据之后删去这一行"
    yield "    total: 100"
    yield "    # 各一级指标的分值；不固定的不写 points"
    yield "    blocks:"
    blocks = parent.terms.get("blocks") if parent is not None else None
    named = [(block.name, block.points) for block in blocks or ()] or [("预算执行", 10), ("产出指标", None)]
    if rows:
        named = [(name, None) for name in dict.fromkeys(row.path[0] for row in rows if row.path)]
    for name, points in named:
        yield f"      - name: {name}"
        if points is not None:
            yield f"        points: {points}"
    if not rows and parent is not None and (unstated := parent.terms.get("unstated")) is not None:
        yield f"    unstated: {decimal_text(unstated)}"
    yield ""


def _cite(indent: str) -> Iterator[str]:
    yield f"{indent}cite:"
    yield f"{indent}  source: {BLANK}文号或简称"
    yield f"{indent}  at: {BLANK}第几条、哪个脚注、哪一行"


def _rules(parent: Edition | None, since: date) -> Iterator[str]:
    if parent is None:
        yield "rules:"
        yield from _first_rule(since)
        return
    yield "rules: []"
    yield f"# 上级 {parent.ruleset} 在 {parent.on} 的规则如下，照旧的不必写。"
    yield "# 要改的，删去 rules 后面的 [] 和各行行首的“# ”，改内容，写出处和例子。"
    for rule in parent.rules:
        yield "#"
        for line in _override(rule, since):
            yield f"# {line}".rstrip()


def _rules_of_rows(rows: Sequence[FixedRow], since: date) -> Iterator[str]:
    """Write one rule by name for each row of a form; the standard of the row is its author's to quote and to write."""
    yield "rules:"
    names = {row.name: row for row in reversed(rows) if row.name}
    for number, row in enumerate(reversed(names.values()), 1):
        yield f"  - id: row-{number}"
        yield f"    title: {scalar(row.name)}"
        yield "    overrides: 通用规则"
        yield "    applies:"
        yield f"      name: {flow_list([row.name])}"
        yield "    versions:"
        yield f"      - since: {since}"
        yield from _cite("        ")
        yield f"          quote: {BLANK}这一行的评分标准，原话"
        yield f"        disabled: {BLANK}核实依据之后删去这一行"
        if row.points is not None and _NUMBER.fullmatch(row.points):
            yield f"        points: {row.points}"
        yield "        # 改为 checklist（①…1分②…1分，每例扣几分）、bands（各档）、formula，或留给评价人"
        yield "        judgement:"
        yield '          share: "[0%, 100%]"'
        yield ""


_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


def _first_rule(since: date) -> Iterator[str]:
    yield "  - id: ratio-higher"
    yield f"    title: {BLANK}规则名称"
    yield "    applies:"
    yield '      comparator: ["≥"]'
    yield "      target: [正]"
    yield "    versions:"
    yield f"      - since: {since}"
    yield from _cite("        ")
    yield f"        disabled: {BLANK}核实依据之后删去这一行"
    yield "        formula: 分值 * 按比例(完成值, 指标值)"
    yield "        rounding:"
    yield "          digits: 2"
    yield "        examples:"
    for title, actual, score in (("达到，满分", "100人", "10"), ("未达到，按比例", "70人", "7")):
        yield f"          - title: {title}"
        yield '            target: "≥100人"'
        yield f"            actual: {actual}"
        yield "            points: 10"
        yield f"            score: {score}"


def _override(rule: RuleInForce, since: date) -> Iterator[str]:
    """Write a rule of the parent as one of the child that replaces it: its way of scoring and its examples."""
    layer = rule.layers[-1] if rule.layers else None
    yield f"  - id: {rule.id}"
    yield f"    # {rule.title}"
    yield f"    replaces: {rule.ruleset}"
    yield "    versions:"
    yield f"      - since: {since}"
    yield from _cite("        ")
    if layer is None:
        return
    data = value_at(layer.loaded.document.data, layer.version_path)
    for key in _COPIED:
        if isinstance(data, dict) and key in data:
            yield from key_lines(key, data[key], "        ")
    examples = data.get("examples") if isinstance(data, dict) else None
    yield "        examples:"
    for example in examples if isinstance(examples, list) else []:
        if isinstance(example, dict):
            kept = {key: value for key, value in example.items() if key != "from_form"}
            yield from member_lines(kept, "          ")
