"""Published scores that the ruleset does not give, for certain or only as far as the rule and the cells are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pfscore.auditing.case import Case, Line, Row
from pfscore.auditing.checks.budget_parts import has_wrong_unit
from pfscore.auditing.checks.claims import (
    is_full_though_weaker,
    is_reason,
    is_scored_in_proportion,
)
from pfscore.auditing.figures import ROUNDING_WORDS, Figure, Guess, as_ratio, is_blank, likely_cause, show, show_percent
from pfscore.auditing.finding import Finding
from pfscore.auditing.known_policies import Way, ways_to
from pfscore.cells.lexicon.directions import is_doubtful
from pfscore.cells.lexicon.undone import denies, says_undone
from pfscore.cells.lexicon.word_patterns import rule
from pfscore.cells.readings import UPPER, Bound, Level
from pfscore.foundation.diagnostics import Severity
from pfscore.foundation.folding import fold_without_spaces, fold_words
from pfscore.foundation.numbers import Rounding, decimal_text, round_to
from pfscore.foundation.text import Message
from pfscore.rulesets.in_force import Authority
from pfscore.rulesets.model.base import Evidence
from pfscore.rulesets.model.way import ByChecklist
from pfscore.rulesets.possible_scores import PossibleScores, possible_scores
from pfscore.scoring.row.awarding.award import UNSTATED, Award, evidence_words, rounding_of
from pfscore.scoring.row.comparing.readings_of_row import Outcome, quantities
from pfscore.scoring.row.doubts import is_decided_otherwise
from pfscore.scoring.row.score import Score

# The rule is described, with rows, in grammar/words/notes.txt.
_BY_RATE = rule("by_rate_of_budget")
_CLAUSES = re.compile("[,;。]")
#: From which completion on points may be taken off for a target that was too low.
_FAR = Fraction(6, 5)


def scores_above_points(case: Case) -> Iterator[Finding]:
    """PF724: a score above the points of its row, or below zero; an adjustment beyond what its rule lets it be."""
    for one in case.scorable:
        if one.published is None or one.may_earn(one.published.value):
            continue
        within = one.score.adjusts if isinstance(one, Row) and one.score is not None else None
        is_above = one.published.value > 0
        most = "" if one.points is None else one.points.text
        yield case.finding(
            "PF724 adjusts" if within is not None else "PF724" if is_above else "PF724 negative",
            one,
            "published_score",
            published=one.published.text,
            computed=str(within) if within is not None else most if is_above else "0",
        )


def scores_of_inapplicable(case: Case) -> Iterator[Finding]:
    """PF723: points for an indicator that is marked 不适用, where the ruleset gives none, or says nothing of it."""
    for row in case.rows:
        if row.is_applicable or row.is_left_out or row.published is None or row.published.value <= 0:
            continue
        treatment = None if row.score is None else row.score.award.treatment
        if treatment != "full":
            yield case.finding(
                "PF723 silent" if treatment in {None, UNSTATED} else "PF723",
                row,
                "published_score",
                published=row.published.text,
                computed="-",
            )


def scores_without_actual(case: Case) -> Iterator[Finding]:
    """PF725: a score although the actual was left blank. PF726: an actual with points but no score.

    PF727: a score that the rule of the row, whatever was achieved, can never give.
    """
    scored = any(row.published is not None for row in case.rows)
    for row in case.rows:
        if row.points is None or not row.is_applicable:
            continue
        blank = is_blank(row.indicator.actual) and not _answers_by_none(row)
        possible = _possible(row) if blank else None
        if possible is not None and row.published is not None and row.published.value not in possible:
            listed = possible.text()
            yield case.finding("PF727", row, "published_score", published=row.published.text, possible=listed)
        if blank and row.published is not None and row.published.value > 0 and not _needs_no_actual(case, row):
            yield case.finding("PF725", row, "published_score", published=row.published.text)
        elif scored and not blank and is_blank(row.indicator.published_score):
            yield case.finding("PF726", row, "published_score", computed=_given_text(row.score), points=row.points.text)


def _answers_by_none(row: Row) -> bool:
    """Return whether 无 is what was reached: for what should not happen, and under a ceiling or words."""
    if "无" not in (row.indicator.actual or ""):
        return False
    is_ceiling = isinstance(row.target, Bound) and (row.target.op in UPPER or not row.target.quantity.value)
    return row.comparison.met is not None or is_ceiling or isinstance(row.target, Level)


def _possible(row: Row) -> PossibleScores | None:
    """Return what the rule for a row without an actual can give."""
    rule = None if row.score is None else row.score.rule_in_force
    return None if rule is None or row.points is None else possible_scores(rule, row.points.value)


def _needs_no_actual(case: Case, row: Row) -> bool:
    """Return whether a row is scored by its standard alone: by a checklist, or on a sheet that asks for no actual."""
    rule = None if row.score is None else row.score.rule_in_force
    if rule is None:
        return False
    return (
        isinstance(rule.way, ByChecklist)
        or rule.uses_form_amounts
        or all(is_blank(one.indicator.actual) for one in case.rows)
    )


def _given_text(score: Score | None) -> str | None:
    if score is None or score.outcome is not Outcome.SCORED or score.award.low is None:
        return None
    return decimal_text(score.award.low)


def scores_by_rule(case: Case) -> Iterator[Finding]:
    """PF720, PF721, PF722: a published score that the rule does not give, or full points for a missed target."""
    for row in case.rows:
        if row.published is None or (row.points is None and not row.is_adjustment) or _is_said_otherwise(case, row):
            continue
        score, printed = row.score, row.published
        outcome = score.outcome if score is not None and _is_comparable(row) else None
        if score is not None and outcome is Outcome.SCORED:
            if is_contradicted(case, row):
                yield _weighed(case, row, _wrong_score(case, row, printed, score.award))
        elif score is not None and outcome is Outcome.JUDGEMENT and is_full_though_missed(case, row):
            yield _weighed(case, row, _full_though_missed(case, row, printed, None))
        elif score is not None and outcome is Outcome.JUDGEMENT and is_outside(row):
            yield _weighed(case, row, _outside(case, row, printed, score.award))
        elif row.points is not None and not row.is_adjustment:
            yield from _full_without_rule(case, row, printed, row.points)
        if (outcome is Outcome.JUDGEMENT or _is_surely_withheld(row)) and _is_withheld_without_reason(row):
            yield case.finding(
                "PF722 judged",
                row,
                "published_score",
                published=printed.text,
                computed=None if row.points is None else row.points.text,
                relation=row.relation,
            )


def _is_said_otherwise(case: Case, row: Row) -> bool:
    """Return whether another check says what is doubtful; what is missed however it is meant is said here too."""
    is_certain_all_the_same = row.is_missed_either_way and is_full_though_missed(case, row)
    return (row.is_doubted and not is_certain_all_the_same) or is_full_though_weaker(row)


def _is_surely_withheld(row: Row) -> bool:
    """Return whether a row without a rule met its number, not far beyond it, whatever may be assumed of its name."""
    award = row.usual.award
    is_due = award.outcome is Outcome.SCORED and row.points is not None and award.low == row.points.value
    return row.score is None and is_due and not row.is_sided_by_name and not _rests_on_more(row)


def _is_withheld_without_reason(row: Row) -> bool:
    """Return whether a row that is met lost points within the range of the rule, and its note does not say why."""
    if row.comparison.met is not True or row.published is None or row.points is None or is_outside(row):
        return False
    if not row.may_earn(row.published.value):
        return False
    note = row.note
    return row.published.value < row.points.value and not (is_reason(note, row.plain) or is_decided_otherwise(note))


def is_contradicted(case: Case, one: Row | Line) -> bool:
    """Return whether the rule gives another score than the published one."""
    score, printed = one.score, one.published
    if score is None or printed is None or score.outcome is not Outcome.SCORED or score.award.low is None:
        return False
    return not _is_given(case, printed, score.award, score)


def is_outside(one: Row | Line) -> bool:
    """Return whether a published score lies outside the range that the rule leaves.

    All points of a missed target are another finding, whether the rule or only an assumption takes them out.
    """
    award, printed = None if one.score is None else one.score.award, one.published
    if award is None or printed is None or award.outcome is not Outcome.JUDGEMENT:
        return False
    if _is_by_assumption(award) and one.points is not None and printed.value == one.points.value:
        return False
    return award.low is not None and award.high is not None and not award.low <= printed.value <= award.high


def _is_by_assumption(award: Award) -> bool:
    """Return whether only an assumption keeps a row that missed its target from all its points."""
    return any(assumption.key == "below_full" for assumption in award.comparison.assumptions)


def _full_without_rule(case: Case, row: Row, printed: Figure, points: Figure) -> Iterator[Finding]:
    """PF721: full points for a target that was plainly missed, where no rule can be asked."""
    rate = row.comparison.completion
    if printed.value != points.value or not points.value or not row.is_applicable:
        return
    if row.comparison.is_beyond_equal:
        if not is_reason(row.note, row.plain):
            yield case.finding("PF721 beyond", row, "published_score", published=printed.text, relation=row.relation)
        return
    if row.comparison.met is False and not row.is_sided_by_name:
        if row.usual.award.low != printed.value:
            yield _weighed(case, row, _full_though_missed(case, row, printed, None))
        return
    is_open = row.is_sided_by_name or (row.comparison.met is None and row.comparison.direction is None)
    is_limit = any("成本" in part for part in row.indicator.path) or is_doubtful(row.plain)
    if is_open and not is_limit and rate is not None and 0 <= rate < 1:
        yield case.finding(
            "PF721 short",
            row,
            "published_score",
            published=printed.text,
            relation=row.relation,
            rate=show_percent(rate),
        )


def _is_comparable(one: Row | Line) -> bool:
    """Return whether nothing more basic is wrong with the score, which another check reports."""
    return (
        one.published is not None
        and (one.points is not None or (isinstance(one, Row) and one.is_adjustment))
        and one.may_earn(one.published.value)
        and one.score is not None
        and one.score.points_exact is not None
    )


def _is_given(case: Case, printed: Figure, award: Award, score: Score) -> bool:
    """Return whether the rule gives the printed score, or would under the rounding that the whole document uses."""
    if printed.value == award.low:
        return True
    habit = case.dossier.score_rounding
    return (
        award.raw is not None
        and habit is not Rounding.HALF_UP
        and _digits(score) == printed.digits
        and printed.agrees(award.raw, habit)
    )


def _digits(score: Score) -> int | None:
    rounding = None if score.rule_in_force is None else rounding_of(score.rule_in_force, "score")
    return None if rounding is None else rounding.digits


def _wrong_score(case: Case, row: Row, printed: Figure, award: Award) -> Finding:
    given = award.low or Fraction(0)
    points = None if row.is_adjustment or row.points is None else row.points.value
    if award.comparison.met is False and printed.value == points:
        return _full_though_missed(case, row, printed, given)
    is_due = award.comparison.met is True and given == points
    return case.finding(
        "PF722" if is_due else "PF720",
        row,
        "published_score",
        published=printed.text,
        computed=decimal_text(given),
        evidence=_rule_steps(row.score),
        cause=None if row.is_adjustment else _row_cause(case, row, printed),
        relation=row.relation,
    )


def _full_though_missed(case: Case, row: Row, printed: Figure, given: Fraction | None) -> Finding:
    """Return PF721, with the figure that is due where it is certain, or what the rule alone says of it."""
    award = row.usual.award
    low, high = award.low, award.high
    key, figure = "PF721 open", None
    if _is_rounding(case, row, award, printed):
        return case.finding(
            "PF721 rounded",
            row,
            "published_score",
            published=printed.text,
            computed=None if low is None else decimal_text(low),
            evidence=_rule_steps(row.score),
            relation=row.relation,
        )
    if row.score is None:
        is_usual = award.outcome is Outcome.SCORED and low is not None
        key, figure = ("PF721 usual", decimal_text(low or Fraction(0))) if is_usual else ("PF721 missed", None)
    elif given is not None:
        key, figure = "PF721" if is_exact(case, row) else "PF721 by rule", decimal_text(given)
    elif low is not None and high is not None and high < printed.value and not _is_by_assumption(award):
        key, figure = "PF721 range", f"[{decimal_text(low)}, {decimal_text(high)}]"
    elif _has_formula(row):
        key = "PF721 unmeasured"
    return case.finding(
        key,
        row,
        "published_score",
        published=printed.text,
        computed=figure,
        evidence=_rule_steps(row.score),
        cause=_row_cause(case, row, printed),
        relation=row.relation,
        low=None if low is None else decimal_text(low),
        high=None if high is None else decimal_text(high),
    )


def _has_formula(row: Row) -> bool:
    """Return whether the rule computes what the row earns, so that only its number is lacking."""
    rule = None if row.score is None else row.score.rule_in_force
    return rule is not None and rule.formula is not None


def _outside(case: Case, row: Row, printed: Figure, award: Award) -> Finding:
    low, high = decimal_text(award.low or Fraction(0)), decimal_text(award.high or Fraction(0))
    return case.finding(
        "PF720 outside",
        row,
        "published_score",
        published=printed.text,
        computed=f"[{low}, {high}]",
        evidence=_rule_steps(row.score),
        low=low,
        high=high,
    )


def _rule_steps(score: Score | None) -> tuple[Message, ...]:
    """Return the rule and what it computed."""
    if score is None or score.rule_in_force is None:
        return ()
    rule = score.rule_in_force
    formula = f"：{rule.formula}" if rule.formula is not None else ""
    parts = [Message(f"规则“{rule.title}”{formula}", f"rule {rule.id}{formula.replace('：', ': ')}")]
    if score.award.raw is not None and score.award.raw != score.award.low:
        raw = show(score.award.raw)
        parts.append(Message(f"算得 {raw}", f"computed {raw}"))
    return tuple(parts)


def _row_cause(case: Case, row: Row, printed: Figure) -> Message | None:
    """Return the known policies, parameters or roundings that would give the printed score."""
    award = row.score.award if row.score is not None else None
    if (
        award is not None
        and award.raw is not None
        and award.raw != award.low
        and _is_rounding(case, row, award, printed)
    ):
        return likely_cause(printed, award.raw)
    if row.points is None:
        return None
    if printed.value == row.points.value:
        return None
    is_ratio = any(quantity.unit == "1" for quantity in quantities(row.target))
    ways = ways_to(printed, row.points.value, row.comparison, is_ratio=is_ratio)
    simplest = min(ways, key=lambda way: way.policy.parameters, default=None)
    if simplest is None or not _is_plausible(simplest, printed):
        return None
    said = simplest.said()
    return Message(f"这样算得 {printed.text}：{said.zh}", f"{printed.text} is what this gives: {said.en}")


def _is_plausible(way: Way, printed: Figure) -> bool:
    """Return whether a way explains a printed score: a whole number is given by too many of them."""
    return printed.digits > 0 or (way.policy.parameters == 0 and way.mode is Rounding.HALF_UP)


def budget_scores(case: Case) -> Iterator[Finding]:
    """PF702: the printed score of a budget line is not what the rule gives."""
    for line in case.lines:
        if not _is_comparable(line) or line.published is None or line.score is None or line.score.award.low is None:
            continue
        if not is_contradicted(case, line) or has_wrong_unit(case, line):
            continue
        award, printed = line.score.award, line.published
        raw = award.low or Fraction(0) if award.raw is None else award.raw
        found = case.finding(
            "PF702",
            line,
            "published_score",
            published=printed.text,
            computed=decimal_text(award.low or Fraction(0)),
            evidence=(_budget_steps(line, raw), *_rule_steps(line.score)[:1]),
            cause=_by_wrong_rate(line) if _follows_wrong_rate(case, line) else _budget_cause(case, line, printed, raw),
        )
        yield _weighed(case, line, found)


def _budget_steps(line: Line, raw: Fraction) -> str:
    """Return how the score comes about; a rate that the rule rounds first is shown rounded."""
    points = line.points.value if line.points is not None else Fraction(0)
    if line.budget is None and line.expenditure is None:
        return f"{line.line.published_rate} × {line.line.points} = {show(raw)}"
    quotient = f"{line.line.expenditure} ÷ {line.line.budget}"
    rate = line.executed
    if rate is None or rate * points == raw or not points:
        return f"{quotient} × {line.line.points} = {show(raw)}"
    if raw == points < rate * points:
        return f"{quotient} × {line.line.points} = {show(rate * points)} → {show(raw)}"
    return f"{quotient} = {show(rate * 100)}% → {show(raw / points * 100)}%；× {line.line.points} = {show(raw)}"


def _by_wrong_rate(line: Line) -> Message:
    rate = line.line.published_rate
    if line.rate is not None and as_ratio(line.rate).value > 1:
        return Message(
            f"是按印错的执行率 {rate}，以满分为限算的",
            f"it was computed on the wrong printed rate of {rate}, limited to the points",
        )
    return Message(f"是按印错的执行率 {rate} 算的", f"it was computed on the wrong printed rate of {rate}")


def _budget_cause(case: Case, line: Line, printed: Figure, raw: Fraction) -> Message | None:
    found = likely_cause(printed, raw, _budget_guesses(line))
    if found is None or not printed.roundings_of(raw):
        return found
    others = [
        other
        for sibling in case.others
        for other in sibling.lines
        if other.published is not None
        and other.score is not None
        and other.score.award.low is not None
        and other.published.value == other.score.award.low
    ]
    if not others:
        return found
    habit = ROUNDING_WORDS[Rounding.HALF_UP]
    return Message(
        f"{found.zh}；其余 {len(others)} 张表都符合{habit.zh}",
        f"{found.en}; the other {len(others)} forms agree with {habit.en}",
    )


def _budget_guesses(line: Line) -> Iterator[Guess]:
    points = line.points.value if line.points is not None else Fraction(0)
    if line.expenditure is None:
        return
    if (rate := line.executed) is not None:
        for digits, zh, en in ((4, "两位小数", "two decimals"), (2, "整数", "a whole number")):
            yield Guess(
                Message(f"先把执行率取整到百分数的{zh}", f"the rate rounded to {en} of a percent first"),
                round_to(rate, digits) * points,
            )
        yield Guess(Message("把执行率当成 100%", "the rate taken as 100%"), points)
        yield Guess(Message("没有以满分为限", "not limited to the points"), rate * points)
    if line.initial:
        yield Guess(
            Message("按年初预算数算的", "computed on the initial budget"), line.expenditure / line.initial * points
        )


#: A published score nearer than this to the exact one may only be rounded in another way.
_ROUNDED = 10


def is_certain(case: Case, one: Line | Row) -> bool:
    """Return whether a published score that the rule does not give is wrong, and not only doubtful.

    It is where the figure of the rule is certain too, and where a target that was not reached has full points, which
    no rule gives.
    """
    if not _is_as_read(case, one):
        return False
    return _is_borne_out(case, one) or (isinstance(one, Row) and is_full_though_missed(case, one))


def is_exact(case: Case, one: Line | Row) -> bool:
    """Return whether the figure that the rule gives is the one that the document had to publish.

    It is where the rule's text was read, where other rows of the document or the row's own note bear the rule out, and
    where the score of a line is what the rule gives for a wrong printed rate.
    """
    is_scored = one.score is not None and one.score.outcome is Outcome.SCORED
    return is_scored and _is_as_read(case, one) and _is_borne_out(case, one)


def is_full_though_missed(case: Case, row: Row) -> bool:
    """Return whether a row has all its points though its target was missed, or its words are of a lower level.

    Where the rule gives nearly all of them, the published score may only be rounded.
    """
    award, printed, points = row.usual.award, row.published, row.points
    if printed is None or points is None or printed.value != points.value or not points.value or row.is_adjustment:
        return False
    if row.comparison.is_beyond_equal:
        return False
    if row.usual.points_exact is None:
        return row.comparison.met is False
    if award.low == printed.value or _is_rounding(case, row, award, printed) or _is_nearly_whole(row, printed):
        return False
    is_lower = award.level is not None and award.high is not None and award.high < points.value
    return row.comparison.met is False or is_lower


def _is_nearly_whole(row: Row, printed: Figure) -> bool:
    """Return whether all points for a share that had to be 100% may only be rounded: =100% by 99.98%.

    Who writes = for such a rate may mean no other than ≥, as it cannot be above.
    """
    found, points = row.comparison, row.points
    held = quantities(row.target)
    if points is None or found.target != 1 or found.actual is None or not held or held[0].unit != "1":
        return False
    return _is_near(found.actual * points.value, printed)


def _is_as_read(case: Case, one: Line | Row) -> bool:
    """Return whether the reading of a row or line is plain, and not only its name says to which side it improves."""
    if one.published is None or (isinstance(one, Row) and one.is_doubted and not one.is_missed_either_way):
        return False
    if isinstance(one, Line):
        return not has_wrong_unit(case, one)
    return not (one.is_sided_by_name or is_full_though_weaker(one) or _rests_on_more(one) or _is_said_too(one))


def _is_said_too(row: Row) -> bool:
    """Return whether a row is missed by some of its words, and others say what its target asks: 建立 ← 建立了制度，但….

    Whether the second is about the same thing is for a person.
    """
    if row.comparison.met is not False or not isinstance(row.target, Level) or not isinstance(row.actual, Level):
        return False
    wanted = fold_words(row.target.text)
    clauses = list(filter(None, _CLAUSES.split(fold_words(row.actual.text))))
    said = [clause for clause in clauses if wanted in clause]
    return len(clauses) > 1 and any(not (denies(wanted, one) or says_undone(one, wanted)) for one in said)


def _rests_on_more(row: Row) -> bool:
    """Return whether a score may rest on more than the numbers of the row: on what the note says, or on how far
    beyond its target it is.
    """
    note, compared = row.note, row.comparison
    if is_decided_otherwise(note) and not is_scored_in_proportion(row):
        return True
    is_withheld = compared.met is True and row.published is not None and row.points != row.published
    is_far = compared.direction == "higher" and compared.completion is not None and compared.completion > _FAR
    return is_withheld and (is_far or is_reason(note, row.plain))


def _is_borne_out(case: Case, one: Line | Row) -> bool:
    score, printed = one.score, one.published
    rule = None if score is None else score.rule_in_force
    if score is None or rule is None or printed is None:
        return False
    if rule.authority.evidence is Evidence.TEXT:
        return True
    if isinstance(one, Line) and (_follows_wrong_rate(case, one) or _says_its_rule(case, one)):
        return True
    only_rounded = _is_rounding(case, one, score.award, printed)
    if isinstance(one, Row) and _is_only_rounded(case, one, score.award):
        return False
    if isinstance(one, Row) and not only_rounded and is_scored_in_proportion(one):
        return True
    return any(_bears_out(witness, one, only_rounded=only_rounded) for witness in _witnesses(case, one))


def _says_its_rule(case: Case, line: Line) -> bool:
    """Return whether the form itself says that a line earns its points times the rate, as the rule has it."""
    texts = (line.line.note or "", *case.form.footnotes)
    if line.score is None or line.points is None or line.executed is None:
        return False
    return line.score.award.raw == line.executed * line.points.value and any(
        _BY_RATE.search(fold_without_spaces(text)) for text in texts
    )


def _follows_wrong_rate(case: Case, line: Line) -> bool:
    """Return whether the printed score is rate × points, as the rule has it, of a printed rate that is wrong."""
    exact = line.executed
    if line.rate is None or line.published is None or line.points is None or line.score is None or exact is None:
        return False
    rate, points = as_ratio(line.rate), line.points.value
    is_wrong = not rate.agrees(exact, case.dossier.rate_rounding) and not rate.roundings_of(exact)
    is_in_proportion = line.score.award.raw == exact * points
    return is_wrong and is_in_proportion and bool(line.published.roundings_of(min(rate.value, Fraction(1)) * points))


def _weighed(case: Case, one: Line | Row, found: Finding) -> Finding:
    """Return a finding about a score: an error where it is certain, else a doubt that says why it is no more.

    A score that is only rounded to fewer digits than the rule keeps is a hint.
    """
    rule = None if one.score is None else one.score.rule_in_force
    if found.severity is not Severity.ERROR or is_certain(case, one):
        return found
    if one.score is None or rule is None:
        return replace(found, severity=Severity.WARNING)
    if _is_only_rounded(case, one, one.score.award):
        return replace(found, severity=Severity.NOTE)
    return replace(found, severity=Severity.WARNING, evidence=(*found.evidence, _why_doubted(one, rule.authority)))


def _why_doubted(one: Line | Row, authority: Authority) -> Message:
    if isinstance(one, Row) and one.is_sided_by_name:
        return Message(
            "指标值没有写符号，多好还是少好是按名称推定的，所以只是存疑",
            "the target has no sign and only the name says which side is better, hence only a doubt",
        )
    if isinstance(one, Row) and _is_said_too(one):
        return Message(
            "完成值里也写着做到了，其余的话算不算没有做到要由人定，所以只是存疑",
            "the actual also says that it was done; whether the rest takes it back is for a person, hence only a doubt",
        )
    if isinstance(one, Row) and _rests_on_more(one):
        if not one.indicator.note:
            return Message(
                "完成值远超指标值，有的办法要调减，所以只是存疑",
                "it is far beyond its target, for which some rules take points off, hence only a doubt",
            )
        return Message(
            "备注里的说法可能是这样计分的依据，所以只是存疑",
            "what the note says may be why it is scored so, hence only a doubt",
        )
    if isinstance(one, Row) and one.published is not None and _is_nearly_whole(one, one.published):
        return Message(
            "照“≥100%”按比例算，取整后就是满分，所以只是存疑",
            "in proportion, as for ≥100%, it is rounded to all the points, hence only a doubt",
        )
    if authority.evidence is Evidence.TEXT:
        return Message("这样读这一行不一定对，所以只是存疑", "this reading of the row may be wrong, hence only a doubt")
    known = evidence_words(authority.evidence, authority.read_to)
    return Message(
        f"这条规则的原文没有读到（{known.zh}），表里也没有别的行印证，所以只是存疑",
        f"the text of this rule was not read ({known.en}) and no other row bears it out, hence only a doubt",
    )


def _raw(one: Line | Row) -> Fraction:
    return (None if one.score is None else one.score.award.raw) or Fraction(0)


def _is_rounding(case: Case, one: Line | Row, award: Award, printed: Figure) -> bool:
    """Return whether the published score is the exact one, only rounded in another way than the rule's.

    A document with scores in decimals does not round one of them to fewer.
    """
    if isinstance(one, Row) and not printed.digits and award.raw is not None and (digits := case.dossier.score_digits):
        return _is_near(award.raw, printed) and replace(printed, digits=digits).agrees(award.raw)
    return award.raw is not None and _is_near(award.raw, printed)


def _is_only_rounded(case: Case, one: Line | Row, award: Award) -> bool:
    """Return whether the published score is the exact one, rounded half up to the digits that it shows."""
    printed = one.published
    return printed is not None and _is_rounding(case, one, award, printed) and printed.agrees(_raw(one))


def _is_near(exact: Fraction, printed: Figure) -> bool:
    return _ROUNDED * abs(exact - printed.value) < 1 and bool(printed.roundings_of(exact))


def _witnesses(case: Case, one: Line | Row) -> Iterator[Line | Row]:
    """Yield the other rows of the document that are scored by the same rule as the ruleset scores them."""
    rule = None if one.score is None else one.score.rule
    for other_case in case.dossier.cases:
        for other in other_case.scorable:
            found, printed = other.score, other.published
            if other is one or found is None or printed is None or found.rule != rule:
                continue
            if found.outcome is Outcome.SCORED and printed.value == found.award.low:
                yield other


def _bears_out(witness: Line | Row, one: Line | Row, *, only_rounded: bool) -> bool:
    """Return whether a row that agrees with the rule tells anything: it lost points, or is met like the doubted one."""
    if witness.score is None or one.score is None or witness.points is None:
        return False
    award, doubted = witness.score.award, one.score.award
    if only_rounded:
        return award.raw is not None and award.raw != award.low
    is_partial = award.low is not None and 0 < award.low < witness.points.value
    is_met = award.comparison.met is True and doubted.comparison.met is True
    return is_partial or is_met
