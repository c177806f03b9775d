"""What a button carries, so that the server keeps nothing about the question."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.playbook import Rung

MAX_VALUE = 2000
"""Characters of a button's value that Slack accepts."""
_ID = re.compile(r"[a-z][a-z0-9-]{2,59}")
_KEY = re.compile(r"[a-z][a-z_]{0,29}")
_MARKUP = str.maketrans("", "", "*_~`\\")
_MAX_FACT = 80
MAX_TEXT = 400
MAX_DIGITS = 6
"""Digits of a fact; telephone, card and account numbers have more, and are never said back."""


class StateError(Exception):
    """A button's value that Cuecard did not write."""


@dataclass(frozen=True, slots=True)
class State:
    """A card on a rung (None: past the last), the facts known, the ids that come next, and the safety card above.

    `text` is the situation as it may be told to a manager, redacted, so that nobody has to type it twice. It travels
    to Slack and back in the asker's own message alone, and the server keeps nothing of it; never beside danger.
    """

    playbook: str = ""
    rung: Rung | None = Rung.FIRST
    known: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    danger: str = ""
    text: str = ""

    def dump(self) -> str:
        """The value of a button, at most 2,000 characters; the last ids fall away where it would be longer."""
        others = list(self.others)
        while True:
            found = {
                "p": self.playbook,
                "r": self.rung or "",
                "k": dict(self.known),
                "o": others,
                "d": self.danger,
                "t": self.text,
            }
            text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
            if len(text) <= MAX_VALUE or not others:
                return text
            others.pop()


def load_state(value: str) -> State:
    """Read a button's value. Raises StateError where it is not one that Cuecard wrote."""
    try:
        found = json.loads(value)
        playbook, rung, known, others = found["p"], found["r"], found["k"], found["o"]
        facts = {key: text for key, typed in known.items() if (text := clean_fact(typed))}
        state = State(playbook, Rung(rung) if rung else None, facts, tuple(others), found["d"], found.get("t", ""))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise StateError from None
    ids = [one for one in (state.playbook, *state.others, state.danger) if one != ""]
    if not isinstance(state.text, str) or len(state.text) > MAX_TEXT:
        raise StateError
    if not all(isinstance(one, str) and _ID.fullmatch(one) for one in ids) or not all(map(_KEY.fullmatch, known)):
        raise StateError
    return state


def clean_fact(text: str) -> str:
    """A fact that somebody typed, as one short line without Slack's marks; empty where it holds a long number."""
    if sum(character.isdigit() for character in text) > MAX_DIGITS:
        return ""
    printable = "".join(character if character.isprintable() else " " for character in text.translate(_MARKUP))
    return " ".join(printable.split())[:_MAX_FACT]
