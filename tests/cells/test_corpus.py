"""The corpus of cells (tests/corpus): every line is read as one of its readings says."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfscore.cells.reader import Refusal
from pfscore.cells.readings import Reading
from tests.cells.cells import read
from tests.corpus import lines
from tests.tables import each


def stated(reading: Reading | Refusal) -> dict[str, object]:
    """Return a reading as the corpus writes it."""
    if isinstance(reading, Refusal):
        return {"kind": "error"}
    return {key: value for key, value in reading.as_json().items() if key not in {"canonical", "assumptions"}}


#: Cells that are read as a tolerated reading and not as the preferred one. The numbers may only fall.
TOLERATED = {"targets.tsv": 145, "actuals.tsv": 52, "combinations.tsv": 0, "rejected.tsv": 0}


@cache
def found_in(name: str) -> list[tuple[lines.Line, Reading | Refusal]]:
    """Return what is read of each line of a file; to read them all takes seconds."""
    return [(line, read(line.side, line.text, line.comparator, line.unit)) for line in lines.read(name)]


@pytest.mark.parametrize("name", lines.HEADERS)
def test_no_more_cells_than_before_are_read_as_tolerated(name: str) -> None:
    tolerated = []
    for line, one in found_in(name):
        found = stated(one)
        if found != line.reading and found in line.tolerated:
            tolerated.append(f"{line.number} {line.text}: {found}, preferred {line.reading}")
    print(*tolerated, sep="\n")
    assert len(tolerated) == TOLERATED[name], "a smaller number: write it down; a larger one: a reading became worse"


@pytest.mark.parametrize("name", lines.HEADERS)
def test_every_line_is_read_as_an_official_would(name: str) -> None:
    wrong = []
    for line, one in found_in(name):
        found = stated(one)
        if found not in line.readings:
            wrong.append(f"{name}:{line.number} {line.comparator!r} {line.text!r} {line.unit!r}: {found}")
    assert wrong == []


@pytest.mark.parametrize("name", ["targets.tsv", "actuals.tsv", "combinations.tsv"])
def test_every_reading_reads_back(name: str) -> None:
    wrong = []
    for line, found in found_in(name):
        if isinstance(found, Refusal):
            continue
        again = read(line.side, str(found))
        if again != found or hash(again) != hash(found) or str(again) != str(found):
            wrong.append(f"{name}:{line.number} {line.text!r} → {found} → {again}")
    assert wrong == []


CELLS = [*lines.read("targets.tsv"), *lines.read("actuals.tsv")]
COMPARATORS = [None, "≥", "≤", "=", "＝", "<", "≠", "定性", "正向"]
UNITS = [None, "%", "个", "万元", "日", "/", "次", "人/年", "天", "月", "万", "亩", "元/人", "工作日内", "篇（部）"]


def _reads_back(side: str, text: str, comparator: str | None, unit: str | None) -> bool:
    found = read(side, text, comparator, unit)
    return isinstance(found, Refusal) or read(side, str(found)) == found


@given(st.sampled_from(CELLS), st.sampled_from(COMPARATORS), st.sampled_from(UNITS))
def test_every_reading_reads_back_whatever_stands_beside_it(
    line: lines.Line, comparator: str | None, unit: str | None
) -> None:
    assert _reads_back(line.side, line.text, comparator if line.side == "target" else None, unit)


@each("side", ["target", "actual"])
@each(
    ("text", "unit"),
    [
        ("十≠1,000", None),
        ("1.5，-3", "日"),
        ("5G、0.5次", "/"),
        ("每95年不超过2次", None),
        ("每12人1个", None),
        ("每12个月1次", None),
        ("3个或-2个", None),
        ("和前工作日±-3以下", None),
    ],
)
def test_readings_that_did_not_read_back(side: str, text: str, unit: str | None) -> None:
    assert _reads_back(side, text, None, unit)


@pytest.mark.parametrize("side", ["target", "actual"])
def test_a_count_in_words_is_contradicted_as_one_in_digits_is(side: str) -> None:
    assert isinstance(read(side, "至少举办一次培训", "＝" if side == "target" else None, "%"), Refusal)


@pytest.mark.parametrize("name", lines.HEADERS)
def test_every_reading_can_be_said_and_every_refusal_shows_its_place(name: str) -> None:
    for _, found in found_in(name):
        if isinstance(found, Refusal):
            assert found.diagnostic.span is not None
            assert found.diagnostic.hint is not None
            assert found.code in found.diagnostic.render("zh").split("\n")[0]
            assert found.diagnostic.render("en")
        else:
            assert found.in_words("zh")
            assert found.in_words("en")
