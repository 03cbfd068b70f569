"""An actual in plain words, where it is said in others: 并非没有漏发 is 有漏发, and what a check excluded is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile
from typing import NamedTuple

from pfscore.cells.lexicon.quantities import RATIO
from pfscore.cells.lexicon.undone import is_begun, is_step_after
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.readings import LOWER, Actual, Assumption, Bound, Deadline, Level, Target
from pfscore.foundation.folding import fold_words
from pfscore.foundation.runtime.resources import section_pattern
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.beside_numbers.written import Written, deed_dated
from pfscore.scoring.row.comparing.comparison import Comparison, left_open, no_result, not_comparable
from pfscore.scoring.row.comparing.in_words.answers_of_row import (
    answers_row,
    core_of,
    is_harmless,
    same_part,
)
from pfscore.scoring.row.comparing.in_words.own_words import is_of_row, shares_words
from pfscore.scoring.row.comparing.plain_answers import is_nothing, none_said

# The rules are described, with rows, in grammar/words/answers.txt.
_CLAUSES = rule("between_clauses")
_EXCLUDED, _OF_PROVED = rules("excluded_after_check", "of_what_is_proved")
_ALL_THAT_SHOULD, _HAD_BY_ALL = rules("all_that_should", "had_by_all")
# In grammar/words/denial.txt.
_NONE_LEFT_OUT, _WHO_SHOULD, _WANT = rules("none_left_out", "who_should", "for_want_of")
_ASKS_HOW, _UNHARMED, _NONE_LATE = rules("asks_how", "none_unharmed", "none_late")
_NOT_WITHOUT, _DENIED_LIST = rules("not_without", "denied_list")
# In grammar/words/dates.txt and beside_numbers.txt.
_PLANNED_AND_ACTUAL, _NONE_COUNTED, _OTHERS_GONE = rules("planned_and_actual_day", "none_counted", "others_scrapped")
_DEED_ON_A_DAY, _OF_A_SPAN, _TIME_IN_NAME = rules("deed_on_a_day", "deed_of_a_span", "time_in_name")
_NOT_LATER = rule("not_later_than")
# In grammar/words/attempts.txt.
_FAILED_AT_FIRST, _MENDED, _AFTERWARDS, _STEP_BEFORE = rules(
    "failed_at_first", "mended_between", "afterwards", "step_before_last"
)
_LATER_CHECK, _ASKS_FOR_FIRST, _NOT_AT_LAST, _GETTING = rules("later_check", "asks_for_first", "not_at_last", "getting")
_NEARLY = rule("nearly")  # in grammar/words/shortfalls.txt
_OTHER_WORK, _STEP_NOT_TAKEN = rules("other_work", "step_not_taken")
_PIECES = re.compile("[,，;；。（）()]")
#: What an actual is that reports nothing.
_NONE = "无"


class Rereading(NamedTuple):
    """A way to read an actual in plain words: what they are, and what is assumed by them.

    The words are `None` where an actual is not said so, and empty where a person must tell what it says. Who reads
    `instead` does not look at what the actual comes to as it is written. Only what is `believed` of a comparison of the
    plain words counts; with another the row is left open as `open_else` says, or without that read in other ways.
    """

    words: Callable[[Target, Written], str | None]
    assumed: Callable[[str, str], Assumption]
    instead: bool = False
    believed: Callable[[Comparison], bool] = lambda _: True
    open_else: Callable[[Target, Actual, Written], Comparison] | None = None


def _is(key: str) -> Callable[[str, str], Assumption]:
    """Return what says that an actual is the same as its plain words."""
    return lambda actual, said: Assumption(key, Message(f"“{actual}”就是“{said}”", f"“{actual}” is “{said}”"))


def _came_to(actual: str, said: str) -> Assumption:
    zh, en = f"“{actual}”最后是“{said}”", f"“{actual}” came to “{said}” in the end"
    return Assumption("at_last", Message(zh, en))


def _without(actual: str, said: str) -> Assumption:
    kept = _PIECES.split(said)
    return no_result("”“".join(one for one in _PIECES.split(actual) if one and one not in kept))


def _all_the_same(_: str, said: str) -> Assumption:
    zh, en = f"不打折扣，按“{said}”看也没有做到", f"with nothing taken off, “{said}” is not what was asked for either"
    return Assumption("opposite", Message(zh, en))


def _not_told(target: Target, actual: Actual, _: Written) -> Comparison:
    return Comparison(undecided=not_comparable(target, actual))


def _takes_off(target: Target, actual: Actual, row: Written) -> Comparison:
    if isinstance(target, Bound):  # 基本满意 beside ≥90%
        return _not_told(target, actual, row)
    match = _NEARLY.search(fold_words(row.actual))
    word = "" if match is None else match[0]
    zh = f"完成值“{row.actual}”里的“{word}”打了折扣，算不算做到由人定"
    en = f"“{word}” in the actual “{row.actual}” takes something off: whether that is enough is for a person"
    return left_open(Message(zh, en))


def _is_met(found: Comparison) -> bool:
    return found.met is True


def _is_missed(found: Comparison) -> bool:
    return found.met is False


def _is_told(found: Comparison) -> bool:
    """Return whether plain words meet their target, or miss it by a number."""
    return found.met is True or (found.met is False and found.actual is not None)


def _is_decided(found: Comparison) -> bool:
    return found.met is not None


def _some_after_all(_: Target, row: Written) -> str | None:
    """Return an actual without a denial of none, nothing where that is only possible, `None` where it has none.

    >>> _some_after_all(Level("无漏发"), Written("补助发放", "无漏发", "", "并非没有漏发"))
    '有漏发'
    >>> _some_after_all(Level("无漏发"), Written("补助发放", "无漏发", "", "没有漏发"))
    """
    text = fold_words(row.actual)
    match = _NOT_WITHOUT.search(text)
    if match is None:
        return None
    what = match["what"] or none_said(row.target)
    return (
        ""
        if match["may"] or match["possible"] or match["weakly"]
        else f"{text[: match.start()]}有{what}{text[match.end() :]}"
    )


def _without_nearly(target: Target, row: Written) -> str | None:
    """Return an actual without the word that takes something off it, where nothing else does; `None` for another one.

    A row that has that word itself, and what stands beside a number, are read as they are written.

    >>> row = Written("内控制度", "健全", "", "基本健全")
    >>> _without_nearly(Level("健全"), row), _without_nearly(Level("基本健全"), row._replace(target="基本健全"))
    ('健全', None)
    """
    said = fold_words(row.actual)
    is_rate = isinstance(target, Bound) and target.quantity.unit == RATIO and any(map(str.isdecimal, said))
    nearly = [one for one in _CLAUSES.split(said) if _NEARLY.search(one)]
    others = [one for one in _CLAUSES.split(said) if one and one not in nearly and not is_nothing(one)]
    is_short = any(map(_NOT_AT_LAST.search, others))  # 基本完成，个别单位尚未移交
    is_number = is_rate or any(map(str.isdecimal, "".join(nearly)))
    is_asked = _NEARLY.search(fold_words(row.own)) is not None
    return None if is_number or is_asked or is_short or not nearly else _NEARLY.sub("", said)


def _nothing_counted(_: Target, row: Written) -> str | None:
    """Return the denial that an actual is which counts none of what would fail: 超期工单0件 is 无超期.

    >>> _nothing_counted(Level("按期办结"), Written("工单办理", "按期办结", "", "超期工单0件"))
    '无超期'
    """
    none = _counts_none_of(row.actual, fold_words(row.own))
    return f"无{none}" if none else None


def _without_none(_: Target, row: Written) -> str | None:
    """Return an actual without the clauses that count none of what would fail, or others that are gone.

    `None` where it has none, or no other.

    >>> _without_none(Level("5个工作日"), Written("工单办理时限", "5个工作日", "", "平均3.8个工作日，超期工单0件"))
    '平均3.8个工作日'
    >>> _without_none(Level("0件"), Written("超期工单数", "0件", "", "办结1260件，超期工单0件"))
    """
    clauses = [one for one in _PIECES.split(row.actual) if one]
    own = fold_words(row.own)
    kept = [one for one in clauses if not (_counts_none_of(one, own) or _OTHERS_GONE.fullmatch(fold_words(one)))]
    return None if not kept or len(kept) == len(clauses) else "，".join(kept)


def _counts_none_of(clause: str, own: str) -> str:
    """Return the failure that a clause counts none of, and that is not what its row counts."""
    match = _NONE_COUNTED.fullmatch(fold_words(clause))
    failure = "" if match is None else match["before"] or match["behind"]
    return "" if failure in own else failure


def _without_other_work(target: Target, row: Written) -> str | None:
    """Return an actual without the work that its target does not ask for; `None` where it has none.

    >>> row = Written("游客中心建设", "主体完工", "", "主体完工，装修未完")
    >>> _without_other_work(Level("主体完工"), row), _without_other_work(Level("完工"), row)
    ('主体完工', None)
    """
    own, *others = list(filter(None, _PIECES.split(row.actual))) or [""]
    part = same_part(fold_words(target.text), fold_words(own)) if isinstance(target, Level) and others else ""
    found = [_OTHER_WORK.fullmatch(fold_words(one)) for one in others]
    return own if part and all(one is not None and part not in one["what"] for one in found) else None


def _without_next_step(target: Target, row: Written) -> str | None:
    """Return an actual without the steps that come after its target, nothing where they may be of that.

    >>> row = Written("项目招标", "完成招标", "", "完成招标，尚未签订合同")
    >>> _without_next_step(Level("完成招标"), row), _without_next_step(Level("完成招标并签订合同"), row)
    ('完成招标', None)
    """
    own, *others = list(filter(None, _PIECES.split(row.actual))) or [""]
    if not isinstance(target, Level) or not others or any(is_harmless(fold_words(one)) for one in others):
        return None
    if is_begun(target.text, row.actual):
        return None  # whatever is not there yet comes after a beginning
    found = [_STEP_NOT_TAKEN.fullmatch(fold_words(one)) for one in others]
    wanted = fold_words(target.text)
    steps = [
        f"{one['deed']}{one['what']}{one['deed']}"  # 合同未签: 签合同
        for one in found
        if one is not None and not _is_asked(one["what"], one["deed"], wanted)
    ]
    if len(steps) < len(others) or is_nothing(wanted):
        return None
    # 可研已批复 under 完成可研批复
    is_done = _GETTING.sub("", wanted).removeprefix("完成") == fold_words(own).replace("已", "", 1)
    if not (is_done or answers_row(wanted, fold_words(own), row.name)):
        return None
    own = target.text if is_done else own
    return own if all(is_step_after(wanted, one) for one in steps) else ""


def _is_asked(what: str, deed: str, wanted: str) -> bool:
    """Return whether a deed is one that is asked for: 合同签订 of 招标及合同签订, not 初步设计批复 of 可研批复."""
    if len(what) > 1 and not shares_words(what, wanted):
        return deed in wanted and not is_step_after(wanted, what)
    return (len(deed) > 1 and deed in wanted) or (len(what) > 1 and what in wanted)


def _each_denied(target: Target, row: Written) -> str | None:
    """Return an actual with its denial before each of several harms, under a target of none; `None` for another.

    >>> _each_denied(Level("无漏报"), Written("传染病报告", "无漏报", "", "无漏报、迟报"))
    '无漏报,无迟报'
    """
    said = fold_words(row.actual)
    if not isinstance(target, Level) or not is_nothing(target.text) or _DENIED_LIST.search(said) is None:
        return None
    return _DENIED_LIST.sub(_denied_one_by_one, said)


def _denied_one_by_one(match: re.Match[str]) -> str:
    items = [match["first"], *match["more"].replace("等", "、").split("、")]
    return ",".join(f"{match['denied']}{one}" for one in items if one)


def _actual_day(target: Target, row: Written) -> str | None:
    """Return when something was, of an actual that denies that it was later, or also says when it was to be.

    >>> _actual_day(Deadline("10月1日前"), Written("开园", "10月1日前", "", "原计划10月1日，实际9月26日开园"))
    '9月26日开园'
    """
    if not isinstance(target, Deadline):
        return None
    said = fold_words(row.actual)
    if (by := _NOT_LATER.fullmatch(said)) is not None:
        return f"{by['day']}前{by['deed']}"
    match = _PLANNED_AND_ACTUAL.fullmatch(said)
    return None if match is None else match["day"].removeprefix("实").removeprefix("际")


def _day_of_own_deed(target: Target, row: Written) -> str | None:
    """Return the one of several days on which was done what the row asks for, of an actual that tells nothing else.

    >>> row = Written("平台上线时间", "6月30日前", "", "6月28日送测，7月15日上线")
    >>> _day_of_own_deed(Deadline("6月30日前"), row)
    '7月15日'
    """
    clauses = [one for one in _PIECES.split(fold_words(row.actual)) if one]
    found = [_DEED_ON_A_DAY.fullmatch(one) for one in clauses] if isinstance(target, Deadline) else []
    asked = _TIME_IN_NAME.sub("", fold_words(row.name)), deed_dated(row.target)
    own = [one for one in found if one is not None and _is_own_deed(one, asked)]
    others = [one for one in found if one not in own]
    if len(own) != 1 or not all(one is not None and one["deed"] not in row.own for one in others):
        return None
    return own[0]["day"]


def _is_own_deed(said: re.Match[str], asked: tuple[str, str]) -> bool:
    """Return whether a deed that is dated is what a name or a target ends with, and is over by its words."""
    is_own = any(one.endswith(said["deed"]) or said["deed"] == one.removeprefix("完成") for one in asked if one)
    is_over = bool(said["done"] or said["all"]) or _OF_A_SPAN.search(said["deed"]) is None
    return is_own and is_over and len(said["deed"]) > 1 and not said["until"]


def _at_last(target: Target, row: Written) -> str | None:
    """Return what an actual came to in the end, where all it says before is of an earlier attempt or step.

    >>> _at_last(Level("验收通过"), Written("项目验收", "验收通过", "", "首次验收未通过，整改完成后于11月复验通过"))
    '通过'
    >>> _at_last(Level("验收通过"), Written("项目验收", "验收通过", "", "首次验收通过，复验未通过"))
    """
    if not isinstance(target, Level) or _ASKS_FOR_FIRST.search(row.own):
        return None
    if section_pattern("undone.txt", "in time").search(row.own):
        return None
    text = fold_words(row.actual)
    text = text.replace(f"{row.year}年", "") if row.year else text
    clauses = [clause for clause in _CLAUSES.split(text) if clause]
    before = list(takewhile(lambda clause: _is_before(clause, row), clauses[:-1]))
    left = clauses[len(before) :]
    match = _AFTERWARDS.match(left[0]) if left else None
    if not left or not (before or (match is not None and match["mended"])):
        return None
    last = _AFTERWARDS.sub("", left[0])
    check = _LATER_CHECK.match(last)
    if check is not None and (check["again"] or check["check"] in f"{row.own},{before}"):
        last = last[check.end() :]
    plain = ",".join((last, *left[1:]))
    return None if not plain or _NOT_AT_LAST.search(plain) else plain


def _is_before(clause: str, row: Written) -> bool:
    """Return whether a clause tells only of an attempt that failed, what was done about it, or an earlier step."""
    failed = _FAILED_AT_FIRST.fullmatch(clause)
    if failed is not None:
        return is_of_row(failed["what"] or "", row.own)
    return _MENDED.fullmatch(clause) is not None or _STEP_BEFORE.fullmatch(clause) is not None


def _excluded(target: Target, row: Written) -> str | None:
    """Return 无 for an actual that reports what turned out to be none of it, nothing where a person must say so.

    >>> from pfscore.cells.reader import parse_target
    >>> [_excluded(parse_target("无"), Written(name, "无", "", "发生1起，经查不属实")) for name in ("有效投诉", "投诉")]
    ['无', '']
    """
    is_none = is_nothing(target.text) if isinstance(target, Level) else isinstance(target, Bound) and _is_zero(target)
    if is_none and _NONE_LATE.fullmatch(fold_words(row.actual)):
        return _NONE if section_pattern("undone.txt", "overdue").search(fold_words(row.name)) else None
    match = _EXCLUDED.fullmatch(fold_words(row.actual)) if is_none else None
    if match is None:
        return None
    if match["cause"] and not ("疑似" in match[0] and match["cause"] in fold_words(row.own)):
        return ""
    is_proved = match["own"] is None or _OF_PROVED.search(fold_words(row.own)) is not None
    return _NONE if is_proved else ""


def _is_zero(target: Bound) -> bool:
    return target.quantity.value == 0 and target.op not in LOWER


def affirmed(_: Target, row: Written) -> str | None:
    """Return an actual that denies a denial in plain words, nothing where it speaks of others, `None` for no such one.

    >>> affirmed(Level("全部"), Written("行政村通硬化路比例", "100%", "", "没有一个村未通硬化路"))
    '已全部通硬化路'
    >>> affirmed(Level("全部"), Written("学生资助", "应助尽助", "", "没有一名城区学生未获资助"))
    ''
    >>> affirmed(Level("全部"), Written("学生资助", "应助尽助", "", "没有一名学生获得资助"))
    """
    text = fold_words(row.actual)
    if _UNHARMED.search(text):
        return None
    found = [one for one in _NONE_LEFT_OUT.finditer(text) if one["noun"] in row.own or not _WANT.fullmatch(one["noun"])]
    core = core_of(row.target).word
    found = [one for one in found if len(one["deed"]) > 1 or one["deed"] in core]
    if not found:
        return None
    for one in reversed(found):
        who = _WHO_SHOULD.sub("", f"{one['noun']}{(one['whose'] or '').removeprefix('的')}")
        how = _ASKS_HOW.search(row.name)
        should = _ALL_THAT_SHOULD.search(fold_words(row.target))
        is_deed = should is not None and should["deed"] in one["deed"]
        is_short = core.startswith(one["deed"]) or len(one["deed"]) == 1  # 无一不查 under 检查
        deed = core if is_short and not one["none"] else one["deed"]
        is_deed = is_deed or deed == core
        is_own = (is_deed or shares_words(one["deed"], fold_words(row.own))) and (how is None or how[0] in one["deed"])
        if not (is_own and is_of_row(who, row.own)):
            return ""
        # 无一人未参保 under 未参保人数
        is_none = f"{one['not']}{one['deed']}" in row.name
        plain = "0" if is_none else f"{one['lead']}已全部{'有' if one['none'] else ''}{deed}"
        text = f"{text[: one.start()]}{plain}{text[one.end() :]}"
    return text


def _had_by_all(_: Target, row: Written) -> str | None:
    """Return that it is done of an actual that names all who have it: 各村均通硬化路 is 已全部通硬化路."""
    whole = _HAD_BY_ALL.fullmatch(fold_words(row.actual))
    who = "" if whole is None else _WHO_SHOULD.sub("", whole["who"])
    is_own = whole is not None and who and whole["deed"] in row.name and is_of_row(who, row.own)
    return f"已全部{whole['deed']}" if whole is not None and is_own else None


#: The ways to read an actual in plain words, in this order.
REREADINGS = (
    Rereading(_some_after_all, _is("denied_twice"), instead=True, believed=_is_missed, open_else=_not_told),
    Rereading(_without_nearly, _all_the_same, instead=True, believed=_is_missed, open_else=_takes_off),
    Rereading(_nothing_counted, _is("none_counted"), instead=True),
    Rereading(_without_none, _without, instead=True),
    Rereading(_without_other_work, _without, instead=True),
    Rereading(_without_next_step, _without, instead=True, open_else=_not_told),
    Rereading(_each_denied, _is("each_denied"), instead=True),
    Rereading(_actual_day, _is("actual_day"), instead=True),
    Rereading(_day_of_own_deed, _is("actual_day"), instead=True, believed=_is_decided),
    Rereading(_at_last, _came_to, believed=_is_met),
    Rereading(_excluded, _is("excluded"), believed=_is_told, open_else=_not_told),
    Rereading(affirmed, _is("denied_twice"), believed=_is_told, open_else=_not_told),
    Rereading(_had_by_all, _is("had_by_all"), believed=_is_told, open_else=_not_told),
)
