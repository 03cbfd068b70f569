"""The records of an edition, as :func:`pfscore.rulesets.edition.edition` fills them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from pydantic_core import CoreSchema
from pydantic_core.core_schema import is_instance_schema

from pfscore.documents.document import Document
from pfscore.formulas.formula import Formula
from pfscore.formulas.glossary import OF_CELLS, OF_FORM
from pfscore.foundation.diagnostics import Span
from pfscore.rulesets.model.base import AlsoCite, Assume, Cite, Evidence, SourceEntry
from pfscore.rulesets.model.form_terms import FormVersion
from pfscore.rulesets.model.rule import Applies, Rule, RuleVersion
from pfscore.rulesets.model.ruleset import Ruleset
from pfscore.rulesets.model.way import ByChecklist, ByLevels, ByThresholds, Way

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Loaded:
    """One ruleset file: its model and its document.

    `folder` is where the files that it extends are looked for; `None` where it stands in no folder of its own.
    """

    ruleset: Ruleset
    document: Document
    folder: FilePath | None = field(default=None, compare=False, repr=False)

    def span(self, path: Path, *, key: bool = False, rule: str | None = None) -> Span:
        """Return the place of `path`, named by the ruleset and, where given, the rule."""
        at = self.document.span(path, key=key)
        return Span(at.source, at.line, at.column, at.length, at.text, self.ruleset.ruleset, rule)


@dataclass(frozen=True)
class Authority:
    """The authority of a rule or a term: its ruleset, the source and its evidence, the article, the quotation."""

    ruleset: str
    source: str
    title: str
    evidence: Evidence
    at: str | None = None
    quote: str | None = None
    read_to: str | None = None

    def text(self) -> str:
        """Return the citation in one line."""
        return f"{self.source}　{self.at}" if self.at else self.source


def authority(ruleset: Ruleset, cite: Cite | AlsoCite) -> Authority:
    """Return the authority that `cite` names."""
    source = next((entry for entry in ruleset.sources if entry.key == cite.source), None)
    entry = source or SourceEntry(key=cite.source, title=cite.source, evidence=Evidence.NONE)
    return Authority(ruleset.ruleset, cite.source, entry.title, entry.evidence, cite.at, cite.quote, entry.read_to)


@dataclass(frozen=True)
class Layer:
    """A rule in one file of the family: its path there, and the version in force, if there is one."""

    loaded: Loaded
    path: Path
    version_path: Path
    rule: Rule
    version: RuleVersion | None


@dataclass(frozen=True, slots=True)
class Worth:
    """What a row can earn: from `least`, below 0 where it takes points off the total, `points` more at the best.

    >>> Worth(Fraction(10)).most, Worth(Fraction(10), Fraction(-10)).at(Fraction(1, 2))
    (Fraction(10, 1), Fraction(-5, 1))
    """

    points: Fraction
    least: Fraction = Fraction(0)

    @property
    def most(self) -> Fraction:
        """The best score."""
        return self.least + self.points

    def at(self, share: Fraction) -> Fraction:
        """Return what a share of the points gives, counted from the worst score."""
        return self.least + share * self.points


class Where:
    """A rule's place in its file, looked up when needed; a pickle holds the place and not the file."""

    __slots__ = ("_from", "_span")

    def __init__(
        self, loaded: Loaded | None, path: Path = (), rule: str | None = None, span: Span | None = None
    ) -> None:
        self._from, self._span = (loaded, path, rule), span

    @property
    def span(self) -> Span:
        """The place."""
        if self._span is None:
            loaded, path, rule = self._from
            self._span = Span() if loaded is None else loaded.span(path, rule=rule)
        return self._span

    def __reduce__(self) -> tuple[Any, ...]:
        return Where, (None, (), None, self.span)


@dataclass(frozen=True)
class RuleInForce:
    """A rule on the edition's date, with everything it inherits filled in.

    `assume` is what the rule and the terms of the form let the library assume.
    `when` is the condition under which a person judges in place of the version's other way of scoring, `bounds` are
    the least and the most that a person may give, where they are computed. `layers` are the rule in each file of the
    family, the nation's first.
    """

    id: str
    title: str
    ruleset: str
    overrides: frozenset[str]
    applies: Applies
    version: RuleVersion
    authority: Authority
    formula: Formula | None
    when: Formula | None = None
    bounds: tuple[Formula, Formula] | None = None
    where: Where = field(default_factory=lambda: Where(None), compare=False, repr=False)
    layers: tuple[Layer, ...] = field(default=(), compare=False, repr=False)
    assume: Assume = field(default_factory=Assume)

    @cached_property
    def way(self) -> Way:
        """The one way in which the rule scores."""
        if (way := self.version.way) is None:
            raise ValueError(f"rule {self.id} does not say how to score")
        return way

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that the rule's formulas use."""
        formulas = (self.formula, self.when, *(self.bounds or ()))
        return frozenset(name for formula in formulas if formula is not None for name in formula.names)

    @cached_property
    def uses_form_amounts(self) -> bool:
        """Whether a named indicator is scored by amounts of the form (预算数, 上年结转) in place of its own cells."""
        if self.applies.row == "budget" or self.applies.name is None:
            return False
        return bool(self.names & OF_FORM) and not self.names & OF_CELLS

    @cached_property
    def is_of_place(self) -> bool:
        """Whether it is for indicators of certain names or headings, whatever their target is."""
        asked = self.applies
        placed = asked.name is not None or asked.block is not None
        by_target = (asked.comparator, asked.target, asked.unit)
        return (
            placed
            and asked.row == "indicator"
            and all(one is None for one in by_target)
            and _BY_TARGET.isdisjoint(asked.actual or ())
        )

    @cached_property
    def cells_used(self) -> frozenset[str]:
        """Which of `target` and `actual` the points depend on."""
        way, judgement = self.way, self.version.judgement
        if isinstance(way, ByChecklist) or self.uses_form_amounts:
            return frozenset()
        used = {"target", "actual"} if judgement is not None and judgement.full_when_met else set[str]()
        if isinstance(way, ByLevels | ByThresholds):
            used |= {"actual"}
        if isinstance(way, ByLevels) and any("同指标值" in row.level for row in way.rows):
            used |= {"target"}
        if self.names & (OF_CELLS - {"actual"}):
            used |= {"target", "actual"}
        return frozenset(used | (self.names & {"actual"}))

    @cached_property
    def ignores_target(self) -> bool:
        """Whether a row of the rule is scored alike whatever its target is, and whether or not it has one."""
        return self.is_of_place and not self.uses_form_amounts and "target" not in self.cells_used

    def worth(self, points: Fraction) -> Worth:
        """Return what a row with these points can earn under the rule."""
        adjusts = self.version.adjusts
        if adjusts is None or adjusts.low is None or adjusts.high is None:
            return Worth(points)
        return Worth(adjusts.high - adjusts.low, adjusts.low)

    def beats(self) -> list[str]:
        """Return the rules that this one overrides; `overrides` may hold its own id, as rules share one set."""
        return sorted(self.overrides - {self.id})

    @property
    def span(self) -> Span:
        """The place of the version in force."""
        return self.where.span

    def place_of(self, *keys: str) -> Span:
        """Return the place of the first of `keys` that the rule has, in the last file that has it."""
        for key in keys:
            for layer in reversed(self.layers):
                if getattr(layer.version, key, None) is not None:
                    return layer.loaded.span((*layer.version_path, key), rule=self.id)
        return self.span

    def name_place(self) -> Span:
        """Return the place of the rule's id."""
        if not self.layers:
            return self.span
        layer = self.layers[-1]
        return layer.loaded.span((*layer.path, "id" if layer.rule.replaces is None else "replaces"), rule=self.id)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        """Return the schema by which a pydantic model holds a rule without validating it."""
        del source, handler
        return is_instance_schema(cls)

    def __getstate__(self) -> dict[str, Any]:
        """Leave the files out of a pickle."""
        return {**self.__dict__, "layers": ()}


#: What rules ask of an actual that depends on the target.
_BY_TARGET = frozenset({"低于指标值", "等于指标值", "高于指标值", "同指标值", "百分比", "100%"})


@dataclass(frozen=True)
class Terms:
    """The terms of the form as a whole; `authority` has who states each term, `layers` where."""

    values: dict[str, Any]
    authority: dict[str, Authority]
    layers: dict[str, tuple[Loaded, Path]] = field(default_factory=dict, compare=False, repr=False)

    def get(self, name: str) -> Any:
        """Return the term `name` of `FormVersion`, or `None` where no file has it."""
        return self.values.get(name)


@dataclass(frozen=True)
class Edition:
    """A ruleset on a date. `splits` are the formulas that share out a block's points, by the block's name."""

    ruleset: str
    title: str
    jurisdiction: str
    kind: str
    status: str
    on: date
    terms: Terms
    rules: tuple[RuleInForce, ...]
    family: tuple[Loaded, ...] = field(repr=False)
    splits: Mapping[str, Formula] = field(default_factory=dict, repr=False)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of everything in force, the same for YAML and compiled JSON."""
        content = {
            "ruleset": self.ruleset,
            "terms": {key: plain(value) for key, value in sorted(self.terms.values.items())},
            "rules": [
                {
                    "id": rule.id,
                    "overrides": rule.beats(),
                    "applies": rule.applies.model_dump(mode="json", exclude_none=True),
                    "version": rule.version.model_dump(
                        mode="json", exclude={"examples"}, exclude_none=True, by_alias=True
                    ),
                }
                for rule in sorted(self.rules, key=lambda rule: rule.id)
            ],
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def rule(self, rule_id: str) -> RuleInForce | None:
        """Return the rule with that id, if it is in force."""
        return self._by_id.get(rule_id)

    @cached_property
    def _by_id(self) -> dict[str, RuleInForce]:
        return {rule.id: rule for rule in self.rules}


#: The terms that a version of the form may have.
TERMS = tuple(
    name for name in FormVersion.model_fields if name not in {"since", "until", "cite", "also", "disabled", "note"}
)


def plain(value: Any) -> Any:
    """Return a value of the model as plain JSON data."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", exclude_none=True, by_alias=True)
    if isinstance(value, tuple):
        return [plain(member) for member in value]
    return str(value)
