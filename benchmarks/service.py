"""Load `pfscore serve` on the loopback for some minutes: loss, time of answers, growth of memory, a clean stop.

    python benchmarks/service.py [--seconds 120] [--clients 6] [--workers 2] [--write]

Linux alone, as memory is read from /proc. With `--write` the figures go into benchmarks/service.md.
"""

from __future__ import annotations

import argparse
import http.client
import json
import platform
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime
from os import cpu_count
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "benchmarks" / "service.md"
SC = "ruleset=cn-sc/project&on=2023-12-31"
ROW = json.dumps({"target": "≥5人", "actual": "4人", "points": "10"})
FORMS = json.loads((ROOT / "examples" / "luzhou-2023.json").read_text(encoding="utf-8"))
CHECKED = (ROOT / "rulesets" / "cn-sc" / "project.yaml").read_bytes()
#: What a client asks in turn, and how many results a whole answer has.
REQUESTS = {
    "score, 1 row": (f"/v1/score?{SC}", ROW.encode()),
    "score, 100 rows": (f"/v1/score?{SC}", f"[{','.join([ROW] * 100)}]".encode()),
    "rows, 1,000 lines": (f"/v1/rows?{SC}", "\n".join([ROW] * 1000).encode()),
    "sheets": (f"/v1/sheets?{SC}", json.dumps(FORMS[0]).encode()),
    "audit, 7 forms": (f"/v1/audit?{SC}", json.dumps(FORMS).encode()),
    "check, a ruleset": ("/v1/check", CHECKED),
}
WHOLE = {"score, 1 row": 1, "score, 100 rows": 100, "rows, 1,000 lines": 1000}


def results(name: str, data: bytes) -> int | None:
    """Return how many results an answer has, where that is known before."""
    if name not in WHOLE:
        return None
    found = data.splitlines() if name.startswith("rows") else json.loads(data)
    return len(found) if isinstance(found, list) else 1


class Load:
    """The clients of one run, and what they saw."""

    def __init__(self, port: int, until: float) -> None:
        self.port, self.until = port, until
        self.took: dict[str, list[float]] = defaultdict(list)
        self.wrong: Counter[str] = Counter()

    def client(self, first: int) -> None:
        """Ask one thing after the other over one connection."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        names = list(REQUESTS)
        number = first
        while time.monotonic() < self.until:
            name = names[number % len(names)]
            number += 1
            path, body = REQUESTS[name]
            began = time.monotonic()
            try:
                connection.request("POST", path, body, {"Content-Type": "application/json"})
                answer = connection.getresponse()
                data = answer.read()
            except OSError as error:
                self.wrong[f"{name}: {type(error).__name__}"] += 1
                connection.close()
                continue
            self.took[name].append(time.monotonic() - began)
            if answer.status != 200 or results(name, data) != WHOLE.get(name):
                self.wrong[f"{name}: {answer.status}"] += 1
        connection.close()

    def watch(self) -> None:
        """Ask for /health all the while."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        while time.monotonic() < self.until:
            began = time.monotonic()
            connection.request("GET", "/health")
            connection.getresponse().read()
            self.took["/health meanwhile"].append(time.monotonic() - began)
            time.sleep(0.05)
        connection.close()


def memory(pid: int) -> int:
    """Return the megabytes that a process and those that it started hold."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text(encoding="utf-8"))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return (int(found[1]) // 1024 if found else 0) + sum(memory(int(child)) for child in children)


def run(options: argparse.Namespace) -> list[str]:
    """Return the lines of the figures."""
    command = [sys.executable, "-m", "pfscore", "serve", "--port", "0", "--no-open", "--workers", str(options.workers)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert server.stdout is not None
    port = int(server.stdout.readline().split()[0].rstrip("/").rsplit(":", 1)[1])
    began = time.monotonic()
    load = Load(port, began + options.seconds)
    threads = [threading.Thread(target=load.client, args=(number,)) for number in range(options.clients)]
    threads.append(threading.Thread(target=load.watch))
    for thread in threads:
        thread.start()
    held = []
    while time.monotonic() < load.until:
        time.sleep(min(5, max(0, load.until - time.monotonic())))
        held.append(memory(server.pid))
    for thread in threads:
        thread.join()
    server.send_signal(signal.SIGTERM)
    stopping = time.monotonic()
    code = server.wait(60)
    stopped = time.monotonic() - stopping
    lines = [
        f"{datetime.now(UTC).date()}, Python {platform.python_version()}, {platform.machine()}, {cpu_count()} cores, "
        f"{options.workers} processes, {options.clients} clients, {options.seconds} s",
        f"{'':<22}{'requests':>9}{'median ms':>11}{'p99 ms':>9}{'most ms':>9}",
    ]
    for name, took in load.took.items():
        took.sort()
        median, p99, most = (round(took[min(len(took) - 1, len(took) * part // 100)] * 1000) for part in (50, 99, 100))
        lines.append(f"{name:<22}{len(took):>9,}{median:>11,}{p99:>9,}{most:>9,}")
    answered = sum(len(took) for took in load.took.values())
    lost = sum(load.wrong.values())
    half = held[len(held) // 2]
    lines += [
        f"lost or wrong: {lost} of {answered:,}{' ' + str(dict(load.wrong)) if lost else ''}",
        f"memory of all processes: {held[1]} MB after 10 s, {half} MB halfway, {held[-1]} MB at the end",
        f"SIGTERM: exit {code} after {round(stopped * 1000)} ms",
    ]
    return lines


def main() -> None:
    """Print the figures, and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    text = "\n".join(run(options))
    print(text)
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(
            re.sub(r"```text\n.*?```", lambda _: f"```text\n{text}\n```", page, flags=re.DOTALL), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
