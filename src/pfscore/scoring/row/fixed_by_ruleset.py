"""What a ruleset fixes about a row, so that the form need not say it: the points, the target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pfscore.cells.indicator_names import plain_name
from pfscore.cells.readings import Assumption, Quantity
from pfscore.forms.form import Indicator
from pfscore.formulas.evaluation.compiled import Compiled, compile_formula
from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.errors import ScoringError
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message
from pfscore.rulesets.edition import Edition, RuleInForce
from pfscore.rulesets.model.ruleset import Block
from pfscore.scoring.row.award import Extras
from pfscore.scoring.row.inputs import read_points
from pfscore.scoring.row.rule_choice import by_name, contenders


@dataclass(frozen=True, slots=True)
class Completed:
    """A row with what the ruleset fixes filled in; what was taken from there is an assumption."""

    row: Indicator
    assumptions: tuple[Assumption, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class Given:
    """What an edition fixes, by the names of indicators and blocks."""

    def __init__(self, edition: Edition) -> None:
        self._named = by_name(
            rule for rule in edition.rules if rule.version.points is not None or rule.version.target is not None
        )
        self._splits = {plain_name(name): compile_formula(formula) for name, formula in edition.splits.items()}
        self._points = dict(_block_points(edition.terms.get("blocks") or ()))
        self._graded = any(rule.applies.row == "graded" for rule in edition.rules)
        self._half = edition.terms.get("period") == "half_year"

    def fixes(self, name: str) -> bool:
        """Tell whether anything may be fixed about a row of that name."""
        return bool(self._splits) or plain_name(name) in self._named

    def block_of(self, row: Indicator) -> tuple[str, ...]:
        """Return the block whose points are shared out among its rows, else the row's path."""
        return next(((name,) for name in _plain(row.path) if name in self._splits), row.path)

    def complete(self, row: Indicator, extras: Extras) -> Completed:
        """Fill in what the form leaves out and the ruleset fixes; say where the two differ."""
        if not (self._named or self._splits or (self._graded and row.thresholds) or (self._half and row.targets)):
            return Completed(row)
        filled: dict[str, str] = {}
        assumed: list[Assumption] = []
        problems: tuple[Diagnostic, ...] = ()
        rule = self._rule(row.name, row.path)
        points = rule.version.points if rule is not None else None
        if points is None and (split := self._split(row.path)) is not None:
            points, problems = self._share(split, extras)
        if points is not None:
            printed = read_points(row.points)[0]
            if printed is None and not read_points(row.points)[1]:
                filled["points"] = shown = decimal_text(points)
                message = Message(
                    f"表上没有写分值，按规则集定的 {shown} 分", f"no points given; the ruleset fixes {shown}"
                )
                assumed.append(Assumption("points", message))
            elif printed is not None and printed != points:
                problems = (*problems, _differs(printed, points))
        target = rule.version.target if rule is not None else None
        if target is None and self._graded and extras.thresholds:
            target = _first_threshold(extras.thresholds)
        if target is not None and not (row.full_target or "").strip():
            filled["target"] = target
            message = Message(
                f"表上没有写指标值，按规则集定的“{target}”", f"no target given; the ruleset fixes {target!r}"
            )
            assumed.append(Assumption("target", message))
        if self._half and row.targets is not None and row.targets.half_year is not None:
            filled["target"] = half = row.targets.half_year
            message = Message(f"按半年指标值“{half}”", f"by the target for half a year, {half!r}")
            assumed.append(Assumption("period", message))
        return Completed(row.model_copy(update=filled) if filled else row, tuple(assumed), problems)

    def _rule(self, name: str, path: Sequence[str]) -> RuleInForce | None:
        blocks = _plain(path)
        found = [
            rule
            for rule in self._named.get(plain_name(name), ())
            if rule.applies.block is None or any(plain_name(block) in blocks for block in rule.applies.block)
        ]
        left = contenders(found)
        return left[0] if len(left) == 1 else None

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
    return tuple(plain_name(part) for part in path)


def _block_points(blocks: Sequence[Block]) -> list[tuple[str, Fraction]]:
    found: list[tuple[str, Fraction]] = []
    for block in blocks:
        if block.points is not None:
            found.append((plain_name(block.name), block.points))
        found += _block_points(block.parts or ())
    return found
