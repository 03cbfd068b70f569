"""Whether a published score contradicts its rule for certain, or only as far as the rule and the cells are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pfscore.auditing.case import Case, Line, Row
from pfscore.auditing.checks.budget_parts import has_wrong_unit
from pfscore.auditing.figures import Figure, as_ratio
from pfscore.auditing.finding import Finding
from pfscore.foundation.diagnostics import Severity
from pfscore.foundation.text import Message
from pfscore.rulesets.in_force import Authority
from pfscore.rulesets.model.base import Evidence
from pfscore.scoring.row.awarding.award import Award, evidence_words
from pfscore.scoring.row.comparing.readings_of_row import Outcome

#: A published score nearer than this to the exact one may only be rounded in another way.
_ROUNDED = 10


def is_certain(case: Case, one: Line | Row) -> bool:
    """Return whether a published score that the rule does not give is wrong, and not only doubtful.

    It is where the rule's text was read, where other rows of the document bear the rule out, where the score of a line
    is what the rule gives for a wrong printed rate, and where a missed target has full points, which no rule gives.
    It is not where the reading of the row is implausible, nor where only the words of its name say to which side it
    improves.
    """
    score, printed = one.score, one.published
    rule = None if score is None else score.rule_in_force
    if score is None or rule is None or printed is None or (isinstance(one, Row) and one.is_doubted):
        return False
    if _is_sided_by_name(one) or (isinstance(one, Line) and has_wrong_unit(case, one)):
        return False
    if rule.authority.evidence is Evidence.TEXT or (isinstance(one, Line) and follows_wrong_rate(case, one)):
        return True
    only_rounded = is_rounding(score.award, printed)
    is_full = one.points is not None and printed.value == one.points.value
    if isinstance(one, Row) and score.award.comparison.met is False and is_full and not only_rounded:
        return True
    return any(_bears_out(witness, one, only_rounded=only_rounded) for witness in _witnesses(case, one))


def follows_wrong_rate(case: Case, line: Line) -> bool:
    """Return whether the printed score is rate × points, as the rule has it, of a printed rate that is wrong."""
    exact = line.executed
    if line.rate is None or line.published is None or line.points is None or line.score is None or exact is None:
        return False
    rate, points = as_ratio(line.rate), line.points.value
    is_wrong = not rate.agrees(exact, case.dossier.rate_rounding) and not rate.roundings_of(exact)
    is_in_proportion = line.score.award.raw == exact * points and rate.value <= 1
    return is_wrong and is_in_proportion and bool(line.published.roundings_of(rate.value * points))


def _is_sided_by_name(one: Line | Row) -> bool:
    """Return whether it is only the name of a row that says to which side it improves."""
    score = one.score
    assume = None if score is None or score.rule_in_force is None else score.rule_in_force.assume
    if score is None or assume is None or not assume.is_by_name:
        return False
    if assume.direction == "by_name_or_higher" and score.award.comparison.direction == "higher":
        return False
    return any(assumption.key == "direction" for assumption in score.award.comparison.assumptions)


def weighed(case: Case, one: Line | Row, found: Finding) -> Finding:
    """Return a finding about a score: an error where it is certain, else a doubt that says why it is no more.

    A score that is only rounded to fewer digits than the rule keeps is a hint.
    """
    rule = None if one.score is None else one.score.rule_in_force
    if found.severity is not Severity.ERROR or one.score is None or rule is None or is_certain(case, one):
        return found
    if one.published is not None and is_rounding(one.score.award, one.published) and one.published.agrees(_raw(one)):
        return replace(found, severity=Severity.NOTE)
    return replace(found, severity=Severity.WARNING, evidence=(*found.evidence, _why_doubted(one, rule.authority)))


def _why_doubted(one: Line | Row, authority: Authority) -> Message:
    if _is_sided_by_name(one):
        return Message(
            "指标值没有写符号，多好还是少好是按名称推定的，所以只是存疑",
            "the target has no sign and only the name says which side is better, hence only a doubt",
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


def is_rounding(award: Award, printed: Figure) -> bool:
    """Return whether the published score is the exact one, only rounded in another way than the rule's."""
    return (
        award.raw is not None
        and _ROUNDED * abs(award.raw - printed.value) < 1
        and bool(printed.roundings_of(award.raw))
    )


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
