"""Audit forms: run every check over a dossier, keep what was asked for and is not accepted yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from pfscore.auditing.case import Check, Dossier
from pfscore.auditing.checks import across_forms as across
from pfscore.auditing.checks import annexes, sums, tables, targets
from pfscore.auditing.checks import annual_goal as goals
from pfscore.auditing.checks import budget_amounts as amounts
from pfscore.auditing.checks import budget_parts as parts
from pfscore.auditing.checks import claims as words
from pfscore.auditing.checks import form_shape as shape
from pfscore.auditing.checks import published_scores as by_rule
from pfscore.auditing.checks import running_text as prose
from pfscore.auditing.checks import thresholds_in_names as names
from pfscore.auditing.checks import unit_mismatches as units
from pfscore.auditing.finding import Finding, sort_findings
from pfscore.forms.form import Form
from pfscore.foundation.codes.findings import FINDINGS
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import NotFoundError
from pfscore.foundation.text import Message, shorten
from pfscore.scoring.rules import Rules, loaded, rules_for

#: Every check, by family; each looks at one form beside the others of its body and year.
CHECKS: tuple[Check, ...] = (
    *amounts.CHECKS,
    *parts.CHECKS,
    *sums.CHECKS,
    *tables.CHECKS,
    *annexes.CHECKS,
    *prose.CHECKS,
    *by_rule.CHECKS,
    *words.CHECKS,
    *goals.CHECKS,
    *names.CHECKS,
    *targets.CHECKS,
    *units.CHECKS,
    *across.CHECKS,
    *shape.CHECKS,
)


def audit(
    form: Form | Sequence[Form],
    *,
    ruleset: Rules | str | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    accepted: Collection[str] = (),
) -> list[Finding]:
    """Report every figure of published forms that contradicts the rule, the arithmetic, the text or another form.

    Without `ruleset` each form is held against the one that it names; a form that names none is checked for all
    that needs no rule. Several forms of one body and year are also held against each other. `select` and `ignore`
    take codes or their beginnings (`PF72`); `accepted` takes the `key` of findings that were reviewed and settled.
    The findings come form by form, the most serious first.

    Raises:
        NotFoundError: PF225 where a named ruleset does not exist, PF190 for a code that does not exist.
        RulesetError: PF224 where neither the ruleset nor the form says which year's rules hold.

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
    for members in _bodies(forms):
        found += audit_body(members, [named if named is not None else _own(one) for one in members], wanted)
    return sort_findings(found)


class Wanted:
    """Which findings are to be reported; it counts those that were accepted and came up again.

    Raises:
        NotFoundError: PF190 for a code that does not exist.
    """

    def __init__(
        self, select: Collection[str] = (), ignore: Collection[str] = (), accepted: Collection[str] = ()
    ) -> None:
        known_codes((*select, *ignore))
        self.select, self.ignore, self.accepted = tuple(select), tuple(ignore), frozenset(accepted)
        self.seen: set[str] = set()

    def __call__(self, finding: Finding) -> bool:
        """Tell whether a finding is to be reported."""
        if not is_wanted(finding.code, self.select, self.ignore):
            return False
        if finding.key in self.accepted:
            self.seen.add(finding.key)
            return False
        return True


def audit_body(forms: Sequence[Form], rules: Sequence[Rules | None], wanted: Wanted) -> list[Finding]:
    """Audit the forms of one body and year, each under its ruleset, or under none."""
    dossier = Dossier(forms, rules)
    found = (finding for case in dossier.cases for check in CHECKS for finding in check(case))
    return sort_findings(finding for finding in found if wanted(finding))


def _bodies(forms: Iterable[Form]) -> Iterator[list[Form]]:
    """Group forms by body and year, in the order in which they come; a form that names no body stands alone."""
    groups: dict[object, list[Form]] = {}
    for number, form in enumerate(forms):
        groups.setdefault((form.organisation, form.year) if form.organisation else number, []).append(form)
    yield from groups.values()


def _own(form: Form) -> Rules | None:
    return None if form.ruleset is None else rules_for(form, None)


def is_wanted(code: str, select: Collection[str], ignore: Collection[str]) -> bool:
    """Tell whether a code is selected and not ignored; `select` and `ignore` hold codes or their beginnings.

    >>> is_wanted("PF721", ["PF72"], []), is_wanted("PF721", [], ["PF721"])
    (True, False)
    """
    asked = not select or any(code.startswith(prefix) for prefix in select)
    return asked and not any(code.startswith(prefix) for prefix in ignore)


def known_codes(prefixes: Iterable[str]) -> None:
    """Refuse what is neither a code of a finding nor the beginning of one.

    Raises:
        NotFoundError: PF190.
    """
    for prefix in prefixes:
        if not prefix or not any(code.startswith(prefix) for code in FINDINGS if code < "PF79"):
            shown = shorten(prefix)
            hint = Message("审核的代码是 PF701 到 PF773", "the codes of findings are PF701 to PF773")
            raise NotFoundError.of(
                Diagnostic("PF190", Message(f"没有审核代码 “{shown}”", f"no such finding: {shown!r}"), hint)
            )
