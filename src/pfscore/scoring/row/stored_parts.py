"""What a score is made of and may stand in its JSON: readings, comparisons, awards, rules in force, rows."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from pfscore.cells import readings
from pfscore.cells.lexicon.quantities import Quantity
from pfscore.forms.form import BudgetLine, Indicator, Record, Targets
from pfscore.formulas.formula import Formula, parse_condition, parse_formula
from pfscore.formulas.glossary import Kind
from pfscore.foundation.stored import storable, storable_as
from pfscore.rulesets.in_force import Authority, RuleInForce, Where
from pfscore.rulesets.model.assume import Assume
from pfscore.rulesets.model.base import Evidence, Strict
from pfscore.rulesets.model.rule import Applies, RuleVersion
from pfscore.rulesets.model.values import Range
from pfscore.scoring.row.awarding.award import Award
from pfscore.scoring.row.comparing.comparison import Comparison
from pfscore.scoring.row.comparing.readings_of_row import Cells, Outcome

_READINGS = tuple(one for one in vars(readings).values() if isinstance(one, type) and issubclass(one, readings.Reading))

storable(*_READINGS, readings.Assumption, readings.TargetKind, Quantity)
storable(Authority, shared=True)
storable(Award, Cells, Comparison, Evidence, Kind, Outcome)


def _write_record(record: Record) -> dict[str, Any]:
    cells = {name: value for name, value in record.__dict__.items() if name in record.model_fields_set}
    return {"cells": cells, "problems": record.problems, "misread": record.misread}


def _reader_of(kind: type[Record]) -> Any:
    def read(parts: dict[str, Any]) -> Record:
        return kind(**parts["cells"]).with_problems(parts["problems"], parts["misread"])

    return read


for _kind in (Indicator, BudgetLine, Targets):
    storable_as(_kind, _write_record, _reader_of(_kind))


def _write_model(model: Strict) -> dict[str, Any]:
    return {"text": model.model_dump_json(by_alias=True, exclude_unset=True)}


def _reader_of_model(kind: type[Strict]) -> Any:
    return lambda parts: kind.model_validate_json(parts["text"])


for _model in (Applies, Assume, RuleVersion):
    storable_as(_model, _write_model, _reader_of_model(_model))

#: All that a rule is, without the files that it comes from.
_RULE = tuple(one.name for one in fields(RuleInForce) if one.name not in {"where", "layers"})


def _write_rule(rule: RuleInForce) -> dict[str, Any]:
    return {**{name: getattr(rule, name) for name in _RULE}, "span": rule.span}


def _read_rule(parts: dict[str, Any]) -> RuleInForce:
    span = parts.pop("span")
    return RuleInForce(**parts, where=Where(None, span=span))


def _read_formula(parts: dict[str, Any]) -> Formula:
    read = parse_condition if parts["kind"] is Kind.TRUTH else parse_formula
    return read(parts["text"], at=parts["at"])


storable_as(RuleInForce, _write_rule, _read_rule, shared=True)
storable_as(
    Formula,
    lambda formula: {"text": formula.text, "kind": formula.kind, "at": formula.at},
    _read_formula,
    shared=True,
)
storable_as(Range, lambda one: {"text": str(one)}, lambda parts: Range.read(parts["text"]))
