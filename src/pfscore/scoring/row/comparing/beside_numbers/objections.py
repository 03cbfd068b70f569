"""What speaks against a number that was compared: other words of the two cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from pfscore.cells.lexicon.around import (
    excluded_words,
    graver_word,
    left_out_words,
    limiting_words,
    missed_in,
    strange_words,
    undone_in,
)
from pfscore.cells.lexicon.claims import side_of_measure
from pfscore.cells.lexicon.directions import is_rate
from pfscore.cells.lexicon.levels import is_of_rank, ranks_asked, ranks_in
from pfscore.cells.lexicon.quantities import RATIO
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.readings import (
    UPPER,
    Achieved,
    Actual,
    AllOf,
    Assumption,
    Between,
    Bound,
    Change,
    Level,
    Measured,
    Reading,
)
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.asked_beside import (
    Unanswered,
    each_untold,
    of_another_time,
    other_year,
    unanswered,
)
from pfscore.scoring.row.comparing.beside_numbers.remarks import fewer, may_be_parts, not_all_counted, yet_one
from pfscore.scoring.row.comparing.beside_numbers.written import (
    Pair,
    Written,
    as_written,
    joined,
    labels_of,
    quoted,
    remarks_of,
)
from pfscore.scoring.row.comparing.comparison import Comparison, left_open, not_comparable
from pfscore.scoring.row.comparing.dates import kept_each_time
from pfscore.scoring.row.comparing.numbers import under_ceiling

# The rules are described, with rows, in grammar/words/beside_numbers.txt.
_OTHERS, _BESIDE_OTHERS = rules("than_others", "as_to_others")
_AGAINST_ITSELF, _ALL_BUT_ONE, _WHOLE_AND_LESS = rules("against_itself", "all_but_one", "whole_and_less")
_RATE, _OVER_LAST_YEAR, _OF_A_CHANGE, _WAY_NOT_SAID = rules(
    "rate_named", "over_last_year", "of_a_change", "way_not_said"
)
_WINDOW, _NOT_ABLE = rules("window", "not_able")
# In grammar/words/dates.txt and shortfalls.txt.
_EACH_TIME, _COMES_AFTER = rules("each_time", "comes_after")
_NAMED_MEAN, _TOTAL_WORD = rules("mean_in_name", "word_of_total")
_THE_REST = rule("the_rest_counted")
_WHOLE_YEAR = "全年"
_NUMBERS = (Measured, Achieved, Between, Change, AllOf)


def with_words(found: Comparison, pair: Pair) -> Comparison:
    """Return what a comparison comes to beside the other words of the two cells."""
    target, actual, row, others = pair.target, pair.actual, pair.row, pair.others
    if not isinstance(actual, _NUMBERS) or found.problem is not None:
        return found
    if isinstance(target, Bound) and (kept := kept_each_time(found, target, row.actual)) is not found:
        return kept
    remarks = (*remarks_of(actual), *others)
    missed = next(filter(None, map(missed_in, remarks)), "")
    denied = next((one.message.zh for one in actual.assumptions if one.key == "denied_beside"), "")
    if missed or (denied and found.met):
        return _missed(found, row.actual, missed or quoted(denied)[0])
    uncounted = not_all_counted(found, target, row, remarks)
    if uncounted is not None and not (found.met and _beyond_ceiling(found, target, row).met is False):
        return uncounted
    if found.met is None or "".join(row.target.split()) == "".join(row.actual.split()):
        return found
    is_split = found.met is False and found.ends is not None and found.ends[0].met is not found.ends[1].met
    if is_split and _NAMED_MEAN.search(row.own):
        return replace(found, met=None, undecided=not_comparable(target, actual))
    why = may_be_parts(found, target, actual, row, others) or _why_open(found, pair, remarks)
    if why is not None:
        return left_open(why)
    found = _beyond_ceiling(found, target, row)
    against = _against(target, actual, row, _remarks_on_it(actual, others)) if found.met else None
    if against is not None:
        return _with(found, against)
    return _with_left_out(found, target, actual, row, others)


def _beyond_ceiling(found: Comparison, target: Reading, row: Written) -> Comparison:
    """Return a row that keeps a ceiling as missed, or for a person, by what else it says: 480万元，尚欠60万元."""
    return under_ceiling(found, target, row.actual, row.unit, row.own) if isinstance(target, Bound) else found


def _missed(found: Comparison, reached: str, words: str) -> Comparison:
    """Follow the form's own verdict, where its numbers do not contradict it."""
    words = as_written(words, reached)
    if found.met:
        message = Message(
            f"完成值“{reached}”的数达到了指标值，文字却写“{words}”",
            f"the number of the actual “{reached}” meets the target, but its words say “{words}”",
        )
        return left_open(message)
    if found.met is False:
        return found
    message = Message(f"完成值自己写明“{words}”，视为未达标", f"the actual says itself “{words}”; taken as missed")
    return replace(found, met=False, undecided=None, assumptions=(*found.assumptions, Assumption("missed", message)))


def _why_open(found: Comparison, pair: Pair, remarks: tuple[str, ...]) -> Message | None:
    """Return why a person must look at a number that was compared."""
    target, actual, row = pair.target, pair.actual, pair.row
    if isinstance(target, Change) and isinstance(actual, Change) and not pair.is_computed:
        other = other_year(fold(row.target), fold(row.actual), "" if row.year is None else str(row.year - 1))
        if other is not None:
            return other.why
    if isinstance(target, Change) and isinstance(actual, Measured) and (rate := _other_rate(actual.label, row.own)):
        return Message(
            f"完成值“{row.actual}”是“{rate}”的值，没有写变化了多少",
            f"the actual “{row.actual}” is a value of “{rate}”, and does not tell by how much it moved",
        )
    if found.met and _is_no_change(target, actual, row):
        return Message(
            f"完成值“{row.actual}”没有写增减了多少", f"the actual “{row.actual}” does not tell by how much it moved"
        )
    assumed = {one.key for one in (*found.assumptions, *actual.assumptions)}
    if "each_of_them" not in assumed:
        counted = () if found.met is False else remarks
        why = _other_rank(target, actual, row)
        is_converted = not assumed.isdisjoint({"same_year", "in_days", "part_of_each"})
        why = why or _objection(target, actual, row, counted, is_converted=is_converted, is_computed=pair.is_computed)
        if why is not None:
            return why
    if not found.met:
        return None
    if isinstance(actual, Achieved) and found.direction == "lower" and _NOT_ABLE.search(fold(row.actual)):
        zh, en = f"完成值“{row.actual}”没有写实际是多少", f"the actual “{row.actual}” does not tell what was reached"
        return Message(zh, en)
    if isinstance(target, Between) and "±" in row.target and None not in {found.actual, found.high}:
        return _beyond_tolerance(found, row)
    return _contradiction(row.actual)


def asks_by_how_much(target: str) -> bool:
    """Return whether a target asks by how much something moved over another time: 比上年增加2000人."""
    return _OVER_LAST_YEAR.search(fold(target)) is not None


#: How many times a change an amount is at least that can only be all that there is.
_STOCK = 10


def _is_no_change(target: Reading, actual: Actual, row: Written) -> bool:
    """Return whether a change is answered by all that there is, or by 同比3%, which may be a rise or a fall."""
    if not isinstance(target, Bound | Change) or not isinstance(actual, Measured):
        return False
    if isinstance(target, Change) and target.direction == "decrease" and _WAY_NOT_SAID.fullmatch(fold(row.actual)):
        return True
    if not asks_by_how_much(row.target) or actual.label or _OF_A_CHANGE.search(f"{row.name}{row.actual}"):
        return False
    wanted, reached = target.quantity, actual.quantity
    is_other = wanted.unit == RATIO and not is_rate(row.name)  # 产值 is no share: 62% is a change
    return not is_other and wanted.dimension == reached.dimension and reached.base >= _STOCK * wanted.base


def _beyond_tolerance(found: Comparison, row: Written) -> Message | None:
    """Return that a number is above what a target tolerates, though more of it is better: 8200 under 8000±2%."""
    if (found.actual or 0) <= (found.high or 0):
        return None
    zh, en = f"完成值“{row.actual}”超出了“{row.target}”的上限", f"the actual “{row.actual}” is above “{row.target}”"
    return Message(zh, en)


def _contradiction(reached: str) -> Message | None:
    """Return that a cell denies its number, 没有达到90%，为91.4%, or leaves one out: 除1次（7小时）外，均在4小时内."""
    if (besides := _ALL_BUT_ONE.search(fold(reached))) is not None:
        zh, en = (
            f"完成值“{reached}”写着“{besides[0]}”，算不算达标要由人定",
            f"the actual “{reached}” leaves something out",
        )
        return Message(zh, en)
    if (less := _WHOLE_AND_LESS.fullmatch(fold(reached))) is not None and (
        less["share"] or Fraction(less["part"].replace(",", "")) < Fraction(less["all"].replace(",", ""))
    ):
        zh, en = f"完成值“{reached}”前后矛盾，请核对", f"the actual “{reached}” contradicts itself"
        return Message(zh, en)
    match = _AGAINST_ITSELF.search(fold(reached))
    if match is None or Fraction(match["limit"]) > Fraction(match["reached"]):
        return None
    zh, en = f"完成值“{reached}”前后矛盾，请核对", f"the actual “{reached}” contradicts itself"
    return Message(zh, en)


def _other_rank(target: Reading, actual: Actual, row: Written) -> Message | None:
    """Return that what was counted is not of the rank that a row asks for: 1家四星级景区 under 1家4A级景区."""
    asked, given = ranks_asked(row.target, row.name), ranks_in(actual.label) if isinstance(actual, Measured) else {}
    if not (asked and given) or _is_of_harm(target) or is_of_rank(asked, given) is True:
        return None
    return Message(
        f"完成值“{row.actual}”的等级与指标要求的不同，能不能算要由人定",
        f"the actual “{row.actual}” is of another rank than the indicator asks for",
    )


def _is_share(target: Reading) -> bool:
    return isinstance(target, Bound) and target.quantity.unit == RATIO


def _objection(
    target: Reading,
    actual: Actual,
    row: Written,
    remarks: Iterable[str],
    *,
    is_converted: bool,
    is_computed: bool,
) -> Message | None:
    """Return why a number is not simply the achievement of its target; one that was converted answers it."""
    wanted, reached = row.own, row.actual
    harm = _is_of_harm(target)
    is_measure = isinstance(target, Level) and isinstance(actual, Change) and side_of_measure(actual.label) is not None
    for words in (strange_words(label, wanted, harm=harm) for label in labels_of(actual) if not is_measure):
        if words:
            text = joined([as_written(word, reached) for word in words])
            return Message(
                f"完成值“{reached}”里的“{text}”，指标名称和指标值都没有，看不出数的是不是同一件事",
                f"“{text}” in the actual “{reached}” is neither in the name nor in the target",
            )
    reversed_ = next((one for one in actual.assumptions if one.key == "reversed"), None)
    counted = () if reversed_ is None else quoted(reversed_.message.zh)
    if reversed_ is not None and not isinstance(target, Level) and not any(word in wanted for word in counted):
        return Message(
            f"完成值“{reached}”{reversed_.message.zh}，不是指标要的",
            f"of the actual “{reached}”, {reversed_.message.en}: not what the indicator asks for",
        )
    graver = graver_word(reached, target.text) if isinstance(target, Level) and actual.label else ""
    if graver:
        return Message(
            f"指标值说的是“{graver}”，完成值“{reached}”没有写是不是",
            f"the target speaks of “{graver}”; the actual “{reached}” does not say whether it is",
        )
    if isinstance(target, Level) and isinstance(actual, Change) and (why := others_untold(target.text, reached)):
        return why
    excluded = None if is_converted else excluded_words(reached, wanted)
    is_told = excluded is not None and is_computed  # and was taken off: 93场（含线上9场）
    # of the year, a share says nothing of each month
    is_share_of_year = excluded is not None and excluded[0] == _WHOLE_YEAR and _is_share(target)
    if excluded is not None and (
        is_share_of_year or not (is_told and (_TOTAL_WORD.fullmatch(excluded[0]) or _is_contained(*excluded, reached)))
    ):
        return Message(
            f"完成值写的是“{excluded[0]}”，指标写的是“{excluded[1]}”，不是一回事",
            f"the actual says “{excluded[0]}”, the indicator “{excluded[1]}”: not the same thing",
        )
    if (other := _other_window(wanted, reached)) is not None:
        return Message(
            f"完成值说的是“{other[0]}”，指标说的是“{other[1]}”，看不出合不合要求",
            f"the actual is for “{other[0]}”, the indicator for “{other[1]}”",
        )
    arrow = next((arrow for arrow in "↑↓" for one in remarks_of(actual) if f"“{arrow}”" in one), "")
    if arrow and not _only_rises(target, wanted, arrow):
        return Message(
            f"完成值“{reached}”里的“{arrow}”，看不出是升降了这么多，还是升降到这个数",
            f"“{arrow}” in the actual “{reached}” may say by how much it moved, or that it moved to that",
        )
    undone = next(
        (
            one
            for one in remarks
            if (word := undone_in(one)) and word not in wanted and not (_COMES_AFTER.match(one) or _is_the_rest(one))
        ),
        None,
    )
    if undone is not None:
        undone = quoted(undone)[0] if undone.startswith("“") else undone
        return Message(
            f"完成值“{reached}”写着“{undone}”，算不算完成要由人定",
            f"the actual “{reached}” says “{undone}”: whether that counts is for a person",
        )
    return None


def _is_contained(word: str, other: str, reached: str) -> bool:
    """Return whether a word that excludes another one is said of a part: 含线上9场 under 线下."""
    return other not in word and any(f"{of_which}{word}" in fold(reached) for of_which in ("含", "其中", "包括"))


def _is_the_rest(remark: str) -> bool:
    """Return whether a remark counts others than those that were reached: 已完成9个，其余3个明年完成."""
    said = quoted(remark)[0] if "“" in remark else remark
    return _THE_REST.match(fold(said)) is not None


def _other_rate(label: str, known: str) -> str:
    """Return the rate that a label names, where it is neither the row's own nor how much something moved."""
    rate = _RATE.search(label)
    return "" if rate is None or rate[0] in known or _OF_A_CHANGE.search(label) else rate[0]


def _only_rises(target: Reading, wanted: str, arrow: str) -> bool:
    """Return whether 95%↑ can only be a value that has risen: of what should be much, and is no change."""
    return arrow == "↑" and isinstance(target, Bound) and target.op not in UPPER and not _OF_A_CHANGE.search(wanted)


def _other_window(wanted: str, reached: str) -> tuple[str, str] | None:
    """Return the times of an actual and of its indicator, where they differ: 全年 and 汛期, 30秒 and 15秒."""
    known = fold(wanted).replace("上、下半年", "上半年、下半年").replace("上下半年", "上半年、下半年")
    if "各" in known and _EACH_TIME.search(known) is not None:
        return None
    asked = [match[0] for match in _WINDOW.finditer(known) if match[0] != _WHOLE_YEAR]
    said = [match[0] for match in _WINDOW.finditer(fold(reached)) if match[0] not in known]
    return (said[0], asked[0]) if asked and said else None


def others_untold(wanted: str, reached: str) -> Message | None:
    """Return that 高于全省平均水平 is answered by a move over last year, and not by 高出2.1个百分点."""
    if _OTHERS.search(fold(wanted)) is None or _BESIDE_OTHERS.search(fold(reached)) is not None:
        return None
    return Message(
        f"完成值“{reached}”没有写“{wanted}”里的别处是多少",
        f"the actual “{reached}” does not tell how the others of “{wanted}” stand",
    )


def _is_of_harm(target: Reading) -> bool:
    """Return whether a target limits what should not happen, so that 发生1起 counts just that."""
    match target:
        case Level():
            return True
        case Bound(op=op, quantity=quantity):
            return op in UPPER or quantity.value == 0
    return False


def _remarks_on_it(actual: Actual, others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the remarks on a number, and the other results that say what it was in the end: 500人，实发462人."""
    return (*remarks_of(actual), *(one for one in others if one.startswith(("实", "最终", "仅", "只"))))


def _against(target: Reading, actual: Actual, row: Written, remarks: Iterable[str]) -> Unanswered | None:
    """Return what speaks against a row that its number meets."""
    found = yet_one(target, row) or fewer(target, row, remarks)
    if found is None and not any(one.key == "each_of_them" for one in actual.assumptions):
        found = each_untold(fold(row.target), fold(row.actual))
    if found is None and not any(one.key == "related" for one in actual.assumptions):
        found = of_another_time(f"{fold(row.name)},{fold(row.target)}", fold(row.actual))
    return found or unanswered(row.name, row.target, row.actual, row.year)


def _with(found: Comparison, against: Unanswered) -> Comparison:
    """Return a row that its number meets, and other words do not, as missed or for a person."""
    if against.is_missed:
        return replace(found, met=False, assumptions=(*found.assumptions, Assumption("missed", against.why)))
    return left_open(against.why)


def _with_left_out(
    found: Comparison, target: Reading, actual: Actual, row: Written, others: tuple[str, ...]
) -> Comparison:
    """Return a comparison that says which words beside the number, and which other numbers, it leaves out."""
    said = [word for label in labels_of(actual) for word in limiting_words(label, row.own)]
    harm = _is_of_harm(target)
    said += [word for label in labels_of(actual) for word in left_out_words(label, row.own, harm=harm)]
    said += [word for word in remarks_of(actual) if strange_words(word, row.own) and fold(word) not in fold(row.own)]
    said += others
    known = fold("".join(one.message.zh for one in actual.assumptions))
    said = [word for word in said if fold(joined((word,))) not in known]
    left_out = map(_said, dict.fromkeys(as_written(one, row.actual) for one in said))
    return replace(found, assumptions=(*found.assumptions, *left_out)) if said else found


def _said(words: str) -> Assumption:
    words = joined((words,))
    return Assumption("words", Message(f"完成值里的“{words}”没有计入", f"“{words}” in the actual is left out"))
