"""Run the command line within the process, as a shell would."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

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


#: The command line in a process that hears Ctrl-C, which what a shell starts in the background does not.
INTERRUPTIBLE = (
    sys.executable,
    "-c",
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from pfscore.cli.main import main; sys.exit(main())",
)


def run_apart(*arguments: str) -> tuple[int, str, str]:
    """Return the exit code, and what was printed to each of the two streams."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 1
    return code, out.getvalue(), err.getvalue()


def run_at_terminal(folder: Path, lines: Sequence[str], *arguments: str, terminal: bool = True) -> tuple[int, str, str]:
    """Run a command in a folder, as at a terminal; return its exit code, what the person saw, and its standard output.

    The person types the lines at once: the terminal keeps them. Its echo is off, so that only what is said is seen.
    Without a `terminal`, the input is empty, and no terminal.
    """
    import pty
    import termios

    master, slave = pty.openpty()
    mode = termios.tcgetattr(slave)
    mode[3] &= ~termios.ECHO
    termios.tcsetattr(slave, termios.TCSANOW, mode)
    os.write(master, "".join(lines).encode())
    process = subprocess.Popen(
        [sys.executable, "-m", "pfscore", *arguments],
        cwd=folder,
        stdin=slave if terminal else subprocess.DEVNULL,
        stderr=slave,
        stdout=subprocess.PIPE,
    )
    os.close(slave)
    seen = b""
    while True:
        try:
            block = os.read(master, 4096)
        except OSError:  # nobody has the other end any more
            break
        if not block:
            break
        seen += block
    os.close(master)
    assert process.stdout is not None
    out = process.stdout.read().decode()
    process.stdout.close()
    return process.wait(60), seen.decode().replace("\r\n", "\n"), out
