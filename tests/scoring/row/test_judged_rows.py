"""The tables of rows beside this file (`JUDGED`): each row alone, and all of them together, by the same rules."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.row.score import IndicatorScore
from pfscore.scoring.rules import Rules
from tests.scoring.row.written import Judged, all_met, score_of
from tests.shares import share

HERE = Path(__file__).parent
TABLES: dict[str, list[Judged]] = {
    path.stem: import_module(f"tests.scoring.row.{path.parent.name}.{path.stem}").JUDGED
    for path in sorted(HERE.glob("*/test_*.py"))
    if "\nJUDGED = judged(" in path.read_text(encoding="utf-8")
}
ROWS = [row for table in TABLES.values() for row in table]


@pytest.mark.parametrize("table", TABLES)
def test_each_row_alone(rules: Rules, table: str) -> None:
    assert [row for row in TABLES[table] if not _is_as_judged(score_of(rules, *row[1:]), row[0])] == []


def _is_as_judged(one: IndicatorScore, met: bool | None) -> bool:
    if met is None:
        return one.met is None and one.score is None
    is_open = one.outcome is Outcome.JUDGEMENT and one.high == 10
    return one.met is met and (not met or one.score == 10 or is_open)


def test_rows_many_at_a_time_are_judged_as_alone(rules: Rules) -> None:
    given = share(ROWS, 5) * 3
    assert [row for row, met in zip(given, all_met(rules, given), strict=True) if met is not row[0]] == []
