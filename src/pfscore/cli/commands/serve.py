"""`pfscore serve`: the pages for a browser and the JSON service, on this machine."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import time
import webbrowser
from contextlib import suppress
from ipaddress import ip_address
from threading import Thread
from typing import TYPE_CHECKING

from pfscore.cli.output import EXIT_DONE, add_language, add_search, whole_number
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.runtime.resources import library
from pfscore.foundation.text import Message

if TYPE_CHECKING:
    import uvicorn

#: The variable that holds the token where the command line is not to show it.
TOKEN = "PFSCORE_TOKEN"  # noqa: S105  (its name)
_MB = 1024 * 1024


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("--host", default="127.0.0.1", help="监听的地址，默认只在本机 · the address (127.0.0.1)")
    parser.add_argument(
        "--port",
        type=whole_number(0, 65535),
        default=8765,
        metavar="N",
        help="端口，0 为任一空闲的 · 0 takes a free one",
    )
    parser.add_argument("--no-open", action="store_true", help="不打开浏览器 · do not open the browser")
    parser.add_argument(
        "--token", help=f"口令；监听本机以外的地址必须有，也可放在 {TOKEN} · needed for any address but the loopback"
    )
    count = whole_number(1, 100000)
    for name, default, help_text in (
        ("--workers", max(2, min(8, os.cpu_count() or 2)), "同时用几个进程 · processes"),
        ("--requests", 16, "同时接受几个请求 · requests at once"),
        ("--seconds", 60, "每个请求最多几秒 · seconds that a request may take"),
        ("--max-mb", 32, "每个请求最多多少 MB · megabytes of a request"),
        ("--memory-mb", 1024, "每个进程最多用多少 MB 内存 · megabytes of memory of a process"),
    ):
        parser.add_argument(name, type=count, default=default, metavar="N", help=f"{help_text} ({default})")
    add_search(parser)
    add_language(parser)
    parser.set_defaults(wrong_usage=parser.error)


def run(options: argparse.Namespace) -> int:
    """Serve until somebody ends it; what is being answered then is answered."""
    token = options.token or os.environ.get(TOKEN) or None
    if token is None and not _is_loopback(options.host):
        options.wrong_usage(
            f"监听 {options.host} 须有口令：加 --token，或设 {TOKEN}"
            f" · to listen on {options.host} needs a token: give --token, or set {TOKEN}"
        )
    with library("FastAPI"):
        import fastapi  # noqa: F401  (whether it is there)
    with library("uvicorn"):
        import uvicorn
    with library("python-multipart"):
        import python_multipart  # noqa: F401  (as above)
    with library("Jinja2"):
        import jinja2  # noqa: F401  (as above)
    from pfscore.service.app import create_app
    from pfscore.service.guard import Settings
    from pfscore.service.pool import Limits

    limits = Limits(
        options.max_mb * _MB, options.seconds, options.memory_mb, workers=options.workers, requests=options.requests
    )
    app = create_app(Settings(token, tuple(options.search), limits))
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, timeout_graceful_shutdown=options.seconds, lifespan="on"
    )
    server = uvicorn.Server(config)
    with _listening(options.host, options.port) as listener:
        _announce(listener.getsockname()[1], server, options)
        # uvicorn ends at a signal when every answer is out, and sends the signal on: to nobody here.
        with suppress(ValueError):  # not in the main thread
            signal.signal(signal.SIGTERM, lambda *_: None)
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
    return EXIT_DONE


def _is_loopback(host: str) -> bool:
    """Return whether only this machine can reach an address.

    >>> _is_loopback("127.0.0.1"), _is_loopback("::1"), _is_loopback("0.0.0.0"), _is_loopback("example.org")
    (True, True, False, False)
    """
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        message = Message(
            f"不能监听 {host}:{port}：{error.strerror}", f"cannot listen on {host}:{port}: {error.strerror}"
        )
        hint = Message("用 --port 0 取一个空闲的端口", "--port 0 takes a port that is free")
        raise InputError.of(Diagnostic("PF108", message, hint)) from None


def _announce(port: int, server: uvicorn.Server, options: argparse.Namespace) -> None:
    """Print the address, and open it in the browser once the server answers."""
    shown = f"[{options.host}]" if ":" in options.host else options.host
    url = f"http://{shown}:{port}/"
    print(Message(f"{url}  （Ctrl-C 结束）", f"{url}  (Ctrl-C ends it)").text(options.lang), flush=True)
    if not options.no_open:
        Thread(target=_open, args=(url, server), daemon=True).start()


def _open(url: str, server: uvicorn.Server) -> None:
    while not server.started:
        time.sleep(0.05)
    webbrowser.open(url)
