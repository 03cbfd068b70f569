"""The canonical text of a formula in Chinese or in English; it reads back to an equal tree."""

from __future__ import annotations

import re

from pfscore.formulas import syntax_tree as tree
from pfscore.formulas.functions import FUNCTIONS, Function, Parameter
from pfscore.formulas.glossary import GLOSSARY
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Lang

# How tightly each node binds; a part that binds no tighter than its place allows is put into brackets.
_CONDITIONAL, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _UNARY, _ATOM = range(9)
_OR_WORD: dict[Lang, str] = {"zh": "或", "en": "or"}
_AND_WORD: dict[Lang, str] = {"zh": "且", "en": "and"}
_NOT_WORD: dict[Lang, str] = {"zh": "非", "en": "not"}
_SIGNS: dict[Lang, dict[str, str]] = {"zh": {">=": "≥", "<=": "≤", "!=": "≠"}, "en": {"=": "=="}}
_NAME_EQUALS = re.compile(r"^(\w+) = ")


def print_formula(node: tree.Expr, lang: Lang = "zh", definition: Function | None = None) -> str:
    """Return the canonical text of `node`; inside a `definition` names are that policy's parameters."""
    names: dict[str, str] = {}
    for parameter in definition.parameters if definition else ():
        names[parameter.en] = parameter.name(lang)
        names |= {word.en: word.text(lang) for word in parameter.words}
    return _Printer(lang, names).text(node, _CONDITIONAL)


class _Printer:
    def __init__(self, lang: Lang, names: dict[str, str]) -> None:
        self.lang: Lang = lang
        self.names = names

    def text(self, node: tree.Expr, place: int = _CONDITIONAL) -> str:
        """Return the text of `node`, in brackets where a part in that place has to bind as tightly as `place`."""
        text, level = self._render(node)
        return text if level >= place else f"({text})"

    def _render(self, node: tree.Expr) -> tuple[str, int]:  # noqa: C901 - one case for each kind of node
        match node:
            case tree.Number():
                return self._number(node), _ATOM
            case tree.Name(name):
                return self._name(name), _ATOM
            case tree.Word(word):
                return self.names.get(word, word), _ATOM
            case tree.Minus(operand):
                return f"-{self.text(operand, _UNARY)}", _UNARY
            case tree.Not(operand):
                return f"{_NOT_WORD[self.lang]} {self.text(operand, _NOT)}", _NOT
            case tree.Arithmetic(ops, operands):
                level = _SUM if ops[0] in "+-" else _PRODUCT
                return self._joined(ops, operands, level + 1), level
            case tree.Compare(ops, operands):
                return self._joined(tuple(_SIGNS[self.lang].get(op, op) for op in ops), operands, _SUM), _COMPARE
            case tree.Logic(op, operands):
                level, word = (_OR, _OR_WORD[self.lang]) if op == "or" else (_AND, _AND_WORD[self.lang])
                return self._joined((word,) * (len(operands) - 1), operands, level + 1), level
            case tree.Conditional(conditions, results):
                form, otherwise = ("if {} then {}", " else ") if self.lang == "en" else ("如果 {} 则 {}", " 否则")
                pairs = zip(conditions, results, strict=False)
                heads = [form.format(self.text(condition, _OR), self.text(result, _OR)) for condition, result in pairs]
                last = self.text(results[-1], _OR)
                return otherwise.join(heads) + otherwise.rstrip(" ") + " " + last, _CONDITIONAL
            case tree.Call():
                return self._call(node), _ATOM

    def _number(self, node: tree.Number) -> str:
        """Write a literal with the scale that its author chose; 万 and 亿 are for Chinese text only."""
        scale = node.scale if self.lang == "zh" or node.scale in {"%", "‰"} else ""
        return decimal_text(node.value / tree.SCALES[scale]) + scale

    def _name(self, name: str) -> str:
        return self.names.get(name) or GLOSSARY[name].name(self.lang)

    def _joined(self, signs: tuple[str, ...], operands: tuple[tree.Expr, ...], place: int) -> str:
        first, *others = (self.text(operand, place) for operand in operands)
        return first + "".join(f" {sign} {other}" for sign, other in zip(signs, others, strict=True))

    def _call(self, node: tree.Call) -> str:
        function = FUNCTIONS[node.function]
        parts = []
        for parameter, argument in zip(function.parameters_for(len(node.arguments)), node.arguments, strict=True):
            if parameter.default is not None and argument == tree.Number(parameter.default):
                continue
            text = self._word(parameter, argument) if isinstance(argument, tree.Word) else self.text(argument)
            if parameter.named:
                parts.append(f"{parameter.name(self.lang)}={text}")
            else:  # 完成值 = 1 would be read as an argument given by its name
                parts.append(_NAME_EQUALS.sub(r"\1 == ", text))
        return f"{function.name(self.lang)}({', '.join(parts)})"

    def _word(self, parameter: Parameter, argument: tree.Word) -> str:
        return next(word.text(self.lang) for word in parameter.words if word.en == argument.word)
