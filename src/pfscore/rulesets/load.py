"""Find, read and validate ruleset files with their parents; every problem of a file at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from pfscore.documents.document import Document, Syntax, document_from_data, document_of_bytes, read_document
from pfscore.documents.model_errors import diagnostics_of
from pfscore.documents.positions import Data
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError, NotFoundError, PfscoreError, RulesetError
from pfscore.foundation.runtime.resources import LOGGER
from pfscore.foundation.source import MAX_BYTES, Given, stream_of
from pfscore.foundation.text import Message, shorten
from pfscore.rulesets.consistency import family_problems, problems
from pfscore.rulesets.in_force import Loaded
from pfscore.rulesets.model.ruleset import Ruleset
from pfscore.rulesets.search import SUFFIXES, RulesetFolder, Search, folder_of, is_id

#: A chain is at most two of the nation, one of a family of forms, a province or city, and one of the reader's own.
MAX_DEPTH = 5

_OTHER_PARENT = Message("写上级的代号；没有上级就删去 extends", "name the parent; without one remove `extends`")
#: What a ruleset is read from: its id, a file by its path, the text, bytes or an open stream, or plain data.
RulesetSource = Given | Mapping[str, Any]


def load_family(ruleset: RulesetSource, *, search: Search = ()) -> tuple[Loaded, ...]:
    """Read a ruleset (an id, a path, or what it says itself) and its parents, the ruleset itself first.

    Ids are looked for as :func:`pfscore.rulesets.search.folder_of` does.

    Raises:
        NotFoundError: PF225 where there is no such ruleset or file.
        RulesetError: every problem of the file that could be found; PF235 where an id stands in several places.
    """
    family = _with_parents(_given(ruleset, search), search)
    LOGGER.debug("ruleset loaded: %s from %s", family[0].ruleset.ruleset, family[0].document.source.name)
    return family


def _given(ruleset: RulesetSource, search: Search) -> Loaded:
    if is_id(ruleset):
        return _load(str(ruleset), search)
    try:
        if isinstance(ruleset, Mapping):
            return parse_ruleset(document_from_data(ruleset))
        if (given := stream_of(ruleset)) is not None:
            name, stream = given
            data = stream.read(MAX_BYTES + 1)
            syntax: Syntax = "json" if data.lstrip()[:1] == b"{" else "yaml"
            return parse_ruleset(document_of_bytes(name, data, syntax=syntax))
    except InputError as error:
        raise RulesetError(error.diagnostics) from None
    return _load(cast("str | Path", ruleset), search)


def _with_parents(loaded: Loaded, search: Search, *, written: bool = False) -> tuple[Loaded, ...]:
    family = [loaded]
    while (parent := family[-1].ruleset.extends) is not None:
        family.append(_parent(family, parent, search, written=written))
    return tuple(family)


@dataclass(frozen=True)
class Inspected:
    """A document that was read as a ruleset: what is wrong, and the ruleset where at least its shape is right."""

    loaded: Loaded | None
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class _AsWritten:
    """A document that finds the only member of a list where its author wrote no list."""

    document: Document

    def span(self, path: Sequence[str | int], *, key: bool = False) -> Span:
        """Return where the value at `path` stands, or its key."""
        return self.document.span(_as_written(path, self.document.data), key=key)


def _as_written(path: Sequence[str | int], data: Data) -> tuple[str | int, ...]:
    """Return `path` without the index of a list that its author wrote as its only member.

    >>> _as_written(("rounding", 0, "mode"), {"rounding": {"mode": "up"}})
    ('rounding', 'mode')
    """
    written: tuple[str | int, ...] = ()
    for part in path:
        if isinstance(part, int):
            if not isinstance(data, list):
                continue
            data = data[part] if part < len(data) else None
        elif isinstance(data, dict):
            data = data.get(part)
        written = (*written, part)
    return written


def _is_form(data: Data) -> bool:
    """Return whether a document is a form that was taken for a ruleset."""
    return isinstance(data, dict) and "indicators" in data and not data.keys() & {"rules", "sources", "jurisdiction"}


def _a_form(document: Document) -> Diagnostic:
    message = Message("这是一张自评表，不是规则集", "this is a form, not a ruleset")
    hint = Message("给表评分用 pfscore score，审核用 pfscore audit", "`pfscore score` scores a form, `audit` audits it")
    return Diagnostic("PF204", message, hint, document.span(("indicators",), key=True))


def inspect_document(document: Document) -> Inspected:
    """Validate one document as a ruleset: every problem of its shape or, where that is right, of its content."""
    try:
        ruleset = Ruleset.model_validate(document.data)
    except ValidationError as error:
        if _is_form(document.data):
            return Inspected(None, (_a_form(document),))
        return Inspected(None, tuple(diagnostics_of(error, _AsWritten(document), Ruleset)))
    return Inspected(Loaded(ruleset, document), tuple(problems(ruleset, document)))


def inspect_family(
    ruleset: str | Path | Document, *, search: Search = (), in_folder: bool = True
) -> tuple[tuple[Loaded, ...], tuple[Diagnostic, ...]]:
    """Read a ruleset and its parents as :func:`load_family` does, and return what is wrong instead of raising it.

    Files are read as their authors wrote them, so that places are true to the text; a document stands for the file of
    its name, or unless `in_folder` in no folder at all, and names its parent by id. The family is empty where the
    shape of the ruleset or of a parent is wrong.
    """
    try:
        if isinstance(ruleset, str) and is_id(ruleset):
            family = _with_parents(_load(ruleset, search, written=True), search, written=True)
            return family, tuple(family_problems(family))
        document = ruleset if isinstance(ruleset, Document) else _read(Path(ruleset))
        inspected = inspect_document(document)
        if inspected.loaded is None:
            return (), inspected.problems
        try:
            loaded = _at(inspected.loaded, Path(document.source.name)) if in_folder else inspected.loaded
            family = _with_parents(loaded, search, written=True)
            return family, (*inspected.problems, *family_problems(family))
        except PfscoreError as error:
            return (), (*inspected.problems, *error.diagnostics)
    except PfscoreError as error:
        return (), error.diagnostics


def parse_ruleset(document: Document) -> Loaded:
    """Validate one document as a ruleset.

    Raises:
        RulesetError: all problems, of shape and of content.
    """
    inspected = inspect_document(document)
    if inspected.loaded is None or inspected.problems:
        raise RulesetError(inspected.problems)
    return inspected.loaded


def compiled(loaded: Loaded) -> str:
    """Return the ruleset as JSON text that needs no YAML reader; it names the text that it was compiled from."""
    data = loaded.document.data
    if not isinstance(data, dict):
        raise TypeError("a validated ruleset is a mapping")
    digest = loaded.ruleset.compiled_from or hashlib.sha256(loaded.document.source.text.encode()).hexdigest()
    content = {"compiled_from": digest, **{key: value for key, value in data.items() if key != "compiled_from"}}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _load(ruleset: str | Path, search: Search, *, written: bool = False) -> Loaded:
    if not is_id(ruleset):
        return _at(parse_ruleset(_read(Path(ruleset))), Path(ruleset))
    folder = folder_of(str(ruleset), search)
    if folder.is_fixed:
        return _cached(folder, str(ruleset), written=written)
    return _member(folder, str(ruleset), written=written)


def _at(loaded: Loaded, path: Path) -> Loaded:
    """Note the folder below which the parents of a file are looked for."""
    return replace(loaded, folder=path.resolve().parent)


def _read(path: Path) -> Document:
    try:
        return read_document(path)
    except InputError as error:
        if error.code == "PF101":
            raise NotFoundError((_no_such_file(str(path)),)) from None
        raise RulesetError(error.diagnostics) from None


def _member(folder: RulesetFolder, ruleset: str, *, written: bool) -> Loaded:
    """Load a ruleset of a folder: its compiled form, unless that is old or what was `written` is wanted."""
    files = folder.files(ruleset)
    author = next((file for suffix, file in files.items() if suffix != ".json"), None)
    if (built := files.get(".json")) is not None and not (written and author is not None and find_spec("yaml")):
        loaded = _read_member(folder, ruleset, built)
        if author is None or loaded.ruleset.compiled_from == hashlib.sha256(author.read_bytes()).hexdigest():
            return loaded
    return _read_member(folder, ruleset, author or files[".json"])


#: Rulesets that come with pfscore or with a package do not change while a program runs.
_cached = lru_cache(maxsize=256)(_member)


def _read_member(folder: RulesetFolder, ruleset: str, file: Traversable) -> Loaded:
    """Read one file of a folder; what may stand in a zip has a name that is the same wherever it stands.

    Raises:
        RulesetError: every problem of the file, PF203 where it says another id than it is found by.
    """
    if isinstance(file, Path) and not folder.is_fixed:
        loaded = _at(parse_ruleset(_read(file)), file)
    else:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        name = f"{folder.name}/{ruleset.split('/')[0]}/{file.name}"
        loaded = parse_ruleset(document_of_bytes(name, data, syntax="json" if file.name.endswith(".json") else "yaml"))
    if loaded.ruleset.ruleset != ruleset:
        message = Message(
            f"文件里的代号是 “{loaded.ruleset.ruleset}”，按它的位置应是 “{ruleset}”",
            f"the file says {loaded.ruleset.ruleset!r}, where it stands it should be {ruleset!r}",
        )
        raise RulesetError.of(Diagnostic("PF203", message, None, loaded.span(("ruleset",))))
    return loaded


def _parent(family: list[Loaded], parent: str, search: Search, *, written: bool) -> Loaded:
    child = family[-1].document

    def refuse(code: str, zh: str, en: str, hint: Message | None = None) -> RulesetError:
        return RulesetError.of(Diagnostic(code, Message(zh, en), hint, child.span(("extends",))))

    if len(family) >= MAX_DEPTH:
        raise refuse("PF215", f"上级规则集超过 {MAX_DEPTH - 1} 层", f"more than {MAX_DEPTH - 1} levels of parents")
    if parent in {member.ruleset.ruleset for member in family}:
        raise refuse("PF215", f"规则集 “{parent}” 绕回了自己", f"ruleset {parent!r} is its own ancestor", _OTHER_PARENT)
    target: str | Path = parent
    if parent.endswith(SUFFIXES) or Path(parent).is_absolute() or ".." in Path(parent).parts:
        folder = family[-1].folder
        target = (folder or Path(parent)).joinpath(parent)
        if folder is None or Path(parent).is_absolute() or folder not in target.resolve().parents:
            zh, en = "extends 只能指向同一文件夹内的文件", "extends may only name a file below this folder"
            hint = Message("把上级规则集放进这个文件夹，写它的文件名", "put the parent into this folder and name it")
            raise refuse("PF216", f"{zh}：“{shorten(parent)}”", f"{en}: {shorten(parent)!r}", hint)
    elif not is_id(parent):
        zh, en = "extends 应是规则集代号或文件名，这里是", "extends should be an id or a file name, not"
        hint = Message("如 cn/project，或 base.yaml", "such as cn/project, or base.yaml")
        raise refuse("PF215", f"{zh} “{shorten(parent)}”", f"{en} {shorten(parent)!r}", hint)
    try:
        loaded = _load(target, search, written=written)
    except NotFoundError as error:
        raise RulesetError(
            Diagnostic("PF215", found.message, found.hint, child.span(("extends",))) for found in error.diagnostics
        ) from None
    if any(loaded.ruleset.ruleset == member.ruleset.ruleset for member in family):
        own = loaded.ruleset.ruleset
        raise refuse("PF215", f"规则集 “{own}” 绕回了自己", f"ruleset {own!r} is its own ancestor", _OTHER_PARENT)
    return loaded


def _no_such_file(name: str) -> Diagnostic:
    return Diagnostic(
        "PF225",
        Message(
            f"没有规则集 “{shorten(name)}”：既不是代号，也不是文件",
            f"no ruleset {shorten(name)!r}: neither an id nor a file",
        ),
        Message("用 pfscore rulesets 列出全部代号", "`pfscore rulesets` lists the ids"),
        Span(),
    )
