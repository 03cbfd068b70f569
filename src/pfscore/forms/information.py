"""Lines of a form that inform and are not scored: parts of a budget, rows of sums, points printed in headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pfscore.cells.indicator_names import parse_name, plain_name
from pfscore.forms.form import BudgetLine, Indicator

_TOTALS = ("总额", "总金额", "合计", "总计", "资金总量", "总预算")
_SUMS = frozenset(
    {"合计", "总计", "共计", "总分", "总得分", "得分合计", "合计得分", "自评总分", "自评得分合计", "分值合计"}
    | {"总评分", "综合得分", "综合评分", "合计总分"}
)
_PART_SUMS = frozenset({"小计", "分项小计", "本级小计", "小计得分"})
#: A name that ends otherwise is no sum, and is looked at no longer.
_LAST = frozenset("计分：:)） ")
_EMPTY = frozenset({"", "-", "—", "——", "/", "一"})
_PUNCTUATION = re.compile(r"[\s：:（）()、，,]")
_POINTS = re.compile(r"[（(]\s*([0-9]{1,3}(?:\.[0-9]+)?)\s*分\s*[)）]\s*$")


def is_total(label: str) -> bool:
    """Return whether a budget line is the total, by its label."""
    plain = plain_name(label)
    return plain.endswith(_TOTALS) or plain.startswith(_TOTALS)


def parts_of_budget(lines: Sequence[BudgetLine]) -> frozenset[int]:
    """Return the places of the lines that only break down another line, though they repeat its points.

    These are lines of 其中, and what follows one with the total's points, where the line above carries points itself.

    >>> lines = [BudgetLine(label=name, points="10") for name in ("年度资金总额", "其中：财政拨款", "其他资金")]
    >>> sorted(parts_of_budget(lines)), sorted(parts_of_budget(lines[1:2]))
    ([1, 2], [])
    """
    found: set[int] = set()
    whole: str | None = None
    among = False
    for index, line in enumerate(lines):
        if _among_others(line.label):
            among = True
            if whole is not None:
                found.add(index)
        elif is_total(line.label):
            among, whole = False, line.points or None
        elif among and whole is not None and line.points in {whole, None}:
            found.add(index)
        elif line.points:
            among, whole = False, line.points
    return frozenset(found)


def _among_others(label: str) -> bool:
    """Return whether a label begins with 其中."""
    return parse_name(label).numbering.rstrip("：: ").endswith("其中") or label.strip().startswith("其中")


def is_sum(row: Indicator) -> bool:
    """Return whether a row is a sum (合计, 小计, 总 分) in any column, and no indicator.

    >>> is_sum(Indicator(path=("总 分",), points="100")), is_sum(Indicator(name="总分", target="≥90分"))
    (True, False)
    """
    return sum_word(row) is not None


def sum_word(row: Indicator) -> str | None:
    """Return the word by which a row is a sum: one of a part (`小计`), or of the whole form (`合计`)."""
    found = word_of_sum(row.name, row.path)
    if found is None or any((cell or "").strip() not in _EMPTY for cell in (row.full_target, row.actual)):
        return None
    return found


def word_of_sum(name: str, path: tuple[str, ...]) -> str | None:
    """Return the word by which a row of that name and place may be a sum; it is one where it has no target.

    >>> word_of_sum("总分（100分）", ()), word_of_sum("", ("产出指标", "合计")), word_of_sum("积分", ())
    ('合计', '小计', None)
    """
    last = name or (path[-1] if path else "")
    if last[-1:] not in _LAST:
        return None
    texts = [text for text in (*path, name) if _bare(text)]
    last = _bare(texts[-1]) if texts else ""
    if last in _PART_SUMS:
        return "小计"
    return ("合计" if len(set(map(_bare, texts))) == 1 else "小计") if last in _SUMS else None


def printed_points(heading: str) -> str | None:
    """Return the points that a heading prints.

    >>> printed_points("产出指标（50分）"), printed_points("产出指标")
    ('50', None)
    """
    match = _POINTS.search(heading)
    return None if match is None else match[1]


def _bare(text: str) -> str:
    return _PUNCTUATION.sub("", _POINTS.sub("", text))
