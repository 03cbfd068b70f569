"""Read forms from files. What is wrong with one row is kept on that row, and the others are read all the same."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, TypeVar, cast

from pfscore.documents.document import (
    MAX_LINE_BYTES,
    Document,
    document_from_text,
    json_lines,
    plain_data,
    read_document,
    read_json_lines,
)
from pfscore.documents.model_errors import Located
from pfscore.documents.positions import Data
from pfscore.forms.files.rows import validated
from pfscore.forms.form import Arguments, BudgetLine, Form, Indicator, Record, Table
from pfscore.foundation.diagnostics import Diagnostic, Severity, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.runtime.resources import LOGGER
from pfscore.foundation.source import (
    MAX_BYTES,
    Given,
    Source,
    as_utf8,
    encoding_of,
    file_bytes,
    read_source,
    source_from_bytes,
    stream_of,
)
from pfscore.foundation.text import Message
from pfscore.office.kinds import SUFFIXES, is_office

_Path = tuple[str | int, ...]
_R = TypeVar("_R", bound=Record)
#: The lists of a form, and what their rows are.
_ROWS: dict[str, type[BudgetLine | Indicator | Table]] = {
    "budget": BudgetLine,
    "indicators": Indicator,
    "tables": Table,
}
#: The suffixes of files that forms are read from.
FORM_SUFFIXES = (*SUFFIXES, ".csv", ".json", ".jsonl", ".yaml", ".yml")
#: What a record cannot be without.
_EMPTY: dict[type[Record], dict[str, Any]] = {Table: {"title": ""}}
#: How many bytes tell what a file holds, whatever its name says.
_HEAD = 65536
_NONE: Mapping[_Path, tuple[Diagnostic, ...]] = MappingProxyType({})


#: What forms are read from: a file by its path, its text, bytes or an open stream, or plain data of Python.
FormSource = Given | Mapping[str, Any]


def load_forms(source: FormSource | Sequence[Mapping[str, Any]], *, libreoffice: bool = False) -> list[Form]:
    """Read every form of a file: `.json`, `.jsonl`, `.yaml`, `.csv`, or an office file.

    Office files are `.xlsx`, `.docx`, `.ods` and `.odt`, and with extras `.xls`, `.html` and `.pdf`. Their tables are
    recognised by the words of their headers; each value keeps its place in `places`, and what was not read stands in
    `unread`. With `libreoffice`, an old document (`.doc`) is converted by it where it is installed, within two minutes.

    In place of a path, `source` may be the text itself (a `str` with a line break, or in braces or brackets), its
    bytes, an open stream, or what JSON would give: a mapping for a form, or a list of them. The numbers of such plain
    data are exact: integers, `Decimal` or text.

    A row or a form with problems is kept, with them in `problems`; it is not scored, and the others are.

    Raises:
        InputError: where the file as a whole cannot be read (PF1xx), or holds no form (PF168, PF505).

    >>> [form.title for form in load_forms("表名,指标名称,指标值,完成值\\n甲,人数,≥5人,6人\\n乙,面积,≥5亩,6亩\\n")]
    ['甲', '乙']
    """
    return list(iter_forms(source, libreoffice=libreoffice))


def load_form(source: FormSource, *, libreoffice: bool = False) -> Form:
    """Read the one form that a file holds; see :func:`load_forms`.

    Raises:
        InputError: as :func:`load_forms`, and PF537 where the file holds several forms.

    >>> form = load_form({"title": "表", "indicators": [{"name": "人数", "target": "≥5人", "points": 10}]})
    >>> form.title, form.indicators[0].target, form.indicators[0].points
    ('表', '≥5人', '10')
    """
    forms = list(islice(iter_forms(source, libreoffice=libreoffice), 2))
    if len(forms) == 1:
        return forms[0]
    message = Message("文件里有几张表", "the file holds several forms")
    hint = Message("用 load_forms 读出全部", "load_forms reads all of them")
    raise InputError.of(Diagnostic("PF537", message, hint, forms[-1].head()))


def iter_forms(source: FormSource | Sequence[Mapping[str, Any]], *, libreoffice: bool = False) -> Iterator[Form]:
    """Yield the forms of a file one after the other, as :func:`load_forms` does."""
    for form in _iter_forms(source, libreoffice=libreoffice):
        LOGGER.debug("form read: %r, %d rows, %d problems", form.title, len(form.indicators), len(form.problems))
        yield form


def _iter_forms(source: FormSource | Sequence[Mapping[str, Any]], *, libreoffice: bool) -> Iterator[Form]:
    if isinstance(source, Mapping | list | tuple):
        yield from forms_of(plain_data(source), Arguments())
    elif (given := stream_of(cast("Given", source))) is not None:
        yield from read_stream(*given, libreoffice=libreoffice)
    else:
        yield from _forms_of_file(Path(cast("str | Path", source)), libreoffice=libreoffice)


def is_office_file(path: str | Path) -> bool:
    """Return whether a file is read as an office file: by its content, and where that tells nothing by its name.

    A CSV file that is a form as it is printed is read as one.
    """
    suffix, head = Path(path).suffix.lower(), _head(Path(path))
    return _holds_office(suffix, head) or (bool(head) and _is_table(suffix, head) and holds_tables(file_bytes(path)))


def holds_tables(data: bytes) -> bool:
    """Return whether bytes are an office file, or a CSV file that is a form as it is printed."""
    if is_office(data):
        return True
    text = as_utf8(data).decode("utf-8", errors="replace").removeprefix("\ufeff")
    return not _begins_json(data) and _YAML.match(text) is None and _is_grid(Source("", text))


def _is_table(suffix: str, head: bytes) -> bool:
    """Return whether a file that is no office file is CSV."""
    return not _begins_json(head) and (suffix == ".csv" or (suffix in FORM_SUFFIXES and _is_csv(head)))


def _holds_office(suffix: str, head: bytes) -> bool:
    if suffix not in FORM_SUFFIXES:
        return False
    return is_office(head) or (suffix in SUFFIXES and not (_begins_json(head) or _is_csv(head)))


def _head(path: Path) -> bytes:
    """Return the first lines of a file, and nothing of one that cannot be read twice, or not at all."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except (OSError, ValueError):
        return b""
    return head if len(head) < _HEAD else head[: head.rfind(b"\n") + 1] or head


def encoding_note(path: str | Path) -> Diagnostic | None:
    """Return that a table of text is read in another encoding than UTF-8, where it is."""
    return _encoding_note(str(path), _head(Path(path)))


def _encoding_note(name: str, head: bytes) -> Diagnostic | None:
    encoding = None if is_office(head) or _begins_json(head) else encoding_of(head)
    if encoding in {None, "UTF-8"} or not _is_csv(head):
        return None
    message = Message(f"按 {encoding} 读这个文件", f"the file is read as {encoding}")
    return Diagnostic("PF103", message, None, Span(name), severity=Severity.NOTE)


def _begins_json(head: bytes) -> bool:
    return head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in {b"{", b"["}


def _is_csv(head: bytes) -> bool:
    from pfscore.forms.files.csv_forms import is_csv

    text = as_utf8(head).decode("utf-8", errors="replace")
    return _YAML.match(text) is None and is_csv(Source("", text))


def _is_grid(source: Source) -> bool:
    from pfscore.forms.files.csv_forms import is_grid

    return is_grid(source)


def _forms_of_file(path: Path, *, libreoffice: bool) -> Iterator[Form]:
    suffix, head = path.suffix.lower(), _head(path)
    if _holds_office(suffix, head):
        yield from _recognised(str(path), file_bytes(path), libreoffice=libreoffice)
    elif suffix in SUFFIXES or (suffix == ".csv" and _begins_json(head)):
        with path.open("rb") as stream:
            yield from read_stream(str(path), stream)
    elif suffix == ".jsonl":
        found = False
        for form in _lines(read_json_lines(path)):
            found = True
            yield form
        if not found:
            read_source(path)  # says that the file is empty
    elif _is_table(suffix, head):
        data = file_bytes(path)
        source = source_from_bytes(str(path), as_utf8(data), allow_bom=True)
        yield from _recognised(str(path), data) if _is_grid(source) else _table(source)
    else:
        document = read_document(path, allow_bom=True)
        yield from forms_of(document.data, document)


def read_stream(
    name: str, stream: BinaryIO, *, libreoffice: bool = False, note: Callable[[Diagnostic], None] | None = None
) -> Iterator[Form]:
    """Yield the forms of an open binary stream, such as standard input: JSON lines, JSON, YAML or CSV, as it begins.

    Where its first line is JSON by itself, forms are read line by line, in constant memory. What is no JSON may be
    UTF-16 or GB18030, as CSV files are; `note` is called where a table is.

    Raises:
        InputError: as :func:`load_forms`.

    >>> import io
    >>> [form.title for form in read_stream("-", io.BytesIO("表名,指标名称,指标值\\n甲,人数,≥5人\\n".encode()))]
    ['甲']
    """
    begun = _Begun(stream)
    if begun.is_json_lines():
        yield from _lines(json_lines(name, cast("BinaryIO", begun)))
        return
    data = b"".join(begun.lines) + stream.read(MAX_BYTES + 1)
    if is_office(data):
        yield from _recognised(name, data, libreoffice=libreoffice)
        return
    is_json = data.lstrip()[:1] in {b"{", b"["}
    if note is not None and (said := _encoding_note(name, data)) is not None:
        note(said)
    source = source_from_bytes(name, data if is_json else as_utf8(data), allow_bom=True)
    text = source.text.lstrip()
    if text[:1] in {"{", "["}:
        document = document_from_text(name, source.text, syntax="json")
        yield from forms_of(document.data, document)
    elif _YAML.match(text):
        document = document_from_text(name, source.text, syntax="yaml")
        yield from forms_of(document.data, document)
    elif _is_grid(source):
        yield from _recognised(name, data)
    else:
        yield from _table(source)


def _recognised(name: str, data: bytes, *, libreoffice: bool = False) -> Iterator[Form]:
    # Recognising tables costs 50 ms to import, which only a reader of office files should pay.
    from pfscore.forms.files.csv_grid import tables_of
    from pfscore.forms.recognition.recognise import office_document

    office = office_document(tables_of(data, name, libreoffice=libreoffice), name)
    yield from forms_of(_one_or_all(office.data), office)


#: How YAML begins: a comment, a list, a document or a key.
_YAML = re.compile(r"#|---|- |[^\s,:：]+:(\s|$)")


class _Begun:
    """A stream whose first line with content has been read, and is given out again."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.lines = [stream.readline(MAX_LINE_BYTES + 1)]
        while self.lines[-1] and not self.lines[-1].strip():
            self.lines.append(stream.readline(MAX_LINE_BYTES + 1))

    def is_json_lines(self) -> bool:
        """Return whether the first line is a JSON value by itself."""
        try:
            return isinstance(json.loads(self.lines[-1].decode("utf-8-sig")), dict | list)
        except (ValueError, RecursionError):
            return False

    def readline(self, size: int) -> bytes:
        """Return the next line, at most `size` bytes of it."""
        return self.lines.pop(0) if self.lines else self._stream.readline(size)


def _lines(lines: Iterable[Document | InputError]) -> Iterator[Form]:
    """Yield the forms of JSON lines; a broken line gives one that stands for it."""
    for line in lines:
        if isinstance(line, InputError):
            yield _broken(line.diagnostics)
        else:
            yield from _whole(line)


def _table(source: Source) -> Iterator[Form]:
    from pfscore.forms.files.csv_forms import csv_forms

    table = csv_forms(source)
    yield from forms_of(table.data, table, table.faults)


def _one_or_all(forms: list[Data]) -> Data:
    """Return the only form by itself, as a file of one form does."""
    return forms[0] if len(forms) == 1 else forms


def _whole(line: Document) -> Iterator[Form]:
    """Yield the forms of one line; a line that holds none does not stop those after it."""
    try:
        yield from forms_of(line.data, line)
    except InputError as error:
        yield _broken(error.diagnostics)


def _broken(problems: tuple[Diagnostic, ...]) -> Form:
    """Return an empty form for one that cannot be read, with its problems."""
    return Form().with_problems(problems)


def forms_of(data: Data, document: Located, faults: Mapping[_Path, tuple[Diagnostic, ...]] = _NONE) -> Iterator[Form]:
    """Yield the forms that a document holds: one object, or a list of them.

    `faults` is what is known to be wrong with a row or a form, by its path.
    """
    if isinstance(data, list) and data:
        for index, one in enumerate(data):
            yield _Reader(document, faults).form(one, (index,))
    elif isinstance(data, dict):
        yield _Reader(document, faults).form(data, ())
    else:
        message = Message("文件里没有表", "the file holds no form")
        hint = Message("应是一张表（一个对象），或几张表的列表", "expected one form (an object) or a list of forms")
        raise InputError.of(Diagnostic("PF505", message, hint, document.span(())))


class _Reader:
    """Builds forms from the plain data of one document, keeping each problem with what it belongs to."""

    def __init__(self, document: Located, faults: Mapping[_Path, tuple[Diagnostic, ...]]) -> None:
        self._document, self._faults = document, faults

    def form(self, data: Any, base: _Path) -> Form:
        """Build one form."""
        if not isinstance(data, dict):
            return _broken((self._shape(base, "这里应是一张表（一个对象）", "expected a form (an object)"),))
        if data.keys() >= {"rules", "jurisdiction"} and not data.keys() & _ROWS.keys():
            return _broken((self._a_ruleset(base),))
        problems = list(self._faults.get(base, ()))
        records: dict[str, tuple[Any, ...]] = {}
        for key, model in _ROWS.items():
            rows = data.get(key)
            if isinstance(rows, list):
                records[key] = tuple(self._record(model, row, (*base, key, index)) for index, row in enumerate(rows))
            elif rows is not None:
                problems.append(self._shape((*base, key), f"“{key}” 应当是列表", f"{key!r} should be a list"))
        head, found = validated(
            Form, {key: cell for key, cell in data.items() if key not in _ROWS}, self._document, base
        )
        problems += found
        problems += (problem for table in records.get("tables", ()) for problem in table.problems)
        if not problems and not any(records.values()):
            message = Message("表里没有指标，也没有预算", "the form has no indicators and no budget")
            hint = Message("指标写在 indicators 里，预算写在 budget 里", "they stand under `indicators` and `budget`")
            problems.append(Diagnostic("PF502", message, hint, _edge(self._document.span(base))))
        form = head.model_copy(update=records)
        return form.placed(self._document, base).with_problems(tuple(problems))

    def _record(self, model: type[_R], data: Any, path: _Path) -> _R:
        if not isinstance(data, dict):
            shape = self._shape(path, "这一行应是一个对象", "this row should be an object")
            return model.model_construct(**_EMPTY.get(model, {})).with_problems((shape,), frozenset(model.model_fields))
        record, problems = validated(model, data, self._document, path, _EMPTY.get(model))
        if isinstance(record, Indicator) and record.target is not None and record.targets is not None:
            message = Message("target 和 targets 都写了，只能写一个", "both `target` and `targets` are given")
            place = self._document.span((*path, "targets"), key=True)
            problems = (*problems, Diagnostic("PF509", message, None, place))
        faults = self._faults.get(path, ())
        # In a row with too many cells nothing is blank: what is not there may stand under another header.
        misread = frozenset(model.model_fields) if any(one.code == "PF508" for one in faults) else record.misread
        return record.with_problems((*faults, *problems), misread)

    def _a_ruleset(self, base: _Path) -> Diagnostic:
        message = Message("这是规则集，不是自评表", "this is a ruleset, not a form")
        hint = Message(
            "用 --ruleset 指明规则集；检查它用 pfscore check", "give it with --ruleset; `pfscore check` checks it"
        )
        return Diagnostic("PF504", message, hint, self._document.span((*base, "rules"), key=True))

    def _shape(self, path: _Path, zh: str, en: str) -> Diagnostic:
        return Diagnostic("PF504", Message(zh, en), None, _edge(self._document.span(path)))


def _edge(span: Span) -> Span:
    """Return where something starts, for what is wrong with the whole of it."""
    return replace(span, length=1)
