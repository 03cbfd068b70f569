"""`pfscore parse`: what a cell says, as the machine understands it."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from pfscore.cli.output import EXIT_DONE, EXIT_PROBLEMS, add_json, add_language, print_json, report
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.text import Lang
from pfscore.language.reader import parse_actual, parse_target
from pfscore.language.readings import Reading

HELP = "读一个单元格 · read a cell"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("text", nargs="?", metavar="TEXT", help="单元格的文字 · the text of the cell")
    parser.add_argument("--comparator", metavar="OP", help="指标性质栏 · the comparator cell")
    parser.add_argument("--unit", metavar="U", help="度量单位栏 · the unit cell")
    parser.add_argument("--actual", action="store_true", help="完成值，而不是指标值 · an actual, not a target")
    parser.add_argument("--jsonl", action="store_true", help="从标准输入逐行读 JSON · JSON lines on standard input")
    add_json(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    if options.jsonl:
        for line in sys.stdin:
            if line.strip():
                print(json.dumps(_read_line(line, options.lang), ensure_ascii=False))
        return EXIT_DONE
    if options.text is None:
        options.text = sys.stdin.read().rstrip("\n")
    cells = {"actual" if options.actual else "target": options.text, "unit": options.unit}
    if not options.actual:
        cells["comparator"] = options.comparator
    reading = _read(cells)
    if options.json:
        print_json(_as_json(reading, options.lang))
    elif isinstance(reading, Reading):
        print(_in_words(reading, options.lang))
    else:
        report((reading,), options.lang)
    return EXIT_DONE if isinstance(reading, Reading) else EXIT_PROBLEMS


def _read_line(line: str, lang: Lang) -> dict[str, Any]:
    try:
        cells = json.loads(line, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        cells = None
    known = {"target", "actual", "comparator", "unit"}
    if not isinstance(cells, dict) or ("target" in cells) == ("actual" in cells) or not set(cells) <= known:
        zh = '每行应是 {"target":…,"comparator":…,"unit":…} 或 {"actual":…,"unit":…}'
        en = 'each line should be {"target":…,"comparator":…,"unit":…} or {"actual":…,"unit":…}'
        return {
            "kind": "error",
            "code": "PF504",
            "message": zh if lang == "zh" else en,
            "start": 0,
            "end": len(line.rstrip("\n")),
        }
    return _as_json(_read({key: None if value is None else str(value) for key, value in cells.items()}), lang)


def _read(cells: dict[str, str | None]) -> Reading | Diagnostic:
    try:
        if "actual" in cells:
            return parse_actual(cells["actual"] or "", unit=cells.get("unit"))
        return parse_target(cells["target"] or "", comparator=cells.get("comparator"), unit=cells.get("unit"))
    except ExpressionError as error:
        return error.diagnostics[0]


def _as_json(reading: Reading | Diagnostic, lang: Lang) -> dict[str, Any]:
    if isinstance(reading, Reading):
        return reading.as_json()
    span = reading.span
    start = span.column - 1 if span is not None and span.column else 0
    end = start + span.length if span is not None and span.column else 0
    data = {"kind": "error", "code": reading.code, "message": reading.message.text(lang), "start": start, "end": end}
    if reading.hint is not None:
        data["hint"] = reading.hint.text(lang)
    return data


def _in_words(reading: Reading, lang: Lang) -> str:
    words, canonical = reading.in_words(lang), str(reading)
    that_is = "；即 " if lang == "zh" else "; that is, "
    lines = [words if canonical in words else f"{words}{that_is}{canonical}"]
    lines += [("推定：" if lang == "zh" else "assumed: ") + item.message.text(lang) for item in reading.assumptions]
    return "\n".join(lines)
