"""The engine: a ruleset on a date, ready to score rows, forms and streams of rows."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, overload

from pfscore.documents.scalars import read_day
from pfscore.forms.form import Form, parts_of_budget
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError, NotFoundError, RulesetError
from pfscore.foundation.runtime.resources import library, uncollected
from pfscore.foundation.text import Message, shorten
from pfscore.rulesets.edition import edition
from pfscore.rulesets.in_force import Edition, Loaded
from pfscore.rulesets.load import RulesetSource, load_family
from pfscore.rulesets.search import Search, is_id
from pfscore.scoring.row.engine import Engine
from pfscore.scoring.row.score import IndicatorScore
from pfscore.scoring.sheet import Sheet, make_sheet, settle_either

_Number = str | int | Decimal | Fraction | None


class Rules:
    """A ruleset, ready to score; what :func:`load_ruleset` returns.

    With a date (`on`) every row is scored as of that day. Without one, a form is scored as of the last day of its
    year, and a single row is refused: there is no clock and no "latest".

    >>> rules = load_ruleset("cn-hn/project", on="2023-12-31")
    >>> rules.id, rules.score(target="控制在60%到80%的区间", actual="59.22%", points="2").score
    ('cn-hn/project', Decimal('0'))
    """

    def __init__(self, family: Sequence[Loaded], on: date | None = None) -> None:
        self._family = tuple(family)
        self._on = on
        self._engines: dict[date, Engine] = {}
        self._lock = threading.Lock()
        if on is not None:
            self.at(on)

    def __repr__(self) -> str:
        return f"<Rules {self.id!r} on {self._on}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rules):
            return NotImplemented
        return self is other or (self._on, self._family) == (other._on, other._family)

    def __hash__(self) -> int:
        return hash((self.id, self._on))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._family, self._on)

    @property
    def id(self) -> str:
        """The ruleset's id, such as `cn-sc/project`."""
        return self._family[0].ruleset.ruleset

    @property
    def title(self) -> str:
        """The ruleset's title."""
        return self._family[0].ruleset.title

    @property
    def edition(self) -> Edition:
        """What is in force on the date that the ruleset was loaded for."""
        return self._engine(None).edition

    @property
    def digest(self) -> str:
        """The SHA-256 of all that is in force."""
        return self.edition.digest

    def at(self, on: date) -> Engine:
        """Return the engine for a date."""
        with self._lock:
            if on not in self._engines:
                self._engines[on] = Engine(edition(self._family, on))
            return self._engines[on]

    def _engine(self, year: int | None) -> Engine:
        if self._on is not None:
            return self.at(self._on)
        if year is not None:
            return self.at(date(year, 12, 31))
        hint = Message(
            '写 load_ruleset(..., on="2023-12-31")，或在表里写 year',
            'say load_ruleset(..., on="2023-12-31"), or give the form a year',
        )
        raise RulesetError.of(
            Diagnostic("PF224", Message("没有指明按哪一天的规则评分", "no date says which rules to score by"), hint)
        )

    def score(
        self,
        /,
        *,
        name: str = "",
        path: Sequence[str] = (),
        target: str | None = None,
        comparator: str | None = None,
        unit: str | None = None,
        actual: str | None = None,
        points: _Number = None,
        **more: Any,
    ) -> IndicatorScore:
        """Score one row. The arguments are the cells of a form, as text; see :class:`pfscore.Indicator`.

        A row with an argument that is no cell (PF501 to PF504, PF531 for a float) is refused, as a row of a file is.
        Arguments that no row has are the caller's own, and are kept under `extra`.

        Raises:
            RulesetError: PF224 where the ruleset was loaded without a date.

        >>> import pfscore
        >>> rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
        >>> rules.score(name="等级保护测评", target="1", comparator="＝", unit="套", actual="0.5", points="4").score
        Decimal('2')
        """
        cells = {"name": name, "path": path, "target": target, "comparator": comparator, "unit": unit}
        return self._engine(None).score_cells({**cells, "actual": actual, "points": points, **more})

    def score_many(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[IndicatorScore]:
        """Score a stream of rows, each a mapping with the arguments of :meth:`score`; order kept, constant memory.

        No row stops the stream: what is no row, or has a cell that is none, is refused in its place.

        >>> rules = load_ruleset("cn-sc/project", on="2023-12-31")
        >>> rows = [{"id": 1, "target": "≥5人", "actual": "6人", "points": "10"}, {"actual": 0.5}, None]
        >>> for one in rules.score_many(rows):
        ...     print(one.extra.get("id"), one.score, [problem.code for problem in one.diagnostics])
        1 10 []
        None None ['PF531', 'PF512']
        None None ['PF504']
        """
        return self._engine(None).score_rows(rows)

    def score_batch(self, table: Any) -> Any:
        """Score the rows of an Arrow table or record batch (extra `arrow`), as :meth:`score_many` scores each.

        The columns are the cells of a form, as text, under the names of the arguments of :meth:`score`; other columns
        are the caller's own. What else hands out Arrow data, such as a Polars frame, is taken as a table.

        What comes back is of the same kind, with a row for every row: `score`, `low` and `high` as
        `decimal128(38, 12)`, `met`, `outcome`, `rule` and `codes`. The metadata of its schema counts the rows that were
        scored one by one (`pfscore.row_by_row`), and those whose points such a column cannot hold, and that are null
        (`pfscore.too_fine`).

        Raises:
            InputError: PF110 where the extra is not installed.
            RulesetError: PF224 where the ruleset was loaded without a date.

        >>> import pyarrow as pa
        >>> rules = load_ruleset("cn-sc/project", on="2023-12-31")
        >>> rows = pa.table({"target": ["≥5人", "≥95%"], "actual": ["4人", None], "points": ["10", "10"]})
        >>> rules.score_batch(rows).select(["low", "high", "outcome"]).to_pylist()[0]
        {'low': Decimal('8.000000000000'), 'high': Decimal('8.000000000000'), 'outcome': 'scored'}
        """
        with library("pyarrow"):
            from pfscore.scoring.columns.batch import score_columns
        return score_columns(self._engine(None), table)

    @overload
    def score_form(self, form: Form) -> Sheet: ...
    @overload
    def score_form(self, form: Sequence[Form]) -> list[Sheet]: ...
    def score_form(self, form: Form | Sequence[Form]) -> Sheet | list[Sheet]:
        """Score a form, or each of several; every row in the form's order, then total and grade.

        >>> import pfscore
        >>> form = pfscore.Form(title="表", year=2023, indicators=(pfscore.Indicator(
        ...     name="人数", target="≥100人", actual="90人", points="10"),))
        >>> pfscore.load_ruleset("cn-sc/project").score_form(form).total
        Decimal('9')
        """
        if not isinstance(form, Form):
            return [self.score_form(one) for one in form]
        engine = self._engine(form.year)
        parts = parts_of_budget(form.budget)
        budget = tuple(
            engine.score_budget(line, form.amount_unit, is_part=index in parts)
            for index, line in enumerate(form.budget)
        )
        rows = settle_either(tuple(engine.score_indicators(form)), engine.edition.terms)
        return make_sheet(engine.edition, form, rows, budget)


def load_ruleset(ruleset: RulesetSource, *, on: str | date | None = None, search: Search = ()) -> Rules:
    """Load a ruleset by id (`cn-sc/project`) or from a `.yaml` or `.json` file, as it stands on a date.

    In place of these `ruleset` may be the text itself (a `str` with a line break, or JSON in braces), its bytes, an
    open stream, or a mapping, as JSON would give it. A ruleset that stands in no folder names its parent by id.

    An id is looked for among the built-in rulesets, those of installed packages that register an entry point of the
    group `pfscore.rulesets`, and in the folders and zips of `search`; never in the current folder.

    Raises:
        NotFoundError: PF225 where there is no such ruleset.
        RulesetError: every problem of the file at once (PF1xx, PF2xx, PF4xx), PF235 where several have the id.
        InputError: PF206 where `on` is no date.

    >>> load_ruleset("cn-sc/project", on="2023-12-31").id
    'cn-sc/project'
    """
    with uncollected():
        return Rules(load_family(ruleset, search=search), None if on is None else read_on(on))


def load_named_ruleset(form: Form, *, on: str | date | None = None, search: Search = ()) -> Rules:
    """Load the ruleset that a form names by its id; a form cannot have a file read that nobody gave.

    Raises:
        InputError: PF526 where the form names none, PF503 where what it names is no id.
        NotFoundError: PF225 where there is no such ruleset.
        RulesetError: as :func:`load_ruleset`.
    """
    name = form.ruleset
    if name is None:
        hint = Message("用 --ruleset 指明，或在表里写 ruleset", "give --ruleset, or `ruleset` in the form")
        message = Message("没有指明用哪个规则集", "no ruleset is named")
        raise InputError.of(Diagnostic("PF526", message, hint, form.head()))
    if not is_id(name):
        message = Message(f"“{shorten(name)}” 不是规则集的代号", f"{shorten(name)!r} is not the id of a ruleset")
        hint = Message(
            "表里写代号，如 cn-sc/project；规则集是文件的，用 --ruleset 指明",
            "a form names an id, such as cn-sc/project; give a ruleset that is a file with --ruleset",
        )
        raise InputError.of(Diagnostic("PF503", message, hint, form.span("ruleset")))
    try:
        return load_ruleset(name, on=on, search=search)
    except NotFoundError as error:
        place = form.span("ruleset")
        raise NotFoundError(replace(one, span=one.span or place) for one in error.diagnostics) from None


def read_on(on: str | date) -> date:
    """Return the date of an argument, such as `"2023-12-31"`.

    Raises:
        InputError: PF206 where it is none.
    """
    try:
        return read_day(on)
    except ValueError:
        shown = shorten(str(on))
        message = Message(f"“{shown}” 不是日期", f"{shown!r} is not a date")
        hint = Message("写成 2023-12-31", "write 2023-12-31")
        raise InputError.of(Diagnostic("PF206", message, hint)) from None


def rules_for(form: Form, ruleset: Rules | str | None) -> Rules:
    """Return the rules that were asked for, or those that the form names by id.

    Raises:
        InputError: PF526 where neither names a ruleset, PF503 where the form names a file.
        NotFoundError: PF225 where there is no such ruleset.
    """
    if isinstance(ruleset, Rules):
        return ruleset
    return load_named_ruleset(form) if ruleset is None else loaded(ruleset)


@lru_cache(maxsize=64)
def loaded(ruleset: str) -> Rules:
    """Return a ruleset by id or file, each loaded once."""
    return load_ruleset(ruleset)
