"""What the processes of the pool do for the pages: a review with a person's decisions, and a ruleset on trial."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from pfscore.auditing.run import bodies
from pfscore.checking.check import change_days, check_text
from pfscore.forms.files.writing import forms_json
from pfscore.forms.form import BudgetLine, Form, Indicator, is_broken
from pfscore.forms.recognition.choices import meanings_of_columns
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError, PfscoreError
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Lang, Message
from pfscore.report.review.annotated import annotated_workbook, free_path
from pfscore.report.review.markdown import review_markdown
from pfscore.report.review.page import review_page
from pfscore.report.review.reviewed import Review, ReviewedForm, Tally, Unreadable, review_body, review_forms
from pfscore.report.review.shown import shown_forms
from pfscore.report.review.workbook import review_workbook
from pfscore.report.rulesets.drawing import picture
from pfscore.rulesets.edition import edition
from pfscore.rulesets.in_force import Edition
from pfscore.scoring.row.comparing.readings_of_row import Outcome
from pfscore.scoring.rules import Rules, read_on
from pfscore.service.answers import Asked, How, dumped, read_file, shown_check, shown_table
from pfscore.service.bodies import AskedTable, OpenRow, Reviewed, ReviewedForms, ShownCurve, ShownTally, Trial

#: A file as it was sent: its name and what it holds.
File = tuple[str, bytes]


@dataclass(frozen=True)
class Decision:
    """A score that a person gave to a row: of which file and form, counted from 0, and why.

    `kind` is `indicators` or `budget`, and `index` counts the rows of that kind from 0.
    """

    file: int
    form: int
    kind: Literal["indicators", "budget"]
    index: int
    score: str
    reason: str = ""


@dataclass(frozen=True)
class FormPlace:
    """A form by its file and its place there, counted from 0."""

    file: int
    form: int


@dataclass(frozen=True)
class Part:
    """The forms of a review that are reviewed again, and what counts of the others; their files may be sent empty."""

    only: tuple[FormPlace, ...]
    beside: tuple[Tally, ...] = ()


@dataclass(frozen=True)
class Read:
    """The forms of all files with the number of their file and their number in it, and what else was found."""

    forms: tuple[tuple[int, int, Form], ...]
    unreadable: tuple[Unreadable, ...]
    tables: tuple[AskedTable, ...]


def review(
    files: Sequence[File], decisions: Sequence[Decision], how: How, output: str, asked: Asked, part: Part | None = None
) -> bytes:
    """Review the forms of some files as `pfscore report` does, after a person's decisions, and write it as `output`.

    With `part`, only its forms are read and reviewed.

    Raises:
        InputError: PF152 where no workbook can be annotated, PF110 where a library is missing.
    """
    read = _read(files, how, asked, None if part is None else part.only)
    read = replace(
        read, forms=tuple((file, form, _decided(one, file, form, decisions)) for file, form, one in read.forms)
    )
    if output == "forms":
        return forms_json([one for _, _, one in read.forms]).encode() if read.forms else b"[]\n"
    beside = () if part is None else part.beside
    forms = review_forms([(files[file][0], form) for file, _, form in read.forms], asked.rules_of)
    found = Review(tuple(forms), read.unreadable, beside)
    return _OUTPUTS[output](found, files, read, asked)


def _read(files: Sequence[File], how: How, asked: Asked, only: Sequence[FormPlace] | None) -> Read:
    forms: list[tuple[int, int, Form]] = []
    unreadable: list[Unreadable] = []
    tables: list[AskedTable] = []
    wanted = None if only is None else {(one.file, one.form) for one in only}
    for number, (name, data) in enumerate(files):
        if wanted is not None and not any(file == number for file, _ in wanted):
            continue
        try:
            found, unknown = read_file(data, name, how)
        except PfscoreError as error:
            unreadable.append(Unreadable(name, error.diagnostics))
            continue
        tables += [{"file": number, "table": shown_table(table, asked.lang)} for table in unknown]
        for position, form in enumerate(found):
            if wanted is not None and (number, position) not in wanted:
                continue
            if is_broken(form):
                unreadable.append(Unreadable(name, form.problems))
            else:
                forms.append((number, position, asked.with_year(form)))
    return Read(tuple(forms), tuple(unreadable), tuple(tables))


def _decided(form: Form, file: int, number: int, decisions: Sequence[Decision]) -> Form:
    """Return a form with the decisions about its rows."""
    rows: dict[str, list[Indicator | BudgetLine]] = {"indicators": [*form.indicators], "budget": [*form.budget]}
    mine = [one for one in decisions if (one.file, one.form) == (file, number) and 0 <= one.index < len(rows[one.kind])]
    for one in mine:
        row = rows[one.kind][one.index]
        note = "；".join(part for part in (row.note, one.reason.strip()) if part)
        rows[one.kind][one.index] = row.model_copy(update={"decision": one.score, "note": note or None})
    return form.model_copy(update={kind: tuple(changed) for kind, changed in rows.items()}) if mine else form


def _as_json(found: Review, files: Sequence[File], read: Read, asked: Asked) -> bytes:
    """Return the page of a review, and what a person may decide or answer in it."""
    del files
    numbers = {id(one): (file, form) for one, (file, form, _) in zip(found.forms, read.forms, strict=True)}
    groups = enumerate(bodies(form for _, _, form in read.forms))
    bodies_of = {id(found.forms[member]): body for body, members in groups for member in members}
    forms: list[ReviewedForms] = []
    for position, one in enumerate(found.by_urgency, 1):
        file, form = numbers[id(one)]
        forms.append(
            {
                "id": f"form-{position}",
                "file": file,
                "form": form,
                "body": bodies_of[id(one)],
                "open": _open_rows(one),
                "tally": _tally(one.tally),
            }
        )
    data: Reviewed = {
        "line": found.in_one_line(asked.lang),
        "page": review_page(found, asked.lang),
        "lacking": {
            "ruleset": sum(form.ruleset is None for _, _, form in read.forms) if asked.ruleset is None else 0,
            "year": sum(form.year is None for _, _, form in read.forms) if asked.on is None else 0,
        },
        "forms": forms,
        "unreadable": [_tally(one.tally) for one in found.unreadable],
        "tables": list(read.tables),
        "meanings": meanings_of_columns(),
    }
    return dumped(data)


def _tally(one: Tally) -> ShownTally:
    return {"standing": one.standing.value, "codes": list(one.codes)}


def _open_rows(one: ReviewedForm) -> list[OpenRow]:
    """Return the rows that a person may decide: those that are open, and those that were decided."""
    rows: list[OpenRow] = []
    for position, row in enumerate(one.rows):
        award = None if row.score is None or row.score.points_exact is None else row.score.award
        decision = row.row.decision
        if award is None or row.score is None:
            continue
        low, high = award.low, award.high
        is_open = row.score.outcome is Outcome.JUDGEMENT
        if (is_open or decision is not None) and low is not None and high is not None:
            kind = "budget" if row.number is None else "indicators"
            index = position if row.number is None else row.number - 1
            rows.append(
                {
                    "position": position,
                    "index": index,
                    "kind": kind,
                    "name": row.name,
                    "low": decimal_text(low),
                    "high": decimal_text(high),
                    "decision": decision,
                }
            )
    return rows


def _annotated(found: Review, files: Sequence[File], read: Read, asked: Asked) -> bytes:
    """Return the annotated workbook; of several, a zip of them, each under its own name."""
    written: dict[PurePosixPath, bytes] = {}
    refused: list[PfscoreError] = []
    for number, (name, data) in enumerate(files):
        mine = [one for one, (file, _, _) in zip(found.forms, read.forms, strict=True) if file == number]
        try:
            written[free_path(_without_folders(name), written)] = annotated_workbook(name, data, mine, asked.lang)
        except InputError as error:
            refused.append(error)
    if not written:
        message = Message("没有可以写回的工作簿", "there is no workbook to write back")
        raise refused[0] if len(refused) == 1 else InputError.of(Diagnostic("PF152", message))
    if len(files) == 1:
        return next(iter(written.values()))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as zipped:
        for path, data in written.items():
            zipped.writestr(zipfile.ZipInfo(str(path)), data)
    return archive.getvalue()


def _without_folders(name: str) -> PurePosixPath:
    return PurePosixPath(PurePosixPath(name.replace("\\", "/")).name or "workbook.xlsx")


_Output = Callable[[Review, Sequence[File], Read, Asked], bytes]
_OUTPUTS: Mapping[str, _Output] = {
    "json": _as_json,
    "html": lambda found, _, __, asked: review_page(found, asked.lang).encode(),
    "markdown": lambda found, _, __, asked: review_markdown(found, asked.lang).encode(),
    "xlsx": lambda found, _, __, asked: review_workbook(found, asked.lang),
    "annotated": _annotated,
}


# ── a ruleset on trial ──
def trial(text: bytes, form: bytes, name: str, asked: Asked) -> bytes:
    """Check a ruleset that is being written, draw its curves, and score a form under it where one is given."""
    checked = check_text(text, search=asked.search)
    data: Trial = {
        "checked": shown_check(checked, asked.lang),
        "curves": [],
        "rows": [],
        "total": "",
        "problems": [],
    }
    if not checked.family:
        return dumped(data)
    try:
        days = change_days(checked.family)
        on = read_on(asked.on) if asked.on is not None else days[-1] if days else None
        if on is not None:
            data["curves"] = [*_curves(edition(checked.family, on), asked.lang)]
        if form:
            _score_on_trial(data, Rules(checked.family), form, name, asked)
    except PfscoreError as error:
        data["problems"] = [problem.as_json(asked.lang) for problem in error.diagnostics]
    return dumped(data)


def _curves(current: Edition, lang: Lang) -> Iterator[ShownCurve]:
    """Yield the curves of the rules of the text, or where it has none, of those that it takes over."""
    own = [rule for rule in current.rules if rule.ruleset == current.ruleset] or current.rules
    for rule in own:
        if (svg := picture([[rule]], lang=lang)) is not None:
            layer = rule.layers[-1]
            line = layer.loaded.span(layer.path).line if rule.ruleset == current.ruleset else 0
            yield {"rule": rule.id, "title": rule.title, "line": line, "svg": svg}


def _score_on_trial(data: Trial, rules: Rules, form: bytes, name: str, asked: Asked) -> None:
    forms = read_file(form, name, How())[0][:1]
    members = [(name, asked.with_year(one)) for one in forms]
    reviewed = Review(tuple(review_body(members, [rules for _ in members])))
    for shown in shown_forms(reviewed, asked.lang):
        data["rows"] = [
            {key: value for key, value in asdict(row).items() if key not in {"picture", "findings"}}
            for row in shown.rows
        ]
        data["total"] = shown.verdict
    for one in reviewed.forms:
        data["problems"] += [problem.as_json(asked.lang) for problem in one.problems]
