"""The shape of a rule as lines over the achieved value: exact breakpoints, jumps, and what is left to a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from pfscore.language.formula import Formula, parse_formula
from pfscore.language.readings import Quantity
from pfscore.rules.edition import RuleInForce
from pfscore.rules.scalars import Range
from pfscore.scoring.proof_settings import settings
from pfscore.scoring.prove import Setting
from pfscore.scoring.proving.line import Piece, pieces_of
from pfscore.scoring.proving.polynomials import Ratio, Root
from pfscore.scoring.proving.scaling import scales_with_points, scales_with_target

Point = tuple[Fraction, Fraction]
#: Into how many lines a curve is broken.
_SMOOTH = 24
_ONE = Fraction(1)


@dataclass(frozen=True)
class Dot:
    """An end of a line at a jump: filled where the value belongs to it."""

    at: Point
    filled: bool


@dataclass(frozen=True)
class Shape:
    """What a rule gives over the achieved value: lines, dots at jumps, and areas within which a person decides."""

    lines: tuple[tuple[Point, ...], ...] = ()
    dots: tuple[Dot, ...] = ()
    areas: tuple[tuple[Point, ...], ...] = ()
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
    kind: str
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
    if not formulas and not judged:
        return
    seen: set[object] = set()
    for kind, setting, unit in settings(rule):
        # What is only met or judged looks alike whatever the target: one direction is enough of it.
        key = setting.direction if formulas else None
        usable = all(set(formula.names) <= set(setting.env(setting.edges()[0])) for formula in formulas)
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
        near = [place for place in places if abs(place) <= 6 * span]
        high = max(high, max(near) + span / 4, max(edges) * Fraction(3, 2))
        if view.setting.least is None:
            low = min(low, min(near) - span / 4)
    return low, high


def _breaks(view: View) -> list[Fraction]:
    formulas = [formula for formula in (view.rule.formula, *(view.rule.bounds or ())) if formula is not None]
    return sorted(
        {
            view.seen(piece.point.near())
            for formula in formulas
            for piece in pieces_of(formula, view.setting)
            if piece.point
        }
    )


def shape(view: View, low: Fraction, high: Fraction) -> Shape:
    """Return what the rule gives between two places of the axis, in points."""
    rule, judgement = view.rule, view.rule.version.judgement
    found = Shape()
    if rule.bounds is not None:
        least, most = (_line(formula, view, low, high) for formula in rule.bounds)
        areas = tuple(_between(rule.bounds, view, low, high))
        found = Shape((*least.lines, *most.lines), (*least.dots, *most.dots), areas, (*least.breaks, *most.breaks))
    elif rule.formula is not None:
        found = _line(rule.formula, view, low, high)
    if judgement is not None and judgement.share is not None:
        found = _judged(found, view, judgement.share, low, high)
    return found


def _line(formula: Formula, view: View, low: Fraction, high: Fraction) -> Shape:
    lines: list[tuple[Point, ...]] = []
    dots: list[Dot] = []
    breaks: list[Fraction] = []
    pieces = pieces_of(formula, view.setting)
    for index, piece in enumerate(pieces):
        if piece.score is None:
            continue
        if piece.point is None:
            lines += _stretch(piece, view, low, high)
            continue
        x, y = piece.point.near(), piece.score.at(piece.point.near())
        if not low <= view.seen(x) <= high:
            continue
        sides = [pieces[near] for near in (index - 1, index + 1) if 0 <= near < len(pieces)]
        limits = [_limit(side.score, piece.point) for side in sides if side.score is not None]
        if any(limit is not None and limit != y for limit in limits):
            dots += [Dot((view.seen(x), limit), filled=False) for limit in limits if limit is not None and limit != y]
            dots.append(Dot((view.seen(x), y), filled=True))
        if len({limit for limit in limits if limit is not None} | {y}) > 1 or _bends(sides):
            breaks.append(view.seen(x))
    return Shape(_joined(lines), tuple(dots), (), tuple(breaks))


def _bends(sides: Sequence[Piece]) -> bool:
    """Tell whether the line changes its course between two pieces."""
    return len({(side.score.top, side.score.bottom) for side in sides if side.score is not None}) > 1


def _limit(score: Ratio | None, point: Root) -> Fraction | None:
    return None if score is None or point.sign_of(score.bottom) == 0 else score.at(point.near())


def _stretch(piece: Piece, view: View, low: Fraction, high: Fraction) -> Iterator[tuple[Point, ...]]:
    """Yield the line of a piece within the window: two points where it is straight."""
    score = piece.score
    ends = [None if edge is None else edge.near() for edge in (piece.stretch.left, piece.stretch.right)]
    scale = view.setting.target if view.relative and view.setting.target else _ONE
    left = low * scale if ends[0] is None else max(ends[0], low * scale)
    right = high * scale if ends[1] is None else min(ends[1], high * scale)
    if score is None or left >= right:
        return
    straight = score.degree <= 1 and len(score.bottom) == 1
    count = 1 if straight else _SMOOTH
    xs = [left + (right - left) * step / count for step in range(count + 1)]
    poles = [x for x in xs if Root.rational(x).sign_of(score.bottom) == 0]
    points = [(view.seen(x), score.at(x)) for x in xs if x not in poles]
    if len(points) > 1:
        yield tuple(points)


def _joined(lines: Sequence[tuple[Point, ...]]) -> tuple[tuple[Point, ...], ...]:
    """Join lines that meet."""
    found: list[tuple[Point, ...]] = []
    for line in lines:
        if found and found[-1][-1] == line[0]:
            found[-1] = (*found[-1], *line[1:])
        else:
            found.append(line)
    return tuple(found)


def _between(bounds: tuple[Formula, Formula], view: View, low: Fraction, high: Fraction) -> Iterator[tuple[Point, ...]]:
    """Yield the areas between the least and the most that a person may give."""
    lower, upper = (_line(formula, view, low, high).lines for formula in bounds)
    edges = sorted({x for line in (*lower, *upper) for x, _ in line})
    for left, right in pairwise(edges):
        bottom = [_height(lower, left, right, x) for x in (left, right)]
        top = [_height(upper, left, right, x) for x in (left, right)]
        corners = [*zip((left, right), bottom, strict=True), *zip((right, left), reversed(top), strict=True)]
        if None not in (*bottom, *top) and bottom != top:
            yield tuple((x, y) for x, y in corners if y is not None)


def _height(lines: Sequence[tuple[Point, ...]], left: Fraction, right: Fraction, x: Fraction) -> Fraction | None:
    """Return the height at `x` of the line over the stretch from `left` to `right`."""
    for line in lines:
        for (x1, y1), (x2, y2) in pairwise(line):
            if x1 <= left and right <= x2:
                return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return None


def _judged(found: Shape, view: View, share: Range, low: Fraction, high: Fraction) -> Shape:
    """Add the area that is left to a person: where its condition holds, or where the target is missed."""
    points, setting = view.setting.points, view.setting
    least, most = (share.low or Fraction(0)) * points, (_ONE if share.high is None else share.high) * points
    if view.rule.when is not None:
        asked = parse_formula(f"如果 {view.rule.when.text} 则 1 否则 0")
    else:
        asked = parse_formula("如果 达标 则 0 否则 1")
        full = _line(parse_formula("如果 达标 则 分值 否则 0"), view, low, high)
        flat = tuple(line for line in full.lines if all(y == points for _, y in line))
        dots = tuple(dot for dot in full.dots if dot.filled and dot.at[1] == points)
        found = Shape(flat, dots, found.areas, tuple(view.seen(edge) for edge in setting.edges()))
    open_ = [line for line in _line(asked, view, low, high).lines if all(y == 1 for _, y in line)]
    areas = tuple(
        ((line[0][0], least), (line[-1][0], least), (line[-1][0], most), (line[0][0], most)) for line in open_
    )
    return replace(found, areas=(*found.areas, *areas))


def bars(rule: RuleInForce, points: Fraction) -> tuple[Bar, ...]:
    """Return the levels or thresholds of a rule, in points."""
    rows = rule.version.levels or rule.version.thresholds or ()
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
