"""For every code of files one bad file at least, with the whole of what is said about it, in both languages.

`tests/bad/files/PF131-….yaml` is read, and what comes out is compared with `PF131-….yaml.txt` beside it. To take
what comes out for right: `ACCEPT=1 pytest tests/documents/test_bad_files.py`, then read the diff.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from pfscore.documents import positions as places
from pfscore.documents.document import document_from_text, read_document
from pfscore.foundation import source as source_module
from pfscore.foundation.codes import CODES, WITHDRAWN, family
from pfscore.foundation.errors import InputError
from tests.house.tree import ROOT
from tests.tables import each

FOLDER = ROOT / "tests" / "bad" / "files"
#: The codes of files of text; tests/office shows those of office files.
FILES = sorted(set(family("PF1")) - {"PF190"} - set(family("PF16")))
PAGES = ROOT / "docs" / "codes"
STORED = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".txt")


def _bytes(content: bytes) -> Callable[[Path, pytest.MonkeyPatch], object]:
    return lambda path, _: path.write_bytes(content)


def _loop(path: Path, _: pytest.MonkeyPatch) -> None:
    path.symlink_to(path)


def _large(path: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(source_module, "MAX_BYTES", 1024 * 1024)
    path.write_bytes(b" " * (1024 * 1024 + 1))


def _without_pyyaml(path: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "yaml", None)
    path.write_text("a: 1\n", encoding="utf-8")


def _many(path: Path, patch: pytest.MonkeyPatch) -> None:
    for module in ("yaml.reader", "json_reader"):
        patch.setattr(f"pfscore.documents.{module}.MAX_VALUES", 1_000)
    patch.setattr(places, "MAX_VALUES", 1_000)
    path.write_text("[\n" + " 1,\n" * 1_000 + " 1]\n", encoding="utf-8")


#: Files that cannot be kept as they are: made by the test, and read under these names.
MADE: dict[str, Callable[[Path, pytest.MonkeyPatch], object]] = {
    "PF101-missing.yaml": lambda path, patch: None,
    "PF102-folder.json": lambda path, patch: path.mkdir(),
    "PF103-gbk.yaml": _bytes("title: 项目支出\n".encode("gbk")),
    "PF104-empty.json": _bytes(b" \n"),
    "PF105-large.json": _large,
    "PF106-nul.yaml": _bytes(b"title: a\x00b\n"),
    "PF107-bom.json": _bytes(b"\xef\xbb\xbf{}\n"),
    "PF108-loop.json": _loop,
    "PF109-spreadsheet.xlsx": _bytes(b"PK"),
    "PF109-no-suffix": _bytes(b"a: 1\n"),
    "PF110-no-pyyaml.yaml": _without_pyyaml,
    "PF111-deep.json": _bytes(b"[\n" * 65 + b"]\n" * 65),
    "PF111-deep.yaml": _bytes(b"".join(b" " * depth + b"a:\n" for depth in range(70))),
    "PF112-many.json": _many,
    "PF112-many.yaml": _many,
    "PF113-characters.yaml": _bytes("title: 预算\u2028执行\nname: a\x07b\nunit: 人\r\n".encode() + b"x: 1\ry: 2\n"),
}


def said_about(path: Path, patch: pytest.MonkeyPatch) -> InputError:
    """Return what is raised when the file is read under its bare name."""
    patch.chdir(path.parent)
    with pytest.raises(InputError) as raised:
        read_document(path.name)
    return raised.value


def compare(name: str, error: InputError) -> None:
    """Compare all that is said, in both languages, with what was accepted."""
    blocks = ["\n".join(each.render(lang) for each in error.diagnostics) for lang in ("zh", "en")]
    text = "\n\n".join(blocks) + "\n"
    expected = FOLDER / f"{name}.txt"
    if os.environ.get("ACCEPT"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    assert error.code == name[:5]


@pytest.mark.parametrize("name", STORED)
def test_a_bad_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compare(name, said_about(FOLDER / name, monkeypatch))


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_bad_file_that_is_made(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    MADE[name](tmp_path / name, monkeypatch)
    compare(name, said_about(tmp_path / name, monkeypatch))


def test_every_code_has_a_bad_file_and_a_page() -> None:
    accepted = {path.name for path in FOLDER.glob("*.txt")}
    assert accepted == {f"{name}.txt" for name in [*STORED, *MADE]}
    # PF151 and PF152 are about writing: tests/cli/test_output.py and tests/report/review show them.
    assert {name[:5] for name in accepted} == set(FILES) - {"PF151", "PF152"}
    pages = {path.stem for path in PAGES.glob("PF1*.md")} - {"PF190"} - set(family("PF16"))
    assert pages - set(WITHDRAWN) == set(FILES)


@each("code", FILES)
def test_a_page_has_the_title_and_the_shape(code: str) -> None:
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    title = CODES[code]
    assert text.splitlines()[0] == f"# {code} {title.zh} · {title.en}"
    assert re.findall(r"^(?:## .*|\*\*[^*]+\*\*)", text, re.MULTILINE) == [
        "## 中文",
        "**含义**",
        "**例子**",
        "**怎么办**",
        "## English",
        "**Meaning**",
        "**Example**",
        "**What to do**",
    ]
    assert len(text.splitlines()) <= 60


@each("code", FILES)
def test_the_examples_of_a_page_are_what_it_says(code: str) -> None:
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(yaml|json)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert blocks[: len(blocks) // 2] == blocks[len(blocks) // 2 :]
    for number, (syntax, block) in enumerate(blocks):
        said = codes_of(block, syntax)
        assert said == ({code} if number % 2 == 0 else set())


def codes_of(text: str, syntax: Literal["yaml", "json"]) -> set[str]:
    """Return the codes of everything that is wrong with a text."""
    try:
        document_from_text("page", text, syntax=syntax)
    except InputError as error:
        return {each.code for each in error.diagnostics}
    return set()
