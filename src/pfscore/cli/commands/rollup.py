"""`pfscore rollup`: what several projects give together."""

from __future__ import annotations

import argparse

from pfscore.cli.output import print_json
from pfscore.cli.session import add_forms, add_ruleset, read_all, ruleset_of
from pfscore.questions.rollup import rollup
from pfscore.report.questions_text import rolled_up_notes
from pfscore.report.sheet.sheet_text import sheet_text

HELP = "几个项目合起来得多少 · what several projects give together"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_forms(parser)
    add_ruleset(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    forms, code = read_all(options)
    rolled = rollup(forms, ruleset=None if not forms else ruleset_of(options, forms[0]))
    if options.json:
        print_json(rolled.as_json(options.lang))
    else:
        text = sheet_text(rolled.sheet, rolled.form, options.lang)
        print(f"{text}\n\n{rolled_up_notes(rolled, options.lang)}" if rolled.notes else text)
    return code
