"""The settings of docs/how-to/edit-rulesets.md start the server, which each editor finds as it asks for it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import converters, types
from pytest_lsp import client_capabilities

from tests.editor.wire import GOOD, SERVER, Editor, over_a_port
from tests.house.tree import ROOT

pytestmark = [pytest.mark.asyncio(loop_scope="function"), pytest.mark.usefixtures("installed")]
PAGE = (ROOT / "docs" / "how-to" / "edit-rulesets.md").read_text(encoding="utf-8")
#: What Helix and Zed say of themselves, as far as a server minds it.
HELIX = {
    "general": {"positionEncodings": ["utf-8", "utf-32", "utf-16"]},
    "workspace": {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": False}, "applyEdit": True},
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "insertReplaceSupport": True}},
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {"versionSupport": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix"]}}},
    },
}
ZED = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {
        "configuration": True,
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "codeLens": {"refreshSupport": True},
    },
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True}},
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True},
    },
}


def of(title: str, language: str) -> str:
    """Return the first block of a language in a section of the page."""
    section = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    found = re.search(rf"```{language}\n(.*?)```", section, re.DOTALL)
    assert found is not None
    return found[1]


def visual_studio_code() -> list[str]:
    settings = json.loads(of("Visual Studio Code", "json"))
    assert settings["glspc.server.languageId"] == ["yaml"]
    return [settings["glspc.server.command"], *settings["glspc.server.commandArguments"]]


def neovim() -> list[str]:
    found = re.search(r"cmd = \{(.*?)\}", of("Neovim", "lua"))
    assert found is not None
    return re.findall(r"'(.*?)'", found[1])


def helix() -> list[str]:
    settings = tomllib.loads(of("Helix", "toml"))
    [language] = settings["language"]
    assert language["name"] == "yaml"
    server = settings["language-server"][language["language-servers"][0]]
    return [server["command"], *server["args"]]


def zed() -> list[str]:
    binary = json.loads(of("Zed", "json"))["lsp"]["yaml-language-server"]["binary"]
    return [binary["path"], *binary["arguments"]]


def capabilities(said: Any) -> types.ClientCapabilities:
    return converters.get_converter().structure(said, types.ClientCapabilities)


@pytest.mark.parametrize(
    ("command", "said", "start"),
    [
        pytest.param(visual_studio_code, client_capabilities("visual-studio-code"), 21, id="vscode"),
        pytest.param(neovim, client_capabilities("neovim@0.11.0"), 23, id="neovim"),
        pytest.param(helix, capabilities(HELIX), 23, id="helix"),
        pytest.param(zed, capabilities(ZED), 21, id="zed"),
    ],
)
async def test_an_editor_of_the_page(
    command: Callable[[], list[str]], said: types.ClientCapabilities, start: int, tmp_path: Path
) -> None:
    name, *arguments = command()
    assert [name, arguments[0]] == ["pfscore", SERVER[-1]]
    async with over_a_port(*arguments[1:], capabilities=said) as client:
        client.workspace_did_change_configuration(types.DidChangeConfigurationParams({"yaml": {"validate": True}}))
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
        editor = Editor(client, tmp_path / "某地 #1.yaml")
        editor.open(GOOD.replace("cite: {source: 办法, at: 第二条}", 'cite: {at: "𠮷", 出处: 办法}'))
        found = {one.message.split("\n")[0]: one for one in await editor.problems(bool)}
        assert found["unknown key '出处'"].range.start.character == start
        about = types.HoverParams(editor.document, editor.place("replaces|:"))
        shown = await client.text_document_hover_async(about)
        assert isinstance(shown, types.Hover)
