"""Values that go to JSON and come back equal: what people read, and beside it the whole value under a version.

A class takes part by deriving from :class:`Stored`; :func:`storable` names the classes that may stand inside.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pfscore.foundation.text import Lang, Message, shorten

if sys.version_info >= (3, 12):
    from typing import TypedDict as TypedDict
else:  # pydantic, which requires this library, takes no other before Python 3.12
    from typing_extensions import TypedDict as TypedDict

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

#: The version of the whole value; another one is refused. A field that is new, with a default, needs no new version.
VERSION = 1
KEY = "stored"
#: Larger integers cannot be read from their text.
MAX_BITS = 14_000

Write = Callable[[Any], dict[str, Any]]
Read = Callable[[dict[str, Any]], Any]
#: The classes that may stand in a stored value, by name, and how those are written and read that are no dataclasses.
_CLASSES: dict[str, type] = {}
_SPECIAL: dict[type, tuple[Write, Read]] = {}
#: Those that many parts of a value share: each is written once.
_SHARED: set[type] = set()
#: What is written as its text.
_TEXTS: dict[type, Callable[[Any], str]] = {Decimal: str, Fraction: str, date: date.isoformat}
#: What makes the error of what is refused; `pfscore.foundation.errors`, which needs this module, adds its own.
_refusals: list[Callable[[Message, Message | None], Exception]] = [lambda message, _: ValueError(message.en)]
#: What goes wrong inside when a stored value was not written by pfscore.
_WRONG = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def storable(*classes: type, shared: bool = False) -> None:
    """Name dataclasses and enumerations that may stand in a stored value; one that is `shared` is written once."""
    _CLASSES.update({one.__name__: one for one in classes})
    if shared:
        _SHARED.update(classes)


def refuse_with(make: Callable[[Message, Message | None], Exception]) -> None:
    """Return what makes the error of what is refused."""
    _refusals.append(make)


def storable_as(one: type, write: Write, read: Read, *, shared: bool = False) -> None:
    """Name a class that is written and read in a way of its own; see :func:`storable`."""
    storable(one, shared=shared)
    _SPECIAL[one] = write, read


class ValueOf:
    """Says of a text in JSON that it is a value of an enumeration: `Annotated[str, ValueOf(Severity)]`."""

    def __init__(self, values: type[Enum]) -> None:
        self._values = [one.value for one in values]

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {**handler(schema), "enum": self._values}


class Shown(TypedDict):
    """The keys of a value's JSON, for people and other programs; each class of :class:`Stored` has its own."""


class Stored:
    """The base of what is stored as JSON: `model_dump` and `model_validate`, under the names of pydantic's models.

    The JSON is that of `as_json`, and under the key `stored` the whole value, from which it is read back. Such a class
    can be a field of a pydantic model, and a body or a result in FastAPI.
    """

    __slots__ = ()

    #: What :meth:`as_json` gives, and the JSON Schema with it.
    SHOWN: ClassVar[type] = Shown

    def as_json(self, lang: Lang = "zh") -> Mapping[str, Any]:
        """Return the value as plain JSON data for people, in one language."""
        raise NotImplementedError

    def model_dump(self, *, lang: Lang = "zh") -> dict[str, Any]:
        """Return plain JSON data from which :meth:`model_validate` makes an equal value.

        Raises:
            InputError: PF536 where a caller's own key holds what JSON has no form for.
        """
        writer = _Writer()
        try:
            whole = {"version": VERSION, "lang": lang, "value": writer.write(self), "shared": writer.shared}
        except RecursionError:
            raise _no_form(self) from None
        return {**self.as_json(lang), KEY: whole}

    def model_dump_json(self, *, indent: int | None = None, lang: Lang = "zh") -> str:
        """Return :meth:`model_dump` as JSON text."""
        return json.dumps(self.model_dump(lang=lang), ensure_ascii=False, indent=indent)

    @classmethod
    def model_validate(cls, data: Any) -> Self:
        """Return the value that :meth:`model_dump` gave; what is one already is returned as it is.

        Raises:
            InputError: PF536 for anything else, and where the parts that people read were changed.
        """
        if isinstance(data, cls):
            return data
        try:
            whole = data[KEY]
            version = whole["version"]
            value = _Reader(whole["shared"]).read(whole["value"]) if version == VERSION else None
            shown = {key: part for key, part in data.items() if key != KEY}
            if type(value) is cls and value.as_json(whole["lang"]) == shown:
                return value
        except _WRONG:
            raise _not_stored(cls.__name__) from None
        raise _not_stored(cls.__name__) if version == VERSION else _other_version(cls.__name__, version)

    @classmethod
    def model_validate_json(cls, text: str | bytes) -> Self:
        """Return the value of :meth:`model_dump_json`; see :meth:`model_validate`."""
        try:
            data = json.loads(text)
        except (RecursionError, TypeError, ValueError):
            data = None
        return cls.model_validate(data)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        """Return the schema by which models of pydantic, and FastAPI with them, hold the value."""
        from pydantic_core import PydanticCustomError, core_schema

        del source, handler

        def read(data: Any) -> Stored:
            try:
                return cls.model_validate(data)
            except ValueError as error:
                raise PydanticCustomError("pfscore", "{problem}", {"problem": str(error)}) from None

        written = core_schema.plain_serializer_function_ser_schema(lambda value: value.model_dump())
        ref = f"{cls.__module__}.{cls.__qualname__}:{id(cls)}"  # a schema of its own in OpenAPI, as a model has
        return core_schema.no_info_plain_validator_function(read, serialization=written, ref=ref)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        """Return the JSON Schema of :meth:`model_dump`: the keys of `SHOWN`, and the whole value."""
        from pydantic import TypeAdapter

        del schema
        shown = handler.resolve_ref_schema(handler(TypeAdapter(cls.SHOWN).core_schema))
        whole = {"type": "object", "description": "The whole value, from which it is read back."}
        return {
            **shown,
            "title": cls.__name__,
            "description": (cls.__doc__ or "").split("\n", 1)[0],
            "properties": {**shown["properties"], KEY: whole},
            "required": [*(shown["required"] if handler.mode == "serialization" else ()), KEY],
        }


class _Writer:
    """Writes one value; what many parts share, such as the rule of many rows, is written once and then numbered."""

    def __init__(self) -> None:
        self.shared: list[Any] = []
        self._numbers: dict[int, int] = {}

    def write(self, value: Any) -> Any:
        """Return plain JSON data for a value."""
        if isinstance(value, Enum) and type(value) in _CLASSES.values():
            return {"is": type(value).__name__, "name": value.name}
        if value is None or isinstance(value, str) or (isinstance(value, int) and value.bit_length() <= MAX_BITS):
            return value
        if isinstance(value, tuple):
            return [self.write(one) for one in value]
        # Exactly these: of a time of day its date alone would come back. And nothing equals NaN.
        if (text := _TEXTS.get(type(value))) is not None and not (isinstance(value, Decimal) and value.is_nan()):
            return {"is": type(value).__name__, "text": text(value)}
        if isinstance(value, list | frozenset):
            members = value if isinstance(value, list) else sorted(value, key=repr)
            return {"is": type(value).__name__, "of": [self.write(one) for one in members]}
        if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
            return {"is": "dict", "of": {key: self.write(one) for key, one in value.items()}}
        return self._write_part(value)

    def _write_part(self, value: Any) -> Any:
        if type(value) not in _CLASSES.values():
            raise _no_form(value)
        if type(value) not in _SHARED:
            return {"is": type(value).__name__, **self._parts(value)}
        if id(value) not in self._numbers:
            self.shared.append({"is": type(value).__name__, **self._parts(value)})
            self._numbers[id(value)] = len(self.shared) - 1
        return {"is": "shared", "number": self._numbers[id(value)]}

    def _parts(self, value: Any) -> dict[str, Any]:
        if type(value) in _SPECIAL:
            return {key: self.write(part) for key, part in _SPECIAL[type(value)][0](value).items()}
        parts = {one.name: (getattr(value, one.name), one) for one in fields(value) if one.init}
        return {name: self.write(part) for name, (part, one) in parts.items() if not _is_default(part, one)}


def _is_default(part: Any, one: Any) -> bool:
    if one.default is not MISSING:
        return part is one.default or (type(part) is type(one.default) and part == one.default)
    return one.default_factory is not MISSING and part == one.default_factory()


class _Reader:
    """Reads what :class:`_Writer` wrote; the order of keys does not matter, as databases change it."""

    def __init__(self, shared: list[Any]) -> None:
        self._shared: list[Any] = []
        for one in shared:
            self._shared.append(self.read(one))

    def read(self, data: Any) -> Any:
        """Return the value."""
        if isinstance(data, list):
            return tuple(self.read(one) for one in data)
        if not isinstance(data, dict):
            return data
        match name := data["is"]:
            case "Decimal":
                return Decimal(data["text"])
            case "Fraction":
                return Fraction(data["text"])
            case "date":
                return date.fromisoformat(data["text"])
            case "list" | "frozenset":
                return (list if name == "list" else frozenset)(self.read(one) for one in data["of"])
            case "dict":
                return {key: self.read(one) for key, one in data["of"].items()}
            case "shared":
                return self._shared[data["number"]]
        one = _CLASSES[name]
        if issubclass(one, Enum):
            return one[data["name"]]
        parts = {key: self.read(part) for key, part in data.items() if key != "is"}
        return _SPECIAL[one][1](parts) if one in _SPECIAL else one(**parts)


def _not_stored(name: str) -> Exception:
    message = Message(f"这不是 {name}.model_dump 写出的内容", f"this is not what {name}.model_dump gives")
    hint = Message("其中给人看的部分改动过的，也不接受", "nor is it accepted where what people read in it was changed")
    return _refused(message, hint)


def _other_version(name: str, version: object) -> Exception:
    message = Message(
        f"{name} 是按第 {shorten(str(version))} 版存的，这里读第 {VERSION} 版",
        f"this {name} was stored as version {shorten(str(version))}; version {VERSION} is read here",
    )
    hint = Message(
        "其余的键仍可照读；要完整的，请重新评分", "the other keys can still be read; score again for the whole"
    )
    return _refused(message, hint)


def _no_form(value: object) -> Exception:
    name = type(value).__name__
    return _refused(Message(f"{name} 存不成 JSON", f"a {name} cannot be stored as JSON"), None)


def _refused(message: Message, hint: Message | None) -> Exception:
    return _refusals[-1](message, hint)


storable(Message)
