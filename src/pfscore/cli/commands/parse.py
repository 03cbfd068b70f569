"""`pfscore parse`: what a cell says, as the machine understands it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from pfscore.cells.cell_text import SideName
from pfscore.cells.reader import Step, parse_actual, parse_target, why
from pfscore.cells.readings import Reading
from pfscore.cli.output import EXIT_DONE, EXIT_PROBLEMS, add_json, add_language, print_json, report, standard_input
from pfscore.documents.document import Document, json_lines
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import ExpressionError, InputError
from pfscore.foundation.source import source_from_bytes
from pfscore.foundation.text import Lang, Message


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("text", nargs="?", type=_typed, metavar="TEXT", help="单元格的文字 · the text of the cell")
    parser.add_argument("--comparator", type=_typed, metavar="OP", help="指标性质栏 · the comparator cell")
    parser.add_argument("--unit", type=_typed, metavar="U", help="度量单位栏 · the unit cell")
    parser.add_argument("--actual", action="store_true", help="完成值，而不是指标值 · an actual, not a target")
    parser.add_argument("--jsonl", action="store_true", help="从标准输入逐行读 JSON · JSON lines on standard input")
    parser.add_argument(
        "--why",
        action="store_true",
        help="显示经过的各步和用到的词语规则 · show the passes and the rules of words that took part",
    )
    add_json(parser)
    add_language(parser)
    parser.set_defaults(wrong_usage=parser.error)


def _typed(argument: str) -> str:
    """Return an argument as it was typed, in UTF-8, also where the locale knows only ASCII."""
    try:
        return os.fsencode(argument).decode()
    except UnicodeError:
        return argument


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    if (wrong := _wrong_usage(options)) is not None:
        options.wrong_usage(wrong)
    if options.jsonl:
        return _read_lines(options.lang)
    if options.text is None:
        options.text = source_from_bytes("-", standard_input().read()).text.rstrip("\r\n")
    cells = {"actual" if options.actual else "target": options.text, "unit": options.unit}
    if not options.actual:
        cells["comparator"] = options.comparator
    reading, steps = _explained(cells) if options.why else (_read(cells), ())
    if options.json:
        data = _as_json(reading, options.lang)
        print_json(data | {"why": [_step_as_json(step, options.lang) for step in steps]} if options.why else data)
    else:
        for step in steps:
            print(_step_in_words(step, options.lang))
        if isinstance(reading, Reading):
            print(_in_words(reading, options.lang))
        else:
            report((reading,), options.lang)
    return EXIT_DONE if isinstance(reading, Reading) else EXIT_PROBLEMS


def _wrong_usage(options: argparse.Namespace) -> str | None:
    """Return which arguments do not go together: cells given beside the lines of `--jsonl` would be lost."""
    beside = (options.text is not None, options.actual, options.comparator, options.unit, options.why)
    if options.jsonl and any(beside):
        return "--jsonl 不与 TEXT、--actual、--comparator、--unit、--why 同用 · --jsonl takes no cell of its own"
    if options.actual and options.comparator is not None:
        return "完成值没有计算符号 · an actual has no comparator"
    if options.text is None and not options.jsonl and (sys.stdin is None or sys.stdin.isatty()):
        return "缺 TEXT · TEXT is missing"
    return None


def _read_lines(lang: Lang) -> int:
    """Read cells line by line; each answer goes out at once, so that a program can wait for it."""
    for line in json_lines("-", standard_input(), every=True):
        found = _as_json(line.diagnostics[0], lang) if isinstance(line, InputError) else _read_line(line, lang)
        print(json.dumps(found, ensure_ascii=False), flush=True)
    return EXIT_DONE


def _read_line(line: Document, lang: Lang) -> dict[str, Any]:
    cells = line.data
    known = {"target", "actual", "comparator", "unit"}
    if (
        not isinstance(cells, dict)
        or ("target" in cells) == ("actual" in cells)
        or not known.issuperset(cells)
        or not all(cell is None or isinstance(cell, str) for cell in cells.values())
    ):
        message = Message(
            '每行应是 {"target":…,"comparator":…,"unit":…} 或 {"actual":…,"unit":…}',
            'each line should be {"target":…,"comparator":…,"unit":…} or {"actual":…,"unit":…}',
        )
        end = len(line.source.text)
        return {"kind": "error", "code": "PF504", "message": message.text(lang), "start": 0, "end": end}
    return _as_json(_read({key: cell for key, cell in cells.items() if not isinstance(cell, list | dict)}), lang)


def _read(cells: dict[str, str | None]) -> Reading | Diagnostic:
    try:
        if "actual" in cells:
            return parse_actual(cells["actual"] or "", unit=cells.get("unit"))
        return parse_target(cells["target"] or "", comparator=cells.get("comparator"), unit=cells.get("unit"))
    except ExpressionError as error:
        return error.diagnostics[0]


def _explained(cells: dict[str, str | None]) -> tuple[Reading | Diagnostic, tuple[Step, ...]]:
    side: SideName = "actual" if "actual" in cells else "target"
    found, steps = why(side, cells[side] or "", comparator=cells.get("comparator"), unit=cells.get("unit"))
    return (found if isinstance(found, Reading) else found.diagnostic), steps


def _step_in_words(step: Step, lang: Lang) -> str:
    """Return a pass on a line, and below it the rules that matched: name, words, file, and what the rule is for."""
    indent = "  " if step.is_second else ""
    lines = [f"{indent}{step.of.title.text(lang)}"]
    for found in step.matches:
        note = f"  {found.rule.note}" if found.rule.note else ""
        lines.append(f"{indent}  [{found.rule.name}] “{found.text}”  {found.rule.file}{note}")
    return "\n".join(lines)


def _step_as_json(step: Step, lang: Lang) -> dict[str, Any]:
    rules = [
        {"name": one.rule.name, "text": one.text, "file": one.rule.file, "line": one.rule.line, "note": one.rule.note}
        for one in step.matches
    ]
    return {"pass": step.of.name, "title": step.of.title.text(lang), "second": step.is_second, "rules": rules}


def _as_json(reading: Reading | Diagnostic, lang: Lang) -> dict[str, Any]:
    if isinstance(reading, Reading):
        return reading.as_json()
    span = reading.span
    start = span.column - 1 if span is not None and span.column else 0
    end = start + span.length if span is not None and span.column else 0
    if reading.code.startswith("PF3") and span is not None:
        end = min(end, len(span.text))  # an empty cell has no first character
    data = {"kind": "error", "code": reading.code, "message": reading.message.text(lang), "start": start, "end": end}
    if reading.hint is not None:
        data["hint"] = reading.hint.text(lang)
    return data


def _in_words(reading: Reading, lang: Lang) -> str:
    words, canonical = reading.in_words(lang), str(reading)
    that_is = "；即 " if lang == "zh" else "; that is, "
    lines = [words if canonical in words else f"{words}{that_is}{canonical}"]
    lines += [("推定：" if lang == "zh" else "assumed: ") + item.message.text(lang) for item in reading.assumptions]
    if reading.beside:
        also, joint = ("另有文字：", "；") if lang == "zh" else ("also says: ", "; ")
        lines.append(also + joint.join(reading.beside))
    return "\n".join(lines)
