"""The errors that pfscore raises; nothing of lark, pydantic or yaml ever comes out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.stored import refuse_with
from pfscore.foundation.text import Lang


class PfscoreError(Exception):
    """The base of every error of pfscore.

    `diagnostics` holds all the problems that were found, not only the first; `str()` shows them as the command
    line does, in Chinese, and `render("en")` in English. Errors can be pickled and copied, and are equal where their
    diagnostics are.

    >>> import pfscore
    >>> try:
    ...     pfscore.load_ruleset("cn-xx/project")
    ... except pfscore.PfscoreError as error:
    ...     print(error.code)
    PF225
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

    def render(self, lang: Lang = "zh") -> str:
        """Return all problems as text for a terminal."""
        return "\n".join(diagnostic.render(lang) for diagnostic in self.diagnostics)

    def __str__(self) -> str:
        return self.render()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PfscoreError) or type(self) is not type(other):
            return NotImplemented
        return self.diagnostics == other.diagnostics

    def __hash__(self) -> int:
        return hash((type(self), self.diagnostics))


class InputError(PfscoreError, ValueError):
    """A file or a form that cannot be read (PF1xx, PF5xx).

    >>> import pfscore
    >>> try:
    ...     pfscore.load_form("no-such-form.json")
    ... except pfscore.InputError as error:
    ...     print(error)
    PF101 错误：找不到文件 “no-such-form.json”
      no-such-form.json
    """


class RulesetError(PfscoreError, ValueError):
    """A ruleset that is not valid (PF1xx, PF2xx, PF4xx, PF6xx); all its problems are in `diagnostics`.

    >>> import pfscore
    >>> try:
    ...     pfscore.load_ruleset("cn-sc/project").score(target="≥5人", actual="5人", points="5")
    ... except pfscore.RulesetError as error:
    ...     print(error.code)
    PF224
    """


class ExpressionError(PfscoreError, ValueError):
    """A cell (PF3xx) or a formula (PF4xx) that cannot be read.

    >>> import pfscore
    >>> try:
    ...     pfscore.parse_target("≥**人")
    ... except pfscore.ExpressionError as error:
    ...     print(error.code[:3])
    PF3
    """


class ScoringError(PfscoreError, ArithmeticError):
    """A formula that has no value (PF43x), such as a division by zero; a row is refused instead (PF521).

    >>> import pfscore
    >>> issubclass(pfscore.ScoringError, ArithmeticError)
    True
    """


class NotFoundError(PfscoreError, LookupError):
    """A ruleset, a date, a rule or a code that does not exist.

    >>> import pfscore
    >>> try:
    ...     pfscore.load_ruleset("cn-sc/projct")
    ... except pfscore.NotFoundError as error:
    ...     print(error)
    PF225 错误：没有规则集 “cn-sc/projct”
      提示：是不是 “cn-sc/project”？
    """


refuse_with(lambda message, hint: InputError.of(Diagnostic("PF536", message, hint)))
