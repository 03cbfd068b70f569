"""Words and dates that speak of less than their row asks for: 6月底前部分发放, 未发生重大安全事故."""

from __future__ import annotations

from pfscore.cells.lexicon.around import left_out_words, narrower_word, partial_word, strange_words
from pfscore.cells.lexicon.quantities import RATIO
from pfscore.cells.lexicon.undone import dates_stage_before, is_turned, on_trial, other_harm
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.readings import UPPER, Bound, Dated, Deadline, Level, Reading
from pfscore.foundation.folding import fold
from pfscore.foundation.runtime.patterns import Pattern
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.objections import others_untold
from pfscore.scoring.row.comparing.beside_numbers.written import Pair, Written, deed_dated, joined
from pfscore.scoring.row.comparing.comparison import Comparison, left_open, not_comparable
from pfscore.scoring.row.comparing.dates import compare_periods
from pfscore.scoring.row.comparing.plain_answers import first_of_nothing, is_nothing, none_said

_HAN = Pattern("[一-龥]")
# The rules are described, with rows, in grammar/words/beside_numbers.txt.
_MOVED, _CONDITIONS_MET, _PHASE = rules("moved", "conditions_met", "phase")
# In grammar/words/answers.txt.
_WHERE = rule("said_where")


def less_than_asked(found: Comparison, pair: Pair) -> Comparison:
    """Return what a comparison of words or dates comes to: a shorter period, and what speaks of less, do not meet."""
    target, actual, row = pair.target, pair.actual, pair.row
    if not isinstance(actual, Level | Dated):
        return found
    if isinstance(target, Deadline) and isinstance(actual, Dated):
        found = compare_periods(found, target, actual, row.name, row.year)
        if found.met and _is_a_year_early(target, actual, row):
            return Comparison(undecided=not_comparable(target, actual))
    less = None
    if found.met:
        if isinstance(actual, Dated) and pair.is_computed:
            row = row._replace(actual=actual.text)
        less = _none_of_another(target, actual, row) or _why_less(actual, row)
    return found if less is None else left_open(less)


#: 次年1月20日前 ← 2024年1月18日 may be meant for the year behind it, and so may 2024年4月30日前 ← 2023年4月28日.
_MOST_OF_A_YEAR, _MORE_THAN_A_YEAR = 330, 400


def _is_a_year_early(target: Deadline, actual: Dated, row: Written) -> bool:
    """Return whether a day with its year is about a year before its limit, or of the form's year before the next."""
    limit, done = target.last_day(row.year), actual.last_day(None)
    if limit is None or done is None:
        return False
    is_next = row.year is not None and str(row.year) in row.actual
    return (limit - done).days > _MOST_OF_A_YEAR and (is_next or (limit - done).days < _MORE_THAN_A_YEAR)


def _none_of_another(target: Reading, actual: Level | Dated, row: Written) -> Message | None:
    """Return that 100% is answered by the absence of what its name is no opposite of: 零投诉 under 任务完成率."""
    if not isinstance(target, Bound) or target.quantity.unit != RATIO or not isinstance(actual, Level) or not row.name:
        return None
    if target.op in UPPER or not target.quantity.value or not is_nothing(first_of_nothing(actual.text)):
        return None
    none = none_said(first_of_nothing(actual.text))
    # 无差错 under 准确率, 无一户漏保 under 参保率
    if is_turned(row.own, none) or not set(none).isdisjoint(row.name.rstrip("率")):
        return None
    zh, en = f"完成值“{row.actual}”没有写“{row.name}”是多少", f"the actual “{row.actual}” does not tell the rate"
    return Message(zh, en)


def _why_less(actual: Level | Dated, row: Written) -> Message | None:
    """Return why a date or words speak of less than their row: 6月底前部分发放, 未发生重大安全事故."""
    if row.target.strip() == row.actual.strip():
        return None
    word = _other_deed(row) if isinstance(actual, Dated) else ""
    if isinstance(actual, Level) and _MOVED.search(actual.text) and (why := others_untold(row.target, row.actual)):
        return why
    if not word and isinstance(actual, Level) and is_nothing(none := first_of_nothing(actual.text)):
        word = narrower_word(none, row.own) or other_harm(none_said(none), row.own)
    if not word:
        return None
    return Message(
        f"完成值“{row.actual}”只说“{word}”，指标没有这样写",
        f"the actual “{row.actual}” speaks of “{word}” only; the indicator does not",
    )


def _other_deed(row: Written) -> str:
    """Return what an actual dates in place of what its row asks for: a part of it, or another deed."""
    if word := partial_word(row.actual, row.own):
        return word
    deed = deed_dated(row.actual)
    if (conditions := _CONDITIONS_MET.search(deed)) is not None and conditions[0] not in fold(row.own):
        return conditions[0]
    if (trial := on_trial(deed)) and "试" not in row.own:
        return trial
    if dates_stage_before(row.target, deed, row.name):
        return deed
    strange = _beside_deed(deed, row.own) if row.name else ()
    return joined((next((words for words in strange if _HAN.search(words)), ""),))


def _beside_deed(deed: str, known: str) -> tuple[str, ...]:
    """Return what a deed says beside the row's own words, but where it was done: 验收准备 under 验收时间."""
    said = _PHASE.sub("", _WHERE.sub("", deed))
    return (*strange_words(said, known), *left_out_words(said, known))
