"""The forms of a site, drawn: its name and channels, its numbers, its switches, what it offers, what would change."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.answer import Titled
from bot.domain.policy import SWITCHES, Policy
from bot.domain.site import Site
from bot.rendering.wording import escape
from bot.services.sites import Moved
from bot.services.switch_words import where
from bot.slack.parts import Block, context, modal, option, question, section, typed

NUMBERS: Mapping[str, tuple[str, str]] = {
    "emergency_number": ("Emergency number", "What staff dial in danger: 112, 911 or 999."),
    "duty_phone": ("The boss on duty", "The number that somebody always answers."),
    "who_is_told": ("The boss's title, as it stands on cards", "Such as “manager on duty”."),
    "work_number": ("Work number", "The number that customers may have."),
    "hours": ("Hours", "Such as “Monday to Saturday, 9 to 5”."),
    "site_address": ("Address, as staff say it to the emergency services", "Such as “1 Example Street, ground floor”."),
}
OFFERS: Mapping[str, tuple[str, str]] = {
    "account_exceptions": ("Who decides exceptions for an account", "Such as “manager”."),
    "legal_contact": ("Who takes legal matters", "Such as “our legal team”."),
    "no_receipt_offer": ("Without a receipt we offer", "Such as “an exchange or store credit”."),
    "walk_offer": ("With no room left we offer", "Such as “a room next door and the taxi there”."),
    "unverified_help": ("Without security checks I can", "Such as “answer general questions”."),
    "safety_approved_by": ("Who at your site has approved the safety cards", "A name and what they are."),
}
TEXT, NAME = 150, 80
"""Characters that fit an input, and a site's name."""
SENTENCES = 20
"""Changed sentences that are shown; of the rest, how many."""
LABELS: Mapping[str, str] = {
    "may_call_on_day_off": "May a colleague be called on a day off?",
    "may_say_when_back": "May we say when a colleague is back?",
    "gifts": "Gifts from customers",
    "dating_customers": "Dating customers",
    "check_neighbours": "A parcel that is not there: the neighbours",
    "jurisdiction": "Whose law holds",
}


def site_form(site: Site, hidden: Sequence[Titled], kept: str) -> Block:
    """Name, channels, hidden playbooks and managers of one site."""
    channels = _several("multi_conversations_select", "channels", conversations=list(site.channels))
    channels["filter"] = {"include": ["public", "private"], "exclude_bot_users": True}
    hide = _several("multi_external_select", "hidden", options=[option(one.id, one.title) for one in hidden])
    people = _several("multi_users_select", "managers", users=sorted(site.managers))
    blocks = [
        question("name", "Name", typed("name", site.name, longest=NAME)),
        question("channels", "Channels whose questions belong to it", channels, optional=True),
        question("hidden", "Playbooks that it does not show", {**hide, "min_query_length": 0}, optional=True),
        question("managers", "Who may change its numbers and switches", people, optional=True),
    ]
    return modal("Site", blocks, callback="site-form", submit="Save", kept=kept)


def _several(kind: str, name: str, **initial: Sequence[object]) -> Block:
    found: Block = {"type": kind, "action_id": name}
    return {**found, **{f"initial_{what}": list(held) for what, held in initial.items() if held}}


def texts_form(policy: Policy, fields: Mapping[str, tuple[str, str]], title: str, kept: str) -> Block:
    """Six texts of a policy."""
    values = policy.values()
    blocks = [
        question(name, label, typed(name, values[name] or "", longest=TEXT), optional=True, hint=hint)
        for name, (label, hint) in fields.items()
    ]
    blocks.append(context("Until all six numbers and texts are set, the site shows nothing but safety cards."))
    return modal(title, blocks if fields is NUMBERS else blocks[:-1], callback="site-policy", submit="Next", kept=kept)


def switches_form(policy: Policy, kept: str) -> Block:
    """The six switches, each with what it decides."""
    values, blocks = policy.values(), []
    for name, allowed in SWITCHES.items():
        options = {value: option(value, _sentence(where(name, value))) for value in allowed}
        element = {"type": "static_select", "action_id": name, "options": list(options.values())}
        blocks.append(question(name, LABELS[name], {**element, "initial_option": options[str(values[name])]}))
    return modal("Switches", blocks, callback="site-policy", submit="Next", kept=kept)


def preview(moved: Sequence[Moved], kept: str) -> Block:
    """The sentences that a change would alter, to agree to."""
    count = len(moved)
    head = f"*{count} {'sentence' if count == 1 else 'sentences'} would change.*" if moved else "*No sentence changes.*"
    blocks = [section(head), *_lines(moved[:SENTENCES])]
    if count > SENTENCES:
        blocks.append(context(f"… and {count - SENTENCES} more."))
    return modal("What would change", blocks, callback="site-save", submit="Save", close="Leave it", kept=kept)


def _lines(moved: Iterable[Moved]) -> Iterable[Block]:
    """The sentences of each card below its title."""
    last = ""
    for one in moved:
        title = f"*{escape(one.title)}*\n" if one.title != last else ""
        before = f"~{escape(one.before)}~" if one.before else "_Not said until now:_"
        after = escape(one.after) if one.after else "_is no longer said_"
        yield section(f"{title}{before}\n{after}")
        last = one.title


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
