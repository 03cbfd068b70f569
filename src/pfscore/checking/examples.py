"""The examples inside a ruleset: scored by the whole engine and compared with what they expect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from pfscore.documents.scalars import read_amount
from pfscore.forms.form import BudgetLine, Form, Indicator, Record
from pfscore.formulas.evaluation.compiled import compile_formula
from pfscore.formulas.formula import parse_formula
from pfscore.foundation.diagnostics import Diagnostic, Severity, Span
from pfscore.foundation.errors import PfscoreError
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Lang, Message, joined, shorten
from pfscore.rulesets.edition import sound_edition
from pfscore.rulesets.in_force import Loaded
from pfscore.rulesets.model.example import Example
from pfscore.rulesets.model.form_terms import Block, walk_blocks
from pfscore.rulesets.model.rule import Applies, Rule, RuleVersion
from pfscore.rulesets.model.way import (
    Bands,
    ByBands,
    ByChecklist,
    ByFormula,
    ByJudgement,
    ByLevels,
    ByThresholds,
    LevelRow,
    ThresholdRow,
    Way,
)
from pfscore.scoring.row.awarding.award import OUTCOMES, Extras
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.row.engine import Engine
from pfscore.scoring.row.preparing.inputs import form_amounts, stated_properties
from pfscore.scoring.row.score import Score

Path = tuple[str | int, ...]

#: The most indicators among which the points of a block are split on trial.
_TRIED = 20


@dataclass(frozen=True)
class ExampleRun:
    """One example: the expected result, the engine's result, and their differences."""

    rule: str
    since: date
    on: date
    number: int
    example: Example
    span: Span
    obtained: Score
    problems: tuple[Diagnostic, ...] = ()

    @property
    def title(self) -> str:
        """The title of the example, or its number."""
        return self.example.title or f"{self.number}"

    @property
    def passed(self) -> bool:
        """Whether the engine's result is the expected one."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)

    def expected(self, lang: Lang = "zh") -> str:
        """Return what the example expects, in words."""
        return expected_text(self.example).text(lang)

    def outcome(self, lang: Lang = "zh") -> str:
        """Return what the engine gives, in words."""
        return _obtained_text(self.obtained).text(lang)


def run_examples(family: Sequence[Loaded]) -> Iterator[ExampleRun]:
    """Score every example of the active versions of `family[0]`, each on the day on which its version starts.

    Invalid rules are skipped, since the loader reports them. So are examples for a day on which their version is not in
    force, which :func:`example_problems` reports.

    >>> from pfscore.rulesets.load import load_family
    >>> all(run.passed for run in run_examples(load_family("cn-sc/project")))
    True
    """
    engines: dict[date, Engine | None] = {}
    for path, rule, version in _active_versions(family[0]):
        for number, example in enumerate(version.examples):
            on = example.on or version.since
            if not _is_in_force(rule, version, on):
                continue
            if on not in engines:
                engines[on] = _engine(family, on)
            if (engine := engines[on]) is None or not _is_used(engine, rule.id, family[0]):
                continue
            place = (*path, "examples", number)
            span = family[0].span(place, rule=rule.id)
            obtained = score_example(engine, rule.id, example)
            run = ExampleRun(rule.id, version.since, on, number + 1, example, span, obtained)
            yield replace(run, problems=tuple(_disagreements(run, family[0], place)))


def _is_used(engine: Engine, rule_id: str, loaded: Loaded) -> bool:
    """Return whether the edition has the rule of this file."""
    rule = engine.edition.rule(rule_id)
    return rule is not None and rule.layers[-1].loaded is loaded


def _active_versions(loaded: Loaded) -> Iterator[tuple[Path, Rule, RuleVersion]]:
    """Yield every version of the file that is not disabled, with its path in the document."""
    return (found for found in loaded.ruleset.rule_versions() if found[2].disabled is None)


def _cells(kind: type[Record], example: Example) -> dict[str, Any]:
    """Return the cells of a row that an example gives."""
    given = {name: getattr(example, name, None) for name in kind.model_fields}
    return {name: cell for name, cell in given.items() if cell is not None}


def _budget_of(example: Example) -> Iterator[BudgetLine]:
    """Yield the budget lines of the form in which an example stands."""
    total = {name: getattr(example, name) for name in ("initial", "budget", "expenditure")}
    if any(amount is not None for amount in total.values()):
        yield BudgetLine(label="总额", **total)
    if example.carried_over is not None:
        yield BudgetLine(label="上年结转", budget=example.carried_over)


def _properties_of(example: Example, applies: Applies | None) -> tuple[tuple[str, str], ...]:
    """Return the properties of the form in which an example stands: its own, else the first that the rule is for."""
    asked = () if applies is None else applies.properties or ()
    return tuple({**{name: values[0] for name, values in asked}, **dict(example.properties or ())}.items())


def score_example(engine: Engine, rule_id: str, example: Example) -> Score:
    """Score one example by the whole engine; cells that the rule fixes (name, block, kind of row) are filled in."""
    rule = engine.edition.rule(rule_id)
    applies = rule.applies if rule is not None else None
    if applies is not None and applies.row == "budget":
        label = example.name or (applies.name[0] if applies.name else "")
        return engine.score_budget(BudgetLine(**{**_cells(BudgetLine, example), "label": label}))
    cells = _cells(Indicator, example)
    cells["name"] = example.name or (applies.name[0] if applies is not None and applies.name else "")
    block = (applies.block[0],) if applies is not None and applies.block else ()
    cells["path"] = example.path if example.path is not None else block
    peers = Extras(
        block_points=example.block_points,
        count=example.count,
        position=example.position,
        amounts=form_amounts(Form(budget=tuple(_budget_of(example)))),
        properties=stated_properties(Form(properties=_properties_of(example, applies)), engine.edition.terms),
    )
    return engine.score(Indicator(**cells), year=engine.edition.on.year, peers=peers, as_written=True)


def expected_text(example: Example) -> Message:
    """Return what an example expects, in words."""
    zh, en = [], []
    if example.score is not None:
        zh.append(f"{decimal_text(example.score)} 分")
        en.append(f"{decimal_text(example.score)} points")
    if example.low is not None or example.high is not None:
        low, high = (decimal_text(value) if value is not None else "…" for value in (example.low, example.high))
        zh.append(f"[{low}, {high}] 分")
        en.append(f"[{low}, {high}] points")
    if example.outcome is not None:
        outcome = OUTCOMES[Outcome(example.outcome)]
        zh.append(outcome.zh)
        en.append(outcome.en)
    if example.error is not None:
        zh.append(f"拒绝（{example.error}）")
        en.append(f"a refusal ({example.error})")
    return Message("，".join(zh), ", ".join(en))


def expectation(obtained: Score) -> dict[str, str]:
    """Return the keys with which an example expects a result.

    >>> import pfscore
    >>> rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
    >>> expectation(rules.score(name="缴存人数", target="≥26万人", actual="13万人", points="10"))
    {'score': '5'}
    """
    if obtained.outcome is Outcome.REFUSED and obtained.diagnostics:
        return {"error": obtained.diagnostics[0].code}
    if obtained.low is None or obtained.high is None:
        return {"outcome": obtained.outcome.value}
    if obtained.score is not None:
        return {"score": str(obtained.score)}
    return {"low": str(obtained.low), "high": str(obtained.high)}


def is_full(example: Example, version: RuleVersion) -> bool:
    """Return whether an example expects all of its points, or of those that the version fixes."""
    way = version.way
    fixed = way.points if version.points is None and isinstance(way, ByChecklist) else version.points
    if version.adjusts is not None:
        return example.score == version.adjusts.high
    if example.points is None and fixed is not None:
        return example.score == fixed
    try:
        return example.score is not None and example.score == read_amount(example.points or "")
    except ValueError:
        return False


def _obtained_text(obtained: Score) -> Message:
    codes = "、".join(dict.fromkeys(problem.code for problem in obtained.diagnostics))
    zh, en = obtained.in_words("zh"), obtained.in_words("en")
    return Message(f"{zh}（{codes}）", f"{en} ({codes})") if codes else Message(zh, en)


def _engine(family: Sequence[Loaded], on: date) -> Engine | None:
    try:
        return Engine(sound_edition(family, on)[0])
    except PfscoreError:
        return None


def unexercised(runs: Sequence[ExampleRun], loaded: Loaded) -> Iterator[Diagnostic]:
    """Yield levels, thresholds and bands that no example falls into (PF607)."""
    obtained: dict[tuple[str, date], list[Score]] = {}
    for run in runs:
        obtained.setdefault((run.rule, run.since), []).append(run.obtained)
    for path, rule, version in _active_versions(loaded):
        own = obtained.get((rule.id, version.since), [])
        tables = (_ROWS_OF_WAYS[type(way)](way, own) for way in version.ways)
        for key, count, hit in (table for table in tables if table is not None):
            for number in sorted(set(range(count)) - hit):
                message = Message("没有例子落入这一档", "no example falls into this row")
                span = loaded.span((*path, *key, number), rule=rule.id)
                yield Diagnostic("PF607", message, None, span, severity=Severity.NOTE)


def _level_rows(way: ByLevels | ByThresholds, own: Sequence[Score]) -> _Rows:
    levels = {one.award.level for one in own}
    rows: Sequence[LevelRow | ThresholdRow] = way.rows
    words = [row.level if isinstance(row.level, str) else "、".join(row.level) for row in rows]
    return (way.key,), len(words), {number for number, word in enumerate(words) if word in levels}


def _band_rows(way: ByBands, own: Sequence[Score]) -> _Rows:
    return (way.key, "table"), len(way.bands.table), {_band_of(way.bands, one) for one in own}


def _band_of(bands: Bands, obtained: Score) -> int | None:
    """Return the band that an example fell into."""
    try:
        value = compile_formula(parse_formula(bands.of)).run(obtained.award.env)
    except PfscoreError:
        return None
    return next((number for number, row in enumerate(bands.table) if value in row.range), None)


#: Where the table of a version is, how many rows it has, and into which of them examples fell.
_Rows = tuple[Path, int, set[int | None]]
#: The table that examples have to reach, for each way of scoring.
_ROWS_OF_WAYS: Mapping[type[Way], Callable[[Any, Sequence[Score]], _Rows | None]] = {
    ByFormula: lambda _way, _own: None,
    ByLevels: _level_rows,
    ByBands: _band_rows,
    ByThresholds: _level_rows,
    ByChecklist: lambda _way, _own: None,
    ByJudgement: lambda _way, _own: None,
}


def _disagreements(run: ExampleRun, loaded: Loaded, path: Path) -> Iterator[Diagnostic]:
    example, obtained = run.example, run.obtained
    wrong = next((key for key, agrees in _agreements(example, obtained) if not agrees), None)
    title = shorten(run.title)
    if obtained.rule is not None and obtained.rule != run.rule:
        other = obtained.rule_in_force
        yield Diagnostic(
            "PF604",
            Message(
                f"例子 “{title}” 不归这条规则，而归规则 “{obtained.rule}”",
                f"example {title!r} is not scored by this rule but by {obtained.rule!r}",
            ),
            Message("核对 applies，或在其中一条里写 overrides", "check `applies`, or say `overrides` in one of them"),
            run.span,
            () if other is None else ((Message("评分的规则", "the rule that scored it"), other.span),),
        )
    elif wrong is None and obtained.rule is None:
        yield Diagnostic(
            "PF606",
            Message(f"例子 “{title}” 没有用到这条规则", f"example {title!r} does not reach this rule"),
            Message("例子在选规则之前就有了结果，说明不了这条规则", "the row is settled before any rule is chosen"),
            run.span,
            severity=Severity.WARNING,
        )
    elif wrong is not None:
        expected, got = expected_text(example), _obtained_text(obtained)
        yield Diagnostic(
            "PF603",
            Message(
                f"例子 “{title}” 应为：{expected.zh}；实为：{got.zh}",
                f"example {title!r} expects {expected.en}, but the result is {got.en}",
            ),
            _why_not(example, obtained),
            loaded.span((*path, wrong), rule=run.rule),
        )


def _why_not(example: Example, obtained: Score) -> Message | None:
    """Return why there is no such score: what the engine says, or that a person has to decide."""
    if obtained.diagnostics:
        one = obtained.diagnostics[0]
        return Message(f"{one.code} {one.message.zh}", f"{one.code}: {one.message.en}")
    if obtained.outcome is Outcome.COMPARED:
        return Message("在例子里写分值，如 points: 10", "give the example its points, such as points: 10")
    if obtained.outcome is Outcome.JUDGEMENT and example.score is not None:
        score = decimal_text(example.score)
        return Message(
            f"由评价人评定的，在例子里写 decision: {score}；要范围的写 low、high",
            f"what a person decides stands in the example as decision: {score}; a range as `low` and `high`",
        )
    return None


def _agreements(example: Example, obtained: Score) -> Iterator[tuple[str, bool]]:
    award = obtained.award
    decided: Fraction | None = award.low if award.low == award.high else None
    if example.score is not None:
        yield "score", decided == example.score and obtained.outcome is not Outcome.REFUSED
    if example.low is not None:
        yield "low", award.low == example.low
    if example.high is not None:
        yield "high", award.high == example.high
    if example.outcome is not None:
        yield "outcome", obtained.outcome.value == example.outcome
    if example.error is not None:
        yield "error", any(problem.code == example.error for problem in obtained.diagnostics)
    elif example.outcome != "refused":
        yield "score", obtained.outcome is not Outcome.REFUSED


def example_problems(loaded: Loaded) -> Iterator[Diagnostic]:
    """Yield what the examples of active versions lack.

    Too few (PF602), one that is repeated (PF605), or one for a day on which its version is not in force (PF606). The
    splitting of a block's points, which has no examples, is tried (PF521).
    """
    for index, form in enumerate(loaded.ruleset.form):
        if form.disabled is None:
            yield from _splits(loaded, ("form", index, "blocks"), form.blocks)
    for path, rule, version in _active_versions(loaded):
        yield from _too_few(loaded, path, rule, version)
        yield from _repeated(loaded, path, version)
        yield from _out_of_force(loaded, path, rule, version)


def _splits(loaded: Loaded, path: Path, blocks: Sequence[Block] | None) -> Iterator[Diagnostic]:
    """Yield the splits that work for no number of indicators."""
    for at, block in walk_blocks(blocks, path):
        if block.split is None or block.points is None or (cause := _unsplittable(block.split, block.points)) is None:
            continue
        points = decimal_text(block.points)
        yield Diagnostic(
            "PF521",
            Message(
                f"“{block.name}” 的 {points} 分，分给几个指标都分不下去：{cause.zh}",
                f"the {points} points of {block.name!r} cannot be shared out among any number: {cause.en}",
            ),
            Message(
                f"核对 split 的参数，例如单位要能整除 {points}",
                f"check the parameters of `split`; its unit, say, has to divide {points}",
            ),
            loaded.span((*at, "split")),
        )


def _unsplittable(split: str, points: Fraction) -> Message | None:
    """Return why no number of rows can share `points`; `None` where some number can."""
    try:
        compiled = compile_formula(parse_formula(split))
    except PfscoreError:
        return None  # reported with the edition
    cause = None
    for count in range(1, _TRIED + 1):
        try:
            for position in range(1, count + 1):
                compiled.run({"block_points": points, "count": Fraction(count), "position": Fraction(position)})
        except PfscoreError as error:
            cause = error.diagnostics[0].message
        else:
            return None
    return cause


def _end(rule: Rule, version: RuleVersion) -> date | None:
    """Return the day from which a version of a file is no longer in force."""
    later = [one.since for one in rule.versions if one.disabled is None and one.since > version.since]
    return min([*later, *([version.until] if version.until is not None else [])], default=None)


def _is_in_force(rule: Rule, version: RuleVersion, on: date) -> bool:
    end = _end(rule, version)
    return version.since <= on and (end is None or on < end)


def _out_of_force(loaded: Loaded, path: Path, rule: Rule, version: RuleVersion) -> Iterator[Diagnostic]:
    end = _end(rule, version)
    days = Message(f"自 {version.since} 起", f"since {version.since}")
    if end is not None:
        days = Message(f"自 {version.since} 起，到 {end} 之前", f"since {version.since}, until {end}")
    for number, example in enumerate(version.examples):
        if example.on is not None and not _is_in_force(rule, version, example.on):
            yield Diagnostic(
                "PF606",
                Message(
                    f"例子按 {example.on} 的规则评分，这一版{days.zh}施行",
                    f"the example is for {example.on}, but this version holds {days.en}",
                ),
                Message(
                    "改 on，或把例子移到那一天施行的版本；不写 on 则按本版施行之日",
                    "correct `on`, or move the example to the version of that day; without `on` the first day counts",
                ),
                loaded.span((*path, "examples", number, "on"), rule=rule.id),
            )


#: The example that a version lacks, by whether it is one with all the points.
_LACKING = {
    True: Message("一个满分的", "one with the full score"),
    False: Message("一个部分得分、待评定或拒绝的", "one that is partial, judged or refused"),
}


def lacking_examples(version: RuleVersion) -> tuple[bool, ...]:
    """Return which examples a version lacks: `True` for one with all the points, `False` for one with less."""
    full = [is_full(example, version) for example in version.examples]
    return (*(() if any(full) else (True,)), *((False,) if all(full) else ()))


def _too_few(loaded: Loaded, path: Path, rule: Rule, version: RuleVersion) -> Iterator[Diagnostic]:
    lacking = [_LACKING[is_full] for is_full in lacking_examples(version)]
    if not lacking:
        return
    listed = joined(lacking)
    yield Diagnostic(
        "PF602",
        Message(
            f"规则 “{rule.id}” 自 {version.since} 的版本例子太少",
            f"too few examples for the version of {rule.id!r} since {version.since}",
        ),
        Message(f"还缺：{listed.zh}", f"missing: {listed.en}"),
        loaded.span((*path, "examples"), key=True, rule=rule.id),
    )


def _repeated(loaded: Loaded, path: Path, version: RuleVersion) -> Iterator[Diagnostic]:
    seen: dict[str, int] = {}
    for number, example in enumerate(version.examples):
        key = example.model_dump_json(exclude={"title", "from_form"})
        first = seen.setdefault(key, number)
        if first != number:
            yield Diagnostic(
                "PF605",
                Message("两个例子完全相同", "two examples are the same"),
                Message("删去一个，或换一种情况", "remove one, or show another case"),
                loaded.document.span((*path, "examples", number)),
                ((Message("第一个在这里", "the first is here"), loaded.document.span((*path, "examples", first))),),
                Severity.WARNING,
            )
