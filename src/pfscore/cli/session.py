"""One run of a command over the forms that it was given: each file is read once, each ruleset loaded once.

What is wrong with one form is reported in its place, and the others are processed all the same.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pfscore.cli.output import (
    EXIT_DONE,
    EXIT_PROBLEMS,
    JsonList,
    Progress,
    add_json,
    add_language,
    add_search,
    exit_code,
    report,
    standard_input,
)
from pfscore.forms.files.reader import encoding_note, iter_forms, read_stream
from pfscore.forms.form import Form, is_broken
from pfscore.foundation.diagnostics import Diagnostic, Severity, Span
from pfscore.foundation.errors import InputError, PfscoreError
from pfscore.foundation.text import Message, shorten
from pfscore.scoring.rules import Rules, load_named_ruleset, load_ruleset, read_on

_T = TypeVar("_T")
#: The argument that means standard input.
STANDARD_INPUT = "-"
#: How many forms of a file are listed where none of them is the one that was asked for.
_MAX_TITLES = 10
#: What a form may leave out; where it was written, but wrongly, that is the problem to report, and not these.
_LEFT_OUT = {"PF526", "PF527"}


def add_forms(parser: argparse.ArgumentParser, *, optional: bool = False, select: bool = True) -> None:
    """Add the arguments of every command over forms: the files, the year, JSON and the language.

    With `select`, one form of a file can be asked for.
    """
    files = "自评表：.json .yaml .csv .xlsx .docx .pdf 等，- 是标准输入 · forms; - is standard input"
    parser.add_argument("forms", nargs="*" if optional else "+", default=[], metavar="FORM", help=files)
    if select:
        parser.add_argument(
            "--form", metavar="N|TEXT", help="只取第 N 张表，或标题含 TEXT 的表 · only this form of a file"
        )
    add_reading(parser)
    parser.set_defaults(form=None, ruleset=None, on=None, search=[])
    add_json(parser)
    add_language(parser)


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add how forms are read: the year and the properties of those that state none, and who converts old documents."""
    parser.add_argument(
        "--year", type=_year, metavar="YYYY", help="年度，用于没有写年度的表 · the year of forms that state none"
    )
    parser.add_argument(
        "--property",
        dest="properties",
        action="append",
        type=_property,
        default=[],
        metavar="NAME=VALUE",
        help="属性，如 地区=西部，用于没有写的表 · a property of forms that do not state it",
    )
    add_libreoffice(parser)


def add_libreoffice(parser: argparse.ArgumentParser) -> None:
    """Add `--libreoffice`."""
    parser.add_argument(
        "--libreoffice", action="store_true", help="用 LibreOffice 转换 .doc · let LibreOffice convert .doc"
    )


def add_ruleset(parser: argparse.ArgumentParser) -> None:
    """Add the ruleset and the date."""
    parser.add_argument(
        "--ruleset", metavar="ID|FILE", help="规则集，默认用表里写的 · default: the one that the form names"
    )
    add_search(parser)
    add_date(parser)


def add_date(parser: argparse.ArgumentParser) -> None:
    """Add the date alone."""
    parser.add_argument(
        "--on", metavar="DATE", help="按哪一天的规则，默认年末 · default: the last day of the form's year"
    )


def _year(text: str) -> int:
    try:
        year = Form.model_validate({"year": text}).year
    except ValueError:
        year = None
    if year is None:
        raise argparse.ArgumentTypeError(f"“{shorten(text)}” 不是年度，写四位数字 · a year has four digits")
    return year


def _property(text: str) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in text.replace("＝", "=").partition("="))
    if not (name and equals and value):
        raise argparse.ArgumentTypeError(f"“{shorten(text)}” 不是属性，写成 地区=西部 · write NAME=VALUE")
    return name, value


def problems_of(form: Form) -> list[Diagnostic]:
    """Return the errors of a form and of its rows."""
    rows = (problem for row in (*form.budget, *form.indicators) for problem in row.problems)
    return [problem for problem in (*form.problems, *rows) if problem.severity is Severity.ERROR]


class Session:
    """The forms of one command, their rulesets, and the exit code so far.

    `hidden` returns the problems of a form that its answer does not show: they are reported beside it.

    Raises:
        NotFoundError, RulesetError, InputError: where the ruleset or the date that was asked for is not right.
    """

    def __init__(
        self,
        options: argparse.Namespace,
        doing: Message = Message("已处理", "done"),  # noqa: B008  (frozen)
        *,
        hidden: Callable[[Form], Sequence[Diagnostic]] = problems_of,
        keeps: bool = False,
    ) -> None:
        self._options, self._hidden, self._keeps = options, hidden, keeps
        #: With `keeps`, the forms that were asked for and the files that could not be read, each with its path.
        self.kept: list[tuple[str, Form]] = []
        self.unread: list[tuple[str, tuple[Diagnostic, ...]]] = []
        self._on = None if options.on is None else read_on(options.on)
        asked = options.ruleset if isinstance(options.ruleset, list) else [options.ruleset]
        #: The rulesets that the command names, in order.
        self.asked = [load_ruleset(name, on=self._on, search=options.search) for name in asked if name is not None]
        self._named: dict[str | None, Rules] = {}
        self._chosen: list[Form] = []
        self._progress = Progress(doing.text(options.lang))
        self.lang = options.lang
        self.code = EXIT_DONE

    def rules(self, form: Form) -> Rules:
        """Return the rules for a form: those that the command names, or else those that the form names.

        Raises:
            InputError: PF526 and PF527 where neither the command nor the form names a ruleset or a year.
            NotFoundError, RulesetError: where the ruleset that the form names cannot be loaded.
        """
        self.check_date(form)
        return self.asked[0] if self.asked else self.named(form)

    def named(self, form: Form) -> Rules:
        """Return the rules that a form names; see :meth:`rules`."""
        if form.ruleset not in self._named:
            self._named[form.ruleset] = load_named_ruleset(form, on=self._on, search=self._options.search)
        return self._named[form.ruleset]

    def check_date(self, form: Form) -> None:
        """Refuse a form of which nobody says which year's rules apply.

        Raises:
            InputError: PF527.
        """
        if self._on is None and form.year is None:
            hint = Message(
                "用 --year 或 --on 指明，或在表里写 year", "give --year or --on, or write `year` in the form"
            )
            raise InputError.of(Diagnostic("PF527", Message("没有指明年度", "no year is given"), hint, form.head()))

    def answers(
        self,
        answer: Callable[[Form], _T],
        *,
        beside: bool = False,
        unanswered: Callable[[Form, Sequence[Diagnostic]], None] = lambda _, __: None,
    ) -> Iterator[tuple[Form, _T]]:
        """Yield every form with its answer; a form or a file without one is reported in its place.

        With `beside`, the forms that were not asked for come too; see :meth:`is_chosen`.
        """
        for form in self._forms(beside=beside):
            try:
                if is_broken(form):
                    raise InputError(form.problems)
                found = answer(form)
            except PfscoreError as error:
                unanswered(form, self.fail(error, form))
                continue
            if hidden := self._hidden(form):
                self._report(hidden, EXIT_PROBLEMS)
            yield form, found
            self._progress.step()
        self._progress.done()

    def all_forms(self) -> list[Form]:
        """Return every form that has rows."""
        return [form for form, has_rows in self.answers(lambda form: bool(form.indicators or form.budget)) if has_rows]

    def answer_each(
        self,
        answer: Callable[[Form], _T],
        as_text: Callable[[Form, _T], str],
        as_json: Callable[[Form, _T], Any],
        *,
        unanswered: Callable[[Form, Sequence[Diagnostic]], Any] | None = None,
    ) -> int:
        """Print the answer for every form, as text or JSON; return the exit code.

        One form gives one JSON object; what may give several, a list, whatever went wrong. `unanswered` returns what
        stands in the list for a form that has no answer.
        """
        listed, shown = JsonList(is_list=len(self._options.forms) > 1), 0

        def skip(form: Form, problems: Sequence[Diagnostic]) -> None:
            if unanswered is not None and self._options.json:
                listed.add(unanswered(form, problems))

        for form, found in self.answers(answer, unanswered=skip):
            if self._options.json:
                listed.add(as_json(form, found))
            else:
                print(("\n" if shown else "") + as_text(form, found), flush=True)
                shown += 1
        if self._options.json:
            listed.end()
        return self.code

    def is_chosen(self, form: Form) -> bool:
        """Return whether a form is one of those that were asked for."""
        return self._options.form is None or any(form is one for one in self._chosen)

    def fail(self, error: PfscoreError, form: Form | None = None) -> Sequence[Diagnostic]:
        """Report why a form or a file has no answer, below what was printed before; return what is reported."""
        problems, code = error.diagnostics, exit_code(error)
        if form is not None and form.problems:
            misread = error.diagnostics == form.problems or error.code in _LEFT_OUT
            problems = form.problems if misread else (*form.problems, *error.diagnostics)
            code = EXIT_PROBLEMS if misread else code
        self._report(problems, code)
        return problems

    def _report(self, problems: Sequence[Diagnostic], code: int) -> None:
        sys.stdout.flush()
        report(problems, self.lang)
        self.code = max(self.code, code)

    def _forms(self, *, beside: bool) -> Iterator[Form]:
        for path in self._options.forms:
            try:
                for is_chosen, form in self._selected(path):
                    if is_chosen and self._options.form is not None:
                        self._chosen.append(form)
                    if (is_chosen or beside) and self._keeps:
                        self.kept.append((path, form))
                    if is_chosen or beside:
                        yield form
            except PfscoreError as error:
                if self._keeps:
                    self.unread.append((path, error.diagnostics))
                self.fail(error)

    def _selected(self, path: str) -> Iterator[tuple[bool, Form]]:
        """Yield the forms of a file, and whether each is one that was asked for: a number from 1, or a part of title
        or project.

        Raises:
            InputError: PF507, at the end, where none is.
        """
        choice, titles, found = self._options.form, [], False
        for number, form in enumerate(self.read(path), 1):
            if choice is None:
                yield True, form
                continue
            is_number = choice.isascii() and choice.isdigit()
            is_chosen = choice == str(number) if is_number else choice in f"{form.title} {form.project or ''}"
            titles.append(form.title)
            found = found or is_chosen
            yield is_chosen, form
        if choice is not None and not found:
            raise InputError.of(_no_such_form(path, choice, titles))

    def read(self, path: str) -> Iterator[Form]:
        """Yield the forms of a file, with what the command states for those that do not: the year, properties."""
        how = self._options.libreoffice
        if path != STANDARD_INPUT and (note := encoding_note(path)) is not None:
            report([note], self.lang)
        forms = (
            read_stream(path, standard_input(), libreoffice=how, note=lambda said: report([said], self.lang))
            if path == STANDARD_INPUT
            else iter_forms(path, libreoffice=how)
        )
        for form in forms:
            yield form if is_broken(form) else self._completed(form)

    def _completed(self, form: Form) -> Form:
        """Return a form with what it leaves out and the command states."""
        stated = dict(form.properties)
        added = {name: value for name, value in self._options.properties if name not in stated}
        filled: dict[str, Any] = {"properties": {**stated, **added}} if added else {}
        if form.year is None and self._options.year is not None:
            filled["year"] = self._options.year
        return form.model_copy(update=filled) if filled else form


def _no_such_form(path: str, choice: str, titles: Sequence[str]) -> Diagnostic:
    listed = "、".join(f"{number}《{shorten(title)}》" for number, title in enumerate(titles[:_MAX_TITLES], 1))
    rest = "……" if len(titles) > _MAX_TITLES else ""
    hint = Message(
        f"有 {len(titles)} 张表：{listed}{rest}；写序号，或标题的一部分",
        f"it has {len(titles)}: {listed}{rest}; give a number, or a part of a title",
    )
    message = Message(f"文件里没有 “{shorten(choice)}” 这张表", f"the file has no form {shorten(choice)!r}")
    return Diagnostic("PF507", message, hint, Span(path))


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
