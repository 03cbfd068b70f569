"""Lists of words in `grammar/*.txt`: sections under a name in brackets, with remarks behind `#`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from pfscore.foundation.runtime.resources import data_dir


@cache
def section_lines(file: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lines of each section of a file in `grammar`, in their order, without remarks."""
    found: dict[str, tuple[str, ...]] = {}
    section = ""
    for raw in (data_dir("grammar") / file).read_text(encoding="utf-8").splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
            found[section] = ()
        elif line:
            found[section] += (line,)
    return found


@cache
def section_words(file: str) -> Mapping[str, tuple[str, ...]]:
    """Return the words of each section of a file in `grammar`.

    >>> "投诉" in section_words("directions.txt")["harm"]
    True
    """
    return {name: tuple(" ".join(lines).split()) for name, lines in section_lines(file).items()}


def any_of(words: Iterable[str]) -> str:
    """Return the pattern of any of some words, the longest first.

    >>> any_of(["亿", "万亿", "."])
    '万亿|\\\\.|亿'
    """
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def section_pattern(file: str, section: str) -> re.Pattern[str]:
    """Return the pattern of any word of a section of a file in `grammar`."""
    return re.compile(any_of(section_words(file)[section]))
