"""`pfscore check`: everything that is wrong with rulesets, at once; and what their examples give."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pfscore.cli.output import EXIT_DONE, EXIT_PROBLEMS, EXIT_USAGE, Progress, add_json, add_language, print_json
from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.text import Lang
from pfscore.scoring.checking import Checked, check_ruleset
from pfscore.scoring.examples import ExampleRun

HELP = "检查规则集：写法、例子、证明 · check rulesets: form, examples, proofs"

_STATUS = {"active": {"zh": "现行", "en": "active"}, "draft": {"zh": "草案", "en": "draft"}}
_SUFFIXES = (".yaml", ".yml", ".json")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("rulesets", nargs="+", metavar="RULESET", help="代号、文件或文件夹 · ids, files or folders")
    parser.add_argument("--explain", action="store_true", help="每个例子都说明 · explain every example")
    add_json(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    progress = Progress("已检查" if options.lang == "zh" else "checked")
    found = []
    for name in _members(options.rulesets):
        checked = check_ruleset(name)
        found.append(checked)
        progress.step()
        if not options.json:
            print(_as_text(checked, options.lang, explain=options.explain))
    progress.done()
    if options.json:
        print_json({"rulesets": [_as_json(checked, options.lang) for checked in found], **_counts(found)})
    elif len(found) > 1:
        print(_summary(found, options.lang))
    if any(not checked.readable for checked in found) or not found:
        return EXIT_USAGE
    return EXIT_PROBLEMS if any(checked.of(Severity.ERROR) for checked in found) else EXIT_DONE


def _members(names: Sequence[str]) -> Iterator[str | Path]:
    """Yield what to check; of a folder its rulesets, a compiled one only where its text is not beside it."""
    for name in names:
        folder = Path(name)
        if not folder.is_dir():
            yield name
            continue
        files = sorted(path for path in folder.rglob("*") if path.suffix in _SUFFIXES and path.is_file())
        written = {path.with_suffix("") for path in files if path.suffix != ".json"}
        yield from (path for path in files if path.suffix != ".json" or path.with_suffix("") not in written)


def _as_text(checked: Checked, lang: Lang, *, explain: bool) -> str:
    parts = [_headline(checked, lang)]
    failed = {id(problem): run for run in checked.runs for problem in run.problems}
    if explain:
        parts += [_example_text(run, lang) for run in checked.runs]
    for problem in checked.problems:
        parts.append(textwrap.indent(problem.render(lang), "  "))
        if (run := failed.get(id(problem))) is not None and not explain:
            parts.append(textwrap.indent(run.obtained.explain(lang), "      "))
    return "\n".join(parts)


def _headline(checked: Checked, lang: Lang) -> str:
    zh = lang == "zh"
    errors, warnings = len(checked.of(Severity.ERROR)), len(checked.of(Severity.WARNING))
    counts = f"错误 {errors}，警告 {warnings}" if zh else f"{errors} errors, {warnings} warnings"
    if not checked.family:
        return f"{checked.name}  {counts}"
    ruleset = checked.family[0].ruleset
    passed = sum(run.passed for run in checked.runs)
    examples = f"例子 {passed}/{len(checked.runs)} 相符" if zh else f"{passed}/{len(checked.runs)} examples agree"
    return f"{ruleset.ruleset}  {ruleset.title}  {_STATUS[ruleset.status][lang]}  {examples}  {counts}"


def _example_text(run: ExampleRun, lang: Lang) -> str:
    mark = "✓" if run.passed else "✗"
    zh = lang == "zh"
    head = f"{mark} {run.rule} {run.since} “{run.title}”"
    lines = [
        head,
        ("  应为：" if zh else "  expected: ") + run.expected(lang),
        ("  实为：" if zh else "  obtained: ") + run.outcome(lang),
        textwrap.indent(run.obtained.explain(lang), "    "),
    ]
    return textwrap.indent("\n".join(lines), "  ")


def _summary(found: Sequence[Checked], lang: Lang) -> str:
    examples, errors, warnings = _counts(found).values()
    if lang == "zh":
        return f"共 {len(found)} 个规则集，例子 {examples} 个，错误 {errors}，警告 {warnings}"
    return f"{len(found)} rulesets, {examples} examples, {errors} errors, {warnings} warnings"


def _counts(found: Sequence[Checked]) -> dict[str, int]:
    return {
        "examples": sum(len(checked.runs) for checked in found),
        "errors": sum(len(checked.of(Severity.ERROR)) for checked in found),
        "warnings": sum(len(checked.of(Severity.WARNING)) for checked in found),
    }


def _as_json(checked: Checked, lang: Lang) -> dict[str, Any]:
    data: dict[str, Any] = {"name": checked.name}
    if checked.family:
        ruleset = checked.family[0].ruleset
        data |= {"id": ruleset.ruleset, "title": ruleset.title, "status": ruleset.status}
    data["problems"] = [_problem(problem, lang) for problem in checked.problems]
    data["examples"] = [_example_json(run, lang) for run in checked.runs]
    return data


def _problem(problem: Diagnostic, lang: Lang) -> dict[str, Any]:
    return problem.as_json(lang)


def _example_json(run: ExampleRun, lang: Lang) -> dict[str, Any]:
    return {
        "rule": run.rule,
        "since": run.since.isoformat(),
        "on": run.on.isoformat(),
        "title": run.title,
        "passed": run.passed,
        "expected": run.expected(lang),
        "obtained": run.outcome(lang),
        "explanation": run.obtained.explain(lang),
    }
