"""One sentence for each row, why it earns what it earns, and one for the total and for the rules."""

from __future__ import annotations

from fractions import Fraction

from pfscore.auditing.case import case_of
from pfscore.auditing.totals import Totals, totals_of
from pfscore.cells.lexicon.quantities import Quantity, say
from pfscore.cells.readings import Achieved, Between, Bound, Measured, Reading, TargetKind
from pfscore.forms.form import Form, stated_grade
from pfscore.foundation.folding import fold
from pfscore.foundation.numbers import decimal_places, decimal_text, round_to
from pfscore.foundation.text import Lang, Message
from pfscore.report.table_text import interval
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.row.score import BudgetScore, IndicatorScore, Score
from pfscore.scoring.sheet import Sheet

#: What is shown where there is no figure.
NOTHING = "—"
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
            return one.award.words.text(lang)
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
        parts.append(_left_open(one).text(lang))
    elif not one.is_full and one.completion is not None:
        parts.append(_shortfall(one, one.completion).text(lang))
    if one.assumptions:
        parts.append(
            ("推定：" if zh else "assumed: ")
            + ("；" if zh else "; ").join(item.message.text(lang) for item in one.assumptions)
        )
    return ("；" if zh else "; ").join(part for part in parts if part)


def _left_open(one: IndicatorScore) -> Message:
    """Return why the rule gives no score: it says nothing of a missed target, or leaves a range to a person."""
    award = one.award
    if award.in_doubt:
        return Message("这一行存疑，核对之前不定分", "the row is doubtful, its score open until it is checked")
    rule = one.rule_in_force
    if award.comparison.met is False and award.comparison.actual is None and rule is not None and rule.formula:
        return Message(
            "没有写完成多少，无法按规则计算，由评价人评定",
            "how much was reached is not said, so the rule cannot be computed; a person must judge",
        )
    if award.comparison.met is False and award.comparison.stated is not None and rule is not None and rule.formula:
        return Message(
            "没有写确切的数，无法按规则计算，由评价人评定",
            "no exact number is given, so the rule cannot be computed; a person must judge",
        )
    if award.comparison.met is False and award.low == 0 and award.high == one.points_exact:
        return Message("规则没有定怎样扣分，由评价人评定", "the ruleset is silent; a person must judge")
    if award.low != 0 and award.comparison.undecided is None:
        return Message("规则只给出范围，由评价人评定", "the rule gives a range alone; a person must judge")
    return Message("由评价人评定", "a person must judge")


def _shortfall(one: IndicatorScore, completion: Fraction) -> Message:
    """Return how far a row is off; of a ceiling by how much it was exceeded, and what share of the points is left."""
    if one.met is not False or one.award.comparison.direction != "lower" or one.award.raw is None:
        rate = Quantity(completion, "1")
        return Message(f"完成率 {percent_text(rate)}", f"completion {percent_text(rate, 'en')}")
    over, share = Quantity(completion - 1, "1"), Quantity(one.award.raw / (one.points_exact or 1), "1")
    return Message(
        f"超出{_about(over)}，得分值的{_about(share)}",
        f"exceeded by {percent_text(over, 'en')}, earns {percent_text(share, 'en')} of the points",
    )


def _about(share: Quantity) -> str:
    """Return a percentage for behind a Chinese word."""
    text = percent_text(share)
    return text if text.startswith("约") else f" {text}"


def settled_by(one: Score, lang: Lang = "zh") -> str:
    """Return what settles a row that is open, and how; nothing for one that is not."""
    low, high = one.award.low, one.award.high
    if low is None or high is None or low == high:
        return ""
    if one.outcome is Outcome.JUDGEMENT:
        least, most = decimal_text(low), decimal_text(high)
        said = Message(
            f"评价人定分，{least} 到 {most}",
            f"a person gives {least} to {most}",
        )
        return said.text(lang)
    hint = one.diagnostics[0].hint if one.diagnostics else None
    return "" if hint is None else hint.text(lang)


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
    if isinstance(cells.actual, Achieved):
        return f"{'完成值只写' if lang == 'zh' else 'the actual only says '}“{one.row.actual}”"
    if comparison.stated is not None and not isinstance(cells.actual, Bound):  # 15日内 ← 按期办结, 100%
        return ""
    if isinstance(cells.target, Between):
        inside = ("在" if one.met else "不在", " 之内") if lang == "zh" else ("within" if one.met else "outside", "")
        return f"{actual} {inside[0]} {cells.target}{inside[1]}"
    if isinstance(cells.target, Bound) and comparison.direction in {"higher", "lower", "equal"}:
        op = cells.target.op
        if op is TargetKind.BARE:
            op = TargetKind.AT_LEAST if comparison.direction == "higher" else TargetKind.AT_MOST
        return f"{actual} {op.sign if one.met else _NOT[op]} {_in_own_unit(cells.target.quantity, lang)}"
    return ""


def _said(reading: Reading, lang: Lang) -> str:
    return _in_own_unit(reading.quantity, lang) if isinstance(reading, Measured) else reading.in_words(lang)


#: The scale words of units, as forms write them before the unit.
_SCALES = (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100))


def _in_own_unit(quantity: Quantity, lang: Lang) -> str:
    """Write a quantity in the unit of its cell: 0.22‰, 1.24 万株, 12388 株."""
    written = fold(quantity.written or "")
    if quantity.unit == "1" and written == "‰":
        return f"{decimal_text(quantity.value * 1000)}‰"
    if quantity.unit in {None, "1"} or not written or lang == "en":
        return say(quantity, lang)
    scale, size = next(((word, size) for word, size in _SCALES if written == word + (quantity.unit or "")), ("", 0))
    if not scale and written != quantity.unit:
        return say(quantity, lang)
    value = quantity.value / (size or 1)
    return say(quantity, lang) if decimal_places(value) is None else f"{decimal_text(value)} {written}"


def _budget_reason(one: BudgetScore, lang: Lang) -> str:
    zh = lang == "zh"
    if one.diagnostics:
        return one.diagnostics[0].message.text(lang)
    if one.execution_rate is None:
        return ""
    rate = percent_text(Quantity(one.execution_rate, "1"), lang)
    return f"执行率 {rate}" if zh else f"execution rate {rate}"


def totals_text(form: Form, sheet: Sheet | None, lang: Lang = "zh", *, graded: bool = True) -> str:
    """Return the head of a form: what was published, what the rules give, by how much they differ, and the grade.

    The grade is left out where it is not `graded`.

    >>> import pfscore
    >>> row = pfscore.Indicator(name="满意度", target="≥90%", actual="81%", points="100", published_score="100")
    >>> form = pfscore.Form(year=2023, indicators=(row,), published_total="100")
    >>> totals_text(form, pfscore.load_ruleset("cn-sc/project").score_form(form))
    '公布 100，各行之和 100，按规则 90 / 100，差 +10，等级“优”'
    """
    found = totals_of(case_of(form, sheet))
    parts = [*_figures(found), *(_grade(form, sheet) if graded and sheet is not None else [])]
    return ("，" if lang == "zh" else ", ").join(part.text(lang) for part in parts)


def _figures(found: Totals) -> list[Message]:
    parts = []
    if found.printed is not None:
        parts.append(Message(f"公布 {found.printed.text}", f"published {found.printed.text}"))
    if found.rows is not None:
        added = decimal_text(found.rows)
        parts.append(Message(f"各行之和 {added}", f"the rows add up to {added}"))
    if found.full is not None:
        shown = f"{interval(found.low, found.high)} / {decimal_text(found.full)}"
        parts.append(Message(f"按规则 {shown}", f"by the rules {shown}"))
    if found.difference:
        parts.append(Message(f"差 {signed(found.difference)}", f"difference {signed(found.difference)}"))
    if found.open and found.settled is not None and found.low != found.high:
        count, total = len(found.open), decimal_text(found.settled)
        en = f"counting {count} open rows as published {total}"
        parts.append(Message(f"未定的 {count} 行照公布的得分计是 {total}", en))
    return parts


def _grade(form: Form, sheet: Sheet) -> list[Message]:
    """Return the grade as printed and by the rules, or why there is none."""
    if sheet.full is None:
        return []
    why = _no_grade(sheet)
    if (stated := stated_grade(form)) is not None:
        zh, en = f"等级：公布“{stated[1]}”，", f"grade: published {stated[1]}, "
        if why is not None:
            return [Message(zh + why.zh, en + why.en)]
        return [Message(f"{zh}按规则“{sheet.grade}”", f"{en}by the rules {sheet.grade}")]
    return [Message(f"等级“{sheet.grade}”", f"grade {sheet.grade}") if why is None else why]


def _no_grade(sheet: Sheet) -> Message | None:
    """Return why a sheet has no grade."""
    if not sheet.is_graded:
        return Message("本规则集不评级", "the ruleset gives no grades")
    if sheet.grade is not None:
        return None
    if any(one.code == "PF520" for one in sheet.diagnostics):
        return Message("等级未定（分值之和不是满分）", "grade open (the points are not the full ones)")
    return Message("等级未定（总分未定）", "grade open (the total is open)")


def ruleset_text(sheet: Sheet, lang: Lang = "zh") -> str:
    """Return under which rules a sheet was scored; a draft is called one."""
    digest, named = sheet.digest[:12], sheet.named_ruleset(lang)
    if lang == "zh":
        return f"规则集 {named}，按 {sheet.on} 有效的规则；摘要 {digest}；{sheet.engine}"
    return f"ruleset {named}, as in force on {sheet.on}; digest {digest}; {sheet.engine}"


def signed(difference: Fraction | None) -> str:
    """Return a difference with its sign.

    >>> signed(Fraction(-1, 2)), signed(Fraction(3)), signed(Fraction(0)), signed(None)
    ('−0.5', '+3', '0', '—')
    """
    if difference is None:
        return NOTHING
    text = decimal_text(abs(difference))
    return text if not difference else f"{'+' if difference > 0 else '−'}{text}"
