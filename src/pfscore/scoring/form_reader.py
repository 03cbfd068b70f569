"""Read forms from files. What is wrong with one row is kept on that row, and the others are read all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Message
from pfscore.rules.document import Data, read_document, read_json_lines
from pfscore.rules.problems import Located, diagnostics_of
from pfscore.scoring.form import BudgetLine, Form, Indicator, Record, Table
from pfscore.scoring.form_csv import read_csv

_Path = tuple[str | int, ...]
_R = TypeVar("_R", bound=Record)
#: The codes of ruleset content that have a counterpart for forms.
_CODES = {"PF201": "PF501", "PF202": "PF502", "PF203": "PF503", "PF204": "PF504"}


def load_forms(path: str | Path) -> list[Form]:
    """Read every form of a file: `.json`, `.jsonl`, `.yaml` or `.csv`.

    A row or a form with problems is kept, with them in `problems`; it is not scored, and the others are.

    Raises:
        InputError: where the file as a whole cannot be read (PF1xx), or holds no form (PF505).

    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "rows.csv"
    >>> _ = file.write_text("表名,指标名称,指标值,完成值,分值\\n甲,人数,≥5人,6人,10\\n乙,面积,≥5亩,6亩,10\\n")
    >>> [form.title for form in load_forms(file)]
    ['甲', '乙']
    """
    return list(iter_forms(path))


def load_form(path: str | Path) -> Form | list[Form]:
    """Read a file of one form, or of several as a list; see :func:`load_forms`.

    >>> import json, pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "form.json"
    >>> _ = file.write_text(json.dumps({"title": "表", "indicators": [{"name": "人数", "target": "≥5人"}]}))
    >>> form = load_form(file)
    >>> form.title, form.indicators[0].target
    ('表', '≥5人')
    """
    forms = load_forms(path)
    return forms[0] if len(forms) == 1 else forms


def iter_forms(path: str | Path) -> Iterator[Form]:
    """Yield the forms of a file one after the other, as :func:`load_forms` does."""
    path = Path(path)
    if path.suffix.lower() == ".jsonl":
        for line in read_json_lines(path):
            yield from (_broken(line),) if isinstance(line, InputError) else forms_of(line.data, line)
    elif path.suffix.lower() == ".csv":
        table = read_csv(path)
        yield from forms_of(table.data, table)
    else:
        document = read_document(path, allow_bom=True)
        yield from forms_of(document.data, document)


def _broken(error: InputError) -> Form:
    """Stand in for a line that cannot be read, so that its problems are reported in its place."""
    return Form().with_problems(error.diagnostics)


def forms_of(data: Data, document: Located) -> Iterator[Form]:
    """Yield the forms that a document holds: one object, or a list of them."""
    if isinstance(data, list) and data:
        for index, one in enumerate(data):
            yield _form(one, document, (index,))
    elif isinstance(data, dict):
        yield _form(data, document, ())
    else:
        raise InputError.of(
            Diagnostic(
                "PF505",
                Message("文件里没有表", "the file holds no form"),
                Message("应是一张表（一个对象），或几张表的列表", "expected one form (an object) or a list of forms"),
                document.span(()),
            )
        )


def _form(data: Any, document: Located, base: _Path) -> Form:
    """Build a form from plain data, keeping each problem with what it belongs to."""
    if not isinstance(data, dict):
        raise InputError.of(
            Diagnostic(
                "PF504", Message("这里应是一张表（一个对象）", "expected a form (an object)"), None, document.span(base)
            )
        )
    problems: list[Diagnostic] = []
    records: dict[str, tuple[Any, ...]] = {}
    models: dict[str, type[BudgetLine | Indicator | Table]] = {
        "budget": BudgetLine,
        "indicators": Indicator,
        "tables": Table,
    }
    for key, model in models.items():
        rows = data.get(key)
        if rows is None:
            continue
        if not isinstance(rows, list):
            zh, en = f"“{key}” 应当是列表", f"{key!r} should be a list"
            problems.append(Diagnostic("PF504", Message(zh, en), None, document.span((*base, key))))
            continue
        records[key] = tuple(_record(model, row, document, (*base, key, index)) for index, row in enumerate(rows))
    plain = {key: value for key, value in data.items() if key not in {"budget", "indicators", "tables"}}
    head, found = _validated(Form, plain, document, base)
    form = head.model_copy(update=records)
    return form.placed(document, base).with_problems((*problems, *found))


def _record(model: type[_R], data: Any, document: Located, path: _Path) -> _R:
    if not isinstance(data, dict):
        record = model.model_construct() if model is not Table else model.model_construct(title="")
        message = Message("这一行应是一个对象", "this row should be an object")
        return record.with_problems((Diagnostic("PF504", message, None, document.span(path)),))
    record, problems = _validated(model, data, document, path)
    return record.with_problems(problems)


_M = TypeVar("_M", bound=BaseModel)


def _validated(
    model: type[_M], data: dict[str, Any], document: Located, path: _Path
) -> tuple[_M, tuple[Diagnostic, ...]]:
    """Validate; where that fails, return the record of the keys that are right, and all complaints."""
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        problems = tuple(
            Diagnostic(_CODES.get(one.code, one.code), one.message, one.hint, one.span)
            for one in diagnostics_of(error, document, model, at=path)
        )
        wrong = {str(complaint["loc"][0]) for complaint in error.errors(include_url=False)}
        right = {key: value for key, value in data.items() if key not in wrong}
        return model.model_validate(right) if model.__name__ != "Table" else model.model_construct(**right), problems
