"""What words say of a target that was not reached: 未开展, 正在报批, 逾期办复, 部分完成.

The words are `grammar/undone.txt`; this module only reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache

from pfscore.cells.lexicon.directions import harm_in, wrong_things
from pfscore.cells.lexicon.levels import is_of_rank, ranks_in
from pfscore.cells.lexicon.quantities import SCALES
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.foundation.folding import fold, fold_words
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.runtime.patterns import Pattern, pattern_of
from pfscore.foundation.runtime.resources import section_lines, section_pattern, section_words

_FILE = "undone.txt"

# The rules are described, with rows, in grammar/words/undone.txt.
_REASON, _REASON_OR_BRACKET, _NOT_KNOWN, _SHORT_BY = rules("why", "why_or_in_brackets", "not_known", "short_by")
_EXCEPT, _NUMBER, _DENIED, _LEAKS, _LEAKED = rules("all_but", "number_said", "denied_before", "leaks", "leaked")
_FORBIDDEN, _DENIED_AT_ONCE, _DENIED_NEARBY = rules("forbidding", "denied_at_once", "denied_nearby")
_HELD_LATER, _TIME_OF_EVENT = rules("held_later", "time_of_event")
_DONE, _IN_PART, _DEED_DENIED, _KIND = rules("done_all_the_same", "done_in_part", "deed_denied", "kind_of_harm")
_DEALT_WITH, _PUT_RIGHT = rules("dealt_with", "put_right")
_NOTHING_DONE, _SOMEWHAT_LATE, _SHORTLY_DENIED = rules("nothing_done", "somewhat_late", "shortly_denied")
_ASKS_TO_BEGIN, _IS_BEGUN, _ONLY_ON_TRIAL, _ASKS_TO_RUN = rules(
    "asks_to_begin", "is_begun", "only_on_trial", "asks_to_run"
)
_UNDER_WAY_OF_IT, _DRAFTED, _OF_DRAFTING, _NOT_YET_OF_IT = rules(
    "under_way_of_it", "drafted", "of_drafting", "not_yet_of_it"
)
_GOES_ON_FROM, _ASKS_TO_GO_ON = rules("goes_on_from", "asks_to_go_on")
# In grammar/words/answers.txt.
_NONE_OF = rule("none_of_opposite")
# The rules are described, with rows, in grammar/words/shortfalls.txt.
_NOT, _NOT_SO, _WEAKLY = rules("denial_in_target", "not_so", "weakly")
_ENDED, _ENDED_BEHIND, _TO_BE_REACHED = rules("ended_before", "ended_behind", "to_be_reached")
_SO_MANY_OF, _PART_ONLY, _WHOLE_SAID = rules("so_many_of", "part_only", "whole_said")
_NOT_ALL = rule("not_all")
_AROUND_STATE, _NO_FAILURE = rules("around_a_state", "no_deed_of_failure")
_EACH_DENIAL, _TO_NONE = rules("each_denial", "counts_to_none")
_STAGE_REACHED, _STAGE_ALONE, _STAGE_AWAITED = rules("stage_reached", "stage_alone", "stage_awaited")
_ON_TRIAL, _ESTIMATED = rules("on_trial", "estimated")
_ON_PAPER, _ON_A_LIST, _FINISHED = rules("on_paper", "on_a_list", "finished")
_STAGE_DONE, _NO_EFFECT, _OWN_DEED_DONE = rules("stage_done", "no_effect", "own_deed_done")
_ANSWERS, _STAGES = "answers.txt", ("paper", "purchase", "building", "delivered", "granted")
_DELIVERED, _GRANTED = 3, 4
#: What a target asks for that names no stage: of what is bought, and of everything else.
_BOUGHT, _BUILT = "到货", "建成"
#: The first stage that is complete in nothing: 施工3座，完工2座.
_UNDER_WAY = "施工"
_CLAUSE = re.compile(r"[,;。、]")


@remembered
def says_undone(actual: str, target: str, *, in_words: bool = True) -> bool:
    """Return whether words say that a target was not reached; `in_words` tells whether the target is words itself.

    >>> [says_undone(text, "建成") for text in ("未开展（经费被收回）", "正在施工", "已建成", "未发生事故")]
    [True, True, False, False]
    >>> says_undone("2件逾期办复", "按时办复"), says_undone("已启动建设", "启动建设"), says_undone("正在推进", "有效")
    (True, False, False)
    """
    wanted = fold_words(target)
    actual = actual if in_words else _ON_TRIAL.sub(r"\g<stage>", fold(actual))
    said = (_REASON_OR_BRACKET if in_words else _REASON).sub("", fold_words(actual)) or fold_words(actual)
    is_held = _HELD_LATER.search(said) is not None and _TIME_OF_EVENT.fullmatch(wanted) is not None
    if not in_words and (is_held or _NOT_KNOWN.search(said) or is_estimated(actual)):
        return False
    if not in_words and _SHORT_BY.search(fold_words(actual)):
        return True
    if (not in_words or _words("in time").search(wanted)) and _says("late", said):
        return True
    if in_words and _words("in time").search(wanted) and _SOMEWHAT_LATE.search(fold_words(actual)):
        return True
    if not in_words and _IN_PART.fullmatch(said):
        return True
    if _words("whole").search(wanted) and (_EXCEPT.search(said) or (in_words and _says("part", said))):
        return True
    settled = _at_once(wanted, said) if in_words else None
    if settled is not None:
        return settled
    denied = [one["deed"] for one in _DEED_DENIED.finditer(said) if not _TO_NONE.match(said, one.end())]
    if any(deed in wanted for deed in denied):
        return True
    begun = [word for name in ("begun", "fallen") for word in _says(name, said)]
    if in_words:
        begun = [word for word in begun if (word.removeprefix("已").removeprefix("正在") or word) not in wanted]
    return bool(denied or begun) and _DONE.search(said) is None


def _at_once(wanted: str, said: str) -> bool | None:
    """Return whether a whole cell denies what words ask for, or that they ask for nothing that it could deny."""
    if _SHORTLY_DENIED.fullmatch(said) and not _NOT.search(wanted):
        return True
    is_other = not _words("asked").search(wanted) or is_begun(wanted, said) or runs_on_trial(wanted, said)
    return False if is_other else None


def is_begun(target: str, said: str) -> bool:
    """Return whether a target asks for a beginning, and each clause says that there was one.

    >>> is_begun("开工建设", "已开工，正在建设"), is_begun("建成", "已开工"), is_begun("开工建设", "已启动")
    (True, False, False)
    >>> is_begun("启动招标", "已完成招标"), is_begun("启动招标", "已中标"), is_begun("启动招标", "正在编制招标文件")
    (True, True, False)
    """
    asked = _ASKS_TO_BEGIN.fullmatch(fold_words(target))
    if asked is None:
        return False
    clauses = [clause for clause in _CLAUSE.split(fold_words(said)) if clause]
    beside = _NOT_YET_OF_IT, _UNDER_WAY_OF_IT
    clauses = [clause for at, clause in enumerate(clauses) if not (at and any(one.fullmatch(clause) for one in beside))]
    found = [_IS_BEGUN.fullmatch(clause) for clause in clauses]
    if asked["starts"] and all(
        one or _goes_on(asked["deed"], clause) for one, clause in zip(found, clauses, strict=True)
    ):
        return True
    return all(found) and not any(one["starts"] for one in found if one is not None)


def without_further(said: str) -> str:
    """Return the words of a beginning without what goes on of it, and what comes after it and is not there yet.

    >>> without_further("已启动,尚未成交"), without_further("正在外业调查"), without_further("部分启动")
    ('已启动', '', '部分启动')
    """
    further = (_UNDER_WAY_OF_IT, _NOT_YET_OF_IT)
    return ",".join(one for one in _CLAUSE.split(said) if not any(each.fullmatch(one) for each in further))


def _goes_on(deed: str, clause: str) -> bool:
    """Return whether a clause says that a deed goes on, is over, or that a later stage than it was reached."""
    around = clause.replace(deed, "", 1) if deed else clause
    if (around and _GOES_ON_FROM.fullmatch(around)) or _UNDER_WAY_OF_IT.fullmatch(clause):
        return True
    if _OF_DRAFTING.search(deed) and _DRAFTED.fullmatch(clause):
        return True
    later = [_stages()[match[0]] for match in _any_stage().finditer(clause)]
    rest = _any_stage().sub("", clause)
    is_later = deed in _stages() and bool(later) and min(later) > _stages()[deed]
    return is_later and bool(rest) and _GOES_ON_FROM.fullmatch(rest) is not None


def runs_on_trial(target: str, said: str) -> bool:
    """Return whether what is to run does so on trial only.

    >>> runs_on_trial("上线运行", "试运行中"), runs_on_trial("通过验收", "试运行中"), runs_on_trial("试运行", "试运行")
    (True, False, False)
    """
    wanted = fold_words(target)
    is_trial = _ONLY_ON_TRIAL.fullmatch(fold_words(said)) is not None
    return is_trial and "试" not in wanted and _ASKS_TO_RUN.fullmatch(wanted) is not None


def says_nothing_done(actual: str) -> bool:
    """Return whether words say no more than that nothing was done, so that nothing was achieved either.

    >>> [says_nothing_done(text) for text in ("未开展（经费被收回）", "尚未开工", "未完成", "未全部实施", "未开展验收")]
    [True, True, False, False, False]
    """
    return _NOTHING_DONE.fullmatch(_REASON_OR_BRACKET.sub("", fold_words(actual)).strip(",;。")) is not None


def came_to_nothing(said: str) -> bool:
    """Return whether words say that something was not done, came to nothing or was late; not that it is begun.

    >>> [came_to_nothing(text) for text in ("3个未建成", "2场取消", "12个正在施工", "未出现延误")]
    [True, True, False, False]
    """
    plain = fold_words(said)
    return _DEED_DENIED.search(plain) is not None or bool(_says("fallen", plain) or _says("late", plain))


def says_late(actual: str) -> bool:
    """Return whether words say that something took longer than it may.

    >>> says_late("合同签订后75天到货，逾期15天"), says_late("60天到货，未逾期")
    (True, False)
    """
    return bool(_says("late", fold_words(actual)))


def may_reach(number: Fraction, actual: str, *, share: bool) -> bool:
    """Return whether words hold a number that is no less than the one that was asked for: 完成120%，3户未入住.

    So many out of others, 抽检620批次，不合格5批次, may be any share less than all of them.

    >>> may_reach(Fraction(1), "完成120%，3户未入住", share=True), may_reach(Fraction(4), "3期，第4期推迟", share=False)
    (True, False)
    """
    if share and number < 1 and len([one for one in _NUMBER.finditer(fold_words(actual)) if not one["share"]]) > 1:
        return True
    done = [one for one in _CLAUSE.split(fold_words(actual)) if not (_words("begun").search(one) or _says("late", one))]
    for match in _NUMBER.finditer(_SHORT_BY.sub("", ",".join(done))):
        found = Fraction(match["number"].replace(",", "")) * SCALES.get(match["scale"] or "", 1)
        if share is (match["share"] is not None) and (found / 100 if share else found) >= number:
            return True
    return False


def forbids(target: str, said: str) -> bool:
    """Return whether a target forbids what words say that there was: 不缺岗、不漏报 ← 漏报, 无违规审批 ← 发现违规审批.

    The deed alone is that, where nothing else limits it: 不准收取押金 ← 收取.

    >>> forbids("不缺岗、不漏报", "漏报"), forbids("无违规审批", "未发现违规审批"), forbids("不动产登记", "登记")
    (True, False, False)
    """
    plain = fold_words(said)
    if _LEAKS.search(fold_words(target)) and _LEAKED.search(plain):
        return True
    for clause in () if "疑似" in plain else _CLAUSE.split(fold_words(target)):
        match = _FORBIDDEN.fullmatch(clause)
        if match is None:
            continue
        if len(plain) > 1 and match["what"].startswith(plain):
            return True  # 禁止新建项目 ← 新建
        for what in (*alike(match["what"]), *_without_kind(match["what"])):
            found = [one for one in re.finditer(re.escape(what), plain) if not _TO_NONE.match(plain, one.end())]
            before = [plain[: one.start()] for one in found]
            if not all(map(_DENIED_AT_ONCE.search, before)):
                return not any(one.search(text) for text in before for one in (_DENIED_NEARBY, _DEALT_WITH))
    return False


def fails(target: str, said: str) -> bool:
    """Return whether words tell of a deed that plainly fails what a target in words asks for.

    >>> fails("合规", "审计发现挪用3.6万元"), fails("不丢失不遗漏", "缺失记录214条"), fails("合规", "未发现挪用")
    (True, True, False)
    """
    plain, wanted = fold_words(said), fold_words(target)
    if fails_in_nothing(plain):
        return False
    parts = {wanted, _AROUND_STATE.sub("", wanted), *(match[0] for match in _EACH_DENIAL.finditer(wanted))}
    return any(
        asked.fullmatch(part) is not None and any(map(_is_told, deed.finditer(plain)))
        for asked, deed in _failing()
        for part in parts
    )


def fails_in_nothing(said: str) -> bool:
    """Return whether words tell of what is done about what may fail: 开展火灾演练."""
    return _NO_FAILURE.search(fold_words(said)) is not None


def _is_told(match: re.Match[str]) -> bool:
    before, behind = match.string[: match.start()], match.string[match.end() :]
    return not (_DENIED_NEARBY.search(before) or _ENDED.search(before) or _ENDED_BEHIND.match(behind))


@cache
def _failing() -> tuple[tuple[Pattern, Pattern], ...]:
    lines = (line.split("|") for line in section_lines(_ANSWERS)["failing"])
    return tuple((pattern_of(one.split(), behind="+"), pattern_of(two.split())) for one, two in lines)


def _without_kind(what: str) -> tuple[str, ...]:
    """Return a harm without the word for its kind: 学术不端 for 学术不端行为."""
    short = _KIND.sub("", what)
    return (short,) if len(short) > len("违规") and short != what else ()


def other_harm(denied: str, known: str) -> str:
    """Return a harm that is denied where its row is for another one: 投诉 under 安全事故起数.

    >>> other_harm("投诉", "安全事故起数"), other_harm("人员伤亡", "死亡人数"), other_harm("失误", "差错率")
    ('投诉', '', '')
    """
    left = harm_in(denied)
    if left.startswith("未") and left not in fold(known) and not denied.startswith(left):
        # 无投诉未办结: there were some
        return denied
    said, own = wrong_things(denied), wrong_things(fold(known))
    meant = {one for word in said for one in alike(word)}
    return denied if said and own and not set("".join((*said, *meant))) & set("".join(own)) else ""


def alike(word: str) -> tuple[str, ...]:
    """Return the words for harms of one kind, the word itself first."""
    lines = [line.split() for line in section_lines(_ANSWERS)["alike"]]
    return tuple(dict.fromkeys([word, *(one for line in lines if word in line for one in line)]))


def denies(word: str, said: str) -> bool:
    """Return whether words say of a word that it is not so, or badly so, and nowhere that it is.

    >>> denies("遏制", "流失势头仍未得到遏制"), denies("保障", "经费保障不足"), denies("规范", "未发现不规范")
    (True, True, False)
    """
    plain, places = fold_words(said), 0
    if len(word) < 2 or _NOT.match(word):
        return False
    for one in re.finditer(re.escape(word), plain):
        before = plain[: one.start()]
        denied = _NOT_SO.search(before)
        if denied is None and _WEAKLY.match(plain[one.end() :]) is None:
            return False
        if denied is not None and _ENDED.search(before[: denied.start()]):
            return False
        places += 1
    return places > 0 or _denies_half(word, plain)


def _denies_half(word: str, plain: str) -> bool:
    """Return whether one half of a word is denied behind the other: 运行不正常 under 正常运行."""
    one, other = word[:2], word[2:]
    for first, last in ((one, other), (other, one)) if len(word) == 4 and not _NOT.search(word) else ():
        for place in re.finditer(re.escape(last), plain):
            denied = _NOT_SO.search(plain[: place.start()])
            if denied is None or wrong_things(last):
                continue
            before, behind = plain[: denied.start()], plain[place.end() :]
            # 不平衡 alone under 收支平衡
            if before.endswith(first) or (not before and (not behind or _CLAUSE.match(behind))):
                return _PUT_RIGHT.search(plain) is None
    return False


def is_turned(word: str, said: str) -> bool:
    """Return whether words say the opposite of a word, and not that this was ended.

    >>> is_turned("收支平衡", "略有赤字"), is_turned("收支平衡", "消除赤字"), is_turned("运行正常", "故障及时排除")
    (True, False, False)
    """
    plain = fold_words(said)
    return any(
        not _ENDED.search(plain[: match.start()]) and not _ENDED_BEHIND.match(plain[match.end() :])
        for first, opposite in _opposites()
        if first in word and first not in plain
        for match in opposite.finditer(plain)
    )


def denies_opposite(word: str, said: str) -> bool:
    """Return whether words say that there was nothing of the opposite of a word: 合规 ← 无违规情形.

    >>> denies_opposite("合规", "未发现违规情形"), denies_opposite("合规", "存在违规")
    (True, False)
    """
    plain = fold_words(said)
    match, meant = _NONE_OF.fullmatch(plain), fold_words(word)
    if match is None or meant not in _OF_ONE_OPPOSITE:
        return False
    return any(opposite.fullmatch(match["what"]) for first, opposite in _opposites() if first == meant)


#: Words of which every opposite denies the whole; 安全 has many harms, of which 无漏水 denies one.
_OF_ONE_OPPOSITE = frozenset({"合规", "合法", "规范"})


def is_poor(target: str, said: str) -> bool:
    """Return whether an answer is no good result of anything.

    >>> is_poor("热情周到", "一般"), is_poor("无影响", "一般")
    (True, False)
    """
    plain = fold_words(said)
    is_bad = plain in section_words(_ANSWERS)["poor"] or _NO_EFFECT.fullmatch(plain) is not None
    return is_bad and not _NOT.search(fold_words(target))


def stands_lower(target: str, said: str) -> bool:
    """Return whether words name only a lower rank than a target does, or the other end of a scale.

    >>> stands_lower("国家级1门", "省级1门"), stands_lower("省级1门", "国家级1门"), stands_lower("较高", "较低")
    (True, False, True)
    """
    if is_of_rank(ranks_in(target), ranks_in(said)) is False:
        return True
    return any(place < 0 <= other or place > 0 >= other for place, other in _on_one_scale(target, said))


def stands_beyond(target: str, said: str) -> bool:
    """Return whether words are further to the end of a scale to which a target leans: 较强 ← 很强, 较低 ← 低.

    >>> stands_beyond("较强", "很强"), stands_beyond("较低", "低"), stands_beyond("强", "很强")
    (True, True, False)
    """
    return any(other < place < 0 or 0 < place < other for place, other in _on_one_scale(target, said))


def leaves_part_out(said: str) -> bool:
    """Return whether words tell of a part, where all was asked for, and nowhere of the whole.

    >>> leaves_part_out("部分群众补助顺延发放"), leaves_part_out("剩余资金已全部收回")
    (True, False)
    >>> leaves_part_out("覆盖11个乡镇（全县共14个）")
    True
    """
    plain = _REASON.sub("", fold_words(said))
    counted = _SO_MANY_OF.search(plain)
    if counted is not None:
        return int(counted["some"]) < int(counted["all"])
    return any(one.search(plain) for one in (_EXCEPT, _NOT_ALL)) or (
        _PART_ONLY.search(plain) is not None and _WHOLE_SAID.search(plain) is None
    )


def is_to_be_reached(said: str) -> bool:
    """Return whether words say of their one number that it is still to be reached.

    >>> is_to_be_reached("补植后可达95%"), is_to_be_reached("补植后达95%")
    (True, False)
    """
    plain = fold_words(said)
    return _TO_BE_REACHED.search(plain) is not None and len(list(_NUMBER.finditer(plain))) == 1


def is_estimated(said: str) -> bool:
    """Return whether words give a number that is only expected, which is no result.

    >>> is_estimated("预计可达92%以上"), is_estimated("10年（预计）"), is_estimated("预计2025年完成3个")
    (True, True, False)
    """
    return _ESTIMATED.fullmatch(fold_words(said)) is not None


def is_stage_before(target: str, said: str, known: str, *, counted: bool = False) -> bool:
    """Return whether words tell only of an earlier stage than a target asks for.

    `known` are the words of the row: a target that names no stage asks for that of its name, or for what is completed.
    `counted` says that a number counts the stage (2座均已开工).

    >>> is_stage_before("通过验收", "已申请验收", ""), is_stage_before("建成", "已建成，正在验收", "")
    (True, False)
    >>> is_stage_before("100%", "已招标，设备待到货", "设备购置"), is_stage_before("100%", "已完成招标", "招标完成率")
    (True, False)
    """
    if _ASKS_TO_GO_ON.fullmatch(fold_words(target)):
        return False
    plain = _STAGE_DONE.sub(r"已\g<done>\g<stage>", _ON_PAPER.sub("", fold_words(said)))
    about = f"{fold_words(known)},{fold_words(target)}"
    asked = [_stages()[match[0]] for match in _any_stage().finditer(fold_words(target))]
    asked = asked or [_stages()[match[0]] for match in _any_stage().finditer(fold_words(known))]
    completed = _BOUGHT if section_pattern("stages.txt", "bought").search(about) else _BUILT
    wanted = max(asked, default=_stages()[completed])
    found = [(match, "stage" if match["stage"] else "later") for match in _STAGE_AWAITED.finditer(plain)]
    awaited = {match.span(group): match[group] for match, group in found}
    said_of = [(match.span(), _stages()[match[0]]) for match in _any_stage().finditer(plain)]
    before = _before(wanted)
    if any(place not in awaited and not before(stage) for place, stage in said_of):
        return False
    if asked and wanted in {_stages()[word] for word in awaited.values()}:
        return True
    counted = counted or (_ON_A_LIST.search(plain) is not None and len(list(_NUMBER.finditer(plain))) == 1)
    if _FINISHED.search(plain) or (_NUMBER.search(plain) and _NUMBER.search(fold_words(target)) and not counted):
        return False
    if any(match["deed"] in about for match in _OWN_DEED_DONE.finditer(plain)):
        return False
    reached = [match["stage"] for rule_ in (_STAGE_REACHED, _STAGE_ALONE) for match in rule_.finditer(plain)]
    return any(map(before, [_stages()[word] for word in reached])) or (
        _ON_A_LIST.search(plain) is not None and not _ON_A_LIST.search(about)
    )


def is_step_after(target: str, step: str) -> bool:
    """Return whether a step comes after what a target asks for, which is a step before anything is completed.

    >>> is_step_after("可研批复", "初步设计批复")
    True
    >>> is_step_after("完成招标", "签订合同"), is_step_after("建成", "投入使用"), is_step_after("签订合同", "招标")
    (True, False, False)
    """
    asked, said = (
        [_stages()[match[0]] for match in _any_stage().finditer(fold_words(text))] for text in (target, step)
    )
    asked = [one for one in asked if one[0] < _GRANTED] or asked  # 立项批复 is of 立项
    wanted = max(asked, default=_stages()[_BUILT])
    if wanted >= _stages()[_BUILT]:
        return False
    is_on_paper = (
        wanted < _stages()[_UNDER_WAY] and section_pattern("stages.txt", "next steps").search(step) is not None
    )
    return is_on_paper or any(wanted < one <= _stages()[_BUILT] for one in said)


def shares_stage(said: str, own: str) -> bool:
    """Return whether words name a stage that a row names too, and that is complete in itself.

    >>> shares_stage("受理", "案件受理数"), shares_stage("安装", "光伏安装")
    (True, False)
    """
    own_stages = (_stages()[match[0]] for match in _any_stage().finditer(said) if match[0] in own)
    return any(not _stages()[_UNDER_WAY] <= stage < _stages()[_BUILT] for stage in own_stages)


def on_trial(text: str) -> str:
    """Return the words that say of a stage that it is only on trial.

    >>> on_trial("上线试运行"), on_trial("试运行"), on_trial("上线运行")
    ('上线试运行', '', '')
    """
    match = _ON_TRIAL.search(fold_words(text))
    return "" if match is None else match[0]


def dates_stage_before(target: str, deed: str, known: str) -> bool:
    """Return whether a deed that is dated is of an earlier stage than the one that a row names.

    >>> dates_stage_before("9月底前", "完成招标", "工程完工时间"), dates_stage_before("9月底前", "完成招标", "活动时间")
    (True, False)
    >>> dates_stage_before("9月底前", "完成主体工程", "主体工程完工时间")
    False
    """
    own = fold_words(f"{known}{target}")
    if "完成" not in own and _any_stage().search(own) is None:
        return False
    said = _any_stage().findall(fold_words(deed))
    return not all(stage in own for stage in said) and is_stage_before(target, deed, known)


def _says(section: str, text: str) -> list[str]:
    """Return the words of a list that a text says and does not deny: 未出现延误."""
    found = _words(section).finditer(text)
    return [match[0] for match in found if not _DENIED.search(text[: match.start()])]


def _words(section: str) -> Pattern:
    return section_pattern(_FILE, section)


# ── what other files list ──
_Stage = tuple[int, int]


@cache
def _opposites() -> tuple[tuple[str, Pattern], ...]:
    lines = [line.split() for line in section_lines(_ANSWERS)["opposite"]]
    return tuple((first, pattern_of(others)) for first, *others in lines)


def _on_one_scale(target: str, said: str) -> list[tuple[int, int]]:
    """Return the places of two words on each scale that has both, from its middle on: below 0 is one end of it."""
    wanted, found = (_poles().get(fold_words(text), {}) for text in (target, said))
    return [(place, found[scale]) for scale, place in wanted.items() if scale in found]


@cache
def _poles() -> dict[str, dict[int, int]]:
    """Return the words of scales with two ends, each with its place on the scales that have it."""
    found: dict[str, dict[int, int]] = {}
    for scale, line in enumerate(section_lines(_ANSWERS)["poles"]):
        steps = line.split("|")
        for place, words in enumerate(steps):
            for word in words.split():
                found.setdefault(word, {}).setdefault(scale, place - len(steps) // 2)
    return found


@cache
def _stages() -> dict[str, _Stage]:
    """Return the words of stages, each with the list that it stands in and its place among all lines."""
    lines = [(group, line) for group, name in enumerate(_STAGES) for line in section_lines("stages.txt")[name]]
    return {word: (group, place) for place, (group, line) in enumerate(lines) for word in line.split()}


@cache
def _any_stage() -> Pattern:
    return pattern_of(_stages())


def _before(wanted: _Stage) -> Callable[[_Stage], bool]:
    """Return what tells whether a stage comes before the one that is wanted."""
    group, place = wanted
    groups = {_DELIVERED: 2, _GRANTED: 1}.get(group, group + 1)
    return lambda stage: stage[0] < groups and stage[1] < place
