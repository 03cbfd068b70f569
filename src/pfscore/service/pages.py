"""The two pages for a browser, and what they are made of; all of it is shipped, and nothing comes from elsewhere."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request, Response
from jinja2 import Environment

from pfscore.forms.files.reader import FORM_SUFFIXES
from pfscore.foundation.text import Lang
from pfscore.service.problems import language, plain_response

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
