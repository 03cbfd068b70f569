"""One sentence for each row: why it earns what it earns."""

from __future__ import annotations

from pfscore.cells.lexicon.quantities import Quantity, say
from pfscore.cells.readings import Between, Bound, Reading, TargetKind
from pfscore.foundation.numbers import decimal_places, decimal_text, round_to
from pfscore.foundation.text import Lang
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.row.score import BudgetScore, IndicatorScore, Score

_NOT = {
    TargetKind.AT_LEAST: "<",
    TargetKind.AT_MOST: ">",
    TargetKind.GREATER_THAN: "≤",
    TargetKind.LESS_THAN: "≥",
    TargetKind.EQUAL: "≠",
}


def reason(one: Score, lang: Lang = "zh") -> str:
    """Return the reason for a row's result, in one sentence.

    What was assumed is named, so that a reader sees which points rest on more than the text.
    """
    if isinstance(one, BudgetScore):
        return _budget_reason(one, lang)
    if not isinstance(one, IndicatorScore):
        raise TypeError(f"not a row score: {one!r}")
    zh = lang == "zh"
    match one.outcome:
        case Outcome.NOT_APPLICABLE:
            return "不适用" if zh else "not applicable"
        case Outcome.INFORMATION:
            return "合计，不是指标" if zh else "a sum, no indicator"
        case Outcome.COMPARED:
            return _compared(one, lang)
        case Outcome.MISSING | Outcome.REFUSED:
            return one.diagnostics[0].message.text(lang) if one.diagnostics else ""
    return _scored(one, lang)


def _scored(one: IndicatorScore, lang: Lang) -> str:
    """Describe how a row with points stands to its target, what it lacks, and what was assumed."""
    zh = lang == "zh"
    parts = [_verdict(one, lang)]
    if one.outcome is Outcome.JUDGEMENT and not parts[0] and one.diagnostics:
        parts = [one.diagnostics[0].message.text(lang)]
    if one.outcome is Outcome.JUDGEMENT:
        parts.append("由评价人评定" if zh else "a person must judge")
    elif one.award.low != one.points_exact and one.completion is not None:
        rate = percent_text(Quantity(one.completion, "1"), lang)
        parts.append(f"完成率 {rate}" if zh else f"completion {rate}")
    if one.assumptions:
        parts.append(
            ("推定：" if zh else "assumed: ")
            + ("；" if zh else "; ").join(item.message.text(lang) for item in one.assumptions)
        )
    return ("；" if zh else "; ").join(part for part in parts if part)


def _compared(one: IndicatorScore, lang: Lang) -> str:
    """Describe whether a row without points is met, how much was done, and what was assumed."""
    zh = lang == "zh"
    parts = [_verdict(one, lang) or ("未能判断是否达标" if zh else "met or missed is open")]
    if one.completion is not None:
        parts.append(f"{'完成率' if zh else 'completion'} {percent_text(Quantity(one.completion, '1'), lang)}")
    if one.assumptions:
        said = ("；" if zh else "; ").join(item.message.text(lang) for item in one.assumptions)
        parts.append(f"推定：{said}" if zh else f"assumed: {said}")
    missing = one.diagnostics[0].message.text(lang) if one.diagnostics else "没有分值" if zh else "no points"
    return ("；" if zh else "; ").join([*parts, missing])


def percent_text(share: Quantity, lang: Lang = "zh") -> str:
    """Write a ratio as a percentage of at most two decimals, marked where digits are cut."""
    hundred = share.value * 100
    if decimal_places(hundred) is not None and (decimal_places(hundred) or 0) <= 2:
        return f"{decimal_text(hundred)}%"
    return f"{'约' if lang == 'zh' else 'about'} {decimal_text(round_to(hundred, 2))}%"


def _verdict(one: IndicatorScore, lang: Lang) -> str:
    zh = lang == "zh"
    if one.met is None:
        undecided = one.award.comparison.undecided
        return undecided.message.text(lang) if undecided is not None else ""
    word = ("达标" if one.met else "未达标") if zh else ("met" if one.met else "missed")
    relation = _relation(one, lang)
    if not relation:
        return word
    return f"{word}：{relation}" if zh else f"{word}: {relation}"


def _relation(one: IndicatorScore, lang: Lang) -> str:
    """Write how the actual stands to the target: `59.22% 不在 60%~80% 之内`."""
    cells, comparison = one.cells, one.award.comparison
    if cells is None or cells.target is None or cells.actual is None:
        return ""
    actual = _said(cells.actual, lang)
    if isinstance(cells.target, Between):
        inside = ("在" if one.met else "不在", " 之内") if lang == "zh" else ("within" if one.met else "outside", "")
        return f"{actual} {inside[0]} {cells.target}{inside[1]}"
    if isinstance(cells.target, Bound) and comparison.direction in {"higher", "lower", "equal"}:
        op = cells.target.op
        if op is TargetKind.BARE:
            op = TargetKind.AT_LEAST if comparison.direction == "higher" else TargetKind.AT_MOST
        return f"{actual} {op.sign if one.met else _NOT[op]} {say(cells.target.quantity, lang)}"
    return ""


def _said(reading: Reading, lang: Lang) -> str:
    return reading.in_words(lang)


def _budget_reason(one: BudgetScore, lang: Lang) -> str:
    zh = lang == "zh"
    if one.diagnostics:
        return one.diagnostics[0].message.text(lang)
    if one.execution_rate is None:
        return ""
    rate = percent_text(Quantity(one.execution_rate, "1"), lang)
    return f"执行率 {rate}" if zh else f"execution rate {rate}"
