"""The application: the guard, the JSON service, the two pages, and the processes that come and go with it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match, Route

from pfscore.forms.files.reader import FORM_SUFFIXES
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import PfscoreError
from pfscore.foundation.runtime.resources import __version__
from pfscore.foundation.text import Lang, Message
from pfscore.service.guard import Guard, Settings
from pfscore.service.pool import Pool
from pfscore.service.problems import (
    FAILED,
    GONE,
    RefusedError,
    diagnostics_response,
    error_response,
    language,
    plain_response,
    refusal_response,
)
from pfscore.service.routes import ROUTER, components

_ASSETS = "pfscore.service"
#: What the pages load, with its kind; the style and the script of the report are its own.
_KINDS = {
    "review.js": "text/javascript",
    "author.js": "text/javascript",
    "common.js": "text/javascript",
    "service.css": "text/css",
    "report.js": "text/javascript",
    "report.css": "text/css",
}
_OF_REPORT = {"report.js": "page.js", "report.css": "page.css"}


PAGES = APIRouter(include_in_schema=False)


@PAGES.get("/")
async def review(request: Request) -> Response:
    """Return the page of the reviewer."""
    return _page("review", _chosen(request))


@PAGES.get("/rulesets")
async def author(request: Request) -> Response:
    """Return the page of the author of rulesets."""
    return _page("author", _chosen(request))


@PAGES.get("/assets/{name}")
async def asset(request: Request, name: str) -> Response:
    """Return a part of the pages."""
    if name not in _KINDS:
        return plain_response(404, language(request.headers), {})
    return Response(_asset(name), media_type=f"{_KINDS[name]}; charset=utf-8")


def _chosen(request: Request) -> Lang:
    """Return the language that the address names, or else the browser's."""
    asked = request.query_params.get("lang")
    return "en" if asked == "en" else "zh" if asked == "zh" else language(request.headers)


@cache
def _page(name: str, lang: Lang) -> Response:
    words: dict[str, Any] = {key: said[lang] for key, said in json.loads(_asset("words.json")).items()}
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    other: Lang = "zh" if lang == "en" else "en"
    page = environment.from_string(_asset(f"{name}.html.jinja")).render(
        lang="zh-CN" if lang == "zh" else "en",
        code=lang,
        other=other,
        words=words,
        suffixes=" ".join(FORM_SUFFIXES),
        script_words=json.dumps(words, ensure_ascii=False).replace("<", "\\u003c"),
    )
    return Response(page, media_type="text/html; charset=utf-8")


@cache
def _asset(name: str) -> str:
    folder = files("pfscore.report.review") if name in _OF_REPORT else files(_ASSETS) / "assets"
    return (folder / _OF_REPORT.get(name, name)).read_text(encoding="utf-8")


_ABOUT = """预算绩效自评：读取、评分、核对。 Reads, scores and audits performance self-evaluations.

Texts are Chinese, or English where `Accept-Language` prefers it. Every error is `application/problem+json` with the
library's codes. Nothing is kept between two requests.
"""


def create_app(settings: Settings = Settings()) -> FastAPI:  # noqa: B008  (frozen)
    """Return the application; it starts its processes when a server starts it, and ends them with it."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.pool = Pool(settings.limits)
        try:
            yield
        finally:
            app.state.pool.close()

    app = FastAPI(
        title="pfscore", version=__version__, description=_ABOUT, docs_url=None, redoc_url=None, lifespan=lifespan
    )
    app.state.settings = settings
    app.include_router(ROUTER)
    app.include_router(PAGES)
    app.add_middleware(Guard, settings=settings)
    _tell_problems(app)
    described = _described(app)
    app.openapi = lambda: described  # type: ignore[method-assign]
    return app


def _described(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI description, with the bodies that the library reads itself."""
    found: dict[str, Any] = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    found["components"]["schemas"] = {**schemas, **components()}
    found["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    found["security"] = [{}, {"token": []}]
    return found


def _tell_problems(app: FastAPI) -> None:
    """Answer every error as a problem."""

    @app.exception_handler(PfscoreError)
    async def of_library(request: Request, error: PfscoreError) -> Response:
        return error_response(error, language(request.headers))

    @app.exception_handler(RefusedError)
    async def of_limits(request: Request, error: RefusedError) -> Response:
        return refusal_response(error.refusal, language(request.headers))

    @app.exception_handler(ClientDisconnect)
    async def of_client(request: Request, error: ClientDisconnect) -> Response:
        del error
        return refusal_response(GONE, language(request.headers))

    @app.exception_handler(RequestValidationError)
    async def of_arguments(request: Request, error: RequestValidationError) -> Response:
        found = [_argument(one) for one in error.errors()]
        return diagnostics_response(found, HTTPStatus.UNPROCESSABLE_ENTITY, language(request.headers))

    @app.exception_handler(HTTPException)
    async def of_addresses(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            # Each route only names its own method, and an address may have several.
            routes = (*app.router.routes, *ROUTER.routes, *PAGES.routes)
            matching = [one for one in routes if isinstance(one, Route) and one.matches(request.scope)[0] != Match.NONE]
            headers["Allow"] = ", ".join(sorted({method for one in matching for method in one.methods or ()}))
        return plain_response(error.status_code, language(request.headers), headers)

    @app.exception_handler(Exception)
    async def of_service(request: Request, error: Exception) -> Response:
        del error
        return refusal_response(FAILED, language(request.headers))


def _argument(error: Any) -> Diagnostic:
    name = str(error["loc"][-1])
    message = Message(f"参数 {name} 不对", f"argument {name!r}: {error['msg']}")
    example = _EXAMPLES.get(name)
    return Diagnostic("PF503", message, Message(f"写成 {example}", f"write {example}") if example else None)


#: How the arguments are written that have a form of their own.
_EXAMPLES = {
    "ruleset": "ruleset=cn-sc/project",
    "on": "on=2023-12-31",
    "year": "year=2023",
    "more": "more=0.5",
    "output": "output=json",
    "field": "field=score",
}
