"""pfscore: score and audit Chinese budget-performance self-evaluation forms (预算绩效自评), exactly.

>>> import pfscore
>>> str(pfscore.parse_target("≥26万人"))
'≥260000人'
>>> rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
>>> rules.score(target="26", comparator="≥", unit="万人", actual="28.28", points="10").score
Decimal('10')
"""

from pfscore.foundation.diagnostics import Diagnostic, Severity, Span
from pfscore.foundation.errors import (
    ExpressionError,
    InputError,
    NotFoundError,
    PfscoreError,
    RulesetError,
    ScoringError,
)
from pfscore.language.reader import parse_actual, parse_target
from pfscore.language.readings import Actual, Assumption, Quantity, Target
from pfscore.scoring.cells import Outcome
from pfscore.scoring.engine import Rules, load_ruleset
from pfscore.scoring.form import BudgetLine, Form, Indicator, Targets
from pfscore.scoring.form_reader import load_form, load_forms
from pfscore.scoring.score import BudgetScore, IndicatorScore, Sheet
from pfscore.scoring.steps import Step

__all__ = [
    "Actual",
    "Assumption",
    "BudgetLine",
    "BudgetScore",
    "Diagnostic",
    "ExpressionError",
    "Form",
    "Indicator",
    "IndicatorScore",
    "InputError",
    "NotFoundError",
    "Outcome",
    "PfscoreError",
    "Quantity",
    "Rules",
    "RulesetError",
    "ScoringError",
    "Severity",
    "Sheet",
    "Span",
    "Step",
    "Target",
    "Targets",
    "load_form",
    "load_forms",
    "load_ruleset",
    "parse_actual",
    "parse_target",
]
