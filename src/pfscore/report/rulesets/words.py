"""The content of a ruleset, written for a sentence: each key by its name, each value so that no two look alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from pfscore.foundation.numbers import decimal_text, in_percent
from pfscore.foundation.text import Lang, Message
from pfscore.rulesets.model.base import AlsoCite, Assume, Cite, RoundingRule, StepRounding, Strict
from pfscore.rulesets.model.example import Example
from pfscore.rulesets.model.form_terms import (
    AdjustmentGroup,
    Block,
    Deviation,
    Either,
    Explanation,
    FormProperty,
    Grade,
    Light,
)
from pfscore.rulesets.model.rule import Applies, Removed
from pfscore.rulesets.model.values import Range
from pfscore.rulesets.model.way import Bands, CheckRow, Judgement, LevelRow, ThresholdRow
from pfscore.scoring.row.awarding.award import EVIDENCE

#: What the keys of a ruleset are called in a sentence.
WORDS: dict[str, Message] = {
    "formula": Message("公式", "the formula"),
    "levels": Message("定性分档", "the levels"),
    "bands": Message("数值分档", "the bands"),
    "thresholds": Message("自列起点的分档", "the thresholds"),
    "checklist": Message("核对表", "the checklist"),
    "judgement": Message("由评价人评定的办法", "what is left to a person"),
    "points": Message("固定的分值", "the fixed points"),
    "adjusts": Message("加减分的区间", "the range of the adjustment"),
    "target": Message("固定的指标值", "the fixed target"),
    "not_applicable": Message("不适用的办法", "rows that do not apply"),
    "missing": Message("缺完成值的办法", "blank actuals"),
    "assume": Message("推定", "what is assumed"),
    "rounding": Message("取整", "rounding"),
    "overshoot": Message("超额调减的条款", "the overshoot clause"),
    "steps": Message("跳变的条款", "the clause for jumps"),
    "total": Message("满分", "the total"),
    "blocks": Message("各一级指标的分值", "the points of the blocks"),
    "unstated": Message("没有写明归属的分值", "the points that are not allotted"),
    "grades": Message("等级", "the grades"),
    "properties": Message("表的属性", "the properties of forms"),
    "either": Message("二者择一", "indicators of which one counts"),
    "adjustments": Message("加减分合计的上下限", "the bounds on sums of adjustments"),
    "deduction": Message("人工扣减", "deductions by hand"),
    "period": Message("按哪一期指标值", "the period of the targets"),
    "deviation": Message("偏差率的印法", "how deviations are printed"),
    "borrow_unit": Message("借用单位", "borrowing units"),
    "explanations": Message("须作说明", "what has to be explained"),
    "far_exceeded": Message("目标偏低的提示", "when a target seems too low"),
    "lights": Message("监控灯", "the monitoring lights"),
    "applies": Message("适用范围", "the scope"),
    "overrides": Message("优先于", "what it overrides"),
    "title": Message("名称", "the title"),
    "cite": Message("出处", "the citation"),
    "also": Message("另据", "further citations"),
    "since": Message("施行日期", "the day it starts"),
    "until": Message("废止日期", "the day it ends"),
    "note": Message("说明", "the note"),
    "examples": Message("例子", "the examples"),
    "issuer": Message("发文机关", "the issuer"),
    "issued": Message("成文日期", "the day of issue"),
    "evidence": Message("依据等级", "the evidence"),
    "read_to": Message("读到哪里", "where reading ended"),
    "url": Message("网址", "the address"),
    "status": Message("状态", "the status"),
    "jurisdiction": Message("地区", "the jurisdiction"),
    "kind": Message("种类", "the kind"),
    "extends": Message("上级", "the parent"),
    "removed": Message("不再适用的上级规则", "the parent's rules that do not hold"),
}

#: What the keys inside a value are called; of a value that is written in a way of its own, none is.
INNER: dict[type[Strict], dict[str, Message]] = {
    Applies: {
        "row": Message("行", "rows"),
        "comparator": Message("指标值", "target"),
        "block": Message("所在", "block"),
        "name": Message("名称", "name"),
        "unit": Message("单位", "unit"),
        "properties": Message("表的属性", "forms with"),
        "target": Message("正负", "sign"),
        "actual": Message("完成值", "actual"),
    },
    Assume: {
        "direction": Message("没有符号的数视为", "a bare number is"),
        "equal": Message("等号视为", "an equal sign is"),
        "at_edge": Message("恰在界限上视为达标", "at the edge counts as met"),
        "tolerance": Message("“左右”的容差", "tolerance of about"),
        "answered_percent": Message("以 100% 回答视为达标", "answered 100% counts as met"),
        "same_words": Message("写法相同视为达标", "the same wording counts as met"),
        "below_full": Message("未达标的不得满分", "a missed target earns less than all points"),
        "opposite": Message("相反的回答视为未达标", "the opposite answer counts as missed"),
        "same_year": Message("没写年份的视为同一年", "a date without a year is in the same year"),
    },
    Judgement: {
        "when": Message("当", "when"),
        "share": Message("占分值的比例", "share"),
        "low": Message("最低", "at least"),
        "high": Message("最高", "at most"),
        "full_when_met": Message("达标记满分", "full points when met"),
    },
    Explanation: {
        "row": Message("行", "rows"),
        "when": Message("当", "when"),
        "about": Message("须说明", "explain"),
    },
    FormProperty: {"name": Message("名称", "name"), "values": Message("可写", "one of")},
    Either: {"names": Message("指标", "of"), "take": Message("都填了时", "where both are filled in")},
    AdjustmentGroup: {"names": Message("指标", "of"), "within": Message("合计计入", "their sum counts within")},
    Deviation: {
        "rounding": Message("取整", "rounding"),
        "undefined": Message("算不出时印", "where undefined"),
    },
    Example: {
        "path": Message("所在", "under"),
        "name": Message("指标", "name"),
        "comparator": Message("性质", "comparator"),
        "target": Message("指标值", "target"),
        "unit": Message("单位", "unit"),
        "thresholds": Message("各档起点", "thresholds"),
        "actual": Message("完成值", "actual"),
        "initial": Message("年初预算数", "initial budget"),
        "budget": Message("全年预算数", "budget"),
        "expenditure": Message("全年执行数", "expenditure"),
        "carried_over": Message("上年结转", "carried over"),
        "properties": Message("表的属性", "on a form with"),
        "points": Message("分值", "points"),
        "share": Message("评定的比例", "share"),
        "decision": Message("评定的得分", "decision"),
        "rank": Message("名次", "rank"),
        "deduction": Message("另扣", "deduction"),
        "block_points": Message("类别分值", "points of the block"),
        "count": Message("指标个数", "count"),
        "position": Message("指标序号", "position"),
        "score": Message("应得", "score"),
        "low": Message("应得最低", "low"),
        "high": Message("应得最高", "high"),
        "outcome": Message("结果", "outcome"),
        "error": Message("拒绝", "error"),
        "on": Message("日期", "on"),
        "from_form": Message("取自", "from"),
    },
}

_HIGHER, _LOWER = Message("不低于", "at least"), Message("不超过", "at most")
_TREATED = {
    "exclude": Message("不计入满分", "left out of the total"),
    "rescale": Message("其余行折算为满分", "the rest is rescaled"),
    "rescale_block": Message("在同一级指标内折算", "rescaled within the block"),
    "full": Message("记满分", "full points"),
}
#: What the words of the file format mean, by the key under which they stand.
VALUES: dict[str, dict[str, Message]] = {
    "not_applicable": _TREATED,
    "missing": {"open": Message("不评分", "not scored"), "zero": Message("记 0 分", "0 points")},
    "direction": {
        "higher": _HIGHER,
        "lower": _LOWER,
        "by_name": Message("名称所示的一边", "what the name says"),
        "by_name_or_higher": Message("名称所示的一边，没有写明的不低于", "what the name says, else at least"),
        "open": Message("未定", "open"),
    },
    "equal": {"higher": _HIGHER, "lower": _LOWER},
    "row": {
        "indicator": Message("指标行", "indicators"),
        "graded": Message("自列起点的指标行", "indicators with thresholds"),
        "budget": Message("预算行", "budget"),
    },
    "take": {
        "judge": Message("由评价人定", "a person chooses"),
        "best": Message("取得分率高的", "the better one"),
        "first": Message("取写在前面的", "the first one"),
    },
    "period": {"full_year": Message("全年", "the full year"), "half_year": Message("半年", "half a year")},
    "mode": {
        "half_up": Message("四舍五入", "half up"),
        "half_even": Message("四舍六入五成双", "half to even"),
        "down": Message("截断", "down"),
        "up": Message("进位", "up"),
    },
    "outcome": {
        "scored": Message("评分", "scored"),
        "judgement": Message("待评定", "judgement"),
        "not_applicable": Message("不适用", "not applicable"),
        "missing": Message("缺完成值", "missing"),
        "refused": Message("拒绝", "refused"),
    },
    "status": {"active": Message("现行", "active"), "draft": Message("草案", "draft")},
    "kind": {"project": Message("项目支出", "projects"), "department": Message("部门整体支出", "departments")},
    "evidence": {level.value: said for level, said in EVIDENCE.items()},
}


def show(key: str, value: Any, lang: Lang = "zh") -> str | None:
    """Write a value of a ruleset for a sentence.

    >>> show("missing", "zero"), show("missing", "zero", "en"), show("total", None)
    ('记 0 分', '0 points', None)
    """
    return None if value is None else _said(key, value, lang)


def _said(key: str, value: Any, lang: Lang) -> str:
    if key in {"grades", "lights"} and not value:
        return "不评" if lang == "zh" else "none given"
    if isinstance(value, tuple):
        return _listed(key, value, lang)
    written = next((write for model, write in _WRITTEN.items() if isinstance(value, model)), None)
    if written is not None:
        return written(value, lang)
    return _plainly(value, lang) if isinstance(value, Strict) else _scalar(key, value, lang)


def _listed(key: str, value: tuple[Any, ...], lang: Lang) -> str:
    listed = (_said(key, member, lang) for member in value)
    if any(isinstance(member, Example | Either | AdjustmentGroup | AlsoCite | Removed) for member in value):
        return _joined("；", "; ", listed, lang)
    if any(isinstance(member, Strict) and not isinstance(member, RoundingRule) for member in value):
        return _joined("，", ", ", listed, lang)
    return _joined("、", ", ", listed, lang) or ("（无）" if lang == "zh" else "(none)")


def _scalar(key: str, value: Any, lang: Lang) -> str:
    if isinstance(value, bool):
        return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
    if isinstance(value, Fraction):
        return decimal_text(value)
    if isinstance(value, Range):
        return str(value) if key in {"adjusts", "within"} else value.percent()
    word = value.value if isinstance(value, Enum) else value.isoformat() if isinstance(value, date) else str(value)
    known = VALUES.get(key, {}).get(word)
    return known.text(lang) if known is not None else " ".join(word.split())


def _joined(zh: str, en: str, parts: Iterable[str], lang: Lang) -> str:
    return (zh if lang == "zh" else en).join(parts)


def _plainly(value: Strict, lang: Lang) -> str:
    """Write what is given in a value, each with its name."""
    words = INNER[type(value)]
    given = value.model_dump(exclude_none=True, exclude_defaults=True)
    parts = (f"{words[key].text(lang)} {_said(key, getattr(value, key), lang)}" for key in words if key in given)
    return _joined("，", ", ", parts, lang) or ("不限" if lang == "zh" else "any")


def _rounding(value: RoundingRule, lang: Lang) -> str:
    mode = _said("mode", value.mode, lang)
    completion = getattr(value, "at", "") == "completion"
    if lang == "zh":
        kept = f"{value.digits} 位小数" if value.digits is not None else f"{decimal_text(value.unit)} 的倍数"
        return f"{mode}到 {kept}" + ("（完成率）" if completion else "")
    kept = f"{value.digits} decimals" if value.digits is not None else f"multiples of {decimal_text(value.unit)}"
    return f"{mode} to {kept}" + (" (completion)" if completion else "")


def _step(value: Grade | Light, lang: Lang) -> str:
    since = decimal_text(value.since)
    return f"{value.name} {since} 起" if lang == "zh" else f"{value.name} from {since}"


def _block(value: Block, lang: Lang) -> str:
    open_ = "不定" if lang == "zh" else "open"
    points = open_ if value.points is None else decimal_text(value.points)
    more = [value.split] if value.split is not None else []
    if value.counts is not None:
        share = in_percent(value.counts)
        more.append(f"按 {share} 计入总分" if lang == "zh" else f"counts with {share}")
    if value.including is not None:
        more.append(("含" if lang == "zh" else "with ") + "、".join(value.including))
    if value.unstated is not None:
        unstated = decimal_text(value.unstated)
        more.append(f"另 {unstated} 没有写明归属" if lang == "zh" else f"{unstated} more not allotted")
    if value.parts is not None:
        more.append(_joined("，", ", ", (_block(part, lang) for part in value.parts), lang))
    return f"{value.name} {points}" + (f"（{'；'.join(more)}）" if more else "")


def _row(value: LevelRow | ThresholdRow, lang: Lang) -> str:
    del lang  # the words of a level are the form's
    words = value.level if isinstance(value.level, str) else "/".join(value.level)
    return f"{words} {value.share.percent()}"


def _bands(value: Bands, lang: Lang) -> str:
    ratio = "率" in value.of

    def edges(found: Range) -> str:
        return found.percent() if ratio else str(found)

    rows = (
        f"{edges(row.range)} → "
        + (
            row.worth.percent()
            if row.points is None
            else f"{row.worth.compact()}{' 分' if lang == 'zh' else ' points'}"
        )
        for row in value.table
    )
    over = "" if value.over is None else f"（{edges(value.over)}）"
    return f"按{value.of}{over}：{'，'.join(rows)}" if lang == "zh" else f"by {value.of}{over}: {', '.join(rows)}"


def _check(value: CheckRow, lang: Lang) -> str:
    points = f"{decimal_text(value.points)}{' 分' if lang == 'zh' else ' points'}"
    if value.each is None:
        return f"{value.item} {points}"
    each = decimal_text(value.each)
    return f"{value.item} {points}（" + (f"每例扣 {each}）" if lang == "zh" else f"{each} off for each case）")


def cited(source: str, at: str | None, quote: str | None) -> str:
    """Write a citation: the source, the place in it, its words.

    >>> cited("示例办法", "第五条", "扣完为止")
    '示例办法　第五条：“扣完为止”'
    """
    words = "" if quote is None else f"：“{' '.join(quote.split())}”"
    return f"{source}{'' if at is None else '　' + at}{words}"


def _cite(value: Cite, lang: Lang) -> str:
    del lang
    return cited(value.source, value.at, value.quote)


def _also(value: AlsoCite, lang: Lang) -> str:
    keys = _joined("、", ", ", (key_word(key).text(lang) for key in value.keys), lang)
    return f"{keys}{'据' if lang == 'zh' else ' from '}{cited(value.source, value.at, value.quote)}"


def key_word(key: str) -> Message:
    """Return what a key is called; one that authors made up is itself."""
    return WORDS.get(key, Message(key, key))


def _removed(value: Removed, lang: Lang) -> str:
    since = f"自 {value.since}" if lang == "zh" else f"since {value.since}"
    return f"{value.rule}（{since}，{_cite(value.cite, lang)}）"


def _example(value: Example, lang: Lang) -> str:
    said = _plainly(value, lang)
    return said if value.title is None else f"“{value.title}”（{said}）"


_WRITTEN: dict[type[Any] | tuple[type[Any], ...], Callable[[Any, Lang], str]] = {
    (Grade, Light): _step,
    (LevelRow, ThresholdRow): _row,
    (RoundingRule, StepRounding): _rounding,
    Block: _block,
    Bands: _bands,
    CheckRow: _check,
    Cite: _cite,
    AlsoCite: _also,
    Removed: _removed,
    Example: _example,
}
