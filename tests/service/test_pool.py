"""The processes: what takes too long or too much is ended, and the next request is answered all the same."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from pfscore.foundation.errors import InputError
from pfscore.service.answers import Asked, parse
from pfscore.service.pool import Limits, Pool
from pfscore.service.problems import RefusedError

CELL = '{"target": "≥5人"}'.encode()


def sleep(seconds: int) -> bytes:
    time.sleep(seconds)
    return b"slept"


def eat(megabytes: int) -> bytes:
    return b"x" * len(bytearray(megabytes * 1024 * 1024))


def crash() -> bytes:
    os._exit(3)


def fail() -> bytes:
    raise ZeroDivisionError


@contextmanager
def pool_of(**limits: int) -> Iterator[Pool]:
    pool = Pool(Limits(workers=1, **limits))
    try:
        yield pool
    finally:
        pool.close()


@pytest.mark.parametrize(
    ("job", "arguments", "name"),
    [
        (sleep, (60,), "too-long"),
        (eat, (900,), "too-much-memory"),
        (crash, (), "too-much-memory"),
        (fail, (), "failed"),
    ],
)
def test_what_takes_too_much_is_ended_and_the_next_is_answered(
    job: Callable[..., bytes], arguments: tuple[int, ...], name: str
) -> None:
    async def run() -> bytes:
        with pool_of(seconds=3, megabytes=700) as pool:
            await pool.run(parse, CELL, Asked())
            with pytest.raises(RefusedError) as refused:
                await pool.run(job, *arguments)
            assert refused.value.refusal.name == name
            return await pool.run(parse, CELL, Asked())

    assert b"at_least" in asyncio.run(run())


def test_what_the_library_refuses_is_raised() -> None:
    async def run() -> None:
        with pool_of() as pool, pytest.raises(InputError):
            await pool.run(parse, b"[", Asked())

    asyncio.run(run())


def test_nobody_waits_for_what_nobody_wants() -> None:
    async def gone() -> bool:
        return True

    async def run() -> None:
        with pool_of() as pool:
            began = time.monotonic()
            with pytest.raises(RefusedError):
                await pool.run(sleep, 30, is_gone=gone)
            assert time.monotonic() - began < 10
            assert await pool.run(sleep, 0) == b"slept"

    asyncio.run(run())


def test_a_job_that_is_cancelled_is_ended() -> None:
    async def run() -> None:
        with pool_of() as pool:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(pool.run(sleep, 30), 1)
            assert await pool.run(sleep, 0) == b"slept"

    asyncio.run(run())
