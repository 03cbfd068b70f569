"""The published forms of other regions, as files: rows, scores and findings are those of their JSON."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import pfscore
from pfscore.foundation.errors import PfscoreError
from tests.forms.recognition.layouts import national
from tests.office.made import WRITERS, Table, converted_together, document
from tests.shares import share

FORMS = Path(__file__).parents[2] / "wild" / "forms"
#: What the layout has no place for.
_ELSEWHERE = (
    *("title", "organisation", "department", "region", "year", "kind", "ruleset", "tables", "goal", "goal_result"),
    *("published_points", "published_total", "published_grade", "note"),
)


def said(form: pfscore.Form) -> Any:
    """Return the scores of a form and what is found in it; labels are read without the colon behind them."""
    try:
        rules = pfscore.load_ruleset(str(form.ruleset), on=f"{form.year}-12-31")
        sheet = rules.score_form(form)
    except PfscoreError as error:
        return error.code
    scores = [(row.outcome, row.low, row.high) for row in (*sheet.budget, *sheet.indicators)]
    found = [(one.severity, one.code, one.row, one.message.zh) for one in pfscore.audit(form, ruleset=rules)]
    return scores, sheet.low, sheet.high, found


NAMES = sorted(path.stem for path in FORMS.glob("*.json"))
#: What LibreOffice makes, and of what; the pages of the PDF are large, as no row is to be cut here.
CONVERTED = {"ods": ".xlsx", "odt": ".docx", "pdf": ".docx"}


def table(name: str) -> Table:
    data = json.loads((FORMS / f"{name}.json").read_text(encoding="utf-8"))
    is_split = any("comparator" in row or "unit" in row for row in data["indicators"])
    return national(data, split=is_split, notes=True)


def check(name: str, file: bytes | Path) -> None:
    """Compare what a file gives with what the JSON does."""
    expected = pfscore.load_form(FORMS / f"{name}.json")
    (found,) = pfscore.load_forms(file)
    assert found.problems == ()
    found = found.model_copy(update={key: getattr(expected, key) for key in _ELSEWHERE})
    assert said(found) == said(expected)


@pytest.mark.parametrize(
    ("name", "suffix"), share([(name, suffix) for name in NAMES for suffix in WRITERS], len(WRITERS) - 1)
)
def test_a_file_gives_the_scores_and_the_findings_of_its_json(name: str, suffix: str) -> None:
    check(name, WRITERS[suffix]([table(name)]))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Return the files that LibreOffice makes of the forms."""
    found: dict[tuple[str, str], Path] = {}
    for wanted, suffix in CONVERTED.items():
        write = partial(document, is_large=True) if wanted == "pdf" else WRITERS[suffix]
        files = {name: write([table(name)]) for name in NAMES}
        paths = converted_together(files, suffix, wanted, tmp_path_factory.mktemp(wanted))
        found |= {(wanted, name): path for name, path in paths.items()}
    return found


@pytest.mark.parametrize("wanted", CONVERTED)
@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_libreoffice_does_so_too(name: str, wanted: str, made: dict[tuple[str, str], Path]) -> None:
    check(name, made[wanted, name])
