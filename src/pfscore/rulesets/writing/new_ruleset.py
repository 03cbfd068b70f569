"""The text that an author starts from: a ruleset with everything that must be filled in, and its parent's rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pfscore.foundation.numbers import decimal_text
from pfscore.rulesets.edition import Edition, RuleInForce
from pfscore.rulesets.model.ruleset import RuleVersion
from pfscore.rulesets.writing.yaml_text import key_lines, member_lines

#: How everything starts that an author has to fill in; `pfscore check` finds what was left.
BLANK = "填写："
#: What a copy of a rule keeps; its citation, its date and its notes are the new author's.
_COPIED = tuple(
    name
    for name in RuleVersion.model_fields
    if name not in {"since", "until", "cite", "also", "disabled", "note", "examples"}
)


def skeleton(ruleset: str, parent: Edition | None, since: date) -> str:
    """Return the text of a new ruleset that extends `parent`.

    What the author must say starts with 填写：. The parent's rules stand below as comments, ready to be changed.

    >>> print(skeleton("cn-gd/project", None, date(2024, 1, 1)).splitlines()[1])
    ruleset: cn-gd/project
    """
    lines = [*_head(ruleset, parent), *_sources(), *_form(parent, since), *_rules(parent, since)]
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


def _jurisdiction(folder: str) -> str:
    parts = folder.upper().split("-")
    return f"CN-{parts[1]}" if parts[0] == "CN" and len(parts) > 1 and len(parts[1]) <= 3 else "CN"


def _sources() -> Iterator[str]:
    yield "sources:"
    yield f"  - key: {BLANK}文号或简称"
    yield f"    title: {BLANK}全称"
    yield f"    issuer: {BLANK}发文机关"
    yield "    # text 原文已读，restated 转述，observed 由公布的表推得，none 未见（则各版须写 disabled）"
    yield "    evidence: none"
    yield ""


def _form(parent: Edition | None, since: date) -> Iterator[str]:
    yield "form:"
    yield f"  - since: {since}"
    yield from _cite("    ")
    yield f"    disabled: {BLANK}核实依据之后删去这一行"
    yield "    total: 100"
    yield "    # 各一级指标的分值；不固定的不写 points"
    yield "    blocks:"
    blocks = parent.terms.get("blocks") if parent is not None else None
    named = [(block.name, block.points) for block in blocks or ()] or [("预算执行", 10), ("产出指标", None)]
    for name, points in named:
        yield f"      - name: {name}"
        if points is not None:
            yield f"        points: {points}"
    if parent is not None and (unstated := parent.terms.get("unstated")) is not None:
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
    data = _at(layer.loaded.document.data, layer.version_path)
    for key in _COPIED:
        if isinstance(data, dict) and key in data:
            yield from key_lines(key, data[key], "        ")
    examples = data.get("examples") if isinstance(data, dict) else None
    yield "        examples:"
    for example in examples if isinstance(examples, list) else []:
        if isinstance(example, dict):
            kept = {key: value for key, value in example.items() if key != "from_form"}
            yield from member_lines(kept, "          ")


def _at(data: object, path: tuple[str | int, ...]) -> object:
    for part in path:
        if isinstance(data, dict):
            data = data.get(str(part))
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
    return data
