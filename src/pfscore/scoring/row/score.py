"""The score of a row: what it earns, and why, as a tree that survives JSON and as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NotRequired, Protocol, Self

from pfscore.cells import readings
from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.readings import Assumption
from pfscore.forms.files.rows import own_keys, read_row
from pfscore.forms.form import BudgetLine, Indicator, Record, Targets
from pfscore.formulas.evaluation.compiled import Compiled, EvaluationError
from pfscore.formulas.evaluation.trace import ShownStep, Step
from pfscore.formulas.formula import Formula, parse_condition, parse_formula
from pfscore.formulas.glossary import Kind
from pfscore.foundation.diagnostics import Diagnostic, ShownDiagnostic
from pfscore.foundation.numbers import decimal_text, to_decimal
from pfscore.foundation.stored import Stored, TypedDict, ValueOf, storable, storable_as
from pfscore.foundation.text import Lang, Message
from pfscore.rulesets.in_force import Authority, RuleInForce, Where
from pfscore.rulesets.model.base import Assume, Evidence, RoundingRule, Strict
from pfscore.rulesets.model.rule import Applies, RuleVersion
from pfscore.rulesets.model.values import Range
from pfscore.scoring.row.awarding.award import ROUNDING, TREATMENTS, Award, evidence_words, rounding_of
from pfscore.scoring.row.comparing.comparison import Comparison
from pfscore.scoring.row.comparing.readings_of_row import Cells, Outcome
from pfscore.scoring.row.doubts import ReadRow
from pfscore.scoring.row.preparing.inputs import read_points

#: What a score that a frame gave finds when it is first asked for.
_FIELDS = frozenset({"row", "award", "points_exact", "rule_in_force", "diagnostics", "cells", "extra"})
if TYPE_CHECKING:
    _kept = property
else:

    class _kept(cached_property):  # noqa: N801 - used as property is
        """What a frame gives of a score, or the engine finds."""

        def __get__(self, one, owner=None):
            given = None if one is None else one.__dict__.get("_given")
            if given is None:
                return super().__get__(one, owner)
            # Computed scores differ in their points only.
            found = one.__dict__[self.attrname] = given.get(self.attrname, one.__dict__["score"])
            return found


_COMPUTED = Message("计算", "computed")
_LEAST = Message("最低", "at least")
_MOST = Message("最高", "at most")


class ShownCite(TypedDict):
    """The authority of a rule as JSON: the ruleset, the source with its evidence, the place in it and the quotation."""

    ruleset: str
    source: str
    title: str
    evidence: Annotated[str, ValueOf(Evidence)]
    at: str | None
    quote: str | None


class _ShownPoints(TypedDict):
    """The points of a score as decimal text; `score` is null where a range is open."""

    points: str | None
    score: str | None
    low: str | None
    high: str | None
    adjusts: NotRequired[str]


class _ShownReasons(TypedDict):
    """The rule of a score, its authority, and what is wrong with the row."""

    rule: str | None
    cite: ShownCite | None
    diagnostics: list[ShownDiagnostic]


class ShownIndicatorScore(_ShownPoints, _ShownReasons):
    """The score of an indicator row as JSON; numbers are decimal text or fractions (`2/3`)."""

    name: str
    met: bool | None
    outcome: Annotated[str, ValueOf(Outcome)]
    completion: str | None
    deviation_rate: str | None
    assumptions: list[str]
    doubts: list[ShownDiagnostic]
    trace: ShownStep


class ShownBudgetScore(_ShownPoints, _ShownReasons):
    """The score of a budget line as JSON; a line without points has no `trace`."""

    label: str
    execution_rate: str | None
    outcome: Annotated[str, ValueOf(Outcome)]
    trace: NotRequired[ShownStep]


class Scoring(Protocol):
    """What finds everything about the score of a row."""

    def score(self, given: Indicator, *, year: int | None, extra: Mapping[str, Any]) -> IndicatorScore:
        """Return the score of a row of a form of `year`; `extra` is the caller's own."""


@dataclass(frozen=True, repr=False)
class Score(Stored):
    """What a row earns, with everything that led to it: the base of indicator and budget scores.

    `score`, `low` and `high` are points. `score` is `None` where a person, a missing cell or a damaged one leaves
    a range `[low, high]`; all three are `None` where the row carries no points.

    `award` is what the rule gave, with the comparison and the values that the formula used; `cells` holds the readings
    of the row's cells, `points_exact` the most that the row can earn, `rule_in_force` the rule as it was on the date,
    `diagnostics` what is wrong with the row, or why a person must look, `extra` the caller's own keys.
    """

    row: Indicator | BudgetLine
    award: Award
    points_exact: Fraction | None
    rule_in_force: RuleInForce | None
    diagnostics: tuple[Diagnostic, ...]
    cells: Cells | None
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            # Only of a score that a frame gave: everything beside the points is found when it is first asked for.
            known = self.__dict__
            cells, given = known.get("_cells"), known.get("_given")
            if given is None or name not in _FIELDS:
                if name in known:  # Another thread has found it meanwhile.
                    return known[name]
                raise AttributeError(name)
            if name == "extra":
                return known.setdefault(name, own_keys(cells))
            if name == "diagnostics" and not self.codes:
                return known.setdefault(name, ())
            if name == "points_exact":
                text = cells.get("points")
                return known.setdefault(name, read_points(text if text is None else str(text))[0])
            row, extra = (known["row"], known["extra"]) if "row" in known else read_row(cells)
            known.update(vars(given["engine"].score(row, year=self.year, extra=extra)))
            known.pop("_given", None)
            known.pop("_cells", None)
            return known[name]

        def __getstate__(self):
            return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def __repr__(self) -> str:
        low, high = self.low, self.high
        earned = str(low) if low == high else f"[{low}, {high}]"
        return f"<{type(self).__name__} {self.outcome.value} {earned} of {self.points}>"

    @_kept
    def outcome(self) -> Outcome:
        """What became of the row."""
        return self.award.outcome

    @property
    def points(self) -> Decimal | None:
        """The most that the row can earn."""
        return _decimal(self.points_exact)

    @_kept
    def low(self) -> Decimal | None:
        """The least that the row can earn."""
        return _decimal(self.award.low)

    @_kept
    def high(self) -> Decimal | None:
        """The most that the row can still earn."""
        return _decimal(self.award.high)

    @_kept
    def score(self) -> Decimal | None:
        """What the row earns, where nothing is open."""
        return self.low if self.award.low == self.award.high else None

    @_kept
    def codes(self) -> tuple[str, ...]:
        """The codes of the diagnostics."""
        return tuple(one.code for one in self.diagnostics)

    @_kept
    def rule(self) -> str | None:
        """The id of the rule that applied."""
        return None if self.rule_in_force is None else self.rule_in_force.id

    @_kept
    def is_adjustment(self) -> bool:
        """Whether the row is added to the total, and is no part of the full score."""
        return self.award.adjusts

    @_kept
    def treatment(self) -> str | None:
        """What a row that does not apply counts for."""
        return self.award.treatment

    @property
    def adjusts(self) -> Range | None:
        """Between what the row adds to the total and takes off it, where it is no part of the full score."""
        return self.rule_in_force.version.adjusts if self.rule_in_force is not None and self.award.adjusts else None

    @property
    def is_full(self) -> bool:
        """Whether the row earns the most that it can, with nothing open."""
        most = self.points_exact if self.adjusts is None else self.adjusts.high
        return self.award.low == self.award.high == most is not None

    @property
    def cite(self) -> Authority | None:
        """The authority that the rule cites."""
        return None if self.rule_in_force is None else self.rule_in_force.authority

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What is not literally in the text but was needed, and allowed by the ruleset."""
        read: tuple[Assumption, ...] = ()
        if self.cells is not None:
            readings = (self.cells.target, self.cells.actual)
            read = tuple(item for reading in readings if reading is not None for item in reading.assumptions)
            read += self.cells.assumptions
        return read + self.award.comparison.assumptions

    @property
    def trace(self) -> Step:
        """The tree of everything that led to the score; it is built when asked for."""
        return _trace(self)

    def explain(self, lang: Lang = "zh") -> str:
        """Return why the row earns what it earns: what was read, assumed, computed and rounded, under which rule."""
        return _explain(self, lang)

    def in_words(self, lang: Lang = "zh") -> str:
        """Return the result in a few words: `9.48 / 10 分`, `待评定 [8, 10] / 10 分`."""
        return _in_words(self, lang)

    def with_diagnostics(self, diagnostics: tuple[Diagnostic, ...]) -> Self:
        """Return the same score with these diagnostics."""
        return replace(self, diagnostics=diagnostics)

    def _shown_points(self) -> _ShownPoints:
        earned: _ShownPoints = {
            "points": _text(self.points_exact),
            "score": _text(self.award.low) if self.award.low == self.award.high else None,
            "low": _text(self.award.low),
            "high": _text(self.award.high),
        }
        if self.adjusts is not None:
            earned["adjusts"] = str(self.adjusts)
        return earned

    def _shown_reasons(self, lang: Lang) -> _ShownReasons:
        cite = self.cite
        return {
            "rule": self.rule,
            "cite": None
            if cite is None
            else {
                "ruleset": cite.ruleset,
                "source": cite.source,
                "title": cite.title,
                "evidence": cite.evidence.value,
                "at": cite.at,
                "quote": cite.quote,
            },
            "diagnostics": [diagnostic.as_json(lang) for diagnostic in self.diagnostics],
        }


@dataclass(frozen=True, repr=False)
class IndicatorScore(Score):
    """The score of one indicator row; :meth:`explain` says why. Frozen, hashable and picklable.

    `met` says whether the target was met, `completion` is actual ÷ target and `deviation_rate` (actual − target) ÷
    target, exact fractions. `doubts` say why the cells are implausible, such as a satisfaction of 104%: where the
    figures themselves are doubted, the row is open to all that it earns as they stand and as they may be meant; not so
    a row without a name, which is only numbers. `year` is that of the form.

    >>> import pfscore
    >>> rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
    >>> one = rules.score(name="等级保护测评", target="1", comparator="＝", unit="套", actual="0.5", points="4")
    >>> one.score, one.met, one.completion, one.rule
    (Decimal('2'), False, Fraction(1, 2), 'equal-ratio')
    """

    SHOWN: ClassVar[type] = ShownIndicatorScore

    row: Indicator
    year: int | None = None

    @property
    def name(self) -> str:
        """The third-level indicator's name, as in the form."""
        return self.row.name

    @_kept
    def met(self) -> bool | None:
        """Whether the target was met; `None` where that cannot be told."""
        return self.award.comparison.met

    @property
    def completion(self) -> Fraction | None:
        """Actual ÷ target, exact; `None` for words, intervals and a zero target."""
        return self.award.comparison.completion

    @property
    def deviation_rate(self) -> Fraction | None:
        """(Actual − target) ÷ target, exact."""
        return self.award.comparison.deviation_rate

    @cached_property
    def doubts(self) -> tuple[Diagnostic, ...]:
        """What makes the row's own cells implausible; nothing where a person has decided, or the row does not count."""
        settled = self.row.decision is not None or self.outcome is Outcome.INFORMATION
        if self.cells is None or settled or self.award.instead is not None:
            return ()
        return ReadRow(self.row, self.cells, self.award.comparison, self.year).doubts

    def as_json(self, lang: Lang = "zh") -> ShownIndicatorScore:
        """Return the score as plain JSON data; numbers are decimal text."""
        return {
            "name": self.name,
            **self._shown_points(),
            "met": self.met,
            "outcome": self.outcome.value,
            "completion": _text(self.completion),
            "deviation_rate": _text(self.deviation_rate),
            "assumptions": [assumption.message.text(lang) for assumption in self.assumptions],
            "doubts": [doubt.as_json(lang) for doubt in self.doubts],
            **self._shown_reasons(lang),
            "trace": self.trace.as_json(),
        }


def framed_score(score: Decimal | None, given: Mapping[str, Any], cells: dict[Any, Any]) -> IndicatorScore:
    """Return a score of which a frame found what is given; the rest is found when it is first asked for."""
    one: Any = Unframed()
    one.score, one._given, one._cells = score, given, cells.copy()  # noqa: SLF001 - of a score in the making
    if type(path := cells.get("path")) is list:
        one._cells["path"] = tuple(path)  # noqa: SLF001
    one.__class__ = IndicatorScore
    return one  # type: ignore[no-any-return]


class Unframed(Stored):
    """A score before it is one: to set its attributes takes a third of the time that those of a frozen one take."""


@dataclass(frozen=True, repr=False)
class BudgetScore(Score):
    """The score of one budget line; a line without points is only computed. Frozen, hashable and picklable.

    >>> import pfscore
    >>> line = pfscore.BudgetLine(label="总额", budget="245.80", expenditure="219.20", points="10")
    >>> sheet = pfscore.load_ruleset("cn-sc/project").score_form(pfscore.Form(year=2023, budget=(line,)))
    >>> sheet.budget[0].score
    Decimal('8.92')
    """

    SHOWN: ClassVar[type] = ShownBudgetScore

    row: BudgetLine
    execution_rate: Fraction | None = None

    @property
    def label(self) -> str:
        """The line's label, as in the form."""
        return self.row.label

    def as_json(self, lang: Lang = "zh") -> ShownBudgetScore:
        """Return the score as plain JSON data; numbers are decimal text."""
        data: ShownBudgetScore = {
            "label": self.label,
            "execution_rate": _text(self.execution_rate),
            **self._shown_points(),
            "outcome": self.outcome.value,
            **self._shown_reasons(lang),  # type: ignore[typeddict-item]  # it has no trace
        }
        if self.points_exact is not None:
            data["trace"] = self.trace.as_json()
        return data


storable(IndicatorScore, BudgetScore)


def _text(number: Fraction | None) -> str | None:
    return None if number is None else decimal_text(number)


def _decimal(number: Fraction | None) -> Decimal | None:
    return None if number is None else to_decimal(number)


def _trace(one: Score) -> Step:
    """Return the tree of a row: readings, assumptions, the rule, the formula's steps, rounding, the score."""
    steps = (*_read_steps(one), *_rule_steps(one))
    low, high = one.award.low, one.award.high
    text = one.award.words.zh
    if low is None or high is None:
        return Step("score", text, op=one.outcome.value, label="", steps=steps)
    if low == high:
        return Step("score", text, op=one.outcome.value, number=low, steps=steps)
    return Step("score", text, op=one.outcome.value, label=str(Range(low, high)), steps=steps)


def _read_steps(one: Score) -> Iterator[Step]:
    row = one.row
    if not isinstance(row, Indicator) or one.cells is None:
        return
    for text, reading in ((row.full_target, one.cells.target), (row.actual, one.cells.actual)):
        if reading is not None:
            yield Step("reading", text or "", label=str(reading))
    for item in one.assumptions:
        yield Step("assumption", item.message.zh, op=item.key, truth=True)


def _rule_steps(one: Score) -> Iterator[Step]:
    rule, award = one.rule_in_force, one.award
    if rule is None and award.chosen is not None:
        yield Step("decision", "由评价人评定", op=award.chosen, number=award.raw)
    if rule is not None:
        yield Step("rule", rule.title, op=rule.id, label=_authority(rule.authority))
        if computed := [step for _, formula in _formulas(one) if (step := _traced(formula, award.env)) is not None]:
            yield from computed
        elif award.share is not None:
            yield _share_step(one)
        if award.chosen is not None:
            yield Step("decision", "由评价人评定", op=award.chosen, number=award.raw)
        if (rounding := _score_rounding(one)) is not None:
            yield Step(
                "rounding", _rounding_text(rounding, "zh"), op=rounding.mode.value, number=_rounded(one, rounding)
            )
        if award.deducted is not None:
            yield Step("decision", "另行扣减", op="deduction", number=award.deducted)
    if award.treatment in TREATMENTS:
        yield Step("decision", TREATMENTS[award.treatment].zh, op=award.treatment, label="")
    if award.instead is not None:
        yield Step("decision", award.words.zh, op="either", label=award.instead)


def _rounded(one: Score, rounding: RoundingRule) -> Fraction | None:
    """Return the score as rounding left it, before anything was taken off by hand."""
    if one.award.deducted is None or one.award.raw is None:
        return one.award.low
    return rounding.apply(one.award.raw)


def _formulas(one: Score) -> list[tuple[Message, Formula]]:
    """Return what was computed, each with what it is called: the score, or the bounds of a judgement."""
    rule = one.rule_in_force
    if rule is None or not one.award.env:
        return []
    named = [(_COMPUTED, rule.formula)]
    if one.award.by_person:
        named = list(zip((_LEAST, _MOST), rule.bounds or (), strict=False))
    return [(name, formula) for name, formula in named if formula is not None]


def _traced(formula: Formula, env: Mapping[str, Fraction | bool]) -> Step | None:
    try:
        return Compiled(formula).trace(env)  # What its constants make impossible was refused with the ruleset.
    except EvaluationError as error:
        return None if error.code == "PF433" else error.step


def _told(formula: Formula, env: Mapping[str, Fraction | bool], lang: Lang) -> str | None:
    from pfscore.formulas.evaluation.narrated import explain_formula

    try:
        return Compiled(formula).explain(env, lang)
    except EvaluationError as error:
        return None if error.code == "PF433" or error.step is None else explain_formula(error.step, lang)


def _share_step(one: Score) -> Step:
    share = "" if one.award.share is None else one.award.share.percent()
    if one.outcome is Outcome.SCORED and one.award.raw is not None and one.award.chosen is None:
        return Step("decision", f"分值的 {share}", number=one.award.raw)
    return Step("decision", f"分值的 {share}", label=share)


def _score_rounding(one: Score) -> RoundingRule | None:
    if one.rule_in_force is None or one.award.raw is None or one.award.low is None:
        return None
    return rounding_of(one.rule_in_force, "score")


def _explain(one: Score, lang: Lang = "zh") -> str:
    """Return in a few lines why a row earns what it earns."""
    zh, row = lang == "zh", one.row
    name = row.name if isinstance(row, Indicator) else row.label
    lines = [f"{name}{'：' if zh else ': '}{_in_words(one, lang)}" if name else _in_words(one, lang)]
    lines += _reading_lines(row, one, lang) if isinstance(row, Indicator) else _amount_lines(row, lang)
    rule = one.rule_in_force
    if rule is not None:
        lines.append(f"  规则：{rule.title}（{rule.id}）" if zh else f"  rule: {rule.title} ({rule.id})")
        for name, values in rule.applies.properties or ():
            shown = "、".join(values) if zh else ", ".join(values)
            lines.append(f"  适用于：{name}为{shown}" if zh else f"  for forms with {name}: {shown}")
        lines.append(("  依据：" if zh else "  cited: ") + _authority_line(rule.authority, lang))
        lines += computation_lines(one, lang)
    if one.award.treatment in TREATMENTS:
        lines.append("  " + TREATMENTS[one.award.treatment].text(lang))
    lines += [f"  {diagnostic.code} {diagnostic.message.text(lang)}" for diagnostic in one.diagnostics]
    if isinstance(one, IndicatorScore):
        doubted = "  存疑：" if zh else "  doubtful: "
        lines += [f"{doubted}{doubt.code} {doubt.message.text(lang)}" for doubt in one.doubts]
    return "\n".join(lines)


def _in_words(one: Score, lang: Lang = "zh") -> str:
    """Return the result of a row in a few words."""
    low, high, points = one.award.low, one.award.high, one.points_exact
    outcome = one.award.words.text(lang)
    unit = " 分" if lang == "zh" else " points"
    if points is None or low is None or high is None:
        return outcome if one.outcome is not Outcome.SCORED else ("无分值" if lang == "zh" else "no points")
    if one.adjusts is not None:
        earned = decimal_text(low) if low == high else f"{outcome} {Range(low, high)}"
        return f"{earned}{unit}" + (
            f"（加减分 {one.adjusts}）" if lang == "zh" else f" (an adjustment of {one.adjusts})"
        )
    if low == high:
        shown = f"{decimal_text(low)} / {decimal_text(points)}{unit}"
        return shown if one.outcome is Outcome.SCORED else f"{outcome} {shown}"
    return f"{outcome} {Range(low, high)} / {decimal_text(points)}{unit}"


def _reading_lines(row: Indicator, one: Score, lang: Lang) -> list[str]:
    zh = lang == "zh"
    lines = []
    cells = one.cells
    pairs = (
        ("指标值" if zh else "target", (row.comparator, row.full_target, row.unit), cells.target if cells else None),
        ("完成值" if zh else "actual", (row.actual,), cells.actual if cells else None),
    )
    for label, written, reading in pairs:
        text = " ".join(part for part in written if part)
        shown = f"“{text}”" if text else ("（空白）" if zh else "(blank)")
        read = "" if reading is None else f" → {reading.in_words(lang)}"
        lines.append(f"  {label}{'：' if zh else ': '}{shown}{read}")
    lines += [("  推定：" if zh else "  assumed: ") + item.message.text(lang) for item in one.assumptions]
    met = one.award.comparison.met
    if met is not None:
        lines.append(("  达标：是" if met else "  达标：否") if zh else f"  met: {'yes' if met else 'no'}")
    return lines


def _amount_lines(row: BudgetLine, lang: Lang) -> list[str]:
    zh = lang == "zh"
    parts = [
        f"{label} {text}"
        for label, text in (
            ("年初预算数" if zh else "initial", row.initial),
            ("全年预算数" if zh else "budget", row.budget),
            ("全年执行数" if zh else "expenditure", row.expenditure),
        )
        if text
    ]
    return ["  " + ("，" if zh else ", ").join(parts)] if parts else []


def computation_lines(one: Score, lang: Lang) -> list[str]:
    """Return how the points were computed and rounded, or given: the lines of the explanation that say it."""
    zh = lang == "zh"
    lines = []
    for name, formula in _formulas(one):
        if (told := _told(formula, one.award.env, lang)) is not None:
            lines.append(f"  {name.text(lang)}{'：' if zh else ': '}{told}")
    if not lines and one.award.share is not None:
        share = one.award.share.percent()
        level = f"{one.award.level}，" if one.award.level and zh else f"{one.award.level}, " if one.award.level else ""
        lines.append(f"  档：{level}分值的 {share}" if zh else f"  level: {level}{share} of the points")
    rounding, raw = _score_rounding(one), one.award.raw
    if rounding is not None and raw is not None:
        after = _rounded(one, rounding)
        if after is not None and after != raw:
            colon = "：" if zh else ": "
            lines.append(f"  {_rounding_text(rounding, lang)}{colon}{_finite(raw)} → {decimal_text(after)}")
    if one.award.chosen is not None and one.award.raw is not None:
        given = decimal_text(one.award.raw)
        lines.append(f"  评定：由评价人定为 {given} 分" if zh else f"  decided: a person gave {given} points")
    if one.award.deducted is not None and one.award.low is not None:
        taken, left = decimal_text(one.award.deducted), decimal_text(one.award.low)
        lines.append(
            f"  另行扣减 {taken} 分，余 {left} 分" if zh else f"  {taken} points taken off by hand, {left} left"
        )
    return lines


def _finite(number: Fraction) -> str:
    """Write a number for reading; an endless decimal is cut and marked."""
    text = decimal_text(number)
    if "/" not in text and len(text) <= 16:
        return text
    scaled = number.numerator * 10**6 // number.denominator
    return f"{decimal_text(Fraction(scaled, 10**6))}…"


def _rounding_text(rounding: RoundingRule, lang: Lang) -> str:
    mode, digits, unit = ROUNDING[rounding.mode].text(lang), rounding.digits, decimal_text(rounding.unit)
    if lang == "zh":
        return f"{mode}到 {digits} 位小数" if digits is not None else f"{mode}到 {unit} 的倍数"
    kept = f"steps of {unit}" if digits is None else "1 decimal" if digits == 1 else f"{digits} decimals"
    return f"rounded {mode} to {kept}"


def _authority(authority: Authority) -> str:
    return f"{authority.ruleset}：{authority.text()}"


def _authority_line(authority: Authority, lang: Lang) -> str:
    evidence = evidence_words(authority.evidence, authority.read_to).text(lang)
    place = f"{authority.title}，{authority.at}" if authority.at and lang == "zh" else authority.title
    if authority.at and lang == "en":
        place = f"{authority.title}, {authority.at}"
    quote = f"“{authority.quote}”" if authority.quote else ""
    return f"{place}（{evidence}）{quote}" if lang == "zh" else f"{place} ({evidence}) {quote}".rstrip()


# ── what a score is made of and may stand in its JSON ──
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
