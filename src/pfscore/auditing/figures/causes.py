"""The likely cause of a printed figure: another rounding, another stage, another base."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pfscore.auditing.figures.printed import ROUNDING_WORDS, Figure, show
from pfscore.cells.lexicon.quantities import Quantity
from pfscore.foundation.numbers import Rounding
from pfscore.foundation.text import Message


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that somebody may have computed instead, in words, and the exact number that it gives."""

    label: Message
    value: Fraction


def power_of_ten(first: Quantity | None, second: Quantity | None) -> int | None:
    """Return the factor between two figures where it is one that a wrong sign or unit leads to.

    >>> power_of_ten(Quantity(Fraction(5), "人"), Quantity(Fraction(50), "人"))
    10
    """
    if first is None or second is None or not first.base or not second.base:
        return None
    ratio = max(first.base / second.base, second.base / first.base)
    return next((factor for factor in (10, 100, 1000, 10**4, 10**8) if ratio == factor), None)


def likely_cause(printed: Figure, exact: Fraction, guesses: Iterable[Guess] = ()) -> Message | None:
    """Return the rounding of `exact`, or else the guess, that gives the printed figure; `None` where nothing does.

    >>> from pfscore.auditing.figures.printed import read_figure
    >>> likely_cause(read_figure("8.91"), Fraction("8.9178")).en
    '8.91 is 8.9178 cut off to 2 decimals'
    """
    modes = printed.roundings_of(exact)
    if modes:
        return _rounded_from(printed, exact, modes[0])
    for guess in guesses:
        if guess.value == exact:
            continue
        if modes := printed.roundings_of(guess.value):
            return _guessed(printed, guess, modes[0])
    return None


def _rounded_from(printed: Figure, exact: Fraction, mode: Rounding) -> Message:
    """Return that the printed figure is `exact`, rounded by `mode` to the printed digits."""
    how, digits, number = ROUNDING_WORDS[mode], printed.digits, show(exact * printed.scale)
    places = (f"到 {digits} 位小数", f"to {digits} decimals") if digits else ("到整数", "to a whole number")
    if printed.number == exact * printed.scale:
        return Message(f"{printed.text} 就是 {number}", f"{printed.text} is {number}")
    return Message(
        f"{printed.text} 是 {number} {how.zh}{places[0]}", f"{printed.text} is {number} {how.en} {places[1]}"
    )


def _guessed(printed: Figure, guess: Guess, mode: Rounding) -> Message:
    number = show(guess.value * printed.scale) + {100: "%", 1000: "‰"}.get(printed.scale, "")
    tail = ("", "") if mode is Rounding.HALF_UP else (f"，{ROUNDING_WORDS[mode].zh}", f", {ROUNDING_WORDS[mode].en}")
    return Message(f"像是{guess.label.zh}（{number}{tail[0]}）", f"it looks like {guess.label.en} ({number}{tail[1]})")
