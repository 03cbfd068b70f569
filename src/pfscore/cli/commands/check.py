"""`pfscore check`: everything that is wrong with rulesets, at once; and what their examples give."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pfscore.checking.check import Checked, check_ruleset
from pfscore.checking.counterexamples import is_excepted
from pfscore.checking.examples import ExampleRun
from pfscore.checking.proofs import Proof
from pfscore.cli.families import day_of, family_of
from pfscore.cli.output import (
    EXIT_DONE,
    EXIT_PROBLEMS,
    EXIT_USAGE,
    Progress,
    add_json,
    add_language,
    add_search,
    print_json,
    report_error,
)
from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.errors import PfscoreError
from pfscore.foundation.text import Lang
from pfscore.report.rulesets.words import show
from pfscore.rulesets.edition import edition
from pfscore.rulesets.writing.resolved import resolved

_SUFFIXES = (".yaml", ".yml", ".json")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("rulesets", nargs="+", metavar="RULESET", help="代号、文件或文件夹 · ids, files or folders")
    parser.add_argument("--resolved", action="store_true", help="打印合并了上级的全文和每行的出处 · print it merged")
    parser.add_argument("--on", metavar="DATE", help="合并到哪一天，默认最近一次变动之后 · merged as of this day")
    parser.add_argument("--explain", action="store_true", help="每个例子都说明 · explain every example")
    add_search(parser)
    add_json(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    if options.resolved:
        return _resolved(options)
    progress = Progress("已检查" if options.lang == "zh" else "checked")
    found = []
    for name in _members(options.rulesets):
        checked = check_ruleset(name, search=options.search)
        found.append(checked)
        progress.step()
        if not options.json:
            print(report(checked, options.lang, explain=options.explain))
    progress.done()
    if options.json:
        print_json({"rulesets": [_as_json(checked, options.lang) for checked in found], **_counts(found)})
    elif len(found) > 1:
        print(_summary(found, options.lang))
    if any(not checked.readable for checked in found) or not found:
        return EXIT_USAGE
    return EXIT_PROBLEMS if any(checked.of(Severity.ERROR) for checked in found) else EXIT_DONE


def _resolved(options: argparse.Namespace) -> int:
    """Print each ruleset merged with its parents; what is wrong with it is reported in its place."""
    code = EXIT_DONE
    for name in _members(options.rulesets):
        try:
            family = family_of(name, options.search)
            print(resolved(edition(family, day_of(family, options.on))), end="")
        except PfscoreError as error:
            code = max(code, report_error(error, options.lang))
    return code


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


def report(checked: Checked, lang: Lang, *, explain: bool = False) -> str:
    """Return all that is found about one ruleset as text; with `explain` every example and proof too."""
    parts = [_headline(checked, lang)]
    failed = {id(problem): run for run in checked.runs for problem in run.problems}
    if explain:
        parts += [_example_text(run, lang) for run in checked.runs]
        parts += [f"  ∎ {proof.said(lang)}" for proof in checked.proofs if proof.claims]
    for problem in checked.problems:
        if problem.severity is Severity.NOTE:
            parts.append(_note(problem, lang))
            continue
        parts.append(textwrap.indent(problem.render(lang), "  "))
        if (run := failed.get(id(problem))) is not None and not explain:
            parts.append(textwrap.indent(run.obtained.explain(lang), "      "))
    return "\n".join(parts)


def _note(problem: Diagnostic, lang: Lang) -> str:
    """A note in one line."""
    place = problem.span.where() if problem.span is not None else ""
    return f"  {problem.code} {'说明：' if lang == 'zh' else 'note: '}{problem.message.text(lang)}  {place}".rstrip()


def _headline(checked: Checked, lang: Lang) -> str:
    zh = lang == "zh"
    errors, warnings = len(checked.of(Severity.ERROR)), len(checked.of(Severity.WARNING))
    counts = f"错误 {errors}，警告 {warnings}" if zh else f"{_many(errors, 'error')}, {_many(warnings, 'warning')}"
    if not checked.family:
        return f"{checked.name}  {counts}"
    ruleset = checked.family[0].ruleset
    passed = sum(run.passed for run in checked.runs)
    examples = f"例子 {passed}/{len(checked.runs)} 相符" if zh else f"{passed}/{len(checked.runs)} examples agree"
    proofs = _proof_counts(checked, lang)
    status = show("status", ruleset.status, lang) or ""
    return "  ".join((ruleset.ruleset, ruleset.title, status, examples, proofs, counts))


def _proof_counts(checked: Checked, lang: Lang) -> str:
    """Return how many claims are proved, and how many do not hold because a cited clause says so."""
    claims = [(proof, claim) for proof in checked.proofs for claim in proof.claims]
    proved = sum(claim.verdict == "proved" for _, claim in claims)
    excepted = sum(is_excepted(proof, claim) for proof, claim in claims)
    if lang == "zh":
        return f"已证 {proved} 条" + (f"（依条款例外 {excepted}）" if excepted else "")
    return f"{proved} claims proved" + (f" ({excepted} excepted by a clause)" if excepted else "")


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
    counted = {"ruleset": len(found), "example": examples, "error": errors, "warning": warnings}
    return ", ".join(_many(number, noun) for noun, number in counted.items())


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


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
    data["problems"] = [problem.as_json(lang) for problem in checked.problems]
    data["examples"] = [_example_json(run, lang) for run in checked.runs]
    data["proofs"] = [_proof_json(proof, lang) for proof in checked.proofs]
    return data


def _proof_json(proof: Proof, lang: Lang) -> dict[str, Any]:
    return {
        "rule": proof.rule.id,
        "since": proof.rule.version.since.isoformat(),
        "target": proof.kind,
        "of": proof.what.text(lang),
        "claims": [
            {
                "name": claim.name,
                "claim": claim.message.text(lang),
                "verdict": claim.verdict,
                "any_points": claim.any_points,
                "any_target": claim.any_target,
            }
            for claim in proof.claims
        ],
    }


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
