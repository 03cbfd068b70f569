"""Processes that do the work, each within its time and memory: what takes more is ended, and its process replaced."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

from pfscore.foundation.errors import PfscoreError
from pfscore.foundation.runtime.resources import LOGGER
from pfscore.service.problems import FAILED, GONE, TOO_LONG, TOO_MUCH_MEMORY, RefusedError

#: How often, in seconds, it is looked whether the client is still there.
_LOOK = 0.25
_DONE, _REFUSED, _MEMORY, _FAILED, _LOST = "done", "refused", "memory", "failed", "lost"


@dataclass(frozen=True)
class Limits:
    """What a request may take: bytes of its body, seconds, megabytes of memory; and how many are taken at once."""

    body: int = 32 * 1024 * 1024
    seconds: int = 60
    megabytes: int = 1024
    workers: int = 2
    requests: int = 16


class Pool:
    """The processes of one server; each does one job at a time, and keeps the rulesets that it has loaded."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._threads = ThreadPoolExecutor(limits.workers, "pfscore-wait")
        self._workers = [_Worker(limits.megabytes) for _ in range(limits.workers)]
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        for worker in self._workers:
            self._idle.put_nowait(worker)

    async def run(
        self, job: Callable[..., bytes], *arguments: Any, is_gone: Callable[[], Awaitable[bool]] | None = None
    ) -> bytes:
        """Return what `job`, a function of a module, gives; it is ended where it takes too long or nobody waits.

        Raises:
            PfscoreError: what the job raises.
            RefusedError: where it takes more than it may, or fails.
        """
        worker = await self._idle.get()
        loop = asyncio.get_running_loop()
        asked = loop.run_in_executor(self._threads, worker.ask, job, arguments)
        until = loop.time() + self._limits.seconds
        try:
            while not asked.done():
                await asyncio.wait({asked}, timeout=min(_LOOK, max(0, until - loop.time())))
                if asked.done():
                    break
                if loop.time() >= until:
                    raise RefusedError(TOO_LONG)
                if is_gone is not None and await is_gone():
                    raise RefusedError(GONE)
        finally:
            if not asked.done():
                worker.kill()
                await asyncio.wait({asked}, timeout=1)
            self._put_back(worker)
        kind, value = asked.result()
        if kind == _REFUSED:
            raise value
        if kind != _DONE:
            raise RefusedError(FAILED if kind == _FAILED else TOO_MUCH_MEMORY)
        found: bytes = value
        return found

    def _put_back(self, worker: _Worker) -> None:
        if not worker.is_alive():
            self._workers.remove(worker)
            worker = _Worker(self._limits.megabytes)
            self._workers.append(worker)
        self._idle.put_nowait(worker)

    def close(self) -> None:
        """End every process."""
        for worker in self._workers:
            worker.kill()
        self._threads.shutdown()


class _Worker:
    """One process, and the pipe to it."""

    def __init__(self, megabytes: int) -> None:
        context = _context()
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, megabytes), daemon=True)
        self._process.start()
        theirs.close()
        self._is_lost = False

    def ask(self, job: Callable[..., bytes], arguments: tuple[Any, ...]) -> tuple[str, Any]:
        """Return the kind of the answer and the answer; this waits, in a thread of its own."""
        try:
            self._connection.send((job, arguments))
            found: tuple[str, Any] = self._connection.recv()
        except (EOFError, OSError):
            self._is_lost = True
            return _LOST, None
        return found

    def is_alive(self) -> bool:
        """Return whether the process can take another job."""
        return not self._is_lost and self._process.is_alive()

    def kill(self) -> None:
        """End the process at once."""
        self._is_lost = True
        self._process.kill()
        self._process.join()


def _context() -> Any:
    """Return how processes are started: from one that has the library already, where the system can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pfscore.service.answers", "pfscore.service.reviewing"])
    return context


# ── in the process ──
def _serve(connection: Connection, megabytes: int) -> None:
    """Do one job after the other until the server is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    _limit_memory(megabytes)
    with suppress(AttributeError, OSError):
        os.nice(5)  # the server, which answers everybody, goes first
    with suppress(EOFError, OSError):
        while True:
            job, arguments = connection.recv()
            connection.send(_answer(job, arguments))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _limit_memory(megabytes: int) -> None:
    with suppress(ImportError, OSError, ValueError):  # where the system has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)


def _answer(job: Callable[..., bytes], arguments: tuple[Any, ...]) -> tuple[str, Any]:
    try:
        return _DONE, job(*arguments)
    except PfscoreError as error:
        return _REFUSED, error
    except MemoryError:
        return _MEMORY, None
    except Exception:  # noqa: BLE001  (the process goes on, and the log says what it was)
        LOGGER.exception("a job failed")
        return _FAILED, None
