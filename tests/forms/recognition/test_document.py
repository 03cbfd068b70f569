"""Files made of the published forms give exactly the forms and the scores of their JSON, in every format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import pfscore
from tests.forms.recognition.layouts import Data, national, published
from tests.office.made import WRITERS, converted, converted_together, document, page

#: Which formats LibreOffice makes, and of what.
CONVERTED = {"ods": ".xlsx", "odt": ".docx", "xls": ".xlsx"}
#: A document whose pages cut the rows of its table.
CUT = "cut"
NAMES = ["luzhou-2023", "yueyang-2023"]
#: What the layout has no place for, or what it adds.
NOT_WRITTEN = {"ruleset", "region", "kind", "department", "tables", "places", "unread", "stored", "note"}


def tables(name: str) -> list[Any]:
    return [national(form, split=name.startswith("luzhou")) for form in published(name)]


def cells(form: pfscore.Form, *, is_split: bool) -> Data:
    """Return what a form says, without where it says it."""
    data = form.model_dump(exclude_none=True, exclude=NOT_WRITTEN)
    for row in data["indicators"] if is_split else ():
        row.pop("note", None)
    for row in data["budget"]:
        row.pop("note", None)
    for row in (*data["budget"], *data["indicators"]):
        for key in ("places", "stored", "duty", "related_project", "published_deviation"):
            row.pop(key, None)
    return data


def compare(name: str, found: list[pfscore.Form], *, is_wrapped: bool = False) -> None:
    expected = pfscore.load_forms(Path("examples") / f"{name}.json")
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one.problems == ()
        assert [cell for cell in one.unread if not cell.by_design] == []
        left, right = (cells(form, is_split=name.startswith("luzhou")) for form in (one, other))
        right.setdefault("published_points", "100")
        if is_wrapped:
            left, right = _unwrapped(left), _unwrapped(right)
        assert left == right
        rules = pfscore.load_ruleset(str(other.ruleset), on=f"{other.year}-12-31")
        scores = [rules.score_form(form.model_copy(update={"kind": other.kind})) for form in (one, other)]
        assert [row.score for row in scores[0].indicators] == [row.score for row in scores[1].indicators]
        assert (scores[0].total, scores[0].low, scores[0].high) == (scores[1].total, scores[1].low, scores[1].high)


def _unwrapped(data: Any) -> Any:
    """Take the line breaks out of every text: a page is as narrow as it is."""
    if isinstance(data, str):
        return "".join(data.split())
    if isinstance(data, dict):
        return {key: _unwrapped(value) for key, value in data.items()}
    return [_unwrapped(one) for one in data] if isinstance(data, list | tuple) else data


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_made_file_gives_the_forms_and_the_scores_of_its_json(name: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"表{suffix}"
    path.write_bytes(WRITERS[suffix](tables(name)))
    compare(name, pfscore.load_forms(path))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Return the files that LibreOffice makes, by format and name."""
    found: dict[tuple[str, str], Path] = {}
    for wanted, suffix in CONVERTED.items():
        files = {name: WRITERS[suffix](tables(name)) for name in NAMES}
        paths = converted_together(files, suffix, wanted, tmp_path_factory.mktemp(wanted))
        found |= {(wanted, name): path for name, path in paths.items()}
    pages = {name: document(tables(name), is_large=True) for name in NAMES}
    pages[CUT] = document([national(published("luzhou-2023")[0], split=True)])
    paths = converted_together(pages, ".docx", "pdf", tmp_path_factory.mktemp("pdf"))
    return found | {("pdf", name): path for name, path in paths.items()}


@pytest.mark.parametrize("wanted", CONVERTED)
@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_libreoffice_gives_them_too(name: str, wanted: str, made: dict[tuple[str, str], Path]) -> None:
    compare(name, pfscore.load_forms(made[wanted, name]))


@pytest.mark.parametrize("name", NAMES)
def test_a_pdf_gives_them_but_for_line_breaks(name: str, made: dict[tuple[str, str], Path]) -> None:
    compare(name, pfscore.load_forms(made["pdf", name]), is_wrapped=True)


def test_a_table_of_a_pdf_goes_on_over_pages_that_cut_its_rows(made: dict[tuple[str, str], Path]) -> None:
    one = published("luzhou-2023")[0]
    [form] = pfscore.load_forms(made["pdf", CUT])
    assert [_unwrapped(row.name) for row in form.indicators] == [_unwrapped(row["name"]) for row in one["indicators"]]
    assert [cell for cell in form.unread if not cell.by_design] == []


def test_pages_that_cut_rows_give_the_forms_of_the_document_that_they_print(tmp_path: Path) -> None:
    forms = [form for name in ("yueyang-2023", "yancheng-2022", "suzhou-wujiang-2024") for form in published(name)]
    forms += [json.loads(path.read_text(encoding="utf-8")) for path in sorted(Path("tests/wild/forms").glob("*.json"))]
    data = page([national(form) for form in forms])
    path = converted(data, ".html", "pdf", tmp_path)
    for one, other in zip(pfscore.load_forms(path), pfscore.load_forms(data), strict=True):
        assert _unwrapped(cells(one, is_split=False)) == _unwrapped(cells(other, is_split=False))
        # A heading beside two rows, one on each page, cannot be told from two headings: it is listed.
        assert "".join(cell.text for cell in one.unread if not cell.by_design) in {"", "年度总体目标"}


@pytest.mark.parametrize("path", ["luzhou-2023.xlsx", "yueyang-2023.docx"])
def test_the_examples_are_the_forms_of_their_json(path: str) -> None:
    found = pfscore.load_forms(Path("examples") / path)
    expected = pfscore.load_forms((Path("examples") / path).with_suffix(".json"))
    keys = ("path", "name", "target", "actual", "points", "published_score")
    for one, other in zip(found, expected, strict=True):
        assert [[getattr(row, key) for key in keys] for row in one.indicators] == [
            [getattr(row, key) for key in keys] for row in other.indicators
        ]
        assert (one.published_total, one.year) == (other.published_total, other.year)
        assert [cell for cell in one.unread if not cell.by_design] == []
