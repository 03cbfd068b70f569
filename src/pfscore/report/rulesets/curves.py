"""The shape of a rule as lines over the achieved value: exact breakpoints, jumps, and what is left to a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.readings import TargetKind
from pfscore.checking.proofs import settings
from pfscore.formulas.formula import Formula, parse_formula
from pfscore.formulas.glossary import LATENESS
from pfscore.formulas.proofs.number_line import Ratio
from pfscore.formulas.proofs.pieces import Piece, Setting, pieces_of
from pfscore.formulas.proofs.scaling import scales_with_points, scales_with_target
from pfscore.formulas.proofs.values import UNKNOWN
from pfscore.rulesets.in_force import RuleInForce
from pfscore.rulesets.model.values import Range
from pfscore.rulesets.model.way import (
    ByBands,
    ByChecklist,
    ByFormula,
    ByJudgement,
    ByLevels,
    ByThresholds,
    LevelRow,
    ThresholdRow,
    Way,
)

_Point = tuple[Fraction, Fraction]
#: Into how many lines a curve is broken.
_SMOOTH = 24
_ONE = Fraction(1)


@dataclass(frozen=True)
class Dot:
    """An end of a line at a jump: filled where the value belongs to it."""

    at: _Point
    filled: bool


@dataclass(frozen=True)
class Shape:
    """What a rule gives over the achieved value: lines, dots at jumps, and areas within which a person decides.

    `breaks` are the places on the axis where something changes. Where there is no score, or it is not known exactly,
    nothing is drawn.
    """

    lines: tuple[tuple[_Point, ...], ...] = ()
    dots: tuple[Dot, ...] = ()
    areas: tuple[tuple[_Point, ...], ...] = ()
    breaks: tuple[Fraction, ...] = ()


@dataclass(frozen=True)
class Bar:
    """A level by its words, and the range of the points that it gives."""

    label: str
    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True)
class View:
    """A rule as it can be drawn over one kind of target: what is fixed, and whether it holds for any target."""

    rule: RuleInForce
    kind: TargetKind | None
    setting: Setting
    unit: str | None
    relative: bool
    any_points: bool = True

    @property
    def drawn_for_kind(self) -> bool:
        """Whether the picture is about this kind of target, and not about any."""
        return self.rule.formula is not None or self.rule.bounds is not None

    def text(self, x: Fraction) -> str:
        """Write a place on the axis: a completion rate, or an achieved value with its unit."""
        return str(Quantity(x, "1" if self.relative else self.unit))

    def seen(self, actual: Fraction) -> Fraction:
        """Return where an achieved value stands on the axis."""
        return actual / self.setting.target if self.relative and self.setting.target else actual


def views(rule: RuleInForce) -> Iterator[View]:
    """Yield a view for each kind of target that the rule is for, where its shape is a line; each direction once."""
    formulas = [formula for formula in (rule.formula, *(rule.bounds or ())) if formula is not None]
    judged = rule.version.judgement is not None and rule.version.judgement.full_when_met
    if (not formulas and not judged) or rule.uses_form_amounts:
        # Several amounts of a form make no line over one.
        return
    seen: set[object] = set()
    for kind, setting, unit in settings(rule):
        # What is only met or judged looks alike whatever the target: one direction is enough of it.
        key = setting.direction if formulas else None
        usable = all(set(formula.names) <= set(setting.env(setting.edges()[0])) for formula in formulas)
        if setting.late and not any(LATENESS.intersection(formula.names) for formula in formulas):
            continue
        if usable and key not in seen:
            seen.add(key)
            scales = all(scales_with_target(formula.body) for formula in formulas)
            positive = setting.target is not None and setting.target > 0 and setting.direction != "between"
            any_points = all(scales_with_points(formula.body) for formula in formulas)
            yield View(rule, kind, setting, unit, scales and positive, any_points)


def window(views_: Sequence[View]) -> tuple[Fraction, Fraction]:
    """Return the stretch of the axis that is worth seeing: around the target, with every breakpoint in it."""
    low, high = Fraction(0), Fraction(0)
    for view in views_:
        edges = [view.seen(edge) for edge in view.setting.edges()]
        span = max([abs(edge) for edge in edges], default=_ONE) or _ONE
        places = [*edges, *_breaks(view)]
        if view.setting.late:
            span = max([*places, _ONE])
        near = [place for place in places if abs(place) <= 6 * span]
        high = max(high, max(near) + span / 4, max(edges) * Fraction(3, 2))
        if view.setting.least is None:
            low = min(low, min(near) - span / 4)
    return low, high


def _breaks(view: View) -> list[Fraction]:
    formulas = [formula for formula in (view.rule.formula, *(view.rule.bounds or ())) if formula is not None]
    return sorted(
        {
            view.seen(piece.point)
            for formula in formulas
            for piece in pieces_of(formula, view.setting)
            if piece.point is not None
        }
    )


@dataclass(frozen=True)
class _Part:
    """What is drawn of a formula: all of it, or what holds where a condition is (not) met."""

    formula: Formula
    when: Formula | None = None
    met: bool = True

    def pieces(self, setting: Setting) -> list[tuple[Piece, bool]]:
        """Return the pieces of the formula, each with whether it is this part's."""
        if self.when is None:
            return [(piece, True) for piece in pieces_of(self.formula, setting)]
        sides = (f"({self.formula.text_in('zh')})", "0")
        yes, no = sides if self.met else sides[::-1]
        cut = pieces_of(parse_formula(f"如果 {self.when.text} 则 {yes} 否则 {no}"), setting)
        asked = pieces_of(parse_formula(f"如果 {self.when.text} 则 1 否则 0"), setting)
        other = Ratio(Fraction(0 if self.met else 1))
        return [
            (piece, all(one.score != other for one in asked if one.stretch.contains(piece.stretch.sample)))
            for piece in cut
        ]


def shape(view: View, low: Fraction, high: Fraction) -> Shape:
    """Return what the rule gives between two places of the axis, in points."""
    rule, judgement = view.rule, view.rule.version.judgement
    found = Shape()
    if rule.formula is not None:
        found = _line(_Part(rule.formula, rule.when, met=False), view, low, high)
    if rule.bounds is not None:
        parts = [_Part(formula, rule.when) for formula in rule.bounds]
        least, most = (_line(part, view, low, high) for part in parts)
        areas = tuple(_between(least.lines, most.lines))
        found = _together((found, least, most), areas)
    if judgement is not None and judgement.share is not None:
        found = _judged(found, view, judgement.share, low, high)
    return found


def _together(shapes: Sequence[Shape], areas: tuple[tuple[_Point, ...], ...]) -> Shape:
    """Combine shapes; what they have in common is there once."""
    return Shape(
        tuple(line for one in shapes for line in one.lines),
        tuple(dot for one in shapes for dot in one.dots),
        areas,
        tuple(place for one in shapes for place in one.breaks),
    )


def _line(part: _Part, view: View, low: Fraction, high: Fraction) -> Shape:
    lines: list[tuple[_Point, ...]] = []
    dots: list[Dot] = []
    breaks: list[Fraction] = []
    found = part.pieces(view.setting)
    drawn = [piece if own else replace(piece, defined=True, bounds=UNKNOWN) for piece, own in found]
    for index, piece in enumerate(drawn):
        if piece.point is None:
            lines += _stretch(piece, view, low, high)
            continue
        place = view.seen(piece.point)
        if not low <= place <= high:
            continue
        y = None if piece.score is None else piece.score.at(piece.point)
        near = [at for at in (index - 1, index + 1) if 0 <= at < len(drawn)]
        sides = [drawn[at] for at in near]
        limits = [_limit(side, piece.point) for side in sides]
        torn = {limit for limit in limits if limit is not None and limit != y}
        ends = any(drawn[at].defined is False or not found[at][1] for at in near)
        dots += [Dot((place, limit), filled=False) for limit in sorted(torn)]
        if y is not None and (torn or ends):
            dots.append(Dot((place, y), filled=True))
        if torn or ends or piece.defined is False or _bends(sides):
            breaks.append(place)
    return Shape(_joined(lines), tuple(dots), (), tuple(breaks))


def _bends(sides: Sequence[Piece]) -> bool:
    """Return whether the line changes its course between two pieces."""
    return len({side.score for side in sides if side.score is not None}) > 1


def _limit(side: Piece, point: Fraction) -> Fraction | None:
    """Return what the score on one side comes to at a point, where it has a limit."""
    score = side.score
    return None if score is None else score.limit(point)


def _stretch(piece: Piece, view: View, low: Fraction, high: Fraction) -> Iterator[tuple[_Point, ...]]:
    """Yield the line of a piece within the window: two points where it is straight."""
    score = piece.score
    ends = (piece.stretch.left, piece.stretch.right)
    scale = view.setting.target if view.relative and view.setting.target else _ONE
    left = low * scale if ends[0] is None else max(ends[0], low * scale)
    right = high * scale if ends[1] is None else min(ends[1], high * scale)
    if score is None or left >= right:
        return
    count = 1 if score.is_straight else _SMOOTH
    xs = [left + (right - left) * step / count for step in range(count + 1)]
    points = [(view.seen(x), score.at(x)) for x in xs if not score.has_pole_at(x)]
    if len(points) > 1:
        yield tuple(points)


def _joined(lines: Sequence[tuple[_Point, ...]]) -> tuple[tuple[_Point, ...], ...]:
    """Join lines that meet."""
    found: list[tuple[_Point, ...]] = []
    for line in lines:
        if found and found[-1][-1] == line[0]:
            found[-1] = (*found[-1], *line[1:])
        else:
            found.append(line)
    return tuple(found)


def _between(lower: Sequence[tuple[_Point, ...]], upper: Sequence[tuple[_Point, ...]]) -> Iterator[tuple[_Point, ...]]:
    """Yield the areas between the least and the most that a person may give."""
    edges = sorted({x for line in (*lower, *upper) for x, _ in line})
    for left, right in pairwise(edges):
        bottom = [_height(lower, left, right, x) for x in (left, right)]
        top = [_height(upper, left, right, x) for x in (left, right)]
        corners = [*zip((left, right), bottom, strict=True), *zip((right, left), reversed(top), strict=True)]
        if None not in (*bottom, *top) and bottom != top:
            yield tuple((x, y) for x, y in corners if y is not None)


def _height(lines: Sequence[tuple[_Point, ...]], left: Fraction, right: Fraction, x: Fraction) -> Fraction | None:
    """Return the height at `x` of the line over the stretch from `left` to `right`."""
    for line in lines:
        for (x1, y1), (x2, y2) in pairwise(line):
            if x1 <= left and right <= x2:
                return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return None


def _judged(found: Shape, view: View, share: Range, low: Fraction, high: Fraction) -> Shape:
    """Add the area that is left to a person: where its condition holds, or where the target is missed."""
    points, setting = view.setting.points, view.setting
    worth = view.rule.worth(points)
    least, most = worth.at(share.low or Fraction(0)), worth.at(_ONE if share.high is None else share.high)
    if view.rule.when is not None:
        asked = parse_formula(f"如果 {view.rule.when.text} 则 1 否则 0")
    else:
        asked = parse_formula("如果 达标 则 0 否则 1")
        full = _line(_Part(parse_formula("如果 达标 则 分值 否则 0")), view, low, high)
        flat = tuple(line for line in full.lines if all(y == points for _, y in line))
        dots = tuple(dot for dot in full.dots if dot.filled and dot.at[1] == points)
        found = Shape(flat, dots, found.areas, tuple(view.seen(edge) for edge in setting.edges()))
    open_ = [line for line in _line(_Part(asked), view, low, high).lines if all(y == 1 for _, y in line)]
    areas = tuple(
        ((line[0][0], least), (line[-1][0], least), (line[-1][0], most), (line[0][0], most)) for line in open_
    )
    return replace(found, areas=(*found.areas, *areas))


#: The rows that are drawn as bars, for each way of scoring.
_ROWS_OF_WAYS: Mapping[type[Way], Callable[[Any], Sequence[LevelRow | ThresholdRow]]] = {
    ByFormula: lambda _way: (),
    ByLevels: lambda way: way.rows,
    ByBands: lambda _way: (),
    ByThresholds: lambda way: way.rows,
    ByChecklist: lambda _way: (),
    ByJudgement: lambda _way: (),
}


def bars(rule: RuleInForce, points: Fraction) -> tuple[Bar, ...]:
    """Return the levels or thresholds of a rule, in points."""
    rows: Sequence[LevelRow | ThresholdRow] = _ROWS_OF_WAYS[type(rule.way)](rule.way)
    return tuple(
        Bar(
            row.level if isinstance(row.level, str) else row.level[0],
            (row.share.low or Fraction(0)) * points,
            (_ONE if row.share.high is None else row.share.high) * points,
            row.share.low_open,
            row.share.high_open,
        )
        for row in rows
    )
