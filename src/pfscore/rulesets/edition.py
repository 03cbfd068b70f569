"""The edition of a ruleset on a date: merged with its parents, one version of each rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any, TypeVar

from pfscore.cells.reader import parse_target
from pfscore.cells.readings import Reading, TargetKind
from pfscore.formulas.evaluation.compiled import compile_formula
from pfscore.formulas.formula import Formula, parse_condition, parse_formula
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import ExpressionError, PfscoreError, RulesetError
from pfscore.foundation.text import Message
from pfscore.rulesets.bands import as_formula
from pfscore.rulesets.in_force import (
    TERMS,
    Edition,
    Layer,
    Loaded,
    Path,
    RuleInForce,
    Terms,
    Where,
    authority,
)
from pfscore.rulesets.model.base import AlsoCite, Assume, Cite
from pfscore.rulesets.model.form_terms import FormVersion, walk_blocks
from pfscore.rulesets.model.rule import GENERAL, Applies, Rule, RuleVersion
from pfscore.rulesets.model.way import WAYS, ByBands, ByChecklist, ByFormula, ByJudgement, ByLevels, ByThresholds, Way

_INHERITED = tuple(
    name
    for name in RuleVersion.model_fields
    if name not in {"since", "until", "cite", "also", "disabled", "examples", *WAYS}
)
_Version = TypeVar("_Version", FormVersion, RuleVersion)


def edition(family: Sequence[Loaded], on: date) -> Edition:
    """Merge `family` (the ruleset first, then its parent, and so on) into its edition on `on`.

    Raises:
        RulesetError: PF213, PF214, PF221, PF222, PF229 for what does not fit together, PF223 where nothing is in
            force, PF4xx for formulas.
    """
    merged, problems = _readable_edition(family, on)
    if problems:
        raise RulesetError(problems)
    return merged


def sound_edition(family: Sequence[Loaded], on: date) -> tuple[Edition, tuple[Diagnostic, ...]]:
    """Merge as :func:`edition` does, but leave out the invalid rules and return their diagnostics.

    Raises:
        RulesetError: where no rule is left.
    """
    merged, found = _readable_edition(family, on)
    problems = {rule.id: tuple(_uncomputable(rule)) for rule in merged.rules}
    sound = tuple(rule for rule in merged.rules if not problems[rule.id])
    return replace(merged, rules=sound), (*found, *(problem for one in problems.values() for problem in one))


def _uncomputable(rule: RuleInForce) -> Iterator[Diagnostic]:
    """Yield why the formulas of a rule can never be computed."""
    for formula in (rule.formula, rule.when, *(rule.bounds or ())):
        try:
            if formula is not None:
                compile_formula(formula)
        except PfscoreError as error:
            place = rule.place_of("formula") if formula is rule.formula else rule.span
            for one in error.diagnostics:
                column = one.span.column - 1 if one.span is not None and one.span.line <= 1 else 0
                inside = one.span.length if one.span is not None else 1
                yield replace(one, span=replace(place, column=place.column + column, length=inside))


def _readable_edition(family: Sequence[Loaded], on: date) -> tuple[Edition, list[Diagnostic]]:
    """Merge, leaving out the rules that cannot be read."""
    found: list[Diagnostic] = []
    rules: dict[str, _Merged] = {}
    terms = terms_on(family, on)
    for loaded in reversed(family):
        found += _merge(rules, loaded, on, is_root=loaded is family[-1])
    in_force = [merged for merged in rules.values() if merged.version is not None]
    known = set(rules)
    found += [problem for merged in in_force for problem in _unknown_overrides(merged, known)]
    general = frozenset(merged.id for merged in in_force if merged.applies.name is None)
    for merged in in_force:
        if GENERAL in merged.overrides:
            # All rules with 通用规则 share one set; it may hold their own ids, see `RuleInForce.beats`.
            merged.overrides = general | named if (named := merged.overrides - {GENERAL} - general) else general
    resolved = list(_resolve(in_force, terms, found))
    splits = dict(_splits(terms, found))
    found += _unreadable_explanations(terms)
    found += _endless(terms, resolved)
    if not resolved:
        raise RulesetError(found or [_nothing(family, on)])
    ruleset = family[0].ruleset
    rules_in_force = tuple(sorted(resolved, key=lambda rule: rule.id))
    merged_edition = Edition(
        ruleset.ruleset,
        ruleset.title,
        ruleset.jurisdiction,
        ruleset.kind,
        ruleset.status,
        on,
        terms,
        rules_in_force,
        tuple(family),
        splits,
    )
    return merged_edition, found


@dataclass
class _Merged:
    """A rule while the family is being merged; the last of `layers` is the file with the version in force."""

    layers: list[Layer]
    owner: Loaded
    path: Path
    version: RuleVersion | None
    applies: Applies
    overrides: frozenset[str]
    title: str
    id: str


def terms_on(family: Sequence[Loaded], on: date) -> Terms:
    """Return the terms of the form as a whole that are in force on `on`."""
    terms = Terms({}, {}, {})
    for loaded in reversed(family):
        _lay_terms(terms, loaded, on)
    return terms


def _lay_terms(terms: Terms, loaded: Loaded, on: date) -> None:
    index = _current(loaded.ruleset.form, on)
    if index is None:
        return
    form = loaded.ruleset.form[index]
    words: dict[str, Cite | AlsoCite] = {key: cite for cite in form.also or () for key in cite.keys}
    for name in TERMS:
        if (value := getattr(form, name)) is not None:
            if name == "assume" and name in terms.values:
                value = terms.values[name].overridden_by(value)
            terms.values[name] = value
            terms.authority[name] = authority(loaded.ruleset, words.get(name, form.cite))
            terms.layers[name] = loaded, ("form", index)


def _merge(rules: dict[str, _Merged], loaded: Loaded, on: date, *, is_root: bool) -> Iterator[Diagnostic]:
    """Merge the rules of one file into those of its parents."""
    for index, removed in enumerate(loaded.ruleset.removed):
        if removed.rule not in rules:
            yield Diagnostic(
                "PF221",
                Message(
                    f"要删除的规则 “{removed.rule}” 在上级规则集里不存在",
                    f"no parent has the removed rule {removed.rule!r}",
                ),
                _known(rules),
                loaded.document.span(("removed", index, "rule")),
            )
        elif removed.since <= on:
            rules[removed.rule].version = None
    for index, rule in enumerate(loaded.ruleset.rules):
        path: Path = ("rules", index)
        parent = rules.get(rule.id)
        if parent is not None and parent.owner is loaded:
            continue  # reported as an id that is used twice
        if (parent is None) != (rule.replaces is None) or (
            parent is not None and rule.replaces != parent.owner.ruleset.ruleset
        ):
            yield _replacement_problem(rule, parent, loaded, path, is_root=is_root)
            continue
        at = _current(rule.versions, on)
        version = None if at is None else rule.versions[at]
        layer = Layer(loaded, path, (*path, "versions", at or 0), rule, version)
        if parent is None:
            rules[rule.id] = _Merged(
                [layer],
                loaded,
                path,
                version,
                rule.applies or Applies(),
                frozenset(rule.overrides or ()),
                rule.title or rule.id,
                rule.id,
            )
        elif version is not None:
            parent.version = _inherit(version, parent.version)
            parent.layers.append(layer)
            parent.owner, parent.path = loaded, path
            parent.applies = rule.applies or parent.applies
            parent.overrides = frozenset(rule.overrides) if rule.overrides is not None else parent.overrides
            parent.title = rule.title or parent.title


def _replacement_problem(
    rule: Rule, parent: _Merged | None, loaded: Loaded, path: Path, *, is_root: bool
) -> Diagnostic:
    document = loaded.document
    if parent is None:
        where = "没有上级规则集" if is_root else "上级规则集没有这条规则"
        return Diagnostic(
            "PF213",
            Message(
                f"规则 “{rule.id}” 写了 replaces，但{where}", f"rule {rule.id!r} replaces nothing: no parent has it"
            ),
            Message("删去 replaces，或核对规则代号", "remove `replaces`, or check the id"),
            document.span((*path, "replaces")),
        )
    owner = parent.owner.ruleset.ruleset
    return Diagnostic(
        "PF213",
        Message(
            f"规则 “{rule.id}” 与上级规则集 “{owner}” 的规则同名",
            f"rule {rule.id!r} also stands in the parent {owner!r}",
        ),
        Message(
            f"若要改写，写 replaces: {owner}；否则换一个代号",
            f"to replace it, say `replaces: {owner}`; otherwise rename it",
        ),
        document.span((*path, "id" if rule.replaces is None else "replaces")),
        ((Message("上级的规则", "the parent's rule"), parent.owner.document.span((*parent.path, "id"))),),
    )


def _inherit(version: RuleVersion, parent: RuleVersion | None) -> RuleVersion:
    """Fill the missing keys of `version` from the parent's version; a way of scoring is inherited as a whole."""
    if parent is None:
        return version
    filled = {name: getattr(parent, name) for name in _INHERITED if getattr(version, name) is None}
    if not version.ways:
        filled |= {way: getattr(parent, way) for way in WAYS}
    return version.model_copy(update=filled)


def _resolve(merged: Sequence[_Merged], terms: Terms, found: list[Diagnostic]) -> Iterator[RuleInForce]:
    common: Assume = terms.get("assume") or Assume()
    for one in merged:
        version = one.version
        if version is None:
            continue
        path = one.layers[-1].version_path
        try:
            formula, when, bounds = _read_formulas(version, one.layers)
        except ExpressionError as error:
            found += error.diagnostics
            continue
        if version.way is None:
            found.append(_no_way(one, one.owner.span(path, rule=one.id)))
            continue
        applies, version = _for_fixed_target(one.applies, version)
        yield RuleInForce(
            one.id,
            one.title,
            one.owner.ruleset.ruleset,
            one.overrides,
            applies,
            version,
            authority(one.owner.ruleset, version.cite),
            formula,
            when,
            bounds,
            Where(one.owner, path, one.id),
            tuple(one.layers),
            common.overridden_by(version.assume),
        )


def _for_fixed_target(applies: Applies, version: RuleVersion) -> tuple[Applies, RuleVersion]:
    """Restrict a rule that fixes its target to targets of that kind, where it names none.

    A form may print the same number with an equal sign or with none; it has the direction of the fixed target.
    """
    target = None if version.target is None else fixed_target(version.target)
    if not isinstance(target, Reading) or (kind := target.target_kind) is None:
        return applies, version
    kinds: tuple[TargetKind, ...] = (kind,)
    way = kind.direction
    if way in {"higher", "lower"}:
        kinds = (kind, TargetKind.EQUAL, TargetKind.BARE)
        assume = version.assume or Assume()
        implied = {key: way for key in ("direction", "equal") if getattr(assume, key) is None}
        version = version.model_copy(update={"assume": assume.model_copy(update=implied)})
    if applies.comparator is None:
        applies = applies.model_copy(update={"comparator": tuple(kind.author_word for kind in kinds)})
    return applies, version


@lru_cache(maxsize=4096)
def fixed_target(text: str) -> Reading | tuple[Diagnostic, ...]:
    """Read a target that a ruleset fixes; what cannot be read gives its diagnostics."""
    try:
        return parse_target(text)
    except ExpressionError as error:
        return error.diagnostics


def _no_way(one: _Merged, span: Span) -> Diagnostic:
    return Diagnostic(
        "PF222",
        Message(f"规则 “{one.id}” 没有写怎样评分", f"rule {one.id!r} does not say how to score"),
        Message(
            f"写 {'、'.join(WAYS)} 之一；judgement 写了 when 的，还要写其余情况的办法",
            f"give one of {', '.join(WAYS)}; a judgement with `when` needs one of the others too",
        ),
        span,
    )


def _splits(terms: Terms, found: list[Diagnostic]) -> Iterator[tuple[str, Formula]]:
    """Read the formulas that share out the points of blocks."""
    if "blocks" not in terms.layers:
        return
    loaded, path = terms.layers["blocks"]
    for at, block in walk_blocks(terms.get("blocks"), (*path, "blocks")):
        if block.split is not None:
            try:
                yield block.name, parse_formula(block.split, at=loaded.span((*at, "split")))
            except ExpressionError as error:
                found += error.diagnostics


def _unreadable_explanations(terms: Terms) -> Iterator[Diagnostic]:
    for index, explanation in enumerate(terms.get("explanations") or ()):
        loaded, path = terms.layers["explanations"]
        try:
            _placed(explanation.when, partial(loaded.span, (*path, "explanations", index, "when")), ("when",))
        except ExpressionError as error:
            yield from error.diagnostics


def _endless(terms: Terms, rules: Sequence[RuleInForce]) -> Iterator[Diagnostic]:
    """Yield the terms that rescale points, where no rounding makes the total a finite decimal."""
    if terms.get("rounding") is not None:
        return
    places = [terms.layers["not_applicable"]] if _rescales(terms.get("not_applicable")) else []
    spans = [loaded.span((*path, "not_applicable")) for loaded, path in places]
    spans += [rule.span for rule in rules if _rescales(rule.version.not_applicable)]
    for span in spans:
        yield Diagnostic(
            "PF229",
            Message(
                "折算后的总分可能除不尽，没有写怎样取整",
                "a rescaled total may have no finite decimal, and no rounding is given",
            ),
            Message("在 form 里写 rounding，如 digits: 2", "give `rounding` under `form`, such as digits: 2"),
            span,
        )


def _rescales(treatment: Any) -> bool:
    return treatment in {"rescale", "rescale_block"}


def _unknown_overrides(merged: _Merged, known: set[str]) -> Iterator[Diagnostic]:
    for name in sorted(merged.overrides - known - {GENERAL}):
        yield Diagnostic(
            "PF214",
            Message(
                f"规则 “{merged.id}” 的 overrides 所指的 “{name}” 不存在",
                f"rule {merged.id!r} overrides {name!r}, which does not exist",
            ),
            Message("已有：" + "、".join(sorted(known)), "known: " + ", ".join(sorted(known))),
            merged.owner.document.span((*merged.path, "overrides")),
        )


def _current(versions: Sequence[_Version], on: date) -> int | None:
    """Return the index of the version in force on a day."""
    for index in range(len(versions) - 1, -1, -1):
        version = versions[index]
        if version.disabled is None and version.since <= on:
            return None if version.until is not None and version.until <= on else index
    return None


def _known(rules: dict[str, _Merged]) -> Message:
    listed = "、".join(sorted(rules)) or "（无）"
    return Message(f"上级的规则：{listed}", f"the parent's rules: {listed}")


def _nothing(family: Sequence[Loaded], on: date) -> Diagnostic:
    name = family[0].ruleset.ruleset
    versions = (version for loaded in family for _, _, version in loaded.ruleset.rule_versions())
    days = [version.since for version in versions if version.disabled is None]
    hint = Message("这个规则集的规则都已停用", "every rule of this ruleset is disabled")
    if days:
        hint = Message(f"最早的版本自 {min(days)} 起", f"the earliest version starts on {min(days)}")
    message = Message(f"规则集 “{name}” 在 {on} 没有生效的规则", f"ruleset {name!r} has no rule in force on {on}")
    return Diagnostic("PF223", message, hint, Span(family[0].document.source.name))


#: Where each way of scoring has formulas.
_KEYS: Mapping[type[Way], tuple[Path, ...]] = {
    ByFormula: (("formula",),),
    ByLevels: (),
    ByBands: (("bands", "of"),),
    ByThresholds: (),
    ByChecklist: (),
    ByJudgement: (("judgement", "when"), ("judgement", "low"), ("judgement", "high")),
}
#: The formula of the points, the condition for a judgement, and the bounds of the judgement.
Formulas = tuple[Formula | None, Formula | None, tuple[Formula, Formula] | None]


def _read_formulas(version: RuleVersion, layers: Sequence[Layer]) -> Formulas:
    """Read the formulas of a version; `layers` are the files that define it, the nation's first.

    Raises:
        ExpressionError: PF4xx, at its place.
    """
    way, judgement = version.way, version.judgement
    score = None if way is None else _SCORES[type(way)](way, layers)
    when, bounds = None, None
    if judgement is not None and judgement.when is not None:
        when = _read(layers, judgement.when, ("judgement", "when"))
    if judgement is not None and judgement.low is not None and judgement.high is not None:
        low, high = (_read(layers, getattr(judgement, key), ("judgement", key)) for key in ("low", "high"))
        bounds = low, high
    elif isinstance(way, ByBands) and way.bands.is_open:
        bounds = as_formula(way.bands, most=False), as_formula(way.bands)
    return score, when, bounds


def formula_problems(loaded: Loaded) -> Iterator[Diagnostic]:
    """Yield the invalid formulas of a file, also those of disabled versions."""
    for path, _, version in loaded.ruleset.rule_versions():
        for key in (key for way in version.ways for key in _KEYS[type(way)]):
            part = getattr(version, str(key[0]))
            text = getattr(part, str(key[1])) if len(key) > 1 else part
            if text is not None:
                try:
                    _placed(text, partial(loaded.document.span, (*path, *key)), key)
                except ExpressionError as error:
                    yield from error.diagnostics


def _banded(way: ByBands, layers: Sequence[Layer]) -> Formula | None:
    # The author's own text is read first, so that a diagnostic quotes it.
    _read(layers, way.bands.of, ("bands", "of"))
    return None if way.bands.is_open else as_formula(way.bands)


#: The formula of the points, for each way of scoring; some have none.
_SCORES: Mapping[type[Way], Callable[[Any, Sequence[Layer]], Formula | None]] = {
    ByFormula: lambda way, layers: _read(layers, way.text, ("formula",)),
    ByLevels: lambda _way, _layers: None,
    ByBands: _banded,
    ByThresholds: lambda _way, _layers: None,
    ByChecklist: lambda _way, _layers: None,
    ByJudgement: lambda _way, _layers: None,
}


def _read(layers: Sequence[Layer], text: str, key: Path) -> Formula:
    """Read a formula of the last of `layers` that has it."""

    def place() -> Span:
        layer = next(layer for layer in reversed(layers) if getattr(layer.version, str(key[0]), None) is not None)
        return layer.loaded.span((*layer.version_path, *key), rule=layer.rule.id)

    return _placed(text, place, key)


def _placed(text: str, place: Callable[[], Span], key: Path) -> Formula:
    """Read a formula; its place is looked up only where it is invalid."""
    condition = key[-1] == "when"
    try:
        return _parsed(text, condition=condition)
    except ExpressionError:
        return (parse_condition if condition else parse_formula)(text, at=place())


@lru_cache(maxsize=4096)
def _parsed(text: str, *, condition: bool) -> Formula:
    """Read a formula once for all rules that have it."""
    return parse_condition(text) if condition else parse_formula(text)
