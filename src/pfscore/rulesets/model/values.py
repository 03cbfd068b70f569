"""The typed values of a ruleset: shares, points, days, ranges, lists that may be written as their only member."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from pfscore.documents.scalars import ANY_NUMBER, NUMERAL, fold, one_value, problem, read_amount, read_day
from pfscore.foundation.numbers import decimal_places, decimal_text, in_percent
from pfscore.foundation.text import shorten

_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?[%‰]?"
_FROM_TO = re.compile(rf"(?P<low>{_NUMBER}) ?(?:-|~|—|–|至|到) ?(?P<high>{_NUMBER})")
#: How a bound is written in cells, and as a range.
_BOUNDS = {
    **dict.fromkeys(("≤", "<=", "≦", "不高于", "不超过", "及以下"), "(-∞, {}]"),
    **dict.fromkeys(("<", "＜", "低于", "小于", "以下"), "(-∞, {})"),
    **dict.fromkeys(("≥", ">=", "≧", "不低于", "及以上", "以上"), "[{}, +∞)"),
    **dict.fromkeys((">", "＞", "高于", "大于", "超过"), "({}, +∞)"),
}
_BOUND_WORDS = "|".join(sorted(_BOUNDS, key=len, reverse=True))
_BOUND = re.compile(rf"(?P<before>{_BOUND_WORDS}) ?(?P<edge>{_NUMBER})|(?P<edge_>{_NUMBER}) ?(?P<after>{_BOUND_WORDS})")
_SHARE = re.compile(r"([\[(])\s*([^,\s]+)\s*,\s*([^,\s]+)\s*([\])])")
_STARTS_LIKE_A_NUMBER = re.compile(r"[+-]?[0-9.]")
_ONLY_NUMBER = ("这里只写数字，如 10、0.5", "write digits only, such as 10 or 0.5")


def _read_portion(value: Any) -> Fraction:
    """Read a number or a percentage that is not negative."""
    number = read_amount(value)
    if number < 0:
        shown = shorten(str(value))
        raise problem("PF205", f"“{shown}” 是负数", f"{shown!r} is negative", "这里写 0 或正数", "write 0 or more")
    return number


def read_points(value: Any) -> Fraction:
    """Read points: a number that is neither negative nor a percentage, which would be a hundredth of what it says."""
    text, shown = fold(str(value)).strip(), shorten(str(value))
    try:
        number = _read_portion(value)
    except PydanticCustomError as error:
        if (context := error.context or {}).get("hint_zh") != ANY_NUMBER[0]:
            raise
        raise problem("PF205", context["zh"], context["en"], *_ONLY_NUMBER) from None
    if not isinstance(value, Fraction) and text[-1:] in {"%", "‰"}:
        bare = text[:-1].strip()
        raise problem(
            "PF205",
            f"“{shown}” 是百分数，这里写分数",
            f"{shown!r} is a percentage; these are points",
            f"{bare} 分写 {bare}",
            f"for {bare} points write {bare}",
        )
    return number


class Range:
    """An interval of shares or amounts with open or closed edges; `None` is infinite.

    >>> Range.read("[80%, 100%]"), Fraction("0.8") in Range.read("[60%, 80%)")
    (Range('[0.8, 1]'), False)
    """

    __slots__ = ("high", "high_open", "low", "low_open")

    def __init__(
        self,
        low: Fraction | None,
        high: Fraction | None,
        *,
        low_open: bool = False,
        high_open: bool = False,
    ) -> None:
        self.low, self.high, self.low_open, self.high_open = low, high, low_open, high_open

    @classmethod
    def read(cls, value: Any) -> Range:
        """Read `[60%, 80%)`, `(-∞, 60%)` or a single value `100%`."""
        if isinstance(value, Range):
            return value
        if isinstance(value, list) and len(value) == 2 and all(isinstance(edge, str) for edge in value):
            shown = shorten(f"[{value[0]}, {value[1]}]")
            raise problem(
                "PF207",
                f"区间 {shown} 没有加引号，成了列表",
                f"the range {shown} is not in quotes and has become a list",
                f'改为 "{shown}"',
                f'write "{shown}"',
            )
        text = fold(one_value(value)).strip()
        if match := _SHARE.fullmatch(text):
            low, high = _edge(match[2]), _edge(match[3])
            found = cls(low, high, low_open=match[1] == "(", high_open=match[4] == ")")
            if (
                low is not None
                and high is not None
                and (low > high or (low == high and (found.low_open or found.high_open)))
            ):
                raise problem(
                    "PF207",
                    f"区间 “{text}” 是空的",
                    f"the range {text!r} is empty",
                    "左端应当小于右端",
                    "the left edge must be below the right one",
                )
            return found
        if meant := _as_range(text):
            raise problem(
                "PF207",
                f"区间不这样写：“{shorten(str(value))}”",
                f"{shorten(str(value))!r} is not how a range is written",
                f'写成 "{meant}"：方括号含端点，圆括号不含',
                f'write "{meant}": a square bracket includes the edge, a round one does not',
            )
        if not _STARTS_LIKE_A_NUMBER.match(text) or text[-1:] in "])":
            raise problem(
                "PF207",
                f"“{shorten(text)}” 不是区间",
                f"{shorten(text)!r} is not a range",
                "写成 [60%, 80%)：方括号含端点，圆括号不含；没有端点写 -∞ 或 +∞",
                "write [60%, 80%): a square bracket includes the edge, a round one does not; -∞ and +∞ for no edge",
            )
        single = read_amount(text)
        return cls(single, single)

    @property
    def is_open(self) -> bool:
        """Whether an edge is left out.

        >>> Range.read("[0, 5)").is_open, Range.read("[0, 5]").is_open
        (True, False)
        """
        return self.low_open or self.high_open

    def __contains__(self, value: Fraction) -> bool:
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        return self.high is None or value < self.high or (not self.high_open and value == self.high)

    def __str__(self) -> str:
        low = "-∞" if self.low is None else decimal_text(self.low)
        high = "+∞" if self.high is None else decimal_text(self.high)
        return f"{'(' if self.low_open else '['}{low}, {high}{')' if self.high_open else ']'}"

    def __repr__(self) -> str:
        return f"Range({str(self)!r})"

    def compact(self) -> str:
        """Return the range, or the one number that it holds.

        >>> Range.read("[0, 8]").compact(), Range.read("8").compact()
        ('[0, 8]', '8')
        """
        return decimal_text(self.low) if self.low is not None and self.low == self.high else str(self)

    def percent(self) -> str:
        """Return the range as people write shares.

        >>> Range.read("[0.8, 1)").percent(), Range.read("0.5").percent()
        ('[80%, 100%)', '50%')
        >>> Range.read("2/3").percent()
        '2/3'
        """
        low = "-∞" if self.low is None else _percent(self.low)
        high = "+∞" if self.high is None else _percent(self.high)
        if self.low == self.high and self.low is not None:
            return low
        return f"{'(' if self.low_open else '['}{low}, {high}{')' if self.high_open else ']'}"

    def _key(self) -> tuple[Fraction | None, Fraction | None, bool, bool]:
        return self.low, self.high, self.low_open, self.high_open

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Range) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())


def read_signed_points(value: Any) -> Fraction:
    """Read points that an adjustment may also take off: `-3`."""
    text = fold(str(value)).strip()
    if isinstance(value, Fraction) or text[:1] not in {"-", "−"}:
        return read_points(value)
    return -read_points(text[1:])


def _read_points_above(value: Any) -> Fraction:
    """Read points that are more than none."""
    points = read_points(value)
    if not points:
        raise problem("PF205", "分数应大于 0", "the points must be above 0")
    return points


def _read_point_range(value: Any) -> Range:
    """Read points, or a range of them.

    >>> _read_point_range("[3, 4]"), _read_point_range("2")
    (Range('[3, 4]'), Range('[2, 2]'))
    """
    if isinstance(value, Range | list) or fold(str(value)).strip()[:1] in {"[", "("}:
        found = Range.read(value)
        if "%" in str(value):
            raise problem("PF205", f"“{value}” 是百分数，这里写分数", f"{value!r} is a percentage; these are points")
        return found
    if meant := _as_range(fold(str(value)).strip().replace("分", "")):
        shown = shorten(str(value))
        raise problem(
            "PF207",
            f"得分的区间不这样写：“{shown}”",
            f"{shown!r} is not how a range of points is written",
            f'写成 "{meant}"',
            f'write "{meant}"',
        )
    points = read_signed_points(value)
    return Range(points, points)


def _read_share_range(value: Any) -> Range:
    """Read a share, or a range of them.

    >>> _read_share_range("[60%, 80%]"), _read_share_range("0.5")
    (Range('[0.6, 0.8]'), Range('[0.5, 0.5]'))
    """
    if isinstance(value, Range | list) or fold(str(value)).strip()[:1] in {"[", "("}:
        return Range.read(value)
    share = read_amount(value)
    return Range(share, share)


def _percent(share: Fraction) -> str:
    """Return a share in percent; a fraction without a finite decimal as it is."""
    return decimal_text(share) if decimal_places(share) is None else in_percent(share)


def _as_range(text: str) -> str:
    """Return the range that was meant by other ways of writing one; nothing where `text` is none of them.

    >>> [_as_range(text) for text in ("0-100%", "60%~80%", "≤100%", ">=5", "90%以上", "90%")]
    ['[0%, 100%]', '[60%, 80%]', '(-∞, 100%]', '[5, +∞)', '[90%, +∞)', '']
    """
    if match := _FROM_TO.fullmatch(text):
        low, high = match["low"], match["high"]
        # 0-100%: the sign stands once for both.
        return f"[{low}{high[-1]}, {high}]" if high[-1] in "%‰" and low[-1] not in "%‰" else f"[{low}, {high}]"
    if match := _BOUND.fullmatch(text):
        return _BOUNDS[match["before"] or match["after"]].format(match["edge"] or match["edge_"])
    return ""


def _edge(text: str) -> Fraction | None:
    return None if text.strip("+-") in {"∞", "inf"} else read_amount(text)


def read_list(value: Any) -> Any:
    """Take a list that is written as its only member."""
    return [value] if isinstance(value, str) else value


def _read_truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    known = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
    if (text := one_value(value).strip().lower()) in known:
        return known[text]
    raise problem("PF203", f"“{value}” 应写“是”或“否”", f"{value!r} should be 是/true or 否/false")


def _written(read: Callable[[Any], Any], show: Callable[[Any], str], *examples: str) -> tuple[object, ...]:
    """Return how a value is read from what authors write, how it is shown again, and what an editor may accept."""
    schema = {**NUMERAL, "examples": list(examples)} if examples else NUMERAL
    return BeforeValidator(read), PlainSerializer(show, return_type=str), WithJsonSchema(schema)


#: What an editor may accept: one member without a list.
_MEMBERS = {"anyOf": [NUMERAL, {"type": "array", "items": NUMERAL, "minItems": 1}]}
#: What an editor may accept as a day.
_DAY = {"type": ["integer", "string"], "examples": ["2023-01-01", 2023]}

#: A number or percentage, exact.
Amount = Annotated[Fraction, *_written(read_amount, decimal_text)]
#: As an amount, and not negative.
Portion = Annotated[Fraction, *_written(_read_portion, decimal_text)]
#: A number of points.
Points = Annotated[Fraction, *_written(read_points, decimal_text)]
#: A number of points, below 0 where they are taken off.
SignedPoints = Annotated[Fraction, *_written(read_signed_points, decimal_text)]
#: A number of points above 0.
PointsAbove = Annotated[Fraction, *_written(_read_points_above, decimal_text)]
#: A number of points, or a range from which a person chooses.
PointRange = Annotated[Range, *_written(_read_point_range, str, "3", "[3, 4]")]
#: A share of the points, or a range from which a person chooses.
ShareRange = Annotated[Range, *_written(_read_share_range, str, "80%", "[60%, 80%]")]
#: An interval such as `[60%, 80%)`, or a single value.
Interval = Annotated[Range, *_written(Range.read, str, "[60%, 80%)", "(-∞, 60%)", "100%")]
#: A date or a year.
Day = Annotated[date, *_written(read_day, date.isoformat), WithJsonSchema(_DAY)]
#: A text that may look like a number: a cell, a formula.
Text = Annotated[str, WithJsonSchema(NUMERAL)]
#: A list that may be written as its only member.
Texts = Annotated[tuple[str, ...], BeforeValidator(read_list), Field(min_length=1), WithJsonSchema(_MEMBERS)]
#: A list of names.
Names = Texts
#: 是 or 否, true or false.
Truth = Annotated[bool, BeforeValidator(_read_truth), WithJsonSchema({"enum": [True, False, "是", "否"]})]
