"""From the grammar's tokens to amounts: one short function for each rule of `grammar/quantity.lark`."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from pfscore.foundation.numbers import MAX_DIGITS, looks_like_float_noise
from pfscore.language import numerals
from pfscore.language.parts import Amount, Trouble
from pfscore.language.units import RATIO, SCALES, Unit, known_units

Children = list[Any]
#: 人/10万人, 例/千人, 次/2年: what a number may count for.
_ROUND = re.compile(r"10*|[1-9]")
_ONE = Fraction(1)


class Amounts:
    """The callbacks for numbers, units and quantities."""

    # ── numbers: (number, scale, odd, start, end) ──
    @staticmethod
    def plain(children: Children) -> tuple[Any, ...]:
        """26, 26万, 25万6千."""
        first = children[0]
        value = _decimal(first)
        if len(children) == 1:
            return value, 1, False, first.start_pos, first.end_pos
        scale = SCALES[children[1]]
        if len(children) == 2:
            return value, scale, False, first.start_pos, children[1].end_pos
        low = _decimal(children[2]) * SCALES[children[3]]
        if low >= scale:
            raise Trouble("PF309", first.start_pos, children[3].end_pos)
        return value * scale + low, 1, False, first.start_pos, children[3].end_pos

    @staticmethod
    def negative(children: Children) -> tuple[Any, ...]:
        """-5, -3万."""
        number, scale, _, _, end = Amounts.plain(children[1:])
        return -number, scale, False, children[0].start_pos, end

    @staticmethod
    def odd(children: Children) -> tuple[Any, ...]:
        """100余, 3万多, 10余万: a little more than the number, so about it."""
        scale = 1
        for token in children[1:]:
            scale = SCALES.get(token, scale)
        return _decimal(children[0]), scale, True, children[0].start_pos, children[-1].end_pos

    @staticmethod
    def fraction(children: Children) -> tuple[Any, ...]:
        """2/3, 1/10万, 10/万, 1:1.5: a ratio."""
        if children[1] == ":" and len(children[2]) == 2 and children[2].isdigit() and _decimal(children[0]) > 5:
            # 10:30 is a time of day as well.
            raise Trouble("PF331", children[0].start_pos, children[2].end_pos)
        under = Fraction(1)
        for token in children[2:]:
            under *= SCALES[token] if token in SCALES else _decimal(token)
        if not under:
            raise Trouble("PF327", children[2].start_pos, children[-1].end_pos)
        # A rate per 100 000 is a ratio whatever it counts (18/10万人).
        counted = children[-1] in SCALES
        return _decimal(children[0]) / under, 1, False, children[0].start_pos, children[-1].end_pos, RATIO, counted

    @staticmethod
    def product(children: Children) -> tuple[Any, ...]:
        """7×24."""
        return _decimal(children[0]) * _decimal(children[2]), 1, False, children[0].start_pos, children[2].end_pos

    @staticmethod
    def parts_of(children: Children) -> tuple[Any, ...]:
        """百分之九十五, 十万分之一, 三分之二."""
        token = children[0]
        under, _, over = token.partition("分之")
        bottom = Fraction(SCALES[under]) if under in SCALES else _han_or_decimal(under)
        top = _han_or_decimal("一百" if over == "百" else over)
        if not bottom or top is None:
            raise Trouble("PF309", token.start_pos, token.end_pos)
        return top / bottom, 1, False, token.start_pos, token.end_pos, RATIO

    @staticmethod
    def tenths(children: Children) -> tuple[Any, ...]:
        """三成, 七成五."""
        token = children[0]
        number = _han_or_decimal(token[0]) or Fraction(0)
        rest = Fraction(0)
        if len(token) > 2:
            rest = Fraction(1, 2) if token[2] == "半" else _han_or_decimal(token[2]) or rest
            rest = rest if token[2] == "半" else rest / 10
        return (number + rest) / 10, 1, False, token.start_pos, token.end_pos, RATIO

    @staticmethod
    def half(children: Children) -> tuple[Any, ...]:
        """一半, 半数, 百分百."""
        word = children[0]
        return Fraction(1, 1 if word == "百分百" else 2), 1, False, word.start_pos, word.end_pos, RATIO

    @staticmethod
    def han(children: Children) -> tuple[Any, ...]:
        """一百二十, 两, 一个半."""
        token = children[0]
        text, extra = (token[:-2], Fraction(1, 2)) if token.endswith("个半") else (token, 0)
        number = numerals.han(text)
        if number is None:
            raise Trouble("PF309", token.start_pos, token.end_pos)
        return number + extra, 1, False, token.start_pos, token.end_pos

    # ── units: (text, factor, end) ──
    @staticmethod
    def simple(children: Children) -> tuple[str, Fraction, int]:
        """元, %, 窗口."""
        token = children[0]
        known = known_units().get(token)
        if known is None:
            return str(token), _ONE, token.end_pos
        return known.text, (known.factor if known.text == RATIO else _ONE), token.end_pos

    @staticmethod
    def bracketed_unit(children: Children) -> tuple[str, Fraction, int]:
        """[窗格]."""
        return str(children[0][1:-1]), _ONE, children[0].end_pos

    @staticmethod
    def per(children: Children) -> tuple[list[str], int]:
        """人, 10万人, 人·月, 每项目: below the line of a compound."""
        words, head = [], ""
        for token in children:
            match token.type.rpartition("__")[2]:
                case "NUMBER" | "SCALE":
                    head += token
                case "UNIT" | "NEW_UNIT":
                    words.append(head + _bare(token))
                    head = ""
                case "EVERY":
                    words.append(each(token))
        return [*words, head] if head else words, children[-1].end_pos

    @staticmethod
    def compound(children: Children) -> tuple[str, Fraction, int]:
        """万元/每项目 without its scale word: 元/项目; 人·次; 元每人每年."""
        if len(children) > 1 and (known := known_units().get(children[0])) is not None and known.text == RATIO:
            # 95%/98% is two numbers.
            raise Trouble("PF317", children[0].start_pos, children[0].end_pos)
        top, below = _bare(children[0]), list[str]()
        _check_below(children)
        if len(children) == 3 and children[1].type.endswith("DOT"):
            return f"{top}·{_bare(children[2])}", _ONE, children[2].end_pos
        end = children[0].end_pos
        for child in children[1:]:
            if isinstance(child, tuple):
                words, end = child
                below += words
            elif child.type.endswith("EVERY"):
                below.append(each(child))
                end = child.end_pos
        return f"{top}/{'·'.join(below)}", _ONE, end

    @staticmethod
    def quantity(children: Children) -> Amount:
        """26万人, 100."""
        number = children[0]
        ratio = len(number) > 5
        if len(children) == 1:
            return Amount(number[0], number[1], RATIO if ratio else None, _ONE, number[2], number[3], number[4])
        text, factor, end = children[1]
        if ratio:
            if text == RATIO:
                raise Trouble("PF322", number[4], end)
            if len(number) > 6 and number[6]:
                text = RATIO
        value = number[0]
        if len(children) > 2:
            value += Fraction(1, 2)
            end = children[2].end_pos
        return Amount(value, number[1], text, factor, number[2], number[3], end)

    @staticmethod
    def noted(children: Children) -> Amount:
        """100(万元): the unit in brackets."""
        scale = 1
        for token in children[2:-2]:
            scale *= SCALES[token]
        amount = Amounts.quantity([children[0], children[-2]])
        return amount._replace(scale=amount.scale * scale, end=children[-1].end_pos)

    @staticmethod
    def money(children: Children) -> Amount:
        """¥500, ¥500万元."""
        amount = Amounts.quantity(children[1:])
        if amount.unit not in {None, "元"}:
            raise Trouble("PF322", children[0].start_pos, amount.end)
        return amount._replace(unit="元", start=children[0].start_pos)

    @staticmethod
    def mixed(children: Children) -> Amount:
        """2小时30分钟, 11分36秒: two units of one dimension, the larger first."""
        big, small = Amounts.quantity(children[:2]), Amounts.quantity(children[2:])
        if big.unit == "小时" and small.unit == "分":
            small = small._replace(unit="分钟")
        if big.unit == "分" and small.unit == "秒":
            big = big._replace(unit="分钟")
        upper, lower = known_units().get(big.unit or ""), known_units().get(small.unit or "")
        if upper is None or lower is None or upper.dimension != lower.dimension or lower.factor >= upper.factor:
            counts = _is_count(upper) and _is_count(lower)
            raise Trouble("PF317", small.start, small.end, beside="yes" if counts else "no")
        value = big.value + small.value * lower.factor / upper.factor
        return Amount(value, 1, big.unit, _ONE, odd=False, start=big.start, end=small.end)

    @staticmethod
    def unit_cell(children: Children) -> tuple[int, str, Fraction]:
        """万元/每项目 in the unit column, with its scale."""
        scale = 1
        for token in children[:-1]:
            scale *= SCALES[token]
        text, factor, _ = children[-1]
        return scale, text, factor

    @staticmethod
    def unit_share(children: Children) -> tuple[int, str, Fraction]:
        """1/10万 in the unit column."""
        share, numbers = _ONE, [word for word in children if word != "/"]
        for index, word in enumerate(numbers):
            value = Fraction(SCALES[word]) if word in SCALES else _decimal(word)
            share = share * value if index == 0 and children[0] != "/" else share / value
        return 1, RATIO, share


def _is_count(unit: Unit | None) -> bool:
    """Tell 47户163人, two counts side by side, from 3年2次, a rate."""
    return unit is not None and unit.dimension not in {RATIO, "时间", "月"}


def _check_below(children: Children) -> None:
    """Refuse 3座/126延米 and 15处/15处, which are two quantities and not one unit.

    Raises:
        Trouble: PF317.
    """
    for child in children[1:]:
        if not isinstance(child, tuple):
            continue
        words, end = child
        for word in words:
            digits = word[: len(word) - len(word.lstrip("0123456789"))]
            if digits and (not _ROUND.fullmatch(digits) or word[len(digits) :] == children[0]):
                raise Trouble("PF317", end - len(word), end)


def each(word: str) -> str:
    """Return what 每… counts: 每季度 → 季度, 每万人 → 万人, 每两年 and 两年 → 2年, 隔年 → 2年."""
    if word.startswith("隔"):
        return f"2{word[1:]}"
    text = word[1:].replace("半个", "半") if word[0] in "每一1" else word
    for numeral in ("两", "二", "三", "四", "五", "六"):
        if text.startswith(numeral) and len(text) > 1:
            return f"{numerals.han(numeral)}{text[1:]}"
    known = known_units().get(text)
    return known.text if known is not None else text


def _bare(token: str) -> str:
    known = known_units().get(token)
    return str(token) if known is None or known.text == RATIO else known.text


def _decimal(token: Any) -> Fraction:
    if len(token) > MAX_DIGITS:
        raise Trouble("PF310", token.start_pos, token.end_pos)
    if len(token) > 11 and looks_like_float_noise(token):
        raise Trouble("PF311", token.start_pos, token.end_pos)
    return numerals.decimal(token)


def _han_or_decimal(text: str) -> Fraction | None:
    if text[0].isdigit():
        try:
            return numerals.decimal(text)
        except ValueError:
            return None
    return numerals.han(text)
