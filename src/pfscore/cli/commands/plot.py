"""`pfscore plot`: draw points against completion, with the cited clause under it."""

from __future__ import annotations

import argparse

from pfscore.cli.families import files_of, rules_at
from pfscore.cli.output import EXIT_DONE, add_force, add_language, add_search, report, write_text
from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.errors import NotFoundError
from pfscore.foundation.text import Message, shorten
from pfscore.report.rulesets.drawing import has_picture, picture
from pfscore.rulesets.in_force import Edition, RuleInForce


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("ruleset", metavar="RULESET", help="代号或文件，可加 @日期 · an id or a file, @date")
    parser.add_argument("rule", metavar="RULE", nargs="?", help="规则代号，默认全部 · the id of a rule; all")
    parser.add_argument(
        "--with",
        dest="others",
        metavar="RULESET[:RULE]",
        action="append",
        default=[],
        help="画在同一张图上比较，可写几次 · draw it into the same picture",
    )
    parser.add_argument("-o", "--output", metavar="FILE.svg", help="写到文件，默认打印 · write to a file")
    add_force(parser)
    add_search(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    edition = rules_at(options.ruleset, options.search).edition
    rules = [_rule(edition, options.rule)] if options.rule else list(edition.rules)
    panels = [[rule] for rule in rules]
    for other in options.others:
        name, wanted = _split(other)
        beside = rules_at(name, options.search).edition
        for panel in panels:
            rule = _rule(beside, wanted) if wanted else beside.rule(panel[0].id)
            if rule is not None and not any(rule == one for one in panel):
                panel.append(rule)
    undrawn = [rule for panel in panels for rule in panel if not has_picture(rule)]
    svg = picture(panels, lang=options.lang)
    report(map(_undrawn, undrawn), options.lang)
    if svg is None:
        raise NotFoundError.of(Diagnostic("PF234", Message("没有可画的", "nothing to draw")))
    if options.output:
        inputs = files_of([options.ruleset, *(_split(other)[0] for other in options.others)])
        write_text(options.output, svg, inputs=inputs, force=options.force)
    else:
        print(svg, end="")
    return EXIT_DONE


def _split(other: str) -> tuple[str, str]:
    """Split a ruleset from the rule of it that is meant; a drive or a folder behind a colon is no rule."""
    name, _, wanted = other.rpartition(":")
    return (name, wanted) if name and not set("/\\.@") & set(wanted) else (other, "")


def _undrawn(rule: RuleInForce) -> Diagnostic:
    """Return the note that a rule has no picture."""
    message = Message(
        f"规则 “{rule.id}” 没有画：得分不随一个数变，或缺少例子里的数",
        f"rule {rule.id!r} is not drawn: no number alone decides its score, or no example gives one that it needs",
    )
    return Diagnostic("PF234", message, None, rule.span, severity=Severity.NOTE)


def _rule(edition: Edition, rule_id: str) -> RuleInForce:
    rule = edition.rule(rule_id)
    if rule is None:
        known = "、".join(one.id for one in edition.rules)
        shown = shorten(rule_id)
        message = Message(
            f"规则集 “{edition.ruleset}” 没有规则 “{shown}”", f"{edition.ruleset!r} has no rule {shown!r}"
        )
        raise NotFoundError.of(Diagnostic("PF234", message, Message(f"已有：{known}", f"known: {known}")))
    return rule
