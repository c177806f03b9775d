"""A manager's Jinja text to words, with nothing in it that could hang, grow or reach outside.

The sandbox alone is not enough: it renders `{{ "x" * 300000000 }}` and runs loops for ever. So wording is parsed, its
nodes are held against a short list without loops, calls and arithmetic, and what is left renders in time
proportional to its own length.
"""

import difflib
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from jinja2 import Template, TemplateError, nodes
from jinja2.runtime import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_SOURCE = 1000
MAX_NODES = 200
MAX_DEPTH = 40
FILTERS = ("capitalize", "lower", "title", "upper")

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.If,
    nodes.CondExpr,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.Filter,
)


class WordingError(Exception):
    """A wording that cannot be used; its text is one sentence on what to write instead."""

    field = ""
    """Where in its playbook it stands, once that is known."""


class Wording:
    """One wording, checked: the details and switches it reads, and its text for given ones."""

    def __init__(
        self,
        said: nodes.Template | str,
        details: frozenset[str] = frozenset(),
        switches: frozenset[str] = frozenset(),
    ) -> None:
        """`said` is what Jinja parsed, or a text in which there is nothing to parse."""
        self.details = details
        self.switches = switches
        self._said = said

    @cached_property
    def _template(self) -> Template:
        # Compiled when it is first said: a library has many times more wordings than a day has questions.
        return _ENVIRONMENT.from_string(self._said)

    def render(self, details: Mapping[str, str], policy: Mapping[str, str | None]) -> str:
        """The text, trimmed; a detail that is missing counts as false."""
        return self._fixed if self._fixed is not None else self._render(details, policy)

    @cached_property
    def _fixed(self) -> str | None:
        """The text of a wording that reads nothing."""
        if isinstance(self._said, str):
            return self._said.replace("\r\n", "\n").replace("\r", "\n").strip()
        return None if self.details or self.switches else self._render({}, {})

    def _render(self, details: Mapping[str, str], policy: Mapping[str, str | None]) -> str:
        found: dict[str, object] = dict.fromkeys(self.details)
        found.update((name, value) for name, value in details.items() if name in self.details)
        return self._template.render(found, policy=policy).strip()


def escape(text: str) -> str:
    """The three characters that Slack reads as markup; a quote stays a quote."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The words as a terminal shows them."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _finalize(value: object) -> str:
    return "" if value is None else escape(str(value))


_ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=_finalize, autoescape=False)
_ENVIRONMENT.filters = {name: _ENVIRONMENT.filters[name] for name in FILTERS}
_ENVIRONMENT.tests = {}
_ENVIRONMENT.globals = {}


def compile_wording(source: str, details: Collection[str], switches: Collection[str]) -> Wording:
    """Compile one wording that may read the named details and switches.

    Raises WordingError with a sentence for whoever wrote it.
    """
    if len(source) > MAX_SOURCE:
        raise WordingError(f"Shorten this wording to at most {MAX_SOURCE} characters.")
    if "{" not in source:
        return Wording(source)
    try:
        tree = _ENVIRONMENT.parse(source)
        reads = _inspect(tree, frozenset(details), frozenset(switches))
    except TemplateError as error:
        raise WordingError(_syntax_sentence(error)) from None
    except (RecursionError, ValueError, OverflowError, MemoryError):
        raise WordingError("This wording is too tangled; use plain {{ name }} and {% if … %} … {% endif %}.") from None
    return Wording(tree, frozenset(reads["detail"]), frozenset(reads["switch"]))


def _inspect(tree: nodes.Template, details: frozenset[str], switches: frozenset[str]) -> dict[str, set[str]]:
    reads: dict[str, set[str]] = {"detail": set(), "switch": set()}
    for count, node in enumerate(_walk(tree)):
        if count > MAX_NODES:
            raise WordingError("This wording has too many parts; say it in plainer words.")
        if not isinstance(node, _ALLOWED):
            raise WordingError(_refusal(node))
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            raise WordingError(f"`{node.name[:40]}` cannot be used here; the filters are {', '.join(FILTERS)}.")
        if isinstance(node, nodes.Getattr):
            reads["switch"].add(_switch(node, switches))
        elif isinstance(node, nodes.Name):
            reads["detail"].add(_known(node.name, details, "detail"))
        elif isinstance(node, nodes.Const) and not isinstance(node.value, str):
            raise WordingError(f"Put `{str(node.value)[:40]}` in quotes, or write it outside the {{{{ }}}}.")
    return reads


def _walk(tree: nodes.Node) -> Iterator[nodes.Node]:
    waiting = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise WordingError("This wording nests too deep; say it in plainer words.")
        yield node
        # The `policy` of `policy.gifts` is read with its switch, never alone.
        children = () if isinstance(node, nodes.Getattr) else node.iter_child_nodes()
        waiting.extend((child, depth + 1) for child in children)


def _switch(node: nodes.Getattr, switches: frozenset[str]) -> str:
    if not isinstance(node.node, nodes.Name) or node.node.name != "policy":
        raise WordingError("Only `policy` has parts, as in `policy.gifts`; write the detail's name alone.")
    return _known(node.attr, switches, "switch")


def _known(name: str, names: frozenset[str], kind: str) -> str:
    if name in names:
        return name
    if name == "policy":
        raise WordingError("Write which switch of `policy` you mean, as in `policy.gifts`.")
    close = difflib.get_close_matches(name[:60], sorted(names), n=1)
    if close:
        raise WordingError(f"`{name[:60]}` is no {kind} here; did you mean `{close[0]}`?")
    there = f"the {kind}es are" if kind == "switch" else "its details are"
    listed = ", ".join(sorted(names)) or "none yet"
    remedy = "" if kind == "switch" else f"; add `{name[:60]}` under `details`, or use one of them"
    raise WordingError(f"`{name[:60]}` is no {kind} here; {there} {listed}{remedy}.")


def _refusal(node: nodes.Node) -> str:
    found = type(node).__name__.lower()
    return f"`{found}` cannot be used in a wording; use {{{{ name }}}} and {{% if … %}} … {{% endif %}} only."


def _syntax_sentence(error: TemplateError) -> str:
    said = error.message or ""
    if "filter" in said or "test named" in said:
        return f"That filter or test cannot be used here; the filters are {', '.join(FILTERS)}."
    if "end of template" in said or "endif" in said:
        return "An {% if %} here is not closed; add {% endif %}."
    return "Jinja cannot read this wording; check the {{ }} and {% %} in it."
