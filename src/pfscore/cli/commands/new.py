"""`pfscore new`: the start of a ruleset, from a parent, with everything that an author must fill in."""

from __future__ import annotations

import argparse
import re

from pfscore.cli.families import day_of, family_of
from pfscore.cli.output import EXIT_DONE, add_force, add_language, add_search, write_text
from pfscore.cli.session import add_libreoffice
from pfscore.forms.files.reader import load_forms
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Message, shorten
from pfscore.rulesets.edition import edition
from pfscore.rulesets.in_force import Edition
from pfscore.rulesets.search import builtin_ids
from pfscore.rulesets.writing.new_ruleset import FixedRow, skeleton
from pfscore.scoring.rules import read_on

#: The jurisdiction is read off the id: the nation, a province by its code, and places in it.
_ID = re.compile(r"cn(-[a-z0-9]{1,3}(-[a-z0-9]+)*)?/[a-z0-9]+(-[a-z0-9]+)*")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("ruleset", metavar="ID", help="新规则集的代号，如 cn-gd/project · the id of the new ruleset")
    parser.add_argument(
        "--from",
        dest="parent",
        metavar="RULESET",
        help="上级，默认 cn/project 或 cn/department；none 表示没有上级 · parent, none for no parent",
    )
    parser.add_argument(
        "--form", metavar="FORM", help="照这张表的各行起草，每行一条按名称的规则 · one rule for each row of a form"
    )
    parser.add_argument("--since", metavar="DATE", help="施行日期，默认上级最近一版的日期 · in force from")
    parser.add_argument("-o", "--output", metavar="FILE.yaml", help="写到文件，默认打印 · write to a file")
    add_libreoffice(parser)
    add_search(parser)
    add_force(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    if not _ID.fullmatch(options.ruleset):
        shown = shorten(options.ruleset)
        message = Message(f"代号应如 cn-gd/project，这里是 “{shown}”", f"an id looks like cn-gd/project, not {shown!r}")
        hint = Message(
            "地区是小写的 ISO 3166-2 代码：cn 全国，cn-gd 广东；市县加统计用区划代码，如 cn-gd-440300",
            "the jurisdiction is an ISO 3166-2 code in lower case: cn, cn-gd; cities and counties add the statistical "
            "code, as in cn-gd-440300",
        )
        raise InputError.of(Diagnostic("PF203", message, hint))
    parent = None if options.parent == "none" else _parent(options)
    if parent is None and not options.since:
        message = Message("没有上级，也就没有日期：请写 --since", "without a parent there is no date: give --since")
        raise InputError.of(Diagnostic("PF224", message, Message("如 --since 2018", "such as --since 2018")))
    since = read_on(options.since) if options.since or parent is None else parent.on
    forms = load_forms(options.form, libreoffice=options.libreoffice) if options.form else []
    text = skeleton(
        options.ruleset,
        parent,
        since,
        [FixedRow(row.name, row.path, row.points) for form in forms for row in form.indicators],
    )
    if options.output:
        write_text(options.output, text, force=options.force, replace=False)
    else:
        print(text, end="")
    return EXIT_DONE


def _parent(options: argparse.Namespace) -> Edition:
    """Return the parent as it stands on the day of the new ruleset, else after its last change."""
    kind = "department" if "department" in options.ruleset.split("/")[1] else "project"
    name = options.parent or (f"cn/{kind}" if f"cn/{kind}" in builtin_ids() else "cn/project")
    family = family_of(name, options.search)
    if any(loaded.ruleset.ruleset == options.ruleset for loaded in family):
        message = Message(
            f"规则集 “{options.ruleset}” 不能以自己为上级", f"{options.ruleset!r} cannot be its own parent"
        )
        hint = Message("换一个代号，或用 --from 另指上级", "choose another id, or another parent with --from")
        raise InputError.of(Diagnostic("PF215", message, hint))
    return edition(family, day_of(family, options.since))
