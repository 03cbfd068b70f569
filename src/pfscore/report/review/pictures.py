"""Points against completion, with the place of a row on the line: each curve is drawn once for all rows on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pfscore.cells.lexicon.quantities import Quantity
from pfscore.foundation.text import Lang
from pfscore.report.one_sentence import percent_text
from pfscore.report.rulesets.curves import Shape, View, shape, views, window
from pfscore.report.rulesets.svg import number, path, tag, text
from pfscore.report.table_text import span_text
from pfscore.scoring.row.score import BudgetScore, Score

#: The size of a picture, and the room that is left for the line within it.
WIDTH, HEIGHT = 200, 92
_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 192, 8, 72


@dataclass(frozen=True, slots=True)
class Curve:
    """A line that rows share: its id in the page, and its drawing, which is safe to put there."""

    id: str
    drawing: str
    low: Fraction
    high: Fraction
    points: Fraction

    def x(self, place: Fraction) -> str:
        """Return where a completion or an actual stands; what lies outside stands at the edge."""
        kept = min(max(place, self.low), self.high)
        return number(_LEFT + (_RIGHT - _LEFT) * (kept - self.low) / (self.high - self.low))

    def y(self, score: Fraction) -> str:
        """Return where a score stands."""
        return number(_BOTTOM - (_BOTTOM - _TOP) * min(score, self.points) / self.points)


@dataclass(frozen=True, slots=True)
class Picture:
    """The place of one row on a curve: two places where a person has to decide between two ends."""

    curve: str
    x: str
    low: str
    high: str
    caption: str


class Pictures:
    """The pictures of a page; `curves` are those that its rows stand on."""

    def __init__(self) -> None:
        self._views: dict[object, tuple[View, ...]] = {}
        self._curves: dict[object, Curve] = {}

    @property
    def curves(self) -> Sequence[Curve]:
        """The curves, each once."""
        return tuple(self._curves.values())

    def of(self, score: Score, digest: str, lang: Lang = "zh") -> Picture | None:
        """Return where a row stands; `None` where no number alone decides what it earns.

        `digest` is that of the ruleset, which tells rules of one name apart.
        """
        comparison, low, high = score.award.comparison, score.award.low, score.award.high
        points, rule = score.points_exact, score.rule_in_force
        if rule is None or low is None or high is None or not points or score.award.chosen or score.award.deducted:
            return None
        if score.award.adjusts:
            return None
        direction = "higher" if isinstance(score, BudgetScore) else comparison.direction
        found = self._views.setdefault((digest, rule.id), tuple(views(rule)))
        view = next((one for one in found if one.setting.direction == direction), None)
        if view is None:
            return None
        if view.relative and view.any_points:
            place, shown = _rate(score, lang)
        elif isinstance(score, BudgetScore):
            return None
        else:
            place, shown = comparison.actual, _written(score)
            own = replace(
                view.setting, points=points, target=comparison.target, low=comparison.low, high=comparison.high
            )
            view = replace(view, setting=own, relative=False, unit=_unit(score))
        if place is None or not view.setting.edges():
            return None
        key = (digest, rule.id, direction, None if view.relative else (view.setting.points, *view.setting.edges()))
        if key not in self._curves:
            self._curves[key] = _curve(f"curve-{len(self._curves) + 1}", view)
        curve = self._curves[key]
        scale = curve.points / points
        return Picture(
            curve.id, curve.x(place), curve.y(low * scale), curve.y(high * scale), _caption(score, shown, lang)
        )


def _caption(score: Score, place: str, lang: Lang) -> str:
    low, high = score.award.low, score.award.high
    if low is None or high is None or score.points_exact is None:
        return place
    earned = f"{span_text(low, high)} / {span_text(score.points_exact, score.points_exact)}"
    return f"{place} 得 {earned} 分" if lang == "zh" else f"{place} earns {earned}"


def _rate(score: Score, lang: Lang) -> tuple[Fraction | None, str]:
    """Return the rate of completion or execution, as a number and in words."""
    if isinstance(score, BudgetScore):
        rate, word = score.execution_rate, "执行率" if lang == "zh" else "execution rate"
    else:
        rate, word = score.award.comparison.completion, "完成率" if lang == "zh" else "completion"
    return rate, "" if rate is None else f"{word} {percent_text(Quantity(rate, '1'), lang)}"


def _written(score: Score) -> str:
    """Return the actual in the unit of the target."""
    actual = score.award.comparison.actual
    return "" if actual is None else str(Quantity(actual, _unit(score)))


def _unit(score: Score) -> str | None:
    reading = None if score.cells is None else score.cells.actual
    quantity = getattr(reading, "quantity", None)
    return quantity.unit if isinstance(quantity, Quantity) else None


def _curve(name: str, view: View) -> Curve:
    low, high = window([view])
    points = view.setting.points
    curve = Curve(name, "", low, high, points)
    return replace(curve, drawing=_drawing(shape(view, low, high), curve, view))


def _drawing(found: Shape, curve: Curve, view: View) -> str:
    def placed(line: Sequence[tuple[Fraction, Fraction]]) -> list[tuple[Fraction, Fraction]]:
        return [(Fraction(curve.x(x)), Fraction(curve.y(max(y, Fraction(0))))) for x, y in line]

    parts = [tag("line", class_="axis", x1=_LEFT, y1=_BOTTOM, x2=_RIGHT, y2=_BOTTOM)]
    for edge in dict.fromkeys(view.seen(edge) for edge in view.setting.edges()):
        x = Fraction(curve.x(edge))
        parts.append(tag("line", class_="target", x1=x, y1=_TOP, x2=x, y2=_BOTTOM))
        parts.append(text(x, HEIGHT - 6, view.text(edge), text_anchor="middle"))
    parts += [tag("path", class_="open", d=path(placed(area), closed=True)) for area in found.areas]
    parts += [tag("path", class_="line", d=path(placed(line))) for line in found.lines]
    return "".join(parts)
