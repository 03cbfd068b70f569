"""The architecture page and the READMEs name nine nouns with their files, and the files hold them."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.tree import PACKAGE, ROOT, tree_of

PAGE = (ROOT / "docs" / "explain" / "architecture.md").read_text(encoding="utf-8")
NOUNS = re.findall(r"^\| `([A-Z][a-z]+)` \| .* \| `([a-z_/]+\.py)` \|$", PAGE, re.MULTILINE)
SENTENCE = (
    "A file becomes a form, a cell a reading, a reading and a rule points, points a sheet, a sheet beside its "
    "published figures findings."
)


def test_there_are_nine_nouns() -> None:
    assert " ".join(noun for noun, _ in NOUNS) == "Form Row Reading Comparison Rule Award Score Sheet Finding"


@pytest.mark.parametrize(("noun", "file"), NOUNS)
def test_a_noun_is_a_class_in_its_file(noun: str, file: str) -> None:
    assert noun in {node.name for node in tree_of(file).body if isinstance(node, ast.ClassDef)}


@pytest.mark.parametrize("page", ["docs/explain/architecture.md", "README.md"])
def test_a_page_opens_with_the_sentence(page: str) -> None:
    opening = " ".join((ROOT / page).read_text(encoding="utf-8").split()[:200])
    assert SENTENCE in opening


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_a_readme_names_the_nouns_with_their_files(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [
        (noun, file) for noun, file in NOUNS if not re.search(rf"\| {noun} \| .* \| `src/pfscore/{file}` \|", text)
    ] == []


@pytest.mark.parametrize("page", ["docs/explain/architecture.md", "README.md", "README.zh-CN.md", "CONTRIBUTING.md"])
def test_every_path_of_a_page_exists(page: str) -> None:
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", (ROOT / page).read_text(encoding="utf-8"))
    lacking = {path for path in named if not (PACKAGE / path).exists() and not (ROOT / path).exists()}
    assert named and lacking <= {"docs/codes/PFxxx.md"}
