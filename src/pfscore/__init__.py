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
    from pfscore.auditing.finding import Finding
    from pfscore.auditing.run import audit
    from pfscore.cells.lexicon.quantities import Quantity
    from pfscore.cells.reader import parse_actual, parse_target
    from pfscore.cells.readings import (
        Achieved,
        Actual,
        AllOf,
        AnyOf,
        Assumption,
        Between,
        Bound,
        Change,
        Dated,
        Deadline,
        Level,
        Measured,
        NotApplicable,
        Target,
    )
    from pfscore.forms.files.reader import load_form, load_forms
    from pfscore.forms.form import BudgetLine, Form, Indicator, Targets
    from pfscore.formulas.evaluation.trace import Step
    from pfscore.foundation.diagnostics import Diagnostic, Severity, Span
    from pfscore.foundation.errors import (
        ExpressionError,
        InputError,
        NotFoundError,
        PfscoreError,
        RulesetError,
        ScoringError,
    )
    from pfscore.foundation.runtime.resources import __version__
    from pfscore.questions.compare import Contrast, compare
    from pfscore.questions.inference.draft import draft_ruleset
    from pfscore.questions.inference.infer import Inference, infer
    from pfscore.questions.monitor import Progress, monitor
    from pfscore.questions.needed import Need, needed
    from pfscore.questions.rollup import RolledUp, rollup
    from pfscore.rulesets.search import ruleset_ids
    from pfscore.scoring.row.comparing.readings_of_row import Outcome
    from pfscore.scoring.row.score import BudgetScore, IndicatorScore
    from pfscore.scoring.rules import Rules, load_ruleset
    from pfscore.scoring.sheet import Sheet

#: Where each public name lives. A module is imported when one of its names is first used, so that `import pfscore`
#: costs a few milliseconds and builds nothing.
_HOMES = {
    "questions.compare": ("Contrast", "compare"),
    "questions.inference.draft": ("draft_ruleset",),
    "auditing.finding": ("Finding",),
    "questions.inference.infer": ("Inference", "infer"),
    "questions.monitor": ("Progress", "monitor"),
    "questions.needed": ("Need", "needed"),
    "questions.rollup": ("RolledUp", "rollup"),
    "auditing.run": ("audit",),
    "foundation.diagnostics": ("Diagnostic", "Severity", "Span"),
    "foundation.errors": (
        "ExpressionError",
        "InputError",
        "NotFoundError",
        "PfscoreError",
        "RulesetError",
        "ScoringError",
    ),
    "foundation.runtime.resources": ("__version__",),
    "cells.lexicon.quantities": ("Quantity",),
    "cells.reader": ("parse_actual", "parse_target"),
    "cells.readings": (
        *("Achieved", "Actual", "AllOf", "AnyOf", "Assumption", "Between", "Bound", "Change"),
        *("Dated", "Deadline", "Level", "Measured", "NotApplicable", "Target"),
    ),
    "rulesets.search": ("ruleset_ids",),
    "scoring.row.comparing.readings_of_row": ("Outcome",),
    "scoring.rules": ("Rules", "load_ruleset"),
    "forms.form": ("BudgetLine", "Form", "Indicator", "Targets"),
    "forms.files.reader": ("load_form", "load_forms"),
    "scoring.row.score": ("BudgetScore", "IndicatorScore"),
    "scoring.sheet": ("Sheet",),
    "formulas.evaluation.trace": ("Step",),
}
_MODULES = {name: f"pfscore.{home}" for home, names in _HOMES.items() for name in names}

__all__ = [
    "Achieved",
    "Actual",
    "AllOf",
    "AnyOf",
    "Assumption",
    "Between",
    "Bound",
    "BudgetLine",
    "BudgetScore",
    "Change",
    "Contrast",
    "Dated",
    "Deadline",
    "Diagnostic",
    "ExpressionError",
    "Finding",
    "Form",
    "Indicator",
    "IndicatorScore",
    "Inference",
    "InputError",
    "Level",
    "Measured",
    "Need",
    "NotApplicable",
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
    "__version__",
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
    "ruleset_ids",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'pfscore' has no attribute {name!r}")
    value = getattr(import_module(_MODULES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
