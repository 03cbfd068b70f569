"""Asking a person at a terminal what the columns of a table mean; where there is no terminal, nobody is asked."""

from __future__ import annotations

import sys

from pfscore.cli.output import report
from pfscore.forms.recognition.candidates import ColumnView, TableView
from pfscore.forms.recognition.choices import NOT_READ, meanings_of_columns, read_answer
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Lang, Message, shorten

_HOW = Message(
    "每列是什么？写含义，如 分值；回车用方括号里的；不要的写 不读；? 列出含义；Ctrl-D 不再问",
    "What is each column? Write its meaning, such as 分值; Enter takes the one in brackets; 不读 leaves it out; "
    "? lists the meanings; Ctrl-D ends the questions",
)
_SAVE = Message(
    "把这些对照存下来，下次用 --map-file：文件名（回车不存）",
    "Keep these answers for --map-file: file name (Enter: do not)",
)


def person_at_the_terminal(lang: Lang) -> Person | None:
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
