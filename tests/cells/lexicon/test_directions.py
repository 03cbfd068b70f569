"""To which side a bare number improves, by the words of a name; the names are in directions.txt beside this file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pfscore.cells.lexicon.directions import harm_in, is_doubtful, side_of, side_of_change

#: One unit of each kind that does not decide by itself.
_UNITS = (None, "1", "个", "元")


@cache
def names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    section = ""
    for line in Path(__file__).with_name("directions.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(section, []).extend(line.split())
    return found


def _directions(name: str) -> set[str]:
    sides = [side_of(name, (), unit) for unit in _UNITS]
    return {"" if side is None else side.direction for side in sides}


@pytest.mark.parametrize(("section", "direction"), [("lower", "lower"), ("higher", "higher"), ("open", "")])
def test_names(section: str, direction: str) -> None:
    assert [name for name in names()[section] if _directions(name) != {direction}] == []


@pytest.mark.parametrize("ending", ["指标", "指标（%）", "情况", "目标值"])
def test_an_ending_that_says_nothing_changes_no_side(ending: str) -> None:
    every = [name for section in ("lower", "higher", "open") for name in names()[section]]
    assert [name for name in every if _directions(name + ending) != _directions(name)] == []


@pytest.mark.parametrize(("section", "direction"), [("higher beside a unit", "higher"), ("open beside a unit", "")])
def test_names_beside_a_unit(section: str, direction: str) -> None:
    wrong = []
    for pair in names()[section]:
        name, unit = pair.split(":")
        side = side_of(name, (), unit)
        if ("" if side is None else side.direction) != direction:
            wrong.append(pair)
    assert wrong == []


def test_no_more_of_what_is_bad() -> None:
    assert [name for name in names()["never higher"] if "higher" in _directions(name)] == []


def test_more_of_what_is_good() -> None:
    wrong = []
    for name in names()["higher for what it measures"]:
        unit = "1" if name.endswith(("率", "占比")) else "元" if name.endswith(("额", "收入", "外资")) else "个"
        side = side_of(name, (), unit)
        if side is None or side.direction != "higher":
            wrong.append(name)
    assert wrong == []


def test_no_name_of_a_good_thing_is_one_of_harm() -> None:
    assert [name for name in names()["higher"] if harm_in(name)] == []


@pytest.mark.parametrize(
    ("name", "direction", "expected"),
    [
        ("粮食产量", "increase", "higher"),
        ("粮食产量", "decrease", ""),
        ("单位产品能耗", "decrease", "higher"),
        ("单位产品能耗", "increase", "lower"),
        ("刑事案件发案数", "decrease", "higher"),
        ("学生近视率", "decrease", "higher"),
        ("某事项", "decrease", "higher"),
        ("某事项", "increase", "higher"),
        ("人员经费", "increase", ""),
    ],
)
def test_the_size_of_a_change(name: str, direction: str, expected: str) -> None:
    side = side_of_change(name, direction, (), "1")
    assert ("" if side is None else side.direction) == expected


def test_something_done_about_it_leaves_no_doubt() -> None:
    assert is_doubtful("水土流失面积") and not is_doubtful("水土流失治理面积")
    assert is_doubtful("未整改隐患数")
