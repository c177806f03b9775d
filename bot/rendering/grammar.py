"""What may stand in a wording, so that it can be said whatever is known: texts, switches, and questions about them.

Each expression is a text or a truth. A text may be missing, and then nothing is said; a truth only decides, and is
never said. Two texts are compared for being the same or not, and a filter changes one text: nothing of that can fail.
"""

import difflib
from collections.abc import Callable, Collection, Iterable
from enum import Enum, auto
from typing import Any

from jinja2 import nodes

MAX_NODES = 200
MAX_DEPTH = 40
FILTERS = ("capitalize", "lower", "title", "upper")
_OWN = {"policy": "the switches", "self": "the wording itself"}
"""Names that Jinja or we have taken, and for what."""
_SAME = ("eq", "ne")


class WordingError(Exception):
    """A wording that cannot be used; its text is one sentence on what to write instead."""

    field = ""
    """Where in its playbook it stands, once that is known."""


class Kind(Enum):
    """What an expression comes to."""

    TEXT = auto()
    TRUTH = auto()


class Grammar:
    """Looks through one wording that Jinja parsed; `details` and `switches` are then those that it reads."""

    def __init__(self, details: Collection[str], switches: Collection[str]) -> None:
        """What the wording may read."""
        self.details: set[str] = set()
        self.switches: set[str] = set()
        self._known = {"detail": frozenset(details), "switch": frozenset(switches)}
        self._count = self._depth = 0
        self._kinds: dict[type[nodes.Node], Callable[[Any], Kind]] = {
            nodes.And: self._both,
            nodes.Compare: self._compare,
            nodes.CondExpr: self._choice,
            nodes.Const: self._quoted,
            nodes.Filter: self._filter,
            nodes.Getattr: self._switch,
            nodes.Name: self._detail,
            nodes.Not: self._not,
            nodes.Or: self._both,
        }

    def look(self, tree: nodes.Template) -> None:
        """Go through all of it. Raises WordingError at the first thing that cannot be used."""
        self._body(tree.body)

    def _body(self, body: Iterable[nodes.Node]) -> None:
        for node in body:
            self._enter()
            if isinstance(node, nodes.Output):
                for part in node.nodes:
                    self._said(part)
            elif isinstance(node, nodes.If):
                self._kind(node.test)
                for inner in (node.body, node.elif_, node.else_):
                    self._body(inner)
            else:
                raise WordingError(_refusal(node))
            self._depth -= 1

    def _said(self, part: nodes.Expr) -> None:
        if isinstance(part, nodes.TemplateData):
            return
        if self._kind(part) is Kind.TRUTH:
            raise WordingError("This would say True or False; put words around it: {% if … %} … {% endif %}.")

    def _kind(self, node: nodes.Node) -> Kind:
        self._enter()
        found = self._kinds.get(type(node))
        if found is None:
            raise WordingError(_refusal(node))
        kind = found(node)
        self._depth -= 1
        return kind

    def _enter(self) -> None:
        self._count, self._depth = self._count + 1, self._depth + 1
        if self._count > MAX_NODES:
            raise WordingError("This wording has too many parts; say it in plainer words.")
        if self._depth > MAX_DEPTH:
            raise WordingError("This wording nests too deep; say it in plainer words.")

    def _text(self, node: nodes.Expr, sentence: str) -> None:
        if self._kind(node) is Kind.TRUTH:
            raise WordingError(sentence)

    def _both(self, node: nodes.BinExpr) -> Kind:
        kinds = [self._kind(node.left), self._kind(node.right)]
        return Kind.TRUTH if Kind.TRUTH in kinds else Kind.TEXT

    def _not(self, node: nodes.Not) -> Kind:
        self._kind(node.node)
        return Kind.TRUTH

    def _compare(self, node: nodes.Compare) -> Kind:
        sentence = "Only two texts can be compared here, with == or !=."
        self._text(node.expr, sentence)
        for operand in node.ops:
            if operand.op not in _SAME:
                raise WordingError(sentence)
            self._text(operand.expr, sentence)
        return Kind.TRUTH

    def _choice(self, node: nodes.CondExpr) -> Kind:
        self._kind(node.test)
        if node.expr2 is None:
            raise WordingError("Say after `else` what stands here otherwise, or use {% if … %} … {% endif %}.")
        for said in (node.expr1, node.expr2):
            self._text(said, "Choose between two texts here, each in quotes or a name.")
        return Kind.TEXT

    def _filter(self, node: nodes.Filter) -> Kind:
        if node.name not in FILTERS:
            raise WordingError(f"`{node.name[:40]}` cannot be used here; the filters are {', '.join(FILTERS)}.")
        if node.node is None or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise WordingError(f"Write `{node.name}` without brackets behind it, as in {{{{ name | {node.name} }}}}.")
        self._text(node.node, f"`{node.name}` changes a text alone; put it right behind a name.")
        return Kind.TEXT

    def _quoted(self, node: nodes.Const) -> Kind:
        if not isinstance(node.value, str):
            raise WordingError(f"Put `{str(node.value)[:40]}` in quotes, or write it outside the {{{{ }}}}.")
        return Kind.TEXT

    def _switch(self, node: nodes.Getattr) -> Kind:
        if not isinstance(node.node, nodes.Name) or node.node.name != "policy":
            raise WordingError("Only `policy` has parts, as in `policy.gifts`; write the detail's name alone.")
        self.switches.add(self._named(node.attr, "switch"))
        return Kind.TEXT

    def _detail(self, node: nodes.Name) -> Kind:
        self.details.add(self._named(node.name, "detail"))
        return Kind.TEXT

    def _named(self, name: str, kind: str) -> str:
        names = self._known[kind]
        if kind == "detail" and name in _OWN:
            raise WordingError(_taken(name, names))
        if name in names:
            return name
        close = difflib.get_close_matches(name[:60], sorted(names), n=1)
        if close:
            raise WordingError(f"`{name[:60]}` is no {kind} here; did you mean `{close[0]}`?")
        there = f"the {kind}es are" if kind == "switch" else "its details are"
        listed = ", ".join(sorted(names)) or "none yet"
        remedy = "" if kind == "switch" else f"; add `{name[:60]}` under `details`, or use one of them"
        raise WordingError(f"`{name[:60]}` is no {kind} here; {there} {listed}{remedy}.")


def _taken(name: str, details: Collection[str]) -> str:
    if name in details:
        return f"Give the detail `{name}` another name: this one stands for {_OWN[name]}."
    return "Write which switch of `policy` you mean, as in `policy.gifts`."


def _refusal(node: nodes.Node) -> str:
    found = type(node).__name__.lower()
    return f"`{found}` cannot be used in a wording; use {{{{ name }}}} and {{% if … %}} … {{% endif %}} only."
