"""The shapes that Slack asks of blocks: lengths, counts, kinds; each says where something is wrong in Slack's words."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Rule = Callable[[Any, str], Iterator[str]]
"""Looks at a value at a JSON pointer, and says what is wrong with it."""
Fields = Mapping[str, Rule]
"""A field to its rule; one that is needed has a name that starts with `!`."""


def wrong(sentence: str, at: str) -> str:
    """A sentence of Slack's form, with the place it speaks of."""
    return f"{sentence} [json-pointer:{at}]"


def anything(_value: Any, _at: str) -> Iterator[str]:
    """Whatever stands there."""
    yield from ()


def flag(value: Any, at: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield wrong("must be a boolean", at)


def number(least: int, most: int) -> Rule:
    """A whole number between two."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield wrong("must be an integer", at)
        elif not least <= value <= most:
            yield wrong(f"must be between {least} and {most}", at)

    return check


def string(most: int, least: int = 1) -> Rule:
    """A text of so many characters."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield wrong("must be a string", at)
        elif len(value) > most:
            yield wrong(f"must be less than {most + 1} characters", at)
        elif len(value) < least:
            yield wrong(f"must be more than {least - 1} characters", at)

    return check


def one_of(*values: str) -> Rule:
    """One of a few words."""

    def check(value: Any, at: str) -> Iterator[str]:
        if value not in values:
            yield wrong(f"must be one of: {', '.join(values)}", at)

    return check


def listed(least: int, most: int, rule: Rule) -> Rule:
    """A list of so many, each by the same rule."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, list | tuple):
            yield wrong("must be an array", at)
            return
        if len(value) > most:
            yield wrong(f"no more than {most} items allowed", at)
        if len(value) < least:
            yield wrong(f"no fewer than {least} items allowed", at)
        for place, inner in enumerate(value[:most]):
            yield from rule(inner, f"{at}/{place}")

    return check


def shape(fields: Fields) -> Rule:
    """An object with these fields and no others."""
    rules = {name.removeprefix("!"): rule for name, rule in fields.items()}
    needed = [name.removeprefix("!") for name in fields if name.startswith("!")]

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield wrong("must be an object", at)
            return
        for name in needed:
            if value.get(name) is None:
                yield wrong(f"missing required field: {name}", at)
        for name, inner in value.items():
            if name not in rules:
                yield wrong(f"invalid additional property: {name}", at)
            elif inner is not None:
                yield from rules[name](inner, f"{at}/{name}")

    return check


def kinds(shapes: Mapping[str, Fields], allowed: tuple[str, ...]) -> Rule:
    """One of several objects, told apart by their `type`."""
    rules = {kind: shape({"!type": anything, **shapes[kind]}) for kind in allowed}

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield wrong("must be an object", at)
        elif "type" not in value:
            yield wrong("missing required field: type", at)
        elif value["type"] not in rules:
            yield wrong(f"unsupported type: {value['type']}", f"{at}/type")
        else:
            yield from rules[value["type"]](value, at)

    return check


def plain(most: int) -> Rule:
    """A plain_text object."""
    return kinds({"plain_text": {"!text": string(most), "emoji": flag}}, ("plain_text",))


def written(most: int) -> Rule:
    """A plain_text or mrkdwn object."""
    texts: Mapping[str, Fields] = {
        "plain_text": {"!text": string(most), "emoji": flag},
        "mrkdwn": {"!text": string(most), "verbatim": flag},
    }
    return kinds(texts, ("plain_text", "mrkdwn"))
