"""What the tests of cells share: reading either side, and cells made by hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from pfscore import testing
from pfscore.cells.grammar.terminals import word_lists
from pfscore.cells.reader import Refusal, read_actual, read_target
from pfscore.cells.readings import Reading


def read(side: str, text: str, comparator: str | None = None, unit: str | None = None) -> Reading | Refusal:
    """Read a cell of either side without raising."""
    return read_target(text, comparator, unit) if side == "target" else read_actual(text, unit)


def target(text: str, comparator: str | None = None, unit: str | None = None) -> Reading:
    """Read a target that must be readable."""
    found = read_target(text, comparator, unit)
    assert not isinstance(found, Refusal), found.diagnostic.render()
    return found


def actual(text: str, unit: str | None = None) -> Reading:
    """Read an actual that must be readable."""
    found = read_actual(text, unit)
    assert not isinstance(found, Refusal), found.diagnostic.render()
    return found


#: Words that compare, before a quantity, and what stands behind one.
heads = st.sampled_from(
    sorted(word for kind in ("AT_LEAST", "AT_MOST", "GREATER_THAN", "LESS_THAN") for word in word_lists()[kind])
)
edges = st.sampled_from(["以上", "以下", "以内", "之内", "及以上", "左右", "（含）以上", "(不含)以下", "内"])
joints = st.sampled_from(["-", "~", "～", "—", "至", "到"])
numbers, scales, units = testing.numbers(), testing.scales(), testing.units()
quantities, percentages, bounds = testing.quantities(), testing.percentages(), testing.bounds()
edged = st.builds(lambda quantity, edge: quantity + edge, quantities | percentages, edges)
dates, levels = testing.dates(), testing.levels()
#: Cells as forms have them; some say nothing sensible, and may be refused.
cells = testing.target_cells() | testing.actual_cells()
