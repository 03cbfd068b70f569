"""Whatever one types, every question is answered: in texts cut off, in texts with pieces taken out or put in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pfscore.editor.answers.completion import completion
from pfscore.editor.answers.fixes import fixes
from pfscore.editor.answers.hover import definitions, hover
from pfscore.editor.answers.lenses import lenses
from pfscore.editor.answers.outline import outline
from pfscore.editor.open_file import OpenFile
from tests.editor.wire import GOOD

SIGNS = ["", "：", ": ", "- ", "\n", "\t", "[", "{", '"', "'", "|", "#", "，", "&", "😀"]
PIECES = st.sampled_from([*SIGNS, "rules:\n", "    - id: a\n"])
PLACES = st.integers(min_value=0, max_value=len(GOOD))


def ask(file: OpenFile, at: int) -> None:
    """Ask everything at one character."""
    list(file.problems())
    hover(file, at, "zh")
    completion(file, at, "en")
    definitions(file, at)
    list(fixes(file, max(0, at - 40), at, "zh"))
    list(lenses(file, "en"))
    outline(file, "zh")


@pytest.fixture(scope="module")
def known() -> OpenFile:
    file = OpenFile(Path("project.yaml"), GOOD)
    file.take(file.reading, file.check(file.reading, bool))
    return file


@given(PLACES, st.integers(min_value=0, max_value=60), PIECES, PLACES)
def test_texts_that_are_edited(known: OpenFile, start: int, taken: int, piece: str, at: int) -> None:
    known.edit(GOOD[:start] + piece + GOOD[start + taken :])
    ask(known, min(start + len(piece), len(known.text)))
    ask(known, min(at, len(known.text)))


@given(PLACES)
def test_texts_that_are_cut_off(end: int) -> None:
    ask(OpenFile(Path("project.yaml"), GOOD[:end]), end)


@given(st.text(alphabet="ru le:-[]{}\"'#\n，：|a1分", max_size=60))
@example("{{]}")
@example("{{},")
@example("[{]}, a: [}")
def test_any_signs(text: str) -> None:
    ask(OpenFile(Path("project.yaml"), text), len(text))
