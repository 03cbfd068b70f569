"""`pfscore plot`: points against completion as SVG, several rulesets in one picture, the cited clauses under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from pfscore.cells.readings import Bound, TargetKind
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Lang, Message, display_width
from pfscore.report.rulesets.curves import Bar, Shape, View, bars, shape, views, window
from pfscore.report.rulesets.svg import document, path, tag, text, wrap
from pfscore.rulesets.in_force import RuleInForce
from pfscore.scoring.row.awarding.award import evidence_words

_WIDTH = 680
_LEFT, _TOP, _RIGHT = 64, 44, 24
_PLOT = 240
_LINE = 19
_COLUMNS = 84
#: How many pictures stand beside one another.
_GRID_COLUMNS = 2
#: Colours that stay apart for colour-blind readers, each with its own dashes.
_STYLES = (("#0b6e99", ""), ("#c2542d", "7 4"), ("#4d7c0f", "2 3"), ("#7a4b9e", "10 3 2 3"), ("#444444", "4 2"))
_AXIS = "#666666"
_GRID = "#dddddd"
_X = Message("完成率", "completion")
_ACTUAL = Message("完成值", "actual")
_LATE = Message("滞后天数", "days late")
_Y = Message("得分", "score")
_OPEN = Message("由评价人评定", "left to a person")
#: What kinds of targets are called in a title; `None` is a budget line, and those left out have no picture.
_KINDS: dict[TargetKind | None, Message] = {
    None: Message("预算执行", "budget execution"),
    **{
        kind: Message(f"指标值 {kind.author_word}", f"target {kind.sign or kind.words.en}")
        for kind in Bound.kinds
        if kind is not TargetKind.BARE
    },
    TargetKind.DEADLINE: Message("指标值是时限", "target with a time limit"),
    TargetKind.BETWEEN: Message("指标值是区间", "target between"),
    TargetKind.BARE: Message("指标值没有符号", "target without a sign"),
    TargetKind.CHANGE: Message("指标值是增减", "target of change"),
}


@dataclass
class _Canvas:
    """The elements drawn so far, and how far down they reach."""

    lang: Lang
    parts: list[str] = field(default_factory=list)
    y: int = 0

    def say(self, content: str, *, colour: str = "#222222", size: int = 13, bold: bool = False) -> None:
        """Write a paragraph below what stands already."""
        for line in wrap(content, _COLUMNS * 13 // size):
            self.y += _LINE
            weight = "600" if bold else "400"
            self.parts.append(text(_LEFT, self.y, line, fill=colour, font_size=size, font_weight=weight))


def has_picture(rule: RuleInForce) -> bool:
    """Return whether there is anything to draw about a rule."""
    return bool(bars(rule, Fraction(1))) or next(views(rule), None) is not None


def picture(panels: Sequence[Sequence[RuleInForce]], *, lang: Lang = "zh") -> str | None:
    """Draw several panels in a grid, each with rules that belong together; `None` where there is nothing to draw.

    The rules of a panel have one id, each from its own ruleset, and are drawn over one another.

    >>> from datetime import date
    >>> from pfscore.rulesets.edition import edition
    >>> from pfscore.rulesets.load import load_family
    >>> current = edition(load_family("cn/project"), date(2023, 12, 31))
    >>> svg = picture([[current.rule("ratio-higher")]])
    >>> svg.startswith("<svg") and "正向指标按完成比例" in svg
    True
    """
    cells: list[_Canvas] = []
    titles = []
    for rules in panels:
        drawn = list(_cells(rules, lang))
        cells += drawn
        titles += [rules[0].title] if drawn else []
    if not cells:
        return None
    columns = min(len(cells), _GRID_COLUMNS)
    parts, y = [], 0
    for start in range(0, len(cells), columns):
        row = cells[start : start + columns]
        for column, cell in enumerate(row):
            parts.append(tag("g", "\n".join(cell.parts), transform=f"translate({column * _WIDTH} {y})"))
        y += int(max(cell.y for cell in row)) + 28
    return document(columns * _WIDTH, y + 4, "；".join(titles), parts)


def _cells(rules: Sequence[RuleInForce], lang: Lang) -> Iterator[_Canvas]:
    """Yield a cell of the grid for each direction of targets, and for each list of levels."""
    groups: dict[object, list[View]] = {}
    for rule in rules:
        for view in views(rule):
            groups.setdefault((view.setting.direction, view.setting.late, rule.version.adjusts), []).append(view)
    for group in groups.values():
        yield _curves(_Canvas(lang), _same_scale(group))
    for rule in rules:
        if found := bars(rule, Fraction(10)):
            yield _bars(_Canvas(lang), rule, found)


def _same_scale(group: list[View]) -> list[View]:
    """Choose axes that all views share: completion where all allow it, else the achieved value against one target."""
    first, points = group[0], max(view.setting.points for view in group)
    relative = all(view.relative for view in group)
    settings = [view.setting if relative else first.setting for view in group]
    return [
        View(
            view.rule,
            view.kind,
            replace(setting, points=points if view.any_points else view.setting.points),
            view.unit if relative else first.unit,
            relative,
            view.any_points,
        )
        for view, setting in zip(group, settings, strict=True)
    ]


def _curves(canvas: _Canvas, group: Sequence[View]) -> _Canvas:
    lang = canvas.lang
    low, high = window(group)
    first = group[0]
    points = max(view.setting.points for view in group)
    canvas.y += 12
    wanted = (
        ""
        if first.relative or first.setting.late
        else " " + "~".join(first.text(edge) for edge in first.setting.edges())
    )
    kinds = "、".join(dict.fromkeys(_KINDS[view.kind].text(lang) for view in group))
    title = f"{first.rule.title}　{kinds}{wanted}" if first.drawn_for_kind else first.rule.title
    canvas.say(title, size=15, bold=True)
    frame = _Frame(low, high, points, canvas.y + 30, first.rule.worth(points).least)
    shapes = [shape(view, low, high) for view in group]
    breaks = [place for one in shapes for place in one.breaks]
    canvas.parts += frame.axes([(place, first.text(place)) for place in (*breaks, *_usual(first, low, high))])
    axis = (_LATE if first.setting.late else _X if first.relative else _ACTUAL).text(lang)
    canvas.parts.append(text(_WIDTH - _RIGHT, frame.bottom + 36, axis, fill=_AXIS, text_anchor="end"))
    canvas.parts.append(text(_LEFT - 8, frame.top - 16, _Y.text(lang), fill=_AXIS, text_anchor="end"))
    for index, one in enumerate(shapes):
        canvas.parts += _drawn(one, frame, index)
    canvas.y = frame.bottom + 44
    for index, view in enumerate(group):
        _clause(canvas, view.rule, index, area=bool(shapes[index].areas))
    return canvas


def _usual(view: View, low: Fraction, high: Fraction) -> list[Fraction]:
    """Return the places that an axis shows when there is room: nothing, and the target."""
    edges = [view.seen(edge) for edge in view.setting.edges()]
    return [place for place in (*edges, Fraction(0), high) if low <= place <= high]


@dataclass(frozen=True)
class _Frame:
    """The rectangle of a plot, and the way from numbers to places in it."""

    low: Fraction
    high: Fraction
    points: Fraction
    top: int
    least: Fraction = Fraction(0)

    @property
    def bottom(self) -> int:
        """The line of the least score."""
        return self.top + _PLOT

    def x(self, value: Fraction) -> Fraction:
        """Return the horizontal place of a number."""
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (value - self.low) / (self.high - self.low)

    def y(self, score: Fraction) -> Fraction:
        """Return the vertical place of a score."""
        return self.bottom - Fraction(_PLOT) * (score - self.least) / self.points

    def axes(self, places: Sequence[tuple[Fraction, str]]) -> list[str]:
        """Draw the axes with a grid; a label is left out where it would cover one before it."""
        right = _WIDTH - _RIGHT
        parts = []
        for step in range(5):
            score = self.least + self.points * step / 4
            y = self.y(score)
            parts.append(tag("line", x1=_LEFT, y1=y, x2=right, y2=y, stroke=_AXIS if step == 0 else _GRID))
            parts.append(text(_LEFT - 8, y + 4, decimal_text(score), fill=_AXIS, text_anchor="end"))
        taken: list[tuple[Fraction, Fraction]] = []
        for place, label in places:
            x = self.x(place)
            half = Fraction(display_width(label) * 7, 2) + 4
            # A label keeps within the picture, though its line stands at the edge.
            middle = max(half, min(x, _WIDTH - half))
            if any(middle - half < end and start < middle + half for start, end in taken):
                continue
            taken.append((middle - half, middle + half))
            parts.append(tag("line", x1=x, y1=self.top, x2=x, y2=self.bottom + 4, stroke=_GRID))
            parts.append(text(middle, self.bottom + 18, label, fill=_AXIS, text_anchor="middle"))
        return parts


def _drawn(one: Shape, frame: _Frame, index: int) -> list[str]:
    colour, dashes = _STYLES[index % len(_STYLES)]

    def placed(points: Sequence[tuple[Fraction, Fraction]]) -> list[tuple[Fraction, Fraction]]:
        most = frame.least + frame.points
        return [(frame.x(x), frame.y(min(max(y, frame.least), most))) for x, y in points]

    parts = [
        tag("path", d=path(placed(area), closed=True), fill=colour, fill_opacity="0.15", stroke="none")
        for area in one.areas
    ]
    dashed = {"stroke_dasharray": dashes} if dashes else {}
    parts += [
        tag("path", d=path(placed(line)), fill="none", stroke=colour, stroke_width="2.2", **dashed)
        for line in one.lines
    ]
    for dot in one.dots:
        ((x, y),) = placed([dot.at])
        fill = colour if dot.filled else "#ffffff"
        parts.append(tag("circle", cx=x, cy=y, r="4", fill=fill, stroke=colour, stroke_width="1.6"))
    return parts


def _clause(canvas: _Canvas, rule: RuleInForce, index: int, *, area: bool) -> None:
    """Write under a picture which ruleset a line is, its formula, and on whose word it stands."""
    lang, (colour, dashes) = canvas.lang, _STYLES[index % len(_STYLES)]
    canvas.y += 6
    y = canvas.y + _LINE - 4
    dashed = {"stroke_dasharray": dashes} if dashes else {}
    canvas.parts.append(
        tag("line", x1=_LEFT - 44, y1=y, x2=_LEFT - 10, y2=y, stroke=colour, stroke_width="2.2", **dashed)
    )
    since = rule.version.since
    canvas.say(f"{rule.ruleset}　{rule.id}　{'自' if lang == 'zh' else 'since'} {since}", colour=colour, bold=True)
    if rule.formula is not None and rule.version.formula is not None:
        canvas.say(rule.formula.text_in(lang))
    for label, formula in zip(_BOUNDS, rule.bounds or (), strict=False):
        canvas.say(f"{label.text(lang)}：{formula.text_in(lang)}")
    if area:
        canvas.say(f"▒ {_OPEN.text(lang)}", colour=_AXIS)
    word = rule.authority
    quote = f"：“{word.quote}”" if word.quote else ""
    evidence = evidence_words(word.evidence, word.read_to).text(lang)
    canvas.say(f"{word.title}{'，' + word.at if word.at else ''}（{evidence}）{quote}", colour=_AXIS)


_BOUNDS = (Message("最低", "at least"), Message("最高", "at most"))


def _bars(canvas: _Canvas, rule: RuleInForce, rows: Sequence[Bar]) -> _Canvas:
    """Draw levels as bars of what they give, the words beside them."""
    canvas.y += 12
    canvas.say(rule.title, size=15, bold=True)
    points = Fraction(10)
    left, width = 300, _WIDTH - _RIGHT - 300
    top = canvas.y + 10
    for step in range(6):
        x = left + Fraction(width * step, 5)
        bottom = top + 34 * len(rows)
        canvas.parts.append(tag("line", x1=x, y1=top, x2=x, y2=bottom, stroke=_GRID))
        label = f"{step * 20}%"
        canvas.parts.append(text(x, bottom + 16, label, fill=_AXIS, text_anchor="middle"))
    colour = _STYLES[0][0]
    for number, row in enumerate(rows):
        y = top + 34 * number + 8
        start, end = (left + width * value / points for value in (row.low, row.high))
        shown = row.label if display_width(row.label) <= 36 else row.label[:17] + "…"
        canvas.parts.append(text(left - 12, y + 13, shown, text_anchor="end", fill="#222222"))
        if row.low == row.high:
            canvas.parts.append(tag("circle", cx=end, cy=y + 9, r="5", fill=colour))
            continue
        canvas.parts.append(
            tag("rect", x=start, y=y, width=end - start, height=18, fill=colour, fill_opacity="0.25", stroke=colour)
        )
        for x, hollow in ((start, row.low_open), (end, row.high_open)):
            fill = "#ffffff" if hollow else colour
            canvas.parts.append(tag("circle", cx=x, cy=y + 9, r="4", fill=fill, stroke=colour, stroke_width="1.6"))
    canvas.y = top + 34 * len(rows) + 24
    _clause(canvas, rule, 0, area=False)
    return canvas
