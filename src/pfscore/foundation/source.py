"""Files as text with positions: read safely, refused by name, located by line and column."""

from __future__ import annotations

import io
import os
import select
import stat
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import IO, BinaryIO, cast

from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Message

#: The largest file that is read whole, in bytes.
MAX_BYTES = 64 * 1024 * 1024
#: How many seconds a named pipe may take until something is written to it.
_WAIT = 10


#: What text is given as: a path, the text itself, its bytes, or an open stream of either.
Given = str | Path | bytes | IO[str] | IO[bytes]


def stream_of(given: Given) -> tuple[str, BinaryIO] | None:
    """Return the text that is given as a stream of bytes, with its name in diagnostics; `None` where a path is given.

    A `str` is a text where it has a line break or is in braces or brackets, as JSON is; otherwise it is a path.

    >>> stream_of("form.json") is None, stream_of('{"title": "表"}')[0]
    (True, 'text')
    """
    match given:
        case Path():
            return None
        case bytes() | bytearray() | memoryview():
            return "bytes", io.BytesIO(given)
        case str():
            stripped = given.strip()
            is_json = (stripped[:1], stripped[-1:]) in {("{", "}"), ("[", "]")}
            encoded = given.encode("utf-8", "surrogatepass") if is_json or "\n" in given else None
            return None if encoded is None else ("text", io.BytesIO(encoded))
    if not hasattr(given, "read"):
        raise TypeError(f"a path, text, bytes or a stream, not {type(given).__name__}")
    name = getattr(given, "name", None)
    read: Callable[[int], str | bytes] = given.read
    start = read(0)
    if isinstance(start, bytes):
        return name if isinstance(name, str) else "stream", cast("BinaryIO", given)
    encoded = str(read(MAX_BYTES + 1)).encode("utf-8", "surrogatepass")
    return name if isinstance(name, str) else "stream", io.BytesIO(encoded)


@dataclass(frozen=True)
class Source:
    """A named text; `name` is what a diagnostic shows as the file."""

    name: str
    text: str

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        """The offset at which each line starts; only a place that is asked for needs it."""
        return (0, *accumulate(len(line) + 1 for line in self.text.split("\n")[:-1]))

    def line(self, number: int) -> str:
        """Return line `number` (from 1) without its line end."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r")

    def span(self, line: int, column: int, length: int = 1) -> Span:
        """Return the span at 1-based `line` and `column`, with the author's line in it."""
        return Span(self.name, line, column, length, self.line(line))

    def span_at(self, offset: int, length: int = 1) -> Span:
        """Return the span that starts at character `offset`."""
        line = bisect_right(self._starts, offset)
        return self.span(line, offset - self._starts[line - 1] + 1, length)


def read_source(path: str | Path, *, allow_bom: bool = False) -> Source:
    """Read a UTF-8 text file.

    A byte-order mark is refused unless `allow_bom`, as spreadsheets put one into CSV files.

    Raises:
        InputError: PF101 missing, PF102 a directory, PF103 not UTF-8, PF104 empty, PF105 too large, PF106 NUL,
            PF107 byte-order mark, PF108 not readable.
    """
    return source_from_bytes(str(path), file_bytes(path), allow_bom=allow_bom)


def file_bytes(path: str | Path) -> bytes:
    """Return what a file holds.

    Raises:
        InputError: PF101 missing, PF102 a directory, PF105 too large, PF108 not readable.
    """
    with opened(path) as stream:
        try:
            data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise InputError.of(unreadable(Path(path), error)) from None
    _refuse_large(str(path), data)
    return data


def opened(path: str | Path) -> BinaryIO:
    """Open a file for reading; a named pipe is waited for a while.

    Raises:
        InputError: PF101 missing, PF102 a directory, PF108 not readable, or a pipe that nobody writes to.
    """
    path = Path(path)
    try:
        return _written_pipe(path) if stat.S_ISFIFO(path.stat().st_mode) else path.open("rb")
    except (OSError, ValueError) as error:
        raise InputError.of(unreadable(path, error)) from None


def _written_pipe(path: Path) -> BinaryIO:
    """Open a named pipe, once something is written to it: to open one that nobody writes to would never end.

    Raises:
        TimeoutError: where nobody writes in time.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    events = select.poll()
    events.register(descriptor, select.POLLIN | select.POLLHUP)
    if not events.poll(_WAIT * 1000):
        os.close(descriptor)
        raise TimeoutError(0, "nobody writes to it")
    os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "rb")


def _refuse_large(name: str, data: bytes) -> None:
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        message = Message(f"文件超过 {limit} MB", f"the file is larger than {limit} MB")
        raise InputError.of(Diagnostic("PF105", message, None, Span(name)))


def unreadable(path: Path, error: OSError | ValueError) -> Diagnostic:
    """Return why `path` could not be opened: PF101 missing, PF102 a directory, PF108 anything else."""
    name = str(path)
    if isinstance(error, FileNotFoundError):
        message = Message(f"找不到文件 “{name}”", f"no such file: {name!r}")
        return Diagnostic("PF101", message, None, Span(name))
    if os.path.isdir(path):  # noqa: PTH112  (Path.is_dir raises for some of the names that bring us here)
        message = Message(f"“{name}” 是文件夹，不是文件", f"{name!r} is a directory, not a file")
        return Diagnostic("PF102", message, Message("请写出文件夹里的文件名", "name the files inside it"), Span(name))
    why = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return Diagnostic("PF108", Message(f"无法读取 “{name}”：{why}", f"cannot read {name!r}: {why}"), None, Span(name))


def encoding_of(data: bytes) -> str | None:
    """Return in which encoding the bytes of a text are; `None` where :func:`as_utf8` knows none.

    >>> [encoding_of("≥5人".encode(name)) for name in ("utf-8", "gbk", "utf-16")]
    ['UTF-8', 'GB18030', 'UTF-16']
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding.upper()
    return None


def as_utf8(data: bytes) -> bytes:
    """Return the bytes of a text in UTF-8: people also have UTF-16 and, in China, GB18030; other bytes stay.

    >>> as_utf8("≥5人".encode("gb18030")).decode()
    '≥5人'
    """
    encoding = encoding_of(data)
    return data if encoding is None else data.decode(encoding, errors="replace").encode()


def _probable_encoding(data: bytes) -> str:
    """Return in what encoding a text that is not UTF-8 probably is.

    >>> _probable_encoding("≥5人".encode("utf-16")), _probable_encoding("≥5人".encode("gbk"))
    ('UTF-16', 'GBK')
    """
    return "UTF-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in data[:64] else "GBK"


def source_from_bytes(name: str, data: bytes, *, allow_bom: bool = False) -> Source:
    """Decode `data` as :func:`read_source` does."""

    def refuse(code: str, message: Message, hint: Message | None, span: Span) -> InputError:
        return InputError.of(Diagnostic(code, message, hint, span))

    _refuse_large(name, data)
    if not data.strip():
        raise refuse("PF104", Message("文件是空的", "the file is empty"), None, Span(name))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode()
        raise refuse(
            "PF103",
            Message(
                f"不是 UTF-8 编码：有字节 0x{data[error.start]:02X}",
                f"this is not UTF-8: there is a byte 0x{data[error.start]:02X}",
            ),
            Message(
                f"多半是 {(probably := _probable_encoding(data))}；请用编辑器另存为 UTF-8",
                f"it is probably {probably}; save it as UTF-8 in your editor",
            ),
            Span(name, line, len(before) + 1),
        ) from None
    if text.startswith("\ufeff"):
        if not allow_bom:
            raise refuse(
                "PF107",
                Message("文件以字节顺序标记（BOM）开头", "the file starts with a byte-order mark (BOM)"),
                Message("请另存为“UTF-8（无 BOM）”", "save it as UTF-8 without BOM"),
                Span(name, 1, 1),
            )
        text = text[1:]
    source = Source(name, text)
    if "\x00" in text:
        raise refuse(
            "PF106",
            Message("文件里有空字符（NUL）", "the file contains a NUL character"),
            None,
            source.span_at(text.index("\x00")),
        )
    return source
