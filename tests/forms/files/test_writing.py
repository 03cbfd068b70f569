"""What is written of forms is read back to equal forms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import pfscore
from pfscore.forms.files.writing import forms_csv, forms_json, forms_yaml, sheet_rows, workbook_of
from tests.forms.recognition.layouts import LAYOUTS
from tests.house.tree import ROOT
from tests.office.made import workbook

EXAMPLES = sorted((ROOT / "examples").glob("*.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize(("suffix", "write"), [(".json", forms_json), (".yaml", forms_yaml)])
def test_json_and_yaml_say_all(
    path: Path, suffix: str, write: Callable[[list[pfscore.Form]], str], tmp_path: Path
) -> None:
    forms = pfscore.load_forms(path)
    copy = tmp_path / f"copy{suffix}"
    copy.write_text(write(forms), encoding="utf-8")
    assert pfscore.load_forms(copy) == forms


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_csv_says_all_but_tables(path: Path, tmp_path: Path) -> None:
    forms = pfscore.load_forms(path)
    copy = tmp_path / "copy.csv"
    copy.write_text(forms_csv(forms), encoding="utf-8")
    bare = [form.model_copy(update={"tables": ()}) for form in forms]
    assert pfscore.load_forms(copy) == bare


@pytest.mark.parametrize("layout", LAYOUTS)
def test_where_an_office_file_had_it_is_written_too(layout: str, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook(LAYOUTS[layout]))
    forms = pfscore.load_forms(tmp_path / "a.xlsx")
    for suffix, text in ((".json", forms_json(forms)), (".yaml", forms_yaml(forms))):
        copy = tmp_path / f"copy{suffix}"
        copy.write_text(text, encoding="utf-8")
        assert pfscore.load_forms(copy) == forms


@pytest.mark.parametrize("name", ["luzhou-2023", "yueyang-2023"])
def test_a_workbook_is_recognised_again(name: str, tmp_path: Path) -> None:
    forms = pfscore.load_forms(ROOT / "examples" / f"{name}.json")
    (tmp_path / "a.xlsx").write_bytes(workbook_of(map(sheet_rows, forms), "a.xlsx"))
    again = pfscore.load_forms(tmp_path / "a.xlsx")
    keys = ("path", "name", "comparator", "target", "unit", "actual", "points", "published_score", "note")
    for form, other in zip(forms, again, strict=True):
        assert (other.title, other.year, other.project, other.published_total) == (
            *(form.title, form.year, form.project),
            form.published_total,
        )
        assert [[getattr(row, key) for key in keys] for row in other.indicators] == [
            [getattr(row, key) for key in keys] for row in form.indicators
        ]
        amounts = ("label", "initial", "budget", "expenditure", "points", "published_rate", "published_score")
        assert [[getattr(row, key) for key in amounts] for row in other.budget] == [
            [getattr(row, key) for key in amounts] for row in form.budget
        ]
