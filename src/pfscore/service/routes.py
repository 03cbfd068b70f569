"""The JSON service under /v1: each address reads its body as bytes, and a process of the pool answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Query, Request, Response
from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import models_json_schema
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from pfscore.auditing.finding import Finding
from pfscore.forms.form import Form, Indicator
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.runtime.resources import __version__
from pfscore.foundation.text import Message
from pfscore.report.review.reviewed import Tally
from pfscore.rulesets.model.ruleset import ShownRuleset
from pfscore.scoring.row.score import IndicatorScore
from pfscore.scoring.sheet import Sheet
from pfscore.service import answers, reviewing
from pfscore.service.answers import Asked, How
from pfscore.service.bodies import (
    CheckedRuleset,
    Converted,
    Health,
    ParsedCell,
    ParsedRow,
    Reviewed,
    RulesetPage,
    ScoredRow,
    ShownNeed,
    Trial,
)
from pfscore.service.problems import (
    MEDIA_TYPE,
    NO_MULTIPART,
    Problem,
    RefusedError,
    language,
)
from pfscore.service.reviewing import Decision, File, FormPlace, Part

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from pfscore.service.guard import Settings
    from pfscore.service.pool import Pool

_ID = r"^[a-z0-9-]+/[a-z0-9-]+$"
_RulesetId = Annotated[
    str | None, Query(pattern=_ID, description="规则集的代号，如 cn-sc/project · the id of a ruleset")
]
_On = Annotated[
    str | None,
    Query(
        description="按哪一天的规则，默认年末 · the rules of which day; the last of the form's year",
        json_schema_extra={"format": "date"},
    ),
]
_Year = Annotated[
    int | None, Query(ge=1990, le=2100, description="年度，用于没有写年度的表 · the year of forms that state none")
]
_More = Annotated[
    str | None, Query(pattern=r"^[0-9]{1,9}(\.[0-9]{1,9})?$", description="多得几分 · so many points more")
]
Output = Literal["json", "html", "markdown", "xlsx", "annotated", "forms"]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MEDIA: Mapping[str, str] = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
    "xlsx": _XLSX,
    "annotated": _XLSX,
    "forms": "application/json",
}
#: The most files, and the most fields beside them, of one request.
_MAX_FILES, _MAX_FIELDS = 500, 5000
_LINES = "application/x-ndjson"
#: The size of what a server hands on of a body at once.
_BLOCK = 64 * 1024
#: How many lines a process gets at once.
_CHUNK = 500


#: What any address may answer with.
_ANYWHERE = (
    *(HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.REQUEST_TIMEOUT),
    *(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.MISDIRECTED_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY),
    *(HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT),
)


def _refused(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """Return the description of the problems that an address may answer with."""
    schema = {MEDIA_TYPE: {"schema": _schema("Problem")}}
    return {int(one): {"description": one.phrase, "content": schema} for one in sorted({*_ANYWHERE, *statuses})}


def _body(name: str, *, many: bool = False) -> dict[str, Any]:
    """Return the description of a body that the library reads itself."""
    schema = {"anyOf": _one_or_many(name)} if many else _schema(name)
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _schema(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _one_or_many(name: str) -> list[dict[str, Any]]:
    return [_schema(name), {"type": "array", "items": _schema(name)}]


def _text(*kinds: str) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {kind: {"schema": {"type": "string"}} for kind in kinds}}}


_TABLES = {
    "map": {"type": "array", "items": {"type": "string"}, "description": "权数=分值, G=分值, 核心=不读"},
    "sheet": {"type": "array", "items": {"type": "string"}},
    "range": {"type": "string", "description": "A3:H22"},
    "header": {"type": "string", "description": "4, 4-5"},
}


def _upload(fields: dict[str, Any], required: list[str]) -> dict[str, Any]:
    schema = {"type": "object", "properties": {**fields, **_TABLES}, "required": required}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


_FILE = {"type": "string", "contentMediaType": "application/octet-stream", "format": "binary"}
_NOT_FOUND, _NO_MEDIA = HTTPStatus.NOT_FOUND, HTTPStatus.UNSUPPORTED_MEDIA_TYPE


ROUTER = APIRouter()


def _asked(request: Request, ruleset: str | None, on: str | None, year: int | None = None) -> Asked:
    settings: Settings = request.app.state.settings
    return Asked(language(request.headers), ruleset, on, year, settings.search)


@ROUTER.get("/health", response_model=Health, tags=["service"])
async def health() -> Response:
    """Whether the service answers."""
    return Response(answers.dumped({"status": "ok", "version": __version__}), media_type="application/json")


@ROUTER.post("/v1/parse", response_model=ParsedCell, responses=_refused(), openapi_extra=_body("Cell"), tags=["rows"])
async def parse(request: Request) -> Response:
    """Read one cell: a target with its comparator and unit, or an actual with its unit."""
    return await _json(request, answers.parse, await request.body(), _asked(request, None, None))


@ROUTER.post(
    "/v1/score",
    response_model=IndicatorScore | list[IndicatorScore],
    responses=_refused(_NOT_FOUND),
    openapi_extra=_body("Row", many=True),
    tags=["rows"],
)
async def score(request: Request, ruleset: _RulesetId = None, on: _On = None) -> Response:
    """Score one row, or each of a list; rows alone need `ruleset` and `on`."""
    return await _json(request, answers.score, await request.body(), _asked(request, ruleset, on))


_Text = Annotated[str | None, Query(max_length=2000)]


@ROUTER.get(
    "/v1/score",
    responses={
        200: {
            "description": "The score, or what `field` names, as plain text.",
            "content": {
                "application/json": {"schema": _schema("IndicatorScore")},
                "text/plain": {"schema": {"type": "string"}},
            },
        },
        **_refused(_NOT_FOUND),
    },
    response_class=Response,
    tags=["rows"],
)
async def score_cells(
    request: Request,
    ruleset: _RulesetId = None,
    on: _On = None,
    field: Annotated[answers.Field | None, Query(description="只要这一项，纯文本 · this alone, as plain text")] = None,
    name: _Text = None,
    comparator: _Text = None,
    target: _Text = None,
    unit: _Text = None,
    actual: _Text = None,
    points: _Text = None,
) -> Response:
    """Score one row whose cells stand in the address, as the formulas of spreadsheets ask."""
    cells = {"name": name, "comparator": comparator, "target": target, "unit": unit, "actual": actual, "points": points}
    found = await _run(request, answers.score_cells, cells, field, _asked(request, ruleset, on))
    return Response(found, media_type="application/json" if field is None else "text/plain; charset=utf-8")


@ROUTER.post(
    "/v1/rows",
    response_class=Response,
    responses={
        200: {"content": {_LINES: {"schema": {"type": "string"}}}, "description": "Each line is a ScoredRow."},
        **_refused(_NOT_FOUND),
    },
    openapi_extra=_text(_LINES),
    tags=["rows"],
)
async def rows(request: Request, ruleset: _RulesetId = None, on: _On = None) -> Response:
    """Score a stream: one row a line in, one result a line out, in order and of any length."""
    lines = _scored(request, _asked(request, ruleset, on))
    return _Lines(await anext(lines), lines)


@ROUTER.post(
    "/v1/sheets",
    response_model=Sheet,
    responses=_refused(_NOT_FOUND),
    openapi_extra=_body("FormBody"),
    tags=["forms"],
)
async def sheets(request: Request, ruleset: _RulesetId = None, on: _On = None, year: _Year = None) -> Response:
    """Score a form: every row, the total and the grade."""
    return await _json(request, answers.sheet, await request.body(), _asked(request, ruleset, on, year))


@ROUTER.post(
    "/v1/audit",
    response_model=list[Finding],
    responses=_refused(_NOT_FOUND),
    openapi_extra=_body("FormBody", many=True),
    tags=["forms"],
)
async def audit(request: Request, ruleset: _RulesetId = None, on: _On = None, year: _Year = None) -> Response:
    """Return the published figures of a form, or of several, that cannot be right."""
    return await _json(request, answers.audit, await request.body(), _asked(request, ruleset, on, year))


@ROUTER.post(
    "/v1/needed",
    response_model=list[ShownNeed],
    responses=_refused(_NOT_FOUND),
    openapi_extra=_body("FormBody"),
    tags=["forms"],
)
async def need(
    request: Request, ruleset: _RulesetId = None, on: _On = None, year: _Year = None, more: _More = None
) -> Response:
    """Return the result that each row of a form needs for its full points, or for so many more."""
    return await _json(request, answers.need, await request.body(), more, _asked(request, ruleset, on, year))


@ROUTER.post(
    "/v1/convert",
    response_model=Converted,
    responses=_refused(_NO_MEDIA, HTTPStatus.NOT_IMPLEMENTED),
    openapi_extra=_upload({"file": _FILE}, ["file"]),
    tags=["files"],
)
async def convert(request: Request, year: _Year = None) -> Response:
    """Read the forms of an office file, and say which of its tables were not recognised."""
    upload = await _uploaded(request)
    name, data = upload.files_of("file")[0]
    return await _json(request, answers.convert, data, name, upload.how(), _asked(request, None, None, year))


@ROUTER.post(
    "/v1/review",
    responses={
        200: {
            "description": "What `output` names.",
            "content": {
                "application/json": {"schema": {"anyOf": [_schema("Reviewed"), *_one_or_many("FormBody")]}},
                **{kind: {"schema": _FILE} for kind in ("text/html", "text/markdown", _XLSX, "application/zip")},
            },
        },
        **_refused(_NOT_FOUND, _NO_MEDIA, HTTPStatus.NOT_IMPLEMENTED),
    },
    response_class=Response,
    openapi_extra=_upload(
        {
            "files": {"type": "array", "items": _FILE, "minItems": 1},
            "decisions": {"type": "string", "description": "JSON: a list of Decision"},
            "only": {
                "type": "string",
                "description": "JSON: a list of FormPlace; the files of other forms may be sent empty",
            },
            "beside": {"type": "string", "description": "JSON: a list of Tally, what counts of the other forms"},
        },
        ["files"],
    ),
    tags=["files"],
)
async def review(
    request: Request,
    output: Output = "json",
    ruleset: _RulesetId = None,
    on: _On = None,
    year: _Year = None,
) -> Response:
    """Review the forms of some files as `pfscore report` does, after a person's decisions."""
    upload = await _uploaded(request)
    files, decisions, how = upload.files_of("files"), upload.decisions(), upload.how(over_files=True)
    wanted = _asked(request, ruleset, on, year)
    data = await _run(request, reviewing.review, files, decisions, how, output, wanted, upload.part())
    is_zip = output == "annotated" and len(files) > 1
    return Response(data, media_type="application/zip" if is_zip else _MEDIA[output])


@ROUTER.get("/v1/rulesets", response_model=list[ShownRuleset], responses=_refused(), tags=["rulesets"])
async def rulesets(request: Request) -> Response:
    """List the rulesets."""
    return await _json(request, answers.rulesets, _asked(request, None, None))


@ROUTER.get(
    "/v1/rulesets/{place}/{name}", response_model=RulesetPage, responses=_refused(_NOT_FOUND), tags=["rulesets"]
)
async def ruleset(request: Request, place: str, name: str, on: _On = None) -> Response:
    """Return a ruleset with its sources, what is in force on a day, and its text."""
    return await _json(request, answers.ruleset, f"{place}/{name}", _asked(request, None, on))


@ROUTER.post(
    "/v1/check",
    response_model=CheckedRuleset,
    responses=_refused(),
    openapi_extra=_text("application/yaml", "text/plain"),
    tags=["rulesets"],
)
async def check(request: Request) -> Response:
    """Check the text of a ruleset: its shape, its examples, its proofs."""
    return await _json(request, answers.check, await request.body(), _asked(request, None, None))


@ROUTER.post(
    "/v1/trial",
    response_model=Trial,
    responses=_refused(_NO_MEDIA),
    openapi_extra=_upload({"text": {"type": "string"}, "form": _FILE}, ["text"]),
    tags=["rulesets"],
)
async def trial(request: Request, on: _On = None, year: _Year = None) -> Response:
    """Check a ruleset that is being written, draw its curves, and score a form under it."""
    upload, wanted = await _uploaded(request), _asked(request, None, on, year)
    [(name, data), *_] = upload.files.get("form", [("form", b"")])
    text = (upload.text("text") or "").encode("utf-8", "surrogatepass")
    return await _json(request, reviewing.trial, text, data, name, wanted)


#: The shapes that only this module knows to be in the description, by their names there.
_OWN: dict[str, Any] = {
    "Cell": ParsedRow,
    "ScoredRow": ScoredRow,
    "Reviewed": Reviewed,
    "Decision": Decision,
    "FormPlace": FormPlace,
    "Tally": Tally,
}


def components() -> dict[str, Any]:
    """Return the schemas of the bodies, made from the library's own models."""
    _, form = models_json_schema([(Form, "validation")], ref_template="#/components/schemas/{model}Body")
    _, others = models_json_schema([(Problem, "serialization")], ref_template="#/components/schemas/{model}")
    row = Indicator.model_json_schema(ref_template="#/components/schemas/{model}Body")
    row.pop("$defs", None)
    own: dict[str, Any] = {
        name: TypeAdapter(kind).json_schema(ref_template="#/components/schemas/{model}") for name, kind in _OWN.items()
    }
    inner = {name: schema for one in own.values() for name, schema in one.pop("$defs", {}).items()}
    return {
        **{f"{name}Body": schema for name, schema in form["$defs"].items()},
        **others["$defs"],
        **inner,
        **own,
        "Row": {**row, "title": "Row", "additionalProperties": True},
    }


# ── one request ──
async def _run(request: Request, job: Callable[..., bytes], *arguments: Any) -> bytes:
    pool: Pool = request.app.state.pool
    return await pool.run(job, *arguments, is_gone=request.is_disconnected)


async def _json(request: Request, job: Callable[..., bytes], *arguments: Any) -> Response:
    return Response(await _run(request, job, *arguments), media_type="application/json")


@dataclass(frozen=True)
class _Upload:
    """The files and the texts of a body, by the names of their fields."""

    files: Mapping[str, list[File]]
    texts: Mapping[str, list[str]]

    def files_of(self, name: str) -> list[File]:
        """Return the files of a field.

        Raises:
            InputError: PF505 where there is none.
        """
        if name not in self.files:
            raise InputError.of(
                Diagnostic("PF505", Message(f"没有上传文件（{name}）", f"no file was sent as {name!r}"))
            )
        return self.files[name]

    def text(self, name: str) -> str | None:
        """Return the first text of a field."""
        return next(iter(self.texts.get(name, ())), None)

    def how(self, *, over_files: bool = False) -> How:
        """Return what a person said about the tables."""
        columns, sheets = (tuple(self.texts.get(name, ())) for name in ("map", "sheet"))
        return How(columns, sheets, self.text("range"), self.text("header"), over_files=over_files)

    def decisions(self) -> list[Decision]:
        """Return what a person decided.

        Raises:
            InputError: PF504 where it is no list of decisions.
        """
        return self._list_of("decisions", _DECISIONS) or []

    def part(self) -> Part | None:
        """Return which forms are reviewed again, where the request says so.

        Raises:
            InputError: PF504 where it is no list of forms, or of what counts of the others.
        """
        only = self._list_of("only", _PLACES)
        return None if only is None else Part(tuple(only), tuple(self._list_of("beside", _TALLIES) or ()))

    def _list_of(self, name: str, kind: TypeAdapter[list[_Member]]) -> list[_Member] | None:
        text = self.text(name)
        try:
            return kind.validate_json(text) if text else None
        except ValidationError:
            message = Message(f"{name} 写法有误", f"`{name}` is not the list that it should be")
            raise InputError.of(Diagnostic("PF504", message)) from None


_Member = TypeVar("_Member")
_DECISIONS, _PLACES, _TALLIES = TypeAdapter(list[Decision]), TypeAdapter(list[FormPlace]), TypeAdapter(list[Tally])


async def _uploaded(request: Request) -> _Upload:
    """Return the parts of a body with files; they stay in memory, and nothing is written to a disk.

    Raises:
        RefusedError: where the body is no such thing.
        InputError: PF504 where it is broken.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise RefusedError(NO_MULTIPART)
    parser = MultiPartParser(
        request.headers, request.stream(), max_files=_MAX_FILES, max_fields=_MAX_FIELDS, max_part_size=2**26
    )
    parser.spool_max_size = 2**40
    try:
        form = await parser.parse()
    except MultiPartException as error:
        message = Message("上传的内容不完整或写法有误", f"the upload is broken: {error.message}")
        raise InputError.of(Diagnostic("PF504", message)) from None
    files: dict[str, list[File]] = {}
    texts: dict[str, list[str]] = {}
    for name, part in form.multi_items():
        if isinstance(part, UploadFile):
            files.setdefault(name, []).append((part.filename or name, await part.read()))
        else:
            texts.setdefault(name, []).append(part)
    await form.close()
    return _Upload(files, texts)


# ── streams ──
async def _scored(request: Request, asked: Asked) -> AsyncIterator[bytes]:
    """Yield the results of the lines of a body as they come; the first is there when the ruleset is known."""
    pool: Pool = request.app.state.pool
    first, most = 1, request.app.state.settings.limits.body
    yield await pool.run(answers.rows, [], first, asked)
    rest = b""
    async for block in _read_ahead(request, most // _BLOCK + 1):
        *lines, rest = (rest + block).split(b"\n")
        if len(rest) > most:
            lines, rest = [*lines, rest[:most]], b""
        async for result in _chunks(pool, lines, first, asked):
            yield result
        first += sum(1 for line in lines if line.strip())
    async for result in _chunks(pool, [rest], first, asked):
        yield result


async def _read_ahead(request: Request, blocks: int) -> AsyncIterator[bytes]:
    """Yield the blocks of a body while more of it comes in: many a client reads nothing before it has sent all."""
    read: asyncio.Queue[bytes | None] = asyncio.Queue(blocks)

    async def read_on() -> None:
        try:
            async for block in request.stream():
                await read.put(block)
        finally:
            await read.put(None)

    reading = asyncio.create_task(read_on())
    try:
        while (block := await read.get()) is not None:
            yield block
        await reading
    finally:
        reading.cancel()


async def _chunks(pool: Pool, lines: list[bytes], first: int, asked: Asked) -> AsyncIterator[bytes]:
    lines = [line for line in lines if line.strip()]
    for start in range(0, len(lines), _CHUNK):
        chunk = lines[start : start + _CHUNK]
        try:
            yield await pool.run(answers.rows, chunk, first + start, asked)
        except RefusedError as error:
            # What took too much is told line by line, and the stream goes on.
            yield b"".join(answers.lost_row(first + start + number, error.refusal.name) for number in range(len(chunk)))


class _Lines(Response):
    """A stream of lines that may go out while the body still comes in."""

    media_type = _LINES

    def __init__(self, first: bytes, lines: AsyncIterator[bytes]) -> None:
        super().__init__(None)
        del self.headers["content-length"]
        self._first, self._lines = first, lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self._first, "more_body": True})
        async for block in self._lines:
            await send({"type": "http.response.body", "body": block, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
