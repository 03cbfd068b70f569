"""What cannot be right in published forms, and questions that people ask about them.

The package can be called: `pfscore.audit(form)` is :func:`pfscore.audit.run.audit`, also where a module of the package
was imported before.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from types import ModuleType

from pfscore.audit.finding import Finding
from pfscore.audit.run import audit
from pfscore.scoring.engine import Rules
from pfscore.scoring.form import Form


class _Callable(ModuleType):
    def __call__(
        self,
        form: Form | Sequence[Form],
        *,
        ruleset: Rules | str | None = None,
        select: Collection[str] = (),
        ignore: Collection[str] = (),
        accepted: Collection[str] = (),
    ) -> list[Finding]:
        return audit(form, ruleset=ruleset, select=select, ignore=ignore, accepted=accepted)


sys.modules[__name__].__class__ = _Callable
sys.modules[__name__].__doc__ = audit.__doc__
