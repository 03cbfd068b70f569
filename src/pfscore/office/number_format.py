"""What a spreadsheet shows of a stored value: number formats, applied exactly.

The stored text is taken as a decimal with 15 significant digits, which is what spreadsheets keep; it never becomes a
binary number. What a format asks for and this module cannot show raises :class:`UnknownFormat`, so that the caller
reports the cell rather than showing something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation, Overflow
from fractions import Fraction
from itertools import takewhile
from typing import NamedTuple

from pfscore.foundation.numbers import Rounding, fixed_text, round_scaled
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.text import shorten

_STORED = Context(prec=15, rounding="ROUND_HALF_EVEN", Emin=-400, Emax=400)
#: The formats without a code of their own in the file, as a Chinese spreadsheet shows them.
BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;[Red]"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0 ;-#,##0",
    38: "#,##0 ;[Red]-#,##0",
    39: "#,##0.00 ;-#,##0.00",
    40: "#,##0.00 ;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<skipped>.)|\*(?P<filled>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])"
    r"|(?P<date>yyyy|yyy|yy|y|eeee|e|mmmmm|mmmm|mmm|mm|m|dddd|ddd|dd|d|aaaa|aaa|hh|h|ss|s)"
    r"|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_CONDITION = re.compile(r"(<=|>=|<>|=|<|>)(-?[0-9.]+)")
_COLOUR = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|white|yellow|color ?[0-9]+|[黑蓝绿红白黄青]色?|洋红)", re.IGNORECASE
)
_SHOWN_NUMBER = re.compile(r"[0-9][0-9,]*(?:[.][0-9]+)?(?:E[+-][0-9]+)?")
_LAST_SERIAL = 2_958_465
_GENERAL_WIDTH = 11


#: The most characters of a format that a spreadsheet takes.
_LONGEST = 255


class UnknownFormat(ValueError):
    """A number format that asks for something that is not supported; its text is the part."""


class _Part(NamedTuple):
    kind: str
    text: str


def stored_number(text: str) -> Decimal | None:
    """Return the number that a spreadsheet holds for the text of a value; `None` where it is no number.

    >>> stored_number("0.94840000000000002"), stored_number("1.5E-3"), stored_number("abc")
    (Decimal('0.948400000000000'), Decimal('0.0015'), None)
    """
    if not re.fullmatch(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?\s*", text):
        return None
    try:
        return _STORED.create_decimal(text.strip())
    except (InvalidOperation, Overflow):
        return None


def _plain_text(number: Decimal) -> str:
    """Return a number as plain decimal text without trailing zeros.

    >>> _plain_text(Decimal("0.948400000000000")), _plain_text(Decimal("1E+3"))
    ('0.9484', '1000')
    """
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"", "-", "-0"} else text


@remembered
def shown(number: Decimal, code: str, *, epoch_1904: bool = False) -> str:
    """Return what a cell shows that holds `number` under the number format `code`.

    Raises:
        UnknownFormat: for a format that cannot be shown exactly.

    >>> shown(Decimal("0.948362"), "0.00%"), shown(Decimal("95"), '"≥"0"%"'), shown(Decimal("45291"), "yyyy/m/d")
    ('94.84%', '≥95%', '2023/12/31')
    """
    sections = _sections(code)
    section, value = _choose(sections, Fraction(number))
    if any(part.kind == "general" for part in section):
        return "".join(_general(value) if part.kind == "general" else _literal(part) for part in section)
    if any(part.kind in {"date", "half", "elapsed"} for part in section):
        return _date(section, number, epoch_1904=epoch_1904)
    if any(part.kind == "numerals" for part in section):
        raise UnknownFormat("[DBNum1]")
    if not any(part.kind in {"digit", "text"} for part in section):
        return "".join(map(_literal, section)).strip()
    if any(part.kind == "text" for part in section):
        return "".join(_general(value) if part.kind == "text" else _literal(part) for part in section)
    return _number(section, value).strip()


def shown_text(text: str, code: str) -> str:
    """Return what a cell shows that holds text: the fourth section of the format, where there is one.

    >>> shown_text("优", '0;0;0;"评为"@')
    '评为优'
    """
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[0] if len(sections) == 1 else ()
    if not any(part.kind == "text" for part in section):
        return text
    return "".join(text if part.kind == "text" else _literal(part) for part in section).strip()


_NUMERALS = "〇一二三四五六七八九"
#: What a shown number may be times the stored one; the likely ones first.
_POWERS = tuple(Fraction(10) ** power for power in (0, 2, 3, -4, -8, 1, -1, -2, -3, -5, -6, -7))
_CLOSE = Fraction(1, 100)


@remembered
def stored_behind(text: str, number: Decimal, code: str = "") -> str | None:
    """Return the stored number where what a cell shows is another one, by a hundredth or more; dates aside.

    >>> stored_behind("95%", Decimal("0.9484")), stored_behind("9.48%", Decimal("0.0948"))
    ('0.9484', None)
    """
    if text == _plain_text(number) or any(part.kind in {"date", "half", "elapsed"} for part in _sections(code)[0]):
        return None
    found = _SHOWN_NUMBER.findall(text)
    if len(found) != 1:
        return _plain_text(number) if not found and number else None
    seen = Fraction(found[0].replace(",", ""))
    # The shown number may be the stored one times a power of ten: a percentage, or 万元.
    value = abs(Fraction(number))
    is_seen = any(abs(value * power - seen) < _CLOSE for power in _POWERS)
    return None if is_seen else _plain_text(number)


@remembered
def _sections(code: str) -> tuple[tuple[_Part, ...], ...]:
    """Split a format at the semicolons that stand outside quotes, and each section into its parts."""
    if len(code) > _LONGEST:
        raise UnknownFormat(shorten(code))
    sections: list[list[_Part]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "other"
        text = match[kind] or ""
        if kind == "other" and text == ";":
            sections.append([])
        else:
            sections[-1] += _parts(kind, text)
    return tuple(tuple(_minutes(section)) for section in sections)


#: What single characters outside quotes mean; any other stands for itself.
_SIGNS = {"@": "text", "%": "percent", "‰": "permille", ",": ",", ".": ".", "/": "/"}


def _parts(kind: str, text: str) -> Iterable[_Part]:
    match kind:
        case "quoted" | "escaped":
            return [_Part("literal", text)]
        case "skipped":
            return [_Part("literal", " ")]
        case "filled":
            return []
        case "bracket":
            return _bracket(text)
        case "other":
            return [_Part(_SIGNS.get(text, "literal"), text)]
        case "date":
            return [_Part("date", text.lower())]
        case _:
            return [_Part(kind, text)]


def _bracket(text: str) -> Iterator[_Part]:
    if re.fullmatch(r"h+|m+|s+", text, re.IGNORECASE):
        yield _Part("elapsed", text.lower())
    elif text.startswith("$"):
        if symbol := text[1:].split("-")[0]:
            yield _Part("literal", symbol)
    elif condition := _CONDITION.fullmatch(text.replace(" ", "")):
        yield _Part("condition", condition[0])
    elif text.upper() == "DBNUM1":
        yield _Part("numerals", "")
    elif not _COLOUR.fullmatch(text):
        raise UnknownFormat(f"[{text}]")


def _minutes(section: list[_Part]) -> Iterator[_Part]:
    """Mark the m that means minutes: behind an hour, or before seconds."""
    times = [index for index, part in enumerate(section) if part.kind in {"date", "elapsed"}]
    for index, part in enumerate(section):
        if part.kind == "date" and part.text in {"m", "mm"}:
            place = times.index(index)
            before = section[times[place - 1]].text[0] if place else ""
            behind = section[times[place + 1]].text[0] if place + 1 < len(times) else ""
            if before == "h" or behind == "s":
                yield _Part("date", "n" * len(part.text))
                continue
        yield part


def _choose(sections: tuple[tuple[_Part, ...], ...], value: Fraction) -> tuple[tuple[_Part, ...], Fraction]:
    """Return the section for a number, and the number without the sign that the section shows itself."""
    numeric = sections[:3]
    if any(part.kind == "condition" for section in numeric for part in section):
        for section in numeric:
            condition = next((part.text for part in section if part.kind == "condition"), None)
            if condition is None or _holds(condition, value):
                # A condition that only negative numbers meet shows them without their sign.
                unsigned = condition is not None and condition[0] == "<" and value < 0
                return section, abs(value) if unsigned else value
        raise UnknownFormat(";")
    if len(numeric) > 2 and value == 0:
        return numeric[2], value
    if len(numeric) > 1 and value < 0:
        return numeric[1], -value
    return numeric[0], value


def _holds(condition: str, value: Fraction) -> bool:
    match = _CONDITION.fullmatch(condition)
    assert match is not None  # noqa: S101  (it matched when the format was read)
    limit = Fraction(match[2])
    return {
        "<": value < limit,
        ">": value > limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[match[1]]


def _literal(part: _Part) -> str:
    return "" if part.kind == "condition" else part.text


def _general(value: Fraction) -> str:
    """Return a number as `General` shows it: at most eleven characters."""
    magnitude = abs(value)
    sign = "-" if value < 0 else ""
    tiny = 0 < magnitude < Fraction(1, 10**4) and (magnitude * 10**9).denominator != 1
    if tiny or magnitude >= 10**_GENERAL_WIDTH:
        return sign + _scientific(magnitude, 1, 5, exponent_digits=2, plus=True, trim=True)
    whole = len(str(int(magnitude)))
    places = max(0, _GENERAL_WIDTH - 1 - whole)
    text = fixed_text(magnitude, places)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return sign + text if text != "0" else "0"


def _scientific(
    magnitude: Fraction, whole: int, places: int, *, exponent_digits: int, plus: bool, trim: bool = False
) -> str:
    exponent = 0
    while magnitude and magnitude >= 10 ** (exponent + 1):
        exponent += 1
    while magnitude and magnitude < Fraction(10) ** exponent:
        exponent -= 1
    exponent -= exponent % whole
    text = fixed_text(magnitude / Fraction(10) ** exponent, places)
    if len(text.split(".")[0]) > whole:
        exponent += whole
        text = fixed_text(magnitude / Fraction(10) ** exponent, places)
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    sign = "-" if exponent < 0 else "+" if plus else ""
    return f"{text}E{sign}{abs(exponent):0{exponent_digits}}"


def _number(section: tuple[_Part, ...], value: Fraction) -> str:
    """Show a number by a section with digit placeholders."""
    kinds = [part.kind for part in section]
    for kind in kinds:
        value *= _FACTORS.get(kind, 1)
    layout = _Layout.of(kinds)
    value /= 1000**layout.thousands
    sign, magnitude = "-" if value < 0 else "", abs(value)
    if "exponent" in kinds:
        return sign + _exponent(section, magnitude)
    if "/" in kinds[layout.first : layout.last]:
        return sign + _vulgar(section, magnitude)
    text = fixed_text(magnitude, len(layout.places))
    whole, _, places = text.partition(".")
    if not whole.strip("0") and not any(section[slot].text == "0" for slot in layout.whole):
        whole = ""
    digits = _woven(section, layout.whole, whole, grouped=layout.grouped)
    digits |= _shown_places(section, layout.places, places)
    shown_text = "".join(digits.get(slot, _between(part)) for slot, part in enumerate(section))
    return f"{sign}{shown_text}" if text.strip("0.") else shown_text


_FACTORS = {"percent": 100, "permille": 1000}


class _Layout(NamedTuple):
    """Where the digits of a number stand in a section."""

    first: int
    last: int
    whole: list[int]
    places: list[int]
    grouped: bool
    thousands: int

    @classmethod
    def of(cls, kinds: list[str]) -> _Layout:
        first, last = kinds.index("digit"), len(kinds) - 1 - kinds[::-1].index("digit")
        point = kinds.index(".") if "." in kinds else len(kinds)
        end = min(point, last + 1)
        # Commas behind the digits, or directly before the point, divide by a thousand each.
        behind = last + 1 if point > last else point
        thousands = sum(1 for _ in takewhile(lambda kind: kind == ",", kinds[last + 1 :]))
        if behind == point:
            thousands += sum(1 for _ in takewhile(lambda kind: kind == ",", reversed(kinds[first:point])))
        inside = kinds[first : max(i for i in range(first, end) if kinds[i] == "digit") + 1] if first < end else []
        whole = [slot for slot in range(first, end) if kinds[slot] == "digit"]
        places = [slot for slot in range(point, last + 1) if kinds[slot] == "digit"]
        return cls(first, last, whole, places, "," in inside, thousands)


def _between(part: _Part) -> str:
    return "" if part.kind in {"digit", ",", "condition"} else part.text


def _shown_places(section: tuple[_Part, ...], slots: list[int], places: str) -> dict[int, str]:
    """Return the decimals by their placeholders; # shows no trailing zero, ? a blank."""
    found: dict[int, str] = {}
    trailing = True
    for slot, digit in reversed(list(zip(slots, places, strict=True))):
        trailing = trailing and digit == "0"
        found[slot] = {"0": "0", "?": " "}.get(section[slot].text, "") if trailing else digit
    return found


def _woven(section: tuple[_Part, ...], slots: list[int], whole: str, *, grouped: bool) -> dict[int, str]:
    """Return the digits before the point by their placeholders, the first of which takes all that is left."""
    found: dict[int, str] = {}
    count = 0
    rest = whole
    for slot in reversed(slots):
        digit = rest[-1:] or {"0": "0", "?": " "}.get(section[slot].text, "")
        rest = rest[:-1]
        comma = "," if grouped and count and count % 3 == 0 and digit.strip() else ""
        found[slot] = digit + comma
        count += bool(digit)
    if slots and rest:
        head = ""
        for digit in reversed(rest):
            head = digit + ("," if grouped and count and count % 3 == 0 else "") + head
            count += 1
        found[slots[0]] = head + found[slots[0]]
    return found


def _exponent(section: tuple[_Part, ...], magnitude: Fraction) -> str:
    kinds = [part.kind for part in section]
    at = kinds.index("exponent")
    point = kinds.index(".") if "." in kinds[:at] else at
    whole = kinds[:point].count("digit")
    places = kinds[point:at].count("digit")
    power = kinds[at:].count("digit")
    text = _scientific(magnitude, max(whole, 1), places, exponent_digits=power, plus=section[at].text.endswith("+"))
    before = "".join(part.text for part in section[: kinds.index("digit")] if part.kind == "literal")
    behind = "".join(part.text for part in section[at:] if part.kind == "literal")
    return before + text + behind


def _vulgar(section: tuple[_Part, ...], magnitude: Fraction) -> str:
    """Show a number by a format such as # ?/? or # ?/8."""
    kinds = [part.kind for part in section]
    slash = kinds.index("/")
    below = "".join(part.text for part in section[slash + 1 :] if part.kind in {"digit", "literal"}).strip()
    mixed = any(part.kind == "literal" and part.text == " " for part in section[:slash])
    whole = int(magnitude) if mixed else 0
    rest = magnitude - whole
    if below.isdecimal() and below.strip("0"):
        bottom = int(below)
        top = round_scaled(rest * bottom, 0, Rounding.HALF_UP)
    else:
        best = rest.limit_denominator(10 ** len(below) - 1)
        top, bottom = best.numerator, best.denominator
    if mixed and top == bottom:
        whole, top = whole + 1, 0
    if mixed:
        return (f"{whole} {top}/{bottom}" if whole else f"{top}/{bottom}") if top else str(whole)
    return f"{top}/{bottom}"


def _date(section: tuple[_Part, ...], number: Decimal, *, epoch_1904: bool) -> str:
    """Show a serial number as a date or a time."""
    serial = Fraction(number)
    fractions = _digits_behind_seconds(section)
    per_day = 86_400 * 10**fractions
    if _has_seconds(section):
        ticks = round_scaled(serial * per_day, 0, Rounding.HALF_UP)
    else:  # 25 minutes are stored as a share of a day that is cut off behind 15 digits
        ticks = round_scaled(serial * per_day * 1000, 0, Rounding.HALF_UP) // 1000
    if serial < 0 or serial > _LAST_SERIAL:
        raise UnknownFormat("date")
    days, ticks = divmod(ticks, per_day)
    seconds, below = divmod(ticks, 10**fractions)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    day = _day(days, epoch_1904=epoch_1904)
    halved = any(part.kind == "half" for part in section)
    has_numerals = any(part.kind == "numerals" for part in section)
    pieces: list[str] = []
    tenths = iter(str(below).rjust(fractions, "0") if fractions else "")
    for part in section:
        match part.kind:
            case "date":
                piece = _date_part(part.text, day, (hours, minutes, seconds), halved=halved)
                pieces.append(_numeral(piece, by_digit=part.text[0] in "ye") if has_numerals else piece)
            case "half":
                early, late = part.text.split("/")
                pieces.append(early if hours < 12 else late)
            case "elapsed":
                total = {"h": days * 24 + hours, "m": (days * 24 + hours) * 60 + minutes}.get(
                    part.text[0], ((days * 24 + hours) * 60 + minutes) * 60 + seconds
                )
                pieces.append(str(total).rjust(len(part.text), "0"))
            case "digit":
                pieces.append(next(tenths, ""))
            case "condition" | "text":
                continue
            case _:
                pieces.append(part.text)
    return "".join(pieces).strip()


def _numeral(text: str, *, by_digit: bool) -> str:
    """Return a number below 100 in Chinese numerals, or a year digit by digit; what is no number stays.

    >>> _numeral("2023", by_digit=True), _numeral("15", by_digit=False), _numeral("30", by_digit=False)
    ('二〇二三', '十五', '三十')
    """
    if not text.isdecimal():
        return text
    digits = [_NUMERALS[int(digit)] for digit in text]
    if by_digit or int(text) < 10:
        return "".join(digits if by_digit else digits[-1:])
    tens, ones = divmod(int(text), 10)
    return f"{_NUMERALS[tens] if tens > 1 else ''}十{_NUMERALS[ones] if ones else ''}"


def _digits_behind_seconds(section: tuple[_Part, ...]) -> int:
    return sum(part.kind == "digit" for part in section)


def _has_seconds(section: tuple[_Part, ...]) -> bool:
    return any(part.kind in {"date", "elapsed"} and part.text[0] == "s" for part in section)


def _day(days: int, *, epoch_1904: bool) -> tuple[int, int, int, int]:
    """Return year, month, day and weekday (Monday is 0); 1900 has a 29th of February, as in every spreadsheet."""
    if epoch_1904:
        found = date(1904, 1, 1) + timedelta(days)
    elif days == 60:
        return 1900, 2, 29, 2
    else:
        found = date(1899, 12, 31 if days < 60 else 30) + timedelta(days)
    return found.year, found.month, found.day, found.weekday()


def _date_part(text: str, day: tuple[int, int, int, int], time: tuple[int, int, int], *, halved: bool) -> str:
    year, month, of_month, weekday = day
    hours, minutes, seconds = time
    if halved:
        hours = hours % 12 or 12
    name, weekday_name = _MONTHS[month - 1], _DAYS[weekday]
    words = {
        "yy": f"{year % 100:02}",
        "y": f"{year % 100:02}",
        "mmm": name[:3],
        "mmmm": name,
        "mmmmm": name[0],
        "ddd": weekday_name[:3],
        "dddd": weekday_name,
        "aaa": "一二三四五六日"[weekday],
        "aaaa": f"星期{'一二三四五六日'[weekday]}",
    }
    if text in words:
        return words[text]
    number = {"y": year, "e": year, "m": month, "d": of_month, "h": hours, "n": minutes, "s": seconds}[text[0]]
    return str(number).rjust(len(text) if text[0] != "e" else 1, "0")
