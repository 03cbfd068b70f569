"""Who may ask, and how much at once: checked before any body is read."""

from __future__ import annotations

import asyncio
import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers, MutableHeaders

from pfscore.service.pool import Limits
from pfscore.service.problems import (
    BUSY,
    NO_TOKEN,
    OTHER_HOST,
    OTHER_ORIGIN,
    TOO_LARGE,
    TOO_SLOW,
    Refusal,
    RefusedError,
    language,
    refusal_response,
)

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The names of the machine itself; to others a server on the loopback does not answer (DNS rebinding).
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_API = "/v1/"
#: What is read line by line, in constant memory, and may be of any length.
_STREAMED = frozenset({"/v1/rows"})
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True)
class Settings:
    """How a server is started: without a `token` it answers to this machine alone; `search` has more rulesets."""

    token: str | None = field(default=None, repr=False)
    search: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._requests = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        is_work = scope["path"].startswith(_API)
        send = _with_headers(send)
        refusal = self._refusal(scope, headers, is_work=is_work)
        if refusal is not None:
            await refusal_response(refusal, language(headers))(scope, receive, send)
            return
        self._requests += is_work
        try:
            await self._app(scope, self._bounded(scope, receive), send)
        finally:
            self._requests -= is_work

    def _refusal(self, scope: Scope, headers: Headers, *, is_work: bool) -> Refusal | None:
        limits, token = self._settings.limits, self._settings.token
        host = headers.get("host", "")
        if token is None and _parts(f"//{host}").hostname not in _LOOPBACK:
            return OTHER_HOST
        if scope["method"] not in {"GET", "HEAD", "OPTIONS"} and not _is_own(headers, host):
            return OTHER_ORIGIN
        if not is_work:
            return None
        if token is not None and not _has_token(headers, token):
            return NO_TOKEN
        length = headers.get("content-length", "0")
        if scope["path"] not in _STREAMED and length.isdecimal() and int(length[:20]) > limits.body:
            return TOO_LARGE
        return BUSY if self._requests >= limits.requests else None

    def _bounded(self, scope: Scope, receive: Receive) -> Receive:
        """Return what gives the body, and refuses one that is too large or too slow."""
        limits, is_stream = self._settings.limits, scope["path"] in _STREAMED
        left, until, is_whole = limits.body, asyncio.get_running_loop().time() + limits.seconds, False

        async def bounded() -> Message:
            nonlocal left, until, is_whole
            if is_whole:
                return await receive()
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError:
                raise RefusedError(TOO_SLOW) from None
            is_whole = message["type"] != "http.request" or not message.get("more_body", False)
            if is_stream:
                until = asyncio.get_running_loop().time() + limits.seconds
            else:
                left -= len(message.get("body", b""))
                if left < 0:
                    raise RefusedError(TOO_LARGE)
            return message

        return bounded


def _is_own(headers: Headers, host: str) -> bool:
    """Return whether a request comes from the service's own page, or from no page at all."""
    site, origin = headers.get("sec-fetch-site", "none"), headers.get("origin")
    if site == "same-origin":
        return True  # the browser says so; behind a proxy the host may have another port
    return site == "none" and (origin is None or _parts(origin).netloc.lower() == host.lower())


def _parts(address: str) -> SplitResult:
    """Return the parts of an address; what is none has none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _has_token(headers: Headers, token: str) -> bool:
    scheme, _, given = headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode("latin-1"), token.encode())


def _with_headers(send: Send) -> Send:
    async def sent(message: Any) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sent
