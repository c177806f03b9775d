"""What Slack says of the app before it serves: whose token it is, whether the clocks agree, who is in the channel."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack.duty import NOT_LOOKED, DutyChannel, mend
from bot.slack.trouble import TROUBLE, code_of

WRONG = 60.0
"""Seconds between Slack's clock and ours that are too many; from 300 on, everything of Slack's is turned away."""
REFUSALS = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"})
"""Slack's words for a token that will not work until somebody changes it."""
UNSEEN = (
    "Cuecard may not look whether it is in the duty channel: bring your app's manifest up to date (it asks for "
    "channels:read and groups:read), and install it again. Calls are posted there all the same."
)
UNREACHABLE = "Slack cannot be reached; check the network and any proxy."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is well or not, in a sentence; with `stops`, nothing can be served."""

    well: bool
    sentence: str
    stops: bool = False


def look(client: WebClient, channel: str, now: Callable[[], float]) -> Iterator[Finding]:
    """Look at the token, the clock and the duty channel, if one is named. `now` gives Unix time."""
    try:
        found = client.auth_test()
    except SlackApiError as error:
        code = code_of(error)
        yield Finding(
            well=False,
            sentence=f"Slack refuses SLACK_BOT_TOKEN ({code}); copy it again from OAuth & Permissions.",
            stops=code in REFUSALS,
        )
        return
    except TROUBLE:
        yield Finding(well=False, sentence=UNREACHABLE)
        return
    yield Finding(well=True, sentence=f"Slack knows the token: workspace {found['team']}")
    yield from _clock(found, now())
    yield from _channel(client, channel)


def _clock(found: SlackResponse, now: float) -> Iterator[Finding]:
    dates = [value for name, value in found.headers.items() if name.lower() == "date"]
    try:
        off = now - parsedate_to_datetime(str(dates[0])).timestamp()
    except (IndexError, ValueError):
        return
    if abs(off) < WRONG:
        yield Finding(well=True, sentence="the clock agrees with Slack's")
        return
    side = "ahead of" if off > 0 else "behind"
    yield Finding(
        well=False,
        sentence=f"This machine's clock is {abs(off):.0f} seconds {side} Slack's: set it, as with NTP. "
        "From 300 seconds on, all that Slack sends is turned away.",
    )


def _channel(client: WebClient, channel: str) -> Iterator[Finding]:
    if not channel:
        return
    code = DutyChannel(client, channel).look()
    sentence = mend(code) if code else f"Cuecard is in the duty channel {channel}"
    yield Finding(well=not code, sentence=UNSEEN if code == NOT_LOOKED else sentence)
