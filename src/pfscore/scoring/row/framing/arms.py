"""Arms: the rows of a shape whose actual stands alike to the target, and the function of integers for their points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import gcd
from typing import Any, NamedTuple

from pfscore.cells.lexicon.quantities import RATIO
from pfscore.cells.readings import Measured
from pfscore.formulas.evaluation.compiled import Compiled
from pfscore.formulas.evaluation.generated import ScoreFunction, generate_score
from pfscore.formulas.formula import Formula
from pfscore.formulas.proofs.scaling import scales_with_points, scales_with_target
from pfscore.formulas.syntax_tree import Conditional, Name
from pfscore.foundation.numbers import Rounding, to_decimal
from pfscore.rulesets.in_force import RuleInForce
from pfscore.rulesets.model.base import StepRounding
from pfscore.rulesets.model.way import ByBands, ByFormula, ByLevels, ByThresholds, Way
from pfscore.scoring.row.awarding.award import rounding_of
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.row.figures import OF_NO_NAME, SURELY_MEANT, TENTH, Figures, asked_by, may_be_slip
from pfscore.scoring.row.framing.shapes import ONE_IN_SCALE, Number, Shape
from pfscore.scoring.row.score import IndicatorScore

#: How many arms a shape has, and the place of the one that is the engine's.
ARMS, FAR = 6, 3
#: The places of the arms below the only edge of a target, at it and above.
BELOW, AT, ABOVE = ARMS - 1, 0, 1
_ONE_EDGE = frozenset({1, ONE_IN_SCALE})
#: One of two numbers is not taken for a decimal of the other one (0.98 beside 95%), or for one without its scale, up to
#: this factor; where the target is at most 1, and may be the decimal, up to a lower one.
_NEAR_IN_SCALE = 49
#: More than any number that is taken from a cell.
ENDLESS = 10**10
#: The attributes of a score that are known without the engine, by name.
Given = dict[str, Any]


class _Decimals(dict[int, Decimal]):
    """Scores by their number of units, of which `scale` are a point."""

    def __init__(self, scale: int) -> None:
        super().__init__()
        self._scale = scale

    def __missing__(self, score: int) -> Decimal:
        found = to_decimal(Fraction(score, self._scale))
        if len(self) < 65536:
            self[score] = found
        return found


_decimals_of = lru_cache(maxsize=64)(_Decimals)


class Computation(NamedTuple):
    """What decides the function of an arm: its formula, what is known, and what a row gives.

    `decimals` is how the score is rounded, `rate` how the completion is before scoring, `standing` how the actual
    stands to a target in whose units it is computed.
    """

    formula: Formula
    met: bool | None
    names: frozenset[str]
    decimals: tuple[int, Rounding]
    rate: tuple[int, Rounding] | None
    in_units_of: frozenset[str]
    standing: int | None = None

    @property
    def known(self) -> dict[str, bool | Fraction]:
        """What is the same for every row."""
        known: dict[str, bool | Fraction] = {"deduction": Fraction(0)}
        known.update(dict.fromkeys(self.in_units_of, Fraction(1)))
        return known if self.met is None else known | {"met": self.met}

    @property
    def uses_target(self) -> bool:
        """Whether a row gives the edges of its target."""
        used = {"target", "low", "high", "completion", "deviation_rate"}
        return "target" not in self.in_units_of and not used.isdisjoint(self.formula.names)


@dataclass(slots=True, eq=False)
class Arm:
    """The rows of a shape whose actual stands alike to the target; nothing is known of them before the first one."""

    compute: Callable[..., int] | None = None
    #: What the function computes.
    computation: Computation | None = None
    #: What all computed scores of the arm share, and the decimals of these.
    given: Given = field(default_factory=dict)
    decimals: dict[int, Decimal] = field(default_factory=dict)
    #: Where the points alone decide, the scores by their texts.
    by_points: dict[str | None, Decimal] | None = None
    #: Whether the function takes actual ÷ target in place of the actual.
    by_ratio: bool = False
    #: Whether all rows that the function computes are doubted, so that their points alone decide.
    is_doubted: bool = False
    #: Whether nothing more can be learned: a function was found, or the engine scores every row.
    is_settled: bool = False

    def find_function(
        self, score: IndicatorScore, given: Given, compiled: Compiled | None, pair: Pair, number: Number, worth: Number
    ) -> None:
        """Make the function of the arm, and keep it if it gives what the engine gave for its first row.

        Of rows that are doubted the function says only that they are scored. `number` is that of the row's actual,
        `worth` its points.
        """
        self.is_settled = True
        in_doubt = score.award.in_doubt
        if (score.outcome is not Outcome.SCORED and not in_doubt) or score.diagnostics:
            return
        found = _function_for(score, compiled, pair, number)
        if found is None:
            return
        made, function = found
        scale, by_ratio = 10 ** made.decimals[0], "target" in made.in_units_of
        result = function.compute(*pair.actual(*number, by_ratio=by_ratio), worth, pair.target)
        if result >= 0 and (in_doubt or score.award.low == score.award.high == Fraction(result, scale)):
            self.is_doubted = in_doubt
            self.compute, self.computation = function.compute, made
            self.by_points = _scores_of(made) if function.by_points and not in_doubt else None
            self.by_ratio, self.decimals = by_ratio, _decimals_of(scale)
            self.given = {name: given[name] for name in given if name not in {"score", "low", "high"}}


def _function_for(
    score: IndicatorScore, compiled: Compiled | None, pair: Pair, number: Number
) -> tuple[Computation, ScoreFunction] | None:
    """Return the function for the points of rows whose actual stands to its target as `number` does."""
    rule = score.rule_in_force
    if rule is None or rule.when is not None:
        return None
    rounding, at_completion = rounding_of(rule, "score"), rounding_of(rule, "completion")
    decimals, rate = _decimals(rounding), _decimals(at_completion)
    if compiled is None or decimals is None or not _is_everywhere(rule.way):
        return None
    if score.cells is None or not isinstance(score.cells.actual, Measured):
        return None
    if at_completion is not None and rate is None:
        return None
    body = compiled.formula.body
    names = {"actual", "points", *({"target"} if pair.edges in _ONE_EDGE else {"low", "high"})}
    units: set[str] = {"points"} if scales_with_points(body) else set()
    if pair.edges in _ONE_EDGE and pair.of:
        names |= {"completion", "deviation_rate"}
        units |= {"target"} if scales_with_target(body) else set()
    made = Computation(compiled.formula, score.met, frozenset(names), decimals, rate, frozenset(units))
    if "target" in units:
        made = made._replace(standing=pair.standing(*number))
    found = _function_of(made)
    if found is None and units:
        made = made._replace(in_units_of=frozenset(), standing=None)
        found = _function_of(made)
    return None if found is None else (made, found)


@lru_cache(maxsize=4096)
def _function_of(made: Computation) -> ScoreFunction | None:
    """Return the function of a formula, which all arms share that know the same."""
    known = {name: value for name, value in made.known.items() if name not in made.in_units_of}
    body, names, decimals, rate, units, standing = made.formula.body, *made[2:]
    return generate_score(body, known, names, decimals, rate, in_units_of=units, standing=standing)


def new_arms() -> tuple[Arm, ...]:
    """Return the arms of a frame in one place."""
    return tuple(Arm() for _ in range(ARMS))


@lru_cache(maxsize=64)
def _scores_of(_made: Computation) -> dict[str | None, Decimal]:
    """Return the scores of all arms that compute the same, by the texts of points."""
    return {}


@dataclass(slots=True, eq=False)
class Frame:
    """The rows of one shape; `arms` are those of rows that say nothing of their place.

    `whole` is 100% as an actual, rounded down, where the actual is in percent.
    """

    shape: Shape
    arms: tuple[Arm, ...] = field(default_factory=new_arms)
    whole: int = field(init=False)

    def __post_init__(self) -> None:
        size, per = self.shape.actual
        self.whole = per // size if self.shape.is_rate else ENDLESS


@dataclass(slots=True, eq=False)
class Pair:
    """A frame with the numbers of a target put in.

    `size` / `per` is what 1 of the actual is, `share` / `of` what it is in units of the target, and `target` holds the
    edges that it is compared with, as numerators and denominators. No actual is doubted that reaches the target, up to
    `most`, or that is less by a factor of at most `few`; `is_simple` says that it has one edge, and that no actual
    below it is above 100%.
    """

    edges: int
    share: int
    of: int
    frame: Frame
    size: int
    per: int
    target: tuple[int, int, int, int]
    most: int
    few: int
    is_simple: bool

    @classmethod
    def of_numbers(cls, frame: Frame, numbers: tuple[Number, ...]) -> Pair:
        """Return a frame with the numbers of a target put in."""
        edges, (size, per), (actual, actual_per), _, is_rate, _ = frame.shape
        whole = frame.whole
        if not edges:
            return cls(edges, 1, 1, frame, actual, actual_per, (0, 1, 0, 1), whole, ENDLESS, is_simple=False)
        number, power = numbers[0]
        low, low_per = number * size, power * per
        share, of = actual * low_per, low * actual_per
        if (divisor := gcd(share, of)) > 1:
            share, of = share // divisor, of // divisor
        high, high_per = numbers[-1]
        target = low, low_per, high * size, high_per * per
        most = SURELY_MEANT * of // share
        if most > whole or not of:
            most = whole
        is_simple = edges == 1 and (not is_rate or of <= whole * share)
        few = TENTH[0] if is_rate and edges in _ONE_EDGE else SURELY_MEANT
        return cls(edges, share, of, frame, actual, actual_per, target, most, few, is_simple)

    def standing(self, number: int, power: int) -> int:
        """Return how an actual of `number` / `power` stands to the target, as an index of the arms.

        0 is at the target or in an interval, 1 and -1 at its ends, 1 and 2 above, -1 and -2 below. Where nothing is
        compared, 0 may answer 零投诉, and 100% any words. What is so far from its target that its size may be doubted,
        or its scale, is :data:`FAR`.
        """
        if not self.edges:
            return 0 if not number else 1 if number * self.size == power * self.per else 2
        n, d = number * self.share, power * self.of
        standing = (n > d) - (n < d)
        if self.edges == ONE_IN_SCALE:
            above = _NEAR_IN_SCALE if self.target[0] > self.target[1] else 10
            return FAR if _NEAR_IN_SCALE * n < d or n > above * d else standing
        if self.edges == 1:
            smaller, larger = sorted((n, d))
            return FAR if smaller and may_be_slip(larger, smaller) else standing
        _, _, high, high_per = self.target
        n, d = number * self.size * high_per, power * self.per * high
        return standing + (n > d) - (n < d)

    def may_be_tenth(self, number: int, power: int) -> bool:
        """Return whether an actual in percent may be a tenth of what is meant, as a share of a whole."""
        n, d = number * self.share, power * self.of
        return self.frame.shape.is_rate and self.edges in _ONE_EDGE and n * TENTH[0] < d <= n * TENTH[1]

    def is_above_whole(self, number: int, power: int) -> bool:
        """Return whether an actual is above 100%."""
        return self.frame.shape.is_rate and number * self.size > power * self.per

    def tells(self, score: IndicatorScore, number: int, power: int) -> bool:
        """Return whether doubts about a row, whose actual is `number` / `power`, see the very numbers of the pair."""
        cells, found, shape = score.cells, score.award.comparison, self.frame.shape
        if cells is None:
            return True
        if score.award.in_doubt and not self.is_above_whole(number, power):
            return False
        actual = cells.actual.quantity if isinstance(cells.actual, Measured) else None
        if actual is not None:
            is_rate = actual.unit == RATIO
            if is_rate is not shape.is_rate or actual.value < 0:
                return False
            if is_rate and actual.value * power * self.per != number * self.size:
                return False
        if asked_by(cells.target) != shape.asked or Figures(cells, found, OF_NO_NAME).has_two_signs:
            return False
        if not found.target or found.actual is None:
            return True
        is_ratio = found.actual * power * self.of == found.target * number * self.share
        return self.edges in _ONE_EDGE and is_ratio

    def actual(self, number: int, power: int, *, by_ratio: bool) -> tuple[int, int]:
        """Return an actual as numerator and denominator, in units of the target or as it is."""
        return (number * self.share, power * self.of) if by_ratio else (number * self.size, power * self.per)


def _is_everywhere(way: Way) -> bool:
    """Return whether one formula gives the points for every number; bands may end, and refuse what lies outside."""
    return isinstance(way, ByFormula) or (isinstance(way, ByBands) and way.bands.over is None)


def decided_by_points(score: IndicatorScore, *, has_number: bool) -> bool:
    """Return whether all rows of a score's arm that carry its points earn what it earns."""
    rule = score.rule_in_force
    if not has_number or rule is None or score.cells is None or score.cells.outcome is not Outcome.SCORED:
        return True
    found = score.award.comparison
    if found.problem is not None or (found.target, found.actual, found.low, found.high) == (None, None, None, None):
        return True
    if isinstance(rule.way, ByLevels | ByThresholds) and rule.when is None:
        return True
    if isinstance(rule.way, ByFormula | ByBands) and score.outcome is Outcome.SCORED:
        return False
    if found.undecided is not None and found.met is None and found.ends is None and _asks_first_if_met(rule):
        return True
    formulas = (rule.formula, rule.when, *(rule.bounds or ()))
    return all(set(formula.names) <= {"points", "met"} for formula in formulas if formula is not None)


def _asks_first_if_met(rule: RuleInForce) -> bool:
    """Return whether a rule gets no further where nobody can say whether the target was met."""
    body = rule.formula.body if isinstance(rule.way, ByFormula) and rule.formula and rule.when is None else None
    return isinstance(body, Conditional) and isinstance(body.conditions[0], Name) and body.conditions[0].name == "met"


def _decimals(rounding: StepRounding | None) -> tuple[int, Rounding] | None:
    """Return the decimals that a rounding keeps, and its way; `None` where it rounds to a multiple."""
    return None if rounding is None or rounding.digits is None else (rounding.digits, rounding.mode)
