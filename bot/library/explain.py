"""What pydantic found wrong, in words for the person who wrote the file."""

import difflib
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.domain.problem import Problem
from bot.library.tree import Path, Tree, Value


def problems(error: ValidationError, model: type[BaseModel], tree: Tree) -> Iterator[Problem]:
    """One Problem for each thing that pydantic found, placed where it stands in the file."""
    for detail in error.errors(include_url=False, include_input=False):
        path: Path = tuple(part for part in detail["loc"] if part != "[key]")
        line, column = tree.place(path)
        yield Problem(tree.file, line, column, ".".join(map(str, path)), _sentence(detail, model, path))


def _sentence(detail: ErrorDetails, model: type[BaseModel], path: Path) -> str:
    context = detail.get("ctx", {})
    name = str(path[-1]) if path else "This file"
    kind = detail["type"]
    if kind == "extra_forbidden":
        return _unknown_field(name, _fields(model, path[:-1]))
    if kind in ("string_pattern_mismatch", "no_day"):
        return _PATTERNS.get(
            name, f"Write `{_shown(name)}` {_NAMING.get(str(path[0]), 'as a file name without “.yaml”')}."
        )
    if kind == "twice":
        return f"{detail['msg']} Keep one of them."
    template = _SENTENCES.get(kind, "This cannot be used here ({msg}); compare it with a shipped playbook.")
    return template.format(name=name, msg=detail["msg"], **{key: context.get(key) for key in _CONTEXT})


_CONTEXT = ("min_length", "max_length", "expected")
_SENTENCES = {
    "missing": "Add `{name}`: it must be here.",
    "string_type": "Write one text here, not a list or a group; is a “- ” or a “: ” in the way?",
    "string_too_short": "Write more here: {min_length} or more characters.",
    "string_too_long": "Shorten this to at most {max_length} characters.",
    "list_type": "Write a list here: each item on its own line, starting with “- ”.",
    "dict_type": "Write a group of fields here, each on its own line with “: ”.",
    "model_type": "Write a group of fields here, each on its own line with “: ”.",
    "too_short": "Write {min_length} or more here.",
    "too_long": "Keep at most {max_length} here.",
    "enum": "Write one of these: {expected}.",
    "literal_error": "Write one of these: {expected}.",
}
_NAMING = {"details": "in small letters and underscores, at most 30"}
_PATTERNS = {
    "approved": "Write the day as 2026-01-31, or null until somebody has approved it.",
    **dict.fromkeys(("work_number", "duty_phone", "emergency_number"), "Write a telephone number: digits and spaces."),
    **dict.fromkeys(("site_address", "who_is_told", "safety_approved_by"), "Write 2 to 160 characters without < > &."),
    "every": "Write a number of days, as “180 days”.",
}


def _shown(value: Value) -> str:
    return str(value)[:60]


def _unknown_field(name: str, known: list[str]) -> str:
    shown = name[:60]
    close = difflib.get_close_matches(shown, known, n=1, cutoff=0.6)
    if close:
        return f"`{shown}` is not a field here; did you mean `{close[0]}`?"
    if not known:
        return f"`{shown}` is not a field here; delete it."
    return f"`{shown}` is not a field here; the fields are {', '.join(known)}."


def _fields(model: type[BaseModel], path: Path) -> list[str]:
    """The names that may stand at a path: the model's own, or those of the part that the path leads into."""
    schema = _schema(model)
    here = schema
    for part in path:
        here = _inside(here, part, schema)
    return list(here.get("properties", {}))


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _inside(here: dict[str, object], part: str | int, schema: dict[str, object]) -> dict[str, object]:
    step = here.get("items") if isinstance(part, int) else _property(here, part)
    while isinstance(step, dict) and "$ref" in step:
        definitions = schema["$defs"]
        assert isinstance(definitions, dict)
        step = definitions[str(step["$ref"]).rsplit("/", 1)[-1]]
    return step if isinstance(step, dict) else {}


def _property(here: dict[str, object], name: str) -> object:
    properties = here.get("properties", {})
    known = properties.get(name) if isinstance(properties, dict) else None
    return known if known is not None else here.get("additionalProperties")
