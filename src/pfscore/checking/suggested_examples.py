"""Examples that a version lacks: rows that its rule is for, with what the engine makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from pfscore.cells.lexicon.quantities import Quantity
from pfscore.checking.examples import expectation, is_full, score_example
from pfscore.checking.proof_settings import points_of, settings, target_text
from pfscore.foundation.numbers import decimal_text
from pfscore.rulesets.in_force import RuleInForce
from pfscore.rulesets.model.example import Example
from pfscore.rulesets.model.way import ByChecklist
from pfscore.scoring.row.engine import Engine

_TITLES: Mapping[bool, str] = MappingProxyType({True: "满分", False: "未得满分"})
#: The words of a level that are none of a cell.
_NO_WORDS = frozenset({"同指标值", "其他"})
_WORDS = ("有效", "一般")
#: Results beside the target: parts of it, and a little more than none.
_PARTS = (Fraction(1, 2), Fraction(2), Fraction(9, 10), Fraction(11, 10))
_LITTLE = Fraction(1, 10)


def suggested_example(engine: Engine, rule_id: str, *, full: bool) -> dict[str, str] | None:
    """Return an example with all the points, or one with less; `None` where none was found.

    >>> from datetime import date
    >>> from pfscore.rulesets.edition import edition
    >>> from pfscore.rulesets.load import load_family
    >>> engine = Engine(edition(load_family("cn-sc/project"), date(2023, 12, 31)))
    >>> suggested_example(engine, "execution-rate", full=False)
    {'title': '未得满分', 'budget': '100', 'expenditure': '50', 'points': '10', 'score': '5'}
    """
    rule = engine.edition.rule(rule_id)
    open_one = None
    for cells in () if rule is None else _rows(rule):
        obtained = score_example(engine, rule_id, Example.model_construct(None, **cells))
        expected = expectation(obtained)
        if rule is None or obtained.rule != rule_id or not {"score", "low"} & set(expected):
            continue
        found = {"title": _TITLES[full], **cells, **expected}
        if is_full(Example.model_validate(found), rule.version) == full:
            if full or "score" in expected:
                return found
            open_one = open_one or found
    return open_one


def _rows(rule: RuleInForce) -> Iterator[dict[str, str]]:
    """Yield rows for which the rule may be, those first that tell most."""
    way, points = rule.way, points_of(rule)
    given = {} if rule.version.points is not None or isinstance(way, ByChecklist) else {"points": decimal_text(points)}
    decided = {**given, "decision": decimal_text(points)}
    if rule.applies.row == "budget":
        budget = {"initial": "100", "budget": "100"} if "initial" in rule.names else {"budget": "100"}
        yield from ({**budget, "expenditure": spent, **given} for spent in ("100", "50", "80", "120", "0"))
        yield {**budget, "expenditure": "100", **decided}
        return
    if isinstance(way, ByChecklist):
        yield from ({"decision": decimal_text(score)} for score in way.scores)
    for kind, setting, unit in settings(rule):
        low, high = setting.edges()[0], setting.edges()[-1]
        target = {} if rule.version.target is not None else {"target": target_text(kind, setting, unit)}
        for actual in (
            low,
            high,
            *(edge * part for part in _PARTS for edge in (low, high)),
            low + _LITTLE,
            Fraction(0),
        ):
            yield {**target, "actual": str(Quantity(actual, unit)), **given}
        yield {**target, "actual": str(Quantity(low * 2, unit)), **decided}
    words = [word for row in rule.version.levels or () for word in row.level if word not in _NO_WORDS]
    for word in words or _WORDS:
        yield {"comparator": "定性", "target": (words or _WORDS)[0], "actual": word, **given}
    yield {"comparator": "定性", "target": "有效", "actual": "一般", **decided}
