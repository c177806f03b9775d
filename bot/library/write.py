"""A playbook, a list of phrases or a policy as the YAML that a careful person would write."""

from collections.abc import Iterable

import yaml

from bot.domain.playbook import Boss, Detail, Listener, Never, OwnTest, Phrases, Playbook, Review
from bot.domain.policy import Policy
from bot.library.tree import Value

HEAD = "# yaml-language-server: $schema=schema.json\n"
LONG = 100
"""Characters of a text from which it stands below its name, and of a group from which each field has a line."""
_TAG = "tag:yaml.org,2002:"
_TAKEN = ("null", "int", "float", "merge", "value")


class _Writer(yaml.SafeDumper):
    """Quotes what an editor's YAML would take for a number or for nothing; `no` and a day are plain words."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Items of a list stand two to the right of its name."""
        super().increase_indent(flow, False)  # noqa: FBT003


_Writer.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag.removeprefix(_TAG) in _TAKEN]
    for first, found in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def write_playbook(entry: Phrases) -> str:
    """The YAML that parses to this playbook, or to this list of phrases."""
    found: dict[str, Value] = {
        "title": entry.title,
        "sectors": [sector.value for sector in entry.sectors],
        "phrases": list(entry.phrases),
    }
    if isinstance(entry, Playbook):
        found |= _words(entry)
    return write(found | {"tests": list(map(_test, entry.tests))})


def write_policy(policy: Policy) -> str:
    """The YAML that parses to this policy."""
    return write(policy.values())


def write(document: dict[str, Value] | dict[str, str | None]) -> str:
    """The YAML of a document of plain texts, lists and groups; empty lists and groups are left out."""
    node = _group([(name, value) for name, value in document.items() if value not in ([], {})], flow=False)
    return HEAD + str(yaml.serialize(node, Dumper=_Writer, allow_unicode=True, width=float("inf")))


def _words(playbook: Playbook) -> dict[str, Value]:
    say = playbook.say
    return {
        "details": {name: _detail(detail) for name, detail in playbook.details.items()},
        "say": {
            "first": say.first,
            "firm": say.firm,
            "final": say.final,
            **({} if say.to is Listener.CUSTOMER else {"to": say.to.value}),
        },
        "posture": playbook.posture,
        "steps": list(playbook.steps),
        "never": list(map(_never, playbook.never)),
        "boss": _boss(playbook.boss),
        **({"next": playbook.next} if playbook.next else {}),
        "review": _review(playbook.review),
    }


def _detail(detail: Detail) -> Value:
    return {**({"find": detail.find.value} if detail.find else {}), "ask": detail.ask}


def _never(never: Never) -> Value:
    return {"do": never.do, "because": never.because}


def _boss(boss: Boss) -> Value:
    found: dict[str, Value] = {"level": boss.level.value}
    if boss.when:
        found["when"] = boss.when
    return found if boss.who is None else {**found, "who": boss.who}


def _review(review: Review) -> Value:
    return {
        "owner": review.owner,
        "approved": review.approved.isoformat() if review.approved else None,
        "every": f"{review.every.days} days",
        "jurisdiction": review.jurisdiction,
    }


def _test(test: OwnTest) -> Value:
    return {"situation": test.situation, **({} if test.says is None else {"says": test.says})}


def _node(value: Value, *, apart: bool) -> yaml.Node:
    """`apart` where a group may not stand in braces on one line."""
    if isinstance(value, dict):
        return _group(list(value.items()), flow=not apart and _fits(value.values()))
    if isinstance(value, list):
        words = all(isinstance(item, str) and item.isidentifier() for item in value)
        return yaml.SequenceNode(_TAG + "seq", [_node(item, apart=False) for item in value], flow_style=words)
    return _scalar(value)


def _group(items: list[tuple[str, Value]] | list[tuple[str, str | None]], *, flow: bool) -> yaml.Node:
    nodes = [
        (yaml.ScalarNode(_TAG + "str", name), _node(value, apart=name in ("say", "details"))) for name, value in items
    ]
    return yaml.MappingNode(_TAG + "map", nodes, flow_style=flow)


def _scalar(text: str | None) -> yaml.Node:
    if text is None:
        return yaml.ScalarNode(_TAG + "null", "null")
    style = "|" if "\n" in text else ">" if len(text) > LONG else None
    return yaml.ScalarNode(_TAG + "str", text, style=style)


def _fits(values: Iterable[Value]) -> bool:
    return sum(len(value) if isinstance(value, str) else 4 for value in values) <= LONG and "\n" not in str(values)
