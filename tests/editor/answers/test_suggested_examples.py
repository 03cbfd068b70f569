"""Suggested examples of every rule that is shipped are examples that the check accepts."""

from __future__ import annotations

from collections.abc import Iterator

from pfscore.checking.check import change_days
from pfscore.checking.examples import expectation, is_full, score_example
from pfscore.editor.answers.fixes import suggested_example
from pfscore.foundation.errors import PfscoreError
from pfscore.rulesets.edition import edition
from pfscore.rulesets.in_force import RuleInForce
from pfscore.rulesets.load import load_family
from pfscore.rulesets.model.example import Example
from pfscore.rulesets.search import builtin_ids
from pfscore.scoring.row.engine import Engine


def own_rules() -> Iterator[tuple[Engine, RuleInForce]]:
    """Yield the rules of every ruleset that is shipped, as they were last changed."""
    for ruleset in builtin_ids():
        family = load_family(ruleset)
        for day in change_days(family)[-1:]:
            try:
                engine = Engine(edition(family, day))
            except PfscoreError:
                continue
            yield from ((engine, rule) for rule in engine.edition.rules if rule.layers[-1].loaded is family[0])


def test_what_is_suggested_is_what_was_asked_for() -> None:
    asked, found = 0, 0
    for engine, rule in own_rules():
        for full in (True, False):
            asked += 1
            if (given := suggested_example(engine, rule.id, full=full)) is None:
                continue
            found += 1
            example = Example.model_validate(given)
            obtained = score_example(engine, rule.id, example)
            assert obtained.rule == rule.id
            assert expectation(obtained).items() <= given.items()
            assert is_full(example, rule.version) == full
    # Rules for rows of their own, such as those with a date or with thresholds, are left to their authors.
    assert found > 0.9 * asked
