"""The corpus of cells (tests/corpus): every line is read as one of its readings says."""

from __future__ import annotations

import pytest

from pfscore.cells.reader import Refusal
from pfscore.cells.readings import Reading
from tests.cells.cells import read
from tests.corpus import lines


def stated(reading: Reading | Refusal) -> dict[str, object]:
    """Return a reading as the corpus writes it."""
    if isinstance(reading, Refusal):
        return {"kind": "error"}
    return {key: value for key, value in reading.as_json().items() if key not in {"canonical", "assumptions"}}


#: Cells that are read as a tolerated reading and not as the preferred one. The numbers may only fall.
TOLERATED = {"targets.tsv": 147, "actuals.tsv": 54, "combinations.tsv": 0, "rejected.tsv": 0}


@pytest.mark.parametrize("name", lines.HEADERS)
def test_no_more_cells_than_before_are_read_as_tolerated(name: str) -> None:
    tolerated = []
    for line in lines.read(name):
        found = stated(read(line.side, line.text, line.comparator, line.unit))
        if found != line.reading and found in line.tolerated:
            tolerated.append(f"{line.number} {line.text}: {found}, preferred {line.reading}")
    print(*tolerated, sep="\n")
    assert len(tolerated) == TOLERATED[name], "a smaller number: write it down; a larger one: a reading became worse"


@pytest.mark.parametrize("name", lines.HEADERS)
def test_every_line_is_read_as_an_official_would(name: str) -> None:
    wrong = []
    for line in lines.read(name):
        found = stated(read(line.side, line.text, line.comparator, line.unit))
        if found not in line.readings:
            wrong.append(f"{name}:{line.number} {line.comparator!r} {line.text!r} {line.unit!r}: {found}")
    assert wrong == []


@pytest.mark.parametrize("name", ["targets.tsv", "actuals.tsv", "combinations.tsv"])
def test_every_reading_reads_back(name: str) -> None:
    wrong = []
    for line in lines.read(name):
        found = read(line.side, line.text, line.comparator, line.unit)
        if isinstance(found, Refusal):
            continue
        again = read(line.side, str(found))
        if again != found or hash(again) != hash(found) or str(again) != str(found):
            wrong.append(f"{name}:{line.number} {line.text!r} → {found} → {again}")
    assert wrong == []


@pytest.mark.parametrize("name", lines.HEADERS)
def test_every_reading_can_be_said_and_every_refusal_shows_its_place(name: str) -> None:
    for line in lines.read(name):
        found = read(line.side, line.text, line.comparator, line.unit)
        if isinstance(found, Refusal):
            assert found.diagnostic.span is not None
            assert found.diagnostic.hint is not None
            assert found.code in found.diagnostic.render("zh").split("\n")[0]
            assert found.diagnostic.render("en")
        else:
            assert found.in_words("zh")
            assert found.in_words("en")
