"""The findings on the four published documents: each list was checked line by line against the document's text."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfscore.auditing.accepted import read_accepted
from pfscore.auditing.run import audit
from pfscore.forms.reader import load_forms
from tests.house.tree import ROOT

EXPECTED = Path(__file__).parent / "expected"
DOCUMENTS = sorted(path.stem for path in EXPECTED.glob("*.txt"))


def test_every_document_has_a_list() -> None:
    assert sorted(path.stem for path in (ROOT / "examples").glob("*.json")) == DOCUMENTS


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_findings_are_those_of_the_reviewed_list(document: str) -> None:
    found = audit(load_forms(ROOT / "examples" / f"{document}.json"))
    listed = (EXPECTED / f"{document}.txt").read_text(encoding="utf-8").splitlines()
    lines = [line for line in listed if line and not line.startswith("#")]
    assert sorted({f"{finding.key} | {finding.severity}" for finding in found}) == lines


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_two_findings_say_the_same(document: str) -> None:
    found = audit(load_forms(ROOT / "examples" / f"{document}.json"))
    assert len({finding.key for finding in found}) == len(found)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_reviewed_form_is_quiet(document: str, tmp_path: Path) -> None:
    from pfscore.auditing.accepted import accepted_text

    forms = load_forms(ROOT / "examples" / f"{document}.json")
    file = tmp_path / "accepted.txt"
    file.write_text(accepted_text(audit(forms)), encoding="utf-8")
    assert audit(forms, accepted=read_accepted(file)) == []
