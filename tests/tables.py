"""Tables of rows whose test takes less time than pytest takes to make, run and report one."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import wraps

import pytest


def each(names: str | Sequence[str], rows: Iterable[object]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let one test hold for every row of a table, and report all rows for which it does not.

    Written like `pytest.mark.parametrize`, and stacked like it; fixtures are made once for all rows.
    """
    of_a_row = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    table = [
        dict(zip(of_a_row, row if len(of_a_row) > 1 and isinstance(row, Iterable) else [row], strict=True))
        for row in rows
    ]

    def decorate(check: Callable[..., None]) -> Callable[..., None]:
        @wraps(check)
        def test(*of_class: object, **fixtures: object) -> None:
            failed = []
            for row in table:
                try:
                    check(*of_class, **row, **fixtures)
                except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 — told for each row, all at the end
                    error.add_note(f"The row: {row!r}")
                    failed.append(error)
            assert table, "the table has no row"
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {len(table)} rows", failed)

        signature = inspect.signature(check)
        others = [one for one in signature.parameters.values() if one.name not in of_a_row]
        assert len(others) == len(signature.parameters) - len(of_a_row), "each name of a row is a parameter"
        test.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return test

    return decorate
