"""What all commands share: exit codes, JSON, diagnostics on the error stream, choosing forms."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from typing import Any

from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError, NotFoundError, PfscoreError
from pfscore.foundation.text import Lang

EXIT_DONE = 0
EXIT_PROBLEMS = 1
EXIT_USAGE = 2
#: As a shell has it: 128 and the number of the signal.
EXIT_INTERRUPTED = 130


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
