"""pfscore: score and audit Chinese budget-performance self-evaluation forms (预算绩效自评), exactly.

>>> import pfscore
>>> str(pfscore.parse_target("≥26万人"))
'≥260000人'
>>> rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
>>> rules.score(target="26", comparator="≥", unit="万人", actual="28.28", points="10").score
Decimal('10')
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pfscore.audit.comparing import Contrast, compare
    from pfscore.audit.draft import draft_ruleset
    from pfscore.audit.finding import Finding
    from pfscore.audit.infer import infer
    from pfscore.audit.inferred import Inference
    from pfscore.audit.monitoring import Progress, monitor
    from pfscore.audit.needed import Need, needed
    from pfscore.audit.rolling_up import RolledUp, rollup
    from pfscore.audit.run import audit
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

#: Where each public name lives. A module is imported when one of its names is first used, so that `import pfscore`
#: costs a few milliseconds and builds nothing.
_HOMES = {
    "audit.comparing": ("Contrast", "compare"),
    "audit.draft": ("draft_ruleset",),
    "audit.finding": ("Finding",),
    "audit.infer": ("infer",),
    "audit.inferred": ("Inference",),
    "audit.monitoring": ("Progress", "monitor"),
    "audit.needed": ("Need", "needed"),
    "audit.rolling_up": ("RolledUp", "rollup"),
    "audit.run": ("audit",),
    "foundation.diagnostics": ("Diagnostic", "Severity", "Span"),
    "foundation.errors": (
        "ExpressionError",
        "InputError",
        "NotFoundError",
        "PfscoreError",
        "RulesetError",
        "ScoringError",
    ),
    "language.reader": ("parse_actual", "parse_target"),
    "language.readings": ("Actual", "Assumption", "Quantity", "Target"),
    "scoring.cells": ("Outcome",),
    "scoring.engine": ("Rules", "load_ruleset"),
    "scoring.form": ("BudgetLine", "Form", "Indicator", "Targets"),
    "scoring.form_reader": ("load_form", "load_forms"),
    "scoring.score": ("BudgetScore", "IndicatorScore", "Sheet"),
    "scoring.steps": ("Step",),
}
_MODULES = {name: f"pfscore.{home}" for home, names in _HOMES.items() for name in names}

__all__ = [
    "Actual",
    "Assumption",
    "BudgetLine",
    "BudgetScore",
    "Contrast",
    "Diagnostic",
    "ExpressionError",
    "Finding",
    "Form",
    "Indicator",
    "IndicatorScore",
    "Inference",
    "InputError",
    "Need",
    "NotFoundError",
    "Outcome",
    "PfscoreError",
    "Progress",
    "Quantity",
    "RolledUp",
    "Rules",
    "RulesetError",
    "ScoringError",
    "Severity",
    "Sheet",
    "Span",
    "Step",
    "Target",
    "Targets",
    "audit",
    "compare",
    "draft_ruleset",
    "infer",
    "load_form",
    "load_forms",
    "load_ruleset",
    "monitor",
    "needed",
    "parse_actual",
    "parse_target",
    "rollup",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'pfscore' has no attribute {name!r}")
    value = getattr(import_module(_MODULES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
