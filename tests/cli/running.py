"""Run the command line within the process, as a shell would."""

from __future__ import annotations

import contextlib
import io

from pfscore.cli import main


def run(*arguments: str) -> tuple[int, str]:
    """Return the exit code, and all that was printed to either stream, in order."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            code = main(arguments)
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 1
    return code, printed.getvalue()


def run_apart(*arguments: str) -> tuple[int, str, str]:
    """Return the exit code, and what was printed to each of the two streams."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 1
    return code, out.getvalue(), err.getvalue()
