"""Write the reports that a command is asked for: a page, a workbook, Markdown, an annotated copy of the workbook."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pfscore.auditing.run import Wanted
from pfscore.cli.output import check_different, report, write_bytes, write_text
from pfscore.cli.report_options import outputs_of
from pfscore.cli.session import STANDARD_INPUT, Session
from pfscore.forms.form import is_broken
from pfscore.foundation.diagnostics import Diagnostic, Severity, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Lang, Message
from pfscore.report.review.annotated import annotated_workbook, free_path
from pfscore.report.review.markdown import review_markdown
from pfscore.report.review.page import review_page
from pfscore.report.review.reviewed import Review, Unreadable, review_forms
from pfscore.report.review.workbook import review_workbook

#: What writes the reports that are text, by their option.
_TEXTS: dict[str, Callable[[Review, Lang], str]] = {"html": review_page, "markdown": review_markdown}


def write_outputs(options: argparse.Namespace, review: Review, inputs: Sequence[str]) -> None:
    """Write every report that is asked for; none of `inputs` is overwritten without `--force`.

    Raises:
        InputError: PF108 and PF151 where a file is not written, PF152 where there is no workbook to annotate.
    """
    outputs = outputs_of(options)
    check_different(outputs.values())
    for name, path in outputs.items():
        if name in _TEXTS:
            write_text(path, _TEXTS[name](review, options.lang), inputs=inputs, force=options.force)
        elif name == "xlsx":
            write_bytes(path, review_workbook(review, options.lang), inputs=inputs, force=options.force)
    for copy, data in _annotated(options, review):
        write_bytes(copy, data, inputs=inputs, force=options.force)


def write_kept(
    options: argparse.Namespace, session: Session, inputs: Sequence[str], wanted: Wanted | None = None
) -> None:
    """Write the reports that are asked for about the forms of a session; those beside them are compared with them."""
    forms = [(path, form) for path, form in session.kept if not is_broken(form)]
    broken = [Unreadable(path, form.problems) for path, form in session.kept if is_broken(form)]
    reviewed = review_forms(forms, session.rules, wanted or Wanted())
    unread = [Unreadable(path, problems) for path, problems in session.unread]
    chosen = [one for one in reviewed if session.is_chosen(one.form)]
    write_outputs(options, Review(tuple(chosen), (*unread, *broken)), inputs)


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
    taken = {Path(path) for path in outputs_of(options).values()}
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
        path = free_path(target / Path(source).name, taken) if target.is_dir() else target
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
