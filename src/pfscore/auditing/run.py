"""Audit forms: run every check over the forms of one body, and keep the findings that are wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pfscore.auditing.case import Case, Check, Dossier
from pfscore.auditing.checks import (
    across_forms,
    budget_amounts,
    budget_parts,
    claims,
    doubts,
    form_shape,
    published_scores,
    running_text,
    sums,
    tables,
    targets,
    unit_mismatches,
)
from pfscore.auditing.finding import Finding, sort_findings
from pfscore.auditing.sentences import CODES
from pfscore.forms.form import Form
from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.errors import NotFoundError
from pfscore.foundation.text import Message, shorten
from pfscore.scoring.rules import Rules, loaded, rules_for

#: Every check, in order; each yields what contradicts itself in one form, or in it and the others of its body and year.
CHECKS: tuple[Check, ...] = (
    budget_amounts.execution_rates,
    budget_amounts.empty_rates,
    budget_amounts.spending_without_budget,
    budget_amounts.overspent_lines,
    budget_amounts.negative_amounts,
    budget_amounts.amounts_far_apart,
    budget_amounts.adjusted_budgets,
    budget_amounts.budget_set_to_spending,
    budget_amounts.deviations,
    budget_amounts.undefined_deviations,
    budget_amounts.rates_stated_twice,
    budget_parts.parts_and_wholes,
    sums.points_in_total,
    sums.scores_in_total,
    sums.total_by_rule,
    sums.grade,
    sums.blocks,
    sums.partial_sums,
    tables.table_sums,
    tables.control_rates,
    tables.items_and_indicators,
    tables.overspending,
    tables.totals_of_annexes,
    running_text.rates_in_notes,
    running_text.totals_in_text,
    published_scores.scores_above_points,
    published_scores.scores_of_inapplicable,
    published_scores.scores_without_actual,
    published_scores.scores_by_rule,
    published_scores.budget_scores,
    claims.claims,
    claims.reasons,
    claims.answers,
    claims.overall_claims,
    claims.copied_goal,
    claims.undone,
    claims.explanations,
    running_text.goals,
    running_text.results,
    targets.thresholds_in_names,
    doubts.doubts,
    targets.vacuous,
    targets.far_exceeded,
    targets.periods,
    doubts.repeated_bounds,
    doubts.unsurveyed,
    doubts.other_years,
    unit_mismatches.scales,
    unit_mismatches.bare_numbers,
    unit_mismatches.lent_units,
    unit_mismatches.unreadable,
    unit_mismatches.incomparable,
    unit_mismatches.counted_rates,
    across_forms.same_targets,
    across_forms.same_actuals,
    across_forms.project_spending,
    across_forms.cost_limits,
    across_forms.cost_sums,
    form_shape.block_points,
    form_shape.duplicates,
    form_shape.points_as_values,
    form_shape.damaged_figures,
    form_shape.ruleset_without_rules,
    form_shape.stored_values,
)

#: The most forms that are kept at once to be compared with each other.
_MAX_BODY = 200


def audit(
    form: Form | Sequence[Form],
    *,
    ruleset: Rules | str | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    accepted: Collection[str] = (),
) -> list[Finding]:
    """Return every figure of published forms that contradicts the rule, the arithmetic, the text or another form.

    Without `ruleset` each form is audited under the one that it names; a form that names none is checked for all
    that needs no rule. Several forms of one body and year are also compared with each other. `select` and `ignore`
    take codes or their beginnings (`PF72`); `accepted` takes the `key` of findings that were reviewed and settled.
    The findings come form by form, the most serious first.

    Raises:
        NotFoundError: PF225 where a named ruleset does not exist, PF190 for a code that does not exist.
        RulesetError: PF224 where neither the ruleset nor the form gives the year of the rules.

    >>> import pfscore
    >>> form = pfscore.Form(title="表", budget=(pfscore.BudgetLine(
    ...     label="总额", budget="348.00", expenditure="336.06", published_rate="95.57%"),))
    >>> [(one.code, one.published, one.computed) for one in pfscore.audit(form)]
    [('PF701', '95.57%', '96.57%')]
    """
    wanted = Wanted(select, ignore, accepted)
    forms = [form] if isinstance(form, Form) else list(form)
    named = loaded(ruleset) if isinstance(ruleset, str) else ruleset
    found: list[Finding] = []
    for members in ([forms[number] for number in numbers] for numbers in bodies(forms)):
        dossier = Dossier(members, [named if named is not None else _own(one) for one in members])
        found += _audit_body(dossier, wanted)
    return sort_findings(found)


@dataclass(frozen=True, slots=True)
class Audited:
    """The forms of one body and year, and their findings."""

    cases: tuple[Case, ...]
    findings: tuple[Finding, ...]

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms."""
        return tuple(case.form for case in self.cases)


def audit_stream(forms: Iterable[Form], rules: Callable[[Form], Rules | None], wanted: Wanted) -> Iterator[Audited]:
    """Audit any number of forms in constant memory; forms of one body that follow each other are compared."""
    for members in _runs(forms):
        dossier = Dossier(members, [rules(form) for form in members])
        yield Audited(dossier.cases, tuple(_audit_body(dossier, wanted)))


class Wanted:
    """The findings that are to be reported: those that are selected, not ignored and not accepted.

    Codes in `select` and `ignore` may be beginnings of codes. `seen` holds the accepted findings that were found again.

    Raises:
        NotFoundError: PF190 for a code that does not exist.

    >>> from pfscore.foundation.diagnostics import Severity
    >>> finding = Finding("PF721", Severity.ERROR, "表", 1, "人数", Message("未达标", "missed"))
    >>> Wanted(["PF72"])(finding), Wanted([], ["PF721"])(finding), Wanted(accepted=[finding.key])(finding)
    (True, False, False)
    """

    def __init__(
        self, select: Collection[str] = (), ignore: Collection[str] = (), accepted: Collection[str] = ()
    ) -> None:
        for prefix in (*select, *ignore):
            _refuse_unknown(prefix)
        self._select, self._ignore, self._accepted = tuple(select), tuple(ignore), frozenset(accepted)
        self.seen: set[str] = set()

    def __call__(self, finding: Finding) -> bool:
        """Return whether a finding is to be reported."""
        if (self._select and not finding.code.startswith(self._select)) or finding.code.startswith(self._ignore):
            return False
        if finding.key in self._accepted:
            self.seen.add(finding.key)
            return False
        return True


def _audit_body(dossier: Dossier, wanted: Wanted) -> list[Finding]:
    """Audit the forms of one body and year, each under its ruleset, or under none."""
    return sort_findings(finding for case in dossier.cases for finding in findings_of(case) if wanted(finding))


def findings_of(case: Case) -> list[Finding]:
    """Return what every check finds in one form, the most serious first."""
    return sort_findings(finding for check in CHECKS for finding in check(case))


def bodies(forms: Iterable[Form]) -> list[list[int]]:
    """Return the positions of the forms of each body and year; a form that names no body is alone.

    >>> bodies([Form(organisation="甲", year=2023), Form(), Form(organisation="甲", year=2023)])
    [[0, 2], [1]]
    """
    groups: dict[object, list[int]] = {}
    for number, form in enumerate(forms):
        groups.setdefault((form.organisation, form.year) if form.organisation else number, []).append(number)
    return list(groups.values())


def _runs(forms: Iterable[Form]) -> Iterator[list[Form]]:
    """Group forms of one body and year that follow each other."""
    members: list[Form] = []
    for form in forms:
        if members and (len(members) >= _MAX_BODY or not _same_body(members[-1], form)):
            yield members
            members = []
        members.append(form)
    if members:
        yield members


def _same_body(first: Form, second: Form) -> bool:
    return bool(first.organisation) and (first.organisation, first.year) == (second.organisation, second.year)


def _own(form: Form) -> Rules | None:
    return None if form.ruleset is None else rules_for(form, None)


def _refuse_unknown(prefix: str) -> None:
    """Raise PF190 for what is neither a code of a finding nor the beginning of one."""
    if not prefix or not any(code.startswith(prefix) for code in CODES):
        shown = shorten(prefix)
        hint = Message(
            f"审核的代码是 {CODES[0]} 到 {CODES[-1]}", f"the codes of findings are {CODES[0]} to {CODES[-1]}"
        )
        raise NotFoundError.of(
            Diagnostic("PF190", Message(f"没有审核代码 “{shown}”", f"no such finding: {shown!r}"), hint)
        )


class Tally:
    """The running counts of an audit by code, severity, region and year; it holds no form and no finding."""

    def __init__(self) -> None:
        self.forms = 0
        self.clean = 0
        self.accepted = 0
        self.codes: Counter[str] = Counter()
        self.severities: Counter[Severity] = Counter()
        self.regions: Counter[str] = Counter()
        self.years: Counter[str] = Counter()

    def add(self, forms: Iterable[Form], findings: Iterable[Finding]) -> None:
        """Count forms and their findings."""
        marked = set()
        for finding in findings:
            marked.add(finding.form)
            self.codes[finding.code] += 1
            self.severities[finding.severity] += 1
            self.regions[finding.region or "—"] += 1
            self.years["—" if finding.year is None else str(finding.year)] += 1
        for form in forms:
            self.forms += 1
            self.clean += form.title not in marked

    @property
    def has_errors(self) -> bool:
        """Whether a finding was an error."""
        return self.severities[Severity.ERROR] > 0

    def as_json(self) -> dict[str, Any]:
        """Return the counts as plain JSON data."""
        return {
            "forms": self.forms,
            "clean": self.clean,
            "accepted": self.accepted,
            "severity": {severity.value: self.severities[severity] for severity in Severity},
            "code": dict(sorted(self.codes.items())),
            "region": dict(sorted(self.regions.items())),
            "year": dict(sorted(self.years.items())),
        }
