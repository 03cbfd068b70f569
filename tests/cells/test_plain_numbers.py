"""The short ways around the grammar give what the grammar gives."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from pfscore.cells import reader
from pfscore.cells.cell_text import SideName
from pfscore.cells.plain_numbers import IN_FRONT, POWERS, may_be_date, split
from pfscore.cells.reader import Refusal
from pfscore.cells.readings import Reading
from tests.cells.cells import cells, edges, heads, numbers, scales, units
from tests.corpus import lines

SIDES: st.SearchStrategy[SideName] = st.sampled_from(["target", "actual"])
plain = st.builds(
    lambda head, number, scale, unit, edge: head + number + scale + unit + edge,
    st.just("") | heads,
    numbers | st.sampled_from(["2023", "1998", "2023.12", "20231225", "12", "31", "5", "1"]),
    st.just("") | scales,
    st.just("") | units | st.sampled_from(["%", "‰", "个工作日", "个月", "年", "日", "分", "天"]),
    st.just("") | edges,
)
intervals = st.builds(
    lambda low, middle, joint, high, tail: low + (tail if middle else "") + joint + high + tail,
    numbers | st.sampled_from(["2023", "1", "0", "20", "0.5"]),
    st.booleans(),
    st.sampled_from("~～"),
    numbers | st.sampled_from(["2024", "2", "30", "12", "20231225"]),
    st.just("") | units | st.sampled_from(["%", "‰", "个工作日", "个月", "年", "日", "分", "万元", "万", "℃", "%以内"]),
)
characters = st.text(
    "完善机制提高效率和规范管理不断加强，。；、：（）“”及与或且并达到超过内以上无全的了年月一5%≥服务满意度", max_size=12
)


def by_grammar(side: SideName, text: str, comparator: str | None, unit: str | None) -> Reading | str:
    """Read a cell with the short ways closed."""
    with patch.multiple(
        reader, plain_number=lambda *_: None, plain_interval=lambda *_: None, plain_words=lambda _: False
    ):
        return outcome(reader._read(side, text, comparator, unit))


def outcome(found: Reading | Refusal) -> Reading | str:
    """Return the reading, or that there is none."""
    return "refused" if isinstance(found, Refusal) else found


@given(SIDES, plain | intervals | cells | characters)
def test_a_short_way_reads_as_the_grammar(side: SideName, text: str) -> None:
    assert outcome(reader._read(side, text, None, None)) == by_grammar(side, text, None, None)


@given(
    plain | intervals,
    st.sampled_from([None, "", "≥", "≤", "=", "约"]),
    st.sampled_from([None, "%", "万元", "人", "次/年", "年", "月"]),
)
def test_a_short_way_minds_the_columns(text: str, comparator: str | None, unit: str | None) -> None:
    assert outcome(reader._read("target", text, comparator, unit)) == by_grammar("target", text, comparator, unit)


def test_the_corpus_by_both_ways() -> None:
    for name in ("targets.tsv", "actuals.tsv", "rejected.tsv"):
        for line in list(lines.read(name))[::2]:
            side: SideName = "target" if line.side == "target" else "actual"
            found = outcome(reader._read(side, line.text, line.comparator, line.unit))
            assert found == by_grammar(side, line.text, line.comparator, line.unit), line


@given(plain | cells | characters | st.from_regex(r"[0-9.]{1,12}[0-9人万%.]{0,3}", fullmatch=True))
def test_a_number_in_front_is_taken_apart_alike(text: str) -> None:
    match = IN_FRONT.fullmatch(text)
    if match is None:
        return
    whole, places, words = match.groups()
    number = (int(whole), 1) if places is None else (int(whole + places), POWERS[len(places)])
    is_date = not words and may_be_date(whole)
    assert split(text) == (None if is_date else (("", words), (number,)))
