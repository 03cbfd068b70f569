"""What published forms show about a rule: rows with a score, sorted into kinds that one rule would score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import get_args

from pfscore.auditing.case import Case, Dossier, Line, Row
from pfscore.auditing.figures import Figure
from pfscore.auditing.known_policies import Env, environment
from pfscore.cells.readings import Bound, Level, Reading, TargetKind
from pfscore.forms.form import Form
from pfscore.foundation.text import Message
from pfscore.rulesets.model.base import Assume, OneWay
from pfscore.scoring.row.comparing.compare import answers_with_percent, compare
from pfscore.scoring.row.comparing.comparison import Comparison
from pfscore.scoring.row.comparing.readings_of_row import Outcome, quantities


@dataclass(frozen=True)
class Observation:
    """One published score with everything that a rule could compute it from."""

    form: str
    row: int | None
    name: str
    points: Fraction
    printed: Figure
    comparison: Comparison
    env: Env = field(hash=False)
    example: dict[str, str | list[str]] = field(hash=False)
    is_ratio: bool = False
    words: str | None = None

    @property
    def place(self) -> Message:
        """Where the score is printed."""
        if self.row is None:
            return Message(f"《{self.form}》{self.name}", f"{self.form}, {self.name}")
        return Message(f"《{self.form}》第 {self.row} 行", f"{self.form}, row {self.row}")


@dataclass(frozen=True)
class Kind:
    """A kind of row that one rule scores: what its targets look like, how they were answered, in which block."""

    key: str
    title: Message
    comparator: str = ""
    direction: str | None = None
    zero: bool = False
    cost: bool = False
    answered: bool = False
    budget: bool = False


BUDGET = Kind("execution-rate", Message("预算执行", "budget execution"), budget=True)
ANSWERED = Kind("answered", Message("以百分数回答的时限或文字", "percentages for time limits or words"), answered=True)


def observe(forms: Sequence[Form]) -> dict[Kind, list[Observation]]:
    """Collect the published scores of forms by kind of row; a bare number may point either way, so both are kept."""
    found: dict[Kind, list[Observation]] = {}
    dossier = Dossier(forms, [None] * len(forms))
    for case in dossier.cases:
        for line in case.lines:
            if (seen := _line(case, line)) is not None:
                found.setdefault(BUDGET, []).append(seen)
        for row in case.rows:
            for kind, one in _row(case, row):
                found.setdefault(kind, []).append(one)
    return found


def _line(case: Case, line: Line) -> Observation | None:
    if line.points is None or line.published is None or not line.budget or line.expenditure is None:
        return None
    rate = line.expenditure / line.budget
    env: dict[str, Fraction | bool] = {
        "points": line.points.value,
        "budget": line.budget,
        "expenditure": line.expenditure,
        "execution_rate": rate,
        "met": rate >= 1,
    }
    if line.initial:
        env["initial"] = line.initial
    example: dict[str, str | list[str]] = {
        key: text for key in ("initial", "budget", "expenditure") if (text := getattr(line.line, key))
    }
    comparison = Comparison(rate >= 1, None, line.budget, line.expenditure)
    return Observation(case.form.title, None, line.name, line.points.value, line.published, comparison, env, example)


def _row(case: Case, row: Row) -> Iterator[tuple[Kind, Observation]]:
    if row.points is None or row.published is None or row.cells.outcome is not Outcome.SCORED:
        return
    if row.target is None or row.actual is None:
        return
    for kind, direction in _kinds(row):
        assume = Assume(direction=direction, answered_percent=True, same_words=True)
        comparison = compare(row.target, row.actual, assume, year=case.form.year)
        yield (
            kind,
            Observation(
                case.form.title,
                row.number,
                row.name,
                row.points.value,
                row.published,
                comparison,
                environment(row.points.value, comparison),
                _example(row),
                any(quantity.unit == "1" for quantity in quantities(row.target)),
                row.actual.text if isinstance(row.actual, Level) else None,
            ),
        )


def _kinds(row: Row) -> Iterator[tuple[Kind, OneWay | None]]:
    target, actual = row.target, row.actual
    if target is None or actual is None:
        return
    if answers_with_percent(target, actual):
        yield ANSWERED, None
        return
    if isinstance(target, Bound) and target.op is TargetKind.BARE:
        cost = any("成本" in part for part in row.indicator.path)
        for direction in get_args(OneWay):
            yield _bare(direction, cost=cost), direction
        return
    found = target.target_kind
    if found is None:
        return
    zero, title = not _is_positive(target), found.targets
    if zero:
        title = Message(f"{title.zh}（零或负）", f"{title.en} (zero or negative)")
    key = found.value.replace("_", "-") + ("-zero" if zero else "")
    yield Kind(key, title, found.author_word, zero=zero), None


def _bare(direction: str, *, cost: bool) -> Kind:
    bare = TargetKind.BARE
    where = Message("成本指标中没有符号的数", "bare numbers of cost rows") if cost else bare.targets
    way = Message("视为下限", "as floors") if direction == "higher" else Message("视为上限", "as ceilings")
    key = f"{'cost-' if cost else ''}bare-{'floor' if direction == 'higher' else 'ceiling'}"
    title = Message(f"{where.zh}，{way.zh}", f"{where.en}, {way.en}")
    return Kind(key, title, bare.author_word, direction, cost=cost)


def _is_positive(target: Reading) -> bool:
    return not (isinstance(target, Bound) and target.quantity.value <= 0)


def _example(row: Row) -> dict[str, str | list[str]]:
    """Return the cells of a row as an example of a ruleset has them."""
    indicator = row.indicator
    example: dict[str, str | list[str]] = {}
    if indicator.path:
        example["path"] = list(indicator.path)
    cells = {
        "name": indicator.name,
        "comparator": indicator.comparator,
        "target": indicator.full_target,
        "unit": indicator.unit,
        "actual": indicator.actual,
    }
    example.update({key: text for key, text in cells.items() if text})
    return example
