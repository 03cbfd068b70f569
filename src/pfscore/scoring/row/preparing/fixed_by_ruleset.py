"""What a ruleset fixes about a row, so that the form need not say it: the points, the target."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from pfscore.cells.indicator_names import name_key
from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.reader import parse_target
from pfscore.cells.readings import Assumption, Between, Bound, Change
from pfscore.cells.refusals.damage import is_blank
from pfscore.forms.form import Indicator
from pfscore.formulas.evaluation.compiled import Compiled, compile_formula
from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.errors import ExpressionError, ScoringError
from pfscore.foundation.folding import fold
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message, shorten
from pfscore.rulesets.edition import fixed_target
from pfscore.rulesets.in_force import Edition, RuleInForce
from pfscore.rulesets.model.form_terms import walk_blocks
from pfscore.rulesets.model.values import Range
from pfscore.rulesets.model.way import ByChecklist
from pfscore.scoring.row.awarding.award import Extras
from pfscore.scoring.row.preparing.inputs import read_points
from pfscore.scoring.row.preparing.rule_choice import Case, by_name, contenders, may_be_meant
from pfscore.scoring.row.row import Row

#: Cells that the ruleset fixes, what is assumed by taking them, and what is wrong.
Completion = tuple[Mapping[str, str], tuple[Assumption, ...], tuple[Diagnostic, ...]]
_NOTHING: Completion = ({}, (), ())
_T = TypeVar("_T")


class Given:
    """What an edition fixes, by the names of indicators and blocks."""

    def __init__(self, edition: Edition) -> None:
        self._named = by_name(
            rule
            for rule in edition.rules
            if _points(rule) is not None
            or rule.version.target is not None
            or rule.version.adjusts is not None
            or rule.uses_form_amounts
        )
        self._splits = {name_key(name): compile_formula(formula) for name, formula in edition.splits.items()}
        self._points = {
            name_key(block.name): block.points
            for _, block in walk_blocks(edition.terms.get("blocks"))
            if block.points is not None
        }
        self._graded = any(rule.applies.row == "graded" for rule in edition.rules)
        self._adjusts = any(rule.version.adjusts is not None for rule in edition.rules)
        self._half = edition.terms.get("period") == "half_year"
        #: Whether any row may be completed.
        self.fixes_anything = bool(self._named or self._splits or self._graded or self._half)

    def fixes(self, name: str, path: Sequence[str]) -> bool:
        """Return whether a row of that name and place may be completed, though nobody added anything to it."""
        return name_key(name) in self._named or self._split(path) is not None

    def block_of(self, row: Indicator) -> tuple[str, ...]:
        """Return the block whose points are shared out among its rows, else the row's path."""
        return next(((name,) for name in _plain(row.path) if name in self._splits), row.path)

    def complete(self, row: Row, extras: Extras) -> Completion:
        """Return the cells that the form leaves out and the ruleset fixes, and where the two differ."""
        if not self.fixes_anything:
            return _NOTHING
        cells: dict[str, str] = {}
        assumptions: tuple[Assumption, ...] = ()
        problems: tuple[Diagnostic, ...] = ()
        for fix in _FIXES:
            filled, assumed, found = fix(self, row, extras)
            cells, assumptions, problems = {**cells, **filled}, assumptions + assumed, problems + found
        return cells, assumptions, problems

    def fixed_points(self, row: Row, _: Extras) -> Completion:
        """Return the points that the rules for the row's name fix, where these are the same in all of them."""
        if (adjusts := self.adjusts(row)) is not None:
            return _with_range(row, adjusts)
        return _with_points(row, _agreed(map(_points, self._rules(row))))

    def adjusts(self, row: Row) -> Range | None:
        """Return what a row adds to the total or takes off it, where it is no part of the full score."""
        rules = self._rules(row) if self._adjusts else []
        return _agreed(rule.version.adjusts for rule in rules)

    def shared_points(self, row: Row, extras: Extras) -> Completion:
        """Return the row's part of the points of its block, where no rule fixes its points."""
        split = self._split(row.path)
        if split is None or _agreed(map(_points, self._rules(row))) is not None:
            return _NOTHING
        points, problems = self._share(split, extras)
        cells, assumptions, differs = _with_points(row, points)
        return cells, assumptions, problems + differs

    def fixed_target(self, row: Row, extras: Extras) -> Completion:
        """Return the target that a rule fixes by the row's name, else what the row's thresholds ask for."""
        target = _agreed(rule.version.target for rule in self._rules(row))
        if target is None and self._graded and extras.thresholds:
            target = _first_threshold(extras.thresholds)
        written = (row.target or "").strip()
        if target is None or _states_target(written, row, target):
            return _NOTHING
        message = Message(f"表上没有写指标值，按规则集定的“{target}”", f"no target given; the ruleset fixes {target!r}")
        if written:
            shown = shorten(written)
            message = Message(
                f"表上的指标值“{shown}”不是指标值，按规则集定的“{target}”",
                f"the form's target {shown!r} is none; the ruleset fixes {target!r}",
            )
        return {"target": target}, (Assumption("target", message),), ()

    def half_year_target(self, row: Row, _: Extras) -> Completion:
        """Return the target for half a year, where the ruleset scores half a year."""
        if not self._half or row.half_year is None:
            return _NOTHING
        half = row.half_year
        message = Message(f"按半年指标值“{half}”", f"by the target for half a year, {half!r}")
        return {"target": half}, (Assumption("period", message),), ()

    def _rules(self, row: Row) -> list[RuleInForce]:
        """Return the rules that fix something of a row of that name and place; the target, or the form, decides."""
        case = Case.at(row.path, row.name, row.extras.properties)
        return contenders([rule for rule in self._named.get(case.name, ()) if may_be_meant(rule, case)])

    def _split(self, path: Sequence[str]) -> str | None:
        return next((name for name in _plain(path) if name in self._splits), None)

    def _share(self, block: str, extras: Extras) -> tuple[Fraction | None, tuple[Diagnostic, ...]]:
        """Compute a row's part of its block's points."""
        whole = self._points.get(block, extras.block_points)
        compiled: Compiled = self._splits[block]
        env = {name: value for name, value in extras.named().items() if name != "block_points"}
        if whole is not None:
            env["block_points"] = whole
        try:
            return compiled.run(env), ()
        except ScoringError as error:
            cause = error.diagnostics[0].message
            message = Message(f"“{block}”的分值分不下去：{cause.zh}", f"cannot share out {block!r}: {cause.en}")
            return None, (Diagnostic("PF521", message),)


#: What a ruleset may fix, in order; a later one replaces the cell of an earlier one.
_FIXES: tuple[Callable[[Given, Row, Extras], Completion], ...] = (
    Given.fixed_points,
    Given.shared_points,
    Given.fixed_target,
    Given.half_year_target,
)


def _agreed(values: Iterable[_T | None]) -> _T | None:
    """Return the one value that all have; `None` where there is none, or another beside it.

    >>> _agreed([5, 5]), _agreed([5, 6]), _agreed([5, None]), _agreed([])
    (5, None, None, None)
    """
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _points(rule: RuleInForce) -> Fraction | None:
    """Return the points that a rule fixes, or those of its checklist."""
    way = rule.way
    return way.points if rule.version.points is None and isinstance(way, ByChecklist) else rule.version.points


def _states_target(written: str, row: Row, fixed: str) -> bool:
    """Return whether a form states a target of its own: not a dash, nor words or prose in place of a number."""
    if is_blank(fold(written)) or written in _DASHES:
        return False
    try:
        reading = parse_target(written, comparator=row.comparator, unit=row.unit)
    except ExpressionError as error:
        # A damaged number is refused; prose that holds no target is none.
        return error.code not in PROSE
    return isinstance(reading, Bound | Between | Change) or not isinstance(fixed_target(fixed), Bound)


#: What is also read for a dash where the ruleset has the target: an empty cell, and a dash that was scanned.
_DASHES = frozenset({"", "一"})
#: What reading says of prose, such as the standard of an indicator in the place of its target.
PROSE = frozenset({"PF301", "PF302", "PF317"})


def _with_points(row: Row, points: Fraction | None) -> Completion:
    """Return the fixed points for a row that prints none; the form's own count, and a difference is reported."""
    printed, problems = read_points(row.points_text)
    if points is None or problems or printed == points:
        return _NOTHING
    if printed is not None:
        return {}, (), (_differs(printed, points),)
    shown = decimal_text(points)
    message = Message(f"表上没有写分值，按规则集定的 {shown} 分", f"no points given; the ruleset fixes {shown}")
    return {"points": shown}, (Assumption("points", message),), ()


def _with_range(row: Row, adjusts: Range) -> Completion:
    """Return the points of a row that adjusts the total, which forms print as 5, -10 or ±5, or leave out."""
    low, high = adjusts.low or Fraction(0), adjusts.high or Fraction(0)
    cells = {"points": decimal_text(high - low)}
    printed, problems = read_points((row.points_text or "").strip().lstrip("-−+±"))
    if problems or printed is None or printed in {-low, high, high - low}:
        return cells, (), ()
    shown = decimal_text(printed)
    message = Message(
        f"表上的分值 {shown} 与规则集定的加减分 {adjusts} 不同，按规则集的计",
        f"the form gives {shown} points, the ruleset an adjustment of {adjusts}; the ruleset's counts",
    )
    return cells, (), (Diagnostic("PF533", message, severity=Severity.WARNING),)


def _differs(printed: Fraction, fixed: Fraction) -> Diagnostic:
    return Diagnostic(
        "PF533",
        Message(
            f"表上的分值 {decimal_text(printed)} 与规则集定的 {decimal_text(fixed)} 不同，按表上的计",
            f"the form gives {decimal_text(printed)} points, the ruleset fixes {decimal_text(fixed)}; the form's count",
        ),
        severity=Severity.WARNING,
    )


def _first_threshold(thresholds: Mapping[str, Quantity]) -> str:
    """Return the target that a row's thresholds stand for: to reach the first."""
    edges = list(thresholds.values())
    return f"{'≥' if edges[0].base >= edges[-1].base else '≤'}{edges[0]}"


def _plain(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(name_key(part) for part in path)
