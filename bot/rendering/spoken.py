"""A Reply as one text: what a screen reader reads aloud, and the heads that stand above buttons."""

import re

from bot.domain.answer import Choice, Guidance, Listing, Menu, Reply, Unknown, Unlearnt, Unset
from bot.domain.playbook import Listener
from bot.domain.policy import Policy
from bot.rendering.frames import Frames
from bot.rendering.wording import escape

TO = {
    Listener.CUSTOMER: "Say",
    Listener.COLLEAGUE: "Say to a colleague",
    Listener.YOURSELF: "To yourself, not to the customer",
    Listener.OFFENDER: "Say, if it feels safe, to whoever does it",
}
"""What stands above the line, so that it is plain who hears it."""
_UNKNOWN = {False: "unknown", True: "withdrawn"}


def head(reply: Reply, frames: Frames, policy: Policy) -> str:
    """The sentence above the buttons; empty for a card, which has its own title."""
    content = reply.content
    if isinstance(content, Listing):
        return frames.render("listing", sector=content.sector)
    if isinstance(content, Menu):
        return frames.render("manual" if content.manual else "menu")
    if isinstance(content, Unknown):
        return frames.render("beside" if reply.danger else _UNKNOWN[content.withdrawn], policy=policy)
    if isinstance(content, Unset):
        return frames.render("unset")
    if isinstance(content, Unlearnt):
        return frames.render("unlearnt")
    return frames.render("choice") if isinstance(content, Choice) else ""


def which_site(reply: Reply, frames: Frames) -> str:
    """The question at which site the asker works; empty where that is known."""
    return frames.render("which_site") if reply.sites else ""


def spoken(reply: Reply, frames: Frames, policy: Policy) -> str:
    """The whole wording of a reply: danger, the answer, the safety line."""
    content = reply.content
    guided = isinstance(content, Guidance)
    text = frames.render(
        "spoken",
        danger=reply.danger,
        card=content.card if isinstance(content, Guidance) else None,
        rung=content.rung if isinstance(content, Guidance) else None,
        which_site=which_site(reply, frames),
        head="" if guided else head(reply, frames, policy),
        options=tuple(map(escape, _options(reply))),
        safety_line=escape(reply.safety_line),
        to=TO,
    )
    return re.sub(r"\n{2,}", "\n", text)


def _options(reply: Reply) -> tuple[str, ...]:
    content = reply.content
    if isinstance(content, Choice | Listing):
        return tuple(option.title for option in content.options)
    return tuple(sector.label for sector in content.sectors) if isinstance(content, Menu) else ()
