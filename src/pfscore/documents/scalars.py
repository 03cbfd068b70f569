"""Numbers, dates and texts of a file. Every value arrives as text as its author wrote it; these give it a meaning.

A scalar that cannot be read raises `PydanticCustomError` whose type is our code, so that the loader can turn it
into a diagnostic at its line and column.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from pfscore.foundation.numbers import exact
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.text import shorten

_FOLD = str.maketrans("０１２３４５６７８９．，％－＋：（）［］【】～", "0123456789.,%-+:()[][]~")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2}))?")
_WITH_UNIT = re.compile(r"([0-9]+(?:\.[0-9]+)?[%‰]?) ?[^0-9.,%‰/\s][^0-9]*")
_SEPARATED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
#: The hint where something is not a number, in both languages.
ANY_NUMBER = ("这里只写数字或百分数，如 10、0.5、80%", "write digits or a percentage only, such as 10, 0.5 or 80%")


def fold(text: str) -> str:
    """Return `text` with full-width digits and signs as half-width ones, one for one.

    >>> fold("８０％")
    '80%'
    """
    return text.translate(_FOLD)


def problem(
    code: str, zh: str, en: str, hint_zh: str = "", hint_en: str = "", *, key: str = "", value: str = ""
) -> PydanticCustomError:
    """Return the error that the loader turns into the diagnostic `code`, at the `key` or the `value` of a key."""
    context = {"zh": zh, "en": en, "hint_zh": hint_zh, "hint_en": hint_en, "key": key, "value": value}
    return PydanticCustomError("pfscore", "{en}", {"code": code, **context})


def one_value(value: Any) -> str:
    """Return the text of a value; refuse a list, which would be shown as Python writes it."""
    if not isinstance(value, list | dict):
        return str(value)
    message = "这里应当是一个值，不是列表或键值对", "this should be a single value, not a list or keys with values"
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        raise problem(
            "PF204", *message, f"不要方括号和 “-”：写 {value[0]}", f"without brackets or dash: write {value[0]}"
        )
    raise problem("PF204", *message)


def read_amount(value: Any) -> Fraction:
    """Read a plain number or a percentage: `10`, `0.5`, `80%`, `1‰`."""
    if isinstance(value, Fraction):
        return value
    text = fold(one_value(value)).strip()
    try:
        return _amount(text)
    except ValueError:
        raise _no_number(str(value), text) from None


@remembered
def _amount(text: str) -> Fraction:
    for sign, size in (("%", 100), ("‰", 1000)):
        if text.endswith(sign):
            return exact(text[:-1].strip()) / size
    return exact(text)


def _no_number(written: str, text: str) -> PydanticCustomError:
    shown = shorten(written)
    hint_zh, hint_en = ANY_NUMBER
    if unit := _WITH_UNIT.fullmatch(text):
        hint_zh, hint_en = f"单位不写在数里：写 {unit[1]}", f"leave the unit out: write {unit[1]}"
    elif _SEPARATED.fullmatch(text):
        plain = text.replace(",", "")
        hint_zh, hint_en = f"不写千位分隔符：写 {plain}", f"without separators: write {plain}"
    return problem("PF205", f"“{shown}” 不是数", f"{shown!r} is not a number", hint_zh, hint_en)


def read_day(value: Any) -> date:
    """Read `2023-12-31`, or `2023` for its first of January."""
    if isinstance(value, date):
        return value
    text = fold(one_value(value)).strip()
    if match := _DAY.fullmatch(text):
        try:
            return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        except ValueError:
            pass
    shown = shorten(str(value))
    raise problem(
        "PF206",
        f"“{shown}” 不是日期",
        f"{shown!r} is not a date",
        "写成 2023-12-31；只写年份 2023 表示当年 1 月 1 日",
        "write 2023-12-31; a year alone means its first of January",
    )


def _read_pairs(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return tuple((key, str(cell) if isinstance(cell, int) else cell) for key, cell in value.items())


#: The schema of what an editor may accept for a number or a cell: authors write numbers without quotes.
NUMERAL = {"type": ["number", "string"]}
#: A small table of texts, such as `{优: 100%, 良: 90%}`; kept as pairs, so that it can be hashed.
Pairs = Annotated[
    tuple[tuple[str, str], ...],
    BeforeValidator(_read_pairs),
    PlainSerializer(dict, return_type=dict[str, str]),
    WithJsonSchema({"type": "object", "additionalProperties": NUMERAL}),
]
