"""The side to which a number without a sign improves, by the words of an indicator's name and of its block.

The words are `grammar/directions.txt`; this module only reads them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from pfscore.cells.lexicon.quantities import unit_of
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.foundation.folding import fold_without_spaces
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.runtime.patterns import Pattern, any_of, pattern_of
from pfscore.foundation.runtime.resources import section_pattern, section_words

_FILE = "directions.txt"

#: 总建筑面积(平方米), 投诉率（≤5%）: what stands in brackets at the end is not the last word of a name.
_BRACKETS = re.compile(r"\([^()]*\)$")
# The rules are described, with rows, in grammar/words/directions.txt.
_NEVER, _RELIEF, _AVERTING, _RECOVERED = rules("never", "relieved", "averted", "recovered")
_DENIED_SHARE, _BAD_SHARE, _BENEFIT, _LASTING = rules("share_denied", "bad_share", "benefit_paid", "lasting_span")
_WRONG_CASES, _SPENDING = rules("wrong_cases", "spending")
_SIZE_OF_GROUP = rule("size_of_group")  # in grammar/words/names.txt
_TIMES = frozenset({"工作时间", "月", "季", "周", "年", "日", "天", "时间", "小时", "分钟", "秒", "时", "月份"})


class Side(NamedTuple):
    """A floor (`higher`) or a ceiling (`lower`), and the word that says so."""

    direction: Literal["higher", "lower"]
    word: str


@remembered
def side_of(name: str, path: tuple[str, ...] = (), unit: str | None = None) -> Side | None:
    """Return the side to which a bare number improves, or `None` where no word says so.

    `unit` is the unit of the number as readings have it: `1` for a share.

    >>> side_of("安全事故起数"), side_of("投诉办结率")
    (Side(direction='lower', word='事故'), Side(direction='higher', word='办结率'))
    >>> side_of("办理业务", ("产出指标", "时效指标"), "天"), side_of("聘用人数")
    (Side(direction='lower', word='时效'), None)
    """
    plain = _plain(name)
    blocks = "，".join(path)
    measured = measured_by(unit)
    if _is_for_each_person(unit) and (word := _end(plain, "benefit")):
        return Side("higher", word)
    for said in (_said_of_less, _said_of_more, _said_of_control, _said_of_wrong, _said_of_benefit, _said_of_harm):
        if (found := said(plain)) is not None:
            return found.side
    is_time = measured in {"", "time", "workday"} or (unit or "").partition("/")[0] in _TIMES
    if is_time and (word := span_that_lasts(plain)):
        return Side("higher", word)
    if word := _end(plain, "ceiling"):
        return Side("lower", word)
    cost = _word_in("cost block", blocks)
    if word := _end(plain, "share") or _end(plain, "floor"):
        return None if cost else Side("higher", word)
    if cost:
        return None if _word_in("doubtful", plain.replace(cost, "").replace("费用", "")) else Side("lower", cost)
    if measured == "workday":
        return Side("lower", "工作日")
    timed = _word_in("time block", blocks)
    if timed and measured in {"time", "share"}:
        return Side("lower" if measured == "time" else "higher", timed)
    return None if timed or measured == "time" else _of_output(plain, blocks, unit)


def _of_output(plain: str, blocks: str, unit: str | None) -> Side | None:
    """Judge a name by words for how many, by its block or by what is done: more is better unless it is doubtful."""
    measured = measured_by(unit)
    # What is wrong is what outputs are about: 贫困学生, 老旧小区 under 数量指标.
    rest = _relieved(plain)
    if _word_in("doubtful", rest) or (not _word_in("output block", blocks) and _hazards().search(rest)):
        return None
    word = _end(plain, "many") or _end(plain, "some") or _word_in("floor block", blocks)
    if not word and measured == "count" and not _word_in("harm", rest):
        word = _word_in("made", plain) or _word_in("often", unit or "")
    if not word and unit == "例":
        word = _end(plain, "cared")
    return Side("higher", word) if word else None


def side_of_change(name: str, direction: str, path: tuple[str, ...] = (), unit: str | None = None) -> Side | None:
    """Return the side to which the size of a change improves: 下降5% under 能耗 asks for at least so much less.

    A change is asked for as far as it goes the way that the name does not contradict: 产量下降2% is left open, as is
    a rise of what is spent.

    >>> side_of_change("单位产品能耗", "decrease"), side_of_change("旅游人次", "increase")
    (Side(direction='higher', word='下降'), Side(direction='higher', word='人次'))
    >>> side_of_change("粮食产量", "decrease")
    """
    side = side_of(name, path, unit)
    if direction == "increase":
        return Side("higher", "增长") if side is None and _SPENDING.search(_plain(name)) is None else side
    if side is not None and side.direction == "higher":
        # 能耗下降率 is for the fall itself.
        return side if change_named(name) == "decrease" else None
    return Side("higher", "下降")


def change_named(name: str) -> str | None:
    """Return the direction of the change that a name is for: 增长率, 压减率; `None` where it is for no change.

    >>> change_named("非税收入增长率"), change_named("单位能耗下降率"), change_named("合格率")
    ('increase', 'decrease', None)
    """
    plain = _plain(name)
    if _end(plain, "rise"):
        return "increase"
    return "decrease" if _end(plain, "drop") else None


#: One unit of each kind that :func:`side_of` tells apart.
_KINDS_OF_UNITS = (None, "1", "工作日", "天", "个", "元", "起", "例", "次/月")


def directions_of(name: str, path: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the direction in which a bare number, and a change, improves beside a unit of each kind; "" for none.

    >>> directions_of("投诉办结率")[:3], directions_of("聘用人数")[:3]
    (('higher', 'higher', 'higher'), ('', '', 'lower'))
    """
    sides = [side_of(name, path, unit) for unit in _KINDS_OF_UNITS]
    for direction in ("increase", "decrease"):
        sides += [side_of_change(name, direction, path, unit) for unit in _KINDS_OF_UNITS]
    return (*("" if side is None else side.direction for side in sides), *("group",) * is_size_of_group(name))


def measured_by(unit: str | None) -> str:
    """Return what kind of unit a number has: none, a share, a time, money, cases (起), or what counts and measures."""
    if unit is None or unit == "工作日":
        return "workday" if unit else ""
    if unit in {"1", "百分点"}:
        return "share"
    if unit in _TIMES:
        return "time"
    if unit in {"起", "例", "宗"}:
        return "case"
    return "money" if unit_of(unit).dimension.startswith("货币") else "count"


def _is_for_each_person(unit: str | None) -> bool:
    """Return whether a unit is of money for each of those who are paid it: 元/人·年."""
    top, _, each = (unit or "").partition("/")
    return measured_by(top) == "money" and not _PERSONS.isdisjoint(each.split("·"))


_PERSONS = frozenset({"人", "名", "生", "户", "学生"})


class _Said(NamedTuple):
    """What a list says of a name, which may be that neither side can be assumed."""

    side: Side | None


def _said_of_less(plain: str) -> _Said | None:
    """Judge a name for how much less there is: 能耗下降率, 成本节约率, 减少投诉数."""
    if word := _end(plain, "saving"):
        return _Said(Side("higher", word))
    if (word := _end(plain, "drop")) and word != plain:
        return _Said(Side("higher", word) if _should_be_little(plain.removesuffix(word)) else None)
    if (found := _words("lessen").match(plain)) is not None and _should_be_little(plain[found.end() :]):
        return _Said(Side("higher", found[0]))
    if (found := _RECOVERED.search(plain)) is not None:
        return _Said(Side("higher", found[0]))
    return None


def _said_of_more(plain: str) -> _Said | None:
    """Judge a name for how much more there is of what should be little: 债务增长率."""
    word = _end(plain, "rise")
    if not word or word == plain or not _should_be_little(plain.removesuffix(word)):
        return None
    rest = plain.removesuffix(word)
    return _Said(Side("lower", word) if harm_in(rest) or _end(rest, "ceiling") or _ends_bad(rest) else None)


def _said_of_control(plain: str) -> _Said | None:
    """Judge 人员控制率, which is a ceiling, and 血压控制率, which is not."""
    if not plain.endswith("控制率"):
        return None
    if word := _word_in("controlled", plain):
        return _Said(Side("higher", word))
    return _Said(Side("lower", "控制率") if _word_in("limited", plain) else None)


def _said_of_wrong(plain: str) -> _Said | None:
    """Judge 违规发放补贴问题, and nothing that is done about such cases: 整改违规发放补贴问题."""
    match = _WRONG_CASES.search(plain)
    return None if match is None else _Said(Side("lower", match["harm"]))


def _said_of_benefit(plain: str) -> _Said | None:
    """Judge 低保标准 and 人均补助金额: who is paid less has not got the standard, and nothing was saved."""
    match = _BENEFIT.search(plain)
    return None if match is None else _Said(Side("higher", match[0]))


def _said_of_harm(plain: str) -> _Said | None:
    """Judge a name for what should not happen, or for a share of it; a denial turns it over: 无差错率, 不合格率."""
    if (found := _DENIED_SHARE.search(plain)) is not None:
        return _Said(Side("lower", found[0]))
    for pattern in (_harm(), _BAD_SHARE):
        match = pattern.fullmatch(_certain().sub(_but_counted, plain))
        if match is None:
            continue
        before, word = match["before"], match["harm"]
        better = None if word.startswith("未") else _NEVER.search(before) or _AVERTING.search(before)
        if better is not None:
            return _Said(Side("higher", better[0]))
        return _Said(None if _word_in("withheld", before) else Side("lower", word))
    return None


def lessens_harm(name: str) -> bool:
    """Return whether a name is for how much less there is of what should be little: more of it is better.

    >>> [lessens_harm(name) for name in ("农药使用量减少率", "公用经费压减率", "耕地面积减少率")]
    [True, True, False]
    """
    said = _said_of_less(_plain(name))
    return said is not None and said.side is not None


def _but_counted(match: re.Match[str]) -> str:
    """Leave out a word that only looks like one of harm, but not what harm is counted in: 超标断面比例."""
    return match[0] if match[0] in section_words(_FILE)["counted"] else "*"


def _should_be_little(text: str) -> bool:
    return bool(harm_in(text) or _end(text, "ceiling") or _ends_bad(text) or is_doubtful(text))


def _ends_bad(text: str) -> bool:
    return _ends("bad").search(text) is not None


def harm_in(name: str) -> str:
    """Return the word for what should not happen, where the name is for such a thing; else nothing.

    >>> harm_in("有效投诉件数"), harm_in("投诉处理及时率"), harm_in("挽回财产损失")
    ('投诉', '', '')
    """
    match = _harm().fullmatch(_plain(name))
    if match is None:
        return ""
    before = match["before"]
    is_other = _word_in("withheld", before) or _NEVER.search(before) or _AVERTING.search(before)
    return "" if is_other or lessens_harm(name) else match["harm"]


def is_doubtful(name: str) -> bool:
    """Return whether a name has a word of what may be limited, so that more of it is not plainly better.

    >>> [is_doubtful(name) for name in ("会议次数", "未成年人保护人数", "能耗下降率")]
    [True, False, True]
    """
    rest = _relieved(name)
    return _hazards().search(rest) is not None or bool(_word_in("doubtful", rest))


def wrong_things(text: str) -> list[str]:
    """Return the words of a text for what should not happen, or for a bad state of things.

    >>> wrong_things("污水直排"), wrong_things("养护县乡道")
    (['直排'], [])
    """
    return [match[0] for match in _hazards().finditer(_certain().sub("*", text))]


def span_that_lasts(name: str) -> str:
    """Return the words of a name for a time that is good when it is long; nothing where it is for another one.

    >>> [span_that_lasts(name) for name in ("设备质保期", "服务响应时间", "停电持续时间", "建设期")]
    ['质保期', '', '', '']
    """
    match = _LASTING.search(_plain(name))
    return "" if match is None or wrong_things(_plain(name)[: match.start()]) else match[0]


def is_size_of_group(name: str) -> bool:
    """Return whether a name is for how many are in one group, of which neither more nor less is better.

    >>> [is_size_of_group(name) for name in ("每班学生人数", "每万人拥有病床数")]
    [True, False]
    """
    return _SIZE_OF_GROUP.search(_plain(name)) is not None


def is_share(name: str) -> bool:
    """Return whether the number behind a name is a share that cannot pass 100%.

    >>> is_share("群众满意度"), is_share("产值增长率")
    (True, False)
    """
    return bool(_word_in("share", name))


def is_rate(name: str) -> bool:
    """Return whether an indicator's name says that it is a rate: 合格率, 满意度.

    >>> is_rate("服务对象满意度"), is_rate("满意度调查次数")
    (True, False)
    """
    return bool(_end(name, "rate"))


def is_many(name: str) -> bool:
    """Return whether a name ends as one of a number of which more is better.

    >>> is_many("培训人数"), is_many("人均支出")
    (True, False)
    """
    return bool(_end(name, "many"))


def _plain(name: str) -> str:
    plain = _BRACKETS.sub("", fold_without_spaces(name).rstrip("。.;,:"))
    return _BRACKETS.sub("", plain.removesuffix(_end(plain, "ending"))) or plain


def _end(name: str, section: str) -> str:
    match = _ends(section).search(name)
    return "" if match is None else match[0]


def _word_in(section: str, text: str) -> str:
    match = _words(section).search(text)
    return "" if match is None else match[0]


def _relieved(name: str) -> str:
    """Leave out what is wrong where something is done about it: 水土流失治理面积, 救助受灾人数."""
    rest = _certain().sub("*", name)
    return rest if _RELIEF.search(name) is None else _hazards().sub("*", rest)


@cache
def _hazards() -> Pattern:
    lists = section_words(_FILE)
    return pattern_of([*lists["harm"], *lists["bad"]])


@cache
def _harm() -> Pattern:
    lists = section_words(_FILE)
    return pattern_of(lists["harm"], "(?P<before>.*?)(?P<harm>", f")(?:{any_of(lists['counted'])})*")


@cache
def _certain() -> Pattern:
    return _words("certain")


@cache
def _ends(section: str) -> Pattern:
    return pattern_of(section_words(_FILE)[section], behind="$")


def _words(section: str) -> Pattern:
    return section_pattern(_FILE, section)
