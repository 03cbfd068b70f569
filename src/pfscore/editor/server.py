"""The language server: which answer belongs to which request, and the whole check in the background."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol

from pfscore.editor.answers.completion import completion
from pfscore.editor.answers.fixes import fixes
from pfscore.editor.answers.hover import definitions, hover
from pfscore.editor.answers.lenses import lenses
from pfscore.editor.answers.outline import outline
from pfscore.editor.open_file import OpenFile, Reading, is_ruleset
from pfscore.editor.protocol import Places, completion_of, diagnostics_of, lenses_of, location_of, symbols_of
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.runtime.resources import __version__, library
from pfscore.foundation.text import Lang
from pfscore.rulesets.search import Search
from pfscore.rulesets.writing.formatter import format_yaml

if TYPE_CHECKING:
    from lsprotocol import types
    from pygls.lsp.server import LanguageServer
    from pygls.workspace import PositionCodec

#: How many seconds pass without a keystroke before the syntax and the shape are told, and before the rest is checked.
_AT_ONCE, _LATER = 0.02, 0.25
#: How many seconds without a keystroke are taken for a pause, and how many checks do without one.
_IDLE, _UNTIDY = 1, 10
#: How many seconds the check in the background may keep a keystroke waiting for its turn.
_TURN = 0.0005
#: What editors tell every server, and what no answer depends on.
_UNHEEDED = ("workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles")
#: The signs behind which an editor asks what may be written.
_TRIGGERS = (" ", "[", "{", ",", "(", "+", "-", "*", "/", '"')


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
        (types.TEXT_DOCUMENT_HOVER, session.hover),
        (types.TEXT_DOCUMENT_DEFINITION, session.definition),
        (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, session.outline),
        (types.TEXT_DOCUMENT_CODE_LENS, session.lenses),
        (types.TEXT_DOCUMENT_FORMATTING, session.format),
    ):
        server.feature(method)(partial(answer))  # pygls marks what it registers, and a method takes no mark
    for method in _UNHEEDED:
        server.feature(method)(partial(_heed_nothing))
    kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)(partial(session.fixes))
    triggers = types.CompletionOptions(trigger_characters=_TRIGGERS)
    server.feature(types.TEXT_DOCUMENT_COMPLETION, triggers)(partial(session.completion))
    return server


def _log_no_exit(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what went wrong in the loop; over a port, pygls ends by an exit that is none."""
    if not isinstance(context.get("exception"), SystemExit):
        loop.default_exception_handler(context)


def _heed_nothing(_params: object) -> None:
    """Ignore a notification."""


class _AboutText(Protocol):
    """The parameters of a request about an open file."""

    @property
    def text_document(self) -> types.TextDocumentIdentifier:
        """The file."""


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
        #: How many checks were begun since memory was put in order.
        self._checks = 0

    @property
    def lang(self) -> Lang:
        """The language of the texts."""
        return self._lang or "zh"

    # The life of the session and of its files.

    def begin(self, params: types.InitializeParams) -> None:
        """Take the language of the editor; memory is put in order between keystrokes and not in the midst of one."""
        asyncio.get_running_loop().set_exception_handler(_log_no_exit)
        gc.freeze()
        gc.disable()
        sys.setswitchinterval(_TURN)
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

    # What is asked about a file.

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """Return what is shown where one points."""
        from lsprotocol import types

        if (file := self._file(params)) is None:
            return None
        places = Places(file.text, self._codec)
        if (found := hover(file, places.offset(params.position), self.lang)) is None:
            return None
        text = types.MarkupContent(types.MarkupKind.Markdown, found.text)
        return types.Hover(text, places.range(found.start, found.end))

    def completion(self, params: types.CompletionParams) -> types.CompletionList | None:
        """Return what may be written where one types."""
        if (file := self._file(params)) is None:
            return None
        places = Places(file.text, self._codec)
        return completion_of(completion(file, places.offset(params.position), self.lang), places)

    def definition(self, params: types.DefinitionParams) -> list[types.Location]:
        """Return where the thing is defined that one points at."""
        if (file := self._file(params)) is None:
            return []
        spans = definitions(file, Places(file.text, self._codec).offset(params.position))
        found = (location_of(span, self._codec) for span in spans)
        return [location for location in found if location is not None]

    def fixes(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Return what can be written for the author."""
        from lsprotocol import types

        if (file := self._file(params)) is None:
            return []
        places = Places(file.text, self._codec)
        between = (places.offset(params.range.start), places.offset(params.range.end))
        uri = params.text_document.uri
        return [
            types.CodeAction(
                title=fix.title,
                kind=types.CodeActionKind.QuickFix,
                diagnostics=list(self._shown([fix.problem], file)),
                is_preferred=True,
                edit=types.WorkspaceEdit(
                    {uri: [types.TextEdit(places.range(edit.start, edit.end), edit.text) for edit in fix.edits]}
                ),
            )
            for fix in fixes(file, *between, self.lang)
        ]

    def outline(self, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        """Return the outline."""
        file = self._file(params)
        return [] if file is None else symbols_of(outline(file, self.lang))

    def lenses(self, params: types.CodeLensParams) -> list[types.CodeLens]:
        """Return the lines above examples and formulas."""
        file = self._file(params)
        return [] if file is None else lenses_of(lenses(file, self.lang))

    def format(self, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
        """Return the layout of `pfscore fmt`; of a text that cannot be read, nothing."""
        from lsprotocol import types

        if (file := self._file(params)) is None:
            return []
        try:
            after = format_yaml(file.text, name=str(file.path))
        except InputError as error:
            if error.code == "PF110":
                self._server.window_show_message(
                    types.ShowMessageParams(types.MessageType.Error, error.render(self.lang))
                )
            return []
        places = Places(file.text, self._codec)
        return [types.TextEdit(places.range(0, len(file.text)), after)] if after != file.text else []

    def _file(self, params: _AboutText) -> OpenFile | None:
        watched = self._open.get(params.text_document.uri)
        return None if watched is None else watched.file

    @property
    def _codec(self) -> PositionCodec:
        return self._server.workspace.position_codec

    # What a keystroke begins.

    async def _look(self, uri: str, file: OpenFile, is_stale: Event) -> None:
        """Publish errors at once, and the rest later unless the file was edited before."""
        await asyncio.sleep(_AT_ONCE)
        reading = file.reading
        self._tell(uri, file)
        if not reading.family:
            return
        await asyncio.sleep(_LATER)
        self._checks += 1
        loop = asyncio.get_running_loop()
        if await loop.run_in_executor(self._pool, _check, file, reading, is_stale):
            self._tell(uri, file)
            self._refresh_lenses()
            await self._tidy()

    async def _tidy(self) -> None:
        """Give back what checks have left in memory, once nobody types; at the latest after some checks."""
        if self._checks < _UNTIDY:
            await asyncio.sleep(_IDLE)
        gc.collect()
        self._checks = 0

    def _tell(self, uri: str, file: OpenFile) -> None:
        version = self._server.workspace.get_text_document(uri).version
        self._publish(uri, list(self._shown(file.problems(), file)), version)

    def _shown(self, problems: Iterable[Diagnostic], file: OpenFile) -> Iterator[types.Diagnostic]:
        return diagnostics_of(problems, file.path, file.parent_place, self._codec, self.lang)

    def _refresh_lenses(self) -> None:
        workspace = self._server.client_capabilities.workspace
        if workspace is not None and workspace.code_lens is not None and workspace.code_lens.refresh_support:
            self._server.workspace_code_lens_refresh(None)

    def _publish(self, uri: str, found: Sequence[types.Diagnostic], version: int | None = None) -> None:
        from lsprotocol import types

        self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))


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
