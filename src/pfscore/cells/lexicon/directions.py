"""The side to which a number without a sign improves, by the words of an indicator's name and of its block.

The words are `grammar/directions.txt`; this module only reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from pfscore.foundation.folding import fold
from pfscore.foundation.runtime.resources import data_dir

#: 总建筑面积(平方米), 投诉率（≤5%）: what stands in brackets at the end is not the last word of a name.
_BRACKETS = re.compile(r"\([^()]*\)$")
_TIME = re.compile(r"工作日|工作时间|月|季|周|年|日|天|时间|小时|分钟|秒|时")


class Side(NamedTuple):
    """A floor (`higher`) or a ceiling (`lower`), and the word that says so."""

    direction: Literal["higher", "lower"]
    word: str


@lru_cache(maxsize=65536)
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
    is_time = unit is not None and unit != "1" and _TIME.fullmatch(unit) is not None
    if word := harm_in(plain) or _end(plain, "ceiling"):
        return Side("lower", word)
    cost = _word_in("cost block", blocks)
    if word := _end(plain, "share") or _end(plain, "floor"):
        return None if cost else Side("higher", word)
    if cost:
        return None if _word_in("doubtful", plain.replace(cost, "").replace("费用", "")) else Side("lower", cost)
    if unit == "工作日":
        return Side("lower", unit)
    timed = _word_in("time block", blocks)
    if timed and (is_time or unit == "1"):
        return Side("lower" if is_time else "higher", timed)
    if timed or is_time or is_doubtful(plain):
        return None
    word = _end(plain, "many") or _end(plain, "some") or _word_in("floor block", blocks)
    return Side("higher", word) if word else None


#: One unit of each kind that :func:`side_of` tells apart.
_KINDS_OF_UNITS = (None, "1", "工作日", "天", "个")


def directions_of(name: str, path: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the direction in which a bare number improves beside a unit of each kind; "" where no word says so.

    >>> directions_of("投诉办结率"), directions_of("聘用人数")
    (('higher', 'higher', 'higher', 'higher', 'higher'), ('', '', 'lower', '', ''))
    """
    sides = (side_of(name, path, unit) for unit in _KINDS_OF_UNITS)
    return tuple("" if side is None else side.direction for side in sides)


def harm_in(name: str) -> str:
    """Return the word for what should not happen, where the name is for such a thing; else nothing.

    >>> harm_in("有效投诉件数"), harm_in("投诉处理及时率"), harm_in("挽回经济损失")
    ('投诉', '', '')
    """
    match = _harm().fullmatch(_plain(name))
    return "" if match is None or _word_in("doubtful", match["before"]) else match["harm"]


def is_doubtful(name: str) -> bool:
    """Return whether a name has a word of what may be limited, so that more of it is not plainly better.

    >>> [is_doubtful(name) for name in ("会议次数", "未成年人保护人数", "能耗下降率")]
    [True, False, True]
    """
    return bool(_word_in("doubtful", _certain().sub("", name)))


def is_share(name: str) -> bool:
    """Return whether the number behind a name is a share that cannot pass 100%.

    >>> is_share("群众满意度"), is_share("产值增长率")
    (True, False)
    """
    return bool(_word_in("share", name))


def is_many(name: str) -> bool:
    """Return whether a name ends as one of a number of which more is better.

    >>> is_many("培训人数"), is_many("人均支出")
    (True, False)
    """
    return bool(_end(name, "many"))


def _plain(name: str) -> str:
    return _BRACKETS.sub("", "".join(fold(name).split()).rstrip("。.;,:"))


def _end(name: str, section: str) -> str:
    match = _ends(section).search(name)
    return "" if match is None else match[0]


def _word_in(section: str, text: str) -> str:
    match = _words(section).search(text)
    return "" if match is None else match[0]


@cache
def _harm() -> re.Pattern[str]:
    lists = _lists()
    return re.compile(rf"(?P<before>.*?)(?P<harm>{_any(lists['harm'])})(?:{_any(lists['counted'])})*")


@cache
def _certain() -> re.Pattern[str]:
    return _words("certain")


@cache
def _ends(section: str) -> re.Pattern[str]:
    return re.compile(f"(?:{_any(_lists()[section])})$")


@cache
def _words(section: str) -> re.Pattern[str]:
    return re.compile(_any(_lists()[section]))


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _lists() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    section = ""
    for raw in (data_dir("grammar") / "directions.txt").read_text(encoding="utf-8").splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
            found[section] = []
        elif line:
            found[section] += line.split()
    return found
