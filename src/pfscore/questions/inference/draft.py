"""Write what was inferred as a draft ruleset: the rows are its examples, published forms its only evidence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pfscore.auditing.figures import read_figure
from pfscore.auditing.known_policies import exact_score
from pfscore.cells.indicator_names import plain_name
from pfscore.cells.readings import NotApplicable, TargetKind
from pfscore.forms.form import Form
from pfscore.foundation.numbers import decimal_text, in_percent, round_to
from pfscore.questions.inference.infer import Inference, Inferred
from pfscore.questions.inference.observations import ANSWERED, BUDGET, Kind, Observation
from pfscore.rulesets.writing.yaml_text import flow_list, member_lines, scalar
from pfscore.scoring.row.comparing.readings_of_row import Outcome, read_cells

_SOURCE = "公布的表"
_MAX_EXAMPLES = 12
_ANY_SHARE = "[0%, 100%]"


def draft_ruleset(inference: Inference, *, ruleset: str = "cn-draft/project") -> str:
    """Write what was inferred as a draft ruleset in YAML, which `pfscore check` accepts.

    The rows that a rule gives are its examples, published forms the only evidence. Where the rows prove nothing
    about a missed target, the rule leaves it to a person. `ruleset` is the id of the draft.

    >>> import pfscore
    >>> form = pfscore.Form(title="表", year=2023, indicators=(
    ...     pfscore.Indicator(name="测评", target="=1套", actual="0.5套", points="4", published_score="2"),
    ...     pfscore.Indicator(name="维护", target="=1套", actual="1套", points="4", published_score="4")))
    >>> text = pfscore.draft_ruleset(pfscore.infer(form))
    >>> [line.strip() for line in text.splitlines() if "formula" in line]
    ['formula: 分值 * 按比例(完成值, 指标值)']
    """
    forms = inference.forms
    year = min((form.year for form in forms if form.year is not None), default=2020)
    lines = [
        "# 由公布的得分推得的草案：请逐条核对，再补上规则原文。",
        "# A draft inferred from published scores: check each rule, then cite the text itself.",
        *(f"# - {one.said().zh}" for one in inference.kinds),
        f"ruleset: {ruleset}",
        f"title: {scalar(_title(forms))}",
        "jurisdiction: CN",
        f"kind: {ruleset.rpartition('/')[2] if ruleset.endswith(('/project', '/department')) else _kind(forms)}",
        "status: draft",
        "",
        "sources:",
        f"  - key: {_SOURCE}",
        f"    title: {scalar(_source(forms))}",
        "    evidence: observed",
        "",
        "form:",
        f"  - since: {year}",
        "    cite:",
        f"      source: {_SOURCE}",
        "      at: 分值栏",
        *_form_terms(forms),
        "",
        "rules:",
    ]
    rules = [rule for one in inference.kinds for rule in _rule(one, inference.kinds, year)]
    return "\n".join([*lines, *rules]) + "\n"


def _title(forms: Sequence[Form]) -> str:
    first = forms[0]
    return f"{first.organisation or first.title or '公布的表'}{first.year or ''}推得的评分规则（草案）"


def _kind(forms: Sequence[Form]) -> str:
    return "department" if all(form.kind == "department" for form in forms) else "project"


def _source(forms: Sequence[Form]) -> str:
    bodies = dict.fromkeys(f"{form.organisation or form.title} {form.year or ''}".strip() for form in forms)
    return f"{'、'.join(bodies)} 公布的自评表（{len(forms)} 张）"


def _form_terms(forms: Sequence[Form]) -> Iterator[str]:
    blocks = [_blocks(form) for form in forms]
    names = list(dict.fromkeys(name for found in blocks for name in found))
    same = {name: {found.get(name) for found in blocks} for name in names}
    if names and all(len(points) == 1 and None not in points for points in same.values()):
        total = sum((blocks[0][name] for name in names), start=Fraction(0))
        yield f"    total: {decimal_text(total)}"
        yield "    blocks:"
        for name in names:
            yield f"      - name: {scalar(name)}"
            yield f"        points: {decimal_text(blocks[0][name])}"
    yield "    missing: open"
    if any(_is_inapplicable(form) for form in forms):
        yield "    not_applicable: exclude"
    yield "    borrow_unit: 是"


def _blocks(form: Form) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for line in form.budget:
        if (points := read_figure(line.points)) is not None:
            found["预算执行"] = found.get("预算执行", Fraction(0)) + points.value
    for row in form.indicators:
        if row.path and (points := read_figure(row.points)) is not None:
            found[row.path[0]] = found.get(row.path[0], Fraction(0)) + points.value
    return found


def _is_inapplicable(form: Form) -> bool:
    rows = (read_cells(row.full_target, row.comparator, row.unit, row.actual, borrow=True) for row in form.indicators)
    return any(cells.outcome is Outcome.NOT_APPLICABLE or isinstance(cells.target, NotApplicable) for cells in rows)


def _rule(one: Inferred, kinds: Sequence[Inferred], year: int) -> Iterator[str]:
    """Yield the lines of a rule; a budget whose lines prove nothing has none."""
    kind = one.kind
    if kind == BUDGET and one.chosen is None:
        yield f"  # {one.said().zh}：没有写规则，由评价人评定。"
        return
    examples = list(_examples(one))
    if not any(_is_full(example) for example in examples):
        examples += _constructed_full(one)
    if all(_is_full(example) for example in examples):
        examples += _constructed_partial(one)
    if not any(_is_full(example) for example in examples):
        yield f"  # {one.said().zh}：写不出满分的例子，没有写规则，由评价人评定。"
        return
    yield f"  - id: {kind.key}"
    yield f"    title: {scalar(kind.title.zh)}"
    if overrides := [other.kind.key for other in kinds if _beats(kind, other.kind)]:
        yield f"    overrides: {flow_list(overrides)}"
    yield "    applies:"
    yield from (f"      {line}" for line in _applies(one, kinds))
    yield "    versions:"
    yield f"      - since: {year}"
    yield "        cite:"
    yield f"          source: {_SOURCE}"
    yield "          at: 得分栏"
    yield from (f"        {line}" for line in _way(one))
    yield f"        note: {scalar(one.said().zh)}"
    yield "        examples:"
    for example in examples:
        yield from member_lines(example, "          ")


def _beats(kind: Kind, other: Kind) -> bool:
    """A rule for percentages as answers beats those for what they answer; one for cost rows beats the general one."""
    if kind == ANSWERED:
        return not other.budget and other != ANSWERED
    return kind.cost and other.comparator == kind.comparator and not other.cost


def _applies(one: Inferred, kinds: Sequence[Inferred]) -> Iterator[str]:
    kind = one.kind
    if kind.budget:
        yield "row: budget"
    elif kind == ANSWERED:
        yield "actual: [百分比]"
    else:
        yield f'comparator: ["{kind.comparator}"]'
        if kind.cost:
            yield f"block: {flow_list(_cost_blocks(kind, kinds))}"
        if kind.zero:
            yield "target: [零, 负]"
        elif _divides(one) or any(other.kind.zero and other.kind.comparator == kind.comparator for other in kinds):
            yield "target: [正]"


def _divides(one: Inferred) -> bool:
    """Return whether the rule divides by the target, and so cannot apply to targets of zero and below."""
    return one.chosen is not None and "指标值" in one.chosen.policy.formula


def _cost_blocks(kind: Kind, kinds: Sequence[Inferred]) -> list[str]:
    rows = [one for inferred in kinds if inferred.kind == kind for one in inferred.observations]
    found = [part for one in rows for part in one.example.get("path", []) if "成本" in part]
    return list(dict.fromkeys(plain_name(part) for part in found))


def _way(one: Inferred) -> Iterator[str]:
    """Yield how the rule scores: a formula where the rows show one, else full points for what was met."""
    if one.kind.key == TargetKind.LEVEL:
        yield from _levels(one)
        return
    chosen = one.chosen
    if one.kind == ANSWERED:
        yield "formula: 分值 * 全或无(达标)"
        yield "assume:"
        yield "  answered_percent: 是"
        yield f"steps: {scalar(one.said().zh)}"
        return
    if chosen is None:
        yield "judgement:"
        yield f'  share: "{_ANY_SHARE}"'
        yield "  full_when_met: 是"
    else:
        yield f"formula: {scalar(chosen.policy.formula)}"
        if _never_above(one):
            yield "judgement:"
            yield f'  share: "{_ANY_SHARE}"'
            yield "  when: 完成值 > 指标值"
    if one.kind.direction is not None:
        yield "assume:"
        yield f"  direction: {one.kind.direction}"
    if chosen is not None:
        yield "rounding:"
        yield f"  digits: {chosen.digits}"
        yield f"  mode: {chosen.mode.value}"
        if chosen.policy.jumps:
            yield f"steps: {scalar(one.said().zh)}"


def _never_above(one: Inferred) -> bool:
    """Whether the rows of an equals sign show nothing about a result above it; then a person judges it."""
    if one.kind.key != "equal":
        return False
    pairs = [(row.comparison.actual, row.comparison.target) for row in one.observations]
    return all(actual is None or target is None or actual <= target for actual, target in pairs)


def _levels(one: Inferred) -> Iterator[str]:
    yield "levels:"
    yield "  - level: 同指标值"
    yield "    share: 100%"
    for words, shares in _shares(one).items():
        low, high = min(shares), max(shares)
        share = in_percent(low) if low == high else f"[{in_percent(low)}, {in_percent(high)}]"
        yield f"  - level: {scalar(words)}"
        yield f"    share: {scalar(share)}"
    yield "assume:"
    yield "  same_words: 是"


def _shares(one: Inferred) -> dict[str, list[Fraction]]:
    """Return the shares of the points that other words than the target's were given, in tenths of a percent."""
    found: dict[str, list[Fraction]] = {}
    for seen in one.observations:
        if seen.words is not None and seen.comparison.met is not True and seen.points:
            found.setdefault(seen.words.rstrip("。．.；;，,！!"), []).append(
                round_to(seen.printed.value / seen.points, 3)
            )
    return found


def _examples(one: Inferred) -> Iterator[dict[str, str | list[str]]]:
    """Yield the rows that the rule explains, each case once, those that earned less than all first."""
    chosen = one.chosen
    wrong = {id(odd) for odd in chosen.exceptions} if chosen is not None else set()
    seen: set[str] = set()
    rows = sorted(one.observations, key=lambda row: row.printed.value == row.points)
    for row in rows:
        if id(row) in wrong or not _holds(one, row):
            continue
        example = {**row.example, "points": decimal_text(row.points), "score": decimal_text(row.printed.value)}
        key = json.dumps(example, ensure_ascii=False, sort_keys=True)
        if key not in seen and len(seen) < _MAX_EXAMPLES:
            seen.add(key)
            yield {"title": row.name or row.form, **example, "from_form": row.form}


def _holds(one: Inferred, row: Observation) -> bool:
    """Whether the draft's rule gives the row its published score."""
    if one.kind.key == TargetKind.LEVEL:
        return row.comparison.met is True and row.printed.value == row.points
    if one.chosen is None or one.kind == ANSWERED:
        return row.comparison.met is True and row.printed.value == row.points
    return exact_score(one.chosen.policy, row.env) is not None


def _is_full(example: dict[str, str | list[str]]) -> bool:
    return example.get("score") == example["points"]


def _constructed_full(one: Inferred) -> Iterator[dict[str, str | list[str]]]:
    for row in one.observations:
        target = row.example.get("target")
        if one.kind.key == TargetKind.LEVEL and isinstance(target, str):
            yield {"title": "构造的例子：用词相同", **row.example, "actual": target, "points": "10", "score": "10"}
            return
        if row.example.get("budget"):
            budget = row.example["budget"]
            yield {
                "title": "构造的例子：全部执行",
                "budget": budget,
                "expenditure": budget,
                "points": "10",
                "score": "10",
            }
            return
        if isinstance(target, str) and (actual := _meeting(row)) is not None:
            yield {"title": "构造的例子：达标", **row.example, "actual": actual, "points": "10", "score": "10"}
            return


def _constructed_partial(one: Inferred) -> Iterator[dict[str, str | list[str]]]:
    """Yield a made-up row that earns less than all, or is left to a person; it says that it is made up."""
    row = one.observations[0]
    judged = {"points": "10", "low": "0", "high": "10", "outcome": "judgement"}
    if one.kind == ANSWERED:
        yield {"title": "构造的例子：不到 100%，由评价人评定", **row.example, "actual": "98%", **judged}
    elif one.kind.key == TargetKind.LEVEL:
        yield {"title": "构造的例子：用词不同，由评价人评定", **row.example, "actual": "与指标值不同的说法", **judged}
    elif row.example.get("budget"):
        yield from _partial_budget(one, row)
    elif one.chosen is None and (actual := _missing(row)) is not None:
        yield {"title": "构造的例子：未达标，由评价人评定", **row.example, "actual": actual, **judged}
    else:
        cells = {key: text for key, text in row.example.items() if key != "actual"}
        yield {"title": "构造的例子：没有填完成值", **cells, "points": "10", "outcome": "missing"}


def _partial_budget(one: Inferred, row: Observation) -> Iterator[dict[str, str | list[str]]]:
    if one.chosen is None:
        return
    env = {
        **row.env,
        "points": Fraction(10),
        "budget": Fraction(100),
        "expenditure": Fraction(50),
        "initial": Fraction(100),
    }
    score = exact_score(one.chosen.policy, {**env, "execution_rate": Fraction(1, 2), "met": False})
    if score is not None:
        yield {
            "title": "构造的例子：执行一半",
            "initial": "100",
            "budget": "100",
            "expenditure": "50",
            "points": "10",
            "score": decimal_text(score),
        }


def _meeting(row: Observation) -> str | None:
    """Return an actual that meets the target of a row, written like its own."""
    return _written(row, row.comparison.target if row.comparison.target is not None else row.comparison.low)


def _missing(row: Observation) -> str | None:
    """Return an actual that misses the target of a row: half of it, or twice a ceiling."""
    edge = row.comparison.target if row.comparison.target is not None else row.comparison.low
    if edge is None:
        return None
    ceiling = row.comparison.direction == "lower"
    if edge == 0:
        return _written(row, Fraction(1, 100) if ceiling or row.comparison.direction == "equal" else Fraction(-1))
    return _written(row, edge * 2 if ceiling == (edge > 0) else edge / 2)


def _written(row: Observation, value: Fraction | None) -> str | None:
    """Write a number in the unit in which the actual of a row was written."""
    actual = row.example.get("actual")
    old = row.comparison.actual
    if value is None or not isinstance(actual, str) or not old:
        return None
    match = re.search(r"[0-9][0-9,]*(?:\.[0-9]+)?", actual)
    if match is None:
        return None
    scale = old / Fraction(match[0].replace(",", ""))
    number = value / scale
    text = decimal_text(number)
    return None if "/" in text else actual[: match.start()].rstrip("≥≤=<>+-") + text + actual[match.end() :]
