"""Options of a printed form in a cell: the one that is ticked is what the cell says."""

from __future__ import annotations

from pfscore.cells.lexicon.word_patterns import rules
from pfscore.foundation.folding import fold
from pfscore.foundation.runtime.resources import section_pattern
from pfscore.scoring.row.comparing.plain_answers import is_opposite

# The rules are described, with rows, in grammar/words/options.txt.
_TICKED, _UNTICKED = rules("option_ticked", "options_unticked")


def ticked(text: str | None) -> str | None:
    """Return the one option of a cell that is ticked, or `None`.

    >>> ticked("□是 ☑否"), ticked("合格（√）不合格（ ）"), ticked("□是□否"), ticked("是")
    ('否', '合格', None, None)
    """
    match = _TICKED.fullmatch(fold(text or "").strip())
    return None if match is None else match["before"] or match["behind"]


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
