"""Which findings a command reports: the options of all commands that audit."""

from __future__ import annotations

import argparse

from pfscore.auditing.finding import read_accepted
from pfscore.auditing.run import Wanted


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
    accepted = frozenset() if options.accepted is None else read_accepted(options.accepted)
    return Wanted(_codes(options.select), _codes(options.ignore), accepted)


def _codes(given: list[str]) -> list[str]:
    return [code.strip().upper() for text in given for code in text.split(",") if code.strip()]
