"""Words that take a comparison back: a met row that is unfinished or short, a missed row made up for in the end."""

from __future__ import annotations

from typing import NamedTuple

from pfscore.cells.lexicon.around import partial_word, strange_words
from pfscore.cells.lexicon.claims import moved_in
from pfscore.cells.lexicon.directions import wrong_things
from pfscore.cells.lexicon.quantities import RATIO, TIMES
from pfscore.cells.lexicon.undone import (
    dates_stage_before,
    denies,
    is_estimated,
    is_poor,
    is_stage_before,
    is_to_be_reached,
    is_turned,
    leaves_part_out,
    runs_on_trial,
    says_late,
    stands_lower,
)
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.meaning.results import is_to_come
from pfscore.cells.meaning.unfinished import hoped_words, none_hoped_for, unfinished_words
from pfscore.cells.readings import (
    UPPER,
    Achieved,
    Actual,
    Bound,
    Change,
    Dated,
    Deadline,
    Level,
    Measured,
    Target,
    TargetKind,
)
from pfscore.foundation.folding import fold, fold_words
from pfscore.foundation.text import Message
from pfscore.rulesets.model.base import Assume
from pfscore.scoring.row.comparing.beside_numbers.written import Pair, Written, deed_dated, has_words, quoted
from pfscore.scoring.row.comparing.comparison import Comparison, left_open, not_comparable, only_estimated
from pfscore.scoring.row.comparing.in_words.answers_of_row import (
    by_object,
    by_verb,
    core_of,
    is_whole,
    name_beside_words,
)
from pfscore.scoring.row.comparing.in_words.own_words import words_for
from pfscore.scoring.row.comparing.in_words.shortfalls import (
    CLAUSE_ENDS,
    DIGIT,
    falls_short,
    is_dated_in_time,
    is_denied_later,
)
from pfscore.scoring.row.comparing.plain_answers import is_nothing, none_said
from pfscore.scoring.row.comparing.words import missed_in_words

# In grammar/words/relations.txt.
_NAMED_LATE = rule("named_late")
# The rules are described, with rows, in grammar/words/answers.txt.
_CLAUSES, _DEEDS = rules("between_clauses", "between_deeds")
_ALL_ALONG, _ALL_THAT_SHOULD, _FOR_EACH = rules("all_along", "all_that_should", "for_each")
_NONE_MISSED, _ALL_OF_SO_MANY = rules("none_missed", "all_of_so_many")
# In grammar/words/attempts.txt.
_AFTERWARDS, _ASKS_FOR_FIRST, _GETTING = rules("afterwards", "asks_for_first", "getting")
_WHOLE_DEED, _UNDONE_AGAIN, _TAKEN_AWAY = rules("whole_deed", "undone_again", "taken_away")
_DONE_AT_LAST, _NOT_AT_LAST, _ALL_DONE = rules("done_at_last", "not_at_last", "all_the_rest_done")
_BIDS_FAILED, _ABOUT_HARM, _DAY = rules("bids_failed", "done_about_harm", "on_a_day")
# In grammar/words/beside_numbers.txt.
_WITH_LEAVE = rule("put_off_with_leave")


def fallen_short(found: Comparison, pair: Pair) -> Comparison:
    """Return what a comparison comes to beside words that tell of a shortfall, or that there was none in the end."""
    target, actual, row, assume = pair.target, pair.actual, pair.row, pair.assume
    if assume is None:
        return found
    if found.met is None:
        return _short_of(found, target, actual, row, assume)
    if found.met:
        back = _taken_back(target, row)
        if back is not None and back.is_missed:
            return missed_in_words(Level(row.target), Level(row.actual), assume)
        words = _late_all_the_same(target, row) if found.direction == "lower" else ""
    else:
        words = _done_at_last(target, row) or (_made_up_for(row) if found.direction == "higher" else "")
        words = (
            words
            or _held_again(target, row)
            or _about_harm(target, row)
            or (row.actual if is_denied_later(target, fold_words(row.actual), row) else "")
        )
    return left_open(_takes_back(row.actual, words)) if words else found


def _short_of(found: Comparison, target: Target, actual: Actual, row: Written, assume: Assume) -> Comparison:
    """Return what a comparison that decided nothing comes to, where the words of the row fall short of its target."""
    if found.ends is not None or _done_at_last(target, row) or runs_on_trial(row.target, row.actual):
        return found  # 88%-93% under ≥90%: the numbers say that it cannot be told
    # ≥60人 says on which side of its number it lies, and what may be scored by that.
    is_bound = isinstance(actual, Achieved) and actual.op is not TargetKind.APPROXIMATELY and found.actual is not None
    # 产业结构优化 ← 一产占比由21%降到18%: what only moved is judged by where it moved.
    is_moved = isinstance(target, Level) and isinstance(actual, Change)
    if assume.opposite and not is_bound and not is_moved and falls_short(target, row):
        return missed_in_words(Level(row.target), Level(row.actual), assume)
    if found.problem is not None or _is_limit(target):
        return found
    if not isinstance(target, Level | Deadline) and is_estimated(row.actual):
        return only_estimated(row.actual)
    said = actual.text if isinstance(actual, Level) else ""
    name = name_beside_words(row)
    if isinstance(target, Deadline) and isinstance(actual, Dated):
        is_before = not partial_word(row.actual, row.own) and dates_stage_before(
            row.target, deed_dated(row.actual), name
        )
        return missed_in_words(Level(row.target), Level(row.actual), assume) if is_before else found
    # 2座均已开工, but not 主体完工，形象进度85%
    begun = (
        isinstance(actual, Measured) and actual.quantity.unit != RATIO and not _CLAUSES.search(fold_words(row.actual))
    )
    if (
        stands_lower(row.target, row.actual)
        or (isinstance(actual, Measured) and is_to_be_reached(row.actual))
        or ((said or begun) and is_stage_before(row.target, row.actual, name, counted=begun))
        or (
            _asks_for_all(target, row.target)
            and leaves_part_out(said or (row.actual if isinstance(target, Level) else ""))
        )
        or (said and isinstance(target, Level) and _is_denied(target.text, said))
    ):
        return missed_in_words(Level(row.target), Level(row.actual), assume)
    return found


def unless_with_leave(found: Comparison, pair: Pair) -> Comparison:
    """Leave a date that is missed open where who may do so put it off: 经批准延期，11月完成."""
    is_late = found.met is False and isinstance(pair.target, Deadline)
    if not is_late or not _WITH_LEAVE.search(fold(pair.row.actual)):
        return found
    return Comparison(undecided=not_comparable(pair.target, pair.actual))


def unless_unfinished(found: Comparison, pair: Pair) -> Comparison:
    """Leave a row open that is met by what is only begun, under way, prepared, planned or hoped for: 80户正在安装.

    What is not counted, 其中2条完工 or one of the `others`, neither makes it finished nor unfinished.
    """
    target, actual, row = pair.target, pair.actual, pair.row
    if not found.met:
        return found
    if isinstance(actual, Level):
        words = ""
        if isinstance(target, Level) and fold_words(target.text) != fold_words(actual.text):
            wanted, own = fold_words(target.text), fold_words(row.own)
            cores = filter(None, (core_of(wanted).word or wanted, moved_in(row.actual)))
            hoped = (hoped_words(row.actual, core, own) for core in cores)
            words = none_hoped_for(row.actual, own) if is_nothing(wanted) else next(filter(None, hoped), "")
    else:
        beside = [*actual.beside, *pair.others]
        for one in actual.assumptions:
            beside += quoted(one.message.zh) if one.key == "left_out" else ()
        words = unfinished_words(row.actual, row.own, beside, dated=isinstance(actual, Dated))
    if not words:
        back = _taken_back(target, row)
        if back is not None:
            return left_open(_takes_back(row.actual, back.words))
        return found
    message = Message(
        f"完成值“{row.actual}”写着“{words}”，还没有做完，算不算完成要由人定",
        f"the actual “{row.actual}” says “{words}”, which is not finished: whether that counts is for a person",
    )
    return left_open(message)


def _takes_back(actual: str, words: str) -> Message:
    return Message(
        f"完成值“{actual}”写着“{words}”，算不算完成要由人定",
        f"the actual “{actual}” says “{words}”: whether that counts is for a person",
    )


def _is_limit(target: Target) -> bool:
    """Return whether a target limits what should not be."""
    match target:
        case Bound(op=op, quantity=quantity):
            return op in UPPER or quantity.value <= 0
        case Level():
            return is_nothing(target.text)
    return False


def _asks_for_all(target: Target, written: str) -> bool:
    match target:
        case Bound():
            return is_whole(target) or _ALL_OF_SO_MANY.search(fold_words(written)) is not None
        case Deadline():
            return True
        case Level():
            ways = core_of(target.text).ways & {"wholly", "in time", "in full"}
            return bool(ways) or any(
                one.search(target.text) for one in (_ALL_ALONG, _ALL_THAT_SHOULD, _FOR_EACH, _NONE_MISSED)
            )
    return False


def _is_denied(target: str, said: str) -> bool:
    """Return whether words deny a part of a target, or say the opposite of one."""
    asked, told = fold_words(target), fold_words(said)
    if is_poor(target, said) or False in {by_verb(asked, told), by_object(asked, told, asked)}:
        return True
    if _TAKEN_AWAY.search(fold_words(said)):
        return True
    had = _GETTING.sub("", asked)
    if had != asked and (none := none_said(told)) and had.endswith(none):
        return True  # 获市级表彰 ← 无表彰
    deeds = [part for part in _DEEDS.split(fold_words(target)) if part]
    parts = [core_of(part).word or part for part in deeds]
    return any(denies(one, said) for one in (*parts, *deeds)) or any(is_turned(one, said) for one in (*parts, *deeds))


def _done_at_last(target: Target, row: Written) -> str:
    """Return the last of several clauses that says that a target in words was reached, whatever was said before it.

    首次未通过，整改后通过验收 is no miss of 验收通过.
    """
    *before, last = ("", *filter(None, CLAUSE_ENDS.split(fold_words(row.actual))))
    match = _DONE_AT_LAST.search(last)
    if not isinstance(target, Level) or is_nothing(target.text):
        return ""
    if not any(before) or match is None or _NOT_AT_LAST.search(_AFTERWARDS.sub("", last)):
        return ""
    if _ASKS_FOR_FIRST.search(target.text) or is_stage_before(target.text, last, row.name):
        return ""
    return last if any(match["deed"] in word for word in words_for(core_of(target.text).word)) else ""


class _TakenBack(NamedTuple):
    """The words that take a met target back; `is_missed` where they say that it was missed."""

    words: str
    is_missed: bool = False


def _taken_back(target: Target, row: Written) -> _TakenBack | None:
    """Return what an actual says that keeps its target from being simply met.

    全部收回 is all of it, and not what a rate of use asks for.
    """
    said = fold_words(row.actual)
    if not isinstance(target, Bound) or not has_words(row.actual) or DIGIT.search(said):
        return None
    return _other_deed_of_all(said, row) if target.quantity.unit == RATIO else None


def _late_all_the_same(target: Target, row: Written) -> str:
    """Return the clause that tells of what was late, beside a time that was kept: 平均7个工作日，超时件12件."""
    is_time = isinstance(target, Bound) and target.quantity.dimension in TIMES
    if not is_time or _NAMED_LATE.search(fold_words(row.name)):
        return ""
    clauses = CLAUSE_ENDS.split(fold_words(row.actual))
    return next((one for one in clauses if one not in fold_words(row.own) and says_late(one)), "")


def _other_deed_of_all(said: str, row: Written) -> _TakenBack | None:
    """Return what was done with all of it, where that is not what a row asks for: 全额上缴财政 under 资金使用率."""
    match = _WHOLE_DEED.fullmatch(said)
    if match is None:
        return None
    deed = match["deed"]
    if partial_word(deed, row.own):
        return _TakenBack(said, is_missed=True)
    if deed in fold_words(row.own) or (not strange_words(deed, row.own) and not wrong_things(deed)):
        is_before = is_stage_before(row.target, deed, row.name)
        return _TakenBack(said, is_missed=True) if is_before else None
    is_missed = _UNDONE_AGAIN.search(deed) is not None or bool(wrong_things(deed))
    return _TakenBack(said, is_missed or is_stage_before(row.target, said, row.name))


def _held_again(target: Target, row: Written) -> str:
    """Return the clause with a day that keeps a limit, behind bids that failed: 5月13日流标，5月18日重新开标."""
    limit = target.last_day(row.year) if isinstance(target, Deadline) else None
    *_, last = _BIDS_FAILED.split(fold_words(row.actual))
    if limit is None or last == fold_words(row.actual):
        return ""
    clauses = (one for one in CLAUSE_ENDS.split(last) if _DAY.search(one) and not is_to_come(one))
    return next((one for one in clauses if is_dated_in_time(one, limit, row.year)), "")


def _about_harm(target: Target, row: Written) -> str:
    """Return an actual that counts what was done about what there is to be none of: 扑救火灾126起 under 0起."""
    match = _ABOUT_HARM.fullmatch(fold_words(row.actual)) if _is_limit(target) else None
    return row.actual if match is not None and match["deed"] not in fold_words(row.own) else ""


def _made_up_for(row: Written) -> str:
    """Return the words by which the rest of a number that is too small was done as well: 3个推迟，年底全部建成."""
    for clause in CLAUSE_ENDS.split(fold_words(row.actual))[1:]:
        match = _ALL_DONE.search(clause)
        if match is not None and not is_to_come(clause):
            return match[0]
    return ""
