"""The formulas of a rule's version, read at their place in the file that says them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

from pfscore.documents.model_errors import Located
from pfscore.formulas.formula import Formula, parse_condition, parse_formula
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import ExpressionError
from pfscore.rulesets.bands import as_formula
from pfscore.rulesets.in_force import Layer, Path
from pfscore.rulesets.model.ruleset import Ruleset, RuleVersion

#: Where a version has formulas.
_KEYS = (("formula",), ("bands", "of"), ("judgement", "when"), ("judgement", "low"), ("judgement", "high"))
#: How a version scores, under which condition a person judges instead, and the least and the most that they may give.
Formulas = tuple[Formula | None, Formula | None, tuple[Formula, Formula] | None]


def read_formulas(version: RuleVersion, layers: Sequence[Layer]) -> Formulas:
    """Read the formulas of a version; `layers` are the files that say it, the nation's first.

    Raises:
        ExpressionError: PF4xx, at its place.
    """
    score, judgement = _score(version, layers), version.judgement
    when, bounds = None, None
    if judgement is not None and judgement.when is not None:
        when = _read(layers, judgement.when, ("judgement", "when"))
    if judgement is not None and judgement.low is not None and judgement.high is not None:
        low, high = (_read(layers, getattr(judgement, key), ("judgement", key)) for key in ("low", "high"))
        bounds = low, high
    return score, when, bounds


def formula_problems(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """Yield what is wrong with the formulas of a file, whether or not an edition can be made of it."""
    for index, rule in enumerate(ruleset.rules):
        for number, version in enumerate(rule.versions):
            for key in _KEYS:
                part = getattr(version, key[0])
                text = getattr(part, key[1]) if part is not None and len(key) > 1 else part
                if text is not None:
                    try:
                        _placed(text, partial(document.span, ("rules", index, "versions", number, *key)), key)
                    except ExpressionError as error:
                        yield from error.diagnostics


def _score(version: RuleVersion, layers: Sequence[Layer]) -> Formula | None:
    if version.formula is not None:
        return _read(layers, version.formula, ("formula",))
    if version.bands is not None:
        # What the author wrote is read on its own first, so that a problem is shown in the author's words.
        _read(layers, version.bands.of, ("bands", "of"))
        return as_formula(version.bands)
    return None


def _read(layers: Sequence[Layer], text: str, key: Path) -> Formula:
    """Read a formula of the last of `layers` that says it."""

    def place() -> Span:
        layer = next(layer for layer in reversed(layers) if getattr(layer.version, str(key[0]), None) is not None)
        return layer.loaded.span((*layer.version_path, *key), rule=layer.rule.id)

    return _placed(text, place, key)


def _placed(text: str, place: Callable[[], Span], key: Path) -> Formula:
    """Read a formula; only one that cannot be read has to know its place."""
    condition = key[-1] == "when"
    try:
        return _parsed(text, condition=condition)
    except ExpressionError:
        return (parse_condition if condition else parse_formula)(text, at=place())


@lru_cache(maxsize=4096)
def _parsed(text: str, *, condition: bool) -> Formula:
    """Read a formula once, however many rules have it."""
    return parse_condition(text) if condition else parse_formula(text)
