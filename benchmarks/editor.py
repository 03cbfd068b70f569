"""How soon the language server answers a keystroke: `python benchmarks/editor.py [RULES] [--write]`.

A ruleset of 500 rules by name (that of `rulesets.py`, 11,510 lines) is open, and one types into it over the wire as an
editor does. Measured, by the clock and as work of the thread that answers, is the time from sending a keystroke until
the problems of that text are told, while nothing else runs and while the last text is being checked in the background;
until a list of completions comes that was asked for behind a keystroke; and until all proofs and examples are told.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from statistics import median
from threading import Thread
from time import perf_counter, sleep
from typing import Any

from rulesets import FORMULAS, written

KEYSTROKES = 40


class Editor:
    """One file in an editor that speaks to the server over pipes."""

    def __init__(self, path: Path, text: str) -> None:
        command = [sys.executable, "-m", "pfscore", "lsp"]
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._said: Queue[dict[str, Any]] = Queue()
        Thread(target=self._listen, daemon=True).start()
        self._uri, self._version, self._requests = path.as_uri(), 1, 0
        self.ask("initialize", {"capabilities": {}, "processId": None, "rootUri": None})
        self._tell("initialized", {})
        item = {"uri": self._uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": item})

    def work(self) -> float:
        """Return the seconds that the thread which answers has worked; what others do on the machine does not count."""
        return int(Path(f"/proc/{self._server.pid}/schedstat").read_text("ascii").split()[0]) / 1e9

    def write(self, text: str) -> None:
        """Give the file another text."""
        self._version += 1
        document = {"uri": self._uri, "version": self._version}
        self._tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def told(self, done: Callable[[list[dict[str, Any]]], bool] = lambda _: True) -> list[dict[str, Any]]:
        """Wait until the problems of the last text are told, and return them."""
        while True:
            said = self._said.get(timeout=120)
            params = said.get("params") or {}
            if said.get("method") == "textDocument/publishDiagnostics" and params.get("version") == self._version:
                problems: list[dict[str, Any]] = params["diagnostics"]
                if done(problems):
                    return problems

    def complete(self, line: int, character: int) -> int:
        """Return how many completions there are at a place."""
        position = {"line": line, "character": character}
        found = self.ask("textDocument/completion", {"textDocument": {"uri": self._uri}, "position": position})
        return len(found["items"])

    def ask(self, method: str, params: dict[str, Any] | None) -> Any:
        """Ask, and wait for the answer; what is told meanwhile is dropped."""
        self._requests += 1
        self._tell(method, params, id=self._requests)
        while (said := self._said.get(timeout=120)).get("id") != self._requests:
            pass
        return said["result"]

    def end(self) -> None:
        """End the session."""
        self.ask("shutdown", None)
        self._tell("exit", None)
        self._server.wait(timeout=30)

    def _tell(self, method: str, params: dict[str, Any] | None, **more: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        assert self._server.stdin is not None
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._server.stdin.flush()

    def _listen(self) -> None:
        stream = self._server.stdout
        assert stream is not None
        while line := stream.readline():
            length = int(line.split(b":")[1])
            while stream.readline().strip():
                pass
            self._said.put(json.loads(stream.read(length)))


def measure(rules: int, formula: str) -> list[tuple[str, list[tuple[float, float]]]]:
    """Type into the file and return what each keystroke took: seconds by the clock, and of work."""
    text = written(rules, formula)
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in NAMES}
    place = text.index(f"title: 指标{rules // 2}\n")
    line = text.count("\n", 0, place) + 1
    with tempfile.TemporaryDirectory() as folder:
        editor = Editor(Path(folder) / "big.yaml", text)

        def time(kind: str, text: str, wait: Callable[[], object]) -> None:
            start, worked = perf_counter(), editor.work()
            editor.write(text)
            wait()
            times[kind].append((perf_counter() - start, editor.work() - worked))

        editor.told()
        editor.told()  # the proofs and examples
        for number in range(KEYSTROKES):
            typed = text[:place] + "title: 指" + "标" * number + text[place + len("title: 指") :]
            time("idle", typed, editor.told)
            sleep(0.4)  # the check begins 0.25 s after a keystroke
            time("busy", typed + "# \n", editor.told)
        for _ in range(KEYSTROKES):
            time("completion", text[:place] + "re\n    " + text[place:], lambda: editor.complete(line - 1, 6))
        time("late", text, lambda: (editor.told(), editor.told()))
        editor.end()
    return list(times.items())


NAMES = {
    "idle": "syntax and shape after a keystroke",
    "busy": "the same while the last text is checked",
    "completion": "completion behind a keystroke",
    "late": "proofs and examples after the last one",
}


def main() -> None:
    """Measure both kinds of formulas; with --write, put the figures into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rules", nargs="?", type=int, default=500)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.machine()}",
        " " * 60 + "median     worst      work",
    ]
    for name, formula in FORMULAS.items():
        for kind, found in measure(options.rules, formula):
            clock, work = ([one[part] * 1000 for one in found] for part in (0, 1))
            figures = (f"{number:7,.0f} ms" for number in (median(clock), max(clock), median(work)))
            lines.append(f"{f'{name}: {NAMES[kind]}':<60}{''.join(figures)}")
            print(lines[-1], flush=True)
    if options.write:
        page = Path(__file__).parent / "README.md"
        block = "\n".join(["<!-- editor -->", "```text", *lines, "```"])
        text = re.sub(r"<!-- editor -->\n```text\n.*?```", lambda _: block, page.read_text("utf-8"), flags=re.DOTALL)
        page.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
