"""What went wrong, as `application/problem+json` with the library's codes, in the language that was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated

from pydantic import BaseModel, Field
from starlette.datastructures import Headers
from starlette.responses import Response

from pfscore.foundation.diagnostics import Diagnostic, ShownDiagnostic
from pfscore.foundation.errors import NotFoundError, PfscoreError
from pfscore.foundation.text import Lang, Message

MEDIA_TYPE = "application/problem+json"
#: The status of a library's error that is not 422, by its code.
_STATUS = {"PF105": HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "PF110": HTTPStatus.NOT_IMPLEMENTED}


class Problem(BaseModel):
    """A problem by RFC 9457: `code` and `diagnostics` are the library's, where it is the library that refuses."""

    type: str
    """`urn:pfscore:` and the code, or the name of a limit."""
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    code: str | None = None
    diagnostics: list[ShownDiagnostic] = []


@dataclass(frozen=True)
class Refusal:
    """Why the service does not answer a request: too large, too long, too many at once, not allowed.

    >>> TOO_LONG.status.value, TOO_LONG.name
    (504, 'too-long')
    """

    status: HTTPStatus
    name: str
    message: Message
    headers: Mapping[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """A request that is refused while it is answered."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message.en)
        self.refusal = refusal


TOO_LARGE = Refusal(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "too-large",
    Message("内容超过限度；分几次送，或用 --max-mb 放宽", "the body is beyond the limit; send less, or raise --max-mb"),
)
TOO_SLOW = Refusal(
    HTTPStatus.REQUEST_TIMEOUT,
    "too-slow",
    Message("内容没有及时送到", "the body did not arrive in time"),
    {"Connection": "close"},
)
TOO_LONG = Refusal(
    HTTPStatus.GATEWAY_TIMEOUT,
    "too-long",
    Message(
        "没有在限定的时间内算完；分几次送，或用 --seconds 放宽",
        "not done in the time allowed; send less, or raise --seconds",
    ),
)
TOO_MUCH_MEMORY = Refusal(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "too-much-memory",
    Message("所需内存超过限度；分几次送", "more memory is needed than is allowed; send less"),
)
BUSY = Refusal(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "busy",
    Message("同时的请求太多，请稍后再试", "too many requests at once; try again later"),
    {"Retry-After": "1"},
)
FAILED = Refusal(
    HTTPStatus.INTERNAL_SERVER_ERROR, "failed", Message("服务出错，已记入日志", "the service failed; the log says why")
)
GONE = Refusal(HTTPStatus.BAD_REQUEST, "gone", Message("对方已断开", "the client has gone"))
NO_TOKEN = Refusal(
    HTTPStatus.UNAUTHORIZED,
    "no-token",
    Message("需要口令：Authorization: Bearer …", "a token is needed: Authorization: Bearer …"),
    {"WWW-Authenticate": 'Bearer realm="pfscore"'},
)
NO_MULTIPART = Refusal(
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "no-multipart",
    Message("文件用 multipart/form-data 上传", "files are sent as multipart/form-data"),
)
OTHER_HOST = Refusal(
    HTTPStatus.MISDIRECTED_REQUEST,
    "other-host",
    Message("这个服务只答本机的地址", "this service answers only to the names of this machine"),
)
OTHER_ORIGIN = Refusal(
    HTTPStatus.FORBIDDEN,
    "other-origin",
    Message("别的网页不能用这个服务", "pages from elsewhere cannot use this service"),
)


def language(headers: Headers) -> Lang:
    """Return the language that `Accept-Language` prefers; Chinese where it says nothing of the two.

    >>> language(Headers({"accept-language": "fr, en;q=0.8, zh;q=0.4"})), language(Headers({}))
    ('en', 'zh')
    """
    found = {"zh": 0, "en": 0}
    for part in headers.get("accept-language", "").lower().split(","):
        tag, _, rest = part.strip().partition(";")
        weight = _weight(rest)
        if (name := tag.strip().split("-")[0]) in found:
            found[name] = max(found[name], weight)
    return "en" if found["en"] > found["zh"] else "zh"


def _weight(rest: str) -> int:
    """Return a weight such as `q=0.8` in thousandths."""
    whole, _, part = rest.strip().removeprefix("q=").partition(".")
    if not rest.strip():
        return 1000
    digits = f"{whole}{part[:3]:0<3}"
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def refusal_response(refusal: Refusal, lang: Lang) -> Response:
    """Return the answer to a request that the service refuses."""
    return _response(
        Problem(
            type=f"urn:pfscore:{refusal.name}",
            title=refusal.status.phrase,
            status=refusal.status,
            detail=refusal.message.text(lang),
        ),
        lang,
        refusal.headers,
    )


def error_response(error: PfscoreError, lang: Lang) -> Response:
    """Return the answer to what the library refuses: every problem at once."""
    status = HTTPStatus.NOT_FOUND if isinstance(error, NotFoundError) else HTTPStatus.UNPROCESSABLE_ENTITY
    return diagnostics_response(error.diagnostics, _STATUS.get(error.code, status), lang)


def diagnostics_response(diagnostics: Sequence[Diagnostic], status: HTTPStatus, lang: Lang) -> Response:
    """Return problems of the library with a status."""
    return _response(
        Problem(
            type=f"urn:pfscore:{diagnostics[0].code}",
            title=status.phrase,
            status=status,
            detail=diagnostics[0].message.text(lang),
            code=diagnostics[0].code,
            diagnostics=[one.as_json(lang) for one in diagnostics],
        ),
        lang,
        {},
    )


def plain_response(status: int, lang: Lang, headers: Mapping[str, str]) -> Response:
    """Return the answer to what no route takes: no such address, or no such method."""
    known = HTTPStatus(status)
    messages = {
        HTTPStatus.NOT_FOUND: Message("没有这个地址", "there is nothing at this address"),
        HTTPStatus.METHOD_NOT_ALLOWED: Message("这个地址不接受这个方法", "the address does not take this method"),
    }
    message = messages.get(known, Message("请求不对", "the request is wrong"))
    problem = Problem(type="about:blank", title=known.phrase, status=status, detail=message.text(lang))
    return _response(problem, lang, headers)


def _response(problem: Problem, lang: Lang, headers: Mapping[str, str]) -> Response:
    content = problem.model_dump_json(exclude_defaults=True)
    shown = {"Content-Language": lang, "Vary": "Accept-Language", **headers}
    return Response(content, problem.status, shown, media_type=MEDIA_TYPE)
