"""For which targets and points a rule is proved: taken from what it applies to, and from its own examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.reader import parse_actual, parse_target
from pfscore.cells.readings import Bound, Measured, Reading, TargetKind
from pfscore.documents.scalars import read_amount
from pfscore.formulas.proofs.pieces import Setting
from pfscore.foundation.errors import PfscoreError
from pfscore.rulesets.in_force import RuleInForce
from pfscore.rulesets.model.base import Assume
from pfscore.rulesets.model.example import Example
from pfscore.scoring.row.awarding.award import Value
from pfscore.scoring.row.preparing.rule_choice import sign_of

#: The kinds of targets that a rule without `comparator` is proved for.
_KINDS = (TargetKind.AT_LEAST, TargetKind.AT_MOST, TargetKind.EQUAL, TargetKind.BETWEEN)
_TEN = Fraction(10)


def settings(rule: RuleInForce) -> Iterator[tuple[TargetKind | None, Setting, str | None]]:
    """Yield the kinds of targets that a rule is for, each with the numbers of one of the rule's own examples.

    A rule for budget lines has no kind of target, nor has one that ignores the target.
    """
    points, values = points_of(rule), _values(rule)
    if rule.applies.row == "budget":
        yield None, Setting("higher", points=points, values={**values, "initial": Fraction(1)}), None
        return
    if rule.uses_form_amounts:
        for carried in (Fraction(0), Fraction(1, 5)) if "carried_over" in rule.names else (Fraction(0),):
            amounts = {"initial": Fraction(1), "carried_over": carried}
            yield None, Setting("higher", points=points, values={**values, **amounts}), None
        return
    if rule.ignores_target:
        yield None, Setting("higher", points=points, values=values), _unit_of_actuals(rule)
        return
    targets, fixed = dict(_targets(rule)), _fixed(rule)
    for kind in sorted(rule.applies.kinds or _KINDS):
        quantity = fixed or targets.get(kind, Quantity(Fraction(1)))
        for assume in _ways(kind, rule.assume):
            setting = _setting(kind, abs(quantity.value), assume, points, values)
            if setting is None:
                continue
            if setting.late:
                yield kind, setting, "天"
                continue
            signs = rule.applies.target or ((sign_of(fixed.value),) if fixed is not None else ("正", "零", "负"))
            for sign in signs:
                unit = "1" if kind is TargetKind.BETWEEN else quantity.unit
                yield kind, _narrowed(_signed(setting, sign), rule.applies.actual or ()), unit


def _ways(kind: TargetKind, assume: Assume) -> tuple[Assume, ...]:
    """Return what may be assumed of a kind of target: a name may say that a bare number is a floor, or a ceiling."""
    if kind is not TargetKind.BARE or not assume.is_by_name:
        return (assume,)
    return tuple(assume.model_copy(update={"direction": way}) for way in ("higher", "lower"))


def _setting(
    kind: TargetKind, target: Fraction, assume: Assume, points: Fraction, values: Mapping[str, Value]
) -> Setting | None:
    if kind is TargetKind.BETWEEN:
        low, high = Fraction(3, 5), Fraction(4, 5)
        return Setting("between", points=points, target=None, low=low, high=high, values=values)
    if kind is TargetKind.APPROXIMATELY:
        if assume.tolerance is None:
            return None
        margin = abs(target) * assume.tolerance
        return Setting(
            "between", points=points, target=target, low=target - margin, high=target + margin, values=values
        )
    if kind in {TargetKind.BARE, TargetKind.CHANGE}:
        way = assume.direction
        return None if way not in {"higher", "lower"} else Setting(way, points=points, target=target, values=values)
    if kind is TargetKind.DEADLINE:
        return Setting("lower", points=points, target=Fraction(0), values=values, late=True)
    if kind.direction is None:
        return None
    if kind is TargetKind.EQUAL and assume.equal is not None:
        return Setting(assume.equal, points=points, target=target, values=values)
    strict = kind in {TargetKind.GREATER_THAN, TargetKind.LESS_THAN} and not assume.at_edge
    return Setting(kind.direction, points=points, target=target, strict=strict, values=values)


def _signed(setting: Setting, sign: str) -> Setting:
    if setting.target is None or sign == "正":
        return setting
    factor = 0 if sign == "零" else -1
    low, high = (None if edge is None else edge * factor for edge in (setting.high, setting.low))
    return replace(setting, target=setting.target * factor, low=low, high=high, least=None)


def _narrowed(setting: Setting, answers: Sequence[str]) -> Setting:
    """Keep to the actuals that the rule is for, where it asks whether they lie below or above the target."""
    related = {"低于指标值", "等于指标值", "高于指标值"}.intersection(answers)
    if not related or setting.target is None or setting.direction == "between":
        return setting
    least = setting.least if "低于指标值" in related else setting.target
    most = setting.most if "高于指标值" in related else setting.target
    return replace(setting, least=least, most=most)


def points_of(rule: RuleInForce) -> Fraction:
    """Return the points of a row of the rule: those that it fixes, those of its first example, or ten."""
    if rule.version.adjusts is not None:
        return rule.worth(_TEN).points
    if rule.version.points is not None:
        return rule.version.points
    for example in rule.version.examples:
        try:
            return read_amount(example.points or "") or _TEN
        except ValueError:
            continue
    return _TEN


def _values(rule: RuleInForce) -> dict[str, Value]:
    """Return what formulas may use beside points, target and actual, from the rule's examples."""
    values: dict[str, Value] = {"deduction": Fraction(0)}
    for example in rule.version.examples:
        for name in ("rank", "share", "block_points", "count", "position"):
            given = getattr(example, name)
            if given is not None and name not in values:
                try:
                    values[name] = read_amount(given)
                except ValueError:
                    continue
    return values


def _unit_of_actuals(rule: RuleInForce) -> str | None:
    """Return the unit in which the examples of a rule say what was achieved."""
    for example in rule.version.examples:
        try:
            reading = parse_actual(example.actual or "", unit=example.unit)
        except PfscoreError:
            continue
        if isinstance(reading, Measured):
            return reading.quantity.unit
    return None


def _fixed(rule: RuleInForce) -> Quantity | None:
    """Return the target that the rule fixes."""
    reading = _reading(Example.model_construct(target=rule.version.target)) if rule.version.target else None
    return reading.quantity if isinstance(reading, Bound) else None


def _reading(example: Example) -> Reading | None:
    try:
        return parse_target(example.target or "", comparator=example.comparator, unit=example.unit)
    except PfscoreError:
        return None


def _targets(rule: RuleInForce) -> Iterator[tuple[TargetKind, Quantity]]:
    """Yield the targets that the rule's examples give, by kind; the first of a kind counts."""
    seen: set[TargetKind] = set()
    for example in rule.version.examples:
        reading = _reading(example)
        if isinstance(reading, Bound) and reading.quantity.value > 0 and reading.op not in seen:
            seen.add(reading.op)
            yield reading.op, reading.quantity


def target_text(kind: TargetKind | None, setting: Setting, unit: str | None) -> str:
    """Write the target of a setting as a form has it."""
    edges = [str(Quantity(edge, unit)) for edge in setting.edges()]
    if kind is TargetKind.APPROXIMATELY:
        return f"{Quantity(setting.target or Fraction(0), unit)}左右"
    if setting.direction == "between":
        return "~".join(edges)
    return f"{kind.sign if kind else ''}{edges[0]}"
