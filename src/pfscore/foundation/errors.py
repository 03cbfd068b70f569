"""The errors that pfscore raises; nothing of lark, pydantic or yaml ever comes out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from pfscore.foundation.diagnostics import Diagnostic


class PfscoreError(Exception):
    """The base of every error of pfscore.

    `diagnostics` holds all the problems that were found, not only the first; `str()` shows them as the command
    line does, in Chinese. The error can be pickled.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__(self.diagnostics)

    @classmethod
    def of(cls, diagnostic: Diagnostic) -> Self:
        """Return the error for one problem."""
        return cls((diagnostic,))

    @property
    def code(self) -> str:
        """The code of the first problem, such as `PF301`."""
        return self.diagnostics[0].code

    def __str__(self) -> str:
        return "\n".join(diagnostic.render() for diagnostic in self.diagnostics)


class InputError(PfscoreError, ValueError):
    """A file or a form that cannot be read (PF1xx, PF5xx)."""


class RulesetError(PfscoreError, ValueError):
    """A ruleset that is not valid (PF1xx, PF2xx, PF4xx, PF6xx)."""


class ExpressionError(PfscoreError, ValueError):
    """A cell (PF3xx) or a formula (PF4xx) that cannot be read."""


class ScoringError(PfscoreError, ArithmeticError):
    """A score that cannot be computed (PF5xx), such as a division by a zero target."""


class NotFoundError(PfscoreError, LookupError):
    """A ruleset, a date, a rule or a code that does not exist."""
