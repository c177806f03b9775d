"""Messages in channels: some for all members, some for one person alone."""

import itertools
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

Block = dict[str, Any]
SLACKBOT = "USLACKBOT"
KEPT = 500
"""Messages of one channel; older ones are forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message; `only_for` names the one person who sees it, empty for all."""

    ts: str
    channel: str
    author: str
    text: str
    blocks: tuple[Block, ...] = ()
    only_for: str = ""
    edited: bool = False
    deleted: bool = False

    def shown(self) -> dict[str, Any]:
        """The message as it travels in Slack's requests and answers."""
        return {"type": "message", "user": self.author, "ts": self.ts, "text": self.text, "blocks": list(self.blocks)}


class Messages:
    """Every message of the workspace, by channel, the oldest first."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._numbers = itertools.count(1)
        self._held: dict[str, dict[str, Message]] = {}
        self._read: dict[tuple[str, str], int] = {}

    def new_ts(self) -> str:
        """A timestamp that no other message has."""
        return f"{int(self._clock())}.{next(self._numbers):06d}"

    def post(self, message: Message) -> Message:
        """Add a message, or put it in place of the one with its channel and timestamp."""
        held = self._held.setdefault(message.channel, {})
        named = replace(message, blocks=name_blocks(message.blocks))
        held[message.ts] = named
        while len(held) > KEPT:
            del held[next(iter(held))]
        return named

    def find(self, channel: str, ts: str) -> Message | None:
        """A message that is still there."""
        found = self._held.get(channel, {}).get(ts)
        return found if found and not found.deleted else None

    def delete(self, message: Message) -> None:
        """Leave nothing of a message but its place."""
        self.post(replace(message, text="", blocks=(), deleted=True))

    def seen_by(self, user: str, channel: str) -> list[Message]:
        """What a person sees in a channel."""
        return [message for message in self._held.get(channel, {}).values() if message.only_for in ("", user)]

    def mark_read(self, user: str, channel: str) -> None:
        """Remember that a person has seen everything in a channel."""
        self._read[user, channel] = max(map(_number, self.seen_by(user, channel)), default=0)

    def unread(self, user: str, channel: str) -> int:
        """How many messages of others came since."""
        read = self._read.get((user, channel), 0)
        return sum(_number(one) > read and one.author != user for one in self.seen_by(user, channel))


def _number(message: Message) -> int:
    return int(message.ts.rpartition(".")[2])


def name_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with an id each; Slack makes one up where the app gave none."""
    return tuple({**block, "block_id": block.get("block_id") or secrets.token_hex(3)} for block in blocks)
