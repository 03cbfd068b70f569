"""Over the wire: odd texts, questions at odd places, files that come and go; the server answers and logs nothing."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from lsprotocol import types

from tests.editor.wire import GOOD, Editor, over_a_port

pytestmark = [pytest.mark.asyncio(loop_scope="function"), pytest.mark.usefixtures("installed")]
FLOW = '{since: 2023, formula: "分值 * min(完成值 / 指标值, 1)", examples: [{target: "≥1", actual: "1", points: 1}]}'
TEXTS = {
    "crlf": GOOD.replace("\n", "\r\n"),
    "old-mac": GOOD.replace("\n", "\r"),
    "tabs": GOOD.replace("    ", "\t"),
    "full-width": GOOD.replace(":", "：").replace("[", "【").replace(",", "，"),
    "beyond-the-plane": GOOD.replace("title: 印刷数量", "title: 𠮷 # 𠮷\n    titel: 𠮷𠮷").replace("min(", "mni(𠮷"),
    "comments": GOOD.replace("\nrules:", "\n# rules: 说明\nrules: # 规则\n").replace("score: 5", "score: 6 # 一半"),
    "no-last-line": GOOD.rstrip("\n"),
    "other-line-ends": GOOD.replace("某地项目", "某\u2028地\x85项\x0c目"),
    "nul": GOOD.replace("办法", "办\x00法"),
    "mark": "\ufeff" + GOOD,
    "key-alone": "ruleset:",
    "two-documents": f"{GOOD}---\n{GOOD}",
    "deep": "ruleset: x\nrules: " + "[" * 300,
    "json": json.dumps({"ruleset": "x", "sources": [], "rules": [{"id": "a", "versions": [{"since": "2023"}]}]}),
    "long-line": GOOD.replace("title: 印刷数量", "title: " + "长" * 20000),
    "dashes": "ruleset: a\nrules:\n-\n-\n  -\n   - a",
    "flow": f"ruleset: a\nrules: [{{id: a, versions: [{FLOW}]}}]",
}
#: Where one asks, in each line at one of them: in and beyond the lines of a text.
COLUMNS = (0, 3, 11, 40, 1_000_000)


async def test_every_text_is_answered_everywhere(tmp_path: Path) -> None:
    async with over_a_port() as client:
        for name, text in TEXTS.items():
            editor = Editor(client, tmp_path / f"{name}.yaml")
            editor.open(text)
            about, lines = editor.document, text.count("\n") + 1
            for number in range(lines + 2):
                at = types.Position(number, COLUMNS[number % len(COLUMNS)])
                await client.text_document_hover_async(types.HoverParams(about, at))
                await client.text_document_completion_async(types.CompletionParams(about, at))
                await client.text_document_definition_async(types.DefinitionParams(about, at))
            if name != "json":
                await editor.problems(lambda _: True)
            whole = types.Range(types.Position(0, 0), types.Position(lines, 0))
            await client.text_document_code_action_async(
                types.CodeActionParams(about, whole, types.CodeActionContext([]))
            )
            await client.text_document_code_lens_async(types.CodeLensParams(about))
            await client.text_document_document_symbol_async(types.DocumentSymbolParams(about))
            options = types.FormattingOptions(tab_size=2, insert_spaces=True)
            await client.text_document_formatting_async(types.DocumentFormattingParams(about, options))


async def test_a_file_is_closed_renamed_and_opened_while_it_is_checked(tmp_path: Path) -> None:
    wrong = GOOD.replace("score: 5", "score: 6")
    async with over_a_port() as client:
        for pause in (0, 0.01, 0.1, 0.26, 0.28, 0.3, 0.35):
            first, second = (Editor(client, tmp_path / f"{name}.yaml") for name in ("old", f"new-{pause}"))
            first.open(wrong)
            await asyncio.sleep(pause)
            client.text_document_did_close(types.DidCloseTextDocumentParams(first.document))
            second.open(wrong)
            client.text_document_did_save(types.DidSaveTextDocumentParams(second.document))
            assert await second.codes(bool) == ["PF603"]
            assert [*client.diagnostics[first.uri]] == []
