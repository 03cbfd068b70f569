"""`pfscore convert`: forms of office files as JSON, YAML, CSV or a workbook, and how their columns were read.

A person at a terminal is asked what the columns mean whose words are not known; where there is no terminal, nobody is.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pfscore.cli.output import (
    EXIT_DONE,
    EXIT_PROBLEMS,
    add_force,
    add_language,
    check_different,
    report,
    report_error,
    standard_input,
    write_bytes,
    write_text,
)
from pfscore.cli.session import STANDARD_INPUT, add_libreoffice, files_below, is_other_kind
from pfscore.forms.files.csv_grid import tables_of
from pfscore.forms.files.reader import encoding_note, forms_of, holds_tables, is_office_file, iter_forms, read_stream
from pfscore.forms.files.writing import forms_csv, forms_json, forms_yaml, sheet_rows, workbook_of
from pfscore.forms.form import Form, is_broken
from pfscore.forms.recognition.account import reason_text
from pfscore.forms.recognition.candidates import ColumnView, TableView, tables_to_ask
from pfscore.forms.recognition.choices import (
    NOT_READ,
    Choices,
    meaning_name,
    meanings_of_columns,
    read_answer,
    read_area,
    read_header_rows,
    read_map_file,
)
from pfscore.forms.recognition.recognise import Recognised, document_from, header_words, not_recognised, recognise
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError, PfscoreError
from pfscore.foundation.source import file_bytes
from pfscore.foundation.text import Lang, Message, place_text, shorten
from pfscore.report.table_text import columns
from pfscore.rulesets.writing.yaml_text import key_lines

_HOW = Message(
    "每列是什么？写含义，如 分值；回车用方括号里的；不要的写 不读；? 列出含义；Ctrl-D 不再问",
    "What is each column? Write its meaning, such as 分值; Enter takes the one in brackets; 不读 leaves it out; "
    "? lists the meanings; Ctrl-D ends the questions",
)
_SAVE = Message(
    "把这些对照存下来，下次用 --map-file：文件名（回车不存）",
    "Keep these answers for --map-file: file name (Enter: do not)",
)


def _person_at_the_terminal(lang: Lang) -> Person | None:
    """Return whom to ask: nobody, where input or the error stream is no terminal."""
    streams = (sys.stdin, sys.stderr)
    return Person(lang) if all(stream is not None and stream.isatty() for stream in streams) else None


class Person:
    """A person at a terminal, who answers on the input what is asked on the error stream."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._has_ended = False
        self._has_answered = False

    def answers(self, table: TableView) -> dict[str, str]:
        """Return what the columns of a table mean whose words are not known: all of them, or nothing."""
        answers: dict[str, str] = {}
        for column in table.columns:
            if column.meaning is not None or self._has_ended:
                continue
            if not answers:
                print(_HOW.text(self._lang), file=sys.stderr)
            if (answer := self._meaning(column)) is None:
                return {}
            answers |= [answer]
        self._has_answered |= bool(answers)
        return answers

    def where_to_save(self) -> str | None:
        """Return the file in which the person wants to keep the answers, where there are any."""
        if not self._has_answered or self._has_ended:
            return None
        return self._line(_SAVE.text(self._lang)) or None

    def _meaning(self, column: ColumnView) -> tuple[str, str] | None:
        likely = column.candidates[0].meaning if column.candidates else NOT_READ
        samples = "、".join(shorten(text, 16) for text in column.samples)
        while (
            line := self._line(f"  {column.letters}  {shorten(column.words, 20)}（{samples}）[{likely}]")
        ) is not None:
            if line in {"?", "？"}:
                print(f"  {'、'.join(meanings_of_columns())}", file=sys.stderr)
                continue
            try:
                return read_answer(f"{column.words}={line or likely}")
            except InputError as error:
                report(error.diagnostics, self._lang)
        return None

    def _line(self, question: str) -> str | None:
        """Return the line that answers a question; `None` where the person ends the questions."""
        print(f"{question} ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            self._has_ended = True
            print(file=sys.stderr)
            return None
        return line.strip()


#: What writes each kind of file, by its suffix.
_WRITERS: dict[str, Callable[[Sequence[Form], str], bytes]] = {
    ".json": lambda forms, _: forms_json(forms).encode(),
    ".yaml": lambda forms, _: forms_yaml(forms).encode(),
    ".yml": lambda forms, _: forms_yaml(forms).encode(),
    ".csv": lambda forms, _: forms_csv(forms).encode(),
    ".xlsx": lambda forms, name: workbook_of(map(sheet_rows, forms), name),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE|FOLDER", help="自评表：.xlsx .xls .docx .html .ods .odt .pdf 等 · forms"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="写成 .json、.yaml、.csv 或 .xlsx；- 是标准输出 · - is standard output",
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="'表头=含义'",
        help="指明一列，如 '权数=分值'、'G=分值'、'核心=不读' · say what a column means",
    )
    parser.add_argument("--map-file", metavar="FILE", help="用存下的对照 · answers that were saved")
    parser.add_argument("--save-map", metavar="FILE", help="把指明的对照存成 .yaml 或 .json · save the answers")
    parser.add_argument("--sheet", action="append", default=[], metavar="NAME", help="只读这张工作表 · only this sheet")
    parser.add_argument("--range", metavar="A3:H22", help="只读这个区域 · only this range")
    parser.add_argument("--header", metavar="N|N-M", help="表头在第几行 · the row or rows of the header")
    add_libreoffice(parser)
    add_force(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command: 1 where a table or a form was not recognised, 2 where a file cannot be read."""
    choices = _choices(options)
    writer = _writer(options.output)
    leave = [path for path in (options.output, options.save_map) if path is not None]
    check_different(leave)
    paths = list(files_below(options.files, leave=leave))
    run_ = _Run(options, replace(choices, over_files=len(paths) > 1))
    forms = [form for path in paths for form in run_.forms(path)]
    run_.check_answers()
    if (saved := options.save_map or run_.where_to_save()) is not None:
        write_text(saved, _map_text(saved, run_.choices), inputs=paths, force=options.force)
    if options.output == STANDARD_INPUT:
        print(forms_json(forms) if forms else "[]", end="")
    elif writer is not None and forms:
        write_bytes(options.output, writer(forms, options.output), inputs=paths, force=options.force)
    return run_.code


def _choices(options: argparse.Namespace) -> Choices:
    saved = {} if options.map_file is None else read_map_file(options.map_file)
    return Choices(
        saved | dict(map(read_answer, options.map)),
        tuple(options.sheet),
        None if options.range is None else read_area(options.range),
        None if options.header is None else read_header_rows(options.header),
    )


def _writer(output: str | None) -> Callable[[Sequence[Form], str], bytes] | None:
    if output in {None, STANDARD_INPUT}:
        return None
    suffix = Path(str(output)).suffix.lower()
    if suffix not in _WRITERS:
        message = Message(f"不能写成 “{suffix}”", f"{suffix!r} files are not written")
        hint = Message("可写 .json、.yaml、.csv、.xlsx", "written are .json, .yaml, .csv and .xlsx")
        raise InputError.of(Diagnostic("PF109", message, hint, Span(str(output))))
    return _WRITERS[suffix]


def _map_text(path: str, choices: Choices) -> str:
    columns = {column: meaning_name(meaning) for column, meaning in choices.columns.items()}
    if Path(path).suffix.lower() == ".json":
        return json.dumps({"map": columns}, ensure_ascii=False, indent=1) + "\n"
    return "".join(f"{line}\n" for line in key_lines("map", columns))


class _Run:
    """One run over many files: what is wrong with one does not stop the others."""

    def __init__(self, options: argparse.Namespace, choices: Choices) -> None:
        self._options, self._given, self.choices = options, choices, choices
        self._lang: Lang = options.lang
        self._named = set(options.files)
        self._used: set[str] = set()
        self._words: set[str] = set()
        self._person = None if STANDARD_INPUT in options.files else _person_at_the_terminal(options.lang)
        self.code = EXIT_DONE

    def check_answers(self) -> None:
        """Refuse an answer about a column that none of the files has.

        Raises:
            InputError: PF169.
        """
        if self._given.over_files:
            self._given.check_used(self._used, self._words)

    def where_to_save(self) -> str | None:
        """Return where a person wants to keep the answers that were asked for."""
        return None if self._person is None else self._person.where_to_save()

    def forms(self, path: str) -> Iterator[Form]:
        """Yield the forms of a file, and show what was not recognised."""
        if path != STANDARD_INPUT and (note := encoding_note(path)) is not None:
            report([note], self._lang)
        try:
            for form in self._read(path):
                if form.problems:
                    report(form.problems, self._lang)
                    self._fail(EXIT_PROBLEMS)
                if not is_broken(form):
                    yield form
        except PfscoreError as error:
            if path in self._named or not is_other_kind(error.diagnostics):
                self._fail(report_error(error, self._lang))

    def _read(self, path: str) -> Iterator[Form]:
        if path == STANDARD_INPUT:
            data = standard_input().read()
        elif is_office_file(path):
            data = file_bytes(path)
        else:
            yield from iter_forms(path)
            return
        if path == STANDARD_INPUT and not holds_tables(data):
            yield from read_stream(path, io.BytesIO(data), note=lambda said: report([said], self._lang))
            return
        book = tables_of(data, path, libreoffice=self._options.libreoffice)
        found = recognise(book, self.choices)
        if self._person is not None and (answers := self._answers(path, found, self._person)):
            self.choices = replace(self.choices.with_answers(answers), over_files=True)
            found = recognise(book, self.choices)
        self._used |= found.used
        if self._given.over_files and self._given.columns:
            self._words.update(header_words(book))
        unknown = tables_to_ask(found)
        for one in unknown:
            self._show(path, one)
            self._fail(EXIT_PROBLEMS)
        if not found.forms:
            raise InputError.of(replace(not_recognised(found, path), hint=_ANSWER if unknown else None))
        document = document_from(found, path)
        for form in forms_of(document.data, document):
            if self._options.output is None:
                print(_summary(path, form, self._lang))
            yield form

    def _answers(self, path: str, found: Recognised, person: Person) -> dict[str, str]:
        """Ask what the columns of tables mean that are not recognised."""
        answers: dict[str, str] = {}
        for table in tables_to_ask(found):
            if any(column.meaning or column.candidates for column in table.columns):
                self._show(path, table)
                answers |= person.answers(table)
        return answers

    def _show(self, path: str, table: TableView) -> None:
        sys.stdout.flush()
        print(_table_text(path, table, self._lang), file=sys.stderr)

    def _fail(self, code: int) -> None:
        self.code = max(self.code, code)


_ANSWER = Message(
    "用 --map '表头=含义' 指明，如 --map '权数=分值'；表头在别的行，用 --header",
    "answer with --map 'header=meaning', such as --map '权数=分值'; where the header is another row, with --header",
)


def _summary(path: str, form: Form, lang: Lang) -> str:
    """Return what was read of a form, and what was not."""
    title = shorten(form.title or form.project or "-")
    counts = Message(
        f"{path}：《{title}》 指标 {len(form.indicators)} 行，预算 {len(form.budget)} 行",
        f"{path}: “{title}”, {len(form.indicators)} indicators, {len(form.budget)} budget lines",
    )
    lines = [counts.text(lang)]
    lines += [Message(f"  假设 {a} → {b}", f"  assumed {a} → {b}").text(lang) for a, b in form.mapped]
    for cell in form.unread:
        if not cell.by_design:
            text = shorten(" ".join(cell.text.split()), 40)
            place, reason = place_text(cell.place, lang), reason_text(cell.reason, lang)
            lines.append(
                Message(f"  没有读 {place}：{text}（{reason}）", f"  not read {place}: {text} ({reason})").text(lang)
            )
    return "\n".join(lines)


def _table_text(path: str, table: TableView, lang: Lang) -> str:
    """Return a table that was not recognised: its columns, samples, and what each may mean."""
    place = table.place.text(lang)
    head = Message(f"表头像是第 {table.row} 行", f"the header may be row {table.row}")
    lines = [f"{path} › {place}{'：' if lang == 'zh' else ': '}{head.text(lang)}"]
    colon, between = ("：", "；") if lang == "zh" else (": ", "; ")
    rows = []
    for column in table.columns:
        reasons = [f"{one.meaning}{colon}{one.reason.text(lang)}" for one in column.candidates]
        meaning = f"? {between.join(reasons)}" if column.meaning is None else f"✓ {column.meaning}"
        samples = " | ".join(shorten(text, 16) for text in column.samples)
        rows.append((column.letters, shorten(column.words, 20), f"{meaning}  [{samples}]"))
    lines += columns(rows, (None, None, None), indent="  ")
    return "\n".join(lines)
