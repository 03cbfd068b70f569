"""Numbers as people write them, in digits and in Chinese characters, to exact fractions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

_DIGITS = {
    char: value
    for value, chars in enumerate(("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
_SIZES = tuple(reversed([("十", 10), ("百", 100), ("千", 1000), *_GROUPS.items()]))
_JOINED = str.maketrans({"廿": "二十", "卅": "三十", "卌": "四十"})
_RUN = re.compile(r"[0-9]+")
#: 一百03, 三千5 and 1.5万五千 are no way to write a number.
_DOUBTFUL = re.compile(r"(?<![0-9])0|[百千万亿][0-9]$|\.")


def decimal(text: str) -> Fraction:
    """Return the number that digits write, with or without thousands separators and decimals.

    >>> decimal("1,200.50")
    Fraction(2401, 2)
    """
    whole, point, places = text.partition(".")
    if "," in whole:
        whole = whole.replace(",", "")
    return Fraction(int(whole + places), 10 ** len(places)) if point else Fraction(int(whole))


def han(text: str) -> Fraction | None:
    """Return the number that Chinese numerals write, or `None` where they write none.

    >>> han("一百二十"), han("二十五万"), han("两亿"), han("三点五"), han("二〇二三"), han("十十")
    (Fraction(120, 1), Fraction(250000, 1), Fraction(200000000, 1), Fraction(7, 2), Fraction(2023, 1), None)
    """
    if text == "半":
        return Fraction(1, 2)
    text = text.translate(_JOINED)
    whole, point, places = text.partition("点")
    if point:
        scaled = ""
        while places and places[-1] in _GROUPS:
            scaled, places = places[-1] + scaled, places[:-1]
        start = _whole(whole)
        if start is None or not places or any(char not in _DIGITS for char in places):
            return None
        value = Fraction(int(f"{start}" + "".join(str(_DIGITS[char]) for char in places)), 10 ** len(places))
        for word in scaled:
            value *= _GROUPS[word]
        return value
    number = _whole(whole)
    return None if number is None else Fraction(number)


def mixed(text: str) -> Fraction | None:
    """Return the number that digits and characters write together, or `None` where they write none.

    >>> mixed("3万五千"), mixed("三亿5000万"), mixed("1万零5百"), mixed("一百03")
    (Fraction(35000, 1), Fraction(350000000, 1), Fraction(10500, 1), None)
    """
    if _DOUBTFUL.search(text):
        return None
    return han(_RUN.sub(lambda digits: characters(int(digits[0])), text))


def composed(parts: Iterable[tuple[Fraction, str]]) -> Fraction | None:
    """Return the number that digits with their sizes write together, or `None` where they write none.

    A part is smaller than the size before it; 万 and 亿 multiply all that stands since the last of them. A part
    without a size fills the places that the size before it leaves.

    >>> one, two, nine = map(Fraction, (1, 2, 9))
    >>> composed([(one, "亿"), (nine, "千"), (two, "百万")]), composed([(two, "百"), (Fraction(80), "万")])
    (Fraction(192000000, 1), Fraction(2800000, 1))
    >>> composed([(one, "千"), (two, "百"), (Fraction(36), "")]), composed([(one, "万"), (two, "千万")])
    (Fraction(1236, 1), None)
    """
    total, section = Fraction(0), Fraction(0)
    size = closed = None
    is_whole = True
    for digits, word in parts:
        is_next = not word and size is not None and is_whole and digits.denominator == 1 and digits < 10 < size
        number = digits * (size or 0) / 10 if is_next else digits  # 2万5 is 2万5千
        tens, group = 1, 1
        for char in word:
            tens, group = tens * _TENS.get(char, 1), group * _GROUPS.get(char, 1)
        if size is not None:
            fills = bool(word) or (number.denominator == 1 and len(f"{number}") == len(f"{size}") - 1)
            if not (0 < number * tens < size and is_whole and fills):
                return None
        section, size, is_whole = section + number * tens, tens, number.denominator == 1
        if group > 1:
            if closed is not None and section * group >= closed:
                return None
            total, section, size = total + section * group, Fraction(0), tens * group
            closed = size
    return total + section


def characters(number: int) -> str:
    """Write a number in characters.

    >>> characters(10500), characters(12)
    ('一万零五百', '一十二')
    """
    for word, size in _SIZES:
        if number >= size:
            head, rest = divmod(number, size)
            between = "零" if rest and rest * 10 < size else ""
            return f"{characters(head)}{word}{between}{characters(rest) if rest else ''}"
    return "零一二三四五六七八九"[number]


def _whole(text: str) -> int | None:
    """Read 一百二十; a unit smaller than the one before it adds, and none may come twice."""
    if len(text) > 1 and all(char in _DIGITS for char in text):
        # 二〇二三 is a number; 三四 (个) is "three or four".
        if len(text) < 3 and not set(text) & set("零〇"):
            return None
        return int("".join(str(_DIGITS[char]) for char in text))
    for word, size in (("亿", 10**8), ("万", 10**4)):
        head, found, rest = text.rpartition(word)
        if found:
            top = None if word in head else _whole(head)
            low = _rest(rest, size)
            return None if top is None or low is None or top == 0 else top * size + low
    return _section(text)


def _rest(text: str, size: int) -> int | None:
    """Read what follows 万 or 亿: 三千 as it stands, and the colloquial 五 of 三万五 as 五千."""
    if not text:
        return 0
    if len(text) == 1 and text in _DIGITS and text not in "零〇":
        return _DIGITS[text] * size // 10
    value = _whole(text.lstrip("零〇"))
    return value if value is not None and value < size else None


def _section(text: str) -> int | None:
    total, digit, last = 0, None, 10**4
    for char in text:
        if char in _DIGITS:
            if digit not in {None, 0}:
                return None
            digit = _DIGITS[char]
        elif char in _TENS:
            size = _TENS[char]
            if size >= last or digit == 0:
                return None
            if digit is None and not (size == 10 and total == 0):
                return None
            total, digit, last = total + (1 if digit is None else digit) * size, None, size
        else:
            return None
    if digit is None:
        return total if text else None
    # 一百二 is 120, 一百零二 is 102.
    return total + (digit * last // 10 if last > 10 and total and text[-2] not in "零〇" else digit)
