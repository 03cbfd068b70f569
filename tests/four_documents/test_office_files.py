"""The four documents as office files in their own layouts: forms, scores and findings are those of their JSON."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

import pfscore
from tests.four_documents.layouts import DOCUMENTS
from tests.office.made import WRITERS, converted_together, document

EXAMPLES = Path(__file__).parents[2] / "examples"
#: What LibreOffice makes, and of what; the pages of the PDF are large, as no row is to be cut here.
CONVERTED = {"xlsx": ".xls", "docx": ".docx", "ods": ".xlsx", "odt": ".docx", "pdf": ".docx"}
#: What is not printed: whose form it is, by which rules, and the tables around it, which are compared by their texts.
NOT_PRINTED = {"region", "ruleset", "title", "tables", "places", "stored", "unread"}


def unwrapped(data: Any) -> Any:
    """Return what a form says without blanks and breaks: columns are as narrow as they are."""
    if isinstance(data, str):
        return "".join(data.split())
    if isinstance(data, dict):
        return {key: unwrapped(value) for key, value in data.items() if key not in {"places", "stored"}}
    return [unwrapped(one) for one in data] if isinstance(data, list | tuple) else data


def texts_of_tables(form: pfscore.Form) -> list[str]:
    """Return what stands in the tables of a form, without the words at the side that a file has as labels."""
    return [
        text
        for table in form.tables
        for row in table.rows
        for text in row[table.header[:1] == ("栏目",) :]
        if text is not None
    ]


def findings(form: pfscore.Form, rules: pfscore.Rules) -> list[Any]:
    found = pfscore.audit(form, ruleset=rules)
    return [(one.severity, one.code, one.row, unwrapped(one.message.zh), unwrapped(one.message.en)) for one in found]


def compare(name: str, file: bytes | Path) -> None:
    """Compare what a file gives with what the JSON does."""
    expected = pfscore.load_forms(EXAMPLES / f"{name}.json")
    found = pfscore.load_forms(file)
    assert [unwrapped(form.title) for form in expected] == [
        unwrapped(form.title) + unwrapped(other.title)[len(unwrapped(form.title)) :]
        for form, other in zip(found, expected, strict=True)
    ]
    for form, other in zip(found, expected, strict=True):
        assert form.problems == ()
        assert [cell for cell in form.unread if not cell.by_design] == []
        assert said(form) == said(other)
        whole = unwrapped(form.model_dump_json(exclude={"places", "unread"}).replace("\\n", ""))
        assert [text for text in texts_of_tables(other) if unwrapped(text.replace('"', '\\"')) not in whole] == []
        rules = pfscore.load_ruleset(str(other.ruleset), on=f"{other.year}-12-31")
        asked = form.model_copy(update={"title": other.title, "region": other.region, "ruleset": other.ruleset})
        sheets = [rules.score_form(one) for one in (asked, other)]
        assert scores(sheets[0]) == scores(sheets[1])
        assert findings(asked, rules) == findings(other, rules)


def said(form: pfscore.Form) -> Any:
    data = form.model_dump(exclude_none=True, exclude={*NOT_PRINTED, "department"})
    if "note" in data:  # of which annex it is, the file says by its place
        data["note"] = data["note"].removeprefix("附件1")
    return unwrapped(data)


def scores(sheet: pfscore.Sheet) -> Any:
    rows = [(row.outcome, row.low, row.high) for row in (*sheet.budget, *sheet.indicators)]
    return rows, sheet.low, sheet.high, sheet.total, sheet.grade


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_file_gives_the_forms_the_scores_and_the_findings_of_its_json(name: str, suffix: str) -> None:
    compare(name, WRITERS[suffix](DOCUMENTS[name]()))


@pytest.mark.parametrize("path", ["luzhou-2023.xlsx", "yueyang-2023.docx"])
def test_the_examples_do(path: str) -> None:
    compare(Path(path).stem, EXAMPLES / path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Return the files that LibreOffice makes of the documents."""
    found: dict[tuple[str, str], Path] = {}
    for wanted, suffix in CONVERTED.items():
        write = partial(document, is_large=True) if wanted == "pdf" else WRITERS[suffix]
        files = {name: write(tables()) for name, tables in DOCUMENTS.items()}
        paths = converted_together(files, suffix, wanted, tmp_path_factory.mktemp(wanted))
        found |= {(wanted, name): path for name, path in paths.items()}
    return found


@pytest.mark.xdist_group("soffice")
@pytest.mark.parametrize("wanted", CONVERTED)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_file_of_libreoffice_does_so_too(name: str, wanted: str, made: dict[tuple[str, str], Path]) -> None:
    compare(name, made[wanted, name])
