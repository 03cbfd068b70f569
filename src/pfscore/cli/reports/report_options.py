"""The options of commands over forms that ask for a report; what writes one is imported only where it is asked for."""

from __future__ import annotations

import argparse

_OUTPUTS = ("html", "xlsx", "markdown", "annotate")


def add_outputs(parser: argparse.ArgumentParser) -> None:
    """Add the options that ask for a report."""
    parser.add_argument("--html", metavar="OUT.html", help="写成一个网页 · write one page")
    parser.add_argument("--xlsx", metavar="OUT.xlsx", help="写成工作簿，每张表一行 · write a workbook, a line a form")
    parser.add_argument("--markdown", metavar="OUT.md", help="写成 Markdown，贴进报告 · write Markdown")
    parser.add_argument(
        "--annotate",
        metavar="OUT.xlsx|FOLDER",
        help="把得分、差异、依据、说明写在原表旁，另存 · write scores beside the form in a copy of the workbook",
    )


def outputs_of(options: argparse.Namespace) -> dict[str, str]:
    """Return the paths that are asked for, by option."""
    return {name: path for name in _OUTPUTS if (path := getattr(options, name)) is not None}
