"""A client that drives the server over the wire, and texts of rulesets to open."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities
from pytest_lsp.client import make_test_lsp_client

SERVER = [sys.executable, "-m", "pfscore", "lsp"]
CONFIG = ClientServerConfig(server_command=SERVER)
#: How long a test waits for the server before it fails.
PATIENCE = 60
GOOD = """\
ruleset: cn-sc/demo
title: 某地项目支出绩效自评
jurisdiction: CN-SC
kind: project
status: active
extends: cn/project
sources:
  - key: 办法
    title: 某地办法
    issued: 2022
    evidence: text
form:
  - since: 2023
    cite: {source: 办法, at: 第二条}
    total: 100
    blocks:
      - name: 预算执行
        points: 10
      - name: 产出指标
        points: 90
rules:
  - id: ratio-higher
    replaces: cn/project
    versions:
      - since: 2023
        cite:
          source: 办法
          at: 第三条
          quote: 按完成比例计分，最高不超过分值。
        formula: 分值 * min(完成值 / 指标值, 1)
        rounding: {digits: 2}
        examples:
          - title: 达到
            target: "≥100人"
            actual: 100人
            points: 10
            score: 10
          - title: 一半
            target: "≥100人"
            actual: 50人
            points: 10
            score: 5

  - id: printed
    title: 印刷数量
    overrides: [通用规则]
    applies:
      name: [印刷数量]
      block: [产出指标]
      comparator: ["≥"]
      target: [正]
    versions:
      - since: 2023
        cite:
          source: 办法
          at: 第四条
        formula: 如果 完成值 >= 指标值 则 分值 否则 0
        steps: 第四条，全或无
        examples:
          - title: 达到
            target: "≥100册"
            actual: 100册
            points: 10
            score: 10
          - title: 未达到
            target: "≥100册"
            actual: 50册
            points: 10
            score: 0
"""


class Editor:
    """One file in an editor."""

    def __init__(self, client: LanguageClient, path: Path) -> None:
        self.client, self.uri, self.version = client, path.as_uri(), 0
        self.text = ""

    def open(self, text: str) -> None:
        """Open the file with this text."""
        self.text = text
        item = types.TextDocumentItem(self.uri, "yaml", self.version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def write(self, text: str) -> None:
        """Give the file another text."""
        self.text, self.version = text, self.version + 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version=self.version, uri=self.uri),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def replace(self, old: str, new: str) -> None:
        """Replace the one place where `old` stands."""
        assert self.text.count(old) == 1, old
        self.write(self.text.replace(old, new))

    @property
    def document(self) -> types.TextDocumentIdentifier:
        """The file, as requests name it."""
        return types.TextDocumentIdentifier(self.uri)

    def place(self, marked: str) -> types.Position:
        """Return the place of the bar in a piece of the text, in UTF-16."""
        before, _, after = marked.partition("|")
        assert self.text.count(before + after) == 1, marked
        lines = self.text[: self.text.index(before + after) + len(before)].split("\n")
        return types.Position(len(lines) - 1, len(lines[-1].encode("utf-16-le")) // 2)

    async def codes(self, until: Callable[[list[str]], bool]) -> list[str]:
        """Wait until the codes of the problems are as asked, and return them."""
        problems = await self.problems(lambda found: until(_codes(found)))
        return _codes(problems)

    async def problems(self, until: Callable[[Sequence[types.Diagnostic]], bool]) -> Sequence[types.Diagnostic]:
        """Wait until the problems are as asked, and return them."""
        async with asyncio.timeout(PATIENCE):
            while self.uri not in self.client.diagnostics or not until(self.client.diagnostics[self.uri]):
                await asyncio.sleep(0.01)
        return self.client.diagnostics[self.uri]


def _codes(problems: Sequence[types.Diagnostic]) -> list[str]:
    return [str(problem.code) for problem in problems]


async def begin(
    client: LanguageClient,
    locale: str | None = None,
    encodings: Sequence[str] = (),
    capabilities: types.ClientCapabilities | None = None,
) -> None:
    """Start the session as Visual Studio Code does, or an editor with these capabilities or encodings of positions."""
    client.feature(types.WORKSPACE_CODE_LENS_REFRESH)(lambda _: None)
    capabilities = capabilities or client_capabilities("visual-studio-code")
    if encodings:
        assert capabilities.general is not None
        capabilities.general.position_encodings = [types.PositionEncodingKind(one) for one in encodings]
    await client.initialize_session(types.InitializeParams(capabilities=capabilities, locale=locale))


@asynccontextmanager
async def over_a_port(
    *arguments: str,
    capabilities: types.ClientCapabilities | None = None,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> AsyncIterator[LanguageClient]:
    """Start a server with these arguments, and connect to it; it ends well and has logged nothing."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*SERVER, "--tcp", str(port), *arguments]
    server = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **environment}, stderr=asyncio.subprocess.PIPE
    )
    client = make_test_lsp_client()
    async with asyncio.timeout(PATIENCE):
        while client.protocol.writer is None:
            with suppress(ConnectionRefusedError):
                await client.start_tcp("127.0.0.1", port)
            await asyncio.sleep(0.05)
    await begin(client, "en", capabilities=capabilities)
    yield client
    async with asyncio.timeout(PATIENCE):
        await client.shutdown_session()
        _, logged = await server.communicate()
        assert logged.decode() == "", logged.decode()
        assert (server.returncode, client.log_messages, client.messages) == (0, [], [])
