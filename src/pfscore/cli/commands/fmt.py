"""`pfscore fmt`: ruleset files in one order and spacing, with their comments."""

from __future__ import annotations

import argparse
import difflib
from pathlib import Path

from pfscore.cli.output import EXIT_DONE, EXIT_PROBLEMS, add_language, report_error, write_text
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError, PfscoreError
from pfscore.foundation.source import read_source
from pfscore.foundation.text import Message
from pfscore.rulesets.writing.formatter import format_yaml

_SUFFIXES = (".yaml", ".yml")


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
            code = max(code, _lay_out(path, options))
        except PfscoreError as error:
            code = max(code, report_error(error, options.lang))
    return code


def _lay_out(path: Path, options: argparse.Namespace) -> int:
    """Lay out one file, or tell that it would change."""
    if path.suffix.lower() not in _SUFFIXES and path.is_file():
        raise InputError.of(_no_yaml(path))
    before = read_source(path).text
    after = format_yaml(before, name=str(path))
    if before == after:
        return EXIT_DONE
    if options.diff:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
        print("".join(difflib.unified_diff(old, new, str(path), str(path))), end="")
    else:
        print(path)
    if options.check or options.diff:
        return EXIT_PROBLEMS
    write_text(path, after)
    return EXIT_DONE


def _no_yaml(path: Path) -> Diagnostic:
    """Refuse other files: JSON that was compiled is not the author's text, and would no longer be what was compiled."""
    message = Message("只排 .yaml、.yml 文件", "only .yaml and .yml files are laid out")
    hint = Message("编译的 JSON 由 pfscore compile 重写", "`pfscore compile` writes compiled JSON anew")
    return Diagnostic("PF109", message, hint if path.suffix.lower() == ".json" else None, Span(str(path)))


def _files(names: list[str]) -> list[Path]:
    found: list[Path] = []
    for name in names:
        path = Path(name)
        found += sorted(one for one in path.rglob("*") if one.suffix.lower() in _SUFFIXES) if path.is_dir() else [path]
    return found
