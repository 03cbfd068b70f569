"""Options of a printed form in a cell, of which the ticked one is what the cell says, and marks alone: √, FALSE."""

from __future__ import annotations

from pfscore.cells.lexicon.levels import level_scale
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.foundation.folding import fold
from pfscore.foundation.runtime.resources import section_pattern
from pfscore.scoring.row.comparing.plain_answers import is_opposite

# The rules are described, with rows, in grammar/words/options.txt.
_TICKED, _UNTICKED = rules("option_ticked", "options_unticked")
_MARK, _MARKED_AS_SO = rules("mark_alone", "marked_as_so")


def ticked(text: str | None) -> str | None:
    """Return the one option of a cell that is ticked, or `None`.

    >>> ticked("□是 ☑否"), ticked("合格（√）不合格（ ）"), ticked("□是□否"), ticked("是")
    ('否', '合格', None, None)
    """
    match = _TICKED.fullmatch(fold(text or "").strip())
    return None if match is None else match["before"] or match["behind"]


def marked(target: str | None, actual: str | None) -> str | None:
    """Return what a mark alone says of words: 未通过 of 通过 ← ×, 否 of 是 ← FALSE; `None` for other cells.

    >>> marked("通过", "×"), marked("完成", "√"), marked("否", "TRUE"), marked("无事故", "×"), marked("完成", "否")
    ('未通过', '完成', '是', None, None)
    """
    mark = _MARK.fullmatch(fold(actual or "").strip())
    wanted = fold(target or "").strip(" 。")
    if mark is None:
        return None
    if wanted == "是" or (wanted == "否" and mark[0][0].isalpha() and mark[0] not in "xX"):
        return "是" if mark["yes"] else "否"
    scale = level_scale(wanted)
    if _MARKED_AS_SO.fullmatch(wanted) is None or (scale is not None and scale[1] > 0):
        return None
    return wanted if mark["yes"] else f"未{wanted}"


def is_unchosen(text: str) -> bool:
    """Return whether a cell holds options that exclude each other, and none of them is chosen, or several.

    >>> is_unchosen("按期/延期送达"), is_unchosen("☑是☑否"), is_unchosen("道路/桥梁")
    (True, True, False)
    """
    match = _UNTICKED.fullmatch(fold(text).strip())
    if match is None:
        return False
    one, other = match["one"], match["other"]
    if one is None:
        return True
    late, in_time = (section_pattern("undone.txt", name) for name in ("overdue", "in time"))
    is_late = in_time.match(one) is not None and late.match(other) is not None
    return is_late or is_opposite(one, other) or is_opposite(other, one)
