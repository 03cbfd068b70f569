"""Answers that settle a row at a glance: the target's own words, nothing where nothing was wanted, the opposite."""

from __future__ import annotations

import re
from dataclasses import replace

from pfscore.cells.lexicon.claims import Claim, answers, bare, claim_of, moved_in, side_of_measure
from pfscore.cells.lexicon.directions import harm_in, wrong_things
from pfscore.cells.lexicon.levels import grade_of, level_scale, reaches
from pfscore.cells.lexicon.undone import stands_beyond
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.readings import UPPER, Change
from pfscore.foundation.folding import fold_words

# The rules are described, with rows, in grammar/words/answers.txt.
_NONE, _SOME, _DONE, _TO_DO = rules("none_of", "some_of", "was_done", "to_be_done")
_IN_TIME, _WHOLLY = rules("said_in_time", "said_wholly")
_TO_SOME_DEGREE, _TWO_DEEDS = rules("to_some_degree", "two_deeds")
_EACH_MONTH, _RATHER = rules("each_month", "rather")
_DAYS_OF_MONTHS, _DAY_OF_A_MONTH = rules("days_of_months", "day_of_a_month")
_ON_THE_WAY, _UNDER_WAY = rules("on_the_way", "under_way")
_NONE_WANTED, _SOME_WANTED, _NOTHING_AT_ALL = rules("none_wanted", "some_wanted", "nothing")
_NO_EVENT = rule("did_not_happen")
# In grammar/words/denial.txt and grades.txt.
_UNHARMED, _OF_GRADE = rules("none_unharmed", "behind_grade")
_NOTHING_MORE = frozenset({"", "发生", "出现", "情况", "的情况"})
_NOT = (
    *("未能", "没有", "没能", "未", "不", "没", "非", "无", "尚未", "暂未", "仍未", "还未", "未全部", "未完全"),
    *("没有全部", "未得到", "未评为", "未见", "不够", "没有做到", "未做到", "未能做到", "没做到"),
)
_ANY_WORDS = re.compile(r"[^0-9,;、。()]+")
#: 完成可研报告编制 is answered by 已完成.
_VERBS = frozenset({"完成", "通过", "落实", "启动", "开展"})
#: Two words that exclude each other; the second is the denial of the first.
_OPPOSITES = {
    "是": frozenset({"否", "不是", "未", "没有", "无"}),
    "有": frozenset({"无", "没有", "未", "否"}),
    "能": frozenset({"否", "不能"}),
    "完成": frozenset({"否"}),
}


def is_same_wording(target: str, actual: str) -> bool:
    """Return whether two cells have the same words; closing punctuation and spaces do not count.

    >>> is_same_wording("有所提升", "有所 提升。"), is_same_wording("零投诉", "无投诉")
    (True, True)
    """
    one, other = fold_words(target), fold_words(actual)
    return one == other or (is_nothing(one) and is_nothing(other) and _same_thing(one, other))


def is_nothing(text: str) -> bool:
    """Return whether words say that something bad did not happen once: 零, 无投诉, 未发生安全事故.

    >>> [is_nothing(text) for text in ("零", "无投诉", "未发生安全事故", "零距离", "无障碍设施")]
    [True, True, True, False, False]
    """
    plain = fold_words(text)
    if (found := _none(plain)) is None or _UNHARMED.search(plain):
        return False
    return found in _NOTHING_MORE or bool(harm_in(found)) or bool(_NO_EVENT.match(plain) and wrong_things(found))


def first_of_nothing(text: str) -> str:
    """Return the first of several clauses that all say that something did not happen; else the whole text.

    >>> first_of_nothing("未发生，无人员伤亡"), first_of_nothing("未发生，已整改")
    ('未发生', '未发生，已整改')
    """
    first, *others = [clause for clause in _CLAUSES.split(text) if clause] or [text]
    return first if all(map(is_nothing, (first, *others))) else text


_CLAUSES = re.compile("[,，;；。]")


def none_said(text: str) -> str:
    """Return what words say did not happen; nothing where they name nothing.

    >>> none_said("未接到群众投诉"), none_said("零")
    ('群众投诉', '')
    """
    return _none(fold_words(text)) or ""


def is_opposite(target: str, actual: str) -> bool:
    """Return whether an answer in words denies what was asked for.

    >>> [is_opposite(*pair) for pair in (("是", "否"), ("零投诉", "有投诉"), ("完成", "未完成"), ("有效", "较好"))]
    [True, True, True, False]
    """
    one, other = fold_words(target), fold_words(actual)
    if is_nothing(one):
        some = _SOME.fullmatch(other)
        return some is not None and _same_thing(one, "无" + some["what"])
    one, other = (_OF_GRADE.sub("", text) or text for text in (one, other))
    return (
        other in {not_ + one for not_ in _NOT} or other in _OPPOSITES.get(one, ()) or one in _OPPOSITES.get(other, ())
    )


def answer_in_words(target: str, actual: str) -> bool | None:
    """Return whether words answer words: by grades (Ⅱ类), by what they claim (较上年提高), or as saying as much.

    >>> answer_in_words("Ⅲ类及以上", "Ⅱ类"), answer_in_words("较上年提高", "较上年下降")
    (True, False)
    >>> answer_in_words("按规定公开", "已按规定公开"), answer_in_words("有效", "较好")
    (True, None)
    """
    asked, given = grade_of(target), grade_of(actual)
    if asked is not None and given is not None:
        return reaches(asked, given)
    claimed, claim = claim_of(target), None if _rebounds(target, actual) else claim_of(actual)
    if claimed is not None and claim is not None and (found := answers(claimed, claim)) is not None:
        return found
    if is_lower_degree(actual, target) or stands_beyond(target, actual):
        return True
    if (found := _of_none(fold_words(target), fold_words(actual))) is not None:
        return found
    wanted, said = (_RATHER.sub("较", fold_words(text)) for text in (target, actual))
    said = said.replace("、", "")
    if _says_as_much(wanted, said):
        return True
    # 基本建立 ← 已建立, 全面建立: who asks for most of it has all of it.
    whole = wanted.removeprefix("基本")
    return True if whole not in {"", wanted} and "基本" not in said and _says_as_much(whole, said) else None


def _rebounds(target: str, actual: str) -> bool:
    """Return whether what moved up is a rebound, which answers only what speaks of one: 不反弹 ← 未反弹."""
    return moved_in(actual) == _REBOUND and _REBOUND not in target


_REBOUND = "反弹"


def _of_none(wanted: str, said: str) -> bool | None:
    """Return whether 无 or 有 answers, 无不利影响 ← 无; and what an official level says."""
    is_none, is_some = _NOTHING_AT_ALL.fullmatch(said), said in {"有", "存在", "是"}
    if _NONE_WANTED.fullmatch(wanted) and (is_none or is_some):
        return is_none is not None
    if _SOME_WANTED.fullmatch(wanted) and is_none:
        return False
    return attained(said)


def attained(said: str) -> bool | None:
    """Return whether an official level says that a target was reached, in whole; `None` for other words.

    >>> [attained(said) for said in ("达成预期指标", "部分达成预期指标并具有一定效果", "基本达成预期指标", "较好")]
    [True, False, None, None]
    """
    plain = fold_words(said)
    scale = None if plain.startswith("基本") else level_scale(plain)
    return None if scale is None or scale[0] != "达成" else scale[1] == 0


def answer_by_change(target: str, actual: Change) -> bool | None:
    """Return whether a change answers words: 较上年提高 ← 提高1.8个百分点, 环境改善 ← PM2.5下降12%."""
    claimed, claim = claim_of(target), _claim_of(actual)
    if claimed is None:
        return None
    if claimed.ways == {1} and not claimed.subject and side_of_measure(claim.subject) == "lower":
        claim = Claim(frozenset(-way for way in claim.ways), claim.degree)
    # How large a change is 明显改善, numbers do not say.
    found = answers(claimed, claim)
    return None if found and claimed.degree in {0, 1} else found


def of_its_measure(change: Change, name: str) -> Change:
    """Return a change with the name of what moved: of the indicator itself only where less of it is better.

    >>> from pfscore.cells.reader import parse_actual
    >>> of_its_measure(parse_actual("收入下降5%"), "群众收入").label
    ''
    >>> of_its_measure(parse_actual("缩短5天"), "办理时限").label
    '办理时限'
    """
    label = bare(change.label)
    if label and label not in name:
        return change
    return replace(change, label=name if side_of_measure(name) == "lower" else "")


def answer_to_change(target: Change, actual: str) -> bool | None:
    """Return that words deny a change of some size: 下降2% ← 同比持平; how large it was, they do not say."""
    claim = claim_of(actual)
    asked = _claim_of(target)
    return False if claim is not None and target.quantity.value > 0 and not asked.ways & claim.ways else None


def is_in_time(actual: str) -> bool:
    """Return whether words say that a limit was kept.

    >>> is_in_time("均按时报送"), is_in_time("未按时报送"), is_in_time("及时率较低")
    (True, False, False)
    """
    return _IN_TIME.fullmatch(fold_words(actual)) is not None and "率" not in actual


def in_time_each_month(target: str, actual: str) -> bool | None:
    """Return whether a day of each month keeps a limit of each month; `None` where the cells are not of that kind.

    >>> in_time_each_month("每月25日前", "每月20日前均已发放到位"), in_time_each_month("每月15日前", "每月18日")
    (True, False)
    >>> in_time_each_month("每月5日前", "7月推迟至16日，其余按时")
    False
    """
    limit, done = _EACH_MONTH.fullmatch(fold_words(target)), _EACH_MONTH.fullmatch(fold_words(actual))
    if limit is None or limit["each"] is None:
        return None
    of_months = _DAYS_OF_MONTHS.fullmatch(fold_words(actual)) if limit["each"].endswith("月") else None
    if of_months is not None:
        is_late = any(int(one["day"]) > int(limit["day"]) for one in _DAY_OF_A_MONTH.finditer(of_months[0]))
        return False if is_late else True if of_months["rest"] else None
    if done is None or not (done["each"] or done["all"]):
        return None
    if done["each"] and limit["each"].replace("个", "") != done["each"].replace("个", ""):
        return None
    return int(done["day"]) <= int(limit["day"])


def is_lower_degree(target: str, actual: str) -> bool:
    """Return whether an answer is the target's own word to a lower degree: 高 ← 较高, 制度健全 ← 制度较为健全.

    >>> is_lower_degree("高", "较高"), is_lower_degree("较高", "比较高"), is_lower_degree("提高", "较上年提高")
    (True, False, False)
    """
    wanted, said = fold_words(target), fold_words(actual)
    return any(said[: one.start()] + said[one.end() :] == wanted for one in _RATHER.finditer(said))


def is_on_the_way(target: str, actual: str) -> bool:
    """Return whether what a target wants a thing to be is only coming about: 完善 ← 逐步完善, 正在完善.

    >>> is_on_the_way("完善", "逐步完善"), is_on_the_way("不断完善", "逐步完善"), is_on_the_way("完善", "得到完善")
    (True, False, False)
    """
    wanted, said = fold_words(target), fold_words(actual)
    return bool(_ON_THE_WAY.fullmatch(said)) and not _ON_THE_WAY.fullmatch(wanted)


def is_under_way(target: str, actual: str) -> bool:
    """Return whether a change that a target asks for is not over: 改善 ← 正在改善.

    >>> is_under_way("改善", "正在改善"), is_under_way("改善", "持续改善"), is_under_way("改善", "正在施工")
    (True, False, False)
    """
    asked = claim_of(target) is not None and claim_of(actual) is not None
    return asked and bool(_UNDER_WAY.fullmatch(fold_words(actual))) and not _UNDER_WAY.fullmatch(fold_words(target))


def is_wholly(actual: str) -> bool:
    """Return whether words say that all of it was done, which answers 100%.

    >>> [is_wholly(text) for text in ("全部按期完工", "及时拨付", "无差错", "全部未完工", "有效")]
    [True, True, True, False, False]
    """
    bare = fold_words(actual)
    is_none = is_nothing(bare) and bare.startswith(("无", "零", "未", "没"))
    return _WHOLLY.fullmatch(bare) is not None or (is_none and none_said(bare) not in _NOTHING_MORE)


def says_itself(target: str, label: str, *, wholly: bool) -> bool:
    """Return whether the words beside a number are the target's own: 实现乡镇全覆盖 ← 18个乡镇全覆盖.

    `wholly` is for 100%: 基本消除 ← 100%消除.
    """
    core = _TO_DO.sub("", fold_words(target))
    if wholly:
        core = _TO_SOME_DEGREE.sub("", core)
    return len(core) >= (2 if wholly else 4) and _ANY_WORDS.fullmatch(core) is not None and core in fold_words(label)


def _claim_of(change: Change) -> Claim:
    value = change.quantity.value
    way = (1 if change.direction == "increase" else -1) * ((value > 0) - (value < 0))
    ways = frozenset({way, 0}) if change.op in UPPER else frozenset({way})
    return Claim(ways, None, bare(change.label))


def _says_as_much(target: str, actual: str) -> bool:
    """Return whether an actual has the target's words, and beside them only that it was done."""
    if not (_ANY_WORDS.fullmatch(target) and _ANY_WORDS.fullmatch(actual)):
        return False
    asked, done = _DONE.sub("", _TO_DO.sub("", target)) or target, _DONE.sub("", actual) or actual
    needed = _TO_DO.sub("", target)
    if done in {target, needed} or (asked == done and needed == asked):
        return True
    if done in _VERBS and target.startswith(done) and _TWO_DEEDS.search(target) is None:
        return True
    turned = done[:-4] + done[-2:] + done[-4:-2]
    if len(done) > 4 and turned == needed:
        return True  # 系统全年平稳运行, 系统全年运行平稳
    # 及时响应, 响应及时
    return len(done) in {4, 6, 8} and done == needed[len(needed) // 2 :] + needed[: len(needed) // 2]


def _none(text: str) -> str | None:
    match = _NONE.fullmatch(text)
    return None if match is None else match["what"]


def _same_thing(one: str, other: str) -> bool:
    """Return whether the second denial holds for the first one's thing: 无安全事故 answers 无重大安全事故.

    无 alone is of whatever the other one says.
    """
    first, second = none_said(one), none_said(other)
    if "以上" not in first:
        # 未发生较大以上火灾 answers 不发生较大火灾.
        second = second.replace("及以上", "").replace("以上", "")
    return first.endswith(second) or first in _NOTHING_MORE or second in _NOTHING_MORE
