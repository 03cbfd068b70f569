"""Why a row earns what it earns: as a tree that survives JSON, and as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from pfscore.forms.form import BudgetLine, Indicator
from pfscore.formulas.evaluation.compiled import EvaluationError, compile_formula
from pfscore.formulas.evaluation.narrated import explain_formula
from pfscore.formulas.evaluation.trace import Step
from pfscore.formulas.formula import Formula
from pfscore.foundation.numbers import Rounding, decimal_text
from pfscore.foundation.text import Lang, Message
from pfscore.rulesets.edition import Authority
from pfscore.rulesets.model.ruleset import Evidence, RoundingRule
from pfscore.scoring.row.awarding import rounding_of
from pfscore.scoring.row.readings_of_row import Outcome
from pfscore.scoring.row.result import RowResult

Row = Indicator | BudgetLine

OUTCOMES = {
    Outcome.SCORED: Message("已评分", "scored"),
    Outcome.JUDGEMENT: Message("待评定", "to be judged"),
    Outcome.NOT_APPLICABLE: Message("不适用", "not applicable"),
    Outcome.MISSING: Message("缺数", "missing"),
    Outcome.REFUSED: Message("不能评分", "refused"),
}
EVIDENCE = {
    Evidence.TEXT: Message("原文已读", "text read"),
    Evidence.RESTATED: Message("见转述", "seen restated"),
    Evidence.OBSERVED: Message("由公布的表推得", "inferred from published forms"),
    Evidence.NONE: Message("未见", "not seen"),
}
#: What becomes of a row that does not apply.
TREATMENTS = {
    "exclude": Message("不适用，不计入满分", "does not apply; left out of the total"),
    "rescale": Message("不适用，其余行折算为满分", "does not apply; the other rows are rescaled to the total"),
    "rescale_block": Message("不适用，在同一级指标内折算", "does not apply; the rest of its block is rescaled"),
    "full": Message("不适用，记满分", "does not apply; earns all its points"),
}
_COMPUTED = Message("计算", "computed")
_LEAST = Message("最低", "at least")
_MOST = Message("最高", "at most")
ROUNDING = {
    Rounding.HALF_UP: Message("四舍五入", "half up"),
    Rounding.HALF_EVEN: Message("四舍六入五成双", "half to even"),
    Rounding.DOWN: Message("截断", "cut off"),
    Rounding.UP: Message("进位", "rounded up"),
}


def trace(row: Row, one: RowResult) -> Step:
    """Return the tree of a row: readings, assumptions, the rule, the formula's steps, rounding, the score."""
    steps = (*_read_steps(row, one), *_rule_steps(one))
    low, high = one.award.low, one.award.high
    text = OUTCOMES[one.outcome].zh
    if low is None or high is None:
        return Step("score", text, op=one.outcome.value, label="", steps=steps)
    if low == high:
        return Step("score", text, op=one.outcome.value, number=low, steps=steps)
    return Step("score", text, op=one.outcome.value, label=_interval(low, high), steps=steps)


def _read_steps(row: Row, one: RowResult) -> Iterator[Step]:
    if not isinstance(row, Indicator) or one.cells is None:
        return
    for text, reading in ((row.full_target, one.cells.target), (row.actual, one.cells.actual)):
        if reading is not None:
            yield Step("reading", text or "", label=str(reading))
    for item in one.assumptions:
        yield Step("assumption", item.message.zh, op=item.key, truth=True)


def _rule_steps(one: RowResult) -> Iterator[Step]:
    rule, award = one.rule_in_force, one.award
    if rule is None and award.chosen is not None:
        yield Step("decision", "由评价人评定", op=award.chosen, number=award.raw)
    if rule is not None:
        yield Step("rule", rule.title, op=rule.id, label=_authority(rule.authority))
        if computed := [step for _, step in _formula_steps(one)]:
            yield from computed
        elif award.share is not None:
            yield _share_step(one)
        if award.chosen is not None:
            yield Step("decision", "由评价人评定", op=award.chosen, number=award.raw)
        if (rounding := _score_rounding(one)) is not None:
            yield Step(
                "rounding", _rounding_text(rounding, "zh"), op=rounding.mode.value, number=_rounded(one, rounding)
            )
        if award.deducted is not None:
            yield Step("decision", "另行扣减", op="deduction", number=award.deducted)
    if award.treatment in TREATMENTS:
        yield Step("decision", TREATMENTS[award.treatment].zh, op=award.treatment, label="")


def _rounded(one: RowResult, rounding: RoundingRule) -> Fraction | None:
    """Return the score as rounding left it, before anything was taken off by hand."""
    if one.award.deducted is None or one.award.raw is None:
        return one.award.low
    return rounding.apply(one.award.raw)


def _formula_steps(one: RowResult) -> list[tuple[Message, Step]]:
    """Return what was computed, each with what it is called: the score, or the bounds of a judgement."""
    rule, env = one.rule_in_force, one.award.env
    if rule is None or not env:
        return []
    named = [(_COMPUTED, rule.formula)]
    if one.award.by_person:
        named = list(zip((_LEAST, _MOST), rule.bounds or (), strict=False))
    return [(name, step) for name, formula in named if formula is not None and (step := _traced(formula, env))]


def _traced(formula: Formula, env: Mapping[str, Fraction | bool]) -> Step | None:
    try:
        return compile_formula(formula).trace(env)
    except EvaluationError as error:
        return None if error.code == "PF433" else error.step


def _share_step(one: RowResult) -> Step:
    share = "" if one.award.share is None else one.award.share.percent()
    if one.outcome is Outcome.SCORED and one.award.raw is not None and one.award.chosen is None:
        return Step("decision", f"分值的 {share}", number=one.award.raw)
    return Step("decision", f"分值的 {share}", label=share)


def _score_rounding(one: RowResult) -> RoundingRule | None:
    if one.rule_in_force is None or one.award.raw is None or one.award.low is None:
        return None
    return rounding_of(one.rule_in_force, "score")


def explain(row: Row, one: RowResult, lang: Lang = "zh") -> str:
    """Say in a few lines why a row earns what it earns."""
    zh = lang == "zh"
    name = row.name if isinstance(row, Indicator) else row.label
    lines = [f"{name}{'：' if zh else ': '}{result(one, lang)}" if name else result(one, lang)]
    lines += _reading_lines(row, one, lang) if isinstance(row, Indicator) else _amount_lines(row, lang)
    rule = one.rule_in_force
    if rule is not None:
        lines.append(f"  规则：{rule.title}（{rule.id}）" if zh else f"  rule: {rule.title} ({rule.id})")
        lines.append(("  依据：" if zh else "  cited: ") + _authority_line(rule.authority, lang))
        lines += _computation_lines(one, lang)
    if one.award.treatment in TREATMENTS:
        lines.append("  " + TREATMENTS[one.award.treatment].text(lang))
    lines += [f"  {diagnostic.code} {diagnostic.message.text(lang)}" for diagnostic in one.diagnostics]
    return "\n".join(lines)


def result(one: RowResult, lang: Lang = "zh") -> str:
    """Return the result of a row in a few words: `9.48 / 10 分`, `待评定 [8, 10]`."""
    low, high, points = one.award.low, one.award.high, one.points_exact
    outcome = OUTCOMES[one.outcome].text(lang)
    unit = " 分" if lang == "zh" else " points"
    if points is None or low is None or high is None:
        return outcome if one.outcome is not Outcome.SCORED else ("无分值" if lang == "zh" else "no points")
    if low == high:
        shown = f"{decimal_text(low)} / {decimal_text(points)}{unit}"
        return shown if one.outcome is Outcome.SCORED else f"{outcome} {shown}"
    return f"{outcome} {_interval(low, high)} / {decimal_text(points)}{unit}"


def _reading_lines(row: Indicator, one: RowResult, lang: Lang) -> list[str]:
    zh = lang == "zh"
    lines = []
    cells = one.cells
    pairs = (
        ("指标值" if zh else "target", (row.comparator, row.full_target, row.unit), cells.target if cells else None),
        ("完成值" if zh else "actual", (row.actual,), cells.actual if cells else None),
    )
    for label, written, reading in pairs:
        text = " ".join(part for part in written if part)
        shown = f"“{text}”" if text else ("（空白）" if zh else "(blank)")
        read = "" if reading is None else f" → {reading.in_words(lang)}"
        lines.append(f"  {label}{'：' if zh else ': '}{shown}{read}")
    lines += [("  推定：" if zh else "  assumed: ") + item.message.text(lang) for item in one.assumptions]
    met = one.award.comparison.met
    if met is not None:
        lines.append(("  达标：是" if met else "  达标：否") if zh else f"  met: {'yes' if met else 'no'}")
    return lines


def _amount_lines(row: BudgetLine, lang: Lang) -> list[str]:
    zh = lang == "zh"
    parts = [
        f"{label} {text}"
        for label, text in (
            ("年初预算数" if zh else "initial", row.initial),
            ("全年预算数" if zh else "budget", row.budget),
            ("全年执行数" if zh else "expenditure", row.expenditure),
        )
        if text
    ]
    return ["  " + ("，" if zh else ", ").join(parts)] if parts else []


def _computation_lines(one: RowResult, lang: Lang) -> list[str]:
    zh = lang == "zh"
    lines = []
    steps = _formula_steps(one)
    lines += [f"  {name.text(lang)}{'：' if zh else ': '}{explain_formula(step, lang)}" for name, step in steps]
    if not steps and one.award.share is not None:
        share = one.award.share.percent()
        level = f"{one.award.level}，" if one.award.level and zh else f"{one.award.level}, " if one.award.level else ""
        lines.append(f"  档：{level}分值的 {share}" if zh else f"  level: {level}{share} of the points")
    rounding, raw = _score_rounding(one), one.award.raw
    if rounding is not None and raw is not None:
        after = _rounded(one, rounding)
        if after is not None and after != raw:
            colon = "：" if zh else ": "
            lines.append(f"  {_rounding_text(rounding, lang)}{colon}{_finite(raw)} → {decimal_text(after)}")
    if one.award.chosen is not None and one.award.raw is not None:
        given = decimal_text(one.award.raw)
        lines.append(f"  评定：由评价人定为 {given} 分" if zh else f"  decided: a person gave {given} points")
    if one.award.deducted is not None and one.award.low is not None:
        taken, left = decimal_text(one.award.deducted), decimal_text(one.award.low)
        lines.append(
            f"  另行扣减 {taken} 分，余 {left} 分" if zh else f"  {taken} points taken off by hand, {left} left"
        )
    return lines


def _finite(number: Fraction) -> str:
    """Write a number for reading; an endless decimal is cut and marked."""
    text = decimal_text(number)
    if "/" not in text and len(text) <= 16:
        return text
    scaled = number.numerator * 10**6 // number.denominator
    return f"{decimal_text(Fraction(scaled, 10**6))}…"


def _rounding_text(rounding: RoundingRule, lang: Lang) -> str:
    mode = ROUNDING[rounding.mode].text(lang)
    unit = decimal_text(rounding.unit)
    if lang == "zh":
        return f"{mode}到 {rounding.digits} 位小数" if rounding.digits is not None else f"{mode}到 {unit} 的倍数"
    kept = f"{rounding.digits} decimals" if rounding.digits is not None else f"steps of {unit}"
    return f"rounded {mode} to {kept}"


def _interval(low: Fraction, high: Fraction) -> str:
    return f"[{decimal_text(low)}, {decimal_text(high)}]"


def _authority(authority: Authority) -> str:
    return f"{authority.ruleset}：{authority.text()}"


def _authority_line(authority: Authority, lang: Lang) -> str:
    evidence = EVIDENCE[authority.evidence].text(lang)
    place = f"{authority.title}，{authority.at}" if authority.at and lang == "zh" else authority.title
    if authority.at and lang == "en":
        place = f"{authority.title}, {authority.at}"
    quote = f"“{authority.quote}”" if authority.quote else ""
    return f"{place}（{evidence}）{quote}" if lang == "zh" else f"{place} ({evidence}) {quote}".rstrip()
