"""From the grammar's words to amounts: one short function for each rule of `grammar/quantity.lark`."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Any, NamedTuple

from pfscore.cells.grammar.tree import Amount, Trouble, Word
from pfscore.cells.lexicon import numerals
from pfscore.cells.lexicon.quantities import RATIO, SCALES, Unit, known_units, unit_of
from pfscore.foundation.numbers import MAX_DIGITS, decimal_places, looks_like_float_noise

Children = list[Any]
#: 人/10万人, 例/千人, 次/2年: what a number may count for.
_ROUND = re.compile(r"10*|[1-9]")
#: 零三, 一万零: a zero that stands for nothing; 二〇二〇 and 零点五 are numbers.
_ODD_ZERO = re.compile(r"[零〇][^点]+|.*[十百千万亿][零〇]")
_ONE = Fraction(1)
#: 分 is a point, a minute behind 小时, and a hundredth behind 元 and 角.
_SMALLER = {("小时", "分"): "分钟", ("元", "分"): "分钱", ("角", "分"): "分钱", ("块", "分"): "分钱"}
#: Below it, a power of ten is what a spreadsheet leaves of a zero: 8.88E-16.
_LEAST_POWER = -9
#: What stands between a number and its power of ten.
_POWER = re.compile(r"[×*]?10\^?(?=-?\+?[0-9]+$)|[eE]")
_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
#: The fractions that are one character: ½, ⅔.
_PARTS = {
    char: Fraction(*map(int, unicodedata.normalize("NFKC", char).split("\u2044"))) for char in "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
}


class Number(NamedTuple):
    """A number with its scale word; `ratio` where it says itself that it is one.

    `counted` in 18/10万, `of_two` in 3/5.
    """

    value: Fraction
    scale: int
    start: int
    end: int
    odd: bool = False
    ratio: bool = False
    counted: bool = False
    of_two: bool = False


class Named(NamedTuple):
    """A unit: its name, and the size of %."""

    text: str
    factor: Fraction
    end: int


class Below(NamedTuple):
    """What stands below the line of a compound."""

    words: list[str]
    end: int


class Amounts:
    """The functions for numbers, units and quantities."""

    # ── numbers ──
    @staticmethod
    def plain(children: Children) -> Number:
        """26, 26万, 25万6千, 1万3千5百, 2百80万."""
        first = children[0]
        value = _decimal(first)
        if len(children) == 1:
            return Number(value, 1, first.start, first.end)
        scale = SCALES[children[1].text]
        if len(children) == 2:
            return Number(value, scale, first.start, children[1].end)
        return Amounts._composed(children)

    @staticmethod
    def _composed(children: Children) -> Number:
        parts: list[tuple[Fraction, str]] = []
        for word in children:
            if word.kind == "NUMBER":
                parts.append((_decimal(word), ""))
            elif word.kind == "SCALE":
                parts[-1] = parts[-1][0], parts[-1][1] + word.text
        value, start, end = numerals.composed(parts), children[0].start, children[-1].end
        if value is None:
            raise Trouble("PF309", start, end)
        return Number(value, 1, start, end)

    @staticmethod
    def and_a_half(children: Children) -> Number:
        """3个半(小时)."""
        return Number(_decimal(children[0]) + Fraction(1, 2), 1, children[0].start, children[1].end)

    @staticmethod
    def negative(children: Children) -> Number:
        """-5, -3万."""
        number = Amounts.plain(children[1:])
        return number._replace(value=-number.value, start=children[0].start)

    @staticmethod
    def odd(children: Children) -> Number:
        """100余, 3万多, 10余万, 1亿4千余万, 2百80余万: a little more than the number, so about it."""
        if sum(word.kind == "NUMBER" for word in children) > 1:
            return Amounts._composed(children)._replace(odd=True)
        scale = 1
        for word in children[1:]:
            scale *= SCALES.get(word.text, 1)
        return Number(_decimal(children[0]), scale, children[0].start, children[-1].end, odd=True)

    @staticmethod
    def fraction(children: Children) -> Number:
        """2/3, 1/10万, 10/万, 1:1.5: a ratio."""
        top, sign, below = children[0], children[1], children[2:]
        if sign.text == ":" and len(below[0].text) == 2 and below[0].text.isdigit() and _decimal(top) > 5:
            # 10:30 is a time of day as well.
            raise Trouble("PF331", top.start, below[0].end)
        under = Fraction(1)
        for word in below:
            under *= SCALES[word.text] if word.text in SCALES else _decimal(word)
        if not under:
            raise Trouble("PF327", below[0].start, below[-1].end)
        # A rate per 100 000 is a ratio whatever it counts (18/10万人).
        counted = below[-1].text in SCALES
        start, end = top.start, below[-1].end
        # What people write has few digits; what is computed exactly has many.
        of_two = sign.text == "/" and max(len(top.text), len(below[0].text)) < 4
        return Number(_decimal(top) / under, 1, start, end, ratio=True, counted=counted, of_two=of_two)

    @staticmethod
    def product(children: Children) -> Number:
        """7×24, 5×8: days and hours of service. Another product (0.6*0.6) is a size, and no single number."""
        first, second = children[0], children[2]
        if not (_is_service(first.text, second.text) or _is_service(second.text, first.text)):
            raise Trouble("PF317", second.start, second.end)
        return Number(_decimal(children[0]) * _decimal(children[2]), 1, children[0].start, children[2].end)

    @staticmethod
    def parts_of(children: Children) -> Number:
        """百分之九十五, 十万分之一, 三分之二."""
        word = children[0]
        under, _, over = word.text.partition("分之")
        bottom = Fraction(SCALES[under]) if under in SCALES else _han_or_decimal(under)
        top = _han_or_decimal("一百" if over == "百" else over)
        if not bottom or top is None:
            raise Trouble("PF309", word.start, word.end)
        return Number(top / bottom, 1, word.start, word.end, ratio=True)

    @staticmethod
    def power(children: Children) -> Number:
        """3.5×10⁴, 10^6, 1.2E4."""
        first = children[0]
        word = children[1] if first.kind == "MINUS" else first
        head, exponent = _POWER.split(word.text.translate(_LOWERED), maxsplit=1)
        power = int(exponent)
        if abs(power) > MAX_DIGITS:
            raise Trouble("PF310", word.start, word.end)
        if power < _LEAST_POWER and "e" in word.text.lower():
            raise Trouble("PF311", word.start, word.end)
        value = _decimal(Word("NUMBER", head, word.start)) if head else _ONE
        value *= Fraction(10) ** power
        last = children[-1]
        scale = SCALES[last.text] if last.kind == "SCALE" else 1
        return Number(-value if first.kind == "MINUS" else value, scale, first.start, last.end)

    @staticmethod
    def vulgar(children: Children) -> Number:
        """½, 1½; ½ alone is a ratio, as 1/2 is, and so is 1⅔."""
        value = _PARTS[children[-1].text] + (_decimal(children[0]) if len(children) > 1 else 0)
        ratio = len(children) == 1 or decimal_places(value) is None
        return Number(value, 1, children[0].start, children[-1].end, ratio=ratio)

    @staticmethod
    def discount(children: Children) -> Number:
        """八五折, 8折, 8.5折: so many tenths."""
        word = children[0]
        digits = "".join(str(_han_or_decimal(char)) for char in word.text.partition("折")[0] if char not in "点.")
        return Number(Fraction(int(digits), 10 ** len(digits)), 1, word.start, word.end, ratio=True)

    @staticmethod
    def tenths(children: Children) -> Number:
        """三成, 七成五."""
        word = children[0]
        text = word.text
        number = _han_or_decimal(text[0]) or Fraction(0)
        rest = Fraction(0)
        if len(text) > 2:
            rest = Fraction(1, 2) if text[2] == "半" else _han_or_decimal(text[2]) or rest
            rest = rest if text[2] == "半" else rest / 10
        return Number((number + rest) / 10, 1, word.start, word.end, ratio=True)

    @staticmethod
    def half(children: Children) -> Number:
        """一半, 半数, 百分百."""
        word = children[0]
        return Number(Fraction(1, 1 if word.text == "百分百" else 2), 1, word.start, word.end, ratio=True)

    @staticmethod
    def han(children: Children) -> Number:
        """一百二十, 两, 一个半."""
        word = children[0]
        text, extra = (word.text[:-2], Fraction(1, 2)) if word.text.endswith("个半") else (word.text, 0)
        number = numerals.han(text)
        if number is None or _ODD_ZERO.fullmatch(text):
            raise Trouble("PF309", word.start, word.end)
        return Number(number + extra, 1, word.start, word.end)

    @staticmethod
    def han_odd(children: Children) -> Number:
        """三十多, 十几, 四十好几, 二百余万, 1百五十余万."""
        word = children[0]
        head, tail = next(word.text.replace("好几", "几").split(odd) for odd in "余多几来" if odd in word.text)
        number, scale = (numerals.han(head + tail) or numerals.mixed(head + tail)), SCALES[tail] if tail else 1
        if number is None:
            raise Trouble("PF309", word.start, word.end)
        return Number(number / scale, scale, word.start, word.end, odd=True)

    @staticmethod
    def mixed_number(children: Children) -> Number:
        """3万五千, 三亿5000万."""
        word = children[0]
        number = numerals.mixed(word.text)
        if number is None:
            raise Trouble("PF309", word.start, word.end)
        return Number(number, 1, word.start, word.end)

    # ── units ──
    @staticmethod
    def simple(children: Children) -> Named:
        """元, %, 窗口."""
        word = children[0]
        known = known_units().get(word.text)
        if known is None:
            return Named(word.text, _ONE, word.end)
        return Named(known.text, known.factor if known.text == RATIO else _ONE, word.end)

    @staticmethod
    def bracketed_unit(children: Children) -> Named:
        """[窗格]."""
        return Named(children[0].text[1:-1], _ONE, children[0].end)

    @staticmethod
    def per(children: Children) -> Below:
        """人, 10万人, 人·月, 每项目: below the line of a compound."""
        words, head = [], ""
        for word in children:
            match word.kind:
                case "NUMBER" | "SCALE":
                    head += word.text
                case "UNIT" | "NEW_UNIT":
                    words.append(head + _bare(word.text))
                    head = ""
                case "EVERY":
                    words.append(each(word.text))
        return Below([*words, head] if head else words, children[-1].end)

    @staticmethod
    def compound(children: Children) -> Named:
        """万元/每项目 without its scale word: 元/项目; 人·次; 元每人每年."""
        top = children[0]
        if len(children) > 1 and (known := known_units().get(top.text)) is not None and known.text == RATIO:
            # 95%/98% is two numbers.
            raise Trouble("PF317", top.start, top.end)
        name, words = _bare(top.text), list[str]()
        _check_below(children)
        if len(children) == 3 and isinstance(children[1], Word) and children[1].kind == "DOT":
            return Named(f"{name}·{_bare(children[2].text)}", _ONE, children[2].end)
        end = top.end
        for child in children[1:]:
            if isinstance(child, Below):
                words += child.words
                end = child.end
            elif child.kind == "EVERY":
                words.append(each(child.text))
                end = child.end
        return Named(f"{name}/{'·'.join(words)}", _ONE, end)

    @staticmethod
    def quantity(children: Children) -> Amount:
        """26万人, 100."""
        number: Number = children[0]
        value, scale, start, end, odd, ratio, counted, of_two = number
        if len(children) == 1:
            return Amount(value, scale, RATIO if ratio else None, _ONE, odd, start, end)
        text, factor, unit_end = children[1]
        if ratio:
            if text == RATIO:
                raise Trouble("PF322", end, unit_end)
            if counted:
                if not unit_of(text).is_count:
                    # 18/10万人 counts people; 18/10万元 is money for money.
                    raise Trouble("PF322", start, unit_end)
                text = RATIO
            elif of_two and text != RATIO and unit_of(text).is_count:
                # 3/5个 is three of five; 29/6分钟 is a length of time.
                raise Trouble("PF317", start, unit_end)
        if len(children) > 2:
            value += Fraction(1, 2)
            unit_end = children[2].end
        return Amount(value, scale, text, factor, odd, start, unit_end)

    @staticmethod
    def noted(children: Children) -> Amount:
        """100(万元): the unit in brackets."""
        scale = 1
        for word in children[2:-2]:
            scale *= SCALES[word.text]
        amount = Amounts.quantity([children[0], children[-2]])
        return amount._replace(scale=amount.scale * scale, end=children[-1].end)

    @staticmethod
    def mixed(children: Children) -> Amount:
        """2小时30分钟, 10元三角八分: units of one dimension, the larger first; 1年零3个月 is a number of months."""
        parts = [child for child in children if not isinstance(child, Word)]
        found = Amounts.quantity(parts[:2])
        last = found.unit or ""
        for at in range(2, len(parts), 2):
            found, last = _added(found, last, Amounts.quantity(parts[at : at + 2]), alone=len(parts) == 4)
        return found

    @staticmethod
    def tenth_more(children: Children) -> Amount:
        """3米五, 一米五五, 2元9角5: the digits behind the point; 十二块五 is money."""
        more = children.pop()
        if len(children) == 4:
            digit = Number(_han_or_decimal(more.text) or Fraction(0), 1, more.start, more.end)
            return Amounts.mixed([*children, digit, Named("分钱", _ONE, more.end)])
        amount = Amounts.quantity(children)
        digits = "".join(str(_han_or_decimal(char)) for char in more.text)
        if amount.number.denominator != 1:
            raise Trouble("PF309", amount.start, more.end)
        number = amount.number + Fraction(int(digits), 10 ** len(digits))
        return amount._replace(number=number, unit="元" if amount.unit == "块" else amount.unit, end=more.end)

    @staticmethod
    def minutes_more(children: Children) -> Amount:
        """两小时四十: two hours and forty minutes."""
        amount, more = Amounts.quantity(children[:2]), children[2]
        if amount.number.denominator != 1:
            raise Trouble("PF309", amount.start, more.end)
        minutes = _han_or_decimal(more.text) or Fraction(0)
        return amount._replace(number=amount.number + minutes / 60, end=more.end)

    @staticmethod
    def unit_cell(children: Children) -> tuple[int, str, Fraction]:
        """万元/每项目 in the unit column, with its scale."""
        scale = 1
        for word in children[:-1]:
            scale *= SCALES[word.text]
        text, factor, _ = children[-1]
        return scale, text, factor

    @staticmethod
    def unit_share(children: Children) -> tuple[int, str, Fraction]:
        """1/10万 in the unit column."""
        share, numbers = _ONE, [word for word in children if word.kind != "SLASH"]
        for index, word in enumerate(numbers):
            value = Fraction(SCALES[word.text]) if word.text in SCALES else _decimal(word)
            share = share * value if index == 0 and children[0].kind != "SLASH" else share / value
        return 1, RATIO, share


def _added(big: Amount, last: str, small: Amount, *, alone: bool) -> tuple[Amount, str]:
    """Add 三角 to 10元, and return the sum with the unit that was added; `last` is the one before it.

    Raises:
        Trouble: PF317 where the two do not make one amount: 47户163人.
    """
    small_unit, line, below = (small.unit or "").partition("/")  # 35元5角/份
    name = _SMALLER.get((last, small_unit), small_unit)
    if last == "分" and name == "秒":
        last, big = "分钟", big._replace(unit="分钟")
    if last == "块" and name in {"角", "毛", "分钱"}:
        last, big = "元", big._replace(unit="元")
    before, lower, unit = (known_units().get(word) for word in (last, name, big.unit or ""))
    if (
        before is None
        or lower is None
        or unit is None
        or before.dimension != lower.dimension
        or lower.factor >= before.factor
    ):
        counts = alone and _is_count(before) and _is_count(lower)
        raise Trouble("PF317", small.start, small.end, beside="yes" if counts else "no")
    if unit.dimension == "月":
        value, text = big.value * unit.factor / lower.factor + small.value, lower.text
    else:
        value, text = big.value + small.value * lower.factor / unit.factor, unit.text
    text = f"{text}{line}{below}"
    return Amount(value, 1, text, _ONE, odd=big.odd or small.odd, start=big.start, end=small.end), name


def _is_service(days: str, hours: str) -> bool:
    """Return whether two numbers are days and hours of service: 7×24, 5×8, 365×24."""
    return days in {"5", "6", "7", "365", "366"} and hours.isdigit() and 8 <= int(hours) <= 24


def _is_count(unit: Unit | None) -> bool:
    """Return whether a unit counts things: 47户163人 are two counts, 3年2次 a rate."""
    return unit is not None and unit.dimension not in {RATIO, "时间", "月"}


def _check_below(children: Children) -> None:
    """Refuse 3座/126延米 and 15处/15处, which are two quantities and not one unit.

    Raises:
        Trouble: PF317.
    """
    for child in children[1:]:
        if not isinstance(child, Below):
            continue
        for word in child.words:
            digits = word[: len(word) - len(word.lstrip("0123456789"))]
            if digits and (not _ROUND.fullmatch(digits) or word[len(digits) :] == children[0].text):
                raise Trouble("PF317", child.end - len(word), child.end)


def each(word: str) -> str:
    """Return what 每… counts: 每季度 → 季度, 每万人 → 万人, 每千人口 → 千人, 每两年 and 两年 → 2年, 隔年 → 2年.

    每个村 → 村, 月均 → 月.
    """
    if word.endswith("均"):
        return word[:-1]
    if word.startswith("每个") and word[2:] in known_units():
        word = f"每{word[2:]}"
    if word.startswith("隔"):
        return f"2{word[1:]}"
    text = word[1:].replace("半个", "半") if word[0] in "每一1" else word
    for numeral in ("两", "二", "三", "四", "五", "六"):
        if text.startswith(numeral) and len(text) > 1:
            return f"{numerals.han(numeral)}{text[1:]}"
    known = known_units().get(text)
    if known is not None:
        return known.text
    thing = text.lstrip("0123456789十百千万亿")
    return f"{text[: len(text) - len(thing)]}{_bare(thing)}"


def _bare(text: str) -> str:
    known = known_units().get(text)
    return text if known is None or known.text == RATIO else known.text


def _decimal(word: Word) -> Fraction:
    text = word.text
    if len(text) > MAX_DIGITS:
        raise Trouble("PF310", word.start, word.end)
    if len(text) > 11 and looks_like_float_noise(text):
        raise Trouble("PF311", word.start, word.end)
    return numerals.decimal(text)


def _han_or_decimal(text: str) -> Fraction | None:
    if text[0].isdigit():
        try:
            return numerals.decimal(text)
        except ValueError:
            return None
    return numerals.han(text)
