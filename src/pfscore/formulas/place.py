"""Where a formula stands: from an offset in its text to the author's file, line and column."""

from __future__ import annotations

from dataclasses import dataclass

from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.text import Message


@dataclass(frozen=True, slots=True)
class Origin:
    """A formula's text, and `at`, the place of its first character in the author's file where it has one."""

    text: str
    at: Span | None = None

    def span(self, start: int, end: int) -> Span:
        """Return the place of the characters from `start` to `end`.

        The caret stands in the author's own line wherever the formula is found there as it was read; in a quoted
        scalar with escapes it stands in the formula itself.
        """
        line_start = self.text.rfind("\n", 0, start) + 1
        line = self.text[line_start:].partition("\n")[0]
        row, column = self.text.count("\n", 0, start), start - line_start
        length = max(1, min(end, line_start + len(line)) - start)
        if self.at is None:
            return Span("", row + 1 if "\n" in self.text else 0, column + 1, length, line)
        indent = self.at.column - 1
        author = self.at.text if row == 0 else " " * indent + line
        if not author.startswith(line, indent):
            author, indent = line, 0
        return Span(
            self.at.source,
            self.at.line + row,
            indent + column + 1,
            length,
            author,
            self.at.ruleset,
            self.at.rule,
            self.at.form,
            self.at.row,
        )

    def problem(self, code: str, place: tuple[int, int], message: Message, hint: Message | None = None) -> Diagnostic:
        """Return the diagnostic for what stands at `place`."""
        return Diagnostic(code, message, hint, self.span(*place))

    def error(
        self, code: str, place: tuple[int, int], message: Message, hint: Message | None = None
    ) -> ExpressionError:
        """Return the error for one problem at `place`."""
        return ExpressionError.of(self.problem(code, place, message, hint))
