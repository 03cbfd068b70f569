"""What all commands share: exit codes, JSON, diagnostics on the error stream, choosing forms."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pfscore.forms.form import Form
from pfscore.forms.reader import iter_forms
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError, NotFoundError, PfscoreError
from pfscore.foundation.text import Lang, Message, shorten

EXIT_DONE = 0
EXIT_PROBLEMS = 1
EXIT_USAGE = 2
#: How many forms of a file are listed.
_MAX_TITLES = 10


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add `--lang`."""
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="输出语言 · language (zh)")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="只输出 JSON · JSON alone")


def print_json(data: Any) -> None:
    """Print JSON for machines that people can read, too."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


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


def exit_code(error: PfscoreError) -> int:
    """Return 2 for what could not be read at all or does not exist, 1 for problems in what was read."""
    unreadable = isinstance(error, NotFoundError) or any(one.code.startswith("PF1") for one in error.diagnostics)
    misused = isinstance(error, InputError) and error.code in _USAGE
    return EXIT_USAGE if unreadable or misused else EXIT_PROBLEMS


def forms_of(path: str, choice: str | None) -> Iterator[Form]:
    """Yield the forms of a file, or those that `choice` means: a number from 1, or a part of title or project."""
    if choice is None:
        yield from iter_forms(path)
        return
    titles = []
    found = False
    for number, form in enumerate(iter_forms(path), 1):
        titles.append(form.title)
        is_number = choice.isascii() and choice.isdigit()
        if choice == str(number) if is_number else choice in f"{form.title} {form.project or ''}":
            found = True
            yield form
    if not found:
        raise InputError.of(_no_such_form(path, choice, titles))


def _no_such_form(path: str, choice: str, titles: Sequence[str]) -> Diagnostic:
    listed = "、".join(f"{number}《{shorten(title)}》" for number, title in enumerate(titles[:_MAX_TITLES], 1))
    rest = "……" if len(titles) > _MAX_TITLES else ""
    hint = Message(
        f"有 {len(titles)} 张表：{listed}{rest}；写序号，或标题的一部分",
        f"it has {len(titles)}: {listed}{rest}; give a number, or a part of a title",
    )
    message = Message(f"文件里没有 “{shorten(choice)}” 这张表", f"the file has no form {shorten(choice)!r}")
    return Diagnostic("PF507", message, hint, Span(path))


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
