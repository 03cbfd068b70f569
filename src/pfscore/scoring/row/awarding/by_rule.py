"""Apply a rule to a row: the points it earns, or the range that is left to a person, exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from pfscore.cells.readings import LOWER, UPPER, Measured, TargetKind
from pfscore.formulas.evaluation.compiled import Compiled, compile_formula
from pfscore.formulas.formula import Formula, parse_formula
from pfscore.formulas.glossary import GLOSSARY
from pfscore.foundation.diagnostics import CELL_NAMES, Diagnostic, Span
from pfscore.foundation.errors import ScoringError
from pfscore.foundation.numbers import decimal_text, in_percent
from pfscore.foundation.text import Message
from pfscore.rulesets.in_force import RuleInForce, Worth
from pfscore.rulesets.model.values import Range
from pfscore.rulesets.model.way import WAYS, ByBands, ByChecklist, ByFormula, ByJudgement, ByLevels, ByThresholds, Way
from pfscore.scoring.row.awarding.award import (
    NO_EXTRAS,
    Award,
    Basis,
    Extras,
    Value,
    rounded_rate,
)
from pfscore.scoring.row.awarding.judgement import (
    ALL,
    below_full,
    between,
    by_checklist,
    by_level,
    by_share,
    by_threshold,
)
from pfscore.scoring.row.comparing.compare import is_within
from pfscore.scoring.row.comparing.comparison import NOTHING_COMPARED, Comparison
from pfscore.scoring.row.comparing.readings_of_row import Cells, Outcome


def award(
    rule: RuleInForce,
    compiled: Compiled | None,
    cells: Cells,
    comparison: Comparison,
    points: Fraction,
    extras: Extras = NO_EXTRAS,
) -> Award:
    """Score one indicator row under `rule`; `comparison` is that of its cells."""
    basis = Basis(rule, points, comparison, extras, cells, compiled)
    if comparison.problem is not None:
        return basis.refused(comparison.problem)
    if rule.when is not None and (found := _judged(basis, basis.env)) is not None:
        return found
    return _AWARDS[type(rule.way)](rule.way, basis)


def award_budget(
    rule: RuleInForce,
    compiled: Compiled | None,
    points: Fraction,
    env: Mapping[str, Value],
    extras: Extras = NO_EXTRAS,
) -> Award:
    """Score one budget line under `rule`; `env` holds its amounts by name."""
    rate = env.get("execution_rate")
    values: dict[str, Value] = {**env, **extras.named(), "points": points}
    if isinstance(rate, Fraction):
        values["execution_rate"] = values["completion"] = rounded_rate(rule, rate)
    met = env.get("met")
    comparison = NOTHING_COMPARED if met is None else Comparison(met=bool(met))
    basis = Basis(rule, points, comparison, extras, compiled=compiled)
    if rule.version.judgement is not None and (found := _judged(basis, values)) is not None:
        return found
    return _evaluate(replace(basis, comparison=NOTHING_COMPARED), values)


def deducted(found: Award, extras: Extras, least: Fraction = Fraction(0)) -> Award:
    """Take off what a person deducts after scoring, down to the least that the row can earn."""
    if not extras.deduction or found.low is None or found.high is None or found.outcome is Outcome.REFUSED:
        return found
    low, high = (max(least, score - extras.deduction) for score in (found.low, found.high))
    return replace(found, low=low, high=high, deducted=extras.deduction)


@lru_cache(maxsize=1024)
def _compiled(formula: Formula) -> Compiled:
    return compile_formula(formula)


def _judged(basis: Basis, env: Mapping[str, Value]) -> Award | None:
    """Leave the row to a person within the rule's bounds; `None` where its condition says that nobody is asked."""
    rule, comparison = basis.rule, basis.comparison
    judgement = rule.version.judgement
    if judgement is None:
        return None
    formulas = [formula for formula in (rule.when, *(rule.bounds or ())) if formula is not None]
    if comparison.ends is not None and rule.when is None and rule.bounds is not None:
        return _judged_between_ends(basis)
    missing = next((name for formula in formulas for name in formula.names if name not in env), None)
    try:
        if missing is not None:
            found = _lacking(missing, basis, env)
        elif rule.when is not None and not _compiled(rule.when).test(env):
            return None
        elif judgement.full_when_met and comparison.met:
            found = by_share(ALL, basis)
        elif judgement.low is not None and rule.bounds is not None:
            low, high = (_compiled(formula).run(env) for formula in rule.bounds)
            found = between(low, high, basis, env)
        else:
            found = by_share(judgement.share or ALL, basis)
    except ScoringError as error:
        found = basis.refused(_not_computed(rule, error), env)
    return replace(found, by_person=True)


def _judged_between_ends(basis: Basis) -> Award | None:
    """The actual is an interval: the bounds of its two ends together bound what a person may give."""
    ends = [replace(basis, comparison=end, extras=NO_EXTRAS) for end in basis.comparison.ends or ()]
    found = [_judged(end, end.env) for end in ends]
    known = [one for one in found if one is not None and one.low is not None and one.high is not None]
    refusal = next((one for one in known if one.outcome is Outcome.REFUSED), None)
    if refusal is not None or not known:
        return refusal
    low = min(one.low for one in known if one.low is not None)
    high = max(one.high for one in known if one.high is not None)
    return replace(between(low, high, basis, basis.env), by_person=True)


def _by_band(way: ByBands, basis: Basis) -> Award:
    """Score a row by the band of its number; a number outside all bands is refused, not put into the nearest one."""
    env, over, bounds = basis.env, way.bands.over, basis.rule.bounds
    try:
        if over is not None:
            value = _compiled(_banded(way.bands.of)).run(env)
            if value not in over:
                return basis.refused(_outside_bands(basis.cells, value, over), env)
        if bounds is not None:
            low, high = (_compiled(formula).run(env) for formula in bounds)
            if basis.comparison.stated is not None:
                found = between(low, high, replace(basis, extras=NO_EXTRAS), env)
                return _within_bound(found, basis.worth, basis.comparison)
            return replace(between(low, high, basis, env), by_person=low != high)
    except ScoringError as error:
        return basis.refused(_not_computed(basis.rule, error), env)
    return _by_formula(way, basis)


@lru_cache(maxsize=1024)
def _banded(of: str) -> Formula:
    return parse_formula(of)


def _outside_bands(cells: Cells, value: Fraction, over: Range) -> Diagnostic:
    shown, edges = decimal_text(value), str(over)
    if isinstance(cells.actual, Measured) and cells.actual.quantity.unit == "1":
        shown, edges = in_percent(value), over.percent()
    return Diagnostic(
        "PF538",
        Message(f"{shown} 在各档之外，规则只说到 {edges}", f"{shown} is in no band; the rule speaks of {edges} only"),
        Message("核对完成值；规则另有说法的，在规则集里补一档", "check the actual; if the rule says more, add a band"),
        Span(cell="actual"),
    )


def _by_formula(_way: ByFormula | ByBands, basis: Basis) -> Award:
    if basis.comparison.ends is not None:
        return _between_ends(basis, basis.comparison.ends)
    found = _evaluate(basis, basis.env)
    if basis.comparison.stated is None or found.outcome is not Outcome.SCORED:
        return found
    return _within_bound(found, basis.worth, basis.comparison)


def _by_judgement(_way: ByJudgement, basis: Basis) -> Award:
    found = _judged(basis, basis.env)
    if found is None:
        raise ValueError(f"rule {basis.rule.id} is judged in some cases only")
    return found


#: How a row earns points, for each way of scoring.
_AWARDS: Mapping[type[Way], Callable[..., Award]] = {
    ByFormula: _by_formula,
    ByLevels: by_level,
    ByBands: _by_band,
    ByThresholds: by_threshold,
    ByChecklist: by_checklist,
    ByJudgement: _by_judgement,
}


def _between_ends(basis: Basis, ends: tuple[Comparison, Comparison]) -> Award:
    """The actual is an interval: its ends bound the score, and where it holds the target full points are possible."""
    comparison, found = basis.comparison, [replace(basis, comparison=end) for end in ends]
    awards = [replace(_evaluate(end, end.env), comparison=comparison) for end in found]
    scores = [award.low for award in awards if award.outcome is Outcome.SCORED and award.low is not None]
    if len(scores) < len(awards):
        return next(award for award in awards if award.outcome is not Outcome.SCORED)
    inside = comparison.met is None and is_within(*ends)
    low, high = min(scores), basis.worth.most if inside else max(scores)
    if low == high:
        return awards[0]
    undecided = () if comparison.undecided is None else (comparison.undecided,)
    return Award(Outcome.JUDGEMENT, low, high, comparison, undecided, awards[0].env)


_WRITE_THE_NUMBER = Message(
    "写出完成的数，如“93.2%”；或者在这一行写 decision", "write the number achieved; or give a `decision`"
)
_ONLY_A_BOUND, _ONLY_ABOUT = (
    Diagnostic("PF516", message, _WRITE_THE_NUMBER)
    for message in (
        Message("完成值只说了在哪一边，没有说是多少", "the actual only says on which side of a number it lies"),
        Message("完成值是约数，没有写确数", "the actual is only approximate"),
    )
)


def _within_bound(found: Award, worth: Worth, comparison: Comparison) -> Award:
    """The actual is only a bound: it gives the least points where it points to more of them, else the most."""
    stated, direction = comparison.stated, comparison.direction
    low, high, raw = worth.least, worth.most, None
    if (stated in UPPER and direction == "higher") or (stated in LOWER and direction == "lower"):
        high = found.high if found.high is not None else worth.most
    elif (stated in LOWER and direction == "higher") or (stated in UPPER and direction == "lower"):
        low, raw = found.low if found.low is not None else worth.least, found.raw
    elif stated in {TargetKind.EQUAL, TargetKind.BARE} or (found.low == worth.most and comparison.met is not None):
        return found
    if low == high:
        return found
    reason = comparison.undecided or (_ONLY_ABOUT if stated is TargetKind.APPROXIMATELY else _ONLY_A_BOUND)
    return Award(Outcome.JUDGEMENT, low, high, comparison, found.diagnostics or (reason,), found.env, raw)


def _lacking(name: str, basis: Basis, env: Mapping[str, Value]) -> Award:
    """A name that the formula uses has no value: a person must judge, or the row cannot be scored."""
    comparison = basis.comparison
    if comparison.undecided is not None:
        found = Award(Outcome.JUDGEMENT, basis.worth.least, basis.worth.most, comparison, (comparison.undecided,))
        return below_full(found, basis)
    term = GLOSSARY[name]
    if name in {"completion", "deviation_rate", "execution_rate"} and 0 in {comparison.target, env.get("budget")}:
        cell = "budget" if "budget" in env else "target"
        what = CELL_NAMES[cell]
        message = Message(f"{what.zh}为零，{term.zh}没有意义", f"the {what.en} is zero; {term.en} is undefined")
        hint = Message(
            f"须在规则集里写明{what.zh}为零时怎样评分", f"the ruleset has to say how a {what.en} of zero is scored"
        )
        return basis.refused(Diagnostic("PF521", message, hint, Span(cell=cell)))
    message = Message(f"公式要用“{term.zh}”，这一行没有", f"the formula needs {term.en!r}, which the row does not give")
    if name == "planned_days":
        return basis.refused(Diagnostic("PF529", message, _START_AND_END, Span(cell="target")))
    if name not in {"rank", "share"}:
        return basis.refused(Diagnostic("PF529", message))
    by_person = Message(f"请在这一行写 {name}", f"give `{name}` in the row")
    return basis.refused(Diagnostic("PF529", message, by_person, Span(cell=name)))


_START_AND_END = Message(
    "指标值写明起止日期，如 2021年1月1日至2021年12月31日",
    "let the target state the start and the end, such as 2021年1月1日至2021年12月31日",
)


def _evaluate(basis: Basis, env: Mapping[str, Value]) -> Award:
    rule, compiled, worth = basis.rule, basis.compiled, basis.worth
    if compiled is None:
        raise ValueError(f"rule {rule.id} has no formula")
    try:
        raw = compiled.run(env)
    except ScoringError as error:
        if error.code == "PF433" and (missing := [name for name in compiled.names if name not in env]):
            return _lacking(missing[0], basis, env)
        return basis.refused(_not_computed(rule, error), env)
    if raw < worth.least or raw > worth.most:
        shown, least, most = map(decimal_text, (raw, worth.least, worth.most))
        message = Message(
            f"公式“{rule.formula}”给出 {shown} 分，不在 {least} 到 {most} 之间",
            f"the formula {rule.formula} gives {shown}, which is not within {least} and {most}",
        )
        hint = Message("在公式里用 min 和 max 写明上下限", "bound it with min and max in the formula")
        return basis.refused(Diagnostic("PF522", message, hint, rule.place_of(*WAYS)), env)
    return basis.rounded(raw, env)


def _not_computed(rule: RuleInForce, error: ScoringError) -> Diagnostic:
    cause = error.diagnostics[0]
    message = Message(
        f"公式“{rule.formula}”算不出：{cause.message.zh}",
        f"the formula {rule.formula} cannot be computed: {cause.message.en}",
    )
    return Diagnostic("PF521", message, cause.hint, rule.place_of(*WAYS))
