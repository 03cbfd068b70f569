"""The page of each finding shows what its example prints; every code has a form that gives it and nothing else.

`PFSCORE_WRITE_DOCS=1 pytest tests/auditing/test_pages.py` writes what the examples print now.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from pfscore.auditing.run import audit
from pfscore.cli.main import main
from pfscore.forms.files.reader import load_forms
from pfscore.foundation.codes import family
from tests.house.tree import ROOT
from tests.tables import each

BAD = Path(__file__).parent / "bad"
PAGES = ROOT / "docs" / "codes"
EXAMPLE = re.compile(r"^```text\n\$ pfscore ([^\n]*)\n(.*?)```$", re.MULTILINE | re.DOTALL)
#: A wrong score is carried into the total, so the form that shows the total shows the row as well.
#: Forms so small that blocks of the ruleset are missing, beside what they show.
CONSEQUENCES = {"PF709": {"PF720"}, "PF727": {"PF770"}, "PF770": {"PF707"}, "PF738": {"PF770", "PF771"}}
CODES = [code for code in family("PF7") if code < "PF79"]


@pytest.mark.parametrize("code", family("PF7"))
def test_a_page_shows_what_its_example_prints(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for file in BAD.iterdir():
        (tmp_path / file.name).symlink_to(file)

    def shown(example: re.Match[str]) -> str:
        main(example[1].split())
        captured = capsys.readouterr()
        return f"```text\n$ pfscore {example[1]}\n{captured.out}{captured.err}```"

    page = PAGES / f"{code}.md"
    written = page.read_text(encoding="utf-8")
    wanted = EXAMPLE.sub(shown, written)
    assert wanted.count("```text\n$ pfscore ") == 2
    assert wanted.count(code) >= 5, "the examples do not show the code"
    if os.environ.get("PFSCORE_WRITE_DOCS"):
        page.write_text(wanted, encoding="utf-8")
    else:
        assert written == wanted


@each("code", CODES)
def test_a_form_for_every_code_gives_that_code_alone(code: str) -> None:
    found = {finding.code for finding in audit(load_forms(BAD / f"{code}.json"))}
    assert found == {code} | CONSEQUENCES.get(code, set())


@pytest.mark.parametrize("code", CODES)
def test_a_finding_can_be_selected_ignored_and_accepted(code: str) -> None:
    forms = load_forms(BAD / f"{code}.json")
    found = audit(forms, select=[code])
    assert found
    assert audit(forms, select=[code], ignore=[code[:4]]) == []
    assert audit(forms, select=[code], accepted=[finding.key for finding in found]) == []
    for finding in found:
        data = finding.as_json()
        assert {"code", "severity", "form", "row", "name", "message", "published", "computed"} <= set(data)
        assert finding.message.zh and finding.message.en
        assert data["severity"] in {"error", "warning", "note"}
