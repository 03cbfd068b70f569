"""`pfscore report`: score and audit many forms, and say what their rows need, as a page, a workbook or Markdown."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from typing import TypeVar

from pfscore.auditing.run import Wanted, bodies
from pfscore.cli.output import EXIT_DONE, EXIT_PROBLEMS, Progress, add_force, add_language, whole_number
from pfscore.cli.report_options import add_outputs, add_selection, outputs_of, printing_only_the_report, wanted_findings
from pfscore.cli.report_outputs import write_outputs
from pfscore.cli.session import STANDARD_INPUT, Session, add_reading, add_ruleset, files_below, is_other_kind
from pfscore.forms.form import Form, is_broken
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import PfscoreError
from pfscore.foundation.text import Message
from pfscore.report.review.markdown import review_markdown
from pfscore.report.review.reviewed import Review, ReviewedForm, Standing, Unreadable, review_body, rules_or_why_not

_T = TypeVar("_T")
_R = TypeVar("_R")
#: The session of this process, and which findings it keeps.
_SESSIONS: list[tuple[Session, Wanted]] = []


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    help_text = "自评表文件，或放着它们的文件夹；- 是标准输入 · files of forms, or folders of them; - is standard input"
    parser.add_argument("forms", nargs="+", metavar="FILE|FOLDER", help=help_text)
    add_outputs(parser)
    add_selection(parser)
    add_ruleset(parser)
    add_reading(parser)
    parser.add_argument(
        "--jobs", type=whole_number(1, 256), default=1, metavar="N", help="同时用几个进程 · processes (1)"
    )
    add_force(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command; a form or a file that cannot be read does not stop the others."""
    paths = list(files_below(options.forms, leave=outputs_of(options).values()))
    _start(options)  # what is wrong with the ruleset, the date or the codes is reported before anything is read
    review = _review(options, paths)
    write_outputs(options, review, [*paths, *filter(None, [options.ruleset, options.accepted])])
    if outputs_of(options):
        with printing_only_the_report(options):
            print(review.in_one_line(options.lang))
    else:
        print(review_markdown(review, options.lang))
    counts = review.counts
    return EXIT_PROBLEMS if counts[Standing.ERRORS] or counts[Standing.UNREAD] else EXIT_DONE


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
    session, wanted = _SESSIONS[0]
    return review_body(forms, [rules_or_why_not(session.rules, form) for _, form in forms], wanted)
