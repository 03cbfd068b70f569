"""A finding: code and severity, place, sentence, figures and likely cause; and the file of those that are accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, NotRequired

from pfscore.foundation.diagnostics import Diagnostic, Severity, ShownPlace, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source, read_source
from pfscore.foundation.stored import Stored, TypedDict, ValueOf, storable
from pfscore.foundation.text import Lang, Message, place_text, shorten

#: The order of severities, the gravest first.
SEVERITY_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


class ShownFinding(TypedDict):
    """A finding as JSON; what is not known is null."""

    code: str
    severity: Annotated[str, ValueOf(Severity)]
    form: str
    row: int | None
    name: str
    message: str
    published: str | None
    computed: str | None
    evidence: list[str]
    cause: str | None
    organisation: str | None
    region: str | None
    year: int | None
    ruleset: str | None
    status: Literal["active", "draft"] | None
    at: NotRequired[ShownPlace]


#: What only follows from errors of rows: a total that carries their scores.
FOLLOWS = "PF709"


@dataclass(frozen=True, slots=True)
class Finding(Stored):
    """One contradiction or doubt in a published form.

    `form` is the form's title; `row` counts its indicators from 1 and is `None` for the form as a whole and for a
    budget line, whose label is then the `name`. `published` is what the document shows, `computed` what follows
    from its other figures. `evidence` says how that was computed, `cause` what most likely led to the printed figure.
    `ruleset` is the one that the form was audited under, `is_draft` whether it is a draft; `line` counts budget lines
    from 1, and is 0 for everything else.

    >>> from pfscore.foundation.text import Message
    >>> said = Message("总分不是各行之和", "the total is not the sum")
    >>> found = Finding("PF708", Severity.ERROR, "表", None, "总分", said, "98", "97")
    >>> found.as_json()["published"], found.key
    ('98', 'PF708 | 表 | - | 总分 | 98 | 97')
    """

    SHOWN: ClassVar[type] = ShownFinding

    code: str
    severity: Severity
    form: str
    row: int | None
    name: str
    message: Message
    published: str | None = None
    computed: str | None = None
    evidence: tuple[Message, ...] = ()
    cause: Message | None = None
    span: Span | None = field(default=None, compare=False, repr=False)
    organisation: str | None = field(default=None, compare=False, repr=False)
    region: str | None = field(default=None, compare=False, repr=False)
    year: int | None = field(default=None, compare=False, repr=False)
    ruleset: str | None = field(default=None, compare=False, repr=False)
    is_draft: bool = field(default=False, compare=False, repr=False)
    line: int = field(default=0, compare=False, repr=False)

    @property
    def key(self) -> str:
        """The finding in one line: what a file of accepted findings and a reviewed list hold.

        It names the figures, so that an accepted finding comes back when they change.
        """
        row = "-" if self.row is None else str(self.row)
        cells = (self.code, self.form, row, self.name, self.published, self.computed)
        return " | ".join(_one_line(cell) for cell in cells)

    @property
    def order(self) -> tuple[Any, ...]:
        """The most serious first, then by place in the form; a total that only follows from rows stands behind them."""
        place = 2 if self.code == FOLLOWS else int(self.row is not None)
        return (SEVERITY_RANK[self.severity], place, self.row or 0, self.code, self.line, self.name)

    @property
    def place(self) -> str:
        """The cell of the person's own file, such as `运维费!F12`; empty where the form has no such places."""
        return "" if self.span is None else self.span.place

    def as_json(self, lang: Lang = "zh") -> ShownFinding:
        """Return the finding as plain JSON data; what is not known is null."""
        data: ShownFinding = {
            "code": self.code,
            "severity": self.severity.value,
            "form": self.form,
            "row": self.row,
            "name": self.name,
            "message": self.message.text(lang),
            "published": self.published,
            "computed": self.computed,
            "evidence": [message.text(lang) for message in self.evidence],
            "cause": None if self.cause is None else self.cause.text(lang),
            "organisation": self.organisation,
            "region": self.region,
            "year": self.year,
            "ruleset": self.ruleset,
            "status": None if self.ruleset is None else "draft" if self.is_draft else "active",
        }
        if self.span is not None and self.span.source:
            data["at"] = {"source": self.span.source}
            if self.span.line:
                data["at"] |= {"line": self.span.line, "column": self.span.column}
            if self.span.place:
                data["at"]["place"] = place_text(self.span.place, lang)
        return data


storable(Finding)


def _one_line(text: str | None) -> str:
    """Return a cell's text for a line that is separated by bars; nothing is a dash."""
    return "-" if not text else " ".join(text.replace("|", "¦").split())


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings form by form as they came, in each form the most serious first."""
    forms: dict[str, int] = {}
    listed = list(findings)
    for finding in listed:
        forms.setdefault(finding.form, len(forms))
    return sorted(listed, key=lambda finding: (forms[finding.form], *finding.order))


_FIELDS = 6
_HEAD = (
    "# 已核对、接受的审核发现，每行一条；数字变了就会重新报告。行末可写“ # 说明”。",
    "# Findings that were reviewed and accepted, one a line; when the figures change they are reported again.",
)


def read_accepted(path: str | Path) -> frozenset[str]:
    """Read a file of accepted findings.

    Raises:
        InputError: PF1xx where the file cannot be read, PF790 for lines that are no findings.
    """
    source = read_source(path, allow_bom=True)
    keys = {number: _key(line) for number, line in enumerate(source.text.split("\n"), 1)}
    wrong = [_problem(source, number, key) for number, key in keys.items() if key and key.count(" | ") != _FIELDS - 1]
    if wrong:
        raise InputError(wrong)
    return frozenset(key for key in keys.values() if key)


def accepted_text(findings: Iterable[Finding]) -> str:
    """Return the text of a file that accepts these findings."""
    return "\n".join([*_HEAD, *sorted({finding.key for finding in findings})]) + "\n"


def _key(line: str) -> str:
    text = line.strip()
    return "" if text.startswith("#") else text.split(" # ", 1)[0].strip()


def _problem(source: Source, number: int, key: str) -> Diagnostic:
    return Diagnostic(
        "PF790",
        Message(f"这一行不是一条审核发现：“{shorten(key)}”", f"this line is no finding: {shorten(key)!r}"),
        Message(
            "应有六项：代码 | 表名 | 行 | 名称 | 公布 | 应为；可用 --write-accepted 生成",
            "six parts: code | form | row | name | published | computed; --write-accepted writes them",
        ),
        source.span(number, 1, max(1, len(key))),
    )
