"""Bounds on what a PDF may ask of pdfminer: how much its streams inflate to, and how much of them is drawn.

Neither the library nor the file bounds them: a stream of a kilobyte inflates to a gigabyte, and a form can be drawn a
thousand times within one that is drawn a thousand times.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock, get_ident
from typing import Any

#: The most that all streams inflate to, in bytes; pictures are not inflated.
MAX_INFLATED = 64 * 1024 * 1024
#: The most bytes of drawing: on one page, in any file, and for each byte of a larger file.
MAX_PAGE, MAX_DRAWN, MAX_DRAWN_PER_BYTE = 768 * 1024, 1024 * 1024, 20
#: The most of a stream that is packed in a way that cannot be unpacked in parts.
_MAX_OTHERWISE = 32 * 1024
_FLATE, _OTHERWISE = {"FlateDecode", "Fl"}, {"LZWDecode", "LZW", "RunLengthDecode", "RL"}
_LOCK = RLock()


class TooMuch(Exception):
    """A PDF asks for more than it may."""


@contextmanager
def bounded(size: int) -> Iterator[None]:
    """Let pdfminer, in this context and this thread, do no more than a file of `size` bytes may ask for.

    Raises:
        TooMuch: at once, wherever the bound is met.
    """
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfminer.pdftypes import PDFStream, stream_value
    from pdfplumber import page

    inflated, drawn, drawn_on_page, owner = 0, 0, 0, get_ident()
    decode: Any = PDFStream.decode

    def bounded_decode(stream: Any) -> None:
        nonlocal inflated
        if get_ident() == owner:
            inflated += _inflated_size(stream, MAX_INFLATED - inflated)
        decode(stream)

    class _Interpreter(PDFPageInterpreter):
        """Draws pages, and counts what is drawn, each time that it is drawn."""

        def process_page(self, page_: Any) -> None:
            nonlocal drawn_on_page
            drawn_on_page = 0
            super().process_page(page_)

        def execute(self, streams: Any) -> None:
            nonlocal drawn, drawn_on_page
            count = sum(len(stream_value(stream).get_data()) for stream in streams)
            drawn_on_page += count
            drawn += count
            if drawn_on_page > MAX_PAGE or drawn > max(MAX_DRAWN, MAX_DRAWN_PER_BYTE * size):
                raise TooMuch
            super().execute(streams)

    with _LOCK, _replaced(PDFStream, "decode", bounded_decode), _replaced(page, "PDFPageInterpreter", _Interpreter):
        yield


@contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


def _inflated_size(stream: Any, most: int) -> int:
    """Return what a stream inflates to.

    Raises:
        TooMuch: where that is more than `most`.
    """
    data = stream.rawdata
    if stream.decipher:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    for name, _ in stream.get_filters():
        kind = getattr(name, "name", "")
        if kind in _OTHERWISE and len(data) > _MAX_OTHERWISE:
            raise TooMuch
        if kind not in _FLATE:
            break
        try:
            data = zlib.decompressobj().decompress(data, most + 1)
        except zlib.error:
            break
        if len(data) > most:
            raise TooMuch
    return len(data)
