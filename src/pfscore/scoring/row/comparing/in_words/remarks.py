"""Remarks beside a number that meets its target: one by which it may be less leaves the row open."""

from __future__ import annotations

import re
from fractions import Fraction

from pfscore.cells.lexicon.around import strange_words
from pfscore.cells.lexicon.quantities import RATIO, Quantity
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.readings import Bound
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.comparison import BY_HAND, Comparison
from pfscore.scoring.row.comparing.numbers import amounts
from pfscore.scoring.row.comparing.other_words import Written, as_written
from pfscore.scoring.row.comparing.readings_of_row import Cells

#: One number, and one bracket behind it.
_BRACKET = re.compile(r"[^0-9()]*[0-9][0-9,.]*[^0-9()]*\((?P<remark>[^()]{2,})\)[。;]?")
#: A label and a number without unit: 线下150.
_ALONE = re.compile(r"(?P<label>[一-龥]{2,6})(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)")
_CLAUSE = re.compile("[,;。()]")
# The rules are described, with rows, in grammar/words/remarks.txt.
_ANOTHER, _OF_RESULT, _SAME = rules("of_something_else", "of_a_result", "of_the_same")
_SOME_LACK, _NONE, _LOST = rules("some_lack", "of_none", "lost_of_them")
# In grammar/words/beside_numbers.txt.
_KIND = rule("kind_of_them")


def unless_less(found: Comparison, cells: Cells, row: Written) -> Comparison:
    """Leave a row open that is met by a number that may be less, by a remark beside it: 52公里（实测48公里）.

    A lower number of the same in a bracket may be the result as well as the one before it, unless words say what else
    it is: 52公里（上年48公里）. So may a sort of number that is no result, 5200册（合同数）; and what lacks a part,
    100%（除2标段）, or lost some, 10座，误报4座, is not all of it.
    """
    is_computed = any(one.key == "related" for one in cells.assumptions)
    if not found.met or found.direction == "lower" or is_computed or not isinstance(cells.target, Bound):
        return found
    if not (remark := _less_by(found, cells.target, row)):
        return found
    remark = as_written(remark, row.actual)
    zh = f"完成值“{row.actual}”还写着“{remark}”，实际是多少要由人定"
    en = f"the actual “{row.actual}” also says “{remark}”: what was reached is for a person"
    return Comparison(undecided=Diagnostic("PF516", Message(zh, en), BY_HAND))


def _less_by(found: Comparison, target: Bound, row: Written) -> str:
    """Return the remark by which a number may be less than it says; nothing where none is doubtful."""
    text, known = fold(row.actual), fold(row.own)
    beside = _BRACKET.fullmatch(text)
    if beside is not None and beside["remark"] not in known and _is_doubtful(target, beside["remark"], row):
        return f"({beside['remark']})"
    clauses = [clause for clause in _CLAUSE.split(text) if clause and clause not in known]
    return next((one for one in clauses if _SOME_LACK.search(one) or _loses(found, target, one, row.unit)), "")


def _is_doubtful(target: Bound, remark: str, row: Written) -> bool:
    """Return whether a bracket beside a number may hold the true one, or says that the number is none of a result."""
    if not any(map(str.isdecimal, remark)):
        if (none := _NONE.match(remark)) is not None:
            return remark[none.end() :] in fold(row.target)  # 4辆(含云梯车1辆) ← 4辆(无云梯车)
        return _OF_RESULT.search(remark) is None and bool(strange_words(remark, row.own))
    alone = _ALONE.fullmatch(remark)
    if alone is not None and alone["label"] in fold(row.name):
        return Fraction(alone["number"].replace(",", "")) < target.quantity.value
    if _ANOTHER.search(remark) is not None or _KIND.match(remark) is not None:
        return False
    if target.quantity.unit == RATIO and not _SAME.search(remark):
        return False  # 96%（乡镇88%）
    return any(one.most < target.quantity.base for one in amounts(remark, target, row.unit))


def _loses(found: Comparison, target: Bound, clause: str, unit: str) -> bool:
    """Return whether a clause counts some that were lost, or counted wrongly, without which a target is missed."""
    if found.actual is None or not any(map(str.isdecimal, clause)):
        return False
    reached, limit = Quantity(found.actual, target.quantity.unit).base, target.quantity.base
    return any(_LOST.search(one.words) and reached - one.least < limit for one in amounts(clause, target, unit))
