"""For every code of forms one bad form at least, with the whole of what `pfscore score` prints about it.

`tests/bad/forms/PF511-….json` is scored, and what comes out is compared with `PF511-….json.txt` beside it: the
command, its output and its exit code, in both languages. To take what comes out for right:
`ACCEPT=1 pytest tests/forms/test_form_errors.py`, then read the diff.
"""

from __future__ import annotations

import os
import re

import pytest

from pfscore.foundation.codes import family, page
from tests.cli.running import run
from tests.house.tree import ROOT
from tests.tables import each

FOLDER = ROOT / "tests" / "bad" / "forms"
STORED = sorted(path.name for path in FOLDER.iterdir() if path.is_file() and path.suffix != ".txt")
#: What the command is given beside the form; the ruleset has a mistake for each code that is a ruleset's.
ODD = ["--ruleset", "rulesets/odd.yaml"]
ARGUMENTS = {
    **dict.fromkeys((f"PF{number}" for number in (513, 514, 517, 518, 519, 521, 522, 528, 529, 532, 533, 535)), ODD),
    "PF507": ["--form", "3"],
    "PF539": ["--ruleset", "rulesets/region.yaml"],
}
#: What only Python can ask for: a float as an argument, a stored result, one form where there are several.
OF_PYTHON = {"PF531", "PF536", "PF537"}
#: What changes with every edit of a ruleset and with every release.
PASSING = re.compile(r"(?<=摘要 )[0-9a-f]{12}；pfscore \S+|(?<=digest )[0-9a-f]{12}; pfscore \S+")


def said_about(name: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(FOLDER)
    blocks = []
    for language in ([], ["--lang", "en"]):
        arguments = ["score", name, *ARGUMENTS.get(name[:5], []), *language]
        code, text = run(*arguments)
        blocks.append(f"$ pfscore {' '.join(arguments)}\n{PASSING.sub('…', text)}exit {code}\n")
    return "\n".join(blocks)


@pytest.mark.parametrize("name", STORED)
def test_a_bad_form(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = said_about(name, monkeypatch)
    expected = FOLDER / f"{name}.txt"
    if os.environ.get("ACCEPT"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    assert re.search(rf"^{name[:5]} ", text, re.MULTILINE)


def test_every_code_has_a_bad_form() -> None:
    assert {path.name for path in FOLDER.glob("*.txt")} == {f"{name}.txt" for name in STORED}
    assert set(family("PF5")) - {name[:5] for name in STORED} == OF_PYTHON


@each("code", sorted(set(family("PF5")) - OF_PYTHON))
def test_a_page_shows_what_is_said(code: str) -> None:
    accepted = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob(f"{code}-*.txt"))]
    blocks = re.findall(r"^```text\n(.*?)^```$", page(code), re.MULTILINE | re.DOTALL)
    assert blocks
    assert [block for block in blocks if not any(block in text for text in accepted)] == []
