"""What the page can ask for: each request's parts, and the one thing that it does."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.said import Said, channel_of, user_of
from bot.playground.sending_off import SendingOff
from bot.playground.stand_in import Slack
from bot.playground.tapping import Tapping
from bot.playground.typing_in import TypingIn

Held = Mapping[str, Any]
OK: dict[str, Any] = {"ok": True}


class Desk:
    """Everything that people at the page can do."""

    def __init__(self, slack: Slack, typing: TypingIn, tapping: Tapping, sending: SendingOff) -> None:
        self._slack = slack
        self._typing = typing
        self._tapping = tapping
        self._sending = sending
        self.asked: Mapping[str, Callable[[Held], dict[str, Any]]] = {
            "command": self.command,
            "press": self.press,
            "submit": self.submit,
            "close": self.close,
            "home": self.home,
            "options": self.options,
            "shortcut": self.shortcut,
            "read": self.read,
        }

    def command(self, held: Held) -> dict[str, Any]:
        """Somebody typed into a channel."""
        self._typing.type(_text(held, "user"), _text(held, "channel"), _text(held, "text"))
        return OK

    def press(self, held: Held) -> dict[str, Any]:
        """Somebody tapped."""
        state = _part(held, "state") if "state" in held else {}
        self._tapping.press(_text(held, "user"), _part(held, "container"), _part(held, "action"), state.get("values"))
        return OK

    def submit(self, held: Held) -> dict[str, Any]:
        """Somebody sent a form."""
        values = _part(held, "state").get("values")
        errors = self._sending.submit(_text(held, "user"), _text(held, "view"), values)
        return {"ok": False, "errors": errors} if errors else OK

    def close(self, held: Held) -> dict[str, Any]:
        """Somebody closed a form, or all of them."""
        self._sending.close(_text(held, "user"), _text(held, "view"), everything=bool(held.get("all")))
        return OK

    def home(self, held: Held) -> dict[str, Any]:
        """Somebody opened Home."""
        self._tapping.home(_text(held, "user"))
        return OK

    def options(self, held: Held) -> dict[str, Any]:
        """Somebody types into a menu that the app fills."""
        names = _text(held, "block_id"), _text(held, "action_id")
        return self._tapping.options(_text(held, "user"), _text(held, "view"), names, _text(held, "value"))

    def shortcut(self, held: Held) -> dict[str, Any]:
        """Somebody chose a shortcut."""
        container = _part(held, "container") if "container" in held else None
        self._tapping.shortcut(_text(held, "user"), _text(held, "callback_id"), container)
        return OK

    def read(self, held: Held) -> dict[str, Any]:
        """Somebody looked at a channel."""
        user = user_of(_text(held, "user"))
        channel = channel_of(user, _text(held, "channel"))
        with self._slack.bell:
            self._slack.messages.mark_read(user.id, channel.id)
        return OK


def _text(held: Held, name: str) -> str:
    value = held.get(name)
    if not isinstance(value, str):
        raise Said(f"Send “{name}” as a text.")
    return value


def _part(held: Held, name: str) -> Mapping[str, Any]:
    value = held.get(name)
    if not isinstance(value, dict):
        raise Said(f"Send “{name}” as an object.")
    return value
