"""The architecture page and the READMEs name nine nouns with their files, and the files hold them."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import pfscore
from pfscore.cells.reader import read_target
from tests.house.tree import PACKAGE, ROOT, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

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
    places = (PACKAGE, ROOT)
    lacking = {path for path in named if not any((place / path).exists() for place in places)}
    lacking -= {path for path in lacking if (ROOT / "rulesets" / f"{path}.yaml").exists()}  # the id of a ruleset
    assert named and lacking <= {"docs/codes/PFxxx.md"}


WALKS = [
    [line.split()[0] for line in block.splitlines()] for block in re.findall(r"```walk\n(.+?)```", PAGE, re.DOTALL)
]


def _entered(run: Callable[[], object]) -> list[str]:
    """Return the functions of pfscore that a run enters, as `file:function`, in the order in which it first does."""
    found: dict[str, None] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        path = frame.f_code.co_filename
        if event == "call" and path.startswith(str(PACKAGE)):
            found.setdefault(f"{Path(path).relative_to(PACKAGE).as_posix()}:{frame.f_code.co_name}")

    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return list(found)


def _audited() -> object:
    row = pfscore.Indicator(name="培训人数", target="≥100人", actual="120人", points="10", published_score="8")
    form = pfscore.Form(title="表", year=2023, indicators=(row,), published_total="8", ruleset="cn/project")
    return pfscore.audit(form)


@pytest.mark.parametrize(
    ("walk", "run"),
    [
        (WALKS[0], lambda: read_target("至少全年完成37次宣传")),
        (
            WALKS[1],
            lambda: pfscore.load_ruleset("cn/project", on="2023-12-31").score(
                name="宣传次数", target="至少全年完成41次宣传", actual="全年完成宣传43次", points="10"
            ),
        ),
        (WALKS[2], _audited),
    ],
    ids=["cell", "row", "finding"],
)
def test_a_walk_goes_through_the_house_as_the_page_says(walk: list[str], run: Callable[[], object]) -> None:
    assert len(walk) > 5
    entered = [place for place in _entered(run) if place in walk]
    assert entered == walk
