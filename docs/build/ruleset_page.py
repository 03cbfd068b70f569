"""The page of a ruleset: blocks, rules, formulas, pictures, examples, sources and evidence, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from pfscore.checking.check import change_days
from pfscore.checking.examples import expected_text
from pfscore.checking.proofs import Proof, proofs
from pfscore.foundation.numbers import decimal_text
from pfscore.report.rulesets.drawing import has_picture, picture
from pfscore.report.rulesets.words import WORDS, show
from pfscore.rulesets.edition import edition
from pfscore.rulesets.in_force import Authority, Edition, Loaded, RuleInForce
from pfscore.rulesets.load import inspect_family
from pfscore.rulesets.model.base import Evidence
from pfscore.rulesets.model.example import Example
from pfscore.rulesets.model.form_terms import Block
from pfscore.rulesets.model.rule import Applies, RuleVersion
from pfscore.rulesets.model.way import WAYS
from pfscore.scoring.row.awarding.award import evidence_listed, evidence_words

_KINDS = {"project": "项目支出", "department": "部门整体支出"}
_STATUS = {"active": "现行", "draft": "草案：依据未齐"}


@dataclass(frozen=True)
class Page:
    """A page, and the pictures that it shows, by file name."""

    markdown: str
    pictures: Mapping[str, str]


def ruleset_page(ruleset: str) -> Page:
    """Return the page of a built-in ruleset as it stands after its last change.

    >>> page = ruleset_page("cn-sh/project")
    >>> page.markdown.splitlines()[0]
    '# 上海市项目支出绩效自评 · `cn-sh/project`'
    >>> sorted(page.pictures)[0]
    'cn-sh-project.execution-rate.svg'
    """
    family, _ = inspect_family(ruleset)
    days = change_days(family)
    current = edition(family, days[-1])
    prefix = ruleset.replace("/", "-")
    pictures = {f"{prefix}.{rule.id}.svg": svg for rule in current.rules if (svg := picture([[rule]])) is not None}
    proved: dict[str, list[Proof]] = {}
    for proof in proofs(current):
        proved.setdefault(proof.rule.id, []).append(proof)
    lines = [
        *_head(current, family),
        *_sources(family),
        *_form(current),
        "## 规则 · Rules",
        "",
    ]
    lines += _pictures(_in_order(current.rules))
    for rule in _in_order(current.rules):
        lines += _rule(rule, current, proved.get(rule.id, []))
    lines += _history(family[0])
    return Page("\n".join(lines).rstrip() + "\n", pictures)


def picture_names(ruleset: str) -> tuple[str, ...]:
    """Return the file names of the pictures of a ruleset's own rules, without drawing them."""
    family, _ = inspect_family(ruleset)
    days = change_days(family)
    own = (rule for rule in edition(family, days[-1]).rules if rule.ruleset == ruleset)
    return tuple(_file(rule) for rule in own if has_picture(rule))


def _pictures(rules: Sequence[RuleInForce]) -> Iterator[str]:
    """Yield the pictures of the rules in a grid of two columns."""
    shown = [f"`{rule.id}`<br>![{rule.title}]({_file(rule)})" for rule in rules if has_picture(rule)]
    if not shown:
        return
    yield "| | |"
    yield "|---|---|"
    for first, second in zip_longest(shown[::2], shown[1::2], fillvalue=""):
        yield f"| {first} | {second} |"
    yield ""


def _in_order(rules: Sequence[RuleInForce]) -> list[RuleInForce]:
    """Budget lines first, then rules by name, then the general ones."""
    return sorted(rules, key=lambda rule: (rule.applies.row != "budget", rule.applies.name is None, rule.id))


def _head(current: Edition, family: Sequence[Loaded]) -> Iterator[str]:
    ruleset = family[0].ruleset
    yield f"# {ruleset.title} · `{ruleset.ruleset}`"
    yield ""
    yield "由规则集生成，不要手改。Generated from the ruleset."
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield f"| 地区 jurisdiction | {ruleset.jurisdiction} |"
    yield f"| 表的种类 kind | {_KINDS[ruleset.kind]} |"
    yield f"| 状态 status | {_STATUS[ruleset.status]} |"
    parents = " → ".join(f"[`{one.ruleset.ruleset}`]({one.ruleset.ruleset.replace('/', '-')}.md)" for one in family[1:])
    if parents:
        yield f"| 上级 extends | {parents} |"
    yield f"| 本页所示 as of | {current.on} |"
    yield ""
    if ruleset.note:
        yield from (*ruleset.note.strip().splitlines(), "")


def _sources(family: Sequence[Loaded]) -> Iterator[str]:
    yield "## 依据 · Sources"
    yield ""
    yield "| 简称 | 全称 | 依据等级 evidence | 要提高等级，须 to raise it, read | 说明 |"
    yield "|---|---|---|---|---|"
    for source in family[0].ruleset.sources:
        title = f"[{_cell(source.title)}]({source.url})" if source.url else _cell(source.title)
        evidence = _cell(evidence_words(source.evidence, source.read_to).zh)
        left = _left(source.evidence, source.read_to)
        known = f"{evidence} {source.evidence.value}"
        yield f"| {_cell(source.key)} | {title} | {known} | {left} | {_cell(source.note or '')} |"
    yield ""


def _left(evidence: Evidence, read_to: str | None) -> str:
    """Return what has to be read for a source to be known better; a dash where all of it was."""
    if evidence is Evidence.TEXT:
        return "—" if read_to is None else "其后的部分 the rest of it"
    return {
        Evidence.RESTATED: "所转述的原文 the document that is restated",
        Evidence.OBSERVED: "规定这些表怎样评分的文件 the rules that these forms follow",
        Evidence.DEFAULT: "写明这几项的文件 any document that rules on it",
        Evidence.NONE: "原文 the document itself",
    }[evidence]


def _form(current: Edition) -> Iterator[str]:
    terms = current.terms
    yield "## 整张表 · The form"
    yield ""
    blocks = terms.get("blocks")
    if blocks:
        yield "| 一级指标 block | 分值 points |"
        yield "|---|---|"
        yield from _blocks(blocks, "")
        yield ""
    said = [name for name in terms.values if name not in {"blocks"}]
    yield "| 通则 term | 内容 | 出处 |"
    yield "|---|---|---|"
    for name in said:
        yield f"| {WORDS[name].zh} | {_cell(show(name, terms.get(name)) or '')} | {_word(terms.authority[name])} |"
    if blocks:
        yield f"| {WORDS['blocks'].zh} | 见上表 | {_word(terms.authority['blocks'])} |"
    yield ""


def _blocks(blocks: Sequence[Block], indent: str) -> Iterator[str]:
    for block in blocks:
        points = "不固定" if block.points is None else decimal_text(block.points)
        if block.counts is not None:
            points += f"（按 {decimal_text(block.counts * 100)}% 计入总分）"
        yield f"| {indent}{block.name} | {points} |"
        yield from _blocks(block.parts or (), indent + "　")


def _file(rule: RuleInForce) -> str:
    """Return the name of the picture of a rule; a rule that is taken over has its parent's."""
    return f"{rule.ruleset.replace('/', '-')}.{rule.id}.svg"


def _rule(rule: RuleInForce, current: Edition, proved: Sequence[Proof]) -> Iterator[str]:
    version = rule.version
    yield f"### {rule.title} `{rule.id}`"
    yield ""
    if rule.ruleset != current.ruleset:
        yield f"沿用 [`{rule.ruleset}`]({rule.ruleset.replace('/', '-')}.md)。"
        yield ""
    yield f"- 适用：{scope(rule.applies)}"
    said = rule.layers[-1].rule.overrides if rule.layers else None
    if said or rule.overrides:
        yield f"- 优先于：{'、'.join(f'`{name}`' for name in said or rule.beats())}".replace("`通用规则`", "通用规则")
    yield from _how(rule)
    yield f"- 出处：{_word(rule.authority)}"
    yield from (
        f"- 另据（{'、'.join(cite.keys)}）：{_cell(cite.source)}{'，' + cite.at if cite.at else ''}"
        for cite in version.also or ()
    )
    if version.note:
        yield f"- 说明：{version.note.strip()}"
    yield from (f"- {proof.said()}" for proof in proved if proof.claims)
    yield ""
    if rule.ruleset == current.ruleset:
        yield from _examples(version)


def _how(rule: RuleInForce) -> Iterator[str]:
    version = rule.version
    if rule.formula is not None and version.formula is not None:
        yield f"- 公式：`{rule.formula.text_in('zh')}`"
        yield f"  <br>formula: `{rule.formula.text_in('en')}`"
    for key in (*(way for way in WAYS if way != "formula"), "points", "target", "not_applicable", "missing", "assume"):
        if (value := getattr(version, key)) is not None:
            yield f"- {WORDS[key].zh}：{show(key, value)}"
    if version.rounding is not None:
        yield f"- 取整：{show('rounding', version.rounding)}"
    if version.steps is not None:
        yield f"- 跳变的依据：{version.steps}"
    if version.overshoot is not None:
        yield f"- 超额调减的依据：{version.overshoot}"


def scope(applies: Applies) -> str:
    """Say in words what a rule is for.

    >>> scope(Applies(comparator=["≥"], target=["正"]))
    '指标值 ≥，且为正'
    """
    if applies.row == "budget":
        parts = ["预算行"]
    else:
        parts = ["本行自列各档起点的指标"] if applies.row == "graded" else []
        parts.append(f"指标值 {' '.join(applies.comparator)}" if applies.comparator else "各种指标值")
    if applies.name:
        parts.append(f"名为{'、'.join(f'“{name}”' for name in applies.name)}")
    if applies.block:
        parts.append(f"在{'、'.join(applies.block)}之下")
    if applies.unit:
        parts.append(f"单位是{'、'.join(applies.unit)}")
    if applies.target:
        parts.append(f"且为{'或'.join(applies.target)}")
    if applies.actual:
        parts.append(f"完成值是{'、'.join(applies.actual)}")
    return "，".join(parts)


def _examples(version: RuleVersion) -> Iterator[str]:
    if not version.examples:
        return
    yield "| 例子 | 指标值 | 完成值 | 分值 | 应得 | 取自 |"
    yield "|---|---|---|---|---|---|"
    for example in version.examples:
        target, actual = _cells(example)
        points = example.points or (decimal_text(version.points) if version.points is not None else "")
        expected = expected_text(example).zh
        given = "".join(
            f"；{word} {value}"
            for word, value in (
                ("评定比例", example.share),
                ("评定得分", example.decision),
                ("名次", example.rank),
                ("扣减", example.deduction),
            )
            if value is not None
        )
        row = (example.title or "", target, actual + given, points, expected, example.from_form or "")
        yield "| " + " | ".join(_cell(cell) for cell in row) + " |"
    yield ""


def _cells(example: Example) -> tuple[str, str]:
    if example.budget is not None or example.initial is not None:
        initial = f"年初 {example.initial}，" if example.initial else ""
        return f"{initial}预算 {example.budget or '—'}", f"执行 {example.expenditure or '—'}"
    if example.thresholds:
        return "，".join(f"{level} {edge}" for level, edge in example.thresholds), example.actual or "（空白）"
    target = f"{example.comparator or ''}{example.target or ''}{example.unit or ''}"
    return target or "（空白）", example.actual or "（空白）"


def _history(loaded: Loaded) -> Iterator[str]:
    ruleset = loaded.ruleset
    rows = [
        (f"{form.since}", "整张表", form.cite.source, f"停用：{form.disabled}" if form.disabled else "")
        for form in ruleset.form
    ]
    rows += [
        (
            f"{version.since}",
            f"`{rule.id}`",
            version.cite.source,
            f"停用：{version.disabled}" if version.disabled else "",
        )
        for rule in ruleset.rules
        for version in rule.versions
    ]
    rows += [(f"{removed.since}", f"`{removed.rule}`", removed.cite.source, "删除") for removed in ruleset.removed]
    if not rows:
        return
    yield "## 沿革 · History"
    yield ""
    yield "| 自 since | 内容 | 依据 | |"
    yield "|---|---|---|---|"
    for row in sorted(rows):
        yield "| " + " | ".join(_cell(cell) for cell in row) + " |"
    yield ""


def _word(authority: Authority) -> str:
    quote = f"：“{authority.quote}”" if authority.quote else ""
    place = f"，{authority.at}" if authority.at else ""
    evidence = evidence_words(authority.evidence, authority.read_to).zh
    return f"{_cell(authority.title)}{_cell(place)}（{_cell(evidence)}）{_cell(quote)}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def index_page(rulesets: Sequence[str]) -> str:
    """Return the page that lists the rulesets with their evidence."""
    lines = [
        "# 规则集 · Rulesets",
        "",
        "由规则集生成。每个规则集一页：分值、规则、公式、图、例子、依据。Generated; one page for each ruleset.",
        "",
        "| 规则集 | 名称 | 状态 | 依据等级 | 规则 | 例子 |",
        "|---|---|---|---|---|---|",
    ]
    for name in rulesets:
        ruleset = inspect_family(name)[0][0].ruleset
        evidence = "、".join(known.zh for known in evidence_listed(ruleset.sources))
        versions = [version for rule in ruleset.rules for version in rule.versions if version.disabled is None]
        examples = sum(len(version.examples) for version in versions)
        lines.append(
            f"| [`{name}`]({name.replace('/', '-')}.md) | {ruleset.title} | {_STATUS[ruleset.status][:2]} | {evidence}"
            f" | {len(ruleset.rules)} | {examples} |"
        )
    return "\n".join(lines) + "\n"
