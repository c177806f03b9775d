"""A manager's Jinja text to words, with nothing in it that could fail, hang, grow or reach outside.

The sandbox alone is not enough: it renders `{{ "x" * 300000000 }}` and runs loops for ever. So wording is parsed and
held against a small grammar without loops, calls and arithmetic, and what is left renders in time proportional to its
own length.
"""

from collections.abc import Callable, Collection, Mapping
from functools import cached_property

from jinja2 import Template, TemplateError, nodes
from jinja2.filters import FILTERS as JINJAS
from jinja2.runtime import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.rendering.grammar import FILTERS, Grammar, WordingError

__all__ = ["Wording", "WordingError", "compile_wording", "escape", "unescape"]
MAX_SOURCE = 1000
_FAULTS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What Jinja, and the Python that it compiles to, raise."""


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
        """The text, trimmed; a detail or a switch that is missing counts as false, and nothing is said of it.

        Raises WordingError, and nothing else, for what no grammar was asked about.
        """
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
        try:
            return self._template.render(found, policy=policy).strip()
        except _FAULTS:
            raise WordingError("This wording cannot be said; use plain {{ name }} and {% if … %}.") from None


def escape(text: str) -> str:
    """The three characters that Slack reads as markup; a quote stays a quote."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The words as a terminal shows them."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _finalize(value: object) -> str:
    return "" if value is None else escape(str(value))


def _heeding(change: Callable[..., str]) -> Callable[[str | None], str | None]:
    """A filter that leaves a missing text missing, instead of making it the text “None”."""
    return lambda text: None if text is None else change(text)


_ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=_finalize, autoescape=False)
_ENVIRONMENT.filters = {name: _heeding(JINJAS[name]) for name in FILTERS}
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
    grammar = Grammar(details, switches)
    try:
        tree = _ENVIRONMENT.parse(source)
        grammar.look(tree)
    except TemplateError as error:
        raise WordingError(_syntax_sentence(error)) from None
    except _FAULTS:
        raise WordingError("This wording is too tangled; use plain {{ name }} and {% if … %} … {% endif %}.") from None
    return Wording(tree, frozenset(grammar.details), frozenset(grammar.switches))


def _syntax_sentence(error: TemplateError) -> str:
    said = error.message or ""
    if "filter" in said or "test named" in said:
        return f"That filter or test cannot be used here; the filters are {', '.join(FILTERS)}."
    if "end of template" in said or "endif" in said:
        return "An {% if %} here is not closed; add {% endif %}."
    return "Jinja cannot read this wording; check the {{ }} and {% %} in it."
