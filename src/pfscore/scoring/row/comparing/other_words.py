"""What the words of a row's cells say that no comparison of numbers uses: whether a result may stand as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pfscore.cells.lexicon.around import (
    excluded_words,
    graver_word,
    limiting_words,
    missed_in,
    strange_words,
    undone_in,
)
from pfscore.cells.plain_numbers import is_plain, plain_words, split
from pfscore.cells.readings import (
    UPPER,
    Achieved,
    Actual,
    AllOf,
    AnyOf,
    Assumption,
    Between,
    Bound,
    Change,
    Level,
    Measured,
    Reading,
)
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.comparison import BY_HAND, Comparison

#: What stands in brackets beside a number.
_BRACKETS = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r"“([^“”]*)”")
_SHORT = 64
_NUMBERS = (Measured, Achieved, Between, Change, AllOf)


@lru_cache(maxsize=65536)
def has_words(actual: object) -> bool:
    """Return whether an actual holds a number with words around it, so that the indicator's name decides as well."""
    if type(actual) is not str or not actual or plain_words(actual):
        return False
    apart = split(actual) if len(actual) < _SHORT else None
    return apart is None or not is_plain("actual", apart[0], None, None)


def with_words(found: Comparison, target: Reading, actual: Actual, wanted: str, reached: str) -> Comparison:
    """Return what a comparison comes to beside the other words of the two cells.

    `wanted` are the indicator's name, the target and the unit as they stand in the form, `reached` is the actual.
    """
    if not isinstance(actual, _NUMBERS) or found.problem is not None:
        return found
    missed = next(filter(None, map(missed_in, _remarks(actual))), "")
    if missed:
        return _missed(found, reached, missed)
    if found.met is None or "".join(wanted.split()).endswith("".join(reached.split())):
        return found
    why = _objection(target, actual, wanted, reached)
    if why is not None:
        return Comparison(undecided=Diagnostic("PF516", why, BY_HAND))
    said = [word for label in _labels(actual) for word in limiting_words(label, wanted)]
    said += [word for word in _remarks(actual) if strange_words(word, wanted) and fold(word) not in fold(wanted)]
    return replace(found, assumptions=(*found.assumptions, *map(_said, dict.fromkeys(said)))) if said else found


def _missed(found: Comparison, reached: str, words: str) -> Comparison:
    """Follow the form's own verdict, where its numbers do not contradict it."""
    if found.met:
        message = Message(
            f"完成值“{reached}”的数达到了指标值，文字却写“{words}”",
            f"the number of the actual “{reached}” meets the target, but its words say “{words}”",
        )
        return Comparison(undecided=Diagnostic("PF516", message, BY_HAND))
    if found.met is False:
        return found
    message = Message(f"完成值自己写明“{words}”，视为未达标", f"the actual says itself “{words}”; taken as missed")
    return replace(found, met=False, undecided=None, assumptions=(*found.assumptions, Assumption("missed", message)))


def _objection(target: Reading, actual: Actual, wanted: str, reached: str) -> Message | None:
    """Return why a number is not simply the achievement of its target."""
    harm = _is_of_harm(target)
    for words in (strange_words(label, wanted, harm=harm) for label in _labels(actual)):
        if words:
            text = "”“".join(words)
            return Message(
                f"完成值“{reached}”里的“{text}”，指标名称和指标值都没有，看不出数的是不是同一件事",
                f"“{text}” in the actual “{reached}” is neither in the name nor in the target",
            )
    reversed_ = next((one for one in actual.assumptions if one.key == "reversed"), None)
    if reversed_ is not None and not any(word in wanted for word in _QUOTED.findall(reversed_.message.zh)):
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
    excluded = excluded_words(reached, wanted)
    if excluded is not None:
        return Message(
            f"完成值写的是“{excluded[0]}”，指标写的是“{excluded[1]}”，不是一回事",
            f"the actual says “{excluded[0]}”, the indicator “{excluded[1]}”: not the same thing",
        )
    undone = next((one for one in _remarks(actual) if undone_in(one) and undone_in(one) not in wanted), None)
    if undone is not None:
        return Message(
            f"完成值里“{undone}”，算不算完成要由人定",
            f"the actual says “{undone}”: whether that counts is for a person",
        )
    return None


def _is_of_harm(target: Reading) -> bool:
    """Return whether a target limits what should not happen, so that 发生1起 counts just that."""
    match target:
        case Level():
            return True
        case Bound(op=op, quantity=quantity):
            return op in UPPER or quantity.value == 0
    return False


def _said(words: str) -> Assumption:
    return Assumption("words", Message(f"完成值里的“{words}”没有计入", f"“{words}” in the actual is left out"))


def _labels(reading: Reading) -> Iterator[str]:
    """Yield the words around each number, without brackets."""
    if isinstance(reading, AllOf | AnyOf):
        for part in reading.parts:
            yield from _labels(part)
    if reading.label:
        yield _BRACKETS.sub("", reading.label)


def _remarks(reading: Reading) -> Iterator[str]:
    """Yield what stands beside the numbers: clauses and brackets of their own, and what was put aside."""
    if isinstance(reading, AllOf | AnyOf):
        for part in reading.parts:
            yield from _remarks(part)
    yield from reading.beside
    yield from _BRACKETS.findall(reading.label)
    yield from (one.message.zh for one in reading.assumptions if one.key == "left_out")
