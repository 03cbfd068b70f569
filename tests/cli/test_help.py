"""The command line as a whole: help, and wrong usage."""

from __future__ import annotations

import pytest

from pfscore.cli.main import COMMANDS
from tests.cli.running import run, run_apart


class TestTheWhole:
    def test_help_names_every_command(self) -> None:
        code, text = run("--help")
        assert code == 0
        assert [name for name in COMMANDS if f"\n    {name} " not in text] == []

    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_has_help(self, command: str) -> None:
        code, text = run(command, "--help")
        assert (code, text.startswith(f"usage: pfscore {command} ")) == (0, True)

    @pytest.mark.parametrize("arguments", [[], ["scor", "form.json"]])
    def test_no_command(self, arguments: list[str]) -> None:
        code, out, err = run_apart(*arguments)
        assert (code, out) == (2, "")
        assert "用法不对 · wrong usage" in err
