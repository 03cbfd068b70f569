"""The server over the wire, driven by pytest-lsp as an editor does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from pytest_lsp import LanguageClient

from tests.editor.wire import CONFIG, GOOD, Editor, begin

pytestmark = pytest.mark.asyncio


@pytest_lsp.fixture(config=CONFIG)  # type: ignore[untyped-decorator]
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    await begin(lsp_client)
    yield
    await lsp_client.shutdown_session()


async def test_a_whole_file_has_no_problem(client: LanguageClient, tmp_path: Path) -> None:
    editor = Editor(client, tmp_path / "project.yaml")
    editor.open(GOOD)
    assert await editor.codes(lambda codes: True) == []


async def test_syntax_then_shape_then_examples(client: LanguageClient, tmp_path: Path) -> None:
    editor = Editor(client, tmp_path / "project.yaml")
    editor.open(GOOD.replace("title: 印刷数量", "title：印刷数量"))
    assert "PF131" in await editor.codes(bool)
    editor.write(GOOD.replace("title: 印刷数量", "titel: 印刷数量"))
    assert await editor.codes(lambda codes: "PF131" not in codes) == ["PF201"]
    editor.write(GOOD.replace("score: 5", "score: 6"))
    assert await editor.codes(lambda codes: "PF603" in codes) == ["PF603"]
    editor.write(GOOD)
    assert await editor.codes(lambda codes: not codes) == []


async def test_a_yaml_file_that_is_no_ruleset_is_left_alone(client: LanguageClient, tmp_path: Path) -> None:
    other, own = Editor(client, tmp_path / "ci.yaml"), Editor(client, tmp_path / "project.yaml")
    other.open("name: CI\non: push\njobs: {}\njobs: {}\n")
    own.open("ruleset: x")
    await own.problems(bool)
    assert other.uri not in client.diagnostics
