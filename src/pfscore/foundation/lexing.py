"""The lexer of the two parsers: Lark's, without the comparison of all terminals that it makes at every start."""

from __future__ import annotations

from typing import Any

from lark.lexer import ContextualLexer


class UncheckedLexer(ContextualLexer):
    """A lexer that takes its terminals as checked.

    Where `interegular` is installed, Lark compares all terminals with each other at every build, which takes seconds.
    tests/cells/grammar/test_parser.py and tests/formulas build the strict lexer instead.
    """

    def __init__(self, conf: Any, *args: Any, **options: Any) -> None:
        conf.skip_validation = True
        super().__init__(conf, *args, **options)
