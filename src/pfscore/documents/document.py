"""The one seam through which every ruleset and every form enters: YAML or JSON in, text values with places out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Literal

from pfscore.documents.json_reader import json_marks, read_json
from pfscore.documents.positions import MAX_DEPTH, Data, Marks, Place, place_tree, too_deep
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.numbers import MAX_DIGITS
from pfscore.foundation.source import MAX_BYTES, Source, opened, read_source, source_from_bytes
from pfscore.foundation.text import Message

Syntax = Literal["yaml", "json"]

_SYNTAXES: dict[str, Syntax] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
#: The longest line of a .jsonl file, in bytes.
MAX_LINE_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Document:
    """What one file says, and where it says it.

    `data` is made of `dict`, `list`, `str` and `None` alone. Every scalar is the text that the author wrote: `0.10`
    stays `"0.10"`, `否` stays `"否"`, `true` stays `"true"`. An empty plain scalar, `null` and `~` are `None`.

    `lines_before` is not 0 where the text is one line of a larger file.

    >>> document = document_from_text("a.yaml", "points: 0.10\\nname: 预算执行率\\n", syntax="yaml")
    >>> document.data
    {'points': '0.10', 'name': '预算执行率'}
    >>> document.span(["name"]).where()
    'a.yaml:2:7'
    """

    source: Source
    data: Data
    syntax: Syntax
    lines_before: int = 0
    _marks: Marks | None = field(default=None, repr=False, compare=False)

    def span(self, path: Sequence[str | int], *, key: bool = False) -> Span:
        """Return where the value at `path` stands (or, with `key`, the last key of the path).

        Where the path does not exist, the nearest place around it.

        >>> document = document_from_text("a.json", '{"rules": [{"id": "x"}]}', syntax="json")
        >>> document.span(["rules", 0, "id"]).column, document.span(["rules", 0, "id"], key=True).column
        (19, 13)
        >>> document.span(["rules", 0, "points"]).column
        12
        """
        span = self._tree.find(path, key=key).span(self.source)
        return replace(span, line=span.line + self.lines_before) if self.lines_before else span

    @cached_property
    def _tree(self) -> Place:
        return place_tree(self.data, self._marks or json_marks(self.source))

    def __getstate__(self) -> dict[str, object]:
        """Leave the places out of a pickle; they are made of the marks again when asked for."""
        return {key: value for key, value in self.__dict__.items() if key != "_tree"}


def read_document(path: str | Path, *, allow_bom: bool = False) -> Document:
    """Read a `.yaml`, `.yml` or `.json` file.

    Raises:
        InputError: PF1xx; `diagnostics` holds every problem of the file that could be found.
    """
    path = Path(path)
    syntax = _SYNTAXES.get(path.suffix.lower())
    if syntax is None and os.path.isfile(path):  # noqa: PTH113  (Path.is_file raises for some names)
        raise InputError.of(unknown_suffix(path))
    return _document(read_source(path, allow_bom=allow_bom), syntax or "json")


def document_from_text(name: str, text: str, *, syntax: Syntax) -> Document:
    """Read `text` as :func:`read_document` reads a file; `name` is what diagnostics show as the file.

    Raises:
        InputError: PF1xx, as for a file.
    """
    return document_of_bytes(name, text.encode("utf-8", "surrogatepass"), syntax=syntax)


def document_of_bytes(name: str, data: bytes, *, syntax: Syntax) -> Document:
    """Read the bytes of a file as :func:`read_document` does; `name` is what diagnostics show as the file.

    Raises:
        InputError: PF1xx, as for a file.
    """
    return _document(source_from_bytes(name, data), syntax)


def plain_data(value: Any, *, depth: int = 0) -> Any:
    """Return the mappings and sequences of Python as `dict` and `list`, and what stands in them as it is.

    Raises:
        InputError: PF111 where they are nested more deeply than a file may be, or hold themselves.

    >>> plain_data({"indicators": ({"points": 10},)})
    {'indicators': [{'points': 10}]}
    """
    if depth > MAX_DEPTH:
        raise InputError.of(too_deep(Source("data", ""), 0))
    if isinstance(value, Mapping):
        return {key: plain_data(one, depth=depth + 1) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(one, depth=depth + 1) for one in value]
    return value


def document_from_data(data: Mapping[str, Any]) -> Document:
    """Read plain data of Python as :func:`read_document` reads a file; diagnostics show it as JSON text.

    Integers, `Decimal`, fractions and dates stand for their text.

    Raises:
        InputError: PF205 for a float, which has lost its text, PF204 for what no file can hold.

    >>> document_from_data({"points": Decimal("0.10"), "met": True}).data
    {'points': '0.10', 'met': 'true'}
    """
    text = json.dumps(_texts(plain_data(data)), ensure_ascii=False, indent=1)
    return document_from_text("data", text, syntax="json")


def _texts(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {str(key): _texts(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_texts(one) for one in value]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal) and abs(value.adjusted()) <= MAX_DIGITS:
        return f"{value:f}"
    if isinstance(value, date) or (isinstance(value, int | Fraction) and abs(value) < 10**MAX_DIGITS):
        return str(value)
    if isinstance(value, float):
        message = Message(f"浮点数 {value} 已经丢失原来的写法", f"the float {value} has lost what was written")
        raise InputError.of(Diagnostic("PF205", message, Message('写成文字，如 "0.8"', 'write text, such as "0.8"')))
    kind = type(value).__name__
    message = Message(f"规则集里不能有这样的 {kind}", f"a ruleset cannot hold such a {kind}")
    raise InputError.of(Diagnostic("PF204", message))


def read_json_lines(path: str | Path) -> Iterator[Document | InputError]:
    """Read a `.jsonl` file, one JSON value on each line, in constant memory.

    Each line that holds something gives either its document or, where it is broken, its own error; a broken line
    does not stop the rest. Lines are numbered as in the file. Empty lines are passed over.

    Raises:
        InputError: PF101, PF102 or PF108, at the first step, where the file cannot be opened.
    """
    with opened(path) as stream:
        yield from json_lines(str(path), stream)


def json_lines(name: str, stream: BinaryIO, *, every: bool = False) -> Iterator[Document | InputError]:
    """Read JSON lines from an open binary stream, such as standard input, as :func:`read_json_lines` does.

    Blank lines are passed over; where `every` line is to be answered, each is an error (PF104).

    >>> import io
    >>> one, two = json_lines("-", io.BytesIO(b'{"target": "26"}\\n{"target": 26,}\\n'))
    >>> one.data, two.code
    ({'target': '26'}, 'PF120')
    """
    for number, line in enumerate(lines_of(stream), 1):
        if line is None:
            yield InputError.of(long_line(name, number))
        elif every and not line.strip():
            message = Message("这一行是空的", "the line is blank")
            yield InputError.of(Diagnostic("PF104", message, None, Span(name, number)))
        elif line.strip():
            try:
                source = source_from_bytes(name, line.rstrip(b"\r\n"), allow_bom=number == 1)
                yield Document(source, read_json(source), "json", number - 1)
            except InputError as error:
                yield InputError(_moved(problem, number - 1) for problem in error.diagnostics)


def lines_of(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of a stream, and `None` for each that is longer than `MAX_LINE_BYTES`.

    Nothing is read behind a line that does not end within `MAX_BYTES`, as one of /dev/zero.
    """
    while line := stream.readline(MAX_LINE_BYTES + 1):
        if len(line) <= MAX_LINE_BYTES:
            yield line
            continue
        yield None
        length = len(line)
        while not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES)
            length += len(line)
            if not line or length > MAX_BYTES:
                return


def _document(source: Source, syntax: Syntax) -> Document:
    if syntax == "json":
        return Document(source, read_json(source), syntax)
    from pfscore.documents.yaml.reader import read_yaml

    data, marks = read_yaml(source)
    return Document(source, data, syntax, _marks=marks)


def _moved(problem: Diagnostic, lines: int) -> Diagnostic:
    def move(span: Span) -> Span:
        return replace(span, line=max(1, span.line) + lines)

    related = tuple((note, move(span)) for note, span in problem.related)
    return replace(problem, span=move(problem.span) if problem.span else None, related=related)


def unknown_suffix(path: Path) -> Diagnostic:
    """Return that a file is of a kind that is not read (PF109)."""
    suffix = path.suffix
    shown_zh, shown_en = (
        (f"“{suffix}” 文件", f"{suffix!r} files") if suffix else ("没有后缀的文件", "files without a suffix")
    )
    hint = Message(
        "可读 .yaml、.yml、.json；自评表还可以是 .xlsx、.docx、.pdf、.csv 等",
        "read are .yaml, .yml and .json, and for forms .xlsx, .docx, .pdf, .csv and the like",
    )
    return Diagnostic(
        "PF109",
        Message(f"不读 {shown_zh}：“{path}”", f"{shown_en} are not read: '{path}'"),
        hint,
        Span(str(path)),
    )


def long_line(name: str, number: int) -> Diagnostic:
    """Return what is wrong with a line that is too long."""
    limit = MAX_LINE_BYTES // 1024 // 1024
    message = Message(f"第 {number} 行超过 {limit} MB", f"line {number} is longer than {limit} MB")
    return Diagnostic("PF105", message, None, Span(name, number, 1))
