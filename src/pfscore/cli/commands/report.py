"""`pfscore report`: score and audit many forms, and say what their rows need, as a page, a workbook or Markdown."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from itertools import chain, count
from pathlib import Path
from typing import TypeVar

from pfscore.auditing.run import Wanted, bodies
from pfscore.cli.form_files import files_below, is_other_kind
from pfscore.cli.output import EXIT_DONE, EXIT_PROBLEMS, Progress, add_force, add_language, report, write_bytes
from pfscore.cli.selection import add_selection, wanted_findings
from pfscore.cli.session import STANDARD_INPUT, Session, add_ruleset, add_year, is_broken
from pfscore.forms.form import Form
from pfscore.foundation.diagnostics import Diagnostic, Severity, Span
from pfscore.foundation.errors import InputError, PfscoreError
from pfscore.foundation.text import Lang, Message
from pfscore.report.annotation.annotated import annotated_workbook
from pfscore.report.review.markdown import review_markdown
from pfscore.report.review.page import review_page
from pfscore.report.review.reviewed import Review, ReviewedForm, Standing, Unreadable, review_body
from pfscore.report.review.workbook import review_workbook
from pfscore.scoring.rules import Rules

HELP = "评分、核对、缺什么，写成网页、工作簿或 Markdown · score and audit forms, as a page, workbook or Markdown"

_T = TypeVar("_T")
_R = TypeVar("_R")
#: What writes each kind of report, by its option.
_WRITERS: dict[str, Callable[[Review, Lang], bytes]] = {
    "html": lambda review, lang: review_page(review, lang).encode(),
    "xlsx": review_workbook,
    "markdown": lambda review, lang: review_markdown(review, lang).encode(),
}
#: The session of this process, and which findings it keeps.
_SESSIONS: list[tuple[Session, Wanted]] = []


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    help_text = "自评表文件，或放着它们的文件夹；- 是标准输入 · files of forms, or folders of them; - is standard input"
    parser.add_argument("forms", nargs="+", metavar="FILE|FOLDER", help=help_text)
    parser.add_argument("--html", metavar="OUT.html", help="写成一个网页 · write one page")
    parser.add_argument("--xlsx", metavar="OUT.xlsx", help="写成工作簿，每张表一行 · write a workbook, a line a form")
    parser.add_argument("--markdown", metavar="OUT.md", help="写成 Markdown，贴进报告 · write Markdown")
    parser.add_argument(
        "--annotate",
        metavar="OUT.xlsx|FOLDER",
        help="把得分、差异、依据、说明写在原表旁，另存 · write scores beside the form in a copy of the workbook",
    )
    add_selection(parser)
    add_ruleset(parser)
    add_year(parser)
    parser.add_argument("--jobs", type=_count, default=1, metavar="N", help="同时用几个进程 · processes (1)")
    add_force(parser)
    add_language(parser)


def _count(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or not 1 <= int(text[:4]) <= 256:
        raise argparse.ArgumentTypeError("写 1 到 256 · from 1 to 256")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Run the command; a form or a file that cannot be read does not stop the others."""
    outputs = {name: path for name in _WRITERS if (path := getattr(options, name)) is not None}
    copies = [] if options.annotate is None else [options.annotate]
    paths = list(files_below(options.forms, leave=[*outputs.values(), *copies]))
    _start(options)  # what is wrong with the ruleset, the date or the codes is reported before anything is read
    review = _review(options, paths)
    inputs = [*paths, *filter(None, [options.ruleset, options.accepted])]
    for name, path in outputs.items():
        write_bytes(path, _WRITERS[name](review, options.lang), inputs=inputs, force=options.force)
    for path, data in _annotated(options, review):
        write_bytes(path, data, inputs=inputs, force=options.force)
    if outputs or copies:
        print(review.in_one_line(options.lang))
    else:
        print(review_markdown(review, options.lang))
    counts = review.counts
    return EXIT_PROBLEMS if counts[Standing.ERRORS] or counts[Standing.UNREAD] else EXIT_DONE


def _annotated(options: argparse.Namespace, review: Review) -> Iterator[tuple[Path, bytes]]:
    """Yield the annotated copies of workbooks, and where they are to be written: in a folder, each under its own name.

    Raises:
        InputError: PF152 where one file is asked for, and what was read is not one workbook.
    """
    if options.annotate is None:
        return
    target, sources = Path(options.annotate), dict.fromkeys(one.source for one in review.forms)
    if not target.is_dir() and len(sources) > 1:
        hint = Message("--annotate 后面写一个已有的文件夹", "give --annotate a folder that exists")
        message = Message(f"要写回 {len(sources)} 个文件", f"{len(sources)} files are to be annotated")
        raise InputError.of(Diagnostic("PF152", message, hint, Span(str(target))))
    taken: set[Path] = set()
    others: list[str] = []
    for source in sources:
        forms = [one for one in review.forms if one.source == source]
        try:
            data = annotated_workbook(source, _content(source), forms, options.lang)
        except InputError:
            if not target.is_dir():
                raise
            others.append(source)
            continue
        path = _free(target / Path(source).name, taken) if target.is_dir() else target
        taken.add(path)
        yield path, data
    if others:
        listed = "、".join(others[:3]) + ("……" if len(others) > 3 else "")
        message = Message(
            f"{len(others)} 个文件没有写回：{listed}", f"{len(others)} files were not annotated: {listed}"
        )
        hint = Message("只有 .xlsx 工作簿可以写回", "only .xlsx workbooks can be")
        report([Diagnostic("PF152", message, hint, severity=Severity.NOTE)], options.lang)


def _content(source: str) -> bytes:
    """Return the bytes of a file that was read before; standard input is gone."""
    return b"" if source == STANDARD_INPUT else Path(source).read_bytes()


def _free(path: Path, taken: Container[Path]) -> Path:
    """Return a path that no other copy of this run has: files of several folders may have one name."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(one for one in chain([path], numbered) if one not in taken)


def _start(options: argparse.Namespace) -> None:
    """Begin the session of this process."""
    _SESSIONS[:] = [(Session(options), wanted_findings(options))]


def _review(options: argparse.Namespace, paths: Sequence[str]) -> Review:
    """Read every file, then review the forms body by body; both in as many processes as are asked for."""
    named = set(options.forms)
    reading, reviewing = (
        Progress(label.text(options.lang)) for label in (Message("已读", "read"), Message("已核对", "reviewed"))
    )
    with ExitStack() as stack:
        mapped = _mapper(options, stack)
        forms: list[tuple[str, Form]] = []
        unreadable: list[Unreadable] = []
        for path, (found, problems) in zip(paths, mapped(_read, paths), strict=True):
            if problems and (path in named or not is_other_kind(problems)):
                unreadable.append(Unreadable(path, problems))
            unreadable += [Unreadable(path, form.problems) for form in found if is_broken(form)]
            forms += [(path, form) for form in found if not is_broken(form)]
            reading.step()
        reading.done()
        numbered = bodies([form for _, form in forms])
        reviewed: dict[int, ReviewedForm] = {}
        members = [[forms[number] for number in numbers] for numbers in numbered]
        for numbers, results in zip(numbered, mapped(_review_body, members), strict=True):
            for number, one in zip(numbers, results, strict=True):
                reviewed[number] = one
                reviewing.step()
    reviewing.done()
    return Review(tuple(reviewed[number] for number in sorted(reviewed)), tuple(unreadable))


def _mapper(
    options: argparse.Namespace, stack: ExitStack
) -> Callable[[Callable[[_T], _R], Iterable[_T]], Iterator[_R]]:
    """Return `map` over processes; over this one where one is enough, or where standard input is read."""
    if options.jobs == 1 or STANDARD_INPUT in options.forms:
        return map
    pool = ProcessPoolExecutor(options.jobs, initializer=_start, initargs=(options,))
    return stack.enter_context(pool).map


def _read(path: str) -> tuple[list[Form], tuple[Diagnostic, ...]]:
    """Return the forms of a file, as many as could be read, and why the others could not."""
    found: list[Form] = []
    try:
        found.extend(_SESSIONS[0][0].read(path))
    except PfscoreError as error:
        return found, error.diagnostics
    return found, ()


def _review_body(forms: list[tuple[str, Form]]) -> list[ReviewedForm]:
    """Review the forms of one body and year, each under the rules that the command or the form names."""
    return review_body(forms, [_rules(form) for _, form in forms], _SESSIONS[0][1])


def _rules(form: Form) -> Rules | PfscoreError:
    try:
        return _SESSIONS[0][0].rules(form)
    except PfscoreError as error:
        return error
