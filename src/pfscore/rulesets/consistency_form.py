"""What must hold inside what a ruleset says about the form: blocks add up, grades fall, alternatives exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from pfscore.documents.model_errors import Located
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message
from pfscore.rulesets.model.ruleset import Block, Grade, Light, Ruleset

Path = tuple[str | int, ...]


def blocks(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """Yield blocks that do not add up to what they are parts of."""
    for index, form in enumerate(ruleset.form):
        if form.blocks is not None:
            yield from _sum(form.blocks, form.total, ("form", index, "blocks"), document)


def _sum(members: Sequence[Block], whole: Fraction | None, path: Path, document: Located) -> Iterator[Diagnostic]:
    known = [block.points for block in members if block.points is not None]
    total = sum(known, start=Fraction(0))
    free = len(known) < len(members)
    if whole is not None and (total > whole or (total != whole and not free)):
        shown, wanted = decimal_text(total), decimal_text(whole)
        yield Diagnostic(
            "PF219",
            Message(f"各指标分值之和是 {shown}，应是 {wanted}", f"the blocks add up to {shown}, not to {wanted}"),
            Message("分值不固定的不写 points", "leave out `points` where a block's points are free"),
            document.span(path, key=True),
        )
    yield from _twice([block.name for block in members], "PF219", path, document)
    for index, block in enumerate(members):
        if block.parts is not None:
            yield from _sum(block.parts, block.points, (*path, index, "parts"), document)


def grades(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """Yield grades and lights that do not fall from high to low, that share a name, and totals without a grade."""
    for index, form in enumerate(ruleset.form):
        yield from _ladder(form.grades or (), ("form", index, "grades"), document)
        yield from _ladder(form.lights or (), ("form", index, "lights"), document)
        yield from _bottom(form.grades or (), ("form", index, "grades"), document)


def _bottom(steps: Sequence[Grade], path: Path, document: Located) -> Iterator[Diagnostic]:
    number, lowest = min(enumerate(steps), key=lambda step: step[1].since, default=(0, None))
    if lowest is not None and lowest.since > 0:
        shown = decimal_text(lowest.since)
        yield Diagnostic(
            "PF220",
            Message(
                f"最低一级 “{lowest.name}” 从 {shown} 起，{shown} 分以下没有等级",
                f"the lowest grade, {lowest.name!r}, starts at {shown}; below that is no grade",
            ),
            Message("最低一级写 from: 0", "let the lowest grade be `from: 0`"),
            document.span((*path, number, "from")),
        )


def _ladder(steps: Sequence[Grade | Light], path: Path, document: Located) -> Iterator[Diagnostic]:
    for number, (higher, lower) in enumerate(pairwise(steps), 1):
        if lower.since >= higher.since:
            low, high = decimal_text(lower.since), decimal_text(higher.since)
            yield Diagnostic(
                "PF220",
                Message(
                    f"“{lower.name}” 从 {low} 起，没有低于 “{higher.name}” 的 {high}",
                    f"{lower.name!r} starts at {low}, not below {higher.name!r} at {high}",
                ),
                Message("从高到低排列", "order them from high to low"),
                document.span((*path, number, "from")),
            )
    yield from _twice([step.name for step in steps], "PF220", path, document)


def _twice(names: Sequence[str], code: str, path: Path, document: Located) -> Iterator[Diagnostic]:
    """Yield each name that stands in a list a second time."""
    seen: dict[str, int] = {}
    for index, name in enumerate(names):
        first = seen.setdefault(name, index)
        if first != index:
            yield Diagnostic(
                code,
                Message(f"“{name}” 写了两次", f"{name!r} stands twice"),
                None,
                document.span((*path, index, "name")),
                ((Message("第一次在这里", "first here"), document.span((*path, first, "name"))),),
            )


def either(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """Yield indicators that stand in two groups of alternatives."""
    for index, form in enumerate(ruleset.form):
        seen: dict[str, Path] = {}
        for number, group in enumerate(form.either or ()):
            at = ("form", index, "either", number, "names")
            for name in group.names:
                if name in seen:
                    yield Diagnostic(
                        "PF231",
                        Message(f"“{name}” 写在两处", f"{name!r} stands in two places"),
                        Message("只留在一处", "keep it in one"),
                        document.span(at),
                        ((Message("另一处", "the other place"), document.span(seen[name])),),
                    )
                seen[name] = at
