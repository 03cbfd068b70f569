"""Audits: the reviewed findings of the four published documents, and what every audit promises."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

import pfscore
from pfscore.auditing import checks
from pfscore.auditing.finding import read_accepted
from pfscore.auditing.run import CHECKS, Wanted, audit, audit_stream
from pfscore.forms.files.reader import load_forms
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
    from pfscore.auditing.finding import accepted_text

    forms = load_forms(ROOT / "examples" / f"{document}.json")
    file = tmp_path / "accepted.txt"
    file.write_text(accepted_text(audit(forms)), encoding="utf-8")
    assert audit(forms, accepted=read_accepted(file)) == []


@pytest.mark.parametrize("name", ["secret.yaml", "/etc/hostname", "../x.json"])
def test_a_form_names_a_ruleset_by_id_not_a_file(name: str) -> None:
    form = pfscore.Form(
        title="表", year=2023, ruleset=name, indicators=(pfscore.Indicator(target="≥1人", actual="1人"),)
    )
    with pytest.raises(pfscore.InputError) as caught:
        pfscore.audit(form)
    assert caught.value.code == "PF503"


def test_the_function_stays_a_function_beside_its_package() -> None:
    import pfscore.auditing.run

    assert pfscore.audit(pfscore.Form(title="表")) == []
    assert pfscore.auditing.run.audit is pfscore.audit


def test_the_tuple_names_every_check_once() -> None:
    """A check is a public generator over a case in a module of `auditing.checks`."""
    found = {
        check
        for member in pkgutil.iter_modules(checks.__path__)
        for name, check in vars(importlib.import_module(f"{checks.__name__}.{member.name}")).items()
        if not name.startswith("_")
        and getattr(check, "__annotations__", {}) == {"case": "Case", "return": "Iterator[Finding]"}
    }
    assert len(CHECKS) == len(set(CHECKS))
    assert set(CHECKS) == found


def test_a_form_earlier_than_its_ruleset_is_checked_for_all_that_needs_no_rule() -> None:
    line = {"label": "总额", "budget": "100", "expenditure": "50", "published_rate": "60%"}
    one = pfscore.Form.model_validate({"title": "表", "year": 2012, "ruleset": "cn-sc/project", "budget": [line]})
    assert [(found.code, found.severity.value) for found in audit(one)] == [("PF701", "error"), ("PF774", "note")]


#: What is no text of the document: sums of rows, two cells side by side, long texts cut.
OWN_WORDS = {"PF765", "PF770", "PF736", "PF742", "PF743"}


@pytest.mark.parametrize(
    "path",
    sorted([*(ROOT / "examples").glob("*.json"), *(ROOT / "tests" / "wild" / "forms").glob("*.json")]),
    ids=lambda path: path.stem,
)
def test_what_is_published_stands_in_the_document(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [(one.code, one.published or "") for one in audit(load_forms(path)) if one.code not in OWN_WORDS]
    assert [(code, published) for code, published in found if published not in text] == []


def test_forms_of_one_body_that_follow_each_other_are_audited_together() -> None:
    bodies = [
        ("甲", 2023),
        ("甲", 2023),
        ("甲", 2022),
        ("乙", 2022),
        ("乙", 2022),
        ("", 2022),
        ("", 2022),
        ("甲", 2023),
    ]
    forms = [pfscore.Form(title="表", organisation=body, year=year) for body, year in bodies]
    found = list(audit_stream(forms, lambda _: None, Wanted()))
    assert [len(one.cases) for one in found] == [2, 1, 2, 1, 1, 1]
    assert [form for one in found for form in one.forms] == forms
    many = [pfscore.Form(title="表", organisation="甲", year=2023)] * 401
    assert [len(one.cases) for one in audit_stream(many, lambda _: None, Wanted())] == [200, 200, 1]
    assert list(audit_stream([], lambda _: None, Wanted())) == []
