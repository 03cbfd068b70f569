"""What every kind of answer says of every kind of target.

`every_pair.txt` has the answers in its first line, and a line for each target, with the answers behind a sign:
`✓` is met, `✗` missed, `!` refused, `-` does not apply, `0` is blank; all others are left to a person.
`PFSCORE_WRITE_EXPLAINED=1 pytest tests/scoring/row/comparing/test_every_pair.py` writes it anew; read the difference
before you keep it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pfscore
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.rules import Rules

FILE = Path(__file__).with_name("every_pair.txt")
SIGNS = {Outcome.NOT_APPLICABLE: "-", Outcome.REFUSED: "!", Outcome.MISSING: "0"}


def sign_of(one: pfscore.IndicatorScore) -> str:
    """Return what a row came to, in one sign."""
    return SIGNS.get(one.outcome) or {None: "?", True: "✓", False: "✗"}[one.met]


def line_of(rules: Rules, target: str, actuals: list[str]) -> str:
    """Return a target, and behind each sign the answers that come to it; those left to a person are not listed."""
    answers: dict[str, list[str]] = {}
    for actual in actuals:
        one = rules.score(name="办理情况", target=target, actual=actual, points="10")
        answers.setdefault(sign_of(one), []).append(actual)
    return "\t".join([target, *(f"{sign} {' '.join(answers[sign])}" for sign in sorted(answers) if sign != "?")])


def test_every_pair(rules: Rules) -> None:
    first, *lines = FILE.read_text(encoding="utf-8").splitlines()
    now = (line_of(rules, line.partition("\t")[0], first.split()) for line in lines)
    if os.environ.get("PFSCORE_WRITE_EXPLAINED"):
        FILE.write_text("".join(f"{line}\n" for line in (first, *now)), encoding="utf-8")
    else:
        for line, before in zip(now, lines, strict=True):
            assert line == before
