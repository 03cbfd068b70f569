"""The shapes of the answers that the library has no class for."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from pfscore.forms.form import Form
from pfscore.foundation.diagnostics import ShownDiagnostic
from pfscore.foundation.stored import TypedDict
from pfscore.rulesets.model.ruleset import ShownRuleset


class ParsedCell(TypedDict):
    """What a cell says: its kind, its one canonical text, and what was assumed; more keys by kind."""

    kind: str
    canonical: str
    assumptions: list[str]


class ShownEdge(TypedDict):
    """An end of a range: exact, as decimal text or a fraction, and whether it belongs to the range."""

    value: str
    included: bool


class ShownNeed(TypedDict):
    """What a row needs to earn the points that are wanted."""

    row: int | None
    name: str
    points: str | None
    score: str | None
    wanted: str | None
    low: ShownEdge | None
    high: ShownEdge | None
    unit: str | None
    words: str | None
    result: str | None
    note: str | None


class ShownCandidate(TypedDict):
    """A meaning that a column may have, and why."""

    meaning: str
    reason: str


class ShownColumn(TypedDict):
    """A column of a table that was not recognised."""

    letters: str
    words: str
    samples: list[str]
    meaning: str | None
    candidates: list[ShownCandidate]


class ShownTable(TypedDict):
    """A table that was not recognised: answer with `map`, such as `权数=分值`."""

    place: str
    row: int
    columns: list[ShownColumn]


class Converted(BaseModel):
    """The forms of a file, what is wrong with them, and the tables that a person should say something about."""

    forms: list[Form]
    problems: list[ShownDiagnostic]
    tables: list[ShownTable]


class ShownSource(TypedDict):
    """A document that a ruleset cites, and how well it is known."""

    key: str
    title: str
    url: str | None
    evidence: str
    note: str | None


class ShownRule(TypedDict):
    """A rule in force: where it comes from, how it scores, and on whose authority."""

    id: str
    title: str
    ruleset: str
    says: str
    cite: str


class RulesetPage(TypedDict):
    """A ruleset with its sources, and what is in force on a day; `text` is what its author wrote."""

    summary: ShownRuleset
    parents: list[str]
    note: str | None
    on: str
    digest: str
    sources: list[ShownSource]
    rules: list[ShownRule]
    text: str


class ShownExample(TypedDict):
    """An example of a rule: what it expects, what the engine gives, and whether they agree."""

    rule: str
    title: str
    line: int
    expected: str
    obtained: str
    passed: bool


class CheckedRuleset(TypedDict):
    """What `pfscore check` finds in a text."""

    errors: int
    warnings: int
    diagnostics: list[ShownDiagnostic]
    examples: list[ShownExample]
    proofs: list[str]


class OpenRow(TypedDict):
    """A row that is left to a person: give a score from `low` to `high` in `decisions`.

    `index` counts the rows of its kind from 0, `position` the budget lines and then the indicators.
    """

    position: int
    index: int
    kind: str
    name: str
    low: str
    high: str
    decision: str | None


class ShownTally(TypedDict):
    """What counts of a form in the sums of a review; a later review of other forms takes it in `beside`."""

    standing: str
    codes: list[str]


class ReviewedForms(TypedDict):
    """A form in a review: `id` is its section in the page, `file` and `form` count from 0.

    Forms of one `body` are reviewed together.
    """

    id: str
    file: int
    form: int
    body: int
    open: list[OpenRow]
    tally: ShownTally


class AskedTable(TypedDict):
    """A table of a file that was not recognised."""

    file: int
    table: ShownTable


class Lacking(TypedDict):
    """How many forms are not scored because neither they nor the request name a ruleset, or a year."""

    ruleset: int
    year: int


class Reviewed(TypedDict):
    """A review as JSON: its page, the rows that are open, and the tables that were not recognised."""

    line: str
    page: str
    lacking: Lacking
    forms: list[ReviewedForms]
    unreadable: list[ShownTally]
    tables: list[AskedTable]
    meanings: list[str]


class Health(TypedDict):
    """That the service answers, and which version."""

    status: str
    version: str


class ScoredRow(TypedDict):
    """A line of `/v1/rows`: the caller's own keys come back beside these."""

    row: int
    outcome: str
    score: str | None
    low: str | None
    high: str | None
    met: bool | None
    rule: str | None
    codes: list[str]


class ParsedRow(TypedDict, total=False):
    """The cells of `/v1/parse`: a target with its comparator and unit, or an actual with its unit."""

    target: str
    actual: str
    comparator: str | None
    unit: str | None


class ShownCurve(TypedDict):
    """The curve of a rule as SVG, and the line on which the rule begins; 0 where another file has it."""

    rule: str
    title: str
    line: int
    svg: str


class Trial(TypedDict):
    """A ruleset that is being written: what `check` finds, its curves, and what a form earns under it."""

    checked: CheckedRuleset
    curves: list[ShownCurve]
    rows: list[dict[str, Any]]
    total: str
    problems: list[ShownDiagnostic]
