"""The server over the wire, driven by pytest-lsp as an editor does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from threading import Event

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import LanguageClient

from pfscore.editor.open_file import OpenFile
from pfscore.editor.server import _check
from tests.editor.wire import CONFIG, GOOD, Editor, begin, over_a_port
from tests.house.tree import ROOT
from tests.rulesets.registered import GIVEN, PACKAGED, registered

PARENT = ROOT / "rulesets" / "cn" / "project.yaml"
#: One server opens the files of all tests but those that begin otherwise.
pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("installed")]


@pytest_lsp.fixture(config=CONFIG, scope="module")  # type: ignore[untyped-decorator]
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    await begin(lsp_client)
    yield
    await lsp_client.shutdown_session()


async def opened(client: LanguageClient, folder: Path, text: str) -> Editor:
    """Open a file, and wait until its problems are told."""
    editor = Editor(client, folder / "project.yaml")
    editor.open(text)
    await editor.problems(lambda _: True)
    return editor


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


async def test_what_one_points_at_is_explained_and_found(client: LanguageClient, tmp_path: Path) -> None:
    editor = await opened(client, tmp_path, GOOD)
    at = editor.place("min(完|成值")
    hover = await client.text_document_hover_async(types.HoverParams(editor.document, at))
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert hover.contents.value.startswith("**完成值** · `actual`　全年实际完成值\n")
    assert hover.range is not None
    assert (hover.range.start.character, hover.range.end.character) == (17, 17 + len("分值 * min(完成值 / 指标值, 1)"))
    params = types.DefinitionParams(editor.document, editor.place("cn/|project\ns"))
    there = await client.text_document_definition_async(params)
    assert isinstance(there, Sequence)
    places = [place for place in there if isinstance(place, types.Location)]
    [place] = places
    assert (place.uri.rsplit("/rulesets/", 1)[1], place.range.start.line) == ("cn/project.yaml", 2)


async def test_what_may_be_written(client: LanguageClient, tmp_path: Path) -> None:
    editor = await opened(client, tmp_path, GOOD.replace("status: active", "status: ac"))
    params = types.CompletionParams(editor.document, editor.place("status: ac|"))
    offered = await client.text_document_completion_async(params)
    assert isinstance(offered, types.CompletionList)
    edits = [item.text_edit for item in offered.items]
    here = types.Range(types.Position(4, 8), types.Position(4, 10))
    assert edits == [types.TextEdit(here, "active"), types.TextEdit(here, "draft")]


async def test_the_outline_and_the_lines_above(client: LanguageClient, tmp_path: Path) -> None:
    editor = await opened(client, tmp_path, GOOD.replace("score: 5", "score: 6"))
    await editor.codes(bool)
    outline = await client.text_document_document_symbol_async(types.DocumentSymbolParams(editor.document))
    assert outline is not None
    rules = outline[-1]
    assert isinstance(rules, types.DocumentSymbol)
    assert [rule.name for rule in rules.children or ()] == ["ratio-higher", "printed"]
    lenses = await client.text_document_code_lens_async(types.CodeLensParams(editor.document))
    titles = [lens.command.title for lens in lenses or () if lens.command is not None]
    assert titles[:2] == ["✓ 10 / 10 分", "✗ 5 / 10 分　应为 6 分"]


async def test_a_quick_fix(client: LanguageClient, tmp_path: Path) -> None:
    editor = await opened(client, tmp_path, GOOD.replace("title: 印刷数量", "title：印刷数量"))
    (problem,) = await editor.problems(bool)
    context = types.CodeActionContext(diagnostics=[problem])
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(editor.document, problem.range, context)
    )
    assert actions is not None
    (action,) = actions
    assert isinstance(action, types.CodeAction)
    assert (action.title, action.kind) == ("改为 “: ”", types.CodeActionKind.QuickFix)
    assert list(action.diagnostics or ()) == [problem]
    assert action.edit is not None
    assert action.edit.changes is not None
    assert [*action.edit.changes[editor.uri]] == [types.TextEdit(problem.range, ": ")]


async def test_the_layout(client: LanguageClient, tmp_path: Path) -> None:
    editor = await opened(client, tmp_path, GOOD.replace("sources:\n  - key", "sources:\n  - key："))
    options = types.FormattingOptions(tab_size=2, insert_spaces=True)
    broken = types.DocumentFormattingParams(editor.document, options)
    assert not await client.text_document_formatting_async(broken)
    editor.write(GOOD.replace("title: 某地项目", "title:    某地项目"))
    (edit,) = await client.text_document_formatting_async(broken) or ()
    assert edit.new_text == GOOD
    assert (edit.range.start, edit.range.end) == (types.Position(0, 0), types.Position(GOOD.count("\n"), 0))


async def test_a_yaml_file_that_is_no_ruleset_is_left_alone(client: LanguageClient, tmp_path: Path) -> None:
    other, own = Editor(client, tmp_path / "ci.yaml"), Editor(client, tmp_path / "project.yaml")
    other.open("name: CI\non: push\njobs: {}\njobs: {}\n")
    own.open("ruleset: x")
    await own.problems(bool)
    assert other.uri not in client.diagnostics


@pytest_lsp.fixture(config=CONFIG, loop_scope="module")  # type: ignore[untyped-decorator]
async def unstarted(lsp_client: LanguageClient) -> AsyncIterator[None]:
    yield
    await lsp_client.shutdown_session()


@pytest.mark.parametrize(
    ("encodings", "start", "end"),
    [((), 21, 23), (("utf-8", "utf-16"), 23, 29), (("utf-32",), 20, 22)],
)
async def test_places_are_counted_as_the_editor_asks(
    unstarted: LanguageClient, encodings: tuple[str, ...], start: int, end: int, tmp_path: Path
) -> None:
    await begin(unstarted, "en-US", encodings)
    text = GOOD.replace("cite: {source: 办法, at: 第二条}", 'cite: {at: "𠮷", 出处: 办法}')
    editor = await opened(unstarted, tmp_path, text)
    found = await editor.problems(bool)
    places = [(one.message.split("\n")[0], one.range.start.character, one.range.end.character) for one in found]
    assert ("unknown key '出处'", start, end) in places


async def test_the_language_of_the_editor(unstarted: LanguageClient, tmp_path: Path) -> None:
    await begin(unstarted, "en-US")
    editor = await opened(unstarted, tmp_path, GOOD.replace("title: 印刷数量", "titel: 印刷数量"))
    (problem,) = await editor.problems(bool)
    assert problem.message == "unknown key 'titel'\ndid you mean 'title'?"


async def test_a_parent_that_is_saved_is_read_again(client: LanguageClient, tmp_path: Path) -> None:
    parent = tmp_path / "base.yaml"
    parent.write_text(PARENT.read_text(encoding="utf-8"), encoding="utf-8")
    editor = await opened(client, tmp_path, GOOD.replace("extends: cn/project", "extends: base.yaml"))
    assert await editor.codes(lambda codes: not codes) == []
    parent.write_text("ruleset：cn/project\n", encoding="utf-8")
    saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(parent.as_uri()))
    client.text_document_did_save(saved)
    (problem,) = await editor.problems(bool)
    assert (problem.code, problem.range.start) == ("PF131", types.Position(5, 9))
    (related,) = problem.related_information or ()
    assert (related.location.uri, related.location.range.start) == (parent.as_uri(), types.Position(0, 7))


async def test_a_closed_file_is_forgotten(client: LanguageClient, tmp_path: Path) -> None:
    editor = await opened(client, tmp_path, GOOD.replace("score: 5", "score: 6"))
    await editor.codes(bool)
    client.text_document_did_close(types.DidCloseTextDocumentParams(editor.document))
    assert await editor.codes(lambda codes: not codes) == []
    assert not await client.text_document_code_lens_async(types.CodeLensParams(editor.document))


async def test_over_a_port(tmp_path: Path) -> None:
    async with over_a_port() as client:
        editor = await opened(client, tmp_path, GOOD.replace("score: 5", "score: 6"))
        assert await editor.codes(bool) == ["PF603"]


async def test_registered_rulesets_are_offered_and_followed(tmp_path: Path) -> None:
    environment, given = registered(tmp_path)
    async with over_a_port("--rulesets", str(given), environment=environment) as client:
        for parent, file in (
            (PACKAGED, tmp_path / "site" / "acme" / f"{PACKAGED}.yaml"),
            (GIVEN, given / f"{GIVEN}.yaml"),
        ):
            own = GOOD.replace("s: cn/project", f"s: {parent}")
            editor = await opened(client, tmp_path / parent.replace("/", "-"), own)
            where = types.CompletionParams(editor.document, editor.place(f"extends: {parent}|"))
            offered = await client.text_document_completion_async(where)
            assert isinstance(offered, types.CompletionList)
            assert {PACKAGED, GIVEN, "cn/project"} <= {one.label for one in offered.items}
            at = types.DefinitionParams(editor.document, editor.place("extends: |" + parent))
            found = await client.text_document_definition_async(at)
            assert isinstance(found, Sequence)
            assert [one.uri for one in found if isinstance(one, types.Location)] == [file.as_uri()]


async def test_a_check_ends_where_the_text_was_edited(tmp_path: Path) -> None:
    file, is_stale = OpenFile(tmp_path / "project.yaml", GOOD), Event()
    is_stale.set()
    assert (_check(file, file.reading, is_stale), file.checked) == (False, None)
    is_stale.clear()
    assert _check(file, file.reading, is_stale)
    assert file.checked is not None
