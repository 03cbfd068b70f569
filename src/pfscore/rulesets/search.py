"""Where rulesets are found by their ids: the built-in ones, those of installed packages, and folders that are given."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError, NotFoundError, RulesetError
from pfscore.foundation.runtime.resources import data_dir
from pfscore.foundation.source import unreadable
from pfscore.foundation.text import Message, joined, shorten

#: The group under which a package names its folder of rulesets: `acme = "acme_rules"`, or `"acme_rules:folder"`.
_ENTRY_POINTS = "pfscore.rulesets"
SUFFIXES = (".yaml", ".yml", ".json")

#: One or several folders in which rulesets are found by their ids, beside the built-in ones and those of packages.
Search = str | Path | Sequence[str | Path]

_ID = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")


def is_id(ruleset: object) -> bool:
    """Return whether `ruleset` is an id; what files there are does not matter.

    >>> is_id("cn-sc/project"), is_id("cn-sc/project.yaml"), is_id(Path("cn-sc/project"))
    (True, False, False)
    """
    return isinstance(ruleset, str) and _ID.fullmatch(ruleset) is not None


@dataclass(frozen=True)
class RulesetFolder:
    """A folder of rulesets: the file `cn-sc/project.yaml` in it is the ruleset `cn-sc/project`.

    `name` is what a diagnostic shows before the name of a file, `origin` where the folder comes from. What comes with
    a program `is_fixed`: it does not change while that runs.
    """

    root: Traversable
    name: str
    origin: Message
    is_fixed: bool = False

    def files(self, ruleset: str) -> dict[str, Traversable]:
        """Return the files of a ruleset by suffix; a compiled one may stand beside its text."""
        folder, name = ruleset.split("/")
        found = {suffix: self.root / folder / f"{name}{suffix}" for suffix in SUFFIXES}
        return {suffix: file for suffix, file in found.items() if _is_file(file)}

    def ids(self) -> set[str]:
        """Return the ids of all rulesets in the folder."""
        return {
            ruleset
            for folder in self.root.iterdir()
            if folder.is_dir()
            for entry in folder.iterdir()
            if entry.name.endswith(SUFFIXES) and is_id(ruleset := f"{folder.name}/{entry.name.rsplit('.', 1)[0]}")
        }


def folder_of(ruleset: str, search: Search = ()) -> RulesetFolder:
    """Return the one folder that has a ruleset.

    Raises:
        NotFoundError: PF225 where none has it.
        RulesetError: PF235 where several have it.
        InputError: PF101, PF108 for a folder of `search` that is none.
    """
    given, builtin = _given_folders(search), _builtin_folder()
    # An id that is built in can be no package's, so that packages are not looked for when they are not needed.
    first = [builtin] if builtin.files(ruleset) else [one for one in package_folders() if one.files(ruleset)]
    found = [*first, *(one for one in given if one.files(ruleset))]
    if not found:
        raise NotFoundError.of(_no_such_ruleset(ruleset, ruleset_ids(search=search)))
    if len(found) > 1:
        raise RulesetError.of(taken_twice(ruleset, found))
    return found[0]


def all_folders(search: Search = ()) -> tuple[RulesetFolder, ...]:
    """Return every folder in which rulesets are found."""
    return (_builtin_folder(), *package_folders(), *_given_folders(search))


def ruleset_ids(*, search: Search = ()) -> tuple[str, ...]:
    """Return the ids of the rulesets that :func:`pfscore.load_ruleset` finds, sorted.

    Raises:
        InputError: PF101, PF108 for a folder of `search` that is none.

    >>> "cn-sc/project" in ruleset_ids()
    True
    """
    return tuple(sorted({ruleset for folder in all_folders(search) for ruleset in folder.ids()}))


def builtin_ids() -> tuple[str, ...]:
    """Return the ids of the rulesets that come with pfscore, sorted."""
    return tuple(sorted(_builtin_folder().ids()))


@lru_cache(maxsize=1)
def _builtin_folder() -> RulesetFolder:
    """Return the folder of the rulesets that come with pfscore."""
    return RulesetFolder(data_dir("rulesets"), "rulesets", Message("内置", "built-in"), is_fixed=True)


@lru_cache(maxsize=1)
def package_folders() -> tuple[RulesetFolder, ...]:
    """Return the folders of installed packages that register one, by the packages' names; looked for once."""
    return tuple(sorted(_package_folders(), key=lambda folder: folder.name))


def _package_folders() -> Iterator[RulesetFolder]:
    for entry in metadata.entry_points(group=_ENTRY_POINTS):
        package = entry.dist.name if entry.dist is not None else entry.name
        try:
            root = files(entry.module)
            for part in entry.attr.split(".") if entry.attr else ():
                root /= part
        except (ImportError, TypeError, ValueError):
            continue  # what a package registers but does not have is no ruleset
        if root.is_dir():
            origin = Message(f"包 {package}", f"package {package}")
            yield RulesetFolder(root, entry.value.replace(":", "/"), origin, is_fixed=True)


def _given_folders(search: Search) -> tuple[RulesetFolder, ...]:
    """Return the folders and zips of `search`, each once.

    Raises:
        InputError: PF101 where there is none of that name, PF108 where it is neither a folder nor a zip.
    """
    folders = (search,) if isinstance(search, str | Path) else search
    return tuple(_given(path) for path in dict.fromkeys(Path(one) for one in folders))


def _given(path: Path) -> RulesetFolder:
    origin = Message(f"文件夹 {path}", f"folder {path}")
    if path.is_dir():
        return RulesetFolder(path, str(path), origin)
    try:
        if stat.S_ISREG(path.stat().st_mode):
            return RulesetFolder(zipfile.Path(str(path)), str(path), origin)
    except (OSError, ValueError) as error:
        raise InputError.of(unreadable(path, error)) from None
    except zipfile.BadZipFile:
        pass
    message = Message(f"“{path}” 不是文件夹", f"'{path}' is not a folder")
    raise InputError.of(Diagnostic("PF108", message, None, Span(str(path))))


def file_of(name: str) -> Path | None:
    """Return the file that diagnostics show under a name; `None` where it is none of its own, as in a zip.

    >>> file_of("rulesets/cn/project.yaml").name, file_of("text")
    ('project.yaml', None)
    """
    for folder in (_builtin_folder(), *package_folders()):
        if name.startswith(f"{folder.name}/"):
            file = folder.root / name.removeprefix(f"{folder.name}/")
            if file.is_file():
                return file if isinstance(file, Path) else None
    path = Path(name)
    return path if path.is_file() else None


def taken_twice(ruleset: str, found: Sequence[RulesetFolder]) -> Diagnostic:
    """Return that an id stands in several folders, where no order says which counts."""
    places = joined(folder.origin for folder in found)
    message = Message(f"代号 “{ruleset}” 有几份：{places.zh}", f"{ruleset!r} is found in several places: {places.en}")
    hint = Message(
        "给其中一份换个代号；要用某一份，写它的文件路径", "give one of them another id, or name the file itself"
    )
    return Diagnostic("PF235", message, hint)


def _no_such_ruleset(ruleset: str, known: Sequence[str]) -> Diagnostic:
    listed = "、".join(known)
    hint = Message(f"已有：{listed}", f"known: {listed}")
    if close := get_close_matches(ruleset, known, 1, 0.5):
        hint = Message(f"是不是 “{close[0]}”？", f"did you mean {close[0]!r}?")
    return Diagnostic("PF225", Message(f"没有规则集 “{shorten(ruleset)}”", f"no ruleset {shorten(ruleset)!r}"), hint)


def _is_file(file: Traversable) -> bool:
    try:
        return file.is_file()
    except OSError:  # a name that is longer than names can be
        return False
