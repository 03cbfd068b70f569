"""Rows in bulk: one row a line in, one result a line out, in order and in constant memory; no row stops the others."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TextIO

from pfscore.cli.output import EXIT_DONE, EXIT_PROBLEMS, Progress, report, standard_input
from pfscore.documents.document import lines_of, long_line
from pfscore.forms.column_words import LEVELS
from pfscore.forms.files.csv_forms import HEADERS
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import opened
from pfscore.foundation.text import Lang, Message
from pfscore.scoring.row_lines import Item, scored_line
from pfscore.scoring.rules import Rules

#: How many rows a process gets at once.
_CHUNK = 500


class Job(NamedTuple):
    """What to do with every row."""

    rules: Rules
    lang: Lang
    explain: bool


class Answer(NamedTuple):
    """The lines for some rows, what was wrong with those that could not be read, and whether any was refused."""

    text: str
    problems: tuple[Diagnostic, ...]
    refused: bool


def score_rows(job: Job, source: str, *, jobs: int = 1, output: str | None = None, resume: bool = False) -> int:
    """Score the rows of a file, or of standard input (`-`), and return the exit code."""
    code, progress = EXIT_DONE, Progress(Message("已评分", "scored").text(job.lang))
    with ExitStack() as stack:
        items = _items(source, stack)
        out = sys.stdout if output is None else stack.enter_context(_opened(output, source, resume=resume))
        done = _lines_in(output) if output is not None and resume else 0
        numbered = islice(enumerate(items, 1), done, None)
        size = 1 if jobs == 1 else _CHUNK
        for answer in _answers(job, _chunks(numbered, size), jobs, stack):
            out.write(answer.text)
            out.flush()
            if answer.problems:
                report(answer.problems, job.lang)
            if answer.problems or answer.refused:
                code = EXIT_PROBLEMS
            for _ in range(size):
                progress.step()
    progress.done()
    return code


# ── reading ──
def _items(source: str, stack: ExitStack) -> Iterator[Item]:
    stream = standard_input() if source == "-" else stack.enter_context(_bytes_of(source))
    if not source.lower().endswith(".csv"):
        return _lines(source, stream)
    text = stack.enter_context(io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline=""))
    return _csv_rows(source, text)


def _bytes_of(source: str) -> BinaryIO:
    path = Path(source)
    if path.suffix.lower() not in {".jsonl", ".csv"}:
        message = Message(
            f"成行的文件是 .jsonl 或 .csv，不是 “{path.name}”", f"rows are .jsonl or .csv, not {path.name!r}"
        )
        raise InputError.of(Diagnostic("PF109", message, None, Span(source)))
    return opened(path)


def _lines(source: str, stream: BinaryIO) -> Iterator[Item]:
    for number, line in enumerate(lines_of(stream)):
        if line is None:
            yield long_line(source, number + 1)
        elif not line.isspace():
            yield line if number else line.removeprefix(b"\xef\xbb\xbf")


def _csv_rows(source: str, stream: TextIO) -> Iterator[Item]:
    """Yield the rows of a CSV file by the keys of their columns; a header that is not known is a key of the caller."""
    reader = csv.reader(stream, strict=True)
    header = [("".join(name.split()), name) for name in next(reader, [])]
    keys = [HEADERS.get(plain) or name for plain, name in header]
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield _bad_line(source, reader.line_num, f"CSV 写法有误：{error}", f"bad CSV: {error}")
            continue
        if row is None:
            return
        if len(row) > len(keys):
            yield _bad_line(source, reader.line_num, "这一行的格比表头多", "the row has more cells than the header")
        elif any(row):
            cells: dict[str, Any] = {key: cell for key, cell in zip(keys, row, strict=False) if key}
            path = [cells.pop(level) for level in LEVELS if cells.get(level)]
            yield {**cells, "path": path} if path else cells


def _bad_line(source: str, number: int, zh: str, en: str) -> Diagnostic:
    return Diagnostic("PF508", Message(zh, en), None, Span(source, line=number))


# ── scoring ──
def _scored(job: Job, chunk: Iterable[tuple[int, Item]]) -> Answer:
    lines, problems, refused = [], [], False
    for number, item in chunk:
        found = scored_line(job.rules, item, number, job.lang, explain=job.explain)
        problems += [] if found.problem is None else [found.problem]
        refused = refused or found.is_refused
        lines.append(json.dumps(found.data, ensure_ascii=False, default=str))
    return Answer("\n".join([*lines, ""]), tuple(problems), refused)


def _chunks(items: Iterator[tuple[int, Item]], size: int) -> Iterator[list[tuple[int, Item]]]:
    while chunk := list(islice(items, size)):
        yield chunk


#: What a process of its own does; it holds one job.
_jobs: list[Job] = []


def _start(job: Job) -> None:
    """Keep the job of a process, which leaves it to the first process to be interrupted."""
    _jobs[:] = [job]
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _scored_apart(chunk: list[tuple[int, Item]]) -> Answer:
    return _scored(_jobs[0], chunk)


def _answers(job: Job, chunks: Iterator[list[tuple[int, Item]]], jobs: int, stack: ExitStack) -> Iterator[Answer]:
    """Yield the answers in order; no more chunks are read than the processes are busy with."""
    if jobs == 1:
        for chunk in chunks:
            yield _scored(job, chunk)
        return
    # What the first rows teach about words and formulas, processes that are copies of this one know already.
    for chunk in islice(chunks, 1):
        yield _scored(job, chunk)
    executor = ProcessPoolExecutor(jobs, initializer=_start, initargs=(job,))
    stack.callback(executor.shutdown, cancel_futures=True)
    waiting: deque[Future[Answer]] = deque()
    for chunk in chunks:
        waiting.append(executor.submit(_scored_apart, chunk))
        if len(waiting) > 2 * jobs:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


# ── writing ──
def _opened(output: str, source: str, *, resume: bool) -> Any:
    path = Path(output)
    if source != "-" and path.exists() and path.samefile(source):
        message = Message("结果不能写进读取的文件", "results cannot go into the file that is read")
        raise InputError.of(Diagnostic("PF151", message, None, Span(output)))
    if resume and path.exists():
        _cut_to_whole_lines(path)
    return path.open("a" if resume else "w", encoding="utf-8", newline="\n")


def _cut_to_whole_lines(path: Path) -> None:
    """Drop a last line that was not written to its end."""
    with path.open("rb+") as file:
        end = file.seek(0, os.SEEK_END)
        while end:
            start = max(0, end - 65536)
            file.seek(start)
            at = file.read(end - start).rfind(b"\n")
            if at >= 0:
                end = start + at + 1
                break
            end = start
        file.truncate(end)


def _lines_in(output: str) -> int:
    with Path(output).open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
