"""What a rule gives to a row, and what a person adds to one: the records of awarding, rounding, and their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.readings import Assumption
from pfscore.formulas.evaluation.compiled import Compiled
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.numbers import Rounding, decimal_places, decimal_text
from pfscore.foundation.text import Message
from pfscore.rulesets.in_force import RuleInForce, Worth
from pfscore.rulesets.model.base import Evidence, SourceEntry, StepRounding
from pfscore.rulesets.model.values import Range
from pfscore.rulesets.model.way import WAYS
from pfscore.scoring.row.comparing.comparison import NOTHING_COMPARED, Comparison
from pfscore.scoring.row.comparing.readings_of_row import Cells, Outcome

Value = Fraction | bool


@dataclass(frozen=True, slots=True)
class Award:
    """What a rule gives to a row: `low` and `high` are equal where nothing is open, `None` where nothing can be said.

    `raw` is the score before rounding, `share` the part of the points that a level or a person's range gives,
    `level` the level it is, `by_person` that a person is asked, `chosen` what a person gave (`share` or `decision`),
    `deducted` what a person took off, `treatment` what a row that does not apply counts for, `instead` the row that
    counts in its place, `adjusts` that it is added to the total and is no part of the full score, `in_doubt` that the
    range is what doubts about the cells leave.
    """

    outcome: Outcome
    low: Fraction | None = None
    high: Fraction | None = None
    comparison: Comparison = NOTHING_COMPARED
    diagnostics: tuple[Diagnostic, ...] = ()
    env: Mapping[str, Value] = field(default_factory=dict, hash=False)
    raw: Fraction | None = None
    share: Range | None = None
    level: str | None = None
    by_person: bool = False
    chosen: str | None = None
    deducted: Fraction | None = None
    treatment: str | None = None
    instead: str | None = None
    adjusts: bool = False
    in_doubt: bool = False

    @property
    def words(self) -> Message:
        """What became of the row; of one of several of which another one counts, which that is."""
        if self.instead is None:
            return OUTCOMES[self.outcome]
        if self.by_person:
            zh, en = f"二者择一，由评价人定，见“{self.instead}”", f"one of several counts; see {self.instead!r}"
        else:
            zh, en = f"未选用，二者择一，按“{self.instead}”计", f"not chosen: {self.instead!r} counts in its place"
        return Message(zh, en)


@dataclass(frozen=True, slots=True)
class Extras:
    """What a person adds to a row: the share or the points chosen, the rank, a deduction; and facts about its block.

    `amounts` are those that the form states as a whole, by name, `properties` what else it states of itself.
    """

    share: Fraction | None = None
    decision: Fraction | None = None
    rank: Fraction | None = None
    deduction: Fraction | None = None
    block_points: Fraction | None = None
    count: Fraction | None = None
    position: Fraction | None = None
    thresholds: Mapping[str, Quantity] | None = field(default=None, hash=False)
    amounts: Mapping[str, Value] = field(default_factory=dict, hash=False)
    properties: tuple[tuple[str, str], ...] = ()

    def named(self) -> dict[str, Value]:
        """Return those that are given, under the names that formulas use; no deduction is a deduction of 0."""
        names = ("share", "rank", "block_points", "count", "position")
        given: dict[str, Value] = {name: value for name in names if (value := getattr(self, name)) is not None}
        return {**given, "deduction": self.deduction or Fraction(0)}


NO_EXTRAS = Extras()
_ROUND = Message("在规则里写 rounding，如 digits: 2", "give `rounding` in the rule, such as digits: 2")


def rounding_of(rule: RuleInForce, at: str) -> StepRounding | None:
    """Return how `rule` rounds at that step."""
    return next((rounding for rounding in rule.version.rounding or () if rounding.at == at), None)


def rounded_rate(rule: RuleInForce, rate: Fraction) -> Fraction:
    """Return a completion or execution rate, rounded where the rule rounds it before scoring."""
    rounding = rounding_of(rule, "completion")
    return rate if rounding is None else rounding.apply(rate)


#: A budget line has none that are compared.
_NO_CELLS = Cells(None, None)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a row is awarded on: its rule, its points, its cells and their comparison, and what a person added to it."""

    rule: RuleInForce
    points: Fraction
    comparison: Comparison
    extras: Extras = NO_EXTRAS
    cells: Cells = _NO_CELLS
    compiled: Compiled | None = None

    @property
    def worth(self) -> Worth:
        """The least and the most that the row can earn."""
        return self.rule.worth(self.points)

    @property
    def env(self) -> dict[str, Value]:
        """What the rule's formulas use of an indicator row, by name."""
        env: dict[str, Value] = {"points": self.points, **self.extras.named()}
        if self.rule.uses_form_amounts:
            env |= self.extras.amounts
        for name in _COMPARED.intersection(self.rule.names):
            if (value := getattr(self.comparison, name)) is not None:
                env[name] = rounded_rate(self.rule, value) if name == "completion" else value
        return env

    def refused(self, problem: Diagnostic, env: Mapping[str, Value] | None = None) -> Award:
        """Return the award of a row that cannot be scored: anything that it is worth is still possible."""
        worth = self.worth
        return Award(Outcome.REFUSED, worth.least, worth.most, self.comparison, (problem,), env or {})

    def rounded(self, raw: Fraction, env: Mapping[str, Value]) -> Award:
        """Return the award for a score, rounded as the rule says."""
        rule, comparison = self.rule, self.comparison
        rounding = rounding_of(rule, "score")
        score = raw if rounding is None else rounding.apply(raw)
        if decimal_places(score) is None:
            message = Message(
                f"得分 {decimal_text(raw)} 除不尽，规则没有写怎样取整",
                f"the score {decimal_text(raw)} has no finite decimal, and the rule names no rounding",
            )
            found = self.refused(Diagnostic("PF528", message, _ROUND, rule.place_of(*WAYS)), env)
            return replace(found, raw=raw)
        # Rounding must not lift a score above the points (points with more decimals than the rounding keeps).
        most = self.worth.most
        score = min(score, most)
        if comparison.met is False and raw < score == most:
            message = Message("没有达标，得分取整后等于满分", "the target is missed; rounding gives the full points")
            comparison = replace(comparison, assumptions=(*comparison.assumptions, Assumption("rounded", message)))
        return Award(Outcome.SCORED, score, score, comparison, (), env, raw)


#: What formulas may use of a comparison.
_COMPARED = frozenset(
    {"target", "actual", "low", "high", "met", "completion", "deviation_rate"}
    | {"days_late", "years_late", "planned_days"}
)


#: What became of a row, in words.
OUTCOMES = {
    Outcome.SCORED: Message("已评分", "scored"),
    Outcome.JUDGEMENT: Message("待评定", "to be judged"),
    Outcome.NOT_APPLICABLE: Message("不适用", "not applicable"),
    Outcome.MISSING: Message("缺数", "missing"),
    Outcome.COMPARED: Message("没有分值，只比较", "compared, no points"),
    Outcome.INFORMATION: Message("不评分", "not scored"),
    Outcome.REFUSED: Message("不能评分", "refused"),
}
EVIDENCE = {
    Evidence.TEXT: Message("原文已读", "text read"),
    Evidence.RESTATED: Message("见转述", "seen restated"),
    Evidence.OBSERVED: Message("由公布的表推得", "inferred from published forms"),
    Evidence.DEFAULT: Message("本项目的默认办法", "the project's own default"),
    Evidence.NONE: Message("未见", "not seen"),
}


def evidence_listed(sources: Iterable[SourceEntry]) -> tuple[Message, ...]:
    """Return the kinds of evidence among sources, the best first; a text of which only a part was read says so."""
    found = {(one.evidence, one.evidence is Evidence.TEXT and one.read_to is not None) for one in sources}
    partly = Message("原文部分已读", "text read in part")
    pairs = ((kind, part) for kind in EVIDENCE for part in (False, True))
    return tuple(partly if part else EVIDENCE[kind] for kind, part in pairs if (kind, part) in found)


def evidence_words(evidence: Evidence, read_to: str | None) -> Message:
    """Describe how well a source is known, and where the part that was read ends.

    >>> evidence_words(Evidence.TEXT, "第三章").zh, evidence_words(Evidence.NONE, None).zh
    ('原文已读，读到“第三章”为止', '未见')
    """
    known = EVIDENCE[evidence]
    return known if read_to is None else Message(f"{known.zh}，读到“{read_to}”为止", f"{known.en} up to {read_to!r}")


#: A row that does not apply under a ruleset that does not say what it counts.
UNSTATED = "unstated"
#: What becomes of a row that does not apply.
TREATMENTS = {
    UNSTATED: Message(
        "不适用，规则集没有写怎样计，不计入满分",
        "does not apply; the ruleset does not say what it counts, and it is left out of the total",
    ),
    "exclude": Message("不适用，不计入满分", "does not apply; left out of the total"),
    "rescale": Message("不适用，其余行折算为满分", "does not apply; the other rows are rescaled to the total"),
    "rescale_block": Message("不适用，在同一级指标内折算", "does not apply; the rest of its block is rescaled"),
    "full": Message("不适用，记满分", "does not apply; earns all its points"),
}
ROUNDING = {
    Rounding.HALF_UP: Message("四舍五入", "half up"),
    Rounding.HALF_EVEN: Message("四舍六入五成双", "half to even"),
    Rounding.DOWN: Message("截断", "down"),
    Rounding.UP: Message("进位", "up"),
}
