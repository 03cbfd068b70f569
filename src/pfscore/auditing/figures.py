"""Printed figures: a number with the digits that are shown, which rounding leads to it, and its likely cause."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pfscore.cells.lexicon.quantities import Quantity
from pfscore.foundation.folding import fold, fold_without_spaces
from pfscore.foundation.numbers import MAX_DIGITS, Rounding, decimal_places, decimal_text, fixed_text, round_to
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.text import Message

#: What a cell shows where it has no figure.
_BLANK = frozenset({"", "/", "-", "--", "---", "无", "不适用"})
_FIGURE = re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?(%|‰|百分比)?分?")
_PARTED = re.compile(r"[0-9][^\S\n]+[0-9]")
_SCALES = {"%": 100, "百分比": 100, "‰": 1000}
_SIGNS = {100: "%", 1000: "‰"}

#: The words of each rounding.
ROUNDING_WORDS = {
    Rounding.HALF_UP: Message("四舍五入", "rounded half up"),
    Rounding.HALF_EVEN: Message("四舍六入五成双", "rounded half to even"),
    Rounding.DOWN: Message("截去尾数", "cut off"),
    Rounding.UP: Message("进位", "rounded up"),
}
#: The order in which roundings are tried: the commonest first.
ROUNDINGS = (Rounding.HALF_UP, Rounding.DOWN, Rounding.HALF_EVEN, Rounding.UP)
#: How many figures make a habit.
_HABIT = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as printed: `value` is exact with percent applied, `digits` the decimals of the printed number.

    >>> read_figure("94.84%")
    Figure(text='94.84%', value=Fraction(2371, 2500), digits=2, scale=100)
    """

    text: str
    value: Fraction
    digits: int
    scale: int = 1

    @property
    def number(self) -> Fraction:
        """The number as printed: 94.84 for 94.84%."""
        return self.value * self.scale

    def roundings_of(self, exact: Fraction) -> tuple[Rounding, ...]:
        """Return the roundings that turn `exact` into this figure at its own digits.

        >>> figure = read_figure("8.91")
        >>> [mode.value for mode in figure.roundings_of(Fraction("8.9178"))]
        ['down']
        """
        size = self.scale * 10**self.digits
        printed = self.value.numerator * size // self.value.denominator
        quotient, rest = divmod(abs(exact.numerator) * size, exact.denominator)
        if (exact < 0) != (printed < 0) and printed and quotient + bool(rest):
            return ()
        near = {Rounding.DOWN: quotient, Rounding.UP: quotient + bool(rest)}
        near[Rounding.HALF_UP] = quotient + (2 * rest >= exact.denominator)
        tie = 2 * rest == exact.denominator
        near[Rounding.HALF_EVEN] = quotient + (quotient % 2 if tie else 2 * rest > exact.denominator)
        return tuple(mode for mode in ROUNDINGS if near[mode] == abs(printed))

    def agrees(self, exact: Fraction, mode: Rounding = Rounding.HALF_UP) -> bool:
        """Return whether `exact`, rounded by `mode` to the printed digits, is this figure."""
        return mode in self.roundings_of(exact)

    def write(self, exact: Fraction, mode: Rounding = Rounding.HALF_UP) -> str:
        """Write `exact` as this figure is written: same digits, same sign for percent.

        >>> read_figure("94.83%").write(Fraction("0.94836"))
        '94.84%'
        """
        return fixed_text(exact * self.scale, self.digits, mode) + _SIGNS.get(self.scale, "")


@remembered
def read_figure(text: str | None) -> Figure | None:
    """Read a printed figure (`9.48`, `94.84%`, `1,200.00`, `-41.06％`); `None` for a blank cell or for no number."""
    if text is None:
        return None
    match = _FIGURE.fullmatch(fold_without_spaces(text))
    if match is None:
        return None
    sign, whole, places, suffix = match[1], match[2].replace(",", ""), match[3] or "", match[4]
    if len(whole) + len(places) > MAX_DIGITS:
        return None
    scale = _SCALES.get(suffix or "", 1)
    number = Fraction(int(f"{sign}{whole}{places}"), 10 ** len(places))
    return Figure(text.strip(), number / scale, len(places), scale)


def read_score(text: str | None) -> Figure | None:
    """Read printed points or a score; `None` also for a percentage, and for digits that a space parts (`1 0`).

    >>> [read_score(text) is None for text in ("9.48分", "10%", "1 0", "10/10")]
    [False, True, True, True]
    """
    figure = None if text is None or _PARTED.search(fold(text)) else read_figure(text)
    return None if figure is None or figure.scale != 1 else figure


def is_blank(text: str | None) -> bool:
    """Return whether a cell holds no figure on purpose: nothing, a slash or a dash.

    >>> is_blank("——"), is_blank("0")
    (True, False)
    """
    return text is None or fold_without_spaces(text) in _BLANK


def common_rounding(pairs: Iterable[tuple[Fraction, Figure]]) -> Rounding:
    """Return the rounding that a document uses: half up, unless all its figures agree on another one.

    One figure alone is more likely a slip than a habit: another rounding needs two different figures that half up
    does not give.

    >>> figures = [(Fraction("9.6569"), read_figure("9.65")), (Fraction("8.9178"), read_figure("8.91"))]
    >>> common_rounding(figures).value, common_rounding(figures[1:]).value
    ('down', 'half_up')
    """
    left, against = set(ROUNDINGS), set()
    for exact, figure in pairs:
        modes = figure.roundings_of(exact)
        left &= set(modes)
        if Rounding.HALF_UP not in modes:
            against.add(exact)
    if len(against) < _HABIT:
        return Rounding.HALF_UP
    return next((mode for mode in ROUNDINGS if mode in left), Rounding.HALF_UP)


def show(number: Fraction, digits: int = 4) -> str:
    """Write a number for a sentence: in full where it is short, else with `digits` decimals, cut and marked by `…`.

    >>> show(Fraction("8.9178")), show(Fraction(8, 3))
    ('8.9178', '2.6666…')
    """
    places = decimal_places(number)
    if places is not None and places <= digits:
        return decimal_text(number)
    return f"{fixed_text(number, digits, Rounding.DOWN)}…"


def show_percent(ratio: Fraction, digits: int = 2, mode: Rounding = Rounding.HALF_UP) -> str:
    """Write a ratio as a percentage with at most `digits` decimals.

    >>> show_percent(Fraction(1061, 1800)), show_percent(Fraction(1))
    ('58.94%', '100%')
    """
    return f"{decimal_text(round_to(ratio * 100, digits, mode))}%"


def as_ratio(figure: Figure) -> Figure:
    """Return a rate that is printed without a percent sign (94.84 for 94.84%) as percent; 0.95 stays a ratio.

    >>> str(as_ratio(Figure("94.84", Fraction("94.84"), 2, 1)).value)
    '2371/2500'
    """
    if figure.scale != 1 or figure.value <= 1:
        return figure
    return Figure(figure.text, figure.value / 100, figure.digits, 100)


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

    >>> from pfscore.auditing.figures import read_figure
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
    places = (
        (f"到 {digits} 位小数", f"to {digits} decimal{'s' * (digits > 1)}")
        if digits
        else ("到整数", "to a whole number")
    )
    if printed.number == exact * printed.scale:
        return Message(f"{printed.text} 就是 {number}", f"{printed.text} is {number}")
    return Message(
        f"{printed.text} 是 {number} {how.zh}{places[0]}", f"{printed.text} is {number} {how.en} {places[1]}"
    )


def _guessed(printed: Figure, guess: Guess, mode: Rounding) -> Message:
    number = show(guess.value * printed.scale) + _SIGNS.get(printed.scale, "")
    tail = ("", "") if mode is Rounding.HALF_UP else (f"，{ROUNDING_WORDS[mode].zh}", f", {ROUNDING_WORDS[mode].en}")
    return Message(f"像是{guess.label.zh}（{number}{tail[0]}）", f"it looks like {guess.label.en} ({number}{tail[1]})")
