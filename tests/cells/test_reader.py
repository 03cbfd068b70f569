"""The passes of the reader, and the record of those that took part."""

from __future__ import annotations

import pytest

from pfscore.cells.cell_text import SideName
from pfscore.cells.reader import PASSES, Refusal, read_actual, read_target, why
from tests.corpus import lines

READ = ["plain_number", "spelling", "damage", "columns", "in_words", "prose", "items", "grammar", "meaning"]


def passes(side: SideName, text: str, unit: str | None = None) -> list[str]:
    """Return the names of the passes over a cell; those of a second reading are indented."""
    _, steps = why(side, text, unit=unit)
    return [f"{'  ' * step.is_second}{step.of.name}" for step in steps]


def test_the_order_of_the_passes() -> None:
    assert [one.name for one in PASSES] == [*READ, "leftovers", "again"]
    assert [one.name for one in PASSES if one.is_last] == ["leftovers", "again"]
    assert all(one.title.zh and one.title.en for one in PASSES)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("≥26万人", READ[:1]),
        ("", READ[:2]),
        ("290$", READ[:8]),
        ("完成宣传" * 30, READ[:6]),
        ("有效提升", READ[:8]),
        ("至少全年完成2次宣传", READ),
        ("至少举办一次培训", [*READ, "again"]),
        ("47户163人", [*READ[:8], "again", *[f"  {name}" for name in READ]]),
        ("95 98%", READ[:3]),
    ],
)
def test_the_passes_that_a_cell_goes_through(text: str, names: list[str]) -> None:
    assert passes("target", text) == names


def test_what_a_column_says_is_recorded_each_time() -> None:
    assert passes("target", "有效提升", unit="每××人") == passes("target", "有效提升", unit="每××人") == READ[:4]


def test_a_record_changes_no_reading() -> None:
    for name in ("targets.tsv", "actuals.tsv", "rejected.tsv"):
        for line in list(lines.read(name))[::23]:
            side: SideName = "target" if line.side == "target" else "actual"
            found, steps = why(side, line.text, comparator=line.comparator, unit=line.unit)
            plain = (
                read_target(line.text, line.comparator, line.unit)
                if side == "target"
                else read_actual(line.text, line.unit)
            )
            assert found == plain
            assert steps


def test_a_refusal_that_ends_behind_a_text_with_spaces() -> None:
    found = read_actual("2 023年11月31日")
    assert isinstance(found, Refusal)
    assert found.diagnostic.code == found.code
