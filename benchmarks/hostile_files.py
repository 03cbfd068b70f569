"""Measure what hostile files cost: each is read by a process of its own, whose time and memory are taken.

    python benchmarks/hostile_files.py [--write] [WORDS…]

Seconds are those of the processor, from the file to the answer, without the start of Python; MiB are the most that the
process held, the interpreter and the libraries included. A process that needs more than 30 seconds is ended.
`--write` puts the figures into README.md; WORDS choose files.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.office.hostile import HOSTILE  # noqa: E402

_LIMIT = 30
_READ = """
import json, sys, time
import pfscore
from pfscore.foundation.errors import InputError
from pfscore.forms.recognition import recognise
for library in ("pdfplumber", "selectolax.lexbor", "xlrd"):
    __import__(library)
start = time.process_time()
try:
    said = f"{len(pfscore.load_forms(sys.argv[1]))} forms"
except InputError as error:
    said = error.code + " " + error.diagnostics[0].message.zh
used = time.process_time() - start
[most] = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(json.dumps([said, used, int(most) / 1024]))
"""


def measured(path: Path) -> tuple[str, float, float]:
    """Return what is said of a file, the seconds and the MiB."""
    command = [sys.executable, "-c", _READ, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_LIMIT)
    except subprocess.TimeoutExpired:
        return "not finished", _LIMIT, 0
    if done.returncode:
        return done.stderr.strip().splitlines()[-1], 0, 0
    said, seconds, mebibytes = json.loads(done.stdout)
    return said, seconds, mebibytes


def main() -> None:
    words = [word for word in sys.argv[1:] if word != "--write"]
    lines = [f"{'':<52}{'seconds':>8}{'MiB':>6}  said"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "表.xlsx"
        for name, build in HOSTILE.items():
            if words and not any(word in name for word in words):
                continue
            path.write_bytes(build())
            said, seconds, mebibytes = measured(path)
            lines.append(f"{name:<52}{seconds:>8.2f}{mebibytes:>6.0f}  {said}")
            print(lines[-1], flush=True)
    if "--write" in sys.argv:
        page = Path(__file__).with_name("README.md")
        head, mark, rest = page.read_text(encoding="utf-8").partition("<!-- hostile files -->\n")
        stamp = f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.machine()}"
        tail = rest.partition("```\n\n")[2] if rest.startswith("```text") else rest
        text = "\n".join(["```text", stamp, *lines, "```", "", ""])
        page.write_text(f"{head}{mark}{text}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
