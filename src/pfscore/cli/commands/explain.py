"""`pfscore explain`: the documentation of a diagnostic or finding."""

from __future__ import annotations

import argparse

from pfscore.cli.output import EXIT_DONE, add_language
from pfscore.foundation.codes import page


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("code", metavar="CODE", help="如 PF301 · such as PF301")
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    print(page(options.code.upper(), options.lang).rstrip())
    return EXIT_DONE
