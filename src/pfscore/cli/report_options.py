"""The options of commands over forms that ask for findings or a report; what makes these is imported when they are."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from pfscore.cli.output import STANDARD_OUTPUT, no_standard_output
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Message

if TYPE_CHECKING:
    from pfscore.auditing.run import Wanted

_OUTPUTS = ("html", "xlsx", "markdown", "annotate")
_TEXTS = frozenset({"html", "markdown"})


def add_outputs(parser: argparse.ArgumentParser) -> None:
    """Add the options that ask for a report."""
    parser.add_argument(
        "--html", metavar="OUT.html", help="写成一个网页，- 是标准输出 · write one page; - is standard output"
    )
    parser.add_argument("--xlsx", metavar="OUT.xlsx", help="写成工作簿，每张表一行 · write a workbook, a line a form")
    parser.add_argument(
        "--markdown",
        metavar="OUT.md",
        help="写成 Markdown，贴进报告，- 是标准输出 · write Markdown; - is standard output",
    )
    parser.add_argument(
        "--annotate",
        metavar="OUT.xlsx|FOLDER",
        help="把得分、差异、依据、说明写在原表旁，另存 · write scores beside the form in a copy of the workbook",
    )


def outputs_of(options: argparse.Namespace) -> dict[str, str]:
    """Return the paths that are asked for, by option; `-` is standard output, for one text.

    Raises:
        InputError: PF108 where a workbook, or more than one report, should go to standard output.
    """
    found = {name: path for name in _OUTPUTS if (path := getattr(options, name)) is not None}
    printed = [name for name, path in found.items() if path == STANDARD_OUTPUT]
    if not _TEXTS.issuperset(printed):
        raise no_standard_output()
    if len(printed) > 1:
        message = Message("两份报告都要写到标准输出", "two reports should go to standard output")
        hint = Message("一份写 -，另一份写文件名", "give `-` to one, and a file name to the other")
        raise InputError.of(Diagnostic("PF108", message, hint))
    return found


@contextmanager
def printing_only_the_report(options: argparse.Namespace) -> Iterator[None]:
    """Print nothing in this context where standard output is for the report."""
    if STANDARD_OUTPUT not in outputs_of(options).values():
        yield
        return
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        yield


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add `--select`, `--ignore` and `--accepted`."""
    parser.add_argument(
        "--select",
        metavar="CODES",
        action="append",
        default=[],
        help="只报告这些代码，如 PF72,PF701 · only these codes",
    )
    parser.add_argument(
        "--ignore", metavar="CODES", action="append", default=[], help="不报告这些代码 · not these codes"
    )
    parser.add_argument("--accepted", metavar="FILE", help="已接受的发现，不再报告 · findings that were accepted")


def wanted_findings(options: argparse.Namespace) -> Wanted:
    """Return what the options ask for.

    Raises:
        NotFoundError: PF190 for a code that does not exist.
        InputError: where the file of accepted findings cannot be read.
    """
    from pfscore.auditing.finding import read_accepted
    from pfscore.auditing.run import Wanted

    accepted = frozenset() if options.accepted is None else read_accepted(options.accepted)
    return Wanted(_codes(options.select), _codes(options.ignore), accepted)


def _codes(given: list[str]) -> list[str]:
    return [code.strip().upper() for text in given for code in text.split(",") if code.strip()]
