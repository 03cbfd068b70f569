"""What is to be proved about a formula, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pfscore.foundation.text import Message

Verdict = Literal["proved", "refuted", "unknown"]

#: The claims, in the order in which :func:`prove` returns them.
CLAIMS: dict[str, Message] = {
    "defined": Message("任何完成值都算得出", "every achieved value has a score"),
    "bounded": Message("得分在 0 与分值之间", "the score lies within 0 and the points"),
    "monotone": Message("完成得更好，得分不会更低", "a better result never scores less"),
    "full_when_met": Message("达标就得满分", "full marks wherever the target is met"),
    "met_when_full": Message("得满分的都达标", "the target is met wherever full marks are given"),
    "continuous": Message("得分没有跳跃", "the score does not jump"),
}


@dataclass(frozen=True, slots=True)
class Witness:
    """An achieved value and what it scores (`None`: nothing can be computed)."""

    actual: Fraction
    score: Fraction | None
    met: bool


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump at an achieved value: the score just before, at, and just after it.

    `None` stands where the score has no limit or no value there.
    """

    at: Fraction
    before: Fraction | None
    value: Fraction | None
    after: Fraction | None


@dataclass(frozen=True, slots=True)
class Claim:
    """What was to be proved, and what came of it.

    A refuted claim has `witnesses`: one achieved value that breaks it, or for `monotone` two, the worse result first
    (it scores more than the better one). `any_points` and `any_target` say whether the verdict holds for all positive
    points and targets, and not only for those of the setting. `nowhere` says that nothing can be computed at all.
    """

    name: str
    verdict: Verdict
    witnesses: tuple[Witness, ...] = ()
    jumps: tuple[Jump, ...] = ()
    any_points: bool = False
    any_target: bool = False
    nowhere: bool = False

    @property
    def message(self) -> Message:
        """The claim as a sentence."""
        return CLAIMS[self.name]
