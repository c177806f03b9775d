"""What the app was allowed when it was installed, and what each call needs."""

from bot.playground.refused import ApiError

GRANTED = ("commands", "chat:write", "users:read", "channels:read", "groups:read")
"""The scopes of manifest.yaml; a test holds the two together."""
NEEDED = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "conversations.open": "im:write",
    "conversations.info": "channels:read",
    "conversations.list": "channels:read",
    "users.info": "users:read",
    "users.list": "users:read",
}


def check_scope(method: str, granted: tuple[str, ...]) -> None:
    """Raise ApiError where a method needs a scope that was not granted."""
    if NEEDED.get(method, granted[0]) not in granted:
        raise ApiError("missing_scope")
