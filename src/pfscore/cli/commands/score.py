"""`pfscore score`: score forms and say why."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from pfscore.cli.output import EXIT_PROBLEMS, add_force
from pfscore.cli.report_options import add_outputs, outputs_of, printing_only_the_report
from pfscore.cli.session import Session, add_forms, add_ruleset
from pfscore.forms.form import Form
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.text import Lang, Message
from pfscore.report.sheet_text import sheet_text
from pfscore.scoring.rules import load_ruleset, read_on
from pfscore.scoring.sheet import Sheet


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_forms(parser)
    add_ruleset(parser)
    add_outputs(parser)
    add_force(parser)
    parser.add_argument("--explain", action="store_true", help="逐行说明 · explain every row")
    rows = parser.add_argument_group("成行的数据 · rows in bulk")
    rows.add_argument(
        "--rows",
        action="store_true",
        help="文件一行一个指标（.jsonl 或 .csv），一行一个结果 · one row a line in, one result a line out",
    )
    rows.add_argument("--jobs", type=int, default=1, metavar="N", help="同时用几个进程 · how many processes")
    rows.add_argument("--into", metavar="FILE", help="结果逐行写进文件 · add the results to a file as they come")
    rows.add_argument("--resume", action="store_true", help="接着最后一个整行写 · go on after the last whole line")
    parser.set_defaults(wrong_usage=parser.error)


def run(options: argparse.Namespace) -> int:
    """Run the command; the sheet shows what is wrong with its form."""
    if (wrong := _wrong_usage(options)) is not None:
        options.wrong_usage(wrong)
    if options.rows:
        return _score_rows(options)
    lang = options.lang
    session = Session(options, Message("已评分", "scored"), hidden=lambda _: (), keeps=bool(outputs_of(options)))

    def score(form: Form) -> Sheet:
        sheet = session.rules(form).score_form(form)
        if sheet.problems or sheet.is_refused or any(table.problems for table in form.tables):
            session.code = max(session.code, EXIT_PROBLEMS)
        return sheet

    with printing_only_the_report(options):
        code = session.answer_each(
            score,
            lambda form, sheet: sheet_text(sheet, form, lang, explain=options.explain),
            lambda _, sheet: sheet.as_json(lang),
            unanswered=lambda form, problems: _unscored(form, problems, lang),
        )
    if outputs_of(options):
        from pfscore.cli.report_outputs import write_kept

        write_kept(options, session, [*options.forms, *filter(None, [options.ruleset])])
    return code


def _wrong_usage(options: argparse.Namespace) -> str | None:
    """Return which arguments do not go together."""
    if not options.rows:
        beside = options.jobs != 1 or options.into is not None or options.resume
        return "--jobs、--into、--resume 只与 --rows 同用 · only with --rows" if beside else None
    if len(options.forms) != 1 or options.form is not None:
        return "--rows 读一个文件 · --rows takes one file"
    if options.ruleset is None or (options.on is None and options.year is None):
        return "--rows 要写 --ruleset，以及 --on 或 --year · --rows needs --ruleset, and --on or --year"
    if options.jobs < 1 or (options.resume and options.into is None):
        return "--jobs 至少为 1；--resume 要写 --into · --jobs is at least 1; --resume needs --into"
    return None


def _score_rows(options: argparse.Namespace) -> int:
    """Score the rows of a file as they are read."""
    from pfscore.cli.row_stream import Job, score_rows

    on = f"{options.year}-12-31" if options.on is None else options.on
    rules = load_ruleset(options.ruleset, on=read_on(on), search=options.search)
    job = Job(rules, options.lang, options.explain)
    return score_rows(job, options.forms[0], jobs=options.jobs, output=options.into, resume=options.resume)


def _unscored(form: Form, problems: Sequence[Diagnostic], lang: Lang) -> dict[str, Any]:
    """Return an entry for a form without scores, with the keys of a scored form."""
    from pfscore.foundation.runtime.resources import __version__

    return {
        "title": form.title,
        "indicators": [],
        "budget": [],
        **dict.fromkeys(("total", "low", "high", "full", "grade")),
        "ruleset": form.ruleset,
        **dict.fromkeys(("status", "digest", "on")),
        "engine": f"pfscore {__version__}",
        "diagnostics": [problem.as_json(lang) for problem in problems],
    }
