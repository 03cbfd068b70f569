"""The language server: which answer belongs to which request, and the whole check in the background."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from pfscore.editor.open_file import OpenFile, Reading, is_ruleset
from pfscore.editor.protocol import diagnostics_of
from pfscore.foundation.runtime.extras import library
from pfscore.foundation.runtime.resources import __version__
from pfscore.foundation.text import Lang
from pfscore.rulesets.load import Search

if TYPE_CHECKING:
    from lsprotocol import types
    from pygls.lsp.server import LanguageServer

#: How many seconds pass without a keystroke before the syntax and the shape are told, and before the rest is checked.
_AT_ONCE, _LATER = 0.02, 0.25


def language_server(*, lang: Lang | None = None, search: Search = ()) -> LanguageServer:
    """Return the server; without `lang` it speaks the editor's language, or Chinese where the editor tells none.

    Raises:
        InputError: PF110 where pygls is not installed.
    """
    with library("pygls"):
        from pygls.lsp.server import LanguageServer
    from lsprotocol import types

    # The whole text comes with every change: pygls counts other line ends than the protocol does.
    server = LanguageServer("pfscore", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
    session = _Session(server, lang, search)
    for method, answer in (
        (types.INITIALIZE, session.begin),
        (types.SHUTDOWN, session.end),
        (types.TEXT_DOCUMENT_DID_OPEN, session.did_open),
        (types.TEXT_DOCUMENT_DID_CHANGE, session.did_change),
        (types.TEXT_DOCUMENT_DID_SAVE, session.did_save),
        (types.TEXT_DOCUMENT_DID_CLOSE, session.did_close),
    ):
        server.feature(method)(partial(answer))  # pygls marks what it registers, and a method takes no mark
    return server


class _Cancelled(Exception):
    """The text was edited while it was checked."""


@dataclass(eq=False)
class _Watched:
    """An open file with the work that its last keystroke began."""

    file: OpenFile
    work: asyncio.Task[None] | None = None
    is_stale: Event = field(default_factory=Event)

    def stop(self) -> None:
        """End the work that is under way."""
        self.is_stale.set()
        if self.work is not None:
            self.work.cancel()


class _Session:
    """One editor with its open files."""

    def __init__(self, server: LanguageServer, lang: Lang | None, search: Search) -> None:
        self._server, self._lang, self._search = server, lang, search
        self._open: dict[str, _Watched] = {}
        self._pool = ThreadPoolExecutor(1, "check")

    @property
    def lang(self) -> Lang:
        """The language of the texts."""
        return self._lang or "zh"

    # The life of the session and of its files.

    def begin(self, params: types.InitializeParams) -> None:
        """Take the language of the editor."""
        if self._lang is None and (params.locale or "zh").lower()[:2] != "zh":
            self._lang = "en"

    def end(self, _params: None) -> None:
        """Stop all work."""
        for watched in self._open.values():
            watched.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Look at a file that was opened."""
        self._take(params.text_document.uri)

    def did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Look at a file after a keystroke."""
        self._take(params.text_document.uri)

    def did_save(self, params: types.DidSaveTextDocumentParams) -> None:
        """Look again at the other files, whose parent this one may be."""
        for uri in [uri for uri in self._open if uri != params.text_document.uri]:
            self._take(uri)

    def did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Forget a file."""
        if (watched := self._open.pop(params.text_document.uri, None)) is not None:
            watched.stop()
            self._publish(params.text_document.uri, [])

    def _take(self, uri: str) -> None:
        """Take the text that a file has now; a file that is no ruleset is left alone."""
        document = self._server.workspace.get_text_document(uri)
        text, watched = document.source, self._open.get(uri)
        if watched is None:
            if not is_ruleset(text):
                return
            watched = self._open[uri] = _Watched(OpenFile(Path(document.path), text, search=self._search))
        else:
            watched.stop()
            watched.file.edit(text)
        watched.is_stale = Event()
        watched.work = asyncio.get_running_loop().create_task(self._look(uri, watched.file, watched.is_stale))

    # What a keystroke begins.

    async def _look(self, uri: str, file: OpenFile, is_stale: Event) -> None:
        """Tell what is wrong at once, and the rest later unless the file was edited before."""
        await asyncio.sleep(_AT_ONCE)
        reading = file.reading
        self._tell(uri, file)
        if not reading.family:
            return
        await asyncio.sleep(_LATER)
        loop = asyncio.get_running_loop()
        if await loop.run_in_executor(self._pool, _check, file, reading, is_stale):
            self._tell(uri, file)

    def _tell(self, uri: str, file: OpenFile) -> None:
        codec = self._server.workspace.position_codec
        found = diagnostics_of(list(file.problems()), file.path, file.parent_place(), codec, self.lang)
        self._publish(uri, list(found))

    def _publish(self, uri: str, found: Sequence[types.Diagnostic]) -> None:
        from lsprotocol import types

        self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found))


def _check(file: OpenFile, reading: Reading, is_stale: Event) -> bool:
    """Check a reading in the background; return whether that came to its end."""

    def between() -> None:
        if is_stale.is_set():
            raise _Cancelled

    try:
        between()
        checked = file.check(reading, between)
        between()
    except _Cancelled:
        return False
    file.take(reading, checked)
    return True
