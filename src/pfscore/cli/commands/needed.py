"""`pfscore needed`: what result would earn full points, or so many points more."""

from __future__ import annotations

import argparse

from pfscore.cli.session import Session, add_forms, add_ruleset
from pfscore.documents.scalars import read_amount
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Message, shorten
from pfscore.questions.needed import needed
from pfscore.report.questions_text import needs_text


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_forms(parser)
    add_ruleset(parser)
    parser.add_argument(
        "--more", metavar="POINTS", help="比现在多得几分；不写则问满分 · so many points more, instead of all"
    )
    parser.add_argument("--every", action="store_true", help="已是满分的行也列出 · rows that are full, too")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    more = None
    if options.more is not None:
        try:
            more = read_amount(options.more)
        except ValueError:
            text = shorten(options.more)
            message = Message(f"--more 应是分数，这里是 “{text}”", f"--more takes points, not {text!r}")
            raise InputError.of(Diagnostic("PF510", message)) from None
    session = Session(options)
    return session.answer_each(
        lambda form: needed(form, ruleset=session.rules(form), more=more),
        lambda form, needs: needs_text(form, needs, options.lang, every=options.every),
        lambda form, needs: {"form": form.title, "rows": [one.as_json(options.lang) for one in needs]},
    )
