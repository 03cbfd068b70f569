"""Prove what a formula does, exactly and not by sampling, as the achieved value moves along the number line.

The score is put together of pieces, each a line over a line of the achieved value. The number line is cut where it
changes from one piece to another, and each claim is decided on every piece and at every cut with exact arithmetic.
What is no line over a line, such as a product of two moving numbers, or takes more steps than the budget allows, is
not decided: then the verdict is `unknown`, after a search for a counterexample with the evaluator that scores forms.

>>> from pfscore.formulas.formula import parse_formula
>>> claims = prove(parse_formula("分值 * 及格线截断(完成率, 线=60%)"), Setting("higher"))
>>> [(claim.name, claim.verdict) for claim in claims if claim.verdict != "proved"]
[('continuous', 'refuted')]
>>> claims[-1].jumps
(Jump(at=Fraction(3, 5), before=Fraction(0, 1), value=Fraction(3, 5), after=Fraction(3, 5)),)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from pfscore.formulas import syntax_tree as tree
from pfscore.formulas.evaluation.compiled import Compiled, EvaluationError
from pfscore.formulas.formula import Formula, definition_of
from pfscore.formulas.functions import BUILTINS, POLICIES, Follows
from pfscore.formulas.proofs.number_line import between, sign_of
from pfscore.formulas.proofs.pieces import BUDGET, Piece, Setting, pieces_of
from pfscore.formulas.proofs.scaling import scales_with_points, scales_with_target
from pfscore.foundation.errors import PfscoreError
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


#: The ways in which a formula may go where a better result never scores less.
_WAYS = {"higher": (0, 1), "lower": (0, -1)}
_NEARER = 200


def prove(formula: Formula, setting: Setting, budget: int = BUDGET) -> list[Claim]:
    """Decide every claim of :data:`CLAIMS` about `formula`, in that order, in at most `budget` steps.

    A formula that uses a name without a value in `setting` is unknown in everything. Nothing is raised.

    >>> from pfscore.formulas.formula import parse_formula
    >>> [claim.verdict for claim in prove(parse_formula("分值 * 完成率"), Setting("higher"))]
    ['proved', 'refuted', 'proved', 'refuted', 'proved', 'proved']
    """
    return list(_Prover(formula, setting, budget).claims())


class _Prover:
    def __init__(self, formula: Formula, setting: Setting, budget: int) -> None:
        self.setting = setting
        self.body = formula.body
        self.compiled = Compiled(formula)
        self.missing = set(formula.names) - set(setting.env(setting.edges()[0]))
        self.pieces = [] if self.missing else pieces_of(formula, setting, budget)
        self.certain = not self.missing and all(map(_known, self.pieces))
        self.torn = _is_torn(self.pieces)
        scales = {setting.least, setting.most} <= {None, Fraction(0), setting.target}
        only_met = set(formula.names) <= {"points", "met"}
        self.any_points = setting.points > 0 and scales_with_points(formula.body)
        self.any_target = only_met or (
            scales
            and setting.direction != "between"
            and setting.target is not None
            and setting.target > 0
            and scales_with_target(formula.body)
        )

    def claims(self) -> Iterator[Claim]:
        """Yield the claims in order."""
        finders: dict[str, Callable[[], tuple[Witness, ...]]] = {
            "defined": self._undefined,
            "bounded": self._out_of_bounds,
            "monotone": self._falling,
            "full_when_met": self._not_full,
            "met_when_full": self._not_met,
        }
        if self.pieces and all(piece.defined is False for piece in self.pieces):
            # Nothing can be said about scores that there are not.
            yield Claim("defined", "refuted", self._undefined(), nowhere=True)
            yield from (Claim(name, "unknown", nowhere=True) for name in CLAIMS if name != "defined")
            return
        searched = None if (self.certain and not self.torn) or self.missing else self._searched()
        for name, find in finders.items():
            witnesses = find()
            if not witnesses and searched is not None:
                witnesses = _found(name, searched, self.setting)
            verdict: Verdict = "refuted" if witnesses else "proved" if self._decided(name) else "unknown"
            yield Claim(name, verdict, witnesses, (), self.any_points, self.any_target)
        jumps = tuple(self._jumps())
        verdict = "refuted" if jumps else "proved" if self.certain else "unknown"
        yield Claim("continuous", verdict, (), jumps, self.any_points, self.any_target)

    def _decided(self, name: str) -> bool:
        """Return whether nothing that is unknown could break a claim for which no witness was found."""
        if self.missing:
            return False
        if name == "monotone" and _way_of(self.body, self.setting) in _WAYS.get(self.setting.direction, ()):
            return True
        if self.certain:
            # Neighbours are compared, and on the two sides of a gap there are none.
            return not (self.torn and name == "monotone")
        return all((piece.defined is False and name != "defined") or self._holds(name, piece) for piece in self.pieces)

    def _holds(self, name: str, piece: Piece) -> bool:
        """Return whether a claim surely holds on a piece, though the score may not be known there."""
        match name:
            case "defined":
                return bool(piece.defined)
            case "bounded":
                return self._within(piece)
            case "full_when_met":
                return not piece.met or self._distance(piece) == 0
            case "met_when_full":
                return piece.met or self._short(piece)
        return False

    def _short(self, piece: Piece) -> bool:
        """Return whether full marks are out of reach."""
        high = piece.bounds.high
        return high is not None and piece.stretch.sign(high.missing_to(self.setting.points)) > 0

    def _within(self, piece: Piece) -> bool:
        low, high = piece.bounds.low, piece.bounds.high
        if low is None or high is None:
            return False
        return piece.stretch.sign(low) >= 0 and piece.stretch.sign(high.missing_to(self.setting.points)) >= 0

    # -- claims about single pieces ---------------------------------------------------------------------------

    def _undefined(self) -> tuple[Witness, ...]:
        return self._first(lambda piece: piece.defined is False)

    def _out_of_bounds(self) -> tuple[Witness, ...]:
        return self._first(lambda piece: piece.score is not None and not self._within(piece))

    def _not_full(self) -> tuple[Witness, ...]:
        """Return where the target is met without full marks; the target itself before what lies beyond it."""
        found = [piece for piece in self.pieces if piece.met and self._distance(piece) not in {None, 0}]
        places = [piece for piece in found if piece.point in self.setting.edges()]
        return next((self._witness(piece) for piece in (*places, *found)), ())

    def _not_met(self) -> tuple[Witness, ...]:
        return self._first(lambda piece: not piece.met and self._distance(piece) == 0)

    def _distance(self, piece: Piece) -> int | None:
        """Return the sign of what is missing to full marks, `None` where the score is not known."""
        return None if piece.score is None else piece.stretch.sign(piece.score.missing_to(self.setting.points))

    def _first(self, breaks: Callable[[Piece], bool]) -> tuple[Witness, ...]:
        return next((self._witness(piece) for piece in self.pieces if breaks(piece)), ())

    def _witness(self, piece: Piece) -> tuple[Witness, ...]:
        return (self._computed(piece.stretch.sample),)

    def _computed(self, actual: Fraction) -> Witness:
        try:
            score = self.compiled.run(self.setting.env(actual))
        except EvaluationError:
            score = None
        return Witness(actual, score, self.setting.met(actual))

    # -- claims about neighbours ------------------------------------------------------------------------------

    def _falling(self) -> tuple[Witness, ...]:
        """Return two achieved values of which the better one scores less; short of the target before beyond it."""
        falls = list(self._falls())
        chosen = next((fall for fall in falls if not all(piece.met for piece in fall)), falls[0] if falls else None)
        return () if chosen is None else self._pair(*chosen)

    def _falls(self) -> Iterator[tuple[Piece, Piece]]:
        """Yield the stretches on which a better result scores less, twice, and neighbours of which the better does."""
        for index, piece in enumerate(self.pieces):
            if piece.score is None:
                continue
            if piece.point is None:
                if piece.score.direction * self._wanted(piece) < 0:
                    yield piece, piece
                continue
            for low, high in ((index - 1, index), (index, index + 1)):
                if low >= 0 and high < len(self.pieces):
                    pair = self.pieces[low], self.pieces[high]
                    side = pair[1] if low == index else pair[0]
                    if side.score is not None and _rise(*pair) * self._wanted(side) < 0:
                        yield pair

    def _wanted(self, piece: Piece) -> int:
        """Return 1 where more is better, -1 where less is: towards the target for `equal` and `between`."""
        setting = self.setting
        if setting.direction in {"higher", "lower"}:
            return 1 if setting.direction == "higher" else -1
        place, edges = piece.stretch.sample, setting.edges()
        if place < edges[0]:
            return 1
        return -1 if place > edges[-1] else 0

    def _pair(self, low: Piece, high: Piece) -> tuple[Witness, ...]:
        """Return two values of which the better one scores less, the worse one first."""
        if low is high:
            first = low.stretch.sample
            pair = self._computed(first), self._computed(between(first, low.stretch.right))
        else:
            pair = self._computed(low.stretch.sample), self._computed(high.stretch.sample)
            rise = _rise(low, high)
            for _ in range(_NEARER):
                before, after = (one.score for one in pair)
                if before is not None and after is not None and (after - before) * rise > 0:
                    break
                middle = (pair[0].actual + pair[1].actual) / 2
                pair = (self._computed(middle), pair[1]) if low.point is None else (pair[0], self._computed(middle))
        side = low if low.point is None else high
        return pair if self._wanted(side) >= 0 else pair[::-1]

    def _jumps(self) -> Iterator[Jump]:
        around = [None, *self.pieces, None]
        for left, piece, right in zip(around, self.pieces, around[2:], strict=False):
            point = piece.point
            if point is None or (piece.score is None and piece.defined is not False):
                continue
            before, after = _limit(left, point), _limit(right, point)
            if piece.score is None:
                known = [side for side in (left, right) if side is not None and side.score is not None]
                if len(known) == 2 and (before is None or before != after):
                    yield Jump(point, before, None, after)
                continue
            value = piece.score.a
            known = [side for side in (left, right) if side is not None and side.score is not None]
            if any(_limit(side, point) != value for side in known):
                yield Jump(point, before, value, after)

    # -- what could not be decided ----------------------------------------------------------------------------

    def _searched(self) -> list[Witness]:
        """Return scores at many achieved values: around the edges, along the range, and in each unknown piece."""
        setting = self.setting
        edges = setting.edges()
        size = max([abs(edge) for edge in edges], default=Fraction(0)) or Fraction(1)
        places = {edge + sign * size / 10**power for edge in edges for power in range(8) for sign in (-1, 0, 1)}
        places |= {size * step / 40 for step in range(-80, 241)}
        places |= {piece.stretch.sample for piece in self.pieces}
        least, most = setting.least, setting.most
        inside = [p for p in places if (least is None or p >= least) and (most is None or p <= most)]
        return [self._computed(place) for place in sorted(inside)]


def _known(piece: Piece) -> bool:
    return piece.defined is False or piece.score is not None


def _is_torn(pieces: list[Piece]) -> bool:
    """Return whether there is no score between two places where there is one."""
    defined = [index for index, piece in enumerate(pieces) if piece.defined is not False]
    return bool(defined) and any(piece.defined is False for piece in pieces[defined[0] : defined[-1]])


def _limit(piece: Piece | None, point: Fraction) -> Fraction | None:
    """Return the limit of a piece's score at `point`, where there is one."""
    return None if piece is None or piece.score is None else piece.score.limit(point)


def _rise(low: Piece, high: Piece) -> int:
    """Return the sign of the step from a stretch to the point beside it, or from a point to the stretch."""
    point, side, way = (high, low, 1) if low.point is None else (low, high, -1)
    if point.point is None or point.score is None or side.score is None:
        return 0
    limit = side.score.limit(point.point)
    if limit is None:  # towards infinity
        return -way * side.stretch.sign(side.score)
    return way * sign_of(point.score.a - limit)


def _found(name: str, searched: list[Witness], setting: Setting) -> tuple[Witness, ...]:
    """Return the witnesses against a claim among values that were tried."""
    for one in searched:
        if name == "defined" and one.score is None:
            return (one,)
        if one.score is None:
            continue
        full = one.score == setting.points
        if (
            (name == "bounded" and not 0 <= one.score <= setting.points)
            or (name == "full_when_met" and one.met and not full)
            or (name == "met_when_full" and full and not one.met)
        ):
            return (one,)
    return _found_falling(searched, setting) if name == "monotone" else ()


def _found_falling(searched: list[Witness], setting: Setting) -> tuple[Witness, ...]:
    edges = setting.edges()
    scored = [(one, one.score) for one in searched if one.score is not None]
    for (worse, low), (better, high) in pairwise(scored):
        rising = setting.direction == "higher" or (
            setting.direction in {"equal", "between"} and better.actual <= edges[0]
        )
        sinking = setting.direction == "lower" or (
            setting.direction in {"equal", "between"} and worse.actual >= edges[-1]
        )
        if rising and low > high:
            return (worse, better)
        if sinking and high > low:
            return (better, worse)
    return ()


_RATES = frozenset({"completion", "execution_rate", "deviation_rate"})
_MOVING = frozenset({"actual", "expenditure", "met"}) | _RATES


def _way_of(node: tree.Expr, setting: Setting) -> int | None:
    """Return 1 for what never falls as the achieved value grows, -1 for what never rises, 0 for a constant.

    `None` where that is not seen from the parts: nothing is computed here but constants. A rounding keeps the order of
    numbers however many steps it has, so a formula of which not every step can be looked at may still be known to rise.

    >>> from pfscore.formulas.formula import parse_formula
    >>> _way_of(parse_formula("分值 * min(四舍五入(完成率, 9), 1)").body, Setting("higher"))
    1
    """
    match node:
        case tree.Number():
            return 0
        case tree.Name(name):
            return _of_name(name, setting)
        case tree.Minus(operand):
            return _turned(_way_of(operand, setting))
        case tree.Arithmetic(ops, operands) if ops[0] in "+-":
            first, *others = (_way_of(operand, setting) for operand in operands)
            ways = [first, *(_turned(way) if op == "-" else way for op, way in zip(ops, others, strict=True))]
            return _shared(ways)
        case tree.Arithmetic():
            return _of_product(node, setting)
        case tree.Conditional(conditions, results):
            truths = [*map(_truth, conditions), True]
            return None if None in truths else _way_of(results[truths.index(True)], setting)
        case tree.Call(function, arguments) if function in POLICIES:
            return _way_of(tree.with_names(definition_of(function), POLICIES[function].bound(arguments)), setting)
        case tree.Call(function, arguments) if function in BUILTINS:
            return _of_call(BUILTINS[function].direction, [_way_of(argument, setting) for argument in arguments])
    return None


def _of_call(direction: Follows, ways: list[int | None]) -> int | None:
    if direction is Follows.ALL:
        return _shared(ways)
    if set(ways[1:]) <= {0} and (ways[0] == 0 or direction is Follows.FIRST):
        return ways[0]
    return None


def _of_name(name: str, setting: Setting) -> int | None:
    if name not in _MOVING or name in setting.values:
        return 0
    if name in _RATES:
        return None if not setting.target else 1 if setting.target > 0 else -1
    return None if name == "met" else 1


def _turned(way: int | None) -> int | None:
    return None if way is None else -way


def _shared(ways: list[int | None]) -> int | None:
    """Return the way that all have which are no constants."""
    found = {way for way in ways if way != 0}
    return None if len(found) > 1 else next(iter(found), 0)


def _of_product(node: tree.Arithmetic, setting: Setting) -> int | None:
    """Return the way of a product or a quotient of which only one factor above the bar moves."""
    ways = [_way_of(operand, setting) for operand in node.operands]
    moving = [index for index, way in enumerate(ways) if way != 0]
    if not moving:
        return 0
    if len(moving) > 1 or (moving[0] > 0 and node.ops[moving[0] - 1] == "/"):
        return None
    way = ways[moving[0]]
    for index, operand in enumerate(node.operands):
        if index not in moving:
            value = _value(operand, setting)
            if value is None or value == 0:
                return None if value is None else 0
            way = way if value > 0 else _turned(way)
    return way


def _value(node: tree.Expr, setting: Setting) -> Fraction | None:
    """Return the value of a constant."""
    try:
        return Compiled(Formula("", node)).run(setting.env(setting.edges()[0]))
    except PfscoreError:
        return None


def _truth(condition: tree.Expr) -> bool | None:
    """Return whether a condition on the options of a policy holds; `None` for every other condition."""
    match condition:
        case tree.Compare(("=",), (tree.Word(one), tree.Word(other))):
            return one == other
    return None
