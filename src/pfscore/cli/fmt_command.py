"""`pfscore fmt`: ruleset files in one order and spacing, with their comments."""

from __future__ import annotations

import argparse
import difflib
from pathlib import Path

from pfscore.cli.output import EXIT_DONE, EXIT_PROBLEMS, add_language, report_error
from pfscore.cli.writing import write_text
from pfscore.foundation.errors import PfscoreError
from pfscore.foundation.source import read_source
from pfscore.rules.layout import format_yaml

HELP = "把规则集文件排成统一的次序和间距，保留注释 · lay out ruleset files, comments kept"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="规则集文件或文件夹（.yaml） · files or folders")
    parser.add_argument("--check", action="store_true", help="只列出要改的，不改 · only list what would change")
    parser.add_argument("--diff", action="store_true", help="显示怎样改，不改 · show what would change")
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command: 1 where `--check` or `--diff` finds a file to change, or a file cannot be read."""
    code = EXIT_DONE
    for path in _files(options.files):
        try:
            before = read_source(path).text
            after = format_yaml(before, name=str(path))
        except PfscoreError as error:
            code = max(code, report_error(error, options.lang))
            continue
        if before == after:
            continue
        if options.diff:
            lines = difflib.unified_diff(
                before.splitlines(keepends=True), after.splitlines(keepends=True), str(path), str(path)
            )
            print("".join(lines), end="")
        else:
            print(path)
        if options.check or options.diff:
            code = max(code, EXIT_PROBLEMS)
        else:
            write_text(path, after)
    return code


def _files(names: list[str]) -> list[Path]:
    found: list[Path] = []
    for name in names:
        path = Path(name)
        found += sorted(one for one in path.rglob("*") if one.suffix in {".yaml", ".yml"}) if path.is_dir() else [path]
    return found
