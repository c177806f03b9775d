"""What the page is told when something cannot be done: one sentence on what to do."""

from bot.playground.workspace import Channel, User, find_channel, find_user


class Said(Exception):
    """It cannot be done; the text is the sentence."""


def user_of(user: str) -> User:
    """The person of an id. Raises Said."""
    found = find_user(user)
    if found is None:
        raise Said("Nobody of that id works here; choose one of the four people.")
    return found


def channel_of(user: User, channel: str) -> Channel:
    """A channel that a person is in. Raises Said."""
    found = find_channel(channel)
    if found is None or user.id not in found.members:
        raise Said(f"{user.name} is in no channel of that id; choose one from the list.")
    return found
