"""Formulas of old workbooks: the library gives stored values alone."""

from __future__ import annotations

import io
from struct import pack

import pytest
import xlwt

from pfscore.office.formats.xls import read_xls
from pfscore.office.grid import Grid
from pfscore.office.refusals import NO_VALUE


def with_formulas(*formulas: str, code: str = "General") -> bytes:
    """Write formulas below each other as a library does that calculates none."""
    book = xlwt.Workbook()
    sheets = [book.add_sheet("说明"), book.add_sheet("表")]
    for row, formula in enumerate(formulas):
        sheets[1].write(row, 1, xlwt.Formula(formula), xlwt.easyxf(num_format_str=code))
    sheets[0].write(0, 1, "无")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def calculated(data: bytes, value: bytes, flags: int = 0) -> bytes:
    """Put a value into the first formula, as a program does that calculates it."""
    return data.replace(b"\3\0\0\0\0\0\xff\xff\0\0", value + pack("<H", flags), 1)


def read(data: bytes) -> Grid:
    return read_xls(data, "表.xls").grids[1]


@pytest.mark.parametrize(
    ("formula", "code", "text"),
    [
        ("100%", "General", "100%"),
        ("98.5%", "General", "98.5%"),
        ("-0.1%", "General", "-0.1%"),
        ("98.5%", "0.00%", "98.50%"),
        ("100%", '"≥"0%', "≥100%"),
    ],
)
def test_a_share_that_was_typed_as_a_formula(formula: str, code: str, text: str) -> None:
    data = with_formulas(formula, code=code)
    share = float(formula.removesuffix("%")) / 100
    for one in (data, calculated(data, pack("<d", share))):
        assert [(at, cell.text) for at, cell in read(one).cells.items()] == [((0, 1), text)]


def test_formulas_that_nobody_calculated_are_listed() -> None:
    grid = read(with_formulas("1/3", "SUM(A1:A3)", '"达到"&A1'))
    assert grid.cells == {}
    assert [(one.place.text(), one.reason) for one in grid.unread] == [(f"表!B{row}", NO_VALUE) for row in (1, 2, 3)]


def test_a_formula_that_waits_for_the_program_is_listed() -> None:
    grid = read(calculated(with_formulas("A3+1"), pack("<d", 0), flags=2))
    assert (grid.cells, [one.reason for one in grid.unread]) == ({}, [NO_VALUE])


def test_an_empty_text_of_a_formula_is_blank_where_others_were_calculated() -> None:
    data = calculated(with_formulas("1/4", 'IF(A1="","",A1)'), pack("<d", 0.25))
    assert ([cell.text for cell in read(data).cells.values()], read(data).unread) == (["0.25"], ())
