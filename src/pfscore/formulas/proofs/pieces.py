"""What the achieved value may be, and the pieces of a formula over all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from pfscore.cells.readings import Direction
from pfscore.formulas.evaluation.compiled import Compiled, EvaluationError
from pfscore.formulas.formula import Formula
from pfscore.formulas.proofs.number_line import Cut, Ratio, Stretch
from pfscore.formulas.proofs.values import MAX_STEPS, UNKNOWN, Bounds, OnStretch, Truth, Undefined, Value

#: How many steps a proof may take: parts of the formula that are computed, and pieces of the line. The first half is
#: spent on the steps of roundings one by one, the second on bounds for them; then the rest of the line is unknown.
BUDGET = 40_000
#: How often a stretch is halved.
_MAX_HALVINGS = 48
#: What a piece of the line costs besides the parts of the formula.
_PIECE = 4
#: The days of a year, and of the plan against which lateness is proved.
_YEAR, _PLANNED = Fraction(365), Fraction(100)


@dataclass(frozen=True)
class Setting:
    """What is fixed while the achieved value moves from `least` to `most`, and when it meets the target.

    For `between` the target is the interval from `low` to `high`. With `strict` the edge itself does not meet the
    target (`>`, `<`). `values` holds what else the formula uses. Budget lines are `higher`, with the budget as the
    target and the expenditure as what moves. With `late` it is the days beyond a time limit.
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
    late: bool = False

    def edges(self) -> list[Fraction]:
        """Return the numbers at which it changes whether the target is met."""
        edges = (self.low, self.high) if self.direction == "between" else (self.target,)
        return [edge for edge in edges if edge is not None]

    def met(self, x: Fraction) -> bool:
        """Return whether the achieved value `x` meets the target."""
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
        if self.late:
            lateness = {"days_late": x, "years_late": x / _YEAR, "planned_days": _PLANNED}
            return {"points": self.points, "met": self.met(x), **lateness, **self.values}
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
        """Return the same, except `met`, with functions of the achieved value for what moves.

        What moves goes up in a straight line: two of its values say all.
        """
        start, end = self.env(Fraction(0)), self.env(Fraction(1))
        env: dict[str, Value] = {}
        for name, value in start.items():
            if isinstance(value, bool):
                env[name] = Truth(value)
            else:
                env[name] = Bounds.exactly(Ratio(value, Fraction(end[name]) - value))
        return env


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch or a point on which the formula is one function (`score`), or has no result, or is not known.

    `score` is `None` where there is no result or where only `bounds` are known; `defined` is `None` where it is not
    known whether there is a result.
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
    def point(self) -> Fraction | None:
        """The place, where the piece is a point."""
        return self.stretch.point


class _Line:
    def __init__(self, formula: Formula, setting: Setting, budget: int) -> None:
        self.body, self.setting = formula.body, setting
        self.compiled = Compiled(formula)
        self.env = setting.moving()
        self.budget, self.half = budget, budget // 2

    def pieces(self, stretch: Stretch) -> Iterator[Piece]:
        """Yield the pieces of one stretch from left to right."""
        waiting = [(stretch, 0)]
        while waiting:
            stretch, halvings = waiting.pop()
            self.budget -= _PIECE
            if self.budget < 0:
                yield self._piece(stretch, UNKNOWN, defined=None)
            elif stretch.point is not None:
                yield self._at(stretch, stretch.point)
            else:
                max_steps = MAX_STEPS if self.budget > self.half else 0
                try:
                    piece, final = self._on(stretch, max_steps)
                    if _is_open(piece) and stretch.right is None:
                        steady, _ = self._on(stretch, max_steps, steady=True)
                        piece = piece if _is_open(steady) else steady
                except Cut as cut:
                    waiting += [(part, halvings) for part in reversed(stretch.cut(cut.places))]
                    continue
                if _is_open(piece) and not final and halvings < _MAX_HALVINGS and max_steps:
                    waiting += [(part, halvings + 1) for part in reversed(stretch.bisected())]
                else:
                    yield piece

    def _at(self, stretch: Stretch, point: Fraction) -> Piece:
        """Return the piece of a point, computed as a form is scored."""
        self.budget -= _PIECE
        try:
            score = self.compiled.run(self.setting.env(point))
        except EvaluationError:
            return self._piece(stretch, UNKNOWN, defined=False)
        return self._piece(stretch, Bounds.exactly(Ratio(score)), defined=True)

    def _on(self, stretch: Stretch, max_steps: int, *, steady: bool = False) -> tuple[Piece, bool]:
        """Return the piece of an open stretch, and whether shorter ones would not be known better."""
        computer = OnStretch(stretch, max_steps, steady=steady)
        try:
            met = self.setting.values.get("met", self.setting.met(stretch.sample))
            bounds = computer.number(self.body, {**self.env, "met": Truth(bool(met))})
            self._decide(stretch, bounds)
        except Undefined:
            return self._piece(stretch, UNKNOWN, defined=False), True
        finally:
            self.budget -= computer.work
        piece = self._piece(stretch, bounds, defined=None if computer.doubtful else True)
        return piece, computer.doubtful or computer.beyond

    def _decide(self, stretch: Stretch, bounds: Bounds) -> None:
        """Cut the stretch so that on each part the score has one sign and one side of full marks."""
        for side in {bounds.low, bounds.high}:
            if side is not None:
                stretch.sign(side)
                stretch.sign(side.missing_to(self.setting.points))

    def _piece(self, stretch: Stretch, bounds: Bounds, *, defined: bool | None) -> Piece:
        return Piece(stretch, bounds, defined, self.setting.met(stretch.sample))


def _is_open(piece: Piece) -> bool:
    return piece.defined is None or (piece.defined and piece.score is None)


def pieces_of(formula: Formula, setting: Setting, budget: int = BUDGET) -> list[Piece]:
    """Return the pieces of `formula` over all that the achieved value may be, from left to right."""
    line = _Line(formula, setting, budget)
    whole = Stretch(setting.least, setting.most)
    stretches = whole.cut(edge for edge in setting.edges() if whole.contains(edge))
    if setting.least is not None:
        stretches.insert(0, Stretch.at(setting.least))
    if setting.most is not None:
        stretches.append(Stretch.at(setting.most))
    return [piece for stretch in stretches for piece in line.pieces(stretch)]
