"""The rulesets of a command, as their authors wrote them; an error in one is reported and stops the command."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pfscore.checking.check import change_days
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import NotFoundError, RulesetError
from pfscore.foundation.text import Message
from pfscore.rulesets.in_force import Loaded
from pfscore.rulesets.load import inspect_family
from pfscore.rulesets.search import Search
from pfscore.scoring.rules import Rules, read_on


def family_of(name: str | Path, search: Search = ()) -> tuple[Loaded, ...]:
    """Read a ruleset and its parents; their places are those of the authors' text.

    Raises:
        NotFoundError: PF225 where there is no such ruleset or file.
        RulesetError: all problems, as where the ruleset is loaded to score.
    """
    family, problems = inspect_family(name, search=search)
    if any(problem.code == "PF225" for problem in problems):
        raise NotFoundError(problems)
    if problems or not family:
        raise RulesetError(problems)
    return family


def day_of(family: tuple[Loaded, ...], wanted: str | None) -> date:
    """Return the day that is wanted, or else that of the last change: there is no clock.

    Raises:
        RulesetError: PF223 where no day is wanted and nothing is ever in force.
    """
    if wanted is not None:
        return read_on(wanted)
    if days := change_days(family):
        return days[-1]
    ruleset = family[0].ruleset.ruleset
    message = Message(f"规则集 “{ruleset}” 没有一版是生效的", f"no version of {ruleset!r} is active")
    hint = Message("各版都写了 disabled；核实依据之后删去", "all versions are `disabled`; enable what is verified")
    raise RulesetError.of(Diagnostic("PF223", message, hint, family[0].span(("ruleset",))))


def rules_at(text: str, search: Search = ()) -> Rules:
    """Return the ruleset before the `@` as of the day after it, or else after its last change.

    A file whose name has an `@` is that file.
    """
    name, day = _dated(text)
    family = family_of(name, search)
    return Rules(family, day_of(family, day))


def _dated(text: str) -> tuple[str, str | None]:
    name, at, day = text.rpartition("@")
    return (name, day) if at and not Path(text).exists() else (text, None)


def files_of(names: Iterable[str], search: Search = ()) -> list[str]:
    """Return the files that rulesets are read from, those of their parents among them; see :func:`rules_at`."""
    return [loaded.span(()).source for name in names for loaded in family_of(_dated(name)[0], search)]
