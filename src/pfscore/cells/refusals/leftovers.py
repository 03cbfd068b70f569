"""What stands beside the numbers of a cell: what names them, what is assumed, and what cannot be passed over.

Every character of a cell belongs to a word or an amount that the grammar found. Amounts, and words that ask something
of them, make the reading. The other words are its label; but a number, a sign or a unit among them that touches the
amount belongs to the amount, and the cell is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pfscore.cells.grammar.terminals import patterns
from pfscore.cells.grammar.tree import Amount, Around, Clause, Conditions, Measure, One, Range, Side, Trouble, Word
from pfscore.cells.lexicon.quantities import CURRENCIES, RATIO, known_units, unit_of
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.readings import Assumption, Reading
from pfscore.foundation.text import Message

#: Dates and parts of a year; the kinds of words that ask nothing.
_CALENDAR = frozenset({"DATE", "PERIOD", "MONTH", "YEAR", "DAY", "SEASON"})
_NAMING = _CALENDAR | {"WORD", "PROSE", "NAME", "SIZE", "UNIT_IN_NAME", "NUMBERING", "REMARK", "BEFORE"}
_CHANGES = frozenset({"RISE", "FALL"})
_MORE_DIGITS = re.compile(r"[.,]?[0-9]")
_SCIENTIFIC = re.compile(r"[0-9.]+[eE][-+]?[0-9]+")
#: 截至12月底: only up to when was counted.
_COUNTED_UP_TO = frozenset({"截至", "截止", "截至到", "截止到"})
# The rules are described, with cells, in grammar/words/leftovers.txt.
_SIGN_BEHIND, _POINT_BEHIND = rules("sign_behind", "point_behind")
_NUMERAL_BEHIND, _NUMERAL_BEFORE, _NUMERAL_IN_NAME = rules("numeral_behind", "numeral_before", "numeral_in_name")
_UNIT_BEHIND, _CURRENCY_BEFORE, _INCLUSION = rules("unit_behind", "currency_before", "inclusion")


def label_of(clause: Clause) -> str:
    """Return the words of a clause that only name its number."""
    between = clause.measure.names if isinstance(clause.measure, Range) else ()
    before, behind = [*clause.names, *clause.lead, *between], clause.tail
    if not before and not behind:
        return ""
    # Behind a number and in a name, 上升 asks nothing.
    texts = [
        "".join(
            [word.text for word in words if word.kind in _NAMING or (word.kind in _CHANGES and word not in clause.lead)]
        )
        for words in (before, behind)
    ]
    return " ".join(filter(None, texts))


def account(reading: Reading, conditions: Conditions, compact: str, note: str | None) -> Reading:
    """Return the reading of `compact` with what is assumed about characters that it passes over.

    Raises:
        Trouble: PF309, PF315, PF317, PF322 where a character belongs to a number and is not part of it.
    """
    found: list[Assumption] = []
    if note is not None:
        found.append(note_left_out(note))
    for clause in conditions.clauses:
        if clause.measure is None:
            found += _not_only_up_to(clause)
            continue
        sides = _sides(clause.measure)
        amounts = [side.amount for side in sides]
        for side in sides:
            if side.edges:
                _check_inclusions(side.edges, side.amount, compact)
        if clause.lead:
            _check_inclusions(clause.lead, amounts[0], compact)
            _check_before(clause, amounts[0])
        if clause.tail:
            _check_behind(clause, amounts[-1])
        if isinstance(clause.measure, Range):
            found += [_around(edge.text) for edge in clause.measure.high.edges if edge.kind == "AROUND"]
        found += [_odd(compact[amount.start : amount.end]) for amount in amounts if amount.odd]
        powers = [_SCIENTIFIC.search(compact, amount.start, amount.end) for amount in amounts]
        found += [_scientific(power[0]) for power in powers if power is not None]
    return replace(reading, assumptions=(*reading.assumptions, *found)) if found else reading


def left_out(words: str, key: str = "beside") -> Assumption:
    """Return that words beside a number are left out."""
    words = words.replace("(", "（").replace(")", "）")
    return Assumption(key, Message(f"“{words}”没有计入", f"“{words}” is left out"))


def note_left_out(note: str) -> Assumption:
    """Return that the mark of a note is no part of the value: 95%¹."""
    message = Message(f"“{note}”是注释的标记，没有当作值", f"“{note}” marks a note, and is not taken for a value")
    return Assumption("note_mark", message)


def _around(text: str) -> Assumption:
    message = Message(f"区间后面的“{text}”没有计入", f"“{text}” behind the interval is left out")
    return Assumption("around", message)


def _odd(text: str) -> Assumption:
    message = Message(
        f"“{text}”多出多少没有写明，按整数计", f"“{text}” does not say how much more; the round number is taken"
    )
    return Assumption("odd", message)


def _scientific(text: str) -> Assumption:
    message = Message(
        f"“{text}”按科学计数读；若是电子表格显示的，后面的位数可能没有显示",
        f"“{text}” is read as scientific notation; if a spreadsheet shows it, digits may be left out",
    )
    return Assumption("scientific", message)


def _not_only_up_to(clause: Clause) -> Iterator[Assumption]:
    """Yield what stands in 截至12月底 beside its date: 截至12月底↑."""
    words = [word for word in clause.lead if word.kind not in _CALENDAR]
    rest = "".join([word.text for word in words])
    if len(words) < len(clause.lead) and "截" in rest and rest not in _COUNTED_UP_TO:
        yield left_out(clause.lead_text)


def _sides(measure: Measure) -> tuple[Side, ...]:
    match measure:
        case One(side):
            return (side,)
        case Range(low, high):
            return low, high
        case Around(centre, spread):
            return (spread,) if centre is None else (Side(centre), spread)


def _check_inclusions(words: tuple[Word, ...], amount: Amount, compact: str) -> None:
    """Refuse another number in the words around an amount: 95%以上(含90%), 不少于(含7)30人."""
    for word in words:
        again = _INCLUSION.fullmatch(word.text)
        if again is not None and again["again"] and not _repeats(again["again"], amount, compact):
            raise Trouble("PF317", word.start, word.end)


def _repeats(text: str, amount: Amount, compact: str) -> bool:
    """Return whether a text is the number of an amount once more: 95% or 95 of 95%, but not 9."""
    return compact.startswith(text, amount.start) and not _MORE_DIGITS.match(compact, amount.start + len(text))


def _check_before(clause: Clause, amount: Amount) -> None:
    """Refuse what touches a number from before and is part of one: 一百03人, 美元3万元."""
    words = clause.lead
    at, start = len(words), amount.start
    while at and words[at - 1].kind == "WORD" and words[at - 1].end == start:
        at, start = at - 1, words[at - 1].start
    if at == len(words):
        return
    text = "".join([word.text for word in words[at:]])
    numeral = _NUMERAL_BEFORE.search(text)
    if numeral is not None and not _NUMERAL_IN_NAME.search(text):
        alone = numeral.start() == 0 and (at == 0 or words[at - 1].kind not in _NAMING)
        if alone or len(numeral[0]) > 1:
            raise Trouble("PF309", start + numeral.start(), amount.end)
    currency = _CURRENCY_BEFORE.search(text)
    if currency is not None and (amount.unit is None or _dimension(amount.unit) != _dimension(currency[0])):
        raise Trouble("PF322", start + currency.start(), amount.end)


def _check_behind(clause: Clause, amount: Amount) -> None:
    """Refuse what touches an amount from behind and is part of one: 3米五, 3万元欧元, 3.个."""
    first: Word = clause.tail[0]
    if first.text in {"↑", "↓"}:
        raise Trouble("PF315", first.start, first.end)
    if first.kind == "BEFORE" and first.start == amount.end and amount.unit is None:
        # 2024123前
        raise Trouble("PF321", amount.start, first.end)
    if first.kind != "WORD" or first.start != amount.end:
        return
    text = clause.tail_text
    for code, found in (("PF315", _SIGN_BEHIND.match(text)), ("PF309", _POINT_BEHIND.match(text))):
        if found is not None:
            raise Trouble(code, first.start, first.start + found.end())
    numeral = _NUMERAL_BEHIND.match(text)
    if numeral is not None and _ends_or_counts(text[numeral.end() :]):
        raise Trouble("PF317", first.start, first.start + numeral.end())
    unit = _UNIT_BEHIND.match(text)
    if unit is not None and amount.unit is not None and unit["unit"] in known_units():
        other = _dimension(unit["unit"])
        if other != _dimension(amount.unit) and (amount.unit == RATIO or other in CURRENCIES):
            raise Trouble("PF322", amount.start, first.start + unit.end())


def _dimension(unit: str) -> str:
    known = known_units().get("元" if unit == "人民币" else unit)
    return (unit_of(unit) if known is None else known).dimension


@cache
def _counts() -> re.Pattern[str]:
    return re.compile(rf"$|[,;。)、]|{patterns()['counted']}(?:$|[,;。)、])")


def _ends_or_counts(rest: str) -> bool:
    """Return whether what follows a numeral makes it one that counts: 五, 三角, but not 三甲医院."""
    return _counts().match(rest) is not None
