"""The trace of a computation: a tree of steps, each with its text, its result and the steps that led to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, NotRequired

from pfscore.foundation.numbers import decimal_text, exact
from pfscore.foundation.stored import TypedDict

Kind = Literal[
    "input",  # a value of the row
    "parameter",  # an argument, named inside a policy
    "constant",  # a number or a word that stands in the formula
    "arithmetic",  # + - * / and the negative
    "comparison",
    "logic",  # and, or, not
    "conditional",  # the condition, then the branch that applied
    "call",  # a built-in function
    "policy",  # a policy: its arguments, then its definition
    "error",  # what could not be computed; the steps below it went well, or hold the cause
    # Around the formula, for a whole row:
    "score",  # the points of the row, or the range that is left open
    "reading",  # what a cell says
    "assumption",  # what is not literally in the text
    "rule",  # which rule applied, and on whose authority
    "rounding",
    "decision",  # what a person chose
]


class ShownStep(TypedDict):
    """A step as JSON: one of `number` (decimal text or a fraction), `truth` and `label`, and none under `error`."""

    kind: Kind
    text: str
    op: NotRequired[str]
    number: NotRequired[str]
    truth: NotRequired[bool]
    label: NotRequired[str]
    taken: NotRequired[bool]
    span: NotRequired[list[int]]
    steps: NotRequired[list[ShownStep]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: exactly one of `number`, `truth` and `label` is set, and none of them under `error`.

    `text` is the part of the formula as it was written, at `span` (character offsets). Below a policy's arguments
    the texts and spans are those of the policy's definition. `op` says which operation joined `steps`: signs
    separated by spaces, a function's or a name's English name. `taken` says of a condition whether it applied.

    >>> Step("constant", "60%", number=Fraction(3, 5)).as_json()
    {'kind': 'constant', 'text': '60%', 'number': '0.6'}
    """

    kind: Kind
    text: str
    op: str = ""
    number: Fraction | None = None
    truth: bool | None = None
    label: str | None = None
    taken: bool | None = None
    span: tuple[int, int] = (0, 0)
    steps: tuple[Step, ...] = ()

    @property
    def value(self) -> Fraction | bool | str | None:
        """The result, whatever its kind; `None` under `error`."""
        if self.number is not None:
            return self.number
        return self.label if self.truth is None else self.truth

    def walk(self) -> Iterator[Step]:
        """Yield this step and every step below it, in order."""
        yield self
        for step in self.steps:
            yield from step.walk()

    def as_json(self) -> ShownStep:
        """Return the tree as plain JSON data; numbers are decimal text or fractions (`2/3`)."""
        data: ShownStep = {"kind": self.kind, "text": self.text}
        if self.op:
            data["op"] = self.op
        if self.number is not None:
            data["number"] = decimal_text(self.number)
        if self.truth is not None:
            data["truth"] = self.truth
        if self.label is not None:
            data["label"] = self.label
        if self.taken is not None:
            data["taken"] = self.taken
        if self.span != (0, 0):
            data["span"] = list(self.span)
        if self.steps:
            data["steps"] = [step.as_json() for step in self.steps]
        return data

    @classmethod
    def from_json(cls, data: Any) -> Step:
        """Return the tree that :meth:`as_json` wrote.

        >>> step = Step("input", "完成值", "actual", Fraction(2, 3), span=(5, 8))
        >>> Step.from_json(step.as_json()) == step
        True
        """
        start, end = data.get("span", (0, 0))
        number = data.get("number")
        return cls(
            data["kind"],
            data["text"],
            data.get("op", ""),
            None if number is None else _number(number),
            data.get("truth"),
            data.get("label"),
            data.get("taken"),
            (start, end),
            tuple(cls.from_json(step) for step in data.get("steps", ())),
        )


def _number(text: str) -> Fraction:
    """Read what `decimal_text` wrote; a computed number may be longer than any that a cell may hold."""
    try:
        return exact(text)
    except ValueError:
        return Fraction(text)
