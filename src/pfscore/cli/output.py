"""What all commands share: exit codes, JSON, diagnostics on the error stream, writing files."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from textwrap import indent
from typing import Any, BinaryIO

from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError, NotFoundError, PfscoreError
from pfscore.foundation.text import Lang, Message

EXIT_DONE = 0
EXIT_PROBLEMS = 1
EXIT_USAGE = 2
#: Where a file is named, this means standard output.
STANDARD_OUTPUT = "-"
#: As a shell has it: 128 and the number of the signal.
EXIT_INTERRUPTED = 130


def add_search(parser: argparse.ArgumentParser) -> None:
    """Add the folders in which rulesets are found by their ids."""
    parser.add_argument(
        "--rulesets",
        dest="search",
        metavar="DIR",
        action="append",
        default=[],
        help="还在这个文件夹里按代号找规则集，可写几次 · also find rulesets by id in this folder",
    )


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add `--lang`."""
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="输出语言 · language (zh)")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="只输出 JSON · JSON alone")


def standard_input() -> BinaryIO:
    """Return the bytes of standard input.

    Raises:
        InputError: PF108 where there is none.
    """
    if sys.stdin is None:
        raise InputError.of(Diagnostic("PF108", Message("没有标准输入", "there is no standard input")))
    stream = getattr(sys.stdin, "buffer", None)
    return io.BytesIO(sys.stdin.read().encode()) if stream is None else stream


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """Return the type of an argument that is a whole number within bounds."""

    def read(text: str) -> int:
        if not text.isdecimal() or not text.isascii() or not low <= int(text[: len(str(high)) + 1]) <= high:
            raise argparse.ArgumentTypeError(f"写 {low} 到 {high} · from {low} to {high}")
        return int(text)

    return read


def add_force(parser: argparse.ArgumentParser) -> None:
    """Add `--force`."""
    parser.add_argument(
        "--force", action="store_true", help="可以覆盖这条命令所读的文件 · a file that is read may be overwritten"
    )


def print_json(data: Any) -> None:
    """Print JSON for machines that people can read, too."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


class JsonList:
    """A list that is printed as its members come; a single one stands alone, unless it `is_list`."""

    def __init__(self, *, is_list: bool = False) -> None:
        self._is_list = is_list
        self._first: list[Any] = []
        self._is_open = False

    def add(self, member: Any) -> None:
        """Print one more member; the first one of an unknown number waits for the second."""
        if not self._is_list and not self._first:
            self._first.append(member)
            return
        for one in (*self._first, member) if not self._is_list else (member,):
            text = json.dumps(one, ensure_ascii=False, indent=2)
            print(",\n" if self._is_open else "[\n", indent(text, "  "), sep="", end="", flush=True)
            self._is_open = True
        self._is_list = True

    def end(self) -> None:
        """Print what is left."""
        if self._is_open:
            print("\n]")
        else:
            print_json(self._first[0] if self._first and not self._is_list else [])


def report_error(error: PfscoreError, lang: Lang) -> int:
    """Print an error's diagnostics on the error stream; return the exit code that fits."""
    report(error.diagnostics, lang)
    return exit_code(error)


def report(diagnostics: Iterable[Diagnostic], lang: Lang) -> None:
    """Print diagnostics on the error stream."""
    for diagnostic in diagnostics:
        print(diagnostic.render(lang), file=sys.stderr)


#: What is wrong with the arguments of a command: a date, the choice of a form, no ruleset and no year for one.
_USAGE = {"PF206", "PF507", "PF526", "PF527"}


#: A file that was read, and holds no form.
_READ = {"PF168"}


def exit_code(error: PfscoreError) -> int:
    """Return 2 for what could not be read at all or does not exist, 1 for problems in what was read."""
    of_files = [one for one in error.diagnostics if one.code.startswith("PF1") and one.code not in _READ]
    unreadable = isinstance(error, NotFoundError) or of_files
    misused = isinstance(error, InputError) and error.code in _USAGE
    return EXIT_USAGE if unreadable or misused else EXIT_PROBLEMS


class Progress:
    """A counter on the error stream: shown on a terminal, silent in a pipe."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._count = 0
        self._shown = sys.stderr.isatty()

    def step(self) -> None:
        """Count one more."""
        self._count += 1
        if self._shown and self._count % 10 == 0:
            print(f"\r{self._label} {self._count}", end="", file=sys.stderr, flush=True)

    def done(self) -> None:
        """Clear the line."""
        if self._shown and self._count >= 10:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def write_text(
    path: str | Path, text: str, *, inputs: Iterable[str | Path] = (), force: bool = False, replace: bool = True
) -> None:
    """Write `text` as UTF-8 with plain line ends; `-` is standard output. See :func:`write_bytes`."""
    if path == STANDARD_OUTPUT:
        print(text, end="")
        return
    write_bytes(path, text.encode(), inputs=inputs, force=force, replace=replace)


def write_bytes(
    path: str | Path, data: bytes, *, inputs: Iterable[str | Path] = (), force: bool = False, replace: bool = True
) -> None:
    """Write `data`: the file is the old one or the new one, never half of it.

    The data goes to a file beside the target, which then takes its place, with its mode and its owner where that is
    allowed. A symbolic link stays, and what it leads to is replaced; of hard links, only the one that is named gets
    the new data. What is no regular file, such as a pipe, is written to as it is. No folder is made: where there is
    none, its name is more likely mistyped than meant. Without `force`, none of `inputs` is overwritten, and without
    `replace` no file at all.

    Raises:
        InputError: PF108 where the file cannot be written, PF151 where it is left alone.
    """
    target = Path(os.path.realpath(path))
    if path == STANDARD_OUTPUT:
        raise no_standard_output()
    if not force:
        if not replace and target.exists():
            raise _left_alone(path, Message("已经存在", "exists"), Message("先移走它", "move it away first"))
        if any(_is_same(target, one) for one in inputs):
            why = Message("是这条命令所读的文件", "is read by this command")
            raise _left_alone(path, why, Message("加 --force 覆盖它", "give --force to overwrite it"))
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        why_not = error.strerror or str(error)
        message = Message(f"无法写入：{why_not}", f"cannot write: {why_not}")
        raise InputError.of(Diagnostic("PF108", message, None, Span(str(path)))) from None


def check_different(paths: Iterable[str | Path]) -> None:
    """Raise where two of the files that a command is to write are one, and what is written first would be lost.

    Raises:
        InputError: PF151, before any of them is written.
    """
    seen: set[str] = set()
    for path in paths:
        if path != STANDARD_OUTPUT and (target := os.path.realpath(path)) in seen:
            message = Message(f"“{path}” 要写两样内容，没有改动", f"'{path}' is to be written twice and was left alone")
            hint = Message("各写一个文件名", "give each a name of its own")
            raise InputError.of(Diagnostic("PF151", message, hint, Span(str(path))))
        seen.add(target if path != STANDARD_OUTPUT else STANDARD_OUTPUT)


def no_standard_output() -> InputError:
    """Return the error for a file of bytes, such as a workbook, that should go to standard output."""
    message = Message("工作簿不写到标准输出", "a workbook is not written to standard output")
    hint = Message("写一个文件名，如 out.xlsx", "give it a file name, such as out.xlsx")
    return InputError.of(Diagnostic("PF108", message, hint))


def _left_alone(path: str | Path, why: Message, remedy: Message) -> InputError:
    message = Message(f"“{path}” {why.zh}，没有改动", f"'{path}' {why.en} and was left alone")
    hint = Message(f"换一个文件名，或{remedy.zh}", f"choose another name, or {remedy.en}")
    return InputError.of(Diagnostic("PF151", message, hint, Span(str(path))))


def _is_same(target: Path, other: str | Path) -> bool:
    try:
        return target.samefile(other)
    except (OSError, ValueError):  # one of them does not exist, or is no path
        return False


def _replace(target: Path, data: bytes) -> None:
    """Put a new file in the place of `target`, once all of it is on the disk."""
    old = target.stat() if target.exists() else None
    if old is not None:
        with target.open("r+b"):  # refused for a folder, and for a file that is not to be written
            pass
    # A name of its own: that of the target may be as long as names can be.
    handle, name = tempfile.mkstemp(prefix=".pfscore.", suffix=".tmp", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            if old is None:
                beside.chmod(0o666 & ~_umask())
            else:
                with suppress(PermissionError):
                    os.chown(beside, old.st_uid, old.st_gid)
                beside.chmod(old.st_mode & 0o7777)
            os.fsync(stream.fileno())
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    with suppress(OSError):  # not every file system can do this; the old file or the new one is there in any case
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
