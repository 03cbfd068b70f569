"""Bands: whether they cover their range exactly once, and their conditional formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

from pfscore.formulas.formula import Formula, parse_formula
from pfscore.formulas.syntax_tree import Conditional, Expr
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.folding import fold
from pfscore.foundation.numbers import decimal_text, in_percent
from pfscore.foundation.text import Message
from pfscore.rulesets.model.values import Range
from pfscore.rulesets.model.way import BandRow, Bands

#: The fields of a node of a formula that hold nodes.
_PARTS = frozenset({"operand", "operands", "conditions", "results", "arguments"})
_Edge = tuple[Fraction | None, bool]
_PLAIN_EDGE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.]*[%‰\d])")


def coverage_problems(bands: Bands, place: Callable[[int], Span]) -> Iterator[Diagnostic]:
    """Yield every gap (PF217) and overlap (PF218), with the number in question; `place` finds a row.

    Where some edges are percentages and others are plain numbers, that is their cause (PF207).
    """
    if found := list(_coverage(bands, place)):
        yield from list(_without_percent(bands, place)) or found


def _without_percent(bands: Bands, place: Callable[[int], Span]) -> Iterator[Diagnostic]:
    """Yield the bands whose edges are plain numbers above 1 beside those of others in percent."""
    spans = [place(index) for index in range(len(bands.table))]
    written = [fold(span.text[span.column - 1 :][: span.length]) for span in spans]
    if not any("%" in text for text in written):
        return
    for text, span in zip(written, spans, strict=True):
        meant = _PLAIN_EDGE.sub(lambda edge: f"{edge[0]}%" if Fraction(edge[0]) > 1 else edge[0], text)
        if meant != text:
            yield Diagnostic(
                "PF207",
                Message(f"{text} 没有写 %，而别的档写的是百分数", f"{text} has no %, and other bands are percentages"),
                Message(f"写成 {meant}", f"write {meant}"),
                span,
            )


def _coverage(bands: Bands, place: Callable[[int], Span]) -> Iterator[Diagnostic]:
    over = bands.over or Range(None, None)

    def shown(edge: Fraction) -> str:
        is_percent = "率" in bands.of or any("%" in place(index).text for index in range(len(bands.table)))
        return (in_percent if is_percent else decimal_text)(edge)

    order = sorted(range(len(bands.table)), key=lambda index: _low_key(bands.table[index].range))
    # `reached` is the end of the covered part: the number, and whether the number itself is uncovered.
    reached: _Edge = (over.low, over.low_open)
    started, before = False, None
    for index in order:
        band = bands.table[index].range
        position = _position(band, reached, started=started)
        if position > 0:
            yield _gap(reached, band, place(index), shown)
        elif position < 0 and before is not None:
            yield _overlap(band, place(index), place(before), shown)
        if not started or _ends_later(band, reached):
            reached, before = (band.high, not band.high_open), index
        started = True
    if not _is_end(reached, over):
        number = "+∞" if reached[0] is None else shown(reached[0])
        yield Diagnostic(
            "PF217",
            Message(f"分档没有覆盖到上端：{number} 以上没有档", f"the bands stop at {number}; above it is nothing"),
            Message("补上最高一档，或写明 over", "add the highest band, or give `over`"),
            place(order[-1]),
        )


def as_formula(bands: Bands, *, most: bool = True) -> Formula:
    """Return the bands as one conditional formula: of the most that each earns, or of the least.

    Each band is parsed on its own, since the limits on the text of a formula are no limits on a table.

    >>> from pfscore.rulesets.model.way import Bands
    >>> bands = Bands.model_validate({"of": "完成率", "table": [
    ...     {"range": "[1, +∞)", "share": "100%"}, {"range": "(-∞, 1)", "points": "0"}]})
    >>> as_formula(bands).text
    '如果 (完成率) < 1 则 0 否则 分值 * 1'
    """
    rows = sorted(bands.table, key=lambda row: _low_key(row.range))
    text = ""
    conditions: list[Expr] = []
    results: list[Expr] = []
    for row in rows[:-1]:
        if (high := row.range.high) is None:
            continue
        sign = "<" if row.range.high_open else "<="
        piece = f"如果 ({bands.of}) {sign} {_literal(high)} 则 {_worth(row, most=most)} 否则 "
        body = parse_formula(f"{piece}0").body
        if not isinstance(body, Conditional):
            raise TypeError("a band is a condition")
        conditions.append(_shifted(body.conditions[0], len(text)))
        results.append(_shifted(body.results[0], len(text)))
        text += piece
    rest = _worth(rows[-1], most=most)
    results.append(_shifted(parse_formula(rest).body, len(text)))
    text += rest
    if not conditions:
        return parse_formula(text)
    return Formula(text, Conditional(tuple(conditions), tuple(results), span=(0, len(text))))


def _shifted(node: Expr, by: int) -> Expr:
    """Return `node` with its places, and those of its parts, moved by some characters."""
    start, end = node.span
    moved: dict[str, Any] = {
        field.name: tuple(_shifted(part, by) for part in parts) if isinstance(parts, tuple) else _shifted(parts, by)
        for field in fields(node)
        if field.name in _PARTS and (parts := getattr(node, field.name))
    }
    return replace(node, span=(start + by, end + by), **moved)


def _worth(row: BandRow, *, most: bool) -> str:
    worth = _literal((row.worth.high if most else row.worth.low) or Fraction(0))
    return worth if row.points is not None else f"分值 * {worth}"


def _literal(number: Fraction) -> str:
    text = decimal_text(abs(number))
    text = f"({text})" if "/" in text else text
    return f"(-{text})" if number < 0 else text


def _low_key(band: Range) -> tuple[bool, Fraction, bool]:
    return band.low is not None, band.low or Fraction(0), band.low_open


def _position(band: Range, reached: _Edge, *, started: bool) -> int:
    """Return 1 where `band` leaves a gap after `reached`, -1 where it overlaps, 0 where it fits exactly."""
    low, low_open = band.low, band.low_open
    number, number_done = reached
    if not started:
        if low is None or number is None:
            return 0 if low is None or (number is not None and low <= number) else 1
        return 1 if low > number or (low == number and low_open and not number_done) else 0
    if number is None or low is None or low < number:
        return -1
    if low > number:
        return 1
    if low_open == number_done:
        return 0
    return 1 if low_open else -1


def _ends_later(band: Range, reached: _Edge) -> bool:
    if reached[0] is None:
        return False
    return band.high is None or (band.high, not band.high_open) > (reached[0], reached[1])


def _is_end(reached: _Edge, over: Range) -> bool:
    if over.high is None:
        return reached[0] is None
    return reached[0] is None or (reached[0], reached[1]) >= (over.high, not over.high_open)


def _gap(reached: _Edge, band: Range, span: Span, shown: Callable[[Fraction], str]) -> Diagnostic:
    start = "-∞" if reached[0] is None else shown(reached[0])
    end = "-∞" if band.low is None else shown(band.low)
    if start == end:
        zh, en = f"{start} 不在任何一档", f"{start} is in no band"
    else:
        zh, en = f"{start} 与 {end} 之间没有档", f"nothing covers what lies between {start} and {end}"
    hint = Message("方括号含端点，圆括号不含", "a square bracket includes the edge, a round one does not")
    if start == "-∞":
        over = f'over: "[{end}, +∞)"'
        hint = Message(f"补上最低一档，或写 {over}，说明不会更低", f"add the lowest band, or say {over}")
    return Diagnostic("PF217", Message(f"分档有空缺：{zh}", f"gap between bands: {en}"), hint, span)


def _overlap(band: Range, span: Span, other: Span, shown: Callable[[Fraction], str]) -> Diagnostic:
    number = "-∞" if band.low is None else shown(band.low)
    return Diagnostic(
        "PF218",
        Message(f"分档重叠：{number} 同时落入两档", f"bands overlap: {number} falls into two"),
        Message("把其中一端改为圆括号（不含）", "make one of the edges round (excluded)"),
        span,
        ((Message("与此档", "with this band"), other),),
    )
