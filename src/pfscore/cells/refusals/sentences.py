"""Sentences for cells that cannot be read: what is wrong, where, and the nearest cells that would be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from pfscore.cells.cell_text import CellText
from pfscore.cells.grammar.tree import Trouble
from pfscore.cells.refusals.damage import MAX_LENGTH, MAX_SIGNS
from pfscore.foundation.diagnostics import CELL_NAMES, Diagnostic, Span
from pfscore.foundation.numbers import MAX_DIGITS, decimal_text
from pfscore.foundation.text import Message, shorten, visible

_UNIT, _COMPARATOR = CELL_NAMES["unit"].zh, CELL_NAMES["comparator"].zh
#: Codes whose culprit is a cell beside the cell.
_BESIDE = {"PF324": _UNIT, "PF326": _COMPARATOR}
#: Codes that say that two cells contradict each other; the other one is shown as well.
_BOTH = {"PF323": _UNIT, "PF325": _COMPARATOR}


class _Sentence(NamedTuple):
    """A message and a hint in both languages; `{part}` is the culprit, `{cell}` the cell, `{other}` the cell beside."""

    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""


#: The sentence of each code, and of some cases of a code that want a sentence of their own.
_SENTENCES: dict[str, _Sentence] = {
    "PF301": _Sentence(
        "单元格是空的",
        "the cell is blank",
        "没有完成写 0，不涉及写“不适用”",
        "write 0 for nothing, 不适用 for not applicable",
    ),
    "PF302": _Sentence(
        "读不懂“{cell}”里的“{part}”",
        "cannot read “{part}” in “{cell}”",
        "请写成“≥95%”“60%-80%”“不少于3次”“12月底前”这样的形式，或者只写文字",
        "write it like ≥95%, 60%-80%, 不少于3次 or 12月底前, or in words only",
    ),
    "PF303": _Sentence(
        "有看不见的或坏掉的字符：{part}",
        "invisible or broken characters: {part}",
        "多半是复制时带来的，请删去后重新输入",
        "they mostly come from copying; delete them and type the cell anew",
    ),
    "PF304": _Sentence(
        "有网页标记“{part}”",
        "markup: “{part}”",
        "请只粘贴文字",
        "paste the text only",
    ),
    "PF305": _Sentence(
        "“{cell}”是电子表格的公式或错误值，不是结果",
        "“{cell}” is a spreadsheet's formula or error value, not a result",
        "请在电子表格里“粘贴为数值”后再导出",
        "paste as values in the spreadsheet and export again",
    ),
    "PF306": _Sentence(
        "占位符“{part}”没有填写",
        "the placeholder “{part}” was not filled in",
        "请填上实际的数字",
        "put the actual number there",
    ),
    "PF307": _Sentence(
        "“{part}”里有形近字，多半是扫描识别的错误",
        "“{part}” has look-alike characters, probably misread by a scanner",
        "请对照原件改正",
        "correct it from the original",
    ),
    "PF308": _Sentence(
        "“{part}”是乱码",
        "“{part}” is garbled",
        "请按原编码（多半是 GBK 或 UTF-8）重新打开",
        "open the file again in its own encoding (GBK or UTF-8)",
    ),
    "PF309": _Sentence(
        "“{part}”不是一个数的写法",
        "“{part}” is not how a number is written",
        "小数点只有一个，千位分隔符每三位一个",
        "one decimal point; a thousands separator every three digits",
    ),
    "PF310": _Sentence(
        f"数字超过 {MAX_DIGITS} 位",
        f"a number of more than {MAX_DIGITS} digits",
        "请核对",
        "please check it",
    ),
    "PF311": _Sentence(
        "“{part}”的小数尾巴是电子表格留下的，不是人写的",
        "the decimals of “{part}” were left over by a spreadsheet, not written by a person",
        "请写出原来的数，并把这一列设成文本",
        "write the number that was meant, and make the column text",
    ),
    "PF312": _Sentence(
        f"单元格超过 {MAX_LENGTH} 个字或 {MAX_SIGNS} 个数和符号",
        f"a cell of more than {MAX_LENGTH} characters or {MAX_SIGNS} numbers and signs",
        "请只写指标值，把说明移到备注",
        "keep the value and move the explanation to the notes",
    ),
    "PF313": _Sentence("“{part}”里的符号重复", "the sign in “{part}” is doubled", "请只留一个", "keep one"),
    "PF314": _Sentence(
        "“{part}”里的比较互相矛盾",
        "the comparisons in “{part}” contradict each other",
        "请只留下要的那一个",
        "keep the one that is meant",
    ),
    "PF315": _Sentence(
        "“{part}”的位置不对",
        "“{part}” is in the wrong place",
        "比较符号写在数字前面，% 写在数字后面",
        "a comparison stands before the number, % behind it",
    ),
    "PF316": _Sentence(
        "“{cell}”里缺少数字",
        "there is no number in “{cell}”",
        "请补上数字；若只是文字要求，请写成文字",
        "add the number; if words are meant, write words",
    ),
    "PF317": _Sentence(
        "有两个数字，看不出以哪个为准；“{part}”是第二个",
        "two numbers, and no way to tell which counts; “{part}” is the second",
        "区间写成“60%-80%”，两个条件用“且”或分号隔开",
        "write an interval as 60%-80%; separate two conditions by 且 or a semicolon",
    ),
    "PF317 each": _Sentence(
        "“{part}”后面的数字对每个时间都算，合计多少没有写明",
        "the number behind “{part}” counts for each of several times, and the total is not said",
        "请写全年合计的数，如“2次”",
        "write the total of the year, such as 2次",
    ),
    "PF317 periods": _Sentence(
        "一格里按几个时期各有一个数；“{part}”后面是第二个时期的",
        "a number for each of several periods; behind “{part}” stands that of the second",
        "请只写全年的数，分期的另列",
        "write the number of the whole year, and list the periods apart",
    ),
    "PF318": _Sentence(
        "“{cell}”不是完整的区间",
        "“{cell}” is not a complete interval",
        "请写出两端，如“60%-80%”“100±5”“[60%,80%)”",
        "write both ends: 60%-80%, 100±5, [60%,80%)",
    ),
    "PF319": _Sentence(
        "“{part}”没有数能满足：下限大于上限",
        "no number satisfies “{part}”: the lower end is above the upper",
        "请核对两端",
        "check both ends",
    ),
    "PF320": _Sentence(
        "区间“{part}”两端的单位不同", "the ends of “{part}” have different units", "请用同一个单位", "use one unit"
    ),
    "PF321": _Sentence("日历上没有“{part}”", "the calendar has no “{part}”", "请核对日期", "check the date"),
    "PF322": _Sentence(
        "“{part}”里的单位重复或冲突",
        "the unit in “{part}” is doubled, or two units conflict",
        "请只写一个单位",
        "write one unit",
    ),
    "PF323": _Sentence(
        "单元格写的是“{part}”，单位栏却是“{other}”",
        "the cell says “{part}”, but the unit column “{other}”",
        "请改正其中一处；说的是另一个数的，请另写一格",
        "correct one of them; what is a number of something else belongs into a cell of its own",
    ),
    "PF324": _Sentence(
        "读不懂单位栏“{part}”",
        "cannot read the unit column “{part}”",
        "请写成“万元”“%”“次/年”这样的单位",
        "write a unit such as 万元, % or 次/年",
    ),
    "PF325": _Sentence(
        "单元格写的是“{part}”，计算符号栏却是“{other}”",
        "the cell says “{part}”, but the comparator column “{other}”",
        "请改正其中一处",
        "correct one of them",
    ),
    "PF326": _Sentence(
        "读不懂计算符号栏“{part}”",
        "cannot read the comparator column “{part}”",
        "请写 ≥ ≤ = > < 之一，或“定性”“定量”",
        "write one of ≥ ≤ = > <, or 定性 or 定量",
    ),
    "PF327": _Sentence(
        "“{part}”是除以零", "“{part}” divides by zero", "请核对比例的两项", "check both terms of the ratio"
    ),
    "PF328": _Sentence(
        "“{cell}”像是指标名称，不是值",
        "“{cell}” looks like an indicator's name, not a value",
        "请核对是否错了一栏",
        "check whether a column slipped",
    ),
    "PF330": _Sentence(
        "“{part}”是与单元格以外的数相比",
        "“{part}” compares with a number that is not in the cell",
        "请写出要达到的数，或写成“较上年增长5%”",
        "write the number to be reached, or a change such as 较上年增长5%",
    ),
    "PF331": _Sentence(
        "“{part}”有两种读法",
        "“{part}” can be read in two ways",
        "请只写一种意思：变化写“增长5%以上”，下限写“≥95%”，上限写“≤5厘米”",
        "write what is meant: a change as 增长5%以上, a floor as ≥95%, a ceiling as ≤5厘米",
    ),
}
_SENTENCES["PF331 letter_for_ten_thousand"] = _SENTENCES["PF331"]._replace(
    hint_zh="w 可能是“万”或瓦，k 可能是“千”；请写成汉字",
    hint_en="w may be 万 (ten thousand) or watt, k may be 千 (thousand); write the character",
)
_SENTENCES["PF323 no_date"] = _SENTENCES["PF323"]._replace(
    zh="单位栏“{other}”是日期，“{part}”不是日期的写法",
    en="the unit column “{other}” is for dates, and “{part}” is not how a date is written",
    hint_zh="请写成“2024年6月30日”；电子表格里的日期，把这一格设成日期格式",
    hint_en="write 2024年6月30日; a date of a spreadsheet needs the format of a date",
)
_SENTENCES["PF331 month_cut_off"] = _SENTENCES["PF331"]._replace(
    hint_zh="可能是1月，也可能是10月（末尾的0丢了）；请写成“2024年1月”或“2024年10月”",
    hint_en="it may be January, or October without its last zero; write 2024年1月 or 2024年10月",
)
_SENTENCES["PF331 accounting_minus"] = _SENTENCES["PF331"]._replace(
    hint_zh="括号可能是会计写的负号；负数请写 -2.3%，不是负数的去掉括号",
    hint_en="brackets may be an accountant's minus; write -2.3%, or leave the brackets out",
)
_SENTENCES["PF330 actual"] = _SENTENCES["PF330"]._replace(hint_zh="请写实际完成的数", hint_en="write what was achieved")


def explain(
    trouble: Trouble,
    side: str,
    text: CellText,
    beside: tuple[str | None, str | None],
    readable: Callable[[str], bool],
) -> Diagnostic:
    """Return the diagnostic for a cell that was refused; `beside` are its comparator and its unit cell.

    `readable` tells whether a cell would be read; a nearest cell is only named where it is.
    """
    code = trouble.code
    columns = {_COMPARATOR: beside[0] or "", _UNIT: beside[1] or ""}
    if code in _BESIDE:
        source = _BESIDE[code]
        shown = columns[source]
        span = Span(source, 1, 1, max(1, len(shown)), shown)
    else:
        source = CELL_NAMES[side].zh
        start, end = text.place(_whole_number(trouble, text.compact), trouble.end)
        span = Span(source, 1, start + 1, max(1, end - start), text.author)
        shown = text.author[start:end] or text.author.strip()
    other = columns.get(_BOTH.get(code, ""), "")
    words = {"part": _clean(shown), "cell": _clean(text.author.strip()), "other": _clean(other)}
    keys = (f"{code} {case}" for case in (trouble.details.get("case"), side))
    sentence = next((_SENTENCES[key] for key in keys if key in _SENTENCES), _SENTENCES[code])
    near = nearest(trouble, text.compact, readable)
    hints = [Message(sentence.hint_zh, sentence.hint_en)]
    if near:
        zh, en = "、".join(f"“{one}”" for one in near), ", ".join(f"“{one}”" for one in near)
        hints.insert(0, Message(f"是不是 {zh}？", f"did you mean {en}?"))
    related: tuple[tuple[Message, Span], ...] = ()
    if other:
        related = ((Message("与之矛盾的是", "which contradicts"), Span(_BOTH[code], 1, 1, max(1, len(other)), other)),)
    return Diagnostic(
        code,
        Message(sentence.zh.format_map(words), sentence.en.format_map(words)),
        Message("".join(hint.zh for hint in hints), " ".join(hint.en for hint in hints)),
        span,
        related,
    )


def _whole_number(trouble: Trouble, compact: str) -> int:
    """Return where the second number of a cell begins: 12个月 in 12个/12个月, though the 1 was read as 每1…."""
    start = trouble.start
    while trouble.code == "PF317" and start > 0 and compact[start - 1 : start + 1].isdigit():
        start -= 1
    return start


def _clean(text: str) -> str:
    return visible(shorten(" ".join(text.split()), 40))


_DIGIT_OF = str.maketrans(
    {"O": "0", "o": "0", "О": "0", "о": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "Z": "2"}
)
_MARKUP = re.compile(r"<[^>]*>|&[a-z]+;|&#x?[0-9a-fA-F]+;")
_ENTITIES = {"&ge;": "≥", "&le;": "≤", "&gt;": ">", "&lt;": "<", "&nbsp;": "", "&#37;": "%"}
_PRIVATE = {"\uf0b3": "≥", "\uf0a3": "≤", "\uf0b1": "±"}


def nearest(trouble: Trouble, compact: str, readable: Callable[[str], bool]) -> tuple[str, ...]:
    """Return at most two cells near `compact` that would be read."""
    if len(compact) > 60:
        return ()
    found: list[str] = []
    for candidate in _candidates(trouble, compact):
        if candidate and candidate != compact and candidate not in found and readable(candidate):
            found.append(candidate)
            if len(found) == 2:
                break
    return tuple(found)


def _candidates(trouble: Trouble, compact: str) -> Iterator[str]:
    before, part, behind = compact[: trouble.start], compact[trouble.start : trouble.end], compact[trouble.end :]
    match trouble.code:
        case "PF303" | "PF304":
            yield _cleaned(compact)
        case "PF307":
            yield from _look_alikes(before, part, behind)
        case "PF309" | "PF317":
            yield from (before + number + behind for number in _numbers(part))
        case "PF311":
            yield before + _shortest(part) + behind
        case "PF313":
            yield before + part[: (len(part) + 1) // 2] + behind
            yield before + part[1:] + behind
        case "PF322":
            # Half of ¥500人 is ¥50, which is another number.
            halves = (part[: (len(part) + 1) // 2], part[1:])
            yield from (before + one + behind for one in halves if _digits(one) == _digits(part))
        case "PF315":
            yield from _sign_elsewhere(before, part, behind)
        case "PF319":
            swapped = _ENDS.fullmatch(compact)
            if swapped is not None:
                yield "".join((swapped[1] or "", swapped[4], swapped[3], swapped[2], swapped[5] or ""))


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _sign_elsewhere(before: str, part: str, behind: str) -> Iterator[str]:
    """Yield 120万元 for 单位:万元120, ≥90% and ≤90% for 90%≤ (which may be 90%≤X), and the sign at the other end."""
    if part == "单位:":
        yield _UNIT_FIRST.sub(r"\2\1", before.rstrip(",;") + behind)
        return
    yield part + before + behind
    if part in _TURNED and not behind:
        yield _TURNED[part] + before
    yield before + behind + part


_TURNED = {"≤": "≥", "≥": "≤", "<": ">", ">": "<"}
_UNIT_FIRST = re.compile(r"^([^0-9]+)([0-9.]+)$")
_ENDS = re.compile(r"(\[|\()?(.+?)([-~至到,])(.+?)(\]|\))?")


def _cleaned(text: str) -> str:
    """Take out what nobody sees, and markup; signs of the Symbol font and entities become what they show."""
    for written, shown in (_PRIVATE | _ENTITIES).items():
        text = text.replace(written, shown)
    return "".join(char for char in _MARKUP.sub("", text) if unicodedata.category(char) not in _UNSEEN)


_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Mn", "Me", "So"})


def _numbers(part: str) -> Iterator[str]:
    yield part.replace(",", "")
    yield re.sub(r"\.{2,}", ".", part)
    yield part.rstrip(".")
    if part.startswith("."):
        yield f"0{part}"


def _look_alikes(before: str, part: str, behind: str) -> Iterator[str]:
    digits = part.translate(_DIGIT_OF)
    yield before + digits + behind
    if part.endswith("$"):
        yield before + part[:-1] + "%" + behind
    if part[:1] in "^Zz2工" and part[1:2].isdigit():
        yield before + "≥" + part[1:].replace("$", "%") + behind
    if part in {"工", "^", "Z", "z"}:
        yield f"{before}≥{behind}"
        yield f"{before}1{behind}"
    if part in {"W", "w"}:
        yield f"{before}≤{behind}"
    if part in {"土", "士"}:
        yield f"{before}±{behind}"
    if part == "二":
        yield f"{before}={behind}"
    if "=" in part:
        yield before + "≥" + part.partition("=")[2] + behind
    yield re.sub(r"[°o]/o", "%", before + part + behind)


def _shortest(text: str) -> str:
    """Return the shortest decimal that a spreadsheet would have shown so: 0.0900000762939453 is 0.09."""
    number = Decimal(text.replace(",", ""))
    for digits in range(1, 10):
        short = Decimal(f"{number:.{digits}e}")
        if abs(short - number) * 10**6 <= abs(number) * 2:
            return decimal_text(Fraction(short))
    return text
