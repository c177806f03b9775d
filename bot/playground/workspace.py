"""The made-up workplace that the playground plays: four people, their channels, and Cuecard among them."""

from dataclasses import dataclass
from enum import StrEnum

TEAM, TEAM_NAME, DOMAIN = "T0DEMO", "The Lantern", "the-lantern"
APP, APP_USER, APP_BOT, APP_NAME = "A0CUECARD", "U0CUECARD", "B0CUE", "Cuecard"
TOKEN = "xoxb-made-up"  # noqa: S105 - opens nothing but the playground
"""The only token that the stand-in knows."""
DUTY = "C0DUTY"
"""The private channel that the boss on duty watches; the app is in it."""


class Kind(StrEnum):
    """What a channel is to the people in it."""

    CHANNEL = "channel"
    PRIVATE = "private"
    DM = "dm"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody in the workspace; `role` is what they may do, `title` what they do."""

    id: str
    name: str
    role: str
    title: str
    is_owner: bool = False

    @property
    def dm(self) -> str:
        """The id of the direct messages between this person and the app."""
        return f"D{self.id[1:]}"


@dataclass(frozen=True, slots=True)
class Channel:
    """Where messages stand, and who sees them."""

    id: str
    name: str
    kind: Kind
    topic: str
    members: frozenset[str]


USERS = (
    User("U0EMPLOYEE", "Robin", "employee", "Front desk"),
    User("U0SECOND", "Sam", "employee", "Shop floor"),
    User("U0MANAGER", "Alex", "manager", "Shift manager"),
    User("U0OWNER", "Jo", "owner", "Owns the workspace", is_owner=True),
)
_EVERYBODY = frozenset(user.id for user in USERS)
CHANNELS = (
    Channel("C0SHOP", "shop-floor", Kind.CHANNEL, "Everybody on shift; Cuecard is here", _EVERYBODY | {APP_USER}),
    Channel("C0BREAK", "break-room", Kind.CHANNEL, "Everybody; Cuecard is not here", _EVERYBODY),
    Channel(
        DUTY,
        "duty-manager",
        Kind.PRIVATE,
        "Where calls for the boss arrive",
        frozenset({"U0MANAGER", "U0OWNER", APP_USER}),
    ),
    *(Channel(user.dm, APP_NAME, Kind.DM, "Only you and Cuecard", frozenset({user.id, APP_USER})) for user in USERS),
)


def find_user(user: str) -> User | None:
    """The person of an id."""
    return next((found for found in USERS if found.id == user), None)


def find_channel(channel: str) -> Channel | None:
    """The channel of an id; a person's id stands for their direct messages with the app, as in Slack."""
    person = find_user(channel)
    return next((found for found in CHANNELS if found.id in (channel, person.dm if person else channel)), None)
