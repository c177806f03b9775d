"""YAML text to plain lists, mappings and texts, remembering where each stood.

Every scalar stays text (`no`, `12` and `2026-01-01` mean what they say); only `null`, `~` and nothing are None.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from bot.domain.problem import Problem, Refused
from bot.library.source import CONTROL

Value = str | None | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]
MAX_DEPTH = 8
_NULLS = {"", "~", "null", "Null", "NULL"}


@dataclass(slots=True)
class Tree:
    """The value of a document, the 1-based line and column of every path in it, and what was wrong."""

    file: str
    value: Value = None
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path) -> tuple[int, int]:
        """Where a path stands, or the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def fields(self) -> dict[str, tuple[int, int]]:
        """Where each field stands, by its dotted name."""
        return {".".join(map(str, path)): place for path, place in self.places.items()}

    def report(self, event: yaml.Event, path: Path, sentence: str) -> None:
        """Keep one problem."""
        self.problems.append(Problem(self.file, *_at(event), ".".join(map(str, path)), sentence))


def parse(text: str, file: str) -> Tree:
    """Read one YAML document.

    Raises Refused when the text is no YAML, nests more than eight deep or holds several documents. Anchors, tags
    and repeated keys are kept as problems of the Tree, so that all of them are told at once.
    """
    tree = Tree(file)
    try:
        _build(tree, iter(yaml.parse(text, Loader=yaml.CSafeLoader)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise Refused((Problem(file, line, column, "", _syntax_sentence(error)),)) from None
    except yaml.YAMLError:
        raise Refused((Problem(file, 0, 0, "", "This is not YAML; compare it with a shipped playbook."),)) from None
    return tree


def _build(tree: Tree, events: Iterator[yaml.Event]) -> None:
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise Refused((_problem(tree, event, "Keep one playbook a file: delete everything from here on."),))
        elif isinstance(event, yaml.NodeEvent):
            tree.value = _node(tree, event, events, ())


def _node(tree: Tree, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Value:
    tree.places.setdefault(path, _at(event))
    if len(path) > MAX_DEPTH:
        raise Refused((_problem(tree, event, "This is nested too deep; a playbook needs three levels at most."),))
    if getattr(event, "anchor", None) is not None:
        tree.report(event, path, "Write the text out here: anchors (&, *) are not read.")
    if getattr(event, "tag", None) is not None:
        tree.report(event, path, "Delete the tag (!) here, or put the text in quotes.")
    if isinstance(event, yaml.AliasEvent):
        return ""
    if isinstance(event, yaml.ScalarEvent):
        text: str = event.value
        if hidden := CONTROL.search(text):
            tree.report(event, path, f"Delete the invisible character U+{ord(hidden.group()):04X} here.")
        return None if not event.style and text in _NULLS else text
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(tree, events, path)
    return _mapping(tree, events, path)


def _sequence(tree: Tree, events: Iterator[yaml.Event], path: Path) -> list[Value]:
    items: list[Value] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        items.append(_node(tree, event, events, (*path, len(items))))
    return items


def _mapping(tree: Tree, events: Iterator[yaml.Event], path: Path) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key = _node(tree, event, events, (*path, "?"))
        tree.places.pop((*path, "?"), None)
        name = key if isinstance(key, str) else ""
        if not isinstance(key, str):
            tree.report(event, path, "A field's name must be a plain word here.")
        elif name in found:
            tree.report(event, (*path, name), f"`{name}` stands here twice; keep one of them.")
        tree.places[(*path, name)] = _at(event)
        value = _node(tree, next(events), events, (*path, name))
        found.setdefault(name, value)
    return found


def _problem(tree: Tree, event: yaml.Event, sentence: str) -> Problem:
    return Problem(tree.file, *_at(event), "", sentence)


def _at(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def _syntax_sentence(error: yaml.MarkedYAMLError) -> str:
    said = f"{error.context or ''} {error.problem or ''}"
    for part, sentence in _SYNTAX.items():
        if part in said:
            return sentence
    return "YAML cannot read this line; compare its indentation and quotes with a shipped playbook."


_SYNTAX = {
    "mapping values are not allowed": "Put this text in quotes: it holds “: ”, which YAML takes for a new field.",
    "found unexpected end of stream": "A quote that was opened is not closed; add the closing quote.",
    "could not find expected ':'": "Add “: ” after the field's name, or indent this line to belong to the text above.",
    "did not find expected '-' indicator": "Line this up with the list above it, or start it with “- ”.",
    "did not find expected key": "Line this up with the lines above it: the indentation or a quote does not match.",
    "cannot start any token": "Put this text in quotes: it starts with a character that YAML keeps for itself.",
    "did not find expected ',' or ']'": "A list that starts with “[” needs commas between items and “]” at the end.",
    "did not find expected ',' or '}'": "A group that starts with “{” needs commas between fields and “}” at the end.",
    "did not find expected alphabetic": "Put this text in quotes: it starts with “*” or “&”.",
}
