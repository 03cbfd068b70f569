"""What published scores show: explanations, how many rows each gives, and how sure that is, in words and as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pfscore.auditing.figures.known_policies import Policy, exact_score
from pfscore.auditing.figures.printed import ROUNDING_WORDS, ROUNDINGS, show
from pfscore.forms.form import Form
from pfscore.foundation.numbers import Rounding
from pfscore.foundation.text import Lang, Message
from pfscore.questions.inference.observations import Kind, Observation


@dataclass(frozen=True)
class Explanation:
    """A policy with its rounding: how many of the rows it gives, and which it does not."""

    policy: Policy
    mode: Rounding
    digits: int
    explained: int
    exceptions: tuple[Observation, ...]

    def said(self) -> Message:
        """Return the policy in words."""
        return self.policy.title


@dataclass(frozen=True)
class Inferred:
    """What the rows of one kind show.

    `best` holds every explanation that gives the most rows; `informative` counts the rows on which the known
    policies differ at all. Where there is none, the rows prove nothing and `chosen` is `None`.
    """

    kind: Kind
    observations: tuple[Observation, ...]
    best: tuple[Explanation, ...]
    informative: int

    @property
    def chosen(self) -> Explanation | None:
        """The simplest of the best explanations, where the rows can tell policies apart."""
        return self.best[0] if self.best and self.informative else None

    @property
    def policies(self) -> tuple[str, ...]:
        """The keys of the policies that explain as much as the chosen one."""
        return tuple(dict.fromkeys(one.policy.key for one in self.best))

    @property
    def modes(self) -> tuple[Rounding, ...]:
        """The roundings that explain as much, under the chosen policy."""
        return tuple(dict.fromkeys(one.mode for one in self.best if one.policy.key == self.best[0].policy.key))

    def said(self) -> Message:
        """Return in a sentence what the rows show."""
        title, total = self.kind.title, len(self.observations)
        if self.chosen is None:
            why = (
                "都已达标，得满分" if self._all_full else "都看不出差别",
                "all met, all full" if self._all_full else "no difference",
            )
            return Message(
                f"{title.zh}：{total} 行{why[0]}，未达标时怎样得分，这些行证明不了",
                f"{title.en}: {total} rows, {why[1]}; they prove nothing about a missed target",
            )
        chosen = self.chosen
        rounding = self._rounding()
        zh = f"{title.zh}：{chosen.said().zh}{rounding.zh}，{total} 行中的 {chosen.explained} 行如此，"
        zh += f"其中 {self.informative} 行分得出办法"
        en = f"{title.en}: {chosen.said().en}{rounding.en}; {chosen.explained} of {total} rows,"
        en += f" {self.informative} of them tell policies apart"
        if chosen.exceptions:
            zh += "；例外：" + "、".join(self._exception(one).zh for one in chosen.exceptions)
            en += "; except " + ", ".join(self._exception(one).en for one in chosen.exceptions)
        rivals = [one for one in self.best if one.policy.key != chosen.policy.key]
        if rivals:
            names = list(dict.fromkeys(one.policy.title for one in rivals))
            zh += "；这些行分不出它与：" + "、".join(name.zh for name in names)
            en += "; not to be told from: " + ", ".join(name.en for name in names)
        return Message(zh, en)

    def _rounding(self) -> Message:
        if self.chosen is None or len(self.modes) == len(ROUNDINGS):
            return Message("（取整看不出）", " (nothing was rounded)")
        first, *others = (ROUNDING_WORDS[mode] for mode in self.modes)
        digits = self.chosen.digits
        zh, en = f"，{first.zh}到 {digits} 位小数", f", {first.en} to {digits} decimals"
        if others:
            zh += f"（{'、'.join(mode.zh for mode in others)}解释得一样多）"
            en += f" ({', '.join(mode.en for mode in others)} explains as many)"
        return Message(zh, en)

    @property
    def _all_full(self) -> bool:
        return all(one.printed.value == one.points for one in self.observations)

    def _exception(self, one: Observation) -> Message:
        exact = None if self.chosen is None else exact_score(self.chosen.policy, one.env)
        if exact is None:
            return Message(f"{one.place.zh}印作 {one.printed.text}", f"{one.place.en} has {one.printed.text}")
        return Message(
            f"{one.place.zh}印作 {one.printed.text}（算得 {show(exact)}）",
            f"{one.place.en} has {one.printed.text} (computed {show(exact)})",
        )

    def as_json(self, lang: Lang = "zh") -> dict[str, Any]:
        """Return the finding as plain JSON data."""
        return {
            "kind": self.kind.key,
            "title": self.kind.title.text(lang),
            "rows": len(self.observations),
            "informative": self.informative,
            "said": self.said().text(lang),
            "explanations": [
                {
                    "policy": one.policy.key,
                    "formula": one.policy.formula,
                    "rounding": {"digits": one.digits, "mode": one.mode.value},
                    "explained": one.explained,
                    "exceptions": [
                        {"form": odd.form, "row": odd.row, "name": odd.name, "published": odd.printed.text}
                        for odd in one.exceptions
                    ],
                }
                for one in self.best
            ],
        }


@dataclass(frozen=True)
class Inference:
    """What forms show about the rules that they were scored by; :func:`pfscore.draft_ruleset` writes it as YAML.

    >>> import pfscore
    >>> form = pfscore.Form(title="表", year=2023, indicators=(
    ...     pfscore.Indicator(name="满意度", target="≥90%", actual="95%", points="5", published_score="5"),))
    >>> print(pfscore.infer(form).kind("at-least").said().en)
    ≥ targets: 1 rows, all met, all full; they prove nothing about a missed target
    """

    forms: tuple[Form, ...]
    kinds: tuple[Inferred, ...]

    def kind(self, key: str) -> Inferred | None:
        """Return what was inferred for a kind of row, such as `between` or `execution-rate`."""
        return next((one for one in self.kinds if one.kind.key == key), None)

    def as_json(self, lang: Lang = "zh") -> dict[str, Any]:
        """Return all that was inferred as plain JSON data."""
        return {"kinds": [one.as_json(lang) for one in self.kinds]}
