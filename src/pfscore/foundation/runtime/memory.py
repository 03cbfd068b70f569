"""Memories that are bounded in bytes: what cells say is remembered, and a cell may be as long as its author likes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar, cast
from weakref import WeakValueDictionary

_P = ParamSpec("_P")
_R = TypeVar("_R")
_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")
#: The bytes that a memory may take, twice over.
MAX_BYTES = 16 << 20
#: The bytes that all memories of a process may take together: each ruleset that scores has some of its own.
MAX_BYTES_OF_ALL = 256 << 20
#: What a remembered call takes, and for each character of its arguments what a reading of cells takes.
_BYTES, _OF_READING = 400, 80
#: No single value takes more than this part of a memory.
_LARGEST_PART = 16


class Recent(dict[_K, _V], Generic[_K, _V]):
    """A memory of bounded size: what was not asked for while it filled twice is forgotten."""

    def __init__(self, max_bytes: int | None = None) -> None:
        super().__init__()
        self._older: dict[_K, _V] = {}
        self._bytes, self._older_bytes = 0, 0
        self._max_bytes = MAX_BYTES if max_bytes is None else max_bytes
        with _ALL.lock:
            _ALL.memories[id(self)] = self

    def recall(self, key: _K, size: int = 600) -> _V | None:
        """Return what is remembered, or was until the memory was full; then it is kept, of about `size` bytes."""
        value = self.get(key)
        if value is None and self._older and (value := self._older.get(key)) is not None:
            self.keep(key, value, size)
        return value

    def keep(self, key: _K, value: _V, size: int) -> None:
        """Remember a value of about that many bytes."""
        if size * _LARGEST_PART > self._max_bytes:
            return
        self._bytes += size
        if self._bytes > self._max_bytes:
            self._older, self._older_bytes, self._bytes = dict(self), self._bytes, size
            self.clear()
        self[key] = value
        _ALL.grow(size)

    def forget(self) -> None:
        """Forget everything."""
        self.clear()
        self._older, self._older_bytes, self._bytes = {}, 0, 0

    @property
    def held(self) -> int:
        """The bytes that are remembered, about."""
        return self._bytes + self._older_bytes


class _All:
    """All memories of this process: when they take too much together, the largest are forgotten until half is left."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.memories: WeakValueDictionary[int, Recent[Any, Any]] = WeakValueDictionary()
        self._grown = 0

    def grow(self, size: int) -> None:
        """Note that some memory took more; look at all of them now and then."""
        self._grown += size
        if self._grown <= MAX_BYTES_OF_ALL // 16:
            return
        self._grown = 0
        with self.lock:
            memories = sorted(self.memories.values(), key=lambda one: one.held)
        held = sum(one.held for one in memories)
        if held > MAX_BYTES_OF_ALL:
            while memories and held > MAX_BYTES_OF_ALL // 2:
                held -= memories[-1].held
                memories.pop().forget()


_ALL = _All()


class Remembered(Generic[_P, _R]):
    """A function of texts that remembers what it gave; see :func:`remembered`."""

    def __init__(self, function: Callable[_P, _R], max_bytes: int | None) -> None:
        self._function = function
        self._memory: Recent[Hashable, Any] = Recent(max_bytes)
        self.cache_clear = self._memory.forget
        update_wrapper(self, function)

    def __call__(self, *args: _P.args, **options: _P.kwargs) -> _R:
        """Return what the function gives or has given."""
        key: Hashable = (args, *options.items()) if options else args
        try:
            return cast("_R", self._memory[key])
        except KeyError:
            pass
        size = _BYTES + _OF_READING * characters(args)
        if (found := self._memory.recall(key, size)) is None:
            found = self._function(*args, **options)
            self._memory.keep(key, found, size)
        return cast("_R", found)


def characters(values: tuple[object, ...]) -> int:
    """Return how many characters the texts among some values have.

    >>> characters(("人数", ("产出指标", None)))
    6
    """
    return sum(len(one) if isinstance(one, str) else characters(one) if isinstance(one, tuple) else 0 for one in values)


def remembered(function: Callable[_P, _R], *, max_bytes: int | None = None) -> Remembered[_P, _R]:
    """Remember what a function of texts gives: the longer the texts, the fewer of them.

    >>> lengths = remembered(len)
    >>> lengths("≥26万人"), lengths("≥26万人")
    (5, 5)
    """
    return Remembered(function, max_bytes)
