"""Prove what a formula does, exactly and not by sampling, as the achieved value moves along the number line.

The score is a piecewise rational function of the achieved value. The line is cut where it changes from one piece to
another, and each claim is decided on every piece and at every cut with exact arithmetic. What cannot be decided is
said to be unknown, after a search for a counterexample with the evaluator that scores forms.

>>> from pfscore.formulas.formula import parse_formula
>>> claims = prove(parse_formula("分值 * 及格线截断(完成率, 线=60%)"), Setting("higher"))
>>> [(claim.name, claim.verdict) for claim in claims if claim.verdict != "proved"]
[('continuous', 'refuted')]
>>> claims[-1].jumps
(Jump(at=Fraction(3, 5), before=Fraction(0, 1), value=Fraction(3, 5), after=Fraction(3, 5)),)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from pfscore.formulas.evaluation.compiled import Compiled, EvaluationError
from pfscore.formulas.formula import Formula
from pfscore.formulas.proofs.claims import CLAIMS, Claim, Jump, Verdict, Witness
from pfscore.formulas.proofs.direction import way_of
from pfscore.formulas.proofs.number_line import between
from pfscore.formulas.proofs.pieces import Piece, Setting, pieces_of
from pfscore.formulas.proofs.polynomials import Ratio, Root
from pfscore.formulas.proofs.scaling import scales_with_points, scales_with_target

__all__ = ["CLAIMS", "Claim", "Jump", "Setting", "Verdict", "Witness", "prove"]

#: The ways in which a formula may go where a better result never scores less.
_WAYS = {"higher": (0, 1), "lower": (0, -1)}
_NEARER = 200
_NEAR = Fraction(1, 10**15)


def prove(formula: Formula, setting: Setting) -> list[Claim]:
    """Decide every claim of :data:`CLAIMS` about `formula`, in that order.

    A formula that uses a name without a value in `setting` is unknown in everything. Nothing is raised.

    >>> from pfscore.formulas.formula import parse_formula
    >>> [claim.verdict for claim in prove(parse_formula("分值 * 完成率"), Setting("higher"))]
    ['proved', 'refuted', 'proved', 'refuted', 'proved', 'proved']
    """
    return list(_Prover(formula, setting).claims())


class _Prover:
    def __init__(self, formula: Formula, setting: Setting) -> None:
        self.setting = setting
        self.body = formula.body
        self.compiled = Compiled(formula)
        self.missing = set(formula.names) - set(setting.env(setting.edges()[0]))
        self.pieces = [] if self.missing else _without_irrational(pieces_of(formula, setting))
        self.certain = not self.missing and all(map(_known, self.pieces))
        self.torn = _is_torn(self.pieces)
        self.points = Ratio.constant(setting.points)
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
            "met_when_full": lambda: self._first(lambda piece: not piece.met and self._distance(piece) == 0),
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
        """Tell whether nothing that is unknown could break a claim for which no witness was found."""
        if self.missing:
            return False
        if name == "monotone" and way_of(self.body, self.setting) in _WAYS.get(self.setting.direction, ()):
            return True
        if self.certain:
            # Neighbours are compared, and on the two sides of a gap there are none.
            return not (self.torn and name == "monotone")
        return all((piece.defined is False and name != "defined") or self._holds(name, piece) for piece in self.pieces)

    def _holds(self, name: str, piece: Piece) -> bool:
        """Tell whether a claim surely holds on a piece, though the score may not be known there."""
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
        """Tell whether full marks are out of reach."""
        high = piece.bounds.high
        return high is not None and piece.stretch.sign(self.points - high) > 0

    def _within(self, piece: Piece) -> bool:
        low, high = piece.bounds.low, piece.bounds.high
        if low is None or high is None:
            return False
        return piece.stretch.sign(low) >= 0 and piece.stretch.sign(self.points - high) >= 0

    # -- claims about single pieces ---------------------------------------------------------------------------

    def _undefined(self) -> tuple[Witness, ...]:
        return next((self._witness(piece) for piece in self.pieces if piece.defined is False), ())

    def _out_of_bounds(self) -> tuple[Witness, ...]:
        return self._first(
            lambda piece: (
                piece.score is not None
                and (piece.stretch.sign(piece.score) < 0 or piece.stretch.sign(self.points - piece.score) < 0)
            )
        )

    def _not_full(self) -> tuple[Witness, ...]:
        """Return where the target is met without full marks; the target itself before what lies beyond it."""
        found = [piece for piece in self.pieces if piece.met and self._distance(piece) not in {None, 0}]
        places = [piece for piece in found if piece.point is not None and piece.point.exact in self.setting.edges()]
        return next((self._witness(piece) for piece in (*places, *found) if not _irrational(piece)), ())

    def _distance(self, piece: Piece) -> int | None:
        """Return the sign of what is missing to full marks, `None` where the score is not known."""
        return None if piece.score is None else piece.stretch.sign(self.points - piece.score)

    def _first(self, breaks: Callable[[Piece], bool]) -> tuple[Witness, ...]:
        known = (piece for piece in self.pieces if piece.score is not None and not _irrational(piece))
        return next((self._witness(piece) for piece in known if breaks(piece)), ())

    def _witness(self, piece: Piece) -> tuple[Witness, ...]:
        return (self._computed(piece.stretch.sample()),)

    def _computed(self, actual: Fraction) -> Witness:
        try:
            score = self.compiled.run(self.setting.env(actual))
        except EvaluationError:
            score = None
        return Witness(actual, score, self.setting.met(actual))

    # -- claims about neighbours ------------------------------------------------------------------------------

    def _falling(self) -> tuple[Witness, ...]:
        """Return two achieved values of which the better one scores less; short of the target before beyond it."""
        pairs = self._falls()
        first = next(pairs, ())
        beyond = bool(first) and all(one.met for one in first)
        return next((pair for pair in pairs if not all(one.met for one in pair)), first) if beyond else first

    def _falls(self) -> Iterator[tuple[Witness, ...]]:
        for index, piece in enumerate(self.pieces):
            if piece.score is None:
                continue
            wanted = self._wanted(piece)
            if piece.point is None and piece.stretch.sign(piece.score.slope()) * wanted < 0:
                first = piece.stretch.sample()
                yield self._pair(first, between(Root.rational(first), piece.stretch.right), wanted)
            for other, before in ((index - 1, True), (index + 1, False)):
                if piece.point is not None and 0 <= other < len(self.pieces):
                    pair = self._falling_step(self.pieces[other], piece, before=before)
                    if pair:
                        yield pair

    def _wanted(self, piece: Piece) -> int:
        """Return 1 where more is better, -1 where less is: towards the target for `equal` and `between`."""
        setting = self.setting
        if setting.direction in {"higher", "lower"}:
            return 1 if setting.direction == "higher" else -1
        place, edges = piece.stretch.sample(), setting.edges()
        if place < edges[0]:
            return 1
        return -1 if place > edges[-1] else 0

    def _falling_step(self, side: Piece, point: Piece, *, before: bool) -> tuple[Witness, ...]:
        wanted = self._wanted(side)
        if side.score is None or point.score is None or wanted == 0:
            return ()
        step = self._step(side, point)  # the sign of (point − side)
        if (step if before else -step) * wanted >= 0:
            return ()
        return self._pair(*self._nearing(side, point, step, before=before), wanted)

    def _nearing(self, side: Piece, point: Piece, step: int, *, before: bool) -> tuple[Fraction, Fraction]:
        """Return two achieved values around the edge of a stretch, so near that the step between them shows."""
        near, here = side.stretch.sample(), point.stretch.sample()
        if _irrational(point):  # the point goes with the stretch on its other side
            here = self._other_side(point, before=before).stretch.sample()
        for _ in range(_NEARER):
            there, value = self._computed(near).score, self._computed(here).score
            if there is not None and value is not None and (value - there) * step > 0:
                break
            near = _nearer(near, point)
            if _irrational(point):
                here = _nearer(here, point)
        return (near, here) if before else (here, near)

    def _other_side(self, point: Piece, *, before: bool) -> Piece:
        return self.pieces[self.pieces.index(point) + (1 if before else -1)]

    def _pair(self, low: Fraction, high: Fraction, wanted: int) -> tuple[Witness, ...]:
        pair = self._computed(low), self._computed(high)
        return pair if wanted >= 0 else pair[::-1]

    def _step(self, side: Piece, point: Piece) -> int:
        """Return the sign of the point's score minus the limit of the stretch beside it."""
        assert side.score is not None  # noqa: S101 - asked only of pieces with a score
        assert point.score is not None  # noqa: S101
        assert point.point is not None  # noqa: S101
        if point.point.sign_of(side.score.bottom) == 0:  # towards infinity
            return -side.stretch.sign(side.score)
        gap = point.score - side.score
        return point.point.sign_of(gap.top) * point.point.sign_of(gap.bottom)

    def _jumps(self) -> Iterator[Jump]:
        for index, piece in enumerate(self.pieces):
            if piece.point is None or (piece.score is None and piece.defined is not False):
                continue
            around = [self.pieces[i] if 0 <= i < len(self.pieces) else None for i in (index - 1, index + 1)]
            if piece.score is None:
                yield from self._jump_over(around, piece)
                continue
            known = [side for side in around if side is not None and side.score is not None]
            if any(self._step(side, piece) for side in known):
                before, after = (_limit(side, piece.point) for side in around)
                value = None if _irrational(piece) else _limit(piece, piece.point)
                yield Jump(piece.stretch.sample(), before, value, after)

    def _jump_over(self, around: list[Piece | None], hole: Piece) -> Iterator[Jump]:
        """Yield a jump at a place without a score where the scores on its two sides do not meet."""
        left, right = around
        if left is None or right is None or left.score is None or right.score is None or hole.point is None:
            return
        before, after = (_limit(side, hole.point) for side in (left, right))
        gap = left.score - right.score
        meets = hole.point.sign_of(gap.bottom) != 0 and hole.point.sign_of(gap.top) == 0
        if before is None or after is None or not meets:
            yield Jump(hole.stretch.sample(), before, None, after)

    # -- what could not be decided ----------------------------------------------------------------------------

    def _searched(self) -> list[Witness]:
        """Return scores at many achieved values: around the edges, along the range, and in each unknown piece."""
        setting = self.setting
        edges = setting.edges()
        size = max([abs(edge) for edge in edges], default=Fraction(0)) or Fraction(1)
        places = {edge + sign * size / 10**power for edge in edges for power in range(8) for sign in (-1, 0, 1)}
        places |= {size * step / 40 for step in range(-80, 241)}
        places |= {piece.stretch.sample() for piece in self.pieces}
        least, most = setting.least, setting.most
        inside = [p for p in places if (least is None or p >= least) and (most is None or p <= most)]
        return [self._computed(place) for place in sorted(inside)]


def _nearer(place: Fraction, piece: Piece) -> Fraction:
    """Return a number half as far from the point of `piece` as `place` is, on the same side."""
    assert piece.point is not None  # noqa: S101 - asked only of points
    low, high = piece.point.around(abs(place - piece.stretch.sample()) / 4 or _NEAR)
    return (place + (low if place < low else high)) / 2


def _known(piece: Piece) -> bool:
    return piece.defined is False or piece.score is not None


def _is_torn(pieces: list[Piece]) -> bool:
    """Tell whether there is no score between two places where there is one."""
    defined = [index for index, piece in enumerate(pieces) if piece.defined is not False]
    return bool(defined) and any(piece.defined is False for piece in pieces[defined[0] : defined[-1]])


def _irrational(piece: Piece) -> bool:
    return piece.point is not None and piece.point.exact is None


def _without_irrational(pieces: list[Piece]) -> list[Piece]:
    """Give each irrational point to the stretch before it: no achieved value is irrational."""
    found: list[Piece] = []
    for piece in pieces:
        found.append(
            replace(piece, bounds=found[-1].bounds, defined=found[-1].defined) if _irrational(piece) else piece
        )
    return found


def _limit(piece: Piece | None, point: Root) -> Fraction | None:
    """Return the limit of a piece's score at `point`, cut off where it is irrational."""
    if piece is None or piece.score is None or point.sign_of(piece.score.bottom) == 0:
        return None
    place = point.exact if point.exact is not None else (point.low + point.high) / 2
    return piece.score.at(place)


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
