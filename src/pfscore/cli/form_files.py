"""The files of a command that takes folders: every file below a folder that may hold a form."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pfscore.foundation.diagnostics import Diagnostic

#: A file with a suffix that no form has: below a folder it is passed over, where it is named it is reported.
_OTHER_KIND = "PF109"


def files_below(paths: Iterable[str], *, leave: Iterable[str] = ()) -> Iterator[str]:
    """Yield the paths, and for a folder the files below it, sorted by name.

    `leave` are files and folders that are no input. Hidden ones, and the locks that office programs put beside an open
    file, are passed over.
    """
    left = {os.path.realpath(path) for path in leave}
    for path in paths:
        if Path(path).is_dir():
            yield from map(str, _below(Path(path), left))
        else:
            yield path


def is_other_kind(problems: Iterable[Diagnostic]) -> bool:
    """Return whether a file was not read because its kind is none that forms come in."""
    return {problem.code for problem in problems} == {_OTHER_KIND}


def _below(folder: Path, left: set[str]) -> Iterator[Path]:
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if entry.name.startswith((".", "~$")) or os.path.realpath(entry) in left:
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _below(entry, left)
        elif entry.is_file():
            yield entry
