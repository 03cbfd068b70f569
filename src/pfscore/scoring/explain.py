"""Why a row earns what it earns: as a tree that survives JSON, and as sentences."""

from __future__ import annotations

from fractions import Fraction

from pfscore.foundation.numbers import Rounding, decimal_text
from pfscore.foundation.text import Lang, Message
from pfscore.rules.edition import Authority
from pfscore.rules.model import Evidence, RoundingRule
from pfscore.scoring.awarding import rounding_of
from pfscore.scoring.cells import Outcome
from pfscore.scoring.evaluate import EvaluationError, compile_formula
from pfscore.scoring.narration import explain_formula
from pfscore.scoring.score import BudgetScore, IndicatorScore, RowScore, Sheet
from pfscore.scoring.steps import Step

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
ROUNDING = {
    Rounding.HALF_UP: Message("四舍五入", "half up"),
    Rounding.HALF_EVEN: Message("四舍六入五成双", "half to even"),
    Rounding.DOWN: Message("截断", "cut off"),
    Rounding.UP: Message("进位", "rounded up"),
}


def trace(one: RowScore) -> Step:
    """Return the tree of a row: readings, assumptions, the rule, the formula's steps, rounding, the score."""
    steps: list[Step] = []
    if isinstance(one, IndicatorScore) and one.cells is not None:
        for text, reading in ((one.row.full_target, one.cells.target), (one.row.actual, one.cells.actual)):
            if reading is not None:
                steps.append(Step("reading", text or "", label=str(reading)))
        steps += [Step("assumption", item.message.zh, op=item.key, truth=True) for item in one.assumptions]
    if one.rule_in_force is not None:
        steps.append(
            Step(
                "rule", one.rule_in_force.title, op=one.rule_in_force.id, label=_authority(one.rule_in_force.authority)
            )
        )
        if (formula := _formula_step(one)) is not None:
            steps.append(formula)
        elif one.award.share is not None:
            steps.append(_share_step(one))
        if (rounding := _score_rounding(one)) is not None:
            steps.append(Step("rounding", _rounding_text(rounding, "zh"), op=rounding.mode.value, number=one.award.low))
    low, high = one.award.low, one.award.high
    text = OUTCOMES[one.outcome].zh
    if low is None or high is None:
        return Step("score", text, op=one.outcome.value, label="", steps=tuple(steps))
    if low == high:
        return Step("score", text, op=one.outcome.value, number=low, steps=tuple(steps))
    return Step("score", text, op=one.outcome.value, label=_interval(low, high), steps=tuple(steps))


def _formula_step(one: RowScore) -> Step | None:
    rule = one.rule_in_force
    if rule is None or rule.formula is None or not one.award.env or set(rule.formula.names) - set(one.award.env):
        return None
    try:
        return compile_formula(rule.formula).trace(one.award.env)
    except EvaluationError as error:
        return error.step


def _share_step(one: RowScore) -> Step:
    share = str(one.award.share)
    if one.outcome is Outcome.SCORED and one.award.raw is not None:
        return Step("decision", f"分值的 {share}", number=one.award.raw)
    return Step("decision", f"分值的 {share}", label=share)


def _score_rounding(one: RowScore) -> RoundingRule | None:
    if one.rule_in_force is None or one.award.raw is None or one.award.low is None:
        return None
    return rounding_of(one.rule_in_force, "score")


def explain(one: RowScore, lang: Lang = "zh") -> str:
    """Say in a few lines why a row earns what it earns."""
    zh = lang == "zh"
    lines = [_headline(one, lang)]
    if isinstance(one, IndicatorScore):
        lines += _reading_lines(one, lang)
    elif isinstance(one, BudgetScore):
        lines += _amount_lines(one, lang)
    rule = one.rule_in_force
    if rule is not None:
        lines.append(f"  规则：{rule.title}（{rule.id}）" if zh else f"  rule: {rule.title} ({rule.id})")
        lines.append(("  依据：" if zh else "  cited: ") + _authority_line(rule.authority, lang))
        lines += _computation_lines(one, lang)
    lines += [f"  {diagnostic.code} {diagnostic.message.text(lang)}" for diagnostic in one.diagnostics]
    return "\n".join(lines)


def _headline(one: RowScore, lang: Lang) -> str:
    name = one.row.name if isinstance(one, IndicatorScore) else one.row.label if isinstance(one, BudgetScore) else ""
    return f"{name}：{result(one, lang)}" if lang == "zh" else f"{name}: {result(one, lang)}"


def result(one: RowScore, lang: Lang = "zh") -> str:
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


def _reading_lines(one: IndicatorScore, lang: Lang) -> list[str]:
    zh = lang == "zh"
    lines = []
    cells = one.cells
    row = one.row
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
    if one.met is not None:
        lines.append(("  达标：是" if one.met else "  达标：否") if zh else f"  met: {'yes' if one.met else 'no'}")
    return lines


def _amount_lines(one: BudgetScore, lang: Lang) -> list[str]:
    row, zh = one.row, lang == "zh"
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


def _computation_lines(one: RowScore, lang: Lang) -> list[str]:
    zh = lang == "zh"
    lines = []
    step = _formula_step(one)
    if step is not None:
        lines.append(("  计算：" if zh else "  computed: ") + explain_formula(step, lang))
    elif one.award.share is not None:
        lines.append(
            ("  档：" if zh else "  level: ")
            + (f"分值的 {one.award.share.percent()}" if zh else f"{one.award.share.percent()} of the points")
        )
    rounding = _score_rounding(one)
    if (
        rounding is not None
        and one.award.raw != one.award.low
        and one.award.raw is not None
        and one.award.low is not None
    ):
        before, after = _finite(one.award.raw), decimal_text(one.award.low)
        lines.append(f"  {_rounding_text(rounding, lang)}{'：' if zh else ': '}{before} → {after}")
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


def explain_sheet(sheet: Sheet, lang: Lang = "zh") -> str:
    """Say for every row why it earns what it earns, then how the total comes about."""
    rows: tuple[RowScore, ...] = (*(line for line in sheet.budget if line.points_exact is not None), *sheet.indicators)
    parts = [explain(one, lang) for one in rows]
    parts.append("\n".join(sheet.total_steps))
    return "\n\n".join(parts)
