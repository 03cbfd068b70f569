"""Hostile files: each is refused, or read by what it holds, within 200 MiB; how long each takes is in benchmarks/."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.office.hostile import HOSTILE

pytest.importorskip("resource", reason="limits of processes are those of Unix")
#: What is said of each; no code means that the file is read.
SAID = {
    "PF104": {"nothing"},
    "PF160": {"workbook, cut off", "PDF, noise behind its head", "old workbook, noise"}
    | {"workbook, 256 MiB declared as 1,000 bytes"},
    "PF162": {name for name in HOSTILE if "entit" in name},
    "PF163": {"PDF, encrypted", "old workbook, encrypted"},
    "PF166": {"60 MiB of noise", "an archive of archives"},
    "PF167": {"old document"},
    "PF161": {
        *("workbook, 256 MiB in a sheet", "workbook, more cells than are read", "workbook, 60 MiB in one text"),
        *("workbook, number formats without end", "workbook, deep XML", "document, 256 MiB"),
        *("document, more cells than are read", "document, 60 MiB in one paragraph"),
        *("OpenDocument sheet, a cell repeated 10^18 times", "page, a cell over 10^18 cells"),
        *("page, spans over everything", "page, 300,000 cells", "page, 60 MiB of text", "page, 2,000,000 tags"),
        *("page, a tag of 50 MiB", "PDF, a page that inflates to 256 MiB", "PDF, 300,000 characters on a page"),
        *("PDF, 20,000 rules on a page", "PDF, 200,000 curves on a page", "PDF, 5,000 pages"),
        *("PDF, a million operators without a page of text", "PDF, forms that draw forms 1,000 times, six deep"),
    },
}
#: Reads one file after the other, with 200 MiB for what is read, and prints what was said.
_READ = """
import json, resource, sys
import pfscore
from pfscore.forms.recognition import recognise
from pfscore.foundation.errors import InputError
for library in ("pdfplumber", "selectolax.lexbor", "xlrd"):
    __import__(library)
pfscore.load_forms(sys.argv[1])
[size] = [int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmSize")]
resource.setrlimit(resource.RLIMIT_AS, ((size + 200 * 1024) * 1024,) * 2)
for path in sys.stdin.read().splitlines():
    try:
        said = len(pfscore.load_forms(path))
    except InputError as error:
        said = error.code
    except BaseException as error:
        said = repr(error)
    print(json.dumps(said), flush=True)
"""


def _expected() -> Iterator[tuple[str, str]]:
    for name in HOSTILE:
        yield name, next((code for code, names in SAID.items() if name in names), "PF165" if "PDF" in name else "PF168")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="what a process holds is told by Linux")
def test_every_hostile_file_is_answered_within_its_memory(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(HOSTILE))]
    for path, build in zip(paths, HOSTILE.values(), strict=True):
        path.write_bytes(build())
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(ROOT / "examples" / "luzhou-2023.xlsx")],
        input="\n".join(map(str, paths)),
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=400,
        check=True,
    )
    assert dict(zip(HOSTILE, map(json.loads, done.stdout.splitlines()), strict=True)) == dict(_expected())
