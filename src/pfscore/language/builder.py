"""From the grammar's tokens to the parts of a cell: one short function for each rule of `grammar/*.lark`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pfscore.foundation.numbers import MAX_DIGITS, looks_like_float_noise
from pfscore.language import numerals
from pfscore.language.parts import Amount, Around, Clause, Conditions, Joint, Measure, One, Range, Side, Trouble, Word
from pfscore.language.units import RATIO, SCALES, known_units

Children = list[Any]
_ONE = Fraction(1)
#: Joints at which a cell starts a new thought, as opposed to 和 and 、 inside one.
_NO_UNIT: tuple[str | None, Fraction] = (None, _ONE)


class Builder:
    """The callbacks that Lark calls while it parses.

    Rules and terminals that one grammar file imports from another carry its name in front (`quantity__number`);
    what counts is the part behind.
    """

    def __getattr__(self, name: str) -> Any:
        head, found, rule = name.rpartition("__")
        if not head or not found or not rule:
            raise AttributeError(name)
        return getattr(self, rule)

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
        number, scale, _, _, end = Builder.plain(children[1:])
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
        """2/3, 1/10万, 1:1.5: a ratio."""
        under = _decimal(children[2]) * (SCALES[children[3]] if len(children) > 3 else 1)
        if not under:
            raise Trouble("PF327", children[2].start_pos, children[-1].end_pos)
        return _decimal(children[0]) / under, 1, False, children[0].start_pos, children[-1].end_pos, RATIO

    @staticmethod
    def product(children: Children) -> tuple[Any, ...]:
        """7×24."""
        return _decimal(children[0]) * _decimal(children[2]), 1, False, children[0].start_pos, children[2].end_pos

    @staticmethod
    def parts_of(children: Children) -> tuple[Any, ...]:
        """百分之九十五, 十万分之一, 三分之二."""
        token = children[0]
        under, _, over = token.partition("分之")
        bottom = _han_or_decimal({"百": "一百", "千": "一千", "万": "一万"}.get(under, under))
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
        """一半, 半数."""
        token = children[0]
        return Fraction(1, 2), 1, False, token.start_pos, token.end_pos, RATIO

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
    def top(children: Children) -> tuple[str, Fraction, int]:
        """元, %, 人·日."""
        if len(children) == 1:
            token = children[0]
            known = known_units().get(token)
            if known is None:
                return str(token), _ONE, token.end_pos
            return known.text, (known.factor if known.text == RATIO else _ONE), token.end_pos
        left, right = children[0], children[-1]
        return f"{_bare(left)}·{_bare(right)}", _ONE, right.end_pos

    @staticmethod
    def per(children: Children) -> tuple[list[str], int]:
        """人, 10万人, 人·月: below the line of a compound."""
        words, head = [], ""
        for token in children:
            match token.type.rpartition("__")[2]:
                case "NUMBER" | "SCALE":
                    head += token
                case "UNIT" | "NEW_UNIT":
                    words.append(head + _bare(token))
                    head = ""
        return words, children[-1].end_pos

    @staticmethod
    def every(children: Children) -> tuple[list[str], int]:
        """每项目 below the line."""
        return [each(children[0])], children[0].end_pos

    @staticmethod
    def unit(children: Children) -> tuple[str, Fraction, int]:
        """万元/每项目 without its scale word: 元/项目."""
        text, factor, end = children[0]
        if len(children) == 1:
            return text, factor, end
        below: list[str] = []
        for child in children[1:]:
            if isinstance(child, tuple):
                words, end = child
                below += words
            elif child.type.endswith("EVERY"):
                below.append(each(child))
                end = child.end_pos
        top = "%" if text == RATIO else text
        return f"{top}/{'·'.join(below)}", _ONE, end

    @staticmethod
    def quantity(children: Children) -> Amount:
        """26万人, 100."""
        number = children[0]
        if len(children) == 1:
            unit = number[5] if len(number) > 5 else None
            return Amount(number[0], number[1], unit, _ONE, number[2], number[3], number[4])
        text, factor, end = children[1]
        if len(number) > 5 and text == RATIO:
            raise Trouble("PF322", number[4], end)
        value = number[0]
        if len(children) > 2:
            value += Fraction(1, 2)
            end = children[2].end_pos
        return Amount(value, number[1], text, factor, number[2], number[3], end)

    @staticmethod
    def mixed(children: Children) -> Amount:
        """2小时30分钟: two units of one dimension, the larger first."""
        big, small = Builder.quantity(children[:2]), Builder.quantity(children[2:])
        upper, lower = known_units().get(big.unit or ""), known_units().get(small.unit or "")
        if upper is None or lower is None or upper.dimension != lower.dimension or lower.factor >= upper.factor:
            raise Trouble("PF317", small.start, small.end)
        value = big.value + small.value * lower.factor / upper.factor
        return Amount(value, 1, big.unit, _ONE, odd=False, start=big.start, end=small.end)

    @staticmethod
    def edge(children: Children) -> Word:
        """以上, 以内, (含)."""
        return _word(children[0])

    @staticmethod
    def edged(children: Children) -> Side:
        """60%(含)以上."""
        return Side(children[0], tuple(children[1:]))

    # ── measures ──
    @staticmethod
    def one(children: Children) -> Measure:
        """26万人, 95%以上."""
        return One(_side(children[0]))

    @staticmethod
    def span(children: Children) -> Measure:
        """60%-80%, 60%以上80%以下."""
        return Range(_side(children[0]), _side(children[-1]))

    @staticmethod
    def bracketed(children: Children) -> Measure:
        """[60%,80%)."""
        return Range(Side(children[1]), Side(children[3]), children[0] == "(", children[4] == ")")

    @staticmethod
    def tolerance(children: Children) -> Measure:
        """100±5."""
        return Around(children[0], Side(children[2]))

    @staticmethod
    def symmetric(children: Children) -> Measure:
        """±5%以内."""
        return Around(None, _side(children[1]))

    @staticmethod
    def chain(children: Children) -> Measure:
        """60%≤X≤80%."""
        signs = tuple(_word(child) for child in children[1:-1] if not isinstance(child, Word))
        return Range(_side(children[0]), _side(children[-1]), signs=signs)

    # ── clauses ──
    @staticmethod
    def word(children: Children) -> Word:
        """A stretch of text, a name, a date."""
        return _word(children[0])

    @staticmethod
    def lead(children: Children) -> tuple[Word, ...]:
        """What stands before a measure, or instead of one."""
        return tuple([child if isinstance(child, Word) else _word(child) for child in children])

    tail = lead

    @staticmethod
    def words(children: Children) -> Clause:
        """A clause without a number."""
        return Clause(children[0])

    @staticmethod
    def measured(children: Children) -> Clause:
        """A clause with a number."""
        if len(children) == 1:
            return Clause((), children[0])
        if isinstance(children[0], tuple) and not isinstance(children[0], Side):
            return Clause(children[0], children[1], children[2] if len(children) > 2 else ())
        return Clause((), children[0], children[1])

    @staticmethod
    def conditions(children: Children) -> Conditions:
        """The whole cell."""
        clauses = [child for child in children if isinstance(child, Clause)]
        joints = [Joint(child.type.endswith("OR"), str(child)) for child in children if not isinstance(child, Clause)]
        return Conditions(tuple(clauses), tuple(joints[: len(clauses) - 1]))

    @staticmethod
    def not_applicable(_children: Children) -> None:
        """不适用."""

    @staticmethod
    def start(children: Children) -> Conditions:
        """A cell."""
        conditions: Conditions = children[0]
        return conditions

    @staticmethod
    def unit_cell(children: Children) -> tuple[int, str, Fraction]:
        """万元/每项目 in the unit column, with its scale."""
        scale = 1
        for token in children[:-1]:
            scale *= SCALES[token]
        text, factor, _ = children[-1]
        return scale, text, factor


def each(token: str) -> str:
    """Return what 每… counts: 每季度 → 季度, 每万人 → 万人."""
    text = token[1:]
    known = known_units().get(text)
    return known.text if known is not None else text


def _bare(token: str) -> str:
    known = known_units().get(token)
    return str(token) if known is None or known.text == RATIO else known.text


def _side(child: Amount | Side) -> Side:
    return child if isinstance(child, Side) else Side(child)


def _word(token: Any) -> Word:
    return Word(token.type.rpartition("__")[2], str(token), token.start_pos)


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
