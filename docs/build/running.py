"""Run the blocks of one page, in order, in one folder and one namespace, and return what they print.

- `pycon`: a session; what follows `>>>` lines is compared.
- `python`: a program; a `text` block right behind it is its output.
- `console`: lines that start with `$ ` are commands; what follows is their output, as a terminal shows it.
- `bash` with a `text` block right behind it: the last command of the line, without `.venv/bin/`; that is its output.
- `json`, `yaml`: must be well formed; with `title="name"` the block becomes that file for the commands that follow.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import os
import shlex
import subprocess
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blocks import Block, blocks_of, follows

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
_SHOWN = ("examples", "rulesets", "grammar")
_SECONDS = 60
#: What a shell reads in a command; a command without it is run within this process, which starts no Python anew.
_OF_THE_SHELL = frozenset("|&;<>()$`*?[]{}~#!=\n")


class ExampleError(Exception):
    """An example that does not run, with its line in the page."""


class Session:
    """One page being run in `folder`, where the project's examples and rulesets can be seen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.namespace: dict[str, Any] = {"__name__": "__main__"}
        for name in _SHOWN:
            (folder / name).symlink_to(ROOT / name)

    def outputs(self, page: str) -> Iterator[tuple[Block, str]]:
        """Yield every block that shows output, with the body that it should have."""
        blocks = blocks_of(page)
        for number, block in enumerate(blocks):
            after = blocks[number + 1] if number + 1 < len(blocks) else None
            shown = after if after and after.language == "text" and follows(page, block, after) else None
            try:
                yield from self._run(block, shown)
            except Exception as error:
                raise ExampleError(f"line {block.line}: {type(error).__name__}: {error}") from error

    def _run(self, block: Block, shown: Block | None) -> Iterator[tuple[Block, str]]:
        if block.language == "pycon":
            yield block, self._session(block.body)
        elif block.language == "python":
            output = self._program(block.body)
            if shown:
                yield shown, output
        elif block.language == "console":
            yield block, self._console(block.body)
        elif block.language == "bash" and shown:
            command = block.body.strip().rsplit("&& ", 1)[-1].removeprefix(".venv/bin/")
            yield shown, self._command(command)
        elif block.language in {"json", "yaml"}:
            self._file(block)

    def _program(self, source: str) -> str:
        code = compile(source, "<page>", "exec")
        with self._inside() as printed:
            exec(code, self.namespace)
        return printed.getvalue()

    def _session(self, body: str) -> str:
        """Run a session statement by statement, and write each one's output below it."""
        lines: list[str] = []
        for example in doctest.DocTestParser().get_examples(body):
            first, *more = example.source.rstrip("\n").split("\n")
            lines += [f">>> {first}", *(f"... {line}".rstrip() for line in more)]
            output = self._statement(example.source, fails=example.exc_msg is not None)
            lines += output.rstrip("\n").split("\n") if output else []
        return "".join(f"{line}\n" for line in lines)

    def _statement(self, source: str, *, fails: bool) -> str:
        """Run one statement; an error is shown only where the page already shows one."""
        with self._inside() as printed:
            try:
                exec(compile(source, "<page>", "single"), self.namespace)
            except Exception as error:
                if not fails:
                    raise
                head = "Traceback (most recent call last):\n  ...\n"
                return head + "".join(traceback.format_exception_only(error))
        return printed.getvalue()

    def _console(self, body: str) -> str:
        commands = [line for line in body.splitlines() if line.startswith("$ ")]
        return "".join(f"{line}\n{self._command(line[2:])}" for line in commands)

    def _command(self, command: str) -> str:
        """Return what a terminal would show: both streams, in order."""
        if command.startswith("pfscore ") and not _OF_THE_SHELL & set(command):
            output = self._pfscore(*shlex.split(command)[1:])
        else:
            output = self._in_a_shell(command)
        if "Traceback (most recent call last)" in output:
            raise RuntimeError(f"{command}\n{output}")
        return output if not output or output.endswith("\n") else output + "\n"

    def _pfscore(self, *arguments: str) -> str:
        from pfscore.cli import main

        with self._inside() as printed, contextlib.redirect_stderr(printed), contextlib.suppress(SystemExit):
            main(arguments)
        return printed.getvalue()

    def _in_a_shell(self, command: str) -> str:
        environment = {
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            **({"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        }
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_SECONDS,
            check=False,
        )
        return done.stdout.decode("utf-8")

    def _file(self, block: Block) -> None:
        if block.language == "json":
            json.loads(block.body)
        else:
            import yaml

            yaml.compose(block.body)
        if block.title:
            file = self.folder / block.title
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.body, encoding="utf-8")

    @contextlib.contextmanager
    def _inside(self) -> Iterator[io.StringIO]:
        printed = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(printed):
            yield printed
