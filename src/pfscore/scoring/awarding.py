"""Apply a rule to a row: the points it earns, or the range that is left to a person, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import ScoringError
from pfscore.foundation.numbers import Rounding, decimal_places, decimal_text
from pfscore.foundation.text import Message
from pfscore.language.formula_names import GLOSSARY
from pfscore.language.levels import level_scale
from pfscore.language.readings import Level, Op
from pfscore.rules.edition import RuleInForce
from pfscore.rules.model import LevelRow, StepRounding
from pfscore.rules.scalars import Range
from pfscore.scoring.cells import Cells, Outcome
from pfscore.scoring.comparison import NOTHING_COMPARED, Comparison, compare, same_words
from pfscore.scoring.evaluate import Compiled

Value = Fraction | bool
_UPWARD = {Op.AT_LEAST, Op.GREATER_THAN}
_DOWNWARD = {Op.AT_MOST, Op.LESS_THAN}


@dataclass(frozen=True, slots=True)
class Award:
    """What a rule gives: `low` and `high` are equal where nothing is open, `None` where nothing can be said."""

    outcome: Outcome
    low: Fraction | None = None
    high: Fraction | None = None
    comparison: Comparison = NOTHING_COMPARED
    diagnostics: tuple[Diagnostic, ...] = ()
    env: Mapping[str, Value] = field(default_factory=dict, hash=False)
    raw: Fraction | None = None
    share: Range | None = None


@dataclass(frozen=True, slots=True)
class Extras:
    """What a person adds to a row: the share or the points chosen, the rank, a deduction; and facts about its block."""

    share: Fraction | None = None
    decision: Fraction | None = None
    rank: Fraction | None = None
    deduction: Fraction | None = None
    block_points: Fraction | None = None
    count: Fraction | None = None
    position: Fraction | None = None

    def named(self) -> dict[str, Value]:
        """Return those that are given, under the names that formulas use."""
        names = ("share", "rank", "deduction", "block_points", "count", "position")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


NO_EXTRAS = Extras()


def award(
    rule: RuleInForce,
    compiled: Compiled | None,
    cells: Cells,
    points: Fraction,
    extras: Extras = NO_EXTRAS,
    *,
    year: int | None = None,
) -> Award:
    """Score one indicator row under `rule`."""
    if cells.target is None or cells.actual is None:
        raise ValueError("a row without readings has no award")
    comparison = compare(cells.target, cells.actual, rule.version.assume, year=year)
    if comparison.problem is not None:
        return Award(Outcome.REFUSED, Fraction(0), points, comparison, (comparison.problem,))
    version = rule.version
    if version.levels is not None:
        return _by_level(version.levels, rule, cells, points, comparison, extras)
    if version.judgement is not None:
        full = version.judgement.full_when_met and comparison.met
        share = Range(Fraction(1), Fraction(1)) if full else version.judgement.share
        return _by_person(share, rule, points, comparison, extras)
    if compiled is None:
        raise ValueError(f"rule {rule.id} has no formula")
    return _by_formula(compiled, rule, points, comparison, extras)


def award_budget(
    rule: RuleInForce, compiled: Compiled, points: Fraction, env: Mapping[str, Value], extras: Extras = NO_EXTRAS
) -> Award:
    """Score one budget line under `rule`; `env` holds its amounts by name."""
    rate = env.get("execution_rate")
    rounded = _rounded_rate(rule, rate) if isinstance(rate, Fraction) else rate
    values: dict[str, Value] = {**env, **extras.named(), "points": points}
    if rounded is not None:
        values["execution_rate"] = values["completion"] = rounded
    return _evaluate(compiled, rule, points, NOTHING_COMPARED, values)


def _by_formula(
    compiled: Compiled, rule: RuleInForce, points: Fraction, comparison: Comparison, extras: Extras
) -> Award:
    env: dict[str, Value] = {"points": points, **extras.named()}
    for name in ("target", "actual", "low", "high", "met", "deviation_rate"):
        if (value := getattr(comparison, name)) is not None:
            env[name] = value
    if (completion := comparison.completion) is not None:
        env["completion"] = _rounded_rate(rule, completion)
    missing = [name for name in compiled.names if name not in env]
    if missing:
        return _lacking(missing[0], points, comparison, env)
    found = _evaluate(compiled, rule, points, comparison, env)
    if comparison.stated is None or found.outcome is not Outcome.SCORED:
        return found
    return _open_above(found, points, comparison)


def _open_above(found: Award, points: Fraction, comparison: Comparison) -> Award:
    """The actual is only a bound: what it gives is the least, and full points the most, where it points upward."""
    stated, direction = comparison.stated, comparison.direction
    if stated in {Op.EQUAL, Op.BARE} or found.low == points:
        return found
    if (stated in _UPWARD and direction == "higher") or (stated in _DOWNWARD and direction == "lower"):
        return Award(Outcome.JUDGEMENT, found.low, points, comparison, found.diagnostics, found.env, found.raw)
    return Award(Outcome.JUDGEMENT, Fraction(0), points, comparison, found.diagnostics, found.env)


def _lacking(name: str, points: Fraction, comparison: Comparison, env: Mapping[str, Value]) -> Award:
    """A name that the formula uses has no value: a person must judge, or the row cannot be scored."""
    if comparison.undecided is not None:
        return Award(Outcome.JUDGEMENT, Fraction(0), points, comparison, (comparison.undecided,))
    term = GLOSSARY[name]
    if name in {"completion", "deviation_rate", "execution_rate"} and 0 in {comparison.target, env.get("budget")}:
        message = Message(
            f"指标值或预算数为零，{term.zh}没有意义", f"the target or budget is zero; {term.en} is undefined"
        )
        return Award(Outcome.REFUSED, Fraction(0), points, comparison, (Diagnostic("PF521", message),))
    message = Message(f"公式要用“{term.zh}”，这一行没有", f"the formula needs {term.en!r}, which the row does not give")
    return Award(Outcome.REFUSED, Fraction(0), points, comparison, (Diagnostic("PF529", message),))


def _evaluate(
    compiled: Compiled, rule: RuleInForce, points: Fraction, comparison: Comparison, env: Mapping[str, Value]
) -> Award:
    if missing := [name for name in compiled.names if name not in env]:
        return _lacking(missing[0], points, comparison, env)
    try:
        raw = compiled.run(env)
    except ScoringError as error:
        message = Message(
            f"公式“{rule.formula}”算不出：{error.diagnostics[0].message.zh}",
            f"the formula {rule.formula} cannot be computed: {error.diagnostics[0].message.en}",
        )
        problem = Diagnostic("PF521", message, error.diagnostics[0].hint, rule.span)
        return Award(Outcome.REFUSED, Fraction(0), points, comparison, (problem,), env)
    if not 0 <= raw <= points:
        message = Message(
            f"公式“{rule.formula}”给出 {_shown(raw)} 分，不在 0 到 {_shown(points)} 之间",
            f"the formula {rule.formula} gives {_shown(raw)}, which is not within 0 and {_shown(points)}",
        )
        hint = Message("在公式里用 min 和 max 写明上下限", "bound it with min and max in the formula")
        return Award(
            Outcome.REFUSED, Fraction(0), points, comparison, (Diagnostic("PF522", message, hint, rule.span),), env
        )
    return _rounded(raw, rule, points, comparison, env)


def _rounded(
    raw: Fraction, rule: RuleInForce, points: Fraction, comparison: Comparison, env: Mapping[str, Value]
) -> Award:
    rounding = rounding_of(rule, "score")
    score = raw if rounding is None else rounding.apply(raw)
    if decimal_places(score) is None:
        message = Message(
            f"得分 {_shown(raw)} 除不尽，规则没有写怎样取整",
            f"the score {_shown(raw)} has no finite decimal and the rule names no rounding",
        )
        return Award(
            Outcome.REFUSED, Fraction(0), points, comparison, (Diagnostic("PF528", message, None, rule.span),), env, raw
        )
    # Rounding must not lift a score above the points (points with more decimals than the rounding keeps).
    score = min(score, points)
    return Award(Outcome.SCORED, score, score, comparison, (), env, raw)


def rounding_of(rule: RuleInForce, at: str) -> StepRounding | None:
    """Return how `rule` rounds at that step."""
    return next((rounding for rounding in rule.version.rounding or () if rounding.at == at), None)


def _rounded_rate(rule: RuleInForce, rate: Fraction) -> Fraction:
    rounding = rounding_of(rule, "completion")
    return rate if rounding is None else rounding.apply(rate)


def _by_level(
    levels: tuple[LevelRow, ...],
    rule: RuleInForce,
    cells: Cells,
    points: Fraction,
    comparison: Comparison,
    extras: Extras,
) -> Award:
    row = _level_row(levels, cells)
    if row is None:
        undecided = comparison.undecided or _unlisted(cells)
        found = Award(Outcome.JUDGEMENT, Fraction(0), points, comparison, (undecided,))
        return _decided(found, Range(Fraction(0), Fraction(1)), rule, points, extras)
    return _by_person(row.share, rule, points, comparison, extras)


def _level_row(levels: tuple[LevelRow, ...], cells: Cells) -> LevelRow | None:
    """Return the level that the actual falls into: its own words first, then a known synonym, then 其他."""
    target, actual = cells.target, cells.actual
    if target is None or not isinstance(actual, Level):
        return None
    for row in levels:
        if any(same_words(Level(word), actual) for word in row.level):
            return row
    scale = level_scale(actual.text)
    for row in levels:
        if scale is not None and any(level_scale(word) == scale for word in row.level):
            return row
    for row in levels:
        if "同指标值" in row.level and same_words(target, actual):
            return row
    return next((row for row in levels if "其他" in row.level), None)


def _unlisted(cells: Cells) -> Diagnostic:
    return Diagnostic(
        "PF516",
        Message(
            f"完成值“{cells.actual}”不在规则的各档里，须由评价人评定",
            f"the actual “{cells.actual}” is in no level of the rule; a person must judge",
        ),
    )


def _by_person(share: Range, rule: RuleInForce, points: Fraction, comparison: Comparison, extras: Extras) -> Award:
    low, high = _bounds(share, rule, points)
    if low == high:
        return Award(Outcome.SCORED, low, high, comparison, share=share, raw=low)
    found = Award(Outcome.JUDGEMENT, low, high, comparison, share=share)
    return _decided(found, share, rule, points, extras)


def _bounds(share: Range, rule: RuleInForce, points: Fraction) -> tuple[Fraction, Fraction]:
    """Return the least and the most points in `share`, rounded inward so that every score between them is allowed."""
    least, most = share.low or Fraction(0), Fraction(1) if share.high is None else share.high
    low, high = least * points, most * points
    if low == high or (rounding := rounding_of(rule, "score")) is None:
        return low, high
    step = rounding.unit
    inner_low, inner_high = rounding.apply(low, Rounding.UP), rounding.apply(high, Rounding.DOWN)
    if share.low_open and inner_low == low:
        inner_low += step
    if share.high_open and inner_high == high:
        inner_high -= step
    return (inner_low, inner_high) if inner_low <= inner_high else (low, high)


def _decided(found: Award, share: Range, rule: RuleInForce, points: Fraction, extras: Extras) -> Award:
    """Put a person's choice in place of the range, where one is given and lies within it."""
    if extras.share is not None:
        if extras.share not in share:
            return _outside(found, f"比例 {_shown(extras.share)}", f"share {_shown(extras.share)}", str(share))
        rounding = rounding_of(rule, "score")
        raw = points * extras.share
        score = raw if rounding is None else rounding.apply(raw)
        return Award(Outcome.SCORED, score, score, found.comparison, (), {"share": extras.share}, raw, share)
    if extras.decision is not None:
        low, high = found.low or Fraction(0), points if found.high is None else found.high
        if not low <= extras.decision <= high:
            bounds = f"[{_shown(low)}, {_shown(high)}]"
            return _outside(found, f"得分 {_shown(extras.decision)}", f"score {_shown(extras.decision)}", bounds)
        return Award(Outcome.SCORED, extras.decision, extras.decision, found.comparison, (), {}, extras.decision, share)
    return found


def _outside(found: Award, zh: str, en: str, bounds: str) -> Award:
    problem = Diagnostic("PF523", Message(f"评定的{zh} 不在 {bounds} 之内", f"the decided {en} is not within {bounds}"))
    return Award(
        found.outcome, found.low, found.high, found.comparison, (*found.diagnostics, problem), share=found.share
    )


def _shown(number: Fraction) -> str:
    return decimal_text(number)
