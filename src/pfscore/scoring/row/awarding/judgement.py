"""Levels, thresholds and judgements: what is left to a person within bounds, and what a person has decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from pfscore.cells.lexicon.levels import level_scale
from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.readings import Assumption, Level, Measured, Reading
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.numbers import Rounding, decimal_text, in_percent
from pfscore.foundation.text import Message
from pfscore.rulesets.in_force import RuleInForce, Worth
from pfscore.rulesets.model.values import Range
from pfscore.rulesets.model.way import ByChecklist, ByLevels, ByThresholds, LevelRow, ThresholdRow
from pfscore.rulesets.possible_scores import possible_scores
from pfscore.scoring.row.awarding.award import Award, Basis, Extras, Value, rounding_of
from pfscore.scoring.row.comparing.comparison import BY_HAND
from pfscore.scoring.row.comparing.readings_of_row import Cells, Outcome
from pfscore.scoring.row.comparing.words import same_words

ALL = Range(Fraction(1), Fraction(1))
ANY = Range(Fraction(0), Fraction(1))
_WORDS = {"decision": "score", "share": "share"}


def by_level(way: ByLevels, basis: Basis) -> Award:
    """Score a row by the level that its words fall into."""
    row = _level_row(way.rows, basis.cells)
    if row is None and basis.comparison.met:
        row = way.rows[0]
    if row is None:
        return _unsettled(basis)
    return replace(by_share(row.share, basis), level="、".join(row.level))


def _level_row(levels: Sequence[LevelRow], cells: Cells) -> LevelRow | None:
    """Return the level that the actual falls into: its own words first, then a known synonym, then 其他."""
    target, actual = cells.target, cells.actual
    if not isinstance(actual, Level):
        return None
    for row in levels:
        if any(same_words(Level(word), actual) for word in row.level):
            return row
    scale = level_scale(actual.text)
    for row in levels:
        if scale is not None and any(level_scale(word) == scale for word in row.level):
            return row
    for row in levels:
        if "同指标值" in row.level and target is not None and same_words(target, actual):
            return row
    return next((row for row in levels if "其他" in row.level), None)


def _unsettled(basis: Basis) -> Award:
    """Leave a row that no level or threshold is for to a person, from nothing to all that it is worth."""
    undecided, worth = basis.comparison.undecided or _unlisted(basis.cells), basis.worth
    return _decided(Award(Outcome.JUDGEMENT, worth.least, worth.most, basis.comparison, (undecided,)), ANY, basis)


def _unlisted(cells: Cells) -> Diagnostic:
    return Diagnostic(
        "PF516",
        Message(
            f"完成值“{cells.actual}”不在规则的各档里",
            f"the actual “{cells.actual}” is in no level of the rule",
        ),
        BY_HAND,
    )


def by_threshold(way: ByThresholds, basis: Basis) -> Award:
    """Score a row by thresholds of its own; the last level takes what reaches none of the others."""
    rows, actual = way.rows, basis.cells.actual
    if not isinstance(actual, Measured):  # of ≥89%, nobody knows whether it is 90%
        return _unsettled(basis)
    given = basis.extras.thresholds or {}
    if (problem := _threshold_problem(rows, given, actual.quantity)) is not None:
        return basis.refused(problem)
    edges = [given[row.level].base for row in rows[:-1]]
    value, falling = actual.quantity.base, edges[0] >= edges[-1]
    for row, edge in zip(rows, edges, strict=False):
        if value >= edge if falling else value <= edge:
            return replace(by_share(row.share, basis), level=row.level)
    return replace(by_share(rows[-1].share, basis), level=rows[-1].level)


def _threshold_problem(
    rows: Sequence[ThresholdRow], given: Mapping[str, Quantity], actual: Quantity
) -> Diagnostic | None:
    """Return what is wrong with a row's thresholds: one is missing, of another unit, or out of order."""
    for row in rows[:-1]:
        if row.level not in given:
            zh, en = f"本行没有写“{row.level}”的起点", f"the row gives no threshold for {row.level!r}"
            return Diagnostic("PF532", Message(zh, en))
        if given[row.level].dimension != actual.dimension:
            zh = f"“{row.level}”的起点“{given[row.level]}”与完成值“{actual}”单位不同"
            return Diagnostic("PF515", Message(zh, f"the threshold {given[row.level]} and {actual} differ in unit"))
    edges = [given[row.level].base for row in rows[:-1]]
    if edges != sorted(edges) and edges != sorted(edges, reverse=True):
        zh, en = "本行各档的起点没有依次升降", "the row's thresholds neither rise nor fall"
        return Diagnostic("PF532", Message(zh, en))
    return None


def by_share(share: Range, basis: Basis) -> Award:
    """Award a part of the points, or leave a range of it to a person."""
    if share.low is not None and share.low == share.high:
        return replace(basis.rounded(basis.worth.at(share.low), {}), share=share)
    low, high = _bounds(share, basis.rule, basis.points)
    return _decided(Award(Outcome.JUDGEMENT, low, high, basis.comparison, share=share), share, basis)


def by_checklist(way: ByChecklist, basis: Basis) -> Award:
    """Score a row by its checklist: from a number of cases in the actual, else by what a person found."""
    cases = None if len(way.rows) > 1 or way.rows[0].each is None else _count(basis.cells.actual)
    if cases is not None:
        scores = way.rows[0].scores
        score = basis.worth.least + scores[min(cases, len(scores) - 1)]
        return Award(Outcome.SCORED, score, score, basis.comparison, raw=score)
    possible, least = possible_scores(basis.rule, basis.points), basis.worth.least
    most = max((one.high for one in possible.ranges if one.high is not None), default=least)
    found, decision = Award(Outcome.JUDGEMENT, least, most, basis.comparison, by_person=True), basis.extras.decision
    if decision is None or decision in possible:
        return _decided(found, ANY, basis)
    given, listed = decimal_text(decision), possible.text()
    message = Message(
        f"评定的得分 {given} 不是核对表能给出的：{listed.zh}",
        f"the decided score {given} is none that the checklist can give: {listed.en}",
    )
    return replace(found, diagnostics=(Diagnostic("PF523", message, None, Span(cell="decision")),))


def _count(actual: Reading | None) -> int | None:
    """Return a number of cases (2例, 0); anything else counts nothing."""
    if not isinstance(actual, Measured) or actual.quantity.unit == "1":
        return None
    value = actual.quantity.value
    return int(value) if value >= 0 and value.denominator == 1 else None


def _bounds(share: Range, rule: RuleInForce, points: Fraction) -> tuple[Fraction, Fraction]:
    """Return the least and the most points in `share`, rounded inward so that every score between them is allowed."""
    least, most = share.low or Fraction(0), Fraction(1) if share.high is None else share.high
    low, high = (rule.worth(points).at(one) for one in (least, most))
    rounding = rounding_of(rule, "score")
    if rounding is None:
        return low, high
    inner_low, inner_high = rounding.apply(low, Rounding.UP), rounding.apply(high, Rounding.DOWN)
    if share.low_open and inner_low == low:
        inner_low += rounding.unit
    if share.high_open and inner_high == high:
        inner_high -= rounding.unit
    return (inner_low, inner_high) if inner_low <= inner_high else (low, high)


def between(low: Fraction, high: Fraction, basis: Basis, env: Mapping[str, Value]) -> Award:
    """Leave to a person what lies between two computed scores; where they are equal nothing is open."""
    worth, rule = basis.worth, basis.rule
    if not worth.least <= low <= high <= worth.most:
        shown, allowed = (decimal_text(low), decimal_text(high)), (decimal_text(worth.least), decimal_text(worth.most))
        message = Message(
            f"评定的下限 {shown[0]} 和上限 {shown[1]} 不在 {allowed[0]} 到 {allowed[1]} 之间",
            f"the bounds {shown[0]} and {shown[1]} are not within {allowed[0]} and {allowed[1]}",
        )
        return basis.refused(Diagnostic("PF522", message, None, rule.place_of("judgement")), env)
    rounding = rounding_of(rule, "score")
    least, most = (low, high) if rounding is None else (rounding.apply(low), min(rounding.apply(high), worth.most))
    if least == most:
        return Award(Outcome.SCORED, least, most, basis.comparison, (), env, low)
    return _decided(Award(Outcome.JUDGEMENT, least, most, basis.comparison, (), env), ANY, basis)


def _decided(found: Award, share: Range, basis: Basis) -> Award:
    return _chosen(below_full(found, basis), share, basis.rule, basis.points, basis.extras)


#: Points are decided to two decimals where the rule does not round them.
_LEAST_STEP = Fraction(1, 100)


def below_full(found: Award, basis: Basis) -> Award:
    """Leave less than all its points to a row that missed its target, where the ruleset lets this be assumed.

    More than what an equal sign asks for is no shortfall: what it earns stays open. A decision of a person stands.
    """
    most, rounding = basis.worth.most, rounding_of(basis.rule, "score")
    if not basis.rule.assume.below_full or basis.comparison.met is not False or found.high != most:
        return found
    if basis.extras.decision is not None or basis.extras.share is not None:
        return found
    if basis.comparison.is_beyond_equal:
        return found
    high = most - (_LEAST_STEP if rounding is None else rounding.unit)
    if found.low is None or found.low > high:
        return found
    shown = decimal_text(high)
    message = Message(
        f"未达标的不得满分，至多 {shown} 分", f"a missed target earns less than all points, at most {shown}"
    )
    assumptions = (*found.comparison.assumptions, Assumption("below_full", message))
    return replace(found, high=high, comparison=replace(found.comparison, assumptions=assumptions))


def _chosen(found: Award, share: Range, rule: RuleInForce | None, points: Fraction, extras: Extras) -> Award:
    """Put a person's choice in place of the range, where one is given and lies within it."""
    worth = Worth(points) if rule is None else rule.worth(points)
    low, high = worth.least if found.low is None else found.low, worth.most if found.high is None else found.high
    if extras.share is not None:
        raw = worth.at(extras.share)
        rounding = None if rule is None else rounding_of(rule, "score")
        score = raw if rounding is None else rounding.apply(raw)
        if extras.share not in share:
            return _outside(found, "share", "比例", in_percent(extras.share), share.percent())
        if share is ANY and not low <= score <= high:
            return _outside(found, "share", "得分", decimal_text(score), Range(low, high))
        env: dict[str, Value] = {**found.env, "share": extras.share}
        chosen = replace(found, outcome=Outcome.SCORED, low=score, high=score, env=env, raw=raw, diagnostics=())
        return replace(chosen, chosen="share")
    if extras.decision is not None:
        given = extras.decision
        if not low <= given <= high:
            return _outside(found, "decision", "得分", decimal_text(given), Range(low, high))
        chosen = replace(found, outcome=Outcome.SCORED, low=given, high=given, raw=given, diagnostics=())
        return replace(chosen, chosen="decision")
    return found


def settled(found: Award, rule: RuleInForce | None, points: Fraction, extras: Extras) -> Award:
    """Apply a person's choice to whatever is left open, and report one that was given where nothing is open."""
    if found.chosen is not None or any(one.code == "PF523" for one in found.diagnostics):
        return found
    if found.outcome is Outcome.JUDGEMENT:
        return _chosen(found, ANY, rule, points, extras)
    used = rule is not None and rule.formula is not None and "share" in rule.formula.names
    cell = "decision" if extras.decision is not None else "share" if extras.share is not None and not used else None
    if found.outcome is not Outcome.SCORED or cell is None or found.low is None or found.low == extras.decision:
        return found
    given = decimal_text(extras.decision) if extras.decision is not None else in_percent(extras.share or Fraction(0))
    named = f"{'得分' if cell == 'decision' else '比例'} {given}"
    message = Message(
        f"评定的{named} 没有采用：按规则得 {decimal_text(found.low)} 分，不须评定",
        f"the decided {_WORDS[cell]} {given} is not used: the rule gives {decimal_text(found.low)}, nothing is open",
    )
    return replace(found, diagnostics=(*found.diagnostics, Diagnostic("PF523", message, None, Span(cell=cell))))


def _outside(found: Award, cell: str, zh: str, given: str, bounds: Range | str) -> Award:
    message = Message(
        f"评定的{zh} {given} 不在 {bounds} 之内", f"the decided {_WORDS[cell]} {given} is not within {bounds}"
    )
    return replace(found, diagnostics=(*found.diagnostics, Diagnostic("PF523", message, None, Span(cell=cell))))
