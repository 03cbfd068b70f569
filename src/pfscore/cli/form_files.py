"""The files of a command that takes folders: every file below a folder that may hold a form."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pfscore.foundation.diagnostics import Diagnostic

#: A file with a suffix that no form has: below a folder it is passed over, where it is named it is reported.
_OTHER_KIND = "PF109"


def files_below(paths: Iterable[str], *, leave: Iterable[str] = ()) -> Iterator[str]:
    """Yield the paths, and for a folder the files below it, sorted by name; `leave` are files that are no input.

    Hidden files and folders, and the locks that office programs put beside an open file, are passed over.
    """
    left = {os.path.realpath(path) for path in leave}
    for path in paths:
        if Path(path).is_dir():
            yield from (str(found) for found in _below(Path(path)) if os.path.realpath(found) not in left)
        else:
            yield path


def is_other_kind(problems: Iterable[Diagnostic]) -> bool:
    """Return whether a file was not read because its kind is none that forms come in."""
    return {problem.code for problem in problems} == {_OTHER_KIND}


def _below(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _below(entry)
        elif entry.is_file():
            yield entry
