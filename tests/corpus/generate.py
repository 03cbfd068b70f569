"""Write `combinations.tsv`: cells made by combining spellings, with readings computed here and nowhere else.

    python tests/corpus/generate.py            writes the file
    python tests/corpus/generate.py --check    exit 1 where the file is not what this program writes

Nothing is imported from pfscore: this is a second opinion. Each block combines spellings whose meaning is given beside
them in a table, so that a reading is put together from the same parts as its cell. Where every combination would be too
many, one table is walked round and round beside the others (`turn`), always the same way.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple, TypeVar

FILE = Path(__file__).resolve().with_name("combinations.tsv")
Reading = dict[str, object]
T = TypeVar("T")


class Row(NamedTuple):
    """One line: the three cells and the readings that are right."""

    comparator: str
    text: str
    unit: str
    readings: tuple[Reading, ...]


class Amount(NamedTuple):
    """A number as it is spelled, and what it is."""

    text: str
    value: Fraction


class Unit(NamedTuple):
    """A unit as it is spelled, its name in a reading, the scale words seen before it, whether it counts things."""

    text: str
    name: str
    scales: str = ""
    counted: bool = True


# ---------------------------------------------------------------------------------------------------- readings


def number(value: Fraction) -> str:
    """Print a number as the contract does: plain decimal text, or a fraction where no finite decimal exists."""
    for digits in range(30):
        shifted = value * 10**digits
        if shifted.denominator == 1:
            text = str(abs(shifted.numerator)).rjust(digits + 1, "0")
            whole, part = text[: len(text) - digits], text[len(text) - digits :]
            return ("-" if value < 0 else "") + (f"{whole}.{part}" if part else whole)
    return f"{value.numerator}/{value.denominator}"


def bound(kind: str, value: Fraction, unit: str | None) -> Reading:
    return {"kind": kind, "value": number(value), "unit": unit}


def between(
    low: Fraction, high: Fraction, unit: str | None, *, low_open: bool = False, high_open: bool = False
) -> Reading:
    reading: Reading = {"kind": "between", "low": number(low), "high": number(high), "unit": unit}
    if low_open:
        reading["low_open"] = True
    if high_open:
        reading["high_open"] = True
    return reading


def change(direction: str, kind: str, value: Fraction, unit: str) -> Reading:
    return {"kind": "change", "direction": direction, "op": kind, "value": number(value), "unit": unit}


def deadline(text: str) -> Reading:
    return {"kind": "deadline", "text": text}


ERROR: Reading = {"kind": "error"}


def cell(text: str, *readings: Reading, comparator: str = "", unit: str = "") -> Row:
    return Row(comparator, text, unit, readings)


def words(text: str) -> tuple[str, ...]:
    """Take a table written as running text apart."""
    return tuple(text.split())


def turn(table: Sequence[T], step: int) -> T:
    """Walk a table round and round."""
    return table[step % len(table)]


# ---------------------------------------------------------------------------------------------------- numbers

DIGITS = "零一二三四五六七八九"


def hanzi(n: int) -> str:
    """Spell a whole number below 100 000 000 in Chinese, as one says it: 十二, 一百零五, 二十五万, 三万零五十."""
    if n >= 10_000:
        rest = n % 10_000
        return hanzi(n // 10_000) + "万" + (("零" if rest < 1_000 else "") + hanzi(rest) if rest else "")
    out, pending = "", False
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // power % 10
        if digit:
            out += ("零" if pending and out else "") + DIGITS[digit] + word
        pending = not digit
    if 10 <= n < 20:
        return out.removeprefix("一")
    return out or DIGITS[0]


WIDE = str.maketrans("0123456789.,%<>=-~", "０１２３４５６７８９．，％＜＞＝－～")


def plain(text: str) -> Amount:
    return Amount(text, Fraction(text.replace(",", "")))


def wide(text: str) -> Amount:
    return Amount(text.translate(WIDE), Fraction(text))


def said(n: int) -> Amount:
    return Amount(hanzi(n), Fraction(n))


WHOLE = (
    plain("3"),
    plain("30"),
    plain("1,200"),
    wide("45"),
    said(12),
    said(120),
    plain("0"),
    said(305),
    plain("8000"),
    said(6),
)
MEASURED = (
    plain("2"),
    plain("26.5"),
    plain("0.8"),
    wide("12.5"),
    plain("1,250.75"),
    said(15),
    plain("100.00"),
    plain("365"),
    plain("0.05"),
    said(50),
)
SCALED = (plain("3"), plain("1.5"), plain("0.28"), plain("12.36"), plain("120"), wide("2.6"), said(25), plain("1,000"))
SCALES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}

# ---------------------------------------------------------------------------------------------------- units

COUNTS = (
    *(Unit(text, text, " 万") for text in words("人 户 人次 株 册 只 头 件 份 尾 羽 张 剂")),
    *(Unit(text, text) for text in words("个 次 家 所 项 篇 场 期 辆 台 套 座 条 处")),
    *(Unit(text, text) for text in words("起 例 名 部 批 眼 口 盏 栋 间 支 艘 架 场次")),
    Unit("批次", "批次"),
    Unit("台套", "台套"),
    Unit("家次", "家次"),
    Unit("学时", "学时"),
    Unit("课时", "课时"),
    Unit("床", "床"),
)
MEASURES = (
    *(Unit(text, text, " 万 亿", counted=False) for text in words("平方米 立方米 吨 千瓦时 度 斤")),
    *(Unit(text, text, " 万", counted=False) for text in words("亩 公顷 公里 千米 米 公斤 千克 千瓦")),
    *(Unit(text, text, counted=False) for text in words("平方公里 厘米 毫米 km kg t m cm mg/L")),
    *(Unit(text, text, counted=False) for text in words("升 兆瓦 MW kWh 千伏 分贝 克 毫升 分 海里")),
    *(Unit(text, text, counted=False) for text in words("天 小时 分钟 秒 周 年 工作日 日历天")),
    *(Unit(text, text, counted=False) for text in words("微克/立方米 毫克/升 毫克/立方米 公里/小时 升/秒")),
    Unit("吨标准煤", "吨标准煤", " 万", counted=False),
    Unit("美元", "美元", " 万 亿", counted=False),
    Unit("元", "元", " 千 万 百万 千万 亿", counted=False),
    Unit("个工作日", "工作日", counted=False),
    Unit("个百分点", "百分点", counted=False),
    Unit("百分点", "百分点", counted=False),
    Unit("个小时", "小时", counted=False),
)
COMPOUNDS = (
    Unit("元/人·月", "元/人·月", counted=False),
    Unit("元/人*月", "元/人·月", counted=False),
    Unit("元/人•月", "元/人·月", counted=False),
    Unit("元/人×年", "元/人·年", counted=False),
    Unit("元/生·年", "元/生·年", counted=False),
    Unit("元/户·年", "元/户·年", counted=False),
    Unit("元／人·年", "元/人·年", counted=False),
    Unit("元/亩", "元/亩", " 万", counted=False),
    Unit("元/每亩", "元/亩", counted=False),
    Unit("元/户", "元/户", " 万", counted=False),
    Unit("元/公里", "元/公里", " 万", counted=False),
    Unit("元/项目", "元/项目", " 万", counted=False),
    Unit("元/每项目", "元/项目", " 万", counted=False),
    Unit("元/平方米", "元/平方米", counted=False),
    Unit("元/立方米", "元/立方米", counted=False),
    Unit("元/人次", "元/人次", counted=False),
    Unit("元/年", "元/年", "万 亿", counted=False),
    Unit("公斤/亩", "公斤/亩", counted=False),
    Unit("千克/公顷", "千克/公顷", counted=False),
    Unit("吨/日", "吨/日", " 万", counted=False),
    Unit("吨/年", "吨/年", " 万", counted=False),
    Unit("立方米/天", "立方米/天", " 万", counted=False),
    Unit("人次/年", "人次/年", " 万"),
    Unit("次/年", "次/年"),
    Unit("次/月", "次/月"),
    Unit("次/季度", "次/季度"),
    Unit("场/年", "场/年"),
    Unit("次/人", "次/人"),
    Unit("人/月", "人/月"),
)
UNITS = (*COUNTS, *MEASURES, *COMPOUNDS)

# ---------------------------------------------------------------------------------------------------- comparators

# What stands before the number, in the cell as well as in the comparator column.
BEFORE = (
    *((text, "at_least") for text in words("≥ ≧ ⩾ >= ＞＝ => ≮ 不低于 不少于 不小于 大于等于")),
    *((text, "at_least") for text in ("大于或等于", "高于或等于", "至少", "最少", "不得低于", "不得少于", "> =")),
    *((text, "at_most") for text in words("≤ ≦ ⩽ <= ＜＝ =< ≯ 不高于 不超过 不多于 不大于")),
    *(
        (text, "at_most")
        for text in ("小于等于", "小于或等于", "低于或等于", "至多", "最多", "不得超过", "不得高于", "< =")
    ),
    *((text, "greater_than") for text in words("> ＞ ﹥ 大于 高于 超过 多于")),
    *((text, "less_than") for text in words("< ＜ ﹤ 小于 低于 少于 不足")),
    *((text, "equal") for text in words("= ＝ ﹦ ═ 等于")),
    *((text, "approximately") for text in ["约", "大约", "≈"]),
)
# What stands around the number, in the cell only: {} is the number with its unit.
AROUND = (
    ("{}以上", "at_least"),
    ("{}及以上", "at_least"),
    ("{}（含）以上", "at_least"),
    ("{}以上（含）", "at_least"),
    ("{}以上(不含)", "greater_than"),
    ("{}（不含）以上", "greater_than"),
    ("达到{}以上", "at_least"),
    ("达{}以上", "at_least"),
    ("达≥{}", "at_least"),
    ("保持在{}以上", "at_least"),
    ("稳定在{}以上", "at_least"),
    ("不低于{}以上", "at_least"),
    ("≥{}以上", "at_least"),
    ("至少达到{}", "at_least"),
    ("不少于（含）{}", "at_least"),
    ("{}以下", "at_most"),
    ("{}及以下", "at_most"),
    ("{}（含）以下", "at_most"),
    ("{}以下（不含）", "less_than"),
    ("{}(不含)以下", "less_than"),
    ("{}以内", "at_most"),
    ("{}之内", "at_most"),
    ("控制在{}以内", "at_most"),
    ("控制在{}以下", "at_most"),
    ("控制在{}之内", "at_most"),
    ("控制在{}内", "at_most"),
    ("严格控制在{}以内", "at_most"),
    ("不超过{}以内", "at_most"),
    ("≤{}以内", "at_most"),
    ("最多不超过{}", "at_most"),
    ("原则上不超过{}", "at_most"),
    ("{}左右", "approximately"),
    ("{}上下", "approximately"),
    ("保持在{}左右", "approximately"),
    ("控制在{}左右", "approximately"),
    ("{}", "bare"),
)


def amounts(unit: Unit, scale: str = "") -> Sequence[Amount]:
    """Numbers that look natural before a unit."""
    if scale:
        return SCALED
    return WHOLE if unit.counted else MEASURED


def natural(amount: Amount, scale: str) -> bool:
    """Whether somebody would write this number before this scale word: 二十五万, but not 二十五千."""
    return scale in {"", "万", "亿"} or amount.text[-1] not in DIGITS


# ---------------------------------------------------------------------------------------------------- blocks


def comparators() -> Iterator[Row]:
    """Every comparator, with numbers and units in turn, in one cell or spread over two or three."""
    for i, (spelled, kind) in enumerate(BEFORE):
        for j in range(6):
            unit = turn(UNITS, i * 7 + j * 5)
            amount = turn(amounts(unit), i + j)
            reading = bound(kind, amount.value, unit.name)
            yield cell(f"{spelled}{amount.text}{unit.text}", reading)
            yield cell(f"{amount.text}{unit.text}", reading, comparator=spelled)
            yield cell(f"{spelled}{amount.text}", reading, unit=unit.text)
            yield cell(amount.text, reading, comparator=spelled, unit=unit.text)
    for i, (frame, kind) in enumerate(AROUND):
        for j in range(6):
            unit = turn(UNITS, i * 11 + j * 13)
            amount = turn(amounts(unit), i + j)
            reading = bound(kind, amount.value, unit.name)
            yield cell(frame.format(amount.text + unit.text), reading)
            yield cell(frame.format(amount.text), reading, unit=unit.text)


def units() -> Iterator[Row]:
    """Every unit with every scale word, with comparators in turn."""
    for i, unit in enumerate(UNITS):
        for j, scale in enumerate(unit.scales.split(" ") if unit.scales else [""]):
            for k in range(2):
                amount = turn(amounts(unit, scale), i + 3 * j + k)
                if not natural(amount, scale):
                    amount = amounts(unit, scale)[0]
                spelled, kind = turn(BEFORE, 5 * i + 3 * j + k)
                value = amount.value * SCALES[scale]
                reading = bound(kind, value, unit.name)
                yield cell(f"{spelled}{amount.text}{scale}{unit.text}", reading)
                yield cell(amount.text, reading, comparator=spelled, unit=scale + unit.text)
                yield cell(f"{amount.text}{scale}{unit.text}", bound("bare", value, unit.name))
                yield cell(amount.text, bound("bare", value, unit.name), unit=scale + unit.text)
                yield cell(f"{spelled}{amount.text}{scale}{unit.text}", reading, unit=scale + unit.text)


PERCENTS = (
    Amount("95%", Fraction(95, 100)),
    Amount("95％", Fraction(95, 100)),
    Amount("９５％", Fraction(95, 100)),
    Amount("98.5%", Fraction(985, 1000)),
    Amount("100%", Fraction(1)),
    Amount("0.5%", Fraction(5, 1000)),
    Amount("百分之九十五", Fraction(95, 100)),
    Amount("百分之三", Fraction(3, 100)),
    Amount("百分之八十五", Fraction(85, 100)),
    Amount("90百分比", Fraction(90, 100)),
    Amount("3‰", Fraction(3, 1000)),
    Amount("0.9‰", Fraction(9, 10000)),
    Amount("千分之三", Fraction(3, 1000)),
    Amount("5‱", Fraction(5, 10000)),
    Amount("万分之五", Fraction(5, 10000)),
    Amount("十万分之二", Fraction(2, 100000)),
    Amount("三成", Fraction(3, 10)),
    Amount("九成", Fraction(9, 10)),
    Amount("三分之二", Fraction(2, 3)),
    Amount("1:20", Fraction(1, 20)),
    Amount("1：1.5", Fraction(2, 3)),
)


def ratios() -> Iterator[Row]:
    """Every comparator with ratios in every spelling."""
    for i, (spelled, kind) in enumerate(BEFORE):
        for j in range(5):
            ratio = turn(PERCENTS, i * 3 + j)
            yield cell(spelled + ratio.text, bound(kind, ratio.value, "1"))
            yield cell(ratio.text, bound(kind, ratio.value, "1"), comparator=spelled)
    for i, (frame, kind) in enumerate(AROUND):
        for j in range(5):
            ratio = turn(PERCENTS, i * 4 + j)
            yield cell(frame.format(ratio.text), bound(kind, ratio.value, "1"))
    for (spelled, kind), (text, scale) in product(BEFORE[::4], (("%", 100), ("％", 100), ("百分比", 100), ("‰", 1000))):
        yield cell("96", bound(kind, Fraction(96, scale), "1"), comparator=spelled, unit=text)
        yield cell(spelled + "96", bound(kind, Fraction(96, scale), "1"), unit=text)
    for value, text in product(("3", "85", "97.5", "100"), ("%", "％", "百分比")):
        yield cell(value + "%", bound("bare", Fraction(value) / 100, "1"), unit=text)
        yield cell(f"≥{value}%", bound("at_least", Fraction(value) / 100, "1"), unit=text)


DASHES = ("-", "－", "–", "—", "~", "～", "至", "到")
FRAMES = (
    "{}",
    "{}之间",
    "在{}之间",
    "控制在{}之间",
    "介于{}之间",
    "控制在{}的区间",
    "保持在{}区间",
    "控制在{}",
    "{}的区间内",
)


PAIRS = (("60", "80"), ("3", "5"), ("0.5", "1.5"), ("95", "100"))


def intervals() -> Iterator[Row]:
    """Intervals by dash and by word; the unit or the scale word stands once or twice."""
    for i, (dash, (low, high)) in enumerate(product(DASHES, PAIRS)):
        a, b = Fraction(low), Fraction(high)
        for j in range(3):
            frame = turn(FRAMES, i + 4 * j)
            yield cell(frame.format(f"{low}%{dash}{high}%"), between(a / 100, b / 100, "1"))
            yield cell(frame.format(f"{low}{dash}{high}%"), between(a / 100, b / 100, "1"))
            yield cell(frame.format(f"{low}万元{dash}{high}万元"), between(a * 10_000, b * 10_000, "元"))
            yield cell(frame.format(f"{low}{dash}{high}亿元"), between(a * 10**8, b * 10**8, "元"))
            unit = turn(("公里", "吨", "亩", "小时", "分", "个工作日", "mg/L", "元/亩", "米"), i + j)
            name = unit.removeprefix("个")
            yield cell(frame.format(f"{low}{dash}{high}{unit}"), between(a, b, name))
            yield cell(frame.format(f"{low}{unit}{dash}{high}{unit}"), between(a, b, name))
            yield cell(frame.format(f"{low}{dash}{high}"), between(a, b, name), unit=unit)
        yield cell(f"{low}{dash}{high}", between(a / 100, b / 100, "1"), unit="%")
        yield cell(f"{low}%{dash}{high}%", between(a / 100, b / 100, "1"), unit="%")
    for word, (low, high) in product(("和", "与"), PAIRS):
        yield cell(f"介于{low}%{word}{high}%之间", between(Fraction(low) / 100, Fraction(high) / 100, "1"))
        yield cell(f"介于{low}{word}{high}之间", between(Fraction(low), Fraction(high), None))


# How the ends of a chain and of two bounds are spelled, and whether the end is left out.
LOWER_END = (
    *((text, False) for text in ["≥", ">=", "大于等于", "不低于"]),
    *((text, True) for text in [">", "大于", "高于"]),
)
UPPER_END = (
    *((text, False) for text in ["≤", "<=", "小于等于", "不超过"]),
    *((text, True) for text in ["<", "小于", "低于"]),
)
CHAIN = (("≤", False), ("<=", False), ("<", True), ("＜", True))


def edges() -> Iterator[Row]:
    """Intervals by bracket, by chain and by two bounds: either end may be left out."""

    def interval(low: str, high: str, unit: str, *, low_open: bool, high_open: bool) -> Reading:
        part, name = (100, "1") if unit == "%" else (1, unit or None)
        return between(Fraction(low) / part, Fraction(high) / part, name, low_open=low_open, high_open=high_open)

    for left, right, comma, unit, (low, high) in product("[(", "])", ",，", ("", "%"), PAIRS):
        if comma + unit == "," and len(high) == 3:
            continue  # (95,100) might be one number with a separator
        reading = interval(low, high, unit, low_open=left == "(", high_open=right == ")")
        yield cell(f"{left}{low}{unit}{comma}{high}{unit}{right}", reading)
    for (first, low_open), (second, high_open), name, (low, high) in product(CHAIN, CHAIN, "Xx", PAIRS[:2]):
        reading = interval(low, high, "%", low_open=low_open, high_open=high_open)
        yield cell(f"{low}%{first}{name}{second}{high}%", reading)
    ends = product(LOWER_END, UPPER_END, ("且", "，", "，且"))
    for i, ((lower, low_open), (upper, high_open), joiner) in enumerate(ends):
        low, high = turn(PAIRS, i)
        unit = turn(("人", "%", "吨", "个"), i // 3)
        reading = interval(low, high, unit, low_open=low_open, high_open=high_open)
        yield cell(f"{lower}{low}{unit}{joiner}{upper}{high}{unit}", reading)


def tolerances() -> Iterator[Row]:
    """Intervals by tolerance."""
    for (middle, wing), unit in product(
        (("100", "5"), ("50", "2.5"), ("26", "0.5")), ("", *["人", "吨", "米", "mm", "分"])
    ):
        a, b = Fraction(middle) - Fraction(wing), Fraction(middle) + Fraction(wing)
        yield cell(f"{middle}±{wing}{unit}", between(a, b, unit or None))
        if unit:
            yield cell(f"{middle}±{wing}", between(a, b, unit), unit=unit)
    frames = words("±{}% ±{}%以内 ±{}%之内 控制在±{}%以内 不超过±{}% ±{}％以内 误差±{}%以内 偏差控制在±{}%以内")
    for wing, frame in product(("1", "5", "10", "0.5"), frames):
        yield cell(frame.format(wing), between(-Fraction(wing) / 100, Fraction(wing) / 100, "1"))


RISES = words("增长 提高 提升 增加 上升 同比增长 较上年增长 比上年提高 较上年提升 年均增长 较2020年增长")
FALLS = words("下降 降低 减少 同比下降 较上年下降 比上年减少 同比减少 较上年降低 压减 较2020年下降")
STEPS = (
    ("{}", "bare"),
    ("{}以上", "at_least"),
    ("{}及以上", "at_least"),
    ("不低于{}", "at_least"),
    ("不少于{}", "at_least"),
    ("≥{}", "at_least"),
    (">={}", "at_least"),
    ("超过{}", "greater_than"),
    ("不超过{}", "at_most"),
    ("{}以内", "at_most"),
    ("≤{}", "at_most"),
    ("{}左右", "approximately"),
    ("约{}", "approximately"),
)
MOVES = (
    (Amount("5%", Fraction(5, 100)), "1"),
    (Amount("3.5%", Fraction(35, 1000)), "1"),
    (Amount("2个百分点", Fraction(2)), "百分点"),
    (Amount("0.5个百分点", Fraction(1, 2)), "百分点"),
    (Amount("百分之五", Fraction(5, 100)), "1"),
    (Amount("三个百分点", Fraction(3)), "百分点"),
    (Amount("1‰", Fraction(1, 1000)), "1"),
    (Amount("１０％", Fraction(10, 100)), "1"),
)


def changes() -> Iterator[Row]:
    """Rises and falls, by percent and by percentage points."""
    verbs = [*((verb, "increase") for verb in RISES), *((verb, "decrease") for verb in FALLS)]
    for i, ((verb, direction), (frame, kind)) in enumerate(product(verbs, STEPS)):
        for j in range(3):
            amount, unit = turn(MOVES, i + 3 * j)
            yield cell(verb + frame.format(amount.text), change(direction, kind, amount.value, unit))
    nouns = (("增幅", "increase"), ("涨幅", "increase"), ("降幅", "decrease"))
    for i, ((noun, direction), (frame, kind)) in enumerate(product(nouns, (*STEPS[1:], ("控制在{}以内", "at_most")))):
        amount, unit = turn(MOVES[:2], i)
        yield cell(noun + frame.format(amount.text), change(direction, kind, amount.value, unit))


def frequencies() -> Iterator[Row]:
    """So many times in so long."""
    spans = ("年", "月", "季度", "周", "半年", "学期", "天", "日")
    frames = (
        ("每{span}{n}{unit}", "bare"),
        ("每{span}不少于{n}{unit}", "at_least"),
        ("每{span}至少{n}{unit}", "at_least"),
        ("每{span}≥{n}{unit}", "at_least"),
        ("每{span}不超过{n}{unit}", "at_most"),
        ("每{span}{n}{unit}以上", "at_least"),
        ("≥{n}{unit}/{span}", "at_least"),
        ("{n}{unit}/{span}", "bare"),
        ("不少于{n}{unit}/{span}", "at_least"),
        ("≤{n}{unit}/{span}", "at_most"),
        ("{n}{unit}/{span}以上", "at_least"),
    )
    counts = (plain("1"), plain("2"), plain("12"), said(1), Amount("两", Fraction(2)), said(3))
    for i, (span, (frame, kind)) in enumerate(product(spans, frames)):
        for j in range(3):
            amount = turn(counts[:3] if "/" in frame else counts, i + j)
            unit = turn(("次", "场", "期", "次", "篇"), i + 2 * j)
            yield cell(frame.format(span=span, n=amount.text, unit=unit), bound(kind, amount.value, f"{unit}/{span}"))
    for (spelled, kind), span, unit in product(BEFORE[::6], spans, ("次", "场")):
        yield cell("4", bound(kind, Fraction(4), f"{unit}/{span}"), comparator=spelled, unit=f"{unit}/{span}")


def allowances() -> Iterator[Row]:
    """Time allowed for a task, counted from an event."""
    starts = ("", "自受理之日起", "自收到申请之日起", "受理后", "验收合格后", "合同签订后", "接到通知后")
    spans = tuple((text, text.removeprefix("个")) for text in words("个工作日 工作日 日 天 小时 个自然日"))
    ends = ("内", "以内", "之内", "内完成", "内办结")
    counts = (plain("3"), plain("5"), plain("10"), plain("20"), plain("30"), said(15), said(7))
    for i, (start, (text, name), end) in enumerate(product(starts, spans, ends)):
        amount = turn(counts, i)
        yield cell(f"{start}{amount.text}{text}{end}", bound("at_most", amount.value, name))
    for i, ((text, name), (spelled, kind)) in enumerate(product(spans, BEFORE[::5])):
        amount = turn(counts, i)
        yield cell(f"{spelled}{amount.text}{text}", bound(kind, amount.value, name))
        yield cell(amount.text, bound(kind, amount.value, name), comparator=spelled, unit=text)


def deadlines() -> Iterator[Row]:
    """Calendar limits and periods: the text is the reading."""
    years = ("", "2023年", "2024年", "2025年")
    days = ("12月31日", "6月30日", "9月15日", "12月底", "6月底", "11月", "12月", "第四季度", "第二季度末")
    for year, day, end in product(years, days, ("前", "之前", "以前", "前完成", "")):
        text = year + day + end
        yield cell(text, deadline(text))
    for year, end in product(years[1:], ("底", "底前", "年底前", "年底", "末", "内", "底前完成", "上半年")):
        text = (year.removesuffix("年") if end.startswith("年") else year) + end
        yield cell(text, deadline(text))
    for year, (first, last), dash in product(years, (("1", "12"), ("3", "9"), ("6", "11")), ("-", "—", "～", "至")):
        for text in (f"{year}{first}{dash}{last}月", f"{year}{first}月{dash}{last}月"):
            yield cell(text, deadline(text))
    limits = ["2023年12月31日", "2023年12月", "12月31日前", "12月底前", "2023年底前", "2023.12.31"]
    for spelled, text in product(("≤", "<=", "＝", "=", "定性"), limits):
        yield cell(text, deadline(text), comparator=spelled)
    for year, sign, end in product(("2023", "2024"), ".-/", ("", "前")):
        text = f"{year}{sign}12{sign}31{end}"
        yield cell(text, deadline(text))


# Names of indicators, many with figures that are part of the name.
HIGHER = words(
    """
    满意度 群众满意度 验收合格率 政策知晓率 覆盖率 资金支付率 预算执行率 义务教育巩固率 高中阶段毛入学率
    儿童疫苗接种率 家庭医生签约率 住院费用报销比例 公路优良路率 城市绿化覆盖率 农作物耕种收综合机械化率
    森林覆盖率 污水集中处理率 生活垃圾无害化处理率 空气质量优良天数比率 场馆免费开放率 刑事案件破案率
    农村自来水普及率 网上申报率 低保对象准确率 公租房入住率 设备完好率 线上办理率 就业率 信访事项办结率
    12345热线办结率 110报警处置及时率 PM2.5达标天数比例 5G网络覆盖率 65岁以上老年人健康管理率
    0-6岁儿童健康管理率 3岁以下婴幼儿入托率 2023年项目完工率 Ⅲ类以上水质断面比例 24小时办结率
    一次性验收合格率 八类案件破案率 七类重点人群签约率 两癌筛查覆盖率 三品一标认证率 一网通办率
    第一批项目完工率 “十四五”规划项目开工率 二级以上医院电子病历应用率 五保对象供养率 小学、初中毕业率
    """
)
LOWER = words(
    """
    差错率 投诉率 逾期率 结转结余率 公用经费控制率 三公经费控制率 预算偏差率 事故发生率 坏账率
    义务教育阶段辍学率 婴儿死亡率 流动人口漏登率 供水管网漏损率 农药残留超标率 2023年成本超支率
    """
)
THINGS = (
    ("培训人数", "人", "300"),
    ("新建5G基站", "个", "100"),
    ("新建公路", "公里", "12.5"),
    ("高标准农田建设面积", "万亩", "2.5"),
    ("水土流失治理面积", "平方公里", "20"),
    ("植树造林", "亩", "5000"),
    ("组织文艺演出", "场", "120"),
    ("购置执法车辆", "辆", "8"),
    ("惠及群众", "万人", "3.5"),
    ("接待游客", "万人次", "50"),
    ("改造老旧小区", "个", "12"),
    ("发放贷款", "亿元", "16.6"),
    ("农民专业合作社", "家", "25"),
    ("开展119消防宣传", "次", "4"),
    ("编印《2023年鉴》", "册", "2,000"),
    ("清淤河道", "万立方米", "6"),
)
LIMITS = (
    ("PM2.5年均浓度", "微克/立方米", "35"),
    ("PM10日均浓度", "毫克/立方米", "0.15"),
    ("COD排放浓度", "mg/L", "50"),
    ("项目总成本", "万元", "500"),
    ("单位造价", "万元/公里", "80"),
    ("110接警到场时间", "分钟", "10"),
    ("平均住院日", "天", "8.5"),
    ("平均办理时限", "个工作日", "3"),
    ("安全责任事故", "起", "2"),
    ("2023年用电量", "万千瓦时", "45"),
)
UPWARD = (
    ("{}≥{}", "at_least"),
    ("{}不低于{}", "at_least"),
    ("{}达到{}以上", "at_least"),
    ("{}在{}以上", "at_least"),
    ("{}大于等于{}", "at_least"),
    ("{}>{}", "greater_than"),
    ("{}超过{}", "greater_than"),
    ("{}{}以上", "at_least"),
    ("{}{}", "bare"),
)
DOWNWARD = (
    ("{}≤{}", "at_most"),
    ("{}不超过{}", "at_most"),
    ("{}不高于{}", "at_most"),
    ("{}控制在{}以内", "at_most"),
    ("{}控制在{}以下", "at_most"),
    ("{}小于{}", "less_than"),
    ("{}低于{}", "less_than"),
    ("{}{}以内", "at_most"),
)


def measured(figure: str, unit: str) -> tuple[Fraction, str]:
    """Value and name of a plain quantity of the tables above."""
    scale = unit[0] if unit[0] in "万亿" else ""
    return Fraction(figure.replace(",", "")) * SCALES[scale], unit.removeprefix(scale).removeprefix("个") or unit


def sentences() -> Iterator[Row]:
    """A name before the bound; figures inside the name belong to the name."""
    for i, name in enumerate(HIGHER):
        for j in range(5):
            frame, kind = turn(UPWARD, i + 2 * j)
            share = turn(("95%", "90%", "85%", "98.5%", "100%"), i + j)
            yield cell(frame.format(name, share), bound(kind, Fraction(share[:-1]) / 100, "1"))
    for i, name in enumerate(LOWER):
        for j in range(5):
            frame, kind = turn(DOWNWARD, i + 3 * j)
            share = turn(("5%", "3%", "0.5%", "10%"), i + j)
            yield cell(frame.format(name, share), bound(kind, Fraction(share[:-1]) / 100, "1"))
    for table, frames in ((THINGS, UPWARD), (LIMITS, DOWNWARD)):
        for (name, unit, figure), (frame, kind) in product(table, frames):
            value, unit_name = measured(figure, unit)
            yield cell(frame.format(name, figure + unit), bound(kind, value, unit_name))


def conditions() -> Iterator[Row]:
    """Two conditions on two quantities."""
    table = (
        ("≥5次", bound("at_least", Fraction(5), "次")),
        ("≥100人", bound("at_least", Fraction(100), "人")),
        ("≥95%", bound("at_least", Fraction(95, 100), "1")),
        ("≤500万元", bound("at_most", Fraction(5_000_000), "元")),
        ("≤3个工作日", bound("at_most", Fraction(3), "工作日")),
        ("不少于2场", bound("at_least", Fraction(2), "场")),
        ("合格率≥98%", bound("at_least", Fraction(98, 100), "1")),
        ("面积不低于20亩", bound("at_least", Fraction(20), "亩")),
        ("30名以上", bound("at_least", Fraction(30), "名")),
        ("增长5%以上", change("increase", "at_least", Fraction(5, 100), "1")),
    )
    for (a, b), (joiner, kind) in product(
        combinations(table, 2),
        (("且", "all_of"), ("；", "all_of"), ("，", "all_of"), ("、", "all_of"), ("，且", "all_of"), ("或", "any_of")),
    ):
        shares = a[0] == "≥95%" and b[0] == "合格率≥98%"
        if not shares:
            yield cell(a[0] + joiner + b[0], {"kind": kind, "parts": [a[1], b[1]]})


def agreements() -> Iterator[Row]:
    """The columns beside the cell say the same as the cell, or contradict it."""
    up = ("≥", ">=", "不低于", "不少于", "大于等于")
    down = ("≤", "<=", "不超过", "不高于", "小于等于")
    up_cells = ("≥{}", ">={}", "不低于{}", "{}以上", "达到{}以上", "{}及以上")
    down_cells = ("≤{}", "<={}", "不超过{}", "{}以内", "控制在{}以内", "{}以下")
    shapes = (("95%", Fraction(95, 100), "1"), ("30人", Fraction(30), "人"), ("1.5万元", Fraction(15_000), "元"))
    for i, (column, frame) in enumerate(product(up, up_cells)):
        text, value, name = turn(shapes, i)
        yield cell(frame.format(text), bound("at_least", value, name), comparator=column)
    for i, (column, frame) in enumerate(product(down, down_cells)):
        text, value, name = turn(shapes, i)
        yield cell(frame.format(text), bound("at_most", value, name), comparator=column)
    for i, (column, frame) in enumerate([*product(up, down_cells), *product(down, up_cells)]):
        yield cell(frame.format(turn(shapes, i)[0]), ERROR, comparator=column)
    for spelled, text in product(("≥", "不低于", ""), ("人", "次", "个", "万元", "公里")):
        yield cell(f"{spelled}95%", ERROR, unit=text)
    for spelled, text in product(("≥", "不少于", ""), ("人", "次", "公里", "亩", "天")):
        yield cell(f"{spelled}30{text}", ERROR, unit="%")
    for kind, unit in product(("定量", "定量指标"), COUNTS[::3]):
        yield cell("30", bound("bare", Fraction(30), unit.name), comparator=kind, unit=unit.text)
        yield cell(f"≥30{unit.text}", bound("at_least", Fraction(30), unit.name), comparator=kind)


def widths() -> Iterator[Row]:
    """Full width, spaces and traditional characters change nothing."""
    table = (
        ("≥95%", bound("at_least", Fraction(95, 100), "1")),
        (">=12.5公里", bound("at_least", Fraction(25, 2), "公里")),
        ("<=3.5%", bound("at_most", Fraction(35, 1000), "1")),
        ("=100%", bound("equal", Fraction(1), "1")),
        ("60%-80%", between(Fraction(60, 100), Fraction(80, 100), "1")),
        ("60%~80%", between(Fraction(60, 100), Fraction(80, 100), "1")),
        ("不少于1,200人", bound("at_least", Fraction(1200), "人")),
        ("达到95%以上", bound("at_least", Fraction(95, 100), "1")),
        ("控制在5%以内", bound("at_most", Fraction(5, 100), "1")),
        ("90%左右", bound("approximately", Fraction(9, 10), "1")),
        ("增长5%以上", change("increase", "at_least", Fraction(5, 100), "1")),
        ("每季度不少于1次", bound("at_least", Fraction(1), "次/季度")),
        ("自受理之日起20个工作日内", bound("at_most", Fraction(20), "工作日")),
        ("26.5万人", bound("bare", Fraction(265_000), "人")),
    )
    for text, reading in table:
        yield cell(text.translate(WIDE), reading)
        for space in (" ", "\\u3000", "\\u00a0"):
            edge = "\\u0020" if space == " " else space
            yield cell(edge + text + edge, reading)
            at = next(index for index, char in enumerate(text) if char.isdigit())
            if at:
                yield cell(text[:at] + space + text[at:], reading)
            if text.endswith("%"):
                yield cell(text[:-1] + space + "%", reading)
    money = ((" 萬元", 10_000), (" 億元", 10**8))
    words = (
        ("≥{}", "at_least"),
        ("不低於{}", "at_least"),
        ("不少於{}", "at_least"),
        ("大於等於{}", "at_least"),
        ("達到{}以上", "at_least"),
        ("不超過{}", "at_most"),
        ("小於等於{}", "at_most"),
        ("控制在{}以內", "at_most"),
        ("超過{}", "greater_than"),
        ("低於{}", "less_than"),
        ("約{}", "approximately"),
        ("{}", "bare"),
    )
    for (frame, kind), (unit, scale), figure in product(words, money, ("28.8", "500", "1,200")):
        value = Fraction(figure.replace(",", "")) * scale
        yield cell(frame.format(figure + unit.strip()), bound(kind, value, "元"))
    for (frame, kind), figure in product(words, ("95%", "0.5%")):
        yield cell(frame.format(figure), bound(kind, Fraction(figure[:-1]) / 100, "1"))


def damages() -> Iterator[Row]:
    """What the cell itself shows to be broken."""
    for first, second in product(("≥", "≤", ">=", "<=", "≧", "≦"), repeat=2):
        yield cell(f"{first}{second}5", ERROR)
        yield cell(f"{first}{second}95%", ERROR)
    for spelled, figure, unit in product(("≥", "≤", "不低于", ""), ("9O", "1OO", "l0", "I5", "5S"), ("%", "人")):
        yield cell(f"{spelled}{figure}{unit}", ERROR)
    for (spelled, _), unit in product(BEFORE[::3], ("人", "%", "万元", "公里")):
        yield cell(spelled + unit, ERROR)
        yield cell(f"{spelled}**{unit}", ERROR)
    broken = ("95%%", "95..5%", "7,00.0,77", "1,,000人", "9\\u200b5%", "95%\\u0000")
    for spelled, figure in product(("≥", "不低于", ""), broken):
        yield cell(spelled + figure, ERROR)


BLOCKS = (
    comparators,
    units,
    ratios,
    intervals,
    edges,
    tolerances,
    changes,
    frequencies,
    allowances,
    deadlines,
    sentences,
    conditions,
    agreements,
    widths,
    damages,
)


def content() -> str:
    """Put the file together; a cell that two blocks make must have one reading."""
    lines = ["# Written by generate.py: do not edit.", "comparator\ttext\tunit\treading\ttolerated"]
    seen: dict[tuple[str, str, str], str] = {}
    for block in BLOCKS:
        summary = (block.__doc__ or "").strip()
        lines.append(f"# --- {block.__name__}: {summary} ---")
        for row in block():
            key = row[:3]
            first, *others = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in row.readings)
            readings = f"{first}\t{' || '.join(others)}" if others else first
            if key not in seen:
                seen[key] = readings
                lines.append("\t".join((*key, readings)))
            elif seen[key] != readings:
                raise ValueError(f"two readings of {key}: {seen[key]} and {readings}")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the file, or say whether it is current."""
    text = content()
    if list(arguments) == ["--check"]:
        current = FILE.exists() and FILE.read_text("utf-8") == text
        print(f"{FILE.name} is {'current' if current else 'not what generate.py writes'}")
        return 0 if current else 1
    if arguments:
        print("usage: generate.py [--check]", file=sys.stderr)
        return 2
    FILE.write_text(text, "utf-8", newline="\n")
    print(f"{FILE.name}: {sum(1 for line in text.splitlines() if not line.startswith('#')) - 1} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
