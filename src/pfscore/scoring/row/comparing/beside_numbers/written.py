"""The cells of a row as they are written, what their words quote and date, and sentences that quote them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from pfscore.cells.cell_text import SideName
from pfscore.cells.lexicon.around import narrower_word
from pfscore.cells.lexicon.claims import claim_of
from pfscore.cells.lexicon.levels import level_scale
from pfscore.cells.lexicon.quantities import units_beside_a_name
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.plain_numbers import is_plain, plain_words, split
from pfscore.cells.readings import Actual, AllOf, AnyOf, Change, Reading, Target
from pfscore.foundation.folding import fold, fold_without_spaces
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.text import Message
from pfscore.rulesets.model.base import Assume
from pfscore.scoring.row.comparing.comparison import Comparison, not_comparable, shown
from pfscore.scoring.row.comparing.plain_answers import is_same_wording

#: What parts the clauses of a folded cell.
CLAUSES = re.compile("[,;。()]")
#: What parts the clauses of a cell, and the items of a list.
ITEMS = re.compile("[,，;；、。]")
_BRACKETS = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r"“([^“”]*)”")
#: Where a label goes on behind its number: 超时件 2件 均已补办; in 取证571 人 the space is another one.
_GAP = re.compile("(?<=[^0-9]) (?=[^0-9])")
# In grammar/words/beside_numbers.txt.
_DATES, _KEPT_BESIDE = rules("all_of_date", "kept_beside_date")
_SHORT = 64
_SCALES = "十百千万亿"
#: 5000元/人, 每人, 1:3.
_RELATING = frozenset("/／每:：比")


class Written(NamedTuple):
    """What stands in a row: the cells as they are written, and the year of its form."""

    name: str
    target: str
    unit: str
    actual: str
    year: int | None = None

    @property
    def own(self) -> str:
        """The words that are the row's own: those of the indicator, its target and its unit."""
        return f"{self.name}，{self.unit}，{self.target}"


@dataclass(frozen=True, slots=True)
class Pair:
    """The two readings of a row that are compared, and what else decides what their comparison comes to.

    `others` are results of the actual that are not compared. `is_computed` says that the actual was made of several
    numbers of its cell. Nothing is assumed where the ruleset has no rule and no terms for it.
    """

    target: Target
    actual: Actual
    row: Written
    others: tuple[str, ...] = ()
    assume: Assume | None = None
    is_computed: bool = False


@remembered
def has_words(text: object, side: SideName = "actual") -> bool:
    """Return whether a cell holds words that are judged beside the indicator's name as well.

    What a number is counted for (5000元/人), and which of 1:3 is meant, may stand in the name too.

    >>> has_words("完成3个"), has_words("有效提升"), has_words("未发生重大安全事故"), has_words("5元/人")
    (True, False, True, True)
    """
    if type(text) is not str or not text:
        return False
    if not _RELATING.isdisjoint(text):
        return True
    if plain_words(text):
        return side == "actual" and (bool(narrower_word(text, "")) or not _says_of_itself(text))
    apart = split(text) if len(text) < _SHORT else None
    if apart is None or apart[0][-1].lstrip(_SCALES) in units_beside_a_name():
        return True
    return not is_plain(side, apart[0], None, None)


def _says_of_itself(text: str) -> bool:
    """Return whether words say the same under every name: 良好, 有效提升; but not 程序合规, 已完成招标."""
    claim = claim_of(text)
    return level_scale(text) is not None if claim is None else not claim.subject


def deed_dated(actual: str) -> str:
    """Return what an actual dates, without the date.

    >>> deed_dated("2024年9月已取得施工许可证"), deed_dated("9月20日前完成"), deed_dated("2024年12月底")
    ('已取得施工许可证', '完成', '')
    """
    return " ".join(_DATES.sub(" ", _KEPT_BESIDE.sub("", fold(actual))).split()).strip(",;。()")


def quoted(sentence: str) -> list[str]:
    """Return the words that a sentence quotes.

    >>> quoted("“其中2条完工”没有当作结果")
    ['其中2条完工']
    """
    return _QUOTED.findall(sentence)


def as_written(words: str, written: str) -> str:
    """Return words of a folded cell as they stand in it: with its own commas and brackets, both of a pair.

    >>> as_written("企业意愿下降)", "1.3亿元（受影响，企业意愿下降）"), as_written("取消,未开展", "取消，未开展")
    ('（受影响，企业意愿下降）', '取消，未开展')
    """
    start = fold(written).find(words)
    if start < 0 or not words:
        return words
    end = start + len(words)
    if words.count(")") > words.count("("):
        start = max(fold(written).rfind("(", 0, start), 0)
    return written[start:end]


def joined(labels: Iterable[str]) -> str:
    """Return labels for a sentence; … stands for the number inside one."""
    return _GAP.sub("…", "”“".join(labels))


def labels_of(reading: Reading) -> Iterator[str]:
    """Yield the words around each number, without brackets."""
    if isinstance(reading, AllOf | AnyOf):
        for part in reading.parts:
            yield from labels_of(part)
    if reading.label:
        yield _BRACKETS.sub("", reading.label)


def remarks_of(reading: Reading) -> Iterator[str]:
    """Yield what stands beside the numbers: clauses and brackets of their own, and what was put aside."""
    if isinstance(reading, AllOf | AnyOf):
        for part in reading.parts:
            yield from remarks_of(part)
    yield from reading.beside
    yield from _BRACKETS.findall(reading.label)
    yield from (one.message.zh for one in reading.assumptions if one.key == "left_out")


def in_cells_words(found: Comparison, pair: Pair) -> Comparison:
    """Return a comparison whose sentences quote the cells where their readings are not what stands in them."""
    target, actual, row = pair.target, pair.actual, pair.row
    found = _open_in_cells_words(found, target, actual, row)
    for reading, text in ((target, row.target), (actual, row.actual)):
        if isinstance(reading, Change) and text.strip():
            found = _quoting(found, reading, text.strip())
    return found


def _open_in_cells_words(found: Comparison, target: Reading, actual: Reading, row: Written) -> Comparison:
    if found.undecided is None or found.undecided != not_comparable(target, actual):
        return found
    said = [(reading, text, shown(reading, "zh")) for reading, text in ((target, row.target), (actual, row.actual))]
    kept = [_bare(quote) in _bare(text) or not text.strip() for _, text, quote in said]
    if all(kept) or is_same_wording(str(target), str(actual)):
        return found
    (asked, asked_en), (given, given_en) = (
        (quote, shown(reading, "en")) if is_kept else (text.strip(), text.strip())
        for (reading, text, quote), is_kept in zip(said, kept, strict=True)
    )
    message = Message(
        f"完成值“{given}”与指标值“{asked}”无法直接比较",
        f"the actual “{given_en}” cannot be compared with the target “{asked_en}”",
    )
    return replace(found, undecided=replace(found.undecided, message=message))


def _quoting(found: Comparison, change: Change, text: str) -> Comparison:
    """Return a comparison whose sentences name a change with the word of its cell: 上升8%, and not 增长8%."""

    def quoted_in(message: Message) -> Message:
        zh, en = message.zh, message.en
        for said in (str(change), change.in_words("zh"), change.in_words("en")):
            zh, en = zh.replace(f"“{said}”", f"“{text}”"), en.replace(f"“{said}”", f"“{text}”")
        return Message(zh, en)

    undecided = found.undecided
    if undecided is not None:
        undecided = replace(undecided, message=quoted_in(undecided.message))
    assumptions = tuple(replace(one, message=quoted_in(one.message)) for one in found.assumptions)
    return replace(found, undecided=undecided, assumptions=assumptions)


def _bare(text: str) -> str:
    return fold_without_spaces(text).replace(",", "")
