"""Forms and Home tabs: up to three forms on top of one another a person, one Home each, and who changed it last."""

import itertools
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.playground.messages import name_blocks
from bot.playground.refused import ApiError
from bot.playground.workspace import APP, APP_BOT, TEAM

STACK = 3
_PARTS = ("title", "submit", "close", "callback_id", "private_metadata", "external_id")
_FLAGS = ("clear_on_close", "notify_on_close")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One form or Home as its person sees it; `hash` changes with each change, `values` is what was typed."""

    id: str
    user: str
    content: dict[str, Any]
    hash: str
    root: str
    previous: str | None
    values: dict[str, Any]

    def shown(self) -> dict[str, Any]:
        """The view as it travels in Slack's requests and answers."""
        parts = {name: self.content.get(name, None if name in _PARTS[:3] else "") for name in _PARTS}
        flags = {name: bool(self.content.get(name)) for name in _FLAGS}
        ids = {"id": self.id, "team_id": TEAM, "app_id": APP, "bot_id": APP_BOT, "hash": self.hash}
        tree = {"root_view_id": self.root, "previous_view_id": self.previous, "state": {"values": self.values}}
        return {"type": self.content["type"], "blocks": self.content["blocks"], **parts, **flags, **ids, **tree}


class Views:
    """Every open view. Contents were checked before they come here."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._numbers = itertools.count(1)
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def stack(self, user: str) -> tuple[View, ...]:
        """A person's open forms, the top one last."""
        return tuple(self._stacks.get(user, ()))

    def home(self, user: str) -> View | None:
        """A person's Home, once the app has published one."""
        return self._homes.get(user)

    def find(self, view: str, external: str = "") -> View:
        """The view of an id, or of the app's own id. Raises ApiError where there is none."""
        held = (*itertools.chain(*self._stacks.values()), *self._homes.values())
        for found in held:
            if found.id == view or (external and found.content.get("external_id") == external):
                return found
        raise ApiError("not_found")

    def open(self, user: str, content: dict[str, Any]) -> View:
        """Open a form in place of what was open."""
        self._unique(content)
        opened = self._new(user, content)
        self._stacks[user] = [opened]
        return opened

    def push(self, user: str, content: dict[str, Any]) -> View:
        """Put a form on top. Raises ApiError where none is open, or three are."""
        stack = self._stacks.get(user, [])
        if not stack:
            raise ApiError("not_found")
        if len(stack) >= STACK:
            raise ApiError("push_limit_reached")
        self._unique(content)
        opened = replace(self._new(user, content), root=stack[0].id, previous=stack[-1].id)
        stack.append(opened)
        return opened

    def update(self, view: View, content: dict[str, Any], seen: str = "") -> View:
        """Change a view; inputs whose ids stay keep what was typed. Raises ApiError when `seen` is out of date."""
        if seen and seen != view.hash:
            raise ApiError("hash_conflict")
        changed = replace(view, content=_named(content), hash=self._hash())
        self._put(changed)
        return changed

    def publish(self, user: str, content: dict[str, Any], seen: str = "") -> View:
        """Show a Home."""
        home = self._homes.get(user)
        if home is not None:
            return self.update(home, content, seen)
        if seen:
            raise ApiError("hash_conflict")
        self._homes[user] = self._new(user, content)
        return self._homes[user]

    def fill(self, view: View, values: dict[str, Any]) -> View:
        """Remember what was typed into a view."""
        filled = replace(view, values=values)
        self._put(filled)
        return filled

    def close(self, view: View) -> None:
        """Take a form off; all of them where it says so."""
        left = [held for held in self._stacks.get(view.user, []) if held.id != view.id]
        self._stacks[view.user] = [] if view.content.get("clear_on_close") else left

    def clear(self, user: str) -> None:
        """Close all forms of a person."""
        self._stacks.pop(user, None)

    def _put(self, view: View) -> None:
        stack = self._stacks.get(view.user, [])
        self._stacks[view.user] = [view if held.id == view.id else held for held in stack]
        home = self._homes.get(view.user)
        if home is not None and home.id == view.id:
            self._homes[view.user] = view

    def _new(self, user: str, content: dict[str, Any]) -> View:
        name = f"V{next(self._numbers):07d}"
        held = _named(content)
        return View(id=name, user=user, content=held, hash=self._hash(), root=name, previous=None, values={})

    def _unique(self, content: dict[str, Any]) -> None:
        external = content.get("external_id")
        held = itertools.chain(*self._stacks.values())
        if external and any(view.content.get("external_id") == external for view in held):
            raise ApiError("duplicate_external_id")

    def _hash(self) -> str:
        return f"{int(self._clock())}.{secrets.token_hex(4)}"


def _named(content: dict[str, Any]) -> dict[str, Any]:
    return {**content, "blocks": list(name_blocks(content["blocks"]))}
