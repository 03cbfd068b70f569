"""What the achieved value may be, and the pieces of a formula over all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from pfscore.cells.readings import Direction
from pfscore.formulas.formula import Formula
from pfscore.formulas.proofs.number_line import Cut, Stretch, TooComplex
from pfscore.formulas.proofs.polynomials import Ratio, Root
from pfscore.formulas.proofs.values import MAX_STEPS, ONE, Bounds, OnStretch, Truth, Undefined, Value
from pfscore.formulas.syntax_tree import Expr

#: How many stretches are computed with their steps, and how often one is halved. Beyond that, steps become bounds.
MAX_STRETCHES = 1500
MAX_HALVINGS = 48
#: How many parts of the formula are computed in all, so that no formula keeps an author waiting.
MAX_WORK = 50_000

#: The moving number.
_X = Ratio((Fraction(0), Fraction(1)))


@dataclass(frozen=True)
class Setting:
    """What is fixed while the achieved value moves from `least` to `most`, and when it meets the target.

    For `between` the target is the interval from `low` to `high`. With `strict` the edge itself does not meet the
    target (`>`, `<`). `values` holds what else the formula uses. Budget lines are `higher`, with the budget as the
    target and the expenditure as what moves.
    """

    direction: Direction
    points: Fraction = Fraction(1)
    target: Fraction | None = Fraction(1)
    low: Fraction | None = None
    high: Fraction | None = None
    strict: bool = False
    least: Fraction | None = Fraction(0)
    most: Fraction | None = None
    values: Mapping[str, Fraction | bool] = field(default_factory=dict, hash=False)

    def edges(self) -> list[Fraction]:
        """Return the numbers at which it changes whether the target is met."""
        edges = (self.low, self.high) if self.direction == "between" else (self.target,)
        return [edge for edge in edges if edge is not None]

    def met(self, x: Fraction) -> bool:
        """Tell whether the achieved value `x` meets the target."""
        if self.direction == "between":
            low, high = self.edges()
            return low < x < high if self.strict else low <= x <= high
        target = self.edges()[0]
        if self.direction == "equal":
            return x == target
        if x == target:
            return not self.strict
        return (x > target) is (self.direction == "higher")

    def env(self, x: Fraction) -> dict[str, Fraction | bool]:
        """Return what a formula is given where the achieved value is `x`."""
        env: dict[str, Fraction | bool] = {"points": self.points, "actual": x, "expenditure": x, "met": self.met(x)}
        for name in ("target", "low", "high"):
            if (value := getattr(self, name)) is not None:
                env[name] = value
        if self.target is not None:
            env["budget"] = self.target
            if self.target:
                env["completion"] = env["execution_rate"] = x / self.target
                env["deviation_rate"] = x / self.target - 1
        return {**env, **self.values}

    def moving(self) -> dict[str, Value]:
        """Return the same, except `met`, with functions of the achieved value for what moves."""
        env: dict[str, Value] = {}
        for name, value in self.env(Fraction(0)).items():
            env[name] = Truth(value) if isinstance(value, bool) else Bounds.exactly(Ratio.constant(value))
        moving = {"actual": _X, "expenditure": _X}
        if self.target:
            rate = _X * Ratio.constant(1 / self.target)
            moving |= {"completion": rate, "execution_rate": rate, "deviation_rate": rate - ONE}
        return env | {name: Bounds.exactly(ratio) for name, ratio in moving.items() if name not in self.values}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch or a point on which the formula is one function (`score`), or has no result, or is not known.

    `score` is `None` where there is no result or where only `bounds` are known; `defined` is `None` where it cannot
    be told whether there is a result.
    """

    stretch: Stretch
    bounds: Bounds
    defined: bool | None
    met: bool

    @property
    def score(self) -> Ratio | None:
        """The function that the formula is here."""
        return self.bounds.exact if self.defined else None

    @property
    def point(self) -> Root | None:
        """The place, where the piece is a point."""
        return self.stretch.point


_NOTHING = Bounds(None, None)


class _Line:
    def __init__(self, body: Expr, setting: Setting) -> None:
        self.body, self.setting = body, setting
        self.env = setting.moving()
        self.points = Ratio.constant(setting.points)
        self.left = MAX_STRETCHES
        self.work = MAX_WORK

    def pieces(self, stretch: Stretch, halvings: int = 0) -> Iterator[Piece]:
        """Yield the pieces of one stretch from left to right."""
        waiting = [(stretch, halvings)]
        while waiting:
            stretch, halvings = waiting.pop()
            self.left -= 1
            if self.work < 0:
                self.left = min(self.left, 0)
            if self.left < -MAX_STRETCHES or self.work < -MAX_WORK:
                yield self._piece(stretch, _NOTHING, defined=None)
                continue
            try:
                piece, doubtful = self._one(stretch, MAX_STEPS if self.left > 0 else 0)
                if _is_open(piece) and stretch.right is None and stretch.point is None:
                    steady, _ = self._one(stretch, MAX_STEPS if self.left > 0 else 0, steady=True)
                    piece = piece if _is_open(steady) else steady
            except Cut as cut:
                waiting += [(part, halvings) for part in reversed(stretch.cut(cut.places))]
                continue
            if _is_open(piece) and not doubtful and stretch.point is None and halvings < MAX_HALVINGS and self.left > 0:
                waiting += [(part, halvings + 1) for part in reversed(stretch.bisected())]
            else:
                yield piece

    def _one(self, stretch: Stretch, max_steps: int, *, steady: bool = False) -> tuple[Piece, bool]:
        computer = OnStretch(stretch, max_steps, steady=steady)
        try:
            env = self.env if "met" in self.setting.values else {**self.env, "met": self._met(stretch)}
            bounds = computer.number(self.body, env)
            self._decide(stretch, bounds)
        except Undefined:
            return self._piece(stretch, _NOTHING, defined=False), False
        except (TooComplex, KeyError):
            return self._piece(stretch, _NOTHING, defined=None), True
        finally:
            self.work -= computer.work
        return self._piece(stretch, bounds, defined=None if computer.doubtful else True), computer.doubtful

    def _met(self, stretch: Stretch) -> Truth:
        return Truth(self.setting.met(stretch.sample()))

    def _decide(self, stretch: Stretch, bounds: Bounds) -> None:
        """Cut the stretch so that on each part the score has one sign, one side of full marks, and one slope."""
        for side in {bounds.low, bounds.high}:
            if side is not None:
                stretch.sign(side)
                stretch.sign(self.points - side)
        if stretch.point is None and bounds.exact is not None:
            stretch.sign(bounds.exact.slope())

    def _piece(self, stretch: Stretch, bounds: Bounds, *, defined: bool | None) -> Piece:
        return Piece(stretch, bounds, defined, self.setting.met(stretch.sample()))


def _is_open(piece: Piece) -> bool:
    return piece.defined is None or (piece.defined and piece.score is None)


def pieces_of(formula: Formula, setting: Setting) -> list[Piece]:
    """Return the pieces of `formula` over all that the achieved value may be, from left to right."""
    line = _Line(formula.body, setting)
    ends = [None if edge is None else Root.rational(edge) for edge in (setting.least, setting.most)]
    whole = Stretch(ends[0], ends[1])
    inside = [root for edge in setting.edges() if whole.contains(root := Root.rational(edge))]
    stretches = whole.cut(inside)
    if ends[0] is not None:
        stretches.insert(0, Stretch(None, None, ends[0]))
    if ends[1] is not None:
        stretches.append(Stretch(None, None, ends[1]))
    return [piece for stretch in stretches for piece in line.pieces(stretch)]
