"""What changes between two rulesets, or two days of one: in sentences, and in the scores of forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Lang, Message
from pfscore.rules.edition import Edition, RuleInForce
from pfscore.rules.in_force import TERMS, plain
from pfscore.rules.model import WAYS, RoundingRule, Strict
from pfscore.rules.scalars import Range
from pfscore.scoring.form import Form
from pfscore.scoring.score import BudgetScore, IndicatorScore, Sheet

_KEYS = (*WAYS, "points", "target", "not_applicable", "missing", "assume", "rounding", "overshoot", "steps")
#: What the keys of a ruleset are called in a sentence.
WORDS: dict[str, Message] = {
    "formula": Message("公式", "the formula"),
    "levels": Message("定性分档", "the levels"),
    "bands": Message("数值分档", "the bands"),
    "thresholds": Message("自列起点的分档", "the thresholds"),
    "judgement": Message("由评价人评定的办法", "what is left to a person"),
    "points": Message("固定的分值", "the fixed points"),
    "target": Message("固定的指标值", "the fixed target"),
    "not_applicable": Message("不适用的办法", "rows that do not apply"),
    "missing": Message("缺完成值的办法", "blank actuals"),
    "assume": Message("推定", "what is assumed"),
    "rounding": Message("取整", "rounding"),
    "overshoot": Message("超额调减的条款", "the overshoot clause"),
    "steps": Message("跳变的条款", "the clause for jumps"),
    "total": Message("满分", "the total"),
    "blocks": Message("各一级指标的分值", "the points of the blocks"),
    "grades": Message("等级", "the grades"),
    "either": Message("二者择一", "indicators of which one counts"),
    "deduction": Message("人工扣减", "deductions by hand"),
    "period": Message("按哪一期指标值", "the period of the targets"),
    "deviation": Message("偏差率的印法", "how deviations are printed"),
    "borrow_unit": Message("借用单位", "borrowing units"),
    "far_exceeded": Message("目标偏低的提示", "when a target seems too low"),
    "lights": Message("监控灯", "the monitoring lights"),
    "applies": Message("适用范围", "the scope"),
    "overrides": Message("优先于", "what it overrides"),
}

#: What the words of the file format mean in a sentence.
_SAID = {
    "exclude": "不计入满分",
    "rescale": "其余行折算为满分",
    "rescale_block": "在同一级指标内折算",
    "full": "记满分",
    "open": "不评分",
    "zero": "记 0 分",
    "higher": "不低于",
    "lower": "不超过",
    "half_up": "四舍五入",
    "half_even": "四舍六入五成双",
    "down": "截断",
    "up": "进位",
    "direction": "没有符号的数视为",
    "equal": "等号视为",
    "at_edge": "恰在界限上视为达标",
    "tolerance": "“左右”的容差",
    "answered_percent": "以 100% 回答视为达标",
    "same_words": "用词相同视为达标",
    "when": "当",
    "share": "占分值的比例",
    "low": "最低",
    "high": "最高",
    "full_when_met": "达标记满分",
    "row": "行",
    "indicator": "指标行",
    "graded": "自列起点的指标行",
    "budget": "预算行",
    "comparator": "指标值",
    "block": "所在",
    "name": "名称",
    "unit": "单位",
    "target": "正负",
    "actual": "完成值",
}


@dataclass(frozen=True)
class Change:
    """One difference: where (the form, or a rule), of what kind, and the two sides."""

    where: str
    key: str
    before: str | None
    after: str | None

    def said(self, lang: Lang = "zh") -> str:
        """Say the difference in one sentence."""
        zh = lang == "zh"
        if self.key == "rule":
            what = self.before or self.after or ""
            if self.after is None:
                return f"没有规则 {self.where}（{what}）了" if zh else f"rule {self.where} ({what}) is gone"
            return f"新增规则 {self.where}：{what}" if zh else f"new rule {self.where}: {what}"
        word = WORDS[self.key].text(lang)
        place = (
            ("整张表的" if zh else "of the form, ")
            if self.where == "form"
            else (f"规则 {self.where} 的" if zh else f"rule {self.where}: ")
        )
        before, after = self.before or ("（没有）" if zh else "(none)"), self.after or ("（没有）" if zh else "(none)")
        return (
            f"{place}{word}由“{before}”改为“{after}”" if zh else f"{place}{word} changes from “{before}” to “{after}”"
        )


def changes(before: Edition, after: Edition) -> Iterator[Change]:
    """Yield what differs between two editions, the form first, then the rules by id.

    >>> from datetime import date
    >>> from pfscore.rules.edition import edition
    >>> from pfscore.rules.load import load_family
    >>> here, there = (edition(load_family(name), date(2023, 12, 31)) for name in ("cn/project", "cn-sh/project"))
    >>> print(next(changes(here, there)).said())
    整张表的等级由“优 90 起，良 80 起，中 60 起，差 0 起”改为“不评”
    """
    for term in TERMS:
        yield from _changed("form", term, before.terms.get(term), after.terms.get(term))
    ids = sorted({rule.id for rule in (*before.rules, *after.rules)})
    for rule_id in ids:
        old, new = before.rule(rule_id), after.rule(rule_id)
        if old is None or new is None:
            only = old or new
            said = None if only is None else f"{only.title}；{_how(only)}"
            yield Change(rule_id, "rule", said if new is None else None, said if old is None else None)
            continue
        yield from _changed(rule_id, "applies", old.applies, new.applies)
        yield from _changed(rule_id, "overrides", tuple(sorted(old.overrides)), tuple(sorted(new.overrides)))
        for key in _KEYS:
            if key == "formula" and old.formula == new.formula and old.version.bands is None is new.version.bands:
                continue
            yield from _changed(rule_id, key, getattr(old.version, key), getattr(new.version, key))


def _changed(where: str, key: str, before: Any, after: Any) -> Iterator[Change]:
    if plain(before) != plain(after):
        yield Change(where, key, show(key, before), show(key, after))


def _how(rule: RuleInForce) -> str:
    return next(
        (f"{WORDS[way].zh} {show(way, value)}" for way in WAYS if (value := getattr(rule.version, way)) is not None), ""
    )


def show(key: str, value: Any) -> str | None:
    """Write a value of a ruleset for a sentence."""
    if value is None:
        return None
    if key in {"grades", "lights"}:
        return "，".join(f"{step.name} {decimal_text(step.since)} 起" for step in value) or "不评"
    if key == "blocks":
        return "，".join(
            f"{block.name} {decimal_text(block.points) if block.points is not None else '不定'}" for block in value
        )
    if key in {"levels", "thresholds"}:
        named = ((row.level if isinstance(row.level, str) else row.level[0], row.share.percent()) for row in value)
        return "，".join(f"{level} {share}" for level, share in named)
    if key == "bands":
        ratio = "率" in value.of
        bands = (
            f"{row.range.percent() if ratio else row.range} → "
            + (_percent(row.share) if row.points is None else f"{decimal_text(row.points)} 分")
            for row in value.table
        )
        return f"按{value.of}：" + "，".join(bands)
    return _plainly(value)


def _plainly(value: Any) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case Fraction():
            return decimal_text(value)
        case Range():
            return value.percent()
        case RoundingRule():
            kept = f"{value.digits} 位小数" if value.digits is not None else f"{decimal_text(value.unit)} 的倍数"
            return f"{_SAID[value.mode.value]}到 {kept}" + (
                "（完成率）" if getattr(value, "at", "") == "completion" else ""
            )
        case Strict():
            given = value.model_dump(exclude_none=True, exclude_defaults=True)
            return "，".join(f"{_SAID.get(key, key)} {_plainly(getattr(value, key))}" for key in given) or "不限"
        case tuple():
            return "、".join(_plainly(member) for member in value) or "（无）"
    return _SAID.get(str(value), str(value))


def _percent(share: Fraction | None) -> str:
    return f"{decimal_text((share or Fraction(0)) * 100)}%"


@dataclass(frozen=True)
class Moved:
    """A row, or the total of a form (`name` is empty), that earns something else."""

    form: str
    name: str
    before: tuple[Decimal | None, Decimal | None]
    after: tuple[Decimal | None, Decimal | None]

    @property
    def by(self) -> Decimal | None:
        """By how much the score changes, where both are single numbers."""
        (low, high), (new_low, new_high) = self.before, self.after
        if low is None or new_low is None or low != high or new_low != new_high:
            return None
        return Decimal(decimal_text(Fraction(new_low) - Fraction(low)))

    def said(self, lang: Lang = "zh") -> str:
        """Say the change in one line."""
        before, after = _scores(self.before, lang), _scores(self.after, lang)
        by = "" if self.by is None else f"（{'+' if self.by > 0 else ''}{self.by}）"
        name = self.name or ("总分" if lang == "zh" else "total")
        return f"《{self.form}》{name}：{before} → {after}{by}"


def moved(form: Form, before: Sheet, after: Sheet) -> Iterator[Moved]:
    """Yield the rows of a form that earn something else under the second ruleset, then the total."""
    old: Sequence[BudgetScore | IndicatorScore] = (*before.budget, *before.indicators)
    new: Sequence[BudgetScore | IndicatorScore] = (*after.budget, *after.indicators)
    for one, other in zip(old, new, strict=True):
        pair = (one.low, one.high), (other.low, other.high)
        if pair[0] != pair[1]:
            name = one.label if isinstance(one, BudgetScore) else one.name
            yield Moved(form.title, name, *pair)
    totals = (before.low, before.high), (after.low, after.high)
    if totals[0] != totals[1]:
        yield Moved(form.title, "", *totals)


def _scores(scores: tuple[Decimal | None, Decimal | None], lang: Lang) -> str:
    low, high = scores
    if low is None or high is None:
        return "不计分" if lang == "zh" else "no score"
    return f"{low}" if low == high else f"[{low}, {high}]"
