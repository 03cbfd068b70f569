"""The command line as a whole: its version, and Ctrl-C."""

from __future__ import annotations

import signal
import subprocess

import pytest

import pfscore
from pfscore.cli.commands import rulesets
from tests.cli.running import INTERRUPTIBLE, run, run_apart


def test_version() -> None:
    assert run("--version") == (0, f"pfscore {pfscore.__version__}\n")
    assert pfscore.__version__[0].isdigit()


def test_a_command_that_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(rulesets, "run", interrupted)
    assert run_apart("rulesets") == (130, "", "\n已中断 · interrupted\n")


@pytest.mark.usefixtures("installed")
def test_the_signal() -> None:
    with subprocess.Popen(
        [*INTERRUPTIBLE, "parse", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b'{"target": "1"}\n')
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err.decode()) == (130, "\n已中断 · interrupted\n")
