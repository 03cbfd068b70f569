"""What words mean without a number or beside one: 零, 翻一番, 减半, levels, and words of denial (无5人)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from pfscore.cells.cell_text import SideName
from pfscore.cells.grammar.terminals import trie, word_lists
from pfscore.cells.grammar.tree import Trouble
from pfscore.cells.lexicon import calendar
from pfscore.cells.lexicon.levels import level_scale
from pfscore.cells.lexicon.numerals import han
from pfscore.cells.lexicon.quantities import SCALES, Quantity, known_units, signs_of_money
from pfscore.cells.lexicon.word_patterns import Rule, rule, rules
from pfscore.cells.readings import Achieved, Assumption, Bound, Change, Measured, TargetKind

_SIGN = re.compile(r"[≥≤><≠±~≈≮≯]=?")
_LETTER = re.compile(r"[一-龥A-Za-zⅠ-Ⅻ]")
_DIGIT = re.compile(r"[0-9]")
# The rules are described, with cells, in grammar/words/without_number.txt.
_INDICATOR_NAME, _COLUMN_HEAD, _LOST_NUMBER = rules("indicator_name", "column_head", "lost_number")
_CONDITION_IN_WORDS, _LETTERS_AND_DIGITS = rules("condition_in_words", "letters_and_digits")
_GRADE_OF_MATERIAL, _NOT_OVER, _COMPARED_ALONE = rules("grade_of_material", "not_over", "compared_alone")
_VERDICT_ALONE = rule("verdict_alone")
_COMPARISONS = ("AT_LEAST", "AT_MOST", "GREATER_THAN", "LESS_THAN", "EQUAL", "NOT_EQUAL", "ABOUT", "REACH", "CONTROL")
_EDGES = ("ABOVE", "BELOW", "AROUND")
# The rules are described, with cells, in grammar/words/comparisons.txt.
_MULTIPLIED, _HALVED, _ZERO, _SHARE_OF_BASE = rules("multiplied", "halved", "zero", "share_of_base")
_SIGNED = rule("signed_change")
_CIRCLED = rule("circled_number")
_FOLDS = {None: 1, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4}
_KINDS = {
    None: TargetKind.BARE,
    "以上": TargetKind.AT_LEAST,
    "左右": TargetKind.APPROXIMATELY,
    "以内": TargetKind.AT_MOST,
}


def change_in_words(compact: str) -> Change | None:
    """Read 翻一番 (增长100%), 翻两番 (增长300%) and 减半 (下降50%).

    >>> str(change_in_words("农民收入翻一番以上")), str(change_in_words("减半")), change_in_words("未翻番")
    ('增长≥100%', '下降50%', None)
    """
    if (match := _MULTIPLIED.fullmatch(compact)) is not None:
        size = Quantity(Fraction(2 ** _FOLDS[match["folds"]] - 1), "1")
        kind = TargetKind.AT_LEAST if match["sign"] else _KINDS[match["edge"]]
        return Change("increase", kind, size, label=match["what"])
    if (match := _HALVED.fullmatch(compact)) is not None:
        return Change("decrease", _KINDS[match["edge"]], Quantity(Fraction(1, 2), "1"), label=match["what"])
    return None


def share_of_base(compact: str) -> tuple[str, str] | None:
    """Return a share of a base as what the base is, and the share with its sign: 不低于上年的98%.

    >>> share_of_base("不低于上年的98%"), share_of_base("98%")
    (('上年', '不低于98%'), None)
    """
    found = _SHARE_OF_BASE.fullmatch(compact)
    return None if found is None else (found["base"] or found["over"], f"{found['lead']}{found['rest']}")


def change_of_share(share: Bound | Measured | Achieved, said: Assumption) -> Change | None:
    """Return what a share of a base says of its change: 108% is a rise by 8%, no more than 98% a fall by at least 2%.

    How far about so much may be off is a share of the change, and not known here; nor whether a target of less than the
    base is to be reached or kept.
    """
    op = TargetKind.BARE if isinstance(share, Measured) else share.op
    by = share.quantity.value - 1
    if op in {TargetKind.APPROXIMATELY, TargetKind.EQUAL} or (by < 0 and isinstance(share, Bound) and op is _BARE):
        return None
    direction, sign = ("increase", op) if by >= 0 else ("decrease", op.turned)
    return Change(direction, sign, Quantity(abs(by), "1", "%"), label=share.label, assumptions=(said,))


_BARE = TargetKind.BARE


def signed_change(compact: str) -> str | None:
    """Return a change with a sign as one in words.

    >>> signed_change("较上年-2.1%"), signed_change("同比+3个百分点"), signed_change("+3%")
    ('较上年下降2.1%', '同比增长3个百分点', None)
    """
    found = _SIGNED.fullmatch(compact)
    return None if found is None else f"{found['base']}{'增长' if found['sign'] == '+' else '下降'}{found['rest']}"


def zero_in_digits(compact: str) -> str | None:
    """Return a zero that is written as a word, with its sign, in digits.

    >>> zero_in_digits("≤零"), zero_in_digits("零投诉")
    ('≤0', None)
    """
    match = _ZERO.fullmatch(compact)
    return None if match is None else f"{match['sign'] or ''}0{match['unit'] or ''}"


def circled_in_digits(compact: str) -> str | None:
    """Return a count that is written as a circled number in plain digits.

    >>> circled_in_digits("③次"), circled_in_digits("≥⑫场"), circled_in_digits("①开展培训")
    ('3次', '≥12场', None)
    """
    match = _CIRCLED.fullmatch(compact)
    if match is None or match["unit"] not in known_units():
        return None
    return f"{match['sign'] or ''}{ord(match['circled']) - ord('①') + 1}{match['unit']}"


def currency_behind(compact: str) -> str | None:
    """Return a text with each currency behind its number; `None` where none stands before one.

    Raises:
        Trouble: PF322 where another unit stands behind the number as well: ¥500万美元, ¥500人.

    >>> currency_behind("≤USD512/套"), currency_behind("¥500万元"), currency_behind("500元")
    ('≤512美元/套', '500万元', None)
    """
    if _BEFORE_A_NUMBER.search(compact) is None:
        return None
    return _sign_and_number().sub(_with_currency, compact)


def _with_currency(match: re.Match[str]) -> str:
    unit = signs_of_money()[match[1]]
    behind = known_units().get(match[3] or unit)
    if behind is None or behind.text != unit:
        raise Trouble("PF322", match.start(), match.end())
    return f"{match[2]}{unit}"


#: One look tells whether a text may hold a sign, a code or a word of a currency before a number.
_BEFORE_A_NUMBER = re.compile(r"[¥$€£A-Z一-龥][0-9]")


@cache
def _sign_and_number() -> re.Pattern[str]:
    number, unit = rf"[0-9][0-9,]*(?:\.[0-9]+)?(?:{trie(SCALES)})*", rf"{trie(known_units())}|[A-Za-z]+"
    return re.compile(rf"(?<![A-Za-z])({trie(signs_of_money())})({number})({unit})?")


def date_in_digits(compact: str) -> str | None:
    """Return a day that is written in characters in digits.

    >>> date_in_digits("二〇二四年八月二十八日"), date_in_digits("八月")
    ('2024年8月28日', None)
    """
    found = _DATE_IN_HAN.fullmatch(compact)
    if found is None:
        return None
    year = "" if found["year"] is None else f"{found['year'].translate(_HAN_DIGITS)}年"
    return f"{found['before']}{year}{han(found['month'])}月{han(found['day'])}日{found['behind']}"


_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
# The rule is described, with cells, in grammar/words/dates.txt.
_DATE_IN_HAN = rule("date_in_han")


def is_verdict(compact: str) -> bool:
    """Return whether a cell only says on which side of its target it is: 未达到, 超过.

    >>> is_verdict("未达到"), is_verdict("不低于")
    (True, False)
    """
    return _VERDICT_ALONE.fullmatch(compact) is not None


def check_words(folded: str) -> None:
    """Refuse words that are no level: a sign without its number, a lone unit, an indicator's name.

    Raises:
        Trouble: PF316 no number, PF321 an impossible date, PF328 an indicator's name, PF307 a letter
            in place of a sign, PF302 what nobody can read.
    """
    sign = _SIGN.search(folded)
    # ≤预算数 is a condition in words; ≥人 and ≥…… have lost their number.
    if sign is not None and not _CONDITION_IN_WORDS.match(folded, sign.end()):
        raise Trouble("PF316", sign.start(), sign.end())
    if (_is_unit(_measured(folded)) and not _NOT_OVER.fullmatch(folded)) or _LOST_NUMBER.search(folded):
        raise Trouble("PF316", 0, len(folded))
    if _COLUMN_HEAD.fullmatch(folded) or (folded.endswith("率") and _INDICATOR_NAME.fullmatch(folded)):
        raise Trouble("PF328", 0, len(folded))
    if _LETTERS_AND_DIGITS.fullmatch(folded) and not _GRADE_OF_MATERIAL.fullmatch(folded):
        raise Trouble("PF307", 0, len(folded))
    if not _LETTER.search(folded):
        # 12. is the number of an item, or a broken number.
        raise Trouble("PF309" if _DIGIT.search(folded) else "PF302", 0, len(folded))
    if "月" in folded or "季" in folded:
        wrong = calendar.impossible(folded)
        if wrong is not None:
            raise Trouble("PF321", *wrong)


def check_not_a_unit(text: str, start: int) -> None:
    """Refuse a unit that was torn from its number, and a number that stands alone in words: 500,人; 28座。五百.

    Raises:
        Trouble: PF316 for a unit, PF317 for a number.
    """
    if han(text) is not None:
        raise Trouble("PF317", start, start + len(text))
    if _is_unit(text):
        raise Trouble("PF316", start, start + len(text))


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(trie(word for name in _COMPARISONS for word in word_lists()[name]))


@cache
def _edges() -> tuple[str, ...]:
    words = {word for name in _EDGES for word in word_lists()[name]} | {"内"}
    return tuple(sorted(words, key=len, reverse=True))


def _measured(folded: str) -> str:
    """Return what the words of comparison at the ends of a cell compare."""
    head = _heads().match(folded) or _COMPARED_ALONE.match(folded)
    text = folded if head is None else folded[head.end() :]
    if text.endswith(_edges()):
        text = text.removesuffix(next(edge for edge in _edges() if text.endswith(edge)))
    return text


def _is_unit(text: str) -> bool:
    """Return whether a text is a known unit, or a scale word, and nothing else."""
    if level_scale(text) is not None:
        return False
    text = text.lstrip("十百千万亿")
    units = known_units()
    return not text or all(word.lstrip("每0123456789十百千万亿") in units for word in re.split("[/·*]", text))


Place = tuple[int, int]
_DENIAL = rule("denial")
#: What a number beside a word means all the same, in this order.
_EXPLAINED = (
    *rules("noun", "object", "name_of_rate", "by_plan", "not_late", "nothing_at_all", "of_sample", "except"),
    *rules("put_off_to", "not_counted"),
)
_REMARKS = rules("reason", "rest", "not_to_target", "not_done_but", "within_limit", "none_happened", "not_published")
#: What only a target says.
_OF_TARGETS = rules("planned_as_target", "late_at_most")
#: What is counted in place of an achievement.
_NAME_OF_REST, _BEGUN = rules("name_of_rest", "begun")
#: What is the opposite of one, unless the indicator is for just that.
_REVERSED = rule("reversed")


class Denials(NamedTuple):
    """What a cell denies: the places that no rule explains, and what it counts in place of an achievement.

    `reversed` is the opposite of one, unless the indicator is for just that.
    """

    unexplained: tuple[Place, ...] = ()
    instead: tuple[str, ...] = ()
    reversed: tuple[str, ...] = ()


_NONE = Denials()


def denials_of(text: str, side: SideName, said: Iterable[Place]) -> Denials:
    """Look for words of denial in a folded cell; `said` are the places that the reading has taken or put aside.

    >>> denials_of("无5人", "actual", []).unexplained, denials_of("无人机5架", "actual", []).unexplained
    (((0, 1),), ())
    >>> denials_of("开工3个", "actual", []).instead, denials_of("漏查5户", "actual", []).reversed
    (('开工',), ('漏查',))
    """
    places = _outside(_places(_DENIAL, text), said)
    for explains in (*_EXPLAINED, *_REMARKS):
        if not places:
            return _NONE
        places = _outside(places, _places(explains, text))
    instead: list[str] = []
    for counts in (_NAME_OF_REST, _BEGUN):
        for match in _matches(counts, text) if places else ():
            left = _outside(places, [match.span()])
            if left != places and match.groupdict().get("and_done") is None:
                instead.append(match[0])
            places = left
    for explains in _OF_TARGETS if side == "target" else ():
        places = _outside(places, _places(explains, text))
    if not places:
        return Denials(instead=tuple(instead))
    turned = _places(_REVERSED, text)
    words = tuple([text[start:end] for start, end in turned if (start, end) in places])
    return Denials(tuple(_outside(places, turned)), tuple(instead), words if side == "actual" else ())


def _places(of: Rule, text: str) -> list[Place]:
    return [match.span() for match in _matches(of, text)]


def _matches(of: Rule, text: str) -> Iterator[re.Match[str]]:
    start = 0
    while (match := of.search(text, start)) is not None:
        if match.end() > match.start():
            yield match
        start = max(match.end(), start + 1)


def _outside(places: list[Place], others: Iterable[Place]) -> list[Place]:
    """Return the places that none of the others covers."""
    around = tuple(others)
    return [one for one in places if not any(start <= one[0] and one[1] <= end for start, end in around)]
